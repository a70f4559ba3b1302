//! HTML: the article of a page, and what the page says about it.
//!
//! `page.rs` takes a page apart, `main_text.rs` finds the article in it, `metadata.rs` knows where
//! pages tell title, date and publisher.

mod main_text;
mod metadata;
mod names;
mod page;

use std::path::Path;

use mekong_core::{DateSource, Document};

use self::page::Page;
use super::source::Source;
use super::{Read, ReadOptions, claims};
use crate::Error;

/// So many bytes at the start of a page may declare its encoding: the HTML standard asks for
/// 1,024, browsers take what stands later too.
const DECLARATION_BYTES: usize = 4096;

/// Reads a file that is one page.
pub(super) fn read(source: Source, options: &ReadOptions) -> Result<Read, Error> {
    source.document(options, charset, document)
}

/// The encoding that a page declares: `<meta charset=…>`, also within `http-equiv`, or the prolog
/// of XHTML.
pub(super) fn charset(html: &[u8]) -> Option<String> {
    let head = html[..html.len().min(DECLARATION_BYTES)].to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        let tag = &rest[..rest.iter().position(|byte| *byte == b'>')?];
        let key: &[u8] = match () {
            () if tag.starts_with(b"meta") => b"charset",
            () if tag.starts_with(b"?xml") => b"encoding",
            () => continue,
        };
        let Some(at) = tag.windows(key.len()).position(|part| part == key) else {
            continue;
        };
        let value = tag[at + key.len()..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else {
            continue;
        };
        let is_outside = |byte: &u8| matches!(byte, b'"' | b'\'' | b' ' | b';' | b'/' | b'?');
        let value = value.trim_ascii_start();
        let value = value
            .strip_prefix(b"\"")
            .or(value.strip_prefix(b"'"))
            .unwrap_or(value);
        let label = &value[..value.iter().position(is_outside).unwrap_or(value.len())];
        let label = String::from_utf8_lossy(label).into_owned();
        // Whoever can read the declaration as ASCII does not read UTF-16: it is UTF-8 (standard).
        return Some(if label.starts_with("utf-16") {
            "utf-8".to_owned()
        } else {
            label
        });
    }
    None
}

/// The document of a page, and its date if that could not be read.
///
/// - Title: `og:title`, the headline of JSON-LD, the first `h1` or `<title>`, without the name of
///   the site at its end. The `h1` is no part of the body then.
/// - Date: `article:published_time`, JSON-LD's `datePublished`, the same of microdata, other `meta`
///   elements that are known, a `time` element within the article,
///   or a line of its own between the title and the text.
/// - Source: `og:site_name`, JSON-LD's publisher. Address: the canonical link, `og:url`. Authors go
///   to `author`.
/// - Language: what the page says is often that of its template, so it only counts where the text
///   does not tell by itself.
pub(super) fn document(html: &str, id: String, path: &Path) -> (Document, Option<Error>) {
    let page = page::parse(html);
    let linked = page.metadata.linked();
    let mut document = Document::new(id);

    let site = page.metadata.first(&["og:site_name", "application-name"]);
    let source = site.map(str::to_owned).or_else(|| linked.publisher.clone());
    let told = page.metadata.first(&["og:title", "twitter:title"]);
    let told = told.or(linked.headline.as_deref()).map(words);
    let heading = page
        .lines
        .iter()
        .find(|l| l.heading == Some(1) && l.aside.is_none());
    let heading = heading.map(|line| page.line(line).trim().to_owned());
    let title = told
        .or_else(|| page.metadata.first(&["title"]).map(str::to_owned))
        .map(|title| without_site(&title, source.as_deref(), heading.as_deref()).to_owned())
        .or_else(|| heading.clone())
        .filter(|title| !title.is_empty());
    let article = main_text::article(&page, title.as_deref());
    document.body = article.text;
    if let Some(body) = &linked.body {
        // Pages that scripts fill in have their text there alone.
        let body = text(body);
        if body.len() > 2 * document.body.len() {
            document.body = body;
        }
    }

    let times = times(&page, &article.lines);
    let dates = page.metadata.dates(&linked).chain(times);
    let ignored = claims::date(&mut document, dates, path);
    if document.date.is_none() {
        // `Thứ sáu, 03/10/2025, 17:45 (GMT+7)` below the title, on pages that say it no other way.
        let lines = article.byline.into_iter().map(|line| &page.text[line]);
        if let Some(date) = lines.filter_map(|line| line.trim().parse().ok()).next() {
            document = document.date_from(date, DateSource::Metadata);
        }
    }
    document.title = title;
    document.source = source;
    document.url = (page.metadata.first(&["canonical", "og:url"]))
        .filter(|url| claims::is_url(url))
        .map(str::to_owned);
    let author = page
        .metadata
        .first(&["author", "article:author", "dc.creator"]);
    let author = linked.author.clone().or_else(|| author.map(str::to_owned));
    if let Some(author) = author.filter(|author| !claims::is_url(author)) {
        document = document.meta("author", author);
    }
    let language = page
        .metadata
        .language
        .as_deref()
        .or(linked.language.as_deref());
    claims::language(&mut document, language);
    (document, ignored)
}

/// The text of a piece of HTML: a line for each block, without what no reader sees.
pub(super) fn text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.trim().to_owned();
    }
    let page = page::parse(html);
    let lines: Vec<_> = page.lines.iter().map(|line| page.line(line)).collect();
    lines.join("\n")
}

/// The `time` elements that may tell the date of publication: what says that it does, then those
/// of the article, then the only one that the page has outside of lists.
fn times<'p>(page: &'p Page, lines: &std::ops::Range<usize>) -> Vec<&'p str> {
    let times = &page.metadata.times;
    let shown: Vec<_> = times.iter().filter(|time| !time.is_aside).collect();
    let published = shown.iter().filter(|time| time.is_published);
    let inside = shown.iter().filter(|time| lines.contains(&time.line));
    let mut found: Vec<_> = published.chain(inside).map(|t| t.value.as_str()).collect();
    if let (true, [only]) = (found.is_empty(), shown.as_slice()) {
        found.push(&only.value);
    }
    found
}

/// A title without the name of the site, where it clearly ends with that.
fn without_site<'t>(title: &'t str, site: Option<&str>, heading: Option<&str>) -> &'t str {
    const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", "|"];
    let title = title.trim();
    if let Some(heading) = heading.filter(|heading| !heading.is_empty())
        && let Some(rest) = title.strip_prefix(heading)
        && (SEPARATORS.iter()).any(|separator| rest.starts_with(separator.trim_end()))
    {
        return &title[..heading.len()];
    }
    for separator in SEPARATORS {
        if let Some((before, name)) = title.rsplit_once(separator) {
            let name = name.trim();
            let is_host = name.contains('.') && !name.contains(' ') && !name.ends_with('.');
            let is_site = site.is_some_and(|site| site.to_lowercase() == name.to_lowercase());
            if (is_host || is_site) && !before.trim().is_empty() {
                return before.trim();
            }
        }
    }
    title
}

fn words(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}
