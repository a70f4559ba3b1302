//! Documents about the same as a given one.

#![allow(clippy::unwrap_used)]

use mekong_core::{Document, Index, Language};
use mekong_ingest::Writer;
use mekong_query::{Count, EvidenceKind, Query, Searcher, Sort};
use proptest::prelude::*;

/// Two subjects in four languages, and what belongs to neither.
const NEWS: [(&str, &str, &str); 12] = [
    (
        "vi-train",
        "Tàu khách nối Vientiane với cảng Vũng Áng",
        "Việt Nam và Lào khôi phục tuyến đường sắt Vientiane - Vũng Áng. Tàu khách rút ngắn đường ra \
         biển cho tỉnh Khammouane, khổ đường ray sẽ được thống nhất.",
    ),
    (
        "vi-train-2",
        "Giá vé đường sắt ra biển",
        "Ngành đường sắt công bố giá vé tàu khách đi cảng Vũng Áng: rẻ nhất cho người dân Khammouane.",
    ),
    (
        "vi-train-copy",
        "Sắp có tàu khách ra biển",
        "Việt Nam và Lào khôi phục tuyến đường sắt Vientiane - Vũng Áng. Tàu khách rút ngắn đường ra \
         biển cho tỉnh Khammouane, khổ đường ray sẽ được thống nhất.",
    ),
    (
        "vi-rice",
        "Giá gạo xuất khẩu tăng",
        "Giá gạo tại Cần Thơ và An Giang tăng tuần thứ ba, nông dân được mùa lúa hè thu.",
    ),
    (
        "vi-rice-2",
        "Nông dân An Giang trúng mùa",
        "Lúa hè thu được giá, thương lái đến tận ruộng mua gạo thơm để xuất khẩu.",
    ),
    (
        "en-train",
        "Passenger trains to the sea",
        "Laos and Vietnam reopen the railway from Vientiane to the port; engineers argue about gauges.",
    ),
    (
        "en-rice",
        "Rice exporters raise prices",
        "Rice prices rose for a third week as farmers harvested the summer crop in the delta.",
    ),
    (
        "th-train",
        "รถไฟโดยสารสู่ทะเล",
        "การรถไฟลาวและเวียดนามจะเปิดเดินขบวนรถโดยสารจากเวียงจันทน์ไปยังท่าเรือ",
    ),
    (
        "th-train-2",
        "ค่าตั๋วรถไฟ",
        "ขบวนรถโดยสารไปท่าเรือคิดค่าตั๋วถูกสำหรับนักเรียน การรถไฟกล่าว",
    ),
    (
        "th-rice",
        "ราคาข้าว",
        "ชาวนาขายข้าวหอมได้ราคาดี โรงสีแย่งกันซื้อข้าวเปลือก",
    ),
    (
        "zh-train",
        "客运列车通往海港",
        "老挝与越南恢复客运列车，从万象开往港口。",
    ),
    (
        "zh-rice",
        "大米价格上涨",
        "农民丰收，大米出口价格连续三周上涨。",
    ),
];

fn news() -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (day, (id, title, body)) in (1..).zip(NEWS) {
        let date = format!("2025-03-{day:02}").parse().unwrap();
        let document = Document::new(id).title(title).body(body).date(date);
        writer.upsert(document).unwrap();
    }
    // What every paper is full of.
    for i in 0..30 {
        let body = format!("Tin trong ngày số {i}. News of the day. ข่าวประจำวัน 今日新闻");
        writer
            .upsert(Document::new(format!("daily-{i}")).body(body))
            .unwrap();
    }
    writer.commit().unwrap();
    index
}

fn ids(index: &Index, query: Query) -> Vec<String> {
    let hits = Searcher::new(index).search(&query).unwrap().hits;
    hits.iter().map(|hit| hit.id().to_owned()).collect()
}

#[test]
fn what_is_about_the_same_comes_first() {
    let index = news();
    for (id, like) in [
        ("vi-train", "vi-train-2"),
        ("vi-rice", "vi-rice-2"),
        ("vi-rice-2", "vi-rice"),
        ("en-rice", "en-train"),
        ("th-train", "th-train-2"),
        ("zh-train", "th-train"),
    ] {
        let ids = ids(&index, Query::like(id));
        assert!(!ids.iter().any(|other| other == id), "{id}: {ids:?}");
        assert_eq!(ids[0], like, "{id}: {ids:?}");
    }
}

#[test]
fn names_are_found_in_other_languages() {
    let index = news();
    // Việt Nam, Lào; เวียดนาม, ลาว; 越南, 老挝.
    for (id, other) in [
        ("vi-train", ["en-train", "th-train", "zh-train"]),
        ("zh-train", ["en-train", "th-train", "vi-train"]),
    ] {
        let ids = ids(&index, Query::like(id).limit(50));
        for other in other {
            let at = ids.iter().position(|id| id == other);
            assert!(at.is_some_and(|at| at < 6), "{id}: {other} in {ids:?}");
        }
    }
}

