//! The documents of an old index into a new one.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use mekong_core::engine::{StoredDocuments, create_whole};
use mekong_core::{Document, IndexOptions};

use crate::pipeline::{self, Work};
use crate::{Error, Problem, Report, WriterOptions};

/// Writes the documents of an index of this format or an older one, from format 4 on, to a new
/// index in an empty or a new folder: where another version or analyzer wrote it, or to change its
/// options.
///
/// Documents are written as they are stored, so that nothing of them changes, the oldest first.
/// Options and checkpoints are those of the old index, which is not changed. Which documents are
/// copies of one article is found anew.
///
/// The new index appears when it is whole. Until then it is in a folder beside, whose name has
/// `.unfinished` added; after a crash that is of no use, and the next call removes it.
///
/// ```
/// use mekong_core::{Document, Index};
/// use mekong_ingest::{Writer, reindex};
///
/// let folder = tempfile::tempdir()?;
/// let (old, new) = (folder.path().join("old"), folder.path().join("new"));
/// let mut writer = Writer::new(&Index::create(&old)?)?;
/// writer.upsert(Document::new("a").body("Hai bên nhất trí"))?;
/// writer.close()?;
///
/// let report = reindex(&old, &new)?;
/// assert!(report.is_clean());
/// assert_eq!(Index::open(&new)?.document_count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Where its [index error](Error::index_error) says that there is no index to read, that a writer
/// holds it, that its files are damaged, or that the new folder is in use. A document that cannot be
/// read is in the report instead, and the rest is written all the same.
pub fn reindex(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<Report, Error> {
    Reindex::new().run(from, to)
}

/// Writes the documents of an index to a new one, with options: see [`reindex`].
///
/// ```no_run
/// use mekong_core::Index;
/// use mekong_ingest::{Reindex, Writer};
///
/// let report = Reindex::new()
///     .index(Index::options())
///     .writer(Writer::options().memory(1 << 30))
///     .progress(|done, all| eprintln!("{done} of {all}"))
///     .run("archive", "archive-5")?;
/// # Ok::<(), mekong_ingest::Error>(())
/// ```
#[derive(Default)]
#[must_use]
pub struct Reindex<'a> {
    options: Option<IndexOptions>,
    writer: WriterOptions,
    progress: Option<Box<dyn FnMut(u64, u64) + 'a>>,
}

/// After so many documents there is a commit, so that copies are found among all those before.
const COMMIT: u64 = 50_000;

impl<'a> Reindex<'a> {
    /// With the options of the old index, and those of any writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates the new index with these options instead of those of the old one.
    pub fn index(mut self, options: IndexOptions) -> Self {
        self.options = Some(options);
        self
    }

    /// Writes with so much memory and so many threads. When there is a commit makes no difference.
    pub fn writer(mut self, options: WriterOptions) -> Self {
        self.writer = options;
        self
    }

    /// Calls back after each document, with the number of those that are done, and of all.
    pub fn progress(mut self, callback: impl FnMut(u64, u64) + 'a) -> Self {
        self.progress = Some(Box::new(callback));
        self
    }

    /// Writes the documents of the index in one folder to a new one in another.
    ///
    /// # Errors
    ///
    /// As [`reindex`].
    pub fn run(self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<Report, Error> {
        let started = Instant::now();
        let from = from.as_ref();
        let old = StoredDocuments::open(from)?;
        let options = self.options.unwrap_or_else(|| old.options().clone());
        let mut progress = self.progress;
        let mut report = Report::default();
        create_whole(options, to.as_ref(), |new| {
            let mut writer = self.writer.open(new)?;
            let threads = writer.threads;
            let documents = old.iter()?.map(|document| match document {
                Ok(document) => (None, Some(AsItIs(document))),
                Err(error) => (Some(error), None),
            });
            let mut done = 0;
            pipeline::run(&mut writer, threads, documents, |writer, error, made| {
                let written = match (error, made) {
                    (Some(error), _) => Err(error.into()),
                    (None, Some(made)) => made.encoded,
                    // It was read or it was not.
                    (None, None) => return Ok(ControlFlow::Continue(())),
                };
                match written {
                    Ok(encoded) => {
                        writer.index.write(encoded)?;
                        report.documents += 1;
                        if report.documents.is_multiple_of(COMMIT) {
                            writer.commit()?;
                        }
                    }
                    Err(error) => {
                        let error = error.in_file(Some(from), None);
                        report.add(Problem::Skipped(error));
                    }
                }
                done += 1;
                if let Some(progress) = &mut progress {
                    progress(done, old.count());
                }
                Ok(ControlFlow::Continue(()))
            })?;
            for (name, text) in old.checkpoints() {
                writer.set_checkpoint(name, Some(text.clone()));
            }
            writer.close()
        })?;
        report.elapsed = started.elapsed();
        Ok(report)
    }
}

/// A document of which nothing is found out.
struct AsItIs(Document);

impl Work for AsItIs {
    type Found = ();

    fn document(&self) -> &Document {
        &self.0
    }

    fn complete(self) -> (Document, ()) {
        (self.0, ())
    }
}

impl std::fmt::Debug for Reindex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reindex").finish_non_exhaustive()
    }
}
