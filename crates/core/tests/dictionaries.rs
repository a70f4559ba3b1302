//! Words by lindera, with a dictionary of ten words that is built here.

#![cfg(feature = "japanese")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use lindera::dictionary::{DictionaryBuilder, Metadata};
use mekong_core::engine::IndexWriter;
use mekong_core::{Analyzer, Dictionaries, Document, Index, Language, TokenKind};

fn build(folder: &Path) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tiny_japanese");
    DictionaryBuilder::new(Metadata::default())
        .build_dictionary(&source, folder)
        .unwrap();
}

#[test]
fn a_dictionary_gives_the_words_of_its_language() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path());
    let mut dictionaries = Dictionaries::default();
    dictionaries.insert(Language::JAPANESE, folder.path());
    let analyzer = Analyzer::with_dictionaries(&dictionaries).unwrap();
    let words = |text: &str, language| {
        let mut words = Vec::new();
        analyzer.analyze(text, language, |token| {
            if token.kind == TokenKind::Word {
                words.push(text[token.range].to_owned());
            }
        });
        words
    };
    assert_eq!(
        words("東京都知事の会見でした", None),
        ["東京都", "知事", "の", "会見", "でした"]
    );
    assert_eq!(words("東京都", Some(Language::JAPANESE)), ["東京都"]);
    // A query says nothing of its language: it is analysed as the document was.
    assert_eq!(words("東京都知事", None), ["東京都", "知事"]);
    // What the dictionary does not know is not lost.
    assert_eq!(words("東京都でタワー", None).concat(), "東京都でタワー");
    assert_ne!(analyzer.fingerprint(), Analyzer::new().fingerprint());
}

#[test]
fn an_index_finds_its_dictionary_again_or_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let (dictionary, path) = (folder.path().join("ja"), folder.path().join("index"));
    build(&dictionary);
    let options = || Index::options().dictionary(Language::JAPANESE, &dictionary);
    let index = options().create(&path).unwrap();
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    writer
        .upsert(&Document::new("a").body("東京都知事の会見"))
        .unwrap();
    writer.commit().unwrap();
    drop((writer, index));

    assert_eq!(Index::open(&path).unwrap().document_count(), 1);
    assert_eq!(options().open_or_create(&path).unwrap().document_count(), 1);
    let other = Index::options().dictionary(Language::JAPANESE, folder.path());
    assert!(other.open_or_create(&path).unwrap_err().is_other_version());

    fs::rename(&dictionary, folder.path().join("moved")).unwrap();
    let error = Index::open(&path).unwrap_err();
    assert!(error.is_dictionary());
    assert!(
        error.to_string().contains(dictionary.to_str().unwrap()),
        "{error}"
    );
}

#[test]
fn other_files_are_another_analyzer() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path());
    let fingerprint = || {
        let mut dictionaries = Dictionaries::default();
        dictionaries.insert(Language::JAPANESE, folder.path());
        Analyzer::with_dictionaries(&dictionaries)
            .unwrap()
            .fingerprint()
    };
    let before = fingerprint();
    assert_eq!(fingerprint(), before);
    fs::write(folder.path().join("more"), "x").unwrap();
    assert_ne!(fingerprint(), before);
}
