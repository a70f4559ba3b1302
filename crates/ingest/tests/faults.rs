//! Writing to a disk that fails, at each operation of a small ingest, or that is full: a clear error,
//! the last commit whole, and a writer that goes on or says that it cannot.
//!
//! `MEKONG_FAULTS=all` fails each operation in each way, not some in one.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use std::{env, fs, panic, process, thread};

use mekong_core::engine::{self, tantivy};
use mekong_core::{Document, Index, IndexOptions};
use mekong_ingest::{Error, Writer};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, RamDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

/// How an operation fails.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// With an error of the device.
    Device,
    /// As there is no room.
    Full,
    /// Half of what is written has room.
    Half,
}

/// A disk that fails at one operation, or from one on.
#[derive(Clone, Debug)]
struct Faulty {
    files: RamDirectory,
    plan: Arc<Plan>,
}

#[derive(Debug)]
struct Plan {
    done: AtomicUsize,
    /// The first operation that fails, and the first one that does not any more.
    first: usize,
    end: AtomicUsize,
    fault: Fault,
}

impl Plan {
    /// Whether this operation fails.
    fn fails(&self) -> bool {
        let number = self.done.fetch_add(1, SeqCst);
        (self.first..self.end.load(SeqCst)).contains(&number)
    }

    fn step(&self) -> io::Result<()> {
        if self.fails() {
            Err(self.error())
        } else {
            Ok(())
        }
    }

    fn error(&self) -> io::Error {
        match self.fault {
            Fault::Device => io::Error::other("the device failed"),
            Fault::Full | Fault::Half => {
                io::Error::new(io::ErrorKind::StorageFull, "the disk is full")
            }
        }
    }
}

impl Directory for Faulty {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let step = self.plan.step();
        step.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.plan.step().map_err(|error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        })?;
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let step = self.plan.step();
        step.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let step = self.plan.step();
        step.map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let file = self.files.open_write(path)?.into_inner();
        let file = file.map_err(|error| error.into_error()).unwrap();
        let plan = Arc::clone(&self.plan);
        Ok(WritePtr::new(Box::new(FaultyFile { file, plan })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let step = self.plan.step();
        step.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.plan.step()?;
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.plan.step()?;
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.plan.step().map_err(LockError::wrap_io_error)?;
        self.files.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

struct FaultyFile {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    plan: Arc<Plan>,
}

impl Write for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.plan.fails() {
            if matches!(self.plan.fault, Fault::Half) {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
            }
            return Err(self.plan.error());
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.plan.step()?;
        self.file.flush()
    }
}

impl TerminatingWrite for FaultyFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.plan.step()?;
        self.file.terminate_ref(token)
    }
}

/// The bodies of documents by their ids.
type Contents = BTreeMap<String, String>;

/// What an index holds, with each document there once and found once by a word of its own.
fn contents(index: &Index) -> Contents {
    let searcher = engine::searcher(index);
    let mut contents = Contents::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        for doc in segment.doc_ids_alive() {
            let address = DocAddress::new(ordinal, doc);
            let document = engine::document(index, &searcher, address).unwrap();
            let found = engine::address(index, &searcher, &document.id).unwrap();
            assert_eq!(found, Some(address), "{} is there twice", document.id);
            let term = Term::from_field_text(engine::fields(index).folded, &document.body);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let count = searcher.search(&query, &tantivy::collector::Count).unwrap();
            assert_eq!(count, 1, "{} is found so often", document.id);
            contents.insert(document.id, document.body);
        }
    }
    contents
}

/// Changes an index in some commits and keeps what should be in it.
struct Ingest {
    committed: Contents,
    changed: Contents,
}

impl Ingest {
    /// Upserts and deletes, then commits. The body is one word that nothing else has.
    fn batch(&mut self, writer: &mut Writer, batch: usize) -> Result<(), Error> {
        let result = self.try_batch(writer, batch);
        match &result {
            Ok(()) => self.committed = self.changed.clone(),
            Err(error) if error.index_error().is_some_and(|e| e.is_not_visible()) => {
                self.committed = self.changed.clone();
            }
            Err(_) => self.changed = self.committed.clone(),
        }
        result
    }

