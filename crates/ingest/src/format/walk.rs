//! From a path to files: which, in which order, and what their documents are called.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::Error;

/// The files of a path, those of a folder in the order of their names.
pub(super) struct Walk {
    root: PathBuf,
    entries: ignore::Walk,
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
        // That is standard input to the crate, and a file here.
        let root = match root.to_str() {
            Some("-") => Path::new("./-"),
            _ => root,
        };
        // What lies outside of the path has no say: the same folder gives the same documents
        // wherever it is.
        let entries = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(ignore_rules)
            .ignore(ignore_rules)
            .git_ignore(ignore_rules)
            .require_git(false)
            .follow_links(true)
            .sort_by_file_name(Ord::cmp)
            .build();
        Self {
            root: root.to_owned(),
            entries,
        }
    }

    fn id(&self, entry: &DirEntry) -> String {
        let below = entry.path().strip_prefix(&self.root).ok();
        match below.filter(|_| entry.depth() > 0) {
            Some(path) => {
                let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
                names.join("/")
            }
            None => entry.file_name().to_string_lossy().into_owned(),
        }
    }

    fn error(&self, error: ignore::Error) -> Error {
        let path = place(&error).unwrap_or(&self.root).to_owned();
        match error.into_io_error() {
            Some(error) => Error::io(&path, error),
            None => Error::io(
                &path,
                std::io::Error::other("a link that leads back to itself"),
            ),
        }
    }
}

/// The file or folder that an error is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place(err)
        }
        ignore::Error::Partial(errors) => errors.iter().find_map(place),
        _ => None,
    }
}

impl Iterator for Walk {
    type Item = Result<Found, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(self.error(error))),
            };
            // A rule that cannot be read does not apply; the folder is walked by the others.
            if let Some(error) = entry.error() {
                let path = place(error).unwrap_or(entry.path());
                let error = Error::invalid(path, format!("an ignore rule is wrong: {error}"));
                return Some(Err(error));
            }
            // Whatever is named by itself is read, a pipe too.
            let Some(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_file() || entry.depth() == 0 && !kind.is_dir() {
                let id = self.id(&entry);
                let path = entry.into_path();
                return Some(Ok(Found { path, id }));
            }
        }
    }
}
