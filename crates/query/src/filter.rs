//! Which documents of a segment pass: by filters, by date, and but for some.

use std::ops::Range;

use mekong_core::Filter;
use mekong_core::engine::SegmentFilters;
use tantivy::{DocId, SegmentReader};

use crate::Error;
use crate::collapse::Clusters;
use crate::scan::{Borders, Dated};

/// What is asked document by document, for one segment.
pub(crate) struct SegmentFilter<'a> {
    reader: &'a SegmentReader,
    borders: Option<Borders>,
    filters: SegmentFilters,
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

impl<'a> SegmentFilter<'a> {
    /// `None` where no document of the segment can pass.
    pub(crate) fn new(
        reader: &'a SegmentReader,
        dated: &Dated,
        filters: &[Filter],
    ) -> Result<Option<Self>, Error> {
        let filters = SegmentFilters::new(reader, filters)?;
        Ok(filters.map(|filters| Self {
            reader,
            borders: dated.borders(),
            filters,
            without: None,
        }))
    }

    /// How many documents of a range pass, where that is known without asking each.
    pub(crate) fn count(&self, docs: &Range<DocId>) -> Option<u64> {
        if self.borders.is_some() || !self.filters.pass_all() || self.without.is_some() {
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
        self.filters.pass(doc)
    }
}
