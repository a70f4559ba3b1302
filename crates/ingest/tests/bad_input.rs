//! Input as it comes: what cannot be used is told with its file and line, counted, and does no
//! harm to the rest.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use mekong_core::engine::{self, tantivy::DocAddress};
use mekong_core::{DateSource, Document, Index, Language};
use mekong_ingest::{Error, ReadOptions, Report, Writer, read};
use tempfile::TempDir;

fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// Ingests a path into a new index.
fn ingest(path: &Path) -> (Index, Report) {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let report = writer.ingest(path).unwrap();
    writer.commit().unwrap();
    assert_eq!(index.document_count(), report.documents);
    (index, report)
}

/// The one error of a file that gives nothing.
fn only_error(path: &Path) -> Error {
    let mut documents = read(path);
    let error = documents.next().unwrap().unwrap_err();
    assert!(documents.next().is_none());
    assert_eq!(error.path(), Some(path));
    assert!(
        error.to_string().starts_with(&path.display().to_string()),
        "{error}"
    );
    error
}

fn documents(path: &Path) -> Vec<Document> {
    read(path).map(|read| read.unwrap().document).collect()
}

#[test]
fn a_missing_path_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere");
    assert!(only_error(&path).is_not_found());
    let mut writer = Writer::new(&Index::in_memory().unwrap()).unwrap();
    let error = writer.ingest(&path).unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        format!("{}: no such file or folder", path.display())
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    file(&folder, "a.txt", "An article.");
    std::os::unix::fs::symlink("loop.txt", folder.path().join("loop.txt")).unwrap();
    let (_, report) = ingest(folder.path());
    assert_eq!((report.documents, report.skipped), (1, 1));
    let error = report.problems[0].error();
    assert!(error.is_io(), "{error}");
    assert!(error.path().unwrap().ends_with("loop.txt"));
}

#[test]
fn an_empty_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["", " \n\n", " date 2025-01-01 \n"] {
        let path = file(&folder, "empty.txt", text);
        assert!(only_error(&path).is_empty(), "{text:?}");
    }
    assert!(only_error(&file(&folder, "empty.jsonl", "")).is_empty());
}

#[test]
fn invalid_utf8_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "bad.txt",
        b"H\xC3\xA0 N\xE1\xBB\x99i\nmot \xFF hai",
    );
    let error = only_error(&path);
    assert!(error.is_encoding());
    assert_eq!(error.line(), Some(2));
    assert!(error.to_string().contains("byte 14 "), "{error}");

    let lines = b"{\"id\":\"a\",\"body\":\"x\"}\n{\"id\":\"b\",\"body\":\"\xFF\"}\n{\"id\":\"c\",\"body\":\"x\"}";
    let path = file(&folder, "bad.jsonl", lines);
    let (_, report) = ingest(&path);
    assert_eq!((report.documents, report.skipped), (2, 1));
    let error = report.problems[0].error();
    assert!(error.is_encoding());
    assert_eq!(error.line(), Some(2));
    assert!(error.to_string().contains("byte 40 "), "{error}");
}

#[test]
fn bad_lines_are_told_and_the_others_indexed() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"id":"good","body":"one","section":"news"}"#,
        r#"["id","body"]"#,
        r#"{"body":"no id"}"#,
        r#"{"id":"no body"}"#,
        r#"{"id":7,"body":"x"}"#,
        r#"{"id":"","body":"x"}"#,
        r#"{"id":"cut short","body":"#,
        "",
        "not json",
        r#"{"id":"good too","body":""}"#,
    ];
    let path = file(&folder, "mixed.jsonl", lines.join("\n"));
    let (_, report) = ingest(&path);
    assert_eq!((report.documents, report.skipped), (2, 7));
    assert!(!report.is_clean());
    let told: Vec<_> = report
        .problems
        .iter()
        .map(|problem| (problem.error().line().unwrap(), problem.to_string()))
        .collect();
    for (line, reason) in [
        (2, "expected a JSON object, found an array"),
        (3, "`id` is missing"),
        (4, "`body` is missing"),
        (5, "`id` must be a string, it is a number"),
        (6, "`id` must be 1 to 1024 bytes long"),
        (7, "not a JSON object"),
        (9, "not a JSON object"),
    ] {
        let (_, message) = told.iter().find(|(at, _)| *at == line).unwrap();
        assert!(message.contains(reason), "{message}");
        assert!(
            message.contains(&format!("mixed.jsonl:{line}: ")),
            "{message}"
        );
    }
}

