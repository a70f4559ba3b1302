//! From the keys of a record to a document: one way for JSON and for tables.
//!
//! `id` and `body` are strings that must be there. `title`, `date`, `lang`, `source` and `url` are
//! strings that may be; other keys are kept.

use std::path::Path;

use mekong_core::Document;
use serde_json::{Map, Value};

use super::Read;
use crate::{Error, Problem};

/// The document of a JSON text that begins at `line` of the file.
pub(super) fn parse(text: &str, path: &Path, line: u64) -> Result<Read, Error> {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => document(fields, path, line),
        Ok(value) => {
            let reason = format!("expected a JSON object, found {}", name(&value));
            Err(Error::invalid(path, reason).at_line(line))
        }
        Err(error) => {
            let (within, column) = (error.line().max(1) as u64, error.column());
            let message = error.to_string();
            let place = format!(" at line {within} column {column}");
            let what = message.strip_suffix(&place).unwrap_or(&message);
            let reason = format!("not a JSON object: {what} (column {column})");
            Err(Error::invalid(path, reason).at_line(line + within - 1))
        }
    }
}

/// The document of these fields, which begin at `line` of the file.
pub(super) fn document(fields: Map<String, Value>, path: &Path, line: u64) -> Result<Read, Error> {
    from_map(fields, path, line).map_err(|error| error.at_line(line))
}

fn from_map(mut fields: Map<String, Value>, path: &Path, line: u64) -> Result<Read, Error> {
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
            .map(|error| Problem::IgnoredField(error.at_line(line)))
            .collect(),
        path: path.to_owned(),
        line: Some(line),
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
