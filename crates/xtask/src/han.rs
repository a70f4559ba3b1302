//! The table of Chinese characters that are one in simplified, traditional, Japanese and Korean
//! spelling: `crates/core/src/fold/han.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Context, Result};
use unicode_normalization::char::decompose_compatible;

use crate::sources::Sources;

/// OpenCC's tables, one character and its counterparts a line, and how many of these are the same
/// character: the first alone, or all.
const TABLES: [(&str, usize); 6] = [
    // Traditional → simplified. The others of a line are a choice that needs a look at the word.
    (SIMPLIFIED, 1),
    // The same where fonts lack the simplified form.
    ("TSCharactersExt.txt", 1),
    // As written in Hong Kong and Taiwan → OpenCC's traditional form.
    ("HKVariantsRev.txt", 1),
    ("TWVariantsRev.txt", 1),
    // Compatibility ideographs → unified ones.
    ("CJK_Compatibility_Ideographs.txt", 1),
    // Japanese → all that it was before the reform of 1946.
    ("JPShinjitaiCharacters.txt", usize::MAX),
];

const SIMPLIFIED: &str = "TSCharacters.txt";

/// Pairs of the tables that are not joined, since they would join what is frequent in Chinese and
/// not the same: 沪 is Shanghai before it is a filter, 連 is not 聯, and of the three characters that
/// 弁 replaced 辯 is the one of news (弁護士, 答弁).
const APART: [(char, char); 4] = [('沪', '濾'), ('連', '聯'), ('弁', '辨'), ('弁', '瓣')];

/// What the tables lack, collected for this project: forms of print that Korean or older Japanese
/// texts have, simplifications of Japanese print, and forms that Japanese names have.
const MORE: &str = "
    淸清 靑青 飮飲 揷插 兪俞 裵裴 曺曹 柏栢 囘回 疎疏 窓窗 煕熙 砲炮 喩喻 呑吞 姸妍 彜彝 隷隸 寳寶
    讃讚 欝鬱 讐讎 壻婿 韮韭 国圀 侭儘 篭籠 頬頰 靭靱 諌諫 賎賤
    髙高 﨑崎 嶋嶌島 邉邊 濵濱 冨富 𠮷吉 栁柳 槗橋 曻昇
";

const HEADER: &str = "\
# Chinese characters that are one in simplified, traditional, Japanese or Korean spelling: one a
# line, first the form that stands for it in the index, then the others.
#
# Made by `xtask han` from the tables of Open Chinese Convert (OpenCC) 1.4.2, Copyright Carbo Kuo and
# contributors, under the Apache License 2.0: LICENSE-han. Do not edit.
";

/// The text of the table.
pub(crate) fn table(sources: &Sources) -> Result<String> {
    let mut classes = Classes::default();
    let mut simplified = BTreeMap::<char, usize>::new();
    for (name, counterparts) in TABLES {
        for (form, others) in read(sources, name)? {
            for &other in others.iter().take(counterparts) {
                if !APART.contains(&(form, other)) {
                    classes.join(form, other);
                }
            }
            if name == SIMPLIFIED {
                *simplified.entry(others[0]).or_default() += 1;
            }
        }
    }
    // Radicals that stand for a character, which some PDF files have in its place.
    for radical in ('\u{2F00}'..='\u{2FD5}').chain(['\u{2E9F}', '\u{2EF3}']) {
        decompose_compatible(radical, |whole| classes.join(radical, whole));
    }
    for group in MORE.split_whitespace() {
        let mut group = group.chars();
        let first = group.next().context("a group has a character")?;
        group.for_each(|other| classes.join(first, other));
    }

    let mut lines = BTreeMap::new();
    for class in classes.sets() {
        // What most traditional forms become; a character of the basic plane if there is one, so
        // that folding never lengthens a text.
        let folded = class.iter().copied().min_by_key(|&c| {
            let count = simplified.get(&c).copied().unwrap_or_default();
            (c > '\u{FFFF}', is_compatibility(c), usize::MAX - count, c)
        });
        let folded = folded.context("a class has a character")?;
        lines.insert(folded, class);
    }
    let mut text = HEADER.to_owned();
    for (folded, class) in lines {
        let others: String = class.into_iter().filter(|&c| c != folded).collect();
        writeln!(text, "{folded}\t{others}")?;
    }
    Ok(text)
}

fn is_compatibility(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// The lines of one of OpenCC's tables: a character, a tab, its counterparts with blanks between.
fn read(sources: &Sources, name: &str) -> Result<Vec<(char, Vec<char>)>> {
    let text = sources.text(&format!("opencc/{name}"))?;
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let row = line.split_once('\t').and_then(|(form, others)| {
            let others: Option<Vec<char>> = others.split(' ').map(single).collect();
            Some((single(form)?, others?))
        });
        let row = row.with_context(|| {
            format!("opencc/{name}, line {number}: not a character, a tab, characters: {line:?}")
        })?;
        rows.push(row);
    }
    Ok(rows)
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Sets of characters that are the same, joined pair by pair.
#[derive(Default)]
struct Classes {
    /// Another character of the same set, nearer to the one that stands for it.
    parents: BTreeMap<char, char>,
}

impl Classes {
    fn root(&self, mut c: char) -> char {
        while let Some(&parent) = self.parents.get(&c) {
            c = parent;
        }
        c
    }

    fn join(&mut self, a: char, b: char) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.parents.insert(a.max(b), a.min(b));
        }
    }

    fn sets(&self) -> impl Iterator<Item = BTreeSet<char>> {
        let mut sets = BTreeMap::<char, BTreeSet<char>>::new();
        for &c in self.parents.keys() {
            let root = self.root(c);
            sets.entry(root).or_default().extend([root, c]);
        }
        sets.into_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_join_to_sets() {
        let mut classes = Classes::default();
        for pair in ["国國", "広廣", "廣广", "国国"] {
            let mut pair = pair.chars();
            if let (Some(a), Some(b)) = (pair.next(), pair.next()) {
                classes.join(a, b);
            }
        }
        let sets: Vec<String> = classes.sets().map(|set| set.iter().collect()).collect();
        assert_eq!(sets, ["国國", "广広廣"]);
    }

    #[test]
    fn a_cell_is_one_character() {
        assert_eq!(single("𠮷"), Some('𠮷'));
        assert_eq!(single(""), None);
        assert_eq!(single("国国"), None);
    }
}
