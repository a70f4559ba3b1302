//! From a path to files: which, in which order, and what their documents are called.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::Error;

/// The files of a path, those of a folder in the order of their names.
pub(super) struct Walk {
    root: PathBuf,
    entries: walkdir::IntoIter,
    ignore_rules: bool,
}

/// A file to be read.
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// The path below the one that is read, with `/` between the names; the name of the file
    /// where it is read by its own path.
    pub(super) id: String,
}

impl Walk {
    pub(super) fn new(root: &Path, ignore_rules: bool) -> Self {
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name();
        Self {
            root: root.to_owned(),
            entries: entries.into_iter(),
            ignore_rules,
        }
    }

    fn id(&self, entry: &walkdir::DirEntry) -> String {
        let below = entry.path().strip_prefix(&self.root).ok();
        match below.filter(|_| entry.depth() > 0) {
            Some(path) => {
                let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
                names.join("/")
            }
            None => entry.file_name().to_string_lossy().into_owned(),
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Found, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&self.root).to_owned();
                    let error = error.into_io_error().unwrap_or_else(|| {
                        std::io::Error::other("a link that leads back to itself")
                    });
                    return Some(Err(Error::io(&path, error)));
                }
            };
            let hidden = self.ignore_rules
                && entry.depth() > 0
                && entry.file_name().as_encoded_bytes().starts_with(b".");
            if hidden && entry.file_type().is_dir() {
                self.entries.skip_current_dir();
            }
            // Whatever is named by itself is read, a pipe too.
            let is_read = entry.file_type().is_file() || entry.depth() == 0;
            if hidden || !is_read || entry.file_type().is_dir() {
                continue;
            }
            let id = self.id(&entry);
            let path = entry.into_path();
            return Some(Ok(Found { path, id }));
        }
    }
}
