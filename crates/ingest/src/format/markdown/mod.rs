//! Markdown: its text, and what its front matter says.

mod front_matter;

use std::path::Path;

use mekong_core::Document;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::source::Source;
use super::{Read, ReadOptions, claims};
use crate::Error;

/// Reads a file that is one document.
pub(super) fn read(source: Source, options: &ReadOptions) -> Result<Read, Error> {
    source.document(options, |_| None, document)
}

/// The document of a text.
///
/// The title is that of the front matter, else the first heading of level 1, which is no part of
/// the body then. The front matter's `date`, `lang`, `source` and `url` are those of the document,
/// its other keys go to the metadata.
fn document(text: &str, id: String, path: &Path) -> (Document, Option<Error>) {
    let (front_matter, text) = front_matter::split(text);
    let mut document = Document::new(id);
    let (mut dates, mut language) = (Vec::new(), None);
    for (key, value) in front_matter {
        let place = match key.to_ascii_lowercase().as_str() {
            "title" => &mut document.title,
            "source" => &mut document.source,
            "url" if value.as_str().is_some_and(claims::is_url) => &mut document.url,
            "lang" | "language" => &mut language,
            "date" | "published" | "publishdate" | "pubdate" => {
                dates.push(plain(&value));
                continue;
            }
            _ => {
                document.meta.insert(key, value);
                continue;
            }
        };
        *place = Some(plain(&value)).filter(|text| !text.trim().is_empty());
    }
    let rendered = rendered(text);
    let heading = rendered
        .heading
        .map(|range| (rendered.text[range.clone()].trim(), range));
    document.body = match heading {
        // A title of its own is the document's; that of the text stays in it, as one more heading.
        Some((heading, range)) if document.title.as_deref().is_none_or(|t| t == heading) => {
            let body = format!(
                "{}{}",
                &rendered.text[..range.start],
                &rendered.text[range.end..]
            );
            document.title = Some(heading.to_owned());
            body.trim().to_owned()
        }
        _ => rendered.text.trim().to_owned(),
    };
    let dates = dates
        .iter()
        .map(String::as_str)
        .filter(|text| !text.trim().is_empty());
    let ignored = claims::date(&mut document, dates, path);
    claims::language(&mut document, language.as_deref());
    (document, ignored)
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[derive(Default)]
struct Rendered {
    text: String,
    /// The first heading of level 1, with its line break.
    heading: Option<std::ops::Range<usize>>,
}

/// The text as a reader sees it, a line for each block. Addresses of links are left out, the texts
/// that stand for images kept; so is code.
fn rendered(markdown: &str) -> Rendered {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut out = Rendered::default();
    let mut heading = None;
    let mut html = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => out.text.push_str(&text),
            Event::SoftBreak => out.text.push(' '),
            Event::HardBreak => out.line_break(),
            Event::Html(text) => html.push_str(&text),
            Event::InlineHtml(tag) if starts_with(&tag, "<br") => out.line_break(),
            Event::Start(Tag::TableCell) => out.cell(),
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => {
                out.line_break();
                heading = Some(out.text.len());
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                out.line_break();
                let start = heading.take().unwrap_or(out.text.len());
                if out.heading.is_none() && !out.text[start..].trim().is_empty() {
                    out.heading = Some(start..out.text.len());
                }
            }
            Event::Start(tag) if is_block(&tag.to_end()) => out.line_break(),
            Event::End(TagEnd::HtmlBlock) => {
                out.line_break();
                out.text.push_str(&text_of_html(&html));
                html.clear();
                out.line_break();
            }
            Event::End(tag) if is_block(&tag) => out.line_break(),
            _ => {}
        }
    }
    out
}

impl Rendered {
    fn line_break(&mut self) {
        self.text
            .truncate(self.text.trim_end_matches([' ', '\t']).len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn cell(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\t');
        }
    }
}

fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableCell
    )
}

fn starts_with(text: &str, prefix: &str) -> bool {
    let start = text.as_bytes().get(..prefix.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

#[cfg(feature = "html")]
fn text_of_html(html: &str) -> String {
    super::html::text(html)
}

/// Without a parser of HTML nothing is taken out of it, so that nothing is lost.
#[cfg(not(feature = "html"))]
fn text_of_html(html: &str) -> String {
    html.to_owned()
}
