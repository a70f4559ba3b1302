//! Which script a character is written in, and the runs of one script in a text.

use std::ops::Range;

pub(crate) use mekong_segment::is_ignorable;

/// A script, as far as analysis treats scripts differently.
///
/// Ranges follow the Unicode Script property (UAX #24), cut down to what analysis needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Script {
    /// Latin, Vietnamese among it; full-width forms too.
    Latin,
    /// Thai without its digits.
    Thai,
    /// Lao without its digits.
    Lao,
    /// Khmer without its digits.
    Khmer,
    /// Burmese (Myanmar) without its digits.
    Burmese,
    /// Chinese characters, and the radicals that are among them under other codes.
    Han,
    /// Hiragana and Katakana, half-width forms too.
    Kana,
    /// Korean, half-width forms too.
    Hangul,
    /// A decimal digit of any script.
    Number,
    /// A letter of any other script: Cyrillic, Greek, Arabic, Devanagari and so on.
    Other,
    /// Blanks, punctuation, symbols, controls.
    Common,
}

impl Script {
    /// The script of one character. A combining mark that serves many scripts (U+0300 to U+036F)
    /// counts as Latin.
    #[inline]
    #[must_use]
    pub fn of(c: char) -> Self {
        let u = u32::from(c);
        // Most of what is asked for is Latin or Thai.
        if let Some(&script) = ASCII.get(u as usize) {
            return script;
        }
        if let 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2AF | 0x300..=0x36F | 0x1E00..=0x1EFF = u {
            return Self::Latin;
        }
        match mekong_segment::Script::of(c) {
            Some(script) => script.into(),
            None => Self::of_others(c),
        }
    }

    /// The script of a character that is not in the blocks most asked for.
    fn of_others(c: char) -> Self {
        let u = u32::from(c);
        match u {
            0xAA | 0xBA | 0x2C60..=0x2C7F | 0xA722..=0xA7FF => Self::Latin,
            0xFF21..=0xFF3A | 0xFF41..=0xFF5A | 0xFB00..=0xFB06 => Self::Latin,
            0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFD => Self::Han,
            0x3005..=0x3007 | 0x303B | 0x2F00..=0x2FD5 | 0x2E9F | 0x2EF3 => Self::Han,
            0x3041..=0x3096
            | 0x3099..=0x309A
            | 0x309D..=0x309F
            | 0x30A1..=0x30FA
            | 0x30FC..=0x30FF => Self::Kana,
            0x31F0..=0x31FF | 0xFF66..=0xFF9F | 0x1B000..=0x1B16F => Self::Kana,
            0x1100..=0x11FF | 0x3131..=0x318E | 0xA960..=0xA97C | 0xAC00..=0xD7FB => Self::Hangul,
            0xFFA1..=0xFFBE
            | 0xFFC2..=0xFFC7
            | 0xFFCA..=0xFFCF
            | 0xFFD2..=0xFFD7
            | 0xFFDA..=0xFFDC => Self::Hangul,
            _ if is_variation_selector(c) => Self::Han,
            // Signs that repeat or abbreviate a word are none themselves: ๆ ฯ ໆ ៗ.
            0xE2F | 0xE46 | 0xEC6 | 0x17D7 => Self::Common,
            _ if digit_value(c).is_some() => Self::Number,
            _ if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
                Self::Other
            }
            _ => Self::Common,
        }
    }

    /// The same script by the name that the segmenters give it, where they segment it.
    pub(crate) fn segmented(self) -> Option<mekong_segment::Script> {
        use mekong_segment::Script;
        match self {
            Self::Thai => Some(Script::Thai),
            Self::Lao => Some(Script::Lao),
            Self::Khmer => Some(Script::Khmer),
            Self::Burmese => Some(Script::Burmese),
            _ => None,
        }
    }

    /// Whether words of this script are written one after another without blanks.
    #[must_use]
    pub fn is_unspaced(self) -> bool {
        self.segmented().is_some() || self.is_cjk()
    }

    /// Whether this is a script of Chinese, Japanese or Korean.
    #[must_use]
    pub fn is_cjk(self) -> bool {
        matches!(self, Self::Han | Self::Kana | Self::Hangul)
    }
}

/// Whether `c` is part of what readers take for one letter with the character before it: a mark on
/// it (UAX #29 with combining marks, Thai `ำ` and Lao `ຳ`), or a letter that Khmer coeng or the
/// Burmese virama joins below it.
///
/// ```
/// use mekong_core::script::joins_letter;
///
/// assert!(joins_letter('ก', '\u{E34}'));
/// assert!(joins_letter('\u{17D2}', 'រ'));
/// assert!(!joins_letter('ก', 'า'));
/// assert!(!joins_letter('a', 'b'));
/// ```
#[inline]
#[must_use]
pub fn joins_letter(before: char, c: char) -> bool {
    const COENG: char = '\u{17D2}';
    const VIRAMA: char = '\u{1039}';
    c >= '\u{300}'
        && (matches!(c, 'ำ' | 'ຳ')
            || matches!(before, COENG | VIRAMA)
            || unicode_normalization::char::is_combining_mark(c))
}

impl From<mekong_segment::Script> for Script {
    fn from(script: mekong_segment::Script) -> Self {
        use mekong_segment::Script as Segmented;
        match script {
            Segmented::Thai => Self::Thai,
            Segmented::Lao => Self::Lao,
            Segmented::Khmer => Self::Khmer,
            Segmented::Burmese => Self::Burmese,
            _ => Self::Other,
        }
    }
}

/// The scripts of ASCII.
static ASCII: [Script; 128] = {
    let mut table = [Script::Common; 128];
    let mut i = 0;
    while i < table.len() {
        table[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Script::Latin,
            b'0'..=b'9' => Script::Number,
            _ => Script::Common,
        };
        i += 1;
    }
    table
};

