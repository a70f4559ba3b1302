//! Pages, snapshots, counts, and scores that decay with age.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::Duration;

use mekong_core::{Document, Index, Language};
use mekong_dates::Date;
use mekong_ingest::Writer;
use mekong_query::{Count, Cursor, Facet, Filter, Query, Results, Searcher, Sort, Total, Weights};
use proptest::prelude::*;

const DAY: u64 = 86_400;

fn days(count: u64) -> Duration {
    Duration::from_secs(count * DAY)
}

fn day(number: i64) -> Date {
    Date::from_unix_seconds(number * DAY as i64).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn recent(half_life: Duration) -> Sort {
    Sort::Recent { half_life }
}

fn sorts() -> [Sort; 4] {
    [Sort::Relevance, Sort::Newest, Sort::Oldest, recent(days(2))]
}

/// An index of documents of an id, a date (or none) and a text, and its writer.
fn index(documents: &[(&str, &str, &str)]) -> (Index, Writer) {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, date, body) in documents {
        let mut document = Document::new(*id).body(*body);
        document.date = (!date.is_empty()).then(|| date.parse().unwrap());
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    (index, writer)
}

fn searcher(documents: &[(&str, &str, &str)]) -> Searcher {
    Searcher::new(&index(documents).0)
}

/// The same without the look at runs, so that a score does not depend on the rank.
fn without_runs(searcher: &Searcher) -> Searcher {
    let mut weights = Weights::default();
    weights.run = 0.0;
    searcher.clone().with_weights(weights).unwrap()
}

/// Numbers below what is asked for, the same ones each time (Knuth's MMIX generator).
fn random() -> impl FnMut(u64) -> u64 {
    let mut state = 1_u64;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    }
}

fn ids_of(results: &Results) -> Vec<String> {
    results.hits.iter().map(|hit| hit.id().to_owned()).collect()
}

fn ids(searcher: &Searcher, query: &Query) -> Vec<String> {
    ids_of(&searcher.search(query).unwrap())
}

/// The hits of all pages; the sizes are those of the pages, round and round.
fn pages(searcher: &Searcher, query: &Query, sizes: &[usize]) -> Vec<(String, f32)> {
    let mut all = Vec::new();
    let mut query = query.clone();
    for &size in sizes.iter().cycle() {
        let page = searcher.search(&query.clone().limit(size)).unwrap();
        assert!(page.hits.len() <= size);
        all.extend(page.hits.iter().map(|hit| (hit.id().to_owned(), hit.score)));
        let Some(next) = page.next else { break };
        assert_eq!(page.hits.len(), size, "a page before the last one is full");
        query = query.after(next);
    }
    all
}

