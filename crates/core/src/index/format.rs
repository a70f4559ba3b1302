//! What stands beside the engine's own files: which version and which analyzer wrote the index.

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, process};

use serde::{Deserialize, Serialize};

use super::IndexOptions;
use crate::Error;

/// The version of the format of an index: its fields, their tokens' encoding, the stored form.
pub const FORMAT_VERSION: u32 = 5;

/// Documents can be read back from indexes of this format and later ones.
pub(crate) const OLDEST_FORMAT: u32 = 4;
/// The first format whose files have checksums of ours.
pub(super) const CHECKED_FORMAT: u32 = 5;

const FILE: &str = "mekong.json";
/// What its name begins with while it is being written; each creation has a name of its own.
const NEW_FILE: &str = "mekong.json.new";

/// The content of `mekong.json`. Its last key holds the checksum of what stands before it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Description {
    pub(super) format: u32,
    pub(super) analyzer: String,
    pub(super) options: IndexOptions,
}

/// What a folder holds.
pub(super) enum Folder {
    /// Nothing, or it does not exist.
    Empty,
    /// An index of the format that this version reads.
    Index(Description),
}

impl Folder {
    /// What a folder holds, for who can read the present format.
    pub(super) fn look(path: &Path) -> Result<Self, Error> {
        Self::look_for(path, FORMAT_VERSION..=FORMAT_VERSION)
    }

    /// What a folder holds, for who can read these formats.
    pub(super) fn look_for(path: &Path, formats: RangeInclusive<u32>) -> Result<Self, Error> {
        let file = path.join(FILE);
        let text = match fs::read(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return match fs::read_dir(path) {
                    Ok(entries) => Self::without_description(path, entries, formats),
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::Empty),
                    Err(error) => Err(Error::io(path, error)),
                };
            }
            Err(error) => return Err(Error::io(&file, error)),
        };
        // Another version may describe itself otherwise but for its number.
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let damaged = |error: serde_json::Error| Error::damaged(&file, error.to_string());
        let Version { format } = serde_json::from_slice(&text).map_err(damaged)?;
        if !formats.contains(&format) {
            return Err(Error::other_format(path, format));
        }
        if format >= CHECKED_FORMAT {
            Description::check(&file, &text)?;
        }
        serde_json::from_slice(&text)
            .map(Self::Index)
            .map_err(damaged)
    }

    fn without_description(
        path: &Path,
        entries: fs::ReadDir,
        formats: RangeInclusive<u32>,
    ) -> Result<Self, Error> {
        let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        if names.iter().any(|name| name == FILE) {
            // Another process has just written it.
            return Self::look_for(path, formats);
        }
        let is_new = |name: &OsString| name.to_str().is_some_and(|name| name.starts_with(NEW_FILE));
        if names.iter().all(is_new) {
            Ok(Self::Empty)
        } else {
            Err(Error::not_an_index(path))
        }
    }
}

impl Description {
    /// Whether nothing was created yet but the description and what goes with it.
    pub(super) fn is_alone(path: &Path) -> bool {
        let created =
            |name: &str| name != FILE && !name.starts_with(NEW_FILE) && !name.starts_with('.');
        fs::read_dir(path).is_ok_and(|entries| {
            !entries
                .flatten()
                .any(|entry| entry.file_name().to_str().is_none_or(created))
        })
    }

    /// Reads the description again and compares its checksum.
    pub(super) fn verify(path: &Path) -> Result<(), Error> {
        let file = path.join(FILE);
        match fs::read(&file) {
            Ok(text) => Self::check(&file, &text),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(Error::damaged(&file, "it is missing".to_owned()))
            }
            Err(error) => Err(Error::io(&file, error)),
        }
    }

    fn check(file: &Path, text: &[u8]) -> Result<(), Error> {
        let length = text.len().saturating_sub(end_of(&[]).len());
        let (start, end) = text.split_at(length);
        if end == end_of(start).as_bytes() {
            Ok(())
        } else {
            let reason = "its checksum does not fit".to_owned();
            Err(Error::damaged(file, reason))
        }
    }

    fn text(&self) -> Result<Vec<u8>, Error> {
        let mut text = serde_json::to_vec_pretty(self).map_err(Error::stored)?;
        // The end of the object comes after its checksum.
        text.truncate(text.len() - "\n}".len());
        let end = end_of(&text);
        text.extend_from_slice(end.as_bytes());
        Ok(text)
    }

    /// Writes the description whole or not at all. It comes before the first file of the engine,
    /// so that a creation that was cut short can be told from somebody else's folder.
    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        fs::create_dir_all(path).map_err(|error| Error::io(path, error))?;
        let text = self.text()?;
        static CREATIONS: AtomicU32 = AtomicU32::new(0);
        let creation = CREATIONS.fetch_add(1, Ordering::Relaxed);
        let new = path.join(format!("{NEW_FILE}.{}.{creation}", process::id()));
        let file = path.join(FILE);
        let written = fs::File::create(&new).and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()
        });
        written.map_err(|error| Error::io(&new, error))?;
        fs::rename(&new, &file).map_err(|error| Error::io(&file, error))
    }
}

/// What ends a description that starts so. Its length is always the same.
fn end_of(start: &[u8]) -> String {
    format!(",\n  \"crc32\": \"{:08x}\"\n}}\n", crc32fast::hash(start))
}
