//! What must hold for a document to be found, as the engine is asked for it. It scores nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use mekong_core::engine::{self, Scope};
use mekong_core::{Index, Strength, TokenKind};
use tantivy::Searcher;
use tantivy::query::{
    AllQuery, Explanation, Occur, PhrasePrefixQuery, Query as _, Scorer, TermSetQuery, Weight,
};
use tantivy::schema::{Field, Term};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader};

use crate::Error;
use crate::dictionary::from_io;
use crate::forms::Forms;
use crate::near;
use crate::parse::{Group, Node, Note, NoteKind};
use crate::phrase;
use crate::plan::{Planner, QueryToken, boolean, tokens_to};

/// What must hold, and what was found out on the way.
pub(crate) struct Constraint {
    pub(crate) weight: Box<dyn Weight>,
    /// What words that go on or are spelled otherwise stand for, where they rank.
    pub(crate) forms: Vec<Forms>,
    pub(crate) notes: Vec<Note>,
}

/// The scope of a field by the name that users give it: `title`, `source`, or a key of the metadata.
fn scope_of(name: &str) -> Scope<'_> {
    if name.eq_ignore_ascii_case("title") {
        Scope::Title
    } else if name.eq_ignore_ascii_case("source") {
        Scope::Source
    } else {
        Scope::Meta(name)
    }
}

/// Whether there is a field of this name, in any document.
pub(crate) fn is_field(name: &str, index: &Index, searcher: &Searcher) -> Result<bool, Error> {
    let scope = scope_of(name);
    if scope == Scope::Title {
        return Ok(true);
    }
    let labels = scope.labels();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(engine::fields(index).labels);
        let inverted = inverted.map_err(Error::engine)?;
        let mut stream = inverted
            .terms()
            .range()
            .ge(&labels.start)
            .lt(&labels.end)
            .into_stream()
            .map_err(from_io)?;
        if stream.advance() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What must hold of a text; `None` where nothing has to.
pub(crate) fn constraint(
    group: &Group,
    planner: &Planner<'_>,
) -> Result<Option<Constraint>, Error> {
    let mut builder = Builder {
        planner: Planner {
            scores: false,
            ..*planner
        },
        exclusions: 0,
        forms: Vec::new(),
        notes: Vec::new(),
        patterns: 0,
    };
    let weight = builder.group(group, None, true)?;
    Ok(weight.map(|weight| Constraint {
        weight,
        forms: builder.forms,
        notes: builder.notes,
    }))
}

/// The text of a phrase, and what it asks the engine for.
pub(crate) type Phrase = (String, Box<dyn Weight>);

/// The phrases of what must hold.
pub(crate) fn phrases(group: &Group, planner: &Planner<'_>) -> Result<Vec<Phrase>, Error> {
    let mut phrases = Vec::new();
    for text in phrase_texts(group) {
        planner.deadline.check()?;
        let tokens = tokens_to(planner.index, text, Strength::WEAKEST);
        if !tokens.is_empty() {
            phrases.push((text.to_owned(), phrase::weight(tokens, None, planner)?));
        }
    }
    Ok(phrases)
}

/// The texts of the phrases that must hold in title or body.
pub(crate) fn phrase_texts(group: &Group) -> Vec<&str> {
    fn collect<'g>(node: &'g Node, texts: &mut Vec<&'g str>) {
        match node {
            Node::Phrase(text) => texts.push(text),
            Node::Field(name, node) if scope_of(name) == Scope::Title => collect(node, texts),
            Node::Group(group) => {
                let nodes = group.must.iter().chain(&group.any);
                nodes.for_each(|node| collect(node, texts));
            }
            Node::Field(..) | Node::Prefix(..) | Node::Near(..) => {}
        }
    }
    let mut texts = Vec::new();
    let nodes = group.must.iter().chain(&group.any);
    nodes.for_each(|node| collect(node, &mut texts));
    texts
}

