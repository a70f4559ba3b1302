//! One pass over one text: its runs of one script after another, all tokens of each.

use std::ops::Range;

use mekong_segment::{Normalized, Strength};

use super::grams::Grams;
use super::{Token, TokenKind, Words};
use crate::Language;
use crate::fold;
use crate::script::{Run, Script, run_at};
use crate::words::{first_chars, pieces};

/// At most so many characters of a word become part of its token.
const MAX_WORD_CHARS: usize = 128;
/// Words that together have more bytes than this are no pair.
const MAX_PAIR_BYTES: usize = 64;
/// Longer runs without a blank are segmented in pieces.
const MAX_PIECE_BYTES: usize = 16 * 1024;

/// When so many bytes of folded words are kept, those before the last are forgotten.
const MAX_KEPT_BYTES: usize = 4 * 1024;

/// The word before the current one, if nothing but a blank or a hyphen parts the two.
struct Previous {
    position: u32,
    start: usize,
    /// Where its folded form begins in [`Pass::folded`].
    folded: usize,
}

/// One pass over one text, with the buffers that it reuses.
pub(super) struct Pass<'a, S> {
    words: &'a Words,
    text: &'a str,
    language: Option<Language>,
    least: Strength,
    sink: S,
    position: u32,
    /// The script of the last run of letters.
    letters: Option<Script>,
    /// Folded words one after another, so that each is a pair with the one before as it stands.
    folded: String,
    exact: String,
    stem: String,
    previous: Option<Previous>,
    normalized: Normalized,
    grams: Grams,
    ends: Vec<usize>,
    starts: Vec<usize>,
}

impl<'a, S: FnMut(Token<'_>)> Pass<'a, S> {
    pub(super) fn new(
        words: &'a Words,
        text: &'a str,
        language: Option<Language>,
        least: Strength,
        sink: S,
    ) -> Self {
        Self {
            words,
            text,
            language,
            least,
            sink,
            position: 0,
            letters: None,
            folded: String::new(),
            exact: String::new(),
            stem: String::new(),
            previous: None,
            normalized: Normalized::default(),
            grams: Grams::default(),
            ends: Vec::new(),
            starts: Vec::new(),
        }
    }

    pub(super) fn run_all(mut self) {
        let mut at = 0;
        while at < self.text.len() {
            at = match self.fold_ahead(at) {
                Some(end) => end,
                None => match run_at(self.text, at) {
                    Some(run) => self.run(run),
                    None => break,
                },
            };
        }
    }

    /// Does at once what most of a text in Latin letters is made of: a word and the blank behind
    /// it. Gives their end.
    fn fold_ahead(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        // What such a word begins with: a character without a width would begin a run of its own.
        if !matches!(
            rest.as_bytes().first(),
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0xC3..=0xC9 | 0xE1)
        ) {
            return None;
        }
        let folded = self.next_folded();
        let Some(length) =
            fold::fold_ahead(rest, MAX_WORD_CHARS, &mut self.folded, &mut self.exact)
        else {
            self.folded.truncate(folded);
            return None;
        };
        let is_number = self.folded[folded..].bytes().all(|b| b.is_ascii_digit());
        let script = if is_number {
            Script::Number
        } else {
            Script::Latin
        };
        let end = at + length;
        self.spaced(script, at..end, folded);
        if !is_number {
            self.letters = Some(script);
        }
        // A blank changes nothing, unless it is part of a run that does.
        match self.text.as_bytes()[end..] {
            [b' ', next, ..] if next.is_ascii() => Some(end + 1),
            _ => Some(end),
        }
    }

    /// All tokens of a run. Gives its end.
    fn run(&mut self, run: Run) -> usize {
        let end = run.range.end;
        match run.script {
            Script::Common => {
                if !self.text[run.range].chars().all(parts_a_pair) {
                    self.previous = None;
                }
            }
            script if script.is_unspaced() => {
                self.previous = None;
                let (text, start) = (self.text, run.range.start);
                pieces(&text[run.range], MAX_PIECE_BYTES, |piece| {
                    self.unspaced(script, start + piece.start..start + piece.end);
                });
            }
            script => {
                let folded = self.next_folded();
                fold::append_word(
                    &self.text[run.range.clone()],
                    MAX_WORD_CHARS,
                    &mut self.folded,
                    &mut self.exact,
                );
                if self.folded.len() > folded {
                    self.spaced(script, run.range, folded);
                }
            }
        }
        if !matches!(run.script, Script::Common | Script::Number) {
            self.letters = Some(run.script);
        }
        end
    }

    /// Where the next folded word begins in `folded`.
    fn next_folded(&mut self) -> usize {
        match &mut self.previous {
            None => self.folded.clear(),
            Some(previous) if self.folded.len() > MAX_KEPT_BYTES => {
                self.folded.drain(..previous.folded);
                previous.folded = 0;
            }
            Some(_) => {}
        }
        self.folded.len()
    }

    /// A word of a script with blanks, which is folded already; `folded` is where its folded form
    /// begins.
    fn spaced(&mut self, script: Script, range: Range<usize>, folded: usize) {
        let position = self.position;
        self.position += 1;
        if let Some(previous) = &self.previous {
            let pair = &self.folded[previous.folded..];
            if pair.len() <= MAX_PAIR_BYTES {
                (self.sink)(Token {
                    text: pair,
                    kind: TokenKind::Pair,
                    position: previous.position,
                    range: previous.start..range.end,
                    script,
                    end: Strength::CERTAIN,
                });
            }
        }
        self.previous = Some(Previous {
            position,
            start: range.start,
            folded,
        });
        let folded = &self.folded[folded..];
        let exact = if self.exact.is_empty() {
            folded
        } else {
            &self.exact
        };
        let stem = fold::stem_english(folded, &mut self.stem);
        let mut emit = |kind, text: &str| {
            (self.sink)(Token {
                text,
                kind,
                position,
                range: range.clone(),
                script,
                end: Strength::CERTAIN,
            });
        };
        emit(TokenKind::Folded, folded);
        emit(TokenKind::Exact, exact);
        emit(TokenKind::Stem, stem);
        if script == Script::Number
            && let Some(year) = common_year(folded)
            && counts_buddhist_years(self.letters, &self.text[range.end..])
        {
            emit(TokenKind::Stem, &year.to_string());
        }
    }

    /// A run, or a piece of one, of a script without blanks.
    fn unspaced(&mut self, script: Script, range: Range<usize>) {
        match script.segmented() {
            Some(segmented) => self.subwords(segmented, range),
            None => self.characters(script, range),
        }
    }

    /// Words and sub-words of a script whose smallest unit is the sub-word.
    fn subwords(&mut self, script: mekong_segment::Script, range: Range<usize>) {
        let offset = range.start;
        self.normalized.fill(script, &self.text[range]);
        let first = self.position;
        let (mut start, mut position) = (0, first);
        let segmenter = &self.words.segmenters[script as usize];
        for part in segmenter.parts_of(&self.normalized, self.least) {
            let end = part.range.end;
            let mut emit = |kind, range, position| {
                (self.sink)(Token {
                    end: part.end,
                    ..token(
                        &self.normalized,
                        kind,
                        script.into(),
                        range,
                        position,
                        offset,
                    )
                });
            };
            emit(TokenKind::Subword, part.range.clone(), self.position);
            self.position += 1;
            if part.end.parts_words() {
                emit(TokenKind::Word, start..end, position);
                (start, position) = (end, self.position);
            }
        }
        self.grams.of(self.normalized.text(), |text, range| {
            (self.sink)(Token {
                text,
                kind: TokenKind::Gram,
                position: first,
                range: origin(&self.normalized, range, offset),
                script: script.into(),
                end: Strength::CERTAIN,
            });
        });
    }

    /// Words, characters and bigrams of a script whose smallest unit is the character.
    fn characters(&mut self, script: Script, range: Range<usize>) {
        let offset = range.start;
        // Dictionaries know characters as they are written; what is indexed is folded.
        fold::fold_run(&self.text[range], &mut self.exact, &mut self.normalized);
        self.ends.clear();
        self.words
            .of_characters(script, self.language)
            .segment(&self.exact, &mut self.ends);
        let text = self.normalized.text();
        fold::move_offsets(&self.exact, text, &mut self.ends);
        self.starts.clear();
        self.starts.extend(text.char_indices().map(|(at, _)| at));
        self.starts.push(text.len());
        let mut words = self.ends.iter().copied().peekable();
        let mut word_start = true;
        for (i, pair) in self.starts.windows(2).enumerate() {
            let (start, end) = (pair[0], pair[1]);
            let position = self.position + i as u32;
            let mut emit = |kind, end| {
                (self.sink)(token(
                    &self.normalized,
                    kind,
                    script,
                    start..end,
                    position,
                    offset,
                ));
            };
            if word_start && let Some(&word_end) = words.peek() {
                emit(TokenKind::Word, word_end);
            }
            emit(TokenKind::Character, end);
            if let Some(&next) = self.starts.get(i + 2) {
                emit(TokenKind::Bigram, next);
            }
            word_start = words.next_if(|&word_end| word_end <= end).is_some();
        }
        self.position += self.starts.len() as u32 - 1;
    }
}

