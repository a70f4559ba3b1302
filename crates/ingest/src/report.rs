//! What became of the files and records of an ingest.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::format::FileRead;
use crate::ingest::Found;
use crate::{Encoding, Error, Format};

/// What an ingest read, and what it could not. Also as JSON, with these names.
#[derive(Debug, Default, Serialize)]
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
    /// How many of them are from files of which format.
    pub formats: BTreeMap<Format, u64>,
    /// How many of them are in which language, by its code; `und` where the text does not tell.
    pub languages: BTreeMap<&'static str, u64>,
    /// How many of them have a date from where ([`DateSource`](mekong_core::DateSource)); `none`
    /// for those without one.
    pub date_sources: BTreeMap<&'static str, u64>,
    /// How many files were opened.
    pub file_count: u64,
    /// The files, in the order in which they were read: the first [`Report::MAX_FILES`] that gave
    /// all they have, and as many that did not. The count above goes on.
    pub files: Vec<FileReport>,
    /// Bytes of files that were read, as they are on the disk.
    pub bytes: u64,
    /// How long it took, in seconds.
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub elapsed: Duration,
    /// Whether it went on where an earlier one was interrupted; what that one read is not in here.
    pub resumed: bool,
    /// Whether it was broken off ([`Ingest::progress`](crate::Ingest::progress)).
    pub cancelled: bool,
    /// What went wrong, in the order in which it was met. At most [`Report::MAX_PROBLEMS`]: the
    /// counts above go on.
    pub problems: Vec<Problem>,
    /// The file that is being read.
    #[serde(skip)]
    current: Option<FileReport>,
    /// How many of the files have problems.
    #[serde(skip)]
    files_with_problems: usize,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FileReport {
    /// Where it is.
    pub path: PathBuf,
    /// What it is, as far as that was found out.
    pub format: Option<Format>,
    /// Documents of it that were indexed.
    pub documents: u64,
    /// Records of it, or itself, that were left out.
    pub skipped: u64,
    /// Whatever else could not be used of its documents.
    pub problems: u64,
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
    /// So many files are listed, and as many with problems.
    pub const MAX_FILES: usize = 1000;

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
        add_counts(&mut self.decoded, other.decoded);
        add_counts(&mut self.formats, other.formats);
        add_counts(&mut self.languages, other.languages);
        add_counts(&mut self.date_sources, other.date_sources);
        self.file_count += other.file_count;
        for file in other.files {
            self.list(file);
        }
        self.bytes += other.bytes;
        self.elapsed += other.elapsed;
        self.resumed |= other.resumed;
        self.cancelled |= other.cancelled;
        let room = Self::MAX_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(other.problems.into_iter().take(room));
    }

    /// How many things could not be used: files, records, fields, and documents as they are.
    #[must_use]
    pub fn problem_count(&self) -> u64 {
        self.skipped + self.ignored_fields + self.zawgyi + self.misdeclared
    }

    /// What is added from now on is about this file.
    pub(crate) fn open(&mut self, file: Option<&FileRead>) {
        let path = file.map(|file| file.path.as_path());
        if self.current.as_ref().map(|file| file.path.as_path()) == path {
            return;
        }
        self.close();
        self.current = file.map(|file| FileReport {
            path: file.path.clone(),
            format: file.format,
            documents: 0,
            skipped: 0,
            problems: 0,
        });
    }

    /// Nothing more is added about the file.
    pub(crate) fn close(&mut self) {
        if let Some(file) = self.current.take() {
            self.file_count += 1;
            self.list(file);
        }
    }

    fn list(&mut self, file: FileReport) {
        let clean = self.files.len() - self.files_with_problems;
        if file.skipped + file.problems > 0 {
            if self.files_with_problems < Self::MAX_FILES {
                self.files_with_problems += 1;
                self.files.push(file);
            }
        } else if clean < Self::MAX_FILES {
            self.files.push(file);
        }
    }

    pub(crate) fn indexed(&mut self, found: Found) {
        self.documents += 1;
        let mut format = None;
        if let Some(file) = &mut self.current {
            file.documents += 1;
            format = file.format;
        }
        if let Some(format) = format {
            *self.formats.entry(format).or_default() += 1;
        }
        if let Some(encoding) = found.encoding {
            *self.decoded.entry(encoding).or_default() += 1;
        }
        let language = found.language.map_or("und", |language| language.code());
        *self.languages.entry(language).or_default() += 1;
        let source = found.date_source.map_or("none", |source| source.as_str());
        *self.date_sources.entry(source).or_default() += 1;
        for problem in found.problems {
            self.add(problem);
        }
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        match problem {
            Problem::Skipped(_) => self.skipped += 1,
            Problem::IgnoredField(_) => self.ignored_fields += 1,
            Problem::Zawgyi(_) => self.zawgyi += 1,
            Problem::Misdeclared(_) => self.misdeclared += 1,
        }
        if let Some(file) = &mut self.current {
            match problem {
                Problem::Skipped(_) => file.skipped += 1,
                _ => file.problems += 1,
            }
        }
        if self.problems.len() < Self::MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }
}

fn add_counts<K: Ord>(counts: &mut BTreeMap<K, u64>, others: BTreeMap<K, u64>) {
    for (key, count) in others {
        *counts.entry(key).or_default() += count;
    }
}

fn seconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(time.as_secs_f64())
}

/// The counts in lines for people; what went wrong in detail is in [`Report::problems`].
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} documents", self.documents)?;
        // Those of another index are of none.
        if self.file_count > 0 {
            write!(f, " of {} files", self.file_count)?;
        }
        write!(f, " indexed in {:.1} s", self.elapsed.as_secs_f64())?;
        if self.resumed {
            f.write_str(", behind those of an earlier run")?;
        }
        if self.cancelled {
            f.write_str("; broken off")?;
        }
        let mut line = |what: &str, counts: Vec<String>| match counts.is_empty() {
            true => Ok(()),
            false => write!(f, "\n{what}: {}", counts.join(", ")),
        };
        line("formats", told(&self.formats))?;
        line("languages", told(&self.languages))?;
        line("dates", told(&self.date_sources))?;
        line("decoded from", told(&self.decoded))?;
        if !self.is_clean() {
            write!(
                f,
                "\n{} left out, {} fields ignored, {} in Zawgyi, {} declared to be in another encoding",
                self.skipped, self.ignored_fields, self.zawgyi, self.misdeclared
            )?;
        }
        Ok(())
    }
}

/// What there is most of first.
fn told<K: fmt::Display>(counts: &BTreeMap<K, u64>) -> Vec<String> {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let told = counts.iter().map(|(key, count)| format!("{key} {count}"));
    told.collect()
}

/// `kind`, `path`, `line`, and the `message` that people read.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self {
            Self::Skipped(_) => "skipped",
            Self::IgnoredField(_) => "ignored_field",
            Self::Zawgyi(_) => "zawgyi",
            Self::Misdeclared(_) => "misdeclared",
        };
        let mut problem = serializer.serialize_struct("Problem", 4)?;
        problem.serialize_field("kind", kind)?;
        problem.serialize_field("path", &self.error().path())?;
        problem.serialize_field("line", &self.error().line())?;
        problem.serialize_field("message", &self.to_string())?;
        problem.end()
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
