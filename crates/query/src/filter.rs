//! Filters by what is known of a document: its language, its source, its metadata.

use std::ops::{Not, Range};

use mekong_core::engine::{self, Scope};
use serde_json::Value;
use tantivy::columnar::{StrColumn, TermOrdHit};
use tantivy::{DocId, SegmentReader};

use crate::Error;
use crate::collapse::Clusters;
use crate::scan::{Borders, Dated};

/// A condition on what is known of a document: its language, its source, a metadata key.
///
/// Values are compared whole and as they are, capitals and accents too. A number or a boolean is
/// the text that JSON writes for it, so that `3` and `"3"` are one value. A list has each of its
/// elements for a value: it passes where any of them does.
///
/// ```
/// use mekong_query::{Filter, Query};
///
/// let query = Query::text("hợp tác")
///     .filter(Filter::key("section").is_any_of(["politics", "economy"]))
///     .filter(Filter::key("photos").exists())
///     .filter(!Filter::source().is("Reuters"));
/// ```
///
/// Of one document at most 4,096 values are indexed, and none with more than 256 bytes: such a value
/// only shows that its key is there.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Filter {
    of: Of,
    /// `None` for whatever value.
    values: Option<Vec<Value>>,
    negated: bool,
}

/// What a [`Filter`] is about.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct FilterKey(Of);

/// What filters and facets are about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Of {
    Language,
    Source,
    Key(String),
}

impl Of {
    pub(crate) fn scope(&self) -> Scope<'_> {
        match self {
            Self::Language => Scope::Language,
            Self::Source => Scope::Source,
            Self::Key(key) => Scope::Meta(key),
        }
    }

    /// An error where nothing of this is indexed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Key(key) if key.len() > Scope::MAX_BYTES => {
                Err(Error::long_key(key.len(), Scope::MAX_BYTES))
            }
            _ => Ok(()),
        }
    }
}

impl Filter {
    /// About what the metadata of a document has under this key.
    pub fn key(key: impl Into<String>) -> FilterKey {
        FilterKey(Of::Key(key.into()))
    }

    /// About who published a document.
    pub fn source() -> FilterKey {
        FilterKey(Of::Source)
    }

    /// About the language of a document, whose value is its ISO 639 code.
    pub fn language() -> FilterKey {
        FilterKey(Of::Language)
    }

    /// An error where it asks for something that is not indexed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.of.check()?;
        for value in self.values.iter().flatten() {
            match text(value) {
                None => return Err(Error::no_value(value)),
                Some(text) if text.len() > Scope::MAX_BYTES => {
                    return Err(Error::long_value(text.len(), Scope::MAX_BYTES));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// A value as it is compared: one that is a single text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) => None,
        value => engine::values(value).next().map(String::from),
    }
}

impl FilterKey {
    /// Documents that have this value: a text, a number, a boolean.
    pub fn is(self, value: impl Into<Value>) -> Filter {
        self.is_any_of([value])
    }

    /// Documents that have any of these values; of no values, no document.
    pub fn is_any_of<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Filter {
        Filter {
            of: self.0,
            values: Some(values.into_iter().map(Into::into).collect()),
            negated: false,
        }
    }

    /// Documents that have this at all, be it `null`.
    pub fn exists(self) -> Filter {
        Filter {
            of: self.0,
            values: None,
            negated: false,
        }
    }
}

/// All other documents: also those that do not have the key.
impl Not for Filter {
    type Output = Self;

    fn not(mut self) -> Self {
        self.negated = !self.negated;
        self
    }
}

/// The filters that are asked document by document, for one segment.
pub(crate) struct SegmentFilter<'a> {
    reader: &'a SegmentReader,
    borders: Option<Borders>,
    /// The column of labels, and what each document has to have of it.
    labels: Option<(StrColumn, Vec<Condition>)>,
    /// What does not pass in any case.
    pub(crate) without: Option<Without>,
}

/// Documents of a segment that are not wanted.
pub(crate) enum Without {
    /// This one.
    Document(DocId),
    /// Those of this cluster.
    Cluster(Clusters, u64),
}

impl Without {
    fn holds(&self, doc: DocId) -> bool {
        match self {
            Self::Document(without) => doc == *without,
            Self::Cluster(clusters, without) => clusters.get(doc) == Some(*without),
        }
    }
}

/// Whether a document has any of some labels, by their ordinals.
struct Condition {
    labels: Ordinals,
    negated: bool,
}

enum Ordinals {
    /// In ascending order.
    Each(Vec<u64>),
    All(Range<u64>),
}

impl Ordinals {
    fn is_empty(&self) -> bool {
        match self {
            Self::Each(ordinals) => ordinals.is_empty(),
            Self::All(range) => range.is_empty(),
        }
    }

