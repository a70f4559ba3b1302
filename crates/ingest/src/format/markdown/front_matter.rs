//! Front matter: what stands before a Markdown text, between lines of `---` (YAML) or `+++` (TOML).
//!
//! Read are the pairs that publishing systems write: a key with a text, a number, a boolean or a
//! list of these. Of nested values the text is left out, as it has no place in a document. This is
//! no parser of YAML or TOML: anchors, types and documents of many levels are not front matter of
//! articles.

use serde_json::{Map, Value};

/// Takes the front matter from a text.
pub(super) fn split(text: &str) -> (Map<String, Value>, &str) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    for (fence, separator) in [("---", ':'), ("+++", '=')] {
        let Some(rest) = text.strip_prefix(fence) else {
            continue;
        };
        let Some((blank, rest)) = rest.split_once('\n') else {
            continue;
        };
        if !blank.trim().is_empty() {
            continue;
        }
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            let is_end = line.trim_end() == fence || separator == ':' && line.trim_end() == "...";
            if is_end {
                return match pairs(&rest[..end], separator) {
                    Some(pairs) => (pairs, &rest[end + line.len()..]),
                    None => (Map::new(), text),
                };
            }
            end += line.len();
        }
    }
    (Map::new(), text)
}

/// The pairs; none where it is a text between two rules after all.
fn pairs(text: &str, separator: char) -> Option<Map<String, Value>> {
    let mut pairs = Map::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if separator == '=' && line.starts_with('[') {
            // A table: its keys are not the document's.
            break;
        }
        let (key, value) = line.split_once(separator)?;
        let key = key.trim().trim_matches(['"', '\'']);
        if key.is_empty() || key.len() > 64 || line.starts_with([' ', '\t', '-']) {
            return None;
        }
        let mut inner = Vec::new();
        let is_open = separator == '=' && value.trim_start().starts_with('[');
        let mut whole = value.trim().to_owned();
        while let Some(next) = lines.peek() {
            let belongs = if separator == ':' {
                next.trim().is_empty() || next.starts_with([' ', '\t', '-'])
            } else {
                is_open && !whole.ends_with(']')
            };
            if !belongs {
                break;
            }
            whole.push_str(next.trim());
            inner.push(lines.next().unwrap_or_default());
        }
        let value = value.trim();
        let value = if separator == '=' {
            scalar_or_list(&whole)
        } else if inner.iter().all(|line| line.trim().is_empty()) {
            scalar_or_list(value)
        } else if value.starts_with(['|', '>']) {
            let glue = if value.starts_with('|') { "\n" } else { " " };
            let lines: Vec<_> = inner.iter().map(|line| line.trim()).collect();
            Some(lines.join(glue).trim().into())
        } else if value.is_empty() || value.starts_with('#') {
            list(&inner)
        } else if value.starts_with('[') {
            scalar_or_list(&whole)
        } else {
            // A plain text of many lines.
            let lines = inner.iter().map(|line| line.trim());
            let words: Vec<_> = std::iter::once(value).chain(lines).collect();
            scalar(words.join(" ").trim())
        };
        if let Some(value) = value {
            pairs.insert(key.to_owned(), value);
        }
    }
    Some(pairs)
}

/// `- a` on lines of their own; nothing where it is something nested.
fn list(lines: &[&str]) -> Option<Value> {
    let lines = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty());
    let values: Option<Vec<_>> = lines
        .map(|line| scalar(line.strip_prefix("- ")?.trim()))
        .collect();
    values.map(Value::Array)
}

fn scalar_or_list(text: &str) -> Option<Value> {
    let text = uncommented(text);
    let Some(inside) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    else {
        return scalar(text);
    };
    let mut values = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match (quote, c) {
            (None, '"' | '\'') if inside[start..at].trim().is_empty() => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ',') => {
                values.extend(scalar(inside[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    Some(Value::Array(values))
}

/// Without a comment at its end.
fn uncommented(text: &str) -> &str {
    let quoted = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].find(quote).map_or(0, |at| at + 2),
        _ => 0,
    };
    match text[quoted..].find(" #") {
        Some(at) => text[..quoted + at].trim_end(),
        None => text,
    }
}

fn scalar(text: &str) -> Option<Value> {
    let text = uncommented(text);
    if let Some(text) = quoted(text, '\'') {
        return Some(text.replace("''", "'").into());
    }
    if let Some(text) = quoted(text, '"') {
        // The escapes that JSON knows are those that are used.
        let json = serde_json::from_str::<String>(&format!("\"{text}\""));
        return Some(json.unwrap_or_else(|_| text.to_owned()).into());
    }
    match text {
        "" | "~" | "null" => None,
        "true" => Some(true.into()),
        "false" => Some(false.into()),
        // Not `{…}`, nor a reference.
        _ if text.starts_with(['{', '&', '*']) => None,
        // What is written as a number in JSON is one here. `007` is none.
        _ if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
            let number = serde_json::from_str::<serde_json::Number>(text);
            Some(number.map_or_else(|_| text.into(), Value::Number))
        }
        _ => Some(text.into()),
    }
}

fn quoted(text: &str, quote: char) -> Option<&str> {
    text.strip_prefix(quote)?.strip_suffix(quote)
}
