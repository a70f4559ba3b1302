//! Copies of one article are one cluster, articles on one event by different authors are not.

#![allow(clippy::unwrap_used)]

use mekong_core::engine::{self, IndexWriter};
use mekong_core::{Document, Index};
use proptest::prelude::*;

/// Articles of a wire service, which we wrote.
const WIRE: [(&str, &str); 4] = [
    ("vi", include_str!("data/wire/vi.txt")),
    ("th", include_str!("data/wire/th.txt")),
    ("en", include_str!("data/wire/en.txt")),
    ("zh", include_str!("data/wire/zh.txt")),
];

/// Another report of the event in `vi.txt`, by another author.
const OTHER_REPORT: &str = "\
    Tàu khách từ thủ đô của Lào ra biển Hà Tĩnh có thể lăn bánh trở lại sau nhiều năm gián đoạn. \
    Đó là nội dung thỏa thuận vừa đạt được giữa Việt Nam, Lào và Thái Lan tại Hà Nội hôm 14/3.\n\
    Ba nước dành chín tháng để nghiên cứu, trước khi xin chủ trương đầu tư. Đoạn khó nhất là đèo \
    Mụ Giạ, nơi ray cũ đã bị tháo dỡ, và mỗi nước lại dùng một cỡ ray riêng.\n\
    Giới kinh doanh nông sản ở Udon Thani hồ hởi: xe tải hiện mất bốn ngày mới tới bến. \
    Ông Lê Minh Quang, Thứ trưởng, tin rằng thời gian ấy chỉ còn một ngày.\n\
    Khoản tiền ban đầu 40 triệu USD do một ngân hàng trong khu vực chi trả.";

fn writer(index: &Index) -> IndexWriter {
    IndexWriter::new(index, 15_000_000).unwrap()
}