fn whole(searcher: &Searcher, query: &Query) -> Vec<(String, f32)> {
    pages(searcher, query, &[usize::MAX])
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
fn a_cursor_goes_on_where_a_page_ended_in_every_order() {
    let searcher = searcher(&NEWS);
    let newest = ["nov", "end", "mid", "oct", "sep", "undated"];
    let oldest = ["sep", "oct", "mid", "end", "nov", "undated"];
    for (sort, expected) in [(Sort::Newest, newest), (Sort::Oldest, oldest)] {
        for text in ["", "asean"] {
            let query = Query::text(text).sort(sort).limit(4);
            let first = searcher.search(&query).unwrap();
            assert_eq!(ids_of(&first), expected[..4]);
            let second = query.after(first.next.unwrap());
            let second = searcher.search(&second).unwrap();
            assert_eq!(ids_of(&second), expected[4..]);
            assert_eq!(second.next, None);
        }
    }
    for sort in sorts() {
        for text in ["", "asean", "asean hà nội"] {
            let query = Query::text(text).sort(sort);
            let whole = whole(&searcher, &query);
            assert_eq!(whole.len(), 6);
            for size in 1..=7 {
                assert_eq!(pages(&searcher, &query, &[size]), whole, "{sort:?} {text}");
            }
        }
    }
}

#[test]
fn the_last_page_has_no_next_even_when_it_is_full() {
    let searcher = searcher(&NEWS);
    for sort in sorts() {
        let query = Query::text("asean").sort(sort);
        let next = |limit| searcher.search(&query.clone().limit(limit)).unwrap().next;
        assert!(next(5).is_some());
        assert_eq!(next(6), None);
        assert_eq!(next(usize::MAX), None);
        assert_eq!(next(0), None);
        let last = query.clone().offset(4).limit(2);
        assert_eq!(searcher.search(&last).unwrap().next, None);
    }
}

#[test]
fn an_offset_counts_from_the_cursor() {
    let searcher = searcher(&NEWS);
    for sort in sorts() {
        let query = Query::text("hà nội").sort(sort).limit(2);
        let whole = ids(&searcher, &query.clone().limit(6));
        let next = searcher.search(&query).unwrap().next.unwrap();
        let skipped = query.clone().after(next).offset(1);
        assert_eq!(ids(&searcher, &skipped), whole[3..5], "{sort:?}");
        let beyond = query.after(next).offset(usize::MAX);
        assert_eq!(ids(&searcher, &beyond), [""; 0]);
    }
}

#[test]
fn a_cursor_is_a_short_text_that_fits_into_a_link() {
    let searcher = searcher(&NEWS);
    let query = Query::text("asean").limit(2);
    let cursor = searcher.search(&query).unwrap().next.unwrap();
    let text = cursor.to_string();
    assert!(text.len() <= 90, "{text}");
    assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    assert_eq!(text.parse::<Cursor>().unwrap(), cursor);
    let json = serde_json::to_string(&cursor).unwrap();
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);

    for wrong in [
        String::new(),
        "2".to_owned(),
        "page 2".to_owned(),
        text[1..text.len() - 1].replace('-', ""),
        text.to_uppercase() + "F",
        format!("{text}-0"),
        format!("+{text}"),
        format!("0{text}"),
        format!("{text} "),
        "ố".repeat(1000),
    ] {
        let error = wrong.parse::<Cursor>().unwrap_err();
        assert!(error.is_invalid_cursor(), "{wrong}");
        assert!(error.to_string().contains("is no cursor"), "{error}");
        assert!(error.to_string().len() < 500);
        assert!(serde_json::from_str::<Cursor>(&format!("{wrong:?}")).is_err());
    }
}

#[test]
fn a_cursor_that_somebody_made_up_does_no_harm() {
    let searcher = searcher(&NEWS);
    for sort in sorts() {
        let query = Query::text("asean").sort(sort).limit(2);
        let cursor = searcher.search(&query).unwrap().next.unwrap().to_string();
        let parts: Vec<&str> = cursor.split('-').collect();
        for place in 2..6 {
            for number in [
                "0",
                "5",
                "64",
                "ffffffff",
                "7ff8000000000000",
                "ffffffffffffffff",
            ] {
                let mut parts = parts.clone();
                parts[place] = number;
                let Ok(cursor) = parts.join("-").parse::<Cursor>() else {
                    continue;
                };
                match searcher.search(&query.clone().after(cursor)) {
                    Ok(results) => assert!(results.hits.len() <= 2),
                    Err(error) => assert!(error.is_invalid_cursor(), "{error}"),
                }
            }
        }
    }
}

