//! Copies of one article as one hit.

#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use mekong_core::engine::{self};
use mekong_core::{Document, Index, Language};
use mekong_dates::Date;
use mekong_ingest::Writer;
use mekong_query::{Count, Hit, Query, Searcher, Sort, Total};
use proptest::prelude::*;

/// A report of a wire service in Vietnamese, as three papers have it, and one report in Thai on the
/// same event, twice.
const VI: &str = "Chiều 14/3, đại diện ngành đường sắt ba nước Việt Nam, Lào và Thái Lan đã ký biên \
    bản ghi nhớ về việc khôi phục tuyến tàu khách nối Vientiane với cảng Vũng Áng. Các bên sẽ khảo \
    sát chung toàn tuyến dài 554 km trong quý II và trình chính phủ mỗi nước phê duyệt năm sau.";
const TH: &str = "ตัวแทนการรถไฟของเวียดนาม ลาว และไทย ลงนามบันทึกความเข้าใจเมื่อวันที่ 14 มีนาคม \
    เพื่อฟื้นฟูขบวนรถโดยสารระหว่างเวียงจันทน์กับท่าเรือหวุงอ๋าง โดยจะสำรวจเส้นทางร่วมกันในไตรมาสที่สอง";

fn article(id: &str, title: &str, body: &str, date: &str) -> Document {
    let date: Date = date.parse().unwrap();
    Document::new(id).title(title).body(body).date(date)
}

fn news() -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let documents = [
        article("wire", "Ba nước khôi phục tàu khách", VI, "2025-03-14"),
        article(
            "paper",
            "Đường sắt Lào - Vũng Áng",
            &format!("{VI}\nẢnh: Thu Hà"),
            "2025-03-15",
        ),
        article("blog", "Tin tàu hỏa", VI, "2025-03-16").source("blog"),
        article("th-1", "ฟื้นรถไฟ", TH, "2025-03-14"),
        article("th-2", "รถไฟไปท่าเรือ", TH, "2025-03-15"),
        article(
            "other",
            "Đường sắt đô thị",
            "Đường sắt đô thị Hà Nội chở nhiều khách.",
            "2025-03-14",
        ),
    ];
    for document in documents {
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn hits(index: &Index, query: Query) -> Vec<Hit> {
    Searcher::new(index).search(&query).unwrap().hits
}

fn ids(hits: &[Hit]) -> Vec<(&str, u32)> {
    hits.iter().map(|hit| (hit.id(), hit.copies)).collect()
}

#[test]
fn one_copy_stands_for_all_and_tells_how_many() {
    let index = news();
    let all = hits(&index, Query::text("duong sat vung ang"));
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|hit| hit.copies == 0));
    let collapsed = hits(&index, Query::text("duong sat vung ang").collapse());
    assert_eq!(collapsed.len(), 2);
    assert_eq!(collapsed[0].id(), all[0].id());
    assert_eq!(collapsed[0].copies, 2);
    assert_eq!((collapsed[1].id(), collapsed[1].copies), ("other", 0));
    let thai = hits(&index, Query::text("รถไฟ").collapse());
    assert_eq!(thai[0].copies, 1);
}

/// Whatever the query, collapsed or not, and also after the documents were read by their ids.
#[test]
fn copies_have_one_number() {
    let index = news();
    let all = hits(&index, Query::text(""));
    let cluster = |id| index.cluster(id).unwrap().unwrap();
    for hit in &all {
        assert_eq!(hit.cluster, cluster(hit.id()));
        let found = Searcher::new(&index).get(hit.id()).unwrap();
        assert_eq!(found.as_ref(), Some(&hit.document));
    }
    let clusters = [
        ["wire", "paper", "blog"],
        ["th-1", "th-2", "th-2"],
        ["other"; 3],
    ];
    for ids in clusters {
        assert!(ids.iter().all(|id| cluster(id) == cluster(ids[0])));
    }
    let different: HashSet<_> = clusters.iter().map(|ids| cluster(ids[0])).collect();
    assert_eq!(different.len(), clusters.len());
    let collapsed = hits(&index, Query::text("").collapse());
    let shown: HashSet<_> = collapsed.iter().map(|hit| hit.cluster).collect();
    assert_eq!(shown, different);
    assert_eq!(index.cluster("nothing").unwrap(), None);
    assert_eq!(Searcher::new(&index).get("nothing").unwrap(), None);
}

/// A snapshot stays with the documents that it has.
#[test]
fn a_document_is_read_from_the_state_that_is_searched() {
    let index = news();
    let searcher = Searcher::new(&index);
    let snapshot = searcher.snapshot();
    let mut writer = Writer::new(&index).unwrap();
    writer.delete("wire");
    writer.commit().unwrap();
    assert_eq!(searcher.get("wire").unwrap(), None);
    assert_eq!(snapshot.get("wire").unwrap().unwrap().id, "wire");
}

#[test]
fn the_first_one_in_the_order_stands_for_all() {
    let index = news();
    let query = || Query::text("vũng áng").collapse();
    assert_eq!(
        ids(&hits(&index, query().sort(Sort::Newest)))[0],
        ("blog", 2)
    );
    assert_eq!(
        ids(&hits(&index, query().sort(Sort::Oldest)))[0],
        ("wire", 2)
    );
    // Without words.
    let newest = hits(&index, Query::text("").collapse());
    assert_eq!(ids(&newest), [("blog", 2), ("th-2", 1), ("other", 0)]);
}