/// Whether a character chooses the shape of the Chinese character before it, as names in Japanese
/// have it (葛󠄀), and is none itself: U+E0100 to U+E01EF.
pub(crate) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{E0100}'..='\u{E01EF}')
}

/// The value of a decimal digit: ASCII, Thai, Lao, Khmer, Burmese, Shan or full-width.
#[must_use]
pub(crate) fn digit_value(c: char) -> Option<u8> {
    const ZEROS: [u32; 7] = [0x30, 0xE50, 0xED0, 0x1040, 0x1090, 0x17E0, 0xFF10];
    let u = u32::from(c);
    ZEROS
        .iter()
        .find(|&&zero| (zero..zero + 10).contains(&u))
        .map(|zero| (u - zero) as u8)
}

/// A stretch of text in one script.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Run {
    /// The script; [`Script::Common`] for what stands between words.
    pub script: Script,
    /// Bytes of the text, half-open.
    pub range: Range<usize>,
}

/// Splits a text into runs that tile it.
///
/// Digits and marks join the letters they touch (`covid19` is one run), except those of scripts
/// without blanks (`ปี2567` is two). A run of Han and Kana together is one run, of
/// [`Script::Kana`] since it is Japanese. Characters without a width join the run before them
/// and disappear in analysis.
///
/// ```
/// use mekong_core::script::{Script, runs};
///
/// let scripts: Vec<_> = runs("Sihasak กระทรวง2567").map(|run| (run.script, run.range)).collect();
/// assert_eq!(
///     scripts,
///     [
///         (Script::Latin, 0..7),
///         (Script::Common, 7..8),
///         (Script::Thai, 8..29),
///         (Script::Number, 29..33),
///     ]
/// );
/// ```
pub fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let run = run_at(text, start)?;
        start = run.range.end;
        Some(run)
    })
}

/// The run that begins at byte `start` of a text, none at its end.
pub(crate) fn run_at(text: &str, start: usize) -> Option<Run> {
    let mut rest = text[start..].chars();
    let mut script = Script::of(rest.next()?);
    let mut ahead = rest.clone();
    while let Some(c) = ahead.next() {
        let next = Script::of(c);
        if next != script && (c.is_ascii() || !is_ignorable(c)) {
            match join(script, next) {
                Some(joined) => script = joined,
                None => break,
            }
        }
        rest = ahead.clone();
    }
    Some(Run {
        script,
        range: start..text.len() - rest.as_str().len(),
    })
}

/// The script of a run of `run` that goes on with a character of `next`, if it may.
fn join(run: Script, next: Script) -> Option<Script> {
    use Script::{Han, Kana, Latin, Number, Other};
    match (run, next) {
        (a, b) if a == b => Some(a),
        (Han | Kana, Han | Kana) => Some(Kana),
        (Latin | Other, Number | Latin | Other) => Some(run),
        (Number, Latin | Other) => Some(next),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts(text: &str) -> Vec<(Script, &str)> {
        runs(text)
            .map(|run| (run.script, &text[run.range]))
            .collect()
    }

    #[test]
    fn runs_split_by_script() {
        use Script::*;
        assert_eq!(
            scripts("Lào ลาว ລາວ"),
            [
                (Latin, "Lào"),
                (Common, " "),
                (Thai, "ลาว"),
                (Common, " "),
                (Lao, "ລາວ")
            ]
        );
        assert_eq!(
            scripts("ខ្មែរ2025မြန်မာ"),
            [(Khmer, "ខ្មែរ"), (Number, "2025"), (Burmese, "မြန်မာ")]
        );
        assert_eq!(
            scripts("食べる、東京"),
            [(Kana, "食べる"), (Common, "、"), (Han, "東京")]
        );
        assert_eq!(
            scripts("한국 19세"),
            [
                (Hangul, "한국"),
                (Common, " "),
                (Number, "19"),
                (Hangul, "세")
            ]
        );
    }

    #[test]
    fn digits_and_marks_stay_with_latin() {
        use Script::*;
        assert_eq!(
            scripts("covid19 4G"),
            [(Latin, "covid19"), (Common, " "), (Latin, "4G")]
        );
        assert_eq!(
            scripts("Nguye\u{302}\u{303}n"),
            [(Latin, "Nguye\u{302}\u{303}n")]
        );
        assert_eq!(scripts("ปี๒๕๖๗"), [(Thai, "ปี"), (Number, "๒๕๖๗")]);
    }

    #[test]
    fn zero_width_characters_do_not_split() {
        assert_eq!(scripts("การ\u{200B}ประชุม").len(), 1);
    }

    #[test]
    fn half_width_letters_and_variants_stay_in_their_run() {
        use Script::*;
        assert_eq!(scripts("新型ｶﾞｿﾘﾝ"), [(Kana, "新型ｶﾞｿﾘﾝ")]);
        assert_eq!(scripts("ﾡￂ가"), [(Hangul, "ﾡￂ가")]);
        assert_eq!(scripts("葛\u{E0100}城"), [(Han, "葛\u{E0100}城")]);
    }

    #[test]
    fn digits_of_every_script_have_their_value() {
        for digits in [
            "0123456789",
            "๐๑๒๓๔๕๖๗๘๙",
            "໐໑໒໓໔໕໖໗໘໙",
            "០១២៣៤៥៦៧៨៩",
            "၀၁၂၃၄၅၆၇၈၉",
            "０１２３４５６７８９",
        ] {
            let values: Vec<_> = digits.chars().filter_map(digit_value).collect();
            assert_eq!(values, (0..10).collect::<Vec<u8>>(), "{digits}");
        }
    }
}
