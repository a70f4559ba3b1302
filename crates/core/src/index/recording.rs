//! The tokens of a document, as they go from the one analysis to the fields of the engine.

use tantivy::tokenizer::{Token as EngineToken, TokenStream, Tokenizer};

use super::scope::Scope;
use crate::analyzer::Token;

/// Tokens of one field, written one after another into one string: for each a number and its
/// length in bytes, both as a character, then the token. The number is the distance from the
/// position before; in a field without positions it is how often the token occurs.
///
/// The engine analyses each field by itself, from a string. This is that string: made from an
/// analysis that was done once for all fields, and taken apart by [`Replay`] without allocation.
pub(super) struct Recording {
    tokens: String,
    kind: Kind,
    /// Position of the token before.
    position: u32,
    /// Position that the current text begins at.
    base: u32,
    /// When tokens that are alike become one, in a field without positions.
    full: usize,
}

/// What the numbers of a recording are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Distances of positions.
    Positions,
    /// How often a token occurs.
    Counts,
}

/// A gap between title, body and other texts, so that no phrase spans two of them.
const TEXT_GAP: u32 = 16;
/// Numbers are written as characters, which surrogates are none of.
const MAX_NUMBER: u32 = 0xD7FF;
/// A recording of this many bytes is of a document so long that its words repeat themselves.
const FULL_BYTES: usize = 1 << 20;
/// So much room is kept for the next document.
const KEPT_BYTES: usize = 1 << 18;

impl Recording {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            tokens: String::new(),
            kind,
            position: 0,
            base: 0,
            full: FULL_BYTES,
        }
    }

    pub(super) fn push(&mut self, position: u32, token: &str) {
        let number = match self.kind {
            Kind::Positions => {
                let position = self.base + position;
                // A larger distance than fits is a gap still.
                let distance = position.saturating_sub(self.position).min(MAX_NUMBER);
                self.position = position;
                distance
            }
            Kind::Counts => 1,
        };
        write(&mut self.tokens, number, token);
        if self.kind == Kind::Counts && self.tokens.len() >= self.full {
            self.count();
        }
    }

    pub(super) fn push_scoped(&mut self, scope: Scope<'_>, token: &Token<'_>) {
        if token.is_unit() {
            self.push(token.position, &scope.term(token.text));
        }
    }

    pub(super) fn next_text(&mut self, end: u32) {
        self.base += end + TEXT_GAP;
    }

    pub(super) fn take(&mut self) -> String {
        self.position = 0;
        self.base = 0;
        self.full = FULL_BYTES;
        // The next document is about as long, but hardly as long as the longest.
        let next = String::with_capacity(self.tokens.len().min(KEPT_BYTES));
        std::mem::replace(&mut self.tokens, next)
    }

    /// Writes each token once, with how often it occurs.
    fn count(&mut self) {
        let mut tokens = Vec::new();
        let mut rest = self.tokens.as_str();
        while let Some((times, token)) = read(&mut rest) {
            tokens.push((token, times));
        }
        tokens.sort_unstable();
        let mut counted = String::new();
        for same in tokens.chunk_by(|(a, _), (b, _)| a == b) {
            let mut times: u32 = same.iter().map(|(_, times)| times).sum();
            while times > 0 {
                write(&mut counted, times.min(MAX_NUMBER), same[0].0);
                times = times.saturating_sub(MAX_NUMBER);
            }
        }
        self.full = FULL_BYTES.max(2 * counted.len());
        self.tokens = counted;
    }
}

fn write(tokens: &mut String, number: u32, token: &str) {
    for number in [number, token.len() as u32] {
        tokens.push(char::from_u32(number).unwrap_or_default());
    }
    tokens.push_str(token);
}

fn read<'a>(rest: &mut &'a str) -> Option<(u32, &'a str)> {
    let mut chars = rest.chars();
    let (number, length) = (chars.next()?, chars.next()?);
    let (token, behind) = chars.as_str().split_at_checked(length as usize)?;
    *rest = behind;
    Some((number.into(), token))
}

/// Gives the engine the tokens of a [`Recording`].
#[derive(Clone)]
pub(super) struct Replay {
    kind: Kind,
    token: EngineToken,
}

impl Replay {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            token: EngineToken::default(),
        }
    }
}

impl Tokenizer for Replay {
    type TokenStream<'a> = ReplayStream<'a>;

    fn token_stream<'a>(&'a mut self, recording: &'a str) -> ReplayStream<'a> {
        self.token.reset();
        self.token.position = 0;
        ReplayStream {
            rest: recording,
            kind: self.kind,
            again: 0,
            token: &mut self.token,
        }
    }
}

pub(super) struct ReplayStream<'a> {
    rest: &'a str,
    kind: Kind,
    /// So often the token comes again.
    again: u32,
    token: &'a mut EngineToken,
}

impl TokenStream for ReplayStream<'_> {
    fn advance(&mut self) -> bool {
        if self.again > 0 {
            self.again -= 1;
            return true;
        }
        let Some((number, text)) = read(&mut self.rest) else {
            return false;
        };
        match self.kind {
            Kind::Positions => self.token.position += number as usize,
            Kind::Counts => self.again = number.saturating_sub(1),
        }
        self.token.text.clear();
        self.token.text.push_str(text);
        true
    }

    fn token(&self) -> &EngineToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replayed(recording: &mut Recording) -> Vec<(usize, String)> {
        let mut replay = Replay::new(recording.kind);
        let text = recording.take();
        let mut stream = replay.token_stream(&text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        tokens
    }

    #[test]
    fn a_recording_replays_its_tokens() {
        let mut recording = Recording::new(Kind::Positions);
        recording.push(0, "viet");
        recording.push(0, "");
        recording.push(3, "กระทรวง");
        recording.next_text(4);
        recording.push(1, &"x".repeat(512));
        recording.push(200_000, "far");
        assert_eq!(
            replayed(&mut recording),
            [
                (0, "viet".to_owned()),
                (0, String::new()),
                (3, "กระทรวง".to_owned()),
                (21, "x".repeat(512)),
                (21 + MAX_NUMBER as usize, "far".to_owned()),
            ]
        );
    }

    #[test]
    fn a_long_recording_says_how_often_a_token_occurs() {
        let mut recording = Recording::new(Kind::Counts);
        let words = ["mot", "hai", "กระท", ""];
        for at in 0..400_000 {
            recording.push(at, words[at as usize % words.len()]);
        }
        assert!(recording.tokens.len() < FULL_BYTES);
        let tokens = replayed(&mut recording);
        for word in words {
            let count = tokens.iter().filter(|(_, token)| token == word).count();
            assert_eq!(count, 100_000, "{word}");
        }
        recording.push(0, "mot");
        assert_eq!(replayed(&mut recording), [(0, "mot".to_owned())]);
    }
}