#[test]
fn a_field_that_cannot_be_read_costs_the_field_alone() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"id":"a","body":"x","date":"2025-02-30"}"#,
        r#"{"id":"b","body":"x","date":"soon"}"#,
        r#"{"id":"c","body":"x","lang":"klingon"}"#,
        r#"{"id":"d","body":"x","title":["no"]}"#,
        r#"{"id":"e","body":"x","date":"3 ต.ค. 2568","lang":"vi","title":null}"#,
    ];
    let path = file(&folder, "fields.jsonl", lines.join("\n"));
    let (_, report) = ingest(&path);
    assert_eq!(
        (report.documents, report.skipped, report.ignored_fields),
        (5, 0, 4)
    );
    let messages: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
    assert!(
        messages[0].contains("February 2025 has 28 days"),
        "{}",
        messages[0]
    );
    assert!(
        messages[1].contains("`soon` is not a date"),
        "{}",
        messages[1]
    );
    assert!(
        messages[2].contains("unknown language `klingon`"),
        "{}",
        messages[2]
    );
    assert!(
        messages[3].contains("`title` must be a string"),
        "{}",
        messages[3]
    );

    let documents = documents(&path);
    assert!(documents[..4].iter().all(|d| d.date.is_none()));
    assert_eq!(documents[4].date.unwrap().to_string(), "2025-10-03");
    assert_eq!(documents[4].language, Some(Language::VIETNAMESE));
}

#[test]
fn burmese_in_zawgyi_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "a.jsonl",
        "{\"id\": \"unicode\", \"body\": \"ဒီမှာ ထိုင်ပါ၊ ကျေးဇူးပြုပြီး ခဏစောင့်ပေးပါ။\"}\n\
         {\"id\": \"zawgyi\", \"body\": \"ဒီမွာ ထိုင္ပါ၊ ေက်းဇူးျပဳၿပီး ခဏေစာင့္ေပးပါ။\"}\n",
    );
    let (_, report) = ingest(&path);
    assert_eq!((report.documents, report.zawgyi), (2, 1));
    assert!(!report.is_clean());
    let problem = report.problems[0].to_string();
    assert!(
        problem.contains("a.jsonl") && problem.contains("Zawgyi"),
        "{problem}"
    );
    assert_eq!(report.problems[0].error().line(), Some(2));
}

#[test]
fn a_header_that_is_no_date_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "a.txt", " date 2025-13-01 An article.");
    let (_, report) = ingest(&path);
    assert_eq!((report.documents, report.ignored_fields), (1, 1));
    assert!(
        report.problems[0]
            .to_string()
            .contains("there is no month 13")
    );
    assert_eq!(documents(&path)[0].body, "An article.");
}

#[test]
fn fifty_megabytes_without_a_blank_are_indexed() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "long.txt", "x".repeat(50 << 20));
    let (_, report) = ingest(&path);
    assert_eq!((report.documents, report.is_clean()), (1, true));
}

#[test]
fn a_locked_index_is_told_and_not_harmed() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("index")).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    writer.upsert(Document::new("a").body("x")).unwrap();
    writer.commit().unwrap();
    let error = Writer::new(&index).unwrap_err();
    assert!(error.is_locked());
    assert!(error.to_string().contains("another writer"), "{error}");
    assert_eq!(index.document_count(), 1);
}

#[test]
fn what_was_not_committed_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    let index = Index::create(&path).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    writer.upsert(Document::new("a").body("x")).unwrap();
    writer.commit().unwrap();
    writer.upsert(Document::new("b").body("x")).unwrap();
    writer.delete("a");
    drop((writer, index));
    let index = Index::open(&path).unwrap();
    assert_eq!(index.document_count(), 1);
    index.verify().unwrap();

    let mut writer = Writer::new(&index).unwrap();
    writer.upsert(Document::new("c").body("x")).unwrap();
    writer.rollback().unwrap();
    writer.commit().unwrap();
    assert_eq!(index.document_count(), 1);
}

