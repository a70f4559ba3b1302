//! The one writer of an index.

use std::ops::RangeInclusive;

use tantivy::schema::Term;
use tantivy::{IndexWriter as EngineWriter, TantivyDocument};

use super::cluster::Clusters;
use super::fields::Encoder;
use super::{Index, Moment};
use crate::{Document, Error};

/// Writes documents to an index as they are. Holds the lock of the index until it is dropped.
pub struct IndexWriter {
    index: Index,
    engine: EngineWriter<TantivyDocument>,
    encoder: Encoder,
    clusters: Clusters,
    /// Whether a failure could not be undone.
    broken: bool,
}

/// This part of the memory more is for finding copies of documents that are not committed.
const CLUSTERS_SHARE: usize = 4;
/// What the engine asks for at least, and takes at most.
const MEMORY: RangeInclusive<usize> = 15_000_000..=4_000_000_000;

impl IndexWriter {
    /// Locks the index for writing. `memory` is what documents may take in bytes before they go
    /// to a segment of their own, 15 MB at least and 4 GB at most.
    ///
    /// # Errors
    ///
    /// [`Error::is_locked`] where another writer holds the index.
    pub fn new(index: &Index, memory: usize) -> Result<Self, Error> {
        // One thread builds segments beside the one that analyses.
        let memory = memory.clamp(*MEMORY.start(), *MEMORY.end());
        let engine = index
            .engine()
            .writer_with_num_threads(1, memory)
            .map_err(Error::engine)?;
        // Another process may have written to the index since it was opened.
        index.reload().map_err(Error::engine)?;
        let fields = *index.fields();
        let clusters = Clusters::new(fields, &index.searcher(), memory / CLUSTERS_SHARE);
        Ok(Self {
            index: index.clone(),
            engine,
            encoder: Encoder::new(fields),
            clusters: clusters.map_err(Error::engine)?,
            broken: false,
        })
    }

    /// Adds a document in place of the one with its id, if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_document`] where the id is empty or too long, or the metadata nests too
    /// deep. Any other error takes back all changes since the last commit.
    pub fn upsert(&mut self, document: &Document) -> Result<(), Error> {
        if self.broken {
            return Err(Error::broken_writer());
        }
        let (mut encoded, sketched) = self.encoder.encode(self.index.analyzer(), document)?;
        let moment = document.date.map(Moment::from);
        let clustered = self
            .clusters
            .add_to(&mut encoded, sketched.as_ref(), moment);
        self.undo_unless(clustered)?;
        self.delete(&document.id);
        let added = self.engine.add_document(encoded);
        self.undo_unless(added)
    }

    /// Deletes the document with this id, if there is one.
    pub fn delete(&mut self, id: &str) {
        self.engine
            .delete_term(Term::from_field_text(self.index.fields().id, id));
    }

    /// Makes all changes since the last commit durable and visible, all or none.
    ///
    /// # Errors
    ///
    /// Where the files cannot be written; the index then stands at its last commit, and changes
    /// since then are gone. [`Error::is_not_visible`] where the changes are durable but searchers
    /// could not be brought up to date.
    pub fn commit(&mut self) -> Result<(), Error> {
        if self.broken {
            return Err(Error::broken_writer());
        }
        let committed = self.engine.commit();
        self.undo_unless(committed)?;
        self.index.reload().map_err(Error::not_visible)?;
        let seen = self.clusters.see(&self.index.searcher());
        seen.map_err(Error::not_visible)
    }

    /// Forgets all changes since the last commit.
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read.
    pub fn rollback(&mut self) -> Result<(), Error> {
        if self.broken {
            return Err(Error::broken_writer());
        }
        self.clusters.forget();
        let undone = self.engine.rollback();
        self.broken = undone.is_err();
        undone.map(drop).map_err(Error::engine)
    }

    /// Waits until segments that are being merged have been, and gives the lock back. Changes
    /// since the last commit are lost.
    ///
    /// # Errors
    ///
    /// Where a merge failed; what was committed is whole.
    pub fn close(self) -> Result<(), Error> {
        self.engine.wait_merging_threads().map_err(Error::engine)?;
        self.index.reload().map_err(Error::not_visible)
    }

    /// After a failure the engine has lost some changes but not others. A commit must not make
    /// what is left durable: deletions without the documents that were to follow them.
    fn undo_unless<T>(&mut self, result: tantivy::Result<T>) -> Result<(), Error> {
        let Err(error) = result else {
            return Ok(());
        };
        self.clusters.forget();
        self.broken = self.engine.rollback().is_err();
        Err(Error::engine(error))
    }
}
