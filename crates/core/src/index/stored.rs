//! The documents of an index that may be of an older format, or written with another analyzer.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::columnar::Column;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, DocId, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

use super::IndexOptions;
use super::directory::Checked;
use super::fields;
use super::format::{CHECKED_FORMAT, FORMAT_VERSION, Folder, OLDEST_FORMAT};
use super::writer::{Checkpoints, checkpoints_of};
use crate::{Document, Error};

/// What an index was made of: the documents of its last commit, as they were written.
///
/// Of the index only the stored documents are read, so that it matters not what its other fields
/// are. Holds the lock of the index until it is dropped, so that nothing is written to it that
/// would not be seen.
pub struct StoredDocuments {
    options: IndexOptions,
    checkpoints: Checkpoints,
    searcher: Searcher,
    stored: Field,
    _lock: DirectoryLock,
}

impl StoredDocuments {
    /// Opens an index of this format or an older one, from format 4 on.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`], [`Error::is_not_an_index`], [`Error::is_locked`] where there is a
    /// writer, [`Error::is_other_version`] for any other format, [`Error::is_corrupt`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let description = match Folder::look_for(path, OLDEST_FORMAT..=FORMAT_VERSION)? {
            Folder::Empty => return Err(Error::not_found(path)),
            Folder::Index(description) => description,
        };
        let is_checked = description.format >= CHECKED_FORMAT;
        let files = MmapDirectory::open(path).map_err(|error| Error::engine(error.into()))?;
        let lock = files.acquire_lock(&INDEX_WRITER_LOCK);
        let lock = lock.map_err(|error| Error::engine(TantivyError::LockFailure(error, None)))?;
        let files: Box<dyn Directory> = match is_checked {
            true => Box::new(Checked::new(Box::new(files))),
            false => Box::new(files),
        };
        let opened = catch_unwind(AssertUnwindSafe(|| open_engine(files, is_checked)));
        let (searcher, checkpoints) = opened.unwrap_or_else(|_| Err(panicked()))?;
        let stored = searcher.schema().get_field(fields::WHOLE);
        let stored = stored.map_err(Error::engine)?;
        Ok(Self {
            options: description.options,
            checkpoints,
            searcher,
            stored,
            _lock: lock,
        })
    }

    /// The options that the index was created with.
    #[must_use]
    pub fn options(&self) -> &IndexOptions {
        &self.options
    }

    /// What the last commit keeps, by its names.
    #[must_use]
    pub fn checkpoints(&self) -> &BTreeMap<String, String> {
        &self.checkpoints
    }

    /// How many documents there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The documents, the oldest first, undated ones last: so that of copies of an article the
    /// first one is written first. Documents of one date stay in the order of their segments.
    ///
    /// # Errors
    ///
    /// Each document that cannot be read is an error ([`Error::is_corrupt`]), and the iterator goes
    /// on behind it; the whole is one where the dates cannot be read.
    pub fn iter(&self) -> Result<impl Iterator<Item = Result<Document, Error>>, Error> {
        let segments = self.searcher.segment_readers().iter().map(|reader| {
            let dates = reader.fast_fields().i64(fields::DATE)?;
            Ok((dates, reader.max_doc()))
        });
        let segments = segments.collect::<tantivy::Result<_>>();
        Ok(oldest_first(segments.map_err(Error::engine)?)
            .filter(|address| {
                let reader = self.searcher.segment_reader(address.segment_ord);
                !reader.is_deleted(address.doc_id)
            })
            .map(|address| self.document(address)))
    }

    fn document(&self, address: DocAddress) -> Result<Document, Error> {
        let segment = || {
            let reader = self.searcher.segment_reader(address.segment_ord);
            reader.segment_id().uuid_string()
        };
        let undecodable = |source: Box<dyn std::error::Error + Send + Sync>| {
            Error::undecodable(segment(), address.doc_id, source)
        };
        let read = || self.searcher.doc::<TantivyDocument>(address);
        let read = catch_unwind(AssertUnwindSafe(read)).map_err(|_| panicked())?;
        let read = read.map_err(|error| undecodable(error.into()))?;
        let json = read.get_first(self.stored).and_then(|value| value.as_str());
        let json = json.unwrap_or_default();
        serde_json::from_str(json).map_err(|error| undecodable(error.into()))
    }
}

fn open_engine(
    files: Box<dyn Directory>,
    is_checked: bool,
) -> Result<(Searcher, Checkpoints), Error> {
    let engine = tantivy::Index::open(files).map_err(Error::engine)?;
    if !is_checked {
        // What is damaged may be read as anything.
        let damaged = engine.validate_checksum().map_err(Error::engine)?;
        if !damaged.is_empty() {
            return Err(Error::corrupt(damaged.into_iter().collect()));
        }
    }
    let checkpoints = checkpoints_of(engine.load_metas().map_err(Error::engine)?);
    let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual);
    let reader: tantivy::IndexReader = reader.try_into().map_err(Error::engine)?;
    Ok((reader.searcher(), checkpoints))
}

/// The engine panics at some places where it cannot read its files.
fn panicked() -> Error {
    let reason = "the engine cannot make sense of its files".to_owned();
    Error::engine(TantivyError::InternalError(reason))
}

/// The documents of segments that are sorted with the newest first, deleted ones too: the oldest
/// first, then the undated ones. `segments` are their dates, and how many documents they have.
fn oldest_first(segments: Vec<(Column<i64>, DocId)>) -> impl Iterator<Item = DocAddress> {
    // A document has one date at most, so that there are as many dated ones as there are dates.
    let mut ends: Vec<_> = segments
        .iter()
        .map(|(dates, _)| dates.values.num_vals())
        .collect();
    let undated: Vec<_> = (ends.iter().zip(&segments))
        .map(|(&dated, (_, max_doc))| dated..*max_doc)
        .enumerate()
        .collect();
    // Where a run of one date ends, and the date.
    let date_before = move |segment: usize, end: DocId| {
        let last = end.checked_sub(1)?;
        Some(segments[segment].0.first(last))
    };
    let nexts = (0..ends.len()).filter_map(|n| Some(Reverse((date_before(n, ends[n])?, n))));
    let mut nexts: BinaryHeap<_> = nexts.collect();
    let dated = std::iter::from_fn(move || {
        let Reverse((date, segment)) = nexts.pop()?;
        let end = ends[segment];
        let mut start = end;
        let before = loop {
            match date_before(segment, start) {
                Some(before) if before == date => start -= 1,
                before => break before,
            }
        };
        ends[segment] = start;
        nexts.extend(before.map(|date| Reverse((date, segment))));
        Some((segment, start..end))
    });
    dated
        .chain(undated)
        .flat_map(|(segment, docs)| docs.map(move |doc| DocAddress::new(segment as u32, doc)))
}
