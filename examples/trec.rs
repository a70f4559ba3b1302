//! Indexes a file, answers topics, and writes a TREC run for a scorer:
//!
//! `cargo run --release --example trec -- --docs docs.jsonl --topics topics.jsonl --run out.run`
//!
//! Topics are JSON Lines with `id` and `query`, and may have `from`, `to` (dates, both included)
//! and `lang`. The run has lines `id Q0 document rank score tag`, with blanks in ids as `_`.
//! Prints one line of JSON: sizes, times, memory.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use mekong::{Date, Index, Language, Query, Searcher, Writer, read};
use serde::Deserialize;
use serde_json::json;

#[derive(Parser)]
#[command(about = "Writes a TREC run of Mekong")]
struct Options {
    /// Documents: JSON Lines, compressed or not, or a folder.
    #[arg(long)]
    docs: PathBuf,
    /// Topics: JSON Lines with `id` and `query`.
    #[arg(long)]
    topics: PathBuf,
    /// Where the run goes.
    #[arg(long)]
    run: PathBuf,
    /// Hits a topic.
    #[arg(long, default_value_t = 10)]
    depth: usize,
    /// Keeps the index in this folder, and uses the one that is there.
    #[arg(long)]
    index: Option<PathBuf>,
    /// Weighs evidence as this file says: JSON with any of the fields of `mekong::Weights`.
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Answers all topics so many times more, to time them.
    #[arg(long, default_value_t = 1)]
    repeat: usize,
}

#[derive(Deserialize)]
struct Topic {
    id: String,
    query: String,
    from: Option<String>,
    to: Option<String>,
    lang: Option<String>,
}

impl Topic {
    fn to_query(&self, depth: usize) -> Result<Query> {
        let mut query = Query::text(&self.query).dates_as_words().limit(depth);
        if let Some(from) = &self.from {
            query = query.since(from.parse::<Date>()?);
        }
        if let Some(to) = &self.to {
            query = query.through(to.parse::<Date>()?);
        }
        if let Some(lang) = &self.lang {
            query = query.language(lang.parse::<Language>()?);
        }
        Ok(query)
    }
}

fn main() -> Result<()> {
    let options = Options::parse();
    let temporary = tempfile::tempdir()?;
    let folder = options.index.as_deref().unwrap_or(temporary.path());

    let index = Index::open_or_create(folder)?;
    let built = if index.document_count() == 0 {
        Some(build(&index, &options.docs)?)
    } else {
        eprintln!("note: the index in {} is used as it is", folder.display());
        None
    };

    let mut searcher = Searcher::new(&index);
    if let Some(path) = &options.weights {
        let weights = fs::read(path).context(path.display().to_string())?;
        let weights = serde_json::from_slice(&weights).context(path.display().to_string())?;
        searcher = searcher.with_weights(weights)?;
    }
    let topics = topics(&options.topics)?;
    let mut run =
        BufWriter::new(File::create(&options.run).context(options.run.display().to_string())?);
    let mut milliseconds = Vec::new();
    for round in 0..=options.repeat {
        for topic in &topics {
            let query = topic.to_query(options.depth).context(topic.id.clone())?;
            let started = Instant::now();
            let results = searcher.search(&query)?;
            if round > 0 {
                milliseconds.push(started.elapsed().as_secs_f64() * 1e3);
                continue;
            }
            for (rank, hit) in results.hits.iter().enumerate() {
                let (id, document) = (unblanked(&topic.id), unblanked(hit.id()));
                writeln!(run, "{id} Q0 {document} {} {} mekong", rank + 1, hit.score)?;
            }
        }
    }
    run.flush()?;

    milliseconds.sort_by(f64::total_cmp);
    let percentile = |p: f64| {
        let last = milliseconds.len().checked_sub(1)?;
        milliseconds.get((last as f64 * p).round() as usize)
    };
    println!(
        "{}",
        json!({
            "docs": index.document_count(),
            "raw_bytes": built.as_ref().map(|built| built.raw_bytes),
            "build_seconds": built.as_ref().map(|built| built.seconds),
            "index_bytes": folder_bytes(folder)?,
            "queries": topics.len(),
            "p50_ms": percentile(0.5),
            "p99_ms": percentile(0.99),
            "peak_rss_bytes": peak_rss_bytes(),
        })
    );
    Ok(())
}

struct Built {
    raw_bytes: usize,
    seconds: f64,
}

fn build(index: &Index, docs: &Path) -> Result<Built> {
    let started = Instant::now();
    let mut writer = Writer::options().memory(512 << 20).open(index)?;
    let mut raw_bytes = 0;
    for document in read(docs) {
        let document = document?.document;
        raw_bytes += document.body.len() + document.title.as_deref().map_or(0, str::len);
        writer.upsert(document)?;
    }
    writer.close()?;
    ensure!(
        index.document_count() > 0,
        "{} has no documents",
        docs.display()
    );
    Ok(Built {
        raw_bytes,
        seconds: started.elapsed().as_secs_f64(),
    })
}

fn topics(path: &Path) -> Result<Vec<Topic>> {
    let file = File::open(path).context(path.display().to_string())?;
    let mut topics = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let topic = serde_json::from_str(&line?)
            .with_context(|| format!("{}:{}", path.display(), number + 1))?;
        topics.push(topic);
    }
    Ok(topics)
}

fn unblanked(id: &str) -> String {
    id.replace(char::is_whitespace, "_")
}

fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

/// The most memory that this process had, where the system tells (Linux).
fn peak_rss_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
