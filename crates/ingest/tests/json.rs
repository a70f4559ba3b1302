//! JSON arrays and objects: each element a document, a bad one its own loss.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use mekong_ingest::{Error, Format, Read, ReadOptions, read};
use proptest::prelude::*;
use tempfile::TempDir;

fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// What is read: `line id` of documents, `line !` of errors.
fn outline(name: &str, text: impl AsRef<[u8]>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, name, text);
    let told = |read: Result<Read, Error>| match read {
        Ok(read) => format!("{} {}", read.line.unwrap(), read.document.id),
        Err(error) => {
            assert_eq!(error.path(), Some(&*path));
            format!("{} !", error.line().unwrap())
        }
    };
    read(&path).map(told).collect()
}

#[test]
fn an_array_is_read_element_by_element() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"[
  {"id": "vi", "title": "Hội nghị [Hà Nội] {2025}", "body": "Hai bên nhất trí, \"tăng cường\" \\",
   "date": "3/10/2025", "tags": ["a", {"b": [1, 2]}]},
  {
    "id": "th",
    "body": "ประชุมที่กรุงเทพฯ",
    "lang": "th"
  }
]"#;
    let reads: Vec<_> = read(file(&folder, "a.json", text))
        .map(Result::unwrap)
        .collect();
    assert_eq!(reads.len(), 2);
    let vi = &reads[0].document;
    assert_eq!(vi.title.as_deref(), Some("Hội nghị [Hà Nội] {2025}"));
    assert_eq!(vi.body, "Hai bên nhất trí, \"tăng cường\" \\");
    assert_eq!(vi.date.unwrap().to_string(), "2025-10-03");
    assert_eq!(vi.meta["tags"], serde_json::json!(["a", {"b": [1, 2]}]));
    assert_eq!((reads[0].line, reads[1].line), (Some(2), Some(4)));
    assert_eq!(reads[1].document.body, "ประชุมที่กรุงเทพฯ");
}

#[test]
fn objects_stand_alone_or_one_after_another() {
    let one = "{\n  \"id\": \"a\",\n  \"body\": \"x\"\n}";
    let two = format!("{one}\n{}", one.replace("\"a\"", "\"b\""));
    assert_eq!(outline("a.json", one), ["1 a"]);
    assert_eq!(outline("named.otherwise", one), ["1 a"]);
    assert_eq!(outline("a.json", two), ["1 a", "5 b"]);
    assert_eq!(outline("a.json", format!("\u{FEFF}{one}")), ["1 a"]);
    let lines = "{\"id\":\"a\",\"body\":\"x\"}\n{\"id\":\"b\",\"body\":\"x\"}";
    assert_eq!(outline("a.json", lines), ["1 a", "2 b"]);
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "a", lines.replace('\n', " "));
    let reads: Vec<_> = ReadOptions::default()
        .format(Format::Json)
        .read(path)
        .collect();
    assert_eq!(reads.len(), 2);
    assert_eq!(outline("empty.json", "[]"), [""; 0]);
}

