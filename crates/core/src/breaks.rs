//! Where a text may be cut: the ends of its sentences, and of characters as readers see them
//! (UAX #29, by ICU4X).

use icu_segmenter::{
    GraphemeClusterSegmenter, SentenceSegmenter, options::SentenceBreakInvariantOptions,
};

use crate::analyzer::stands_alone;
use crate::script::Script;

/// The ends of the characters of a text as readers see them: bytes, ascending, the last of them the
/// length of the text. `é` is one character in every Unicode form, and so is `กี่`.
///
/// They are extended grapheme clusters, but for the vowels and signs of Thai, Lao, Khmer and
/// Burmese that are no marks to Unicode and stay with the letter before (`ขา`, `ကာ`), and for
/// letters below others (`ស្ត`).
///
/// ```
/// use mekong_core::breaks::character_ends;
///
/// let ends: Vec<_> = character_ends("e\u{301}กี่ขา").collect();
/// assert_eq!(ends, [3, 12, 18]);
/// ```
pub fn character_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    // The first break is the start of the text.
    let ends = GraphemeClusterSegmenter::new().segment_str(text).skip(1);
    ends.filter(|&end| !joins(&text[..end], &text[end..]))
}

/// Whether what follows stays with the letter before.
fn joins(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    !next.is_ascii()
        && (!stands_alone(next) || is_stacker(last))
        && Script::of(last) == Script::of(next)
}

/// Whether the next letter is written below: the Khmer coeng, the Burmese virama.
fn is_stacker(c: char) -> bool {
    matches!(c, '\u{17D2}' | '\u{1039}')
}

/// The ends of the sentences of a text, with the blanks behind them: bytes, ascending, the last of
/// them the length of the text. The full stop of an abbreviation (`TP. Hồ Chí Minh`) ends none.
///
/// ```
/// use mekong_core::breaks::sentence_ends;
///
/// let ends: Vec<_> = sentence_ends("Mr. Lê met us. He left.").collect();
/// assert_eq!(ends, [16, 24]);
/// ```
pub fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    SentenceSegmenter::new(SentenceBreakInvariantOptions::default())
        .segment_str(text)
        .skip(1)
        .filter(|&end| end == text.len() || !ends_in_abbreviation(&text[..end]))
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