    fn try_batch(&mut self, writer: &mut Writer, batch: usize) -> Result<(), Error> {
        for n in 0..4 {
            // Each batch replaces a document of the one before.
            let id = format!("d{}", batch * 3 + n);
            let body = format!("w{batch}x{n}");
            writer.upsert(Document::new(&id).body(&body))?;
            self.changed.insert(id, body);
        }
        let id = format!("d{}", batch * 3 + 1);
        writer.delete(&id);
        self.changed.remove(&id);
        writer.commit()
    }
}

fn index_over(directory: impl Into<Box<dyn Directory>>) -> Result<Index, mekong_core::Error> {
    engine::index_over(directory, IndexOptions::default())
}

fn messages(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", messages(source)),
        None => error.to_string(),
    }
}

/// What is told of a fault says what failed.
fn check_told(error: &dyn std::error::Error) {
    let told = messages(error);
    let causes = ["the device failed", "the disk is full"];
    assert!(causes.iter().any(|cause| told.contains(cause)), "{told}");
}

/// Ingests on a disk that fails at operations from `first` to `end`. Gives the number of operations
/// and whether any failed so that it was told.
fn ingest(batches: usize, first: usize, end: usize, fault: Fault) -> (usize, bool) {
    let files = RamDirectory::create();
    let plan = Arc::new(Plan {
        done: AtomicUsize::new(0),
        first,
        end: AtomicUsize::new(end),
        fault,
    });
    let disk = Faulty {
        files: files.clone(),
        plan: Arc::clone(&plan),
    };
    let mut ingest = Ingest {
        committed: Contents::new(),
        changed: Contents::new(),
    };
    let mut failed = false;
    let index = match index_over(disk.clone()) {
        Ok(index) => index,
        Err(error) => {
            check_told(&error);
            failed = true;
            plan.end.store(0, SeqCst);
            index_over(disk).unwrap()
        }
    };
    let mut writer = match Writer::new(&index) {
        Ok(writer) => writer,
        Err(error) => {
            check_told(&error);
            failed = true;
            plan.end.store(0, SeqCst);
            Writer::new(&index).unwrap()
        }
    };
    for batch in 0..batches {
        let Err(error) = ingest.batch(&mut writer, batch) else {
            continue;
        };
        check_told(&error);
        failed = true;
        // What is on the disk is the last commit, whatever the writer does next.
        let survivor = index_over(files.clone()).unwrap();
        survivor.verify().unwrap();
        assert_eq!(contents(&survivor), ingest.committed, "after {error}");
        // The disk works again. The writer goes on, or says that it cannot.
        plan.end.store(0, SeqCst);
        if let Err(error) = ingest.batch(&mut writer, batch) {
            assert!(
                error.to_string().contains("open a new one"),
                "{}",
                messages(&error)
            );
            drop(writer);
            writer = Writer::new(&index).unwrap();
            ingest.batch(&mut writer, batch).unwrap();
        }
    }
    plan.end.store(0, SeqCst);
    drop(writer);

    // The lock is free, and what was committed is there.
    let index = index_over(files).unwrap();
    index.verify().unwrap();
    assert_eq!(contents(&index), ingest.committed);
    let mut writer = Writer::new(&index).unwrap();
    ingest.batch(&mut writer, batches).unwrap();
    writer.close().unwrap();
    index.verify().unwrap();
    assert_eq!(contents(&index), ingest.committed);
    (plan.done.load(SeqCst), failed)
}

/// As [`ingest`], in a thread that may hang or panic.
fn try_ingest(batches: usize, first: usize, end: usize, fault: Fault) -> (usize, bool) {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::spawn(move || {
        let _ = sender.send(ingest(batches, first, end, fault));
    });
    let what = || format!("operations {first}..{end} of {batches} batches, {fault:?}");
    match receiver.recv_timeout(Duration::from_secs(120)) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{}: it hangs", what()),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            eprintln!("{}", what());
            panic::resume_unwind(thread.join().unwrap_err())
        }
    }
}

