//! A process that ingests is killed at random moments. What it had committed is there each time:
//! each document once, found once, whole; and the next process goes on behind it.
//!
//! `MEKONG_KILL_ROUNDS` says how often; at least half of the rounds begin with a new index.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use mekong_core::Index;
use mekong_core::engine::{self, tantivy};
use mekong_ingest::{CommitPolicy, Ingest, Writer};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

const ROUNDS: usize = 6;
const RECORDS: usize = 120;
/// Records from one commit to the next. Eight commits make segments that are merged.
const COMMIT: usize = 4;

/// The folder to work in, for the process that is killed.
const FOLDER: &str = "MEKONG_KILL_FOLDER";
const DOCUMENTS: &str = "documents.jsonl";

/// Numbers that look random and are the same each time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// A record by its number. Each fifth one replaces an earlier one.
fn record(n: usize) -> serde_json::Value {
    let mut numbers = Numbers(n as u64);
    let mut body = format!("w{n}x Chiều 3/10, Bộ trưởng Ngoại giao กระทรวงการต่างประเทศ");
    for _ in 0..numbers.below(120) {
        write!(body, " {:x}", numbers.below(1 << 24)).unwrap();
    }
    let sum = checksum(&body);
    serde_json::json!({ "id": id(n), "body": body, "n": n, "sum": sum })
}

fn id(n: usize) -> String {
    format!("d{}", if n % 5 == 4 { n / 2 } else { n })
}

/// FNV-1a.
fn checksum(text: &str) -> u64 {
    let step = |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step) >> 12
}

/// What is killed: it says when it begins and how many documents it has written since.
fn ingest(folder: &Path) {
    println!("begin");
    let index = Index::open_or_create(folder.join("index")).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let report = Ingest::new()
        .path(folder.join(DOCUMENTS))
        .commit_policy(CommitPolicy::manual().documents(COMMIT as u64))
        .progress(|progress| {
            println!("written {}", progress.documents);
            ControlFlow::Continue(())
        })
        .run(&mut writer)
        .unwrap();
    assert!(report.is_clean(), "{report}");
    writer.close().unwrap();
    println!("end");
}

/// How many records were committed, with each document there that they make and no other, and how
/// many segments they are in.
fn committed(folder: &Path) -> (usize, usize) {
    let index = Index::open_or_create(folder.join("index")).unwrap();
    index.verify().unwrap();
    let searcher = engine::searcher(&index);
    let mut found = BTreeMap::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        for doc in segment.doc_ids_alive() {
            let address = DocAddress::new(ordinal, doc);
            let document = engine::document(&index, &searcher, address).unwrap();
            assert_eq!(
                checksum(&document.body),
                document.meta["sum"],
                "{} is torn",
                document.id
            );
            let by_id = engine::address(&index, &searcher, &document.id).unwrap();
            assert_eq!(by_id, Some(address), "{} is there twice", document.id);
            let n = document.meta["n"].as_u64().unwrap() as usize;
            let term = Term::from_field_text(engine::fields(&index).folded, &format!("w{n}x"));
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let count = searcher.search(&query, &tantivy::collector::Count).unwrap();
            assert_eq!(count, 1, "{} is found so often", document.id);
            assert!(found.insert(document.id, n).is_none());
        }
    }
    // The last record is not replaced by a later one.
    let records = found.values().max().map_or(0, |last| last + 1);
    let expected: BTreeMap<_, _> = (0..records).map(|n| (id(n), n)).collect();
    assert_eq!(found, expected);
    (records, searcher.segment_readers().len())
}

/// What a process has said.
#[derive(Clone, Copy, Default)]
struct Said {
    begin: bool,
    written: usize,
    end: bool,
}