    fn contain(&self, ordinal: u64) -> bool {
        match self {
            Self::Each(ordinals) => ordinals.binary_search(&ordinal).is_ok(),
            Self::All(range) => range.contains(&ordinal),
        }
    }
}

impl<'a> SegmentFilter<'a> {
    /// `None` where no document of the segment can pass.
    pub(crate) fn new(
        reader: &'a SegmentReader,
        dated: &Dated,
        filters: &[Filter],
    ) -> tantivy::Result<Option<Self>> {
        let column = reader.fast_fields().str("labels")?;
        let mut conditions = Vec::new();
        for filter in filters {
            let labels = match &column {
                Some(column) => filter.ordinals(column)?,
                None => Ordinals::Each(Vec::new()),
            };
            if !labels.is_empty() {
                conditions.push(Condition {
                    labels,
                    negated: filter.negated,
                });
            } else if !filter.negated {
                return Ok(None);
            }
        }
        Ok(Some(Self {
            reader,
            borders: dated.borders(),
            labels: column
                .filter(|_| !conditions.is_empty())
                .map(|column| (column, conditions)),
            without: None,
        }))
    }

    /// How many documents of a range pass, where that is known without asking each.
    pub(crate) fn count(&self, docs: &Range<DocId>) -> Option<u64> {
        if self.borders.is_some() || self.labels.is_some() || self.without.is_some() {
            None
        } else if docs.len() == self.reader.max_doc() as usize {
            Some(u64::from(self.reader.num_docs()))
        } else {
            (!self.reader.has_deletes()).then_some(docs.len() as u64)
        }
    }

    pub(crate) fn passes(&self, doc: DocId) -> bool {
        if self.reader.is_deleted(doc) {
            return false;
        }
        if self
            .without
            .as_ref()
            .is_some_and(|without| without.holds(doc))
        {
            return false;
        }
        if let Some(borders) = &self.borders
            && !borders.hold(doc)
        {
            return false;
        }
        let Some((column, conditions)) = &self.labels else {
            return true;
        };
        conditions.iter().all(|condition| {
            let mut labels = column.term_ords(doc);
            labels.any(|ordinal| condition.labels.contain(ordinal)) != condition.negated
        })
    }
}

impl Filter {
    /// The labels that it asks for, as a segment numbers them.
    fn ordinals(&self, column: &StrColumn) -> tantivy::Result<Ordinals> {
        let scope = self.of.scope();
        let Some(values) = &self.values else {
            return Ok(Ordinals::All(range(column, scope.labels())?));
        };
        let mut ordinals = Vec::with_capacity(values.len());
        for value in values.iter().filter_map(text) {
            ordinals.extend(column.dictionary().term_ord(scope.term(&value))?);
        }
        ordinals.sort_unstable();
        ordinals.dedup();
        Ok(Ordinals::Each(ordinals))
    }
}

/// The ordinals of all labels that have a value.
pub(crate) fn values(column: &StrColumn, of: &Of) -> tantivy::Result<Range<u64>> {
    range(column, of.scope().labels_with_value())
}

/// The ordinals of labels from one on and before another.
fn range(column: &StrColumn, labels: Range<String>) -> tantivy::Result<Range<u64>> {
    let first = |label: String| -> tantivy::Result<u64> {
        Ok(match column.dictionary().term_ord_or_next(label)? {
            TermOrdHit::Exact(ordinal) => ordinal,
            // Behind the last one it may be any number.
            TermOrdHit::Next(ordinal) => ordinal.min(column.num_terms() as u64),
        })
    };
    Ok(first(labels.start)?..first(labels.end)?)
}
