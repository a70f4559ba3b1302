//! The documents that are searched, and queries that have answers among them.

use std::path::Path;

use anyhow::{Context, Result};
use mekong::{Analyzer, Date, Document, Language, TokenKind, read};

use crate::random::Random;

/// Documents made of the sentences of the seed articles, and dates over ten years. The same
/// number of them is always the same corpus. Its vocabulary is that of five articles, so what is
/// measured on it says little about any real archive.
pub(crate) fn synthetic(count: usize) -> Result<Vec<Document>> {
    const TEN_YEARS: u64 = 10 * 365;
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds");
    let mut articles = Vec::new();
    for seed in read(seeds) {
        let body = seed?.document.body;
        let sentences: Vec<_> = body
            .split_inclusive(['.', '\n', '|'])
            .filter(|sentence| sentence.len() > 20)
            .map(str::to_owned)
            .collect();
        articles.push(sentences);
    }
    let first_day = "2016-01-01".parse::<Date>()?.start();
    let mut random = Random(count as u64);
    (0..count)
        .map(|n| {
            let article = &articles[random.below(articles.len() as u64) as usize];
            let body: String = (0..3 + random.below(10))
                .map(|_| article[random.below(article.len() as u64) as usize].as_str())
                .collect();
            let day = first_day + 86_400 * random.below(TEN_YEARS) as i64;
            let date = Date::from_unix_seconds(day)?;
            Ok(Document::new(n.to_string()).body(body).date(date))
        })
        .collect()
}

/// The documents of a file.
pub(crate) fn of_file(path: &Path) -> Result<Vec<Document>> {
    read(path)
        .map(|read| Ok(read?.document))
        .collect::<Result<_>>()
        .with_context(|| path.display().to_string())
}

/// So many queries of each kind are measured together.
pub(crate) const QUERIES: usize = 20;

/// Queries cut from the middle of documents: so many words, as they stand there or folded.
pub(crate) fn queries(
    documents: &[Document],
    language: Option<Language>,
    words: usize,
    folded: bool,
) -> Vec<String> {
    let analyzer = Analyzer::new();
    let matching: Vec<_> = documents
        .iter()
        .filter(|document| {
            language.is_none_or(|wanted| mekong::language::detect(&document.body) == Some(wanted))
        })
        .take(100 * QUERIES)
        .collect();
    let step = (matching.len() / QUERIES).max(1);
    matching
        .into_iter()
        .step_by(step)
        .filter_map(|document| cut(&analyzer, &document.body, words, folded))
        .take(QUERIES)
        .collect()
}

fn cut(analyzer: &Analyzer, body: &str, words: usize, folded: bool) -> Option<String> {
    let mut units = Vec::new();
    analyzer.analyze(body, None, |token| {
        if matches!(token.kind, TokenKind::Folded | TokenKind::Word) {
            units.push((token.range, token.text.to_owned()));
        }
    });
    let start = units.len() / 2;
    let part = units.get(start..start + words)?;
    if folded {
        let words: Vec<_> = part.iter().map(|(_, text)| text.as_str()).collect();
        Some(words.join(" "))
    } else {
        let (first, last) = (&part.first()?.0, &part.last()?.0);
        Some(body[first.start..last.end].to_owned())
    }
}
