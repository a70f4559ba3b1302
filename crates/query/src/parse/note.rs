//! What is said about the text of a query.

use std::fmt;
use std::ops::Range;

/// Something that was understood in a text beyond words, or that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// The part of the query's text that it is about: bytes, half-open.
    pub range: Range<usize>,
    /// What there is to say.
    pub kind: NoteKind,
}

/// A kind of [`Note`]. Printed, it is a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// Words that must stand one after another.
    Phrase,
    /// Something that must be there.
    Required,
    /// Something that must not be there.
    Excluded,
    /// Several things of which one must be there.
    Alternatives,
    /// A word that may go on in any way.
    Prefix,
    /// A word that may be spelled a little otherwise.
    Near,
    /// Something that must be in one field.
    Field,
    /// A date, which filters.
    Date,
    /// A quotation mark that is never closed: what follows is words.
    UnclosedQuote,
    /// A parenthesis that is never closed: it ends with the text.
    UnclosedParenthesis,
    /// No document has a field of this name: it is a word.
    UnknownField,
    /// Parentheses that nest too deep: they are left out.
    TooDeep,
    /// More operators than a text may have: from here on only words are read, and what is excluded
    /// is left out.
    TooManyOperands,
    /// A prefix or a near word that stands for more words than are looked for: the rarest are left
    /// out.
    TooManyForms,
    /// More prefixes and near words than are looked for: it stands for itself alone.
    TooManyPatterns,
    /// More words than are looked for: those from here on are left out.
    TooManyWords,
    /// Words that are in so many documents that they are left out of so long a text.
    TooCommon,
    /// Several dates, none of which filters: they are words.
    SeveralDates,
}

impl Note {
    pub(crate) fn new(range: Range<usize>, kind: NoteKind) -> Self {
        Self { range, kind }
    }

    /// Whether something could not be read or was left out.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        match self.kind {
            NoteKind::Phrase
            | NoteKind::Required
            | NoteKind::Excluded
            | NoteKind::Alternatives
            | NoteKind::Prefix
            | NoteKind::Near
            | NoteKind::Field
            | NoteKind::Date => false,
            NoteKind::UnclosedQuote
            | NoteKind::UnclosedParenthesis
            | NoteKind::UnknownField
            | NoteKind::TooDeep
            | NoteKind::TooManyOperands
            | NoteKind::TooManyForms
            | NoteKind::TooManyPatterns
            | NoteKind::TooManyWords
            | NoteKind::TooCommon
            | NoteKind::SeveralDates => true,
        }
    }
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phrase => "these words one after another",
            Self::Required => "must be there",
            Self::Excluded => "must not be there",
            Self::Alternatives => "one of these must be there",
            Self::Prefix => "any word that begins so",
            Self::Near => "any word that is spelled nearly so",
            Self::Field => "in this field",
            Self::Date => "a date: only documents of that time",
            Self::UnclosedQuote => "the quotation mark is never closed, so what follows is words",
            Self::UnclosedParenthesis => {
                "the parenthesis is never closed, so it ends with the text"
            }
            Self::UnknownField => "no document has such a field, so it is a word",
            Self::TooDeep => "parentheses nest too deep from here on, so they are left out",
            Self::TooManyOperands => "too many operators: from here on there are only words",
            Self::TooManyForms => "it stands for too many words: the rarest are left out",
            Self::TooManyPatterns => {
                "too many prefixes and near words: from here on they are words as they are"
            }
            Self::TooManyWords => "too many words: those from here on are left out",
            Self::TooCommon => "the commonest words are left out of so long a text",
            Self::SeveralDates => "more than one date, so they are words",
        })
    }
}

impl fmt::Display for Note {
    /// What there is to say, and where.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "bytes {} to {}: {}",
            self.range.start, self.range.end, self.kind
        )
    }
}
