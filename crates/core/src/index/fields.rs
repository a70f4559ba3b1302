//! The fields of an index, and how a document becomes them and back.

use tantivy::TantivyDocument;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions, Value,
};

use super::Index;
use super::budget::Held;
use super::cluster;
use super::encoded::Encoded;
use super::moment::Moment;
use super::recording::{Kind, Recording};
use super::scope::{self, Scope};
use crate::analyzer::{Token, TokenKind};
use crate::sketch::Sketcher;
use crate::{Document, Error};

/// Name of the field that the index is sorted by.
pub(super) const DATE: &str = "date";
/// Name of the field with the whole document, in all formats.
pub(super) const WHOLE: &str = "stored";
/// The tokenizers that take a [`Recording`] apart, with positions and with counts.
pub(super) const REPLAY: &str = "replay";
pub(super) const COUNTS: &str = "counts";

/// The fields of an index.
///
/// Which tokens share a field decides whose length counts in BM25: Latin words have fields of
/// their own, all scripts without blanks share one.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The identifier, whole.
    pub id: Field,
    /// The publication date, as [`Moment`] has it. Column only; the index is sorted by it, newest
    /// first, undated documents last.
    pub date: Field,
    /// What documents are filtered and counted by, as [`Scope`] writes it: language, source,
    /// metadata. Column and terms, several a document; those of a scope have ordinals in a row.
    pub labels: Field,
    /// The smallest units ([`Token::is_unit`]) of title, source and metadata, each with its
    /// [`Scope`], with positions. No length counts in it: it is for what matches, not for ranking.
    pub scoped: Field,
    /// [`TokenKind::Folded`], with positions.
    pub folded: Field,
    /// [`TokenKind::Exact`].
    pub exact: Field,
    /// [`TokenKind::Stem`].
    pub stems: Field,
    /// [`TokenKind::Pair`].
    pub pairs: Field,
    /// What is written without blanks: [`TokenKind::Subword`], [`TokenKind::Character`],
    /// [`TokenKind::Bigram`] and the [`TokenKind::Word`]s of Chinese, Japanese and Korean, with
    /// positions.
    pub unspaced: Field,
    /// [`TokenKind::Gram`].
    pub grams: Field,
    /// The cluster of copies of one article that the document belongs to, a number that says no
    /// more than which documents have the same. Column only.
    pub cluster: Field,
    /// What tells how much the text of a document has in common with another one. Column only.
    pub sketch: Field,
    /// What documents that may have much in common are found by.
    pub keys: Field,
    /// The whole document, as JSON.
    pub stored: Field,
}

impl Fields {
    pub(super) fn new() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let tokens = |tokenizer, option| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option);
            TextOptions::default().set_indexing_options(indexing)
        };
        let frequencies = tokens(COUNTS, IndexRecordOption::WithFreqs);
        let positions = tokens(REPLAY, IndexRecordOption::WithFreqsAndPositions);
        let without_lengths = |tokenizer, option| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing)
        };
        let labels = without_lengths("raw", IndexRecordOption::Basic) | FAST;
        let scoped = without_lengths(REPLAY, IndexRecordOption::WithFreqsAndPositions);
        let fields = Self {
            id: schema.add_text_field("id", STRING),
            date: schema.add_i64_field(DATE, NumericOptions::default().set_fast()),
            labels: schema.add_text_field("labels", labels),
            scoped: schema.add_text_field("scoped", scoped),
            folded: schema.add_text_field("folded", positions.clone()),
            exact: schema.add_text_field("exact", frequencies.clone()),
            stems: schema.add_text_field("stems", frequencies.clone()),
            pairs: schema.add_text_field("pairs", frequencies.clone()),
            unspaced: schema.add_text_field("unspaced", positions),
            grams: schema.add_text_field("grams", frequencies),
            cluster: schema.add_u64_field(cluster::CLUSTER, FAST),
            sketch: schema.add_u64_field(cluster::SKETCH, FAST),
            keys: schema.add_bytes_field("keys", BytesOptions::default().set_indexed()),
            // Text, which the engine reads back faster than bytes.
            stored: schema.add_text_field(WHOLE, STORED),
        };
        (schema.build(), fields)
    }

    /// The field that holds this token, if any does.
    ///
    /// A word of Thai, Lao, Khmer or Burmese has none: its sub-words and grams say as much. Nor has
    /// one of Chinese, Japanese or Korean with one or two characters: its character or bigram is
    /// there already.
    #[must_use]
    pub fn of(&self, token: &Token<'_>) -> Option<Field> {
        match token.kind {
            TokenKind::Folded => Some(self.folded),
            TokenKind::Exact => Some(self.exact),
            TokenKind::Stem => Some(self.stems),
            TokenKind::Pair => Some(self.pairs),
            TokenKind::Word if !token.script.is_cjk() || token.text.chars().nth(2).is_none() => {
                None
            }
            TokenKind::Word | TokenKind::Subword | TokenKind::Character | TokenKind::Bigram => {
                Some(self.unspaced)
            }
            TokenKind::Gram => Some(self.grams),
        }
    }
}

/// Makes documents into what the engine indexes: the costly part of writing, which needs to know
/// nothing of other documents. Reuses its buffers; each thread has one of its own.
pub struct Encoder {
    index: Index,
    /// One field and its tokens.
    recordings: [(Field, Recording); 6],
    scoped: Recording,
    sketcher: Sketcher,
}

