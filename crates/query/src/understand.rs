//! What a query means: which words rank, what must hold, and which dates its text names.

use std::borrow::Cow;
use std::ops::Range;

use mekong_core::Index;
use mekong_dates::{Date, Expression, Reader, Reading};
use tantivy::Searcher;

use crate::Error;
use crate::constraint::is_field;
use crate::parse::{self, Group, Node, Note, NoteKind, Parsed};
use crate::query::{Matching, Query, blanked};

/// A query as it is understood.
pub(crate) struct Understood {
    /// The words that rank.
    pub(crate) words: String,
    /// Those of them that are in no phrase, and are shown wherever they are.
    pub(crate) plain_words: String,
    /// What must hold.
    pub(crate) constraint: Group,
    /// The date in the text, and where it stands.
    pub(crate) dates: Option<(Reading, Range<usize>)>,
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
            dates: None,
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
                if query.reads_dates && has_dates(searcher)? {
                    understood.read_date(query);
                }
                let text = match &understood.dates {
                    Some((_, range)) => Cow::Owned(blanked(&query.text, range.clone())),
                    None => Cow::Borrowed(&*query.text),
                };
                let mut failed = None;
                let is_field = |name: &str| is_field(name, index, searcher);
                let syntax = parse::parse(&text, &mut |name| {
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
                understood.notes.extend(syntax.notes);
            }
        }
        // Beside a date, punctuation is nothing; alone it is nothing that could be found.
        understood.is_blank = match understood.dates {
            Some(_) => !understood.words.contains(char::is_alphanumeric),
            None => query.text.trim().is_empty(),
        };
        Ok(understood)
    }

    /// Reads the date in the text of a query, if there is one that filters.
    fn read_date(&mut self, query: &Query) {
        let today = query.today;
        let today = today.unwrap_or_else(|| Date::today_in(&query.zone));
        let reader = Reader::new(today).zone(query.zone.clone());
        let mut dates = reader
            .find(&query.text)
            .take(MAX_DATES)
            .filter(|date| filters(date, &query.text));
        let Some(first) = dates.next() else {
            return;
        };
        if let Some(second) = dates.next() {
            let note = Note::new(second.range, NoteKind::SeveralDates);
            self.notes.push(note);
            return;
        }
        self.notes
            .push(Note::new(first.range.clone(), NoteKind::Date));
        self.dates = Some((*first.best(), first.range));
    }
}

/// Whether any document has a date: among others a date in a query can be nothing but words.
fn has_dates(searcher: &Searcher) -> Result<bool, Error> {
    for reader in searcher.segment_readers() {
        let column = reader.fast_fields().i64("date").map_err(Error::engine)?;
        if column.values.num_vals() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a date is meant to filter: it tells its year or is told from today, and it is no part of
/// a phrase, of an operand or of alternatives.
fn filters(date: &Expression, text: &str) -> bool {
    let (before, after) = (&text[..date.range.start], &text[date.range.end..]);
    let quotes = before.chars().filter(|&c| parse::is_quote(c)).count();
    let is_free = quotes % 2 == 0
        && !before.ends_with(['+', '-', ':', '~', '*'])
        && !after.starts_with(['*', '~'])
        && !parse::is_alternative(before, after);
    let mut digits = text[date.range.clone()].split(|c: char| !c.is_numeric());
    let names_year = digits.any(|digits| digits.chars().count() == YEAR_DIGITS);
    let confidence = date.best().confidence;
    is_free && (confidence >= SURE || confidence >= LIKELY && names_year)
}

/// So many dates of a text are looked at.
const MAX_DATES: usize = 16;
const YEAR_DIGITS: usize = 4;
/// See [`Reading::confidence`].
const SURE: f32 = 0.9;
const LIKELY: f32 = 0.5;

impl From<Understood> for Parsed {
    fn from(understood: Understood) -> Self {
        let mut notes = understood.notes;
        notes.sort_by_key(|note| note.range.start);
        Self {
            words: understood.words,
            dates: understood.dates.map(|(reading, _)| reading),
            notes,
        }
    }
}
