//! Where a text matches: under folding, segmentation and look-alike encodings.

#![allow(clippy::unwrap_used)]

use mekong_core::{Document, Index};
use mekong_ingest::Writer;
use mekong_query::{Highlighter, Query, Searcher};
use proptest::prelude::*;

fn highlighter(query: &str) -> Highlighter {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, body) in [
        ("a", "the ministers of Laos"),
        ("b", "the trade of the region"),
        ("c", "the Mekong"),
    ] {
        writer.upsert(Document::new(id).body(body)).unwrap();
    }
    writer.commit().unwrap();
    Searcher::new(&index)
        .highlighter(&Query::text(query))
        .unwrap()
}

fn marked(query: &str, text: &str) -> Vec<String> {
    let ranges = highlighter(query).ranges(text);
    ranges
        .into_iter()
        .map(|range| text[range].to_owned())
        .collect()
}

#[test]
fn matches_are_shown_as_the_text_has_them() {
    for (query, text, expected) in [
        (
            "bo truong",
            "Quyền Bộ trưởng, bộ",
            ["Bộ trưởng", "bộ"].as_slice(),
        ),
        (
            "NGUYỄN",
            "Nguye\u{302}\u{303}n Trãi",
            &["Nguye\u{302}\u{303}n"],
        ),
        ("vietnam", "Quan hệ Việt Nam-Lào", &["Việt Nam"]),
        ("Việt Nam", "Vietnam and Laos", &["Vietnam"]),
        ("2567", "ปี ๒๕๖๗", &["๒๕๖๗"]),
        (
            "กระทรวงการต่างประเทศ",
            "ที่กระทรวงการต่างประเทศลาว",
            &["กระทรวงการต่างประเทศ"],
        ),
        ("จำนวน", "มีจํานวนมาก", &["จํานวน"]),
        ("ประชุม", "การประ\u{200B}ชุมใหญ่", &["ประ\u{200B}ชุม"]),
        ("東京都", "東京都知事と都", &["東京都"]),
        ("都", "東京都知事", &["都"]),
        ("외교부", "외교부 장관", &["외교부"]),
        ("nothing", "Hà Nội", &[]),
        ("hà nội", "", &[]),
    ] {
        assert_eq!(marked(query, text), expected, "{query}");
    }
}

#[test]
fn neighbours_tell_which_word_was_meant() {
    let text = "Bộ trưởng được bổ nhiệm; bộ và trường";
    assert_eq!(marked("bo truong", text), ["Bộ trưởng", "bộ"]);
    // Alone, it may be either.
    assert_eq!(marked("bo", text), ["Bộ", "bổ", "bộ"]);
    // What was typed is meant wherever it is.
    let text = "Đủ an toàn. Quốc hội bàn dự luật.";
    assert_eq!(marked("dự án", text), ["Đủ an", "dự"]);
}

#[test]
fn adjacent_matches_are_one() {
    let text = "Lê Hoài\nTrung và Lê";
    assert_eq!(marked("le hoai trung", text), ["Lê Hoài\nTrung", "Lê"]);
}

#[test]
fn a_snippet_shows_the_part_that_matches_best() {
    let filler = "Hai bên nhất trí tăng cường hợp tác trong các lĩnh vực. ".repeat(40);
    let text = format!("Mekong. {filler}The ministers of Laos met. {filler}");
    let snippet = highlighter("ministers of laos mekong").snippet(&text);
    assert!(
        snippet.text.contains("The ministers of Laos met."),
        "{}",
        snippet.text
    );
    assert_eq!(snippet.text, text[snippet.range.clone()]);
    let shown: Vec<_> = snippet
        .highlights
        .iter()
        .map(|h| &snippet.text[h.clone()])
        .collect();
    assert_eq!(shown, ["ministers of Laos"]);
    assert!(
        snippet.text.chars().count() <= 210,
        "{}",
        snippet.text.chars().count()
    );
    // It begins and ends with whole sentences.
    assert!(
        snippet.text.starts_with("The ministers"),
        "{}",
        snippet.text
    );
    assert!(snippet.text.ends_with("lĩnh vực."), "{}", snippet.text);
}

#[test]
fn long_gaps_hide_nothing_and_are_not_shown() {
    let text = format!("Intro words here. Mekong{}end", " ".repeat(300));
    assert_eq!(
        highlighter("mekong").snippet(&text).text,
        "Intro words here. Mekong"
    );
    let text = format!("{} mekong", "=".repeat(1000));
    assert_eq!(highlighter("mekong").snippet(&text).text, "mekong");
    let text = format!("{}mekong{}", "=".repeat(1000), "=".repeat(1000));
    assert_eq!(highlighter("mekong").snippet(&text).text, "mekong");
    assert_eq!(
        highlighter("mekong")
            .max_chars(6)
            .snippet("See Mekong, now")
            .text,
        "Mekong,"
    );
}

