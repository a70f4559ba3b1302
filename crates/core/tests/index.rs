//! Creating and opening indexes: what is recorded, and what is refused.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use mekong_core::engine::{self, IndexWriter, Moment, Scope};
use mekong_core::{Document, Index, Language};

fn write(index: &Index, id: &str) {
    let mut writer = IndexWriter::new(index, 0).unwrap();
    writer.upsert(&Document::new(id).body("Hà Nội")).unwrap();
    writer.commit().unwrap();
}

/// Replaces text in the description of an index, as a program would that wrote it so.
fn edit_description(folder: &Path, from: &str, to: &str) {
    let file = folder.join("mekong.json");
    let text = fs::read_to_string(&file).unwrap();
    let (start, _) = text.split_once(",\n  \"crc32\"").unwrap();
    assert!(start.contains(from), "{text}");
    let start = start.replace(from, to);
    let sum = crc32fast::hash(start.as_bytes());
    let text = format!("{start},\n  \"crc32\": \"{sum:08x}\"\n}}\n");
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
    fs::write(&file, text).unwrap();
}

#[test]
fn an_index_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/archive");
    let index = Index::create(&path).unwrap();
    write(&index, "a");
    drop(index);
    assert_eq!(Index::open(&path).unwrap().document_count(), 1);
    let index = Index::open_or_create(&path).unwrap();
    assert_eq!(index.document_count(), 1);
    assert_eq!(index.path(), Some(path.as_path()));
    index.verify().unwrap();
    assert!(Index::create(&path).unwrap_err().is_exists());
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    for result in [
        Index::open(folder.path()),
        Index::create(folder.path()),
        Index::open_or_create(folder.path()),
    ] {
        let error = result.unwrap_err();
        assert!(error.is_not_an_index(), "{error}");
        assert!(
            error.to_string().contains("empty or a new folder"),
            "{error}"
        );
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let file = folder.path().join("thesis.txt");
    assert!(Index::open_or_create(file).is_err());
}

#[test]
fn an_index_of_another_version_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    write(&Index::create(folder.path()).unwrap(), "a");

    edit_description(folder.path(), "\"format\": 5", "\"format\": 99");
    for result in [
        Index::open(folder.path()),
        Index::open_or_create(folder.path()),
    ] {
        let error = result.unwrap_err();
        assert!(error.is_other_version(), "{error}");
        assert!(error.to_string().contains("format 99"), "{error}");
    }
    edit_description(folder.path(), "\"format\": 99", "\"format\": 5");

    edit_description(folder.path(), "\"analyzer\": \"", "\"analyzer\": \"other-");
    let error = Index::open(folder.path()).unwrap_err();
    assert!(error.is_other_version(), "{error}");
    edit_description(folder.path(), "\"analyzer\": \"other-", "\"analyzer\": \"");

    assert_eq!(Index::open(folder.path()).unwrap().document_count(), 1);
}

#[test]
fn a_damaged_description_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write(&Index::create(folder.path()).unwrap(), "a");
    for text in ["", "{", "[]", "{\"format\": \"one\"}", "{\"format\": 5}"] {
        fs::write(folder.path().join("mekong.json"), text).unwrap();
        let error = Index::open(folder.path()).unwrap_err();
        assert!(error.to_string().contains("mekong.json"), "{error}");
        assert!(error.is_corrupt());
    }
}

#[test]
fn a_creation_cut_short_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    drop(Index::create(folder.path()).unwrap());
    fs::remove_file(folder.path().join("meta.json")).unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    write(&index, "a");
    assert_eq!(index.document_count(), 1);
}

#[test]
fn a_damaged_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    write(&index, "a");
    let store = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "store"))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[0] ^= 0xFF;
    fs::write(&store, bytes).unwrap();
    let error = index.verify().unwrap_err();
    assert!(error.is_corrupt());
    assert!(error.to_string().contains(".store"), "{error}");
}

#[test]
fn there_is_one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let writer = IndexWriter::new(&index, 0).unwrap();
    let second = Index::open(folder.path()).unwrap();
    let error = IndexWriter::new(&second, 0).err().unwrap();
    assert!(error.is_locked(), "{error}");
    drop(writer);
    write(&second, "a");
}

#[test]
fn ids_have_a_length() {
    let index = Index::in_memory().unwrap();
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    for id in [String::new(), "x".repeat(1025)] {
        let error = writer.upsert(&Document::new(id).body("x")).unwrap_err();
        assert!(error.is_invalid_document(), "{error}");
    }
    writer
        .upsert(&Document::new("x".repeat(1024)).body("x"))
        .unwrap();
    writer.commit().unwrap();
    assert_eq!(index.document_count(), 1);
}

