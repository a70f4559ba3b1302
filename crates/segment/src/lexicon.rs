//! The word list: every word of a language that is known, and what it costs.
//!
//! A list is a minimal acyclic word graph: words share their beginnings, and what may follow after
//! them where it costs the same (Daciuk et al., "Incremental construction of minimal acyclic
//! finite-state automata", Computational Linguistics 2000). It lies in a double array (Aoe, "An
//! efficient digital search algorithm by using a double-array structure", 1989): the transition
//! from a state by a code is at the state's base XOR the code, if that code stands there. No two
//! states have one base, so that the code says enough.
//!
//! A file is read where it lies, nothing is unpacked. All numbers are little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | [`MAGIC`], the version of the layout among it |
//! | 1 | number of the script |
//! | 1 | zero |
//! | 2 | what a word costs that is not listed |
//! | 2 | what each piece of such a word costs beside that; no boundary may stand in a piece |
//! | 2 | zero |
//! | 4 for each transition | 1 its code ([`FREE`](crate::model::FREE): none is here), 3 the base of the state that it leads to; for [`END`] what the word costs that ends here |
//!
//! Costs are minus the logarithm of a probability, in sixteenths of a nat. The base of the first
//! state is 0.

use crate::Script;

/// What a word list's file begins with.
pub const MAGIC: [u8; 8] = *b"MKlex\0\0\x01";
/// Length of what stands before the transitions.
pub const HEADER_BYTES: usize = 16;
/// Length of a transition.
pub const TRANSITION_BYTES: usize = 4;
/// In place of a code: a word ends.
pub const END: u8 = 0;

/// A word list, as it lies in memory.
#[derive(Clone, Copy)]
pub struct Lexicon {
    unknown: i32,
    unknown_piece: i32,
    transitions: &'static [[u8; TRANSITION_BYTES]],
}

impl Lexicon {
    /// Reads the file of a word list.
    ///
    /// # Panics
    ///
    /// If the file is none of this version and script. The lists of this crate are read when it
    /// is compiled.
    #[must_use]
    pub const fn new(script: Script, file: &'static [u8]) -> Self {
        let (header, transitions) = file.split_at(HEADER_BYTES);
        let mut i = 0;
        while i < MAGIC.len() {
            assert!(header[i] == MAGIC[i], "no word list of this version");
            i += 1;
        }
        assert!(header[8] == script as u8, "words of another script");
        let (transitions, rest) = transitions.as_chunks::<TRANSITION_BYTES>();
        assert!(
            rest.is_empty() && !transitions.is_empty(),
            "a word list that was cut off"
        );
        Self {
            unknown: u16::from_le_bytes([header[10], header[11]]) as i32,
            unknown_piece: u16::from_le_bytes([header[12], header[13]]) as i32,
            transitions,
        }
    }

    /// What a word costs that is not listed.
    #[inline]
    pub(crate) fn unknown(&self) -> i32 {
        self.unknown
    }

    /// What each piece of a word that is not listed costs beside that.
    #[inline]
    pub(crate) fn unknown_piece(&self) -> i32 {
        self.unknown_piece
    }

    /// The state that every word begins in.
    #[inline]
    pub(crate) fn root(&self) -> State<'_> {
        State {
            lexicon: self,
            base: 0,
        }
    }

    /// Whether every transition leads to a state that goes on.
    #[cfg(test)]
    fn is_sound(&self) -> bool {
        let mut used = self
            .transitions
            .iter()
            .filter(|t| t[0] != crate::model::FREE);
        self.transitions.len().is_multiple_of(128)
            && used.all(|&[code, base @ ..]| {
                let state = State {
                    lexicon: self,
                    base: u32::from_le_bytes([base[0], base[1], base[2], 0]),
                };
                code == END || code < 128 && (0..128).any(|code| state.follow(code).is_some())
            })
    }
}

/// The beginning of words.
#[derive(Clone, Copy)]
pub(crate) struct State<'a> {
    lexicon: &'a Lexicon,
    base: u32,
}

impl State<'_> {
    /// The beginning with one more code; `None` if no word begins so.
    #[inline]
    pub(crate) fn next(self, code: u8) -> Option<Self> {
        let base = self.follow(code)?;
        Some(Self { base, ..self })
    }

    /// What the beginning costs as a word of its own; `None` if it is none.
    #[inline]
    pub(crate) fn cost(self) -> Option<i32> {
        self.follow(END).map(|cost| cost as i32)
    }

    #[inline]
    fn follow(self, code: u8) -> Option<u32> {
        let at = self.base ^ u32::from(code);
        let transition = u32::from_le_bytes(*self.lexicon.transitions.get(at as usize)?);
        (transition & 0xFF == u32::from(code)).then_some(transition >> 8)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{burmese, khmer, lao};

    /// Every word of a list, as codes.
    pub(crate) fn words(lexicon: &Lexicon) -> Vec<Vec<u8>> {
        let mut words = Vec::new();
        let mut open = vec![(Vec::new(), lexicon.root())];
        while let Some((word, state)) = open.pop() {
            if state.cost().is_some() {
                words.push(word.clone());
            }
            for code in 1..128 {
                if let Some(next) = state.next(code) {
                    open.push(([word.as_slice(), &[code]].concat(), next));
                }
            }
        }
        words
    }

    #[test]
    fn every_transition_leads_on() {
        for lexicon in [lao::LEXICON, khmer::LEXICON, burmese::LEXICON] {
            assert!(lexicon.is_sound());
        }
    }

    #[test]
    fn no_word_is_longer_than_what_is_known_ahead() {
        for lexicon in [lao::LEXICON, khmer::LEXICON, burmese::LEXICON] {
            let words = words(&lexicon);
            assert!(words.len() > 10_000);
            assert!(
                words
                    .iter()
                    .all(|word| word.len() <= crate::UserWords::MAX_CHARS)
            );
        }
    }
}
