//! What the teacher of Lao, Khmer or Burmese is made from.

use mekong_segment::Script;

use crate::run::word;
use crate::unigram::{Counts, Unigram};

/// The words of one language.
pub(crate) struct Lexicon {
    pub(crate) script: Script,
    pub(crate) teacher: Unigram,
}

/// Adds words with their counts; what is no run of the script, or is told to be no word, is left out.
pub(crate) fn add_words(
    counts: &mut Counts,
    script: Script,
    words: impl IntoIterator<Item = (String, u64)>,
    is_word: impl Fn(&str) -> bool,
) {
    for (spelling, count) in words {
        if let Some(codes) = word(script, &spelling).filter(|_| is_word(&spelling)) {
            *counts.entry(codes).or_default() += count;
        }
    }
}

/// Words without counts.
pub(crate) fn uncounted(words: Vec<String>) -> impl Iterator<Item = (String, u64)> {
    words.into_iter().map(|word| (word, 0))
}
