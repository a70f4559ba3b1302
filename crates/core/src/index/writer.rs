//! The one writer of an index.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::query::EmptyQuery;
use tantivy::schema::Term;
use tantivy::{IndexMeta, IndexWriter as EngineWriter, TantivyError};

use super::Index;
use super::budget::{Budget, Held};
use super::cluster::Clusters;
use super::delete::Matching;
use super::encoded::Encoded;
use super::fields::Encoder;
use super::with_id::WithId;
use crate::{Document, Error, Filter};

/// Writes documents to an index as they are. Holds the lock of the index until it is dropped.
///
/// Documents are made into what is indexed by an [`Encoder`], of which any number of threads may
/// have one, and written one after another: what is written later wins.
pub struct IndexWriter {
    index: Index,
    engine: EngineWriter<Encoded>,
    encoder: Encoder,
    clusters: Clusters,
    /// What documents may take that wait for the thread that builds segments.
    budget: Arc<Budget>,
    checkpoints: Checkpoints,
    /// Those of the last commit.
    committed: Checkpoints,
    /// Whether a failure could not be undone.
    broken: bool,
}

/// Texts by their names, kept with a commit.
pub(super) type Checkpoints = BTreeMap<String, String>;

/// What Mekong keeps with a commit.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Payload {
    checkpoints: Checkpoints,
}

/// Of the memory so much goes to the segments that are being built,
const SEGMENTS_SHARE: f64 = 0.5;
/// so much to documents that are under way,
const UNDER_WAY_SHARE: f64 = 0.25;
/// and so much to finding copies of documents that are not committed.
const CLUSTERS_SHARE: f64 = 0.25;
/// What the engine asks for at least, and takes at most, for each segment that is being built.
const SEGMENT: RangeInclusive<usize> = 15_000_000..=4_000_000_000;

impl IndexWriter {
    /// Locks the index for writing, with one thread that builds segments.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::with_threads`].
    pub fn new(index: &Index, memory: usize) -> Result<Self, Error> {
        Self::with_threads(index, memory, 1)
    }

    /// Locks the index for writing. `memory` is what documents may take in bytes before they go
    /// to a segment of their own, on as many threads as have 15 MB of it each; there is one at
    /// least.
    ///
    /// # Errors
    ///
    /// [`Error::is_locked`] where another writer holds the index.
    pub fn with_threads(index: &Index, memory: usize, threads: usize) -> Result<Self, Error> {
        index.guard(|| Self::open(index, memory, threads))
    }

    fn open(index: &Index, memory: usize, threads: usize) -> Result<Self, Error> {
        let share = |share: f64| (memory as f64 * share) as usize;
        let segments = share(SEGMENTS_SHARE);
        let threads = threads.min(segments / SEGMENT.start()).max(1);
        let segment = (segments / threads).clamp(*SEGMENT.start(), *SEGMENT.end());
        let engine = index
            .engine()
            .writer_with_num_threads(threads, segment * threads)
            .and_then(begun)
            .map_err(Error::engine)?;
        // Another process may have written to the index since it was opened.
        index.read_last_commit().map_err(Error::engine)?;
        let searcher = index.newest();
        let clusters = Clusters::new(*index.fields(), &searcher, share(CLUSTERS_SHARE));
        let checkpoints = checkpoints(index)?;
        Ok(Self {
            index: index.clone(),
            engine,
            encoder: Encoder::new(index),
            clusters: clusters.map_err(Error::engine)?,
            budget: Budget::new(share(UNDER_WAY_SHARE)),
            committed: checkpoints.clone(),
            checkpoints,
            broken: false,
        })
    }

    /// Adds a document in place of the one with its id, if there is one. Waits while documents
    /// that are under way take too much memory.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_document`] where the id is empty or too long, or the metadata nests too
    /// deep. Any other error takes back all changes since the last commit.
    pub fn upsert(&mut self, document: &Document) -> Result<(), Error> {
        let mut encoded = self.encoder.encode(document, None)?;
        encoded.held = Some(self.budget.hold(encoded.bytes()));
        self.write(encoded)
    }

    /// An encoder of this index's documents, for a thread of its own.
    #[must_use]
    pub fn encoder(&self) -> Encoder {
        Encoder::new(&self.index)
    }

    /// Room for a document that takes about so many bytes, if there is any now. There is where
    /// nothing else is under way.
    #[must_use]
    pub fn try_hold(&self, bytes: usize) -> Option<Held> {
        self.budget.try_hold(bytes)
    }

