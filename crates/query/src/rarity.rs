//! How rare a term is.

use tantivy::schema::Term;
use tantivy::{Score, Searcher};

/// The inverse document frequency of BM25, as the engine has it: deleted documents count until
/// they are merged away.
pub(crate) fn idf(searcher: &Searcher, term: &Term) -> tantivy::Result<Score> {
    Ok(of(searcher.doc_freq(term)?, documents(searcher)))
}

/// How many documents there are, deleted ones too.
pub(crate) fn documents(searcher: &Searcher) -> u64 {
    let segments = searcher.segment_readers().iter();
    segments.map(|segment| u64::from(segment.max_doc())).sum()
}

/// How rare is what so many of these documents have.
pub(crate) fn of(holders: u64, documents: u64) -> Score {
    let (holders, documents) = (holders as Score, documents as Score);
    (1.0 + (documents - holders + 0.5).max(0.0) / (holders + 0.5)).ln()
}
