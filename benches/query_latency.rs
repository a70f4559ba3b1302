//! How long queries take, and what a date range adds or saves.
//!
//! `cargo bench -p benches --bench query_latency` searches synthetic corpora of 1,000, 10,000 and
//! 100,000 documents; `MEKONG_CORPUS=news.jsonl.zst` makes it search that file instead. A
//! measurement is one round of 20 queries. Only figures from a real corpus are worth
//! telling: the synthetic ones have a toy vocabulary, and are for comparing one version of the
//! code with another.

mod corpus;
mod queries;
mod random;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use criterion::{BenchmarkId, Criterion, Throughput};
use mekong::{Date, Document, Index, Language, Query, Searcher, Sort, Writer};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() -> Result<()> {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .configure_from_args();
    match std::env::var_os("MEKONG_CORPUS") {
        Some(path) => {
            let documents = corpus::of_file(Path::new(&path))?;
            measure(
                &mut criterion,
                &format!("corpus of {}", documents.len()),
                &documents,
            )?;
        }
        None => {
            for size in SIZES {
                let documents = corpus::synthetic(size)?;
                measure(&mut criterion, &format!("synthetic {size}"), &documents)?;
            }
        }
    }
    criterion.final_summary();
    Ok(())
}

fn measure(criterion: &mut Criterion, name: &str, documents: &[Document]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let index = Index::create(folder.path())?;
    let mut writer = Writer::new(&index)?;
    for document in documents {
        writer.upsert(document.clone())?;
    }
    writer.close()?;
    let searcher = Searcher::new(&index);
    let ranges = ranges(&searcher)?;

    let text = |words, language, folded| -> Vec<Query> {
        let texts = queries::queries(documents, language, words, folded);
        texts.into_iter().map(Query::text).collect()
    };
    let phrases = queries::queries(documents, None, 3, false);
    for (kind, queries) in [
        ("short", text(2, None, false)),
        ("long", text(15, None, false)),
        (
            "vietnamese without accents",
            text(4, Some(Language::VIETNAMESE), true),
        ),
        ("thai", text(4, Some(Language::THAI), false)),
        ("phrase", phrases.into_iter().map(Query::phrase).collect()),
    ] {
        let mut group = criterion.benchmark_group(format!("{name}/{kind}"));
        if queries.is_empty() {
            println!("{name}/{kind}: left out, the corpus has no document in that language");
            continue;
        }
        group.throughput(Throughput::Elements(queries.len() as u64));
        for (range, limits) in &ranges {
            let queries: Vec<_> = queries
                .iter()
                .map(|query| limited(query.clone(), *limits))
                .collect();
            for query in &queries {
                searcher.search(query)?;
            }
            group.bench_function(BenchmarkId::from_parameter(range), |bencher| {
                bencher.iter(|| {
                    for query in &queries {
                        black_box(searcher.search(query).is_ok());
                    }
                });
            });
        }
        group.finish();
    }
    Ok(())
}

type Limits = Option<(Date, Date)>;

fn limited(query: Query, limits: Limits) -> Query {
    match limits {
        Some((first, last)) => query.since(first).through(last),
        None => query,
    }
}

/// No range, and ranges around the date of the document in the middle.
fn ranges(searcher: &Searcher) -> Result<Vec<(&'static str, Limits)>> {
    let end = |sort| -> Result<Date> {
        let results = searcher.search(&Query::text("").sort(sort).limit(1))?;
        let hit = results
            .hits
            .into_iter()
            .next()
            .context("the corpus is empty")?;
        hit.date().context("the corpus has no dates")
    };
    let (newest, oldest) = (end(Sort::Newest)?, end(Sort::Oldest)?);
    let middle = Date::from_unix_seconds(oldest.start() + (newest.start() - oldest.start()) / 2)?;
    let (year, month, day) = middle.first_day();
    let period = |date: Date| Some((date, date));
    Ok(vec![
        ("unfiltered", None),
        ("one day", period(Date::day(year, month, day)?)),
        ("one month", period(Date::month(year, month)?)),
        ("one year", period(Date::year(year)?)),
        ("all time", Some((oldest, newest))),
    ])
}
