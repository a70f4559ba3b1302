//! How well two names fit, by the learned table.

use std::sync::LazyLock;

use crate::latin;
use crate::name::{LATIN_END, LATIN_START, Name};
use crate::script::Script;
use crate::table::{self, Table, UNIT, WRITTEN};

/// The table that `cargo run -p xtask -- names` writes.
static TABLE: &str = include_str!("../models/names.table");

/// So many romanisations of a query are compared with names in other scripts.
const ROMANISATIONS: usize = 3;

/// Compares names. Cheap to share between threads: it is never changed.
pub struct Scorer {
    tables: [Table; 4],
}

/// The scripts that have a table, in their order.
const NATIVE: [Script; 4] = [Script::Thai, Script::Lao, Script::Khmer, Script::Burmese];

static BUILTIN: LazyLock<Scorer> = LazyLock::new(|| Scorer::new(TABLE));

impl Scorer {
    /// The scorer with the table of this crate.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// A scorer with another table.
    pub(crate) fn new(table: &str) -> Self {
        Self {
            tables: NATIVE.map(|script| Table::parse(table, script)),
        }
    }

    /// Prepares a name for being compared with many.
    #[must_use]
    pub fn query(&self, name: &Name) -> Query<'_> {
        let romanised = match name.script() {
            Script::Latin => vec![(Latin::new(name.letters()), 0.0)],
            _ => self
                .romanise(name, ROMANISATIONS)
                .into_iter()
                .map(|(letters, cost)| (Latin::new(&letters), cost))
                .collect(),
        };
        Query {
            scorer: self,
            name: name.clone(),
            romanised,
        }
    }

    fn table(&self, script: Script) -> Option<&Table> {
        let at = NATIVE.iter().position(|&other| other == script)?;
        self.tables.get(at)
    }

    /// The likeliest spellings of a name in Latin letters, as codes between their edges, and what they
    /// cost in nats, the cheapest first.
    fn romanise(&self, name: &Name, count: usize) -> Vec<(Vec<u8>, f64)> {
        let Some(table) = self.table(name.script()) else {
            return Vec::new();
        };
        let native = name.letters();
        let mut best: Vec<Vec<(f64, Vec<u8>)>> = vec![Vec::new(); native.len() + 1];
        best[0].push((0.0, Vec::new()));
        for at in 0..native.len() {
            let mut here = std::mem::take(&mut best[at]);
            here.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
            // Spellings that came about in two ways are one.
            let mut kept: Vec<(f64, Vec<u8>)> = Vec::with_capacity(count);
            for (cost, letters) in here {
                if kept.len() < count && kept.iter().all(|(_, other)| *other != letters) {
                    kept.push((cost, letters));
                }
            }
            for length in 1..=UNIT.min(native.len() - at) {
                let unit = table::unit(&native[at..at + length]);
                let mut spellings = table.spellings(unit).take(count).peekable();
                // A letter that the table does not know is not heard.
                if spellings.peek().is_none() && length == 1 {
                    let unheard = kept.iter().map(|(cost, letters)| (cost + 9.0, letters.clone()));
                    best[at + 1].extend(unheard.collect::<Vec<_>>());
                }
                for (latin, likely) in spellings {
                    for (cost, letters) in &kept {
                        let mut letters = letters.clone();
                        unpack(latin, &mut letters);
                        best[at + length].push((cost - likely.ln(), letters));
                    }
                }
            }
        }
        let mut last = best.pop().unwrap_or_default();
        last.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        last.dedup_by(|a, b| a.1 == b.1);
        last.truncate(count);
        last.into_iter().map(|(cost, letters)| (letters, cost)).collect()
    }

    /// How a name may be spelled in Latin letters, the likeliest spelling by the table; a name in Latin
    /// letters is folded. Good enough to give a reader an idea of the name.
    #[must_use]
    pub fn romanised(&self, name: &Name) -> String {
        let letters = match name.script() {
            Script::Latin => name.letters().to_vec(),
            _ => self.romanise(name, 1).pop().map(|(letters, _)| letters).unwrap_or_default(),
        };
        let letters = letters.into_iter().filter(|letter| (1..=26).contains(letter));
        letters.map(|letter| char::from(b'a' + letter - 1)).collect()
    }
}