#[test]
fn a_text_that_does_not_match_shows_its_beginning() {
    let text = "Hai bên nhất trí. ".repeat(40);
    let snippet = highlighter("mekong").snippet(&text);
    assert_eq!(snippet.range.start, 0);
    assert!(snippet.highlights.is_empty());
    assert!((150..=210).contains(&snippet.text.chars().count()));
    assert_eq!(highlighter("mekong").snippet("Short.").text, "Short.");
    assert_eq!(highlighter("mekong").snippet("").text, "");
    assert_eq!(highlighter("mekong").snippet("!?").text, "!?");
}

#[test]
fn a_date_is_not_cut() {
    let text = "Hai bên nhất trí ngày 19/9/2025 tại Mekong ngày 20/10/2025 và sau đó.";
    for max_chars in 10..60 {
        let snippet = highlighter("mekong").max_chars(max_chars).snippet(text);
        let words: Vec<_> = text.split(' ').collect();
        for word in snippet.text.split(' ') {
            assert!(words.contains(&word), "{max_chars}: {}", snippet.text);
        }
    }
}

#[test]
fn wide_blanks_are_blanks() {
    let filler = "Hai bên nhất trí ".repeat(20);
    for blank in ["\u{A0}", "\u{3000}", "\u{2009}", "\u{85}"] {
        let text = format!("{filler}tại{blank}Mekong{blank}và sau đó. {filler}");
        for max_chars in 5..40 {
            let snippet = highlighter("mekong").max_chars(max_chars).snippet(&text);
            assert_eq!(snippet.text, text[snippet.range.clone()]);
            if max_chars > 8 {
                assert_eq!(&snippet.text[snippet.highlights[0].clone()], "Mekong");
            }
        }
    }
}

#[test]
fn a_match_that_every_document_held_is_shown_still() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let filler = "Hai bên nhất trí. ".repeat(40);
    for _ in 0..3 {
        let document = Document::new("a").body(format!("{filler}Mekong {filler}"));
        writer.upsert(document).unwrap();
        writer.commit().unwrap();
    }
    let searcher = Searcher::new(&index);
    let query = Query::text("mekong");
    let body = searcher
        .search(&query)
        .unwrap()
        .hits
        .remove(0)
        .document
        .body;
    let snippet = searcher.highlighter(&query).unwrap().snippet(&body);
    assert!(snippet.text.contains("Mekong"), "{}", snippet.text);
}

#[test]
fn a_text_of_matches_alone_is_shown_in_no_time() {
    let text = "a ".repeat(100_000);
    let highlighter = highlighter("a");
    assert_eq!(highlighter.snippet(&text).highlights.len(), 1);
    let all = highlighter.max_chars(usize::MAX).snippet(&text);
    assert_eq!(all.text.len(), text.len() - 1);
}

#[test]
fn thai_is_cut_between_words() {
    let text = "กระทรวงการต่างประเทศ".repeat(100);
    let snippet = highlighter("กระทรวง").max_chars(50).snippet(&text);
    let chars = snippet.text.chars().count();
    assert!((30..=50).contains(&chars), "{chars}");
    assert!(snippet.text.starts_with("กระทรวง"), "{}", snippet.text);
}

#[test]
fn a_text_of_megabytes_is_looked_at_in_part() {
    let text = "Hà Nội ".repeat(1 << 20);
    let snippet = highlighter("mekong").snippet(&text);
    assert!(snippet.range.end <= 256 * 1024);
}

proptest! {
    #[test]
    fn snippets_are_parts_and_highlights_lie_in_them(
        text in "([a-zA-ZàáạêơưđĐ ]{0,6}|[ก-๛]{0,6}|[一-龯ぁ-ん]{0,4}|[\u{300}\u{323}\u{200B}\u{A0}\u{3000}.\n]{0,2}){0,40}",
        query in "([a-zêđ]{1,3} ?|[ก-ฮ]{1,3}|[一-龯]{1,2}){0,4}",
        max_chars in 0..80_usize,
    ) {
        let highlighter = highlighter(&query).max_chars(max_chars);
        let snippet = highlighter.snippet(&text);
        prop_assert_eq!(text.get(snippet.range.clone()), Some(snippet.text.as_str()));
        let mut end = None;
        for highlight in snippet.highlights.iter().cloned().chain(highlighter.ranges(&snippet.text)) {
            prop_assert!(snippet.text.get(highlight.clone()).is_some_and(|part| !part.is_empty()));
        }
        for highlight in &snippet.highlights {
            prop_assert!(end.is_none_or(|end| end < highlight.start));
            end = Some(highlight.end);
        }
    }
}

#[test]
fn forms_and_other_names_of_a_word_are_shown() {
    for (query, text, expected) in [
        (
            "nations",
            "the United Nation of nations",
            ["Nation", "nations"].as_slice(),
        ),
        (
            "Thailand",
            "ประเทศไทย và Thái Lan, Thai",
            &["ประเทศไทย", "Thái Lan"],
        ),
        ("ไทย", "Thailand and thailand", &["Thailand", "thailand"]),
        ("2024", "ปี ๒๕๖๗ และ 2024", &["๒๕๖๗", "2024"]),
        ("関西", "关西", &["关西"]),
    ] {
        assert_eq!(marked(query, text), expected, "{query}");
    }
}
