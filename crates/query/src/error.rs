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
    Dates(mekong_dates::Error),
    #[error("the search took longer than its deadline of {0:?}")]
    DeadlineExceeded(Duration),
    #[error("the weight `{name}` is {weight}; it must lie between 0 and {max}")]
    InvalidWeight {
        name: &'static str,
        weight: f32,
        max: f32,
    },
    #[error(transparent)]
    Index(mekong_core::Error),
}

impl Error {
    /// A query that cannot be searched as it is: too long, or with dates in the wrong order.
    #[must_use]
    pub fn is_invalid_query(&self) -> bool {
        matches!(self.0, Kind::TooLong { .. } | Kind::Dates(_))
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
        Self(Kind::Index(error))
    }
}