    /// Room for a document that takes about so many bytes, when there is. Only what was written
    /// makes room; whoever has encoded documents at hand writes them before waiting here.
    #[must_use]
    pub fn hold(&self, bytes: usize) -> Held {
        self.budget.hold(bytes)
    }

    /// Bytes of the documents that are under way: held or written, but not yet part of a segment.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.budget.held()
    }

    /// Adds an encoded document in place of the one with its id, if there is one.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read or written to. That takes back all changes since the last
    /// commit.
    pub fn write(&mut self, encoded: Encoded) -> Result<(), Error> {
        self.guard(|writer| writer.add(encoded))
    }

    fn add(&mut self, mut encoded: Encoded) -> Result<(), Error> {
        let clustered = self.clusters.add_to(&mut encoded);
        self.undo_unless(clustered)?;
        if let Some(id) = encoded.text(self.index.fields().id) {
            self.delete(id);
        }
        let added = self.engine.add_document(encoded);
        self.undo_unless(added)
    }

    /// Keeps a text under a name with the next commit, or no longer. It says how far somebody
    /// came who writes: it is durable when the documents are that were written before it.
    pub fn set_checkpoint(&mut self, name: &str, text: Option<String>) {
        match text {
            Some(text) => drop(self.checkpoints.insert(name.to_owned(), text)),
            None => drop(self.checkpoints.remove(name)),
        }
    }

    /// The text that is kept under a name.
    #[must_use]
    pub fn checkpoint(&self, name: &str) -> Option<&str> {
        self.checkpoints.get(name).map(String::as_str)
    }

    /// Deletes the document with this id, if there is one.
    pub fn delete(&mut self, id: &str) {
        let term = Term::from_field_text(self.index.fields().id, id);
        // Making it a weight cannot fail.
        drop(self.engine.delete_query(Box::new(WithId(term))));
    }

    /// Deletes the documents that pass all of these filters: those of the last commit and those
    /// that were written since. What is written later stays.
    ///
    /// How many there are is known only when they are gone: compare
    /// [`Index::document_count`] before and after a commit.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_filter`] for a filter of what is not indexed, or for none at all. Any
    /// other error takes back all changes since the last commit.
    pub fn delete_matching(&mut self, filters: &[Filter]) -> Result<(), Error> {
        if filters.is_empty() {
            return Err(Error::no_filter());
        }
        self.delete_passing(filters)
    }

    /// Deletes every document, as [`delete_matching`](Self::delete_matching) does.
    ///
    /// # Errors
    ///
    /// Where the writer has failed before.
    pub fn delete_all(&mut self) -> Result<(), Error> {
        self.delete_passing(&[])
    }

    fn delete_passing(&mut self, filters: &[Filter]) -> Result<(), Error> {
        filters.iter().try_for_each(Filter::check)?;
        self.guard(|writer| {
            let matching = Matching::new(filters);
            let deleted = writer.engine.delete_query(Box::new(matching));
            writer.undo_unless(deleted).map(drop)
        })
    }

    /// Makes all changes since the last commit durable and visible, all or none.
    ///
    /// # Errors
    ///
    /// Where the files cannot be written; the index then stands at its last commit, and changes
    /// since then are gone. [`Error::is_not_visible`] where the changes are durable but searchers
    /// could not be brought up to date.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.guard(Self::commit_all)
    }

    fn commit_all(&mut self) -> Result<(), Error> {
        let committed = self.commit_engine();
        self.undo_unless(committed)?;
        self.committed.clone_from(&self.checkpoints);
        let read = self.index.read_last_commit();
        read.map_err(Error::not_visible)?;
        let seen = self.clusters.see(&self.index.newest());
        seen.map_err(Error::not_visible)
    }

    fn commit_engine(&mut self) -> tantivy::Result<()> {
        let payload = Payload {
            checkpoints: self.checkpoints.clone(),
        };
        let payload = serde_json::to_string(&payload).map_err(std::io::Error::from)?;
        let mut commit = self.engine.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit().map(drop)
    }

    /// Forgets all changes since the last commit.
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read.
    pub fn rollback(&mut self) -> Result<(), Error> {
        self.guard(|writer| writer.undo().map_err(Error::engine))
    }

    /// Waits until segments that are being merged have been, and gives the lock back. Changes
    /// since the last commit are lost.
    ///
    /// # Errors
    ///
    /// Where a merge failed; what was committed is whole.
    pub fn close(self) -> Result<(), Error> {
        let Self { index, engine, .. } = self;
        index.guard(|| {
            engine.wait_merging_threads().map_err(Error::engine)?;
            index.read_last_commit().map_err(Error::not_visible)
        })
    }

    /// Does work with the engine. Where that panics because of damage there is no way back.
    fn guard(&mut self, work: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        if self.broken {
            return Err(Error::broken_writer());
        }
        let index = self.index.clone();
        let mut is_done = false;
        let result = index.guard(|| {
            let result = work(self);
            is_done = true;
            result
        });
        self.broken |= !is_done;
        result
    }

    /// After a failure the engine has lost some changes but not others. A commit must not make
    /// what is left durable: deletions without the documents that were to follow them.
    fn undo_unless<T>(&mut self, result: tantivy::Result<T>) -> Result<(), Error> {
        let Err(mut error) = result else {
            return Ok(());
        };
        // The thread that builds segments failed before; it tells why when it is joined.
        if matches!(error, TantivyError::ErrorInThread(_))
            && let Err(cause) = self.engine.prepare_commit().map(drop)
        {
            error = cause;
        }
        // What went wrong first is what is told.
        drop(self.undo());
        Err(Error::engine(error))
    }

    fn undo(&mut self) -> tantivy::Result<()> {
        self.clusters.forget();
        self.checkpoints.clone_from(&self.committed);
        let undone = self.engine.rollback().and_then(|_| begin(&self.engine));
        self.broken = undone.is_err();
        undone
    }
}