#[test]
fn upsert_replaces_and_delete_removes() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for body in ["first", "second"] {
        writer.upsert(Document::new("a").body(body)).unwrap();
    }
    writer.upsert(Document::new("b").body("x")).unwrap();
    writer.commit().unwrap();
    assert_eq!(index.document_count(), 2);
    writer.upsert(Document::new("a").body("third")).unwrap();
    writer.delete("b");
    writer.delete("never was");
    writer.close().unwrap();
    assert_eq!(index.document_count(), 1);
    let searcher = engine::searcher(&index);
    let last = searcher.segment_readers().len() as u32 - 1;
    let document = engine::document(&index, &searcher, DocAddress::new(last, 0)).unwrap();
    assert_eq!(document.body, "third");
}

#[test]
fn seeds_have_their_dates_and_languages() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let found: Vec<_> = documents(&seeds)
        .into_iter()
        .map(|d| {
            (
                d.id[..3].to_owned(),
                d.date.unwrap().to_string(),
                d.date_source,
            )
        })
        .collect();
    let header = |id: &str, date: &str| (id.to_owned(), date.to_owned(), DateSource::Header);
    assert_eq!(
        found,
        [
            header("000", "2025-12-15"),
            header("001", "2025-10-03"),
            (
                "002".to_owned(),
                "2023-11-22".to_owned(),
                DateSource::Resolved
            ),
            header("003", "2022-11-19"),
            header("004", "2025-03-05"),
        ]
    );
}

#[test]
fn dates_say_what_they_are_from() {
    let folder = tempfile::tempdir().unwrap();
    for (text, expected) in [
        (" date 2025-10-03 Text.", ("2025-10-03", DateSource::Header)),
        (
            r#"{"id":"a","body":"Text","date":"2025-10-03"}"#,
            ("2025-10-03", DateSource::Given),
        ),
        (
            "HANOI, 3 October 2025 (VNA) — Text.",
            ("2025-10-03", DateSource::Dateline),
        ),
        (
            "Ngày 3/10/2025, hai bên gặp nhau.",
            ("2025-10-03", DateSource::Sentence),
        ),
        (
            "Sáng 3/10, hai bên gặp nhau. Năm tới (2026), hai bên",
            ("2025-10-03", DateSource::Resolved),
        ),
    ] {
        let document = documents(&file(&folder, "a.txt", text)).remove(0);
        let date = document.date.unwrap().to_string();
        assert_eq!((date.as_str(), document.date_source), expected, "{text}");
        let is_sure = document.date_source.is_stated();
        assert_eq!(document.date_confidence.is_none(), is_sure, "{text}");
    }
    // Nobody has read tomorrow's news.
    let path = file(&folder, "a.txt", "HANOI, 3 October 9999 (VNA) — Text.");
    assert_eq!(documents(&path)[0].date, None);
}

#[test]
fn the_time_of_a_file_is_used_if_asked() {
    let folder = tempfile::tempdir().unwrap();
    let written = |name: &str, text: &str, seconds: u64| {
        let path = file(&folder, name, text);
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        let times = std::fs::FileTimes::new().set_modified(time);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_times(times).unwrap();
        path
    };
    let date = |path: &Path, options: ReadOptions| {
        let document = options.read(path).next().unwrap().unwrap().document;
        document
            .date
            .map(|date| (date.to_string(), document.date_source))
    };
    let asked = || ReadOptions::default().file_time(true);
    // 2025-10-03T23:00:00Z
    let october = 1_759_532_400;
    let undated = written("a.txt", "Ministers met.", october);
    assert_eq!(date(&undated, ReadOptions::default()), None);
    let expected = Some(("2025-10-03".to_owned(), DateSource::FileTime));
    assert_eq!(date(&undated, asked()), expected);
    let dated = written("b.txt", "HANOI, 1 October 2025 - They met.", october);
    let expected = Some(("2025-10-01".to_owned(), DateSource::Dateline));
    assert_eq!(date(&dated, asked()), expected);
    // It cannot tell of a day after it was written.
    let later = written("c.txt", "HANOI, 7 October 2025 - They met.", october);
    let expected = Some(("2025-10-03".to_owned(), DateSource::FileTime));
    assert_eq!(date(&later, asked()), expected);
    let unset = written("d.txt", "Ministers met.", 0);
    assert_eq!(date(&unset, asked()), None);
    let many = written("e.jsonl", r#"{"id":"a","body":"Ministers met."}"#, october);
    assert_eq!(date(&many, asked()), None);
}

#[test]
fn a_text_without_a_date_stays_without() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "a.txt",
        "Ministers met on Sunday to discuss trade.",
    );
    let document = documents(&path).remove(0);
    assert_eq!((document.id.as_str(), document.date), ("a.txt", None));
}

