//! Words of Chinese and Japanese by the dictionary of ICU4X (`icu_segmenter`, data under
//! Unicode-3.0), and its sentences (UAX #29).

use icu_segmenter::{
    SentenceSegmenter, WordSegmenter as IcuWordSegmenter, WordSegmenterBorrowed,
    options::{SentenceBreakInvariantOptions, WordBreakInvariantOptions},
};

use super::{WordSegmenter, first_chars};
use crate::script::Script;

/// The segmenter of Han, Kana and Hangul where no dictionary is set.
pub(crate) struct Icu(WordSegmenterBorrowed<'static>);

impl Icu {
    /// Costs nothing: the dictionaries are part of the program.
    pub(crate) fn new() -> Self {
        Self(IcuWordSegmenter::new_dictionary(
            WordBreakInvariantOptions::default(),
        ))
    }
}

impl WordSegmenter for Icu {
    fn segment(&self, run: &str, ends: &mut Vec<usize>) {
        // The first break is the start of the run.
        ends.extend(self.0.segment_str(run).skip(1));
    }
}

/// The end of the first sentence of `text`, as a byte offset.
pub(crate) fn first_sentence_end(text: &str) -> usize {
    SentenceSegmenter::new(SentenceBreakInvariantOptions::default())
        .segment_str(text)
        .skip(1)
        .find(|&end| !ends_in_abbreviation(&text[..end]))
        .unwrap_or(text.len())
}

/// Words that are written with a full stop, in English and Vietnamese.
const ABBREVIATIONS: [&str; 22] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Gen", "Lt", "Lieut", "Col", "Capt", "Sgt", "Sen",
    "Rep", "Gov", "No", "vs", "TP", "TS", "ThS", "PGS", "GS",
];

/// Whether the full stop at the end of `sentence` is that of an abbreviation: after an initial
/// (`J. Smith`), a title, or in a script whose sentences have none (`พ.ศ.`).
fn ends_in_abbreviation(sentence: &str) -> bool {
    let Some(stopped) = sentence.trim_end().strip_suffix('.') else {
        return false;
    };
    let word = stopped
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let script = stopped.chars().next_back().map(Script::of);
    is_initial || ABBREVIATIONS.contains(&word) || script.is_some_and(Script::is_unspaced)
}

/// The end of the last whole word within the first `max_chars` characters of `text`, as a byte
/// offset; the length of `text` if all of it fits.
pub(crate) fn last_word_end(text: &str, max_chars: usize) -> usize {
    let limit = first_chars(text, max_chars).len();
    if limit == text.len() {
        return limit;
    }
    // Segmentation looks ahead, so it gets more than the part that is kept.
    let end = Icu::new()
        .0
        .segment_str(first_chars(text, 2 * max_chars))
        .take_while(|&end| end <= limit)
        .last()
        .unwrap_or(0);
    let kept = text[..end].trim_end().len();
    if kept == 0 { limit } else { kept }
}
