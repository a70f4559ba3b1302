//! What a page says about itself: `meta` elements, JSON-LD, `time`, the title.

use serde_json::Value;

/// More than any page has of what is asked for.
const MAX_ENTRIES: usize = 256;
/// Longer values are not those of titles, names and dates.
const MAX_VALUE_BYTES: usize = 8 << 10;

/// As found in the page; see [`Metadata::first`] and [`Metadata::linked`].
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// The `lang` of the page.
    pub(super) language: Option<String>,
    /// Names in lower case and values, in the order of the page.
    entries: Vec<(String, String)>,
    pub(super) times: Vec<Time>,
    scripts: Vec<String>,
}

/// A `time` element.
#[derive(Debug)]
pub(super) struct Time {
    pub(super) value: String,
    is_attribute: bool,
    /// The line that it stands in, by its index.
    pub(super) line: usize,
    /// It says that it is the date of publication.
    pub(super) is_published: bool,
    /// It is part of what stands around an article.
    pub(super) is_aside: bool,
}

/// What JSON-LD (schema.org) says of the article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) language: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) body: Option<String>,
}

/// Names that dates of publication have in `meta` elements of publishing systems, the plainest
/// first. `dc` is Dublin Core.
const DATES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "itemprop:datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date.published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "date",
];

impl Metadata {
    /// What a `meta` element says.
    pub(super) fn add_meta(&mut self, values: Vec<(&'static str, String)>) {
        let (mut names, mut content) = (Vec::new(), None);
        for (attribute, value) in values {
            match attribute {
                "content" => content = Some(value),
                "itemprop" => names.push(format!("itemprop:{value}")),
                _ => names.push(value),
            }
        }
        for name in names {
            self.add(&name, content.clone());
        }
    }

    pub(super) fn add(&mut self, name: &str, value: Option<String>) {
        let Some(value) = value else { return };
        let name = name.trim().to_ascii_lowercase();
        let is_short = value.len() <= MAX_VALUE_BYTES && name.len() <= 64;
        if self.entries.len() < MAX_ENTRIES && is_short && !value.trim().is_empty() {
            let words: Vec<_> = value.split_whitespace().collect();
            self.entries.push((name, words.join(" ")));
        }
    }

    pub(super) fn add_script(&mut self, text: String) {
        if self.scripts.len() < MAX_ENTRIES {
            self.scripts.push(text);
        }
    }

    /// Begins a `time` element; gives its place where its text is still to come.
    pub(super) fn add_time(
        &mut self,
        value: Option<String>,
        line: usize,
        is_published: bool,
        is_aside: bool,
    ) -> Option<usize> {
        if self.times.len() == MAX_ENTRIES {
            return None;
        }
        self.times.push(Time {
            is_attribute: value.is_some(),
            value: value.unwrap_or_default(),
            line,
            is_published,
            is_aside,
        });
        Some(self.times.len() - 1)
    }

    pub(super) fn add_to_time(&mut self, at: usize, text: &str) {
        if let Some(time) = self.times.get_mut(at)
            && !time.is_attribute
            && time.value.len() + text.len() <= 256
        {
            time.value.push_str(text);
        }
    }

    /// The first value of the first of these names that there is.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    fn all<'m>(&'m self, name: &str) -> impl Iterator<Item = &'m str> {
        let named = self.entries.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    /// What is said to be the date of publication, the best witness first: the page's own
    /// `article:published_time`, JSON-LD, microdata, then other `meta` elements.
    pub(super) fn dates<'m>(&'m self, linked: &'m Linked) -> impl Iterator<Item = &'m str> {
        let (open_graph, others) = DATES.split_at(3);
        let first = open_graph.iter().flat_map(|name| self.all(name));
        let others = others.iter().flat_map(|name| self.all(name));
        first.chain(linked.published.as_deref()).chain(others)
    }

    /// What the JSON-LD of the page says of its article.
    pub(super) fn linked(&self) -> Linked {
        let mut linked = Linked::default();
        for script in &self.scripts {
            let text = script.trim();
            let text = text.strip_prefix("<!--").unwrap_or(text);
            let text = text.strip_suffix("-->").unwrap_or(text);
            // serde_json refuses what is nested deeper than 128, so this is no deeper either.
            if let Ok(value) = serde_json::from_str::<Value>(text) {
                linked.add(&value);
            }
        }
        linked
    }
}

impl Linked {
    fn add(&mut self, value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.add(value)),
            Value::Object(fields) => {
                if fields.get("@type").is_some_and(is_article) {
                    let text = |key: &str| fields.get(key).and_then(name);
                    let set = |place: &mut Option<String>, value: Option<String>| {
                        *place = place.take().or(value);
                    };
                    set(
                        &mut self.headline,
                        text("headline").or_else(|| text("name")),
                    );
                    set(&mut self.published, text("datePublished"));
                    set(&mut self.language, text("inLanguage"));
                    set(&mut self.publisher, text("publisher"));
                    set(&mut self.author, text("author"));
                    set(&mut self.body, text("articleBody"));
                } else {
                    for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                        fields
                            .get(key)
                            .into_iter()
                            .for_each(|value| self.add(value));
                    }
                }
            }
            _ => {}
        }
    }
}

/// `NewsArticle`, `https://schema.org/BlogPosting`, `["Article", …]`.
fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            kind.ends_with("Article")
                || kind.ends_with("BlogPosting")
                || kind.ends_with("Report")
                || kind.ends_with("SocialMediaPosting")
        }
        Value::Array(kinds) => kinds
            .iter()
            .any(|kind| kind.is_string() && is_article(kind)),
        _ => false,
    }
}

/// A text, or the name of a person or organisation; of several all names.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Object(fields) => name(fields.get("name").or_else(|| fields.get("@value"))?),
        Value::Array(values) => {
            let names: Vec<_> = values.iter().filter_map(name).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}
