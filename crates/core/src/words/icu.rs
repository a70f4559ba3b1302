//! Words of Thai, Lao, Khmer, Burmese, Chinese and Japanese by the dictionaries of ICU4X
//! (`icu_segmenter`, data under Unicode-3.0), and its sentences (UAX #29).

use icu_segmenter::{
    SentenceSegmenter, WordSegmenter as IcuWordSegmenter, WordSegmenterBorrowed,
    options::{SentenceBreakInvariantOptions, WordBreakInvariantOptions},
};

use super::WordSegmenter;
use crate::script::Script;

/// The segmenter of all scripts without blanks where no other one is set.
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

/// Whether the full stop at the end of `sentence` is that of an abbreviation: after a word of one
/// or two letters (`Mr.`), or in a script whose sentences have none (`พ.ศ.`).
fn ends_in_abbreviation(sentence: &str) -> bool {
    let Some(stopped) = sentence.trim_end().strip_suffix('.') else {
        return false;
    };
    let script = stopped.chars().next_back().map(Script::of);
    let letters = stopped
        .chars()
        .rev()
        .take_while(|c| c.is_alphabetic())
        .count();
    script.is_some_and(Script::is_unspaced) || (1..=2).contains(&letters)
}

/// The end of the last whole word within the first `max_chars` characters of `text`, as a byte
/// offset; the length of `text` if all of it fits.
pub(crate) fn last_word_end(text: &str, max_chars: usize) -> usize {
    let Some((limit, _)) = text.char_indices().nth(max_chars) else {
        return text.len();
    };
    // Segmentation looks ahead, so it gets more than the part that is kept.
    let ahead = match text.char_indices().nth(2 * max_chars) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    let end = Icu::new()
        .0
        .segment_str(ahead)
        .take_while(|&end| end <= limit)
        .last()
        .unwrap_or(0);
    let kept = text[..end].trim_end().len();
    if kept == 0 { limit } else { kept }
}