fn fail_at_each(batches: usize, step: usize) {
    let never = usize::MAX;
    let (operations, failed) = try_ingest(batches, never, never, Fault::Device);
    assert!(!failed);
    let all = env::var("MEKONG_FAULTS").is_ok_and(|which| which == "all");
    let faults = [Fault::Device, Fault::Full, Fault::Half];
    let (mut runs, mut told) = (0, 0);
    for first in (0..operations).step_by(if all { 1 } else { step }) {
        for (n, fault) in faults.into_iter().enumerate() {
            for (m, end) in [first + 1, never].into_iter().enumerate() {
                if all || (first / step) % 6 == n * 2 + m {
                    let (_, failed) = try_ingest(batches, first, end, fault);
                    runs += 1;
                    told += usize::from(failed);
                }
            }
        }
    }
    println!("{batches} commits of {operations} operations: {runs} runs, {told} of them told");
    assert!(told > 0);
}

#[test]
fn a_fault_at_any_operation_leaves_the_last_commit() {
    fail_at_each(3, 5);
}

/// Enough commits for segments to be merged beside.
#[test]
fn a_fault_while_segments_are_merged_leaves_the_last_commit() {
    fail_at_each(12, 60);
}

/// Takes a folder of its own for a small disk, and gives it back.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(bytes: usize) -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"])
            .arg(folder.path())
            .output();
        match mounted {
            Ok(output) if output.status.success() => Ok(Self(folder)),
            Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = process::Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_last_commit() {
    let disk = match SmallDisk::mount(8 << 20) {
        Ok(disk) => disk,
        Err(reason) => {
            println!(
                "skipped: no small disk can be mounted here: {}",
                reason.trim()
            );
            return;
        }
    };
    let path = disk.0.path().join("index");
    let index = Index::create(&path).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let mut committed = Contents::new();
    let mut batch = 0;
    // Noise does not compress, and fills the disk.
    let error = loop {
        let mut changed = committed.clone();
        let mut write = || {
            for n in 0..20 {
                let noise: String = (0..1000_u32)
                    .map(|i| {
                        format!(
                            " {:x}",
                            (batch * 20_000 + n * 1000 + i).wrapping_mul(0x9e37_79b9)
                        )
                    })
                    .collect();
                let document = Document::new(format!("d{batch}-{n}")).body(noise);
                changed.insert(document.id.clone(), document.body.clone());
                writer.upsert(document)?;
            }
            writer.commit()
        };
        match write() {
            Ok(()) => committed = changed,
            Err(error) => break error,
        }
        batch += 1;
        assert!(batch < 1000);
    };
    println!("full after {batch} commits: {}", messages(&error));
    assert!(batch > 1);
    assert!(
        messages(&error).to_lowercase().contains("space"),
        "{}",
        messages(&error)
    );

    let read = |index: &Index| -> Contents {
        let searcher = engine::searcher(index);
        let documents =
            searcher
                .segment_readers()
                .iter()
                .zip(0..)
                .flat_map(|(segment, ordinal)| {
                    segment
                        .doc_ids_alive()
                        .map(move |doc| DocAddress::new(ordinal, doc))
                });
        documents
            .map(|address| engine::document(index, &searcher, address).unwrap())
            .map(|document| (document.id, document.body))
            .collect()
    };
    let survivor = Index::open(&path).unwrap();
    survivor.verify().unwrap();
    assert!(read(&survivor) == committed);

    // With room again (on the same disk) there is a writer again.
    drop(writer);
    let remounted = process::Command::new("mount")
        .args(["-o", "remount,size=64m"])
        .arg(disk.0.path())
        .status()
        .unwrap();
    assert!(remounted.success());
    let mut writer = Writer::new(&survivor).unwrap();
    writer.upsert(Document::new("last").body("Hà Nội")).unwrap();
    writer.close().unwrap();
    survivor.verify().unwrap();
    assert_eq!(survivor.document_count(), committed.len() as u64 + 1);
    drop((index, survivor));
    fs::remove_dir_all(path).unwrap();
}
