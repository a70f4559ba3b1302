//! Seed articles: plain text, which may begin with ` date YYYY-MM-DD `.

use mekong_core::{DateSource, Document};
use mekong_dates::Date;

use super::source::Source;
use super::{Read, ReadOptions};
use crate::{Error, Problem, encoding};

/// Reads a file that is one article.
pub(super) fn read(source: Source, options: &ReadOptions) -> Result<Read, Error> {
    let (path, id) = (source.path.clone(), source.id.clone());
    let bytes = source.bytes()?;
    let decoded = encoding::decode(&path, &bytes, None, options.encoding)?;
    let text = &*decoded.text;
    let mut problems: Vec<_> = decoded.problem.into_iter().collect();
    let (date, body) = match header(text) {
        Some((written, body)) => match written.parse::<Date>() {
            Ok(date) => (Some(date), body),
            Err(error) => {
                let reason = format!("the header's date `{written}` is none");
                let error = Error::invalid(&path, reason).at_line(1).caused_by(error);
                problems.push(Problem::IgnoredField(error));
                (None, body)
            }
        },
        None => (None, text),
    };
    let body = body.trim();
    if let Some(at) = text.find('\0') {
        let line = 1 + text[..at].matches('\n').count() as u64;
        return Err(Error::invalid(&path, "not a text: it has zero bytes").at_line(line));
    }
    if body.is_empty() {
        return Err(Error::empty(&path));
    }
    let mut document = Document::new(id).body(body);
    if let Some(date) = date {
        document = document.date_from(date, DateSource::Header);
    }
    Ok(Read {
        document,
        problems,
        path,
        line: None,
        encoding: decoded.encoding,
    })
}

/// Splits ` date 2025-12-15 The text …` into `2025-12-15` and the text.
fn header(text: &str) -> Option<(&str, &str)> {
    let rest = text
        .trim_start()
        .strip_prefix("date ")?
        .trim_start_matches(' ');
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (date, body) = rest.split_at(end);
    // `date palms are grown …` is a text.
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_date.then_some((date, body))
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn a_header_is_a_date_of_its_own() {
        assert_eq!(
            header(" date 2025-12-15 HÀ NỘI — …"),
            Some(("2025-12-15", " HÀ NỘI — …"))
        );
        assert_eq!(
            header("date 2025-02-30\nText"),
            Some(("2025-02-30", "\nText"))
        );
        for text in [
            "",
            "Text",
            "date palms are grown",
            "date 2025",
            "update 2025-12-15 x",
        ] {
            assert_eq!(header(text), None, "{text}");
        }
    }
}
