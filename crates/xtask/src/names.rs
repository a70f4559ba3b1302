//! The table of what letters names are written with: learnt from pairs of one name in two scripts.
//!
//! Units of one or two letters are aligned with none to three Latin ones by expectation-maximisation
//! (Jiampojamarn, Kondrak and Sherif, "Applying many-to-many alignments and hidden Markov models to
//! letter-to-phoneme conversion", NAACL 2007): what a unit is written with is estimated from all
//! alignments of all pairs, each weighed by how likely it is.

use std::collections::HashMap;

use anyhow::{Context, Result};
use mekong_names::{Name, Script, training};

use crate::names_generated::{self as generated, Unit};
use crate::sources::Sources;

/// The scripts that have a table.
const SCRIPTS: [(Script, &str); 4] = [
    (Script::Thai, "th"),
    (Script::Lao, "lo"),
    (Script::Khmer, "km"),
    (Script::Burmese, "my"),
];

/// Letters of a unit and of what it is written with, at most.
const UNIT: usize = 2;
const WRITTEN: usize = 3;
/// Rounds of estimation.
const ROUNDS: usize = 5;
/// A unit of two letters has to explain more than its letters would.
const PAIR_FACTOR: f64 = 0.7;
/// What is rarer in all alignments together, or among the spellings of its unit, is left out.
const LEAST_COUNT: f64 = 0.4;
const LEAST_SHARE: f64 = 1e-3;
/// The same when the table is written.
const WRITTEN_COUNT: f64 = 0.8;
const WRITTEN_SHARE: f64 = 2e-3;
/// A pair that is less likely than this for each Latin letter is none of sounds: a translation.
const TRANSLATED: f64 = 0.08;
/// What a letter is taken for that nothing is known of.
const UNKNOWN: f64 = 1e-4;

/// One name in two scripts, as letters between their edges.
struct Pair {
    native: Vec<u8>,
    latin: Vec<u8>,
}

impl Pair {
    /// `None` if a side has no letters, or they cannot be the same name: too different in length.
    fn new(script: Script, native: &str, latin: &str) -> Option<Self> {
        let (native, latin) = (Name::new(native)?, Name::new(latin)?);
        if native.script() != script || latin.script() != Script::Latin {
            return None;
        }
        let [native, latin] = [&native, &latin].map(|name| training::letters(name).to_vec());
        let ratio = latin.len() as f64 / native.len() as f64;
        (0.3 < ratio && ratio < 3.5 && latin.len() <= 32).then_some(Self { native, latin })
    }
}

/// The table file.
pub(crate) fn table(sources: &Sources) -> Result<String> {
    let pairs = sources.text("names/pairs.train.tsv")?;
    let mut file = String::from(
        "# Made by `cargo run --release -p xtask -- names`; see README.md. Not to be edited.\n",
    );
    let mut thai = Vec::new();
    for (script, language) in SCRIPTS {
        let mut own = Vec::new();
        for (number, line) in (1..)
            .zip(pairs.lines())
            .filter(|(_, line)| !line.starts_with('#'))
        {
            let columns: Vec<&str> = line.split('\t').collect();
            let [of, native, latin, _kind, _source] = columns[..] else {
                anyhow::bail!("names/pairs.train.tsv, line {number}: not five columns: {line:?}");
            };
            if of == language {
                own.extend(Pair::new(script, native, latin));
            }
        }
        let mut units = Units::learn(&own)
            .units(script)
            .context("a unit of no letters")?;
        if script == Script::Lao {
            raise(&mut units, generated::lao(&thai));
        }
        raise(&mut units, generated::own(script)?);
        file.push_str(&section(script, &units));
        if script == Script::Thai {
            thai = units;
        }
    }
    Ok(file)
}

/// Makes units at least as likely as others say.
fn raise(units: &mut Vec<Unit>, least: Vec<Unit>) {
    let mut places: HashMap<(String, String), usize> = (0..)
        .zip(units.iter())
        .map(|(place, (native, latin, _))| ((native.clone(), latin.clone()), place))
        .collect();
    for unit in least {
        match places.get(&(unit.0.clone(), unit.1.clone())) {
            Some(&place) => units[place].2 = units[place].2.max(unit.2),
            None => {
                places.insert((unit.0.clone(), unit.1.clone()), units.len());
                units.push(unit);
            }
        }
    }
}

/// The lines of a script: units in order, what they are written with by how likely it is.
fn section(script: Script, units: &[Unit]) -> String {
    let mut rows: Vec<&Unit> = units
        .iter()
        .filter(|unit| unit.2 >= WRITTEN_SHARE)
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.cmp(&b.1)));
    let mut section = format!("[{}]", training::section(script));
    let mut last = "";
    for (native, latin, share) in rows {
        if native != last {
            section.push('\n');
            section.push_str(native);
            section.push('\t');
        } else {
            section.push(' ');
        }
        let latin = if latin.is_empty() { "-" } else { latin };
        let cost = (-share.min(1.0).ln() * training::UNITS_PER_NAT).round();
        section.push_str(&format!("{latin} {}", cost.abs()));
        last = native;
    }
    section.push('\n');
    section
}

/// A unit, and what it is written with.
type Key = ([u8; UNIT], [u8; WRITTEN]);

/// Stands where there are fewer letters.
const NONE: u8 = 0xFF;

fn key(native: &[u8], latin: &[u8]) -> Key {
    let mut key = ([NONE; UNIT], [NONE; WRITTEN]);
    key.0[..native.len()].copy_from_slice(native);
    key.1[..latin.len()].copy_from_slice(latin);
    key
}

