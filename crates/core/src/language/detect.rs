//! Which language a text is written in: by its script first; Vietnamese and English by their words;
//! by whatlang where the script is Latin or another one that many languages share.

use serde::{Deserialize, Serialize};

use super::{Language, latin};
use crate::script::{Script, runs};

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
        let confidence = confidence.max(0.0).clamp(0.0, 1.0);
        Self {
            language,
            confidence,
        }
    }
}

/// How many bytes of a text are looked at: enough for whatlang, and no more than a page or two.
const SAMPLE_BYTES: usize = 16 * 1024;
/// Fewer letters than this say too little, where a text is not of their script or whatlang is asked.
const MIN_LETTERS: usize = 24;
/// Below this whatlang is guessing.
const MIN_CONFIDENCE: f64 = 0.5;
/// So many Chinese characters without any Kana are Chinese; fewer may be a Japanese heading.
const MIN_HAN: usize = 24;

/// The main language of a text, or `None` where the text does not tell: see
/// [`detect_with_confidence`].
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    detect_with_confidence(text).map(|detected| detected.language)
}

/// The main language of a text and how sure that is, or `None` where the text does not tell: too
/// little of it, or a few Chinese characters that may be Japanese.
///
/// Thai, Lao, Khmer, Burmese, Korean and Japanese are told by their script: their confidence is the
/// share of letters in it. Vietnamese, with accents or without, and English are told by their words,
/// Chinese of few characters by those that Japanese does not have, all others by whatlang from the
/// text's letters. The first 16 KiB are looked at.
///
/// ```
/// use mekong_core::Language;
/// use mekong_core::language::detect_with_confidence;
///
/// let detected = detect_with_confidence("Hội đàm tại Hà Nội").unwrap();
/// assert_eq!(detected.language, Language::VIETNAMESE);
/// assert!(detected.confidence > 0.9);
/// assert_eq!(detect_with_confidence("Son Goku"), None);
/// ```
#[must_use]
pub fn detect_with_confidence(text: &str) -> Option<Detected> {
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
    let all: usize = letters.iter().sum();
    let share = |letters: usize| letters as f32 / all as f32;
    match SCRIPTS[main].script {
        // A Japanese text may well hold more runs of Han alone than runs with Kana.
        Script::Han if letters[KANA] * 4 >= most && !has_many_chinese(text) => {
            let confidence = share(most + letters[KANA]);
            Some(Detected::new(Language::JAPANESE, confidence))
        }
        Script::Han => chinese(text, most / SCRIPTS[HAN].weight)
            .map(|confidence| Detected::new(Language::CHINESE, confidence * share(most))),
        Script::Kana => {
            let confidence = share(most + letters[HAN]);
            Some(Detected::new(Language::JAPANESE, confidence))
        }
        Script::Latin => {
            let by_words = latin::detect(text);
            let by_words = by_words.map(|d| Detected::new(d.language, d.confidence * share(most)));
            // English words stand in Thai texts, more than Thai ones in English texts.
            let other = |least: f32| {
                SCRIPTS.iter().zip(letters).find_map(|(script, count)| {
                    let is_enough = count >= MIN_LETTERS && share(count) >= least;
                    let language = script.language.filter(|_| is_enough)?;
                    Some(Detected::new(language, share(count)))
                })
            };
            other(0.4)
                .or(by_words)
                .or_else(|| other(0.2))
                .or_else(|| by_letters(text, most))
        }
        Script::Other => by_letters(text, most),
        _ => Some(Detected::new(SCRIPTS[main].language?, share(most))),
    }
}

/// How sure a text of Chinese characters without Kana is Chinese.
fn chinese(text: &str, characters: usize) -> Option<f32> {
    match (characters, text.chars().any(is_chinese)) {
        (MIN_HAN.., true) => Some(1.0),
        (MIN_HAN.., false) => Some(0.8),
        (4.., true) => Some(0.95),
        _ => None,
    }
}

/// Whether every tenth Chinese character is one that Japanese does not have: Kana beside them are names.
fn has_many_chinese(text: &str) -> bool {
    let han = || text.chars().filter(|c| Script::of(*c) == Script::Han);
    han().filter(|c| is_chinese(*c)).count() * 10 > han().count()
}

/// Whether Japanese does not have this character, or not any more: those with a part that only the
/// simplified script writes so (纟见讠贝车钅门页饣马鱼鸟, blocks of Unicode of their own, of which
/// JIS X 0208 has none), and some common ones.
fn is_chinese(c: char) -> bool {
    const COMMON: &str = "们們这這为说对没吗嗎呢吧啊你您她让给过时间开发东业习书买产传务团应该进单战动级两个击队败经济现将来头电脑权华报归爱乐欧联盟总统网职脸艺节营补规论边远达运选转农医岛乡镇师阳阴阶陆陈险难雾";
    matches!(
        u32::from(c),
        0x7E9F..=0x7F35
            | 0x89C1..=0x89D1
            | 0x8BA0..=0x8C36
            | 0x8D1D..=0x8D63
            | 0x8F66..=0x8F9A
            | 0x9485..=0x9576
            | 0x95E8..=0x961B
            | 0x9875..=0x98A7
            | 0x9963..=0x9995
            | 0x9A6C..=0x9AA7
            | 0x9C7C..=0x9CE3
            | 0x9E1F..=0x9E74
    ) || COMMON.contains(c)
}

struct ScriptEvidence {
    script: Script,
    language: Option<Language>,
    /// Letters of an alphabet that one character stands for, so that a page with a few English
    /// names does not count as English.
    weight: usize,
}

const HAN: usize = 6;
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

/// What whatlang makes of the letters.
fn by_letters(text: &str, letters: usize) -> Option<Detected> {
    if letters < MIN_LETTERS {
        return None;
    }
    let info = whatlang::detect(text)?;
    if info.confidence() < MIN_CONFIDENCE {
        return None;
    }
    let language = info.lang().code().parse().ok()?;
    // It is as sure of a line as of a page.
    let length = letters as f32 / (letters as f32 + 50.0);
    Some(Detected::new(language, info.confidence() as f32 * length))
}

#[cfg(test)]
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
}
