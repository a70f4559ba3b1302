//! Which language a text is written in: by its script first, by whatlang where the script is
//! Latin or another one that many languages share.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Error;
use crate::script::{Script, runs};

/// A language, by its ISO 639 code.
///
/// Read from a code of two letters (ISO 639-1), a BCP 47 tag that begins with one (`zh-Hant`,
/// `en-GB`: script and region are left out), or the ISO 639-3 code of one of the languages that
/// detection tells apart (`vie`).
///
/// ```
/// use mekong_core::Language;
///
/// assert_eq!("vi-VN".parse::<Language>()?, Language::VIETNAMESE);
/// assert!("klingon".parse::<Language>().is_err());
/// # Ok::<(), mekong_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

impl Language {
    /// Vietnamese, `vi`.
    pub const VIETNAMESE: Self = Self("vi");
    /// Thai, `th`.
    pub const THAI: Self = Self("th");
    /// Lao, `lo`.
    pub const LAO: Self = Self("lo");
    /// Khmer, `km`.
    pub const KHMER: Self = Self("km");
    /// Burmese, `my`.
    pub const BURMESE: Self = Self("my");
    /// English, `en`.
    pub const ENGLISH: Self = Self("en");
    /// Chinese, `zh`.
    pub const CHINESE: Self = Self("zh");
    /// Japanese, `ja`.
    pub const JAPANESE: Self = Self("ja");
    /// Korean, `ko`.
    pub const KOREAN: Self = Self("ko");

    /// The ISO 639 code in lower case.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }
}

/// Whether a folded word can be a Vietnamese syllable without its accents: an onset, one to three
/// vowels, a coda (`viet`, `nam`, but also English `the`).
#[must_use]
pub fn is_vietnamese_syllable(folded: &str) -> bool {
    crate::fold::is_vietnamese_syllable(folded)
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(tag: &str) -> Result<Self, Error> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let code = primary.to_ascii_lowercase();
        if let Some((_, two)) = THREE_LETTERS.iter().find(|(three, _)| *three == code) {
            return Ok(Self(two));
        }
        CODES
            .split_ascii_whitespace()
            .find(|known| *known == code)
            .map(Self)
            .ok_or_else(|| Error::unknown_language(tag))
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = Cow::<str>::deserialize(deserializer)?;
        tag.parse().map_err(serde::de::Error::custom)
    }
}

/// A language that a text seems to be written in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Detected {
    /// The language.
    #[serde(rename = "lang")]
    pub language: Language,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
}

impl Detected {
    /// A language, and how sure it is: what is not between 0 and 1 is taken to be the nearer of the
    /// two, and what is no number 0.
    #[must_use]
    pub fn new(language: Language, confidence: f32) -> Self {
        let confidence = confidence.max(0.0).min(1.0);
        Self {
            language,
            confidence,
        }
    }
}

/// How many bytes of a text are looked at: enough for whatlang, and no more than a page or two.
const SAMPLE_BYTES: usize = 16 * 1024;
/// Fewer letters than this say too little about a language in the Latin script.
const MIN_LETTERS: usize = 24;
/// Below this whatlang is guessing.
const MIN_CONFIDENCE: f64 = 0.5;
/// So many Chinese characters without any Kana are Chinese; fewer may be a Japanese heading.
const MIN_HAN: usize = 24;

/// The main language of a text, or `None` where the text does not tell: too little of it, or a
/// few Chinese characters that may be Japanese.
///
/// Thai, Lao, Khmer, Burmese, Korean and Japanese are told by their script, the others by
/// whatlang from the text's letters. The first 16 KiB are looked at.
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];

    let mut letters = [0_usize; SCRIPTS.len()];
    for run in runs(text) {
        if let Some(at) = SCRIPTS.iter().position(|s| s.script == run.script) {
            letters[at] += text[run.range].chars().count() * SCRIPTS[at].weight;
        }
    }
    let (main, &most) = letters
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .max_by_key(|(_, count)| **count)?;
    match SCRIPTS[main].script {
        // A Japanese text may well hold more runs of Han alone than runs with Kana.
        Script::Han if most > 0 && letters[KANA] * 4 >= most => Some(Language::JAPANESE),
        Script::Han => (most >= MIN_HAN * SCRIPTS[main].weight).then_some(Language::CHINESE),
        Script::Latin | Script::Other => by_letters(text, most),
        _ => SCRIPTS[main].language,
    }
}

