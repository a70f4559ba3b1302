//! Text in other encodings than UTF-8: decoded where it is declared or clear, else told.
//!
//! Vietnamese in VNI, TCVN3 and windows-1258 has tests of its own, `legacy_encodings`.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use encoding_rs::{BIG5, EUC_KR, GB18030, ISO_2022_JP, SHIFT_JIS, WINDOWS_874, WINDOWS_1252};
use mekong_core::Index;
use mekong_ingest::{Encoding, Read, ReadOptions, Writer, read};
use tempfile::TempDir;

const THAI: &str = "กระทรวงการต่างประเทศแถลงว่า รัฐมนตรีได้หารือทางโทรศัพท์เมื่อวันที่ 3 ตุลาคม";

/// What a reader of each language can check.
const TEXTS: [&str; 8] = [
    THAI,
    "ກະຊວງການຕ່າງປະເທດ ແຖລງຂ່າວ ໃນວັນທີ 3 ຕຸລາ",
    "ក្រសួងការបរទេស បានប្រកាស នៅថ្ងៃទី 3 តុលា",
    "နိုင်ငံခြားရေးဝန်ကြီးဌာန က ကြေညာခဲ့သည်။ 3",
    "Bộ Ngoại giao thông báo ngày 3 tháng 10: hai bên đã điện đàm.",
    "外交部10月3日宣布,双方已通电话。",
    "외교부는 10월 3일 통화했다고 밝혔다.",
    "外務省は10月3日、電話会談を行ったと発表した。𠮷野家 ソ連",
];

fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn reads(options: &ReadOptions, name: &str, bytes: impl AsRef<[u8]>) -> Vec<Read> {
    let folder = tempfile::tempdir().unwrap();
    options
        .read(file(&folder, name, bytes))
        .map(Result::unwrap)
        .collect()
}

fn declared(encoding: &str) -> ReadOptions {
    ReadOptions::default().encoding(encoding.parse().unwrap())
}

/// The text in a file of each format, with the name of the file.
fn files(text: &str) -> Vec<(&'static str, String)> {
    let record = serde_json::json!({"id": "a", "body": text}).to_string();
    let mut files = vec![
        ("a.txt", text.to_owned()),
        ("a.md", text.to_owned()),
        ("a.jsonl", format!("{record}\n")),
        ("a.json", format!("[\n{record}\n]\n")),
    ];
    if cfg!(feature = "csv") {
        files.push(("a.csv", format!("id,body\na,\"{text}\"\n")));
    }
    files
}

#[test]
fn utf_16_is_told_with_and_without_its_mark() {
    for text in TEXTS {
        for (name, content) in files(text) {
            for mark in ["\u{FEFF}", ""] {
                let units: Vec<u16> = format!("{mark}{content}").encode_utf16().collect();
                let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
                let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
                for (bytes, encoding) in [(little, Encoding::UTF_16LE), (big, Encoding::UTF_16BE)] {
                    let reads = reads(&ReadOptions::default(), name, bytes);
                    assert_eq!(reads.len(), 1, "{name}");
                    assert_eq!(reads[0].document.body, text, "{name}");
                    assert_eq!(reads[0].encoding, Some(encoding), "{name} {text}");
                    assert!(reads[0].problems.is_empty());
                }
            }
        }
    }
}

#[test]
fn thai_in_windows_874_is_told() {
    for (name, content) in files(THAI) {
        let reads = reads(
            &ReadOptions::default(),
            name,
            WINDOWS_874.encode(&content).0,
        );
        assert_eq!(reads[0].document.body, THAI, "{name}");
        assert_eq!(reads[0].encoding, Some(Encoding::WINDOWS_874), "{name}");
    }
    // A record that is too short to tell takes after the file.
    let lines =
        format!("{{\"id\":\"a\",\"body\":\"ไทย\"}}\n{{\"id\":\"b\",\"body\":\"{THAI}\"}}\n");
    let reads = reads(
        &ReadOptions::default(),
        "a.jsonl",
        WINDOWS_874.encode(&lines).0,
    );
    assert_eq!(reads[0].document.body, "ไทย");
    // Alone it is too little: that is said.
    let folder = tempfile::tempdir().unwrap();
    let error = read(file(&folder, "a.txt", WINDOWS_874.encode("ไทย").0))
        .next()
        .unwrap();
    assert!(error.unwrap_err().is_encoding());
}

#[test]
fn thai_that_was_read_as_windows_1252_is_decoded() {
    let misread = |text: &str| {
        let bytes = WINDOWS_874.encode(text).0.into_owned();
        WINDOWS_1252.decode(&bytes).0.into_owned()
    };
    let record = serde_json::json!({"id": "a", "title": misread("ข่าวด่วน"), "body": misread(THAI)});
    assert!(record["body"].as_str().unwrap().starts_with("¡ÃÐ·ÃÇ§"));
    let of_record = reads(&ReadOptions::default(), "a.jsonl", record.to_string());
    assert_eq!(of_record[0].document.title.as_deref(), Some("ข่าวด่วน"));
    assert_eq!(of_record[0].document.body, THAI);
    assert_eq!(of_record[0].encoding, Some(Encoding::WINDOWS_874));

    // Said to be in it, and not converted.
    let of_file = reads(&declared("iso-8859-1"), "a.txt", WINDOWS_874.encode(THAI).0);
    assert_eq!(of_file[0].document.body, THAI);
    let problem = of_file[0].problems[0].to_string();
    assert!(
        problem.contains("declared to be windows-1252, it is windows-874"),
        "{problem}"
    );
}

