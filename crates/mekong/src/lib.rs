//! Full-text search for Vietnamese, Thai, Lao, Khmer, Burmese, English, Chinese, Japanese and
//! Korean: one index for any mix of them, embedded in your program.
//!
//! Nobody needs to say which language a text or a query is in. Vietnamese is found with accents
//! and without, words of scripts without blanks are found inside their sentences, and documents
//! are filtered and sorted by date.
//!
//! ```
//! use mekong::{Document, Index, Query, Searcher, Writer};
//!
//! let folder = tempfile::tempdir()?;
//! let index = Index::open_or_create(folder.path().join("archive"))?;
//!
//! let mut writer = Writer::new(&index)?;
//! writer.upsert(
//!     Document::new("vna-1")
//!         .title("Điện đàm hai Bộ trưởng")
//!         .body("Chiều 3/10, Quyền Bộ trưởng Ngoại giao đã có cuộc điện đàm.")
//!         .date("2025-10-03".parse()?),
//! )?;
//! writer.commit()?;
//!
//! let searcher = Searcher::new(&index);
//! let query = Query::text("bo truong ngoai giao").since("2025-10-01".parse()?).limit(5);
//! for hit in searcher.search(&query)? {
//!     println!("{:.2} {} {}", hit.score, hit.id(), hit.title());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! - `compression` (default): reads `.gz` and `.zst` files.
//! - `formats`: reads HTML, RSS and Atom, CSV and TSV, WARC; or `html`, `feeds`, `csv`, `warc`
//!   alone.
//! - `japanese`, `korean`, `chinese`: words by a lindera dictionary, whose folder is named when an
//!   index is created ([`IndexOptions::dictionary`]).
//! - `embed-japanese`, `embed-korean`, `embed-chinese`: the same with the dictionary in the
//!   binary. The build of these downloads it.
//! - `unstable-tantivy`: the tantivy index below, as `mekong::engine`, outside of the promise of
//!   semantic versioning.

pub use mekong_core::{
    Aliases, Analyzer, DateSource, Detected, Dictionaries, Document, Error as IndexError, Filter,
    FilterDate, FilterKey, Index, IndexOptions, Language, Reload, Strength, Token, TokenKind,
    UserWords, alias, language, script,
};
pub use mekong_dates as dates;
pub use mekong_dates::{Date, DateRange, Period, Zone};
#[cfg(feature = "csv")]
pub use mekong_ingest::{Column, Columns};
pub use mekong_ingest::{
    CommitPolicy, Documents, Encoding, Error as IngestError, FileReport, Format, Ingest, Problem,
    Progress, Read, ReadOptions, Reindex, Report, Writer, WriterOptions, read, reindex,
};
pub use mekong_query::{
    Bucket, Correction, Count, Cursor, Error as QueryError, Evidence, EvidenceKind, Explanation,
    Facet, FacetCounts, FacetValue, Highlighter, Highlights, Hit, Note, NoteKind, Parsed, Query,
    Results, Searcher, Snippet, Sort, Suggestion, SuggestionKind, Total, Weights,
};
pub use mekong_segment::Error as UserWordsError;

/// tantivy, which the index stands on. Outside of the promise of semantic versioning.
#[cfg(feature = "unstable-tantivy")]
pub use mekong_core::engine;
