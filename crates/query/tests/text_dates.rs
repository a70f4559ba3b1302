//! Dates in the text of a query.

#![allow(clippy::unwrap_used)]

use mekong_core::{Document, Index};
use mekong_dates::{Date, Zone};
use mekong_ingest::Writer;
use mekong_query::{NoteKind, Query, Searcher};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Articles that say the same, dated as their ids say.
fn searcher() -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for day in [
        "2024-11-22",
        "2025-09-30",
        "2025-10-03",
        "2025-10-31",
        "2025-12-14",
        "2025-12-15",
    ] {
        let text = "Thái Lan và Việt Nam hợp tác. ความร่วมมือไทย–เวียดนาม. Thai cooperation.";
        let document = Document::new(day).body(text).date(date(day));
        writer.upsert(document).unwrap();
    }
    writer
        .upsert(Document::new("undated").body("Thái Lan, ความร่วมมือ, Thai"))
        .unwrap();
    writer.commit().unwrap();
    Searcher::new(&index)
}

#[track_caller]
fn assert_finds(text: &str, words: &str, expected: &[&str]) {
    let query = Query::text(text).today(date("2025-12-15"));
    let results = searcher().search(&query).unwrap();
    let mut ids: Vec<_> = results.hits.iter().map(|hit| hit.id()).collect();
    ids.sort_unstable();
    assert_eq!(ids, expected, "{text}");
    let found: Vec<_> = results.parsed.words.split_whitespace().collect();
    assert_eq!(found.join(" "), words, "{text}");
}

#[test]
fn a_date_filters_and_its_words_are_not_searched() {
    let october = &["2025-10-03", "2025-10-31"][..];
    assert_finds("Thai Lan tháng 10/2025", "Thai Lan", october);
    assert_finds("thai lan thang 10 nam 2025", "thai lan", october);
    assert_finds("ความร่วมมือ ตุลาคม 2568", "ความร่วมมือ", october);
    assert_finds("Thai cooperation October 2025", "Thai cooperation", october);
    assert_finds("Thai 3/10/2025", "Thai", &["2025-10-03"]);
    assert_finds("ความร่วมมือ 22 พ.ย. 67", "ความร่วมมือ", &["2024-11-22"]);
    assert_finds(
        "ความร่วมมือ พ.ศ. 2568",
        "ความร่วมมือ",
        &[
            "2025-09-30",
            "2025-10-03",
            "2025-10-31",
            "2025-12-14",
            "2025-12-15",
        ],
    );
    assert_finds("hợp tác hôm qua", "hợp tác", &["2025-12-14"]);
    assert_finds("Thai since 2025-12", "Thai", &["2025-12-14", "2025-12-15"]);
    assert_finds("Thai before 2025", "Thai", &["2024-11-22"]);
    // A date alone is all of its documents.
    assert_finds("tháng 10/2025", "", october);
    // Nor is punctuation anything beside it.
    assert_finds("tháng 10/2025?", "?", october);
    assert_finds("(tháng 10/2025) Thai Lan", "Thai Lan", october);
    // What else is asked holds as well.
    assert_finds("\"hop tac\" -gạo tháng 10/2025", "hop tac", october);
}

#[test]
fn numbers_are_no_dates() {
    let all = &[
        "2024-11-22",
        "2025-09-30",
        "2025-10-03",
        "2025-10-31",
        "2025-12-14",
        "2025-12-15",
        "undated",
    ];
    for text in [
        "Thai 1984",
        "Thai ครั้งที่ 10",
        "Thai 25 tỷ",
        "Thai มาตรา 112",
        "Thai 24/7",
        "Thai Windows 10",
        "Thai \"tháng 10/2025\"",
        // Not these documents alone.
        "Thai OR 2025-10",
        "2025-10 OR Thai",
        "gạo OR (Thai tháng 10/2025) OR lúa",
        "Thai -(gạo tháng 10/2025)",
        "title:(Thai tháng 10/2025)",
    ] {
        let results = searcher()
            .search(&Query::text(text).today(date("2025-12-15")))
            .unwrap();
        assert_eq!(results.parsed.dates, None, "{text}");
    }
    assert_finds("Thai 1984", "Thai 1984", all);
}

