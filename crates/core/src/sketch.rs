//! How much two texts have in common, told from a few bytes of each.
//!
//! The shingles of a text are its units, some in a row; the resemblance of two texts is the share
//! of the shingles of either that both have (Broder, "On the resemblance and containment of
//! documents", 1997). Under a hash function the least shingle of both texts together is one that
//! they share as often as they resemble each other. So a text is kept as its least hashes, here
//! those in each of [`BINS`] parts of the range of one hash function (Li, Owen and Zhang, "One
//! permutation hashing", 2012), and of each as few bits as tell unlike texts apart (Li and König,
//! "b-bit minwise hashing", 2010).

/// So many units in a row are a shingle. With fewer, texts on one subject have more in common; with
/// more, one changed word changes more of them.
const SHINGLE: usize = 4;
/// A text of fewer shingles says too little to be compared by them: it is like its equals alone.
const MIN_SHINGLES: usize = 24;
/// Parts of the range of hashes.
const BINS: usize = 128;
/// The first bits of a hash are the number of its bin.
const BIN_BITS: u32 = BINS.ilog2();
/// Bits that are kept of the least hash of each bin.
const BITS: usize = 2;
/// Bins to a word of a sketch.
const PER_WORD: usize = u64::BITS as usize / BITS;
/// The lower bit of each bin of a word.
const LOW_BITS: u64 = u64::MAX / 3;

/// What is kept of the shingles of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sketch(pub(crate) [u64; Sketch::WORDS]);

impl Sketch {
    pub(crate) const WORDS: usize = BINS / PER_WORD;

    /// The resemblance of two texts, from 0 to 1. The standard error is 0.06 at most.
    pub(crate) fn resemblance(&self, other: &Self) -> f32 {
        let words = self.0.iter().zip(&other.0);
        let unlike = words.map(|(a, b)| {
            let bits = a ^ b;
            ((bits | bits >> 1) & LOW_BITS).count_ones()
        });
        let alike = 1.0 - unlike.sum::<u32>() as f32 / BINS as f32;
        // So often bits are alike by chance.
        let chance = 1.0 / (1 << BITS) as f32;
        ((alike - chance) / (1.0 - chance)).max(0.0)
    }
}

/// The sketch of a text, and the keys by which it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sketched {
    pub(crate) sketch: Sketch,
    /// The least hashes of some bins together, as far as there are any. Two texts have each of
    /// them in common with the probability of their resemblance.
    pub(crate) keys: [Option<u32>; KEYS],
}

/// With resemblance 0.55, two texts have one of so many keys in common 998 times of 1000.
pub(crate) const KEYS: usize = 8;

/// Makes the sketch of a text, unit by unit.
#[derive(Debug)]
pub(crate) struct Sketcher {
    /// The hashes of the last units.
    last: [u64; SHINGLE],
    /// How many units there are since the text began.
    units: usize,
    /// All units of all texts, in their order.
    all: u64,
    shingles: usize,
    /// The least hash of each bin.
    least: [u64; BINS],
}

/// No hash of a bin. One of the last bin might be the same; that does no harm.
const NONE: u64 = u64::MAX;

impl Default for Sketcher {
    fn default() -> Self {
        Self {
            last: [0; SHINGLE],
            units: 0,
            all: 0,
            shingles: 0,
            least: [NONE; BINS],
        }
    }
}

impl Sketcher {
    /// Adds the next one of the smallest units.
    pub(crate) fn push(&mut self, unit: &str) {
        let hash = hash(unit.as_bytes());
        self.all = (self.all.rotate_left(1) ^ hash).wrapping_mul(MULTIPLIER);
        self.last.rotate_left(1);
        self.last[SHINGLE - 1] = hash;
        self.units += 1;
        if self.units >= SHINGLE {
            let shingle = self.last.iter().fold(0_u64, |shingle, unit| {
                shingle.wrapping_mul(MULTIPLIER).wrapping_add(*unit)
            });
            self.add(mix(shingle));
        }
    }

    /// Begins a new text, the body after the title: no shingle is of both.
    pub(crate) fn next_text(&mut self) {
        self.units = 0;
    }

    fn add(&mut self, shingle: u64) {
        self.shingles += 1;
        let least = &mut self.least[(shingle >> (u64::BITS - BIN_BITS)) as usize];
        *least = shingle.min(*least);
    }

