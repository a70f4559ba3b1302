//! A page in an answer of HTTP/1 (RFC 9112), as web archives keep it.

use std::io::Read as _;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::super::stream::MAX_RECORD_BYTES;
use super::Page;
use super::records::headers;

/// The page of an answer; none where it is an error, or neither HTML nor plain text. The error is
/// a reason. The answer begins at byte `start` of the file.
pub(super) fn page(answer: &[u8], start: u64) -> Result<Option<Page>, String> {
    let (head, body) = split(answer).ok_or("its answer has no body")?;
    let head = String::from_utf8_lossy(head);
    let (status, fields) = head.split_once('\n').unwrap_or((&head, ""));
    let mut words = status.split_ascii_whitespace();
    let is_http = words
        .next()
        .is_some_and(|version| version.starts_with("HTTP/"));
    let status = words.next().and_then(|status| status.parse::<u16>().ok());
    let (true, Some(status)) = (is_http, status) else {
        return Err("its answer is not HTTP".to_owned());
    };
    if !(200..300).contains(&status) {
        return Ok(None);
    }
    let fields = headers(fields);
    let field = |name: &str| {
        let (_, value) = fields.iter().find(|(key, _)| key == name)?;
        Some(value.to_ascii_lowercase())
    };
    let kind = field("content-type");
    // What is certainly nothing to read is not unpacked.
    if kind
        .as_deref()
        .is_some_and(|kind| media(kind, b"").is_none())
    {
        return Ok(None);
    }
    let mut bytes = body.to_vec();
    let transfer = field("transfer-encoding").unwrap_or_default();
    if transfer.split(',').any(|coding| coding.trim() == "chunked") {
        // Many crawlers keep the header and undo what it tells.
        bytes = unchunked(&bytes).unwrap_or(bytes);
    }
    let codings = field("content-encoding").unwrap_or_default();
    for coding in codings.split(',').rev() {
        bytes = unpacked(coding.trim(), bytes)?;
    }
    let media = match &kind {
        Some(kind) => media(kind, &bytes),
        None => looks_like_html(&bytes).then_some((true, None)),
    };
    Ok(media.map(|(is_html, charset)| Page {
        bytes,
        is_html,
        charset,
        start: start + (answer.len() - body.len()) as u64,
    }))
}

/// Whether a media type is that of HTML (else of plain text), and its charset; nothing where it is
/// neither.
pub(super) fn media(kind: &str, bytes: &[u8]) -> Option<(bool, Option<String>)> {
    let mut parts = kind.split(';');
    let name = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_html = match name.as_str() {
        "text/html" | "application/xhtml+xml" => true,
        // Servers say so of what they do not know.
        "text/plain" => looks_like_html(bytes),
        _ => return None,
    };
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    Some((is_html, charset.filter(|charset| !charset.is_empty())))
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = start[..start.len().min(14)].to_ascii_lowercase();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}

/// The head and what stands behind its empty line.
fn split(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    loop {
        let line = at + answer[at..].iter().position(|byte| *byte == b'\n')? + 1;
        if answer[at..line].trim_ascii().is_empty() {
            return Some((&answer[..at], &answer[line..]));
        }
        at = line;
    }
}

/// Puts chunks together; nothing where these are none. What is missing at the end is missing.
fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut is_first = true;
    while let Some(end) = bytes.iter().take(1024).position(|byte| *byte == b'\n') {
        let size = std::str::from_utf8(&bytes[..end]).ok();
        let size = size.and_then(|line| line.split(';').next());
        let size = size.and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        let Some(size) = size else {
            return (!is_first).then_some(whole);
        };
        is_first = false;
        bytes = &bytes[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        let chunk = &bytes[..size.min(bytes.len())];
        whole.extend_from_slice(chunk);
        bytes = &bytes[chunk.len()..];
        let line_break = bytes
            .iter()
            .take(2)
            .take_while(|byte| byte.is_ascii_whitespace());
        bytes = &bytes[line_break.count()..];
    }
    (!is_first).then_some(whole)
}

/// Undoes a content coding. What a crawler has undone already is told by its first bytes.
fn unpacked(coding: &str, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = match coding {
        "" | "identity" => return Ok(bytes),
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => {
            MultiGzDecoder::new(bytes.as_slice())
                .take(MAX_RECORD_BYTES)
                .read_to_end(&mut out)
        }
        // RFC 9110 means zlib; some servers send bare deflate.
        "deflate" if bytes.first().is_some_and(|byte| byte & 0x0F == 8) => {
            ZlibDecoder::new(bytes.as_slice())
                .take(MAX_RECORD_BYTES)
                .read_to_end(&mut out)
        }
        "deflate" if !looks_like_html(&bytes) => DeflateDecoder::new(bytes.as_slice())
            .take(MAX_RECORD_BYTES)
            .read_to_end(&mut out),
        "gzip" | "x-gzip" | "deflate" => return Ok(bytes),
        _ if looks_like_html(&bytes) => return Ok(bytes),
        coding => {
            return Err(format!(
                "it is packed with `{coding}`, expected gzip or deflate"
            ));
        }
    };
    match read {
        // The start of a page that breaks off is better than nothing.
        Err(error) if out.is_empty() => Err(format!("its {coding} is damaged ({error})")),
        _ => Ok(out),
    }
}
