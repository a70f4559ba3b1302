//! The matches of a text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use mekong_core::breaks::character_ends;
use mekong_core::{Analyzer, TokenKind};

use super::wanted::{Gram, Wanted};

/// A word that stands alone is left out where it is so much more common than the rarest one that
/// is found: its inverse document frequency is less than this share of the other one's.
const COMMON: f32 = 0.25;

/// A text, its smallest units, and its matches in their order.
pub(super) struct Found<'a> {
    pub(super) text: &'a str,
    /// Bytes of each unit; its index is the position of its tokens.
    pub(super) units: Vec<Range<usize>>,
    /// For each unit whether it ends a word.
    pub(super) ends_word: Vec<bool>,
    pub(super) matches: Vec<Match>,
    pub(super) characters: Characters,
}

pub(super) struct Match {
    pub(super) range: Range<usize>,
    /// The units that it has a part of.
    pub(super) units: Range<usize>,
    /// What is matched.
    pub(super) number: usize,
    /// How rare that is.
    pub(super) idf: f32,
    /// A word with its accents; empty for anything else.
    spelling: String,
    /// Whether it is a phrase or a name, which is shown however common its words are.
    is_sequence: bool,
    is_last_resort: bool,
}

impl Match {
    /// What it adds to a part of the text where it is the first of its number.
    pub(super) fn worth(&self) -> f32 {
        if self.is_sequence {
            self.idf * self.units.len() as f32
        } else {
            self.idf
        }
    }
}

impl<'a> Found<'a> {
    pub(super) fn new(text: &'a str, analyzer: &Analyzer, wanted: &Wanted) -> Self {
        let mut found = Found {
            text,
            units: Vec::new(),
            ends_word: Vec::new(),
            matches: Vec::new(),
            characters: Characters::of(text),
        };
        let mut ids = Vec::new();
        let mut grams = Vec::new();
        let mut spelling = String::new();
        let mut key = (wanted.fields.folded, String::new());
        analyzer.analyze(text, None, |token| {
            let Some(field) = wanted.fields.of(&token) else {
                return;
            };
            if token.kind == TokenKind::Gram {
                grams.extend(wanted.grams.get(token.text).map(|gram| (token.range, gram)));
                return;
            }
            key.0 = field;
            key.1.clear();
            key.1.push_str(token.text);
            if token.is_unit() {
                found.units.push(token.range.clone());
                found.ends_word.push(token.end.parts_words());
                spelling.clear();
                if !wanted.sequences.is_empty() {
                    ids.push(wanted.ids.get(&key).copied().unwrap_or(u32::MAX));
                }
            }
            if token.kind == TokenKind::Exact {
                spelling.push_str(token.text);
            }
            let Some(want) = wanted.terms.get(&key) else {
                return;
            };
            match found.matches.last_mut() {
                // Another form of the same word.
                Some(last) if last.range == token.range => last.idf = last.idf.max(want.idf),
                _ => found.matches.push(Match {
                    range: token.range,
                    units: token.position as usize..0,
                    number: want.number,
                    idf: want.idf,
                    spelling: spelling.clone(),
                    is_sequence: false,
                    is_last_resort: want.is_last_resort,
                }),
            }
        });
        for i in 0..found.matches.len() {
            let Match { range, units, .. } = &found.matches[i];
            let end = found.units_of(range).end.max(units.start + 1);
            found.matches[i].units.end = end;
        }
        found.drop_other_words(&wanted.typed);
        found.add_sequences(wanted, &ids);
        found.add_grams(grams);
        // A mark alone is seen as a part of what stands before it.
        let characters = &found.characters;
        found.matches.retain(|m| characters.is_start(m.range.start));
        if found.matches.iter().any(|m| !m.is_last_resort) {
            found.matches.retain(|m| !m.is_last_resort);
        }
        found.drop_common_words();
        found.matches.sort_by_key(|m| (m.range.start, m.range.end));
        found
    }

