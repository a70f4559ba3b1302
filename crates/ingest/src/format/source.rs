//! A file that is open, as the readers of all formats get it.

use std::io::Read as _;
use std::path::PathBuf;

use super::stream::{MAX_RECORD_BYTES, Stream};
use crate::Error;
use crate::encoding::Known;

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
