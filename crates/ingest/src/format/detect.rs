//! What a file is: by its first bytes, and by its name where these leave it open.

use std::path::Path;

use super::Format;

/// So many of the first bytes are looked at.
pub(super) const HEAD_BYTES: usize = 16 * 1024;

/// The format of a file that begins with `head`, without a byte order mark, and whose name is
/// `name` without the `.gz` or `.zst` at its end. The error is the reason that it is none.
pub(super) fn detect(head: &[u8], name: &Path) -> Result<Format, String> {
    if let Some(what) = binary(head) {
        return Err(format!("not a text: {what}"));
    }
    let extension = name.extension().and_then(|extension| extension.to_str());
    let by_name = extension.and_then(by_name);
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let text = text.trim_ascii_start();
    if text.starts_with(b"WARC/") {
        return Ok(Format::Warc);
    }
    match text.first() {
        Some(b'<') => match markup(text) {
            Markup::Feed => return Ok(Format::Feed),
            Markup::Html => return Ok(Format::Html),
            Markup::OtherXml if by_name.is_none() => {
                return Err("an XML file that is neither RSS, Atom nor XHTML".to_owned());
            }
            Markup::OtherXml | Markup::None => {}
        },
        Some(b'{') if is_before(text, b"\"}") => return Ok(object(text, by_name)),
        Some(b'[') if is_before(text, b"{]") => return Ok(Format::Json),
        _ => {}
    }
    let format = by_name.unwrap_or(Format::Article);
    // A record with one fails by itself.
    if matches!(format, Format::Article | Format::Markdown) && head.contains(&0) {
        return Err("not a text: it has zero bytes".to_owned());
    }
    Ok(format)
}

fn by_name(extension: &str) -> Option<Format> {
    Some(match extension.to_ascii_lowercase().as_str() {
        "txt" | "text" => Format::Article,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "jsonl" | "ndjson" => Format::JsonLines,
        "json" => Format::Json,
        "csv" => Format::Csv,
        "tsv" | "tab" => Format::Tsv,
        "rss" | "atom" => Format::Feed,
        "warc" => Format::Warc,
        _ => return None,
    })
}

/// Whether the second character that is no blank is one of `next`.
fn is_before(text: &[u8], next: &[u8]) -> bool {
    let rest = text.get(1..).unwrap_or_default().trim_ascii_start();
    rest.first().is_some_and(|byte| next.contains(byte))
}

/// JSON Lines have an object on each line; an object of many lines is one by itself.
fn object(text: &[u8], by_name: Option<Format>) -> Format {
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or(text);
    let is_whole = match serde_json::from_slice::<serde::de::IgnoredAny>(line) {
        Ok(_) => true,
        // A line that the head does not hold to its end is too long for one of many.
        Err(error) => !error.is_eof() || line.len() == text.len(),
    };
    if is_whole || by_name == Some(Format::JsonLines) {
        Format::JsonLines
    } else {
        Format::Json
    }
}

enum Markup {
    Feed,
    Html,
    OtherXml,
    None,
}

/// What the first element of a text is that begins with `<`.
fn markup(text: &[u8]) -> Markup {
    let is_xml = text.starts_with(b"<?xml");
    let mut rest = text;
    loop {
        rest = rest.trim_ascii_start();
        let end = if rest.starts_with(b"<!--") {
            find(rest, b"-->")
        } else if rest.starts_with(b"<?") {
            find(rest, b"?>")
        } else if starts_with(rest, b"<!doctype html") {
            return Markup::Html;
        } else if rest.starts_with(b"<!") {
            // Declarations within a document type end with `>` too.
            find(rest, b">").and_then(|end| match rest[..end].contains(&b'[') {
                true => find(rest, b"]>"),
                false => Some(end),
            })
        } else {
            break;
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => break,
        }
    }
    let name = rest.strip_prefix(b"<").unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b':';
    let end = name.iter().position(|byte| !is_name(byte));
    let name = &name[..end.unwrap_or(name.len())];
    match name.to_ascii_lowercase().as_slice() {
        b"rss" | b"feed" | b"atom:feed" | b"rdf:rdf" => Markup::Feed,
        b"html" | b"head" | b"body" | b"meta" | b"title" | b"link" | b"script" | b"style"
        | b"div" | b"article" | b"section" | b"main" | b"header" | b"table" | b"p" | b"h1" => {
            Markup::Html
        }
        _ if is_xml => Markup::OtherXml,
        _ => Markup::None,
    }
}

fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    let start = text.get(..prefix.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Where the first `needle` ends.
fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    let at = text.windows(needle.len()).position(|part| part == needle)?;
    Some(at + needle.len())
}

/// What a file is that is no text, by the first bytes that its format prescribes.
fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 18] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old office document",
        ),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG\r\n\x1A\n", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF87a", "a GIF image"),
        (b"GIF89a", "a GIF image"),
        (b"RIFF", "an image, a sound or a film (RIFF)"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"OggS", "a sound or a film (Ogg)"),
        (b"ID3", "a sound (MP3)"),
        (b"BZh", "compressed with bzip2, expected gzip or zstd"),
        (b"\xFD7zXZ\0", "compressed with xz, expected gzip or zstd"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (b"\x7FELF", "a program"),
    ];
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    known.map(|&(_, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, head: &str) -> Format {
        detect(head.as_bytes(), Path::new(name)).unwrap()
    }

    #[test]
    fn content_comes_before_the_name() {
        for (head, format) in [
            ("Hà Nội, ngày 3/10", Format::Article),
            (" date 2025-10-03 Hà Nội", Format::Article),
            ("{\"id\": \"a\"}\n{\"id\": \"b\"}", Format::JsonLines),
            ("{\"id\": \"a\", \"body\": \"cut sho", Format::JsonLines),
            ("{\n  \"id\": \"a\"\n}", Format::Json),
            ("[\n{\"id\": \"a\"}]", Format::Json),
            ("[]", Format::Json),
            ("[Reuters] Bangkok", Format::Article),
            ("{curly} braces", Format::Article),
            ("<!DOCTYPE html>\n<html>", Format::Html),
            ("<HTML lang=vi>", Format::Html),
            ("<?xml version='1.0'?><html xmlns=''>", Format::Html),
            (
                "<?xml version='1.0'?>\n<!-- a > b -->\n<rss version='2.0'>",
                Format::Feed,
            ),
            ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", Format::Feed),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Feed),
            ("<3 Hà Nội", Format::Article),
            ("WARC/1.0\r\nWARC-Type: warcinfo", Format::Warc),
            ("id,title\n1,a", Format::Article),
        ] {
            assert_eq!(of("a", head), format, "{head}");
            assert_eq!(of("a.txt", head), format, "{head}");
        }
    }

    #[test]
    fn the_name_decides_what_content_leaves_open() {
        for (name, head, format) in [
            ("a.md", "# Hà Nội", Format::Markdown),
            ("a.CSV", "id,title\n1,a", Format::Csv),
            ("a.tsv", "id\ttitle", Format::Tsv),
            ("a.htm", "Hà Nội <b>hôm nay</b>", Format::Html),
            ("a.jsonl", "not json", Format::JsonLines),
            ("a.json", "null", Format::Json),
        ] {
            assert_eq!(of(name, head), format, "{name}");
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        let reason = |head: &[u8]| detect(head, Path::new("a.txt")).unwrap_err();
        assert_eq!(reason(b"%PDF-1.7\n"), "not a text: a PDF document");
        assert!(reason(b"\x89PNG\r\n\x1A\n\0").contains("PNG"));
        assert!(reason(b"MZ\x90\0\x03\0\0\0").contains("zero bytes"));
        let xml = b"<?xml version='1.0'?><nitf>";
        assert!(detect(xml, Path::new("a.xml")).is_err());
    }
}
