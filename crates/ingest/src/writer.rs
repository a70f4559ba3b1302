//! The one writer of an index.

use std::path::Path;

use mekong_core::engine::IndexWriter;
use mekong_core::{Document, Index, is_zawgyi, language};

use crate::{Error, Problem, Report, read};

/// Writes documents to an index: upsert, delete, commit.
///
/// An index has one writer at a time, across threads and processes; a second one is refused
/// ([`Error::is_locked`]). Nothing is visible or durable before [`Writer::commit`]; what was not
/// committed when the writer is dropped, or when the process dies, is gone, and the index stands
/// at its last commit.
///
/// ```
/// use mekong_core::{Document, Index};
/// use mekong_ingest::Writer;
///
/// let index = Index::in_memory()?;
/// let mut writer = Writer::new(&index)?;
/// writer.upsert(Document::new("a").body("Hai bên nhất trí"))?;
/// writer.upsert(Document::new("a").body("Hai bên thống nhất"))?;
/// writer.commit()?;
/// assert_eq!(index.document_count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Writer {
    index: IndexWriter,
}

/// How a writer is to work.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WriterOptions {
    memory: usize,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { memory: 100 << 20 }
    }
}

impl WriterOptions {
    /// Bytes that documents may take in memory before they go to a segment on disk: 100 MiB
    /// unless told, 15 MB at least and 4 GB at most. More memory makes fewer and larger segments.
    /// Documents that wait for their turn come on top.
    #[must_use]
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// Locks the index for writing.
    ///
    /// # Errors
    ///
    /// As [`Writer::new`].
    pub fn open(self, index: &Index) -> Result<Writer, Error> {
        let index = IndexWriter::new(index, self.memory)?;
        Ok(Writer { index })
    }
}

impl Writer {
    /// Locks the index for writing, with default options.
    ///
    /// # Errors
    ///
    /// [`Error::is_locked`] where another writer holds the index.
    pub fn new(index: &Index) -> Result<Self, Error> {
        Self::options().open(index)
    }

    /// Options for a writer.
    #[must_use]
    pub fn options() -> WriterOptions {
        WriterOptions::default()
    }

    /// Adds a document in place of the one with its id, if there is one. Its language is detected
    /// if it is not set.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] where the id is empty or too long.
    pub fn upsert(&mut self, mut document: Document) -> Result<(), Error> {
        if document.language.is_none() {
            document.language = language::detect(&document.body).or_else(|| {
                let title = document.title.as_deref()?;
                language::detect(&format!("{title}\n{}", document.body))
            });
        }
        Ok(self.index.upsert(&document)?)
    }

    /// Upserts the documents of a file or folder (see [`read`]). What cannot be read is in the
    /// report, and the rest is indexed all the same.
    ///
    /// # Errors
    ///
    /// Where `path` does not exist, or the index cannot be written to.
    pub fn ingest(&mut self, path: impl AsRef<Path>) -> Result<Report, Error> {
        let path = path.as_ref();
        path.metadata().map_err(|error| Error::io(path, error))?;
        let mut report = Report::default();
        for item in read(path) {
            match item {
                Ok(read) => {
                    let (file, line) = (read.path, read.line);
                    let is_zawgyi = is_zawgyi(&read.document.body);
                    match self.upsert(read.document) {
                        Ok(()) => {
                            report.documents += 1;
                            if let Some(encoding) = read.encoding {
                                *report.decoded.entry(encoding).or_default() += 1;
                            }
                            if is_zawgyi {
                                let error = Error::zawgyi(&file).in_file(Some(&file), line);
                                report.add(Problem::Zawgyi(error));
                            }
                        }
                        Err(error) if error.is_invalid() => {
                            let error = error.in_file(Some(&file), line);
                            report.add(Problem::Skipped(error));
                        }
                        Err(error) => return Err(error.in_file(Some(&file), line)),
                    }
                    for problem in read.problems {
                        report.add(problem);
                    }
                }
                Err(error) => report.add(Problem::Skipped(error)),
            }
        }
        Ok(report)
    }

    /// Deletes the document with this id, if there is one.
    pub fn delete(&mut self, id: &str) {
        self.index.delete(id);
    }

    /// Makes all changes since the last commit durable, and visible to searchers, all or none.
    ///
    /// # Errors
    ///
    /// Where the files cannot be written; the index then stands at its last commit, and changes
    /// since then are gone. Where its index error [is not visible](mekong_core::Error::is_not_visible)
    /// the changes are durable, but searchers could not be brought up to date.
    pub fn commit(&mut self) -> Result<(), Error> {
        Ok(self.index.commit()?)
    }

    /// Forgets all changes since the last commit.
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read.
    pub fn rollback(&mut self) -> Result<(), Error> {
        Ok(self.index.rollback()?)
    }

    /// Commits, waits until the segments that are being merged have been, and gives the lock
    /// back. Dropping a writer gives the lock back at once, and leaves merging to the next one.
    ///
    /// # Errors
    ///
    /// As [`Writer::commit`].
    pub fn close(mut self) -> Result<(), Error> {
        self.commit()?;
        Ok(self.index.close()?)
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}
