//! What a searcher answers: filters, orders, pages, limits.

#![allow(clippy::unwrap_used)]

use std::thread;
use std::time::Duration;

use mekong_core::{Document, Index, Language, UserWords};
use mekong_ingest::Writer;
use mekong_query::{Query, Searcher, Sort, Weights};
use proptest::prelude::*;

/// The same without the look at runs, which the best documents of every answer get: without it a
/// document's score is the same whatever filters are set.
fn without_runs(searcher: Searcher) -> Searcher {
    let mut weights = Weights::default();
    weights.run = 0.0;
    searcher.with_weights(weights).unwrap()
}

/// A searcher over documents of an id, a date (or none) and a text.
fn searcher(documents: &[(&str, &str, &str)]) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, date, body) in documents {
        let mut document = Document::new(*id).body(*body);
        document.date = (!date.is_empty()).then(|| date.parse().unwrap());
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

fn ids(searcher: &Searcher, query: &Query) -> Vec<String> {
    let results = searcher.search(query).unwrap();
    results.hits.iter().map(|hit| hit.id().to_owned()).collect()
}

fn date(text: &str) -> mekong_dates::Date {
    text.parse().unwrap()
}

const NEWS: [(&str, &str, &str); 6] = [
    ("sep", "2025-09-30", "Hội nghị ASEAN tại Hà Nội"),
    ("oct", "2025-10-01", "Hội nghị ASEAN tại Hà Nội"),
    ("mid", "2025-10-15T12:00:00Z", "Hội nghị ASEAN tại Hà Nội"),
    ("end", "2025-10-31T23:59:59Z", "Hội nghị ASEAN tại Hà Nội"),
    ("nov", "2025-11-01", "Hội nghị ASEAN tại Hà Nội"),
    ("undated", "", "Hội nghị ASEAN tại Hà Nội"),
];

#[test]
fn date_ranges_are_half_open_and_leave_undated_documents_out() {
    let searcher = searcher(&NEWS);
    let asean = || Query::text("asean").sort(Sort::Oldest);
    for (query, expected) in [
        (
            asean().during(date("2025-10")),
            ["oct", "mid", "end"].as_slice(),
        ),
        (
            asean().since(date("2025-10")).before(date("2025-11")),
            &["oct", "mid", "end"],
        ),
        (
            asean().since(date("2025-10")).through(date("2025-11")),
            &["oct", "mid", "end", "nov"],
        ),
        (asean().since(date("2025-10-15")), &["mid", "end", "nov"]),
        (asean().since(date("2025-10-15T12:00:01Z")), &["end", "nov"]),
        (asean().before(date("2025-10-01")), &["sep"]),
        (asean().through(date("2025-10-01")), &["sep", "oct"]),
        (asean().since(date("2026")), &[]),
        (asean().before(date("2025-10")).since(date("2025-10")), &[]),
        (
            asean().during(date("2025-10")).or_undated(),
            &["oct", "mid", "end", "undated"],
        ),
        (asean().since(date("2026")).or_undated(), &["undated"]),
        (asean(), &["sep", "oct", "mid", "end", "nov", "undated"]),
    ] {
        assert_eq!(ids(&searcher, &query), expected, "{query:?}");
        // The filter is the same in every order, with words and without.
        for sort in [Sort::Relevance, Sort::Newest] {
            let mut found = ids(&searcher, &query.clone().sort(sort));
            found.sort();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "{sort:?} {query:?}");
        }
    }
}

#[test]
fn sorting_goes_by_date_with_undated_documents_last() {
    let searcher = searcher(&NEWS);
    let newest = ["nov", "end", "mid", "oct", "sep", "undated"];
    assert_eq!(
        ids(&searcher, &Query::text("asean").sort(Sort::Newest)),
        newest
    );
    assert_eq!(ids(&searcher, &Query::text("")), newest);
    assert_eq!(
        ids(&searcher, &Query::text(" ").sort(Sort::Relevance).limit(2)),
        newest[..2]
    );
    let oldest = ["sep", "oct", "mid", "end", "nov", "undated"];
    assert_eq!(ids(&searcher, &Query::text("").sort(Sort::Oldest)), oldest);
    assert_eq!(
        ids(&searcher, &Query::text("").sort(Sort::Oldest).limit(2)),
        oldest[..2]
    );
}