#[test]
fn copies_that_do_not_pass_the_filters_are_not_counted() {
    let index = news();
    let query = Query::text("tàu khách").collapse();
    let until = query.clone().through("2025-03-15".parse().unwrap());
    assert_eq!(hits(&index, until)[0].copies, 1);
    let blog = query.clone().source("blog");
    assert_eq!(ids(&hits(&index, blog)), [("blog", 0)]);
    let thai = query.clone().language(Language::THAI);
    assert_eq!(hits(&index, thai).len(), 0);
    // Nor those that do not match.
    let title = hits(&index, Query::text("ảnh").collapse());
    assert_eq!(ids(&title), [("paper", 0)]);
    let phrase = hits(&index, Query::phrase("tuyến tàu khách").collapse());
    assert_eq!(phrase[0].copies, 2);
}

#[test]
fn a_page_has_its_number_of_hits() {
    let index = news();
    let searcher = Searcher::new(&index);
    let query = Query::text("").collapse().limit(1).count(Count::Exact);
    let mut seen = Vec::new();
    let mut page = searcher.search(&query).unwrap();
    loop {
        // All documents are counted.
        assert_eq!(page.total, Some(Total::Exact(6)));
        assert_eq!(page.hits.len(), 1);
        seen.push(page.hits[0].id().to_owned());
        let Some(next) = page.next else { break };
        page = searcher.search(&query.clone().after(next)).unwrap();
    }
    assert_eq!(seen, ["blog", "th-2", "other"]);
    let last = hits(&index, Query::text("").collapse().offset(2));
    assert_eq!(ids(&last), [("other", 0)]);
    assert_eq!(hits(&index, Query::text("").collapse().offset(3)).len(), 0);
    assert_eq!(hits(&index, Query::text("").collapse().limit(0)).len(), 0);
}

#[test]
fn many_copies_in_front_hide_no_other_article() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for i in 0..300 {
        writer
            .upsert(article(&format!("copy-{i}"), "Tàu khách", VI, "2025-03-16"))
            .unwrap();
        if i % 100 == 0 {
            writer.commit().unwrap();
        }
    }
    for i in 0..5 {
        let body = format!("Tàu số {i} đến ga.");
        writer
            .upsert(article(&format!("train-{i}"), "", &body, "2025-03-14"))
            .unwrap();
    }
    writer.commit().unwrap();
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let hits = hits(&index, Query::text("tàu").collapse().limit(4).sort(sort));
        assert_eq!(hits.len(), 4, "{sort:?}");
        let copies: u32 = hits.iter().map(|hit| hit.copies).sum();
        let has_copy = hits.iter().any(|hit| hit.id().starts_with("copy"));
        assert_eq!(copies, if has_copy { 299 } else { 0 }, "{sort:?}");
    }
}

/// The cluster of a document.
fn cluster(index: &Index, id: &str) -> u64 {
    let searcher = engine::searcher(index);
    let address = engine::address(index, &searcher, id).unwrap().unwrap();
    let reader = searcher.segment_reader(address.segment_ord);
    let column = reader.fast_fields().u64("cluster").unwrap();
    column.first(address.doc_id).unwrap()
}

const STORIES: [&str; 4] = [
    VI,
    TH,
    "Boats landed 412,000 tonnes of freshwater fish between October and March, up from 338,000 \
     tonnes a year earlier, according to figures presented at a meeting in Vung Ang on Tuesday.",
    "中老铁路开通四年来累计发送旅客超过六千二百万人次，运输货物七千万吨，其中跨境货物占两成以上，国际旅客列车全程用时缩短。",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// A collapsed answer is the whole one without each hit that has a copy before it.
    #[test]
    fn collapse_is_what_brute_force_says(
        documents in prop::collection::vec((0..6_usize, 1..6_u32, any::<bool>()), 1..40),
        text in prop::sample::select(vec!["", "vung ang tonnes", "รถไฟ", "tàu khách", "铁路"]),
        sort in prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest]),
        limit in 1..5_usize,
        offset in 0..3_usize,
    ) {
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::new(&index).unwrap();
        for (id, (story, day, commits)) in documents.iter().enumerate() {
            let body = STORIES.get(*story).copied().unwrap_or("Vung Ang, tonnes, 铁路");
            let title = format!("{id} tàu khách");
            let date = format!("2025-03-{day:02}");
            writer.upsert(article(&id.to_string(), &title, body, &date)).unwrap();
            if *commits {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();

        let searcher = Searcher::new(&index).snapshot();
        let query = Query::text(text).sort(sort);
        let whole = searcher.search(&query.clone().limit(100)).unwrap().hits;
        let mut shown = HashSet::new();
        let expected: Vec<(String, u32)> = whole
            .iter()
            .filter(|hit| shown.insert(cluster(&index, hit.id())))
            .map(|hit| {
                let of = cluster(&index, hit.id());
                let members = whole.iter().filter(|hit| cluster(&index, hit.id()) == of);
                (hit.id().to_owned(), members.count() as u32 - 1)
            })
            .collect();

        let own = |hits: &[Hit]| -> Vec<(String, u32)> {
            hits.iter().map(|hit| (hit.id().to_owned(), hit.copies)).collect()
        };
        let query = query.collapse().limit(limit);
        let page = searcher.search(&query.clone().offset(offset)).unwrap();
        let expected_page: Vec<_> = expected.iter().skip(offset).take(limit).cloned().collect();
        prop_assert_eq!(own(&page.hits), expected_page);
        // Page after page.
        let mut all = Vec::new();
        let mut page = searcher.search(&query).unwrap();
        all.extend(own(&page.hits));
        while let Some(next) = page.next {
            page = searcher.search(&query.clone().after(next)).unwrap();
            prop_assert!(!page.hits.is_empty());
            all.extend(own(&page.hits));
        }
        prop_assert_eq!(all, expected);
    }
}
