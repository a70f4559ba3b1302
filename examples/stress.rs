//! Tries to make Mekong stumble: random texts for the query parser, and for the search queries that
//! are as hard as they can be written.
//!
//! `cargo run --release --example stress -- --parse 10000000 --search 100000 --docs news.jsonl.zst`
//!
//! The documents are divided into passages, of which `--passages` are indexed. Prints one line of
//! JSON with the slowest queries; ends with an error where a search fails.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use mekong::{Document, Index, Query, Searcher, Writer, read};
use serde_json::json;

#[derive(Parser)]
#[command(about = "Random and adversarial queries")]
struct Options {
    /// So many random texts go through the parser.
    #[arg(long, default_value_t = 100_000)]
    parse: u64,
    /// So many adversarial queries are searched.
    #[arg(long, default_value_t = 1_000)]
    search: u64,
    /// Documents to search; may be given more than once [default: seeds].
    #[arg(long, value_name = "PATH")]
    docs: Vec<PathBuf>,
    /// At most so many passages of them are indexed.
    #[arg(long, default_value_t = 100_000)]
    passages: usize,
    /// Keeps the index in this folder, and uses the one that is there.
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Where the random numbers begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// A query is at most so long, in bytes.
const MAX_BYTES: usize = 10_000;
/// A passage is about so long, in bytes.
const PASSAGE_BYTES: usize = 1_500;
/// In how many ways a query is made hard; the last one mixes all others.
const STYLES: usize = 9;

fn main() -> Result<()> {
    let options = Options::parse();
    let mut random = Random(options.seed);

    let empty = Searcher::new(&Index::in_memory()?);
    let started = Instant::now();
    for _ in 0..options.parse {
        let text = random.text(64);
        empty.parse(&Query::text(text))?;
    }
    let parse_seconds = started.elapsed().as_secs_f64();

    let temporary = tempfile::tempdir()?;
    let folder = options.index.as_deref().unwrap_or(temporary.path());
    let index = Index::open_or_create(folder)?;
    let words = index_passages(&index, &options)?;
    let searcher = Searcher::new(&index);
    let mut times = Vec::new();
    for _ in 0..options.search {
        let (style, text) = random.adversarial(&words);
        let query = Query::text(text.clone());
        let started = Instant::now();
        searcher
            .search(&query)
            .with_context(|| format!("the query {text:?} failed"))?;
        times.push((started.elapsed().as_secs_f64() * 1e3, style, text));
    }
    times.sort_by(|a, b| b.0.total_cmp(&a.0));
    for style in 0..STYLES {
        let slowest = times.iter().find(|(_, of, _)| *of == style);
        if let Some((time, _, text)) = slowest {
            let start: String = text.chars().take(60).collect();
            eprintln!("{time:.1} ms, {} bytes: {start}", text.len());
        }
    }
    println!(
        "{}",
        json!({
            "parsed": options.parse,
            "parse_seconds": parse_seconds,
            "docs": index.document_count(),
            "searched": times.len(),
            "slowest_ms": times.first().map(|(time, ..)| time),
            "p99_ms": times.get(times.len() / 100).map(|(time, ..)| time),
            "median_ms": times.get(times.len() / 2).map(|(time, ..)| time),
        })
    );
    Ok(())
}

/// Indexes passages, if the index is new; some words of theirs, common ones and rare ones.
fn index_passages(index: &Index, options: &Options) -> Result<Vec<String>> {
    let seeds = [PathBuf::from("seeds")];
    let docs = match options.docs.as_slice() {
        [] => &seeds,
        docs => docs,
    };
    let is_new = index.document_count() == 0;
    let mut writer = Writer::new(index)?;
    let (mut count, mut words) = (0, Vec::new());
    for document in docs.iter().flat_map(read) {
        let document = document?.document;
        words.extend(
            document
                .body
                .split_whitespace()
                .step_by(97)
                .map(str::to_owned),
        );
        let mut passage = String::new();
        for line in document.body.split_inclusive(['\n', ' ']) {
            passage += line;
            if passage.len() >= PASSAGE_BYTES && count < options.passages && is_new {
                count += 1;
                writer
                    .upsert(Document::new(count.to_string()).body(std::mem::take(&mut passage)))?;
            }
        }
        if !passage.is_empty() && count < options.passages && is_new {
            count += 1;
            writer.upsert(Document::new(count.to_string()).body(passage))?;
        }
        if count >= options.passages || (!is_new && words.len() > 1_000_000) {
            break;
        }
    }
    writer.close()?;
    ensure!(!words.is_empty(), "the documents have no words");
    Ok(words)
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, all: &'a [&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// Signs, letters of all scripts, and any characters at all.
    fn text(&mut self, max_chars: usize) -> String {
        const PARTS: &[&str] = &[
            "\"",
            "“",
            "”",
            "(",
            ")",
            "（",
            "）",
            "+",
            "-",
            "*",
            "~",
            "~2",
            ":",
            " ",
            " ",
            "\t",
            "OR",
            " OR ",
            "title:",
            "source:",
            "a",
            "bộ",
            "trưởng",
            "việt",
            "กระทรวง",
            "ข่าว",
            "ນາຍົກ",
            "រដ្ឋ",
            "ဝန်ကြီး",
            "東京",
            "10/2025",
            "พ.ศ. 2568",
            "hôm qua",
            "\u{200B}",
            "\u{0301}",
        ];
        let length = self.below(max_chars);
        let mut text = String::new();
        for _ in 0..length {
            if self.below(8) == 0 {
                let code = self.below(0x11_0000) as u32;
                text.push(char::from_u32(code).unwrap_or('\u{FFFD}'));
            } else {
                text += self.of(PARTS);
            }
        }
        text
    }

    /// A style, and a text in it: much of what costs most: common words, short prefixes, long words with errors, phrases,
    /// alternatives, and text without a blank.
    fn adversarial(&mut self, words: &[String]) -> (usize, String) {
        let length = MAX_BYTES >> self.below(9);
        let style = self.below(STYLES);
        let mut text = String::new();
        let mut open = 0;
        loop {
            let word = &words[self.below(words.len())];
            let part = match if style == STYLES - 1 {
                self.below(STYLES - 1)
            } else {
                style
            } {
                0 => format!("{word} "),
                1 => format!("{}* ", first_chars(word, 1 + self.below(2))),
                2 => format!("{word}x{}~2 ", self.below(100)),
                3 => {
                    let count = 2 + self.below(20);
                    let phrase: Vec<_> = (0..count)
                        .map(|_| words[self.below(words.len())].as_str())
                        .collect();
                    format!("\"{}\" OR ", phrase.join(" "))
                }
                4 => format!("{word} OR "),
                5 => word.clone(),
                6 => {
                    open += 1;
                    format!("{}({word} ", self.of(&["", "+", "-", "a OR "]))
                }
                _ => format!(
                    "-{word} title:{}* \"{word} {}\"* ",
                    first_chars(word, 1),
                    first_chars(word, 1)
                ),
            };
            if text.len() + part.len() + open > length {
                break;
            }
            text += &part;
        }
        (style, text + &")".repeat(open))
    }
}

fn first_chars(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}
