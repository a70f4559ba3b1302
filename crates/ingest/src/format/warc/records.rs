//! The records of a web archive, also of a damaged one.

use std::io::{self, BufRead, Read as _};
use std::path::{Path, PathBuf};

use super::super::stream::{MAX_RECORD_BYTES, Stream};
use crate::Error;

/// Headers of records are some hundred bytes long.
const MAX_HEADER_BYTES: usize = 64 << 10;
/// Of blocks that turn out to hold other records so many bytes are read again, and no more, so that
/// lengths that are all wrong do not make reading a matter of hours.
const MAX_REREAD_BYTES: usize = 256 << 20;

pub(super) struct WebRecords {
    path: PathBuf,
    stream: Stream,
    /// Bytes that were read and come again before the stream.
    again: io::Cursor<Vec<u8>>,
    reread: usize,
    /// The byte and the line that come next.
    at: u64,
    line: u64,
    count: u64,
    failed: bool,
}

pub(super) struct Record {
    headers: Vec<(String, String)>,
    pub(super) block: Vec<u8>,
    /// The byte of the file that the block begins at.
    pub(super) block_start: u64,
    /// The line that the record begins at, from 1.
    pub(super) line: u64,
    /// Which record of the file it is, from 1.
    pub(super) number: u64,
}

/// Where something begins that is no record.
struct Rubbish {
    at: u64,
    line: u64,
}

impl Record {
    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    pub(super) fn kind(&self) -> &str {
        self.header("warc-type").unwrap_or_default()
    }
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let (_, value) = headers.iter().find(|(key, _)| key == name)?;
    Some(value)
}

/// The headers of a text of them, their names in lower case. Lines that begin with a blank go on
/// with the one before.
pub(super) fn headers(text: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    headers
}

impl WebRecords {
    pub(super) fn new(path: &Path, stream: Stream) -> Self {
        Self {
            path: path.to_owned(),
            stream,
            again: io::Cursor::default(),
            reread: 0,
            at: 0,
            line: 1,
            count: 0,
            failed: false,
        }
    }

