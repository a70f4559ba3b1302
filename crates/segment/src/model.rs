//! The boundary model: what every n-gram of characters says about the boundaries around it.
//!
//! A model is an automaton (Aho and Corasick, "Efficient string matching", CACM 1975) over the
//! codes of one script. Its states are n-grams; reading a code leads to the longest n-gram that
//! ends there. Each has [`LANES`] weights, its own and those of all its suffixes added up,
//! one for each boundary from `after` characters before the last code read to the other side of
//! it. The score of a boundary is the sum of what is said about it, in integers.
//!
//! The n-grams lie in a double array, as the words of a [`lexicon`](crate::lexicon): what a code
//! makes of an n-gram stands at the n-gram's base XOR the code, if that code stands there. If not,
//! the n-gram's longest suffix is tried, down to the empty one. Its base is 0, and every code
//! leads on from it: the n-gram of code c alone stands at c. An n-gram that no code makes longer has
//! the base of its longest suffix that some code does. So a base is all that a reader has to
//! remember.
//!
//! Each base is found by way of the one before it: such loads from memory wait for each other, and
//! the fewer bytes they are spread over, the sooner they come. Therefore transitions, suffixes and
//! weights lie apart. No other load waits for a weight.
//!
//! A file is read where it lies, nothing is unpacked. All numbers are little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | [`MAGIC`], the version of the layout among it |
//! | 1 | number of the script |
//! | 1 | `after`: a boundary is decided when so many characters after it have been read |
//! | 2 | `bias`, which every score begins with |
//! | 4 | zero |
//! | 4 for each place | transition: 1 the code that leads here ([`FREE`]: none), 3 the base of the n-gram |
//! | 4 for each place | the base of the longest suffix of the n-gram whose base is this place |
//! | 8 for each place | weights of the n-gram that stands here, the oldest boundary's first |

/// What a model file begins with.
pub const MAGIC: [u8; 8] = *b"MKseg\0\0\x02";
/// Length of what stands before the transitions.
pub const HEADER_BYTES: usize = 16;
/// Length of all that is said of a place.
const PLACE_BYTES: usize = 16;
/// Codes are smaller than this.
pub const CODES: usize = 128;
/// So many boundaries an n-gram speaks of.
pub const LANES: usize = 8;
/// Scores are counted in this part of a nat.
pub const UNITS_PER_NAT: f32 = 16.0;
/// Stands in place of a code where no code leads.
pub const FREE: u8 = 0xFF;

/// The code that stands beyond both ends of a run.
const EDGE: u8 = 0;

/// A model, as it lies in memory.
#[derive(Clone, Copy)]
pub struct Model {
    after: u32,
    bias: i16,
    transitions: &'static [[u8; 4]],
    suffixes: &'static [[u8; 4]],
    weights: &'static [[u8; LANES]],
}

impl Model {
    /// Reads a model file.
    ///
    /// # Panics
    ///
    /// If the file is none of this version. The models of this crate are read when it is
    /// compiled.
    #[must_use]
    pub const fn new(file: &'static [u8]) -> Self {
        let (header, rest) = file.split_at(HEADER_BYTES);
        let mut i = 0;
        while i < MAGIC.len() {
            assert!(header[i] == MAGIC[i], "no model of this version");
            i += 1;
        }
        let after = header[9] as u32;
        assert!(
            after > crate::cluster::Window::AHEAD as u32 && after <= LANES as u32,
            "a boundary is decided when it is known whether it is allowed"
        );
        let places = rest.len() / PLACE_BYTES;
        assert!(
            rest.len() == places * PLACE_BYTES,
            "a model that was cut off"
        );
        let (transitions, rest) = rest.split_at(4 * places);
        let (suffixes, weights) = rest.split_at(4 * places);
        let (transitions, suffixes) = (transitions.as_chunks().0, suffixes.as_chunks().0);
        let mut code = 0;
        while code < CODES {
            assert!(
                transitions[code][0] as usize == code,
                "a code leads nowhere"
            );
            code += 1;
        }
        Self {
            after,
            bias: i16::from_le_bytes([header[10], header[11]]),
            transitions,
            suffixes,
            weights: weights.as_chunks().0,
        }
    }

    /// A boundary is decided when so many characters after it have been read.
    #[inline]
    pub(crate) const fn after(&self) -> u32 {
        self.after
    }

