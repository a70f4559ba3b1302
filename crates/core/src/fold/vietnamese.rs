//! Vietnamese: the folded form and the accent-exact key of a word, in one pass.
//!
//! The accent-exact key tells `lê` from `lề` and `le`, but not two spellings of one word from
//! each other. It is the word in lower case with its tone mark moved to the end, so that the
//! place of the tone does not count (`hoà` = `hòa`, both `hoa` + U+0300). A final `y` after an
//! initial consonant is written `i` (`Mỹ` = `Mĩ`), in words that bear a Vietnamese sign only:
//! English `my` stays what it is. Look-alikes of `Đ` (U+00D0, U+0189) count as `Đ`.

use std::sync::LazyLock;

use crate::script::is_ignorable;

/// The tone marks: huyền, sắc, ngã, hỏi, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';
const HORN: char = '\u{31B}';

/// A letter of the Vietnamese alphabet: the ASCII letter below it, the same with the sign that
/// makes it a letter of its own, and its tone: 0 without, the others as in [`TONES`] from 1.
#[derive(Clone, Copy)]
struct Letter {
    base: u8,
    signed: char,
    tone: u8,
}

/// Vowels in the order without tone, huyền, sắc, ngã, hỏi, nặng.
const VOWELS: [(&str, char, Option<char>); 12] = [
    ("aàáãảạ", 'a', None),
    ("ăằắẵẳặ", 'a', Some(BREVE)),
    ("âầấẫẩậ", 'a', Some(CIRCUMFLEX)),
    ("eèéẽẻẹ", 'e', None),
    ("êềếễểệ", 'e', Some(CIRCUMFLEX)),
    ("iìíĩỉị", 'i', None),
    ("oòóõỏọ", 'o', None),
    ("ôồốỗổộ", 'o', Some(CIRCUMFLEX)),
    ("ơờớỡởợ", 'o', Some(HORN)),
    ("uùúũủụ", 'u', None),
    ("ưừứữửự", 'u', Some(HORN)),
    ("yỳýỹỷỵ", 'y', None),
];

/// Marks the letter `đ` in [`compose`]; as a mark of its own it is not used in text.
const STROKE: char = '\u{335}';

/// All letters of the alphabet beyond ASCII by code point, up to the last block of Latin.
static LETTERS: LazyLock<Vec<Option<Letter>>> = LazyLock::new(|| {
    let mut letters = vec![None; 0x1F00];
    let mut set = |c: char, base: char, sign: Option<char>, tone: u8| {
        for form in std::iter::once(c).chain(c.to_uppercase()) {
            if let Some(slot) = letters.get_mut(form as usize) {
                *slot = Some(Letter {
                    base: base as u8,
                    signed: compose(base, sign),
                    tone,
                });
            }
        }
    };
    for (forms, base, sign) in VOWELS {
        for (c, tone) in forms.chars().zip(0..) {
            set(c, base, sign, tone);
        }
    }
    for c in ['đ', 'ð', 'ɖ'] {
        set(c, 'd', Some(STROKE), 0);
    }
    letters
});

/// Folds the word that `text` begins with, if it is spelled with the letters of the Vietnamese
/// alphabet, ASCII letters and digits alone, in any Unicode form, and ends with the text or before
/// an ASCII character that is neither. Gives its length in bytes, which is `limit` at most.
///
/// The folded form is appended to `folded`. The exact form is put into `exact`, which is left
/// empty where that is the folded form. Without a result both are in any state.
pub(crate) fn fold_ahead(
    text: &str,
    limit: usize,
    folded: &mut String,
    exact: &mut String,
) -> Option<usize> {
    exact.clear();
    let start = folded.len();
    let ascii = text
        .bytes()
        .take(limit.saturating_add(1))
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    if ascii > limit {
        return None;
    }
    let (head, rest) = text.split_at(ascii);
    folded.push_str(head);
    folded[start..].make_ascii_lowercase();
    if rest.as_bytes().first().is_none_or(u8::is_ascii) {
        return Some(ascii);
    }
    exact.push_str(&folded[start..]);
    let length = ascii + fold_rest(rest, start, limit, folded, exact)?;
    (length <= limit).then_some(length)
}

/// Goes on with a word where its first character beyond ASCII is; `start` is where it begins in
/// `folded`.
fn fold_rest(
    text: &str,
    start: usize,
    limit: usize,
    folded: &mut String,
    exact: &mut String,
) -> Option<usize> {
    let (mut tone, mut tones, mut signed) = (0, 0, false);
    let letters = LETTERS.as_slice();
    let mut length = text.len();
    for (at, c) in text.char_indices() {
        if folded.len() - start > limit {
            return None;
        }
        if c.is_ascii() {
            if !c.is_ascii_alphanumeric() {
                length = at;
                break;
            }
            let lower = c.to_ascii_lowercase();
            folded.push(lower);
            exact.push(lower);
        } else if let Some(&Some(letter)) = letters.get(c as usize) {
            folded.push(char::from(letter.base));
            exact.push(letter.signed);
            signed |= !letter.signed.is_ascii();
            tone = tone.max(letter.tone);
            tones += u32::from(letter.tone != 0);
        } else if let Some(t) = TONES.iter().position(|&mark| mark == c) {
            if folded.len() == start {
                return None;
            }
            tone = t as u8 + 1;
            tones += 1;
        } else if matches!(c, CIRCUMFLEX | BREVE | HORN) {
            // The letter before it is without a sign as yet.
            let last = exact.pop()?;
            let composed = compose(last, Some(c));
            if composed == last {
                return None;
            }
            exact.push(composed);
            signed = true;
        } else if !is_ignorable(c) {
            return None;
        }
    }
    if tones == 0 && !signed {
        exact.clear();
        return Some(length);
    }
    let word = &folded.as_bytes()[start..];
    if tones > 1 || !is_syllable_bytes(word) {
        // `élève`, `café`: a word of another language whose accents belong where they are.
        return None;
    }
    if ends_in_lone_y(word) {
        exact.pop();
        exact.push('i');
    }
    if tones == 1 {
        exact.push(TONES[tone as usize - 1]);
    }
    Some(length)
}

