//! JSON Lines: one document a line, as an object.
//!
//! `id` and `body` are strings that must be there. `title`, `date`, `lang`, `source` and `url` are
//! strings that may be; other keys are kept.

use std::io::{BufRead, Read as _};
use std::path::{Path, PathBuf};

use mekong_core::Document;
use serde_json::{Map, Value};

use super::source::Source;
use super::stream::{MAX_RECORD_BYTES, Stream};
use super::{Read, ReadOptions};
use crate::{Encoding, Error, Problem, encoding};

/// The records of one file.
pub(super) struct Records {
    path: PathBuf,
    expected: Option<Encoding>,
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
    pub(super) fn new(source: Source, options: &ReadOptions) -> Self {
        Self {
            path: source.path,
            expected: options.encoding,
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
            let decoded = match encoding::decode(&self.path, line, None, self.expected) {
                Ok(decoded) => decoded,
                Err(error) => {
                    let indent = line.as_ptr().addr() - self.buffer.as_ptr().addr();
                    let error = error.moved(self.line_start + indent as u64);
                    return Some(Err(error.at_line(self.line)));
                }
            };
            let record = document(&decoded.text, &self.path, self.line).map(|mut read| {
                read.encoding = decoded.encoding;
                let problem = decoded.problem.map(|problem| problem.at_line(self.line));
                read.problems.extend(problem);
                read
            });
            return Some(record.map_err(|error| error.at_line(self.line)));
        }
        None
    }
}

fn document(line: &str, path: &Path, number: u64) -> Result<Read, Error> {
    let value: Value = serde_json::from_str(line)
        .map_err(|error| Error::invalid(path, "not a JSON object").caused_by(error))?;
    let Value::Object(mut fields) = value else {
        let reason = format!("expected a JSON object, found {}", name(&value));
        return Err(Error::invalid(path, reason));
    };
    let id = required(&mut fields, "id", path)?;
    if !(1..=Document::MAX_ID_BYTES).contains(&id.len()) {
        let reason = format!(
            "`id` must be 1 to {} bytes long, this one has {}",
            Document::MAX_ID_BYTES,
            id.len()
        );
        return Err(Error::invalid(path, reason));
    }
    let mut document = Document::new(id).body(required(&mut fields, "body", path)?);
    let mut ignored = Vec::new();
    let mut optional = |key: &str| match fields.remove(key) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(Value::String(text)) => Some(text),
        Some(other) => {
            let reason = format!("`{key}` must be a string, it is {}", name(&other));
            ignored.push(Error::invalid(path, reason));
            None
        }
    };
    document.title = optional("title");
    document.source = optional("source");
    document.url = optional("url");
    let (date, language) = (optional("date"), optional("lang"));
    if let Some(text) = date {
        match text.parse() {
            Ok(date) => document = document.date(date),
            Err(error) => {
                let reason = format!("`date` is no date: `{}`", shortened(&text));
                ignored.push(Error::invalid(path, reason).caused_by(error));
            }
        }
    }
    if let Some(text) = language {
        match text.parse() {
            Ok(language) => document.language = Some(language),
            Err(error) => {
                ignored.push(Error::invalid(path, "`lang` is no language").caused_by(error))
            }
        }
    }
    document.meta = fields;
    Ok(Read {
        document,
        problems: ignored
            .into_iter()
            .map(|error| Problem::IgnoredField(error.at_line(number)))
            .collect(),
        path: path.to_owned(),
        line: Some(number),
        encoding: None,
    })
}

fn required(fields: &mut Map<String, Value>, key: &str, path: &Path) -> Result<String, Error> {
    match fields.remove(key) {
        Some(Value::String(text)) => Ok(text),
        Some(other) => {
            let reason = format!("`{key}` must be a string, it is {}", name(&other));
            Err(Error::invalid(path, reason))
        }
        None => Err(Error::invalid(path, format!("`{key}` is missing"))),
    }
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
