//! The bytes of a file, unpacked where they are compressed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Error;

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
const BUFFER_BYTES: usize = 64 * 1024;

/// What is longer is not a document but a mistake; it is not read into memory.
pub(super) const MAX_RECORD_BYTES: u64 = 256 << 20;

pub(super) type Stream = Box<dyn BufRead + Send>;

/// A file, and how many of its bytes were read, as they are on the disk.
struct Counted {
    file: File,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Opens a file; gzip (RFC 1952) and zstd (RFC 8878) are told by their first bytes. What is read
/// of it is added to `read`.
pub(super) fn open(path: &Path, read: &Arc<AtomicU64>) -> Result<Stream, Error> {
    let failed = |error| Error::io(path, error);
    let file = Counted {
        file: File::open(path).map_err(failed)?,
        bytes: Arc::clone(read),
    };
    let mut bytes = BufReader::with_capacity(BUFFER_BYTES, file);
    let start = bytes.fill_buf().map_err(failed)?;
    if start.starts_with(&GZIP) {
        gzip(path, bytes)
    } else if start.starts_with(&ZSTD) {
        zstd(path, bytes)
    } else {
        Ok(Box::new(bytes))
    }
}

/// The first bytes of a stream, so many where it has them, and the stream from its start. Where it
/// breaks off before, it breaks off behind them.
pub(super) fn peek(mut stream: Stream, bytes: usize) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::with_capacity(bytes);
    let read = (&mut stream).take(bytes as u64).read_to_end(&mut head);
    let start = Cursor::new(head.clone());
    Ok(match read {
        Err(error) if head.is_empty() => return Err(error),
        Err(error) => (head, Box::new(start.chain(Broken(Some(error))))),
        Ok(_) => (head, Box::new(start.chain(stream))),
    })
}

/// A stream that breaks off here.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Broken {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// The path without the `.gz` or `.zst` at its end.
pub(super) fn uncompressed_name(path: &Path) -> PathBuf {
    match path.extension() {
        Some(extension) if extension == "gz" || extension == "zst" => path.with_extension(""),
        _ => path.to_owned(),
    }
}

#[cfg(feature = "compression")]
fn gzip(_: &Path, bytes: BufReader<Counted>) -> Result<Stream, Error> {
    let unpacked = flate2::bufread::MultiGzDecoder::new(bytes);
    Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, unpacked)))
}

#[cfg(feature = "compression")]
fn zstd(path: &Path, bytes: BufReader<Counted>) -> Result<Stream, Error> {
    let unpacked =
        zstd::stream::read::Decoder::with_buffer(bytes).map_err(|error| Error::io(path, error))?;
    Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, unpacked)))
}

#[cfg(not(feature = "compression"))]
fn gzip(path: &Path, _: BufReader<Counted>) -> Result<Stream, Error> {
    Err(without_compression(path))
}

#[cfg(not(feature = "compression"))]
fn zstd(path: &Path, _: BufReader<Counted>) -> Result<Stream, Error> {
    Err(without_compression(path))
}

#[cfg(not(feature = "compression"))]
fn without_compression(path: &Path) -> Error {
    Error::without_feature(path, "the file is compressed", "compression")
}