struct Builder<'a> {
    planner: Planner<'a>,
    /// So many exclusions are around what is read.
    exclusions: usize,
    forms: Vec<Forms>,
    notes: Vec<Note>,
    /// How many prefixes and near words there are so far.
    patterns: usize,
}

/// So many prefixes and near words of a query stand for other words.
const MAX_PATTERNS: usize = 4;
/// The last word of a phrase may be any of so many, whose positions are looked at one by one.
const MAX_FORMS_OF_PHRASE: usize = 256;
/// A prefix is tried in so many readings of which there may be documents.
const MAX_PREFIX_READINGS: usize = 4;
/// A prefix without blanks is divided behind each of so many letters of its last unit.
const MAX_DIVIDED: usize = 16;
/// A near word without blanks around it is so many units at most; others are what they are.
const MAX_NEAR_UNITS: usize = 2;

type Clauses = Vec<(Occur, Box<dyn Weight>)>;

impl Builder<'_> {
    /// `None` where nothing has to hold. What is not `wanted` is excluded.
    fn group(
        &mut self,
        group: &Group,
        scope: Option<Scope<'_>>,
        wanted: bool,
    ) -> Result<Option<Box<dyn Weight>>, Error> {
        let mut clauses = Clauses::new();
        let parts = [
            (&group.must, Occur::Must, wanted),
            (&group.not, Occur::MustNot, !wanted),
            (&group.any, Occur::Should, wanted),
        ];
        for (nodes, occur, wanted) in parts {
            let is_excluded = occur == Occur::MustNot;
            for node in nodes {
                self.planner.deadline.check()?;
                self.exclusions += usize::from(is_excluded);
                let weight = self.node(node, scope, wanted)?;
                self.exclusions -= usize::from(is_excluded);
                clauses.extend(weight.map(|weight| match occur {
                    Occur::MustNot => (occur, Box::new(Excluded(weight)) as Box<dyn Weight>),
                    _ => (occur, weight),
                }));
            }
        }
        if clauses.is_empty() {
            return Ok(None);
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, self.all()?));
        }
        let has_any = clauses.iter().any(|(occur, _)| *occur == Occur::Should);
        Ok(Some(boolean(clauses, has_any.into())))
    }

    fn node(
        &mut self,
        node: &Node,
        scope: Option<Scope<'_>>,
        wanted: bool,
    ) -> Result<Option<Box<dyn Weight>>, Error> {
        match node {
            Node::Phrase(text) => self.phrase(text, scope, wanted),
            Node::Prefix(text, range) if self.may_expand(range) => self.prefix(text, range, scope),
            Node::Near(text, distance, range) if self.may_expand(range) => {
                self.near(text, *distance, range, scope)
            }
            Node::Prefix(text, _) | Node::Near(text, ..) => self.phrase(text, scope, wanted),
            Node::Field(name, node) => self.node(node, Some(scope_of(name)), wanted),
            Node::Group(group) => self.group(group, scope, wanted),
        }
    }

    /// Whether one more word may stand for others.
    fn may_expand(&mut self, range: &Range<usize>) -> bool {
        self.patterns += 1;
        if self.patterns == MAX_PATTERNS + 1 {
            let note = Note::new(range.clone(), NoteKind::TooManyPatterns);
            self.notes.push(note);
        }
        self.patterns <= MAX_PATTERNS
    }

    /// Words one after another, whatever the accents. What is excluded is excluded with the accents
    /// that it is typed with: `-lề` leaves `lê` alone.
    fn phrase(
        &self,
        text: &str,
        scope: Option<Scope<'_>>,
        wanted: bool,
    ) -> Result<Option<Box<dyn Weight>>, Error> {
        let tokens = tokens_to(self.planner.index, text, Strength::WEAKEST);
        if tokens.is_empty() {
            return Ok(None);
        }
        let accented: Vec<Term> = accented(&tokens)
            .map(|token| Term::from_field_text(token.field, &token.text))
            .collect();
        let phrase = phrase::weight(tokens, scope, &self.planner)?;
        if wanted || scope.is_some() || accented.is_empty() {
            return Ok(Some(phrase));
        }
        let mut all = vec![(Occur::Must, phrase)];
        for term in accented {
            all.push((Occur::Must, self.planner.term(term)?));
        }
        Ok(Some(boolean(all, 0)))
    }

    /// Words one after another, of which the last goes on.
    fn prefix(
        &mut self,
        text: &str,
        range: &Range<usize>,
        scope: Option<Scope<'_>>,
    ) -> Result<Option<Box<dyn Weight>>, Error> {
        let tokens = tokens_to(self.planner.index, text, Strength::WEAKEST);
        let (mut any, mut occurs) = (Vec::new(), BTreeMap::new());
        let mut is_cut = false;
        let readings = phrase::readings(tokens).flat_map(with_last_divided);
        for reading in readings {
            self.planner.deadline.check()?;
            let reading = phrase::in_scope(reading, scope, self.planner.index);
            let Some((last, first)) = reading.split_last() else {
                continue;
            };
            if !phrase::all_occur(first, self.planner.searcher, &mut occurs)? {
                continue;
            }
            let forms = Forms::beginning(&last.text, last.field, &self.planner)?;
            if forms.words.is_empty() {
                continue;
            }
            is_cut |= forms.is_cut || reading.len() > 1 && forms.words.len() > MAX_FORMS_OF_PHRASE;
            any.push(self.before_any(&reading, &forms)?);
            self.rank(forms, scope);
            if any.len() == MAX_PREFIX_READINGS {
                break;
            }
        }
        if is_cut {
            self.note_cut(range);
        }
        Ok(Some(phrase::either(any)))
    }

    /// Units one after another, the last of which may be any of some words. Where their fields
    /// differ, only all of them.
    fn before_any(&self, units: &[QueryToken], last: &Forms) -> Result<Box<dyn Weight>, Error> {
        let term = |unit: &QueryToken| Term::from_field_text(unit.field, &unit.text);
        if units.len() > 1 && units.iter().all(|unit| unit.field == last.field) {
            let terms = units
                .iter()
                .map(|unit| (unit.position as usize, term(unit)));
            let mut phrase = PhrasePrefixQuery::new_with_offset(terms.collect());
            phrase.set_max_expansions(MAX_FORMS_OF_PHRASE as u32);
            return phrase.weight(self.planner.scoring()).map_err(Error::engine);
        }
        let mut all = vec![(Occur::Must, self.set(last)?)];
        for unit in &units[..units.len() - 1] {
            all.push((Occur::Must, self.planner.term(term(unit))?));
        }
        Ok(boolean(all, 0))
    }

    /// Words that are spelled nearly so: each of the smallest units, or all of them as one. Of
    /// Chinese, Japanese and Korean each unit is a character, and is that one.
    fn near(
        &mut self,
        text: &str,
        distance: u8,
        range: &Range<usize>,
        scope: Option<Scope<'_>>,
    ) -> Result<Option<Box<dyn Weight>>, Error> {
        let mut is_cut = false;
        let scoped = engine::fields(self.planner.index).scoped;
        let tokens = tokens_to(self.planner.index, text, Strength::SUBWORD);
        let has_characters = tokens
            .iter()
            .any(|token| token.kind == TokenKind::Character);
        let mut units: Vec<(String, Field)> = Vec::new();
        for unit in tokens.into_iter().filter(|token| token.is_unit) {
            let field = if scope.is_some() { scoped } else { unit.field };
            units.push((unit.text, field));
        }
        let mut words = vec![units.clone()];
        if let [(_, field), _, ..] = units[..]
            && !has_characters
            && units.iter().all(|(_, other)| *other == field)
        {
            let whole = units.iter().map(|(text, _)| text.as_str()).collect();
            words.push(vec![(whole, field)]);
        }
        let mut any = Vec::new();
        for words in words {
            let mut all = Clauses::new();
            for (i, (word, field)) in words.iter().enumerate() {
                let distance = if i < MAX_NEAR_UNITS { distance } else { 0 };
                let forms = Forms::near(word, distance, *field, scope, &self.planner)?;
                is_cut |= forms.is_cut;
                all.push((Occur::Must, self.set(&forms)?));
                self.rank(forms, scope);
            }
            if !all.is_empty() {
                any.push(boolean(all, 0));
            }
        }
        if is_cut {
            self.note_cut(range);
        }
        Ok((!any.is_empty()).then(|| phrase::either(any)))
    }

    /// Tells that a word stands for more words than are looked for.
    fn note_cut(&mut self, range: &Range<usize>) {
        let note = Note::new(range.clone(), NoteKind::TooManyForms);
        self.notes.push(note);
    }

    /// Lets documents rank by words, unless these are of a field or excluded: also where what is
    /// excluded excludes them, documents need not have them.
    fn rank(&mut self, forms: Forms, scope: Option<Scope<'_>>) {
        if self.exclusions == 0 && scope.is_none() {
            self.forms.push(forms);
        }
    }

    /// Documents with any of some words.
    fn set(&self, forms: &Forms) -> Result<Box<dyn Weight>, Error> {
        TermSetQuery::new(forms.terms())
            .weight(self.planner.scoring())
            .map_err(Error::engine)
    }

    fn all(&self) -> Result<Box<dyn Weight>, Error> {
        AllQuery
            .weight(self.planner.scoring())
            .map_err(Error::engine)
    }
}

