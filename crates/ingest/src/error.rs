//! What can go wrong while reading and writing documents.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::Encoding;
use crate::encoding::Malformed;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// An error of reading or writing documents: what, and in which file and line.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    place: Place,
}

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("no such file or folder")]
    NotFound,
    #[error("cannot be read")]
    Io(#[source] std::io::Error),
    #[error("the file is empty")]
    Empty,
    #[error(
        "not {encoding}: byte {byte} (counted from 0) begins no character; \
         nor clearly text in UTF-16, windows-874, windows-1258, VNI or TCVN3"
    )]
    Encoding { byte: u64, encoding: Encoding },
    #[error("{reason}")]
    Invalid {
        reason: String,
        #[source]
        source: Option<Source>,
    },
    #[error(transparent)]
    Index(mekong_core::Error),
}

#[derive(Clone, Debug, Default)]
struct Place {
    path: Option<PathBuf>,
    line: Option<u64>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.place.path {
            write!(f, "{}:", path.display())?;
            if let Some(line) = self.place.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        self.kind.fmt(f)
    }
}

// The kind is part of the message, so it is not a source of its own.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.kind.source()
    }
}

impl Error {
    fn new(path: &Path, kind: Kind) -> Self {
        let place = Place {
            path: Some(path.to_owned()),
            line: None,
        };
        Self { kind, place }
    }

    pub(crate) fn io(path: &Path, error: std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => Kind::NotFound,
            _ => Kind::Io(error),
        };
        Self::new(path, kind)
    }

    pub(crate) fn empty(path: &Path) -> Self {
        Self::new(path, Kind::Empty)
    }

    pub(crate) fn encoding(path: &Path, byte: u64, encoding: Encoding) -> Self {
        Self::new(path, Kind::Encoding { byte, encoding })
    }

    pub(crate) fn invalid(path: &Path, reason: impl Into<String>) -> Self {
        Self::new(
            path,
            Kind::Invalid {
                reason: reason.into(),
                source: None,
            },
        )
    }

    pub(crate) fn unknown_encoding(label: &str) -> Self {
        let reason = format!(
            "unknown encoding `{label}`, expected a label of the Encoding Standard (`utf-8`, \
             `windows-874`), `vni` or `tcvn3`"
        );
        Self {
            kind: Kind::Invalid {
                reason,
                source: None,
            },
            place: Place::default(),
        }
    }

    /// A file of a format that this program cannot read.
    #[allow(dead_code, reason = "with all features every format is read")]
    pub(crate) fn without_feature(path: &Path, what: &str, feature: &str) -> Self {
        let reason = format!("{what}, and this program was built without the feature `{feature}`");
        Self::invalid(path, reason)
    }

    pub(crate) fn misdeclared(path: &Path, declared: Encoding, found: Encoding) -> Self {
        let reason = format!("the text is declared to be {declared}, it is {found}");
        Self::invalid(path, reason)
    }

    pub(crate) fn zawgyi(path: &Path) -> Self {
        Self::invalid(
            path,
            "the text is Burmese in the Zawgyi encoding, expected Unicode: convert it first",
        )
    }

    pub(crate) fn caused_by(mut self, cause: impl Into<Source>) -> Self {
        if let Kind::Invalid { source, .. } = &mut self.kind {
            *source = Some(cause.into());
        }
        self
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }

    /// With its line and byte counted from the start of the file, not of a record that begins at
    /// `line` and byte `start`.
    pub(crate) fn moved(mut self, line: u64, start: u64) -> Self {
        if let Kind::Encoding { byte, .. } = &mut self.kind {
            *byte += start;
        }
        let within = self.place.line.unwrap_or(1);
        self.at_line(line + within.saturating_sub(1))
    }

    /// With its byte counted in the bytes of a file, which were decoded from `encoding` before
    /// they were read.
    pub(crate) fn before_decoding(mut self, malformed: &Malformed, of: Encoding) -> Self {
        if let Kind::Encoding { byte, encoding } = &mut self.kind {
            *encoding = of;
            *byte = malformed.in_file(*byte).unwrap_or(*byte);
        }
        self
    }

    pub(crate) fn in_file(mut self, path: Option<&Path>, line: Option<u64>) -> Self {
        self.place.path = path.map(Path::to_owned);
        self.place.line = line;
        self
    }

    /// The file that the error is about.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.place.path.as_deref()
    }

    /// The line of the file, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.place.line
    }

    /// A path where there is nothing.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self.kind, Kind::NotFound)
    }

    /// A file that cannot be read.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io(_))
    }

    /// A file without a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self.kind, Kind::Empty)
    }

    /// Bytes that are not UTF-8, nor clearly an encoding that is decoded.
    #[must_use]
    pub fn is_encoding(&self) -> bool {
        matches!(self.kind, Kind::Encoding { .. })
    }

    /// A record or a document that is not as it should be.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        match &self.kind {
            Kind::Invalid { .. } => true,
            Kind::Index(error) => error.is_invalid_document(),
            _ => false,
        }
    }

    /// The error of the index, where that is what failed.
    #[must_use]
    pub fn index_error(&self) -> Option<&mekong_core::Error> {
        match &self.kind {
            Kind::Index(error) => Some(error),
            _ => None,
        }
    }

    /// An index that another writer holds.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        matches!(&self.kind, Kind::Index(error) if error.is_locked())
    }
}

impl From<mekong_core::Error> for Error {
    fn from(error: mekong_core::Error) -> Self {
        Self {
            kind: Kind::Index(error),
            place: Place::default(),
        }
    }
}
