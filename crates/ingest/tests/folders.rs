//! Which files of a folder are read, and in which order.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use mekong_ingest::{Documents, ReadOptions, read};
use tempfile::TempDir;

/// Writes files with one article each.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn ids(path: &Path, options: &ReadOptions) -> Vec<String> {
    options
        .read(path)
        .map(|read| read.unwrap().document.id)
        .collect()
}

#[test]
fn ignore_files_are_honoured() {
    let folder = folder(&[
        (".gitignore", "*.tmp\n/drafts/\n!keep.tmp\n"),
        ("a.txt", "x"),
        ("b.tmp", "x"),
        ("keep.tmp", "x"),
        ("drafts/no.txt", "x"),
        ("2025/drafts/yes.txt", "x"),
        ("2025/.ignore", "old*\n"),
        ("2025/old.txt", "x"),
        ("2025/.hidden/no.txt", "x"),
        ("old.txt", "x"),
    ]);
    let default = ReadOptions::default();
    assert_eq!(
        ids(folder.path(), &default),
        ["2025/drafts/yes.txt", "a.txt", "keep.tmp", "old.txt"]
    );
    // What is named by itself is read.
    assert_eq!(ids(&folder.path().join("b.tmp"), &default), ["b.tmp"]);
    assert_eq!(ids(&folder.path().join("drafts"), &default), ["no.txt"]);
    assert_eq!(
        ids(&folder.path().join("2025/.hidden"), &default),
        ["no.txt"]
    );
    assert_eq!(ids(folder.path(), &default.ignore_rules(false)).len(), 10);
}

#[test]
fn what_is_outside_has_no_say() {
    let folder = folder(&[
        (".gitignore", "*\n"),
        (".git/info/exclude", "a.txt\n"),
        ("archive/a.txt", "x"),
        ("archive/.git/info/exclude", "a.txt\n"),
    ]);
    let ids = ids(&folder.path().join("archive"), &ReadOptions::default());
    assert_eq!(ids, ["a.txt"]);
}

#[test]
fn a_rule_that_is_none_is_told_and_the_others_apply() {
    let folder = folder(&[
        (".gitignore", "[z-a]\n*.tmp\n"),
        ("a.txt", "x"),
        ("b.tmp", "x"),
    ]);
    let (mut ids, mut errors) = (Vec::new(), Vec::new());
    for read in read(folder.path()) {
        match read {
            Ok(read) => ids.push(read.document.id),
            Err(error) => errors.push(error.to_string()),
        }
    }
    assert_eq!(ids, ["a.txt"]);
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains(".gitignore") && errors[0].contains("ignore rule"),
        "{}",
        errors[0]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_told() {
    let folder = folder(&[("real/a.txt", "x")]);
    std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("real/up")).unwrap();
    let (mut ids, mut errors) = (Vec::new(), Vec::new());
    for read in read(folder.path()) {
        match read {
            Ok(read) => ids.push(read.document.id),
            Err(error) => errors.push(error),
        }
    }
    assert_eq!(ids, ["link/a.txt", "real/a.txt"]);
    assert!(errors.iter().all(|error| error.is_io()));
    assert!(
        errors
            .iter()
            .any(|error| error.path().unwrap().ends_with("real/up")),
        "{errors:?}"
    );
}

#[test]
fn what_is_no_text_is_left_out_with_its_reason() {
    let folder = folder(&[("a.txt", "x")]);
    let zip = b"PK\x03\x04\x14\0\0\0";
    for (name, bytes) in [
        ("b.pdf", &b"%PDF-1.7\n%\xE2\xE3\xCF\xD3"[..]),
        ("c.docx", zip),
        ("d.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF"),
        ("e", b"text\0text"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let told: Vec<_> = read(folder.path())
        .filter_map(|read| Some(read.err()?.to_string()))
        .collect();
    assert_eq!(told.len(), 4);
    for (message, reason) in told.iter().zip([
        "PDF",
        "ZIP archive or an office document",
        "JPEG",
        "zero bytes",
    ]) {
        assert!(
            message.contains("not a text: ") && message.contains(reason),
            "{message}"
        );
    }
}

#[test]
fn reading_may_be_sent_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<Documents>();
}
