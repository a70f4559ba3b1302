//! Chinese characters: what is one character in simplified, traditional, Japanese and Korean
//! spelling becomes one, the simplified form where it has one of its own.
//!
//! The table `han.tsv` has one such character a line, and says where it is from. A form that stands
//! for several characters joins them all: 后 and 後 are one, and so are 发, 發, 髮, 発 and 髪.

use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("han.tsv")));

/// From the first radical to behind the last unified ideograph of the basic plane.
const FIRST: usize = 0x2E80;
const UNIFIED_END: usize = 0xA000;
/// The compatibility ideographs.
const COMPATIBILITY: usize = 0xF900;
const COMPATIBILITY_END: usize = 0xFB00;

struct Table {
    /// What each character of the basic plane becomes, itself included: always of that plane.
    basic: Box<[u16]>,
    /// The same of characters beyond it that become others, in their order.
    beyond: Box<[(char, char)]>,
}

impl Table {
    fn parse(text: &str) -> Self {
        let mut basic: Box<[u16]> = (FIRST..UNIFIED_END)
            .chain(COMPATIBILITY..COMPATIBILITY_END)
            .map(|u| u as u16)
            .collect();
        let mut beyond = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut forms = line.chars().filter(|&c| c != '\t');
            let Some(folded) = forms.next() else { continue };
            for form in forms {
                match (slot(form), u16::try_from(u32::from(folded))) {
                    (Some(slot), Ok(folded)) => basic[slot] = folded,
                    _ => beyond.push((form, folded)),
                }
            }
        }
        beyond.sort_unstable();
        Self {
            basic,
            beyond: beyond.into(),
        }
    }
}

/// Where a character of the basic plane stands in the table.
fn slot(c: char) -> Option<usize> {
    match u32::from(c) as usize {
        u @ FIRST..UNIFIED_END => Some(u - FIRST),
        u @ COMPATIBILITY..COMPATIBILITY_END => Some(u - COMPATIBILITY + UNIFIED_END - FIRST),
        _ => None,
    }
}

/// The one form of a Chinese character; any other character as it is. Folding twice is folding
/// once, and never makes the UTF-8 longer.
pub(super) fn fold(c: char) -> char {
    // Kana and Hangul need no table.
    if let '\u{3040}'..'\u{3400}' | '\u{A000}'..'\u{F900}' | ..'\u{2E80}' = c {
        return c;
    }
    match slot(c) {
        Some(slot) => char::from_u32(TABLE.basic[slot].into()).unwrap_or(c),
        None if c >= '\u{20000}' => TABLE
            .beyond
            .binary_search_by_key(&c, |&(form, _)| form)
            .map_or(c, |at| TABLE.beyond[at].1),
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        text.chars().map(fold).collect()
    }

    #[test]
    fn spellings_of_one_character_are_one() {
        for (simplified, others) in [
            ("关", "関關"),
            ("国", "國圀"),
            ("广", "広廣"),
            ("气", "気氣"),
            ("发", "発發髪髮"),
            ("后", "後"),
            ("台", "臺颱檯"),
            ("里", "裏裡"),
            ("边", "辺邊邉"),
            ("举", "挙舉擧"),
            ("高", "髙"),
            ("岛", "島嶋嶌"),
            ("吉", "𠮷"),
            ("龟", "亀龜"),
            ("艺", "芸藝"),
            ("辩", "弁辯"),
            // Print forms that Korean and older Japanese texts have.
            ("清", "淸"),
            ("青", "靑"),
            ("说", "説說"),
            ("教", "敎"),
            // Compatibility ideographs, and a radical as some PDF files have it.
            ("金", "\u{F90A}"),
            ("侮", "\u{FA30}"),
            ("人", "\u{2F08}"),
        ] {
            for other in others.chars() {
                assert_eq!(
                    folded(simplified),
                    folded(&other.to_string()),
                    "{simplified} {other}"
                );
            }
        }
        assert_eq!(folded("廣東話"), "广东话");
    }

    #[test]
    fn other_characters_stay_apart() {
        for apart in [
            "沪滤",
            "连联",
            "辩辨瓣",
            "坂阪",
            "日目",
            "未末",
            "己已巳",
            "土士",
        ] {
            let mut forms: Vec<char> = apart.chars().map(fold).collect();
            forms.dedup();
            assert_eq!(forms.len(), apart.chars().count(), "{apart}");
        }
        for same in ["々〆ヶ", "かなカナー", "각ㄱ", "a1ん", "〇"] {
            assert_eq!(folded(same), same);
        }
    }

    #[test]
    fn folding_ends_and_never_lengthens() {
        for c in '\0'..=char::MAX {
            let once = fold(c);
            assert_eq!(fold(once), once, "{c}");
            assert!(once.len_utf8() <= c.len_utf8(), "{c} {once}");
        }
    }
}
