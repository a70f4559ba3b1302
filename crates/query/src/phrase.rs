//! Phrases: words one after another.
//!
//! Where a text of Thai, Lao, Khmer or Burmese divides into its smallest units, the letters around
//! it have a say in, and a query has fewer of them than a document. So a phrase is tried in each
//! reading that documents may have given it.

use std::collections::BTreeMap;

use mekong_core::engine::{self, Scope};
use mekong_core::{Index, Strength};
use tantivy::Searcher;
use tantivy::query::{
    BooleanWeight, DisjunctionMaxCombiner, EmptyWeight, Occur, PhraseQuery, Query as _, Weight,
};
use tantivy::schema::{Field, Term};

use crate::Error;
use crate::plan::{Planner, QueryToken, boolean};

/// All smallest units of the text, at their places, in any of its readings; in a scope, or in title
/// and body.
pub(crate) fn weight(
    tokens: Vec<QueryToken>,
    scope: Option<Scope<'_>>,
    planner: &Planner<'_>,
) -> Result<Box<dyn Weight>, Error> {
    let mut any = Vec::new();
    let mut occurs = BTreeMap::new();
    for reading in readings(tokens) {
        planner.deadline.check()?;
        let reading = in_scope(reading, scope, planner.index);
        if all_occur(&reading, planner.searcher, &mut occurs)? {
            any.push(one_reading(&reading, planner)?);
        }
    }
    Ok(either(any))
}

/// Whether each token occurs somewhere; most readings have one that does not. `occurs` remembers
/// the answers.
pub(crate) fn all_occur(
    reading: &[QueryToken],
    searcher: &Searcher,
    occurs: &mut BTreeMap<Term, bool>,
) -> Result<bool, Error> {
    for token in reading {
        let term = Term::from_field_text(token.field, &token.text);
        let occurs = match occurs.get(&term) {
            Some(&occurs) => occurs,
            None => {
                let found = searcher.doc_freq(&term).map_err(Error::engine)? > 0;
                occurs.insert(term, found);
                found
            }
        };
        if !occurs {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What matches where one of the weights does, and is worth as much as the best of them.
pub(crate) fn either(mut any: Vec<Box<dyn Weight>>) -> Box<dyn Weight> {
    match any.len() {
        0 => Box::new(EmptyWeight),
        1 => any.remove(0),
        _ => Box::new(BooleanWeight::with_minimum_number_should_match(
            any.into_iter()
                .map(|weight| (Occur::Should, weight))
                .collect(),
            1,
            true,
            Box::new(|| DisjunctionMaxCombiner::with_tie_breaker(0.0)),
        )),
    }
}

/// One reading of a phrase: all its units, in each field at their places.
pub(crate) fn one_reading(
    reading: &[QueryToken],
    planner: &Planner<'_>,
) -> Result<Box<dyn Weight>, Error> {
    let mut by_field = BTreeMap::<Field, Vec<(usize, Term)>>::new();
    for token in reading {
        let term = Term::from_field_text(token.field, &token.text);
        by_field
            .entry(token.field)
            .or_default()
            .push((token.position as usize, term));
    }
    let mut clauses: Vec<(Occur, Box<dyn Weight>)> = Vec::new();
    for mut terms in by_field.into_values() {
        let weight = match terms.len() {
            1 => planner.term(terms.remove(0).1)?,
            _ => PhraseQuery::new_with_offset(terms)
                .weight(planner.scoring())
                .map_err(Error::engine)?,
        };
        clauses.push((Occur::Must, weight));
    }
    Ok(match clauses.len() {
        1 => clauses.remove(0).1,
        _ => boolean(clauses, 0),
    })
}

/// A phrase is read with so many of its boundaries both as one and as none.
const MAX_OPEN_BOUNDARIES: usize = 5;

/// The ways in which documents may have divided a text into its smallest units. `tokens` are those
/// at the weakest boundaries; the ones whose strength is closest to what documents are divided at
/// are open, all others are decided as in documents.
pub(crate) fn readings(tokens: Vec<QueryToken>) -> impl Iterator<Item = Vec<QueryToken>> {
    let units: Vec<QueryToken> = tokens.into_iter().filter(|token| token.is_unit).collect();
    let distance = |unit: &QueryToken| (unit.end.nats() - Strength::SUBWORD.nats()).abs();
    let mut open: Vec<usize> = (0..units.len())
        .filter(|&i| distance(&units[i]) < OPEN_NATS)
        .collect();
    open.sort_by(|&a, &b| distance(&units[a]).total_cmp(&distance(&units[b])));
    open.truncate(MAX_OPEN_BOUNDARIES);
    (0..1_usize << open.len()).map(move |choice| {
        let is_end = |i: usize| match open.iter().position(|&at| at == i) {
            Some(bit) => choice >> bit & 1 == 1,
            None => units[i].end >= Strength::SUBWORD,
        };
        joined(&units, is_end)
    })
}

/// The units as they are indexed in a scope; of title and body as they are.
pub(crate) fn in_scope(
    mut units: Vec<QueryToken>,
    scope: Option<Scope<'_>>,
    index: &Index,
) -> Vec<QueryToken> {
    if let Some(scope) = scope {
        for unit in &mut units {
            unit.text = scope.term(&unit.text);
            unit.field = engine::fields(index).scoped;
        }
    }
    units
}

/// A boundary that is so far from what documents are divided at is decided alike everywhere.
const OPEN_NATS: f32 = 8.0;

/// The units with all those as one after which there is no end.
fn joined(units: &[QueryToken], is_end: impl Fn(usize) -> bool) -> Vec<QueryToken> {
    let mut joined: Vec<QueryToken> = Vec::new();
    let (mut ended, mut fewer) = (true, 0);
    for (i, unit) in units.iter().enumerate() {
        match joined.last_mut() {
            Some(last) if !ended => {
                last.text.push_str(&unit.text);
                fewer += 1;
            }
            _ => joined.push(QueryToken {
                position: unit.position - fewer,
                ..unit.clone()
            }),
        }
        ended = is_end(i);
    }
    joined
}
