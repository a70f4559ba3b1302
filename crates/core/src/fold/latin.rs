//! Latin and all other scripts written with blanks: lower case, without accents.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use super::vietnamese;
use crate::script::{digit_value, is_ignorable};
use crate::words::first_chars;

/// Folds one word: `folded` gets it in lower case without accents and with ASCII digits, `exact`
/// keeps the accents in one spelling (see [`vietnamese`]). At most `max_chars` characters of
/// `word` are read. Both outputs are cleared first.
pub(crate) fn fold_word(word: &str, max_chars: usize, folded: &mut String, exact: &mut String) {
    folded.clear();
    append_word(word, max_chars, folded, exact);
    if exact.is_empty() {
        exact.push_str(folded);
    }
}

/// As [`fold_word`], but appends to `folded` what it has, and leaves `exact` empty where that would
/// be the same.
pub(crate) fn append_word(word: &str, max_chars: usize, folded: &mut String, exact: &mut String) {
    let head = first_chars(word, max_chars);
    let start = folded.len();
    if vietnamese::fold_ahead(head, usize::MAX, folded, exact) == Some(head.len()) {
        return;
    }
    folded.truncate(start);
    for c in head.chars() {
        fold_char(c, folded);
    }
    // The letters of some other language: its accents stay as they are.
    exact.clear();
    exact.extend(
        head.chars()
            .filter(|&c| !is_ignorable(c))
            .map(|c| match digit_value(c) {
                Some(value) => char::from(b'0' + value),
                None => simple_width(c),
            })
            .flat_map(char::to_lowercase)
            .nfc(),
    );
}

/// Appends the folded form of one character: none, one or several characters.
pub(crate) fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    match FOLDS.get(c as usize) {
        Some(Fold::Same) => out.push(c),
        Some(Fold::To(text)) => out.push_str(text),
        None => fold_uncached(c, out),
    }
}

enum Fold {
    Same,
    To(Box<str>),
}

/// The folded forms of all characters up to the last block of Latin (Latin Extended Additional).
static FOLDS: LazyLock<Vec<Fold>> = LazyLock::new(|| {
    (0..0x1F00)
        .map(|u| {
            let Some(c) = char::from_u32(u) else {
                return Fold::Same;
            };
            let mut text = String::new();
            fold_uncached(c, &mut text);
            if text.chars().eq([c]) {
                Fold::Same
            } else {
                Fold::To(text.into())
            }
        })
        .collect()
});

fn fold_uncached(c: char, out: &mut String) {
    if is_ignorable(c) {
        return;
    }
    if let Some(value) = digit_value(c) {
        out.push(char::from(b'0' + value));
        return;
    }
    decompose_canonical(simple_width(c), |part| {
        if !matches!(part, '\u{300}'..='\u{36F}') {
            for lower in part.to_lowercase() {
                match without_decomposition(lower) {
                    Some(plain) => out.push_str(plain),
                    None => out.push(lower),
                }
            }
        }
    });
}

/// Full-width ASCII as ASCII (Unicode block Halfwidth and Fullwidth Forms).
fn simple_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Latin letters that Unicode does not decompose, as they are typed without their sign
/// (after CLDR's Latin-ASCII transform).
fn without_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ø' | 'ɵ' => "o",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ŋ' => "n",
        'ƀ' | 'ɓ' => "b",
        'ƙ' => "k",
        'ƴ' => "y",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ĳ' => "ij",
        'ſ' => "s",
        'ª' => "a",
        'º' => "o",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str) -> String {
        let (mut folded, mut exact) = (String::new(), String::new());
        fold_word(word, 128, &mut folded, &mut exact);
        folded
    }

    #[test]
    fn folding_takes_accents_and_case_away() {
        for (word, expected) in [
            ("Straße", "strasse"),
            ("Ærø", "aero"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("crème", "creme"),
            ("naïve", "naive"),
            ("ＡＢＣ１", "abc1"),
            ("๒๕๖๗", "2567"),
            ("Москва", "москва"),
            ("ΑΘΉΝΑ", "αθηνα"),
            ("so\u{AD}ft", "soft"),
        ] {
            assert_eq!(folded(word), expected, "{word}");
        }
    }

    #[test]
    fn an_overlong_word_is_cut() {
        let (mut folded, mut exact) = (String::new(), String::new());
        fold_word(&"đ".repeat(10_000), 128, &mut folded, &mut exact);
        assert_eq!(folded, "d".repeat(128));
    }
}
