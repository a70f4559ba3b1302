//! From a query's text to what the engine is asked.
//!
//! All evidence is added up: each token of the query asks its field, BM25 weighs how rare it is
//! and how often it occurs, and [`WEIGHTS`] weighs one kind of evidence against another.

use std::collections::BTreeMap;

use mekong_core::engine::{self, Fields};
use mekong_core::{Index, Strength, TokenKind};
use tantivy::query::{
    BooleanWeight, DisjunctionMaxCombiner, EmptyWeight, EnableScoring, Occur, PhraseQuery,
    Query as _, SumCombiner, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{Score, Searcher};

use crate::Error;
use crate::query::{Matching, Query};
use crate::scan::{Deadline, Span, SpanClause, Spanned};

/// How much each kind of evidence counts.
struct Weights {
    /// A word, whatever its accents.
    folded: Score,
    /// A word with its accents. What is added for a query that is typed with accents, in full
    /// from [`FULLY_ACCENTED`] of its words on.
    exact: Score,
    exact_accented: Score,
    /// Two words side by side.
    pair: Score,
    /// Two words written as one where the other side parts them: `Vietnam`, `Việt Nam`.
    joined: Score,
    /// A word of a script without blanks.
    word: Score,
    /// A part of such a word.
    subword: Score,
    character: Score,
    bigram: Score,
}

/// Chosen on half of a mixed pool of topics in eight ways of typing; the neighbourhood is flat. Words
/// and sub-words on its Thai topics: sub-words rank better alone than words do (mean reciprocal
/// rank .901 against .872), a little of both best.
const WEIGHTS: Weights = Weights {
    folded: 0.4,
    exact: 0.5,
    exact_accented: 0.2,
    pair: 0.3,
    joined: 0.4,
    word: 0.2,
    subword: 0.7,
    character: 0.2,
    bigram: 0.3,
};

/// A Vietnamese text has accents on about so many of its words.
const FULLY_ACCENTED: Score = 0.7;
/// A shorter word is not looked for as two that were written as one.
const MIN_JOINED_BYTES: usize = 4;

/// One token of a query's text.
#[derive(Clone, Debug)]
pub(crate) struct QueryToken {
    pub(crate) kind: TokenKind,
    pub(crate) text: String,
    pub(crate) position: u32,
    field: Field,
    is_unit: bool,
    end: Strength,
}

/// The tokens of a query's text that the index can be asked for.
pub(crate) fn tokens(index: &Index, text: &str) -> Vec<QueryToken> {
    tokens_to(index, text, Strength::SUBWORD)
}

/// The same with words divided at weaker boundaries than those of documents, or at stronger ones.
fn tokens_to(index: &Index, text: &str, least: Strength) -> Vec<QueryToken> {
    let fields = engine::fields(index);
    let mut tokens = Vec::new();
    index.analyzer().analyze_to(text, least, |token| {
        if let Some(field) = fields.of(&token) {
            tokens.push(QueryToken {
                kind: token.kind,
                text: token.text.to_owned(),
                position: token.position,
                field,
                is_unit: token.is_unit(),
                end: token.end,
            });
        }
    });
    tokens
}

/// Whether a folded word may be two words that were written as one.
pub(crate) fn may_be_joined(token: &QueryToken) -> bool {
    token.kind == TokenKind::Folded && token.text.len() >= MIN_JOINED_BYTES
}

/// What the engine is asked for a text.
pub(crate) struct Plan {
    pub(crate) weight: Box<dyn Weight>,
    /// Whether documents that cannot be among the best may be passed over without scoring them.
    pub(crate) prunes: bool,
}

/// With more terms than this, scoring every document is faster than finding out which ones need
/// no score.
const MAX_PRUNED_TERMS: usize = 8;

impl Plan {
    /// The plan of a query; `None` where its text has no words.
    pub(crate) fn new(
        index: &Index,
        searcher: &Searcher,
        query: &Query,
        span: &Span,
        deadline: &Deadline,
    ) -> Result<Option<Self>, Error> {
        let tokens = match query.matching {
            Matching::Words => tokens(index, &query.text),
            Matching::Phrase => tokens_to(index, &query.text, Strength::WEAKEST),
        };
        if tokens.is_empty() {
            return Ok(None);
        }
        let scoring = EnableScoring::enabled_from_searcher(searcher);
        match query.matching {
            Matching::Words => words(engine::fields(index), &tokens, scoring, span, deadline),
            Matching::Phrase => phrases(tokens, searcher, span, deadline),
        }
        .map(Some)
    }
}

fn words(
    fields: &Fields,
    tokens: &[QueryToken],
    scoring: EnableScoring<'_>,
    span: &Span,
    deadline: &Deadline,
) -> Result<Plan, Error> {
    let terms = weighted_terms(fields, tokens);
    let mut clauses: Vec<(Occur, Box<dyn Weight>)> = Vec::with_capacity(terms.len() + 1);
    for (term, boost) in &terms {
        deadline.check()?;
        let weight = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)
            .weight(scoring)
            .map_err(Error::engine)?;
        clauses.push((Occur::Should, Box::new(Spanned::new(weight, *boost, span))));
    }
    // The engine makes a lone optional clause a required one, which it does not prune.
    clauses.push((Occur::Should, Box::new(EmptyWeight)));
    Ok(Plan {
        weight: Box::new(BooleanWeight::with_minimum_number_should_match(
            clauses,
            1,
            true,
            Box::new(SumCombiner::default),
        )),
        prunes: terms.len() <= MAX_PRUNED_TERMS,
    })
}

