//! Ranked search with filters over a Mekong search index.
//!
//! A [`Query`] says what is asked: a text in any language, typed filters, an order. A [`Searcher`]
//! answers it with [`Hit`]s. A [`Highlighter`] shows where a text matches, an [`Explanation`] why a
//! document ranks where it does, and [`Weights`] say what counts for that.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod alias;
mod error;
mod explain;
mod highlight;
#[allow(dead_code, reason = "used by what comes next")]
mod near;
mod phrase;
mod plan;
mod query;
mod question;
mod rarity;
mod run;
mod scan;
mod search;
mod searcher;
mod weights;

pub use error::Error;
pub use explain::{Evidence, EvidenceKind, Explanation};
pub use highlight::{Highlighter, Snippet};
pub use query::{Query, Sort};
pub use searcher::{Hit, Results, Searcher};
pub use weights::Weights;
