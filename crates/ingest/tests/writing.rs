//! Many documents at once, commits by policy, progress, and the report.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::ops::ControlFlow;
use std::time::Duration;

use mekong_core::engine::{self, IndexWriter, tantivy::DocAddress};
use mekong_core::{Document, Index};
use mekong_ingest::{CommitPolicy, Ingest, Writer};
use serde_json::json;

fn documents(index: &Index) -> Vec<Document> {
    let searcher = engine::searcher(index);
    let mut documents = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        for doc in reader.doc_ids_alive() {
            let address = DocAddress::new(segment, doc);
            documents.push(engine::document(index, &searcher, address).unwrap());
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents
}

#[test]
fn of_documents_with_one_id_the_last_one_stays() {
    for threads in [1, 2, 8] {
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::options().threads(threads).open(&index).unwrap();
        // Long ones take longer than the short ones that come after them.
        let body = |n: usize| {
            format!(
                "Bản tin số {n}. {}",
                "Hai bên nhất trí. ".repeat(n * 37 % 100)
            )
        };
        let given = (0..300).map(|n| Document::new(format!("id{}", n % 7)).body(body(n)));
        assert_eq!(writer.upsert_all(given).unwrap(), 300);
        assert_eq!(index.document_count(), 0);
        writer.commit().unwrap();
        let found = documents(&index);
        let numbers: Vec<_> = found.iter().map(|document| &document.body[..20]).collect();
        let last = |id| (0..300).rev().find(|n| n % 7 == id).unwrap();
        let expected: Vec<_> = (0..7).map(|id| body(last(id))[..20].to_owned()).collect();
        assert_eq!(numbers, expected, "{threads} threads");
        // A later batch replaces them, too.
        writer
            .upsert_all([Document::new("id3").body("Sau cùng")])
            .unwrap();
        writer.delete("id4");
        writer.commit().unwrap();
        assert_eq!(index.document_count(), 6);
        assert_eq!(documents(&index)[3].body, "Sau cùng");
    }
}

#[test]
fn the_index_is_the_same_for_any_number_of_threads() {
    let given =
        || (0..200).map(|n| Document::new(n.to_string()).body(format!("Bản tin {n} ก่อน {n}")));
    let stored = |threads| {
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::options().threads(threads).open(&index).unwrap();
        writer.upsert_all(given()).unwrap();
        writer.close().unwrap();
        documents(&index)
    };
    let one = stored(1);
    assert_eq!(one.len(), 200);
    assert_eq!(one, stored(4));
}

#[test]
fn a_document_that_cannot_be_indexed_ends_a_batch_behind_those_before_it() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::options().threads(3).open(&index).unwrap();
    let given = ["a", "b", "", "c"].map(|id| Document::new(id).body("Hai bên"));
    let error = writer.upsert_all(given).unwrap_err();
    assert!(error.is_invalid(), "{error}");
    writer.commit().unwrap();
    let ids: Vec<_> = documents(&index)
        .into_iter()
        .map(|document| document.id)
        .collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn what_is_under_way_stays_within_the_memory() {
    const MEMORY: usize = 15_000_000;
    let index = Index::in_memory().unwrap();
    let mut writer = IndexWriter::new(&index, MEMORY).unwrap();
    let limit = MEMORY / 4;
    for (n, chars) in [2_000_000, 10, 500_000, 500_000, 1_000, 1_500_000]
        .into_iter()
        .enumerate()
    {
        let document = Document::new(n.to_string()).body("ab cd ".repeat(chars / 6));
        writer.upsert(&document).unwrap();
        // A document that is larger than the limit waits for no other one, and goes alone.
        assert!(
            writer.under_way() <= limit.max(5 * chars),
            "{}",
            writer.under_way()
        );
    }
    writer.commit().unwrap();
    assert_eq!(writer.under_way(), 0);
    assert_eq!(index.document_count(), 6);
    writer.upsert(&Document::new("x").body("Hai bên")).unwrap();
    writer.rollback().unwrap();
    assert_eq!(writer.under_way(), 0);
}

#[test]
fn a_writer_commits_as_its_policy_says() {
    let document = |n: usize| Document::new(n.to_string()).body("Hai bên nhất trí");
    let counts = |policy: CommitPolicy| {
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::options()
            .commit_policy(policy)
            .open(&index)
            .unwrap();
        let mut counts = Vec::new();
        for n in 0..5 {
            writer.upsert(document(n)).unwrap();
            counts.push(index.document_count());
        }
        counts
    };
    assert_eq!(counts(CommitPolicy::manual()), [0, 0, 0, 0, 0]);
    assert_eq!(counts(CommitPolicy::manual().documents(2)), [0, 2, 2, 4, 4]);
    // Each has 20 bytes.
    assert_eq!(counts(CommitPolicy::manual().bytes(50)), [0, 0, 3, 3, 3]);
    assert_eq!(
        counts(CommitPolicy::manual().time(Duration::ZERO)),
        [1, 2, 3, 4, 5]
    );
    let first = CommitPolicy::manual().documents(4).bytes(30);
    assert_eq!(counts(first), [0, 2, 2, 4, 4]);

    let index = Index::in_memory().unwrap();
    let policy = CommitPolicy::manual().documents(3);
    let mut writer = Writer::options()
        .commit_policy(policy)
        .open(&index)
        .unwrap();
    writer.upsert_all((0..8).map(document)).unwrap();
    assert_eq!(index.document_count(), 6);
    // What is asked for counts, too.
    writer.commit().unwrap();
    writer.upsert_all((8..10).map(document)).unwrap();
    assert_eq!(index.document_count(), 8);
}

#[test]
fn progress_is_told_after_every_record() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<_> = (0..20)
        .map(|n| format!(r#"{{"id":"{n}","body":"Bản tin {n}"}}"#))
        .collect();
    fs::write(folder.path().join("a.jsonl"), lines.join("\n")).unwrap();
    fs::write(
        folder.path().join("b.jsonl"),
        "no document\n{\"id\":\"b\",\"body\":\"x\"}",
    )
    .unwrap();
    fs::write(folder.path().join("c.txt"), "Hai bên nhất trí").unwrap();
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let mut told = Vec::new();
    Ingest::new()
        .path(folder.path())
        .progress(|progress| {
            told.push(*progress);
            ControlFlow::Continue(())
        })
        .run(&mut writer)
        .unwrap();
    // Before the first, after each of 23, and at the end.
    assert_eq!(told.len(), 25);
    assert_eq!((told[0].documents, told[0].bytes), (0, 0));
    assert!(told.is_sorted_by(|a, b| {
        a.documents <= b.documents && a.bytes <= b.bytes && a.elapsed <= b.elapsed
    }));
    let last = told.last().unwrap();
    assert_eq!((last.documents, last.problems), (22, 1));
    let bytes: u64 = ["a.jsonl", "b.jsonl", "c.txt"]
        .map(|name| folder.path().join(name).metadata().unwrap().len())
        .iter()
        .sum();
    assert_eq!((last.bytes, last.total_bytes), (bytes, bytes));
    assert_eq!(last.remaining(), Some(Duration::ZERO));
}

#[test]
fn the_report_tells_of_each_file_also_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"id":"1","date":"2025-10-03","body":"Hai bên nhất trí tăng cường hợp tác giữa hai nước."}"#,
        r#"{"id":"2","body":"กระทรวงการต่างประเทศ"}"#,
        "not a document",
        r#"{"id":"4","body":"?","date":"some day"}"#,
    ];
    fs::write(folder.path().join("a.jsonl"), lines.join("\n")).unwrap();
    fs::write(folder.path().join("b.txt"), "").unwrap();
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let report = Ingest::new().path(folder.path()).run(&mut writer).unwrap();
    let mut json = serde_json::to_value(&report).unwrap();
    assert!(json["seconds"].take().as_f64().unwrap() > 0.0);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (a, b) = (path("a.jsonl"), path("b.txt"));
    assert_eq!(
        json,
        json!({
            "documents": 3,
            "skipped": 2,
            "ignored_fields": 1,
            "zawgyi": 0,
            "misdeclared": 0,
            "decoded": {},
            "formats": {"json_lines": 3},
            "languages": {"vi": 1, "th": 1, "und": 1},
            "date_sources": {"given": 1, "none": 2},
            "file_count": 2,
            "files": [
                {"path": a, "format": "json_lines", "documents": 3, "skipped": 1, "problems": 1},
                {"path": b, "format": null, "documents": 0, "skipped": 1, "problems": 0},
            ],
            "bytes": fs::metadata(&a).unwrap().len(),
            "seconds": null,
            "resumed": false,
            "cancelled": false,
            "problems": [
                {
                    "kind": "skipped",
                    "path": a,
                    "line": 3,
                    "message": format!("left out: {a}:3: not a JSON object: expected ident (column 2)"),
                },
                {
                    "kind": "ignored_field",
                    "path": a,
                    "line": 4,
                    "message": json["problems"][1]["message"],
                },
                {
                    "kind": "skipped",
                    "path": b,
                    "line": null,
                    "message": format!("left out: {b}: the file is empty"),
                },
            ],
        })
    );
    let told = report.to_string();
    let lines: Vec<_> = told.lines().collect();
    assert!(
        lines[0].starts_with("3 documents of 2 files indexed in "),
        "{told}"
    );
    assert_eq!(
        lines[1..],
        [
            "formats: JSON Lines 3",
            "languages: th 1, und 1, vi 1",
            "dates: none 2, given 1",
            "2 left out, 1 fields ignored, 0 in Zawgyi, 0 declared to be in another encoding",
        ]
    );
}