/// The year of the Common Era of a number that can be a year of the Buddhist era (1857 to 2056).
fn common_year(number: &str) -> Option<u32> {
    let year: u32 = (number.len() == 4).then(|| number.parse().ok())??;
    (2400..2600).contains(&year).then(|| year - 543)
}

/// Whether a number counts years as Thai and Lao do: after letters of theirs, shortly before them,
/// or where there are no letters at all.
fn counts_buddhist_years(before: Option<Script>, rest: &str) -> bool {
    let counts = |script: Option<Script>| matches!(script, Some(Script::Thai | Script::Lao));
    if counts(before) {
        return true;
    }
    let after = first_chars(rest, MAX_CHARS_AHEAD)
        .chars()
        .map(Script::of)
        .find(|script| !matches!(script, Script::Common | Script::Number));
    counts(after) || (before.is_none() && after.is_none())
}

/// A table of numbers is not read ahead to its end for each of them.
const MAX_CHARS_AHEAD: usize = 64;

/// What may stand between the two words of a pair: blanks, hyphens, apostrophes.
fn parts_a_pair(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\'' | '’')
}

/// A token of the bytes `range` of a normalised text, which began at byte `offset` of the
/// original.
fn token(
    normalized: &Normalized,
    kind: TokenKind,
    script: Script,
    range: Range<usize>,
    position: u32,
    offset: usize,
) -> Token<'_> {
    Token {
        text: first_chars(&normalized.text()[range.clone()], MAX_WORD_CHARS),
        kind,
        position,
        range: origin(normalized, range, offset),
        script,
        end: Strength::CERTAIN,
    }
}

/// The bytes of the original, which began at byte `offset`, that bytes of a normalised text are
/// from.
fn origin(normalized: &Normalized, range: Range<usize>, offset: usize) -> Range<usize> {
    offset + normalized.origin(range.start)..offset + normalized.origin(range.end)
}