#[test]
fn a_snapshot_stays_as_it_is_while_the_index_changes() {
    let (index, mut writer) = index(&NEWS);
    let searcher = Searcher::new(&index);
    let snapshot = searcher.snapshot();
    for sort in sorts() {
        let query = Query::text("asean").sort(sort).limit(2);
        let whole = ids(&snapshot, &query.clone().limit(100));
        assert_eq!(whole.len(), 6);
        let first = snapshot.search(&query).unwrap();

        // Documents come, change and go between two pages.
        let new = format!("new {sort:?}");
        writer
            .upsert(Document::new(new).date(date("2025-10-20")).body("ASEAN"))
            .unwrap();
        writer
            .upsert(Document::new("mid").body("nothing of it"))
            .unwrap();
        writer.delete("oct");
        writer.commit().unwrap();

        let second = snapshot.search(&query.clone().after(first.next.unwrap()));
        let second = second.unwrap();
        let third = snapshot.search(&query.clone().after(second.next.unwrap()));
        let found = [first.clone(), second, third.unwrap()].map(|page| ids_of(&page));
        assert_eq!(found.concat(), whole, "{sort:?}");
        assert_eq!(
            ids(&snapshot.clone().snapshot(), &query.clone().limit(100)),
            whole
        );

        // Who follows the index is told.
        let error = searcher.search(&query.clone().after(first.next.unwrap()));
        let error = error.unwrap_err();
        assert!(error.is_stale_cursor() && !error.is_invalid_cursor());
        assert!(error.to_string().contains("another state of the index"));
        assert!(!ids(&searcher, &query.limit(100)).contains(&"oct".to_owned()));
    }
    assert!(
        snapshot
            .explain(&Query::text("asean"), "oct")
            .unwrap()
            .is_some()
    );
    assert!(
        searcher
            .explain(&Query::text("asean"), "oct")
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_cursor_is_good_for_all_searchers_of_one_state() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, _, body) in NEWS {
        writer.upsert(Document::new(id).body(body)).unwrap();
    }
    writer.close().unwrap();
    let query = Query::text("asean").limit(4);
    let first = Searcher::new(&index).search(&query).unwrap();
    let link = first.next.unwrap().to_string();
    drop(index);
    // Another process, later.
    let searcher = Searcher::new(&Index::open(folder.path()).unwrap());
    let second = query.clone().after(link.parse().unwrap());
    let found = [ids_of(&first), ids(&searcher, &second)].concat();
    assert_eq!(found, ids(&searcher, &query.limit(100)));
    assert_eq!(found.len(), 6);
}

