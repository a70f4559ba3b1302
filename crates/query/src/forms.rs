//! The words of an index that one of a query stands for: those that begin with it, and those that
//! are spelled nearly so.

use mekong_core::engine::Scope;
use tantivy::schema::{Field, Term};

use crate::Error;
use crate::dictionary;
use crate::explain::EvidenceKind;
use crate::near;
use crate::plan::Planner;

/// A word stands for so many others.
const MAX_FORMS: usize = 1024;
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
        let found = dictionary::completions(planner.searcher, field, prefix, MAX_FORMS + 1)?;
        let all = found.len();
        let mut postings = 0;
        let words = found.into_iter().take(MAX_FORMS).take_while(|(_, count)| {
            postings += u64::from(*count);
            postings <= MAX_POSTINGS
        });
        let words: Vec<_> = words.map(|(word, _)| word).collect();
        Ok(Self {
            kind: EvidenceKind::Prefix,
            field,
            is_cut: words.len() < all,
            words,
        })
    }

    /// The words that are spelled nearly as `word`, which is folded as the field is, itself among
    /// them; of a scope, if there is one.
    pub(crate) fn near(
        word: &str,
        distance: u8,
        field: Field,
        scope: Option<Scope<'_>>,
        planner: &Planner<'_>,
    ) -> Result<Self, Error> {
        let of_scope = scope.map(|scope| scope.term(""));
        let of_scope = of_scope.as_deref().unwrap_or_default();
        // Where each letter may be another one, any short word would be near: a Chinese character
        // any other.
        let letters = near::letters(word).len();
        let distance = usize::from(distance).min(letters.saturating_sub(1)) as u8;
        let near = near::terms_behind(
            of_scope,
            planner.searcher,
            field,
            word,
            distance,
            planner.deadline,
        )?;
        let is_cut = near.len() == near::MAX_TERMS;
        let words = near
            .into_iter()
            .map(|term| of_scope.to_owned() + &term.text);
        Ok(Self {
            kind: EvidenceKind::Near,
            field,
            words: words.collect(),
            is_cut,
        })
    }

    pub(crate) fn terms(&self) -> impl Iterator<Item = Term> {
        self.words
            .iter()
            .map(|word| Term::from_field_text(self.field, word))
    }
}
