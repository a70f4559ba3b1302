//! Deleting by filter: what it takes, and what it leaves.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use mekong_core::engine::{self, IndexWriter};
use mekong_core::{Document, Filter, Index, Language};
use mekong_dates::Date;
use proptest::prelude::*;
use serde_json::{Value, json};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn writer(index: &Index) -> IndexWriter {
    IndexWriter::new(index, 0).unwrap()
}

fn news() -> Vec<Document> {
    [
        ("old", "VNA", Some("2019-06-30")),
        ("month", "VNA", Some("2020-01")),
        ("new", "VNA", Some("2025-10-03")),
        ("late", "KPL", Some("2025-10-02T17:30:00Z")),
        ("undated", "KPL", None),
    ]
    .map(|(id, source, of)| {
        let document = Document::new(id).source(source).meta("id", id);
        match of {
            Some(of) => document.date(date(of)),
            None => document,
        }
    })
    .into()
}

/// The identifiers of what is left, some of it committed before and some not.
fn left(filters: &[Filter]) -> String {
    let mut ids = Vec::new();
    for committed in 0..=news().len() {
        let index = Index::in_memory().unwrap();
        let mut writer = writer(&index);
        for (n, document) in news().iter().enumerate() {
            if n == committed {
                writer.commit().unwrap();
            }
            writer.upsert(document).unwrap();
        }
        writer.delete_matching(filters).unwrap();
        writer.commit().unwrap();
        let news = news();
        let left = news.iter().map(|document| document.id.as_str());
        let left: Vec<_> = left.filter(|id| index.get(id).unwrap().is_some()).collect();
        assert_eq!(index.document_count(), left.len() as u64);
        ids.push(left.join(" "));
    }
    assert!(ids.windows(2).all(|two| two[0] == two[1]), "{ids:?}");
    ids.remove(0)
}

#[test]
fn what_passes_all_filters_is_deleted() {
    let source = || Filter::source();
    for (filters, expected) in [
        (vec![source().is("VNA")], "late undated"),
        (vec![!source().is("VNA")], "old month new"),
        (vec![source().is("AFP")], "old month new late undated"),
        (vec![source().exists()], ""),
        (
            vec![source().is("VNA"), Filter::date().before(date("2020"))],
            "month new late undated",
        ),
        (
            vec![Filter::date().before(date("2020"))],
            "month new late undated",
        ),
        (
            vec![Filter::date().through(date("2020"))],
            "new late undated",
        ),
        (
            vec![Filter::date().since(date("2025-10-03"))],
            "old month late undated",
        ),
        (
            vec![Filter::date().during(date("2025-10-02"))],
            "old month new undated",
        ),
        // Half past midnight of the 3rd in Bangkok.
        (
            vec![
                Filter::date()
                    .zone("Asia/Bangkok".parse().unwrap())
                    .during(date("2025-10-03")),
            ],
            "old month undated",
        ),
        (vec![Filter::date().exists()], "undated"),
        (vec![!Filter::date().exists()], "old month new late"),
        // All others, also those without a date.
        (vec![!Filter::date().since(date("2020"))], "month new late"),
        (
            vec![Filter::key("id").is_any_of(["old", "late"])],
            "month new undated",
        ),
    ] {
        assert_eq!(left(&filters), expected, "{filters:?}");
    }
}

#[test]
fn what_is_written_later_stays() {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    let vna = Document::new("a").source("VNA");
    writer.upsert(&vna).unwrap();
    writer.commit().unwrap();
    writer.upsert(&Document::new("b").source("VNA")).unwrap();
    writer
        .delete_matching(&[Filter::source().is("VNA")])
        .unwrap();
    let again = vna.title("again");
    writer.upsert(&again).unwrap();
    assert_eq!(index.document_count(), 1);
    writer.commit().unwrap();
    assert_eq!(index.get("a").unwrap(), Some(again));
    assert_eq!(index.document_count(), 1);

    writer.delete_all().unwrap();
    writer.upsert(&Document::new("c")).unwrap();
    writer.commit().unwrap();
    assert_eq!(index.document_count(), 1);
    assert!(index.get("c").unwrap().is_some());

    writer.upsert(&Document::new("d")).unwrap();
    writer.delete_all().unwrap();
    writer.rollback().unwrap();
    writer.commit().unwrap();
    assert_eq!(index.document_count(), 1);
    writer.delete_all().unwrap();
    writer.commit().unwrap();
    assert_eq!(index.document_count(), 0);
}

/// Documents that went to a segment of their own before anything was committed are deleted, too.
#[test]
fn segments_that_are_not_committed_are_looked_through() {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    // So many words that the memory of a segment does not hold them.
    let document = |n: u32, source: &str| {
        let words = (1..2000).map(|m| ((n + 1) * 7919 * m % 999_983).to_string());
        let body = words.collect::<Vec<_>>().join(" ");
        Document::new(n.to_string()).source(source).body(body)
    };
    for n in 0..24 {
        let source = if n % 3 == 0 { "VNA" } else { "KPL" };
        writer.upsert(&document(n, source)).unwrap();
    }
    writer
        .delete_matching(&[Filter::source().is("KPL")])
        .unwrap();
    writer.upsert(&document(1, "KPL")).unwrap();
    writer.upsert(&document(0, "VNA")).unwrap();
    writer.commit().unwrap();
    let segments = engine::searcher(&index).segment_readers().len();
    assert!(segments > 1);
    for n in 0..24 {
        let found = index.get(&n.to_string()).unwrap();
        assert_eq!(found.is_some(), n % 3 == 0 || n == 1, "{n}");
    }
    assert_eq!(index.document_count(), 9);
}

