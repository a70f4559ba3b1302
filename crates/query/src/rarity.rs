//! How rare a term is.

use tantivy::schema::Term;
use tantivy::{Score, Searcher};

/// The inverse document frequency of BM25, as the engine has it: deleted documents count until
/// they are merged away.
pub(crate) fn idf(searcher: &Searcher, term: &Term) -> tantivy::Result<Score> {
    let segments = searcher.segment_readers().iter();
    let documents = segments
        .map(|segment| segment.max_doc() as Score)
        .sum::<Score>();
    let holders = searcher.doc_freq(term)? as Score;
    Ok((1.0 + (documents - holders + 0.5).max(0.0) / (holders + 0.5)).ln())
}
