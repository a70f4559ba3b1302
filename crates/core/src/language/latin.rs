//! Vietnamese, with accents or without, and English, by their words: a few are enough, where what
//! tells languages by letters needs a paragraph.

use super::{Detected, Language};
use crate::fold::{fold_ahead, is_vietnamese_syllable};
use crate::script::{Script, runs};

/// So many words are looked at.
const MAX_WORDS: usize = 2000;
/// What a text is about is said in so many of its first words.
const LEAD: usize = 60;
/// A longer word is none of those that are looked for.
const MAX_LETTERS: usize = 32;

/// The commonest words of Vietnamese, without their accents, but for those that are common in
/// English too; in the order of their bytes.
#[rustfmt::skip]
const VIETNAMESE: &[&str] = &[
    "anh", "ba", "bao", "ben", "bi", "bo", "ca", "cac", "cao", "cau", "chi", "chinh", "cho", "chu", "chuc",
    "chung", "co", "con", "cong", "cua", "cung", "cuoc", "cuoi", "da", "dai", "dan", "dang", "dau", "day",
    "de", "den", "dinh", "dong", "du", "duoc", "duong", "duy", "gia", "giao", "giua", "hai", "hanh", "hien",
    "hoa", "hoi", "hop", "huu", "kha", "khac", "khi", "khong", "khu", "kien", "kinh", "la", "lai", "lam",
    "lanh", "len", "linh", "luat", "luc", "ly", "moi", "mot", "muc", "nam", "nay", "nen", "ngay", "nghi",
    "nghiep", "ngoai", "nguoi", "nha", "nhan", "nhat", "nhieu", "nhu", "nhung", "noi", "nuoc", "pha",
    "phai", "phan", "phap", "phat", "phong", "phu", "phuong", "qua", "quan", "quoc", "ra", "rat", "sau",
    "se", "so", "su", "tac", "tai", "tao", "te", "thang", "thanh", "theo", "thi", "thoi", "thong", "thu",
    "thuc", "thuong", "thuy", "tiep", "tinh", "toi", "tri", "trinh", "trong", "trung", "truoc", "truong",
    "tu", "tuc", "tung", "tuong", "va", "van", "vao", "ve", "vi", "viec", "viet", "voi", "vu", "xa", "xay",
    "xuat", "yeu",
];

/// The commonest words of English, in the order of their bytes.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "after", "all", "also", "among", "an", "and", "are", "as", "at", "be", "been", "between",
    "but", "by", "can", "could", "during", "first", "for", "from", "had", "has", "have", "her", "his",
    "how", "in", "into", "is", "it", "its", "more", "most", "new", "not", "of", "on", "one", "or", "other",
    "our", "over", "said", "she", "such", "than", "that", "the", "their", "there", "these", "they", "this",
    "to", "two", "under", "up", "was", "were", "what", "when", "which", "while", "who", "will", "with",
    "would", "you",
];

/// What a text is found to be by its words.
#[derive(Default)]
struct Words {
    all: usize,
    /// Syllables with a sign of Vietnamese.
    signed: usize,
    /// Those that are common words, or have a sign that hardly any other language has.
    distinct: usize,
    /// Those of them in small letters, which are no names.
    known: usize,
    /// How many of the first [`LEAD`] words are such syllables.
    lead: usize,
    /// What may be a syllable of Vietnamese, with signs or without.
    syllables: usize,
    /// Common words without signs.
    vietnamese: usize,
    english: usize,
}

/// Vietnamese or English, where that can be told by the words in the Latin script.
pub(super) fn detect(text: &str) -> Option<Detected> {
    let words = Words::of(text);
    let share = |count: usize| count as f32 / words.all.max(1) as f32;
    // English news of Vietnam has names with their accents in it.
    let is_signed = share(words.signed) >= 0.3
        && words.signed > words.english
        && (words.distinct >= 1 || words.signed >= 3);
    // A list of foreign names with a few words of Vietnamese before it, or among it.
    let is_lead = words.lead * 10 >= 3 * words.all.min(LEAD);
    let is_list =
        words.known >= 3 && share(words.known) >= 0.01 && (words.known > words.english || is_lead);
    // Without accents: all of a few words, or most of many, of which foreign names are some.
    let is_short = words.all >= 3
        && words.vietnamese >= 2
        && words.vietnamese > 2 * words.english
        && share(words.syllables) >= 0.85;
    let is_long = words.all >= 8
        && words.vietnamese > 3 * words.english
        && share(words.vietnamese) >= 0.3
        && share(words.syllables) >= 0.6;
    let is_english = words.english >= 2 && share(words.english) >= 0.2;
    let (language, found) = if is_signed {
        (Language::VIETNAMESE, words.signed)
    } else if is_list {
        (Language::VIETNAMESE, words.known)
    } else if is_short || is_long {
        (Language::VIETNAMESE, words.vietnamese)
    } else if is_english {
        (Language::ENGLISH, words.english)
    } else {
        return None;
    };
    Some(Detected::new(language, certainty(found, share(found))))
}

/// How sure a language is by so many words, this share of all: more so the more there are of them.
fn certainty(words: usize, share: f32) -> f32 {
    (1.0 - 0.3_f32.powf(words as f32)) * (1.0 - (1.0 - share).powi(8))
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let (mut folded, mut exact) = (String::new(), String::new());
        let latin = runs(text).filter(|run| run.script == Script::Latin);
        for run in latin.take(MAX_WORDS) {
            let word = &text[run.range];
            words.all += 1;
            folded.clear();
            if fold_ahead(word, MAX_LETTERS, &mut folded, &mut exact) != Some(word.len()) {
                continue;
            }
            words.syllables += usize::from(is_vietnamese_syllable(&folded));
            let is_common = VIETNAMESE.binary_search(&folded.as_str()).is_ok();
            if exact.is_empty() {
                words.vietnamese += usize::from(is_common);
                words.english += usize::from(ENGLISH.binary_search(&folded.as_str()).is_ok());
            } else {
                words.signed += 1;
                words.lead += usize::from(words.all <= LEAD);
                // `là` is French too.
                let is_known = is_common && folded.len() > 2;
                let is_distinct = is_known || word.chars().any(is_distinct);
                words.distinct += usize::from(is_distinct);
                let is_small = word.starts_with(char::is_lowercase);
                words.known += usize::from(is_distinct && is_small);
            }
        }
        words
    }
}

/// Whether hardly any language but Vietnamese has this letter, in any Unicode form.
fn is_distinct(c: char) -> bool {
    matches!(
        c,
        'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ' | '\u{1EA0}'
            ..='\u{1EF9}' | '\u{309}' | '\u{31B}' | '\u{323}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_and_of_one_language() {
        assert!(VIETNAMESE.is_sorted() && ENGLISH.is_sorted());
        assert!(VIETNAMESE.iter().all(|word| !ENGLISH.contains(word)));
        assert!(VIETNAMESE.iter().all(|word| is_vietnamese_syllable(word)));
    }
}
