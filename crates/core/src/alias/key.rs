//! What a name is compared by.

use mekong_segment::Normalized;

use crate::TokenKind;
use crate::fold;
use crate::script::{Script, runs};

/// At most so many characters of a word count; a name has no more.
const MAX_WORD_CHARS: usize = super::Aliases::MAX_CHARS;
/// Without its accents a shorter name is another word.
const MIN_FOLDED_LETTERS: usize = 4;

/// A name, or a stretch of a query, as far as names are told apart.
///
/// It is built from a text, or from the tokens of one, and is the same either way:
///
/// ```
/// use mekong_core::alias::Key;
/// use mekong_core::Analyzer;
///
/// let mut key = Key::default();
/// Analyzer::new().analyze("TP. Hồ Chí Minh", None, |token| key.push(token.kind, token.text));
/// assert_eq!(key, Key::of("tp Hồ Chí Minh"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Key {
    /// Words without accents, a blank between two; runs of scripts without blanks as they are.
    folded: String,
    /// The same with accents.
    exact: String,
    /// Whether the last part is a word of a script with blanks.
    spaced: bool,
}

impl Key {
    /// The key of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut key = Self::default();
        Reader::default().read(text, &mut key);
        key
    }

    /// Adds a token of the [`Analyzer`](crate::Analyzer). The folded and exact words, sub-words
    /// and characters of a stretch of text, in the order in which they come, make up its key;
    /// tokens of other kinds add nothing.
    pub fn push(&mut self, kind: TokenKind, text: &str) {
        if text.is_empty() {
            return;
        }
        match kind {
            TokenKind::Folded => {
                if self.spaced {
                    self.folded.push(' ');
                    self.exact.push(' ');
                }
                self.folded.push_str(text);
                self.spaced = true;
            }
            TokenKind::Exact => self.exact.push_str(text),
            TokenKind::Subword | TokenKind::Character => {
                self.folded.push_str(text);
                self.exact.push_str(text);
                self.spaced = false;
            }
            _ => {}
        }
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The forms under which a name of this key is entered: with its accents, and without.
    pub(super) fn name_forms(&self) -> [Option<Form<'_>>; 2] {
        let folded = self.folded().filter(|_| self.has_accents());
        [Some(Form::Exact(&self.exact)), folded.map(Form::Folded)]
    }

    /// The forms under which the names are found that this key matches. What has accents may be
    /// meant by what has none, either way round.
    pub(super) fn query_forms(&self) -> [Option<Form<'_>>; 2] {
        let without = if self.has_accents() {
            Form::Exact
        } else {
            Form::Folded
        };
        [Some(Form::Exact(&self.exact)), self.folded().map(without)]
    }

    /// The form without accents, if it is long enough to tell a name from other words.
    fn folded(&self) -> Option<&str> {
        let letters = self.folded.chars().filter(|&c| c != ' ').count();
        (letters >= MIN_FOLDED_LETTERS).then_some(&self.folded)
    }

    fn has_accents(&self) -> bool {
        self.folded != self.exact
    }
}

/// A form of a key, as names are entered and looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form<'a> {
    /// With accents, or of what has none.
    Exact(&'a str),
    /// Without the accents that the name has.
    Folded(&'a str),
}

/// Makes keys of texts, with buffers that it reuses.
#[derive(Default)]
pub(super) struct Reader {
    folded: String,
    exact: String,
    normalized: Normalized,
}

impl Reader {
    /// Makes `key` that of `text`, and gives the number of its words; a run of a script without
    /// blanks counts as one.
    pub(super) fn read(&mut self, text: &str, key: &mut Key) -> usize {
        key.folded.clear();
        key.exact.clear();
        key.spaced = false;
        let mut words = 0;
        for run in runs(text) {
            let part = &text[run.range];
            match run.script {
                Script::Common => continue,
                script if script.is_unspaced() => {
                    match script.segmented() {
                        Some(segmented) => self.normalized.fill(segmented, part),
                        None => fold::fold_run(part, &mut self.exact, &mut self.normalized),
                    }
                    key.push(TokenKind::Character, self.normalized.text());
                }
                _ => {
                    fold::fold_word(part, MAX_WORD_CHARS, &mut self.folded, &mut self.exact);
                    if self.folded.is_empty() {
                        continue;
                    }
                    key.push(TokenKind::Folded, &self.folded);
                    key.push(TokenKind::Exact, &self.exact);
                }
            }
            words += 1;
        }
        words
    }
}
