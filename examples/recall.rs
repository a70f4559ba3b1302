//! Measures whether words are found: every distinct word of a segmented corpus is searched as a
//! phrase, and the sentences that hold it as a word are to be found.
//!
//! `cargo run --release --example recall -- sentences.gold`
//!
//! The file has a sentence a line, its words joined by U+001F. Words of two characters or more of
//! Thai, Lao, Khmer or Burmese letters alone are searched. Prints one line of JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use mekong::script::Script;
use mekong::{Document, Index, Query, Searcher, Writer};
use serde_json::json;

#[derive(Parser)]
#[command(about = "Measures how well Mekong finds the words of a segmented corpus")]
struct Options {
    /// Sentences, one a line, their words joined by U+001F.
    gold: PathBuf,
    /// Prints so many of the words that are found worst, to standard error.
    #[arg(long, default_value_t = 0)]
    worst: usize,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let gold = fs::read_to_string(&options.gold)
        .with_context(|| format!("cannot read {}", options.gold.display()))?;
    let sentences: Vec<&str> = gold.lines().collect();

    let index = Index::in_memory()?;
    let mut writer = Writer::new(&index)?;
    let mut holders = BTreeMap::<&str, BTreeSet<String>>::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let id = number.to_string();
        writer.upsert(Document::new(&id).body(sentence.replace('\u{1F}', "")))?;
        for word in sentence.split('\u{1F}').filter(|word| is_searched(word)) {
            holders.entry(word).or_default().insert(id.clone());
        }
    }
    writer.commit()?;

    let searcher = Searcher::new(&index);
    let (mut relevant, mut found, mut both) = (0, 0, 0);
    let mut missed = Vec::new();
    for (word, holders) in &holders {
        let query = Query::phrase(*word).limit(sentences.len());
        let hits = searcher.search(&query)?.hits;
        let right = hits.iter().filter(|hit| holders.contains(hit.id())).count();
        relevant += holders.len();
        found += hits.len();
        both += right;
        missed.push((holders.len() - right, hits.len() - right, *word));
    }
    missed.sort_by(|a, b| b.cmp(a));
    for (missed, wrong, word) in missed.iter().take(options.worst) {
        eprintln!("{word}: {missed} missed, {wrong} wrong");
    }
    let share = |of: usize| 100.0 * both as f64 / of.max(1) as f64;
    println!(
        "{}",
        json!({
            "sentences": sentences.len(),
            "words": holders.len(),
            "recall": (share(relevant) * 100.0).round() / 100.0,
            "precision": (share(found) * 100.0).round() / 100.0,
        })
    );
    Ok(())
}

/// Whether a word has two characters or more, all of one script written without blanks.
fn is_searched(word: &str) -> bool {
    let script = word.chars().next().map(Script::of);
    script.is_some_and(|script| script.is_unspaced() && !script.is_cjk())
        && word.chars().nth(1).is_some()
        && word.chars().all(|c| Some(Script::of(c)) == script)
}
