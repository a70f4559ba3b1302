//! Folding: what different spellings of one word have in common.
//!
//! Every function here takes any Unicode form (composed, decomposed, marks in any order) and
//! works in one pass. What a language asks for stands in the file of that language.

mod latin;
mod vietnamese;

pub(crate) use latin::fold_word;

use mekong_segment::Normalized;
use unicode_normalization::char::compose;

use crate::script::is_ignorable;

/// Normalises a run of Chinese, Japanese or Korean: Hangul and Kana composed.
pub(crate) fn compose_run(run: &str, out: &mut Normalized) {
    let mut chars = run
        .char_indices()
        .filter(|&(_, c)| !is_ignorable(c))
        .peekable();
    let composed = std::iter::from_fn(|| {
        let (at, mut c) = chars.next()?;
        while let Some(whole) = chars.peek().and_then(|&(_, next)| compose(c, next)) {
            c = whole;
            chars.next();
        }
        Some((c, at))
    });
    out.fill_from(composed, run.len());
}
