//! Files of every format, damaged in thousands of ways: each is read or told, and does no harm to
//! the good file beside it.
//!
//! `MEKONG_MUTATIONS` says how many files of each format: 50 unless told.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used)]

mod mutate;
mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use mekong_core::{Index, engine};
use mekong_ingest::{Error, Writer, read};
use mutate::{Random, mutate};

/// So many damaged files are ingested together.
const BATCH: u64 = 50;
/// What takes longer than this for a batch does not end.
const LIMIT: Duration = Duration::from_secs(120);

fn mutations() -> u64 {
    let told = std::env::var("MEKONG_MUTATIONS").ok();
    told.and_then(|text| text.parse().ok()).unwrap_or(50)
}

/// Whether each line or record of a format has a place that errors tell.
#[derive(Clone, Copy, PartialEq)]
enum Places {
    Lines,
    File,
}

fn pack(bytes: &[u8], packing: usize) -> (Vec<u8>, &'static str) {
    match packing {
        0 => (bytes.to_owned(), ""),
        1 => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut encoder, bytes).unwrap();
            (encoder.finish().unwrap(), ".gz")
        }
        _ => (zstd::encode_all(bytes, 1).unwrap(), ".zst"),
    }
}

/// A damaged file: plain or packed, and damaged before or after.
fn damaged(samples: &[Vec<u8>], random: &mut Random) -> (Vec<u8>, &'static str) {
    let mut bytes = samples[random.below(samples.len())].clone();
    let packing = random.below(4).saturating_sub(1);
    let is_late = packing > 0 && random.below(3) == 0;
    if !is_late {
        mutate(&mut bytes, random);
    }
    let (mut bytes, ending) = pack(&bytes, packing);
    if is_late {
        mutate(&mut bytes, random);
    }
    (bytes, ending)
}

/// The text in the encodings that a file of any format may be in.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let utf_16 = |mark: bool| {
        let units = mark
            .then_some(0xFEFF)
            .into_iter()
            .chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let plain = text.as_bytes().to_vec();
    vec![
        plain.clone(),
        plain.clone(),
        plain,
        utf_16(true),
        utf_16(false),
    ]
}

fn check(extension: &'static str, places: Places, samples: Vec<Vec<u8>>) {
    let started = Instant::now();
    let mutations = mutations();
    let (mut documents, mut problems) = (0, 0);
    for first in (0..mutations).step_by(BATCH as usize) {
        let seeds = first..(first + BATCH).min(mutations);
        let (samples, (done, result)) = (samples.clone(), mpsc::channel());
        let thread = std::thread::spawn(move || {
            let counts = batch(extension, places, &samples, seeds);
            done.send(counts).ok();
        });
        match result.recv_timeout(LIMIT) {
            Ok((read, told)) => {
                documents += read;
                problems += told;
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                panic!("{extension}: a file from seed {first} on takes too long")
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let panicked = thread.join().unwrap_err();
                eprintln!("{extension}: one of the seeds from {first} on");
                std::panic::resume_unwind(panicked);
            }
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{extension}: {mutations} files, {documents} documents, {problems} problems, {seconds:.1} s"
    );
    assert!(documents > 0 && problems > 0);
}

/// Documents that were read, and problems that were told.
fn batch(
    extension: &str,
    places: Places,
    samples: &[Vec<u8>],
    seeds: std::ops::Range<u64>,
) -> (u64, u64) {
    let folder = tempfile::tempdir().unwrap();
    for seed in seeds {
        let mut random = Random(seed);
        let (bytes, ending) = damaged(samples, &mut random);
        let path = folder.path().join(format!("{seed:06}.{extension}{ending}"));
        fs::write(&path, &bytes).unwrap();
        each_is_read_or_told(&path, &bytes, places);
    }
    fs::write(folder.path().join("good.txt"), "Một bài viết tốt.").unwrap();
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let report = writer.ingest(folder.path()).unwrap();
    writer.commit().unwrap();
    let searcher = engine::searcher(&index);
    let address = engine::address(&index, &searcher, "good.txt").unwrap();
    let good = engine::document(&index, &searcher, address.unwrap()).unwrap();
    assert_eq!(good.body, "Một bài viết tốt.");
    (report.documents, report.skipped + report.ignored_fields)
}

fn each_is_read_or_told(path: &PathBuf, bytes: &[u8], places: Places) {
    let mut count = 0;
    for read in read(path) {
        count += 1;
        match read {
            Ok(read) => {
                assert_eq!(&read.path, path);
                for problem in &read.problems {
                    is_told(problem.error(), path, places);
                }
            }
            Err(error) => is_told(&error, path, places),
        }
        assert!(count < 100_000, "{}", path.display());
    }
    // Nothing is no document and no error, and so are a list and a table without a record.
    let may_be_empty = places == Places::Lines || extension_is(path, "warc");
    assert!(
        count > 0 || may_be_empty || bytes.is_empty(),
        "{}",
        path.display()
    );
}

fn extension_is(path: &Path, extension: &str) -> bool {
    path.to_string_lossy().contains(&format!(".{extension}"))
}

fn is_told(error: &Error, path: &PathBuf, places: Places) {
    assert_eq!(error.path(), Some(&**path), "{error}");
    let message = error.to_string();
    assert!(
        message.starts_with(&path.display().to_string()),
        "{message}"
    );
    // What is said of the whole file has no line.
    let is_of_file = message.contains("not a text: ") || message.contains("an XML file");
    let needs_line = error.is_encoding() || places == Places::Lines && error.is_invalid();
    assert!(
        error.line().is_some() || is_of_file || !needs_line,
        "{message}"
    );
}

#[test]
fn articles() {
    let mut samples = encoded(samples::ARTICLE);
    samples.push(
        encoding_rs::WINDOWS_874
            .encode(samples::THAI)
            .0
            .into_owned(),
    );
    check("txt", Places::File, samples);
}

#[test]
fn markdown() {
    check("md", Places::File, encoded(samples::MARKDOWN));
}

#[test]
fn html() {
    check("html", Places::File, encoded(samples::HTML));
}

#[test]
fn json_lines() {
    let mut samples = encoded(samples::JSON_LINES);
    let thai = format!(
        "{{\"id\":\"a\",\"body\":\"{}\"}}\n",
        samples::THAI.trim_end()
    )
    .repeat(3);
    samples.push(encoding_rs::WINDOWS_874.encode(&thai).0.into_owned());
    check("jsonl", Places::Lines, samples);
}

#[test]
fn json() {
    check("json", Places::Lines, encoded(samples::JSON));
}

#[test]
fn csv() {
    let mut samples = encoded(samples::CSV);
    let thai = format!("id,body\na,\"{}\"\nb,x\n", samples::THAI);
    samples.push(encoding_rs::WINDOWS_874.encode(&thai).0.into_owned());
    check("csv", Places::Lines, samples);
}

#[test]
fn tsv() {
    check("tsv", Places::Lines, encoded(samples::TSV));
}

#[test]
fn rss() {
    check("rss", Places::Lines, encoded(samples::RSS));
}

#[test]
fn atom() {
    check("atom", Places::Lines, encoded(samples::ATOM));
}

#[test]
fn warc() {
    check("warc", Places::Lines, vec![samples::warc()]);
}
