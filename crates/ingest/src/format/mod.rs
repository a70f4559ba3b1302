//! From a path to documents: which files there are, and what each of them is.

mod article;
mod json_lines;
mod stream;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use mekong_core::{DateSource, Document};
use walkdir::WalkDir;

use crate::encoding::{self, Encoding};
use crate::{Error, Problem};

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

/// Reads the documents of a file, or of all files of a folder in the order of their names.
///
/// A file whose name ends in `.jsonl` or `.ndjson`, or whose text begins with `{`, is JSON Lines;
/// any other is one article. Both may be compressed with gzip or zstd, told by their first bytes.
/// Folders are walked to the bottom; names that begin with a dot are passed over.
///
/// The id of an article is its file name, below a folder that is read with the folders between:
/// `2025/report.txt`.
///
/// Vietnamese in VNI, TCVN3 or windows-1258 is decoded ([`Read::encoding`]), as bytes and as text
/// that was converted as if it were windows-1252, where there is enough of it to be sure: about
/// ten words. Other bytes that are not UTF-8 are an error.
///
/// A document without a date gets the one that its text gives away
/// ([`mekong_dates::publication_date`]), marked [`DateSource::Inferred`].
///
/// # Errors
///
/// The iterator gives an error for each file or record that cannot be used, and goes on behind it.
pub fn read(path: impl AsRef<Path>) -> Documents {
    let walk = WalkDir::new(path.as_ref())
        .follow_links(true)
        .sort_by_file_name()
        .into_iter();
    Documents {
        root: path.as_ref().to_owned(),
        walk,
        current: None,
    }
}

/// The documents of a path; see [`read`].
pub struct Documents {
    root: PathBuf,
    walk: walkdir::IntoIter,
    current: Option<json_lines::Records>,
}

impl Documents {
    /// The id of an article: its path below the one that is read, else its name.
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
        loop {
            if let Some(records) = &mut self.current {
                match records.next() {
                    Some(read) => return Some(read.map(completed)),
                    None => self.current = None,
                }
            }
            let entry = match self.walk.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&self.root).to_owned();
                    let error = error.into_io_error().unwrap_or_else(|| {
                        std::io::Error::other("a link that leads back to itself")
                    });
                    return Some(Err(Error::io(&path, error)));
                }
            };
            let hidden =
                entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if hidden && entry.file_type().is_dir() {
                self.walk.skip_current_dir();
            }
            // Whatever is named by itself is read, a pipe too.
            let is_read = entry.file_type().is_file() || entry.depth() == 0;
            if hidden || !is_read || entry.file_type().is_dir() {
                continue;
            }
            match open(entry.path(), self.id(&entry)) {
                Ok(Opened::Article(read)) => return Some(Ok(completed(*read))),
                Ok(Opened::JsonLines(records)) => self.current = Some(records),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

enum Opened {
    Article(Box<Read>),
    JsonLines(json_lines::Records),
}

fn open(path: &Path, id: String) -> Result<Opened, Error> {
    let mut stream = stream::open(path)?;
    let start = stream.fill_buf().map_err(|error| Error::io(path, error))?;
    if start.is_empty() {
        return Err(Error::empty(path));
    }
    let name = stream::uncompressed_name(path);
    let by_name = name
        .extension()
        .is_some_and(|e| e == "jsonl" || e == "ndjson");
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    if by_name || text.trim_ascii_start().starts_with(b"{") {
        Ok(Opened::JsonLines(json_lines::Records::new(path, stream)))
    } else {
        article::read(path, id, stream).map(|read| Opened::Article(Box::new(read)))
    }
}

/// Adds what takes the whole text to know.
fn completed(mut read: Read) -> Read {
    let document = &mut read.document;
    if read.encoding.is_none() {
        read.encoding = encoding::decode_document(document);
    }
    if document.date.is_none() {
        document.date = mekong_dates::publication_date(&document.body);
        if document.date.is_some() {
            document.date_source = DateSource::Inferred;
        }
    }
    read
}
