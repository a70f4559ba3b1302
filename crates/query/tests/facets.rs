//! Facets: how many of the documents that answer a query have what.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use mekong_core::{Document, Index, Language};
use mekong_dates::{Date, Period};
use mekong_ingest::Writer;
use mekong_query::{Facet, FacetCounts, FacetValue, Filter, Query, Searcher};
use serde_json::json;

/// Documents, committed a few at a time.
fn searcher(documents: impl IntoIterator<Item = Document>) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (n, document) in documents.into_iter().enumerate() {
        writer.upsert(document).unwrap();
        // Not so often that it takes long where there are many.
        if n < 12 && n % 3 == 2 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

/// The counts of the only facet of a query: `value 2, other 1; 3 others; 4 missing`.
fn counted(searcher: &Searcher, query: Query) -> String {
    let results = searcher.search(&query.limit(0)).unwrap();
    let [facet] = &*results.facets else {
        panic!("{:?}", results.facets);
    };
    written(facet)
}

fn written(counts: &FacetCounts) -> String {
    let mut text: Vec<_> = counts
        .buckets
        .iter()
        .map(|bucket| format!("{} {}", bucket.value, bucket.count))
        .collect();
    for (count, name) in [(counts.others, "others"), (counts.missing, "missing")] {
        if count > 0 {
            text.push(format!("{count} {name}"));
        }
    }
    text.join(", ")
}

fn news() -> Searcher {
    searcher([
        Document::new("a")
            .body("ASEAN họp")
            .source("VNA")
            .language(Language::VIETNAMESE)
            .meta("author", json!(["Mai", "Lan"])),
        Document::new("b")
            .body("ASEAN")
            .source("Reuters")
            .language(Language::ENGLISH)
            .meta("author", "Lan"),
        Document::new("c")
            .body("ASEAN")
            .source("VNA")
            .meta("author", json!(null)),
        Document::new("d")
            .body("APEC")
            .source("AP")
            .meta("pages", 3),
        Document::new("e").body("ASEAN").meta("pages", "3"),
        Document::new("f").body("APEC").meta("pages", 12),
    ])
}

#[test]
fn all_documents_that_answer_are_counted() {
    let searcher = news();
    for (query, facet, expected) in [
        ("", Facet::source(), "VNA 2, AP 1, Reuters 1, 2 missing"),
        ("asean", Facet::source(), "VNA 2, Reuters 1, 1 missing"),
        ("", Facet::language(), "en 1, vi 1, 4 missing"),
        // Each element of a list; `null` is no value.
        ("", Facet::key("author"), "Lan 2, Mai 1, 4 missing"),
        // A number is its text.
        ("", Facet::key("pages"), "3 2, 12 1, 3 missing"),
        ("", Facet::key("nothing"), "6 missing"),
        ("", Facet::source().limit(1), "VNA 2, 2 others, 2 missing"),
        ("", Facet::source().limit(0), "3 others, 2 missing"),
        // What finds nothing, and what cannot.
        ("xyz", Facet::source(), ""),
        ("?!", Facet::source(), ""),
    ] {
        let query = Query::text(query).facet(facet.clone());
        assert_eq!(counted(&searcher, query), expected, "{facet:?}");
    }
}

#[test]
fn facets_count_what_passes_the_filters_whatever_the_page() {
    let searcher = news();
    let query = Query::text("asean")
        .source("VNA")
        .filter(Filter::key("author").exists())
        .facet(Facet::source())
        .facet(Facet::key("author"));
    for query in [query.clone(), query.clone().limit(1), query.offset(5)] {
        let results = searcher.search(&query).unwrap();
        let facets: Vec<_> = results.facets.iter().map(written).collect();
        assert_eq!(facets, ["VNA 2", "Lan 1, Mai 1, 1 missing"]);
        assert_eq!(results.facets[1].facet, Facet::key("author"));
    }
    assert!(searcher.search(&Query::text("")).unwrap().facets.is_empty());
}

#[test]
fn documents_that_are_gone_are_not_counted() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, source) in [("a", "VNA"), ("b", "VNA"), ("c", "AP")] {
        writer.upsert(Document::new(id).source(source)).unwrap();
    }
    writer.commit().unwrap();
    writer.upsert(Document::new("a").source("Reuters")).unwrap();
    writer.delete("c");
    writer.commit().unwrap();
    let searcher = Searcher::new(&index);
    let query = Query::text("").facet(Facet::source());
    assert_eq!(counted(&searcher, query), "Reuters 1, VNA 1");
}

fn dated() -> Searcher {
    let dates = [
        "2024-12-29",
        "2024-12-30",
        "2024-12-31T16:59:59Z",
        "2024-12-31T17:00:00Z",
        "2025-01-01",
        "2025-01-05",
        "2025-01-06",
        "2025-03",
        "2025-04-01T00:00:00Z",
        "2025",
        "",
    ];
    searcher(dates.into_iter().enumerate().map(|(n, date)| {
        let document = Document::new(n.to_string()).body("ASEAN");
        match date {
            "" => document,
            date => document.date(date.parse().unwrap()),
        }
    }))
}