    /// What is marked: matches, those as one that overlap, touch, or have only blanks between
    /// them.
    pub(super) fn marks(&self) -> Vec<Range<usize>> {
        let mut marks = Vec::<Range<usize>>::new();
        for m in &self.matches {
            let start = self.characters.floor(m.range.start);
            let end = self.characters.ceil(m.range.end);
            match marks.last_mut() {
                Some(last) if start <= last.end || is_blank(&self.text[last.end..start]) => {
                    last.end = last.end.max(end);
                }
                _ => marks.push(start..end),
            }
        }
        marks
    }

    /// The units that a range has a part of.
    fn units_of(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.units.partition_point(|unit| unit.end <= range.start);
        start..self.units.partition_point(|unit| unit.start < range.end)
    }

    /// Leaves out words that stand alone and are other words than those that were meant. Which
    /// ones are, their neighbours tell: in a text with `Bộ trưởng`, `bo truong` does not mean the
    /// `bổ` of `bổ nhiệm`. A word as it was typed is always meant.
    fn drop_other_words(&mut self, typed: &HashSet<String>) {
        let is_alone = self.alone();
        let mut meant = HashMap::<usize, HashSet<String>>::new();
        for m in self.matches.iter().filter(|m| !is_alone(m)) {
            let spellings = meant.entry(m.number).or_default();
            if !spellings.contains(&m.spelling) {
                spellings.insert(m.spelling.clone());
            }
        }
        self.matches.retain(|m| {
            let is_meant = |spellings: &HashSet<String>| spellings.contains(&m.spelling);
            !is_alone(m) || is_meant(typed) || meant.get(&m.number).is_none_or(is_meant)
        });
    }

    /// Leaves out words that stand alone and say next to nothing beside the others.
    fn drop_common_words(&mut self) {
        let is_alone = self.alone();
        let rarest = self.matches.iter().map(|m| m.idf).fold(0.0, f32::max);
        self.matches
            .retain(|m| m.is_sequence || m.idf >= COMMON * rarest || !is_alone(m));
    }

    /// Tells of a match whether the units beside it are no other ones: in `Thái Lan lần thứ hai` the
    /// `lần` has none beside it but another `lan`.
    fn alone(&self) -> impl Fn(&Match) -> bool + use<> {
        let mut numbers = vec![None; self.units.len() + 2];
        for m in &self.matches {
            // One ahead, so that the first unit has one before it as well.
            numbers[m.units.start + 1..m.units.end + 1].fill(Some(m.number));
        }
        move |m| {
            let beside = [numbers[m.units.start], numbers[m.units.end + 1]];
            beside.iter().flatten().all(|number| *number == m.number)
        }
    }

    /// Adds phrases, and names of several units.
    fn add_sequences(&mut self, wanted: &Wanted, ids: &[u32]) {
        let present: HashSet<u32> = ids.iter().copied().collect();
        for sequence in &wanted.sequences {
            for units in [&sequence.readings, &sequence.stretches] {
                let before = self.matches.len();
                for units in units {
                    if !units.iter().all(|unit| present.contains(unit)) {
                        continue;
                    }
                    let starts = occurrences(units, ids);
                    self.matches.extend(starts.map(|start| {
                        let end = start + units.len();
                        Match {
                            range: self.units[start].start..self.units[end - 1].end,
                            units: start..end,
                            number: sequence.number,
                            idf: sequence.idf,
                            spelling: String::new(),
                            is_sequence: true,
                            is_last_resort: false,
                        }
                    }));
                }
                if self.matches.len() > before {
                    break;
                }
            }
        }
    }

