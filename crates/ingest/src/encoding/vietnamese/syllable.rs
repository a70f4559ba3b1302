//! Which words can be Vietnamese: one syllable, of an onset, a rime and a tone.
//!
//! Stricter than what search folds by: this is the evidence that a text was decoded rightly. The
//! rimes are those of the orthography (Quy định về chính tả, 1984) and of everyday spelling.

use std::collections::HashSet;
use std::sync::LazyLock;

const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "r", "s", "t", "th", "tr", "v", "x",
];

/// Rimes without tone. Those behind `qu` are these without the `u`.
const RIMES: &str = "
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong  oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt  oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut  uân uâng uât uây  uê uêch uênh  uơ  uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uynh uyn uyp uyt uyu
    ư ưa ưc ưi ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
";

const VOWELS: [&str; 12] = [
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
];

/// A letter of the alphabet without its tone, and whether the tone is one that a syllable may
/// have that ends in `c ch p t` (sắc, nặng), or another.
#[derive(Clone, Copy)]
struct Letter {
    toneless: char,
    tone: Option<Tone>,
}

#[derive(Clone, Copy, PartialEq)]
enum Tone {
    Stopped,
    Other,
}

struct Tables {
    /// By code point.
    letters: Vec<Option<Letter>>,
    rimes: HashSet<&'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut letters = vec![None; 0x1F00];
    let mut set = |c: char, letter| {
        for form in std::iter::once(c).chain(c.to_uppercase()) {
            if let Some(slot) = letters.get_mut(form as usize) {
                *slot = Some(letter);
            }
        }
    };
    for toneless in "bcdđghklmnpqrstvx".chars() {
        set(
            toneless,
            Letter {
                toneless,
                tone: None,
            },
        );
    }
    for row in VOWELS {
        let tones = [
            None,
            Some(Tone::Other),
            Some(Tone::Stopped),
            Some(Tone::Other),
            Some(Tone::Other),
            Some(Tone::Stopped),
        ];
        let Some(toneless) = row.chars().next() else {
            continue;
        };
        for (c, tone) in row.chars().zip(tones) {
            set(c, Letter { toneless, tone });
        }
    }
    Tables {
        letters,
        rimes: RIMES.split_whitespace().collect(),
    }
});

/// Whether `word`, in composed form and any case, can be a syllable of Vietnamese. The tone may
/// stand on any of its vowels (`hoà`, `hòa`).
pub(super) fn is_syllable(word: &str) -> bool {
    // `nghiêng` has seven letters.
    let mut toneless = [0; 32];
    let (mut end, mut tone) = (0, None);
    for c in word.chars() {
        let Some(&Some(letter)) = TABLES.letters.get(c as usize) else {
            return false;
        };
        if letter.tone.is_some_and(|t| tone.replace(t).is_some()) {
            return false;
        }
        let Some(room) = toneless.get_mut(end..end + letter.toneless.len_utf8()) else {
            return false;
        };
        end += letter.toneless.encode_utf8(room).len();
    }
    let Ok(toneless) = std::str::from_utf8(&toneless[..end]) else {
        return false;
    };
    let stopped = toneless.ends_with(['c', 'p', 't']) || toneless.ends_with("ch");
    if stopped && tone != Some(Tone::Stopped) {
        return false;
    }
    let is_rime = |rime: &str| TABLES.rimes.contains(rime);
    if let Some(rest) = toneless.strip_prefix('q') {
        // `quà`, `quốc`, `quỳnh`.
        let rime = rest.strip_prefix('u').unwrap_or_default();
        return is_rime(rime) && !rime.starts_with(['u', 'ư'])
            || rime.starts_with('y') && is_rime(rest);
    }
    ONSETS.iter().any(|onset| {
        toneless.strip_prefix(onset).is_some_and(|rime| {
            let front = rime.starts_with(['e', 'ê', 'i', 'y']);
            let spelled = match *onset {
                "c" | "ng" => !front,
                "g" => !rime.starts_with(['e', 'ê', 'y']),
                "gh" | "ngh" => front,
                _ => true,
            };
            spelled && is_rime(rime)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables() {
        let text = "Tất cả mọi người sinh ra đều có quyền bình đẳng Tạo hóa cho họ những không ai \
            thể xâm phạm được trong ấy sống tự do và mưu cầu hạnh phúc hoà hòa khoẻ thuý quỳnh quốc \
            gì gìn giếng giữa giặc nghiêng khuya khuỷu ngoằn ngoèo xoong uống ươm yêu ý ở ĐỨC Nghĩa";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn other_words() {
        let text = "été là-bas garçon über schön mãe año niño café élève ộtộ cafộ bât các2 cằt \
            ngê cê kàc ă â quừ frère Việtnam strength";
        for word in text.split_whitespace().chain([""]) {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
