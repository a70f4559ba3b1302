//! Checks highlights against explanations, over all hits of a set of topics:
//!
//! `cargo run --release --example highlight_check -- --docs docs.jsonl.zst --topics topics.jsonl`
//!
//! Whatever is highlighted has to be a form that `explain` lists for the hit, and a hit that is
//! explained has to have a highlight. Documents and topics are JSON Lines, as for `trec`. Prints
//! one line of JSON with what was counted, and what failed on standard error; ends with 1 if
//! anything did.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use mekong::{
    Analyzer, EvidenceKind, Explanation, Index, Query, Searcher, TokenKind, Writer, read,
};
use serde::Deserialize;
use serde_json::json;

#[derive(Parser)]
#[command(about = "Checks highlights against explanations")]
struct Options {
    /// Documents: JSON Lines, compressed or not, or a folder.
    #[arg(long)]
    docs: PathBuf,
    /// Topics: JSON Lines with `query`.
    #[arg(long)]
    topics: PathBuf,
    /// Hits a topic.
    #[arg(long, default_value_t = 10)]
    depth: usize,
    /// Takes one of so many topics and documents.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Searches for the first so many words of each topic as a phrase.
    #[arg(long)]
    phrase: Option<usize>,
}

#[derive(Deserialize)]
struct Topic {
    query: String,
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    for path in [&options.docs, &options.topics] {
        if !path.exists() {
            println!("skipped: there is no {}", path.display());
            return Ok(ExitCode::SUCCESS);
        }
    }
    let index = Index::in_memory()?;
    let mut writer = Writer::new(&index)?;
    for document in read(&options.docs).step_by(options.every) {
        writer.upsert(document?.document)?;
    }
    writer.close()?;

    let searcher = Searcher::new(&index);
    let mut counts = Counts::default();
    let topics = BufReader::new(File::open(&options.topics)?).lines();
    for (number, line) in (1..).zip(topics).step_by(options.every) {
        let topic: Topic = serde_json::from_str(&line?)
            .with_context(|| format!("{}:{number}", options.topics.display()))?;
        let query = match options.phrase {
            Some(words) => {
                Query::phrase(beginning(index.analyzer(), &topic.query, words)).limit(options.depth)
            }
            None => Query::text(&topic.query).limit(options.depth),
        };
        counts.queries += 1;
        check(
            &searcher,
            index.analyzer(),
            &query,
            &topic.query,
            &mut counts,
        )?;
    }
    println!(
        "{}",
        json!({
            "docs": index.document_count(),
            "queries": counts.queries,
            "hits": counts.hits,
            "explained": counts.explained,
            "explained_and_highlighted": counts.highlighted,
            "ranges": counts.ranges,
            "failed_ranges": counts.failed,
        })
    );
    Ok(
        if counts.failed == 0 && counts.highlighted == counts.explained {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        },
    )
}

#[derive(Default)]
struct Counts {
    queries: usize,
    hits: usize,
    explained: usize,
    highlighted: usize,
    ranges: usize,
    failed: usize,
}

/// The first words of a text.
fn beginning<'a>(analyzer: &Analyzer, text: &'a str, words: usize) -> &'a str {
    let mut end = 0;
    analyzer.analyze(text, None, |token| {
        if token.is_unit() && (token.position as usize) < words {
            end = token.range.end;
        }
    });
    &text[..end]
}

