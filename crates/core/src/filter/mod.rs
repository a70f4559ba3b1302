//! Filters by what is known of a document: its language, its source, its metadata, its date.

mod dates;
mod segment;

use std::ops::Not;

use mekong_dates::{Date, Zone};
use serde_json::Value;

pub use dates::{Dates, End};
pub use segment::{SegmentFilters, labels_with_value};

use crate::Error;
use crate::index::{Scope, percent, values};

/// A condition on what is known of a document: its language, its source, a metadata key, its date.
///
/// Values are compared whole and as they are, capitals and accents too. A number or a boolean is
/// the text that JSON writes for it, so that `3` and `"3"` are one value. A list has each of its
/// elements for a value: it passes where any of them does.
///
/// ```
/// use mekong_core::Filter;
///
/// let filters = [
///     Filter::key("section").is_any_of(["politics", "economy"]),
///     Filter::key("photos").exists(),
///     !Filter::source().is("Reuters"),
///     Filter::date().before("2020".parse()?),
/// ];
/// # Ok::<(), mekong_dates::Error>(())
/// ```
///
/// Of one document at most 4,096 values are indexed, and none with more than 256 bytes: such a value
/// only shows that its key is there.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Filter {
    what: What,
    negated: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Label {
        of: FilterKey,
        /// `None` for whatever value.
        values: Option<Vec<Value>>,
    },
    Date {
        start: Option<Date>,
        end: End,
        zone: Zone,
    },
}

/// What a [`Filter`] is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct FilterKey(Of);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Of {
    Language,
    TitleLanguage,
    LanguageConfidence,
    Source,
    Key(String),
}

/// The date of a document, as what a [`Filter`] is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct FilterDate {
    zone: Zone,
}

impl Filter {
    /// About what the metadata of a document has under this key.
    pub fn key(key: impl Into<String>) -> FilterKey {
        FilterKey(Of::Key(key.into()))
    }

    /// About who published a document.
    pub fn source() -> FilterKey {
        FilterKey(Of::Source)
    }

    /// About the language of a document, whose value is its ISO 639 code.
    pub fn language() -> FilterKey {
        FilterKey(Of::Language)
    }

    /// About the language of the title of a document that has one, whose value is its ISO 639 code:
    /// that of the document where the title does not tell of another one.
    pub fn title_language() -> FilterKey {
        FilterKey(Of::TitleLanguage)
    }

    /// Documents whose language is at least this sure ([`Document::language_confidence`]), from 0 to
    /// 1, rounded to whole percents: of those that have a language. One that was given, and that the text
    /// does not speak against, is as sure as can be.
    ///
    /// [`Document::language_confidence`]: crate::Document::language_confidence
    pub fn sure_language(at_least: f32) -> Self {
        FilterKey(Of::LanguageConfidence).is_any_of(percent(at_least)..=100)
    }

    /// About when a document was published.
    ///
    /// A search has ranges of its own for dates, which do not have to look at each document:
    /// `Query::since` and what stands beside it.
    pub fn date() -> FilterDate {
        FilterDate { zone: Zone::UTC }
    }

    /// An error where it asks for something that is not indexed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.what {
            What::Label { of, values } => {
                of.check()?;
                for value in values.iter().flatten() {
                    match text(value) {
                        None => return Err(Error::no_value(value)),
                        Some(text) if text.len() > Scope::MAX_BYTES => {
                            return Err(Error::long_value(text.len(), Scope::MAX_BYTES));
                        }
                        Some(_) => {}
                    }
                }
                Ok(())
            }
            What::Date { start, end, zone } => Dates::new(*start, *end, zone)
                .map(drop)
                .map_err(Error::filter_dates),
        }
    }
}

/// A value as it is compared: one that is a single text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) => None,
        value => values(value).next().map(String::from),
    }
}

impl FilterKey {
    /// Documents that have this value: a text, a number, a boolean.
    pub fn is(self, value: impl Into<Value>) -> Filter {
        self.is_any_of([value])
    }

    /// Documents that have any of these values; of no values, no document.
    pub fn is_any_of<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Filter {
        let values = values.into_iter().map(Into::into).collect();
        Filter::new(What::Label {
            of: self,
            values: Some(values),
        })
    }

    /// Documents that have this at all, be it `null`.
    pub fn exists(self) -> Filter {
        Filter::new(What::Label {
            of: self,
            values: None,
        })
    }

    pub(crate) fn scope(&self) -> Scope<'_> {
        match &self.0 {
            Of::Language => Scope::Language,
            Of::TitleLanguage => Scope::TitleLanguage,
            Of::LanguageConfidence => Scope::LanguageConfidence,
            Of::Source => Scope::Source,
            Of::Key(key) => Scope::Meta(key),
        }
    }

    /// An error where nothing of this is indexed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Of::Key(key) if key.len() > Scope::MAX_BYTES => {
                Err(Error::long_key(key.len(), Scope::MAX_BYTES))
            }
            _ => Ok(()),
        }
    }
}

/// Undated documents pass none of these but their negations: `!Filter::date().exists()`.
impl FilterDate {
    /// The time zone of the dates: a day is a day there. UTC unless told.
    ///
    /// A document that is dated to a day, a month or a year is of that day wherever it is read; one
    /// that is dated to the second is of the day that it was in this zone.
    pub fn zone(mut self, zone: Zone) -> Self {
        self.zone = zone;
        self
    }

    /// Documents from the start of `date` on.
    pub fn since(self, date: Date) -> Filter {
        self.within(Some(date), End::Open)
    }

    /// Documents from before the start of `date`: `2025` leaves out all of 2025.
    pub fn before(self, date: Date) -> Filter {
        self.within(None, End::Before(date))
    }

    /// Documents up to the end of `date`: `2025` includes all of 2025.
    pub fn through(self, date: Date) -> Filter {
        self.within(None, End::Through(date))
    }

    /// Documents from within `date`: a day, a month, a year.
    pub fn during(self, date: Date) -> Filter {
        self.within(Some(date), End::Through(date))
    }

    /// Documents that have a date.
    pub fn exists(self) -> Filter {
        self.within(None, End::Open)
    }

    fn within(self, start: Option<Date>, end: End) -> Filter {
        Filter::new(What::Date {
            start,
            end,
            zone: self.zone,
        })
    }
}

impl Filter {
    fn new(what: What) -> Self {
        Self {
            what,
            negated: false,
        }
    }
}

/// All other documents: also those that do not have the key, or no date.
impl Not for Filter {
    type Output = Self;

    fn not(mut self) -> Self {
        self.negated = !self.negated;
        self
    }
}
