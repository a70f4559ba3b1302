//! How long suggestions take, letter by letter as somebody types.
//!
//! `MEKONG_CORPUS=news.jsonl.zst cargo bench -p benches --bench suggestions` asks for completions
//! of what documents of that file begin with, cut after each letter, with accents and without, and
//! for what words may mean that lack a letter. It tells the median, the 99th percentile and the
//! slowest. Without a corpus nothing is measured: the vocabulary of a synthetic one is too small
//! to say anything.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use mekong::{Analyzer, Document, Index, Query, Searcher, TokenKind, Writer};

/// So many documents are typed.
const TYPED: usize = 300;
/// Of each document so many words are.
const WORDS: usize = 4;
const LIMIT: usize = 8;

fn main() -> Result<()> {
    let Some(path) = std::env::var_os("MEKONG_CORPUS") else {
        println!("left out: MEKONG_CORPUS names no corpus");
        return Ok(());
    };
    let documents = mekong::read(Path::new(&path))
        .map(|read| Ok(read?.document))
        .collect::<Result<Vec<_>>>()?;
    let folder = tempfile::tempdir()?;
    let index = Index::create(folder.path())?;
    let mut writer = Writer::new(&index)?;
    for document in &documents {
        writer.upsert(document.clone())?;
    }
    writer.close()?;
    let searcher = Searcher::new(&index);
    println!("corpus of {} documents", documents.len());

    let step = (documents.len() / TYPED).max(1);
    let typed: Vec<_> = documents.iter().step_by(step).map(words).collect();
    let whole = || typed.iter().flat_map(|(whole, _)| whole);
    let folded = || typed.iter().flat_map(|(_, folded)| folded);
    let cut = |text: &String| -> Vec<String> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.map(|end| text[..end].to_owned()).collect()
    };
    for (kind, texts) in [
        ("completions", whole().flat_map(cut).collect::<Vec<_>>()),
        (
            "completions without accents",
            folded().flat_map(cut).collect(),
        ),
        (
            "completions of one letter",
            whole()
                .filter_map(|text| Some(text.chars().next()?.into()))
                .collect(),
        ),
    ] {
        measure(kind, &texts, |text| {
            Ok(!searcher.complete(text, LIMIT)?.is_empty())
        })?;
    }
    let damaged: Vec<_> = whole().filter_map(|text| without_a_letter(text)).collect();
    measure("did you mean", &damaged, |text| {
        Ok(searcher.did_you_mean(&Query::text(text))?.is_some())
    })
}

/// A text without the letter in its middle.
fn without_a_letter(text: &str) -> Option<String> {
    let middle = text.chars().count() / 2;
    let (at, letter) = text.char_indices().nth(middle)?;
    letter
        .is_alphabetic()
        .then(|| text[..at].to_owned() + &text[at + letter.len_utf8()..])
}

/// The first words of a document, as they stand there and folded.
fn words(document: &Document) -> (Option<String>, Option<String>) {
    let text = document.title.as_deref().unwrap_or(&document.body);
    let mut words = Vec::new();
    Analyzer::new().analyze(text, None, |token| {
        if matches!(token.kind, TokenKind::Folded | TokenKind::Word) {
            words.push((
                token.range,
                token.kind == TokenKind::Folded,
                token.text.to_owned(),
            ));
        }
    });
    words.truncate(WORDS);
    let end = words.last().map_or(0, |(range, ..)| range.end);
    let folded = words.iter().all(|(_, is_folded, _)| *is_folded).then(|| {
        let words: Vec<_> = words.iter().map(|(.., text)| text.as_str()).collect();
        words.join(" ")
    });
    ((end > 0).then(|| text[..end].to_owned()), folded)
}

fn measure(kind: &str, texts: &[String], ask: impl Fn(&str) -> Result<bool>) -> Result<()> {
    if texts.is_empty() {
        println!("{kind}: left out, nothing to ask");
        return Ok(());
    }
    let mut times = Vec::with_capacity(texts.len());
    let mut answered = 0;
    // The first round reads the files.
    for round in 0..2 {
        for text in texts {
            let started = Instant::now();
            let has_answer = ask(text)?;
            if round == 1 {
                times.push((started.elapsed(), text));
                answered += usize::from(has_answer);
            }
        }
    }
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].0;
    println!(
        "{kind}: {} asked, {answered} answered; median {}, 99th percentile {}, slowest {} ({:?})",
        texts.len(),
        milliseconds(at(50)),
        milliseconds(at(99)),
        milliseconds(at(100)),
        times[times.len() - 1].1,
    );
    Ok(())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
