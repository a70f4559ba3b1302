//! The documents that are indexed and searched.

use std::path::Path;

use anyhow::{Context, Result};
use mekong::{Date, Document, read};

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
