//! What users can write in a query, and what they are told about it.

#![allow(clippy::unwrap_used)]

use mekong_core::{Document, Index};
use mekong_ingest::Writer;
use mekong_query::{EvidenceKind, Note, NoteKind, Query, Searcher};
use proptest::prelude::*;

fn searcher(documents: Vec<Document>) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for document in documents {
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

fn news() -> Searcher {
    searcher(vec![
        Document::new("rice")
            .title("Giá gạo xuất khẩu tăng")
            .body("Bộ trưởng Công Thương nói giá gạo và giá lúa đều tăng.")
            .source("VNA")
            .meta("author", "Nguyễn Thị Mai"),
        Document::new("coffee")
            .title("Giá cà phê giảm")
            .body("Cà phê Việt Nam xuất khẩu sang Thái Lan, theo bộ trưởng.")
            .source("Tuổi Trẻ")
            .meta("author", "Lê Văn Nam")
            .meta("the_name_of_the_unit_that_paid_for_it", "Ministry of Trade"),
        Document::new("thai")
            .title("รัฐมนตรีว่าการกระทรวงการต่างประเทศ")
            .body("กระทรวงการต่างประเทศแถลงข่าวเรื่องข้าวและน้ำมัน")
            .source("VNA")
            .meta("tags", serde_json::json!(["ข้าว", "ASEAN"])),
        Document::new("english")
            .title("Rice exports rise")
            .body("The minister of trade said rice and coffee exports to Vietnam rose.")
            .source("Bangkok Post")
            .meta("pages", 3),
    ])
}

#[track_caller]
fn assert_finds(searcher: &Searcher, text: &str, expected: &[&str]) {
    let results = searcher.search(&Query::text(text)).unwrap();
    let mut ids: Vec<_> = results.hits.iter().map(|hit| hit.id()).collect();
    ids.sort_unstable();
    assert_eq!(ids, expected, "{text}");
}

#[test]
fn operators_say_what_must_hold() {
    let news = news();
    // Words alone: any of them.
    assert_finds(&news, "gạo cà-phê", &["coffee", "rice"]);
    assert_finds(&news, "gạo +\"cà phê\"", &["coffee"]);
    assert_finds(&news, "\"ca phe\"", &["coffee"]);
    assert_finds(&news, "\"phê cà\"", &[]);
    assert_finds(&news, "+bo +truong -gạo", &["coffee"]);
    assert_finds(&news, "bo truong -gao", &["coffee"]);
    assert_finds(&news, "giá -(lúa OR \"cà phê\")", &[]);
    assert_finds(&news, "giá lúa OR \"cà phê\"", &["coffee", "rice"]);
    assert_finds(&news, "(gạo OR rice) -lúa", &["english"]);
    // A phrase is excluded wherever it stands, and what an exclusion excludes is no condition.
    assert_finds(&news, "giá -\"bộ trưởng công\"", &["coffee"]);
    assert_finds(&news, "-\"rice and coffee\"", &["coffee", "rice", "thai"]);
    assert_finds(&news, "-(gạo -rise*)", &["coffee", "english", "thai"]);
    assert_finds(&news, "-(gạo -exprots~2)", &["coffee", "english", "thai"]);
    assert_finds(&news, "+(gạo lúa) giá", &["rice"]);
    assert_finds(&news, "+กระทรวง", &["thai"]);
    assert_finds(&news, "\"การต่างประเทศ\"", &["thai"]);
    assert_finds(&news, "ข้าว OR rice", &["english", "thai"]);
    // However many words nobody has.
    assert_finds(&news, "qqzz -lúa", &[]);
    let unknown: String = (0..200).map(|n| format!("qqzz{n} ")).collect();
    assert_finds(&news, &(unknown + "-lúa"), &[]);
}

#[test]
fn what_is_excluded_may_be_all_there_is() {
    let news = news();
    assert_finds(&news, "-gạo", &["coffee", "english", "thai"]);
    assert_finds(&news, "-ข้าว -rice", &["coffee", "rice"]);
    // With accents it is that spelling that is excluded.
    let two = searcher(vec![
        Document::new("le").body("Lê Hoài Trung"),
        Document::new("lề").body("lề đường"),
    ]);
    assert_finds(&two, "-lề", &["le"]);
    assert_finds(&two, "-le", &[]);
}

#[test]
fn words_go_on_and_are_spelled_nearly_so() {
    let news = news();
    assert_finds(&news, "viet*", &["coffee", "english"]);
    assert_finds(&news, "Viê*", &["coffee", "english"]);
    assert_finds(&news, "\"bộ trư\"*", &["coffee", "rice"]);
    assert_finds(&news, "\"the minis\"*", &["english"]);
    assert_finds(&news, "title:expo*", &["english"]);
    assert_finds(&news, "กระทรวงการต่างป*", &["thai"]);
    assert_finds(&news, "-exp* rice", &[]);
    assert_finds(&news, "minstre~", &[]);
    assert_finds(&news, "minstre~2", &["english"]);
    assert_finds(&news, "coffe~", &["english"]);
    assert_finds(&news, "title:rica~", &["english"]);
    // Not any other word or character.
    assert_finds(&news, "bo~ x~", &[]);
    let capitals = searcher(vec![
        Document::new("1").body("北京大学"),
        Document::new("2").body("东京都"),
        Document::new("3").body("학생"),
    ]);
    assert_finds(&capitals, "东京~", &["2"]);
    assert_finds(&capitals, "大~2", &["1"]);
    assert_finds(&capitals, "대학~", &[]);
    let explanation = news
        .explain(&Query::text("expor*"), "english")
        .unwrap()
        .unwrap();
    assert_eq!(explanation.evidence[0].kind, EvidenceKind::Prefix);
    assert_eq!(explanation.evidence[0].text, "exports");
}

#[test]
fn fields_are_asked_by_their_names() {
    let news = news();
    assert_finds(&news, "title:gạo", &["rice"]);
    assert_finds(&news, "title:giá", &["coffee", "rice"]);
    assert_finds(&news, "title:\"cà phê\"", &["coffee"]);
    assert_finds(&news, "title:lúa", &[]);
    assert_finds(&news, "Title:กระทรวง", &["thai"]);
    assert_finds(&news, "source:VNA", &["rice", "thai"]);
    assert_finds(&news, "source:vna gạo", &["rice", "thai"]);
    assert_finds(&news, "source:\"tuoi tre\"", &["coffee"]);
    assert_finds(&news, "-source:vna", &["coffee", "english"]);
    assert_finds(&news, "author:nguyen", &["rice"]);
    assert_finds(&news, "author:(nguyen OR le)", &["coffee", "rice"]);
    assert_finds(&news, "author:\"van nam\"", &["coffee"]);
    assert_finds(&news, "tags:asean", &["thai"]);
    assert_finds(&news, "pages:3", &["english"]);
    assert_finds(&news, "pages:4", &[]);
    // A word of a field may be mistyped, whatever the length of the field's name.
    assert_finds(&news, "author:nguyne~", &["rice"]);
    assert_finds(&news, "tags:asaen~", &["thai"]);
    assert_finds(
        &news,
        "the_name_of_the_unit_that_paid_for_it:minstry~",
        &["coffee"],
    );
    assert_finds(&news, "source:rice~2", &[]);
    // There is no such field, so these are words.
    let results = news.search(&Query::text("colour:coffee")).unwrap();
    assert_eq!(results.hits[0].id(), "english");
    assert_eq!(results.parsed.notes[0].kind, NoteKind::UnknownField);
    let problems: Vec<_> = results.parsed.problems().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        ["bytes 0 to 7: no document has such a field, so it is a word"]
    );
}

