//! The tokens of a document, as they go from the one analysis to the fields of the engine.

use tantivy::tokenizer::{Token as EngineToken, TokenStream, Tokenizer};

use super::scope::Scope;
use crate::analyzer::Token;
use crate::sketch::hash;

/// Tokens of one field, written one after another into one string: for each a number and its
/// length in bytes, both as a character, then the token. The number is the distance from the
/// position before; in a field without positions it is how often the token occurs, and each token
/// is there once: so the engine looks for a word of a document in its large table once, and finds
/// it in the processor's cache the other times.
///
/// The engine analyses each field by itself, from a string. This is that string: made from an
/// analysis that was done once for all fields, and taken apart by [`Replay`] without allocation.
pub(super) struct Recording {
    tokens: String,
    /// Position of the token before.
    position: u32,
    /// Position that the current text begins at.
    base: u32,
    /// In a field without positions.
    counts: Option<Counts>,
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
/// So much room is kept for the next document, in bytes and in slots.
const KEPT: usize = 1 << 18;

impl Recording {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            tokens: String::new(),
            position: 0,
            base: 0,
            counts: (kind == Kind::Counts).then(Counts::default),
        }
    }

    pub(super) fn push(&mut self, position: u32, token: &str) {
        if let Some(counts) = &mut self.counts {
            return counts.add(token);
        }
        let position = self.base + position;
        // A larger distance than fits is a gap still.
        let distance = position.saturating_sub(self.position).min(MAX_NUMBER);
        self.position = position;
        write(&mut self.tokens, distance, token);
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
        if let Some(counts) = &mut self.counts {
            return counts.take();
        }
        // The next document is about as long, but hardly as long as the longest.
        let next = String::with_capacity(self.tokens.len().min(KEPT));
        std::mem::replace(&mut self.tokens, next)
    }
}

/// Tokens and how often they occur: a hash table whose keys stand in one string.
#[derive(Default)]
struct Counts {
    text: String,
    tokens: Vec<Counted>,
    /// The number of a token, counted from 1, at the place of its hash or behind it. Less than half
    /// full; its length is a power of two.
    slots: Vec<u32>,
}

struct Counted {
    hash: u32,
    start: usize,
    end: usize,
    times: u32,
}

impl Counts {
    fn add(&mut self, token: &str) {
        if 2 * (self.tokens.len() + 1) > self.slots.len() {
            self.grow();
        }
        let hash = hash(token.as_bytes()) as u32;
        let slot = self.slot(hash, |counted| {
            &self.text[counted.start..counted.end] == token
        });
        if self.slots[slot] > 0 {
            self.tokens[self.slots[slot] as usize - 1].times += 1;
            return;
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.tokens.push(Counted {
            hash,
            start,
            end: self.text.len(),
            times: 1,
        });
        self.slots[slot] = self.tokens.len() as u32;
    }

    /// Where a token is, or is to go.
    fn slot(&self, hash: u32, is_it: impl Fn(&Counted) -> bool) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot] > 0 {
            let counted = &self.tokens[self.slots[slot] as usize - 1];
            if counted.hash == hash && is_it(counted) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; (2 * self.slots.len()).max(64)];
        for at in 0..self.tokens.len() {
            let slot = self.slot(self.tokens[at].hash, |_| false);
            self.slots[slot] = at as u32 + 1;
        }
    }

    fn take(&mut self) -> String {
        let mut written = String::with_capacity(self.text.len() + 2 * self.tokens.len());
        for counted in &self.tokens {
            let mut times = counted.times;
            while times > 0 {
                let token = &self.text[counted.start..counted.end];
                write(&mut written, times.min(MAX_NUMBER), token);
                times = times.saturating_sub(MAX_NUMBER);
            }
        }
        if self.slots.len() > KEPT {
            *self = Self::default();
        }
        self.text.clear();
        self.tokens.clear();
        self.slots.fill(0);
        written
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

    fn replayed(recording: &mut Recording, kind: Kind) -> Vec<(usize, String)> {
        let mut replay = Replay::new(kind);
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
            replayed(&mut recording, Kind::Positions),
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
    fn without_positions_a_token_is_recorded_once_and_replayed_as_often_as_it_occurs() {
        let mut recording = Recording::new(Kind::Counts);
        for at in 0..200_000_u32 {
            recording.push(at, &format!("กระทรวง{}", at % 1000));
            recording.push(at, "");
        }
        let tokens = replayed(&mut recording, Kind::Counts);
        assert_eq!(tokens.len(), 400_000);
        let mut texts: Vec<_> = tokens.into_iter().map(|(_, text)| text).collect();
        texts.sort_unstable();
        let counts: Vec<_> = texts.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
        assert_eq!(counts[0], 200_000);
        assert_eq!(counts[1..], [200; 1000]);

        recording.push(0, "mot");
        assert!(recording.counts.as_ref().unwrap().text.len() < 10);
        assert_eq!(
            replayed(&mut recording, Kind::Counts),
            [(0, "mot".to_owned())]
        );
    }
}
