//! Files with checksums, so that no damaged byte ever reaches the engine: it would panic, ask for
//! memory without end, or decompress past the end of a buffer, and merge damage into new segments.
//!
//! A file of a segment is its content, a checksum of each block of it, and a tail:
//!
//! | bytes | |
//! | --- | --- |
//! | 4 for each block of [`BLOCK`] bytes | CRC-32 of the block |
//! | 8 | length of the content |
//! | 4 | CRC-32 of the two above |
//! | 4 | [`MAGIC`] |
//!
//! Numbers are little-endian. The tail is checked when the file is opened, a block when it is
//! first read. A file that is replaced as a whole, `meta.json` and `.managed.json`, ends with a line
//! that holds the CRC-32 of the rest.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use crc32fast::Hasher;
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use crate::Error;

/// Bytes under one checksum. Smaller blocks read less at a time, larger ones need fewer checksums.
const BLOCK: usize = 32 << 10;
/// What a file of a segment ends with.
const MAGIC: [u8; 4] = *b"mkg5";
/// Length, checksum of the checksums, magic.
const TAIL: usize = 8 + 4 + MAGIC.len();
const CHECKSUM: usize = 4;

/// What the last line of `meta.json` begins with; the checksum follows in hexadecimal.
const LINE: &str = "crc32 ";
/// The line with its eight digits and its end.
const LINE_LENGTH: usize = LINE.len() + 8 + 1;

/// Damage to a file, as the cause of an [`io::Error`].
#[derive(Clone, Debug, thiserror::Error)]
#[error("{} is damaged: {reason}", file.display())]
pub(crate) struct Damage {
    pub(crate) file: PathBuf,
    pub(crate) reason: &'static str,
}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::new(io::ErrorKind::InvalidData, damage)
    }
}

/// A directory of the engine whose files carry checksums.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    files: Box<dyn Directory>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// What is open, so that a block is checked once, not once a commit.
    open: Mutex<HashMap<PathBuf, Weak<Content>>>,
    damage: OnceLock<Damage>,
}

impl Shared {
    fn damaged(&self, file: &Path, reason: &'static str) -> io::Error {
        let damage = Damage {
            file: file.to_owned(),
            reason,
        };
        // The first is as good as any.
        let _ = self.damage.set(damage.clone());
        damage.into()
    }
}

impl Checked {
    pub(super) fn new(files: Box<dyn Directory>) -> Self {
        Self {
            files,
            shared: Arc::default(),
        }
    }

    /// Does work of the engine, which panics at some places where it cannot read. Where that comes
    /// of damage it is an error; any other panic goes on.
    pub(super) fn guard<T, E: From<Error>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
            match self.shared.damage.get() {
                Some(damage) => Err(Error::damage(damage).into()),
                None => resume_unwind(panic),
            }
        })
    }

    /// A file of a segment, with its tail checked.
    pub(super) fn open(&self, path: &Path) -> Result<Arc<Content>, OpenReadError> {
        let open = &self.shared.open;
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(content) = open.get(path).and_then(Weak::upgrade) {
            return Ok(content);
        }
        open.retain(|_, content| content.strong_count() > 0);
        let file = self.files.get_file_handle(path)?;
        let content = Content::new(path, file, &self.shared)
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        let content = Arc::new(content);
        open.insert(path.to_owned(), Arc::downgrade(&content));
        Ok(content)
    }

    /// What is open under a name is not what is opened by it next: after a commit that failed the
    /// engine gives a file of deletions the same name again.
    fn forget(&self, path: &Path) {
        let open = &self.shared.open;
        open.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(path);
    }
}