/// A reading of what goes on, and those where its last unit is two: where `ต่างประเทศ` is two units,
/// its beginning `ต่างป` is one, as no word begins at the end of a text.
fn with_last_divided(reading: Vec<QueryToken>) -> Vec<Vec<QueryToken>> {
    let mut readings = Vec::new();
    if let Some((last, first)) = reading.split_last()
        && last.kind == TokenKind::Subword
    {
        let mut at = 0;
        for letter in near::letters(&last.text).into_iter().take(MAX_DIVIDED) {
            if at > 0 {
                let mut divided = first.to_vec();
                divided.push(QueryToken {
                    text: last.text[..at].to_owned(),
                    ..last.clone()
                });
                divided.push(QueryToken {
                    text: last.text[at..].to_owned(),
                    position: last.position + 1,
                    ..last.clone()
                });
                readings.push(divided);
            }
            at += letter.len();
        }
    }
    readings.push(reading);
    readings
}

/// The words that are typed with accents, with them.
fn accented(tokens: &[QueryToken]) -> impl Iterator<Item = &QueryToken> {
    let mut folded = "";
    tokens.iter().filter(move |token| {
        if token.kind == TokenKind::Folded {
            folded = &token.text;
        }
        token.kind == TokenKind::Exact && token.text != folded
    })
}

