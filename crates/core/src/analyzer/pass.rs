//! One pass over one text: its runs of one script after another, all tokens of each.

use std::ops::Range;

use mekong_segment::{Normalized, Strength};

use super::grams::Grams;
use super::{Token, TokenKind, Words};
use crate::Language;
use crate::fold;
use crate::script::{Run, Script, runs};
use crate::words::{first_chars, pieces};

/// At most so many characters of a word become part of its token.
const MAX_WORD_CHARS: usize = 128;
/// Words that together have more bytes than this are no pair.
const MAX_PAIR_BYTES: usize = 64;
/// Longer runs without a blank are segmented in pieces.
const MAX_PIECE_BYTES: usize = 16 * 1024;

/// The word before the current one, if nothing but a blank or a hyphen parts the two.
struct Previous {
    position: u32,
    start: usize,
    /// Length of its folded form, which is what [`Pass::pair`] holds.
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
    folded: String,
    exact: String,
    stem: String,
    previous: Option<Previous>,
    pair: String,
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
            pair: String::new(),
            normalized: Normalized::default(),
            grams: Grams::default(),
            ends: Vec::new(),
            starts: Vec::new(),
        }
    }

    pub(super) fn run_all(mut self) {
        for run in runs(self.text) {
            let script = run.script;
            self.run(run);
            if !matches!(script, Script::Common | Script::Number) {
                self.letters = Some(script);
            }
        }
    }

    fn run(&mut self, run: Run) {
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
            script => self.spaced(script, run.range),
        }
    }

    /// A word of a script with blanks.
    fn spaced(&mut self, script: Script, range: Range<usize>) {
        fold::fold_word(
            &self.text[range.clone()],
            MAX_WORD_CHARS,
            &mut self.folded,
            &mut self.exact,
        );
        if self.folded.is_empty() {
            return;
        }
        let position = self.position;
        self.position += 1;
        if let Some(previous) = self.previous.take()
            && previous.folded + self.folded.len() <= MAX_PAIR_BYTES
        {
            self.pair.push_str(&self.folded);
            (self.sink)(Token {
                text: &self.pair,
                kind: TokenKind::Pair,
                position: previous.position,
                range: previous.start..range.end,
                script,
                end: Strength::CERTAIN,
            });
        }
        self.pair.clear();
        self.pair.push_str(&self.folded);
        self.previous = Some(Previous {
            position,
            start: range.start,
            folded: self.folded.len(),
        });
        fold::stem_english(&self.folded, &mut self.stem);
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
        emit(TokenKind::Folded, &self.folded);
        emit(TokenKind::Exact, &self.exact);
        emit(TokenKind::Stem, &self.stem);
        if script == Script::Number
            && let Some(year) = common_year(&self.folded)
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
                ..token(
                    &self.normalized,
                    TokenKind::Gram,
                    script.into(),
                    range,
                    first,
                    offset,
                )
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

/// Whether a number counts years as Thai and Lao do: next to letters of theirs, or alone.
fn counts_buddhist_years(before: Option<Script>, rest: &str) -> bool {
    let after = runs(rest)
        .map(|run| run.script)
        .find(|script| !matches!(script, Script::Common | Script::Number));
    let counts = |script: Option<Script>| matches!(script, Some(Script::Thai | Script::Lao));
    counts(before) || counts(after) || (before.is_none() && after.is_none())
}

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
        range: offset + normalized.origin(range.start)..offset + normalized.origin(range.end),
        script,
        end: Strength::CERTAIN,
    }
}