#[test]
fn pages_neither_repeat_nor_skip() {
    let searcher = searcher(&NEWS);
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        for text in ["", "asean hà nội"] {
            let query = Query::text(text).sort(sort);
            let whole = ids(&searcher, &query);
            assert_eq!(whole.len(), 6);
            let pages: Vec<_> = (0..4)
                .flat_map(|page| ids(&searcher, &query.clone().offset(2 * page).limit(2)))
                .collect();
            assert_eq!(pages, whole);
            for (offset, limit, expected) in [
                (6, 10, 0),
                (0, 0, 0),
                (5, usize::MAX, 1),
                (usize::MAX, usize::MAX, 0),
            ] {
                let query = query.clone().offset(offset).limit(limit);
                assert_eq!(ids(&searcher, &query).len(), expected);
            }
        }
    }
}

#[test]
fn languages_are_any_of_those_given() {
    let searcher = searcher(&[
        ("th", "", "รัฐมนตรีว่าการกระทรวงการต่างประเทศลาว"),
        ("lo", "", "ກະຊວງການຕ່າງປະເທດລາວ"),
        (
            "en",
            "",
            "The ministers agreed to continue strengthening the partnership of Laos and Thailand.",
        ),
    ]);
    let found = |languages: &[Language]| {
        let query = Query::text("");
        let mut ids = ids(
            &searcher,
            &languages.iter().fold(query, |q, l| q.language(*l)),
        );
        ids.sort();
        ids
    };
    assert_eq!(found(&[Language::THAI]), ["th"]);
    assert_eq!(found(&[Language::LAO, Language::ENGLISH]), ["en", "lo"]);
    assert_eq!(found(&[Language::KHMER]), [""; 0]);
    assert_eq!(found(&[]), ["en", "lo", "th"]);
}

#[test]
fn accents_cost_nothing_when_left_out_and_help_when_typed() {
    let searcher = searcher(&[("lê", "", "Ông Lê đến thăm"), ("lề", "", "Ông lề đến thăm")]);
    assert_eq!(ids(&searcher, &Query::text("le")).len(), 2);
    for exact in ["lê", "lề"] {
        let found = ids(&searcher, &Query::text(exact));
        assert_eq!((found.len(), found[0].as_str()), (2, exact));
    }
}

#[test]
fn joined_and_parted_spellings_find_each_other() {
    let searcher = searcher(&[
        ("parted", "", "Quan hệ Việt Nam và Lào"),
        ("joined", "", "Relations of Vietnam and Laos"),
        ("neither", "", "Relations of Thailand and Laos"),
    ]);
    for text in ["vietnam", "viet nam", "Việt Nam"] {
        let mut found = ids(&searcher, &Query::text(text));
        found.sort();
        assert_eq!(found, ["joined", "parted"], "{text}");
    }
}