fn unpack(mut latin: u16, out: &mut Vec<u8>) {
    let start = out.len();
    while latin > 0 {
        out.push((latin % 29) as u8);
        latin /= 29;
    }
    out[start..].reverse();
}

/// A name in Latin letters with what is asked of the table at each of them.
struct Latin {
    letters: Vec<u8>,
    /// For each place the numbers of the next 0 to 3 letters; 0 where there are fewer.
    codes: Vec<[u16; WRITTEN + 1]>,
}

impl Latin {
    fn new(letters: &[u8]) -> Self {
        let code = |at: usize, length: usize| {
            letters.get(at..at + length).map_or(0, table::latin)
        };
        Self {
            letters: letters.to_vec(),
            codes: (0..=letters.len())
                .map(|at| std::array::from_fn(|length| code(at, length)))
                .collect(),
        }
    }
}

/// A name that others are compared with.
pub struct Query<'a> {
    scorer: &'a Scorer,
    name: Name,
    /// The name in Latin letters, and what that cost in nats.
    romanised: Vec<(Latin, f64)>,
}

impl Query<'_> {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// What it costs to take `candidate` for the same name, in nats for each Latin letter; the less,
    /// the better they fit. `None` if it is more than `limit`.
    ///
    /// Takes time by the product of the lengths of both names at most, and a few microseconds mostly.
    #[must_use]
    pub fn cost(&self, candidate: &Name, limit: f32) -> Option<f32> {
        let limit = f64::from(limit);
        let best = match (self.name.script(), candidate.script()) {
            (Script::Latin, Script::Latin) => {
                let letters = self.name.letters();
                latin::distance(letters, candidate.letters(), limit * length(letters.len()))
                    .map(|cost| cost / length(letters.len()))
            }
            (script, Script::Latin) => {
                let table = self.scorer.table(script)?;
                let latin = Latin::new(candidate.letters());
                align(table, self.name.letters(), &latin, limit * length(latin.letters.len()))
                    .map(|cost| cost / length(latin.letters.len()))
            }
            (_, script) => {
                let table = self.scorer.table(script)?;
                let cheapest = self.romanised.iter().map(|(latin, _)| {
                    let length = length(latin.letters.len());
                    align(table, candidate.letters(), latin, limit * length).map(|cost| cost / length)
                });
                cheapest.flatten().min_by(f64::total_cmp)
            }
        };
        best.filter(|&cost| cost <= limit).map(|cost| cost as f32)
    }
}

/// Number of letters between the edges.
fn length(letters: usize) -> f64 {
    letters.saturating_sub(2).max(1) as f64
}

/// −ln of how likely the native letters are written with the Latin ones, over all ways to part both into
/// units. `None` if it is more than `limit`.
fn align(table: &Table, native: &[u8], latin: &Latin, limit: f64) -> Option<f64> {
    debug_assert!(latin.letters.first() == Some(&LATIN_START) && latin.letters.last() == Some(&LATIN_END));
    let width = latin.letters.len() + 1;
    let floor = (-limit).exp();
    // Row i has how likely the first i native letters are written with the first j Latin ones.
    let mut rows = [vec![0.0f64; width], vec![0.0; width], vec![0.0; width]];
    rows[0][0] = 1.0;
    for at in 0..native.len() {
        let [here, next, over] = &mut rows;
        let single = table::unit(&native[at..=at]);
        let pair = native.get(at..at + 2).map(table::unit).filter(|&pair| table.has_pair(pair));
        for (j, &likely) in here.iter().enumerate() {
            if likely < floor {
                continue;
            }
            for (length, &code) in latin.codes[j].iter().enumerate() {
                if length > 0 && code == 0 {
                    break;
                }
                next[j + length] += likely * table.get(single, code);
                if let Some(pair) = pair {
                    over[j + length] += likely * table.get(pair, code);
                }
            }
        }
        here.fill(0.0);
        rows.rotate_left(1);
        if !rows[..2].iter().flatten().any(|&likely| likely >= floor) {
            return None;
        }
    }
    let likely = rows[0][width - 1];
    (likely >= floor && likely > 0.0).then(|| -likely.ln())
}