    /// Adds stretches of letters of sub-words that are not found: of two grams at least, shorter
    /// ones where the text has nothing else.
    fn add_grams(&mut self, grams: Vec<(Range<usize>, &Gram)>) {
        if grams.is_empty() {
            return;
        }
        let numbers: HashSet<usize> = self.matches.iter().map(|m| m.number).collect();
        let mut stretches: Vec<Match> = Vec::new();
        for (range, gram) in grams {
            let is_found = |number| numbers.contains(number);
            if !gram.subwords.is_empty() && gram.subwords.iter().all(is_found) {
                continue;
            }
            match stretches.last_mut() {
                Some(last) if range.start < last.range.end => {
                    last.range.end = last.range.end.max(range.end);
                    last.idf = last.idf.max(gram.idf);
                    last.is_last_resort = false;
                }
                _ => stretches.push(Match {
                    range,
                    units: 0..0,
                    number: gram.number,
                    idf: gram.idf,
                    spelling: String::new(),
                    is_sequence: false,
                    is_last_resort: true,
                }),
            }
        }
        for mut stretch in stretches {
            // A gram may take a letter without the vowel on it, or begin with one below another.
            let Range { start, end } = stretch.range;
            stretch.range = self.characters.ceil(start)..self.characters.floor(end);
            if !stretch.range.is_empty() {
                stretch.units = self.units_of(&stretch.range);
                self.matches.push(stretch);
            }
        }
    }
}

/// Whether there is nothing but blanks, and no empty line.
fn is_blank(gap: &str) -> bool {
    gap.chars().all(char::is_whitespace) && gap.matches('\n').nth(1).is_none()
}

/// Where some units stand one after another in the units of a text, without overlaps: the algorithm
/// of Knuth, Morris and Pratt ("Fast pattern matching in strings", SIAM J. Comput. 1977), which
/// takes no longer for units that repeat.
fn occurrences(units: &[u32], text: &[u32]) -> impl Iterator<Item = usize> {
    // For each length of a match, the longest shorter one that ends alike.
    let mut shorter = vec![0; units.len() + 1];
    let mut length = 0;
    for i in 1..units.len() {
        while length > 0 && units[i] != units[length] {
            length = shorter[length];
        }
        if units[i] == units[length] {
            length += 1;
        }
        shorter[i + 1] = length;
    }
    let mut matched = 0;
    text.iter().enumerate().filter_map(move |(i, unit)| {
        while matched > 0 && *unit != units[matched] {
            matched = shorter[matched];
        }
        if *unit == units[matched] {
            matched += 1;
        }
        (matched == units.len()).then(|| {
            matched = 0;
            i + 1 - units.len()
        })
    })
}

/// Where the characters of a text begin, as readers see them: a bit a byte.
pub(super) struct Characters(Vec<u64>);

impl Characters {
    fn of(text: &str) -> Self {
        let mut bits = vec![0; text.len() / 64 + 1];
        bits[0] = 1;
        for end in character_ends(text) {
            bits[end / 64] |= 1 << (end % 64);
        }
        Self(bits)
    }

    fn is_start(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    /// The start of the character that a byte is of.
    pub(super) fn floor(&self, mut at: usize) -> usize {
        while !self.is_start(at) {
            at -= 1;
        }
        at
    }

    /// The start of the next character, if no character starts here.
    pub(super) fn ceil(&self, mut at: usize) -> usize {
        while !self.is_start(at) {
            at += 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::occurrences;

    #[test]
    fn units_are_found_wherever_they_stand_in_a_row() {
        let find = |units: &[u32], text: &[u32]| occurrences(units, text).collect::<Vec<_>>();
        assert_eq!(find(&[1, 2], &[1, 1, 2, 1, 2]), [1, 3]);
        assert_eq!(find(&[1, 1, 2], &[1, 1, 1, 2]), [1]);
        assert_eq!(find(&[1, 2, 1, 3], &[1, 2, 1, 2, 1, 3]), [2]);
        assert_eq!(find(&[7, 7], &[7, 7, 7, 7, 7]), [0, 2]);
        assert!(find(&[7], &[]).is_empty());
    }
}
