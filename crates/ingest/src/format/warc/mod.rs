//! Web archives: WARC 1.0 and 1.1 (ISO 28500), a document a page.
//!
//! Pages are in records of type `response` (as they came over HTTP), `resource` (as files) and
//! `conversion` (as text); those that were answered with an error, and what is neither HTML nor
//! plain text, are passed over. `records.rs` reads records, `http.rs` what is in a response.

mod http;
mod records;

use std::path::{Path, PathBuf};

use mekong_core::Document;

use self::records::{Record, WebRecords};
use super::source::Source;
use super::{Read, ReadOptions, claims, html};
use crate::{Encoding, Error, Problem, encoding};

/// The documents of one file.
pub(super) struct Records {
    path: PathBuf,
    /// The path below the one that is read, for pages with an address that is too long for an id.
    id: String,
    records: WebRecords,
    expected: Option<Encoding>,
}

/// A page as it was served.
struct Page {
    bytes: Vec<u8>,
    is_html: bool,
    charset: Option<String>,
    /// The byte of the file that it begins at, where it stands there as it is.
    start: u64,
}

impl Records {
    pub(super) fn new(source: Source, options: &ReadOptions) -> Self {
        let Source {
            path, id, stream, ..
        } = source;
        Self {
            records: WebRecords::new(&path, stream),
            path,
            id,
            expected: options.encoding,
        }
    }
}

impl Iterator for Records {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut record = match self.records.next()? {
                Ok(record) => record,
                Err(error) => return Some(Err(error)),
            };
            let read = match page(&mut record) {
                Ok(Some(page)) => read(&record, &page, &self.path, &self.id, self.expected),
                Ok(None) => continue,
                Err(reason) => Err(Error::invalid(&self.path, reason)),
            };
            // The line is that of the record; lines of pages are not those of the file.
            return Some(read.map_err(|error| error.at_line(record.line)));
        }
    }
}

/// The page of a record, if it is one; the error is a reason.
fn page(record: &mut Record) -> Result<Option<Page>, String> {
    let Some(uri) = record.header("warc-target-uri") else {
        return Ok(None);
    };
    // What crawlers ask for before pages; it is served as plain text.
    if uri.ends_with("/robots.txt") {
        return Ok(None);
    }
    match record.kind() {
        "response" => {
            let told = |reason| format!("{} cannot be read: {reason}", shortened(uri));
            http::page(&record.block, record.block_start).map_err(told)
        }
        "resource" | "conversion" => {
            let kind = record.header("content-type").unwrap_or("text/plain");
            let kind = http::media(kind, &record.block);
            Ok(kind.map(|(is_html, charset)| Page {
                bytes: std::mem::take(&mut record.block),
                is_html,
                charset,
                start: record.block_start,
            }))
        }
        _ => Ok(None),
    }
}

fn read(
    record: &Record,
    page: &Page,
    path: &Path,
    file: &str,
    expected: Option<Encoding>,
) -> Result<Read, Error> {
    let uri = record.header("warc-target-uri").unwrap_or_default();
    let uri = uri.trim_start_matches('<').trim_end_matches('>');
    let charset = page.charset.clone();
    let charset = charset.or_else(|| html::charset(&page.bytes).filter(|_| page.is_html));
    let decoded = encoding::decode(path, &page.bytes, charset.as_deref(), expected)
        .map_err(|error| error.moved(record.line, page.start))?;
    let id = if claims::is_id(uri) {
        uri.to_owned()
    } else {
        format!("{file}#{}", record.number)
    };
    let (mut document, ignored) = if page.is_html {
        html::document(&decoded.text, id, path)
    } else {
        (Document::new(id).body(decoded.text.trim()), None)
    };
    if document.body.trim().is_empty() {
        let reason = format!("{} has no text", shortened(uri));
        return Err(Error::invalid(path, reason));
    }
    document.url = Some(uri.to_owned());
    if let Some(date) = record.header("warc-date") {
        // When it was copied, not when it was published.
        document = document.meta("crawled", date);
    }
    let languages = record.header("warc-identified-content-language");
    claims::language(&mut document, languages.and_then(|l| l.split(',').next()));
    let ignored = ignored.map(Problem::IgnoredField);
    let problems = decoded.problem.into_iter().chain(ignored);
    Ok(Read {
        document,
        problems: problems
            .map(|problem| problem.at_line(record.line))
            .collect(),
        path: path.to_owned(),
        line: Some(record.line),
        encoding: decoded.encoding,
    })
}

fn shortened(uri: &str) -> String {
    uri.chars().take(200).collect()
}