#[test]
fn pages_of_a_snapshot_are_whole_while_another_thread_writes_and_merges() {
    let (index, mut writer) = index(&[]);
    let body = |n: u32| format!("asean {}", ["hà nội", "lào", "asean asean"][n as usize % 3]);
    for n in 0..200 {
        let document = Document::new(n.to_string())
            .body(body(n))
            .date(day(n.into()));
        writer.upsert(document).unwrap();
        if n % 40 == 0 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    let snapshot = Searcher::new(&index).snapshot();
    thread::scope(|scope| {
        scope.spawn(move || {
            for n in 100..400_u32 {
                writer
                    .upsert(Document::new(n.to_string()).body(body(n + 1)))
                    .unwrap();
                if n % 10 == 0 {
                    writer.commit().unwrap();
                }
            }
            // Merges are awaited.
            writer.close().unwrap();
        });
        for sort in sorts() {
            let query = Query::text("asean lào").sort(sort);
            let found = pages(&snapshot, &query, &[7]);
            let distinct: BTreeSet<_> = found.iter().map(|(id, _)| id.clone()).collect();
            let expected: BTreeSet<_> = (0..200).map(|n| n.to_string()).collect();
            assert_eq!((found.len(), distinct), (200, expected), "{sort:?}");
        }
    });
}

#[test]
fn a_cursor_belongs_to_its_query() {
    let searcher = searcher(&NEWS);
    let query = Query::text("asean").limit(2);
    let next = searcher.search(&query).unwrap().next.unwrap();
    for other in [
        Query::text("hà nội"),
        Query::phrase("asean"),
        query.clone().since(date("2025")),
        query.clone().or_undated(),
        query.clone().language(Language::VIETNAMESE),
        query.clone().filter(Filter::source().is("A")),
        query.clone().sort(Sort::Newest),
        query.clone().sort(recent(days(1))),
    ] {
        let error = searcher.search(&other.clone().after(next)).unwrap_err();
        assert!(error.is_invalid_cursor() && !error.is_stale_cursor());
        assert!(error.to_string().contains("another query"), "{error}");
    }
    let error = without_runs(&searcher).search(&query.clone().after(next));
    assert!(error.unwrap_err().is_invalid_cursor());
    // What has no say in the order may change.
    let page = query
        .after(next)
        .limit(3)
        .offset(1)
        .count(Count::Exact)
        .facet(Facet::language())
        .deadline(Duration::from_secs(60));
    let page = searcher.search(&page).unwrap();
    assert_eq!((page.hits.len(), page.total), (3, Some(Total::Exact(6))));
    assert_eq!(page.next, None);
}

#[test]
fn documents_are_counted_when_asked_for_exactly_or_up_to_a_number() {
    let (index, mut writer) = index(&NEWS);
    let searcher = Searcher::new(&index);
    let total = |query: &Query, count| {
        let query = query.clone().count(count);
        searcher.search(&query).unwrap().total
    };
    let everything = Query::text("");
    assert_eq!(searcher.search(&everything).unwrap().total, None);
    assert_eq!(total(&everything, Count::None), None);
    for (query, number) in [
        (everything.clone(), 6),
        (Query::text("asean"), 6),
        (Query::text("asean").limit(0), 6),
        (Query::text("asean").offset(100), 6),
        (Query::text("asean").limit(1).sort(Sort::Oldest), 6),
        (Query::text("lào"), 0),
        (Query::text("?!"), 0),
        (Query::phrase("hà nội"), 6),
        (Query::phrase("nội hà"), 0),
        (Query::text("").during(date("2025-10")), 3),
        (Query::text("asean").during(date("2025-10")), 3),
        (Query::text("").during(date("2025-10")).or_undated(), 4),
        (Query::text("asean").language(Language::THAI), 0),
    ] {
        assert_eq!(
            total(&query, Count::Exact),
            Some(Total::Exact(number)),
            "{query:?}"
        );
        for most in 0..8 {
            let expected = if number > most {
                Total::AtLeast(most)
            } else {
                Total::Exact(number)
            };
            assert_eq!(
                total(&query, Count::UpTo(most)),
                Some(expected),
                "{query:?}"
            );
            // Facets are counted in the same pass.
            let query = query.clone().facet(Facet::language());
            assert_eq!(
                total(&query, Count::UpTo(most)),
                Some(expected),
                "{query:?}"
            );
        }
        assert_eq!(
            total(&query, Count::UpTo(u64::MAX)),
            Some(Total::Exact(number))
        );
    }
    let total = total(&everything, Count::UpTo(2)).unwrap();
    assert!(!total.is_exact() && total.number() == 2);

    writer.delete("mid");
    writer.delete("undated");
    writer.commit().unwrap();
    for (query, number) in [
        (Query::text(""), 4),
        (Query::text("asean"), 4),
        (Query::text("").during(date("2025-10")), 2),
        (Query::phrase("hà nội").during(date("2025-10")), 2),
    ] {
        let results = searcher.search(&query.count(Count::Exact)).unwrap();
        assert_eq!(results.total, Some(Total::Exact(number)));
        assert_eq!(results.hits.len() as u64, number);
    }
}

#[test]
fn a_score_halves_with_each_half_life() {
    let searcher = searcher(&NEWS);
    let query = Query::text("asean");
    let scores = |query: &Query| -> Vec<(String, f32)> { whole(&searcher, query) };
    let plain = scores(&query)[0].1;
    assert!(plain > 0.0);
    // From the newest document, whose day is 1 November, to 1 October: 31 days.
    let found = scores(&query.clone().sort(recent(days(31))));
    let expected = ["nov", "end", "mid", "oct", "sep", "undated"];
    for ((id, score), (expected, age)) in
        found.iter().zip(
            expected
                .iter()
                .zip([0.0, 1.0 / DAY as f32, 16.5, 31.0, 32.0, 32.0]),
        )
    {
        assert_eq!(id, expected);
        let expected = plain * (-age / 31.0).exp2();
        assert!((score - expected).abs() < 1e-4, "{id}: {score} {expected}");
    }
    // From the end of a month: what is dated later is as good as new.
    let query = query.sort(recent(days(31)));
    let found = scores(&query.clone().as_of(date("2025-09")));
    for (id, score) in &found {
        let expected = match id.as_str() {
            "sep" | "undated" => plain * (-1.0_f32 / 31.0).exp2(),
            _ => plain,
        };
        assert!((score - expected).abs() < 1e-4, "{id}: {score} {expected}");
    }
    // In another order than that nothing of it counts.
    let found = scores(&Query::text("asean").as_of(date("2025-09")));
    assert!(found.iter().all(|(_, score)| *score == plain));
}

#[test]
fn a_better_match_makes_up_for_some_age() {
    let searcher = searcher(&[
        ("old and good", "2025-01-01", "Thủ tướng Lào thăm Hà Nội"),
        ("new and poor", "2025-03-01", "Giá cà phê tại Hà Nội tăng"),
        ("none of it", "2025-03-02", "Giá cà phê tăng"),
    ]);
    let query = Query::text("thủ tướng lào hà nội");
    let long = ids(&searcher, &query.clone().sort(recent(days(365))));
    assert_eq!(long, ["old and good", "new and poor"]);
    let short = ids(&searcher, &query.clone().sort(recent(days(3))));
    assert_eq!(short, ["new and poor", "old and good"]);
    // Without words the newest is first.
    let blank = Query::text("").sort(recent(days(3)));
    assert_eq!(ids(&searcher, &blank)[0], "none of it");
}

/// Scores too small for a number are still in order.
#[test]
fn documents_of_a_hundred_years_ago_are_in_order_with_a_half_life_of_an_hour() {
    let searcher = searcher(&[
        ("1925 good", "1925-05-01", "asean lào asean lào"),
        (
            "1925 poor",
            "1925-05-01",
            "asean và các nước khác trên thế giới",
        ),
        ("1926", "1926-05-01", "asean và các nước khác trên thế giới"),
        ("2999", "2999-01-01", "asean và các nước khác trên thế giới"),
        ("other", "2025-01-01", "giá cà phê"),
    ]);
    let query = Query::text("asean lào").sort(recent(Duration::from_secs(3600)));
    let expected = ["2999", "1926", "1925 good", "1925 poor"];
    assert_eq!(ids(&searcher, &query), expected);
    assert_eq!(ids(&searcher, &query.clone().as_of(date("2025"))), expected);
    let found: Vec<_> = pages(&searcher, &query, &[1]);
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|(_, score)| score.is_finite()));
    // The shortest and the longest.
    for half_life in [Duration::from_nanos(1), Duration::MAX] {
        assert_eq!(
            ids(&searcher, &query.clone().sort(recent(half_life))).len(),
            4
        );
    }
    let error = searcher.search(&query.sort(recent(Duration::ZERO)));
    let error = error.unwrap_err();
    assert!(error.is_invalid_query());
    assert!(error.to_string().contains("half-life"), "{error}");
}