#[test]
fn a_deletion_without_a_condition_is_refused() {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    writer.upsert(&Document::new("a")).unwrap();
    let long = "x".repeat(257);
    for filters in [
        &[][..],
        &[Filter::key(&*long).exists()],
        &[Filter::source().is(&*long)],
        &[Filter::source().exists(), Filter::key("k").is(Value::Null)],
    ] {
        let error = writer.delete_matching(filters).unwrap_err();
        assert!(error.is_invalid_filter(), "{error}");
    }
    writer.commit().unwrap();
    assert_eq!(index.document_count(), 1);
}

const SOURCES: [&str; 3] = ["VNA", "KPL", "AFP"];
const DATES: [&str; 6] = [
    "2019",
    "2020-01",
    "2020-01-01",
    "2020-01-01T03:00:00Z",
    "2020-01-02",
    "2025",
];

fn document() -> impl Strategy<Value = Document> {
    let of = |n: usize| proptest::option::of(0..n);
    let tags = proptest::collection::vec(0..4_u32, 0..3);
    (
        0..12_u32,
        of(SOURCES.len()),
        of(DATES.len()),
        tags,
        any::<bool>(),
    )
        .prop_map(|(id, source, of, tags, is_thai)| {
            let mut document = Document::new(id.to_string());
            document.source = source.map(|n| SOURCES[n].to_owned());
            document.date = of.map(|n| date(DATES[n]));
            document.language = is_thai.then_some(Language::THAI);
            if tags.len() != 1 {
                document.meta.insert("tags".to_owned(), json!(tags));
            }
            document
        })
}

/// A filter, and what it means.
#[derive(Clone, Debug)]
enum Asked {
    Source(Vec<usize>),
    Language,
    Tag(u32),
    HasTags,
    Since(usize),
    Before(usize),
    Dated,
    Not(Box<Asked>),
}

impl Asked {
    fn filter(&self) -> Filter {
        match self {
            Self::Source(of) => Filter::source().is_any_of(of.iter().map(|&n| SOURCES[n])),
            Self::Language => Filter::language().is("th"),
            Self::Tag(tag) => Filter::key("tags").is(*tag),
            Self::HasTags => Filter::key("tags").exists(),
            Self::Since(n) => Filter::date().since(date(DATES[*n])),
            Self::Before(n) => Filter::date().before(date(DATES[*n])),
            Self::Dated => Filter::date().exists(),
            Self::Not(asked) => !asked.filter(),
        }
    }

    fn holds(&self, document: &Document) -> bool {
        let start = document.date.map(Date::start);
        match self {
            Self::Source(of) => {
                let source = document.source.as_deref();
                of.iter().any(|&n| source == Some(SOURCES[n]))
            }
            Self::Language => document.language == Some(Language::THAI),
            Self::Tag(tag) => {
                let tags = document.meta.get("tags").and_then(Value::as_array);
                tags.is_some_and(|tags| tags.contains(&json!(tag)))
            }
            Self::HasTags => document.meta.contains_key("tags"),
            Self::Since(n) => start.is_some_and(|start| start >= date(DATES[*n]).start()),
            Self::Before(n) => start.is_some_and(|start| start < date(DATES[*n]).start()),
            Self::Dated => start.is_some(),
            Self::Not(asked) => !asked.holds(document),
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let one = prop_oneof![
        proptest::collection::vec(0..SOURCES.len(), 0..3).prop_map(Asked::Source),
        Just(Asked::Language),
        (0..4_u32).prop_map(Asked::Tag),
        Just(Asked::HasTags),
        (0..3_usize).prop_map(Asked::Since),
        (0..3_usize).prop_map(Asked::Before),
        Just(Asked::Dated),
    ];
    (one, any::<bool>()).prop_map(|(asked, negated)| match negated {
        true => Asked::Not(Box::new(asked)),
        false => asked,
    })
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)]
enum Step {
    Upsert(Document),
    Delete(u32),
    DeleteMatching(Vec<Asked>),
    Commit,
    Rollback,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => document().prop_map(Step::Upsert),
        1 => (0..12_u32).prop_map(Step::Delete),
        2 => proptest::collection::vec(asked(), 1..3).prop_map(Step::DeleteMatching),
        2 => Just(Step::Commit),
        1 => Just(Step::Rollback),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever is written and deleted in whatever order, the index holds what a map would.
    #[test]
    fn an_index_is_a_map(
        threads in 1..=2_usize,
        steps in proptest::collection::vec(step(), 0..40),
    ) {
        let index = Index::in_memory().unwrap();
        let mut writer = IndexWriter::with_threads(&index, 64 << 20, threads).unwrap();
        let mut committed = BTreeMap::new();
        let mut map = committed.clone();
        for step in steps {
            match step {
                Step::Upsert(document) => {
                    writer.upsert(&document).unwrap();
                    map.insert(document.id.clone(), document);
                }
                Step::Delete(id) => {
                    writer.delete(&id.to_string());
                    map.remove(&id.to_string());
                }
                Step::DeleteMatching(asked) => {
                    let filters: Vec<_> = asked.iter().map(Asked::filter).collect();
                    writer.delete_matching(&filters).unwrap();
                    map.retain(|_, document| !asked.iter().all(|asked| asked.holds(document)));
                }
                Step::Commit => {
                    writer.commit().unwrap();
                    committed = map.clone();
                }
                Step::Rollback => {
                    writer.rollback().unwrap();
                    map = committed.clone();
                }
            }
        }
        writer.commit().unwrap();
        prop_assert_eq!(index.document_count(), map.len() as u64);
        for id in 0..12 {
            let id = id.to_string();
            prop_assert_eq!(index.get(&id).unwrap(), map.get(&id).cloned());
        }
    }
}
