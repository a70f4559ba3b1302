//! Typing errors: a word that hardly any document has also finds what is spelled nearly so.

use std::ops::Range;

use mekong_core::TokenKind;
use mekong_core::engine;
use tantivy::Score;
use tantivy::query::Weight;
use tantivy::schema::{Field, Term};

use crate::Error;
use crate::dictionary::doc_freq;
use crate::explain::EvidenceKind;
use crate::near::{self, NearTerm};
use crate::phrase::either;
use crate::plan::{Clause, Constant, Planner, QueryToken, may_be_joined};
use crate::rarity::idf;

/// A query of one word that so many documents have may be a mistyped other one; one of several,
/// only if none has it.
const FEW: u32 = 2;
/// If there are some, the other one is in so many times as many.
const MANY: u32 = 20;
/// So many words of a query are looked at.
const MAX_WORDS: usize = 4;
/// A mistake in a word without blanks around it also changes where it is divided: so many units
/// side by side may be the word.
const MAX_UNITS: usize = 2;
/// What these make has at least so many letters; less is near to too much.
const MIN_UNSPACED_LETTERS: usize = 4;
/// The most that BM25 gives for one term, in terms of how rare it is (k1 + 1).
const MAX_TERM_FREQUENCY: Score = 2.2;

/// A word that may be a mistyped other one.
pub(crate) struct Mistyped {
    word: QueryToken,
    /// How many documents have it as it is.
    frequency: u32,
    terms: Vec<NearTerm>,
}

/// The words of a query that may be mistyped.
pub(crate) fn mistyped(
    tokens: &[QueryToken],
    planner: &Planner<'_>,
) -> Result<Vec<Mistyped>, Error> {
    let mut mistyped = Vec::new();
    let mut looked_at = 0;
    let is_one = tokens.iter().filter(|token| token.is_unit).count() == 1;
    let few = if is_one { FEW } else { 0 };
    for (i, word) in tokens.iter().enumerate() {
        if looked_at == MAX_WORDS {
            break;
        }
        if !matches!(word.kind, TokenKind::Folded | TokenKind::Subword) {
            continue;
        }
        let same = tokens[i..]
            .iter()
            .take_while(|t| t.position == word.position);
        let frequency = frequency(word, same, planner)?;
        if frequency > few {
            continue;
        }
        looked_at += 1;
        for word in whole_words(tokens, i) {
            let mut terms = nearest(&word, planner)?;
            let is_more = |term: &NearTerm| term.doc_freq >= frequency * MANY;
            terms.retain(is_more);
            if !terms.is_empty() {
                mistyped.push(Mistyped {
                    word,
                    frequency,
                    terms,
                });
                break;
            }
        }
    }
    Ok(mistyped)
}

/// The terms nearest to a word, but not itself.
fn nearest(word: &QueryToken, planner: &Planner<'_>) -> Result<Vec<NearTerm>, Error> {
    let most = match word.kind {
        TokenKind::Folded => near::distance(&word.text),
        _ if near::letters(&word.text).len() < MIN_UNSPACED_LETTERS => 0,
        _ => 1,
    };
    // The larger distance takes many times as long.
    for distance in 1..=most {
        let mut terms = near::terms(
            planner.searcher,
            word.field,
            &word.text,
            distance,
            planner.deadline,
        )?;
        terms.retain(|term| term.distance > 0);
        if !terms.is_empty() {
            return Ok(terms);
        }
    }
    Ok(Vec::new())
}

/// How many documents have a word in any form, as a word of its own or as two.
fn frequency<'t>(
    word: &QueryToken,
    same: impl Iterator<Item = &'t QueryToken>,
    planner: &Planner<'_>,
) -> Result<u32, Error> {
    let count = |field, text: &str| doc_freq(planner.searcher, field, text);
    let mut most = 0;
    for token in same {
        if matches!(
            token.kind,
            TokenKind::Folded | TokenKind::Stem | TokenKind::Subword
        ) {
            most = most.max(count(token.field, &token.text)?);
        }
    }
    if may_be_joined(word) {
        let pairs = engine::fields(planner.index).pairs;
        most = most.max(count(pairs, &word.text)?);
    }
    Ok(most)
}

/// The words that a unit may be of, the longest first: itself, and where no blanks part words what
/// it makes with its neighbours.
fn whole_words(tokens: &[QueryToken], i: usize) -> Vec<QueryToken> {
    let unit = &tokens[i];
    if unit.kind == TokenKind::Folded {
        return vec![unit.clone()];
    }
    let units: Vec<&QueryToken> = tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Subword)
        .collect();
    let at = units.partition_point(|other| other.position < unit.position);
    let joined = |range: Range<usize>| {
        let units = units.get(range)?;
        let is_run = units
            .windows(2)
            .all(|two| two[0].position + 1 == two[1].position);
        let text = units.iter().map(|unit| unit.text.as_str()).collect();
        is_run.then_some(QueryToken {
            text,
            ..unit.clone()
        })
    };
    let mut words = Vec::new();
    for length in (1..=MAX_UNITS).rev() {
        for start in (at + 1).saturating_sub(length)..=at {
            words.extend(joined(start..start + length));
        }
    }
    words
}

impl Mistyped {
    /// What is asked for besides the word, and in which field.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (Field, &str)> {
        let terms = self.terms.iter();
        terms.map(|term| (self.word.field, term.text.as_str()))
    }

    /// A document with the word as it is typed is worth at least as much as any other one.
    pub(crate) fn clause(&self, planner: &Planner<'_>) -> Result<Clause, Error> {
        let mut any: Vec<Box<dyn Weight>> = Vec::new();
        let mut any_of = Vec::new();
        let mut most: Score = 0.0;
        for (field, text) in self.terms() {
            let term = Term::from_field_text(field, text);
            most = most.max(idf(planner.searcher, &term).map_err(Error::engine)?);
            any.push(planner.term(term.clone())?);
            any_of.push(term);
        }
        if self.frequency > 0 {
            let word = Term::from_field_text(self.word.field, &self.word.text);
            let as_typed = planner.term(word.clone())?;
            any_of.push(word);
            any.push(Box::new(Constant(as_typed, most * MAX_TERM_FREQUENCY)));
        }
        let texts: Vec<_> = self.terms().map(|(_, text)| text).collect();
        Ok(Clause {
            kind: EvidenceKind::Near,
            text: texts.join(" = "),
            boost: match self.word.kind {
                TokenKind::Folded => planner.weights.near,
                _ => planner.weights.subword,
            },
            weight: either(any),
            any_of,
        })
    }
}
