//! HTML taken apart: the lines of its text, the elements that they stand in, and what the page
//! says about itself.
//!
//! The tokens are those of the HTML standard (`html5gum`). Of the tree only what text depends on
//! is built: elements that begin a line. Text keeps the order of the file, so an element is a range
//! of lines. Nothing here is recursive, and nothing looks at the same text twice: a page of a
//! hundred thousand nested elements costs what any other of its size does.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::metadata::Metadata;
use super::names::{Kind, is_aside, is_hidden, is_void};

/// Elements deeper than browsers build them (512 in Chromium) still end lines, and are no more.
const MAX_DEPTH: usize = 512;
/// So many elements and lines are told apart; in a longer page the rest is one.
const MAX_PARTS: usize = 1 << 21;
/// The longest script of metadata that is read. Those of articles are some KB long.
const MAX_SCRIPT_BYTES: usize = 1 << 20;

#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its text, without what no reader sees; runs of blanks are one.
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    /// In document order; the first is the whole page.
    pub(super) elements: Vec<Element>,
    pub(super) metadata: Metadata,
}

/// A stretch of text without a line break.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Bytes of the page's text.
    pub(super) range: Range<usize>,
    /// How many of them belong to links.
    pub(super) linked: usize,
    /// The outermost element around it that is not part of an article, by its index.
    pub(super) aside: Option<usize>,
    /// Of a heading, `h1` to `h6`, its level.
    pub(super) heading: Option<u8>,
}

#[derive(Debug)]
pub(super) struct Element {
    pub(super) lines: Range<usize>,
    pub(super) hint: Option<Hint>,
}

/// What says that an element holds the main text; the last is the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    Main,
    Article,
    ArticleBody,
}

impl Page {
    pub(super) fn line(&self, line: &Line) -> &str {
        &self.text[line.range.clone()]
    }
}

/// Takes a page apart. Any text is a page.
pub(super) fn parse(html: &str) -> Page {
    let mut builder = Builder::new();
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            builder.event(event);
            None
        },
    );
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    builder.finish()
}

/// An element that has not ended.
struct Open {
    /// A hash of its name.
    name: u64,
    kind: Kind,
    element: Option<usize>,
    /// What was in force outside.
    aside: Option<usize>,
    heading: Option<u8>,
    hidden: bool,
    preformatted: bool,
    time: Option<usize>,
}

/// What a start tag says, gathered attribute by attribute.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    hidden: bool,
    aside: bool,
    hint: Option<Hint>,
    linked: bool,
    /// Attributes of `meta`, `link`, `time`, `script`, `html` that are asked for by name.
    values: Vec<(&'static str, String)>,
}

/// The text of an element that is no text of the page.
enum Capture {
    None,
    Title,
    Script,
    Nothing,
}

struct Builder {
    page: Page,
    open: Vec<Open>,
    tag: Tag,
    capture: Capture,
    captured: Vec<u8>,
    line_start: usize,
    linked: usize,
    /// How many elements were open when the link began that is open.
    link: Option<usize>,
    aside: Option<usize>,
    heading: Option<u8>,
    hidden: bool,
    preformatted: bool,
    time: Option<usize>,
}

impl Builder {
    fn new() -> Self {
        let mut page = Page::default();
        page.elements.push(Element {
            lines: 0..0,
            hint: None,
        });
        Self {
            page,
            open: Vec::new(),
            tag: Tag::default(),
            capture: Capture::None,
            captured: Vec::new(),
            line_start: 0,
            linked: 0,
            link: None,
            aside: None,
            heading: None,
            hidden: false,
            preformatted: false,
            time: None,
        }
    }

