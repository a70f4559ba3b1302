//! Markdown: its text without marks, and its front matter.

#![allow(clippy::unwrap_used)]

use std::fs;

use mekong_core::{Document, Language};
use mekong_ingest::{Read, read};

fn try_file(name: &str, text: &str) -> Result<Read, mekong_ingest::Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let mut documents = read(&path);
    let first = documents.next().unwrap();
    assert!(documents.next().is_none());
    first
}

fn file(text: &str) -> Document {
    let read = try_file("bài.md", text).unwrap();
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.document
}

#[test]
fn front_matter_is_what_the_document_says_about_itself() {
    let document = file(
        "---\n\
         title: \"Hội nghị \\\"Mê Kông – Lan Thương\\\"\"  # của ban thư ký\n\
         date: 2025-12-15T08:30:00+07:00\n\
         lang: vi\n\
         source: 'TTXVN'\n\
         url: https://example.org/hoi-nghi\n\
         tags: [ngoại giao, \"Lào, Thái Lan\"]\n\
         authors:\n  - Nguyễn Văn A\n  - Trần Thị B\n\
         summary: >\n  Sáu nước\n  họp tại Viêng Chăn.\n\
         priority: 3\n\
         draft: false\n\
         geo:\n  lat: 17.9\n\
         ---\n\
         \n\
         # Toàn văn\n\
         \n\
         Sáng 15/12, hội nghị khai mạc.\n",
    );
    assert_eq!(document.id, "bài.md");
    assert_eq!(
        document.title.as_deref(),
        Some("Hội nghị \"Mê Kông – Lan Thương\"")
    );
    assert_eq!(document.date.unwrap().to_string(), "2025-12-15T01:30:00Z");
    assert_eq!(document.source.as_deref(), Some("TTXVN"));
    assert_eq!(
        document.url.as_deref(),
        Some("https://example.org/hoi-nghi")
    );
    assert_eq!(document.body, "Toàn văn\nSáng 15/12, hội nghị khai mạc.");
    assert_eq!(
        serde_json::to_value(&document.meta).unwrap(),
        serde_json::json!({
            "tags": ["ngoại giao", "Lào, Thái Lan"],
            "authors": ["Nguyễn Văn A", "Trần Thị B"],
            "summary": "Sáu nước họp tại Viêng Chăn.",
            "priority": 3,
            "draft": false,
        })
    );
}

#[test]
fn front_matter_of_toml() {
    let document = file(
        "+++\n\
         title = 'ข่าวเวียงจันทน์'\n\
         date = 2025-12-15\n\
         tags = [\n  \"การทูต\",\n  \"พลังงาน\",\n]\n\
         weight = 7\n\
         [params]\n\
         title = 'ไม่ใช่'\n\
         +++\n\
         เนื้อหา\n",
    );
    assert_eq!(document.title.as_deref(), Some("ข่าวเวียงจันทน์"));
    assert_eq!(document.date.unwrap().to_string(), "2025-12-15");
    assert_eq!(document.body, "เนื้อหา");
    assert_eq!(
        serde_json::to_value(&document.meta).unwrap(),
        serde_json::json!({ "tags": ["การทูต", "พลังงาน"], "weight": 7 })
    );
}

#[test]
fn rules_around_a_text_are_no_front_matter() {
    assert_eq!(
        file("---\nHà Nội hôm nay\n---\nTrời đẹp").body,
        "Hà Nội hôm nay\nTrời đẹp"
    );
    assert_eq!(
        file("---\ntitle: không khép lại\n").body,
        "title: không khép lại"
    );
    assert_eq!(file("--- ---\n\nmột").body, "một");
}

#[test]
fn a_date_that_is_none_is_told() {
    let read = try_file("a.md", "---\ndate: hôm qua kia\n---\nNội dung").unwrap();
    assert_eq!(read.document.date, None);
    assert_eq!(read.problems.len(), 1);
    assert!(
        try_file("a.md", "---\ntitle: trống\n---\n")
            .unwrap_err()
            .is_empty()
    );
}