#[test]
fn several_dates_are_words() {
    let query = Query::text("Thai tháng 10/2025 tháng 11/2024");
    let results = searcher().search(&query).unwrap();
    assert_eq!(results.hits.len(), 7);
    assert_eq!(results.parsed.dates, None);
    assert_eq!(results.parsed.notes[0].kind, NoteKind::SeveralDates);
}

#[test]
fn the_outcome_shows_the_date_and_one_call_turns_it_off() {
    let text = "Thai Lan tháng 10/2025";
    let searcher = searcher();
    let results = searcher.search(&Query::text(text)).unwrap();
    let dates = results.parsed.dates.unwrap();
    assert_eq!(dates.to_string(), "2025-10-01/2025-10-31");
    let note = &results.parsed.notes[0];
    assert_eq!(note.kind, NoteKind::Date);
    assert_eq!(&text[note.range.clone()], "tháng 10/2025");

    let results = searcher
        .search(&Query::text(text).dates_as_words())
        .unwrap();
    assert_eq!(results.hits.len(), 7);
    assert_eq!(results.parsed.words, text);
}

#[test]
fn it_holds_beside_the_filters_of_the_query() {
    let query = Query::text("Thai tháng 10/2025").since(date("2025-10-10"));
    let results = searcher().search(&query).unwrap();
    assert_eq!(results.hits.len(), 1);
    assert_eq!(results.hits[0].id(), "2025-10-31");
    let query = Query::text("Thai tháng 10/2025").since(date("2025-11"));
    assert!(searcher().search(&query).unwrap().hits.is_empty());
    let undated = Query::text("Thai tháng 10/2025").or_undated();
    assert_eq!(searcher().search(&undated).unwrap().hits.len(), 3);
}

#[test]
fn a_day_is_one_of_the_zone() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    // Already 16 December in Bangkok.
    let document = Document::new("late")
        .body("Thai")
        .date(date("2025-12-15T20:00:00Z"));
    writer.upsert(document).unwrap();
    writer.commit().unwrap();
    let searcher = Searcher::new(&index);
    let bangkok: Zone = "Asia/Bangkok".parse().unwrap();
    let count = |query: Query| searcher.search(&query).unwrap().hits.len();
    assert_eq!(count(Query::text("Thai 15/12/2025")), 1);
    assert_eq!(
        count(Query::text("Thai 15/12/2025").zone(bangkok.clone())),
        0
    );
    assert_eq!(count(Query::text("Thai 16/12/2025").zone(bangkok)), 1);
}

#[test]
fn where_nothing_is_of_that_time_the_words_alone_are_offered() {
    let searcher = searcher();
    let results = searcher.search(&Query::text("Thai tháng 1/2020")).unwrap();
    assert!(results.hits.is_empty());
    let without = results.without_date.unwrap();
    let results = searcher.search(&without).unwrap();
    assert_eq!(results.hits.len(), 7);
    assert_eq!(results.parsed.words.trim(), "Thai");
    // Nor is there anything to offer where the words find nothing.
    let results = searcher.search(&Query::text("qqqq tháng 1/2020")).unwrap();
    assert!(results.without_date.is_none());
}

#[test]
fn in_an_index_without_dates_a_date_is_words() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    writer
        .upsert(Document::new("1").body("Họp tháng 10/2025"))
        .unwrap();
    writer.commit().unwrap();
    let results = Searcher::new(&index)
        .search(&Query::text("họp tháng 10/2025"))
        .unwrap();
    assert_eq!(results.hits.len(), 1);
    assert_eq!(results.parsed.dates, None);
}
