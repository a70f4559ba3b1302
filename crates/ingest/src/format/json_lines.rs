//! JSON Lines: one document a line, as an object.

use std::io::{BufRead, Read as _};
use std::path::PathBuf;

use super::source::Source;
use super::stream::{MAX_RECORD_BYTES, Stream};
use super::{Read, fields};
use crate::Error;
use crate::encoding::{self, Known};

/// The records of one file.
pub(super) struct Records {
    path: PathBuf,
    known: Known,
    stream: Stream,
    line: u64,
    /// Byte of the text that the line in the buffer begins at.
    line_start: u64,
    /// Byte of the text that the next line begins at.
    offset: u64,
    buffer: Vec<u8>,
    failed: bool,
}

impl Records {
    pub(super) fn new(source: Source) -> Self {
        Self {
            path: source.path,
            known: source.known,
            stream: source.stream,
            line: 0,
            line_start: 0,
            offset: 0,
            buffer: Vec::new(),
            failed: false,
        }
    }

    /// Reads the next line into the buffer; false at the end.
    fn next_line(&mut self) -> Result<bool, Error> {
        self.buffer.clear();
        let failed = |error| Error::io(&self.path, error).at_line(self.line + 1);
        let read = (&mut self.stream)
            .take(MAX_RECORD_BYTES)
            .read_until(b'\n', &mut self.buffer)
            .map_err(failed)?;
        self.line_start = self.offset;
        self.offset += read as u64;
        if read as u64 == MAX_RECORD_BYTES && !self.buffer.ends_with(b"\n") {
            self.offset += self.stream.skip_until(b'\n').map_err(failed)? as u64;
            self.line += 1;
            let reason = format!("the line is longer than {} MiB", MAX_RECORD_BYTES >> 20);
            return Err(Error::invalid(&self.path, reason).at_line(self.line));
        }
        self.line += u64::from(read > 0);
        Ok(read > 0)
    }
}

impl Iterator for Records {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            match self.next_line() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    // A stream that cannot be read has no further line.
                    self.failed = !error.is_invalid();
                    return Some(Err(error));
                }
            }
            let line = self.buffer.trim_ascii();
            let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            let indent = line.as_ptr().addr() - self.buffer.as_ptr().addr();
            let start = self.line_start + indent as u64;
            return Some(
                encoding::decode_record(&self.path, line, self.known)
                    .map_err(|error| error.moved(self.line, start))
                    .and_then(|decoded| {
                        let read = fields::parse(&decoded.text, &self.path, self.line)?;
                        Ok(read.decoded_from(decoded))
                    }),
            );
        }
        None
    }
}