    fn event(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: name.to_vec(),
                    hint: match name {
                        b"article" => Some(Hint::Article),
                        b"main" => Some(Hint::Main),
                        _ => None,
                    },
                    ..Tag::default()
                };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute.clear();
                self.tag.attribute.extend_from_slice(name);
                self.tag.named();
            }
            CallbackEvent::AttributeValue { value } => self.tag.valued(value),
            // Only in pictures does `/>` end an element.
            CallbackEvent::CloseStartTag { self_closing: true } if self.tag.name == b"svg" => {}
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.string(value),
            _ => {}
        }
    }

    fn finish(mut self) -> Page {
        self.close_to(0);
        self.end_line();
        self.page.elements[0].lines = 0..self.page.lines.len();
        self.page
    }

    fn string(&mut self, value: &[u8]) {
        match self.capture {
            Capture::Nothing => return,
            Capture::Title | Capture::Script => {
                if self.captured.len() + value.len() <= MAX_SCRIPT_BYTES {
                    self.captured.extend_from_slice(value);
                }
                return;
            }
            Capture::None => {}
        }
        if self.hidden {
            return;
        }
        let value = String::from_utf8_lossy(value);
        if let Some(at) = self.time {
            self.page.metadata.add_to_time(at, &value);
        }
        let before = self.page.text.len();
        if self.preformatted {
            for (nth, line) in value.split('\n').enumerate() {
                if nth > 0 {
                    self.end_line();
                }
                self.page.text.push_str(line.trim_end_matches('\r'));
            }
        } else {
            self.collapsed(&value);
        }
        if self.link.is_some() {
            self.linked += (self.page.text.len()).saturating_sub(before.max(self.line_start));
        }
    }

    /// Adds text, of whose blanks only the first of each run is kept.
    fn collapsed(&mut self, value: &str) {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C' | '\u{A0}');
        let text = &mut self.page.text;
        for (nth, word) in value.split(is_blank).enumerate() {
            if nth > 0 && text.len() > self.line_start && !text.ends_with([' ', '\t']) {
                text.push(' ');
            }
            text.push_str(word);
        }
    }

    fn start(&mut self) {
        let mut tag = std::mem::take(&mut self.tag);
        self.capture = match tag.name.as_slice() {
            b"title" if !self.hidden => Capture::Title,
            b"script" if tag.value("type").is_some_and(is_json_ld) => Capture::Script,
            b"script" | b"style" | b"noscript" | b"textarea" | b"iframe" | b"noembed"
            | b"noframe" | b"xmp" | b"plaintext" | b"title" => Capture::Nothing,
            _ => Capture::None,
        };
        if !matches!(self.capture, Capture::None) {
            self.captured.clear();
            return;
        }
        let mut time = self.time;
        match tag.name.as_slice() {
            // What is in a template is not on the page.
            _ if self.hidden => {}
            b"html" => {
                if let Some(language) = tag.take("lang") {
                    self.page.metadata.language.get_or_insert(language);
                }
                return;
            }
            b"head" | b"body" => return,
            b"meta" => return self.page.metadata.add_meta(tag.values),
            b"link" => {
                if tag
                    .value("rel")
                    .is_some_and(|r| r.eq_ignore_ascii_case("canonical"))
                {
                    let href = tag.take("href");
                    self.page.metadata.add("canonical", href);
                }
                return;
            }
            b"br" | b"hr" => return self.end_line(),
            b"time" => {
                let strong = tag.value("pubdate").is_some() || tag.is_published();
                let aside = self.aside.is_some();
                let line = self.page.lines.len();
                let value = tag.take("datetime");
                time = self.page.metadata.add_time(value, line, strong, aside);
            }
            _ => {}
        }
        if tag.is_published() && tag.name != b"meta" {
            let value = tag.take("content").or_else(|| tag.take("datetime"));
            self.page.metadata.add("itemprop:datePublished", value);
        }
        if is_void(&tag.name) {
            return;
        }
        if tag.name == b"a" {
            self.link = tag.linked.then_some(self.open.len());
        }
        let kind = Kind::of(&tag.name);
        if kind != Kind::Inline {
            self.close_implied(kind);
            if kind == Kind::Cell {
                self.cell();
            } else {
                self.end_line();
            }
        }
        let hides = tag.hidden || is_hidden(&tag.name);
        // Headers of articles hold title and lead, those of pages neither.
        let aside = tag.hint.is_none()
            && (tag.aside
                || matches!(tag.name.as_slice(), b"nav" | b"aside" | b"footer")
                || tag.name == b"header" && !self.is_in_article());
        let is_plain = !hides && !aside && tag.hint.is_none() && tag.name != b"time";
        if self.open.len() >= MAX_DEPTH || kind == Kind::Inline && is_plain {
            return;
        }
        if aside {
            self.end_line();
        }
        let element = (self.page.elements.len() < MAX_PARTS && (kind != Kind::Inline || aside))
            .then(|| {
                self.page.elements.push(Element {
                    lines: self.page.lines.len()..self.page.lines.len(),
                    hint: tag.hint,
                });
                self.page.elements.len() - 1
            });
        self.open.push(Open {
            name: hash(&tag.name),
            kind,
            element,
            aside: self.aside,
            heading: self.heading,
            hidden: self.hidden,
            preformatted: self.preformatted,
            time: self.time,
        });
        self.hidden |= hides;
        self.time = time;
        match kind {
            Kind::Heading(level) => self.heading = Some(level),
            Kind::Preformatted => self.preformatted = true,
            _ => {}
        }
        if aside && self.aside.is_none() {
            self.aside = element;
        }
    }

    fn end(&mut self, name: &[u8]) {
        match self.capture {
            Capture::None => {}
            Capture::Nothing => {
                self.capture = Capture::None;
                return;
            }
            Capture::Title | Capture::Script => {
                let text = String::from_utf8_lossy(&self.captured).into_owned();
                match self.capture {
                    Capture::Title => self.page.metadata.add("title", Some(text)),
                    _ => self.page.metadata.add_script(text),
                }
                self.capture = Capture::None;
                return;
            }
        }
        if name == b"a" {
            self.link = None;
        }
        let kind = Kind::of(name);
        let name = hash(name);
        let mut found = None;
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.name == name {
                found = Some(at);
                break;
            }
            let is_table = |kind| matches!(kind, Kind::Table | Kind::Row | Kind::Cell);
            let stops = match kind {
                Kind::Inline => open.kind != Kind::Inline,
                Kind::Table | Kind::Row | Kind::Cell => open.kind == Kind::Table,
                _ => is_table(open.kind),
            };
            if stops {
                break;
            }
        }
        // Also where nothing is closed: too deep, or a stray `</p>`, which is a paragraph.
        if kind != Kind::Inline && kind != Kind::Cell {
            self.end_line();
        }
        if let Some(at) = found {
            self.close_to(at);
        }
    }

    /// Closes what an element of this kind cannot be in.
    fn close_implied(&mut self, kind: Kind) {
        let mut keep = self.open.len();
        for (at, open) in self.open.iter().enumerate().rev() {
            match (kind, open.kind) {
                (_, Kind::Inline | Kind::Block) => {}
                (_, Kind::Paragraph) => keep = at,
                (Kind::Heading(_), Kind::Heading(_))
                | (Kind::ListItem, Kind::ListItem)
                | (Kind::Term, Kind::Term) => {
                    keep = at;
                    break;
                }
                (Kind::Row, Kind::Row | Kind::Cell) | (Kind::Cell, Kind::Cell) => keep = at,
                _ => break,
            }
            // A block keeps paragraphs outside of it open: they are not around it.
            if open.kind == Kind::Block && !matches!(kind, Kind::ListItem | Kind::Term) {
                break;
            }
        }
        self.close_to(keep);
    }

    fn close_to(&mut self, keep: usize) {
        if self.link.is_some_and(|depth| depth > keep) {
            self.link = None;
        }
        while self.open.len() > keep
            && let Some(open) = self.open.pop()
        {
            if open.kind != Kind::Inline && open.kind != Kind::Cell || open.aside != self.aside {
                self.end_line();
            }
            self.aside = open.aside;
            self.heading = open.heading;
            self.hidden = open.hidden;
            self.preformatted = open.preformatted;
            self.time = open.time;
            if let Some(element) = open.element {
                // The line that a cell stands in may go on.
                let is_open = usize::from(self.page.text.len() > self.line_start);
                self.page.elements[element].lines.end = self.page.lines.len() + is_open;
            }
        }
    }

    /// Keeps the cells of a row apart.
    fn cell(&mut self) {
        let text = &mut self.page.text;
        if text.len() > self.line_start {
            text.truncate(text.trim_end_matches(' ').len().max(self.line_start));
            text.push('\t');
        }
    }

    fn end_line(&mut self) {
        let text = &mut self.page.text;
        if !self.preformatted {
            let end = text[self.line_start..].trim_end_matches([' ', '\t']).len();
            text.truncate(self.line_start + end);
        }
        let is_blank = text[self.line_start..].trim().is_empty();
        if is_blank {
            text.truncate(self.line_start);
        } else if self.page.lines.len() >= MAX_PARTS {
            text.push('\n');
        } else {
            self.page.lines.push(Line {
                range: self.line_start..text.len(),
                linked: self.linked.min(text.len() - self.line_start),
                aside: self.aside,
                heading: self.heading,
            });
            self.line_start = text.len();
        }
        self.linked = 0;
    }

    fn is_in_article(&self) -> bool {
        let hinted = |open: &Open| {
            open.element
                .is_some_and(|element| self.page.elements[element].hint.is_some())
        };
        self.open.iter().any(hinted)
    }
}

