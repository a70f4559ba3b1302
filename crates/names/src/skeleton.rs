//! The consonant skeleton of a name: what its spellings in all scripts have in common.

use std::fmt;

use crate::sound::{Sound, Sounds};

/// The consonants of a name as one letter each out of `K T P C S M N G L W Y H`, without repetitions
/// in a row: `SLMS` is Saleumxay, สะเหลิมไซ, ສະເຫຼີມໄຊ.
///
/// A key to look up, not a transcription: vowels, tones, and what romanisations do not keep apart
/// are left out. Names whose consonants fill more than [`MAX`](Self::MAX) letters share what is left.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Skeleton {
    // Letters behind the end are zero, so that the derived order is that of the strings.
    letters: [u8; Self::MAX],
    length: u8,
}

/// The letters that skeletons are made of.
pub(crate) const ALPHABET: [u8; 12] = *b"CGHKLMNPSTWY";

impl Skeleton {
    /// No skeleton has more letters.
    pub const MAX: usize = 31;

    /// Keys of fewer letters fit too many names to be looked for alone.
    pub const MIN_ALONE: usize = 4;

    pub(crate) fn of(sounds: &Sounds) -> Self {
        let mut skeleton = Self::default();
        for sound in sounds.heard() {
            skeleton.push(sound as u8);
        }
        skeleton
    }

    fn push(&mut self, letter: u8) {
        let length = usize::from(self.length);
        let repeats = length > 0 && self.letters[length - 1] == letter;
        if !repeats && length < Self::MAX && letter != Sound::None as u8 {
            self.letters[length] = letter;
            self.length += 1;
        }
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // All letters are ASCII.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    fn as_bytes(&self) -> &[u8] {
        &self.letters[..usize::from(self.length)]
    }

    /// Number of letters.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::from(self.length)
    }

    /// Whether no consonant is heard.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Every skeleton with one letter less, one more or another one; each once, in order of
    /// letters, without this one. About 24 for each letter.
    #[must_use]
    pub fn near(&self) -> Vec<Self> {
        let letters = self.as_bytes();
        let mut skeletons = Vec::with_capacity(25 * (letters.len() + 1));
        let mut add = |parts: [&[u8]; 3]| {
            let mut skeleton = Self::default();
            for &letter in parts.into_iter().flatten() {
                skeleton.push(letter);
            }
            if skeleton != *self {
                skeletons.push(skeleton);
            }
        };
        for at in 0..=letters.len() {
            let (before, behind) = letters.split_at(at);
            for letter in ALPHABET {
                add([before, &[letter], behind]);
                if let [_, behind @ ..] = behind {
                    add([before, &[letter], behind]);
                }
            }
            if let [_, behind @ ..] = behind {
                add([before, &[], behind]);
            }
        }
        skeletons.sort_unstable();
        skeletons.dedup();
        skeletons
    }

    /// Runs of `n` letters.
    pub fn grams(&self, n: usize) -> impl Iterator<Item = &str> {
        let count = (self.len() + 1).saturating_sub(n.max(1));
        (0..count).map(move |at| &self.as_str()[at..at + n.max(1)])
    }
}

impl Default for Skeleton {
    fn default() -> Self {
        Self {
            letters: [0; Self::MAX],
            length: 0,
        }
    }
}

impl fmt::Display for Skeleton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Skeleton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Skeleton({self})")
    }
}
