//! A file line by line, with the place of each line.

use std::io::{BufRead as _, Read as _};
use std::path::PathBuf;

use super::stream::{MAX_RECORD_BYTES, Stream};
use crate::Error;

/// The lines of one file.
pub(super) struct Lines {
    path: PathBuf,
    stream: Stream,
    /// Lines that are behind.
    line: u64,
    /// Bytes that are behind.
    offset: u64,
}

/// A line of a file.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// With its end.
    pub(super) bytes: Vec<u8>,
    /// Counted from 1.
    pub(super) number: u64,
    /// The byte of the file that it begins at.
    pub(super) offset: u64,
}

impl Lines {
    pub(super) fn new(path: PathBuf, stream: Stream) -> Self {
        Self {
            path,
            stream,
            line: 0,
            offset: 0,
        }
    }

    /// Reads the next line into `line`, without the byte order mark of the first; false at the
    /// end.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] where the line is too long; the next one is behind it.
    pub(super) fn read(&mut self, line: &mut Line) -> Result<bool, Error> {
        line.bytes.clear();
        let number = self.line + 1;
        let failed = |error| Error::io(&self.path, error).at_line(number);
        let read = (&mut self.stream)
            .take(MAX_RECORD_BYTES)
            .read_until(b'\n', &mut line.bytes)
            .map_err(failed)?;
        (line.number, line.offset) = (number, self.offset);
        self.offset += read as u64;
        self.line += u64::from(read > 0);
        if read as u64 == MAX_RECORD_BYTES && !line.bytes.ends_with(b"\n") {
            self.offset += self.stream.skip_until(b'\n').map_err(failed)? as u64;
            let reason = format!("the line is longer than {} MiB", MAX_RECORD_BYTES >> 20);
            return Err(Error::invalid(&self.path, reason).at_line(self.line));
        }
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        if line.offset == 0 && line.bytes.starts_with(MARK) {
            line.bytes.drain(..MARK.len());
            line.offset = MARK.len() as u64;
        }
        Ok(read > 0)
    }
}
