//! An ingest that was interrupted goes on where its last commit stood; nothing is lost, and
//! nothing is there twice.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use mekong_core::engine::{self, tantivy::DocAddress};
use mekong_core::{Document, Index};
use mekong_ingest::{CommitPolicy, Ingest, Progress, Report, Writer};
use tempfile::TempDir;

/// Three files: `a.jsonl` with ten documents, the third line of which is none; `b/c.txt`; and
/// `d.jsonl` with five.
fn archive() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = lines("a", 10);
    lines.insert(2, "no document".to_owned());
    fs::write(folder.path().join("a.jsonl"), lines.join("\n")).unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    fs::write(folder.path().join("b/c.txt"), "Hai bên nhất trí.").unwrap();
    fs::write(folder.path().join("d.jsonl"), lines_of("d", 5)).unwrap();
    folder
}

fn lines(prefix: &str, count: usize) -> Vec<String> {
    let line = |n| format!(r#"{{"id":"{prefix}{n}","body":"Bản tin số {n} của {prefix}"}}"#);
    (0..count).map(line).collect()
}

fn lines_of(prefix: &str, count: usize) -> String {
    lines(prefix, count).join("\n")
}

fn all_ids() -> BTreeSet<String> {
    let a = (0..10).map(|n| format!("a{n}"));
    let d = (0..5).map(|n| format!("d{n}"));
    a.chain(d).chain(["b/c.txt".to_owned()]).collect()
}

fn documents(index: &Index) -> Vec<Document> {
    let searcher = engine::searcher(index);
    let mut documents = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        for doc in reader.doc_ids_alive() {
            let address = DocAddress::new(segment, doc);
            documents.push(engine::document(index, &searcher, address).unwrap());
        }
    }
    documents
}

fn ids(index: &Index) -> BTreeSet<String> {
    let documents = documents(index);
    let ids: BTreeSet<_> = documents
        .iter()
        .map(|document| document.id.clone())
        .collect();
    assert_eq!(ids.len(), documents.len(), "a document is there twice");
    ids
}

/// Breaks off when so many documents are written; commits after each one.
fn interrupted(index: &Index, path: &Path, documents: u64) -> Report {
    let mut writer = Writer::new(index).unwrap();
    Ingest::new()
        .path(path)
        .commit_policy(CommitPolicy::manual().documents(1))
        .progress(|progress| match progress.documents >= documents {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
        .run(&mut writer)
        .unwrap()
}

fn to_the_end(index: &Index, path: &Path) -> Report {
    let mut writer = Writer::new(index).unwrap();
    Ingest::new().path(path).run(&mut writer).unwrap()
}

#[test]
fn an_interrupted_run_goes_on_from_each_place() {
    let folder = archive();
    for documents in 0..16 {
        let index = Index::in_memory().unwrap();
        let first = interrupted(&index, folder.path(), documents);
        assert!(first.cancelled);
        assert_eq!(first.documents, documents);
        assert_eq!(ids(&index).len() as u64, documents);
        let second = to_the_end(&index, folder.path());
        assert_eq!(second.resumed, documents > 0);
        assert!(!second.cancelled);
        assert_eq!(second.documents, 16 - documents);
        assert_eq!(first.skipped + second.skipped, 1, "{documents}");
        assert_eq!(ids(&index), all_ids());
        // The checkpoint is gone: everything is read again, and nothing is there twice.
        let third = to_the_end(&index, folder.path());
        assert_eq!((third.documents, third.resumed), (16, false));
        assert_eq!(ids(&index), all_ids());
    }
}

#[test]
fn what_was_written_but_not_committed_is_read_again() {
    let folder = archive();
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let mut seen = Vec::new();
    // As after a crash: the writer is gone before its last documents are committed.
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        Ingest::new()
            .path(folder.path())
            .commit_policy(CommitPolicy::manual().documents(4))
            .progress(|progress| {
                seen.push(progress.documents);
                assert!(progress.documents < 7, "as if the process died");
                ControlFlow::Continue(())
            })
            .run(&mut writer)
    }));
    assert!(result.is_err());
    assert_eq!(seen.last(), Some(&7));
    drop(writer);
    assert_eq!(ids(&index).len(), 4);
    let report = to_the_end(&index, folder.path());
    assert!(report.resumed);
    assert_eq!(report.documents, 12);
    assert_eq!(ids(&index), all_ids());
}