/// Takes the first stamp of a new writer of the engine for what does nothing.
///
/// The engine gives the first operation of a writer the stamp of the last commit (tantivy 0.27). A
/// merge that begins before the next commit takes a deletion with that stamp for done where it is
/// not, and the document that was to be replaced comes back.
fn begin(engine: &EngineWriter<Encoded>) -> tantivy::Result<()> {
    engine.delete_query(Box::new(EmptyQuery)).map(drop)
}

fn begun(engine: EngineWriter<Encoded>) -> tantivy::Result<EngineWriter<Encoded>> {
    begin(&engine)?;
    Ok(engine)
}

/// What the last commit keeps.
pub(super) fn checkpoints(index: &Index) -> Result<Checkpoints, Error> {
    let metas = index.engine().load_metas().map_err(Error::engine)?;
    Ok(checkpoints_of(metas))
}

/// What a commit keeps.
pub(super) fn checkpoints_of(metas: IndexMeta) -> Checkpoints {
    // Without a payload, or with one of somebody else, there are none.
    let payload = metas
        .payload
        .and_then(|json| serde_json::from_str::<Payload>(&json).ok());
    payload.unwrap_or_default().checkpoints
}

#[cfg(test)]
mod tests {
    use tantivy::merge_policy::NoMergePolicy;

    use super::*;

    fn upsert(writer: &mut IndexWriter, id: &str) {
        writer.upsert(&Document::new(id).body("text")).unwrap();
    }

    /// Segments that wait to be merged, the last of which had a deletion with the last commit.
    fn with_segments() -> Index {
        let index = Index::in_memory().unwrap();
        let mut writer = IndexWriter::new(&index, 0).unwrap();
        writer.engine.set_merge_policy(Box::new(NoMergePolicy));
        for batch in 0..9 {
            upsert(&mut writer, &format!("a{batch}"));
            upsert(&mut writer, &format!("b{batch}"));
            upsert(&mut writer, &format!("c{batch}"));
            if batch == 8 {
                writer.delete("a7");
            }
            writer.commit().unwrap();
        }
        index
    }

    #[test]
    fn the_first_deletion_of_a_writer_is_not_lost_in_a_merge() {
        let index = with_segments();
        let count = index.document_count();
        let mut writer = IndexWriter::new(&index, 0).unwrap();
        upsert(&mut writer, "b7");
        writer.commit().unwrap();
        writer.close().unwrap();
        assert_eq!(index.document_count(), count);
    }

    #[test]
    fn the_first_deletion_after_a_rollback_is_not_lost_in_a_merge() {
        let index = with_segments();
        let count = index.document_count();
        let mut writer = IndexWriter::new(&index, 0).unwrap();
        writer.rollback().unwrap();
        upsert(&mut writer, "b7");
        writer.commit().unwrap();
        writer.close().unwrap();
        assert_eq!(index.document_count(), count);
    }
}