#[test]
fn documents_come_back_as_they_were() {
    let index = Index::in_memory().unwrap();
    let document = Document::new("id")
        .title("Tiêu đề")
        .body("นาย \u{0} \"quoted\"\n")
        .date("2025-10".parse().unwrap())
        .language(Language::VIETNAMESE)
        .source("VNA")
        .url("https://example.org")
        .meta("section", "politics")
        .meta("pages", 3);
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    writer.upsert(&document).unwrap();
    writer.commit().unwrap();
    let searcher = engine::searcher(&index);
    let address = engine::tantivy::DocAddress::new(0, 0);
    assert_eq!(
        engine::document(&index, &searcher, address).unwrap(),
        document
    );
}

/// The order that date filters rely on, also after segments without any date were merged.
#[test]
fn documents_are_sorted_by_date_with_undated_ones_last() {
    let index = Index::in_memory().unwrap();
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    let dates: [&[Option<&str>]; 4] = [
        &[None, None],
        &[Some("2020"), None, Some("2025-10-03"), Some("1066-10-14")],
        &[None],
        &[Some("9999"), Some("2021-05"), Some("0001")],
    ];
    for (batch, dates) in dates.iter().enumerate() {
        for (n, date) in dates.iter().enumerate() {
            let mut document = Document::new(format!("{batch}-{n}")).body("x");
            document.date = date.map(|date| date.parse().unwrap());
            writer.upsert(&document).unwrap();
        }
        writer.commit().unwrap();
    }
    let engine = engine::index(&index);
    let segments = engine.searchable_segment_ids().unwrap();
    assert!(segments.len() > 1);
    drop(writer);
    let mut merger: engine::tantivy::IndexWriter =
        engine.writer_with_num_threads(1, 15_000_000).unwrap();
    merger.merge(&segments).wait().unwrap();
    merger.wait_merging_threads().unwrap();

    let searcher = engine.reader().unwrap().searcher();
    assert_eq!(searcher.segment_readers().len(), 1);
    let column = searcher.segment_readers()[0]
        .fast_fields()
        .i64("date")
        .unwrap();
    let merged: Vec<_> = (0..10)
        .map(|doc| column.first(doc).map(Moment::from_column))
        .collect();
    assert_eq!(merged.iter().flatten().count(), 6);
    assert!(merged.is_sorted_by(|a, b| a >= b), "{merged:?}");
}

/// How many documents have these words of one scope one after another.
fn count_scoped(index: &Index, scope: Scope<'_>, words: &[&str]) -> usize {
    use engine::tantivy::collector::Count;
    use engine::tantivy::query::{PhraseQuery, Query, TermQuery};
    use engine::tantivy::{Term, schema::IndexRecordOption};
    let field = engine::fields(index).scoped;
    let term = |word: &&str| Term::from_field_text(field, &scope.term(word));
    let query: Box<dyn Query> = match words {
        [word] => Box::new(TermQuery::new(term(word), IndexRecordOption::Basic)),
        words => Box::new(PhraseQuery::new(words.iter().map(term).collect())),
    };
    engine::searcher(index).search(&query, &Count).unwrap()
}

