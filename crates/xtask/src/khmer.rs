//! Khmer: a word list without counts, which come from translated texts.

use anyhow::Result;
use mekong_segment::Script;

use crate::lexicon::{Lexicon, add_words, uncounted};
use crate::sources::Sources;
use crate::translations;
use crate::unigram::{Counts, Unigram};

const SCRIPT: Script = Script::Khmer;

pub(crate) fn lexicon(sources: &Sources) -> Result<Lexicon> {
    let mut counts = Counts::new();
    let words = uncounted(sources.words("wordcut/khmerdict.txt")?);
    add_words(&mut counts, SCRIPT, words, is_word);
    let sentences = translations::sentences(SCRIPT, sources, "km")?;
    Ok(Lexicon {
        script: SCRIPT,
        teacher: Unigram::learned(&counts, &sentences),
    })
}

/// The list holds the alphabet, but of single letters only the independent vowels are words; left
/// in, the others would cut every unknown name to letters.
fn is_word(spelling: &str) -> bool {
    let mut chars = spelling.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) => matches!(letter, '\u{17a3}'..='\u{17b3}'),
        _ => true,
    }
}
