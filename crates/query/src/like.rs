//! More like this: what tells a text from others, as a query.
//!
//! The tokens of a text are weighed as those of a query are, by how often they occur in it, and by
//! how rare they are in its language: where most documents are Thai, `the` is rare but tells nothing.
//! The most telling ones are asked for, and the names in the beginning of the text also by their
//! other names, which may be of another language.

use std::collections::HashMap;

use mekong_core::engine::{self, Scope};
use mekong_core::language::detect;
use mekong_core::{Document, Index, Language, TokenKind};
use tantivy::schema::{Field, Term};
use tantivy::{DocAddress, Score, Searcher, SegmentReader};

use crate::Error;
use crate::alias;
use crate::collapse::{self, Clusters};
use crate::explain::EvidenceKind;
use crate::filter::Without;
use crate::plan::{Asked, Clause, Planner, QueryToken, Terms, tokens};
use crate::query::{Matching, Query};
use crate::rarity;

/// A text says what it is about in so many bytes; the rest is not looked at.
const MAX_BYTES: usize = 16 * 1024;
/// Of so many tokens, by what they weigh in the text, it is asked how rare they are.
const MAX_WEIGHED: usize = 512;
/// The most telling ones of these are asked for.
const MAX_TERMS: usize = 48;
/// A word of the title is as good as so many of the body, as it is for ranking.
const TITLE_WEIGHT: usize = 3;
/// Names are looked for in so many of the first tokens, so that what a text is about is meant.
const MAX_NAME_TOKENS: usize = 512;
/// Fewer documents of a language do not tell which of its words are common.
const MIN_DOCUMENTS: u64 = 100;
/// The more often a token occurs the less one more of it says: BM25's k1, as the engine has it.
const SATURATION: Score = 1.2;

/// What is asked for documents like one of the index, or like a text.
pub(crate) fn asked(query: &Query, planner: &Planner<'_>) -> Result<Asked, Error> {
    let document = match query.matching {
        Matching::LikeDocument => {
            let address = address(query, planner.index, planner.searcher)?;
            engine::document(planner.index, planner.searcher, address)?
        }
        _ => Document::new("").body(start(&query.text)),
    };
    let language = document.language.or_else(|| detect(&document.body));
    let documents = documents(language, planner)?;
    let title = document.title.as_deref().unwrap_or_default();
    let title = tokens(planner.index, start(title));
    planner.deadline.check()?;
    let mut all = tokens(planner.index, start(&document.body));
    planner.deadline.check()?;
    let counts = counts(&title, &all);
    all.splice(0..0, title);

    // A token that no other document has finds nothing.
    let least = match query.matching {
        Matching::LikeDocument => 2,
        _ => 1,
    };
    let mut clauses = telling(&all, &counts, least, documents, planner)?;
    if planner.weights.alias > 0.0 {
        all.truncate(MAX_NAME_TOKENS);
        alias::add_names(&all, planner, &mut clauses)?;
    }
    Ok(Asked {
        clauses,
        runs: None,
        constraint: None,
        notes: Vec::new(),
    })
}

/// The document that others are to be like.
pub(crate) struct Original {
    address: DocAddress,
    /// Its copies are not wanted either.
    cluster: Option<u64>,
}

impl Original {
    /// `None` where a query asks for something else.
    pub(crate) fn of(
        query: &Query,
        index: &Index,
        engine: &Searcher,
    ) -> Result<Option<Self>, Error> {
        if query.matching != Matching::LikeDocument {
            return Ok(None);
        }
        let address = address(query, index, engine)?;
        let cluster = match query.copies {
            true => None,
            false => collapse::cluster(engine, address)?,
        };
        Ok(Some(Self { address, cluster }))
    }

    /// What is not wanted of a segment.
    pub(crate) fn without(
        &self,
        ordinal: u32,
        reader: &SegmentReader,
    ) -> Result<Option<Without>, Error> {
        if let Some(cluster) = self.cluster {
            let clusters = Clusters::of(reader).map_err(Error::engine)?;
            return Ok(Some(Without::Cluster(clusters, cluster)));
        }
        let is_here = ordinal == self.address.segment_ord;
        Ok(is_here.then_some(Without::Document(self.address.doc_id)))
    }
}

fn address(query: &Query, index: &Index, engine: &Searcher) -> Result<DocAddress, Error> {
    let address = engine::address(index, engine, &query.text)?;
    address.ok_or_else(|| Error::unknown_document(&query.text))
}

/// The beginning of a text.
fn start(text: &str) -> &str {
    let end = text.len().min(MAX_BYTES);
    let end = (0..=end).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// How often each token occurs, those of the title more than those of the body.
fn counts(title: &[QueryToken], body: &[QueryToken]) -> HashMap<(Field, String), usize> {
    let mut counts = HashMap::new();
    for (tokens, weight) in [(title, TITLE_WEIGHT), (body, 1)] {
        for token in tokens {
            *counts.entry((token.field, token.text.clone())).or_default() += weight;
        }
    }
    counts
}

/// How many documents there are of a language; of any, where it is not known.
fn documents(language: Option<Language>, planner: &Planner<'_>) -> Result<u64, Error> {
    let all = rarity::documents(planner.searcher);
    let Some(language) = language else {
        return Ok(all);
    };
    let label = Scope::Language.term(language.code());
    let term = Term::from_field_text(engine::fields(planner.index).labels, &label);
    let of_language = planner.searcher.doc_freq(&term).map_err(Error::engine)?;
    Ok(of_language.max(MIN_DOCUMENTS).min(all))
}

/// Clauses for the most telling tokens, of those that so many documents have at least: the rarest
/// among these documents, for what they weigh.
fn telling(
    tokens: &[QueryToken],
    counts: &HashMap<(Field, String), usize>,
    least: u64,
    documents: u64,
    planner: &Planner<'_>,
) -> Result<Vec<Clause>, Error> {
    let mut terms = Terms::default();
    terms.ask_all(engine::fields(planner.index), tokens, planner.weights);
    let mut weighed: Vec<_> = terms
        .0
        .into_iter()
        // Parts of words, and words written otherwise, would say again what others say.
        .filter(|(_, (kind, _))| {
            !matches!(
                kind,
                EvidenceKind::Token(TokenKind::Gram) | EvidenceKind::Joined
            )
        })
        .map(|(key, (kind, weight))| {
            let count = counts.get(&key).copied().unwrap_or(1) as Score;
            let boost = weight * count * (1.0 + SATURATION) / (count + SATURATION);
            (boost, kind, key)
        })
        .collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    weighed.truncate(MAX_WEIGHED);

    let all = rarity::documents(planner.searcher);
    let mut telling = Vec::new();
    for (boost, kind, (field, text)) in weighed {
        planner.deadline.check()?;
        let term = Term::from_field_text(field, &text);
        let holders = planner.searcher.doc_freq(&term).map_err(Error::engine)?;
        let rarity = rarity::of(holders, documents);
        if holders >= least && rarity > 0.0 {
            // The engine goes by how rare it is among all documents.
            let in_all = rarity::of(holders, all);
            telling.push((boost * rarity, boost * rarity / in_all, kind, text, term));
        }
    }
    telling.sort_by(|a, b| b.0.total_cmp(&a.0));
    telling.truncate(MAX_TERMS);
    let clauses = telling.into_iter().map(|(_, boost, kind, text, term)| {
        Ok(Clause {
            kind,
            text,
            boost,
            weight: planner.term(term)?,
            any_of: Vec::new(),
        })
    });
    clauses.collect()
}
