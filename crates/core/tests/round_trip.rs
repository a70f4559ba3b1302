//! What goes into an index comes back from it byte for byte.

#![allow(clippy::unwrap_used)]

use mekong_core::engine::IndexWriter;
use mekong_core::{Document, Index, Language};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Asserts that the documents come back, also when they are written anew and when segments are
/// merged.
fn assert_come_back(documents: &[Document]) {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    for document in documents {
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    writer.close().unwrap();
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    for document in documents {
        let back = index.get(&document.id).unwrap().unwrap();
        assert_eq!(&back, document);
        // Equal numbers may be written otherwise.
        let json = |document| serde_json::to_string(document).unwrap();
        assert_eq!(json(&back), json(document));
    }
}

#[test]
fn any_kind_of_text_comes_back() {
    let texts = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{FEFF}with a mark",
        "line\nline\r\nline\rline\u{2028}line\u{85}line",
        "\"quoted\" \\ and / escaped \u{7F}\u{1}\u{1F}",
        // Marks with nothing to stand on, alone and in the wrong order.
        "\u{301}",
        "\u{E48}\u{E34}ก",
        "\u{17D2}",
        "\u{1039}\u{1039}",
        // Composed and decomposed are two texts.
        "Nguyễn",
        "Nguye\u{302}\u{303}n",
        "👩‍👩‍👧‍👦 🇱🇦 👍🏽",
        "\u{200B}\u{200D}\u{200E}\u{202E}",
        "\u{FFFD}\u{FFFE}\u{FFFF}\u{10FFFF}\u{E000}",
        "𠮷野家 葛󠄀城",
    ];
    let documents: Vec<_> = (0..).zip(texts).collect();
    let documents = documents.into_iter().map(|(n, text)| {
        let mut document = Document::new(format!("{n}{text}"))
            .title(text)
            .body(text)
            .source(text)
            .url(text)
            .meta(text, text)
            .meta("list", json!([text, [text], { text: text }]));
        document.language = (n % 2 == 0).then_some(Language::LAO);
        document
    });
    assert_come_back(&documents.collect::<Vec<_>>());
}

#[test]
fn a_long_text_comes_back() {
    let mut body = "ก า\u{301}😀 xyz".repeat(1 << 16);
    assert!(body.len() > 1 << 20);
    body.push_str(&"y".repeat(1 << 17));
    let document = Document::new("x".repeat(Document::MAX_ID_BYTES))
        .title(&*body)
        .body(&*body);
    assert_come_back(&[document.meta("k".repeat(1 << 16), body)]);
}

#[test]
fn numbers_come_back() {
    let numbers = [
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1.0),
        json!(-0.0),
        json!(0.1),
        json!(1e300),
        json!(f64::MIN_POSITIVE),
        json!(5e-324),
        // These came back as their neighbours.
        json!(31.245270191439438),
        json!(121.48791951161945),
    ];
    assert_come_back(&[Document::new("a").meta("numbers", numbers.to_vec())]);
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 16, 4, |value| {
        prop_oneof![
            proptest::collection::vec(value.clone(), 0..4).prop_map(Value::from),
            map(value).prop_map(Value::Object),
        ]
    })
}

fn map(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    let entries = proptest::collection::vec((any::<String>(), value), 0..4);
    entries.prop_map(Map::from_iter)
}

fn document() -> impl Strategy<Value = Document> {
    let text = || proptest::option::of(any::<String>());
    let date = proptest::option::of(prop_oneof![
        (1..=9999_u16).prop_map(|year| format!("{year:04}")),
        (1..=12_u8).prop_map(|month| format!("2025-{month:02}")),
        (0..86_400_u32).prop_map(|s| {
            format!(
                "2025-10-03T{:02}:{:02}:{:02}Z",
                s / 3600,
                s / 60 % 60,
                s % 60
            )
        }),
    ]);
    let texts = (text(), any::<String>(), text(), text());
    (texts, date, map(value())).prop_map(|((title, body, source, url), date, meta)| {
        let mut document = Document::new("x").body(body);
        document.title = title;
        document.source = source;
        document.url = url;
        document.date = date.map(|date| date.parse().unwrap());
        document.meta = meta;
        document
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_document_comes_back(documents in proptest::collection::vec(document(), 1..40)) {
        let documents: Vec<_> = (0..).zip(documents).map(|(n, mut document)| {
            document.id = format!("{n}");
            document
        }).collect();
        assert_come_back(&documents);
    }
}
