//! What of a document beside its text can be filtered, counted and asked by: its language, its
//! source, its metadata; and how that is written in the fields `labels` and `scoped`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;

use crate::Document;

/// A part of a document that labels and words can be of.
///
/// A metadata key may have any name, also `title` or `source`: its scope is another one still.
///
/// ```
/// use mekong_core::engine::Scope;
///
/// assert_eq!(Scope::Source.term("VNA"), "s=VNA");
/// assert_eq!(Scope::Meta("source").term("VNA"), "m6:source=VNA");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scope<'a> {
    /// The title as a hit shows it ([`Document::headline`]). Has words, but no labels.
    Title,
    /// Who published it. Has words and labels.
    Source,
    /// The ISO 639 code of the language. Has labels, but no words.
    Language,
    /// The ISO 639 code of the language of its title, where it has one. Has labels, but no words.
    TitleLanguage,
    /// How sure its language is, in whole percents. Has labels, but no words.
    LanguageConfidence,
    /// What its metadata has under this key. Has words and labels.
    Meta(&'a str),
}

impl Scope<'_> {
    /// A key or a value with more bytes has no labels: it is no name to filter or count by. Nor are
    /// the words of such a key indexed. A longer value still shows that there is its key.
    pub const MAX_BYTES: usize = 256;

    /// A label with this value in the field `labels`, or this word in the field `scoped`.
    #[must_use]
    pub fn term(self, text: &str) -> String {
        self.name() + "=" + text
    }

    /// The labels of this scope: from the first, which says no more than that there is something
    /// ([`bare`](Self::bare)), to the end of all with a value. Half-open, in the order of bytes.
    #[must_use]
    pub fn labels(self) -> Range<String> {
        // What follows a name is a value with its `=` or nothing.
        self.name()..self.name() + ">"
    }

    /// Those of the [`labels`](Self::labels) that have a value.
    #[must_use]
    pub fn labels_with_value(self) -> Range<String> {
        self.term("")..self.labels().end
    }

    /// The value of one of the [`labels`](Self::labels), `None` for the one that has none.
    #[must_use]
    pub fn value(self, label: &str) -> Option<&str> {
        label.strip_prefix(&self.name())?.strip_prefix('=')
    }

    /// The label of what has no value with a label of its own: `null`, an object, an empty list, a
    /// text that is too long.
    #[must_use]
    pub fn bare(self) -> String {
        self.name()
    }

    /// No name is the beginning of another one: the length of a key comes before it.
    fn name(self) -> String {
        match self {
            Self::Title => "t".to_owned(),
            Self::Source => "s".to_owned(),
            Self::Language => "l".to_owned(),
            Self::TitleLanguage => "h".to_owned(),
            Self::LanguageConfidence => "c".to_owned(),
            Self::Meta(key) => format!("m{}:{key}", key.len()),
        }
    }
}

