//! What a query means: which words rank, what must hold, and which dates its text names.

use mekong_core::Index;
use tantivy::Searcher;

use crate::Error;
use crate::constraint::is_field;
use crate::parse::{self, Group, Node, Note, Parsed};
use crate::query::{Matching, Query};

/// A query as it is understood.
pub(crate) struct Understood {
    /// The words that rank.
    pub(crate) words: String,
    /// Those of them that are in no phrase, and are shown wherever they are.
    pub(crate) plain_words: String,
    /// What must hold.
    pub(crate) constraint: Group,
    pub(crate) notes: Vec<Note>,
    /// How long the whole text is.
    pub(crate) text_bytes: usize,
    /// Whether every document answers that satisfies constraint and filters.
    pub(crate) is_blank: bool,
}

impl Understood {
    /// # Errors
    ///
    /// Where the text is too long, or the index cannot be read.
    pub(crate) fn new(query: &Query, index: &Index, searcher: &Searcher) -> Result<Self, Error> {
        query.check_length()?;
        let mut understood = Self {
            words: query.text.clone(),
            plain_words: String::new(),
            constraint: Group::default(),
            notes: Vec::new(),
            text_bytes: query.text.len(),
            is_blank: false,
        };
        match query.matching {
            Matching::Words => understood.plain_words.clone_from(&query.text),
            Matching::LikeDocument | Matching::LikeText => {
                // What is alike is not what is looked for.
                understood.words.clear();
                return Ok(understood);
            }
            Matching::Phrase => {
                let phrase = Node::Phrase(query.text.clone());
                understood.constraint.must.push(phrase);
            }
            Matching::Text => {
                let mut failed = None;
                let is_field = |name: &str| is_field(name, index, searcher);
                let syntax = parse::parse(&query.text, &mut |name| {
                    is_field(name).unwrap_or_else(|error| {
                        failed = Some(error);
                        false
                    })
                });
                if let Some(error) = failed {
                    return Err(error);
                }
                understood.words = syntax.words;
                understood.plain_words = syntax.plain_words;
                understood.constraint = syntax.constraint;
                understood.notes = syntax.notes;
            }
        }
        understood.is_blank = understood.words.trim().is_empty();
        Ok(understood)
    }
}

impl From<Understood> for Parsed {
    fn from(understood: Understood) -> Self {
        let mut notes = understood.notes;
        notes.sort_by_key(|note| note.range.start);
        Self {
            words: understood.words,
            notes,
        }
    }
}
