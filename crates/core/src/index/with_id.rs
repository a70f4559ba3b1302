//! The document with an id, as a query of the engine that deletes what it matches.

use tantivy::postings::SegmentPostings;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, Score, SegmentReader};

/// The document with an id. There is one of these for each document that is written until it is
/// committed: the engine's own query of a term takes a kilobyte, which is a table of scores.
#[derive(Clone, Debug)]
pub(super) struct WithId(pub(super) Term);

impl WithId {
    fn postings(&self, reader: &SegmentReader) -> tantivy::Result<Option<SegmentPostings>> {
        let terms = reader.inverted_index(self.0.field())?;
        Ok(terms.read_postings(&self.0, IndexRecordOption::Basic)?)
    }
}

impl Query for WithId {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for WithId {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.postings(reader)? {
            Some(postings) => Box::new(ConstScorer::new(postings, boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("has the id", 1.0))
    }
}
