//! What an item of a feed says, element by element.

use quick_xml::XmlVersion;
use quick_xml::escape::{resolve_html5_entity, resolve_xml_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::super::html;

/// Items have a few dozen fields; more are not read.
const MAX_FIELDS: usize = 1000;
/// What is nested deeper, in markup, is looked at as if it were not.
const MAX_DEPTH: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: Vec<Field>,
}

#[derive(Debug)]
pub(super) struct Field {
    /// The names of the elements that lead to it: `item/source`, `entry/author/name`. Of names
    /// with a prefix that a format has of its own, `atom:entry`, the prefix is left out.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    text: String,
    /// Whether the text is HTML: what RSS says everywhere, and Atom where it says so.
    is_html: bool,
}

impl Fields {
    /// Reads the elements of a piece of XML, whose end may be missing. Where it is broken: the byte
    /// and the error.
    pub(super) fn read(xml: &str) -> (Self, Option<(usize, quick_xml::Error)>) {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        // Feeds are written by programs that know little of XML, and read by such as forgive it.
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        let mut fields = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut path = String::new();
        // The content of a field that has elements in it: XHTML, or HTML that nobody escaped.
        let mut markup: Option<usize> = None;
        loop {
            let start = position(&reader, xml);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(xml.len());
                    return (fields, Some((at.min(xml.len()), error)));
                }
            };
            match event {
                Event::Start(tag) => {
                    let parent = open.last().and_then(|open| open.field);
                    let is_content = parent.is_some_and(|at| is_content(&fields.fields[at].name));
                    if is_content && markup.is_none() {
                        markup = Some(open.len());
                    }
                    let before = path.len();
                    let mut field = None;
                    if markup.is_none() && open.len() < 8 && fields.fields.len() < MAX_FIELDS {
                        if !path.is_empty() {
                            path.push('/');
                        }
                        path.push_str(name(&tag));
                        fields.fields.push(Field::new(&path, &tag));
                        field = Some(fields.fields.len() - 1);
                    }
                    if open.len() == MAX_DEPTH {
                        continue;
                    }
                    open.push(Open {
                        name: tag.name().into_inner().to_owned(),
                        before,
                        field,
                        content: position(&reader, xml),
                    });
                }
                Event::End(tag) => {
                    // HTML that nobody escaped has elements that do not end: `<br>`.
                    let name = tag.name().into_inner();
                    let Some(at) = open.iter().rposition(|open| open.name == name) else {
                        continue;
                    };
                    let Some(closed) = open.drain(at..).next() else {
                        continue;
                    };
                    path.truncate(closed.before);
                    if markup.is_some_and(|depth| depth > at) {
                        markup = None;
                        if let Some(at) = closed.field {
                            let inside = xml.get(closed.content..start).unwrap_or_default();
                            let inside = inside.replace("<![CDATA[", "").replace("]]>", "");
                            fields.fields[at].text = inside;
                            fields.fields[at].is_html = true;
                        }
                    }
                }
                Event::Text(text) => add(&mut fields, &open, &text.into_inner()),
                Event::CData(text) => add(&mut fields, &open, &text.into_inner()),
                Event::GeneralRef(reference) => {
                    let name = reference.into_inner();
                    let text = match name.strip_prefix('#') {
                        Some(number) => character(number).map(String::from),
                        None => resolve_xml_entity(&name)
                            .or_else(|| resolve_html5_entity(&name))
                            .map(str::to_owned),
                    };
                    // A name of the document's own DTD, or none at all, stays as it is.
                    add(
                        &mut fields,
                        &open,
                        &text.unwrap_or_else(|| format!("&{name};")),
                    );
                }
                Event::Eof => return (fields, None),
                _ => {}
            }
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.name == name)
    }

    /// The texts of all fields of these names that have one.
    pub(super) fn texts(&self, names: &[&str]) -> impl Iterator<Item = String> {
        let fields = names.iter().flat_map(|name| self.named(name));
        fields.map(Field::as_text).filter(|text| !text.is_empty())
    }

    /// The text of the first field of this name that has one.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.texts(&[name]).next()
    }

    /// An attribute of the first element of this name.
    pub(super) fn attribute(&self, name: &str, attribute: &str) -> Option<String> {
        self.named(name)
            .next()?
            .attribute(attribute)
            .map(str::to_owned)
    }

    /// Where the item can be read.
    pub(super) fn link(&self) -> Option<String> {
        let of_atom = ["entry/link", "item/link"]
            .iter()
            .flat_map(|name| self.named(name));
        of_atom
            .filter(|link| matches!(link.attribute("rel"), None | Some("alternate")))
            .find_map(|link| {
                let link = link.attribute("href").unwrap_or(&link.text).trim();
                (!link.is_empty()).then(|| link.to_owned())
            })
    }

    /// What it is about.
    pub(super) fn categories(&self) -> Vec<String> {
        let fields = ["item/category", "entry/category", "item/dc:subject"];
        let fields = fields.iter().flat_map(|name| self.named(name));
        let texts = fields.map(|field| match field.attribute("term") {
            Some(term) => field.attribute("label").unwrap_or(term).to_owned(),
            None => field.as_text(),
        });
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// When it was published; when it was changed, if it does not say more.
    pub(super) fn dates(&self) -> impl Iterator<Item = String> {
        let published = [
            "item/pubDate",
            "entry/published",
            "item/dc:date",
            "entry/issued",
            "item/dcterms:issued",
            "item/published",
            "entry/dc:date",
        ];
        let updated = [
            "entry/updated",
            "item/updated",
            "entry/modified",
            "item/dcterms:modified",
        ];
        let mut dates: Vec<_> = self.texts(&published).collect();
        if dates.is_empty() {
            dates = self.texts(&updated).collect();
        }
        dates.into_iter().map(|date| with_century(&date))
    }
}

