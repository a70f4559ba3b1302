//! What became of the files and records of an ingest.

use std::collections::BTreeMap;
use std::fmt;

use crate::{Encoding, Error};

/// What an ingest read, and what it could not.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Documents that were indexed.
    pub documents: u64,
    /// Files and records that were left out.
    pub skipped: u64,
    /// Fields that were left out of documents that were indexed.
    pub ignored_fields: u64,
    /// Documents that were indexed although their Burmese is in the Zawgyi encoding, in which
    /// nothing is found that is asked for in Unicode.
    pub zawgyi: u64,
    /// Documents that were indexed whose text is declared to be in an encoding that it is not in.
    pub misdeclared: u64,
    /// How many of the documents that were indexed were decoded, from which encoding other than
    /// UTF-8. That is no problem; which ones they are is told by [`Read::encoding`](crate::Read).
    pub decoded: BTreeMap<Encoding, u64>,
    /// What went wrong, in the order in which it was met. At most [`Report::MAX_PROBLEMS`]: the
    /// counts above go on.
    pub problems: Vec<Problem>,
}

/// Something that could not be used, and where.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// A file or a record that was left out.
    Skipped(Error),
    /// A field that was left out of a document.
    IgnoredField(Error),
    /// A document in the Zawgyi encoding.
    Zawgyi(Error),
    /// A document whose text is declared to be in an encoding that it is not in, and was decoded
    /// from what it is in.
    Misdeclared(Error),
}

impl Report {
    /// So many problems are told in words.
    pub const MAX_PROBLEMS: usize = 1000;

    /// Whether everything was read.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.skipped == 0 && self.ignored_fields == 0 && self.zawgyi == 0 && self.misdeclared == 0
    }

    /// Adds the counts and problems of another report.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.skipped += other.skipped;
        self.ignored_fields += other.ignored_fields;
        self.zawgyi += other.zawgyi;
        self.misdeclared += other.misdeclared;
        for (encoding, count) in other.decoded {
            *self.decoded.entry(encoding).or_default() += count;
        }
        let room = Self::MAX_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(other.problems.into_iter().take(room));
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        match problem {
            Problem::Skipped(_) => self.skipped += 1,
            Problem::IgnoredField(_) => self.ignored_fields += 1,
            Problem::Zawgyi(_) => self.zawgyi += 1,
            Problem::Misdeclared(_) => self.misdeclared += 1,
        }
        if self.problems.len() < Self::MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }
}

impl Problem {
    pub(crate) fn at_line(self, line: u64) -> Self {
        match self {
            Self::Skipped(error) => Self::Skipped(error.at_line(line)),
            Self::IgnoredField(error) => Self::IgnoredField(error.at_line(line)),
            Self::Zawgyi(error) => Self::Zawgyi(error.at_line(line)),
            Self::Misdeclared(error) => Self::Misdeclared(error.at_line(line)),
        }
    }

    /// The error that tells what and where.
    #[must_use]
    pub fn error(&self) -> &Error {
        match self {
            Self::Skipped(error)
            | Self::IgnoredField(error)
            | Self::Zawgyi(error)
            | Self::Misdeclared(error) => error,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skipped(error) => write!(f, "left out: {error}"),
            Self::IgnoredField(error) => write!(f, "indexed without a field: {error}"),
            Self::Zawgyi(error) => write!(f, "indexed as it is: {error}"),
            Self::Misdeclared(error) => write!(f, "indexed: {error}"),
        }?;
        let mut source = std::error::Error::source(self.error());
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}
