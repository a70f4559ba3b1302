//! The one writer of an index.

use tantivy::schema::Term;
use tantivy::{IndexWriter as EngineWriter, TantivyDocument};

use super::Index;
use super::fields::Encoder;
use crate::{Document, Error};

/// Writes documents to an index as they are. Holds the lock of the index until it is dropped.
pub struct IndexWriter {
    index: Index,
    engine: EngineWriter<TantivyDocument>,
    encoder: Encoder,
}

/// What the engine asks for at least.
const MIN_MEMORY: usize = 15_000_000;

impl IndexWriter {
    /// Locks the index for writing. `memory` is what documents may take in bytes before they go
    /// to a segment of their own; less than 15 MB counts as 15 MB.
    ///
    /// # Errors
    ///
    /// [`Error::is_locked`] where another writer holds the index.
    pub fn new(index: &Index, memory: usize) -> Result<Self, Error> {
        // One thread builds segments beside the one that analyses.
        let engine = index
            .engine()
            .writer_with_num_threads(1, memory.max(MIN_MEMORY))?;
        Ok(Self {
            index: index.clone(),
            engine,
            encoder: Encoder::new(*index.fields()),
        })
    }

    /// Adds a document in place of the one with its id, if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_document`] where the id is empty or too long.
    pub fn upsert(&mut self, document: &Document) -> Result<(), Error> {
        let encoded = self.encoder.encode(self.index.analyzer(), document)?;
        self.delete(&document.id);
        self.engine.add_document(encoded)?;
        Ok(())
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
    /// Where the files cannot be written; the index then stands at its last commit.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.engine.commit()?;
        self.index.reader().reload()?;
        Ok(())
    }

    /// Forgets all changes since the last commit.
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read.
    pub fn rollback(&mut self) -> Result<(), Error> {
        self.engine.rollback()?;
        Ok(())
    }

    /// Waits until segments that are being merged have been, and gives the lock back. Changes
    /// since the last commit are lost.
    ///
    /// # Errors
    ///
    /// Where a merge failed; what was committed is whole.
    pub fn close(self) -> Result<(), Error> {
        self.engine.wait_merging_threads()?;
        self.index.reader().reload()?;
        Ok(())
    }
}
