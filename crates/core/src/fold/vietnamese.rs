//! Vietnamese: the folded form and the accent-exact key of a word, in one pass.
//!
//! The accent-exact key tells `lê` from `lề` and `le`, but not two spellings of one word from
//! each other. It is the word in lower case with its tone mark moved to the end, so that the
//! place of the tone does not count (`hoà` = `hòa`, both `hoa` + U+0300). A final `y` after an
//! initial consonant is written `i` (`Mỹ` = `Mĩ`), in words that bear a Vietnamese sign only:
//! English `my` stays what it is. Look-alikes of `Đ` (U+00D0, U+0189) count as `Đ`.

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

/// Vowels in the order without tone, huyền, sắc, ngã, hỏi, nặng; the ASCII letter below them.
const VOWELS: [([char; 6], u8); 12] = [
    (['a', 'à', 'á', 'ã', 'ả', 'ạ'], b'a'),
    (['ă', 'ằ', 'ắ', 'ẵ', 'ẳ', 'ặ'], b'a'),
    (['â', 'ầ', 'ấ', 'ẫ', 'ẩ', 'ậ'], b'a'),
    (['e', 'è', 'é', 'ẽ', 'ẻ', 'ẹ'], b'e'),
    (['ê', 'ề', 'ế', 'ễ', 'ể', 'ệ'], b'e'),
    (['i', 'ì', 'í', 'ĩ', 'ỉ', 'ị'], b'i'),
    (['o', 'ò', 'ó', 'õ', 'ỏ', 'ọ'], b'o'),
    (['ô', 'ồ', 'ố', 'ỗ', 'ổ', 'ộ'], b'o'),
    (['ơ', 'ờ', 'ớ', 'ỡ', 'ở', 'ợ'], b'o'),
    (['u', 'ù', 'ú', 'ũ', 'ủ', 'ụ'], b'u'),
    (['ư', 'ừ', 'ứ', 'ữ', 'ử', 'ự'], b'u'),
    (['y', 'ỳ', 'ý', 'ỹ', 'ỷ', 'ỵ'], b'y'),
];

/// All letters of the alphabet beyond ASCII, by their place in [`slot`].
static LETTERS: [Option<Letter>; SLOTS] = {
    let mut letters = [None; SLOTS];
    let mut i = 0;
    while i < VOWELS.len() {
        let (forms, base) = VOWELS[i];
        let mut tone = 0;
        while tone < forms.len() {
            let (c, signed) = (forms[tone], forms[0]);
            if !c.is_ascii() {
                let letter = Letter {
                    base,
                    signed,
                    tone: tone as u8,
                };
                // Capitals stand one before the small letters, in Latin-1 a block before.
                let distance = if c < '\u{100}' { 0x20 } else { 1 };
                letters[slot(c as u32)] = Some(letter);
                letters[slot(c as u32 - distance)] = Some(letter);
            }
            tone += 1;
        }
        i += 1;
    }
    let mut i = 0;
    while i < STROKES.len() {
        letters[slot(STROKES[i] as u32)] = Some(Letter {
            base: b'd',
            signed: 'đ',
            tone: 0,
        });
        i += 1;
    }
    letters
};

/// đ, and what looks like it or like its capital.
const STROKES: [char; 6] = ['đ', 'Đ', 'ð', 'Ð', 'ɖ', 'Ɖ'];

/// Letters stand from U+00C0 to U+027F and from U+1E80 to U+1EFF.
const SLOTS: usize = 0x1C0 + 0x80;