#[test]
fn phrases_are_words_side_by_side_in_any_script() {
    let searcher = searcher(&[
        ("vi", "", "Bộ trưởng Ngoại giao Thái Lan"),
        ("mixed up", "", "Ngoại giao: trưởng Bộ"),
        ("th", "", "รัฐมนตรีว่าการกระทรวงการต่างประเทศ"),
        ("zh", "", "国务院总理出席东盟峰会"),
        ("zh mixed up", "", "出席总理"),
    ]);
    for (text, expected) in [
        ("bo truong ngoai giao", ["vi"].as_slice()),
        ("giao thai", &["vi"]),
        ("ngoai giao", &["mixed up", "vi"]),
        ("กระทรวงการต่างประเทศ", &["th"]),
        ("总理出席", &["zh"]),
        ("出席总理", &["zh mixed up"]),
        ("trưởng", &["mixed up", "vi"]),
        ("truong bo truong", &[]),
    ] {
        let mut found = ids(&searcher, &Query::phrase(text));
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn words_are_found_in_longer_words_and_longer_words_in_their_parts() {
    let searcher = searcher(&[
        ("colour", "", "รถสีแดงจอดอยู่"),
        ("meal", "", "เขากินข้าวแล้ว"),
        ("sugar", "", "ราคาน้ำตาลทราย"),
    ]);
    for (text, id) in [
        ("สีแดง", "colour"),
        ("แดง", "colour"),
        ("กิน", "meal"),
        ("กินข้าว", "meal"),
        ("น้ำตาล", "sugar"),
        ("ทราย", "sugar"),
    ] {
        assert_eq!(ids(&searcher, &Query::text(text))[0], id, "{text}");
        assert_eq!(ids(&searcher, &Query::phrase(text)), [id], "{text}");
    }
    // Half a syllable is no part of a word.
    assert!(ids(&searcher, &Query::phrase("ดง")).is_empty());
}

#[test]
fn user_words_belong_to_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let words = UserWords::parse("ชิมช้อปใช้\n").unwrap();
    let options = || Index::options().user_words(words.clone());
    let index = options().create(folder.path()).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let document = Document::new("a").body("โครงการชิมช้อปใช้ของรัฐบาล");
    writer.upsert(document).unwrap();
    writer.commit().unwrap();
    drop((writer, index));

    let index = Index::open(folder.path()).unwrap();
    let searcher = Searcher::new(&index);
    assert_eq!(ids(&searcher, &Query::text("ชิมช้อปใช้")), ["a"]);
    assert!(ids(&searcher, &Query::text("ช้อป")).is_empty());
    // Opened with other words it would be searched with another analyzer than it was written with.
    drop((searcher, index));
    let others = UserWords::parse("ไทยชนะ\n").unwrap();
    let other = Index::options()
        .user_words(others)
        .open_or_create(folder.path());
    assert!(other.unwrap_err().is_other_version());
    assert!(options().open_or_create(folder.path()).is_ok());
}

#[test]
fn no_phrase_spans_title_and_body() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    writer
        .upsert(Document::new("a").title("Hà").body("Nội"))
        .unwrap();
    writer.commit().unwrap();
    let searcher = Searcher::new(&index);
    assert_eq!(ids(&searcher, &Query::text("ha noi")).len(), 1);
    assert_eq!(ids(&searcher, &Query::phrase("ha noi")).len(), 0);
}

#[test]
fn a_query_without_words_finds_nothing_and_a_blank_one_everything() {
    let searcher = searcher(&NEWS);
    for text in ["!?", "…“”", "🙂", "-"] {
        assert_eq!(ids(&searcher, &Query::text(text)), [""; 0], "{text}");
        assert_eq!(ids(&searcher, &Query::phrase(text)), [""; 0], "{text}");
    }
    assert_eq!(ids(&searcher, &Query::text("\n\u{3000}")).len(), 6);
    assert_eq!(ids(&searcher, &Query::text("zzzz")), [""; 0]);
}

#[test]
fn a_query_of_a_megabyte_is_refused_and_a_long_one_answered() {
    let searcher = searcher(&NEWS);
    let error = searcher
        .search(&Query::text("hà nội ".repeat(120_000)))
        .unwrap_err();
    assert!(error.is_invalid_query());
    assert!(error.to_string().contains("16384"), "{error}");
    assert!(
        searcher
            .highlighter(&Query::text("x".repeat(1 << 20)))
            .is_err()
    );
    let long: String = (0..1500).map(|n| format!("asean{n} ")).collect();
    assert_eq!(ids(&searcher, &Query::text(long + "hanoi")).len(), 6);
}