/// What is excluded. The engine asks it for documents before the one that it is at, which phrases
/// do not allow.
struct Excluded(Box<dyn Weight>);

impl Weight for Excluded {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = self.0.scorer(reader, boost)?;
        let next = docs.doc();
        Ok(Box::new(ExcludedDocs { docs, next }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

struct ExcludedDocs {
    docs: Box<dyn Scorer>,
    /// No document is excluded between the last one that was asked for and this one.
    next: DocId,
}

impl DocSet for ExcludedDocs {
    fn advance(&mut self) -> DocId {
        self.next = self.docs.advance();
        self.next
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.next = self.docs.seek(target);
        self.next
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target < self.next {
            return SeekDangerResult::SeekLowerBound(self.next);
        }
        let found = self.docs.seek_danger(target);
        self.next = match found {
            SeekDangerResult::Found => target,
            SeekDangerResult::SeekLowerBound(next) => next,
        };
        found
    }

    fn doc(&self) -> DocId {
        self.docs.doc()
    }

    fn size_hint(&self) -> u32 {
        self.docs.size_hint()
    }

    fn cost(&self) -> u64 {
        self.docs.cost()
    }
}

impl Scorer for ExcludedDocs {
    fn score(&mut self) -> Score {
        self.docs.score()
    }
}
