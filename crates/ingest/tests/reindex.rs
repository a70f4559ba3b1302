//! The documents of one index into another: all of them as they were, or no index.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use mekong_core::engine::{self, IndexWriter, StoredDocuments};
use mekong_core::{Document, Index, UserWords};
use mekong_ingest::{Reindex, Writer, reindex};
use serde_json::json;
use tempfile::TempDir;

struct Folders {
    folder: TempDir,
}

impl Folders {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    fn old(&self) -> PathBuf {
        self.folder.path().join("old")
    }

    fn new_index(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    fn unfinished(&self) -> PathBuf {
        self.folder.path().join("new.unfinished")
    }

    /// Asserts that there is nothing but the old index.
    fn assert_unchanged(&self) {
        let mut entries = fs::read_dir(self.folder.path()).unwrap();
        assert_eq!(entries.next().unwrap().unwrap().file_name(), "old");
        assert!(entries.next().is_none());
    }
}

/// An index with a commit for each of these.
fn index(path: &Path, commits: &[&[Document]]) -> Index {
    let index = Index::create(path).unwrap();
    let mut writer = IndexWriter::new(&index, 100 << 20).unwrap();
    for commit in commits {
        for document in *commit {
            writer.upsert(document).unwrap();
        }
        writer.commit().unwrap();
    }
    index
}

fn dated(id: &str, date: &str) -> Document {
    Document::new(id).body("Hà Nội").date(date.parse().unwrap())
}

/// An index of format 4, which may be changed.
fn format_4(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/indexes/format4");
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

fn edit_description(index: &Path, from: &str, to: &str) {
    let file = index.join("mekong.json");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(&file, text.replace(from, to)).unwrap();
}

fn file_of(index: &Path, extension: &str) -> PathBuf {
    let entries = fs::read_dir(index).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths
        .find(|path| path.extension().is_some_and(|e| e == extension))
        .unwrap()
}

#[test]
fn nothing_of_a_document_changes() {
    let folders = Folders::new();
    let documents = [
        Document::new("plain"),
        Document::new("text")
            .title("\0 Nguye\u{302}\u{303}n\r\n")
            .body("\u{E48}ก\u{FEFF}")
            .source("")
            .url(" ")
            .date("2025-10-03T09:30:00+07:00".parse().unwrap())
            .meta(
                "",
                json!({ "b": [1.0, null, 31.245270191439438], "a": u64::MAX }),
            ),
        // No language is put where there was none.
        Document::new("english").body("The ministers of both countries met on the border today."),
    ];
    index(&folders.old(), &[&documents]);
    let report = reindex(folders.old(), folders.new_index()).unwrap();
    assert_eq!((report.documents, report.is_clean()), (3, true));
    let index = Index::open(folders.new_index()).unwrap();
    index.verify().unwrap();
    for document in documents {
        assert_eq!(index.get(&document.id).unwrap(), Some(document));
    }
}

#[test]
fn the_oldest_document_is_written_first() {
    let folders = Folders::new();
    let index = index(
        &folders.old(),
        &[
            &[
                dated("e", "2024"),
                dated("b", "2020-05"),
                dated("gone", "2023"),
                Document::new("x"),
            ],
            &[dated("a", "1999"), dated("f", "2025-10-03")],
            &[
                dated("c", "2021-01-01"),
                dated("d", "2021-01-01"),
                Document::new("y"),
            ],
            &[Document::new("z")],
        ],
    );
    let mut writer = Writer::new(&index).unwrap();
    writer.delete("gone");
    writer.close().unwrap();
    let stored = StoredDocuments::open(&folders.old()).unwrap();
    assert_eq!(stored.count(), 9);
    let ids = stored.iter().unwrap().map(|document| document.unwrap().id);
    let ids: Vec<_> = ids.collect();
    assert_eq!(ids[..6], ["a", "b", "c", "d", "e", "f"]);
    let mut undated = ids[6..].to_vec();
    undated.sort();
    assert_eq!(undated, ["x", "y", "z"]);
}

#[test]
fn copies_are_found_anew() {
    let folders = Folders::new();
    let body = "Sáng 3/10, đoàn tàu khách đầu tiên đã rời ga Vientiane đi cảng Vũng Áng sau mười \
                năm chờ đợi, mang theo hơn hai trăm hành khách của ba nước.";
    let news = |id: &str, date| dated(id, date).body(body);
    let other = dated("other", "2025-10-03").body("Giá gạo tăng tại Cần Thơ");
    index(
        &folders.old(),
        &[
            &[news("late", "2025-10-04"), other],
            &[news("wire", "2025-10-03")],
        ],
    );
    reindex(folders.old(), folders.new_index()).unwrap();
    let index = Index::open(folders.new_index()).unwrap();
    let cluster = |id| index.cluster(id).unwrap().unwrap();
    assert_eq!(cluster("wire"), cluster("late"));
    assert_ne!(cluster("wire"), cluster("other"));
    assert_eq!(index.cluster("nothing").unwrap(), None);
}

#[test]
fn options_and_checkpoints_are_carried_over() {
    let folders = Folders::new();
    let words = |text: &str| UserWords::parse(text).unwrap();
    let options = Index::options().user_words(words("ปากเซ\n"));
    let index = options.clone().create(folders.old()).unwrap();
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    writer.upsert(&Document::new("a")).unwrap();
    writer.set_checkpoint("wire", Some("42".to_owned()));
    writer.commit().unwrap();
    drop(writer);

    reindex(folders.old(), folders.new_index()).unwrap();
    let new = options.open_or_create(folders.new_index()).unwrap();
    assert_eq!(new.checkpoint("wire").unwrap().as_deref(), Some("42"));

    let options = Index::options().user_words(words("ท่าแขก\n"));
    let path = folders.folder.path().join("other");
    let mut told = Vec::new();
    Reindex::new()
        .index(options.clone())
        .writer(Writer::options().threads(3))
        .progress(|done, all| told.push((done, all)))
        .run(folders.old(), &path)
        .unwrap();
    assert_eq!(told, [(1, 1)]);
    let other = options.open_or_create(&path).unwrap();
    assert_eq!(other.document_count(), 1);
    assert_eq!(other.checkpoint("wire").unwrap().as_deref(), Some("42"));
    // To open it with yet others is refused, with what to do.
    let options = Index::options().user_words(words("ปากเซ\n"));
    let error = options.open_or_create(&path).unwrap_err();
    assert!(
        error.is_other_version() && error.to_string().contains("`reindex`"),
        "{error}"
    );
}

#[test]
fn an_index_of_another_analyzer_is_read() {
    let folders = Folders::new();
    format_4(&folders.old());
    edit_description(&folders.old(), "\"analyzer\": \"", "\"analyzer\": \"other-");
    let report = reindex(folders.old(), folders.new_index()).unwrap();
    assert_eq!(report.documents, 10);
}

#[test]
fn what_cannot_be_read_is_refused_and_leaves_nothing() {
    for (to, told) in [
        ("3", "index the documents again"),
        ("99", "a newer version"),
    ] {
        let folders = Folders::new();
        format_4(&folders.old());
        edit_description(
            &folders.old(),
            "\"format\": 4",
            &format!("\"format\": {to}"),
        );
        let error = reindex(folders.old(), folders.new_index()).unwrap_err();
        assert!(error.index_error().unwrap().is_other_version(), "{error}");
        assert!(error.to_string().contains(told), "{error}");
        folders.assert_unchanged();
    }
    for extension in ["store", "del", "term"] {
        let folders = Folders::new();
        format_4(&folders.old());
        let file = file_of(&folders.old(), extension);
        let mut bytes = fs::read(&file).unwrap();
        bytes[3] ^= 0x40;
        fs::write(&file, bytes).unwrap();
        let error = reindex(folders.old(), folders.new_index()).unwrap_err();
        assert!(error.index_error().unwrap().is_corrupt(), "{error}");
        folders.assert_unchanged();
    }
    let folders = Folders::new();
    let error = reindex(folders.old(), folders.new_index()).unwrap_err();
    assert!(error.index_error().unwrap().is_not_found(), "{error}");
    let index = index(&folders.old(), &[&[Document::new("a")]]);
    let writer = Writer::new(&index).unwrap();
    let error = reindex(folders.old(), folders.new_index()).unwrap_err();
    assert!(error.is_locked(), "{error}");
    drop(writer);
    folders.assert_unchanged();
    // Nor is a writer let in meanwhile.
    let stored = StoredDocuments::open(&folders.old()).unwrap();
    assert!(Writer::new(&index).unwrap_err().is_locked());
    drop(stored);
    assert!(Writer::new(&index).is_ok());
}

#[test]
fn a_place_that_is_in_use_is_left_alone() {
    let folders = Folders::new();
    index(&folders.old(), &[&[Document::new("a")]]);
    // Into itself, or into an index of another version.
    format_4(&folders.folder.path().join("older"));
    for to in ["old", "older"] {
        let to = folders.folder.path().join(to);
        let error = reindex(folders.old(), to).unwrap_err();
        assert!(error.index_error().unwrap().is_exists(), "{error}");
    }
    // Somebody's thesis, in the place itself or where the index is to be until it is whole.
    for to in [folders.new_index(), folders.unfinished()] {
        fs::create_dir(&to).unwrap();
        fs::write(to.join("thesis.txt"), "years of work").unwrap();
        let error = reindex(folders.old(), folders.new_index()).unwrap_err();
        assert!(error.index_error().unwrap().is_not_an_index(), "{error}");
        assert_eq!(fs::read_dir(&to).unwrap().count(), 1);
        fs::remove_dir_all(&to).unwrap();
        assert!(!folders.new_index().exists());
    }
    // An empty folder is as good as none.
    fs::create_dir(folders.new_index()).unwrap();
    reindex(folders.old(), folders.new_index().join("")).unwrap();
    assert_eq!(
        Index::open(folders.new_index()).unwrap().document_count(),
        1
    );
}

#[test]
fn what_a_crash_left_is_removed() {
    let folders = Folders::new();
    index(&folders.old(), &[&[Document::new("a")]]);
    // Half of it, as if the process had been killed.
    let half = index(&folders.unfinished(), &[&[Document::new("half")]]);
    let writer = Writer::new(&half).unwrap();
    let error = reindex(folders.old(), folders.new_index()).unwrap_err();
    assert!(error.is_locked(), "{error}");
    drop(writer);
    drop(half);
    reindex(folders.old(), folders.new_index()).unwrap();
    let new = Index::open(folders.new_index()).unwrap();
    assert_eq!(new.document_count(), 1);
    assert!(new.get("a").unwrap().is_some());
    assert!(!folders.unfinished().exists());
}

#[test]
fn a_document_that_cannot_be_read_is_told_and_the_rest_is_written() {
    let folders = Folders::new();
    let index = index(&folders.old(), &[&[dated("a", "2025"), dated("b", "2024")]]);
    let fields = *engine::fields(&index);
    let mut writer = engine::index(&index)
        .writer_with_num_threads(1, 15_000_000)
        .unwrap();
    for stored in [
        "{\"id\":",
        "{\"id\":\"\",\"body\":\"\"}",
        "{\"id\":\"c\",\"body\":\"\"}",
    ] {
        let mut document = engine::tantivy::TantivyDocument::new();
        document.add_text(fields.stored, stored);
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    drop(writer);
    let report = reindex(folders.old(), folders.new_index()).unwrap();
    assert_eq!((report.documents, report.skipped), (3, 2));
    let told: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("old: document 0 of segment "), "{told:?}");
    assert!(told[0].contains("EOF while parsing"), "{told:?}");
    assert!(told[1].contains("the id of a document must be"), "{told:?}");
    let new = Index::open(folders.new_index()).unwrap();
    assert!(new.get("c").unwrap().is_some());
    assert_eq!(new.document_count(), 3);
}

/// Where the present format's files are damaged, their checksums say so.
#[test]
fn damage_is_told_document_by_document() {
    let folders = Folders::new();
    // More than one block of checksums, that all documents are not lost.
    let long = |n: u32| {
        let text = (0..400).map(|m| (n + 1) * 7919 * (m + 1) % 99_991);
        let text: Vec<_> = text.map(|word| word.to_string()).collect();
        dated(&n.to_string(), "2025").body(text.join(" "))
    };
    let documents: Vec<_> = (0..60).map(long).collect();
    drop(index(&folders.old(), &[&documents]));
    let store = file_of(&folders.old(), "store");
    let mut bytes = fs::read(&store).unwrap();
    assert!(bytes.len() > 40_000, "{}", bytes.len());
    bytes[10] ^= 1;
    fs::write(&store, bytes).unwrap();
    let report = reindex(folders.old(), folders.new_index()).unwrap();
    assert!(report.skipped > 0 && report.documents > 0, "{report:?}");
    assert_eq!(report.skipped + report.documents, 60);
    let new = Index::open(folders.new_index()).unwrap();
    assert_eq!(new.document_count(), report.documents);
}