#[test]
fn periods_are_those_of_the_calendar() {
    let searcher = dated();
    for (period, expected) in [
        (
            Period::Day,
            "2024-12-29 1, 2024-12-30 1, 2024-12-31 2, 2025-01-01 2, 2025-01-05 1, \
             2025-01-06 1, 2025-03-01 1, 2025-04-01 1, 1 missing",
        ),
        // Weeks begin on Mondays, across the year.
        (
            Period::Week,
            "2024-12-23 1, 2024-12-30 6, 2025-01-06 1, 2025-02-24 1, 2025-03-31 1, 1 missing",
        ),
        (
            Period::Month,
            "2024-12-01 4, 2025-01-01 4, 2025-03-01 1, 2025-04-01 1, 1 missing",
        ),
        (
            Period::Quarter,
            "2024-10-01 4, 2025-01-01 5, 2025-04-01 1, 1 missing",
        ),
        (Period::Year, "2024-01-01 4, 2025-01-01 6, 1 missing"),
    ] {
        let query = Query::text("").facet(Facet::dates(period));
        assert_eq!(counted(&searcher, query), expected, "{period}");
        let query = Query::text("asean").facet(Facet::dates(period).limit(1));
        assert_eq!(counted(&searcher, query), expected, "{period}");
    }
}

#[test]
fn a_day_is_counted_where_it_is_a_day() {
    let searcher = dated();
    let query = Query::text("").zone("Asia/Ho_Chi_Minh".parse().unwrap());
    let days = query.clone().facet(Facet::dates(Period::Day));
    assert_eq!(
        counted(&searcher, days),
        "2024-12-29 1, 2024-12-30 1, 2024-12-31 1, 2025-01-01 3, 2025-01-05 1, \
         2025-01-06 1, 2025-03-01 1, 2025-04-01 1, 1 missing"
    );
    let years = query.clone().facet(Facet::dates(Period::Year));
    assert_eq!(
        counted(&searcher, years),
        "2024-01-01 3, 2025-01-01 7, 1 missing"
    );
}

/// Also where the clock is changed: at midnight, past it, or by a whole day.
#[test]
fn a_bucket_is_found_by_its_ends() {
    let changes = [
        "2010-11-07T02:31:00Z",
        "2024-03-30T22:00:00Z",
        "2011-12-30T10:00:00Z",
    ];
    let near = changes.iter().flat_map(|change| {
        let change: Date = change.parse().unwrap();
        (-6..6).map(move |n| Date::from_unix_seconds(change.start() + n * 1800).unwrap())
    });
    let days = [
        "2010-11-06",
        "2010-11-07",
        "2024-03-31",
        "2011-12-30",
        "2011-12-31",
    ];
    let dates = days.iter().map(|day| day.parse().unwrap()).chain(near);
    let document = |(n, date): (usize, Date)| Document::new(n.to_string()).date(date);
    let searcher = searcher(dates.enumerate().map(document));
    for zone in [
        "UTC",
        "Asia/Ho_Chi_Minh",
        "America/St_Johns",
        "Asia/Beirut",
        "Pacific/Apia",
    ] {
        for period in Period::ALL {
            let query = Query::text("").zone(zone.parse().unwrap()).limit(100);
            let facets = query.clone().facet(Facet::dates(period));
            let results = searcher.search(&facets).unwrap();
            let buckets = &results.facets[0].buckets;
            let counted: u64 = buckets.iter().map(|bucket| bucket.count).sum();
            assert_eq!(counted, results.hits.len() as u64);
            for bucket in buckets {
                let FacetValue::Dates { first, last } = bucket.value else {
                    panic!("{bucket:?}");
                };
                let of_bucket = query.clone().since(first).through(last);
                let found = searcher.search(&of_bucket).unwrap().hits.len();
                assert_eq!(found as u64, bucket.count, "{zone} {bucket:?}");
            }
        }
    }
}

#[test]
fn a_facet_of_what_is_not_indexed_is_refused() {
    let facet = Facet::key("k".repeat(257));
    let error = news().search(&Query::text("").facet(facet)).unwrap_err();
    assert!(error.is_invalid_query(), "{error}");
}

#[test]
fn counting_stops_at_the_deadline() {
    let documents = (0..2000).map(|n| Document::new(n.to_string()).meta("n", n));
    let searcher = searcher(documents.map(|document| document.body("ASEAN")));
    for text in ["", "asean"] {
        let query = Query::text(text).facet(Facet::key("n")).limit(0);
        let error = searcher
            .search(&query.deadline(Duration::ZERO))
            .unwrap_err();
        assert!(error.is_deadline_exceeded(), "{error}");
    }
}
