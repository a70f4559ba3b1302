//! The words of an index that one of a query stands for: those that begin with it, and those that
//! are spelled nearly so.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use mekong_core::engine::Scope;
use tantivy::schema::{Field, Term};

use crate::Error;
use crate::explain::EvidenceKind;
use crate::near;
use crate::plan::Planner;

/// A word stands for so many others.
pub(crate) const MAX_FORMS: usize = 1024;
/// So many words of a segment are looked at.
const MAX_VISITED: usize = 100_000;
/// The words of one set are in so many documents, counted once for each word.
const MAX_POSTINGS: u64 = 4_000_000;

/// Words of the index, the most frequent first.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    pub(crate) kind: EvidenceKind,
    pub(crate) field: Field,
    pub(crate) words: Vec<String>,
    /// Whether there are more than are here.
    pub(crate) is_cut: bool,
}

impl Forms {
    /// The words that begin with `prefix`, which is folded as the field is.
    pub(crate) fn beginning(
        prefix: &str,
        field: Field,
        planner: &Planner<'_>,
    ) -> Result<Self, Error> {
        let mut counts = BTreeMap::<Box<str>, u64>::new();
        let mut is_cut = false;
        for segment in planner.searcher.segment_readers() {
            planner.deadline.check()?;
            let inverted = segment.inverted_index(field).map_err(Error::engine)?;
            let mut words = inverted
                .terms()
                .range()
                .ge(prefix)
                .into_stream()
                .map_err(|error| Error::engine(error.into()))?;
            let mut visited = 0;
            while words.advance() && words.key().starts_with(prefix.as_bytes()) {
                visited += 1;
                if visited > MAX_VISITED {
                    is_cut = true;
                    break;
                }
                if let Ok(word) = std::str::from_utf8(words.key()) {
                    let count = u64::from(words.value().doc_freq);
                    match counts.get_mut(word) {
                        Some(counted) => *counted += count,
                        None => drop(counts.insert(word.into(), count)),
                    }
                }
            }
        }
        let mut by_count: Vec<_> = counts.into_iter().collect();
        by_count.sort_by_key(|(_, count)| Reverse(*count));
        let mut postings = 0;
        let all = by_count.len();
        let words: Vec<_> = by_count
            .into_iter()
            .take(MAX_FORMS)
            .take_while(|(_, count)| {
                postings += count;
                postings <= MAX_POSTINGS
            })
            .map(|(word, _)| word.into_string())
            .collect();
        Ok(Self {
            kind: EvidenceKind::Prefix,
            field,
            is_cut: is_cut || words.len() < all,
            words,
        })
    }

    /// The words that are spelled nearly as `word`, which is folded as the field is, itself among
    /// them. Of a scope those with other names are left out.
    pub(crate) fn near(
        word: &str,
        distance: u8,
        field: Field,
        scope: Option<Scope<'_>>,
        planner: &Planner<'_>,
    ) -> Result<Self, Error> {
        let of_scope = scope.map(|scope| scope.term(""));
        let of_scope = of_scope.as_deref().unwrap_or_default();
        let near = near::terms(
            planner.searcher,
            field,
            &(of_scope.to_owned() + word),
            distance,
            planner.deadline,
        )?;
        let words = near.into_iter().map(|term| term.text);
        Ok(Self {
            kind: EvidenceKind::Near,
            field,
            words: words.filter(|word| word.starts_with(of_scope)).collect(),
            is_cut: false,
        })
    }

    pub(crate) fn terms(&self) -> impl Iterator<Item = Term> {
        self.words
            .iter()
            .map(|word| Term::from_field_text(self.field, word))
    }
}
