//! How well two names fit, by the learned table.

use std::sync::LazyLock;

use crate::latin;
use crate::name::{LATIN_START, NATIVE_END, NATIVE_START, Name};
use crate::script::Script;
use crate::table::{self, Table, UNIT, UNKNOWN, WRITTEN};

/// The table that `cargo run -p xtask -- names` writes.
static TABLE: &str = include_str!("../models/names.table");

/// So many romanisations of a query are compared with names in other scripts.
const ROMANISATIONS: usize = 8;

/// Compares names. Cheap to share between threads: it is never changed.
pub struct Scorer {
    tables: [Table; 4],
}

/// The scripts that have a table, in their order.
const NATIVE: [Script; 4] = [Script::Thai, Script::Lao, Script::Khmer, Script::Burmese];

static BUILTIN: LazyLock<Scorer> = LazyLock::new(|| Scorer::new(TABLE));

impl Scorer {
    /// What costs more, in nats a Latin letter, is another name more often than not.
    pub const LIKELY: f32 = 1.2;

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
        let spelled = match name.script() {
            Script::Latin => vec![name.letters().to_vec()],
            _ => self.romanise(name, ROMANISATIONS),
        };
        Query {
            scorer: self,
            name: name.clone(),
            spelled: spelled.iter().map(|letters| Latin::new(letters)).collect(),
            rows: std::array::from_fn(|_| Vec::new()),
        }
    }

    fn table(&self, script: Script) -> Option<&Table> {
        let at = NATIVE.iter().position(|&other| other == script)?;
        self.tables.get(at)
    }

    /// The likeliest spellings of a name in Latin letters, as codes between their edges.
    fn romanise(&self, name: &Name, count: usize) -> Vec<Vec<u8>> {
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
                let Some(number) = table.number(&native[at..at + length]) else {
                    // A letter that the table does not know is not heard.
                    if length == 1 {
                        let cost = -UNKNOWN.ln();
                        let unheard = kept
                            .iter()
                            .map(|(sum, letters)| (sum + cost, letters.clone()));
                        best[at + 1].extend(unheard);
                    }
                    continue;
                };
                for spelling in table.spellings(number).iter().take(count) {
                    for (cost, letters) in &kept {
                        let mut letters = letters.clone();
                        unpack(spelling.letters, &mut letters);
                        best[at + length].push((cost - spelling.likely.ln(), letters));
                    }
                }
            }
        }
        let mut last = best.pop().unwrap_or_default();
        last.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        last.dedup_by(|a, b| a.1 == b.1);
        last.truncate(count);
        last.into_iter().map(|(_, letters)| letters).collect()
    }

    /// How a name may be spelled in Latin letters, the likeliest spelling by the table; a name in Latin
    /// letters is folded. Good enough to give a reader an idea of the name.
    #[must_use]
    pub fn romanised(&self, name: &Name) -> String {
        let letters = match name.script() {
            Script::Latin => name.letters().to_vec(),
            _ => self.romanise(name, 1).pop().unwrap_or_default(),
        };
        let letters = letters
            .into_iter()
            .filter(|letter| (1..=26).contains(letter));
        letters
            .map(|letter| char::from(b'a' + letter - 1))
            .collect()
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

/// A name in Latin letters, with the numbers of what a unit may be written with.
struct Latin {
    letters: Vec<u8>,
    /// For each number of letters up to [`WRITTEN`], for each place the number of the letters from
    /// there on; that of none where there are fewer.
    numbers: [Vec<u16>; WRITTEN + 1],
    /// For each place how likely the letter there is written for nothing.
    added: Vec<f64>,
}

impl Latin {
    fn new(letters: &[u8]) -> Self {
        Self {
            letters: letters.to_vec(),
            numbers: std::array::from_fn(|length| {
                let number = |at: usize| letters.get(at..at + length).map_or(0, table::latin);
                (0..letters.len()).map(number).collect()
            }),
            added: letters.iter().map(|&letter| added(letter)).collect(),
        }
    }

    /// Number of letters between the edges.
    fn count(&self) -> f64 {
        self.letters.len().saturating_sub(2).max(1) as f64
    }

    /// For each number of letters and each place how likely a unit is written with what is there.
    fn row(&self, table: &Table, unit: &[u8], row: &mut Vec<f64>) {
        let width = self.letters.len();
        let start = row.len();
        row.resize(start + ROW * width, 0.0);
        let row = &mut row[start..];
        if let [letter] = unit
            && !matches!(*letter, NATIVE_START | NATIVE_END)
        {
            row[..width].fill(UNKNOWN);
            for (at, &letter) in self.letters.iter().enumerate() {
                row[width + at] = if letter < LATIN_START { UNKNOWN } else { 0.0 };
            }
        }
        let spellings = table
            .number(unit)
            .map_or(&[][..], |number| table.spellings(number));
        for spelling in spellings {
            let length = usize::from(spelling.length).min(WRITTEN);
            let row = &mut row[length * width..][..width];
            for (at, &number) in self.numbers[length].iter().enumerate() {
                if number == spelling.letters {
                    row[at] = row[at].max(spelling.likely);
                }
            }
        }
    }
}

/// A row has so many numbers for each place.
const ROW: usize = WRITTEN + 1;

/// How likely a Latin letter stands in a name for nothing that is heard.
fn added(letter: u8) -> f64 {
    // The codes of a, e, h, i, o, u, y.
    match letter {
        1 | 5 | 8 | 9 | 15 | 21 | 25 => 0.01,
        letter if letter < LATIN_START => 0.001,
        _ => 0.0,
    }
}

/// Rows of the units that a query met, for each script and spelling.
#[derive(Default)]
struct Rows {
    /// For each unit where its row begins, behind a first row for no unit at all; 0 before it is met.
    starts: Vec<u32>,
    rows: Vec<f64>,
    unknown: u32,
}

/// A name that others are compared with. It remembers what it looked up, so it is one thread's.
pub struct Query<'a> {
    scorer: &'a Scorer,
    name: Name,
    /// The name in Latin letters, or how it may be spelled in them.
    spelled: Vec<Latin>,
    /// For each script and spelling.
    rows: [Vec<Rows>; NATIVE.len()],
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
    /// Takes time by the product of the lengths of both names, mostly less than a microsecond.
    #[must_use]
    pub fn cost(&mut self, candidate: &Name, limit: f32) -> Option<f32> {
        let limit = f64::from(limit);
        let cost = match (self.name.script(), candidate.script()) {
            (Script::Latin, Script::Latin) => {
                let letters = self.name.letters();
                let count = self.spelled.first()?.count();
                latin::distance(letters, candidate.letters(), limit * count)
                    .map(|cost| cost / count)
            }
            (script, Script::Latin) => {
                let table = self.scorer.table(script)?;
                let latin = Latin::new(candidate.letters());
                align(
                    table,
                    self.name.letters(),
                    &latin,
                    &mut Rows::default(),
                    limit * latin.count(),
                )
                .map(|cost| cost / latin.count())
            }
            (_, script) => {
                let at = NATIVE.iter().position(|&other| other == script)?;
                let (table, rows) = (self.scorer.tables.get(at)?, self.rows.get_mut(at)?);
                rows.resize_with(self.spelled.len(), Rows::default);
                let costs = self.spelled.iter().zip(rows).filter_map(|(latin, rows)| {
                    let cost = align(
                        table,
                        candidate.letters(),
                        latin,
                        rows,
                        limit * latin.count(),
                    )?;
                    Some(cost / latin.count())
                });
                costs.min_by(f64::total_cmp)
            }
        };
        cost.filter(|&cost| cost <= limit).map(|cost| cost as f32)
    }
}

