//! The learned table: how likely letters of a script are written with which Latin ones.
//!
//! A text file, to be read by people too. `[thai]` begins a script. Every other line is a unit of one
//! or two letters, `^` and `$` standing for the edges of a name, a tab, and pairs of Latin letters (up
//! to three, `-` for none) and what they cost, in sixteenths of a nat: −ln of how often the unit is
//! written so.
//!
//! So a line may read `ก`, a tab, `k 3 g 31 - 60`.

use crate::name::{self, LATIN_END, LATIN_START};
use crate::script::Script;

/// Costs are counted in this part of a nat.
pub const UNITS_PER_NAT: f64 = 16.0;

/// How likely a letter is written with any one Latin letter, or none, that the table has not.
pub(crate) const UNKNOWN: f64 = 1e-4;

/// Letters of a unit at most.
pub(crate) const UNIT: usize = 2;
/// Latin letters that it is written with at most.
pub(crate) const WRITTEN: usize = 3;

/// What Latin letters the letters of one script are written with, and how likely.
pub(crate) struct Table {
    /// For each pair of codes, or a code and [`ALONE`], the number of the unit, or [`ABSENT`].
    numbers: Box<[u16]>,
    /// For each unit where its spellings end; they begin where those of the unit before it end.
    ends: Vec<u32>,
    /// Spellings, the likeliest of a unit first.
    spellings: Vec<Spelling>,
}

/// What a unit is written with.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    /// How many Latin letters these are, up to [`WRITTEN`].
    pub(crate) length: u8,
    /// The letters, see [`latin`].
    pub(crate) letters: u16,
    /// How likely it is.
    pub(crate) likely: f64,
}

const ABSENT: u16 = u16::MAX;
/// Codes are smaller.
const CODES: usize = 130;
/// Stands in place of the second letter of a unit of one.
const ALONE: usize = CODES;

/// Up to three Latin letters as one number.
pub(crate) fn latin(letters: &[u8]) -> u16 {
    letters
        .iter()
        .fold(0, |all, &letter| all * 29 + u16::from(letter))
}

impl Table {
    /// The part of a file that is about one script. Lines that are none of the layout are passed over.
    pub(crate) fn parse(file: &str, script: Script) -> Self {
        let mut table = Self {
            numbers: vec![ABSENT; CODES * (CODES + 1)].into_boxed_slice(),
            ends: Vec::new(),
            spellings: Vec::new(),
        };
        let mut is_own = false;
        for line in file.lines() {
            if let Some(section) = line.strip_prefix('[') {
                is_own = section.strip_suffix(']') == Some(section_name(script));
            } else if is_own && let Some((unit, spellings)) = line.split_once('\t') {
                let place = codes(script, unit).and_then(|unit| place(&unit));
                let Some(number) = place.and_then(|place| table.numbers.get_mut(place)) else {
                    continue;
                };
                *number = table.ends.len() as u16;
                let mut spellings = spellings.split(' ');
                while let (Some(letters), Some(cost)) = (spellings.next(), spellings.next()) {
                    if let (Some(letters), Ok(cost)) = (latin_codes(letters), cost.parse::<f64>()) {
                        table.spellings.push(Spelling {
                            length: letters.len() as u8,
                            letters: latin(&letters),
                            likely: (-cost / UNITS_PER_NAT).exp(),
                        });
                    }
                }
                table.ends.push(table.spellings.len() as u32);
            }
        }
        table
    }

    /// The number of a unit of one or two letters, if the table has it.
    pub(crate) fn number(&self, unit: &[u8]) -> Option<usize> {
        let number = self.numbers.get(place(unit)?).copied()?;
        (number != ABSENT).then_some(usize::from(number))
    }

    /// How many units there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// What the unit of this number is written with, the likeliest first.
    pub(crate) fn spellings(&self, number: usize) -> &[Spelling] {
        let end = |number: usize| self.ends.get(number).map_or(0, |&end| end as usize);
        let start = number.checked_sub(1).map_or(0, end);
        self.spellings.get(start..end(number)).unwrap_or_default()
    }
}

fn place(unit: &[u8]) -> Option<usize> {
    let (first, second) = match *unit {
        [first] => (usize::from(first), ALONE),
        [first, second] => (usize::from(first), usize::from(second)),
        _ => return None,
    };
    (first < CODES && second <= CODES).then_some(first * (CODES + 1) + second)
}

/// The name of a script's section.
pub(crate) fn section_name(script: Script) -> &'static str {
    match script {
        Script::Thai => "thai",
        Script::Lao => "lao",
        Script::Khmer => "khmer",
        Script::Burmese => "burmese",
        Script::Latin => "latin",
    }
}

fn codes(script: Script, text: &str) -> Option<Vec<u8>> {
    let code = |c| (0..CODES as u8).find(|&code| name::letter(script, code) == Some(c));
    let codes: Option<Vec<u8>> = text.chars().map(code).collect();
    codes.filter(|codes| (1..=UNIT).contains(&codes.len()))
}

fn latin_codes(text: &str) -> Option<Vec<u8>> {
    if text == "-" {
        return Some(Vec::new());
    }
    let code = |c| match c {
        'a'..='z' => Some(c as u8 - b'a' + 1),
        '^' => Some(LATIN_START),
        '$' => Some(LATIN_END),
        _ => None,
    };
    let codes: Option<Vec<u8>> = text.chars().map(code).collect();
    codes.filter(|codes| codes.len() <= WRITTEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../models/names.table");

    #[test]
    fn every_line_of_the_table_is_read() {
        let mut script = None;
        let (mut units, mut spellings) = ([0; 5], [0; 5]);
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[') {
                let name =
                    |script: &Script| Some(section_name(*script)) == section.strip_suffix(']');
                script = Script::ALL.into_iter().find(name);
                assert!(script.is_some(), "{line}");
            } else {
                let script = script.map_or(0, |script| script as usize);
                units[script] += 1;
                spellings[script] += line
                    .split('\t')
                    .nth(1)
                    .map_or(0, |all| all.split(' ').count() / 2);
            }
        }
        for script in Script::ALL {
            let table = Table::parse(FILE, script);
            assert_eq!(table.len(), units[script as usize], "{script:?}");
            assert_eq!(
                table.spellings.len(),
                spellings[script as usize],
                "{script:?}"
            );
        }
        assert!(FILE.len() < 100_000);
    }

    #[test]
    fn the_likeliest_spelling_stands_first() {
        let table = Table::parse(FILE, Script::Thai);
        let letters = codes(Script::Thai, "ก").unwrap_or_default();
        let number = table.number(&letters);
        let spellings = number.map_or(&[][..], |number| table.spellings(number));
        assert_eq!(
            spellings.first().map(|first| first.letters),
            Some(latin(&[11])),
            "k"
        );
        assert!(spellings.is_sorted_by(|a, b| a.likely >= b.likely));
    }
}
