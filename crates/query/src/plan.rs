//! From a query's text to what the engine is asked.
//!
//! All evidence is added up: each token of the query asks its field, BM25 weighs how rare it is
//! and how often it occurs, and [`Weights`] weigh one kind of evidence against another.

use std::collections::BTreeMap;
use std::sync::Arc;

use mekong_core::engine::{self, Fields};
use mekong_core::language::is_vietnamese_syllable;
use mekong_core::{Aliases, Index, Strength, TokenKind};
use tantivy::query::{
    BooleanWeight, ConstScorer, EmptyWeight, EnableScoring, Explanation, Occur, Query as _, Scorer,
    SumCombiner, TermQuery, TermSetQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, Score, Searcher, SegmentReader};

use crate::alias;
use crate::constraint;
use crate::dictionary;
use crate::explain::EvidenceKind;
use crate::forms::Forms;
use crate::like;
use crate::parse::{Note, NoteKind};
use crate::phrase;
use crate::query::{Matching, Query};
use crate::question;
use crate::run::Runs;
use crate::scan::{Deadline, Span, SpanClause, Spanned, is_at};
use crate::typo;
use crate::understand::Understood;
use crate::{Error, Weights};

/// A shorter word is not looked for as two that were written as one.
const MIN_JOINED_BYTES: usize = 4;
/// So many grams of a query are looked for, the rarest ones.
const MAX_GRAMS: usize = 64;
/// A query of more words than this says what it means without [`Weights::as_typed`].
const MAX_AS_TYPED: usize = 2;

/// So many tokens of a text are looked for.
const MAX_TOKENS: usize = 8192;
/// Of fewer terms it is not asked how common they are.
const MAX_UNCOUNTED_TERMS: usize = 128;
/// A text of more terms reads so many of their postings, or so many a document of the index.
const MAX_POSTINGS: u64 = 2_000_000;
const MAX_POSTINGS_PER_DOCUMENT: u64 = 8;
/// Documents rank by so many of the words that one word stands for; the others are worth so much.
const MAX_RANKING_FORMS: usize = 64;
const REST_SCORE: Score = 0.1;

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
    /// Where it is any of some words, these: not all of them are in a document that matches.
    pub(crate) any_of: Vec<Term>,
}

/// All that is asked for a text.
pub(crate) struct Asked {
    /// What ranks: any of it is enough.
    pub(crate) clauses: Vec<Clause>,
    pub(crate) runs: Option<Runs>,
    /// What must hold besides.
    pub(crate) constraint: Option<Box<dyn Weight>>,
    /// What was left out.
    pub(crate) notes: Vec<Note>,
}

/// What the engine is asked for a text.
pub(crate) struct Plan {
    pub(crate) weight: Box<dyn Weight>,
    /// What the best documents are asked then.
    pub(crate) runs: Option<Runs>,
    /// What a score is the sum of, where documents that cannot be among the best may be passed
    /// over without scoring them. The engine then adds up in an order that depends on what it
    /// passed over.
    pub(crate) prunes: Option<Summands>,
    /// Whether there is anything that documents rank by.
    pub(crate) ranks: bool,
}

/// The parts of a score in the order that they are added up when no document is passed over.
pub(crate) struct Summands(Vec<(Arc<dyn Weight>, Score)>);

impl Summands {
    /// Scores documents of a segment, which come in ascending order.
    pub(crate) fn of(&self, reader: &SegmentReader) -> Result<Sum, Error> {
        let scorers = self
            .0
            .iter()
            .map(|(weight, boost)| weight.scorer(reader, *boost));
        Ok(Sum(scorers
            .collect::<Result<_, _>>()
            .map_err(Error::engine)?))
    }
}

/// What the parts of a score add up to in a segment.
pub(crate) struct Sum(Vec<Box<dyn Scorer>>);

impl Sum {
    pub(crate) fn of(&mut self, doc: DocId) -> Score {
        let mut sum = 0.0;
        for scorer in &mut self.0 {
            if is_at(&mut **scorer, doc) {
                sum += scorer.score();
            }
        }
        sum
    }
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
    /// Whether what matches is scored, too.
    pub(crate) scores: bool,
}

