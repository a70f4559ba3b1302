//! A file that is open, as the readers of all formats get it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use mekong_core::Document;

use super::stream::{MAX_RECORD_BYTES, Stream};
use super::{Read, ReadOptions};
use crate::encoding::{self, Known};
use crate::{Error, Problem};

/// A file that is open, before its first byte.
pub(super) struct Source {
    /// For errors and [`Read::path`](super::Read::path).
    pub(super) path: PathBuf,
    /// For documents without an id of their own: the path below the one that is read.
    pub(super) id: String,
    /// What the encoding is, as far as the first bytes tell.
    pub(super) known: Known,
    /// The bytes, unpacked; of UTF-16, decoded to UTF-8.
    pub(super) stream: Stream,
}

impl Source {
    /// Reads a file that is one document. `declared` finds the label of the encoding that the
    /// bytes declare; `document` makes the document of the text, the id and the path, and gives
    /// what it had to leave out.
    pub(super) fn document(
        self,
        options: &ReadOptions,
        declared: impl FnOnce(&[u8]) -> Option<String>,
        document: impl FnOnce(&str, String, &Path) -> (Document, Option<Error>),
    ) -> Result<Read, Error> {
        let (path, id) = (self.path.clone(), self.id.clone());
        let bytes = self.bytes()?;
        let declared = declared(&bytes);
        let decoded = encoding::decode(&path, &bytes, declared.as_deref(), options.encoding)?;
        let (document, ignored) = document(&decoded.text, id, &path);
        if document.body.trim().is_empty() {
            return Err(Error::empty(&path));
        }
        Ok(Read {
            document,
            problems: (decoded.problem.into_iter())
                .chain(ignored.map(Problem::IgnoredField))
                .collect(),
            path,
            line: None,
            encoding: decoded.encoding,
        })
    }

    /// The whole file, where it is one document.
    pub(super) fn bytes(self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.stream
            .take(MAX_RECORD_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io(&self.path, error))?;
        if bytes.len() as u64 > MAX_RECORD_BYTES {
            let reason = format!("the article is longer than {} MiB", MAX_RECORD_BYTES >> 20);
            return Err(Error::invalid(&self.path, reason));
        }
        Ok(bytes)
    }
}
