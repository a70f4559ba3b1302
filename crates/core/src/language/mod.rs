//! Languages, and which of them a text is written in.

mod detect;
mod latin;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Error;
pub use detect::{Detected, detect, detect_with_confidence};

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

impl Language {
    /// Whether detection knows it, and so tells it from the others.
    pub(crate) fn is_detected(self) -> bool {
        self == Self::LAO || THREE_LETTERS.iter().any(|(_, two)| *two == self.0)
    }
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
