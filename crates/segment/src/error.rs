//! What can be wrong with words of the user's own.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::UserWords;

/// Why words of the user's own were not taken. Its text says in which file and line, what is wrong
/// and what would be right.
#[derive(Debug, thiserror::Error)]
#[error("{place}{problem}")]
pub struct Error {
    place: Place,
    problem: Problem,
    source: Option<io::Error>,
}

#[derive(Debug, Default)]
struct Place {
    file: Option<PathBuf>,
    /// Counted from 1.
    line: Option<usize>,
}

#[derive(Debug)]
enum Problem {
    Unreadable,
    /// The first character that is none of the word's script, if it has one.
    NoWord(String, Option<char>),
    Length(String, usize),
    NoBonus(String),
}

impl Error {
    /// Whether a file could not be read, or is not UTF-8.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self.problem, Problem::Unreadable)
    }

    /// Whether a line or a word is not as it should be.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        !self.is_io()
    }

    /// The line of the file or text that is wrong, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.place.line
    }

    fn new(problem: Problem) -> Self {
        Self {
            place: Place::default(),
            problem,
            source: None,
        }
    }

    pub(crate) fn io(file: &Path, source: io::Error) -> Self {
        Self {
            source: Some(source),
            ..Self::new(Problem::Unreadable).in_file(file)
        }
    }

    pub(crate) fn no_word(word: &str, stranger: Option<char>) -> Self {
        Self::new(Problem::NoWord(word.to_owned(), stranger))
    }

    pub(crate) fn word_length(word: &str, chars: usize) -> Self {
        Self::new(Problem::Length(word.to_owned(), chars))
    }

    pub(crate) fn no_bonus(bonus: &str) -> Self {
        Self::new(Problem::NoBonus(bonus.to_owned()))
    }

    pub(crate) fn at_line(mut self, line: usize) -> Self {
        self.place.line = Some(line);
        self
    }

    pub(crate) fn in_file(mut self, file: &Path) -> Self {
        self.place.file = Some(file.to_owned());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", file.display())?;
        }
        match self.line {
            Some(line) => write!(f, "line {line}: "),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => write!(f, "cannot be read as UTF-8 text"),
            Self::NoWord(word, None) => write!(
                f,
                "{word:?} has no letter of Thai, Lao, Khmer or Burmese, expected a word of one of them"
            ),
            Self::NoWord(word, Some(stranger)) => write!(
                f,
                "{word:?} has the character {stranger:?}, expected letters and marks of one script alone"
            ),
            Self::Length(word, chars) => write!(
                f,
                "{word:?} has {chars} characters, expected 2 to {}",
                UserWords::MAX_CHARS
            ),
            Self::NoBonus(bonus) => write!(
                f,
                "{bonus:?} is no bonus, expected a number above 0 and up to {}",
                UserWords::MAX_BONUS
            ),
        }
    }
}
