//! A feed cut into its items.
//!
//! Only as much of XML is looked at as it takes to see where items begin and end: tags, comments,
//! CDATA. So a file that breaks off, or is broken within an item, gives all its other items.

use std::io::{BufRead as _, Read as _};
use std::path::{Path, PathBuf};

use super::super::stream::{MAX_RECORD_BYTES, Stream};
use super::lines;
use crate::Error;

pub(super) struct Items {
    path: PathBuf,
    stream: Stream,
    /// What is read of the part that comes next; its last piece begins at `piece`.
    buffer: Vec<u8>,
    piece: usize,
    /// The byte of the file that the buffer begins at, and the line.
    start: u64,
    line: u64,
    place: Place,
    is_closed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Item,
    Between,
    End,
}

/// A piece of the file as it is.
pub(super) struct Part {
    /// What stands before the first item.
    pub(super) is_head: bool,
    pub(super) bytes: Vec<u8>,
    /// The byte of the file that it begins at, counted from 0, and the line, from 1.
    pub(super) start: u64,
    pub(super) line: u64,
}

enum Piece {
    Start,
    End,
    /// The end of the feed.
    Close,
    Other,
    TooLong,
    Eof,
}

impl Items {
    pub(super) fn new(path: &Path, stream: Stream) -> Self {
        Self {
            path: path.to_owned(),
            stream,
            buffer: Vec::new(),
            piece: 0,
            start: 0,
            line: 1,
            place: Place::Head,
            is_closed: false,
        }
    }

    /// Reads on to the end of a tag, a comment or a CDATA section.
    fn piece(&mut self) -> Result<Piece, Error> {
        self.piece = self.buffer.len();
        self.read_until(b'<')?;
        let tag = self.buffer.len();
        self.read_until(b'>')?;
        if self.buffer.len() as u64 >= MAX_RECORD_BYTES {
            return Ok(Piece::TooLong);
        }
        if !self.buffer.ends_with(b">") || tag == self.piece {
            return Ok(Piece::Eof);
        }
        let end: &[u8] = match &self.buffer[tag..] {
            tag if tag.starts_with(b"![CDATA[") => b"]]>",
            tag if tag.starts_with(b"!--") => b"-->",
            _ => b">",
        };
        while !self.buffer[tag..].ends_with(end) {
            let before = self.buffer.len();
            self.read_until(b'>')?;
            if self.buffer.len() as u64 >= MAX_RECORD_BYTES {
                return Ok(Piece::TooLong);
            }
            if self.buffer.len() == before {
                return Ok(Piece::Eof);
            }
        }
        let text = &self.buffer[tag..self.buffer.len() - 1];
        let (is_end, name) = match text.strip_prefix(b"/") {
            Some(name) => (true, name),
            None => (false, text),
        };
        let length = name
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        let name = &name[..length.unwrap_or(name.len())];
        let name = name
            .strip_prefix(b"atom:")
            .or(name.strip_prefix(b"rss:"))
            .unwrap_or(name);
        Ok(match (name, is_end) {
            (b"item" | b"entry", false) if !text.ends_with(b"/") => {
                // The tag without what stands before it.
                self.piece = tag - 1;
                Piece::Start
            }
            (b"item" | b"entry", true) => Piece::End,
            (b"rss" | b"feed" | b"rdf:RDF", true) => Piece::Close,
            _ => Piece::Other,
        })
    }

    fn read_until(&mut self, byte: u8) -> Result<(), Error> {
        let room = MAX_RECORD_BYTES.saturating_sub(self.buffer.len() as u64);
        let read = (&mut self.stream)
            .take(room)
            .read_until(byte, &mut self.buffer);
        match read {
            Ok(_) => Ok(()),
            Err(error) => {
                self.place = Place::End;
                let line = self.line + lines(&self.buffer);
                Err(Error::io(&self.path, error).at_line(line))
            }
        }
    }

    /// Takes the first bytes of the buffer, so many.
    fn take(&mut self, bytes: usize) -> Part {
        let rest = self.buffer.split_off(bytes);
        let bytes = std::mem::replace(&mut self.buffer, rest);
        let part = Part {
            is_head: self.place == Place::Head,
            start: self.start,
            line: self.line,
            bytes,
        };
        self.start += part.bytes.len() as u64;
        self.line += lines(&part.bytes);
        self.piece = 0;
        part
    }

    fn error(&self, part: &Part, reason: impl Into<String>) -> Error {
        Error::invalid(&self.path, reason).at_line(part.line)
    }
}

impl Iterator for Items {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.place != Place::End {
            let piece = match self.piece() {
                Ok(piece) => piece,
                Err(error) => return Some(Err(error)),
            };
            match (piece, self.place) {
                (Piece::Start, Place::Item) => {
                    let part = self.take(self.piece);
                    let byte = part.start;
                    let reason = format!("the item at byte {byte} does not end before the next");
                    return Some(Err(self.error(&part, reason)));
                }
                (Piece::Start, _) => {
                    let part = self.take(self.piece);
                    self.place = Place::Item;
                    if part.is_head {
                        return Some(Ok(part));
                    }
                }
                (Piece::End, Place::Item) => {
                    let part = self.take(self.buffer.len());
                    self.place = Place::Between;
                    return Some(Ok(part));
                }
                (Piece::Eof, place) => {
                    let part = self.take(self.buffer.len());
                    self.place = Place::End;
                    if place == Place::Item || !self.is_closed {
                        let reason = format!(
                            "the file is cut off at byte {}: the feed does not end",
                            self.start
                        );
                        let line = match place {
                            Place::Item => part.line,
                            _ => self.line,
                        };
                        return Some(Err(Error::invalid(&self.path, reason).at_line(line)));
                    }
                }
                (Piece::TooLong, place) => {
                    let part = self.take(self.buffer.len());
                    self.place = Place::Between;
                    if place != Place::Between {
                        let reason =
                            format!("the item is longer than {} MiB", MAX_RECORD_BYTES >> 20);
                        return Some(Err(self.error(&part, reason)));
                    }
                }
                (Piece::Close, Place::Between | Place::Head) => self.is_closed = true,
                (_, Place::Between) => {
                    self.take(self.buffer.len());
                }
                _ => {}
            }
        }
        None
    }
}
