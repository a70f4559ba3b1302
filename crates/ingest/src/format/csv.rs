//! CSV (RFC 4180) and TSV: a document a record, the first record names the columns.
//!
//! A quote that is not closed would swallow what follows, to the next quote or to the end of the
//! file. Such a record is left out, and reading goes on with the line behind the one that it began
//! on. In TSV, which knows no quotes, those that do not enclose a field are part of its text.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::columns::{Columns, Layout};
use super::lines::{Line, Lines};
use super::source::Source;
use super::stream::MAX_RECORD_BYTES;
use super::{Format, Read, ReadOptions, fields};
use crate::Error;
use crate::encoding::{self, Decoded, Known};

/// So many bytes are read again at most, behind quotes that are not closed. Then the file is given
/// up: it could take time without end.
const MAX_READ_AGAIN: usize = 64 << 20;

/// The documents of one file.
pub(super) struct Records {
    path: PathBuf,
    id: String,
    known: Known,
    columns: Columns,
    lines: Lines,
    /// Lines that are to be read again.
    again: VecDeque<Line>,
    read_again: usize,
    /// Known once the first line is read.
    delimiter: Option<u8>,
    layout: Option<Layout>,
    ended: bool,
}

impl Records {
    pub(super) fn new(source: Source, format: Format, options: &ReadOptions) -> Self {
        let columns = options.columns.clone();
        let tab = (format == Format::Tsv).then_some(b'\t');
        Self {
            lines: Lines::new(source.path.clone(), source.stream),
            path: source.path,
            id: source.id,
            known: source.known,
            delimiter: columns.given_delimiter().or(tab),
            columns,
            again: VecDeque::new(),
            read_again: 0,
            layout: None,
            ended: false,
        }
    }

    fn next_line(&mut self) -> Result<Option<Line>, Error> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line::default();
        Ok(self.lines.read(&mut line)?.then_some(line))
    }

    /// The lines of the next record that is not blank, as one; none at the end.
    fn next_record(&mut self) -> Result<Option<Line>, Error> {
        loop {
            let Some(first) = self.next_line()? else {
                return Ok(None);
            };
            if first.bytes.trim_ascii().is_empty() {
                continue;
            }
            let delimiter = match self.delimiter {
                Some(delimiter) => delimiter,
                None => {
                    // A line that Excel reads and writes.
                    let given = match first.bytes.trim_ascii_end() {
                        [b's', b'e', b'p', b'=', delimiter] => Some(*delimiter),
                        _ => None,
                    };
                    self.delimiter = given.or_else(|| Some(most_frequent(&first.bytes)));
                    if given.is_some() {
                        continue;
                    }
                    most_frequent(&first.bytes)
                }
            };
            return self.whole(first, delimiter).map(Some);
        }
    }

    /// The record that begins on this line, with those that it goes on over.
    fn whole(&mut self, first: Line, delimiter: u8) -> Result<Line, Error> {
        let mut splitter = Splitter::new(delimiter);
        let mut state = splitter.over(&first.bytes);
        if state == State::Outside {
            return Ok(first);
        }
        let mut bytes = first.bytes.len();
        let mut behind = Vec::new();
        while state == State::Quoted && (bytes as u64) < MAX_RECORD_BYTES {
            let Some(line) = self.next_line()? else {
                break;
            };
            state = splitter.over(&line.bytes);
            bytes += line.bytes.len();
            behind.push(line);
        }
        if state == State::Outside {
            let mut record = first;
            for line in behind {
                record.bytes.extend(line.bytes);
            }
            return Ok(record);
        }
        self.read_again += bytes - first.bytes.len();
        behind
            .into_iter()
            .rev()
            .for_each(|line| self.again.push_front(line));
        if delimiter == b'\t' && self.read_again <= MAX_READ_AGAIN {
            return Ok(first);
        }
        let mut reason = "a quote is not closed, or text stands behind a closing quote; \
            a quote within a quoted field is written twice"
            .to_owned();
        if self.read_again > MAX_READ_AGAIN {
            self.ended = true;
            reason += "; there were too many of these: what follows is left out";
        }
        Err(Error::invalid(&self.path, reason).at_line(first.number))
    }

    fn decode<'a>(&self, record: &'a Line) -> Result<Decoded<'a>, Error> {
        encoding::decode_record(&self.path, &record.bytes, self.known)
            .map_err(|error| error.moved(record.number, record.offset))
    }

    /// The document of a record; none where it is the one that names the columns, or empty.
    fn read(&mut self, record: &Line) -> Result<Option<Read>, Error> {
        let invalid = |reason: String| Error::invalid(&self.path, reason).at_line(record.number);
        let decoded = match self.decode(record) {
            Ok(decoded) => decoded,
            Err(error) => {
                // Without its first record a table has no columns.
                self.ended |= self.layout.is_none() && self.columns.has_header();
                return Err(error);
            }
        };
        let values = split(&decoded.text, self.delimiter.unwrap_or(b','));
        let layout = match &mut self.layout {
            Some(layout) => layout,
            none => {
                let layout = self.columns.layout(&values).map_err(|reason| {
                    self.ended = true;
                    invalid(reason)
                })?;
                let layout = none.insert(layout);
                if self.columns.has_header() {
                    return Ok(None);
                }
                layout
            }
        };
        if values.iter().all(|value| value.trim().is_empty()) {
            return Ok(None);
        }
        if values.len() != layout.width {
            let (has, width) = (values.len(), layout.width);
            return Err(invalid(format!(
                "the record has {has} fields, the first one has {width}"
            )));
        }
        if decoded.text.contains('\0') {
            return Err(invalid("not a text: it has zero bytes".to_owned()));
        }
        let id = format!("{}#{}", self.id, record.number);
        let (keys, meta) = layout.keys(&values, id);
        let mut read = fields::document(keys, &self.path, record.number)?;
        read.document.meta = meta;
        Ok(Some(read.decoded_from(decoded)))
    }
}

