//! Burmese: a word list with counts.

use anyhow::Result;
use mekong_segment::Script;

use crate::lexicon::{Lexicon, add_words};
use crate::sources::Sources;
use crate::unigram::{Counts, Unigram};

const SCRIPT: Script = Script::Burmese;

/// The list contains compounds that the segmentation standard writes as their parts, so each word
/// more is paid for.
const WORD: f64 = -3.0;

pub(crate) fn lexicon(sources: &Sources) -> Result<Lexicon> {
    let mut counts = Counts::new();
    let words = sources.counted_words("lexicons/my.unigrams.tsv")?;
    add_words(&mut counts, SCRIPT, words, |_| true);
    Ok(Lexicon {
        script: SCRIPT,
        teacher: Unigram::new(&counts, WORD),
    })
}
