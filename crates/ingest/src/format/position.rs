//! How far the documents of a path were read, and going on from there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use mekong_dates::Date;
use serde::{Deserialize, Serialize};

use super::walk::{Found, Walk};
use super::{Documents, Format, Raw, Records, date, open};
use crate::Error;

/// A file that is being read.
pub(super) struct Current {
    records: Option<Records>,
    file: Arc<FileRead>,
    given: u64,
    bytes: Arc<AtomicU64>,
    /// Its day, where documents without a date are to have it.
    time: Option<Date>,
}

/// A file that was opened.
#[derive(Debug)]
pub(crate) struct FileRead {
    pub(crate) path: PathBuf,
    /// Its path below the root, with `/` between the names.
    pub(crate) id: String,
    /// What it is, as far as that was found out.
    pub(crate) format: Option<Format>,
    state: State,
}

/// What tells whether a file is the same as it was: its size, and when it was last written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u64,
}

impl State {
    /// That of a file; of one that tells nothing, a state that no file is in.
    fn of(path: &Path) -> Self {
        let metadata = path.metadata().ok();
        let modified = metadata.as_ref().and_then(|of| of.modified().ok());
        Self {
            bytes: metadata.map_or(0, |of| of.len()),
            modified: modified
                .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
                .map_or(0, |since| since.as_nanos() as u64),
        }
    }
}

/// A record as it was read, or why it could not be, and where it stands.
pub(crate) struct Item {
    pub(crate) read: Result<Raw, Error>,
    /// `None` where a folder cannot be read.
    pub(crate) file: Option<Arc<FileRead>>,
    /// So many records were given of its file, this one among them.
    pub(crate) records: u64,
}

/// Behind which record somebody stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    file: String,
    records: u64,
    #[serde(flatten)]
    state: State,
}

impl Position {
    pub(crate) fn behind(file: &FileRead, records: u64) -> Self {
        Self {
            file: file.id.clone(),
            records,
            state: file.state,
        }
    }
}

impl Documents {
    /// The next record as it stands in its file.
    pub(crate) fn next_item(&mut self) -> Option<Item> {
        loop {
            if let Some(current) = &mut self.current {
                let records = current.records.as_mut();
                if let Some(read) = records.and_then(Iterator::next) {
                    current.given += 1;
                    let file_time = current.time;
                    return Some(Item {
                        read: read.map(|read| Raw { read, file_time }),
                        file: Some(Arc::clone(&current.file)),
                        records: current.given,
                    });
                }
                self.close();
            }
            match self.walk.next()? {
                Ok(found) => {
                    if let Err(read) = self.open(found) {
                        let current = self.current.as_ref();
                        return Some(Item {
                            read: Err(read),
                            file: current.map(|current| Arc::clone(&current.file)),
                            records: 1,
                        });
                    }
                }
                Err(error) => {
                    return Some(Item {
                        read: Err(error),
                        file: None,
                        records: 0,
                    });
                }
            }
        }
    }

    /// Goes on behind a record: files before its own are not opened. Where its file has changed
    /// since, it is read from its start; where it is gone, the next one is.
    pub(crate) fn skip_to(&mut self, position: &Position) {
        let wanted = Path::new(&position.file);
        while let Some(Ok(found)) = self.walk.peek() {
            // As the walk sorts them: name by name.
            let path = Path::new(&found.id);
            if path > wanted || found.id.contains(char::REPLACEMENT_CHARACTER) {
                return;
            }
            let state = State::of(&found.path);
            if path == wanted {
                if state != position.state {
                    return;
                }
                if let Some(Ok(found)) = self.walk.next()
                    && self.open(found).is_ok()
                {
                    for _ in 0..position.records {
                        let current = self.current.as_mut();
                        let records = current.and_then(|current| current.records.as_mut());
                        if records.and_then(Iterator::next).is_none() {
                            return;
                        }
                    }
                    if let Some(current) = &mut self.current {
                        current.given = position.records;
                    }
                }
                return;
            }
            self.bytes_before += state.bytes;
            self.walk.next();
        }
    }

    /// How many bytes of the files were read, as they are on the disk; those of files that were
    /// passed over count as read.
    pub(crate) fn bytes(&self) -> u64 {
        let current = self.current.as_ref();
        let read = current.map_or(0, |current| current.bytes.load(Ordering::Relaxed));
        self.bytes_before + read
    }

    /// The bytes of all files that are to be read.
    pub(crate) fn total_bytes(&self) -> u64 {
        let files = Walk::new(&self.root, self.options.ignore_rules).flatten();
        files.map(|found| State::of(&found.path).bytes).sum()
    }

    fn open(&mut self, found: Found) -> Result<(), Error> {
        let bytes = Arc::default();
        let mut file = FileRead {
            path: found.path.clone(),
            id: found.id.clone(),
            format: None,
            state: State::of(&found.path),
        };
        let _span = tracing::debug_span!("open", path = %found.path.display()).entered();
        let records = open(found, &self.options, &bytes, &mut file.format);
        let (records, failed) = match records {
            Ok(records) => (Some(records), Ok(())),
            Err(error) => (None, Err(error)),
        };
        let is_dated = self.options.file_time && file.format.is_some_and(Format::is_one_document);
        self.current = Some(Current {
            records,
            time: is_dated.then(|| date::file_time(&file.path)).flatten(),
            file: Arc::new(file),
            given: 0,
            bytes,
        });
        failed
    }

    fn close(&mut self) {
        if let Some(current) = self.current.take() {
            let read = current.bytes.load(Ordering::Relaxed);
            // What is left of a file that could not be read to its end is done with, too.
            self.bytes_before += read.max(current.file.state.bytes);
        }
    }
}