/// How likely units are written so. Values have numbers in the order in which they were first met,
/// so that sums are made in one order.
struct Units {
    numbers: HashMap<Key, usize>,
    keys: Vec<Key>,
    counts: Vec<f64>,
    likely: Vec<f64>,
}

impl Units {
    fn learn(pairs: &[Pair]) -> Self {
        let mut units = Self {
            numbers: HashMap::new(),
            keys: Vec::new(),
            counts: Vec::new(),
            likely: Vec::new(),
        };
        // What may be aligned at all; first guesses.
        for pair in pairs {
            for_each_unit(pair, |native, latin, _, _| {
                let key = key(native, latin);
                units.numbers.entry(key).or_insert_with(|| {
                    units.keys.push(key);
                    units.likely.push(first_guess(native, latin));
                    units.keys.len() - 1
                });
            });
        }
        for round in 0..ROUNDS {
            let floor = if round < ROUNDS - 3 { 0.0 } else { TRANSLATED };
            units.round(pairs, floor);
        }
        units
    }

    fn round(&mut self, pairs: &[Pair], floor: f64) {
        self.counts = vec![0.0; self.keys.len()];
        for pair in pairs {
            self.count(pair, floor);
        }
        let mut totals: HashMap<[u8; UNIT], f64> = HashMap::new();
        for (key, count) in self.keys.iter().zip(&self.counts) {
            *totals.entry(key.0).or_default() += count;
        }
        for (i, key) in self.keys.iter().enumerate() {
            let share = self.counts[i] / totals[&key.0].max(f64::MIN_POSITIVE);
            let is_kept = self.counts[i] >= LEAST_COUNT && share > LEAST_SHARE;
            let factor = if key.0[1] == NONE { 1.0 } else { PAIR_FACTOR };
            self.likely[i] = match key {
                _ if is_kept => share * factor,
                ([_, NONE], [_, NONE, _]) if !has_edge(key) => UNKNOWN,
                _ => 0.0,
            };
        }
    }

    /// Adds how often each unit is in the alignments of a pair.
    fn count(&mut self, pair: &Pair, floor: f64) {
        let (rows, width) = (pair.native.len() + 1, pair.latin.len() + 1);
        let at = |i: usize, j: usize| i * width + j;
        let mut ways: Vec<(usize, usize, usize)> = Vec::new();
        for_each_unit(pair, |native, latin, i, j| {
            let number = self.numbers[&key(native, latin)];
            if self.likely[number] > 0.0 {
                ways.push((at(i, j), at(i + native.len(), j + latin.len()), number));
            }
        });
        let mut ahead = vec![0.0; rows * width];
        ahead[0] = 1.0;
        for &(from, to, number) in &ways {
            ahead[to] += ahead[from] * self.likely[number];
        }
        let total: f64 = ahead[rows * width - 1];
        if total <= floor.powi(pair.latin.len() as i32 - 2) {
            return;
        }
        let mut behind = vec![0.0; rows * width];
        behind[rows * width - 1] = 1.0;
        for &(from, to, number) in ways.iter().rev() {
            let way = self.likely[number] * behind[to];
            behind[from] += way;
            self.counts[number] += ahead[from] * way / total;
        }
    }

    /// The units that are kept, as text.
    fn units(&self, script: Script) -> Option<Vec<Unit>> {
        let text = |script, codes: &[u8]| -> Option<String> {
            let codes = codes.iter().take_while(|&&code| code != NONE);
            codes.map(|&code| training::letter(script, code)).collect()
        };
        let numbers = (0..self.keys.len()).filter(|&i| self.counts[i] >= WRITTEN_COUNT);
        let unit = |i: usize| {
            let (native, latin) = &self.keys[i];
            Some((
                text(script, native)?,
                text(Script::Latin, latin)?,
                self.likely[i],
            ))
        };
        numbers.map(unit).collect()
    }
}

/// Every way to take a unit from both sides of a pair, in an order in which a way ends where later
/// ones begin.
fn for_each_unit<'p>(pair: &'p Pair, mut use_unit: impl FnMut(&'p [u8], &'p [u8], usize, usize)) {
    let (native, latin) = (&pair.native, &pair.latin);
    for i in 0..native.len() {
        for j in 0..=latin.len() {
            for units in 1..=UNIT.min(native.len() - i) {
                for letters in 0..=WRITTEN.min(latin.len() - j) {
                    let (unit, written) = (&native[i..i + units], &latin[j..j + letters]);
                    let starts = (i == 0, j == 0 && letters > 0);
                    let ends = (
                        i + units == native.len(),
                        j + letters == latin.len() && letters > 0,
                    );
                    // Edges go with edges.
                    if starts.0 == starts.1 && ends.0 == ends.1 {
                        use_unit(unit, written, i, j);
                    }
                }
            }
        }
    }
}

/// One letter with one letter is likeliest.
fn first_guess(native: &[u8], latin: &[u8]) -> f64 {
    let length = 0.02f64.powi(latin.len() as i32) * 0.2f64.powi(native.len() as i32 - 1);
    match latin.len() {
        0 => length * 0.05,
        1 => length,
        _ => length * 0.5,
    }
}

fn has_edge(key: &Key) -> bool {
    // The codes of edges: 0 and 129 of scripts of the region, 27 and 28 of Latin.
    matches!(key.0[0], 0 | 129) || matches!(key.1[0], 27 | 28)
}
