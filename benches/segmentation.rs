//! How fast the words of Thai, Lao, Khmer and Burmese are found, beside the dictionaries of ICU4X
//! and nlpO3.
//!
//! `cargo bench -p benches --bench segmentation` takes the sentences of `texts/`, in ever other
//! orders. `MEKONG_CORPUS=news.jsonl.zst` makes it take up to 6 MB of the bodies in that file, of
//! each of the languages that it holds. nlpO3 comes without a dictionary:
//! `MEKONG_THAI_WORDS=words_th.txt` names one, a word a line (PyThaiNLP's, for instance).
//!
//! All run in one thread and take a line at a time. First come the times of the first words after
//! the start of the process, then criterion's figures, then a table: there the contestants take
//! turns, so that what else the machine does meets all of them, and medians are printed. The
//! sentences of `texts/` have a toy vocabulary; only figures from a real corpus are worth telling.

mod random;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};
use mekong::{Language, read};
use mekong_segment::{Piece, Script, Segmenter};
use nlpo3::tokenizer::newmm::NewmmTokenizer;
use nlpo3::tokenizer::tokenizer_trait::Tokenizer as _;

use crate::random::Random;

/// So much of a corpus is taken of each language.
const CORPUS_BYTES: usize = 6_000_000;
/// To so much the sentences of `texts/` are repeated.
const TEXT_BYTES: usize = 1_000_000;
/// So often the contestants of the table take turns.
const ROUNDS: usize = 9;

/// A text without a blank, in one piece and in pieces of this length.
const UNBROKEN_BYTES: usize = 10_000_000;
const PIECE_BYTES: usize = 10_000;

struct Text {
    name: &'static str,
    language: Language,
    script: Script,
    sentences: &'static str,
}

const TEXTS: [Text; 4] = [
    Text {
        name: "thai",
        language: Language::THAI,
        script: Script::Thai,
        sentences: include_str!("texts/thai.txt"),
    },
    Text {
        name: "lao",
        language: Language::LAO,
        script: Script::Lao,
        sentences: include_str!("texts/lao.txt"),
    },
    Text {
        name: "khmer",
        language: Language::KHMER,
        script: Script::Khmer,
        sentences: include_str!("texts/khmer.txt"),
    },
    Text {
        name: "burmese",
        language: Language::BURMESE,
        script: Script::Burmese,
        sentences: include_str!("texts/burmese.txt"),
    },
];

fn main() -> Result<()> {
    for text in &TEXTS {
        println!(
            "{}: first word of the process after {:.0?}",
            text.name,
            time(|| {
                let word = Segmenter::new(text.script).words(text.sentences).next();
                word.map_or(0, |word| word.range.len())
            })
        );
    }

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(10)
        .configure_from_args();
    let mut corpora = corpora()?;
    for (text, lines) in TEXTS.iter().zip(&mut corpora) {
        if lines.is_empty() {
            lines.extend(repeated(text.sentences));
            println!("{}: the sentences of texts/", text.name);
        } else {
            println!("{}: {} lines of the corpus", text.name, lines.len());
        }
    }
    let contestants: Vec<_> = TEXTS.iter().map(contestants).collect::<Result<_>>()?;
    for ((text, lines), contestants) in TEXTS.iter().zip(&corpora).zip(&contestants) {
        let mut group = criterion.benchmark_group(text.name);
        group.sampling_mode(SamplingMode::Flat);
        group.throughput(Throughput::Bytes(bytes(lines)));
        for contestant in contestants {
            group.bench_function(BenchmarkId::from_parameter(contestant.name), |bencher| {
                bencher.iter(|| contestant.count(lines));
            });
        }
        group.finish();
    }
    criterion.final_summary();

    // Elsewhere than in `cargo bench` criterion only tries whether everything runs.
    if std::env::args().any(|argument| argument == "--bench") {
        compare(&corpora, &contestants);
        compare_lengths(&corpora);
    }
    Ok(())
}

/// Finds the words of a text.
struct Contestant {
    name: &'static str,
    is_peer: bool,
    words: Box<dyn Fn(&str) -> usize>,
}

impl Contestant {
    /// How many pieces it finds in all lines.
    fn count(&self, lines: &[String]) -> usize {
        lines.iter().map(|line| (self.words)(line)).sum()
    }
}

fn contestants(text: &Text) -> Result<Vec<Contestant>> {
    let segmenter = Segmenter::new(text.script);
    let same = segmenter.clone();
    let icu = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut contestants = vec![
        Contestant {
            name: "mekong words",
            is_peer: false,
            words: Box::new(move |line| ends(segmenter.words(line))),
        },
        Contestant {
            name: "mekong parts",
            is_peer: false,
            words: Box::new(move |line| ends(same.parts(line))),
        },
        Contestant {
            name: "icu_segmenter",
            is_peer: true,
            words: Box::new(move |line| counted(icu.segment_str(line))),
        },
    ];
    if text.script == Script::Thai {
        match std::env::var_os("MEKONG_THAI_WORDS") {
            Some(path) => {
                let nlpo3 = nlpo3(Path::new(&path))?;
                contestants.push(Contestant {
                    name: "nlpo3",
                    is_peer: true,
                    // Neither its safe mode nor its threads, as it is called by default.
                    words: Box::new(move |line| {
                        let words = nlpo3.segment(line, false, false);
                        black_box(words.unwrap_or_default()).len()
                    }),
                });
            }
            None => println!("nlpo3: left out, MEKONG_THAI_WORDS names no list of words"),
        }
    }
    Ok(contestants)
}

