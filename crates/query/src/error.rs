//! What can go wrong with a search.

use std::time::Duration;

/// An error of a query or a search. What kind it is, the `is_*` methods tell.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("the query is {bytes} bytes long; at most {max} can be searched")]
    TooLong { bytes: usize, max: usize },
    #[error(transparent)]
    Filter(mekong_core::Error),
    #[error(transparent)]
    Dates(mekong_dates::Error),
    #[error("there is no document with the id `{0}`, like which others could be")]
    UnknownDocument(String),
    #[error("the search took longer than its deadline of {0:?}")]
    DeadlineExceeded(Duration),
    #[error("the weight `{name}` is {weight}; it must lie between 0 and {max}")]
    InvalidWeight {
        name: &'static str,
        weight: f32,
        max: f32,
    },
    #[error("the half-life of `Sort::Recent` is zero; it must be longer")]
    NoHalfLife,
    #[error(
        "the cursor belongs to another state of the index: documents were added, deleted or merged \
         since; ask for the first page again, or for all pages on one snapshot"
    )]
    StaleCursor,
    #[error(
        "the cursor belongs to another query: its text, filters, order and weights must be those \
         of the page before"
    )]
    CursorOfAnotherQuery,
    #[error("`{0}` is no cursor; it should be the text of one that a search gave")]
    InvalidCursor(String),
    #[error(transparent)]
    Index(mekong_core::Error),
}

impl Error {
    /// A query that cannot be searched as it is: too long, with dates in the wrong order, or with a
    /// half-life of zero, or with a filter for what no index holds.
    #[must_use]
    pub fn is_invalid_query(&self) -> bool {
        matches!(
            self.0,
            Kind::TooLong { .. } | Kind::Filter(_) | Kind::Dates(_) | Kind::NoHalfLife
        )
    }

    /// A cursor of another state of the index: documents were added, deleted or merged since. The
    /// first page can be asked for again.
    #[must_use]
    pub fn is_stale_cursor(&self) -> bool {
        matches!(self.0, Kind::StaleCursor)
    }

    /// A text that is no cursor, or a cursor of another query.
    #[must_use]
    pub fn is_invalid_cursor(&self) -> bool {
        matches!(self.0, Kind::InvalidCursor(_) | Kind::CursorOfAnotherQuery)
    }

    /// A query for documents like one that there is not.
    #[must_use]
    pub fn is_unknown_document(&self) -> bool {
        matches!(self.0, Kind::UnknownDocument(_))
    }

    /// A search that was stopped at its deadline.
    #[must_use]
    pub fn is_deadline_exceeded(&self) -> bool {
        matches!(self.0, Kind::DeadlineExceeded(_))
    }

    /// Weights that no order of documents follows from.
    #[must_use]
    pub fn is_invalid_weights(&self) -> bool {
        matches!(self.0, Kind::InvalidWeight { .. })
    }

    pub(crate) fn unknown_document(id: &str) -> Self {
        Self(Kind::UnknownDocument(id.to_owned()))
    }

    pub(crate) fn no_half_life() -> Self {
        Self(Kind::NoHalfLife)
    }

    pub(crate) fn stale_cursor() -> Self {
        Self(Kind::StaleCursor)
    }

    pub(crate) fn cursor_of_another_query() -> Self {
        Self(Kind::CursorOfAnotherQuery)
    }

    pub(crate) fn invalid_cursor(text: &str) -> Self {
        const MAX_SHOWN: usize = 100;
        Self(Kind::InvalidCursor(text.chars().take(MAX_SHOWN).collect()))
    }

    pub(crate) fn invalid_weight(name: &'static str, weight: f32, max: f32) -> Self {
        Self(Kind::InvalidWeight { name, weight, max })
    }

    pub(crate) fn too_long(bytes: usize, max: usize) -> Self {
        Self(Kind::TooLong { bytes, max })
    }

    /// The error of the index, where that is what failed.
    #[must_use]
    pub fn index_error(&self) -> Option<&mekong_core::Error> {
        match &self.0 {
            Kind::Index(error) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn engine(error: tantivy::TantivyError) -> Self {
        mekong_core::engine::error(error).into()
    }

    pub(crate) fn deadline_exceeded(deadline: Duration) -> Self {
        Self(Kind::DeadlineExceeded(deadline))
    }
}

impl From<mekong_dates::Error> for Error {
    fn from(error: mekong_dates::Error) -> Self {
        Self(Kind::Dates(error))
    }
}

impl From<mekong_core::Error> for Error {
    fn from(error: mekong_core::Error) -> Self {
        if error.is_invalid_filter() {
            Self(Kind::Filter(error))
        } else {
            Self(Kind::Index(error))
        }
    }
}
