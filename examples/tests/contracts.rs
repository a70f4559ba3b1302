//! What people and scripts rely on: options, output and exit codes of the examples.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// An example that was built beside this test.
fn example(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let mut command = Command::new(folder.join("examples").join(name));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    command
}

fn search(arguments: &[&str]) -> Output {
    example("search").args(arguments).output().unwrap()
}

/// The standard output of a search that ends well.
fn found(arguments: &[&str]) -> String {
    let output = search(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn hits(arguments: &[&str]) -> Vec<Value> {
    found(&[arguments, &["--json"]].concat())
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    let fields = object.as_object().unwrap();
    fields.keys().map(String::as_str).collect()
}

fn ids(arguments: &[&str]) -> Vec<String> {
    hits(arguments)
        .iter()
        .map(|hit| hit["id"].as_str().unwrap()[..3].to_owned())
        .collect()
}

/// The one line that a search which cannot be done gives as its reason.
fn refused(arguments: &[&str]) -> String {
    let output = search(arguments);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.lines().count(), 1, "{message}");
    message
}

#[test]
fn the_main_job_ranks_the_seeds() {
    let output = found(&["bo truong ngoai giao thai lan"]);
    let first: Vec<_> = output.lines().take(3).collect();
    assert!(
        first[0].starts_with("1. 001_b1c00de37c62c6ed.txt  2025-10-03  vi  "),
        "{output}"
    );
    assert!(
        first[1].contains("Chiều 3/10, Bí thư Trung ương Đảng"),
        "{output}"
    );
    assert!(
        first[2].contains("[Bộ trưởng Ngoại giao Thái Lan]"),
        "{output}"
    );
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let hits = hits(&["กระทรวงการต่างประเทศ"]);
    let hit = &hits[0];
    let expected = [
        "rank",
        "score",
        "id",
        "date",
        "date_source",
        "date_confidence",
        "lang",
        "lang_confidence",
        "title_lang",
        "title",
        "title_highlights",
        "snippet",
        "highlights",
        "source",
        "url",
        "meta",
        "copies",
    ];
    assert_eq!(keys(hit), BTreeSet::from(expected));
    assert_eq!(hit["rank"], 1);
    assert_eq!(hit["id"], "002_4ff4c6b450b448af.txt");
    assert_eq!(hit["date"], "2023-11-22");
    assert_eq!(hit["date_source"], "resolved");
    let confidence = |key: &str| {
        hit[key]
            .as_f64()
            .is_some_and(|sure| (0.7..1.0).contains(&sure))
    };
    assert!(confidence("date_confidence") && hit["lang_confidence"].as_f64() > Some(0.9));
    assert_eq!(hit["title_lang"], Value::Null);
    assert_eq!(hit["lang"], "th");
    assert!(hit["title"].as_str().unwrap().chars().count() <= 120);
    let snippet = hit["snippet"].as_str().unwrap();
    let highlights = hit["highlights"].as_array().unwrap();
    assert!(!highlights.is_empty());
    for range in highlights {
        let at = |n: usize| range[n].as_u64().unwrap() as usize;
        assert!(
            snippet
                .get(at(0)..at(1))
                .is_some_and(|part| !part.is_empty())
        );
    }
}

/// A file of documents with metadata.
fn with_metadata() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"id":"001","body":"Hội nghị","source":"VNA","section":"politics","date":"2025-10-03"}"#,
        r#"{"id":"002","body":"Hội nghị","source":"VNA","pages":3,"date":"2025-10-03T18:00:00Z"}"#,
        r#"{"id":"003","body":"Hội nghị","source":"AP","section":"economy"}"#,
    ];
    fs::write(folder.path().join("news.jsonl"), lines.join("\n")).unwrap();
    folder
}

#[test]
fn filters_are_by_source_metadata_and_the_days_of_a_zone() {
    let folder = with_metadata();
    let docs = folder.path().to_str().unwrap();
    for (arguments, expected) in [
        (["--source", "VNA"].as_slice(), ["002", "001"].as_slice()),
        (
            &["--source", "VNA", "--source", "AP"],
            &["002", "001", "003"],
        ),
        (&["--where", "section=politics"], &["001"]),
        (&["--where", "section"], &["001", "003"]),
        (&["--where", "!section"], &["002"]),
        (&["--where", "pages=3"], &["002"]),
        (&["--from", "2025-10-04"], &[]),
        (
            &["--from", "2025-10-04", "--zone", "Asia/Ho_Chi_Minh"],
            &["002"],
        ),
    ] {
        let arguments = [arguments, &["--docs", docs]].concat();
        assert_eq!(ids(&arguments), expected, "{arguments:?}");
    }
    assert!(refused(&["--zone", "Asia/Hanoi"]).contains("Asia/Hanoi"));
    assert!(refused(&["--where", ""]).contains("KEY=VALUE"));
}