#[test]
fn a_bad_element_costs_itself_alone() {
    let a = r#"{"id":"a","body":"x"}"#;
    let z = r#"{"id":"z","body":"x"}"#;
    for (bad, told) in [
        // No object, or not the right one.
        ("5", vec!["2 !"]),
        ("\"text, [more]\"", vec!["2 !"]),
        ("null", vec!["2 !"]),
        ("[1, 2]", vec!["2 !"]),
        (r#"{"id":"no body"}"#, vec!["2 !"]),
        // Broken, but for its brackets.
        (r#"{"id": x}"#, vec!["2 !"]),
        (r#"{"id":"b" "body":"x"}"#, vec!["2 !"]),
        ("{\"id\":\"b\",\n\"body\":\"\\q\"}", vec!["3 !"]),
        // A string that is not closed.
        ("{\"id\":\"b\",\"body\":\"x\n}", vec!["3 !"]),
        // Brackets that are missing or wrong.
        (r#"{"id":"b","body":"x","tags":["a"}"#, vec!["2 !"]),
        (r#"{"id":"b","body":"x""#, vec!["3 !"]),
        (r#"{"id":"b","body":"x"}}"#, vec!["2 b", "2 !"]),
    ] {
        let lines = 3 + bad.matches('\n').count();
        let expected: Vec<_> = ["1 a".to_owned()]
            .into_iter()
            .chain(told.into_iter().map(str::to_owned))
            .chain([format!("{lines} z")])
            .collect();
        assert_eq!(
            outline("a.json", format!("[{a},\n{bad},\n{z}]")),
            expected,
            "{bad}"
        );
    }
}

#[test]
fn what_is_cut_short_is_told() {
    let a = r#"{"id":"a","body":"x"}"#;
    assert_eq!(outline("a.json", format!("[\n{a}")), ["2 a", "1 !"]);
    assert_eq!(
        outline("a.json", format!("[\n{a},\n{{\"id\":\"b\",")),
        ["2 a", "3 !"]
    );
    assert_eq!(
        outline("a.json", format!("[\n{a},\n{{\"id\":\"b")),
        ["2 a", "3 !"]
    );
    assert_eq!(outline("a.json", format!("[{a}]]")), ["1 a", "1 !"]);
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let text = b"[{\"id\":\"a\",\"body\":\"x\"},\n {\"id\":\"b\",\n\"body\":\"\xFF\"},{\"id\":\"c\",\"body\":\"x\"}]";
    let reads: Vec<_> = read(file(&folder, "a.json", text)).collect();
    let error = reads[1].as_ref().unwrap_err();
    assert!(error.is_encoding());
    assert_eq!(error.line(), Some(3));
    let at = text.iter().position(|&byte| byte == 0xFF).unwrap();
    assert!(
        error.to_string().contains(&format!("byte {at} ")),
        "{error}"
    );
    assert_eq!(reads[2].as_ref().unwrap().document.id, "c");
}

#[test]
fn an_array_is_not_held_in_memory() {
    // Half a million elements, packed: only the first are taken.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json.zst");
    let mut packed = zstd::Encoder::new(fs::File::create(&path).unwrap(), 1).unwrap();
    packed.write_all(b"[").unwrap();
    for n in 0..500_000 {
        writeln!(
            packed,
            "{{\"id\":\"{n}\",\"body\":\"{}\"}},",
            "x".repeat(200)
        )
        .unwrap();
    }
    packed.finish().unwrap();
    let start = std::time::Instant::now();
    let first: Vec<_> = read(&path)
        .take(3)
        .map(|read| read.unwrap().document.id)
        .collect();
    assert_eq!(first, ["0", "1", "2"]);
    assert!(start.elapsed().as_millis() < 500);
}

proptest! {
    #[test]
    fn what_was_written_is_read(bodies in proptest::collection::vec("\\PC{0,20}[\\[\\]{},\":\\\\\n]{0,6}", 1..8), pretty: bool) {
        let values: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(n, body)| serde_json::json!({"id": n.to_string(), "body": body, "x": [[body], {"k": n}]}))
            .collect();
        let text = if pretty {
            serde_json::to_string_pretty(&values).unwrap()
        } else {
            serde_json::to_string(&values).unwrap()
        };
        let folder = tempfile::tempdir().unwrap();
        let read: Vec<_> = read(file(&folder, "a.json", text))
            .map(|read| read.unwrap().document.body)
            .collect();
        prop_assert_eq!(read, bodies);
    }

    #[test]
    fn anything_is_survived(text in "[\\[\\]{},\":\\\\\n a]{0,60}") {
        let folder = tempfile::tempdir().unwrap();
        let options = ReadOptions::default().format(Format::Json);
        let path = file(&folder, "a.json", format!("[{text}"));
        let count = options.read(path).count();
        prop_assert!(count < 100);
    }
}
