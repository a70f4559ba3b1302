//! The learned table: how likely letters of a script are written with which Latin ones.
//!
//! A text file, to be read by people too. `[thai]` begins a script. Every other line is a unit of one
//! or two letters, `^` and `$` standing for the edges of a name, a tab, and pairs of Latin letters (up
//! to three, `-` for none) and what they cost, in sixteenths of a nat: −ln of how often the unit is
//! written so.
//!
//! ```text
//! [thai]
//! ก	k 3 g 31 - 60
//! ```

use crate::name::{self, LATIN_END, LATIN_START, NATIVE_END, NATIVE_START};
use crate::script::Script;

/// Costs are counted in this part of a nat.
pub const UNITS_PER_NAT: f64 = 16.0;

/// How a letter that the table says nothing of is written: as any one Latin letter or none.
const UNKNOWN: f64 = 1e-4;

/// Letters of a unit at most.
pub(crate) const UNIT: usize = 2;
/// Latin letters that it is written with at most.
pub(crate) const WRITTEN: usize = 3;

/// What Latin letters the letters of one script are written with, and how likely.
pub(crate) struct Table {
    /// Open addressing: a key, a probability. Its length is a power of two.
    slots: Box<[(u32, f32)]>,
    /// For each unit of [`UNIT`] letters whether it is in the table.
    pairs: Box<[u64]>,
    /// For each unit its likeliest spellings: unit, Latin letters, probability; in order of units.
    best: Vec<(u16, u16, f32)>,
}

const EMPTY: u32 = u32::MAX;
/// Stands in place of the second letter of a unit of one.
const ALONE: u8 = 0xFF;
/// Codes are smaller.
const CODES: usize = 130;

/// Up to two letters as one number.
pub(crate) fn unit(letters: &[u8]) -> u16 {
    let second = letters.get(1).copied().unwrap_or(ALONE);
    u16::from_le_bytes([letters.first().copied().unwrap_or(ALONE), second])
}

/// Up to three Latin letters as one number.
pub(crate) fn latin(letters: &[u8]) -> u16 {
    letters.iter().fold(0, |all, &letter| all * 29 + u16::from(letter))
}

fn key(unit: u16, latin: u16) -> u32 {
    u32::from(unit) << 16 | u32::from(latin)
}

impl Table {
    /// The part of a file that is about one script. Lines that are none of the layout are passed over.
    pub(crate) fn parse(file: &str, script: Script) -> Self {
        let mut units = Vec::new();
        let mut is_own = false;
        for line in file.lines() {
            if let Some(section) = line.strip_prefix('[') {
                is_own = section.strip_suffix(']') == Some(section_name(script));
            } else if is_own && let Some((native, spellings)) = line.split_once('\t') {
                let Some(native) = codes(script, native) else { continue };
                let mut spellings = spellings.split(' ');
                while let (Some(letters), Some(cost)) = (spellings.next(), spellings.next()) {
                    let (Some(letters), Ok(cost)) = (latin_codes(letters), cost.parse::<f64>()) else {
                        continue;
                    };
                    let likely = (-cost / UNITS_PER_NAT).exp();
                    units.push((unit(&native), latin(&letters), likely as f32));
                }
            }
        }
        Self::new(units)
    }

    fn new(mut units: Vec<(u16, u16, f32)>) -> Self {
        let length = (2 * units.len()).next_power_of_two().max(16);
        let mut slots = vec![(EMPTY, 0.0); length].into_boxed_slice();
        let mut pairs = vec![0; (CODES * CODES).div_ceil(64)].into_boxed_slice();
        for &(unit, latin, likely) in &units {
            let key = key(unit, latin);
            let mut at = hash(key) & (length - 1);
            while slots[at].0 != EMPTY && slots[at].0 != key {
                at = (at + 1) & (length - 1);
            }
            slots[at] = (key, likely);
            if let Some(bit) = pair_bit(unit) {
                pairs[bit / 64] |= 1 << (bit % 64);
            }
        }
        units.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.cmp(&b.1)));
        Self { slots, pairs, best: units }
    }

    /// Whether a unit of two letters is in the table.
    pub(crate) fn has_pair(&self, unit: u16) -> bool {
        pair_bit(unit).is_some_and(|bit| self.pairs[bit / 64] >> (bit % 64) & 1 == 1)
    }

    /// How likely a unit is written with these Latin letters; 0 if never.
    pub(crate) fn get(&self, unit: u16, latin: u16) -> f64 {
        let key = key(unit, latin);
        let mask = self.slots.len() - 1;
        let mut at = hash(key) & mask;
        loop {
            match self.slots[at] {
                (found, likely) if found == key => return f64::from(likely),
                (EMPTY, _) => return unknown(unit, latin),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The likeliest spellings of a unit: Latin letters and how likely, the likeliest first.
    pub(crate) fn spellings(&self, unit: u16) -> impl Iterator<Item = (u16, f64)> {
        let start = self.best.partition_point(|&(other, ..)| other < unit);
        let own = self.best[start..].iter().take_while(move |&&(other, ..)| other == unit);
        own.map(|&(_, latin, likely)| (latin, f64::from(likely)))
    }
}

/// What a pair that the table has not is taken for: letters can be left out, or be a single one.
fn unknown(unit: u16, latin: u16) -> f64 {
    let [first, second] = unit.to_le_bytes();
    let is_letter = second == ALONE && !matches!(first, NATIVE_START | NATIVE_END);
    if is_letter && latin < u16::from(LATIN_START) { UNKNOWN } else { 0.0 }
}

fn pair_bit(unit: u16) -> Option<usize> {
    let [first, second] = unit.to_le_bytes().map(usize::from);
    (first < CODES && second < CODES).then_some(first * CODES + second)
}

fn hash(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 12) as usize
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
