//! From a path to documents: which files there are, and what each of them is.
//!
//! A format is a module with a function `read(Source, &ReadOptions) -> Records`, or, where a file
//! is one document, `-> Result<Read, Error>`. It stands in [`Format`], in `detect` and in
//! `open`.

mod article;
mod claims;
#[cfg(feature = "csv")]
mod columns;
#[cfg(feature = "csv")]
mod csv;
mod date;
mod detect;
#[cfg(feature = "feeds")]
mod feed;
mod fields;
#[cfg(feature = "html")]
mod html;
mod json;
mod json_lines;
mod lines;
mod markdown;
mod options;
mod position;
mod source;
mod stream;
mod walk;
#[cfg(feature = "warc")]
mod warc;

use std::borrow::Cow;
use std::fmt;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use mekong_core::Document;
use mekong_dates::Date;
use serde::Serialize;

use crate::encoding::{self, Decoded, Encoding, Known, Malformed, Transcoder};
use crate::{Error, Problem};
#[cfg(feature = "csv")]
pub use columns::{Column, Columns};
pub use options::ReadOptions;
use position::Current;
pub(crate) use position::{FileRead, Item, Position};
use source::Source;
use walk::{Found, Walk};

/// A document as it was read, with what had to be left out of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Read {
    /// The document.
    pub document: Document,
    /// Its fields that could not be read.
    pub problems: Vec<Problem>,
    /// The file that it is from.
    pub path: PathBuf,
    /// The line that it begins at, counted from 1, in a file of many documents.
    pub line: Option<u64>,
    /// The encoding that it was decoded from, where that is not UTF-8.
    pub encoding: Option<Encoding>,
}

impl Read {
    fn decoded_from(mut self, decoded: Decoded<'_>) -> Self {
        self.encoding = decoded.encoding;
        let line = self.line.unwrap_or(1);
        self.problems
            .extend(decoded.problem.map(|problem| problem.at_line(line)));
        self
    }
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text, which may begin with ` date YYYY-MM-DD `: one document.
    Article,
    /// Markdown: one document.
    Markdown,
    /// HTML: one document. With the feature `html`.
    Html,
    /// JSON Lines: a document a line.
    JsonLines,
    /// JSON: an array of documents, or documents one after another.
    Json,
    /// Comma-separated values (also by semicolon or tab): a document a record. With the feature
    /// `csv`.
    Csv,
    /// Tab-separated values: a document a record. With the feature `csv`.
    Tsv,
    /// RSS or Atom: a document an item. With the feature `feeds`.
    Feed,
    /// A web archive: a document a page. With the feature `warc`.
    Warc,
}

impl fmt::Display for Format {
    /// In the words of people: `JSON Lines`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Article => "text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::JsonLines => "JSON Lines",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Feed => "feed",
            Self::Warc => "WARC",
        })
    }
}

impl Format {
    /// Whether a file is one document, so that its time says something of that.
    fn is_one_document(self) -> bool {
        matches!(self, Self::Article | Self::Markdown | Self::Html)
    }
}

/// The documents of one file. A record that cannot be used is an error, and the iterator goes on
/// behind it where it can; at its end it stays at its end.
type Records = Box<dyn Iterator<Item = Result<Read, Error>> + Send>;

/// Reads the documents of a file, or of all files of a folder in the order of their names.
///
/// What a file is, is told by its first bytes, and by its name where these leave it open (see
/// [`Format`]). Any file may be compressed with gzip or zstd, told by its first bytes. Folders are
/// walked to the bottom; names that begin with a dot are passed over
/// ([`ReadOptions::ignore_rules`]).
///
/// The id of an article is its file name, below a folder that is read with the folders between:
/// `2025/report.txt`.
///
/// A text is in what its byte order mark says; else in what it, or [`ReadOptions::encoding`],
/// declares, if its bytes are that; else in UTF-8, or in what is clear from its bytes: UTF-16, Thai
/// in windows-874 (about a line of it), Vietnamese in VNI, TCVN3 or windows-1258 (about ten words).
/// The last four are also decoded where they were converted as if they were windows-1252.
/// [`Read::encoding`] says what a text was decoded from. Other bytes are an error, with their file,
/// line and place.
///
/// A document without a date gets the one that its text gives away, today at the latest
/// ([`mekong_dates::publication_date`]), with [what it is from](mekong_core::DateSource) and how sure it
/// is ([`Document::date_confidence`]).
///
/// # Errors
///
/// The iterator gives an error for each file or record that cannot be used, and goes on behind it.
pub fn read(path: impl AsRef<Path>) -> Documents {
    ReadOptions::default().read(path)
}

/// The documents of a path; see [`read`].
pub struct Documents {
    root: PathBuf,
    options: ReadOptions,
    walk: Peekable<Walk>,
    /// The file that is being read.
    current: Option<Current>,
    /// Bytes of the files before it.
    bytes_before: u64,
}

