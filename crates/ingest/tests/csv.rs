//! Tables: columns become fields, a bad record is its own loss.

#![cfg(feature = "csv")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use mekong_ingest::{Columns, Error, Read, ReadOptions, read};
use proptest::prelude::*;
use tempfile::TempDir;

fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn reads_with(options: &ReadOptions, name: &str, text: impl AsRef<[u8]>) -> Vec<Read> {
    let folder = tempfile::tempdir().unwrap();
    options
        .read(file(&folder, name, text))
        .map(Result::unwrap)
        .collect()
}

fn reads(name: &str, text: impl AsRef<[u8]>) -> Vec<Read> {
    reads_with(&ReadOptions::default(), name, text)
}

/// What is read: `line body` of documents, `line !` of errors.
fn outline(name: &str, text: impl AsRef<[u8]>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let told = |read: Result<Read, Error>| match read {
        Ok(read) => format!("{} {}", read.line.unwrap(), read.document.body),
        Err(error) => format!("{} !", error.line().unwrap()),
    };
    read(file(&folder, name, text)).map(told).collect()
}

#[test]
fn usual_names_are_known() {
    let text = "\u{FEFF}ID,Headline,Text,Published,Language,Publisher,Link,Author,chuyên mục\r\n\
        vn-1,Hội nghị,\"Hai bên nhất trí, \"\"tăng cường\"\"\nhợp tác.\",3/10/2025,vi,TTXVN,https://example.org/1,An,Ngoại giao\r\n\
        \r\n\
        th-1,ประชุม,ประชุมที่กรุงเทพฯ,3 ต.ค. 2568,,,,,\r\n";
    let reads = reads("a.csv", text);
    assert_eq!(reads.len(), 2);
    let vi = &reads[0].document;
    assert_eq!(
        (vi.id.as_str(), vi.title.as_deref()),
        ("vn-1", Some("Hội nghị"))
    );
    assert_eq!(vi.body, "Hai bên nhất trí, \"tăng cường\"\nhợp tác.");
    assert_eq!(vi.date.unwrap().to_string(), "2025-10-03");
    assert_eq!(vi.language.unwrap().code(), "vi");
    assert_eq!(vi.source.as_deref(), Some("TTXVN"));
    assert_eq!(vi.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(vi.meta["Author"], "An");
    assert_eq!(vi.meta["chuyên mục"], "Ngoại giao");
    assert_eq!((reads[0].line, reads[1].line), (Some(2), Some(5)));
    let th = &reads[1].document;
    assert_eq!(th.date.unwrap().to_string(), "2025-10-03");
    assert!(th.source.is_none() && th.meta.is_empty());
}

#[test]
fn columns_are_mapped() {
    let text = "Tiêu đề;Tóm tắt;Nội dung;body;Ngày\nMột;Hai;Ba;Bốn;2025-10-03\nMột;;Ba;;\n";
    let columns = Columns::default()
        .title("tiêu đề")
        .body("Tóm tắt")
        .body(3)
        .date("NGÀY");
    let reads = reads_with(&ReadOptions::default().columns(columns), "a.csv", text);
    let document = &reads[0].document;
    assert_eq!(document.id, "a.csv#2");
    assert_eq!(document.title.as_deref(), Some("Một"));
    assert_eq!(document.body, "Hai\nBa");
    assert_eq!(document.date.unwrap().to_string(), "2025-10-03");
    // What is mapped elsewhere is kept.
    assert_eq!(document.meta["body"], "Bốn");
    assert_eq!(reads[1].document.body, "Ba");

    let columns = Columns::default()
        .without_header()
        .id(1)
        .body(2)
        .delimiter(b'|');
    let reads = reads_with(
        &ReadOptions::default().columns(columns),
        "a.csv",
        "a|một|x\nb|hai|y\n",
    );
    assert_eq!(reads[0].document.id, "a");
    assert_eq!(reads[1].document.body, "hai");
    assert_eq!(reads[1].document.meta["column 3"], "y");
}

#[test]
fn a_table_without_a_text_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "a.csv", "id,tên\n1,An\n2,Bình\n");
    let errors: Vec<_> = read(&path)
        .map(|read| read.unwrap_err().to_string())
        .collect();
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("expected one named `body`"),
        "{}",
        errors[0]
    );
    assert!(errors[0].contains("`id`, `tên`"), "{}", errors[0]);
    let options = ReadOptions::default().columns(Columns::default().body("nội dung"));
    let errors: Vec<_> = options
        .read(&path)
        .map(|read| read.unwrap_err().to_string())
        .collect();
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("no column named `nội dung` for `body`"),
        "{}",
        errors[0]
    );
}

