//! The documents of an old index into a new one.

use std::path::Path;

use mekong_core::IndexOptions;
use mekong_core::engine::{IndexWriter, StoredDocuments, create_whole};

use crate::{Error, Problem, Report};

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
    ReindexOptions::default().run(from, to)
}

/// How the documents of an index are to be written to a new one ([`reindex`]).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReindexOptions {
    options: Option<IndexOptions>,
    memory: usize,
}

impl Default for ReindexOptions {
    fn default() -> Self {
        Self {
            options: None,
            memory: 100 << 20,
        }
    }
}

/// After so many documents there is a commit, so that copies are found among all those before.
const COMMIT: u64 = 50_000;

impl ReindexOptions {
    /// Creates the new index with these options instead of those of the old one.
    #[must_use]
    pub fn index(mut self, options: IndexOptions) -> Self {
        self.options = Some(options);
        self
    }

    /// Bytes of memory for writing, as
    /// [`WriterOptions::memory`](crate::WriterOptions::memory): 100 MiB unless told.
    #[must_use]
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// Writes the documents of an index to a new one.
    ///
    /// # Errors
    ///
    /// As [`reindex`].
    pub fn run(self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<Report, Error> {
        let from = from.as_ref();
        let old = StoredDocuments::open(from)?;
        let options = self.options.unwrap_or_else(|| old.options().clone());
        create_whole(options, to.as_ref(), |new| {
            let mut writer = IndexWriter::new(new, self.memory)?;
            let mut report = Report::default();
            let skipped = |error| {
                let error = Error::from(error).in_file(Some(from), None);
                Problem::Skipped(error)
            };
            for document in old.iter()? {
                let document = match document {
                    Ok(document) => document,
                    Err(error) => {
                        report.add(skipped(error));
                        continue;
                    }
                };
                match writer.upsert(&document) {
                    Ok(()) => report.documents += 1,
                    Err(error) if error.is_invalid_document() => {
                        report.add(skipped(error));
                        continue;
                    }
                    Err(error) => return Err(error.into()),
                }
                if report.documents.is_multiple_of(COMMIT) {
                    writer.commit()?;
                }
            }
            for (name, text) in old.checkpoints() {
                writer.set_checkpoint(name, Some(text.clone()));
            }
            writer.commit()?;
            writer.close()?;
            Ok(report)
        })
    }
}