impl Tag {
    fn named(&mut self) {
        match self.attribute.as_slice() {
            b"hidden" => self.hidden = true,
            b"href" => self.linked = true,
            b"pubdate" => self.values.push(("pubdate", String::new())),
            _ => {}
        }
    }

    fn valued(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        let mut words = value.split_ascii_whitespace();
        match self.attribute.as_slice() {
            b"class" | b"id" => self.aside |= is_aside(&value),
            b"aria-hidden" => self.hidden |= value == "true",
            b"hidden" => self.hidden = value != "until-found",
            b"style" => {
                let style: String = value.split_ascii_whitespace().collect();
                self.hidden |= style.to_ascii_lowercase().contains("display:none");
            }
            b"role" => match value.trim() {
                "navigation" | "complementary" | "contentinfo" | "banner" | "search" => {
                    self.aside = true;
                }
                "dialog" | "alertdialog" => self.hidden = true,
                "main" => self.hint = self.hint.max(Some(Hint::Main)),
                "article" => self.hint = self.hint.max(Some(Hint::Article)),
                _ => {}
            },
            b"itemprop" if words.clone().any(|word| word == "articleBody") => {
                self.hint = Some(Hint::ArticleBody);
            }
            _ => {}
        }
        for name in [
            "name", "property", "itemprop", "content", "datetime", "rel", "href", "type", "lang",
        ] {
            if self.attribute == name.as_bytes() && self.asks_for(name) {
                self.values.push((name, value.into_owned()));
                return;
            }
        }
        // `class` names of microformats: `dt-published`, `entry-date published`.
        if self.attribute == b"class" && words.any(|w| w == "dt-published" || w == "published") {
            self.values.push(("itemprop", "datePublished".to_owned()));
        }
    }

    fn asks_for(&self, attribute: &str) -> bool {
        match self.name.as_slice() {
            b"meta" => matches!(attribute, "name" | "property" | "itemprop" | "content"),
            b"link" => matches!(attribute, "rel" | "href"),
            b"html" => attribute == "lang",
            b"script" => attribute == "type",
            _ => matches!(attribute, "itemprop" | "datetime" | "content"),
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        let (_, value) = self.values.iter().find(|(key, _)| *key == name)?;
        Some(value)
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let (_, value) = self.values.iter_mut().find(|(key, _)| *key == name)?;
        Some(std::mem::take(value))
    }

    fn is_published(&self) -> bool {
        self.value("itemprop").is_some_and(|names| {
            names
                .split_ascii_whitespace()
                .any(|name| name == "datePublished")
        })
    }
}

fn is_json_ld(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/ld+json")
}

/// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/. End tags find their start by it.
fn hash(name: &[u8]) -> u64 {
    name.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}
