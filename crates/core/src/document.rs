//! What is indexed and comes back with a hit.

use mekong_dates::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Language;
use crate::breaks::sentence_ends;
use crate::language::{Detected, detect_with_confidence};
use crate::words::{first_chars, last_word_end};

/// A document: an identifier, a text, and what is known about it.
///
/// Also its stored form: an index keeps every document whole, as JSON with these field names.
///
/// ```
/// use mekong_core::Document;
///
/// let document = Document::new("vna-1")
///     .title("Hai bên nhất trí tăng cường hợp tác")
///     .body("Chiều 3/10, Bí thư Trung ương Đảng …")
///     .date("2025-10-03".parse()?)
///     .source("VNA");
/// assert_eq!(document.headline(), "Hai bên nhất trí tăng cường hợp tác");
/// # Ok::<(), mekong_dates::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Document {
    /// Identifies the document in its index: 1 to 1024 bytes.
    pub id: String,
    /// The title, where the document has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text.
    pub body: String,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Where `date` is from. Says nothing without a date.
    pub date_source: DateSource,
    /// How sure `date` is the day of publication, from 0 to 1: the share of such dates that are right.
    /// `None` where the document [states](DateSource::is_stated) it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_confidence: Option<f32>,
    /// The language of most of the text. Detected when the document is indexed, if not given.
    #[serde(rename = "lang", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How sure `language` is, from 0 to 1. `None` where it was given and the text does not speak
    /// against it.
    #[serde(rename = "lang_confidence", skip_serializing_if = "Option::is_none")]
    pub language_confidence: Option<f32>,
    /// The language of the title, where that is another one than `language`.
    #[serde(rename = "title_lang", skip_serializing_if = "Option::is_none")]
    pub title_language: Option<Detected>,
    /// The language of the body, where that is another one than `language`: than the one that was
    /// given.
    #[serde(rename = "body_lang", skip_serializing_if = "Option::is_none")]
    pub body_language: Option<Detected>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Anything else; it is kept and comes back with the hit. What is a text, a number, a boolean or
    /// a list of these can be filtered and counted by.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub meta: Map<String, Value>,
}

/// Where the publication date of a document is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DateSource {
    /// The caller or a field of the record says so.
    #[default]
    Given,
    /// Metadata of its format: a `<time>` or `article:published_time` of a page, the date of an item of
    /// a feed.
    Metadata,
    /// The header of an article.
    Header,
    /// The date that the text opens with.
    Dateline,
    /// A date in the first sentence.
    Sentence,
    /// A date without a year that the text begins with, in the year that the rest of it tells.
    #[serde(alias = "inferred")]
    Resolved,
    /// When its file was last written.
    FileTime,
}

impl DateSource {
    /// The name as JSON has it: `given`, `metadata`, `header`, `dateline`, `sentence`, `resolved`,
    /// `filetime`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Metadata => "metadata",
            Self::Header => "header",
            Self::Dateline => "dateline",
            Self::Sentence => "sentence",
            Self::Resolved => "resolved",
            Self::FileTime => "filetime",
        }
    }

    /// Whether the caller, a field, the metadata or a header says that this is the date; otherwise it
    /// was inferred.
    #[must_use]
    pub fn is_stated(self) -> bool {
        matches!(self, Self::Given | Self::Metadata | Self::Header)
    }
}

/// A language of a title, or one against the given one, counts from here on. Of 3,728 titles of the
/// Vietnamese Wikipedia that were this sure, 9 were taken for English; most of them are.
const SURE: f32 = 0.8;

/// A headline is at most so many characters long.
const HEADLINE_CHARS: usize = 120;

impl Document {
    /// The longest identifier, in bytes.
    pub const MAX_ID_BYTES: usize = 1024;

    /// A document without a text yet.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }

    /// Sets the title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the text.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets the date of publication, as one that is given.
    #[must_use]
    pub fn date(self, date: Date) -> Self {
        self.date_from(date, DateSource::Given)
    }

    /// Sets the date of publication, and where it is from.
    #[must_use]
    pub fn date_from(mut self, date: Date, source: DateSource) -> Self {
        self.date = Some(date);
        self.date_source = source;
        self.date_confidence = None;
        self
    }