impl Iterator for Records {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let record = match self.next_record() {
                Ok(record) => record?,
                Err(error) => {
                    // A stream that cannot be read has no further record.
                    self.ended |= !error.is_invalid();
                    return Some(Err(error));
                }
            };
            if let Some(read) = self.read(&record).transpose() {
                return Some(read);
            }
        }
        None
    }
}

/// The one of comma, semicolon and tab that stands most often outside of quotes.
fn most_frequent(line: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in line {
        is_quoted ^= *byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!is_quoted && byte == delimiter);
        }
    }
    // The last of equals: commas come first.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |&(delimiter, _)| delimiter)
}

/// The fields of a record.
fn split(record: &str, delimiter: u8) -> Vec<String> {
    let record = record.strip_suffix('\n').unwrap_or(record);
    let record = record.strip_suffix('\r').unwrap_or(record);
    let mut splitter = Splitter::new(delimiter);
    splitter.is_literal = splitter.over(record.as_bytes()) != State::Outside;
    splitter.state = Place::Start;
    let mut fields = vec![String::new()];
    for c in record.chars() {
        match splitter.step(c) {
            Step::Text => fields
                .last_mut()
                .into_iter()
                .for_each(|field| field.push(c)),
            Step::Field => fields.push(String::new()),
            Step::Nothing => {}
            Step::Broken => {}
        }
    }
    fields
}

/// Where a text is, of a record of fields.
struct Splitter {
    delimiter: char,
    /// Whether quotes are text.
    is_literal: bool,
    state: Place,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// At the start of a field.
    Start,
    /// In a field without quotes.
    Plain,
    Quoted,
    /// Behind a quote within quotes: the end of the field, or the first half of a quote.
    Closed,
}

/// How a line ends.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Outside,
    Quoted,
    Broken,
}

enum Step {
    /// The character is part of the field.
    Text,
    /// It is the end of the field.
    Field,
    Nothing,
    /// It is text behind a closing quote.
    Broken,
}

impl Splitter {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter: delimiter.into(),
            is_literal: false,
            state: Place::Start,
        }
    }

    fn step(&mut self, c: char) -> Step {
        let is_quote = c == '"' && !self.is_literal;
        let (state, step) = match self.state {
            Place::Start if is_quote => (Place::Quoted, Step::Nothing),
            Place::Quoted if is_quote => (Place::Closed, Step::Nothing),
            Place::Closed if is_quote => (Place::Quoted, Step::Text),
            Place::Quoted => (Place::Quoted, Step::Text),
            _ if c == self.delimiter => (Place::Start, Step::Field),
            Place::Closed if c.is_ascii_whitespace() => (Place::Closed, Step::Nothing),
            Place::Closed => (Place::Closed, Step::Broken),
            Place::Start | Place::Plain => (Place::Plain, Step::Text),
        };
        self.state = state;
        step
    }

    /// Goes over a line. Bytes do for characters: delimiters and quotes are ASCII.
    fn over(&mut self, line: &[u8]) -> State {
        for &byte in line {
            if let Step::Broken = self.step(byte.into()) {
                return State::Broken;
            }
        }
        match self.state {
            Place::Quoted => State::Quoted,
            _ => State::Outside,
        }
    }
}