#[test]
fn the_first_heading_is_the_title() {
    let document = file("# Giá **gạo** tăng\n\nTuần thứ ba.\n\n# Phụ lục\n\nBảng giá.");
    assert_eq!(document.title.as_deref(), Some("Giá gạo tăng"));
    assert_eq!(document.body, "Tuần thứ ba.\nPhụ lục\nBảng giá.");
    let document = file("Giá gạo\n=======\n\nTuần thứ ba.");
    assert_eq!(document.title.as_deref(), Some("Giá gạo"));
    // Told twice, it is kept once.
    let document = file("---\ntitle: Giá gạo\n---\n# Giá gạo\n\nTuần thứ ba.");
    assert_eq!(document.body, "Tuần thứ ba.");
    let document = file("## Chỉ là mục\n\nTuần thứ ba.");
    assert_eq!(document.title, None);
    assert_eq!(document.headline(), "Chỉ là mục");
}

#[test]
fn marks_are_left_out_and_words_are_not() {
    for (markdown, text) in [
        ("ม**ี**นาคม *2568*", "มีนาคม 2568"),
        ("một\nhai\n\nba", "một hai\nba"),
        ("một  \nhai", "một\nhai"),
        (
            "[Báo](https://example.org/a_b) và ![Ảnh chụp](x.png)",
            "Báo và Ảnh chụp",
        ),
        ("- một\n- hai\n  1. ba\n", "một\nhai\nba"),
        ("> trích\n\nlời", "trích\nlời"),
        (
            "`let x = 1;`\n\n```rust\nlet y = 2;\n```\nhết",
            "let x = 1;\nlet y = 2;\nhết",
        ),
        (
            "| Tỉnh | Mực nước |\n|---|---|\n| Viêng Chăn | 1,2 m |\n\nhết",
            "Tỉnh\tMực nước\nViêng Chăn\t1,2 m\nhết",
        ),
        (
            "cà ~~trà~~ phê[^1]\n\n[^1]: chú thích",
            "cà trà phê\nchú thích",
        ),
        ("a <b>b</b><br>c &amp; d", "a b\nc & d"),
        ("- [x] xong", "xong"),
    ] {
        assert_eq!(file(markdown).body, text, "{markdown}");
    }
}

#[cfg(feature = "html")]
#[test]
fn html_in_markdown_is_text_too() {
    assert_eq!(
        file("một\n\n<div class=\"x\">\n<p>hai &amp; ba</p><script>x</script>\n</div>\n\nbốn").body,
        "một\nhai & ba\nbốn"
    );
}

#[test]
fn a_claimed_language_counts_where_the_text_is_silent() {
    assert_eq!(
        file("---\nlang: vi\n---\nMai").language,
        Some(Language::VIETNAMESE)
    );
    assert_eq!(file("---\nlang: en\n---\nข่าวจากเวียงจันทน์วันนี้").language, None);
}

#[test]
fn deep_markdown_is_no_problem() {
    for markdown in [
        "> ".repeat(100_000) + "sâu",
        "- ".repeat(100_000) + "sâu",
        "*".repeat(100_000) + "sâu",
        "*a _".repeat(50_000) + "sâu",
        "[".repeat(100_000) + "sâu",
        "![".repeat(50_000) + "sâu",
        "<b>".repeat(100_000) + "sâu",
        "`a``b```".repeat(20_000) + "sâu",
        "[a](".repeat(50_000) + "sâu",
        "|".repeat(100_000) + "\n|-|-|\nsâu",
        "# a\n".repeat(50_000) + "sâu",
        format!("---\n{}\n---\nsâu", "a: [[[[\n".repeat(50_000)),
        format!("---\na: \"{}\n---\nsâu", "\\\"".repeat(100_000)),
    ] {
        let begun = std::time::Instant::now();
        let start: String = markdown.chars().take(20).collect();
        let document = file(&markdown);
        assert!(document.body.contains("sâu"), "{start}");
        let seconds = begun.elapsed().as_secs_f32();
        assert!(seconds < 10.0, "{seconds} s: {start}");
    }
}
