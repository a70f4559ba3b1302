//! What people and scripts rely on of the example `dates`.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn dates(arguments: &[&str], input: &str) -> Output {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let mut example = Command::new(folder.join("examples/dates"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    example
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    example.wait_with_output().unwrap()
}

fn objects(arguments: &[&str], input: &str) -> Vec<Value> {
    let output = dates(arguments, input);
    assert!(output.status.success(), "{output:?}");
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn one_object_a_line() {
    let input = concat!(
        "ตั้งแต่ 1 พ.ค. ถึง 15 มิ.ย. 2567\n",
        "since 2025-03\n",
        "ครั้งที่ 10\n",
        r#"{"text": "hôm qua", "lang": "vi", "reference": "2025-10-03"}"#,
        "\n",
        r#"{"text": "2025-12-15T23:30:00Z", "zone": "Asia/Bangkok"}"#,
    );
    let expected = [
        json!({
            "text": "ตั้งแต่ 1 พ.ค. ถึง 15 มิ.ย. 2567", "start": "2024-05-01", "end": "2024-06-15",
            "precision": "day", "era": "buddhist", "confidence": 0.9,
        }),
        json!({
            "text": "since 2025-03", "start": "2025-03-01", "end": null,
            "precision": "month", "era": "common", "confidence": 0.9,
        }),
        json!({
            "text": "ครั้งที่ 10", "start": null, "end": null,
            "precision": null, "era": null, "confidence": null,
        }),
        json!({
            "text": "hôm qua", "start": "2025-10-02", "end": "2025-10-02",
            "precision": "day", "era": "common", "confidence": 0.9,
        }),
        json!({
            "text": "2025-12-15T23:30:00Z", "start": "2025-12-16", "end": "2025-12-16",
            "precision": "day", "era": "common", "confidence": 1.0,
        }),
    ];
    assert_eq!(
        objects(&["--json", "--reference", "2025-12-15"], input),
        expected
    );
}

#[test]
fn the_other_reading_is_an_alternative() {
    let object = &objects(&["--json", "--lang", "en"], "3/4/2025")[0];
    assert_eq!(object["start"], "2025-04-03");
    assert_eq!(object["alternatives"][0]["start"], "2025-03-04");
}

#[test]
fn people_get_a_table_and_reasons() {
    let output = dates(&["--reference", "2025-12-15"], "last week\n31/2/2025\n");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        text,
        "last week\t2025-12-08/2025-12-14\tweek\t0.90\n\
         31/2/2025\tthere is no day 31: February 2025 has 28 days\n"
    );
}

#[test]
fn a_bad_argument_exits_with_two_and_a_bad_line_says_which() {
    let output = dates(&["--zone", "Asia/Hanoi"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Asia/Ho_Chi_Minh"));
    let output = dates(&[], "today\n{\"text\": 3}\n");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 2"));
}
