//! Folding: what different spellings of one word have in common.
//!
//! Every function here takes any Unicode form (composed, decomposed, marks in any order) and
//! works in one pass. What a language asks for stands in the file of that language.

mod english;
mod han;
mod latin;
mod vietnamese;
mod width;

pub(crate) use english::stem as stem_english;
pub(crate) use latin::{append_word, fold_char, fold_word};
pub(crate) use vietnamese::fold_ahead;
pub(crate) use vietnamese::is_syllable as is_vietnamese_syllable;

use mekong_segment::Normalized;
use unicode_normalization::char::compose;

use crate::script::{is_ignorable, is_variation_selector};

/// Normalises a run of Chinese, Japanese or Korean. `written` takes it as a dictionary has it:
/// letters of the usual width, Hangul and Kana composed. `folded` takes the same characters with
/// one form of each Chinese character, and where they began in `run`.
pub(crate) fn fold_run(run: &str, written: &mut String, folded: &mut Normalized) {
    written.clear();
    let mut chars = run
        .char_indices()
        .filter(|&(_, c)| !is_ignorable(c) && !is_variation_selector(c))
        .map(|(at, c)| (at, width::widen(c)))
        .peekable();
    let composed = std::iter::from_fn(|| {
        let (at, mut c) = chars.next()?;
        while let Some(whole) = chars.peek().and_then(|&(_, next)| compose(c, next)) {
            c = whole;
            chars.next();
        }
        written.push(c);
        Some((han::fold(c), at))
    });
    folded.fill_from(composed, run.len());
}

/// Moves ascending byte offsets into `written` to the same characters of `folded`, both as
/// [`fold_run`] gives them.
pub(crate) fn move_offsets(written: &str, folded: &str, offsets: &mut [usize]) {
    // Folding only ever shortens.
    if written.len() == folded.len() {
        return;
    }
    let (mut at, mut chars) = ((0, 0), written.chars().zip(folded.chars()));
    for offset in offsets {
        while at.0 < *offset
            && let Some((from, to)) = chars.next()
        {
            at = (at.0 + from.len_utf8(), at.1 + to.len_utf8());
        }
        *offset = at.1;
    }
}