impl Planner<'_> {
    /// The plan of a query, and what was left out of it; no plan where there is nothing to look for.
    pub(crate) fn plan(
        &self,
        query: &Query,
        understood: &Understood,
        span: &Span,
    ) -> Result<(Option<Plan>, Vec<Note>), Error> {
        let mut asked = self.asked(query, understood)?;
        let notes = std::mem::take(&mut asked.notes);
        let has_words = understood.words.contains(char::is_alphanumeric);
        let plan = match asked.constraint.take() {
            // No document has any of the words, of which one would have to be there.
            Some(_)
                if asked.clauses.is_empty()
                    && has_words
                    && understood.constraint.must.is_empty() =>
            {
                None
            }
            Some(constraint) => {
                // Where something has to be there, words only rank.
                let least = usize::from(understood.constraint.must.is_empty());
                let deadline = self.deadline;
                Some(Plan::constrained(asked, constraint, least, span, deadline))
            }
            None if asked.clauses.is_empty() => None,
            None => Some(Plan::any(asked, span)),
        };
        Ok((plan, notes))
    }

    pub(crate) fn asked(&self, query: &Query, understood: &Understood) -> Result<Asked, Error> {
        if matches!(query.matching, Matching::LikeDocument | Matching::LikeText) {
            return like::asked(query, self);
        }
        let mut notes = Vec::new();
        let mut tokens = tokens(self.index, &understood.words);
        if tokens.len() > MAX_TOKENS {
            let whole = 0..understood.text_bytes;
            tokens.truncate(MAX_TOKENS);
            notes.push(Note::new(whole, NoteKind::TooManyWords));
        }
        let (clauses, is_cut) = self.words(&tokens)?;
        if is_cut {
            notes.push(Note::new(0..understood.text_bytes, NoteKind::TooCommon));
        }
        let mut asked = Asked {
            clauses,
            runs: Runs::new(&tokens, self)?,
            constraint: None,
            notes,
        };
        if let Some(constraint) = constraint::constraint(&understood.constraint, self)? {
            asked.constraint = Some(constraint.weight);
            asked.notes.extend(constraint.notes);
            for forms in constraint.forms {
                asked.clauses.extend(self.forms(forms)?);
            }
        }
        Ok(asked)
    }

    /// The clause of words that one word of the query stands for: worth as much as the best of them.
    fn forms(&self, forms: Forms) -> Result<Option<Clause>, Error> {
        let terms: Vec<Term> = forms.terms().collect();
        let (first, rest) = terms.split_at(terms.len().min(MAX_RANKING_FORMS));
        let mut any = Vec::with_capacity(first.len() + 1);
        for term in first {
            any.push(self.term(term.clone())?);
        }
        if !rest.is_empty() {
            let rest = TermSetQuery::new(rest.iter().cloned()).weight(self.scoring());
            any.push(Box::new(Constant(rest.map_err(Error::engine)?, REST_SCORE)));
        }
        Ok((!any.is_empty()).then(|| Clause {
            kind: forms.kind,
            text: forms.words.join(" = "),
            boost: self.weights.word,
            weight: phrase::either(any),
            any_of: terms,
        }))
    }

    pub(crate) fn scoring(&self) -> EnableScoring<'_> {
        if self.scores {
            EnableScoring::enabled_from_searcher(self.searcher)
        } else {
            EnableScoring::disabled_from_searcher(self.searcher)
        }
    }

    pub(crate) fn term(&self, term: Term) -> Result<Box<dyn Weight>, Error> {
        TermQuery::new(term, IndexRecordOption::WithFreqs)
            .weight(self.scoring())
            .map_err(Error::engine)
    }

    /// The terms that are asked for the words of a query, and whether some were left out. Their
    /// matches are also what is shown.
    pub(crate) fn terms(&self, tokens: &[QueryToken]) -> Result<(Terms, bool), Error> {
        let mut terms = Terms::default();
        terms.ask_all(engine::fields(self.index), tokens, self.weights);
        self.drop_common_grams(&mut terms)?;
        let is_cut = self.drop_commonest(&mut terms)?;
        Ok((terms, is_cut))
    }

    /// What words rank by, and whether some of it was left out.
    fn words(&self, tokens: &[QueryToken]) -> Result<(Vec<Clause>, bool), Error> {
        let (terms, is_cut) = self.terms(tokens)?;
        let mut clauses = Vec::with_capacity(terms.0.len());
        for ((field, text), (kind, boost)) in terms.0 {
            self.deadline.check()?;
            let weight = self.term(Term::from_field_text(field, &text))?;
            clauses.push(Clause {
                kind,
                text,
                boost,
                weight,
                any_of: Vec::new(),
            });
        }
        if self.weights.alias > 0.0 {
            alias::add_names(tokens, self, &mut clauses)?;
        }
        if self.weights.near > 0.0 {
            for word in typo::mistyped(tokens, self)? {
                clauses.push(word.clause(self)?);
            }
        }
        if self.weights.as_typed > 0.0
            && let Some(as_typed) = self.as_typed(tokens)?
        {
            clauses.push(as_typed);
        }
        Ok((clauses, is_cut))
    }

    /// Terms with the number of documents that have them, the rarest first.
    fn rarest_first<'t>(
        &self,
        keys: impl Iterator<Item = &'t Key>,
    ) -> Result<Vec<(u32, Key)>, Error> {
        let mut by_count = Vec::new();
        for key in keys {
            self.deadline.check()?;
            let count = dictionary::doc_freq(self.searcher, key.0, &key.1)?;
            by_count.push((count, key.clone()));
        }
        by_count.sort_unstable();
        Ok(by_count)
    }

    /// Of a long text leaves out the commonest terms, which say least and cost most; whether there
    /// were any.
    fn drop_commonest(&self, terms: &mut Terms) -> Result<bool, Error> {
        if terms.0.len() <= MAX_UNCOUNTED_TERMS {
            return Ok(false);
        }
        let by_count = self.rarest_first(terms.0.keys())?;
        let most = MAX_POSTINGS.max(MAX_POSTINGS_PER_DOCUMENT * self.searcher.num_docs());
        let mut postings = 0;
        let mut is_cut = false;
        for (count, key) in by_count {
            postings += u64::from(count);
            // What no document has takes time, too.
            if count == 0 || postings > most {
                terms.0.remove(&key);
                is_cut |= count > 0;
            }
        }
        Ok(is_cut)
    }

    /// Leaves only the rarest grams: they find what there is to find, and common ones cost most.
    fn drop_common_grams(&self, terms: &mut Terms) -> Result<(), Error> {
        let field = engine::fields(self.index).grams;
        let grams = terms.0.keys().filter(|(of, _)| *of == field);
        if grams.clone().count() <= MAX_GRAMS {
            return Ok(());
        }
        let by_count = self.rarest_first(grams)?;
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
            weight: Box::new(Constant(boolean(all, 0), 1.0)),
            any_of: Vec::new(),
        }))
    }
}

