//! The ground that the Mekong search engine stands on: which script and language a text is
//! written in, the multilingual analyzer, the document, and the index.
//!
//! [`Analyzer`] makes text of any mix of languages into tokens, the same way for documents and for
//! queries. [`Index`] keeps documents. Writing is done by `mekong-ingest`, searching by
//! `mekong-query`; most programs use both through the crate `mekong`.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod alias;
mod analyzer;
pub mod breaks;
mod document;
pub mod engine;
mod error;
mod filter;
mod fold;
mod index;
pub mod language;
pub mod script;
mod sketch;
mod words;

pub use alias::Aliases;
pub use analyzer::{Analyzer, Token, TokenKind};
pub use document::{DateSource, Document};
pub use error::Error;
pub use filter::{Filter, FilterDate, FilterKey};
pub use index::{FORMAT_VERSION, Index, IndexOptions, Reload};
pub use language::{Detected, Language};
pub use mekong_segment::{Strength, UserWords, is_zawgyi};
pub use words::Dictionaries;