/// Kills a process when it goes out of scope, so that none is left behind.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a process that ingests, and kills it when it has written so many documents and so much
/// time has passed since. Gives what it said.
fn kill(folder: &Path, written: usize, after: Duration) -> Said {
    let errors = fs::File::create(folder.join("stderr")).unwrap();
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "nothing_committed_is_lost", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(errors)
        .spawn()
        .unwrap();
    let mut child = Killed(child);
    let said = Arc::new(Mutex::new(Said::default()));
    let output = BufReader::new(child.0.stdout.take().unwrap());
    let listener = thread::spawn({
        let said = Arc::clone(&said);
        move || {
            for line in output.lines().map_while(Result::ok) {
                let mut said = said.lock().unwrap();
                match line.split_once(' ') {
                    // The test harness may say something in the same line.
                    _ if line.ends_with("begin") => said.begin = true,
                    _ if line == "end" => said.end = true,
                    Some(("written", number)) => said.written = number.parse().unwrap(),
                    _ => {}
                }
            }
        }
    });
    let said = || *said.lock().unwrap();
    let started = Instant::now();
    while !said().begin || said().written < written {
        assert!(started.elapsed() < Duration::from_secs(300));
        if child.0.try_wait().unwrap().is_some() {
            break;
        }
        thread::sleep(Duration::from_micros(100));
    }
    let reached = Instant::now();
    while reached.elapsed() < after && child.0.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_micros(100));
    }
    child.0.kill().unwrap();
    let status = child.0.wait().unwrap();
    listener.join().unwrap();
    // It ends by being killed or because it is done, not by itself.
    let errors = fs::read_to_string(folder.join("stderr")).unwrap();
    assert!(
        status.success() || status.code().is_none(),
        "{status}: {errors}"
    );
    said()
}

#[test]
fn nothing_committed_is_lost() {
    if let Some(folder) = env::var_os(FOLDER) {
        return ingest(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut file = fs::File::create(path.join(DOCUMENTS)).unwrap();
    for n in 0..RECORDS {
        serde_json::to_writer(&mut file, &record(n)).unwrap();
        file.write_all(b"\n").unwrap();
    }
    drop(file);

    let rounds = env::var("MEKONG_KILL_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let mut numbers = Numbers(0);
    let (mut indexes, mut ends, mut merged, mut records) = (0, 0, 0, 0);
    for round in 0..rounds {
        if round % 2 == 0 || records == RECORDS {
            let _ = fs::remove_dir_all(path.join("index"));
            indexes += 1;
            records = 0;
        }
        // Some as soon as they begin, when the index is created or opened; some when all is written,
        // while segments are merged; some come to their end.
        let all = RECORDS - records;
        let written = match numbers.below(6) {
            0 => 0,
            1 => all,
            2 => usize::MAX,
            _ => numbers.below(all as u64) as usize,
        };
        let after = Duration::from_micros(numbers.below(100_000));
        let said = kill(path, written, after);
        let (now, segments) = committed(path);
        let told = records + said.written / COMMIT * COMMIT;
        assert!(now >= told, "{now} records, of {told}");
        assert_eq!(now % COMMIT, 0, "a part of a commit is there");
        println!(
            "round {round}: killed at {} written, {now} committed in {segments} segments",
            said.written
        );
        merged += usize::from(segments < now.div_ceil(COMMIT));
        if said.end {
            assert_eq!(now, RECORDS);
            ends += 1;
        }
        records = now;
    }
    let said = kill(path, usize::MAX, Duration::ZERO);
    assert!(said.end);
    assert_eq!(committed(path).0, RECORDS);

    // What was begun and not committed is cleared away, but for small files whose name begins with
    // a dot.
    let index = Index::open(path.join("index")).unwrap();
    let living = engine::index(&index)
        .load_metas()
        .unwrap()
        .list_segment_files();
    let entries = fs::read_dir(path.join("index")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let (hidden, names): (Vec<_>, Vec<_>) = names.partition(|name| name.starts_with('.'));
    for name in &names {
        let is_known = name.starts_with("mekong.json") || name == "meta.json";
        assert!(
            is_known || living.contains(Path::new(name)),
            "{name} is left over"
        );
    }
    println!(
        "{rounds} rounds with {indexes} indexes, {merged} after merges, {ends} came to their end; \
         {} files, {} hidden",
        names.len(),
        hidden.len()
    );
}
