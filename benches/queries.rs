//! Queries that have answers among some documents.

use mekong::{Analyzer, Document, Language, TokenKind};

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