#[test]
fn what_is_declared_is_believed() {
    let chinese = "外交部宣布,双方已通电话。";
    let japanese = "ソ連の外務省は表\\示する";
    let korean = "외교부는 밝혔다.";
    for (label, text, encoding) in [
        ("windows-874", "ไทย", WINDOWS_874),
        ("TIS-620", "ไทย", WINDOWS_874),
        ("iso-8859-11", "ไทย", WINDOWS_874),
        ("gb18030", chinese, GB18030),
        ("gbk", chinese, GB18030),
        ("big5", "外交部宣布,雙方功許蓋已通電話。", BIG5),
        ("shift_jis", japanese, SHIFT_JIS),
        ("iso-2022-jp", "ソ連の外務省", ISO_2022_JP),
        ("euc-kr", korean, EUC_KR),
        ("latin1", "«Été», naïve", WINDOWS_1252),
    ] {
        for (name, content) in files(text) {
            let (bytes, _, is_lossy) = encoding.encode(&content);
            assert!(!is_lossy);
            let reads = reads(&declared(label), name, bytes);
            assert_eq!(reads.len(), 1, "{label} {name}");
            assert_eq!(reads[0].document.body, text, "{label} {name}");
            assert_eq!(
                reads[0].encoding,
                Some(label.parse().unwrap()),
                "{label} {name}"
            );
            assert!(reads[0].problems.is_empty(), "{label} {name}");
        }
    }
}

#[test]
fn a_declaration_that_does_not_fit_is_told() {
    for label in ["windows-874", "gb18030", "utf-16", "latin1", "vni"] {
        for (name, content) in files(TEXTS[4]) {
            let reads = reads(&declared(label), name, content);
            assert_eq!(reads[0].document.body, TEXTS[4], "{label} {name}");
            let problem = reads[0].problems[0].to_string();
            assert!(problem.contains("it is UTF-8"), "{problem}");
        }
    }
    let thai = WINDOWS_874.encode(THAI).0;
    let reads = reads(&declared("utf-8"), "a.txt", thai);
    assert_eq!(reads[0].document.body, THAI);
    let problem = reads[0].problems[0].to_string();
    assert!(
        problem.contains("declared to be UTF-8, it is windows-874"),
        "{problem}"
    );

    let folder = tempfile::tempdir().unwrap();
    file(&folder, "a.txt", TEXTS[4]);
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    assert!(writer.ingest(folder.path()).unwrap().is_clean());
}

#[test]
fn ascii_is_the_same_in_all() {
    for label in ["windows-874", "gb18030", "utf-16", "shift_jis"] {
        for (name, content) in files("Ministers met.") {
            let reads = reads(&declared(label), name, content);
            assert_eq!(reads[0].document.body, "Ministers met.", "{label} {name}");
            assert_eq!(reads[0].encoding, None);
        }
    }
}

#[test]
fn what_means_nothing_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    // Half of a character outside of the first plane, in the second record.
    let before = "{\"id\":\"a\",\"body\":\"ก\"}\n{\"id\":\"b\",\"body\":\"ข";
    let behind = "\"}\n{\"id\":\"c\",\"body\":\"ค\"}\n";
    let mut units = vec![0xFEFF];
    units.extend(before.encode_utf16());
    let at = 2 * units.len();
    units.push(0xD800);
    units.extend(behind.encode_utf16());
    let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let read: Vec<_> = read(file(&folder, "a.jsonl", bytes)).collect();
    assert_eq!(read.len(), 3);
    let error = read[1].as_ref().unwrap_err();
    assert!(error.is_encoding());
    assert_eq!(error.line(), Some(2));
    let message = error.to_string();
    assert!(
        message.contains(&format!("not UTF-16LE: byte {at} ")),
        "{message}"
    );
    assert_eq!(read[2].as_ref().unwrap().document.body, "ค");

    // A byte that windows-874 has no character for.
    let mut bytes = WINDOWS_874.encode(THAI).0.into_owned();
    bytes[9] = 0xFC;
    let error = declared("windows-874")
        .read(file(&folder, "a.txt", &bytes))
        .next()
        .unwrap();
    let message = error.unwrap_err().to_string();
    assert!(message.contains("not windows-874: byte 9 "), "{message}");
}

#[test]
fn text_that_was_thai_before_it_was_damaged_is_not_decoded() {
    let folder = tempfile::tempdir().unwrap();
    for (at, text) in TEXTS.iter().enumerate() {
        let mut bytes = text.as_bytes().to_vec();
        let middle = bytes.len() / 2;
        bytes.splice(middle..middle, [0xFF]);
        let error = read(file(&folder, &format!("{at}.txt"), bytes))
            .next()
            .unwrap();
        assert!(error.unwrap_err().is_encoding(), "{text}");
    }
}

#[test]
fn labels_are_read_and_told() {
    assert_eq!(
        "Windows-874".parse::<Encoding>().unwrap().to_string(),
        "windows-874"
    );
    assert_eq!("VNI".parse::<Encoding>().unwrap(), Encoding::VNI);
    let error = "x-klingon".parse::<Encoding>().unwrap_err().to_string();
    assert!(error.contains("unknown encoding `x-klingon`"), "{error}");
}
