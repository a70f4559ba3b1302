//! JSON: an array of documents, or documents one after another, with the keys of JSON Lines.
//!
//! The text is taken apart at the brackets of its elements, one at a time, so that an array of any
//! length takes the room of its longest element, and an element that is not JSON costs itself
//! alone. That goes wrong where brackets or quotes are missing; what shows where the next element
//! begins is made use of:
//!
//! - a string never goes over the end of a line: JSON writes that as `\n`;
//! - a bracket closes all that were opened behind its partner;
//! - an object that stands where a key has to be is the next element.

use std::path::PathBuf;

use super::source::Source;
use super::stream::{MAX_RECORD_BYTES, Stream};
use super::{Read, fields};
use crate::Error;
use crate::encoding::{self, Known};

/// The documents of one file.
pub(super) struct Elements {
    path: PathBuf,
    known: Known,
    stream: Stream,
    /// Lines that are behind.
    line: u64,
    /// Bytes that are behind.
    offset: u64,
    /// The line where the array was opened that the next element is in; objects may also stand
    /// by themselves.
    array: Option<u64>,
    element: Element,
    ended: bool,
}

/// What is read of an element.
#[derive(Default)]
struct Element {
    bytes: Vec<u8>,
    line: u64,
    offset: u64,
    /// Brackets that are open.
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// The last byte outside of strings that is no blank.
    last: u8,
    is_too_long: bool,
}

enum Step {
    More,
    /// The byte is the last one of the element.
    Last,
    /// The byte is behind the element.
    Behind,
}

impl Element {
    fn start(&mut self, line: u64, offset: u64) {
        self.bytes.clear();
        self.open.clear();
        (self.line, self.offset) = (line, offset);
        (self.in_string, self.escaped, self.is_too_long) = (false, false, false);
        self.last = 0;
    }

    fn step(&mut self, byte: u8) -> Step {
        if self.in_string {
            match byte {
                _ if self.escaped && byte != b'\n' => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' | b'\n' => (self.in_string, self.escaped) = (false, false),
                _ => {}
            }
            return self.push(byte);
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' if self.last == b',' && self.open.last() == Some(&b'{') => return Step::Behind,
            b'{' | b'[' if self.open.is_empty() && self.last != 0 => return Step::Behind,
            b'{' | b'[' => self.open.push(byte),
            b'}' | b']' => {
                let partner = if byte == b'}' { b'{' } else { b'[' };
                match self.open.iter().rposition(|&open| open == partner) {
                    Some(at) => self.open.truncate(at),
                    // It closes the array around the element.
                    None if byte == b']' => return Step::Behind,
                    None => {}
                }
                if self.open.is_empty() {
                    self.push(byte);
                    return Step::Last;
                }
            }
            b',' | b'\n' if self.open.is_empty() => return Step::Behind,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
        self.push(byte)
    }

    fn push(&mut self, byte: u8) -> Step {
        if self.bytes.len() as u64 >= MAX_RECORD_BYTES {
            self.is_too_long = true;
            return Step::Behind;
        }
        self.bytes.push(byte);
        Step::More
    }
}

impl Elements {
    pub(super) fn new(source: Source) -> Self {
        Self {
            known: source.known,
            path: source.path,
            stream: source.stream,
            line: 0,
            offset: 0,
            array: None,
            element: Element::default(),
            ended: false,
        }
    }

    fn invalid(&self, reason: impl Into<String>) -> Error {
        Error::invalid(&self.path, reason).at_line(self.line + 1)
    }

    /// The first byte that is not behind; none at the end.
    fn peek(&mut self) -> Result<Option<u8>, Error> {
        let failed = |error| Error::io(&self.path, error).at_line(self.line + 1);
        Ok(self.stream.fill_buf().map_err(failed)?.first().copied())
    }

    fn advance(&mut self, byte: u8) {
        self.stream.consume(1);
        self.offset += 1;
        self.line += u64::from(byte == b'\n');
    }

    /// Goes behind UTF-8's byte order mark.
    fn skip_mark(&mut self) -> Result<(), Error> {
        for expected in *b"\xEF\xBB\xBF" {
            match self.peek()? {
                Some(byte) if byte == expected => self.advance(byte),
                _ => break,
            }
        }
        Ok(())
    }

    /// Reads the next element; false at the end.
    fn next_element(&mut self) -> Result<bool, Error> {
        loop {
            let Some(byte) = self.peek()? else {
                self.ended = true;
                if let Some(line) = self.array {
                    let reason = "the array is not closed: the file seems to be cut short";
                    return Err(Error::invalid(&self.path, reason).at_line(line));
                }
                return Ok(false);
            };
            match byte {
                b'[' if self.array.is_none() => self.array = Some(self.line + 1),
                b']' if self.array.is_some() => self.array = None,
                b']' | b'}' => {
                    let error = self.invalid("a bracket that closes nothing");
                    self.advance(byte);
                    return Err(error);
                }
                b',' => {}
                0xEF if self.offset == 0 => {
                    self.skip_mark()?;
                    continue;
                }
                _ if byte.is_ascii_whitespace() => {}
                _ => break,
            }
            self.advance(byte);
        }
        self.element.start(self.line + 1, self.offset);
        let is_closed = self.read_element()?;
        if self.element.is_too_long {
            self.ended = true;
            let limit = MAX_RECORD_BYTES >> 20;
            let reason = format!(
                "the element is not closed within {limit} MiB; what follows it is left out"
            );
            return Err(Error::invalid(&self.path, reason).at_line(self.element.line));
        }
        if !is_closed {
            self.ended = true;
            let reason = "the element is not closed; nothing behind it can be told apart";
            return Err(Error::invalid(&self.path, reason).at_line(self.element.line));
        }
        Ok(true)
    }

    /// False where the file ends within it.
    fn read_element(&mut self) -> Result<bool, Error> {
        loop {
            let failed = |error| Error::io(&self.path, error).at_line(self.line + 1);
            let bytes = self.stream.fill_buf().map_err(failed)?;
            if bytes.is_empty() {
                return Ok(self.element.open.is_empty() && !self.element.in_string);
            }
            let mut behind = 0;
            let mut is_whole = false;
            for &byte in bytes {
                match self.element.step(byte) {
                    Step::More => {}
                    Step::Last => is_whole = true,
                    Step::Behind => {
                        is_whole = true;
                        break;
                    }
                }
                behind += 1;
                self.line += u64::from(byte == b'\n');
                if is_whole {
                    break;
                }
            }
            self.stream.consume(behind);
            self.offset += behind as u64;
            if is_whole {
                return Ok(true);
            }
        }
    }
}

impl Iterator for Elements {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.next_element() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                // A stream that cannot be read has no further element.
                self.ended |= !error.is_invalid();
                return Some(Err(error));
            }
        }
        let element = &self.element;
        Some(
            encoding::decode_record(&self.path, &element.bytes, self.known)
                .map_err(|error| error.moved(element.line, element.offset))
                .and_then(|decoded| {
                    let read = fields::parse(&decoded.text, &self.path, element.line)?;
                    Ok(read.decoded_from(decoded))
                }),
        )
    }
}