fn index(documents: &[Document]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    for document in documents {
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn cluster(index: &Index, id: &str) -> u64 {
    let searcher = engine::searcher(index);
    let address = engine::address(index, &searcher, id).unwrap().unwrap();
    let segment = searcher.segment_reader(address.segment_ord);
    let column = segment.fast_fields().u64("cluster").unwrap();
    column.first(address.doc_id).unwrap()
}

/// Whether the second document is a copy of the first.
fn is_copy(mut a: Document, mut b: Document) -> bool {
    a.id = "a".to_owned();
    b.id = "b".to_owned();
    let index = index(&[a, b]);
    cluster(&index, "a") == cluster(&index, "b")
}

fn document(body: &str) -> Document {
    Document::new("x").body(body)
}

/// Vietnamese as it is typed without accents.
fn without_accents(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    letters
        .collect::<String>()
        .replace('đ', "d")
        .replace('Đ', "D")
}

#[test]
fn the_same_text_under_another_headline_is_a_copy() {
    for (language, body) in WIRE {
        let copy = is_copy(
            document(body)
                .title("One headline, as the wire service wrote it")
                .source("wire"),
            document(body).title("And another one, made up by an editor of a newspaper"),
        );
        assert!(copy, "{language}");
    }
}

#[test]
fn a_paragraph_more_or_less_makes_no_other_article() {
    for (language, body) in WIRE {
        let paragraphs: Vec<&str> = body.lines().collect();
        let without_first = paragraphs[1..].join("\n");
        let without_last = paragraphs[..paragraphs.len() - 1].join("\n");
        assert!(
            is_copy(document(body), document(&without_first)),
            "{language}"
        );
        assert!(
            is_copy(document(&without_last), document(body)),
            "{language}"
        );
        let more =
            format!("(Wire) Our reporters, Friday evening.\n{body}\nRead more: photos, video");
        assert!(is_copy(document(body), document(&more)), "{language}");
    }
}

#[test]
fn spelling_makes_no_other_article() {
    let vi = WIRE[0].1;
    assert!(is_copy(document(vi), document(&without_accents(vi))));
    assert!(is_copy(document(&vi.to_uppercase()), document(vi)));
    use unicode_normalization::UnicodeNormalization;
    let decomposed: String = vi.nfd().collect();
    assert!(is_copy(document(vi), document(&decomposed)));
    // Thai with its sara am in two characters, and digits of its own.
    let th = WIRE[1].1;
    let other = th
        .replace('ำ', "\u{E4D}า")
        .replace('1', "๑")
        .replace('7', "๗");
    assert!(is_copy(document(th), document(&other)));
    // 简体, 繁體.
    let traditional = WIRE[3]
        .1
        .replace('铁', "鐵")
        .replace('国', "國")
        .replace('车', "車");
    assert!(is_copy(document(WIRE[3].1), document(&traditional)));
}

#[test]
fn another_report_of_the_same_event_is_no_copy() {
    assert!(!is_copy(document(WIRE[0].1), document(OTHER_REPORT)));
    for (a, b) in [(0, 1), (0, 2), (1, 3), (2, 3)] {
        assert!(!is_copy(document(WIRE[a].1), document(WIRE[b].1)));
    }
}

#[test]
fn the_report_of_another_week_is_no_copy() {
    let report = |numbers: [&str; 4]| {
        let [week, cases, fine, seized] = numbers;
        format!(
            "ผลการปราบปรามผู้กระทำผิดกฎหมายสรรพสามิตประจำสัปดาห์ที่ {week} มีจำนวน {cases} คดี \
             คิดเป็นเงินค่าปรับ {fine} ล้านบาท แยกเป็นคดีสุรา คดียาสูบ และคดีน้ำมัน \
             โดยมีของกลางเป็นน้ำสุรา {seized} ลิตร ซึ่งกรมสรรพสามิตจะติดตามการลักลอบนำเข้าตามแนวชายแดน\
             อย่างเข้มงวดต่อไป ประชาชนที่พบเห็นการกระทำผิดสามารถแจ้งเบาะแสได้ที่สำนักงานสรรพสามิตทุกพื้นที่"
        )
    };
    let (first, second) = (
        report(["12", "586", "12.4", "4,910"]),
        report(["14", "611", "9.8", "3,275"]),
    );
    let on = |body: &str, date: &str| document(body).date(date.parse().unwrap());
    assert!(!is_copy(
        on(&first, "2024-03-22"),
        on(&second, "2024-04-05")
    ));
    // The very same report is a copy however late it comes.
    assert!(is_copy(on(&first, "2024-03-22"), on(&first, "2024-09-01")));
    assert!(is_copy(on(&first, "2024-03-22"), on(&first, "2024-03-23")));
}

#[test]
fn copies_of_copies_do_not_join_a_series() {
    // Each day a sentence of ten is new: neighbours are much alike, the first and the last not.
    let sentences: Vec<String> = (0..40).map(|i| words(i, 40).join(" ")).collect();
    let series: Vec<Document> = (1..=20)
        .map(|day| {
            Document::new(day.to_string())
                .body(sentences[day..day + 10].join(". "))
                .date(format!("2025-03-{day:02}").parse().unwrap())
        })
        .collect();
    let index = index(&series);
    assert_eq!(cluster(&index, "1"), cluster(&index, "2"));
    let clusters = (1..=20).map(|day| cluster(&index, &day.to_string()));
    let clusters: std::collections::BTreeSet<u64> = clusters.collect();
    assert!(clusters.len() >= 4, "{}", clusters.len());
}

#[test]
fn short_texts_are_copies_if_they_are_equal() {
    let short = "Bộ trưởng Ngoại giao thăm Lào từ ngày 3 đến ngày 5.";
    assert!(is_copy(document(short), document(short)));
    assert!(is_copy(document(short), document(&without_accents(short))));
    assert!(!is_copy(
        document(short),
        document(&short.replace("Lào", "Thái"))
    ));
    assert!(!is_copy(document("Ảnh"), document("Video")));
    assert!(!is_copy(
        document("Ảnh").title("Lễ hội"),
        document("Ảnh").title("Đua ghe")
    ));
    // Without a word there is nothing to be equal.
    assert!(!is_copy(document(""), document("")));
    assert!(!is_copy(document("…"), document("…")));
}

#[test]
fn copies_are_found_in_every_place() {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    let copy = |id: &str, word: &str| Document::new(id).body(WIRE[2].1.replace("caution", word));
    // In the same commit.
    writer.upsert(&copy("1", "caution")).unwrap();
    writer
        .upsert(&Document::new("other").body(WIRE[1].1))
        .unwrap();
    writer.upsert(&copy("2", "doubts")).unwrap();
    writer.commit().unwrap();
    // In an earlier one.
    writer.upsert(&copy("3", "hope")).unwrap();
    writer.commit().unwrap();
    writer.close().unwrap();
    // By a later writer.
    let mut writer = IndexWriter::new(&index, 15_000_000).unwrap();
    writer.upsert(&copy("4", "cheers")).unwrap();
    writer
        .upsert(&Document::new("new").body(WIRE[3].1))
        .unwrap();
    writer.commit().unwrap();
    let first = cluster(&index, "1");
    for id in ["2", "3", "4"] {
        assert_eq!(cluster(&index, id), first, "{id}");
    }
    assert_ne!(cluster(&index, "other"), first);
    assert_ne!(cluster(&index, "new"), first);
    assert_ne!(cluster(&index, "new"), cluster(&index, "other"));
}

#[test]
fn a_new_version_of_a_document_stays_in_its_cluster_while_it_is_like_it() {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    writer.upsert(&Document::new("a").body(WIRE[0].1)).unwrap();
    writer.upsert(&Document::new("b").body(WIRE[0].1)).unwrap();
    writer.commit().unwrap();
    let first = cluster(&index, "a");
    let updated = format!("{}\nCập nhật lúc 19 giờ.", WIRE[0].1);
    writer.upsert(&Document::new("a").body(updated)).unwrap();
    writer.commit().unwrap();
    assert_eq!(cluster(&index, "a"), first);
    assert_eq!(cluster(&index, "b"), first);
    writer.upsert(&Document::new("a").body(WIRE[1].1)).unwrap();
    writer.commit().unwrap();
    assert_ne!(cluster(&index, "a"), first);
    assert_eq!(cluster(&index, "b"), first);
    assert_eq!(index.document_count(), 2);
}

#[test]
fn what_was_taken_back_or_deleted_has_no_copies() {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    writer.upsert(&Document::new("a").body(WIRE[0].1)).unwrap();
    writer.rollback().unwrap();
    writer.upsert(&Document::new("th").body(WIRE[1].1)).unwrap();
    writer.upsert(&Document::new("b").body(WIRE[0].1)).unwrap();
    writer.commit().unwrap();
    let gone = cluster(&index, "b");
    writer.delete("b");
    writer.commit().unwrap();
    writer.upsert(&Document::new("c").body(WIRE[0].1)).unwrap();
    writer.commit().unwrap();
    assert_ne!(cluster(&index, "c"), gone);
    assert_ne!(cluster(&index, "c"), cluster(&index, "th"));
}

/// A text of words that are all different.
fn words(seed: u64, count: usize) -> Vec<String> {
    (0..count as u64)
        .map(|i| format!("w{}", seed * 100_000 + i))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn an_edited_text_is_a_copy_and_another_text_is_none(
        count in 120..600_usize,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8), 0..4),
    ) {
        let original = words(1, count);
        let mut edited = original.clone();
        for (i, (at, edit)) in edits.into_iter().enumerate() {
            let at = at.index(edited.len());
            match edit {
                0 => edited[at] = format!("new{i}"),
                1 => drop(edited.remove(at)),
                _ => edited.insert(at, format!("new{i}")),
            }
        }
        let index = index(&[
            Document::new("original").body(original.join(" ")),
            Document::new("other").body(words(2, count).join(" ")),
            Document::new("edited").body(edited.join(" ")),
        ]);
        prop_assert_eq!(cluster(&index, "edited"), cluster(&index, "original"));
        prop_assert_ne!(cluster(&index, "other"), cluster(&index, "original"));
    }

    #[test]
    fn any_texts_can_be_compared(bodies in prop::collection::vec(".{0,200}", 1..8)) {
        let documents: Vec<Document> = (0..)
            .zip(&bodies)
            .map(|(id, body): (u32, _)| Document::new(id.to_string()).body(body))
            .collect();
        let index = index(&documents);
        for (a, body) in bodies.iter().enumerate() {
            for (b, other) in bodies.iter().enumerate() {
                let is_one = cluster(&index, &a.to_string()) == cluster(&index, &b.to_string());
                let has_words = body.chars().any(|c| c.is_ascii_alphanumeric());
                if body == other && has_words {
                    prop_assert!(is_one);
                }
            }
        }
    }
}