/// Each term that is asked for, once, and its weight.
fn weighted_terms(fields: &Fields, tokens: &[QueryToken]) -> BTreeMap<Term, Score> {
    let accented = (accented_share(tokens) / FULLY_ACCENTED).min(1.0);
    let mut terms = BTreeMap::<Term, Score>::new();
    let mut ask = |field, text: &str, weight: Score| {
        let asked = terms
            .entry(Term::from_field_text(field, text))
            .or_insert(0.0);
        *asked = weight.max(*asked);
    };
    for token in tokens {
        let weight = match token.kind {
            TokenKind::Folded => WEIGHTS.folded,
            TokenKind::Exact => WEIGHTS.exact + accented * WEIGHTS.exact_accented,
            TokenKind::Pair => WEIGHTS.pair,
            TokenKind::Word => WEIGHTS.word,
            TokenKind::Subword => WEIGHTS.subword,
            TokenKind::Character => WEIGHTS.character,
            TokenKind::Bigram => WEIGHTS.bigram,
            _ => continue,
        };
        ask(token.field, &token.text, weight);
        if token.kind == TokenKind::Pair {
            ask(fields.folded, &token.text, WEIGHTS.joined);
        } else if may_be_joined(token) {
            ask(fields.pairs, &token.text, WEIGHTS.joined);
        }
    }
    terms
}

/// The share of the words written with blanks that bear an accent.
fn accented_share(tokens: &[QueryToken]) -> Score {
    let (mut words, mut accented) = (0, 0);
    let mut folded = "";
    for token in tokens {
        match token.kind {
            TokenKind::Folded => folded = &token.text,
            TokenKind::Exact => {
                words += 1;
                accented += usize::from(token.text != folded);
            }
            _ => {}
        }
    }
    if words == 0 {
        0.0
    } else {
        accented as Score / words as Score
    }
}

/// All smallest units of the text, at their places, in any of its readings.
fn phrases(
    tokens: Vec<QueryToken>,
    searcher: &Searcher,
    span: &Span,
    deadline: &Deadline,
) -> Result<Plan, Error> {
    let mut any: Vec<(Occur, Box<dyn Weight>)> = Vec::new();
    let mut occurs = BTreeMap::new();
    for reading in readings(tokens) {
        deadline.check()?;
        if all_occur(&reading, searcher, &mut occurs)? {
            let scoring = EnableScoring::enabled_from_searcher(searcher);
            any.push((Occur::Should, phrase(&reading, scoring)?));
        }
    }
    let weight = BooleanWeight::with_minimum_number_should_match(
        vec![
            (
                Occur::Must,
                Box::new(SpanClause::new(span, deadline)) as Box<dyn Weight>,
            ),
            (Occur::Must, either(any)),
        ],
        0,
        true,
        Box::new(SumCombiner::default),
    );
    Ok(Plan {
        weight: Box::new(weight),
        prunes: false,
    })
}

/// Whether each token occurs somewhere; most readings have one that does not. `occurs` remembers
/// the answers.
fn all_occur(
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

/// What matches where one of the clauses does, and is worth as much as the best of them.
fn either(mut any: Vec<(Occur, Box<dyn Weight>)>) -> Box<dyn Weight> {
    match any.pop() {
        Some((_, only)) if any.is_empty() => only,
        Some(last) => {
            any.push(last);
            Box::new(BooleanWeight::with_minimum_number_should_match(
                any,
                1,
                true,
                Box::new(|| DisjunctionMaxCombiner::with_tie_breaker(0.0)),
            ))
        }
        None => Box::new(EmptyWeight),
    }
}

/// One reading of a phrase: all its units, in each field at their places.
fn phrase(reading: &[QueryToken], scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>, Error> {
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
            1 => TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs).weight(scoring),
            _ => PhraseQuery::new_with_offset(terms).weight(scoring),
        };
        clauses.push((Occur::Must, weight.map_err(Error::engine)?));
    }
    Ok(Box::new(BooleanWeight::with_minimum_number_should_match(
        clauses,
        0,
        true,
        Box::new(SumCombiner::default),
    )))
}

/// A phrase is read with so many of its boundaries both as one and as none.
const MAX_OPEN_BOUNDARIES: usize = 5;

/// The ways in which documents may have divided a text into its smallest units. `tokens` are those
/// at the weakest boundaries; the ones whose strength is closest to what documents are divided at
/// are open, all others are decided as in documents.
fn readings(tokens: Vec<QueryToken>) -> Vec<Vec<QueryToken>> {
    let units: Vec<QueryToken> = tokens.into_iter().filter(|token| token.is_unit).collect();
    let distance = |unit: &QueryToken| (unit.end.nats() - Strength::SUBWORD.nats()).abs();
    let mut open: Vec<usize> = (0..units.len())
        .filter(|&i| distance(&units[i]) < OPEN_NATS)
        .collect();
    open.sort_by(|&a, &b| distance(&units[a]).total_cmp(&distance(&units[b])));
    open.truncate(MAX_OPEN_BOUNDARIES);
    (0..1_usize << open.len())
        .map(|choice| {
            let is_end = |i: usize| match open.iter().position(|&at| at == i) {
                Some(bit) => choice >> bit & 1 == 1,
                None => units[i].end >= Strength::SUBWORD,
            };
            joined(&units, is_end)
        })
        .collect()
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