    /// Reads to the end of the line, so many bytes at most. Empty at the end of the file.
    fn read_line(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        (&mut self.again)
            .take(most as u64)
            .read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            let most = most - line.len();
            (&mut self.stream)
                .take(most as u64)
                .read_until(b'\n', &mut line)?;
        }
        self.at += line.len() as u64;
        self.line += u64::from(line.ends_with(b"\n"));
        Ok(line)
    }

    /// Reads to the next record. Its first line, which is empty at the end of the file, and what
    /// stands before it that is no record.
    fn next_version(&mut self) -> io::Result<Option<(Vec<u8>, Option<Rubbish>)>> {
        let mut rubbish = None;
        let mut is_start = true;
        loop {
            let (at, number) = (self.at, self.line);
            let line = self.read_line(MAX_HEADER_BYTES)?;
            if line.is_empty() {
                return Ok(rubbish.is_some().then_some((line, rubbish)));
            }
            if is_start && line.starts_with(b"WARC/") {
                return Ok(Some((line, rubbish)));
            }
            if !line.trim_ascii().is_empty() {
                rubbish.get_or_insert(Rubbish { at, line: number });
            }
            is_start = line.ends_with(b"\n");
        }
    }

    /// The headers that follow; none where they do not end.
    fn headers(&mut self) -> io::Result<Option<Vec<(String, String)>>> {
        let mut text = Vec::new();
        while text.len() < MAX_HEADER_BYTES {
            let line = self.read_line(MAX_HEADER_BYTES)?;
            if line.is_empty() {
                return Ok(None);
            }
            if line.trim_ascii().is_empty() {
                return Ok(Some(headers(&String::from_utf8_lossy(&text))));
            }
            text.extend(line);
        }
        Ok(None)
    }

    /// Reads so many bytes, or fewer at the end of the file; keeps them if they are wanted.
    fn read_block(&mut self, length: u64, is_wanted: bool) -> io::Result<Vec<u8>> {
        let mut block = Vec::new();
        let mut left = length;
        while left > 0 {
            let again = self.again.fill_buf()?;
            let (bytes, is_again) = match again.is_empty() {
                false => (again, true),
                true => (self.stream.fill_buf()?, false),
            };
            if bytes.is_empty() {
                break;
            }
            let bytes = &bytes[..bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX))];
            self.line += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            if is_wanted {
                block.extend_from_slice(bytes);
            }
            let count = bytes.len();
            if is_again {
                self.again.consume(count);
            } else {
                self.stream.consume(count);
            }
            left -= count as u64;
        }
        self.at += length - left;
        Ok(block)
    }

    /// Whether a record ends here: with an empty line, a new record or the end of the file. Its
    /// empty line is read.
    fn ends_here(&mut self) -> io::Result<bool> {
        let (at, line) = (self.at, self.line);
        let next = self.read_line(MAX_HEADER_BYTES)?;
        let is_end = next.trim_ascii().is_empty();
        if !is_end {
            self.put_back(&next, at, line);
        }
        Ok(is_end || next.starts_with(b"WARC/"))
    }

    /// Has these bytes, which were read last and began there, come again.
    fn put_back(&mut self, bytes: &[u8], at: u64, line: u64) {
        let position = usize::try_from(self.again.position()).unwrap_or(usize::MAX);
        let rest = self.again.get_ref().get(position..).unwrap_or_default();
        self.again = io::Cursor::new([bytes, rest].concat());
        (self.at, self.line) = (at, line);
    }

    fn record(&mut self) -> io::Result<Option<Result<Record, Error>>> {
        let path = self.path.clone();
        let invalid = |reason, line| Ok(Some(Err(Error::invalid(&path, reason).at_line(line))));
        loop {
            let Some((version, rubbish)) = self.next_version()? else {
                return Ok(None);
            };
            if let Some(Rubbish { at: begin, line }) = rubbish {
                let at = self.at - version.len() as u64;
                let reason = if version.is_empty() {
                    format!("no record begins at byte {begin}, nor behind it")
                } else {
                    let number = self.line - u64::from(version.ends_with(b"\n"));
                    self.put_back(&version, at, number);
                    format!("no record begins at byte {begin}, the next one at {at}")
                };
                return invalid(reason, line);
            }
            let line = self.line - u64::from(version.ends_with(b"\n"));
            let start = self.at - version.len() as u64;
            self.count += 1;
            let Some(headers) = self.headers()? else {
                return invalid(
                    format!("the record at byte {start} has no end of its head"),
                    line,
                );
            };
            let length = header(&headers, "content-length").and_then(|text| text.parse().ok());
            let Some(length) = length else {
                let reason = format!("the record at byte {start} does not tell its length");
                return invalid(reason, line);
            };
            let kind = header(&headers, "warc-type").unwrap_or_default();
            let is_page = matches!(kind, "response" | "resource" | "conversion");
            let is_long = length > MAX_RECORD_BYTES;
            let (block_start, block_line) = (self.at, self.line);
            let block = self.read_block(length, is_page && !is_long)?;
            let is_cut = self.at - block_start < length;
            if is_page && is_long {
                let limit = MAX_RECORD_BYTES >> 20;
                let reason = format!("the record at byte {start} is longer than {limit} MiB");
                return invalid(reason, line);
            }
            if is_cut || !self.ends_here()? {
                // The length is wrong, or part of the record is missing: then the next one began
                // within the block.
                let next = find(&block, b"\nWARC/1.").map(|at| at + 1);
                if let Some(at) =
                    next.filter(|at| self.reread + block.len() - at <= MAX_REREAD_BYTES)
                {
                    self.reread += block.len() - at;
                    let lines = block[..at].iter().filter(|byte| **byte == b'\n').count();
                    self.put_back(
                        &block[at..],
                        block_start + at as u64,
                        block_line + lines as u64,
                    );
                }
                let reason = if is_cut && next.is_none() {
                    format!("the file is cut off within the record at byte {start}")
                } else {
                    format!("the record at byte {start} is not as long as it says")
                };
                return invalid(reason, line);
            }
            if is_page {
                return Ok(Some(Ok(Record {
                    headers,
                    block,
                    block_start,
                    line,
                    number: self.count,
                })));
            }
        }
    }
}

impl Iterator for WebRecords {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.record() {
            Ok(record) => record,
            Err(error) => {
                // Nothing can be read behind it.
                self.failed = true;
                let at = self.line;
                Some(Err(Error::io(&self.path, error).at_line(at)))
            }
        }
    }
}

/// Where a needle that begins a line first stands.
fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| *byte == needle[0]) {
        from += at;
        if text[from..].starts_with(needle) {
            return Some(from);
        }
        from += 1;
    }
    None
}
