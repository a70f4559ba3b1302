//! Why a document answers a query as well as it does.

use std::fmt;

use mekong_core::TokenKind;
use tantivy::query::Weight;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use crate::Error;
use crate::dictionary::from_io;
use crate::plan::Asked;
use crate::run;
use crate::scan::{Deadline, is_at};

/// What a document has of a query, and how much each part of it counts.
///
/// Printed, it is a table: one line for each part, the weightiest first.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The score of the document, which is the sum of the evidence.
    pub score: f32,
    /// The evidence, the weightiest first.
    pub evidence: Vec<Evidence>,
    /// What the scores are multiplied by for the age of the document; `None` where the order is
    /// not [`Sort::Recent`](crate::Sort::Recent).
    pub recency: Option<f32>,
}

/// One part of the score of a document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// What kind of match it is.
    pub kind: EvidenceKind,
    /// What was found, as it is indexed: a folded word, a sub-word, a name. Several names of one
    /// thing are separated by ` = `.
    pub text: String,
    /// How much of the score it is.
    pub score: f32,
}

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EvidenceKind {
    /// A token of the query, which is one of the document.
    Token(TokenKind),
    /// Two words that the query writes as one and the document as two, or the other way round.
    Joined,
    /// The longest stretch of the query that the document has word for word. Looked for in the
    /// twenty documents that are the best by all other evidence.
    Run,
    /// Another name of what the query names.
    Alias,
    /// All words of a short query, with the accents that they were typed with.
    AsTyped,
    /// Words one after another, which have to be there; their words are what counts, and evidence
    /// of their own.
    Phrase,
    /// A word that begins as one of the query does. Several are separated by ` = `.
    Prefix,
    /// A word that is spelled nearly as one of the query. Several are separated by ` = `.
    Near,
}

impl fmt::Display for EvidenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Token(TokenKind::Folded) => "word, any accents",
            Self::Token(TokenKind::Exact) => "word, same accents",
            Self::Token(TokenKind::Stem) => "word, any form",
            Self::Token(TokenKind::Pair) => "pair of words",
            Self::Token(TokenKind::Word) => "word",
            Self::Token(TokenKind::Subword) => "sub-word",
            Self::Token(TokenKind::Gram) => "letters in a row",
            Self::Token(TokenKind::Character) => "character",
            Self::Token(TokenKind::Bigram) => "pair of characters",
            Self::Token(_) => "token",
            Self::Joined => "written as one",
            Self::Run => "words in a row",
            Self::Alias => "other name",
            Self::AsTyped => "all as typed",
            Self::Phrase => "phrase",
            Self::Prefix => "begins so",
            Self::Near => "spelled nearly so",
        })
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Evidence { kind, text, score } in &self.evidence {
            writeln!(f, "{score:9.3}  {kind:<18}  {text}")?;
        }
        if let Some(recency) = self.recency {
            writeln!(f, "{recency:9.3}  of each, for its age")?;
        }
        write!(f, "{:9.3}  in all", self.score)
    }
}

/// What a document has of what is asked. Runs are asked of the best documents.
pub(crate) fn explain(
    asked: Asked,
    phrases: Vec<(String, Box<dyn Weight>)>,
    searcher: &Searcher,
    address: DocAddress,
    is_best: bool,
    recency: Option<f32>,
    deadline: &Deadline,
) -> Result<Explanation, Error> {
    let reader = searcher.segment_reader(address.segment_ord);
    let mut explanation = Explanation::default();
    for clause in asked.clauses {
        let mut scorer = clause
            .weight
            .scorer(reader, clause.boost)
            .map_err(Error::engine)?;
        if is_at(&mut *scorer, address.doc_id) {
            let score = scorer.score();
            let text = match clause.any_of.as_slice() {
                [] => clause.text,
                any_of => held(any_of, reader, address.doc_id)?.join(" = "),
            };
            explanation.score += score;
            explanation.evidence.push(Evidence {
                kind: clause.kind,
                text,
                score,
            });
        }
    }
    for (text, weight) in phrases {
        let mut scorer = weight.scorer(reader, 1.0).map_err(Error::engine)?;
        if is_at(&mut *scorer, address.doc_id) {
            explanation.evidence.push(Evidence {
                kind: EvidenceKind::Phrase,
                text,
                score: 0.0,
            });
        }
    }
    if let Some(runs) = asked.runs.filter(|_| is_best) {
        let run = run::of_one(&runs, searcher, address, deadline)?;
        if run.score > 0.0 {
            explanation.score += run.score;
            explanation.evidence.push(Evidence {
                kind: EvidenceKind::Run,
                text: runs.text(&run),
                score: run.score,
            });
        }
    }
    if let Some(recency) = recency {
        explanation.score *= recency;
        for evidence in &mut explanation.evidence {
            evidence.score *= recency;
        }
        explanation.recency = Some(recency);
    }
    explanation
        .evidence
        .sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(explanation)
}

/// Those of some terms that a document has.
fn held(terms: &[Term], reader: &SegmentReader, doc: DocId) -> Result<Vec<String>, Error> {
    let mut held = Vec::new();
    for term in terms {
        let inverted = reader.inverted_index(term.field()).map_err(Error::engine)?;
        let postings = inverted.read_postings(term, IndexRecordOption::Basic);
        if let Some(mut postings) = postings.map_err(from_io)?
            && is_at(&mut postings, doc)
        {
            held.extend(term.value().as_str().map(str::to_owned));
        }
    }
    Ok(held)
}