impl Directory for Checked {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(self.open(path)?)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.forget(path);
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.forget(path);
        // What is put around it has a buffer of its own.
        let file =
            self.files.open_write(path)?.into_inner().map_err(|error| {
                OpenWriteError::wrap_io_error(error.into_error(), path.to_owned())
            })?;
        Ok(WritePtr::new(Box::new(Writer {
            file,
            length: 0,
            block: Hasher::new(),
            checksums: Vec::new(),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let mut data = self.files.atomic_read(path)?;
        let Some(length) = content_of(&data) else {
            let error = self.shared.damaged(path, "its checksum does not fit");
            return Err(OpenReadError::wrap_io_error(error, path.to_owned()));
        };
        data.truncate(length);
        Ok(data)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let line = line_of(data);
        self.files
            .atomic_write(path, &[data, line.as_bytes()].concat())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.files.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// The line that a file of this content ends with.
fn line_of(data: &[u8]) -> String {
    format!("{LINE}{:08x}\n", crc32fast::hash(data))
}

/// The length of what stands before the line with the checksum; `None` where it does not fit.
fn content_of(data: &[u8]) -> Option<usize> {
    let length = data.len().checked_sub(LINE_LENGTH)?;
    (data[length..] == *line_of(&data[..length]).as_bytes()).then_some(length)
}

/// Writes content and counts up its checksums.
struct Writer {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    length: u64,
    /// Of the block that is being filled.
    block: Hasher,
    checksums: Vec<u8>,
}

impl Writer {
    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.checksums.extend(block.finalize().to_le_bytes());
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        let mut written = &bytes[..count];
        while !written.is_empty() {
            let free = BLOCK - (self.length % BLOCK as u64) as usize;
            let (now, later) = written.split_at(free.min(written.len()));
            self.block.update(now);
            self.length += now.len() as u64;
            if now.len() == free {
                self.end_block();
            }
            written = later;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Writer {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        if !self.length.is_multiple_of(BLOCK as u64) {
            self.end_block();
        }
        let mut tail = std::mem::take(&mut self.checksums);
        tail.extend(self.length.to_le_bytes());
        tail.extend(crc32fast::hash(&tail).to_le_bytes());
        tail.extend(MAGIC);
        self.file.write_all(&tail)?;
        self.file.terminate_ref(token)
    }
}

/// The content of a file, whose blocks are checked when they are first read.
#[derive(Debug)]
pub(super) struct Content {
    path: PathBuf,
    file: Arc<dyn FileHandle>,
    length: usize,
    /// One after another, as they stand in the file.
    checksums: OwnedBytes,
    /// Which blocks are known to be whole.
    whole: Vec<AtomicBool>,
    shared: Arc<Shared>,
}

impl Content {
    fn new(path: &Path, file: Arc<dyn FileHandle>, shared: &Arc<Shared>) -> io::Result<Self> {
        const CUT: &str = "it is cut short, or its end is not as it was written";
        let end = file.len();
        let cut = || shared.damaged(path, CUT);
        let tail_start = end.checked_sub(TAIL).ok_or_else(cut)?;
        let tail = file.read_bytes(tail_start..end)?;
        let (length, rest) = tail.split_first_chunk().ok_or_else(cut)?;
        let (checksum, magic) = rest.split_first_chunk().ok_or_else(cut)?;
        if magic != MAGIC {
            return Err(cut());
        }
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
        let blocks = length.div_ceil(BLOCK);
        // The first keeps the second from overflowing.
        if length > tail_start || length + blocks * CHECKSUM != tail_start {
            return Err(cut());
        }
        let summed = file.read_bytes(length..tail_start + 8)?;
        if crc32fast::hash(&summed) != u32::from_le_bytes(*checksum) {
            return Err(cut());
        }
        Ok(Self {
            path: path.to_owned(),
            length,
            checksums: summed.slice(0..blocks * CHECKSUM),
            whole: (0..blocks).map(|_| AtomicBool::new(false)).collect(),
            file,
            shared: Arc::clone(shared),
        })
    }

    /// Reads all blocks and compares their checksums, whether or not that was done before.
    pub(super) fn verify(&self) -> io::Result<()> {
        (0..self.whole.len()).try_for_each(|block| self.check(block))
    }

    fn check(&self, block: usize) -> io::Result<()> {
        let start = block * BLOCK;
        let bytes = self
            .file
            .read_bytes(start..self.length.min(start + BLOCK))?;
        let expected = &self.checksums[block * CHECKSUM..][..CHECKSUM];
        if crc32fast::hash(&bytes).to_le_bytes() != *expected {
            let reason = "a checksum does not fit";
            return Err(self.shared.damaged(&self.path, reason));
        }
        self.whole[block].store(true, Ordering::Relaxed);
        Ok(())
    }
}

impl HasLen for Content {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Content {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if !range.is_empty() {
            for block in range.start / BLOCK..=(range.end - 1) / BLOCK {
                if !self.whole[block].load(Ordering::Relaxed) {
                    self.check(block)?;
                }
            }
        }
        self.file.read_bytes(range)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::directory::RamDirectory;

    use super::*;

    const NAME: &str = "a.store";

    fn path() -> &'static Path {
        Path::new(NAME)
    }

    /// A file of so many bytes, as it stands below.
    fn file(length: usize) -> (Vec<u8>, Vec<u8>) {
        let files = RamDirectory::create();
        let directory = Checked::new(Box::new(files.clone()));
        let content: Vec<u8> = (0..length).map(|n| (n * n / 7) as u8).collect();
        let mut writer = directory.open_write(path()).unwrap();
        // In pieces that do not fit the blocks.
        for piece in content.chunks(10_007) {
            writer.write_all(piece).unwrap();
        }
        writer.terminate().unwrap();
        let stored = files.open_read(path()).unwrap().read_bytes().unwrap();
        (content, stored.to_vec())
    }

    fn over(stored: &[u8]) -> Checked {
        let files = RamDirectory::create();
        let mut writer = files.open_write(path()).unwrap();
        writer.write_all(stored).unwrap();
        writer.terminate().unwrap();
        Checked::new(Box::new(files))
    }

    fn is_whole(stored: &[u8]) -> bool {
        let opened = over(stored).open(path());
        opened.is_ok_and(|content| content.verify().is_ok())
    }

    #[test]
    fn content_comes_back() {
        let lengths = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 5];
        for length in lengths {
            let (content, stored) = file(length);
            let overhead = length.div_ceil(BLOCK) * CHECKSUM + TAIL;
            assert_eq!(stored.len(), length + overhead);
            let slice = over(&stored).open_read(path()).unwrap();
            assert_eq!(slice.read_bytes().unwrap().as_slice(), content);
            let middle = length / 3..length / 2;
            let read = slice.read_bytes_slice(middle.clone()).unwrap();
            assert_eq!(read.as_slice(), &content[middle]);
        }
    }

    #[test]
    fn each_change_of_a_byte_and_each_other_length_is_found() {
        for length in [0, 1, 300, BLOCK + 50] {
            let (_, mut stored) = file(length);
            assert!(is_whole(&stored));
            // All places, or those of the end and a sample of the others.
            let end = stored.len().saturating_sub(100);
            for place in (0..end).step_by(997).chain(end..stored.len()) {
                stored[place] ^= 1 << (place % 8);
                assert!(!is_whole(&stored), "{length} bytes, byte {place}");
                stored[place] ^= 1 << (place % 8);
                assert!(!is_whole(&stored[..place]), "{length} cut to {place}");
                assert!(!is_whole(&stored[place + 1..]), "{length} from {place}");
            }
            stored.push(0);
            assert!(!is_whole(&stored));
        }
    }

    #[test]
    fn what_is_damaged_is_not_read_and_the_rest_is() {
        let (content, mut stored) = file(2 * BLOCK);
        stored[BLOCK + 7] ^= 1;
        let directory = over(&stored);
        let slice = directory.open_read(path()).unwrap();
        let read = slice.read_bytes_slice(0..BLOCK).unwrap();
        assert_eq!(read.as_slice(), &content[..BLOCK]);
        let error = slice.read_bytes_slice(BLOCK - 1..BLOCK + 1).unwrap_err();
        assert!(error.to_string().contains(NAME), "{error}");
        let panicked: Result<(), Error> = directory.guard(|| panic!("met damage"));
        assert!(panicked.unwrap_err().is_corrupt());
    }

    #[test]
    fn a_panic_that_no_damage_explains_goes_on() {
        let (_, stored) = file(1);
        let directory = over(&stored);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            directory.guard::<(), Error>(|| panic!("a mistake"))
        }));
        assert!(panicked.is_err());
    }

    #[test]
    fn a_file_that_is_replaced_as_a_whole_has_its_checksum() {
        let files = RamDirectory::create();
        let directory = Checked::new(Box::new(files.clone()));
        directory.atomic_write(path(), b"{\"a\": 1}\n").unwrap();
        assert_eq!(directory.atomic_read(path()).unwrap(), b"{\"a\": 1}\n");
        let stored = files.atomic_read(path()).unwrap();
        for place in 0..stored.len() {
            let mut changed = stored.clone();
            changed[place] ^= 1;
            for damaged in [&changed[..], &stored[..place], &stored[place + 1..]] {
                files.atomic_write(path(), damaged).unwrap();
                let error = directory.atomic_read(path()).unwrap_err();
                assert!(error.to_string().contains(NAME), "{error}");
            }
        }
    }

    #[test]
    fn a_file_that_is_open_is_not_opened_again() {
        let (_, stored) = file(BLOCK);
        let directory = over(&stored);
        let first = directory.open(path()).unwrap();
        assert!(Arc::ptr_eq(&first, &directory.open(path()).unwrap()));
    }

    #[test]
    fn a_file_that_was_written_anew_is_opened_again() {
        let (_, stored) = file(BLOCK);
        let directory = over(&stored);
        let first = directory.open(path()).unwrap();
        directory.delete(path()).unwrap();
        let mut writer = directory.open_write(path()).unwrap();
        writer.write_all(b"other").unwrap();
        writer.terminate().unwrap();
        let second = directory.open_read(path()).unwrap();
        assert_eq!(second.read_bytes().unwrap().as_slice(), b"other");
        assert_eq!(first.len(), BLOCK);
    }
}