fn compose(base: char, sign: Option<char>) -> char {
    match (base, sign) {
        ('a', Some(CIRCUMFLEX)) => 'â',
        ('a', Some(BREVE)) => 'ă',
        ('e', Some(CIRCUMFLEX)) => 'ê',
        ('o', Some(CIRCUMFLEX)) => 'ô',
        ('o', Some(HORN)) => 'ơ',
        ('u', Some(HORN)) => 'ư',
        ('d', Some(STROKE)) => 'đ',
        _ => base,
    }
}

/// Whether folded letters can be a Vietnamese syllable: onset, one to three vowels, coda.
pub(crate) fn is_syllable(folded: &str) -> bool {
    is_syllable_bytes(folded.as_bytes())
}

fn is_syllable_bytes(folded: &[u8]) -> bool {
    let onset = folded.iter().take_while(|&&b| !is_vowel(b)).count();
    let (onset, rime) = folded.split_at(onset);
    let vowels = rime.iter().take_while(|&&b| is_vowel(b)).count();
    let (vowels, coda) = rime.split_at(vowels);
    let most = match (onset, vowels) {
        // The vowel of `gi` and `qu` may belong to the onset.
        (b"g", [b'i', ..]) | (b"q", [b'u', ..]) => 4,
        _ => 3,
    };
    (1..=most).contains(&vowels.len()) && is_onset(onset) && is_coda(coda)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether these consonants may begin a syllable; none may too.
fn is_onset(consonants: &[u8]) -> bool {
    matches!(
        consonants,
        b"" | b"b"
            | b"c"
            | b"d"
            | b"g"
            | b"h"
            | b"k"
            | b"l"
            | b"m"
            | b"n"
            | b"p"
            | b"q"
            | b"r"
            | b"s"
            | b"t"
            | b"v"
            | b"x"
            | b"ch"
            | b"gh"
            | b"kh"
            | b"ng"
            | b"nh"
            | b"ph"
            | b"th"
            | b"tr"
            | b"ngh"
    )
}

/// Whether these consonants may end a syllable; none may too.
fn is_coda(consonants: &[u8]) -> bool {
    matches!(
        consonants,
        b"" | b"c" | b"ch" | b"m" | b"n" | b"ng" | b"nh" | b"p" | b"t"
    )
}

/// Whether `y` is all that follows the initial consonant: there it may as well be `i`.
fn ends_in_lone_y(folded: &[u8]) -> bool {
    match folded {
        b"y" => false,
        b"quy" => true,
        [onset @ .., b'y'] => is_onset(onset),
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::fold::fold_word;

    fn both(word: &str) -> (String, String) {
        let (mut folded, mut exact) = (String::new(), String::new());
        fold_word(word, 128, &mut folded, &mut exact);
        (folded, exact)
    }

    fn exact(word: &str) -> String {
        both(word).1
    }

    #[test]
    fn every_unicode_form_folds_alike() {
        let cases: Vec<(String, String, String)> =
            serde_json::from_str(include_str!("../../tests/data/folding_cases.json")).unwrap();
        assert_eq!(cases.len(), 406);
        for (group, word, expected) in cases {
            assert_eq!(both(&word).0, expected, "{group}: {word}");
        }
    }

    #[test]
    fn one_word_has_one_key() {
        for (a, b) in [
            ("hoà", "hòa"),
            ("thuỷ", "thủy"),
            ("khoẻ", "khỏe"),
            ("quý", "quí"),
            ("Mỹ", "Mĩ"),
            ("kỳ", "kì"),
            ("lý", "lí"),
            ("Đà", "Ðà"),
            ("Nguyễn", "NGUYE\u{302}\u{303}N"),
            ("bằn", "bă\u{300}n"),
            ("bằn", "ba\u{300}\u{306}n"),
            ("élève", "e\u{301}le\u{300}ve"),
        ] {
            assert_eq!(exact(a), exact(b), "{a} {b}");
        }
    }

    #[test]
    fn different_words_have_different_keys() {
        for (a, b) in [
            ("lê", "lề"),
            ("lê", "le"),
            ("ma", "má"),
            ("mà", "má"),
            ("đa", "da"),
            ("thúy", "thúi"),
            ("my", "mi"),
            ("élève", "élevé"),
            ("resume", "résumé"),
        ] {
            assert_ne!(exact(a), exact(b), "{a} {b}");
        }
    }
}