    /// Sets the language, so that it is not detected.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self.language_confidence = None;
        self
    }

    /// Sets the source.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Sets the address.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Adds anything else that is to come back with a hit.
    #[must_use]
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.meta.insert(key.into(), value.into());
        self
    }

    /// The title; for a document without one the first line of its text where that is one
    /// sentence of at most 120 characters, else its first sentence, cut at a word to 120.
    #[must_use]
    pub fn headline(&self) -> &str {
        match &self.title {
            Some(title) if !title.trim().is_empty() => title.trim(),
            _ => headline_of(&self.body),
        }
    }

    /// Detects the languages of the document, where that has not been done: what is set, stays.
    ///
    /// A language that was given is kept. Where the body is clearly in another one (declared `en`,
    /// written in Thai), [`body_language`](Self::body_language) says which, and
    /// [`language_confidence`](Self::language_confidence) is as low as that is sure.
    ///
    /// Writers of `mekong-ingest` do this for each document.
    ///
    /// ```
    /// use mekong_core::{Document, Language};
    ///
    /// let mut document = Document::new("a").body("คณะรัฐมนตรีเห็นชอบ").language(Language::ENGLISH);
    /// document.detect_languages();
    /// assert_eq!(document.language, Some(Language::ENGLISH));
    /// assert_eq!(document.language_confidence, Some(0.0));
    /// assert_eq!(document.body_language.unwrap().language, Language::THAI);
    /// ```
    pub fn detect_languages(&mut self) {
        let is_done = self.language_confidence.is_some()
            || self.title_language.is_some()
            || self.body_language.is_some();
        if is_done {
            return;
        }
        let title = self
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty());
        let body = detect_with_confidence(&self.body);
        match self.language {
            Some(given) => {
                let contradicts = |body: &Detected| {
                    body.language != given && body.confidence >= SURE && given.is_detected()
                };
                self.body_language = body.filter(contradicts);
                self.language_confidence = self.body_language.map(|body| 1.0 - body.confidence);
            }
            None => {
                let all = || detect_with_confidence(&format!("{}\n{}", title?, self.body));
                let found = body.or_else(all);
                self.language = found.map(|found| found.language);
                self.language_confidence = found.map(|found| found.confidence);
            }
        }
        let title = title.and_then(detect_with_confidence);
        self.title_language =
            title.filter(|title| title.confidence >= SURE && Some(title.language) != self.language);
    }

    /// Where in the body its headline ends, in bytes; `None` where the title is the headline.
    pub(crate) fn headline_in_body(&self) -> Option<usize> {
        match &self.title {
            Some(title) if !title.trim().is_empty() => None,
            _ => {
                let start = self.body.len() - self.body.trim_start().len();
                Some(start + headline_of(&self.body).len())
            }
        }
    }
}