#[test]
fn a_deadline_stops_a_page_and_a_count() {
    let searcher = searcher(&NEWS);
    for sort in sorts() {
        for text in ["asean", ""] {
            let query = Query::text(text).sort(sort).limit(2);
            let next = searcher.search(&query).unwrap().next.unwrap();
            let query = query.after(next).count(Count::Exact);
            let error = searcher.search(&query.clone().deadline(Duration::ZERO));
            assert!(error.unwrap_err().is_deadline_exceeded());
            let query = query.deadline(Duration::from_secs(60));
            assert_eq!(searcher.search(&query).unwrap().hits.len(), 2);
        }
    }
}

/// Segments whose documents differ in length, with postings of many blocks: for the best of a block
/// the engine goes by the mean length of the segment, and may take a document for worse than it is.
#[test]
fn no_document_is_lost_where_segments_differ() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let count = 3000_u64;
    let mut next = random();
    for n in 0..count {
        // Short ones, long ones, short ones again.
        let length = [3, 60, 8][n as usize / 1000];
        let mut body = "asean ".repeat(1 + next(4) as usize);
        for _ in 0..next(length) {
            body += ["lào ", "mekong ", "giá ", "thế giới "][next(4) as usize];
        }
        let mut document = Document::new(n.to_string()).body(body);
        document.date = (n % 10 != 0).then(|| day((n % 700) as i64));
        writer.upsert(document).unwrap();
        if n % 1000 == 999 {
            writer.commit().unwrap();
        }
    }
    for n in 0..count / 10 {
        writer.delete(&(n * 7).to_string());
    }
    writer.commit().unwrap();
    let searcher = Searcher::new(&index);
    for text in ["asean", "asean mekong", "asean lào giá"] {
        for sort in [Sort::Relevance, recent(days(100))] {
            let query = Query::text(text).sort(sort);
            let whole = whole(&searcher, &query);
            for sizes in [[9, 11, 500].as_slice(), &[20, 1, 300], &[333]] {
                let found = pages(&searcher, &query, sizes);
                let distinct: BTreeSet<_> = found.iter().map(|(id, _)| id).collect();
                assert_eq!(distinct.len(), found.len());
                assert_eq!(found, whole, "{text} {sort:?} {sizes:?}");
            }
            let query = query.count(Count::Exact).limit(0);
            let total = searcher.search(&query).unwrap().total;
            assert_eq!(total, Some(Total::Exact(whole.len() as u64)));
        }
    }
}