#[test]
fn files_before_the_checkpoint_are_not_opened() {
    let folder = archive();
    let index = Index::in_memory().unwrap();
    interrupted(&index, folder.path(), 12);
    fs::write(folder.path().join("a.jsonl"), lines_of("new", 3)).unwrap();
    let report = to_the_end(&index, folder.path());
    let files: Vec<_> = report.files.iter().map(|file| name(&file.path)).collect();
    assert_eq!(files, ["d.jsonl"]);
    assert_eq!(ids(&index), all_ids());
    // The next run reads what is new.
    assert_eq!(to_the_end(&index, folder.path()).documents, 9);
    assert!(ids(&index).contains("new2"));
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn a_file_that_has_changed_is_read_again() {
    let folder = archive();
    let index = Index::in_memory().unwrap();
    interrupted(&index, folder.path(), 13);
    let changed = lines_of("d", 6);
    fs::write(folder.path().join("d.jsonl"), changed).unwrap();
    let report = to_the_end(&index, folder.path());
    assert_eq!(report.documents, 6);
    assert_eq!(ids(&index).len(), 17);
}

#[test]
fn behind_a_file_that_is_gone_the_next_one_is_read() {
    let folder = archive();
    let index = Index::in_memory().unwrap();
    interrupted(&index, folder.path(), 3);
    fs::remove_file(folder.path().join("a.jsonl")).unwrap();
    let report = to_the_end(&index, folder.path());
    assert_eq!(report.documents, 6);
    assert_eq!(ids(&index).len(), 9);
}

#[test]
fn several_paths_are_one_run() {
    let (first, second) = (archive(), tempfile::tempdir().unwrap());
    fs::write(second.path().join("e.jsonl"), lines_of("e", 4)).unwrap();
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let paths = || Ingest::new().path(first.path()).path(second.path());
    let report = paths()
        .progress(|progress| match progress.documents >= 18 {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
        .run(&mut writer)
        .unwrap();
    assert!(report.cancelled);
    let mut last = Progress::default();
    let report = paths()
        .progress(|progress| {
            last = *progress;
            ControlFlow::Continue(())
        })
        .run(&mut writer)
        .unwrap();
    assert_eq!((report.documents, report.resumed), (2, true));
    assert_eq!(last.bytes, last.total_bytes);
    assert!(last.passed_over > 0);
    assert_eq!(ids(&index).len(), 20);
}

#[test]
fn without_resume_everything_is_read_again() {
    let folder = archive();
    let index = Index::in_memory().unwrap();
    interrupted(&index, folder.path(), 5);
    let mut writer = Writer::new(&index).unwrap();
    let report = Ingest::new()
        .path(folder.path())
        .resume(false)
        .run(&mut writer)
        .unwrap();
    assert_eq!((report.documents, report.resumed), (16, false));
    assert_eq!(ids(&index), all_ids());
}

#[test]
fn a_compressed_file_goes_on_behind_its_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl.zst");
    let bytes = zstd::encode_all(lines_of("a", 50).as_bytes(), 1).unwrap();
    fs::write(&path, bytes).unwrap();
    let index = Index::in_memory().unwrap();
    interrupted(&index, &path, 20);
    assert_eq!(to_the_end(&index, &path).documents, 30);
    assert_eq!(ids(&index).len(), 50);
}

#[test]
fn a_program_keeps_checkpoints_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("index");
    let index = Index::create(&path).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    writer.set_checkpoint("feed", Some("17".to_owned()));
    assert_eq!(index.checkpoint("feed").unwrap(), None);
    writer.commit().unwrap();
    assert_eq!(index.checkpoint("feed").unwrap().as_deref(), Some("17"));
    writer.set_checkpoint("feed", Some("18".to_owned()));
    writer.rollback().unwrap();
    assert_eq!(writer.checkpoint("feed"), Some("17"));
    drop(writer);
    let index = Index::open(&path).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    assert_eq!(writer.checkpoint("feed"), Some("17"));
    writer.set_checkpoint("feed", None);
    writer.commit().unwrap();
    assert_eq!(index.checkpoint("feed").unwrap(), None);
}