impl Encoder {
    pub(super) fn new(index: &Index) -> Self {
        let fields = index.fields();
        let recordings = [
            (fields.folded, Kind::Positions),
            (fields.exact, Kind::Counts),
            (fields.stems, Kind::Counts),
            (fields.pairs, Kind::Counts),
            (fields.unspaced, Kind::Positions),
            (fields.grams, Kind::Counts),
        ]
        .map(|(field, kind)| (field, Recording::new(kind)));
        Self {
            index: index.clone(),
            recordings,
            scoped: Recording::new(Kind::Positions),
            sketcher: Sketcher::default(),
        }
    }

    /// What the engine indexes of a document. `held` is what the document holds of the writer's
    /// memory; it holds what it takes from now on.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_document`] where the id is empty or too long, or the metadata nests too
    /// deep.
    pub fn encode(&mut self, document: &Document, held: Option<Held>) -> Result<Encoded, Error> {
        let length = document.id.len();
        if !(1..=Document::MAX_ID_BYTES).contains(&length) {
            return Err(Error::invalid_id(length, Document::MAX_ID_BYTES));
        }
        if !document
            .meta
            .values()
            .all(|value| is_flat(value, MAX_META_DEPTH))
        {
            return Err(Error::too_deep(MAX_META_DEPTH));
        }
        let index = self.index.clone();
        let (fields, analyzer) = (*index.fields(), index.analyzer());
        // The words of the headline are those of the title or the first ones of the body.
        let headline = document.headline_in_body();
        let title = document.title.as_deref();
        let title = title.map(|title| (title, TITLE_WEIGHT, headline.is_none()));
        let body = (&*document.body, 1, headline.is_some());
        let headline = headline.unwrap_or(usize::MAX);
        for (text, weight, has_headline) in title.into_iter().chain([body]) {
            let mut end = 0;
            // As a query is analysed, which says nothing of its language.
            analyzer.analyze(text, None, |token| {
                end = end.max(token.position + 1);
                if token.is_unit() {
                    self.sketcher.push(token.text);
                }
                if has_headline && token.range.end <= headline {
                    self.scoped.push_scoped(Scope::Title, &token);
                }
                if let Some(field) = fields.of(&token) {
                    for (of, recording) in &mut self.recordings {
                        if *of == field {
                            for _ in 0..weight {
                                recording.push(token.position, token.text);
                            }
                        }
                    }
                }
            });
            for (_, recording) in &mut self.recordings {
                recording.next_text(end);
            }
            if has_headline {
                self.scoped.next_text(end);
            }
            self.sketcher.next_text();
        }
        for (scope, text) in scope::texts(document) {
            let mut end = 0;
            analyzer.analyze(&text, None, |token| {
                end = end.max(token.position + 1);
                self.scoped.push_scoped(scope, &token);
            });
            self.scoped.next_text(end);
        }

        let mut encoded = Encoded {
            values: Vec::with_capacity(VALUES),
            sketched: self.sketcher.take(),
            moment: document.date.map(Moment::from),
            held,
        };
        encoded.add(fields.id, &*document.id);
        if let Some(moment) = encoded.moment {
            encoded.add(fields.date, moment.to_column());
        }
        for label in scope::labels(document) {
            encoded.add(fields.labels, label);
        }
        let scoped = [(fields.scoped, &mut self.scoped)].into_iter();
        let recordings = self.recordings.iter_mut().map(|(field, of)| (*field, of));
        for (field, recording) in recordings.chain(scoped) {
            let tokens = recording.take();
            if !tokens.is_empty() {
                encoded.add(field, tokens);
            }
        }
        let stored = serde_json::to_string(document).map_err(Error::stored)?;
        encoded.add(fields.stored, stored);
        let bytes = encoded.bytes();
        if let Some(held) = &mut encoded.held {
            held.resize(bytes);
        }
        Ok(encoded)
    }
}

/// A document has about so many values, of all fields together.
const VALUES: usize = 32;

/// A token of a title counts as so many of the body. Each is written so often, so that BM25 adds up
/// how often a term occurs before it saturates: BM25F (Robertson, Zaragoza and Taylor, "Simple
/// BM25 extension to multiple weighted fields", CIKM 2004).
const TITLE_WEIGHT: usize = 3;

/// What nests deeper cannot be read back: serde_json stops at 128 levels.
const MAX_META_DEPTH: usize = 100;

/// Whether a value nests at most so deep.
fn is_flat(value: &serde_json::Value, depth: usize) -> bool {
    use serde_json::Value;
    match value {
        Value::Array(values) => depth > 0 && values.iter().all(|v| is_flat(v, depth - 1)),
        Value::Object(values) => depth > 0 && values.values().all(|v| is_flat(v, depth - 1)),
        _ => true,
    }
}

/// Reads a document back from its stored form.
pub(super) fn decode(fields: &Fields, stored: &TantivyDocument) -> Result<Document, Error> {
    let json = stored
        .get_first(fields.stored)
        .and_then(|value| value.as_str())
        .unwrap_or_default();
    serde_json::from_str(json).map_err(Error::stored)
}
