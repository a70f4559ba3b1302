//! How fast a text becomes tokens of all kinds, beside the usual chain of tantivy: its simple
//! tokenizer, lower case, ASCII folding.
//!
//! `cargo bench -p benches --bench analysis` takes the seed articles, over and over.
//! `MEKONG_CORPUS=news.jsonl.zst` makes it take up to 6 MB of the bodies in that file, of each of
//! the languages that it holds.
//!
//! All run in one thread. First come criterion's figures, then a table: there the two take turns,
//! so that what else the machine does meets both, and medians are printed. The chain does not know
//! words of Thai; its figure there says only how many bytes it passes over. Five articles have a
//! toy vocabulary; only figures from a real corpus are worth telling.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use mekong::{Analyzer, Language, read};
use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer, TokenStream as _,
};

const LANGUAGES: [(&str, Language); 3] = [
    ("vietnamese", Language::VIETNAMESE),
    ("english", Language::ENGLISH),
    ("thai", Language::THAI),
];

/// So much of a corpus is taken of each language.
const CORPUS_BYTES: usize = 6_000_000;
/// To so much the seed articles are repeated.
const SEED_BYTES: usize = 1_000_000;
/// So often the two of the table take turns.
const ROUNDS: usize = 9;

fn main() -> Result<()> {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let corpora = match std::env::var_os("MEKONG_CORPUS") {
        Some(path) => corpora(Path::new(&path), CORPUS_BYTES)?,
        None => {
            println!("MEKONG_CORPUS names no corpus: the seed articles");
            let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../seeds");
            corpora(&seeds, SEED_BYTES)?.map(repeated)
        }
    };

    for ((name, _), texts) in LANGUAGES.iter().zip(&corpora) {
        if texts.is_empty() {
            println!("{name}: left out, there is no text in that language");
            continue;
        }
        let mut group = criterion.benchmark_group(*name);
        group.sampling_mode(SamplingMode::Flat);
        group.throughput(Throughput::Bytes(bytes(texts) as u64));
        group.bench_function(BenchmarkId::from_parameter("mekong"), |bencher| {
            let analyzer = Analyzer::new();
            bencher.iter(|| mekong(&analyzer, texts));
        });
        group.bench_function(BenchmarkId::from_parameter("tantivy"), |bencher| {
            let mut chain = chain();
            bencher.iter(|| tantivy(&mut chain, texts));
        });
        group.finish();
    }
    criterion.final_summary();

    // Elsewhere than in `cargo bench` criterion only tries whether everything runs.
    if std::env::args().any(|argument| argument == "--bench") {
        compare(&corpora);
    }
    Ok(())
}

/// Texts of each of the languages, up to so many bytes of each.
fn corpora(path: &Path, limit: usize) -> Result<[Vec<String>; LANGUAGES.len()]> {
    let mut corpora = [const { Vec::new() }; LANGUAGES.len()];
    for document in read(path) {
        let body = document
            .with_context(|| path.display().to_string())?
            .document
            .body;
        let language = mekong::language::detect(&body);
        let at = LANGUAGES.iter().position(|&(_, of)| language == Some(of));
        if let Some(at) = at
            && bytes(&corpora[at]) < limit
        {
            corpora[at].push(body);
        }
    }
    Ok(corpora)
}

/// The texts over and over, [`SEED_BYTES`] together; none if there is none.
fn repeated(texts: Vec<String>) -> Vec<String> {
    let times = SEED_BYTES.div_ceil(bytes(&texts).max(1));
    let count = times * texts.len();
    texts.into_iter().cycle().take(count).collect()
}

/// Counts the tokens of all kinds.
fn mekong(analyzer: &Analyzer, texts: &[String]) -> usize {
    let mut tokens = 0;
    for text in texts {
        analyzer.analyze(text, None, |token| {
            black_box((token.kind, token.text, token.position));
            tokens += 1;
        });
    }
    tokens
}

fn chain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Counts the tokens of tantivy's chain.
fn tantivy(chain: &mut TextAnalyzer, texts: &[String]) -> usize {
    let mut tokens = 0;
    for text in texts {
        let mut stream = chain.token_stream(text);
        while stream.advance() {
            black_box(stream.token());
            tokens += 1;
        }
    }
    tokens
}

/// Prints how fast the two are, and how many times as fast Mekong is.
fn compare(corpora: &[Vec<String>]) {
    println!(
        "\n{:<12} {:>10} {:>13} {:>14} {:>6}",
        "", "tokens", "mekong, MB/s", "tantivy, MB/s", "ratio"
    );
    let (analyzer, mut chain) = (Analyzer::new(), chain());
    for ((name, _), texts) in LANGUAGES.iter().zip(corpora) {
        if texts.is_empty() {
            continue;
        }
        let rate = |run: &mut dyn FnMut() -> usize| {
            let start = Instant::now();
            black_box(run());
            bytes(texts) as f64 / 1e6 / start.elapsed().as_secs_f64()
        };
        let (mut own, mut peers, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let ours = rate(&mut || mekong(&analyzer, texts));
            let theirs = rate(&mut || tantivy(&mut chain, texts));
            own.push(ours);
            peers.push(theirs);
            ratios.push(ours / theirs);
        }
        println!(
            "{name:<12} {:>10} {:>13.1} {:>14.1} {:>5.2}×",
            mekong(&analyzer, texts),
            median(own),
            median(peers),
            median(ratios)
        );
    }
}

fn bytes(texts: &[String]) -> usize {
    texts.iter().map(String::len).sum()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
