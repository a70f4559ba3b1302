//! From a query's text to what the engine is asked.
//!
//! All evidence is added up: each token of the query asks its field, BM25 weighs how rare it is
//! and how often it occurs, and [`Weights`] weigh one kind of evidence against another.

use std::collections::BTreeMap;

use mekong_core::engine::{self, Fields};
use mekong_core::language::is_vietnamese_syllable;
use mekong_core::{Aliases, Index, Strength, TokenKind};
use tantivy::query::{
    BooleanWeight, ConstScorer, EmptyWeight, EnableScoring, Explanation, Occur, Query as _, Scorer,
    SumCombiner, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, Score, Searcher, SegmentReader};

use crate::alias;
use crate::explain::EvidenceKind;
use crate::phrase;
use crate::query::{Matching, Query};
use crate::question;
use crate::run::Runs;
use crate::scan::{Deadline, Span, SpanClause, Spanned};
use crate::{Error, Weights};

/// A shorter word is not looked for as two that were written as one.
const MIN_JOINED_BYTES: usize = 4;
/// So many grams of a query are looked for, the rarest ones.
const MAX_GRAMS: usize = 64;
/// A query of more words than this says what it means without [`Weights::as_typed`].
const MAX_AS_TYPED: usize = 2;

/// One token of a query's text.
#[derive(Clone, Debug)]
pub(crate) struct QueryToken {
    pub(crate) kind: TokenKind,
    pub(crate) text: String,
    pub(crate) position: u32,
    pub(crate) field: Field,
    pub(crate) is_unit: bool,
    /// Whether it is a unit that is typed in capital letters, as acronyms are.
    pub(crate) in_capitals: bool,
    pub(crate) end: Strength,
}

/// The tokens of a query's text that the index can be asked for.
pub(crate) fn tokens(index: &Index, text: &str) -> Vec<QueryToken> {
    tokens_to(index, text, Strength::SUBWORD)
}