    /// The sketch of all units, unless there are none; and begins anew.
    pub(crate) fn take(&mut self) -> Option<Sketched> {
        let mut text = std::mem::take(self);
        if text.all == 0 {
            return None;
        }
        if text.shingles < MIN_SHINGLES {
            for (bin, least) in (0_u64..).zip(&mut text.least) {
                *least = mix(text.all.wrapping_add(bin));
            }
        }
        let mut sketch = Sketch([0; Sketch::WORDS]);
        for bin in 0..BINS {
            let bits = text.least[text.filled(bin)] & ((1 << BITS) - 1);
            sketch.0[bin / PER_WORD] |= bits << (bin % PER_WORD * BITS);
        }
        let mut keys = [None; KEYS];
        for (key, bins) in keys.iter_mut().zip(text.least.chunks(BINS / KEYS)) {
            let least = bins.iter().copied().min().filter(|&least| least != NONE);
            *key = least.map(|least| (least >> 32) as u32);
        }
        Some(Sketched { sketch, keys })
    }

    /// The bin that stands for this one: itself, or for an empty one some other, chosen alike for
    /// all texts (Shrivastava, "Optimal densification for fast and accurate minwise hashing",
    /// 2017). There is one that is not empty.
    fn filled(&self, bin: usize) -> usize {
        let mut at = bin;
        let mut attempt = bin as u64;
        while self.least[at] == NONE {
            attempt += BINS as u64;
            at = mix(attempt) as usize % BINS;
        }
        at
    }
}

/// 2^64 divided by the golden ratio, odd (Knuth, "The Art of Computer Programming" 3, 6.4).
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash that is the same on every machine, for it is stored.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks();
    let rest = rest
        .iter()
        .fold(0, |rest, &byte| rest << 8 | u64::from(byte));
    words
        .iter()
        .map(|&word| u64::from_le_bytes(word))
        .chain([rest])
        .fold(bytes.len() as u64, |hash, word| {
            let hash = (hash ^ word).wrapping_mul(MULTIPLIER);
            hash ^ hash >> 32
        })
}

/// Makes every bit of the result depend on every bit given: the finalizer of SplitMix64 (Steele,
/// Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sketched(units: &[u32]) -> Option<Sketched> {
        let mut sketcher = Sketcher::default();
        for unit in units {
            sketcher.push(&unit.to_string());
        }
        sketcher.take()
    }

    fn resemblance(a: &[u32], b: &[u32]) -> f32 {
        let sketch = |units| sketched(units).unwrap().sketch;
        sketch(a).resemblance(&sketch(b))
    }

    #[test]
    fn resemblance_is_the_share_of_shingles_in_common() {
        // Of 1000 and 1000 units 500 are the same: 497 shingles of 1497.
        let share = 497.0 / 1497.0;
        let estimates: Vec<f32> = (0..200)
            .map(|at| {
                let units: Vec<u32> = (at * 2000..at * 2000 + 1500).collect();
                resemblance(&units[..1000], &units[500..])
            })
            .collect();
        let mean = estimates.iter().sum::<f32>() / 200.0;
        assert!((mean - share).abs() < 0.02, "{mean}");
        let square = |estimate: &f32| (estimate - share).powi(2);
        let error = (estimates.iter().map(square).sum::<f32>() / 200.0).sqrt();
        assert!(error < 0.07, "{error}");
    }

    #[test]
    fn a_short_text_is_like_its_equals_alone() {
        let short: Vec<u32> = (0..20).collect();
        assert_eq!(resemblance(&short, &short), 1.0);
        assert!(resemblance(&short, &short[..19]) < 0.3);
        assert!(resemblance(&short, &(0..200).collect::<Vec<_>>()) < 0.3);
        assert!(resemblance(&[1], &[2]) < 0.3);
        assert_eq!(sketched(&[]), None);
    }

    #[test]
    fn a_sketcher_begins_anew() {
        let mut sketcher = Sketcher::default();
        let mut sketch = || {
            for unit in 0..100 {
                sketcher.push(&unit.to_string());
            }
            sketcher.take()
        };
        assert_eq!(sketch(), sketch());
    }

    #[test]
    fn sketches_stay_the_same() {
        // They are stored: a change of these numbers needs a new format of the index.
        let sketched = sketched(&(0..100).collect::<Vec<_>>()).unwrap();
        assert_eq!(sketched.sketch.0[0], 2_860_984_812_854_449_865);
        assert_eq!(sketched.keys[0], Some(35_331_897));
    }

    proptest! {
        #[test]
        fn any_text_is_like_itself(units in prop::collection::vec(0..50_u32, 1..300)) {
            prop_assert_eq!(resemblance(&units, &units), 1.0);
        }

        #[test]
        fn resemblance_is_the_same_both_ways(
            a in prop::collection::vec(0..20_u32, 1..300),
            b in prop::collection::vec(0..20_u32, 1..300),
        ) {
            prop_assert_eq!(resemblance(&a, &b), resemblance(&b, &a));
        }
    }
}
