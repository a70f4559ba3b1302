//! Which commit searches see.

use std::sync::{Mutex, PoisonError, RwLock};

use tantivy::{IndexReader, Searcher};

/// When searches begin to see what was committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reload {
    /// As soon as it is committed, by a writer of this process; within a second or so, by one of
    /// another.
    #[default]
    OnCommit,
    /// When [`Index::reload`](crate::Index::reload) is called.
    Manual,
}

/// Follows the commits, and holds what searches see of them.
pub(super) struct Reader {
    engine: IndexReader,
    /// One reload at a time: of two at once the older commit might win.
    reloading: Mutex<()>,
    /// What searches see until they are told to see more.
    held: RwLock<Option<Searcher>>,
}

impl Reader {
    pub(super) fn new(engine: IndexReader) -> Self {
        Self {
            engine,
            reloading: Mutex::default(),
            held: RwLock::default(),
        }
    }

    /// The last commit that was read.
    pub(super) fn newest(&self) -> Searcher {
        self.engine.searcher()
    }

    /// What searches see.
    pub(super) fn shown(&self) -> Searcher {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.clone().unwrap_or_else(|| self.newest())
    }

    pub(super) fn set(&self, reload: Reload) -> tantivy::Result<()> {
        if reload == Reload::OnCommit {
            self.read()?;
        }
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        match reload {
            Reload::OnCommit => *held = None,
            Reload::Manual => drop(held.get_or_insert_with(|| self.newest())),
        }
        Ok(())
    }

    /// Reads the last commit.
    pub(super) fn read(&self) -> tantivy::Result<()> {
        let one = self.reloading.lock();
        let _one = one.unwrap_or_else(PoisonError::into_inner);
        self.engine.reload()
    }

    /// Reads the last commit, if searches are to see it when nobody asks for it.
    pub(super) fn follow(&self) -> tantivy::Result<()> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let is_held = held.is_some();
        drop(held);
        if is_held { Ok(()) } else { self.read() }
    }

    /// Reads the last commit and shows it.
    pub(super) fn show(&self) -> tantivy::Result<()> {
        self.read()?;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = held.as_mut() {
            *held = self.newest();
        }
        Ok(())
    }
}