fn headline_of(body: &str) -> &str {
    let body = body.trim_start();
    let line = body.lines().next().unwrap_or_default().trim_end();
    // A sentence ends somewhere; a page is far enough to look for it.
    let page = first_chars(line, 4 * HEADLINE_CHARS);
    let sentence = page[..sentence_ends(page).next().unwrap_or(0)].trim_end();
    &sentence[..last_word_end(sentence, HEADLINE_CHARS)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(body: &str) -> String {
        Document::new("x").body(body).headline().to_owned()
    }

    /// What is stored now, and what an index of format 4 has stored.
    #[test]
    fn json_has_the_keys_that_are_set() {
        let plain = Document::new("a").body("Text");
        let json = r#"{"id":"a","body":"Text","date_source":"given"}"#;
        assert_eq!(serde_json::to_string(&plain).unwrap(), json);
        let mut document = Document::new("a")
            .title("Hello")
            .body("สวัสดี")
            .date_from("2025-10-03".parse().unwrap(), DateSource::Dateline);
        document.date_confidence = Some(0.999);
        document.language = Some(Language::THAI);
        document.language_confidence = Some(0.95);
        document.title_language = Some(Detected::new(Language::ENGLISH, 0.7));
        let json = r#"{"id":"a","title":"Hello","body":"สวัสดี","date":"2025-10-03","date_source":"dateline","date_confidence":0.999,"lang":"th","lang_confidence":0.95,"title_lang":{"lang":"en","confidence":0.7}}"#;
        assert_eq!(serde_json::to_string(&document).unwrap(), json);
        assert_eq!(serde_json::from_str::<Document>(json).unwrap(), document);
        let old =
            r#"{"id":"a","body":"","date":"2025-10-03","date_source":"inferred","lang":"th"}"#;
        let old: Document = serde_json::from_str(old).unwrap();
        assert_eq!(old.date_source, DateSource::Resolved);
    }

    /// `language`, `title_language`, `body_language`, and whether the first is sure.
    fn languages(document: Document) -> (String, String, String, bool) {
        let mut document = document;
        document.detect_languages();
        let again = {
            let mut again = document.clone();
            again.detect_languages();
            again
        };
        assert_eq!(again, document);
        let code = |detected: Option<Detected>| detected.map_or("", |d| d.language.code());
        (
            document.language.map_or("", Language::code).to_owned(),
            code(document.title_language).to_owned(),
            code(document.body_language).to_owned(),
            document.language_confidence.is_none_or(|sure| sure >= 0.5),
        )
    }

    #[test]
    fn title_and_body_have_languages_of_their_own() {
        let thai = "คณะรัฐมนตรีเห็นชอบโครงการก่อสร้างสะพานข้ามแม่น้ำโขง";
        let english = "The cabinet approved the building of a bridge over the Mekong";
        let vietnamese = "Chính phủ phê duyệt dự án xây cầu qua sông Mê Công";
        let document = || Document::new("a");
        let cases = [
            (document().body(thai), ("th", "", "", true)),
            (document().title(thai).body(thai), ("th", "", "", true)),
            (document().title(english).body(thai), ("th", "en", "", true)),
            (
                document().title(vietnamese).body(english),
                ("en", "vi", "", true),
            ),
            // A title that says nothing, and a body that needs it.
            (
                document().title("Mekong 2025").body(thai),
                ("th", "", "", true),
            ),
            (document().title(english).body("2025"), ("en", "", "", true)),
            (document().body("2025"), ("", "", "", true)),
            // What is given, stays; what does not tell is no contradiction.
            (
                document().body(thai).language(Language::THAI),
                ("th", "", "", true),
            ),
            (
                document().body(thai).language(Language::ENGLISH),
                ("en", "", "th", false),
            ),
            (
                document().body("Mekong").language(Language::LAO),
                ("lo", "", "", true),
            ),
            (
                document()
                    .body(english)
                    .title(english)
                    .language(Language::LAO),
                ("lo", "en", "en", false),
            ),
            // Northern Thai is written in Thai letters, too, and not told from Thai.
            (
                document().body(thai).language("nod".parse().unwrap()),
                ("nod", "", "", true),
            ),
        ];
        for (document, (language, title, body, is_sure)) in cases {
            let expected = (
                language.to_owned(),
                title.to_owned(),
                body.to_owned(),
                is_sure,
            );
            assert_eq!(languages(document.clone()), expected, "{document:?}");
        }
    }

    #[test]
    fn date_sources_are_named_as_in_json() {
        for source in [
            DateSource::Given,
            DateSource::Metadata,
            DateSource::Header,
            DateSource::Dateline,
            DateSource::Sentence,
            DateSource::Resolved,
            DateSource::FileTime,
        ] {
            let json = serde_json::to_string(&source).unwrap();
            assert_eq!(json, format!("\"{}\"", source.as_str()));
        }
    }

    #[test]
    fn the_title_comes_first() {
        let document = Document::new("x").title(" A title ").body("A text.");
        assert_eq!(document.headline(), "A title");
        assert_eq!(
            Document::new("x").title(" ").body("A text.").headline(),
            "A text."
        );
    }

    #[test]
    fn a_short_first_line_is_the_headline() {
        assert_eq!(
            headline("\nMinistry enhances cooperation with Thai partners\nA delegation …"),
            "Ministry enhances cooperation with Thai partners"
        );
        assert_eq!(
            headline("First sentence. Second one.\nNext."),
            "First sentence."
        );
        assert_eq!(
            headline("วันที่ 4 พฤษภาคม พ. ศ. 2561 มีการประชุม"),
            "วันที่ 4 พฤษภาคม พ. ศ. 2561 มีการประชุม"
        );
        assert_eq!(headline("Mr. Trung came. He left."), "Mr. Trung came.");
        assert_eq!(headline("Ông thăm Hoa Kỳ. Sau đó về."), "Ông thăm Hoa Kỳ.");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let cut = headline(&"kết quả ".repeat(40));
        assert!(cut.chars().count() <= 120, "{cut}");
        assert!(cut.ends_with("kết") || cut.ends_with("quả"), "{cut}");
        let thai = headline(&"กระทรวงการต่างประเทศ".repeat(20));
        assert!(
            thai.chars().count() <= 120 && thai.chars().count() > 100,
            "{thai}"
        );
        assert_eq!(headline(&"a".repeat(500)).len(), 120);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(headline(""), "");
        assert_eq!(headline(" \n "), "");
    }
}
