//! Indexes of every format that was ever released: what is in them is not lost.
//!
//! `indexes/README.md` says what they are of and how the next one is made.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use mekong_core::{DateSource, Document, Index, IndexOptions, UserWords};
use mekong_ingest::{Writer, read, reindex};
use tempfile::TempDir;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/indexes")
}

/// The word that the indexes have of their own.
fn user_words() -> UserWords {
    UserWords::parse("ເມືອງປາກເຊ\n").unwrap()
}

/// Makes an index of two segments, each of which has a document that is deleted.
fn make(path: &Path) -> Index {
    let options = Index::options().user_words(user_words());
    let index = options.create(path).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    assert!(
        writer
            .ingest(folder().join("first.jsonl"))
            .unwrap()
            .is_clean()
    );
    writer.commit().unwrap();
    assert!(
        writer
            .ingest(folder().join("second.jsonl"))
            .unwrap()
            .is_clean()
    );
    writer.upsert(Document::new("gone")).unwrap();
    writer.delete("gone");
    writer.delete("deleted");
    writer.close().unwrap();
    index
}

/// What is in such an index, by its identifiers.
fn documents() -> Vec<Document> {
    let files = ["second.jsonl", "first.jsonl"].map(|name| folder().join(name));
    let mut documents: Vec<Document> = Vec::new();
    for read in files.iter().flat_map(read) {
        let document = read.unwrap().document;
        if document.id != "deleted" && documents.iter().all(|other| other.id != document.id) {
            documents.push(document);
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents
}

/// An index of the present format is what one of an old format was. With `MEKONG_KEEP_INDEX` it
/// stays in that folder.
#[test]
fn an_index_holds_its_documents() {
    let new = tempfile::tempdir().unwrap();
    let path = match std::env::var_os("MEKONG_KEEP_INDEX") {
        Some(path) => PathBuf::from(path),
        None => new.path().to_owned(),
    };
    let index = make(&path);
    assert_eq!(index.document_count(), documents().len() as u64);
    let ids = |is: &dyn Fn(&Document) -> bool| -> Vec<String> {
        let found = documents().into_iter().filter(|document| is(document));
        found.map(|document| document.id).collect()
    };
    let inferred = ids(&|document| !document.date_source.is_stated());
    assert_eq!(inferred, ["th-ferry"]);
    assert_eq!(ids(&|document| document.date.is_none()), ["ja-train"]);
}

/// The indexes of old formats.
fn old_indexes() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap();
    let entries = entries.map(|entry| entry.unwrap().path());
    let mut indexes: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    indexes.sort();
    assert!(!indexes.is_empty());
    indexes
}

/// A copy that may be changed, as opening an index does.
fn copy(index: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(index).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}

/// What a document says of itself. What else is known of it another version may know better.
fn told(document: &Document) -> impl PartialEq + std::fmt::Debug {
    let mut told = Document::new(&document.id).body(&document.body);
    told.title.clone_from(&document.title);
    told.source.clone_from(&document.source);
    told.url.clone_from(&document.url);
    told.meta.clone_from(&document.meta);
    told.date = document.date;
    (told, document.date_source == DateSource::Given)
}

fn assert_has_documents(index: &Index) {
    index.verify().unwrap();
    let documents = documents();
    assert_eq!(index.document_count(), documents.len() as u64);
    for document in documents {
        let found = index.get(&document.id).unwrap().unwrap();
        assert_eq!(told(&found), told(&document));
        assert!(found.language.is_some(), "{}", found.id);
    }
    let cluster = |id| index.cluster(id).unwrap().unwrap();
    assert_eq!(cluster("en-wire"), cluster("en-copy"));
    assert_ne!(cluster("en-wire"), cluster("vi-rice"));
}

#[test]
fn an_old_index_is_refused_with_what_to_do() {
    for old in old_indexes() {
        let old = copy(&old);
        let error = Index::open(old.path()).unwrap_err();
        assert!(error.is_other_version(), "{error}");
        assert!(error.to_string().contains("`reindex`"), "{error}");
    }
}

#[test]
fn an_old_index_is_made_into_a_new_one() {
    for old in old_indexes() {
        let old = copy(&old);
        let new = tempfile::tempdir().unwrap();
        let path = new.path().join("of/archive");
        fs::create_dir(new.path().join("of")).unwrap();
        let report = reindex(old.path(), &path).unwrap();
        assert!(report.is_clean());
        assert_eq!(report.documents, documents().len() as u64);
        let index = Index::open(&path).unwrap();
        assert_has_documents(&index);
        // The word of its own is carried over.
        let has_user_words = |options: IndexOptions| options.open_or_create(&path).is_ok();
        assert!(has_user_words(Index::options().user_words(user_words())));
        assert!(!has_user_words(
            Index::options().user_words(UserWords::parse("ເມືອງ\n").unwrap())
        ));
        assert_eq!(names(new.path().join("of")), ["archive"]);
    }
}

fn names(folder: PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}
