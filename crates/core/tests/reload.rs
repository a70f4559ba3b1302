//! When searches see what was committed.

#![allow(clippy::unwrap_used)]

use std::process::Command;
use std::time::{Duration, Instant};

use mekong_core::engine::IndexWriter;
use mekong_core::{Document, Index, Reload};

fn write(index: &Index, id: &str) {
    let mut writer = IndexWriter::new(index, 0).unwrap();
    writer.upsert(&Document::new(id).body("Hà Nội")).unwrap();
    writer.commit().unwrap();
}

fn wait_for(index: &Index, documents: u64) {
    let started = Instant::now();
    while index.document_count() != documents {
        assert!(started.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Longer than the engine takes to notice a commit of somebody else.
fn wait_a_moment() {
    std::thread::sleep(Duration::from_millis(1500));
}

#[test]
fn searches_wait_until_they_are_told_to_look() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Index::create(folder.path()).unwrap();
    let theirs = Index::open(folder.path()).unwrap();
    ours.set_reload(Reload::Manual).unwrap();
    let clone = ours.clone();

    write(&theirs, "a");
    write(&ours, "b");
    wait_for(&theirs, 2);
    wait_a_moment();
    assert_eq!((ours.document_count(), clone.document_count()), (0, 0));
    clone.reload().unwrap();
    assert_eq!((ours.document_count(), clone.document_count()), (2, 2));

    write(&theirs, "c");
    assert_eq!(ours.document_count(), 2);
    ours.set_reload(Reload::OnCommit).unwrap();
    assert_eq!(ours.document_count(), 3);
    write(&theirs, "d");
    wait_for(&ours, 4);
}

/// What a writer knows of its index does not depend on what searches see.
#[test]
fn a_writer_goes_on_from_the_last_commit() {
    let index = Index::in_memory().unwrap();
    index.set_reload(Reload::Manual).unwrap();
    write(&index, "a");
    write(&index, "a");
    write(&index, "b");
    assert_eq!(index.document_count(), 0);
    index.reload().unwrap();
    assert_eq!(index.document_count(), 2);
}

/// Which index the other process is to write to, which is this program again.
const OTHER: &str = "MEKONG_RELOAD_INDEX";

#[test]
fn another_process_is_followed_or_not() {
    if let Some(path) = std::env::var_os(OTHER) {
        write(&Index::open(path).unwrap(), &std::process::id().to_string());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let held = Index::open(folder.path()).unwrap();
    held.set_reload(Reload::Manual).unwrap();
    for documents in 1..=2 {
        let other = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "another_process_is_followed_or_not"])
            .env(OTHER, folder.path())
            .output()
            .unwrap();
        assert!(other.status.success(), "{other:?}");
        wait_for(&index, documents);
        wait_a_moment();
        assert_eq!(held.document_count(), documents - 1);
        held.reload().unwrap();
        assert_eq!(held.document_count(), documents);
    }
}