#[test]
fn words_and_phrases_can_be_asked_without_operators() {
    let news = news();
    let ids = |query: &Query| -> Vec<String> {
        let results = news.search(query).unwrap();
        results.hits.iter().map(|h| h.id().to_owned()).collect()
    };
    assert_eq!(ids(&Query::words("-lúa")), ["rice"]);
    assert_eq!(ids(&Query::phrase("\"gia lua\"")), ["rice"]);
    assert!(ids(&Query::phrase("lua gia")).is_empty());
}

#[test]
fn punctuation_finds_nothing() {
    let news = news();
    for text in [
        "...",
        "\"...\"",
        "\"\"",
        "()",
        "source:\"!\"",
        "source:😀",
        "+title:\"\"",
    ] {
        assert_finds(&news, text, &[]);
    }
    assert_eq!(news.search(&Query::phrase("!")).unwrap().hits.len(), 0);
    assert_eq!(news.search(&Query::text(" ")).unwrap().hits.len(), 4);
}

#[test]
fn a_field_that_is_none_is_told() {
    let news = news();
    for text in ["autor:Mai", "autor:\"Lê Mai\"", "autor:(Lê OR Mai)"] {
        let notes = news.parse(&Query::text(text)).unwrap().notes;
        assert_eq!(notes[0].kind, NoteKind::UnknownField, "{text}");
    }
}