/// The same with words divided at weaker boundaries than those of documents, or at stronger ones.
pub(crate) fn tokens_to(index: &Index, text: &str, least: Strength) -> Vec<QueryToken> {
    let fields = engine::fields(index);
    let mut tokens = Vec::new();
    index.analyzer().analyze_to(text, least, |token| {
        if let Some(field) = fields.of(&token) {
            let is_unit = token.is_unit();
            tokens.push(QueryToken {
                kind: token.kind,
                text: token.text.to_owned(),
                position: token.position,
                field,
                is_unit,
                in_capitals: is_unit && text[token.range].chars().all(char::is_uppercase),
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

/// One thing that the engine is asked, and what it is evidence of.
pub(crate) struct Clause {
    pub(crate) kind: EvidenceKind,
    /// What is looked for.
    pub(crate) text: String,
    pub(crate) boost: Score,
    pub(crate) weight: Box<dyn Weight>,
}

/// All that is asked for a text.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) clauses: Vec<Clause>,
    pub(crate) runs: Option<Runs>,
}

/// What the engine is asked for a text.
pub(crate) struct Plan {
    pub(crate) weight: Box<dyn Weight>,
    /// What the best documents are asked then.
    pub(crate) runs: Option<Runs>,
    /// Whether documents that cannot be among the best may be passed over without scoring them.
    pub(crate) prunes: bool,
}

/// With more terms than this, scoring every document is faster than finding out which ones need
/// no score.
const MAX_PRUNED_TERMS: usize = 8;

/// What a plan is made with.
#[derive(Clone, Copy)]
pub(crate) struct Planner<'a> {
    pub(crate) index: &'a Index,
    pub(crate) searcher: &'a Searcher,
    pub(crate) weights: &'a Weights,
    pub(crate) aliases: &'a Aliases,
    pub(crate) deadline: &'a Deadline,
}

impl Planner<'_> {
    /// The plan of a query; `None` where its text has no words.
    pub(crate) fn plan(&self, query: &Query, span: &Span) -> Result<Option<Plan>, Error> {
        let asked = self.asked(query)?;
        if asked.clauses.is_empty() {
            return Ok(None);
        }
        Ok(Some(match query.matching {
            Matching::Words => Plan::any(asked, span),
            Matching::Phrase => Plan::all(asked, span, self.deadline),
        }))
    }

    /// What is asked: any of it for words, all of it for a phrase.
    pub(crate) fn asked(&self, query: &Query) -> Result<Asked, Error> {
        match query.matching {
            Matching::Words => {
                let tokens = tokens(self.index, &query.text);
                Ok(Asked {
                    clauses: self.words(&tokens)?,
                    runs: Runs::new(&tokens, self)?,
                })
            }
            Matching::Phrase => {
                let tokens = tokens_to(self.index, &query.text, Strength::WEAKEST);
                if tokens.is_empty() {
                    return Ok(Asked::default());
                }
                Ok(Asked {
                    clauses: vec![Clause {
                        kind: EvidenceKind::Phrase,
                        text: query.text.clone(),
                        boost: 1.0,
                        weight: phrase::weight(tokens, self)?,
                    }],
                    runs: None,
                })
            }
        }
    }

    pub(crate) fn scoring(&self) -> EnableScoring<'_> {
        EnableScoring::enabled_from_searcher(self.searcher)
    }

    pub(crate) fn term(&self, term: Term) -> Result<Box<dyn Weight>, Error> {
        TermQuery::new(term, IndexRecordOption::WithFreqs)
            .weight(self.scoring())
            .map_err(Error::engine)
    }

    fn words(&self, tokens: &[QueryToken]) -> Result<Vec<Clause>, Error> {
        let mut terms = Terms::default();
        terms.ask_all(engine::fields(self.index), tokens, self.weights);
        self.drop_common_grams(&mut terms)?;
        let mut clauses = Vec::with_capacity(terms.0.len());
        for ((field, text), (kind, boost)) in terms.0 {
            self.deadline.check()?;
            let weight = self.term(Term::from_field_text(field, &text))?;
            clauses.push(Clause {
                kind,
                text,
                boost,
                weight,
            });
        }
        if self.weights.alias > 0.0 {
            alias::add_names(tokens, self, &mut clauses)?;
        }
        if self.weights.as_typed > 0.0
            && let Some(as_typed) = self.as_typed(tokens)?
        {
            clauses.push(as_typed);
        }
        Ok(clauses)
    }

    /// Leaves only the rarest grams: they find what there is to find, and common ones cost most.
    fn drop_common_grams(&self, terms: &mut Terms) -> Result<(), Error> {
        let field = engine::fields(self.index).grams;
        let grams = terms.0.keys().filter(|(of, _)| *of == field);
        if grams.clone().count() <= MAX_GRAMS {
            return Ok(());
        }
        let mut by_count = Vec::new();
        for key in grams {
            self.deadline.check()?;
            let count = self
                .searcher
                .doc_freq(&Term::from_field_text(field, &key.1))
                .map_err(Error::engine)?;
            by_count.push((count, key.clone()));
        }
        by_count.sort();
        let rarest = by_count
            .iter()
            .filter(|(count, _)| *count > 0)
            .take(MAX_GRAMS);
        let kept: Vec<_> = rarest.map(|(_, key)| key).collect();
        terms
            .0
            .retain(|key, _| key.0 != field || kept.contains(&key));
        Ok(())
    }

    /// The clause of [`Weights::as_typed`], for a short query with accents.
    fn as_typed(&self, tokens: &[QueryToken]) -> Result<Option<Clause>, Error> {
        let words: Vec<Word<'_>> = words(tokens).collect();
        let is_short = (1..=MAX_AS_TYPED).contains(&words.len());
        let is_all = tokens.iter().filter(|token| token.is_unit).count() == words.len();
        if !is_short || !is_all || !words.iter().any(|word| word.is_accented()) {
            return Ok(None);
        }
        let field = engine::fields(self.index).exact;
        let mut all: Vec<(Occur, Box<dyn Weight>)> = Vec::new();
        for word in &words {
            all.push((
                Occur::Must,
                self.term(Term::from_field_text(field, word.exact))?,
            ));
        }
        let texts: Vec<_> = words.iter().map(|word| word.exact).collect();
        Ok(Some(Clause {
            kind: EvidenceKind::AsTyped,
            text: texts.join(" "),
            boost: self.weights.as_typed,
            weight: Box::new(Constant(boolean(all, 0))),
        }))
    }
}

impl Plan {
    /// Documents with any of the clauses.
    fn any(asked: Asked, span: &Span) -> Self {
        let prunes = asked.clauses.len() <= MAX_PRUNED_TERMS;
        let clauses = asked.clauses.into_iter();
        let mut any: Vec<(Occur, Box<dyn Weight>)> = clauses
            .map(|clause| {
                let spanned = Spanned::new(clause.weight, clause.boost, span);
                (Occur::Should, Box::new(spanned) as Box<dyn Weight>)
            })
            .collect();
        // The engine makes a lone optional clause a required one, which it does not prune.
        any.push((Occur::Should, Box::new(EmptyWeight)));
        Self {
            weight: boolean(any, 1),
            runs: asked.runs,
            prunes,
        }
    }

    /// Documents with all of the clauses.
    fn all(asked: Asked, span: &Span, deadline: &Deadline) -> Self {
        let span_clause = SpanClause::new(span, deadline);
        let mut all: Vec<(Occur, Box<dyn Weight>)> = vec![(Occur::Must, Box::new(span_clause))];
        for clause in asked.clauses {
            all.push((Occur::Must, clause.weight));
        }
        Self {
            weight: boolean(all, 0),
            runs: asked.runs,
            prunes: false,
        }
    }
}

/// Sums up the scores of clauses, of which at least so many optional ones have to match.
pub(crate) fn boolean(clauses: Vec<(Occur, Box<dyn Weight>)>, least: usize) -> Box<dyn Weight> {
    Box::new(BooleanWeight::with_minimum_number_should_match(
        clauses,
        least,
        true,
        Box::new(SumCombiner::default),
    ))
}

/// A word of a query that is written with blanks around it.
struct Word<'a> {
    folded: &'a str,
    exact: &'a str,
}

impl Word<'_> {
    fn is_accented(&self) -> bool {
        self.exact != self.folded
    }
}