/// Looks at where each piece ends, which is what the peers tell, and counts them.
fn ends(pieces: impl Iterator<Item = Piece>) -> usize {
    counted(pieces.map(|piece| piece.range.end))
}

/// Takes each offset and counts them.
fn counted(ends: impl Iterator<Item = usize>) -> usize {
    ends.inspect(|end| {
        black_box(end);
    })
    .count()
}

fn nlpo3(words: &Path) -> Result<NewmmTokenizer> {
    let list = fs::read_to_string(words).with_context(|| words.display().to_string())?;
    let words = list.lines().map(str::trim).filter(|word| !word.is_empty());
    Ok(NewmmTokenizer::from_word_list(
        words.map(str::to_owned).collect(),
    ))
}

/// The lines of the corpus in each of the languages; none where there is no corpus.
fn corpora() -> Result<[Vec<String>; TEXTS.len()]> {
    let mut corpora = [const { Vec::new() }; TEXTS.len()];
    let mut taken = [0; TEXTS.len()];
    let Some(path) = std::env::var_os("MEKONG_CORPUS") else {
        println!("MEKONG_CORPUS names no corpus");
        return Ok(corpora);
    };
    let path = Path::new(&path);
    for document in read(path) {
        let body = document
            .with_context(|| path.display().to_string())?
            .document
            .body;
        let language = mekong::language::detect(&body);
        let Some(at) = TEXTS
            .iter()
            .position(|text| language == Some(text.language))
        else {
            continue;
        };
        for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if taken[at] < CORPUS_BYTES {
                taken[at] += line.len();
                corpora[at].push(line.to_owned());
            }
        }
    }
    Ok(corpora)
}

/// Lines of four sentences each.
fn repeated(sentences: &str) -> Vec<String> {
    let sentences: Vec<_> = sentences.lines().collect();
    let mut random = Random(1);
    let mut lines = Vec::new();
    let mut length = 0;
    while length < TEXT_BYTES {
        let line = [(); 4]
            .map(|()| sentences[random.below(sentences.len() as u64) as usize])
            .join(" ");
        length += line.len();
        lines.push(line);
    }
    lines
}

/// Prints how fast the contestants are, and how many times as fast as the peers.
fn compare(corpora: &[Vec<String>], contestants: &[Vec<Contestant>]) {
    println!(
        "\n{:<10} {:<14} {:>8} {:>7} {:>14} {:>14}",
        "", "", "pieces", "MB/s", "icu_segmenter", "nlpo3"
    );
    for ((text, lines), contestants) in TEXTS.iter().zip(corpora).zip(contestants) {
        let mut seconds = vec![Vec::new(); contestants.len()];
        for _ in 0..ROUNDS {
            for (seconds, contestant) in seconds.iter_mut().zip(contestants) {
                seconds.push(time(|| contestant.count(lines)).as_secs_f64());
            }
        }
        for (contestant, own) in contestants.iter().zip(&seconds) {
            let rate = bytes(lines) as f64 / 1e6 / median(own.clone());
            let pieces = contestant.count(lines);
            print!(
                "{:<10} {:<14} {pieces:>8} {rate:>7.1}",
                text.name, contestant.name
            );
            if !contestant.is_peer {
                for (peer, its) in contestants.iter().zip(&seconds) {
                    if peer.is_peer {
                        let ratios = its.iter().zip(own).map(|(its, own)| its / own);
                        print!(" {:>13.2}×", median(ratios.collect()));
                    }
                }
            }
            println!();
        }
    }
}

/// Prints whether the time for a byte stays the same in a text without a blank.
fn compare_lengths(corpora: &[Vec<String>]) {
    println!(
        "\n{:<17} {:>12} {:>12} {:>6}",
        "without a blank", "ns/B, 10 kB", "ns/B, 10 MB", "ratio"
    );
    for (text, lines) in TEXTS.iter().zip(corpora) {
        let letters = lines.iter().flat_map(|line| line.chars());
        let letters = letters.filter(|&c| Script::of(c) == Some(text.script));
        let pieces = pieces(letters.collect());
        let whole = [pieces.concat()];
        let segmenter = Segmenter::new(text.script);
        let words: fn(&Segmenter, &str) -> usize = |s, text| ends(s.words(text));
        let parts: fn(&Segmenter, &str) -> usize = |s, text| ends(s.parts(text));
        for (kind, count) in [("words", words), ("parts", parts)] {
            let all = |texts: &[String]| -> usize {
                texts.iter().map(|text| count(&segmenter, text)).sum()
            };
            let (mut short, mut long, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                let nanoseconds = |texts: &[String]| {
                    time(|| all(texts)).as_secs_f64() * 1e9 / bytes(texts) as f64
                };
                let (in_pieces, in_one) = (nanoseconds(&pieces), nanoseconds(&whole));
                short.push(in_pieces);
                long.push(in_one);
                ratios.push(in_one / in_pieces);
            }
            println!(
                "{:<10} {kind:<6} {:>12.2} {:>12.2} {:>5.2}×",
                text.name,
                median(short),
                median(long),
                median(ratios)
            );
        }
    }
}

/// The text over and over, in pieces of [`PIECE_BYTES`] that add up to [`UNBROKEN_BYTES`].
fn pieces(text: String) -> Vec<String> {
    let mut letters = text.chars().cycle();
    let piece = |_| {
        let mut piece = String::with_capacity(PIECE_BYTES);
        while piece.len() < PIECE_BYTES {
            piece.extend(letters.next());
        }
        piece
    };
    (0..UNBROKEN_BYTES / PIECE_BYTES).map(piece).collect()
}

fn bytes(lines: &[String]) -> u64 {
    lines.iter().map(|line| line.len() as u64).sum()
}

fn time(run: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