#[test]
fn title_source_and_metadata_have_words_of_their_own() {
    let index = Index::in_memory().unwrap();
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    let titled = Document::new("a")
        .title("Bộ trưởng Ngoại giao")
        .body("Chiều 3/10, Hà Nội. Đoàn đại biểu.")
        .source("Báo Nhân Dân")
        .meta("author", vec!["Mai Lan", "Văn Nam"])
        .meta("title", "Phóng viên")
        .meta("year", 2568);
    writer.upsert(&titled).unwrap();
    // Without a title the first sentence is what a hit shows.
    let untitled = Document::new("b").body("\nกระทรวงการต่างประเทศ\nเวียดนาม");
    writer.upsert(&untitled).unwrap();
    writer.commit().unwrap();

    let author = Scope::Meta("author");
    let found: &[(Scope<'_>, &[&str])] = &[
        (Scope::Title, &["truong", "ngoai"]),
        (Scope::Title, &["กระทรวง"]),
        (Scope::Source, &["nhan", "dan"]),
        (author, &["mai", "lan"]),
        (author, &["van", "nam"]),
        (Scope::Meta("title"), &["phong", "vien"]),
        (Scope::Meta("year"), &["2568"]),
    ];
    for (scope, words) in found {
        assert_eq!(
            count_scoped(&index, *scope, words),
            1,
            "{scope:?} {words:?}"
        );
    }
    let missing: &[(Scope<'_>, &[&str])] = &[
        (Scope::Title, &["chieu"]),
        (Scope::Title, &["phong"]),
        (Scope::Title, &["เวียดนาม"]),
        (author, &["lan", "van"]),
        (Scope::Meta("source"), &["nhan"]),
    ];
    for (scope, words) in missing {
        assert_eq!(
            count_scoped(&index, *scope, words),
            0,
            "{scope:?} {words:?}"
        );
    }
}

#[test]
fn a_dictionary_that_cannot_be_used_is_named() {
    let options = Index::options().dictionary(Language::JAPANESE, "no/such/folder");
    let error = options.in_memory().unwrap_err();
    assert!(error.is_dictionary());
    let message = error.to_string();
    assert!(
        message.contains("no/such/folder") || message.contains("feature `japanese`"),
        "{message}"
    );
    let error = Index::options()
        .dictionary(Language::THAI, "x")
        .in_memory()
        .unwrap_err();
    assert!(error.is_dictionary());
}

#[test]
fn the_analyzer_serves_anybody_s_engine_index() {
    use engine::KindTokenizer;
    use engine::tantivy::collector::Count;
    use engine::tantivy::query::TermQuery;
    use engine::tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
    use engine::tantivy::tokenizer::TextAnalyzer;
    use engine::tantivy::{self, Term, doc};
    use mekong_core::{Analyzer, TokenKind};

    let mut schema = Schema::builder();
    let options = |name| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer(name))
    };
    let folded = schema.add_text_field("folded", options("folded"));
    let words = schema.add_text_field("words", options("words"));
    let index = tantivy::Index::create_in_ram(schema.build());
    for (name, kind) in [("folded", TokenKind::Folded), ("words", TokenKind::Word)] {
        let tokenizer = KindTokenizer::new(Analyzer::new(), kind);
        index
            .tokenizers()
            .register(name, TextAnalyzer::builder(tokenizer).build());
    }
    let text = "Bộ trưởng และกระทรวง";
    let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer
        .add_document(doc!(folded => text, words => text))
        .unwrap();
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    for (field, term, count) in [
        (folded, "truong", 1),
        (folded, "trưởng", 0),
        (words, "กระทรวง", 1),
        (words, "truong", 0),
    ] {
        let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::Basic);
        assert_eq!(searcher.search(&query, &Count).unwrap(), count, "{term}");
    }
}

#[test]
fn the_schema_is_that_of_the_format() {
    // Where this fails, old indexes cannot be read: raise FORMAT_VERSION, then write the new one.
    let schema = engine::index(&Index::in_memory().unwrap()).schema();
    let schema = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/schema.5.json");
    assert_eq!(mekong_core::FORMAT_VERSION, 5);
    assert_eq!(schema, fs::read_to_string(file).unwrap());
}

#[test]
fn an_index_without_its_list_of_segments_is_not_taken_for_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    write(&Index::create(folder.path()).unwrap(), "a");
    let meta = folder.path().join("meta.json");
    let saved = fs::read(&meta).unwrap();
    fs::remove_file(&meta).unwrap();
    for result in [
        Index::open(folder.path()),
        Index::open_or_create(folder.path()),
    ] {
        let error = result.unwrap_err();
        assert!(error.to_string().contains("meta.json"), "{error}");
    }
    fs::write(&meta, saved).unwrap();
    assert_eq!(Index::open(folder.path()).unwrap().document_count(), 1);
}

#[test]
fn a_file_that_is_missing_is_corruption() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    write(&index, "a");
    drop(index);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "idx") {
            fs::remove_file(path).unwrap();
        }
    }
    let opened = Index::open(folder.path()).and_then(|index| index.verify());
    let error = opened.unwrap_err();
    assert!(error.is_corrupt(), "{error}");
}

#[test]
fn metadata_that_could_not_be_read_back_is_refused() {
    let index = Index::in_memory().unwrap();
    let mut writer = IndexWriter::new(&index, usize::MAX).unwrap();
    let nested = |depth: usize| -> serde_json::Value {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        serde_json::from_str(&text).unwrap()
    };
    let document = |depth| Document::new("a").body("x").meta("m", nested(depth));
    let error = writer.upsert(&document(120)).unwrap_err();
    assert!(error.is_invalid_document(), "{error}");
    writer.upsert(&document(100)).unwrap();
    writer.commit().unwrap();
    let searcher = engine::searcher(&index);
    let address = engine::tantivy::DocAddress::new(0, 0);
    assert_eq!(
        engine::document(&index, &searcher, address).unwrap(),
        document(100)
    );
}

#[test]
fn options_of_a_later_version_are_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    drop(Index::create(folder.path()).unwrap());
    edit_description(
        folder.path(),
        "\"options\": {",
        "\"options\": { \"synonyms\": \"x\",",
    );
    assert!(Index::open(folder.path()).is_err());
}

#[test]
fn another_process_s_commit_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Index::create(folder.path()).unwrap();
    let theirs = Index::open(folder.path()).unwrap();
    write(&theirs, "a");
    let started = std::time::Instant::now();
    while ours.document_count() == 0 {
        assert!(started.elapsed() < std::time::Duration::from_secs(30));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
