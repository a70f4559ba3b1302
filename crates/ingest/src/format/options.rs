//! How files are to be read.

use std::path::Path;

#[cfg(feature = "csv")]
use super::columns::Columns;
use super::{Documents, Format};
use crate::Encoding;

/// How files are to be read: what [`read`](crate::read) does, with exceptions.
///
/// ```no_run
/// use mekong_ingest::{Encoding, ReadOptions};
///
/// let options = ReadOptions::default().encoding(Encoding::WINDOWS_874);
/// for read in options.read("archive") {
///     println!("{}", read?.document.headline());
/// }
/// # Ok::<(), mekong_ingest::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    pub(super) format: Option<Format>,
    pub(super) encoding: Option<Encoding>,
    #[cfg(feature = "csv")]
    pub(super) columns: Columns,
    pub(super) ignore_rules: bool,
    pub(super) file_time: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            encoding: None,
            #[cfg(feature = "csv")]
            columns: Columns::default(),
            ignore_rules: true,
            file_time: false,
        }
    }
}

impl ReadOptions {
    /// Reads all files as being of this format, whatever they look like.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// The encoding of files that do not say theirs. A file that has a byte order mark, or
    /// declares its encoding, is read by that; one whose bytes are not in this encoding is read
    /// as what it is, and told ([`Problem::Misdeclared`](crate::Problem::Misdeclared)).
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// Which columns of CSV and TSV files are the fields of documents. With the
    /// feature `csv`.
    #[cfg(feature = "csv")]
    #[must_use]
    pub fn columns(mut self, columns: Columns) -> Self {
        self.columns = columns;
        self
    }

    /// Whether files in folders are passed over whose names, or whose folders' names, begin with
    /// a dot, or that a `.gitignore` or `.ignore` file at or below the path that is read says to
    /// ignore: `true` unless told. What is read by its own path is read always.
    #[must_use]
    pub fn ignore_rules(mut self, apply: bool) -> Self {
        self.ignore_rules = apply;
        self
    }

    /// Whether a document that neither has a date nor tells one is of the day, in UTC, on which its
    /// file was last written ([`FileTime`](mekong_core::DateSource::FileTime), with a low
    /// confidence): `false` unless told, as copying a file may change that. No document is then
    /// dated by its text to a later day than that either.
    ///
    /// Only where a file is one document: an article, Markdown, HTML. The time of a file of many, of
    /// JSON, CSV, a feed or a web archive, says when they were gathered. Nor does a time before
    /// 1990 or after today say anything.
    #[must_use]
    pub fn file_time(mut self, use_it: bool) -> Self {
        self.file_time = use_it;
        self
    }

    /// Reads the documents of a file, or of all files of a folder; see [`read`](crate::read).
    pub fn read(&self, path: impl AsRef<Path>) -> Documents {
        Documents::new(path.as_ref(), self.clone())
    }
}