struct Open {
    name: String,
    /// The length of the path without it.
    before: usize,
    field: Option<usize>,
    /// Where its content begins.
    content: usize,
}

impl Field {
    fn new(path: &str, tag: &BytesStart<'_>) -> Self {
        let attributes: Vec<_> = tag
            .html_attributes()
            .with_checks(false)
            .flatten()
            .map(|attribute| {
                let value =
                    attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_entity);
                let value = value.map_or_else(|_| attribute.value.to_string(), |v| v.into_owned());
                (attribute.key.into_inner().to_owned(), value)
            })
            .collect();
        let mut field = Self {
            name: path.to_owned(),
            attributes,
            text: String::new(),
            is_html: false,
        };
        // RSS means HTML wherever it has text for readers; Atom says what it means.
        let of_rss = !path.starts_with("entry/") && !path.starts_with("feed/");
        field.is_html = match field.attribute("type") {
            Some(kind) => kind.contains("html"),
            None => of_rss && is_prose(path),
        };
        field
    }

    /// The field as a text, whatever it is written in.
    pub(super) fn as_text(&self) -> String {
        // Many a feed of Atom has HTML and does not say so.
        let is_untyped = self.name.starts_with("entry/") && self.attribute("type").is_none();
        if self.is_html || is_untyped && self.text.contains("</") {
            html::text(&self.text)
        } else {
            self.text.trim().to_owned()
        }
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(value)
    }
}

/// Fields whose text may be HTML.
fn is_content(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    matches!(
        name,
        "description"
            | "content"
            | "summary"
            | "content:encoded"
            | "title"
            | "atom:content"
            | "atom:summary"
    )
}

fn is_prose(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    is_content(name) || matches!(last, "source" | "author" | "dc:creator" | "category")
}

fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    let name = tag.name().into_inner();
    let of_atom = name
        .strip_prefix("atom:")
        .filter(|name| matches!(*name, "entry" | "feed"));
    of_atom
        .or_else(|| name.strip_prefix("rss:"))
        .unwrap_or(name)
}

fn position(reader: &Reader<&[u8]>, xml: &str) -> usize {
    usize::try_from(reader.buffer_position()).map_or(xml.len(), |at| at.min(xml.len()))
}

fn add(fields: &mut Fields, open: &[Open], text: &str) {
    if let Some(at) = open.last().and_then(|open| open.field) {
        fields.fields[at].text.push_str(text);
    }
}

fn resolve_entity(name: &str) -> Option<&'static str> {
    resolve_xml_entity(name).or_else(|| resolve_html5_entity(name))
}

fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| *c != '\0')
}

/// RFC 822, which RSS 2.0 names, writes years of two figures: 00 to 49 are of this century, the
/// others of the last (RFC 2822, 4.3). Other dates stay as they are.
fn with_century(date: &str) -> String {
    let words: Vec<_> = date.split_whitespace().collect();
    let day = usize::from(words.first().is_some_and(|word| word.ends_with(',')));
    let is_number = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    match words.get(day..) {
        Some([number, month, year, time, ..])
            if is_number(number)
                && month.len() == 3
                && year.len() == 2
                && is_number(year)
                && time.contains(':') =>
        {
            let century = if *year < "50" { "20" } else { "19" };
            let mut words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
            words[day + 2].insert_str(0, century);
            words.join(" ")
        }
        _ => date.to_owned(),
    }
}
