//! Lao: two word lists without counts, which come from translated texts.

use anyhow::Result;
use mekong_segment::Script;

use crate::lexicon::{Lexicon, add_words, uncounted};
use crate::sources::Sources;
use crate::translations;
use crate::unigram::{Counts, Unigram};

const SCRIPT: Script = Script::Lao;

pub(crate) fn lexicon(sources: &Sources) -> Result<Lexicon> {
    let mut counts = Counts::new();
    for list in ["wordcut/laowords.txt", "laonlp/lo_spellcheck_dict.txt"] {
        add_words(
            &mut counts,
            SCRIPT,
            uncounted(sources.words(list)?),
            is_word,
        );
    }
    let sentences = translations::sentences(SCRIPT, sources, "lo")?;
    Ok(Lexicon {
        script: SCRIPT,
        teacher: Unigram::learned(&counts, &sentences),
    })
}

/// The lists hold the alphabet, but no letter alone is a word; left in, they would cut every unknown
/// name to letters.
fn is_word(spelling: &str) -> bool {
    spelling.chars().count() > 1
}
