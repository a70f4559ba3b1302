//! RSS (0.9x, 1.0, 2.0) and Atom: a document an item.
//!
//! `items.rs` cuts the file into items, so that what is broken in one of them does no harm to the
//! others, and that no more than one is in memory; `fields.rs` reads what an item says.

mod fields;
mod items;

use std::path::PathBuf;

use mekong_core::Document;
use serde_json::Value;

use self::fields::Fields;
use self::items::{Items, Part};
use super::source::Source;
use super::{Read, claims, html};
use crate::encoding::{self, Decoded, Known};
use crate::{Error, Problem};

/// The documents of one file.
pub(super) struct Records {
    path: PathBuf,
    /// The path below the one that is read, for items without an id.
    id: String,
    items: Items,
    known: Known,
    /// What the prolog declares.
    declared: Option<String>,
    channel: Channel,
    /// Items so far.
    count: u64,
    /// A wrong declaration is told once.
    is_misdeclared: bool,
}

/// What a feed says about all of its items.
#[derive(Default)]
struct Channel {
    title: Option<String>,
    language: Option<String>,
}

impl Records {
    pub(super) fn new(source: Source) -> Self {
        Self {
            items: Items::new(&source.path, source.stream),
            path: source.path,
            id: source.id,
            known: source.known,
            declared: None,
            channel: Channel::default(),
            count: 0,
            is_misdeclared: false,
        }
    }

    fn decode<'a>(&self, bytes: &'a [u8]) -> Result<Decoded<'a>, Error> {
        match self.declared.as_deref() {
            Some(label) => encoding::decode(&self.path, bytes, Some(label), self.known.expected),
            None => encoding::decode_record(&self.path, bytes, self.known),
        }
    }

    fn head(&mut self, bytes: &[u8]) {
        self.declared = html::charset(bytes);
        let Ok(decoded) = self.decode(bytes) else {
            return;
        };
        let (fields, _) = Fields::read(&decoded.text);
        // Below `rss/channel`, `RDF/channel` or `feed`.
        let of_channel = |name: &str| {
            let field = fields.all().find(|field| {
                let (parent, last) = field.name.rsplit_once('/').unwrap_or_default();
                last == name && matches!(parent, "rss/channel" | "rdf:RDF/channel" | "feed")
            })?;
            Some(field.as_text()).filter(|text| !text.is_empty())
        };
        self.channel.title = of_channel("title");
        self.channel.language = of_channel("language")
            .or_else(|| of_channel("dc:language"))
            .or_else(|| fields.attribute("feed", "xml:lang"));
    }

    fn item(&mut self, part: &Part) -> Result<Read, Error> {
        let path = &self.path;
        let decoded = self.decode(&part.bytes);
        let mut decoded = decoded.map_err(|error| error.moved(part.line, part.start))?;
        let (fields, error) = Fields::read(&decoded.text);
        if let Some((at, error)) = error {
            let line = part.line + lines(&decoded.text.as_bytes()[..at]);
            let byte = part.start + at as u64;
            let reason = format!("the item is not well-formed XML at byte {byte}");
            return Err(Error::invalid(path, reason).at_line(line).caused_by(error));
        }
        let mut problems = Vec::new();
        if !self.is_misdeclared
            && let Some(problem) = decoded.problem.take()
        {
            self.is_misdeclared = true;
            problems.push(problem);
        }
        let mut document = self.document(&fields);
        if document.body.is_empty() {
            let reason = "the item has neither a title nor a text";
            return Err(Error::invalid(path, reason).at_line(part.line));
        }
        let texts: Vec<_> = fields.dates().collect();
        let dates = texts.iter().map(String::as_str);
        let ignored = claims::date(&mut document, dates, path);
        problems.extend(ignored.map(|error| Problem::IgnoredField(error.at_line(part.line))));
        claims::language(&mut document, self.channel.language.as_deref());
        Ok(Read {
            document,
            problems,
            path: path.clone(),
            line: Some(part.line),
            encoding: decoded.encoding,
        })
    }

    fn document(&self, fields: &Fields) -> Document {
        let link = fields.link();
        let own = ["item/guid", "entry/id"]
            .iter()
            .find_map(|name| fields.text(name));
        let about = fields.attribute("item", "rdf:about");
        let id = [&own, &about, &link]
            .into_iter()
            .flatten()
            .find(|id| claims::is_id(id))
            .cloned();
        let mut document =
            Document::new(id.unwrap_or_else(|| format!("{}#{}", self.id, self.count)));
        document.title = fields
            .text("item/title")
            .or_else(|| fields.text("entry/title"));
        let texts = [
            "item/content:encoded",
            "entry/content",
            "item/description",
            "entry/summary",
            "item/atom:content",
            "item/atom:summary",
        ];
        document.body = texts
            .iter()
            .find_map(|name| fields.text(name))
            .unwrap_or_default();
        if document.body.is_empty() {
            // An item needs one of both; many have no more.
            document.body = document.title.take().unwrap_or_default();
        }
        document.source = ["item/source", "entry/source/title"]
            .iter()
            .find_map(|name| fields.text(name))
            .or_else(|| self.channel.title.clone());
        document.url = link.or_else(|| own.filter(|id| claims::is_url(id)));
        let authors = [
            "item/author",
            "item/dc:creator",
            "entry/author/name",
            "item/author/name",
        ];
        let authors: Vec<_> = fields.texts(&authors).collect();
        if !authors.is_empty() {
            document = document.meta("author", authors.join(", "));
        }
        let categories = fields.categories();
        if !categories.is_empty() {
            document = document.meta("categories", Value::from(categories));
        }
        document
    }
}

impl Iterator for Records {
    type Item = Result<Read, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let part = match self.items.next()? {
                Ok(part) => part,
                Err(error) => return Some(Err(error)),
            };
            if part.is_head {
                self.head(&part.bytes);
                continue;
            }
            self.count += 1;
            return Some(self.item(&part));
        }
    }
}

/// How many lines end in these bytes.
fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}
