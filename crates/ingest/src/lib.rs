//! Reading documents into a Mekong search index.
//!
//! [`Writer`] is the one way to write to an index: documents that a program makes, or files and
//! folders of them in the formats that [`Format`] lists. [`read`] gives the documents of a path
//! without an index.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod encoding;
mod error;
mod format;
mod ingest;
mod pipeline;
mod policy;
mod progress;
mod reindex;
mod report;
mod writer;

pub use encoding::Encoding;
pub use error::Error;
#[cfg(feature = "csv")]
pub use format::{Column, Columns};
pub use format::{Documents, Format, Read, ReadOptions, read};
pub use ingest::Ingest;
pub use policy::CommitPolicy;
pub use progress::Progress;
pub use reindex::{Reindex, reindex};
pub use report::{FileReport, Problem, Report};
pub use writer::{Writer, WriterOptions};