#[test]
fn facets_come_after_the_hits() {
    let folder = with_metadata();
    let docs = folder.path().to_str().unwrap();
    let facets = ["--facet", "source", "--facet", "month", "--limit", "0"];
    let lines = hits(&[&facets, ["--docs", docs].as_slice()].concat());
    assert_eq!(
        lines,
        [
            serde_json::json!({
                "facet": "source",
                "counts": [{"value": "VNA", "count": 2}, {"value": "AP", "count": 1}],
                "others": 0,
                "missing": 0,
            }),
            serde_json::json!({
                "facet": "month",
                "counts": [{"first": "2025-10-01", "last": "2025-10-31", "count": 2}],
                "others": 0,
                "missing": 1,
            }),
        ]
    );
    let text = found(&["hội nghị", "--docs", docs, "--facet", "section"]);
    let section = "section\n       1  economy\n       1  politics\n       1  (without)\n";
    assert!(text.contains(section), "{text}");
}

#[test]
fn dates_include_the_periods_they_name() {
    for (arguments, expected) in [
        (
            ["--from", "2025-10", "--to", "2025-10"].as_slice(),
            ["001"].as_slice(),
        ),
        (&["--from", "2025-10-03"], &["000", "001"]),
        (&["--to", "2023-11-22"], &["002", "003"]),
        (&["--to", "2022"], &["003"]),
        (
            &["--from", "พ.ศ. 2568", "--to", "ธันวาคม 2568"],
            &["000", "001", "004"],
        ),
        (&["--from", "2030"], &[]),
        (&[], &["000", "001", "004", "002", "003"]),
        (&["--sort", "oldest", "--limit", "2"], &["003", "002"]),
        (&["--lang", "th", "--lang", "vi"], &["001", "002"]),
        (&["--lang", "ko"], &[]),
    ] {
        assert_eq!(ids(arguments), expected, "{arguments:?}");
    }
}

#[test]
fn no_hit_is_no_error() {
    assert_eq!(found(&["zzzz"]), "No document matches.\n");
    assert_eq!(found(&["zzzz", "--json"]), "");
    assert_eq!(found(&["?!"]), "No document matches.\n");
}

#[test]
fn bad_arguments_are_told_in_one_line() {
    for (arguments, reason) in [
        (["--from", "2025-13"].as_slice(), "months are 1 to 12"),
        (&["--to", "tomorrowish"], "write it like 2025-12-15"),
        (
            &["--from", "2026", "--to", "2025"],
            "ends (2025) before it starts (2026)",
        ),
        (&["--lang", "klingon"], "expected an ISO 639 code"),
        (&["--sort", "best"], "relevance, newest, oldest"),
        (&["--limit", "many"], "'--limit <LIMIT>'"),
        (
            &["--docs", "no/such/folder"],
            "no/such/folder: no such file or folder",
        ),
        (&["--nonsense"], "'--nonsense'"),
        (
            &["--index", "crates"],
            "crates holds other files than a Mekong index",
        ),
    ] {
        let message = refused(arguments);
        assert!(message.contains(reason), "{message}");
    }
    assert!(refused(&[&"x".repeat(100_000)]).contains("at most 16384"));
}

#[test]
fn what_cannot_be_read_is_noted_and_the_rest_searched() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs.jsonl");
    fs::write(
        &docs,
        "{\"id\":\"a\",\"body\":\"Hà Nội\"}\n{\"id\":\"b\"}\n",
    )
    .unwrap();
    let output = search(&["ha noi", "--docs", docs.to_str().unwrap(), "--json"]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
    let notes = String::from_utf8(output.stderr).unwrap();
    assert!(notes.contains("docs.jsonl:2: `body` is missing"), "{notes}");
    assert!(notes.contains("1 documents indexed, 1 left out"), "{notes}");
}

#[test]
fn an_index_is_kept_and_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let (docs, index) = (
        folder.path().join("docs.jsonl"),
        folder.path().join("index"),
    );
    fs::write(&docs, "{\"id\":\"abc\",\"body\":\"Hà Nội\"}\n").unwrap();
    let index = index.to_str().unwrap();
    assert_eq!(
        ids(&["ha noi", "--index", index, "--docs", docs.to_str().unwrap()]),
        ["abc"]
    );
    fs::remove_file(&docs).unwrap();
    assert_eq!(ids(&["ha noi", "--index", index]), ["abc"]);
}

