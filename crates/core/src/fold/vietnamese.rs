//! Vietnamese: the folded form and the accent-exact key of a word, in one pass.
//!
//! The accent-exact key tells `lê` from `lề` and `le`, but not two spellings of one word from
//! each other. It is the word in lower case with its tone mark moved to the end, so that the
//! place of the tone does not count (`hoà` = `hòa`, both `hoa` + U+0300). A final `y` after an
//! initial consonant is written `i` (`Mỹ` = `Mĩ`), in words that bear a Vietnamese sign only:
//! English `my` stays what it is. Look-alikes of `Đ` (U+00D0, U+0189) count as `Đ`.

/// The tone marks: huyền, sắc, ngã, hỏi, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';
const HORN: char = '\u{31B}';

/// A letter of the Vietnamese alphabet: the ASCII letter below it, the sign that makes it a
/// letter of its own, and its tone (index into [`TONES`]).
#[derive(Clone, Copy)]
struct Letter {
    base: char,
    sign: Option<char>,
    tone: Option<u8>,
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

/// Marks the letter `đ` in [`Letter::sign`]; as a mark of its own it is not used in text.
const STROKE: char = '\u{335}';

/// All letters of the alphabet by code point, up to the last block of Latin.
static LETTERS: std::sync::LazyLock<Vec<Option<Letter>>> = std::sync::LazyLock::new(|| {
    let mut letters = vec![None; 0x1F00];
    let mut set = |c: char, letter: Letter| {
        for form in std::iter::once(c).chain(c.to_uppercase()) {
            if let Some(slot) = letters.get_mut(form as usize) {
                *slot = Some(letter);
            }
        }
    };
    let plain = |base| Letter {
        base,
        sign: None,
        tone: None,
    };
    for c in ('a'..='z').chain('0'..='9') {
        set(c, plain(c));
    }
    for (forms, base, sign) in VOWELS {
        for (c, tone) in forms
            .chars()
            .zip([None, Some(0), Some(1), Some(2), Some(3), Some(4)])
        {
            set(c, Letter { base, sign, tone });
        }
    }
    for c in ['đ', 'ð', 'ɖ'] {
        set(
            c,
            Letter {
                sign: Some(STROKE),
                ..plain('d')
            },
        );
    }
    letters
});

/// Folds `word` if it is spelled with the letters of the Vietnamese alphabet, ASCII letters and
/// digits alone, in any Unicode form. Returns false, with the outputs in any state, otherwise.
pub(super) fn fold_word(word: &str, folded: &mut String, exact: &mut String) -> bool {
    folded.clear();
    exact.clear();
    let (mut tone, mut tones, mut signed) = (0, 0, false);
    let mut last = Letter {
        base: ' ',
        sign: None,
        tone: None,
    };
    for c in word.chars() {
        if let Some(&Some(letter)) = LETTERS.get(c as usize) {
            last = letter;
            folded.push(letter.base);
            exact.push(compose(letter.base, letter.sign));
            signed |= letter.sign.is_some();
            if let Some(t) = letter.tone {
                tone = t;
                tones += 1;
            }
        } else if let Some(t) = TONES.iter().position(|&mark| mark == c) {
            if folded.is_empty() {
                return false;
            }
            tone = t as u8;
            tones += 1;
        } else if matches!(c, CIRCUMFLEX | BREVE | HORN) && last.sign.is_none() {
            let composed = compose(last.base, Some(c));
            if composed == last.base {
                return false;
            }
            exact.pop();
            exact.push(composed);
            last.sign = Some(c);
            signed = true;
        } else if !crate::script::is_ignorable(c) {
            return false;
        }
    }
    if tones > 1 || ((tones == 1 || signed) && !is_syllable(folded)) {
        // `élève`, `café`: a word of another language whose accents belong where they are.
        return false;
    }
    if (tones == 1 || signed) && ends_in_lone_y(folded) {
        exact.pop();
        exact.push('i');
    }
    if tones == 1 {
        exact.push(TONES[tone as usize]);
    }
    true
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

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "th", "tr", "ch", "gh", "gi", "kh", "ph", "qu", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x", "",
];
const CODAS: [&str; 9] = ["ng", "nh", "ch", "c", "m", "n", "p", "t", ""];

/// Whether folded letters can be a Vietnamese syllable: onset, one to three vowels, coda.
pub(crate) fn is_syllable(folded: &str) -> bool {
    let is_vowels = |s: &str| {
        (1..=3).contains(&s.len())
            && s.bytes()
                .all(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
    };
    ONSETS.iter().any(|onset| {
        folded.strip_prefix(onset).is_some_and(|rime| {
            CODAS
                .iter()
                .any(|coda| rime.strip_suffix(coda).is_some_and(is_vowels))
        })
    })
}

/// Whether `y` is all that follows the initial consonant: there it may as well be `i`.
fn ends_in_lone_y(folded: &str) -> bool {
    folded
        .strip_suffix('y')
        .is_some_and(|onset| !onset.is_empty() && ONSETS.contains(&onset) && onset != "gi")
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