    /// What stands at a place: a code, and the base of the n-gram that it leads to.
    #[inline]
    fn transition(&self, place: usize) -> (u8, usize) {
        let number = self
            .transitions
            .get(place)
            .map_or(0, |&bytes| u32::from_le_bytes(bytes));
        (number as u8, (number >> 8) as usize)
    }

    /// The base of the longest suffix of the n-gram with this base.
    #[inline]
    fn suffix(&self, base: usize) -> usize {
        self.suffixes
            .get(base)
            .map_or(0, |&bytes| u32::from_le_bytes(bytes) as usize)
    }

    /// The weights of the n-gram at a place.
    #[inline]
    fn weights(&self, place: usize) -> u64 {
        self.weights
            .get(place)
            .map_or(0, |&bytes| u64::from_le_bytes(bytes))
    }

    /// From the longest n-gram read, by its base, to the next with one more code: its base and its
    /// weights.
    #[inline]
    fn next(&self, base: usize, code: u8) -> (usize, u64) {
        let mut base = base;
        loop {
            let place = base ^ usize::from(code);
            match self.transition(place) {
                (found, next) if found == code => return (next, self.weights(place)),
                _ => base = self.suffix(base),
            }
        }
    }

    /// Whether every base is a place, and the suffixes of every n-gram end with the empty one.
    #[cfg(test)]
    pub(crate) fn is_sound(&self) -> bool {
        let places = self.transitions.len();
        let suffixes = |base| std::iter::successors(Some(base), |&base| Some(self.suffix(base)));
        places.is_multiple_of(CODES)
            && (0..places)
                .map(|place| self.transition(place))
                .all(|(code, base)| {
                    code == FREE
                        || base < places && suffixes(base).take(LANES).any(|base| base == 0)
                })
    }
}

/// Reads one run, code by code, and scores its boundaries.
///
/// The scores of the eight boundaries that are not decided yet stand in lanes of sixteen bits, the
/// oldest first: those with even numbers in one word, those with odd numbers in the other. So an
/// n-gram's weights are added to all of them at once, and where one is decided and the others move
/// up, the two words change places. Weights are counted from -128, so that no lane borrows of the
/// next.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reader {
    /// Of the longest n-gram that ends with the last code.
    base: usize,
    even: u64,
    odd: u64,
}

/// The byte of a weight in each lane.
const WEIGHT: u64 = 0x00FF_00FF_00FF_00FF;
/// Eight weights of zero, counted from -128.
const ZEROS: u64 = 0x8080_8080_8080_8080;
/// What a score of zero is in its lane, when all weights have been added.
const ZERO: u16 = 0x4000;

impl Reader {
    /// Stands before the first code of a run.
    #[inline]
    pub(crate) fn new(model: &Model) -> Self {
        let mut new = Self {
            base: 0,
            even: 0,
            odd: 0,
        };
        for _ in 0..LANES {
            new.add(model, ZEROS);
        }
        new.read(model, EDGE);
        new
    }

    /// Reads a code; gives the score of the boundary that it decides, the one `after` - 1
    /// characters before it.
    #[inline]
    pub(crate) fn read(&mut self, model: &Model, code: u8) -> i16 {
        let (base, weights) = model.next(self.base, code);
        self.base = base;
        self.add(model, weights ^ ZEROS)
    }

    /// Reads the end of the run.
    #[inline]
    pub(crate) fn end(&mut self, model: &Model) -> i16 {
        self.read(model, EDGE)
    }

    /// Reads on beyond the end of the run.
    #[inline]
    pub(crate) fn beyond(&mut self, model: &Model) -> i16 {
        self.add(model, ZEROS)
    }

    /// Moves the boundaries up by one and adds weights to them.
    #[inline]
    fn add(&mut self, model: &Model, weights: u64) -> i16 {
        const FRESH: u16 = ZERO - 128 * LANES as u16;
        let fresh = FRESH.wrapping_add_signed(model.bias);
        let moved = self.even >> 16 | u64::from(fresh) << 48;
        self.even = self.odd + (weights & WEIGHT);
        self.odd = moved + (weights >> 8 & WEIGHT);
        (self.even as u16).wrapping_sub(ZERO) as i16
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_suffix_is_found() {
        assert!(crate::thai::MODEL.is_sound());
    }
}
