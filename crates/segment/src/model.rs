//! The boundary model: what every n-gram of characters says about the boundaries around it.
//!
//! A model is an automaton (Aho and Corasick, "Efficient string matching", CACM 1975) over the
//! codes of one script. Its states are n-grams; reading a code leads to the longest n-gram that
//! ends there. Each state holds [`LANES`] weights, its own and those of all its suffixes added up,
//! one for each boundary from `after` characters before the last code read to the other side of
//! it. The score of a boundary is the sum of what is said about it, in integers.
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
//! | 16 for each state | 1 the code that leads here ([`FREE`]: none), 3 `base`: the state for the next code is at `base` XOR code, if that code leads there; 3 `fail`: the state to try if not; 1 zero; 8 weights, the oldest boundary's first |

/// What a model file begins with.
pub const MAGIC: [u8; 8] = *b"MKseg\0\0\x01";
/// Length of what stands before the states.
pub const HEADER_BYTES: usize = 16;
/// Length of a state.
pub const STATE_BYTES: usize = 16;
/// So many boundaries an n-gram speaks of.
pub const LANES: usize = 8;
/// Scores are counted in this part of a nat.
pub const UNITS_PER_NAT: f32 = 16.0;
/// Stands in place of a code where no code leads.
pub const FREE: u8 = 0xFF;

/// The code that stands beyond both ends of a run.
const EDGE: u8 = 0;
const ROOT: usize = 0;

/// A model, as it lies in memory.
#[derive(Clone, Copy)]
pub struct Model {
    after: u32,
    bias: i16,
    states: &'static [[u8; STATE_BYTES]],
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
        let (header, states) = file.split_at(HEADER_BYTES);
        let mut i = 0;
        while i < MAGIC.len() {
            assert!(header[i] == MAGIC[i], "no model of this version");
            i += 1;
        }
        let (states, rest) = states.as_chunks::<STATE_BYTES>();
        assert!(
            rest.is_empty() && !states.is_empty(),
            "a model that was cut off"
        );
        let after = header[9] as u32;
        assert!(
            after > crate::cluster::Window::AHEAD as u32 && after <= LANES as u32,
            "a boundary is decided when it is known whether it is allowed"
        );
        Self {
            after,
            bias: i16::from_le_bytes([header[10], header[11]]),
            states,
        }
    }

    /// A boundary is decided when so many characters after it have been read.
    #[inline]
    pub(crate) const fn after(&self) -> u32 {
        self.after
    }

    /// The state after one more code.
    #[inline]
    fn next(&self, state: usize, code: u8) -> usize {
        let mut state = state;
        loop {
            let Some(record) = self.states.get(state) else {
                return ROOT;
            };
            let next = base(record) ^ code as usize;
            if self.states.get(next).is_some_and(|next| next[0] == code) {
                return next;
            }
            if state == ROOT {
                return ROOT;
            }
            state = fail(record);
        }
    }

    /// Whether every link leads to a state.
    #[cfg(test)]
    pub(crate) fn is_sound(&self) -> bool {
        self.states
            .iter()
            .filter(|state| state[0] != FREE)
            .all(|state| {
                let (base, fail) = (base(state), fail(state));
                base < self.states.len()
                    && (fail == ROOT || self.states.get(fail).is_some_and(|fail| fail[0] != FREE))
            })
    }
}

#[inline]
const fn base(record: &[u8; STATE_BYTES]) -> usize {
    (u32::from_le_bytes([record[0], record[1], record[2], record[3]]) >> 8) as usize
}

#[inline]
const fn fail(record: &[u8; STATE_BYTES]) -> usize {
    u32::from_le_bytes([record[4], record[5], record[6], record[7]]) as usize
}

#[inline]
const fn weights(record: &[u8; STATE_BYTES]) -> u64 {
    let [_, _, _, _, _, _, _, _, a, b, c, d, e, f, g, h] = *record;
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// Reads one run, code by code, and scores its boundaries.
///
/// The scores of the eight boundaries that are not decided yet stand in lanes of sixteen bits, the
/// oldest first: those with even numbers in one word, those with odd numbers in the other. So a
/// state's weights are added to all of them at once, and where one is decided and the others move
/// up, the two words change places. Weights are counted from -128, so that no lane borrows of the
/// next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reader {
    state: usize,
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
            state: ROOT,
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
        self.state = model.next(self.state, code);
        let weights = model.states.get(self.state).map_or(0, weights);
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
    fn every_link_leads_to_a_state() {
        assert!(crate::thai::MODEL.is_sound());
    }
}