/// Names of up to so many Latin letters are compared without asking for memory.
const ON_STACK: usize = 40;

/// −ln of how likely the native letters are written with the Latin ones, over all ways to part both into
/// units. `None` if it is more than `limit`.
fn align(table: &Table, native: &[u8], latin: &Latin, rows: &mut Rows, limit: f64) -> Option<f64> {
    let width = latin.letters.len() + 1;
    let floor = (-limit).exp();
    let (mut small, mut large);
    let cells: &mut [f64] = if width <= ON_STACK {
        small = [0.0; 3 * ON_STACK];
        &mut small[..3 * width]
    } else {
        large = vec![0.0; 3 * width];
        &mut large
    };
    // Line i has how likely the first i native letters are written with the first j Latin ones.
    let (mut here, rest) = cells.split_at_mut(width);
    let (mut next, mut over) = rest.split_at_mut(width);
    here[0] = 1.0;
    for at in 0..native.len() {
        for (j, &added) in latin.added.iter().enumerate() {
            here[j + 1] += here[j] * added;
        }
        let single = rows.find(table, latin, &native[at..=at])?;
        step(&rows.rows[single..], here, next);
        if let Some(pair) = native
            .get(at..at + 2)
            .filter(|pair| table.number(pair).is_some())
        {
            let pair = rows.find(table, latin, pair)?;
            step(&rows.rows[pair..], here, over);
        }
        here.fill(0.0);
        (here, next, over) = (next, over, here);
        if !here.iter().chain(&*next).any(|&likely| likely >= floor) {
            return None;
        }
    }
    let likely = here[width - 1];
    (likely >= floor && likely > 0.0).then(|| -likely.ln())
}

/// Adds to a line what comes to it from another by writing one unit.
fn step(row: &[f64], from: &[f64], to: &mut [f64]) {
    let width = from.len() - 1;
    for length in 0..ROW.min(width) {
        let row = &row[length * width..][..width];
        for ((to, &from), &likely) in to[length..].iter_mut().zip(from).zip(row) {
            *to += from * likely;
        }
    }
}

impl Rows {
    /// Where the row of a unit begins.
    fn find(&mut self, table: &Table, latin: &Latin, unit: &[u8]) -> Option<usize> {
        if self.rows.is_empty() {
            self.starts = vec![0; table.len()];
            self.rows.resize(ROW * latin.letters.len(), 0.0);
        }
        let start = match table.number(unit) {
            Some(number) => self.starts.get_mut(number)?,
            None => &mut self.unknown,
        };
        if *start == 0 {
            *start = self.rows.len() as u32;
            latin.row(table, unit, &mut self.rows);
        }
        Some(*start as usize)
    }
}
