//! The one writer of an index.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;

use mekong_core::engine::{Encoded, IndexWriter};
use mekong_core::{Document, Filter, Index};

use crate::pipeline::{self, Work, text_bytes};
use crate::policy::Uncommitted;
use crate::{CommitPolicy, Error, Ingest, Report};

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
    pub(crate) index: IndexWriter,
    pub(crate) threads: usize,
    pub(crate) policy: CommitPolicy,
    uncommitted: Uncommitted,
}

/// How a writer is to work.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WriterOptions {
    memory: usize,
    threads: usize,
    policy: CommitPolicy,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self {
            memory: 100 << 20,
            threads: thread::available_parallelism().map_or(1, NonZeroUsize::get),
            policy: CommitPolicy::manual(),
        }
    }
}

impl WriterOptions {
    /// Bytes that documents may take in memory before they are in a segment on disk: 100 MiB
    /// unless told, 15 MB at least and 4 GB at most. Documents that wait for their turn are among
    /// them. More memory makes fewer and larger segments, which are merged less often.
    ///
    /// The process takes up to twice as much and some 100 MB, not counting pages of the index that
    /// the system keeps in memory. A single document that is larger than this allows goes alone,
    /// and takes about eight times its text.
    #[must_use]
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// So many threads analyse documents ([`Writer::upsert_all`], [`Writer::ingest`]): as many as
    /// the machine has processors, unless told. With one they are analysed on the thread that
    /// calls.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// When the writer commits by itself: never, unless told.
    #[must_use]
    pub fn commit_policy(mut self, policy: CommitPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Locks the index for writing.
    ///
    /// # Errors
    ///
    /// As [`Writer::new`].
    pub fn open(self, index: &Index) -> Result<Writer, Error> {
        Ok(Writer {
            index: IndexWriter::new(index, self.memory)?,
            threads: self.threads,
            policy: self.policy,
            uncommitted: Uncommitted::default(),
        })
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

    /// Adds a document in place of the one with its id, if there is one. Its languages are
    /// [detected](Document::detect_languages) as far as they are not set.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] where the id is empty or too long. Where the index cannot be written
    /// to, changes since the last commit are gone; as [`Writer::commit`] where the writer commits
    /// by itself.
    pub fn upsert(&mut self, mut document: Document) -> Result<(), Error> {
        document.detect_languages();
        self.index.upsert(&document)?;
        self.uncommitted.add(text_bytes(&document));
        self.commit_if_due()
    }

    /// Upserts many documents, which are analysed by several threads
    /// ([`WriterOptions::threads`]) and written in their order: of two with one id the later one
    /// stays. Gives the number of documents that were written.
    ///
    /// # Errors
    ///
    /// As [`Writer::upsert`], with the documents before the one that is at fault written.
    pub fn upsert_all(
        &mut self,
        documents: impl IntoIterator<Item = Document>,
    ) -> Result<u64, Error> {
        let mut count = 0;
        let items = documents.into_iter().map(|document| ((), Some(document)));
        pipeline::run(self, self.threads, items, |writer, (), done| {
            if let Some(done) = done {
                writer.write(done.encoded, done.bytes)?;
                count += 1;
                writer.commit_if_due()?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(count)
    }

    /// Upserts the documents of a file or folder (see [`read`](crate::read)). What cannot be read
    /// is in the report, and the rest is indexed all the same. [`Ingest`] does this with options,
    /// commits, and goes on where an earlier run was interrupted.
    ///
    /// # Errors
    ///
    /// Where `path` does not exist, or the index cannot be written to.
    pub fn ingest(&mut self, path: impl AsRef<Path>) -> Result<Report, Error> {
        Ingest::new().path(path).run_within(self)
    }

    /// Keeps a text under a name with the next commit, or no longer: how far a program came, for
    /// one that goes on after it. It is durable when the documents are that were written before
    /// it; [`Index::checkpoint`] reads it. An ingest keeps names that begin with `ingest:`.
    pub fn set_checkpoint(&mut self, name: &str, text: Option<String>) {
        self.index.set_checkpoint(name, text);
    }

    /// The text that is kept under a name, committed or not.
    #[must_use]
    pub fn checkpoint(&self, name: &str) -> Option<&str> {
        self.index.checkpoint(name)
    }

    /// Deletes the document with this id, if there is one.
    pub fn delete(&mut self, id: &str) {
        self.index.delete(id);
    }

    /// Deletes the documents that pass all of these filters: those of the last commit and those
    /// that were written since. What is written later stays.
    ///
    /// How many there are is known only when they are gone: compare [`Index::document_count`]
    /// before and after a commit.
    ///
    /// ```
    /// use mekong_core::{Document, Filter, Index};
    /// use mekong_ingest::Writer;
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = Writer::new(&index)?;
    /// writer.upsert(Document::new("old").source("VNA").date("2019-06-30".parse()?))?;
    /// writer.upsert(Document::new("new").source("VNA").date("2025-10-03".parse()?))?;
    /// writer.delete_matching(&[Filter::source().is("VNA"), Filter::date().before("2020".parse()?)])?;
    /// writer.commit()?;
    /// assert!(index.get("old")?.is_none() && index.get("new")?.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where its index error [is an invalid filter](mekong_core::Error::is_invalid_filter): one of
    /// what is not indexed, or none at all.
    pub fn delete_matching(&mut self, filters: &[Filter]) -> Result<(), Error> {
        Ok(self.index.delete_matching(filters)?)
    }

    /// Deletes every document, those too that were written since the last commit.
    ///
    /// # Errors
    ///
    /// Where the writer has failed before.
    pub fn delete_all(&mut self) -> Result<(), Error> {
        Ok(self.index.delete_all()?)
    }

    /// Makes all changes since the last commit durable, and visible to searchers, all or none.
    ///
    /// # Errors
    ///
    /// Where the files cannot be written; the index then stands at its last commit, and changes
    /// since then are gone; the writer goes on from there. Where its index error
    /// [is not visible](mekong_core::Error::is_not_visible) the changes are durable, but searchers
    /// could not be brought up to date.
    pub fn commit(&mut self) -> Result<(), Error> {
        let _span = tracing::info_span!("commit").entered();
        self.uncommitted = Uncommitted::default();
        Ok(self.index.commit()?)
    }

    /// Forgets all changes since the last commit.
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read.
    pub fn rollback(&mut self) -> Result<(), Error> {
        self.uncommitted = Uncommitted::default();
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

    /// Writes what was made of a document with so many bytes of text.
    pub(crate) fn write(
        &mut self,
        encoded: Result<Encoded, Error>,
        bytes: usize,
    ) -> Result<(), Error> {
        self.index.write(encoded?)?;
        self.uncommitted.add(bytes);
        Ok(())
    }

    /// Whether it is time to commit.
    pub(crate) fn is_due(&self) -> bool {
        self.uncommitted.is_due(&self.policy)
    }

    fn commit_if_due(&mut self) -> Result<(), Error> {
        if self.is_due() {
            self.commit()?;
        }
        Ok(())
    }
}

impl Work for Document {
    type Found = ();

    fn document(&self) -> &Document {
        self
    }

    fn complete(mut self) -> (Document, ()) {
        self.detect_languages();
        (self, ())
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}