/// The values of a metadata key that are one text each: a text itself, a number and a boolean as
/// JSON writes them (so that `3` and `"3"` are one value), and such elements of a list.
pub fn values(value: &Value) -> impl Iterator<Item = Cow<'_, str>> {
    let elements = match value {
        Value::Array(elements) => elements.as_slice(),
        value => std::slice::from_ref(value),
    };
    elements.iter().filter_map(|element| match element {
        Value::String(text) => Some(Cow::Borrowed(text.as_str())),
        Value::Number(_) | Value::Bool(_) => Some(Cow::Owned(element.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    })
}

/// A confidence in whole percents, as it is filtered by.
pub(crate) fn percent(confidence: f32) -> u8 {
    (confidence * 100.0).round().clamp(0.0, 100.0) as u8
}

/// A document has at most so many labels. A list of more elements is hardly one of names.
const MAX_LABELS: usize = 4096;

/// The labels of a document, each once. The one of the language is the first.
pub(super) fn labels(document: &Document) -> impl Iterator<Item = String> {
    let language = document.language.map(|l| Scope::Language.term(l.code()));
    let mut labels = BTreeSet::new();
    if document.language.is_some() {
        // Nothing speaks against one that was given.
        let percent = percent(document.language_confidence.unwrap_or(1.0));
        labels.insert(Scope::LanguageConfidence.term(&percent.to_string()));
    }
    if document.title.is_some() {
        let title = document.title_language.map(|title| title.language);
        let title = title.or(document.language);
        labels.extend(title.map(|language| Scope::TitleLanguage.term(language.code())));
    }
    if let Some(source) = &document.source {
        labels.insert(if source.len() <= Scope::MAX_BYTES {
            Scope::Source.term(source)
        } else {
            Scope::Source.bare()
        });
    }
    for (key, value) in &document.meta {
        if key.len() > Scope::MAX_BYTES {
            continue;
        }
        let scope = Scope::Meta(key);
        let count = labels.len();
        for value in values(value).filter(|value| value.len() <= Scope::MAX_BYTES) {
            if labels.len() >= MAX_LABELS {
                break;
            }
            labels.insert(scope.term(&value));
        }
        if labels.len() == count {
            labels.insert(scope.bare());
        }
    }
    language
        .into_iter()
        .chain(labels.into_iter().take(MAX_LABELS))
}

/// So many bytes of the source and the metadata of a document have words that can be asked for.
const MAX_SCOPED_BYTES: usize = 64 * 1024;

/// What has words of its own beside title and body, cut to what is indexed of it.
pub(super) fn texts(document: &Document) -> impl Iterator<Item = (Scope<'_>, Cow<'_, str>)> {
    let source = document.source.as_deref().map(Cow::Borrowed);
    let source = source.map(|source| (Scope::Source, source));
    let meta = document
        .meta
        .iter()
        .filter(|(key, _)| key.len() <= Scope::MAX_BYTES)
        .flat_map(|(key, value)| values(value).map(move |value| (Scope::Meta(key), value)));
    let mut left = MAX_SCOPED_BYTES;
    source
        .into_iter()
        .chain(meta)
        .map_while(move |(scope, text)| {
            if left == 0 {
                return None;
            }
            let text = first_bytes(text, left);
            // An empty one takes room too: it ends a run of words.
            left = left.saturating_sub(text.len().max(1));
            Some((scope, text))
        })
}

/// The first characters that have at most so many bytes.
fn first_bytes(text: Cow<'_, str>, max: usize) -> Cow<'_, str> {
    let mut end = text.len().min(max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Language;

    fn labels_of(document: &Document) -> Vec<String> {
        labels(document).collect()
    }

    #[test]
    fn a_document_has_a_label_for_each_name() {
        let document = Document::new("x")
            .language(Language::THAI)
            .source("VNA")
            .meta("author", json!(["Mai", "Lan", "Mai"]))
            .meta("pages", 3)
            .meta("photo", true)
            .meta("source", "Reuters");
        assert_eq!(
            labels_of(&document),
            [
                "l=th",
                "c=100",
                "m5:pages=3",
                "m5:photo=true",
                "m6:author=Lan",
                "m6:author=Mai",
                "m6:source=Reuters",
                "s=VNA",
            ]
        );
    }

    #[test]
    fn a_key_without_a_value_to_compare_is_there_still() {
        let document = Document::new("x")
            .meta("a", json!(null))
            .meta("b", json!([]))
            .meta("c", json!({ "d": "e" }))
            .meta("f", json!([null, "", ["g"]]))
            .meta("h", "ñ".repeat(129))
            .meta("i".repeat(257), "x");
        assert_eq!(
            labels_of(&document),
            ["m1:a", "m1:b", "m1:c", "m1:f=", "m1:h"]
        );
    }

    /// Whatever a key or a value holds, it cannot pass for another one.
    #[test]
    fn labels_of_one_scope_are_side_by_side() {
        let keys = ["", "a", "a=b", "a=", "1:a", "a\0", "ab", "=", ">"];
        let mut all = Vec::new();
        for key in keys {
            let scope = Scope::Meta(key);
            all.push((scope.bare(), scope, None));
            for value in ["", "=", "b", "b=", "\0", "\u{10FFFF}"] {
                all.push((scope.term(value), scope, Some(value)));
            }
        }
        all.push((Scope::Source.term("m1:a=b"), Scope::Source, Some("m1:a=b")));
        all.sort();
        assert!(all.windows(2).all(|two| two[0].0 != two[1].0));
        for (label, of, value) in &all {
            for (_, scope, _) in &all {
                assert_eq!(scope.labels().contains(label), scope == of, "{label:?}");
            }
            assert_eq!(of.value(label), *value);
        }
    }

    #[test]
    fn metadata_without_end_is_cut() {
        let many: Vec<_> = (0..10_000).map(|n| n.to_string()).collect();
        let document = Document::new("x")
            .source("VNA")
            .meta("list", many)
            .meta("text", "ไทย ".repeat(100_000));
        assert_eq!(labels(&document).count(), MAX_LABELS);
        let bytes: usize = texts(&document).map(|(_, text)| text.len()).sum();
        assert!(
            (MAX_SCOPED_BYTES - 3..=MAX_SCOPED_BYTES).contains(&bytes),
            "{bytes}"
        );
        let empty = Document::new("x").meta("m", vec![""; 100_000]);
        assert_eq!(texts(&empty).count(), MAX_SCOPED_BYTES);
    }
}
