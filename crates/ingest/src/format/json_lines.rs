//! JSON Lines: one document a line, as an object.

use std::path::PathBuf;

use super::lines::{Line, Lines};
use super::source::Source;
use super::{Read, fields};
use crate::Error;
use crate::encoding::{self, Known};

/// The records of one file.
pub(super) struct Records {
    path: PathBuf,
    known: Known,
    lines: Lines,
    line: Line,
    failed: bool,
}

impl Records {
    pub(super) fn new(source: Source) -> Self {
        Self {
            lines: Lines::new(source.path.clone(), source.stream),
            path: source.path,
            known: source.known,
            line: Line::default(),
            failed: false,
        }
    }

    /// The document of the line that was read.
    fn record(&self, text: &[u8]) -> Result<Read, Error> {
        let line = &self.line;
        let indent = text.as_ptr().addr() - line.bytes.as_ptr().addr();
        let decoded = encoding::decode_record(&self.path, text, self.known)
            .map_err(|error| error.moved(line.number, line.offset + indent as u64))?;
        let read = fields::parse(&decoded.text, &self.path, line.number)?;
        Ok(read.decoded_from(decoded))
    }
}

impl Iterator for Records {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            match self.lines.read(&mut self.line) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    // A stream that cannot be read has no further line.
                    self.failed = !error.is_invalid();
                    return Some(Err(error));
                }
            }
            let text = self.line.bytes.trim_ascii();
            if !text.is_empty() {
                return Some(self.record(text));
            }
        }
        None
    }
}