/// Where a character stands in [`LETTERS`]; beyond its end if it is none of them.
const fn slot(c: u32) -> usize {
    let c = c as usize;
    match c {
        0xC0..0x280 => c - 0xC0,
        0x1E80..0x1F00 => c - 0x1E80 + 0x1C0,
        _ => SLOTS,
    }
}

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
    let mut ascii = 0;
    for b in text.bytes() {
        let Some(lower) = lower(b) else { break };
        if ascii == limit {
            return None;
        }
        folded.push(lower);
        ascii += 1;
    }
    let rest = &text[ascii..];
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
    let mut length = text.len();
    for (at, c) in text.char_indices() {
        if folded.len() - start > limit {
            return None;
        }
        if c.is_ascii() {
            let Some(lower) = lower(c as u8) else {
                length = at;
                break;
            };
            folded.push(lower);
            exact.push(lower);
        } else if let Some(&Some(letter)) = LETTERS.get(slot(c.into())) {
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
            exact.push(compose(last, c)?);
            signed = true;
        } else if !is_ignorable(c) {
            return None;
        }
    }
    if tones == 0 && !signed {
        exact.clear();
        return Some(length);
    }
    let word = &folded[start..];
    if tones > 1 || !is_syllable(word) {
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

/// An ASCII letter or digit in lower case.
#[inline]
fn lower(byte: u8) -> Option<char> {
    let lower = LOWER[usize::from(byte)];
    lower.is_ascii().then_some(char::from(lower))
}

/// ASCII letters and digits in lower case; what is none is not ASCII here either.
static LOWER: [u8; 256] = {
    let mut table = [0xFF; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// A letter with a sign, if there is one.
fn compose(base: char, sign: char) -> Option<char> {
    Some(match (base, sign) {
        ('a', CIRCUMFLEX) => 'â',
        ('a', BREVE) => 'ă',
        ('e', CIRCUMFLEX) => 'ê',
        ('o', CIRCUMFLEX) => 'ô',
        ('o', HORN) => 'ơ',
        ('u', HORN) => 'ư',
        _ => return None,
    })
}

/// How much of a syllable has been read: onset, one to three vowels, coda.
#[derive(Clone, Copy)]
enum Syllable {
    Start,
    /// An onset that has to be followed by a vowel.
    Onset,
    /// c, k or p, which may be followed by h.
    OnsetBeforeH,
    OnsetG,
    OnsetN,
    OnsetNg,
    OnsetQ,
    OnsetT,
    /// `gi` and `qu`: their vowel may belong to the onset.
    GiOrQu,
    OneVowel,
    TwoVowels,
    ThreeVowels,
    CodaC,
    CodaN,
    Coda,
    /// No syllable.
    Other,
}

impl Syllable {
    const COUNT: usize = Self::Other as usize + 1;

    const ALL: [Self; Self::COUNT] = [
        Self::Start,
        Self::Onset,
        Self::OnsetBeforeH,
        Self::OnsetG,
        Self::OnsetN,
        Self::OnsetNg,
        Self::OnsetQ,
        Self::OnsetT,
        Self::GiOrQu,
        Self::OneVowel,
        Self::TwoVowels,
        Self::ThreeVowels,
        Self::CodaC,
        Self::CodaN,
        Self::Coda,
        Self::Other,
    ];

    const fn step(self, letter: u8) -> Self {
        match (self, letter) {
            (Self::Start, b'c' | b'k' | b'p') => Self::OnsetBeforeH,
            (Self::Start, b'g') => Self::OnsetG,
            (Self::Start, b'n') => Self::OnsetN,
            (Self::Start, b'q') => Self::OnsetQ,
            (Self::Start, b't') => Self::OnsetT,
            (Self::Start, b'b' | b'd' | b'h' | b'l' | b'm' | b'r' | b's' | b'v' | b'x') => {
                Self::Onset
            }
            (Self::OnsetN, b'g') => Self::OnsetNg,
            (Self::OnsetT, b'r') => Self::Onset,
            (
                Self::OnsetBeforeH | Self::OnsetG | Self::OnsetN | Self::OnsetNg | Self::OnsetT,
                b'h',
            ) => Self::Onset,

            (Self::OnsetG, b'i') | (Self::OnsetQ, b'u') => Self::GiOrQu,
            (_, b'a' | b'e' | b'i' | b'o' | b'u' | b'y') => match self {
                Self::OneVowel => Self::TwoVowels,
                Self::TwoVowels => Self::ThreeVowels,
                Self::ThreeVowels | Self::CodaC | Self::CodaN | Self::Coda | Self::Other => {
                    Self::Other
                }
                _ => Self::OneVowel,
            },

            (Self::GiOrQu | Self::OneVowel | Self::TwoVowels | Self::ThreeVowels, coda) => {
                match coda {
                    b'c' => Self::CodaC,
                    b'n' => Self::CodaN,
                    b'm' | b'p' | b't' => Self::Coda,
                    _ => Self::Other,
                }
            }
            (Self::CodaC, b'h') | (Self::CodaN, b'g' | b'h') => Self::Coda,
            _ => Self::Other,
        }
    }
}

/// What every byte makes of every state: looked up, as no two words branch alike.
static STEPS: [[Syllable; 256]; Syllable::COUNT] = {
    let mut steps = [[Syllable::Other; 256]; Syllable::COUNT];
    let mut from = 0;
    while from < steps.len() {
        let mut letter = b'a';
        while letter <= b'z' {
            steps[from][letter as usize] = Syllable::ALL[from].step(letter);
            letter += 1;
        }
        from += 1;
    }
    steps
};

/// Whether folded letters can be a Vietnamese syllable: onset, one to three vowels, coda.
pub(crate) fn is_syllable(folded: &str) -> bool {
    let end = folded.bytes().fold(Syllable::Start, |state, byte| {
        STEPS[state as usize][usize::from(byte)]
    });
    matches!(
        end,
        Syllable::GiOrQu
            | Syllable::OneVowel
            | Syllable::TwoVowels
            | Syllable::ThreeVowels
            | Syllable::CodaC
            | Syllable::CodaN
            | Syllable::Coda
    )
}

/// Whether `y` is all that follows the initial consonant of a syllable: there it may as well be
/// `i`.
fn ends_in_lone_y(syllable: &str) -> bool {
    let is_vowel = |letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    match syllable.as_bytes() {
        b"y" => false,
        b"quy" => true,
        [onset @ .., b'y'] => !onset.iter().any(|&letter| is_vowel(letter)),
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
    fn syllables_are_told_by_their_spelling() {
        for syllable in [
            "viet", "nghieng", "gi", "gieng", "gioi", "giuoi", "quoc", "quyu", "khuya", "uong",
            "y", "phuc", "trach", "thanh",
        ] {
            assert!(super::is_syllable(syllable), "{syllable}");
        }
        for other in [
            "", "ng", "speed", "cafe", "trang2", "giauoe", "queueu", "nghh", "anm", "zoo", "việt",
        ] {
            assert!(!super::is_syllable(other), "{other}");
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
