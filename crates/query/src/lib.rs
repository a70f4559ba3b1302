//! Ranked search with filters over a Mekong search index.
//!
//! A [`Query`] says what is asked: a text in any language, typed filters, an order. A [`Searcher`]
//! answers it with [`Hit`]s. A [`Highlighter`] shows where a text matches.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod error;
mod highlight;
mod plan;
mod query;
mod scan;
mod searcher;

pub use error::Error;
pub use highlight::{Highlighter, Snippet};
pub use query::{Query, Sort};
pub use searcher::{Hit, Results, Searcher};