fn check(
    searcher: &Searcher,
    analyzer: &Analyzer,
    query: &Query,
    topic: &str,
    counts: &mut Counts,
) -> Result<()> {
    let highlighter = searcher.highlighter(query)?;
    for hit in &searcher.search(query)? {
        let explanation = searcher.explain(query, hit.id())?.unwrap_or_default();
        let forms = Forms::new(&explanation, analyzer);
        counts.hits += 1;
        let mut marked = 0;
        let texts = [hit.document.title.as_deref(), Some(&*hit.document.body)];
        for text in texts.into_iter().flatten() {
            let explained = forms.explained(text, analyzer);
            let mut end = None;
            for range in highlighter.ranges(text) {
                counts.ranges += 1;
                marked += 1;
                let is_apart = end.is_none_or(|end| end < range.start);
                end = Some(range.end);
                let problem = match text.get(range.clone()) {
                    None | Some("") => "is no part of the text",
                    Some(_) if !is_apart => "is not behind the one before",
                    Some(part) if unexplained(part, range.start, &explained) => "is not explained",
                    Some(_) => continue,
                };
                counts.failed += 1;
                eprintln!(
                    "{topic:?}, {}: {:?} {problem}",
                    hit.id(),
                    text.get(range).unwrap_or_default()
                );
            }
        }
        if !explanation.evidence.is_empty() {
            counts.explained += 1;
            if marked > 0 {
                counts.highlighted += 1;
            } else {
                eprintln!("{topic:?}, {}: no highlight of\n{explanation}", hit.id());
            }
        }
    }
    Ok(())
}

/// Whether a part of a text that begins at `start` has a letter or digit that is not explained.
fn unexplained(part: &str, start: usize, explained: &[bool]) -> bool {
    part.char_indices()
        .any(|(at, c)| c.is_alphanumeric() && !explained[start + at])
}

/// What an explanation lists.
struct Forms {
    tokens: HashMap<TokenKind, HashSet<String>>,
    joined: HashSet<String>,
    /// Names and phrases, as the smallest units that they are made of, one after another.
    sequences: HashSet<String>,
    longest: usize,
}

impl Forms {
    fn new(explanation: &Explanation, analyzer: &Analyzer) -> Self {
        let mut forms = Self {
            tokens: HashMap::new(),
            joined: HashSet::new(),
            sequences: HashSet::new(),
            longest: 0,
        };
        for evidence in &explanation.evidence {
            let names = evidence.text.split(" = ");
            match evidence.kind {
                EvidenceKind::Token(kind) => {
                    forms
                        .tokens
                        .entry(kind)
                        .or_default()
                        .insert(evidence.text.clone());
                }
                EvidenceKind::Joined => {
                    forms.joined.insert(evidence.text.clone());
                }
                EvidenceKind::Alias
                | EvidenceKind::Phrase
                | EvidenceKind::Prefix
                | EvidenceKind::Near => {
                    names.for_each(|name| forms.add(name, analyzer));
                }
                _ => {}
            }
        }
        forms
    }

    fn add(&mut self, text: &str, analyzer: &Analyzer) {
        let units: Vec<_> = units(text, analyzer)
            .into_iter()
            .map(|(unit, _)| unit)
            .collect();
        let text = units.concat();
        self.longest = self.longest.max(text.len());
        self.sequences.insert(text);
    }

    /// For each byte of a text whether it is part of a form that is listed.
    fn explained(&self, text: &str, analyzer: &Analyzer) -> Vec<bool> {
        let mut explained = vec![false; text.len()];
        analyzer.analyze(text, None, |token| {
            let of_kind = self.tokens.get(&token.kind);
            let is_listed = of_kind.is_some_and(|texts| texts.contains(token.text));
            let is_joined = matches!(token.kind, TokenKind::Folded | TokenKind::Pair)
                && self.joined.contains(token.text);
            if is_listed || is_joined {
                explained[token.range].fill(true);
            }
        });
        if !self.sequences.is_empty() {
            let units = units(text, analyzer);
            let mut joined = String::new();
            for first in 0..units.len() {
                joined.clear();
                for (unit, range) in &units[first..] {
                    joined.push_str(unit);
                    if joined.len() > self.longest {
                        break;
                    }
                    if self.sequences.contains(&joined) {
                        explained[units[first].1.start..range.end].fill(true);
                    }
                }
            }
        }
        explained
    }
}

/// The smallest units of a text, and where they are.
fn units(text: &str, analyzer: &Analyzer) -> Vec<(String, Range<usize>)> {
    let mut units = Vec::new();
    analyzer.analyze(text, None, |token| {
        if token.is_unit() {
            units.push((token.text.to_owned(), token.range));
        }
    });
    units
}
