//! Words that ask. A question asks `what`, the document that answers it tells: it is found by the
//! other words.
//!
//! Only words count that are sure to ask. Vietnamese has no list: its question words are single
//! syllables that without accents are parts of many other words (`nao`, `dau`, `gi`), and to weigh
//! them less was measured to do harm. Nor have Japanese and Korean, where no boundary tells `いつ`
//! (when) from `いつも` (always), and of Chinese there are those alone that are part of no other word.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::plan::QueryToken;

/// Question words by language, as the analyzer folds them.
const WORDS: [(&str, &str); 6] = [
    (
        "English",
        "what which who whom whose when where why how did does",
    ),
    (
        "Thai",
        "อะไร ใด ใคร ไหน เมื่อไร เมื่อไหร่ เมื่อใด ทำไม อย่างไร ยังไง กี่ เท่าไร เท่าไหร่ เท่าใด หรือไม่ คือ",
    ),
    ("Lao", "ຫຍັງ ໃຜ ໃສ ໃດ ເມື່ອໃດ ເທົ່າໃດ ແນວໃດ ເປັນຫຍັງ"),
    ("Khmer", "អ្វី នរណា ណា ហេតុអ្វី យ៉ាងណា ប៉ុន្មាន"),
    ("Burmese", "ဘာ ဘယ် ဘယ်သူ ဘာကြောင့် ဘယ်လို ဘယ်လောက်"),
    ("Chinese", "什么 谁 哪里 多少 为什么 怎么 怎样 如何"),
];

/// A question word has at most so many of the smallest units.
const MAX_UNITS: usize = 4;

static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    WORDS
        .iter()
        .flat_map(|(_, words)| words.split(' '))
        .collect()
});

/// The positions of the question words of a query; none where it has no other words.
pub(crate) fn positions(tokens: &[QueryToken]) -> HashSet<u32> {
    let units: Vec<&QueryToken> = tokens.iter().filter(|token| token.is_unit).collect();
    let mut asking = HashSet::new();
    let mut text = String::new();
    for first in 0..units.len() {
        // A word of which they are a part asks nothing.
        if first > 0 && !units[first - 1].end.parts_words() || units[first].in_capitals {
            continue;
        }
        text.clear();
        for (i, unit) in units[first..].iter().take(MAX_UNITS).enumerate() {
            text.push_str(&unit.text);
            if unit.end.parts_words() && ALL.contains(text.as_str()) {
                asking.extend(units[first..=first + i].iter().map(|unit| unit.position));
            }
        }
    }
    if asking.len() == units.len() {
        asking.clear();
    }
    asking
}

#[cfg(test)]
mod tests {
    use mekong_core::Index;

    use super::*;
    use crate::plan;

    #[test]
    fn every_question_word_is_known_among_others() {
        let index = Index::in_memory().unwrap();
        for (language, words) in WORDS {
            for word in words.split(' ') {
                let tokens = plan::tokens(&index, &format!("{word} 2025"));
                let units = tokens.iter().filter(|token| token.is_unit).count();
                assert_eq!(positions(&tokens).len(), units - 1, "{language} {word}");
                let alone = plan::tokens(&index, word);
                assert_eq!(positions(&alone).len(), 0, "{language} {word}");
            }
        }
    }
}