#[test]
fn files_are_told_apart_by_content_and_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let line = "{\"id\":\"a\",\"body\":\"x\"}\n";
    let gzip = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, line.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let zstd = zstd::encode_all(line.as_bytes(), 1).unwrap();
    for (name, bytes) in [
        ("plain.data", line.as_bytes()),
        ("packed.jsonl.gz", &gzip),
        ("packed.jsonl.zst", &zstd),
        ("packed.without.its.name", &zstd),
        ("bom.jsonl", b"\xEF\xBB\xBF{\"id\":\"a\",\"body\":\"x\"}"),
    ] {
        let path = file(&folder, name, bytes);
        assert_eq!(documents(&path), [Document::new("a").body("x")], "{name}");
    }
    let article = zstd::encode_all(&b"An article."[..], 1).unwrap();
    let path = file(&folder, "article.txt.zst", article);
    assert_eq!(
        documents(&path),
        [Document::new("article.txt.zst").body("An article.")]
    );
    let path = file(&folder, "cut.jsonl.gz", &gzip[..gzip.len() - 12]);
    assert!(read(path).any(|read| read.is_err_and(|error| error.is_io())));
}

#[test]
fn folders_are_walked_without_hidden_names() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("b/.git")).unwrap();
    file(&folder, "c.txt", "three");
    file(&folder, "a.txt", "one");
    file(&folder, ".hidden", "no");
    file(&folder, "b/two.txt", "two");
    file(&folder, "b/.git/no.txt", "no");
    let ids: Vec<_> = documents(folder.path()).into_iter().map(|d| d.id).collect();
    assert_eq!(ids, ["a.txt", "b/two.txt", "c.txt"]);
}

#[test]
fn files_of_one_name_in_two_folders_are_two_documents() {
    let folder = tempfile::tempdir().unwrap();
    for year in ["2024", "2025"] {
        fs::create_dir(folder.path().join(year)).unwrap();
        file(&folder, &format!("{year}/report.txt"), "An article.");
    }
    let (index, report) = ingest(folder.path());
    assert_eq!((report.documents, index.document_count()), (2, 2));
}

#[test]
fn metadata_that_nests_too_deep_costs_its_line_alone() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(120) + &"]".repeat(120);
    let lines =
        format!("{{\"id\":\"a\",\"body\":\"x\",\"m\":{deep}}}\n{{\"id\":\"b\",\"body\":\"x\"}}\n");
    let path = file(&folder, "deep.jsonl", lines);
    let (_, report) = ingest(&path);
    assert_eq!((report.documents, report.skipped), (1, 1));
    let problem = report.problems[0].to_string();
    assert!(problem.contains("deep.jsonl:1: "), "{problem}");
    assert!(problem.contains("100 levels"), "{problem}");
}

#[test]
fn megabytes_of_thai_and_chinese_without_a_blank_are_indexed() {
    for unit in ["กระทรวงการต่างประเทศ", "国务院总理"]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = file(&folder, "long.txt", unit.repeat((1 << 20) / unit.len()));
        let (_, report) = ingest(&path);
        assert_eq!((report.documents, report.is_clean()), (1, true));
    }
}
