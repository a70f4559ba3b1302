//! Indexes of every format that was ever released: what is in them is not lost.
//!
//! `indexes/README.md` says what they are of and how the next one is made.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use mekong_core::{Document, Index, UserWords};
use mekong_ingest::{Writer, read};

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