#[test]
fn what_is_understood_is_told() {
    let results = news()
        .search(&Query::text("\"giá gạo\" -lúa \"xuất"))
        .unwrap();
    assert_eq!(results.parsed.words, "giá gạo xuất");
    let kinds: Vec<_> = results.parsed.notes.iter().map(|note| note.kind).collect();
    assert_eq!(
        kinds,
        [
            NoteKind::Phrase,
            NoteKind::Excluded,
            NoteKind::UnclosedQuote
        ]
    );
}

#[test]
fn a_typing_error_still_finds() {
    let news = news();
    let first = |text: &str| -> Option<String> {
        let results = news.search(&Query::text(text)).unwrap();
        results.hits.first().map(|hit| hit.id().to_owned())
    };
    assert_eq!(first("minster").as_deref(), Some("english"));
    assert_eq!(first("cofffee").as_deref(), Some("english"));
    assert_eq!(first("Vietnma").as_deref(), Some("english"));
    assert_eq!(first("กระทวง").as_deref(), Some("thai"));
    assert_eq!(first("qqqq"), None);
    let explanation = news
        .explain(&Query::text("minster"), "english")
        .unwrap()
        .unwrap();
    assert_eq!(explanation.evidence[0].kind, EvidenceKind::Near);
    assert_eq!(explanation.evidence[0].text, "minister");
}

/// The word that was typed exists: what has it comes before what has another one.
#[test]
fn exact_matches_stay_first() {
    let mut documents: Vec<_> = (0..200)
        .map(|n| Document::new(format!("m{n}")).body("minister minister minister"))
        .collect();
    let long = "word ".repeat(300) + "minster";
    documents.push(Document::new("exact").body(long));
    let searcher = searcher(documents);
    let results = searcher.search(&Query::text("minster").limit(300)).unwrap();
    assert_eq!(results.hits[0].id(), "exact");
    assert_eq!(results.hits.len(), 201);
}

#[test]
fn a_text_without_end_is_cut_and_that_is_told() {
    let news = news();
    let many: Vec<_> = (0..2700).map(|n| format!("w{n}")).collect();
    let results = news.search(&Query::text(many.join(" "))).unwrap();
    let is_cut = |note: &Note| note.kind == NoteKind::TooManyWords;
    assert!(results.parsed.notes.iter().any(is_cut));
    let error = news
        .search(&Query::text("a ".repeat(Query::MAX_TEXT_BYTES)))
        .unwrap_err();
    assert!(error.is_invalid_query());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is typed is answered, and what a query excludes is not among its hits.
    #[test]
    fn any_text_is_answered(
        text in r#"(gạo |lúa|giá|"|\(|\)|\+|-| |OR |bo\*|rice~1|title:|source:|author:|ข้าว|\PC){0,24}"#
    ) {
        let news = news();
        let results = news.search(&Query::text(text.clone())).unwrap();
        for hit in &results {
            news.explain(&Query::text(text.clone()), hit.id()).unwrap();
        }
        let without = news.search(&Query::text(format!("-gạo {text}"))).unwrap();
        let is_read = |note: &Note| note.kind == NoteKind::Excluded && note.range.end == "-gạo".len();
        if without.parsed.notes.iter().any(is_read) {
            prop_assert!(without.hits.iter().all(|hit| hit.id() != "rice"));
        }
    }
}