/// The engine adds up the parts of a score in an order that depends on what it passes over.
#[test]
fn a_score_is_the_same_in_every_order_to_the_last_bit() {
    let (index, mut writer) = index(&[]);
    let words = [
        "asean",
        "mekong",
        "giá",
        "asean mekong",
        "mekong giá",
        "lào lào",
    ];
    let mut next = random();
    for n in 0..2000_u64 {
        let body: String = (0..next(8))
            .map(|_| words[next(6) as usize].to_owned() + ", ")
            .collect();
        writer
            .upsert(Document::new(n.to_string()).body(body))
            .unwrap();
    }
    writer.commit().unwrap();
    let searcher = without_runs(&Searcher::new(&index));
    for text in [
        "asean mekong",
        "mekong asean",
        "asean gia",
        "gia mekong",
        "mekong gia",
        "lao gia",
        "gia asean",
        "lao asean",
        "mekong lao",
        "lao mekong",
        "mekong",
        "gia lao",
    ] {
        let query = Query::text(text);
        let found = pages(&searcher, &query, &[15, 2000]);
        assert_eq!(found, whole(&searcher, &query), "{text}");
        // By date all matches are looked at.
        let scores: BTreeMap<_, _> = whole(&searcher, &query.sort(Sort::Newest))
            .into_iter()
            .collect();
        assert_eq!(scores.len(), found.len());
        for (id, score) in found {
            assert_eq!(score, scores[&id], "{text}: {id}");
        }
    }
}

/// A document, or what happens between two of them.
#[derive(Clone, Debug)]
enum Step {
    Upsert {
        id: u8,
        words: Vec<&'static str>,
        day: Option<i64>,
    },
    Delete(u8),
    Commit,
}

const WORDS: [&str; 5] = ["asean", "lào", "hà nội", "mekong", "vietnam"];

fn step() -> impl Strategy<Value = Step> {
    let words = proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..4);
    let day = proptest::option::weighted(0.8, 0..5_i64);
    prop_oneof![
        12 => (0..60_u8, words, day).prop_map(|(id, words, day)| Step::Upsert { id, words, day }),
        1 => (0..60_u8).prop_map(Step::Delete),
        1 => Just(Step::Commit),
    ]
}