#[test]
fn delimiters_are_found() {
    for text in [
        "id,body\n1,\"a;b\"\n",
        "id;body\n1;\"a;b\"\n",
        "id\tbody\n1\ta\n",
        "sep=;\nid;body\n1;a\n",
        "\"id\";\"body, or so\";body\n1;;a\n",
        "body\na\n",
    ] {
        let reads = reads("a.csv", text);
        assert_eq!(reads.len(), 1, "{text}");
        assert!(reads[0].document.body.starts_with('a'), "{text}");
    }
}

#[test]
fn tabs_need_no_quotes() {
    let text =
        "id\tbody\n1\t\"Xin chào\" là lời chào\n2\t\"a\tb\"\n3\tkhổ 5\"\n4\t\"không đóng\n5\tx\n";
    assert_eq!(
        outline("a.tsv", text),
        [
            "2 \"Xin chào\" là lời chào",
            "3 a\tb",
            "4 khổ 5\"",
            "5 \"không đóng",
            "6 x"
        ]
    );
}

#[test]
fn a_bad_record_costs_itself_alone() {
    for (bad, told) in [
        // Too few and too many fields.
        ("2", vec!["3 !"]),
        ("2,b,c", vec!["3 !"]),
        ("2,\"b\nb\",c", vec!["3 !"]),
        // Quotes that are not closed, and that are not written twice.
        ("2,\"b", vec!["3 !"]),
        ("2,\"b\n3,\"c\"", vec!["3 !", "4 c"]),
        ("2,\"b\n3,c\n4,\"\"", vec!["3 !", "4 c", "5 "]),
        ("2,\"b \"c\" d\"", vec!["3 !"]),
        ("2,b \"c\" d", vec!["3 b \"c\" d"]),
        ("2,b\0", vec!["3 !"]),
        (",", vec![]),
    ] {
        let lines = 4 + bad.matches('\n').count();
        let expected: Vec<_> = ["2 a"]
            .into_iter()
            .chain(told)
            .map(str::to_owned)
            .chain([format!("{lines} z")])
            .collect();
        assert_eq!(
            outline("a.csv", format!("id,body\n1,a\n{bad}\n9,z")),
            expected,
            "{bad:?}"
        );
    }
}

#[test]
fn quotes_that_never_close_take_no_time() {
    // Each line opens one more.
    let text = format!("id,body\n{}", "1,\"\"\"x\n".repeat(20_000));
    let start = std::time::Instant::now();
    let outline = outline("a.csv", text);
    assert!(outline.len() > 1);
    assert!(start.elapsed().as_secs() < 60);
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        rows in prop::collection::vec(("[a-zก-ฮ ,;\t\"\n\r]{0,12}x", "[a-zก-ฮ ,;\t\"\n\r]{0,12}"), 1..8),
        delimiter in prop::sample::select(vec![',', ';', '\t']),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut text = format!("body{delimiter}note{end}");
        for (body, note) in &rows {
            text += &format!("{}{delimiter}{}{end}", quoted(body), quoted(note));
        }
        let read = reads("a.csv", text);
        prop_assert_eq!(read.len(), rows.len());
        for (read, (body, note)) in read.iter().zip(&rows) {
            prop_assert_eq!(&read.document.body, body);
            let kept = read.document.meta.get("note").and_then(|note| note.as_str());
            prop_assert_eq!(kept.unwrap_or_default().trim(), note.trim());
        }
    }

    #[test]
    fn anything_is_survived(text in "[a,\";\t\n\r]{0,60}", tsv: bool) {
        let name = if tsv { "a.tsv" } else { "a.csv" };
        let folder = tempfile::tempdir().unwrap();
        let count = read(file(&folder, name, format!("id,body\n{text}"))).count();
        prop_assert!(count <= 61);
    }
}