fn analyze(arguments: &[&str], input: &str) -> String {
    let mut child = example("analyze")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn words_spell_the_line_but_for_its_blanks() {
    let lines = [
        "Bộ trưởng, \"Ngoại giao\" – US$25 tỷ",
        "เช้าวันที่ 22 พฤศจิกายน ๆ ที่บ้านพักฯ",
        "東京都知事の会見、외교부 장관🙂",
        "\u{301} \u{200B}x",
        "",
    ];
    let output = analyze(&["--format", "words"], &lines.join("\n"));
    let rows: Vec<Vec<String>> = output
        .lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect();
    assert_eq!(rows[0][..4], ["Bộ", "trưởng", ",", "\""]);
    for (words, line) in rows.iter().zip(lines) {
        let spelled: String = line.split_whitespace().collect();
        assert_eq!(words.concat(), spelled);
    }
}

#[test]
fn tokens_are_shown_as_table_and_as_json() {
    let table = analyze(&[], "Hà Nội\n");
    for row in [
        "folded            0  0..3         ha\n",
        "pair              0  0..9         hanoi\n",
        "folded            1  4..9         noi\n",
    ] {
        assert!(table.contains(row), "{table}");
    }
    let json: Value =
        serde_json::from_str(&analyze(&["--format", "json", "--lang", "vi"], "Hà\n")).unwrap();
    assert_eq!(json["lang"], "vi");
    assert_eq!(json["tokens"][0]["kind"], "folded");
    assert_eq!(json["tokens"][0]["token"], "ha");
    assert_eq!(
        (&json["tokens"][0]["start"], &json["tokens"][0]["end"]),
        (&0.into(), &3.into())
    );
}

#[test]
fn search_explains_its_hits_and_knows_names() {
    let hit = &hits(&["Lao ASEAN chairmanship 2024", "--limit", "1", "--explain"])[0];
    assert!(hit["id"].as_str().unwrap().starts_with("002"), "{hit}");
    let evidence = hit["evidence"].as_array().unwrap();
    let sum: f64 = evidence.iter().map(|e| e["score"].as_f64().unwrap()).sum();
    assert!((sum - hit["score"].as_f64().unwrap()).abs() < 1e-3);
    assert!(evidence.iter().any(|e| e["kind"] == "other name"));

    let folder = tempfile::tempdir().unwrap();
    let names = folder.path().join("names.txt");
    fs::write(&names, "MFA = Bộ Ngoại giao\n").unwrap();
    let names = names.to_str().unwrap();
    assert_eq!(ids(&["mfa"]).len(), 0);
    assert_eq!(ids(&["mfa", "--aliases", names]), ["001"]);
    fs::write(names, "MFA = Bộ Ngoại giao\nASEAN\n").unwrap();
    let message = refused(&["mfa", "--aliases", names]);
    assert!(message.contains("line 2"), "{message}");
}

#[test]
fn trec_writes_a_run_and_tells_its_cost() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    fs::write(
        path("docs.jsonl"),
        "{\"id\":\"one two\",\"body\":\"Hà Nội\",\"date\":\"2025\"}\n{\"id\":\"b\",\"body\":\"Hà Nam\"}\n",
    )
    .unwrap();
    let topics = [
        r#"{"id":"set/1","query":"ha noi"}"#,
        r#"{"id":"set/2","query":"hà","from":"2025-01-01","to":"2025-12-31"}"#,
    ];
    fs::write(path("topics.jsonl"), topics.join("\n")).unwrap();
    let trec = |more: &[&str]| {
        let output = example("trec")
            .args(["--repeat", "2", "--docs"])
            .arg(path("docs.jsonl"))
            .arg("--topics")
            .arg(path("topics.jsonl"))
            .arg("--run")
            .arg(path("run"))
            .arg("--index")
            .arg(path("index"))
            .args(more)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        output
    };
    let output = trec(&[]);
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = [
        "docs",
        "raw_bytes",
        "build_seconds",
        "index_bytes",
        "queries",
        "p50_ms",
        "p99_ms",
        "peak_rss_bytes",
    ];
    assert_eq!(keys(&figures), BTreeSet::from(expected));
    assert_eq!(
        (&figures["docs"], &figures["queries"]),
        (&2.into(), &2.into())
    );
    let run = fs::read_to_string(path("run")).unwrap();
    let rows: Vec<Vec<&str>> = run.lines().map(|row| row.split(' ').collect()).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.len() == 6 && row[1] == "Q0"));
    assert_eq!(
        (rows[0][0], rows[0][2], rows[0][3]),
        ("set/1", "one_two", "1")
    );
    assert_eq!((rows[2][0], rows[2][2]), ("set/2", "one_two"));

    // Another try, with other weights, uses the same index.
    fs::write(path("weights.json"), r#"{"pair": 0}"#).unwrap();
    let again = trec(&["--weights", path("weights.json").to_str().unwrap()]);
    let figures: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert!(figures["build_seconds"].is_null() && figures["docs"] == 2);
    assert_ne!(fs::read_to_string(path("run")).unwrap(), run);
}

#[test]
fn embed_finds_each_of_its_documents() {
    let output = example("embed").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    for id in ["vi-1", "th-1", "en-1"] {
        assert!(text.contains(id), "{text}");
    }
    let source = include_str!("../embed.rs");
    assert!(source.lines().count() <= 40);
}