#[test]
fn reversed_dates_are_refused() {
    let searcher = searcher(&NEWS);
    for query in [
        Query::text("").since(date("2026")).before(date("2025")),
        Query::text("").since(date("2026")).through(date("2025")),
    ] {
        let error = searcher.search(&query).unwrap_err();
        assert!(error.is_invalid_query());
        assert!(
            error.to_string().contains("(2025) before it starts (2026)"),
            "{error}"
        );
    }
}

#[test]
fn a_deadline_stops_a_search_with_an_error() {
    let searcher = searcher(&NEWS);
    for query in [
        Query::text("asean"),
        Query::text(""),
        Query::phrase("hà nội"),
    ] {
        for sort in [Sort::Relevance, Sort::Oldest] {
            let query = query.clone().sort(sort);
            let error = searcher
                .search(&query.clone().deadline(Duration::ZERO))
                .unwrap_err();
            assert!(error.is_deadline_exceeded());
            let query = query.deadline(Duration::from_secs(60));
            assert!(!searcher.search(&query).unwrap().hits.is_empty());
        }
    }
}

#[test]
fn an_empty_index_has_no_hits() {
    let searcher = searcher(&[]);
    for query in [
        Query::text(""),
        Query::text("a"),
        Query::text("").during(date("2025")),
    ] {
        assert_eq!(ids(&searcher, &query), [""; 0]);
    }
}

#[test]
fn searchers_follow_commits_and_serve_many_threads() {
    let index = Index::in_memory().unwrap();
    let searcher = Searcher::new(&index);
    let mut writer = Writer::new(&index).unwrap();
    writer.upsert(Document::new("a").body("Hà Nội")).unwrap();
    assert_eq!(ids(&searcher, &Query::text("ha noi")), [""; 0]);
    writer.commit().unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(ids(&searcher, &Query::text("ha noi")), ["a"]));
        }
    });
    writer.delete("a");
    writer.commit().unwrap();
    assert_eq!(ids(&searcher, &Query::text("ha noi")), [""; 0]);
}

/// Thousands of documents, so that postings have many blocks and seeking within them counts.
#[test]
fn a_date_range_of_a_large_index_gives_what_the_whole_gives() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let day = |n: i64| mekong_dates::Date::from_unix_seconds(n * 86_400).unwrap();
    for n in 0..6000_i64 {
        let word = |modulus| if n % modulus == 0 { "mekong" } else { "lan" };
        let body = format!(
            "{} thương {} {}",
            word(3),
            word(7),
            ["hà nội", "asean"][n as usize % 2].repeat(1 + n as usize % 5)
        );
        let mut document = Document::new(n.to_string()).body(body);
        if n % 50 != 0 {
            document = document.date(day(n % 1000));
        }
        writer.upsert(document).unwrap();
    }
    writer.close().unwrap();
    let searcher = without_runs(Searcher::new(&index));
    for query in [
        Query::text("mekong"),
        Query::text("mekong asean lan"),
        Query::text("mekong lan thương thuong asean noi ha asean ha noi mekong thương lan"),
        Query::phrase("thương mekong"),
        Query::phrase("hà nội"),
    ] {
        let all = searcher.search(&query.clone().limit(10_000)).unwrap();
        for (from, to) in [
            (0, 1000),
            (500, 501),
            (0, 1),
            (990, 1000),
            (100, 400),
            (999, 1000),
        ] {
            let inside = |date: Option<mekong_dates::Date>| {
                date.is_some_and(|date| (day(from)..day(to)).contains(&date))
            };
            let mut expected: Vec<_> = all.hits.iter().filter(|hit| inside(hit.date())).collect();
            expected.sort_by(|a, b| b.score.total_cmp(&a.score));
            let filtered = query.clone().since(day(from)).before(day(to));
            let found = searcher.search(&filtered.clone().limit(10_000)).unwrap();
            assert_eq!(found.hits.len(), expected.len(), "{query:?} {from}..{to}");
            let top = searcher.search(&filtered.limit(10)).unwrap();
            for (found, expected) in top.hits.iter().zip(expected) {
                assert!(
                    (found.score - expected.score).abs() < 1e-3,
                    "{query:?} {from}..{to}"
                );
                assert!(inside(found.date()));
            }
        }
    }
}