struct ScriptEvidence {
    script: Script,
    language: Option<Language>,
    /// Letters of an alphabet that one character stands for, so that a page with a few English
    /// names does not count as English.
    weight: usize,
}

const KANA: usize = 5;
const SCRIPTS: [ScriptEvidence; 9] = [
    evidence(Script::Thai, Some(Language::THAI), 1),
    evidence(Script::Lao, Some(Language::LAO), 1),
    evidence(Script::Khmer, Some(Language::KHMER), 1),
    evidence(Script::Burmese, Some(Language::BURMESE), 1),
    evidence(Script::Hangul, Some(Language::KOREAN), 2),
    evidence(Script::Kana, Some(Language::JAPANESE), 2),
    evidence(Script::Han, None, 2),
    evidence(Script::Latin, None, 1),
    evidence(Script::Other, None, 1),
];

const fn evidence(script: Script, language: Option<Language>, weight: usize) -> ScriptEvidence {
    ScriptEvidence {
        script,
        language,
        weight,
    }
}

fn by_letters(text: &str, letters: usize) -> Option<Language> {
    if letters < MIN_LETTERS {
        return None;
    }
    let info = whatlang::detect(text)?;
    (info.confidence() >= MIN_CONFIDENCE)
        .then(|| info.lang().code().parse().ok())
        .flatten()
}

/// ISO 639-1, and the codes of larger languages around the Mekong that have no two letters.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co \
    cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he \
    hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku \
    kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr \
    nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo \
    za zh zu \
    ceb cnr eky fil hmn ilo ium kac khb kjg ksw mnw nod nan nut shn sou tdd tts yue";

/// The languages of whatlang 0.18, ISO 639-3 to 639-1.
const THREE_LETTERS: [(&str, &str); 71] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lao", "lo"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn scripts_decide_at_any_length() {
        for (text, code) in [
            ("ลาว", "th"),
            ("ລາວ", "lo"),
            ("ខ្មែរ", "km"),
            ("မြန်မာ", "my"),
            ("한국", "ko"),
            ("東京タワーに行きました", "ja"),
            (
                "国务院总理出席东盟峰会，并就加强区域合作发表重要讲话，强调和平与发展。",
                "zh",
            ),
        ] {
            assert_eq!(detect(text).unwrap().code(), code, "{text}");
        }
    }

    #[test]
    fn latin_text_needs_length() {
        let english = "The two ministers agreed to continue strengthening political trust.";
        let vietnamese = "Hai bên nhất trí phối hợp chặt chẽ để thu xếp các chuyến thăm.";
        assert_eq!(detect(english), Some(Language::ENGLISH));
        assert_eq!(detect(vietnamese), Some(Language::VIETNAMESE));
        assert_eq!(detect("Lao"), None);
    }

    #[test]
    fn what_does_not_tell_stays_open() {
        for text in ["", "12/2025 !?", "東京都知事", "🙂"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn names_in_another_script_do_not_outweigh_the_text() {
        let text = "นาย Bui Thanh Son ให้การต้อนรับนาย Saleumxay Kommasid รองนายกรัฐมนตรีลาว ณ กรุงฮานอย";
        assert_eq!(detect(text), Some(Language::THAI));
    }

    #[test]
    fn every_language_of_whatlang_has_a_code() {
        for lang in whatlang::Lang::all() {
            lang.code().parse::<Language>().unwrap();
        }
    }

    #[test]
    fn tags_are_read_by_their_language() {
        for (tag, code) in [
            ("vi", "vi"),
            ("VI-vn", "vi"),
            ("zh_Hant_TW", "zh"),
            ("tha", "th"),
            ("fil", "fil"),
        ] {
            assert_eq!(tag.parse::<Language>().unwrap().code(), code);
        }
        for tag in ["", "x", "xx", "vietnamese", "ไทย"] {
            assert!(
                tag.parse::<Language>().unwrap_err().is_unknown_language(),
                "{tag}"
            );
        }
    }
}