#[test]
fn copies_come_if_they_are_asked_for() {
    let index = news();
    let copies = |query: Query| ids(&index, query).iter().any(|id| id == "vi-train-copy");
    assert!(!copies(Query::like("vi-train").limit(100)));
    let with_copies = Query::like("vi-train").with_copies();
    assert_eq!(ids(&index, with_copies.clone())[0], "vi-train-copy");
    assert!(!ids(&index, with_copies.limit(100)).contains(&"vi-train".to_owned()));
    // A copy is like the same documents.
    assert_eq!(ids(&index, Query::like("vi-train-copy"))[0], "vi-train-2");
}

#[test]
fn filters_and_orders_are_as_of_any_query() {
    let index = news();
    let thai = Query::like("vi-train").language(Language::THAI);
    let thai = ids(&index, thai);
    assert_eq!(thai[0], "th-train");
    assert!(thai.iter().all(|id| id.starts_with("th")), "{thai:?}");
    let until = Query::like("vi-train").before("2025-03-02".parse().unwrap());
    assert_eq!(ids(&index, until).len(), 0);
    let newest = Query::like("vi-rice").sort(Sort::Newest);
    assert_ne!(
        ids(&index, newest.clone()),
        ids(&index, Query::like("vi-rice"))
    );
    // Pages, and the number of all.
    let searcher = Searcher::new(&index);
    let all = ids(&index, Query::like("vi-train").limit(100));
    let query = Query::like("vi-train").limit(3).count(Count::Exact);
    let page = searcher.search(&query).unwrap();
    assert_eq!(page.total.unwrap().number(), all.len() as u64);
    let next = searcher.search(&query.after(page.next.unwrap())).unwrap();
    let pages = page.hits.iter().chain(&next.hits);
    assert!(pages.map(|hit| hit.id()).eq(all.iter().take(6)));
    // Without the original: it does not pass.
    let collapsed = ids(&index, Query::like("vi-rice").collapse().limit(100));
    assert!(collapsed.contains(&"vi-rice-2".to_owned()));
}

#[test]
fn a_text_need_not_be_in_the_index() {
    let index = news();
    let text = "Nông dân lo giá gạo và lúa giảm.";
    let like = ids(&index, Query::like_text(text));
    assert!(
        like[0].starts_with("vi-rice") && like[1].starts_with("vi-rice"),
        "{like:?}"
    );
    // However long it is.
    let long = text.repeat(10_000);
    assert!(ids(&index, Query::like_text(long))[0].starts_with("vi-rice"));
    for nothing in ["", "  ", "…", "xyzzy"] {
        assert_eq!(ids(&index, Query::like_text(nothing)).len(), 0, "{nothing}");
    }
}

#[test]
fn it_is_told_why_one_is_like_the_other() {
    let index = news();
    let searcher = Searcher::new(&index);
    let query = Query::like("vi-train");
    let why = searcher.explain(&query, "vi-train-2").unwrap().unwrap();
    let texts: Vec<&str> = why.evidence.iter().map(|e| e.text.as_str()).collect();
    assert!(texts.contains(&"vungang"), "{texts:?}");
    let why = searcher.explain(&query, "th-train").unwrap().unwrap();
    assert!(why.evidence.iter().any(|e| e.kind == EvidenceKind::Alias));
    let score = searcher.search(&query).unwrap().hits[0].score;
    let why = searcher.explain(&query, "vi-train-2").unwrap().unwrap();
    assert!((why.score - score).abs() < 1e-3);
    // There is nothing to highlight: no words were asked for.
    let highlighter = searcher.highlighter(&query).unwrap();
    assert!(highlighter.snippet(NEWS[1].2).highlights.is_empty());
}

#[test]
fn a_document_that_is_not_there_is_told() {
    let index = news();
    let error = Searcher::new(&index)
        .search(&Query::like("vi-tram"))
        .unwrap_err();
    assert!(error.is_unknown_document());
    assert!(error.to_string().contains("vi-tram"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_text_can_be_asked_for(text in ".{0,300}") {
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::new(&index).unwrap();
        writer.upsert(Document::new("a").body(&*text)).unwrap();
        writer.upsert(Document::new("b").title(&*text).body("x")).unwrap();
        writer.commit().unwrap();
        let searcher = Searcher::new(&index);
        let results = searcher.search(&Query::like("a")).unwrap();
        prop_assert!(results.hits.iter().all(|hit| hit.id() == "b"));
        searcher.search(&Query::like_text(text).collapse()).unwrap();
    }
}