fn built(steps: &[Step]) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for step in steps {
        match step {
            Step::Upsert { id, words, day } => {
                let mut document = Document::new(id.to_string()).body(words.join(" "));
                document.date = day.map(self::day);
                writer.upsert(document).unwrap();
            }
            Step::Delete(id) => writer.delete(&id.to_string()),
            Step::Commit => {
                writer.commit().unwrap();
            }
        }
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Many ties, several segments, deleted documents: all pages together are one big page, and
    /// that has the documents and the order of a look at each.
    #[test]
    fn pages_together_are_the_whole_answer(
        steps in proptest::collection::vec(step(), 1..120),
        sizes in proptest::collection::vec(1..30_usize, 1..4),
        from in proptest::option::of(0..5_i64),
        half_life in 1..200_u64,
    ) {
        let plain = built(&steps);
        let all = plain.search(&Query::text("").limit(1000)).unwrap().hits;
        for searcher in [plain.clone(), without_runs(&plain)] {
            for text in ["", "asean", "asean lao", "viet nam hà nội mekong lào asean"] {
                for sort in [
                    Sort::Relevance,
                    Sort::Newest,
                    Sort::Oldest,
                    recent(Duration::from_secs(half_life * 3600)),
                ] {
                    let mut query = Query::text(text).sort(sort);
                    if let Some(from) = from {
                        query = query.since(day(from)).or_undated();
                    }
                    let whole = whole(&searcher, &query);
                    prop_assert_eq!(&pages(&searcher, &query, &sizes), &whole);

                    // The documents.
                    let matches: BTreeSet<_> = all
                        .iter()
                        .filter(|hit| {
                            let body = &hit.document.body;
                            let has = |word| body.contains(word);
                            let has_word = match text {
                                "" => true,
                                "asean" => has("asean"),
                                "asean lao" => has("asean") || has("lào"),
                                _ => !body.is_empty(),
                            };
                            let since = from.map(day);
                            has_word && (hit.date().is_none() || hit.date() >= since)
                        })
                        .map(|hit| hit.id().to_owned())
                        .collect();
                    let found: BTreeSet<_> = whole.iter().map(|(id, _)| id.clone()).collect();
                    prop_assert_eq!(found.len(), whole.len());
                    prop_assert_eq!(&found, &matches);
                    let total = searcher.search(&query.clone().count(Count::Exact).limit(1));
                    let total = total.unwrap().total;
                    prop_assert_eq!(total, Some(Total::Exact(matches.len() as u64)));

                    // The order.
                    let date = |id: &str| all.iter().find(|hit| hit.id() == id).unwrap().date();
                    for pair in whole.windows(2) {
                        let [(a, better), (b, worse)] = pair else { unreachable!() };
                        let (a, b) = (date(a), date(b));
                        match sort {
                            Sort::Oldest => prop_assert!(
                                b.is_none() || a.is_some_and(|a| Some(a) <= b)
                            ),
                            Sort::Newest => prop_assert!(a >= b),
                            _ if text.is_empty() => prop_assert!(a >= b),
                            _ => {}
                        }
                        let by_score = matches!(sort, Sort::Relevance | Sort::Recent { .. });
                        // Runs are looked for in the first twenty alone.
                        if by_score && (whole.len() <= 20 || text == "asean") {
                            prop_assert!(better >= worse, "{better} {worse}");
                        }
                    }
                    for (id, score) in whole.iter().take(3) {
                        let explained = searcher.explain(&query, id).unwrap().unwrap().score;
                        let by_score = matches!(sort, Sort::Relevance | Sort::Recent { .. });
                        if by_score && !text.is_empty() {
                            prop_assert!((explained - score).abs() < 1e-4 * (1.0 + score));
                        }
                    }
                }
            }
        }
    }

    /// No text is a cursor but one that a search gave.
    #[test]
    fn any_text_is_read_as_a_cursor_or_refused(text in "\\PC*", near in "[0-9a-f-]{0,80}") {
        for text in [text, near] {
            match text.parse::<Cursor>() {
                Ok(cursor) => prop_assert_eq!(cursor.to_string(), text),
                Err(error) => prop_assert!(error.is_invalid_cursor()),
            }
        }
    }
}
