//! Which column of a table is which field of a document.

use serde_json::{Map, Value};

/// Which columns of a CSV or TSV file are the fields of its documents.
///
/// The first record names the columns. A field takes the column of its name, in any case, or of
/// one that is usual for it:
///
/// | field | names, the first one there is |
/// | --- | --- |
/// | `id` | `id`, `guid` |
/// | `title` | `title`, `headline` |
/// | `body` | `body`, `text`, `content` |
/// | `date` | `date`, `published`, `published_at`, `pubdate` |
/// | `lang` | `lang`, `language` |
/// | `source` | `source`, `publisher` |
/// | `url` | `url`, `link` |
///
/// What is set here comes first. All other columns are metadata, by their names; one without a name
/// of its own has its number (`column 3`, `tag 4`). A record without an id has `PATH#LINE`.
///
/// ```no_run
/// use mekong_ingest::{Columns, ReadOptions};
///
/// let columns = Columns::default().title("Tiêu đề").body("Tóm tắt").body("Nội dung");
/// for read in ReadOptions::default().columns(columns).read("archive.csv") {
///     println!("{}", read?.document.headline());
/// }
/// # Ok::<(), mekong_ingest::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Columns {
    mapped: Vec<(&'static str, Column)>,
    without_header: bool,
    delimiter: Option<u8>,
}

/// A column of a table: its name, which is found in any case, or its number, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column(Which);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Which {
    Name(String),
    Number(usize),
}

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self(Which::Name(name.to_owned()))
    }
}

impl From<String> for Column {
    fn from(name: String) -> Self {
        Self(Which::Name(name))
    }
}

impl From<usize> for Column {
    fn from(number: usize) -> Self {
        Self(Which::Number(number))
    }
}

/// The names of the columns of each field, the best first.
const USUAL: [(&str, &[&str]); 7] = [
    ("id", &["id", "guid"]),
    ("title", &["title", "headline"]),
    ("body", &["body", "text", "content"]),
    ("date", &["date", "published", "published_at", "pubdate"]),
    ("lang", &["lang", "language"]),
    ("source", &["source", "publisher"]),
    ("url", &["url", "link"]),
];

impl Columns {
    /// The column of the id.
    #[must_use]
    pub fn id(self, column: impl Into<Column>) -> Self {
        self.map("id", column.into())
    }

    /// The column of the title.
    #[must_use]
    pub fn title(self, column: impl Into<Column>) -> Self {
        self.map("title", column.into())
    }

    /// A column of the text. Where more than one is set they follow one another, each on lines of
    /// its own.
    #[must_use]
    pub fn body(self, column: impl Into<Column>) -> Self {
        self.map("body", column.into())
    }

    /// The column of the date of publication.
    #[must_use]
    pub fn date(self, column: impl Into<Column>) -> Self {
        self.map("date", column.into())
    }

    /// The column of the language.
    #[must_use]
    pub fn language(self, column: impl Into<Column>) -> Self {
        self.map("lang", column.into())
    }

    /// The column of the source.
    #[must_use]
    pub fn source(self, column: impl Into<Column>) -> Self {
        self.map("source", column.into())
    }

    /// The column of the address.
    #[must_use]
    pub fn url(self, column: impl Into<Column>) -> Self {
        self.map("url", column.into())
    }

    /// Says that the first record is a document already: columns have numbers alone.
    #[must_use]
    pub fn without_header(mut self) -> Self {
        self.without_header = true;
        self
    }

    /// The character of ASCII between fields. Unless told it is a tab in TSV, and in CSV the one
    /// of comma, semicolon and tab that is most often in the first line.
    #[must_use]
    pub fn delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    fn map(mut self, field: &'static str, column: Column) -> Self {
        if field != "body" {
            self.mapped.retain(|&(other, _)| other != field);
        }
        self.mapped.push((field, column));
        self
    }

    pub(super) fn has_header(&self) -> bool {
        !self.without_header
    }

    pub(super) fn given_delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// The fields of each column of a table with this first record. The error is the reason that
    /// it cannot be one of documents.
    pub(super) fn layout(&self, first: &[String]) -> Result<Layout, String> {
        let names: Vec<&str> = match self.without_header {
            true => Vec::new(),
            false => first.iter().map(|name| name.trim()).collect(),
        };
        let find = |name: &str| {
            let name = name.trim().to_lowercase();
            names.iter().position(|other| other.to_lowercase() == name)
        };
        let there_are = || match self.without_header {
            true => format!("there are {} columns", first.len()),
            false => format!("there are `{}`", names.join("`, `")),
        };
        let mut fields = Vec::new();
        for (field, column) in &self.mapped {
            let (index, what) = match &column.0 {
                Which::Name(name) => (find(name), format!("named `{name}`")),
                Which::Number(number) => {
                    let index = number.checked_sub(1).filter(|&index| index < first.len());
                    (index, format!("number {number}"))
                }
            };
            let index =
                index.ok_or_else(|| format!("no column {what} for `{field}`: {}", there_are()))?;
            fields.push((*field, index));
        }
        for (field, usual) in USUAL {
            if fields.iter().all(|&(other, _)| other != field) {
                let index = usual.iter().find_map(|name| find(name));
                fields.extend(index.map(|index| (field, index)));
            }
        }
        if fields.iter().all(|&(field, _)| field != "body") {
            let reason = "no column is the text: expected one named `body`, `text` or `content`";
            return Err(format!("{reason}; {}", there_are()));
        }
        let mut meta: Vec<(usize, String)> = Vec::new();
        for index in 0..first.len() {
            if fields.iter().all(|&(_, other)| other != index) {
                let number = index + 1;
                let name = match names.get(index).copied().unwrap_or_default() {
                    "" => format!("column {number}"),
                    name if meta.iter().any(|(_, other)| other == name) => {
                        format!("{name} {number}")
                    }
                    name => name.to_owned(),
                };
                meta.push((index, name));
            }
        }
        Ok(Layout {
            width: first.len(),
            fields,
            meta,
        })
    }
}

/// Where the fields of documents stand in the records of one table.
pub(super) struct Layout {
    /// Fields of each record.
    pub(super) width: usize,
    fields: Vec<(&'static str, usize)>,
    meta: Vec<(usize, String)>,
}

impl Layout {
    /// The keys and the metadata of a document, whose id is `id` if the record has none.
    pub(super) fn keys(
        &self,
        record: &[String],
        id: String,
    ) -> (Map<String, Value>, Map<String, Value>) {
        let mut keys = Map::new();
        let mut body = String::new();
        for &(field, index) in &self.fields {
            let text = record[index].as_str();
            if field != "body" {
                if !text.trim().is_empty() {
                    keys.insert(field.to_owned(), text.into());
                }
            } else {
                if !body.is_empty() && !text.is_empty() {
                    body.push('\n');
                }
                body.push_str(text);
            }
        }
        keys.insert("body".to_owned(), body.into());
        keys.entry("id").or_insert_with(|| id.into());
        let meta = self
            .meta
            .iter()
            .map(|(index, name)| (name, &record[*index]));
        let meta = meta.filter(|(_, text)| !text.trim().is_empty());
        let meta = meta.map(|(name, text)| (name.clone(), text.as_str().into()));
        (keys, meta.collect())
    }
}
