//! Filters: which documents pass.

#![allow(clippy::unwrap_used)]

use mekong_core::{Document, Index, Language};
use mekong_dates::Date;
use mekong_ingest::Writer;
use mekong_query::{Filter, Query, Searcher, Sort};
use serde_json::{Value, json};

fn searcher(documents: impl IntoIterator<Item = Document>) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for document in documents {
        writer.upsert(document.body("ASEAN 46")).unwrap();
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

/// The identifiers of the documents that pass, with blanks between them.
fn found(searcher: &Searcher, query: Query) -> String {
    let results = searcher.search(&query.limit(1000)).unwrap();
    let mut ids: Vec<_> = results.hits.iter().map(|hit| hit.id()).collect();
    ids.sort_unstable();
    ids.join(" ")
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn news() -> Searcher {
    searcher([
        Document::new("a")
            .source("VNA")
            .language(Language::VIETNAMESE)
            .meta("section", "politics")
            .meta("author", json!(["Mai", "Lan"]))
            .meta("pages", 3),
        Document::new("b")
            .source("Reuters")
            .language(Language::ENGLISH)
            .meta("section", "economy")
            .meta("author", "Lan")
            .meta("pages", "3"),
        Document::new("c")
            .source("VNA")
            .language(Language::THAI)
            .meta("section", "Politics")
            .meta("live", true)
            .meta("author", json!([])),
        Document::new("d").meta("source", "VNA").meta("live", false),
    ])
}

#[test]
fn a_filter_lets_pass_what_it_says() {
    let searcher = news();
    let key = Filter::key;
    for (filter, expected) in [
        (key("section").is("politics"), "a"),
        (key("section").is_any_of(["politics", "economy"]), "a b"),
        (key("section").is("polit"), ""),
        (key("section").exists(), "a b c"),
        // Any element of a list, and a list without any is there still.
        (key("author").is("Lan"), "a b"),
        (key("author").is("Mai"), "a"),
        (key("author").exists(), "a b c"),
        // A number is its text, and so is a boolean.
        (key("pages").is(3), "a b"),
        (key("pages").is("3"), "a b"),
        (key("pages").is(3.0), ""),
        (key("live").is(true), "c"),
        (key("live").is_any_of([true, false]), "c d"),
        // A key may be called what it will.
        (key("source").is("VNA"), "d"),
        (Filter::source().is("VNA"), "a c"),
        (Filter::source().exists(), "a b c"),
        (Filter::language().is_any_of(["vi", "th"]), "a c"),
        (key("nothing").exists(), ""),
        (key("").exists(), ""),
        (key("section").is_any_of([] as [&str; 0]), ""),
        // All others, also those that do not have the key.
        (!key("section").is("politics"), "b c d"),
        (!key("section").exists(), "d"),
        (!!key("section").is("politics"), "a"),
        (!key("nothing").is("x"), "a b c d"),
        // Too short a text to tell its language.
        (!Filter::language().exists(), "d"),
    ] {
        let query = || Query::text("").filter(filter.clone());
        assert_eq!(found(&searcher, query()), expected, "{filter:?}");
        assert_eq!(
            found(&searcher, query().sort(Sort::Oldest)),
            expected,
            "{filter:?}"
        );
        let asean = Query::text("asean").filter(filter.clone());
        assert_eq!(found(&searcher, asean), expected, "{filter:?}");
        let phrase = Query::phrase("asean 46").filter(filter.clone());
        assert_eq!(found(&searcher, phrase), expected, "{filter:?}");
    }
}

#[test]
fn a_date_is_a_filter_as_well() {
    let searcher = searcher([
        Document::new("a").date(date("2019-06-30")),
        Document::new("b").date(date("2025")),
        Document::new("c").date(date("2025-10-03T09:30:00Z")),
        Document::new("d"),
    ]);
    let of = Filter::date;
    for (filter, expected) in [
        (of().since(date("2025")), "b c"),
        (of().before(date("2025")), "a"),
        (of().through(date("2025-01")), "a b"),
        (of().during(date("2025-10-03")), "c"),
        (of().exists(), "a b c"),
        (!of().exists(), "d"),
        // All others, also those without a date.
        (!of().since(date("2025")), "a d"),
        (!!of().since(date("2025")), "b c"),
    ] {
        for text in ["", "asean"] {
            let query = Query::text(text).filter(filter.clone());
            assert_eq!(found(&searcher, query), expected, "{filter:?}");
        }
    }
}

#[test]
fn all_filters_must_hold() {
    let searcher = news();
    for (query, expected) in [
        (Query::text("").source("VNA"), "a c"),
        (Query::text("").source("VNA").source("Reuters"), "a b c"),
        (
            Query::text("").source("VNA").language(Language::VIETNAMESE),
            "a",
        ),
        (
            Query::text("")
                .filter(Filter::key("author").is("Lan"))
                .filter(Filter::key("author").is("Mai")),
            "a",
        ),
        (
            Query::text("")
                .source("VNA")
                .filter(!Filter::key("section").is("politics")),
            "c",
        ),
        (Query::text("").source("vna"), ""),
    ] {
        assert_eq!(found(&searcher, query.clone()), expected, "{query:?}");
    }
}

#[test]
fn a_filter_for_what_is_not_indexed_is_refused() {
    let searcher = news();
    let long = "x".repeat(257);
    for (query, message) in [
        (
            Query::text("").filter(Filter::key("author").is(&*long)),
            "a filter asks for a value of 257 bytes; at most 256 are indexed",
        ),
        (
            Query::text("").source(&*long),
            "a filter asks for a value of 257 bytes; at most 256 are indexed",
        ),
        (
            Query::text("").filter(Filter::key(&*long).exists()),
            "the key of a filter or facet is 257 bytes long; at most 256 are indexed",
        ),
        (
            Query::text("").filter(Filter::key("author").is(Value::Null)),
            "a filter asks for null; it can ask for a text, a number or a boolean",
        ),
        (
            Query::text("").filter(Filter::key("author").is(json!(["Mai"]))),
            "a filter asks for a list; it can ask for a text, a number or a boolean",
        ),
    ] {
        let error = searcher.search(&query).unwrap_err();
        assert!(error.is_invalid_query(), "{error}");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn long_values_and_keys_do_no_harm() {
    let searcher = searcher([
        Document::new("longest").meta("k", "x".repeat(256)),
        Document::new("longer")
            .source("x".repeat(257))
            .meta("k", "x".repeat(257)),
        Document::new("key").meta("k".repeat(257), "x"),
    ]);
    let key = || Filter::key("k");
    let longest = "x".repeat(256);
    for (filter, expected) in [
        (key().exists(), "longer longest"),
        (key().is(longest), "longest"),
        (Filter::source().exists(), "longer"),
    ] {
        assert_eq!(found(&searcher, Query::text("").filter(filter)), expected);
    }
}

/// A document of 3 October is of that day wherever it is read; one that is dated to the second is
/// of the day that it was where the query is asked.
#[test]
fn a_day_is_a_day_where_the_query_is_asked() {
    let searcher = searcher(
        [
            ("day-2", "2025-10-02"),
            ("day-3", "2025-10-03"),
            ("day-4", "2025-10-04"),
            // 23:30 of the 2nd and 0:30 of the 3rd in Bangkok.
            ("late-2", "2025-10-02T16:30:00Z"),
            ("early-3", "2025-10-02T17:30:00Z"),
            ("late-3", "2025-10-03T16:59:59Z"),
            ("early-4", "2025-10-03T17:00:00Z"),
            ("month", "2025-10"),
        ]
        .map(|(id, of)| Document::new(id).date(date(of))),
    );
    let third = date("2025-10-03");
    for (zone, expected) in [
        ("UTC", "day-3 early-4 late-3"),
        ("Asia/Bangkok", "day-3 early-3 late-3"),
        // 17:30 in UTC is 10:30 in San Francisco.
        ("America/Los_Angeles", "day-3 early-4 late-3"),
        ("+14:00", "day-3 early-3 late-2"),
    ] {
        let zone: mekong_dates::Zone = zone.parse().unwrap();
        let query = |text: &str| Query::text(text).zone(zone.clone());
        assert_eq!(
            found(&searcher, query("").during(third)),
            expected,
            "{zone}"
        );
        for query in [
            query("asean").during(third),
            query("asean").during(third).sort(Sort::Oldest),
            query("")
                .since(third)
                .before(date("2025-10-04"))
                .sort(Sort::Oldest),
            Query::phrase("asean").zone(zone.clone()).during(third),
            // As a filter among others.
            Query::text("asean").filter(Filter::date().zone(zone.clone()).during(third)),
            Query::text("")
                .filter(Filter::date().zone(zone.clone()).since(third))
                .filter(!Filter::date().zone(zone.clone()).since(date("2025-10-04"))),
        ] {
            assert_eq!(found(&searcher, query), expected, "{zone}");
        }
        let october = query("").during(date("2025-10"));
        let all = "day-2 day-3 day-4 early-3 early-4 late-2 late-3 month";
        assert_eq!(found(&searcher, october), all, "{zone}");
    }
}

#[test]
fn an_instant_is_the_same_everywhere() {
    let searcher = searcher(
        [
            ("day-3", "2025-10-03"),
            ("day-4", "2025-10-04"),
            ("before", "2025-10-02T16:59:59Z"),
            ("after", "2025-10-02T17:00:00Z"),
        ]
        .map(|(id, of)| Document::new(id).date(date(of))),
    );
    // Midnight in Bangkok, where the 3rd begins.
    let midnight = date("2025-10-02T17:00:00Z");
    let bangkok = Query::text("").zone("Asia/Bangkok".parse().unwrap());
    let utc = Query::text("");
    for (query, expected) in [
        (bangkok.clone().since(midnight), "after day-3 day-4"),
        (utc.clone().since(midnight), "after day-3 day-4"),
        (bangkok.clone().before(midnight), "before"),
        (utc.before(midnight), "before"),
        (
            bangkok.since(midnight).before(date("2025-10-04")),
            "after day-3",
        ),
    ] {
        assert_eq!(found(&searcher, query), expected);
    }
}

/// Samoa went from 29 to 31 December 2011, over the date line.
#[test]
fn a_day_that_a_zone_skipped_is_a_day_of_documents_still() {
    let searcher = searcher(
        [
            ("29", "2011-12-29"),
            ("30", "2011-12-30"),
            ("31", "2011-12-31"),
            ("instant", "2011-12-30T10:00:00Z"),
        ]
        .map(|(id, of)| Document::new(id).date(date(of))),
    );
    let apia = Query::text("").zone("Pacific/Apia".parse().unwrap());
    for (day, expected) in [
        ("2011-12-29", "29"),
        ("2011-12-30", "30"),
        ("2011-12-31", "31 instant"),
    ] {
        assert_eq!(found(&searcher, apia.clone().during(date(day))), expected);
    }
}

/// West of UTC the first instant of the year 1 is before its first day.
#[test]
fn time_has_a_beginning_everywhere() {
    let searcher = searcher(
        [
            ("year", "0001"),
            ("first", "0001-01-01T00:00:00Z"),
            ("last", "9999-12-31T23:59:59Z"),
        ]
        .map(|(id, of)| Document::new(id).date(date(of))),
    );
    for (zone, first, last) in [
        ("UTC", "first year", "last"),
        ("-12:00", "first", "last"),
        ("+14:00", "first year", "last"),
    ] {
        let query = Query::text("").zone(zone.parse().unwrap());
        let until = query.clone().through(date("0001-01-01T00:00:00Z"));
        assert_eq!(found(&searcher, until), first, "{zone}");
        let since = query.since(date("9999-12-31T23:59:59Z"));
        assert_eq!(found(&searcher, since), last, "{zone}");
    }
}