impl Plan {
    /// Documents with any of the clauses.
    fn any(asked: Asked, span: &Span) -> Self {
        let clauses = asked.clauses.into_iter();
        let summands: Vec<(Arc<dyn Weight>, Score)> = clauses
            .map(|clause| (clause.weight.into(), clause.boost))
            .collect();
        let mut any: Vec<(Occur, Box<dyn Weight>)> = summands
            .iter()
            .map(|(weight, boost)| {
                let spanned = Spanned::new(Arc::clone(weight), *boost, span);
                (Occur::Should, Box::new(spanned) as Box<dyn Weight>)
            })
            .collect();
        // The engine makes a lone optional clause a required one, which it does not prune.
        any.push((Occur::Should, Box::new(EmptyWeight)));
        Self {
            weight: boolean(any, 1),
            runs: asked.runs,
            prunes: (summands.len() <= MAX_PRUNED_TERMS).then_some(Summands(summands)),
            ranks: true,
        }
    }

    /// Documents that satisfy a constraint. Its phrases look for their next match by themselves, so
    /// the span leads.
    fn constrained(
        asked: Asked,
        constraint: Box<dyn Weight>,
        least: usize,
        span: &Span,
        deadline: &Deadline,
    ) -> Self {
        let ranks = !asked.clauses.is_empty();
        let mut clauses: Vec<(Occur, Box<dyn Weight>)> = vec![
            (Occur::Must, Box::new(SpanClause::new(span, deadline))),
            (Occur::Must, Box::new(Constant(constraint, 0.0))),
        ];
        for clause in asked.clauses {
            let spanned = Spanned::new(clause.weight.into(), clause.boost, span);
            clauses.push((Occur::Should, Box::new(spanned)));
        }
        Self {
            weight: boolean(clauses, if ranks { least } else { 0 }),
            runs: asked.runs,
            prunes: None,
            ranks,
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
pub(crate) struct Terms(pub(crate) BTreeMap<Key, (EvidenceKind, Score)>);

/// A term: its field and its text.
type Key = (Field, String);

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

    pub(crate) fn ask_all(&mut self, fields: &Fields, tokens: &[QueryToken], weights: &Weights) {
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

/// What matches where another weight does, and is worth so much before any boost.
pub(crate) struct Constant(pub(crate) Box<dyn Weight>, pub(crate) Score);

impl Weight for Constant {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = self.0.scorer(reader, 1.0)?;
        Ok(Box::new(ConstScorer::new(docs, self.1 * boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}