/// The words of a query that are written with blanks around them.
fn words(tokens: &[QueryToken]) -> impl Iterator<Item = Word<'_>> {
    let of = |kind| {
        tokens
            .iter()
            .filter(move |token: &&QueryToken| token.kind == kind)
    };
    of(TokenKind::Folded)
        .zip(of(TokenKind::Exact))
        .map(|(folded, exact)| Word {
            folded: &folded.text,
            exact: &exact.text,
        })
}

/// The terms that are asked for, each once, with its kind and its weight.
#[derive(Default)]
struct Terms(BTreeMap<(Field, String), (EvidenceKind, Score)>);

impl Terms {
    fn ask(&mut self, field: Field, text: &str, kind: EvidenceKind, weight: Score) {
        if weight > 0.0 {
            let asked = self.0.entry((field, text.to_owned()));
            let asked = asked.or_insert((kind, weight));
            if asked.1 < weight {
                *asked = (kind, weight);
            }
        }
    }

    fn ask_all(&mut self, fields: &Fields, tokens: &[QueryToken], weights: &Weights) {
        let asking = question::positions(tokens);
        let (mut is_syllable, mut is_accented) = (false, false);
        let mut folded = "";
        for token in tokens {
            let weight = match token.kind {
                TokenKind::Folded => {
                    folded = &token.text;
                    is_syllable = is_vietnamese_syllable(folded);
                    // Its stem says as much.
                    0.0
                }
                TokenKind::Exact => {
                    is_accented = token.text != folded;
                    if is_syllable && is_accented {
                        weights.exact_accented
                    } else {
                        weights.exact
                    }
                }
                // By the word that is typed: the stem of `meetings` says as much as it does.
                TokenKind::Stem => match (is_syllable, is_accented) {
                    (true, true) => weights.accented_syllable,
                    (true, false) => weights.syllable,
                    (false, _) => weights.word,
                },
                TokenKind::Pair => weights.pair,
                TokenKind::Word => weights.long_word,
                TokenKind::Subword => weights.subword,
                TokenKind::Gram => weights.gram,
                TokenKind::Character => weights.character,
                TokenKind::Bigram => weights.bigram,
                _ => continue,
            };
            let asks = token.kind != TokenKind::Gram
                && token.kind != TokenKind::Pair
                && asking.contains(&token.position);
            let weight = if asks {
                weight * weights.question
            } else {
                weight
            };
            let kind = EvidenceKind::Token(token.kind);
            self.ask(token.field, &token.text, kind, weight);
            let joined = if token.kind == TokenKind::Pair {
                fields.folded
            } else if may_be_joined(token) {
                fields.pairs
            } else {
                continue;
            };
            self.ask(joined, &token.text, EvidenceKind::Joined, weights.joined);
        }
    }
}

/// What matches where another weight does, and is worth the boost alone.
struct Constant(Box<dyn Weight>);

impl Weight for Constant {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = self.0.scorer(reader, 1.0)?;
        Ok(Box::new(ConstScorer::new(docs, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}