const WORDS: [&str; 8] = [
    "Hà Nội",
    "Việt Nam",
    "Lào",
    "asean",
    "กระทรวง",
    "การต่างประเทศ",
    "東京都",
    "trade",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A date filter is a range of document numbers, looked up and bounded in several places; the
    /// plain truth is the unfiltered answer, filtered.
    #[test]
    fn a_filtered_search_is_the_unfiltered_one_filtered(
        documents in proptest::collection::vec(
            (proptest::option::weighted(0.8, 0_i64..40), proptest::collection::vec(0..8_usize, 1..6)),
            1..60,
        ),
        commit_every in 1..30_usize,
        words in proptest::collection::vec(0..8_usize, 0..6),
        bounds in (proptest::option::of(0_i64..42), proptest::option::of(0_i64..42)),
        undated: bool,
        limit in 1..12_usize,
    ) {
        let day = |n: i64| mekong_dates::Date::from_unix_seconds(n * 86_400).unwrap();
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::new(&index).unwrap();
        for (n, (date, text)) in documents.iter().enumerate() {
            let body: Vec<_> = text.iter().map(|&word| WORDS[word]).collect();
            let mut document = Document::new(n.to_string()).body(body.join(" "));
            document.date = date.map(day);
            writer.upsert(document).unwrap();
            if n % commit_every == 0 {
                writer.commit().unwrap();
            }
        }
        // Deleted documents must not come back, whatever path finds them.
        writer.delete("0");
        writer.close().unwrap();
        let searcher = without_runs(Searcher::new(&index));
        let text: Vec<_> = words.iter().map(|&word| WORDS[word]).collect();
        let all = Query::text(text.join(" ")).limit(1000);
        let (start, end) = match bounds {
            (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
            bounds => bounds,
        };
        let mut filtered = all.clone();
        if let Some(start) = start {
            filtered = filtered.since(day(start));
        }
        if let Some(end) = end {
            filtered = filtered.before(day(end));
        }
        if undated {
            filtered = filtered.or_undated();
        }
        let is_filtered = start.is_some() || end.is_some();
        let passes = |date: Option<mekong_dates::Date>| match date {
            Some(date) => {
                let n = date.start() / 86_400;
                start.is_none_or(|start| start <= n) && end.is_none_or(|end| n < end)
            }
            None => undated || !is_filtered,
        };
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let key = |query: Query| -> Vec<(String, i64)> {
                searcher.search(&query.sort(sort)).unwrap().hits.iter()
                    .map(|hit| (hit.id().to_owned(), (hit.score * 1e3) as i64)).collect()
            };
            let mut whole = searcher.search(&all.clone().sort(sort)).unwrap().hits;
            whole.retain(|hit| passes(hit.date()));
            prop_assert!(whole.iter().all(|hit| hit.id() != "0"));
            let mut expected: Vec<_> = whole.iter()
                .map(|hit| (hit.id().to_owned(), (hit.score * 1e3) as i64)).collect();
            let mut found = key(filtered.clone());
            let scores = |hits: &[(String, i64)]| hits.iter().map(|(_, score)| *score).collect::<Vec<_>>();
            if sort == Sort::Relevance {
                // Ties may come in any order.
                let top = scores(&key(filtered.clone().limit(limit)));
                prop_assert_eq!(&top[..], &scores(&expected)[..limit.min(expected.len())]);
                expected.sort();
                found.sort();
            }
            prop_assert_eq!(found, expected, "{:?}", sort);
        }
    }
}
