//! Words of Chinese and Japanese by the dictionary of ICU4X (`icu_segmenter`, data under
//! Unicode-3.0).

use icu_segmenter::{
    WordSegmenter as IcuWordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions,
};

use super::{WordSegmenter, first_chars};

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
