//! How fast documents are indexed, and in how much memory, beside plain tantivy with its default
//! tokenizer:
//!
//! `cargo bench --bench indexing -- [FILE…]`
//!
//! Files are JSON Lines, compressed or not; without any, documents made of the seed articles are
//! indexed. Each run has a process of its own, so that its memory is its own; they take turns, and
//! of each the fastest of three is told. `MEKONG_MEMORY` is the memory of the writers in MB [100].
//!
//! Both read the same file, parse its JSON, index title and body with positions and store them.
//! Mekong also detects languages and dates, finds copies, and indexes for all its languages.

mod corpus;
mod random;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use mekong::{Index, Ingest, Writer};
use tantivy::schema::{STORED, STRING, Schema, TEXT};

const ROUNDS: usize = 3;
const WAYS: [&str; 3] = ["tantivy-1", "tantivy-n", "mekong"];

fn main() -> Result<()> {
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    arguments.retain(|argument| argument != "--bench");
    if let [way, file] = arguments.as_slice()
        && let Some(way) = way.to_str().and_then(|way| way.strip_prefix("--run="))
    {
        return run(way, Path::new(file));
    }
    let folder = tempfile::tempdir()?;
    if arguments.is_empty() {
        arguments.push(seeds(folder.path())?);
    }
    println!("file, MB of text, way, seconds, MB/s, of tantivy-1, peak MB (resident, its own)");
    for file in arguments.iter().map(Path::new) {
        compare(file)?;
    }
    Ok(())
}

struct Measured {
    seconds: f64,
    peak: u64,
    anonymous: u64,
}

fn compare(file: &Path) -> Result<()> {
    let text = text_bytes(file)? as f64 / 1e6;
    let mut best: [Option<Measured>; WAYS.len()] = [const { None }; WAYS.len()];
    for _ in 0..ROUNDS {
        for (way, best) in WAYS.iter().zip(&mut best) {
            let output = Command::new(std::env::current_exe()?)
                .arg(format!("--run={way}"))
                .arg(file)
                .output()?;
            let line = String::from_utf8(output.stdout)?;
            let fields: Vec<_> = line.split_whitespace().collect();
            let [seconds, peak, anonymous] = fields.as_slice() else {
                bail!("{way}: {}", String::from_utf8_lossy(&output.stderr));
            };
            let measured = Measured {
                seconds: seconds.parse()?,
                peak: peak.parse()?,
                anonymous: anonymous.parse()?,
            };
            if best
                .as_ref()
                .is_none_or(|best| measured.seconds < best.seconds)
            {
                *best = Some(measured);
            }
        }
    }
    let first = best[0].as_ref().map_or(f64::NAN, |first| first.seconds);
    for (way, measured) in WAYS.iter().zip(best.iter().flatten()) {
        println!(
            "{}, {text:.0}, {way}, {:.2}, {:.1}, {:.2}, {} {}",
            file.display(),
            measured.seconds,
            text / measured.seconds,
            first / measured.seconds,
            measured.peak / 1000,
            measured.anonymous / 1000,
        );
    }
    Ok(())
}

/// Indexes a file and prints the seconds, and the peak of resident and of anonymous memory in kB.
fn run(way: &str, file: &Path) -> Result<()> {
    let memory = std::env::var("MEKONG_MEMORY").unwrap_or("100".to_owned());
    let memory = memory.parse::<usize>().context("MEKONG_MEMORY")? * 1_000_000;
    static ANONYMOUS: AtomicU64 = AtomicU64::new(0);
    thread::spawn(|| {
        loop {
            ANONYMOUS.fetch_max(status("RssAnon:"), Ordering::Relaxed);
            thread::sleep(Duration::from_millis(5));
        }
    });
    let folder = tempfile::tempdir()?;
    let started = Instant::now();
    match way {
        "mekong" => {
            let index = Index::create(folder.path())?;
            let mut writer = Writer::options().memory(memory).open(&index)?;
            Ingest::new().path(file).run(&mut writer)?;
            writer.close()?;
        }
        "tantivy-1" => plain(file, folder.path(), memory, Some(1))?,
        "tantivy-n" => plain(file, folder.path(), memory, None)?,
        way => bail!("no way to index is called {way}"),
    }
    let seconds = started.elapsed().as_secs_f64();
    let anonymous = ANONYMOUS.load(Ordering::Relaxed);
    println!("{seconds} {} {anonymous}", status("VmHWM:"));
    Ok(())
}

/// tantivy as its documentation shows it: with so many threads that index, or as many as it takes.
fn plain(file: &Path, folder: &Path, memory: usize, threads: Option<usize>) -> Result<()> {
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let title = schema.add_text_field("title", TEXT | STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let index = tantivy::Index::create_in_dir(folder, schema.build())?;
    let mut writer: tantivy::IndexWriter = match threads {
        Some(threads) => index.writer_with_num_threads(threads, memory)?,
        None => index.writer(memory)?,
    };
    for line in lines(file)? {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        let mut document = tantivy::TantivyDocument::new();
        for (field, key) in [(id, "id"), (title, "title"), (body, "body")] {
            if let Some(text) = value[key].as_str() {
                document.add_text(field, text);
            }
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn lines(file: &Path) -> Result<impl Iterator<Item = std::io::Result<String>>> {
    let context = || file.display().to_string();
    let opened = File::open(file).with_context(context)?;
    let reader: Box<dyn BufRead> = match file.extension() {
        Some(extension) if extension == "zst" => {
            Box::new(BufReader::new(zstd::stream::read::Decoder::new(opened)?))
        }
        _ => Box::new(BufReader::new(opened)),
    };
    Ok(reader.lines())
}

fn text_bytes(file: &Path) -> Result<usize> {
    let documents = corpus::of_file(file)?;
    let bytes = documents
        .iter()
        .map(|document| document.body.len() + document.title.as_deref().map_or(0, str::len));
    Ok(bytes.sum())
}

fn seeds(folder: &Path) -> Result<OsString> {
    const COUNT: usize = 10_000;
    let path: PathBuf = folder.join("seeds.jsonl");
    let mut out = BufWriter::new(File::create(&path)?);
    for document in corpus::synthetic(COUNT)? {
        serde_json::to_writer(&mut out, &document)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(path.into_os_string())
}

/// A line of what Linux tells about this process, in kB; 0 elsewhere.
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.trim().strip_suffix("kB"));
    number
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}
