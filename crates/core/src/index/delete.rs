//! Filters as a query of the engine, which deletes what it matches.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use crate::Filter;
use crate::filter::SegmentFilters;

/// Documents that pass all of some filters. The engine applies it to whole segments, and leaves
/// alone what was written after it.
#[derive(Clone, Debug)]
pub(super) struct Matching(Arc<[Filter]>);

impl Matching {
    pub(super) fn new(filters: &[Filter]) -> Self {
        Self(filters.into())
    }
}

impl Query for Matching {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Matching {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let filters = SegmentFilters::new(reader, &self.0)
            .map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))?;
        let mut docs = Docs {
            doc: 0,
            max_doc: reader.max_doc(),
            filters,
        };
        docs.go_to(0);
        Ok(Box::new(docs))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("passes the filters", 0.0))
    }
}

struct Docs {
    doc: DocId,
    max_doc: DocId,
    /// `None` where no document passes.
    filters: Option<SegmentFilters>,
}

impl Docs {
    fn go_to(&mut self, from: DocId) -> DocId {
        let found = self
            .filters
            .as_ref()
            .and_then(|filters| (from..self.max_doc).find(|&doc| filters.pass(doc)));
        self.doc = found.unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for Docs {
    fn advance(&mut self) -> DocId {
        self.go_to(self.doc.saturating_add(1))
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.max_doc
    }
}

impl Scorer for Docs {
    fn score(&mut self) -> Score {
        0.0
    }
}
