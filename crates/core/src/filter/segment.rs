//! Which documents of a segment pass filters.

use std::ops::Range;

use tantivy::columnar::{Column, StrColumn, TermOrdHit};
use tantivy::{DocId, SegmentReader};

use super::{Dates, Filter, FilterKey, What, text};
use crate::Error;
use crate::index::Moment;

/// Filters that all have to hold, for the documents of one segment.
pub struct SegmentFilters {
    /// The column of labels, and what each document has to have of it.
    labels: Option<(StrColumn, Vec<Labels>)>,
    /// The column of [`Moment`]s, and where each document has to be in it.
    dates: Option<(Column<i64>, Vec<DatesOf>)>,
}

/// Whether a document has any of some labels, by their ordinals.
struct Labels {
    ordinals: Ordinals,
    negated: bool,
}

/// Whether a document has a date in a range.
struct DatesOf {
    dates: Dates,
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

impl SegmentFilters {
    /// `None` where no document of the segment can pass.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_filter`], and where the segment cannot be read.
    pub fn new(reader: &SegmentReader, filters: &[Filter]) -> Result<Option<Self>, Error> {
        let columns = reader.fast_fields();
        let column = columns.str("labels").map_err(Error::engine)?;
        let mut labels = Vec::new();
        let mut dates = Vec::new();
        for filter in filters {
            filter.check()?;
            let negated = filter.negated;
            match &filter.what {
                What::Label { of, values } => {
                    let values = values.as_deref();
                    let ordinals = match &column {
                        Some(column) => ordinals(column, of, values).map_err(Error::engine)?,
                        None => Ordinals::Each(Vec::new()),
                    };
                    if !ordinals.is_empty() {
                        labels.push(Labels { ordinals, negated });
                    } else if !negated {
                        return Ok(None);
                    }
                }
                What::Date { start, end, zone } => {
                    let range = Dates::new(*start, *end, zone).map_err(Error::filter_dates)?;
                    dates.push(DatesOf {
                        dates: range,
                        negated,
                    });
                }
            }
        }
        let dates = match dates.is_empty() {
            true => None,
            false => Some((columns.i64("date").map_err(Error::engine)?, dates)),
        };
        Ok(Some(Self {
            labels: column
                .filter(|_| !labels.is_empty())
                .map(|column| (column, labels)),
            dates,
        }))
    }

    /// Whether every document of the segment passes.
    #[must_use]
    pub fn pass_all(&self) -> bool {
        self.labels.is_none() && self.dates.is_none()
    }

    /// Whether a document passes; it may be a deleted one.
    #[must_use]
    pub fn pass(&self, doc: DocId) -> bool {
        let has_labels = self.labels.iter().all(|(column, conditions)| {
            conditions.iter().all(|condition| {
                let mut labels = column.term_ords(doc);
                labels.any(|ordinal| condition.ordinals.contain(ordinal)) != condition.negated
            })
        });
        has_labels
            && self.dates.iter().all(|(column, conditions)| {
                let moment = column.first(doc).map(Moment::from_column);
                conditions.iter().all(|condition| {
                    moment.is_some_and(|moment| condition.dates.hold(moment)) != condition.negated
                })
            })
    }
}

/// The labels that a filter asks for, as a segment numbers them.
fn ordinals(
    column: &StrColumn,
    of: &FilterKey,
    values: Option<&[serde_json::Value]>,
) -> tantivy::Result<Ordinals> {
    let scope = of.scope();
    let Some(values) = values else {
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

/// The ordinals of all labels of a key that have a value.
///
/// # Errors
///
/// Where the segment cannot be read.
pub fn labels_with_value(column: &StrColumn, of: &FilterKey) -> Result<Range<u64>, Error> {
    range(column, of.scope().labels_with_value()).map_err(Error::engine)
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
