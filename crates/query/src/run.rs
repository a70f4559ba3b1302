//! Runs: the longest stretch of a query that stands in a document word for word.
//!
//! Terms, pairs and grams say which words a document has, and which two stand together. A headline
//! or a quotation has many in a row, and where one document has it whole while others are about
//! the same, this is what tells them apart. It takes the positions of the words, which are read
//! for the best documents alone.

use std::collections::BTreeMap;
use std::ops::Range;

use mekong_core::TokenKind;
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, Score, Searcher, SegmentReader};

use crate::Error;
use crate::dictionary::from_io;
use crate::plan::{Planner, QueryToken};
use crate::rarity::idf;
use crate::scan::{Deadline, is_at};

/// The runs of so many documents are looked at, the best ones by all other evidence.
pub(crate) const MAX_DOCUMENTS: usize = 20;
/// Of a longer query, the runs of so many units are looked for.
const MAX_UNITS: usize = 128;
/// A unit that a query repeats is looked for at so many of its places.
const MAX_PLACES: usize = 8;

/// The smallest units of a query, in their order.
pub(crate) struct Runs {
    units: Vec<Unit>,
    /// The terms of the units, each once, and the units that they are, in descending order.
    terms: Vec<(Term, Vec<usize>)>,
    weight: Score,
}

struct Unit {
    text: String,
    /// Whether the unit before is its neighbour.
    follows: bool,
    is_spaced: bool,
    /// How rare it is.
    idf: Score,
}

/// A run in a document: which units of the query, and how much they count.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Run {
    pub(crate) units: Range<usize>,
    pub(crate) score: Score,
}

impl Runs {
    /// `None` where the query has no two units side by side, or runs have no weight.
    pub(crate) fn new(tokens: &[QueryToken], planner: &Planner<'_>) -> Result<Option<Self>, Error> {
        let weight = planner.weights.run;
        if weight == 0.0 {
            return Ok(None);
        }
        let mut units = Vec::<Unit>::new();
        let mut terms = BTreeMap::<Term, Vec<usize>>::new();
        let mut position = None;
        for token in tokens.iter().filter(|token| token.is_unit).take(MAX_UNITS) {
            planner.deadline.check()?;
            let term = Term::from_field_text(token.field, &token.text);
            let idf = idf(planner.searcher, &term).map_err(Error::engine)?;
            let places = terms.entry(term).or_default();
            if places.len() < MAX_PLACES {
                places.insert(0, units.len());
            }
            units.push(Unit {
                text: token.text.clone(),
                follows: position.is_some_and(|before: u32| before + 1 == token.position),
                is_spaced: token.kind == TokenKind::Folded,
                idf,
            });
            position = Some(token.position);
        }
        Ok(units.iter().any(|unit| unit.follows).then(|| Self {
            units,
            terms: terms.into_iter().collect(),
            weight,
        }))
    }

    /// The best run of each of some documents of a segment, which come in ascending order.
    pub(crate) fn of(
        &self,
        reader: &SegmentReader,
        docs: &[DocId],
        deadline: &Deadline,
    ) -> Result<Vec<Run>, Error> {
        let mut postings = Vec::with_capacity(self.terms.len());
        for (i, (term, _)) in self.terms.iter().enumerate() {
            let inverted = reader.inverted_index(term.field()).map_err(Error::engine)?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            let of_term = inverted.read_postings(term, option);
            if let Some(of_term) = of_term.map_err(from_io)? {
                postings.push((i, of_term));
            }
        }
        let mut runs = Vec::with_capacity(docs.len());
        // Where in a document which terms are.
        let (mut places, mut positions) = (Vec::<(u32, usize)>::new(), Vec::new());
        for &doc in docs {
            deadline.check()?;
            places.clear();
            for (term, postings) in &mut postings {
                if is_at(postings, doc) {
                    postings.positions(&mut positions);
                    places.extend(positions.iter().map(|&position| (position, *term)));
                }
            }
            places.sort_unstable();
            runs.push(self.best(&places));
        }
        Ok(runs)
    }

    /// The best run, given where in a document which terms are.
    fn best(&self, places: &[(u32, usize)]) -> Run {
        // For each unit, where the last run that ends with it began and ended.
        let mut ends: Vec<Option<(usize, u32)>> = vec![None; self.units.len()];
        let mut best = Run::default();
        // Of one position the last unit comes first, so that it still finds the one before it
        // where that was at the position before.
        let units = places
            .iter()
            .flat_map(|&(position, term)| self.terms[term].1.iter().map(move |&u| (position, u)));
        for (position, unit) in units {
            let before = unit.checked_sub(1).filter(|_| self.units[unit].follows);
            let start = match before.and_then(|before| ends[before]) {
                Some((start, end)) if end + 1 == position => start,
                _ => unit,
            };
            ends[unit] = Some((start, position));
            if start < unit {
                let units = start..unit + 1;
                let score = self.score(&units);
                if score > best.score {
                    best = Run { units, score };
                }
            }
        }
        best
    }

    /// Rare units count more than common ones, and long runs more than their parts.
    fn score(&self, units: &Range<usize>) -> Score {
        let idf: Score = self.units[units.clone()].iter().map(|unit| unit.idf).sum();
        self.weight * idf * (units.len() as Score).sqrt()
    }

    /// The units of a run, as they are indexed.
    pub(crate) fn text(&self, run: &Run) -> String {
        let mut text = String::new();
        let mut was_spaced = false;
        for unit in &self.units[run.units.clone()] {
            if was_spaced && unit.is_spaced {
                text.push(' ');
            }
            text.push_str(&unit.text);
            was_spaced = unit.is_spaced;
        }
        text
    }
}

/// The best run of one document.
pub(crate) fn of_one(
    runs: &Runs,
    searcher: &Searcher,
    address: tantivy::DocAddress,
    deadline: &Deadline,
) -> Result<Run, Error> {
    let reader = searcher.segment_reader(address.segment_ord);
    let found = runs.of(reader, &[address.doc_id], deadline)?;
    Ok(found.into_iter().next().unwrap_or_default())
}