impl Documents {
    fn new(root: &Path, options: ReadOptions) -> Self {
        Self {
            root: root.to_owned(),
            walk: Walk::new(root, options.ignore_rules).peekable(),
            options,
            current: None,
            bytes_before: 0,
        }
    }
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl Iterator for Documents {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.next_item()?;
        Some(item.read.map(Raw::completed))
    }
}

/// Opens a file, finds out what it is, and gives its documents.
fn open(
    found: Found,
    options: &ReadOptions,
    bytes: &Arc<AtomicU64>,
    detected: &mut Option<Format>,
) -> Result<Records, Error> {
    let Found { path, id } = found;
    let stream = stream::open(&path, bytes)?;
    let failed = |error| Error::io(&path, error);
    let (mut head, mut stream) = stream::peek(stream, detect::HEAD_BYTES).map_err(failed)?;
    if head.is_empty() {
        return Err(Error::empty(&path));
    }
    let mut options = Cow::Borrowed(options);
    let mut transcoding = None;
    match encoding::of_stream(&head, options.encoding) {
        None => {}
        Some(encoding) if encoding == Encoding::UTF_8 => {
            options.to_mut().encoding = Some(encoding);
        }
        Some(encoding) => {
            let (transcoder, malformed) = Transcoder::new(stream, encoding.web());
            let peeked = stream::peek(Box::new(transcoder), detect::HEAD_BYTES);
            (head, stream) = peeked.map_err(failed)?;
            options.to_mut().encoding = None;
            transcoding = Some((encoding, malformed));
        }
    }
    let format = match options.format {
        Some(format) => format,
        None => detect::detect(&head, &stream::uncompressed_name(&path))
            .map_err(|reason| Error::invalid(&path, reason))?,
    };
    *detected = Some(format);
    let source = Source {
        path,
        id,
        known: Known::new(&head, options.encoding),
        stream,
    };
    let records: Records = match format {
        Format::Article => one(article::read(source, &options)),
        Format::Markdown => one(markdown::read(source, &options)),
        Format::JsonLines => Box::new(json_lines::Records::new(source)),
        Format::Json => Box::new(json::Elements::new(source)),
        #[cfg(feature = "html")]
        Format::Html => one(html::read(source, &options)),
        #[cfg(not(feature = "html"))]
        Format::Html => return Err(Error::without_feature(&source.path, "an HTML page", "html")),
        #[cfg(feature = "csv")]
        Format::Csv | Format::Tsv => Box::new(csv::Records::new(source, format, &options)),
        #[cfg(not(feature = "csv"))]
        Format::Csv | Format::Tsv => {
            return Err(Error::without_feature(&source.path, "a table", "csv"));
        }
        #[cfg(feature = "feeds")]
        Format::Feed => Box::new(feed::Records::new(source)),
        #[cfg(not(feature = "feeds"))]
        Format::Feed => {
            return Err(Error::without_feature(
                &source.path,
                "an RSS or Atom feed",
                "feeds",
            ));
        }
        #[cfg(feature = "warc")]
        Format::Warc => Box::new(warc::Records::new(source, &options)),
        #[cfg(not(feature = "warc"))]
        Format::Warc => {
            return Err(Error::without_feature(
                &source.path,
                "a web archive",
                "warc",
            ));
        }
    };
    Ok(match transcoding {
        Some((encoding, malformed)) => Box::new(Transcoded {
            records,
            encoding,
            malformed,
        }),
        None => records,
    })
}

/// Records of a file that was decoded to UTF-8 before they were read.
struct Transcoded {
    records: Records,
    encoding: Encoding,
    malformed: Malformed,
}

impl Iterator for Transcoded {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.records.next()? {
            Ok(mut read) => {
                // ASCII is the same in the others.
                let is_ascii = read.document.body.is_ascii();
                if self.encoding.is_utf_16() || !is_ascii {
                    read.encoding = Some(self.encoding);
                }
                Ok(read)
            }
            Err(error) => Err(error.before_decoding(&self.malformed, self.encoding)),
        })
    }
}

/// The records of a file that is one document.
fn one(read: Result<Read, Error>) -> Records {
    Box::new(std::iter::once(read))
}

/// A document as it stands in its file.
pub(crate) struct Raw {
    pub(crate) read: Read,
    /// The day of its file, where that may date it.
    file_time: Option<Date>,
}

impl Raw {
    /// Adds what takes the whole text to know.
    pub(crate) fn completed(self) -> Read {
        let mut read = self.read;
        if read.encoding.is_none() {
            read.encoding = encoding::decode_document(&mut read.document);
        }
        date::resolve(&mut read.document, self.file_time);
        read
    }
}
