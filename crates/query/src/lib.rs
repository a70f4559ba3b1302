//! Ranked search with filters over a Mekong search index.
//!
//! A [`Query`] says what is asked: a text in any language, typed filters, an order. A [`Searcher`]
//! answers it with [`Hit`]s, and counts them by [`Facet`]s. A [`Highlighter`] shows where a text matches, an [`Explanation`] why a
//! document ranks where it does, and [`Weights`] say what counts for that.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod alias;
mod collapse;
mod constraint;
mod correct;
mod dictionary;
mod error;
mod explain;
mod facet;
mod filter;
mod forms;
mod highlight;
mod like;
mod near;
mod page;
mod parse;
mod phrase;
mod plan;
mod query;
mod question;
mod rarity;
mod recency;
mod run;
mod scan;
mod search;
mod searcher;
mod sequence;
mod suggest;
mod typo;
mod understand;
mod weights;

pub use correct::Correction;
pub use error::Error;
pub use explain::{Evidence, EvidenceKind, Explanation};
pub use facet::{Bucket, Facet, FacetCounts, FacetValue};
pub use highlight::{Highlighter, Highlights, Snippet};
pub use mekong_core::{Filter, FilterDate, FilterKey};
pub use page::{Count, Cursor, Total};
pub use parse::{Note, NoteKind, Parsed};
pub use query::{Query, Sort};
pub use searcher::{Hit, Results, Searcher};
pub use suggest::{Suggestion, SuggestionKind};
pub use weights::Weights;
