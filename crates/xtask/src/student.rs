//! The fast form of a teacher: one weight for each n-gram of characters at each distance from a
//! boundary, learnt from text that the teacher has labelled.
//!
//! Logistic regression on soft labels by FTRL-Proximal (McMahan et al., "Ad Click Prediction: a
//! View from the Trenches", KDD 2013), whose L1 penalty leaves most weights at zero. The n-grams
//! that matter most are kept and their weights learnt once more without the penalty.

use std::collections::HashMap;

/// The code that stands beyond both ends of a run.
const EDGE: u8 = 0;
/// So many codes of seven bits fit into a key.
const LONGEST: usize = 8;

/// What a student learns from: runs of one script as codes, with the probability of a boundary
/// before each.
pub(crate) struct Text {
    codes: Vec<u8>,
    probabilities: Vec<f32>,
    weights: Vec<f32>,
}

impl Text {
    pub(crate) fn new() -> Self {
        Self {
            codes: vec![EDGE],
            probabilities: vec![f32::NAN],
            weights: vec![0.0],
        }
    }

    /// Adds one run: its codes, and for each the probability that a word begins there; NaN where
    /// none may begin, and for the first.
    pub(crate) fn push(&mut self, codes: &[u8], probabilities: &[f32], weight: f32) {
        self.codes.extend(codes);
        self.probabilities.extend(probabilities);
        self.weights.resize(self.codes.len(), weight);
        self.codes.push(EDGE);
        self.probabilities.push(f32::NAN);
        self.weights.push(0.0);
    }

    /// How many codes it has, edges among them.
    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }
}

/// How large a student is and how it learns.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// Characters of the longest n-gram, at most eight.
    pub(crate) longest: usize,
    /// N-grams count that end up to so many characters before a boundary …
    pub(crate) before: usize,
    /// … and up to so many after it.
    pub(crate) after: usize,
    /// Rarer n-grams are no features.
    pub(crate) min_count: u32,
    /// Weight of the L1 penalty.
    pub(crate) l1: f32,
    /// Passes over the text before the choice of n-grams; one more comes after it.
    pub(crate) epochs: usize,
    /// How many n-grams are kept at most, their beginnings among them.
    pub(crate) states: usize,
}

impl Shape {
    /// The number of boundaries that one n-gram speaks of.
    pub(crate) fn lanes(&self) -> usize {
        self.before + self.after
    }
}

/// A trained student.
pub(crate) struct Student {
    pub(crate) shape: Shape,
    /// N-grams in ascending order of their keys, each with its place in `weights`.
    ids: HashMap<u64, u32>,
    /// `lanes` weights for each n-gram: lane 0 is for the boundary `before` characters after the
    /// n-gram's end, the last one for the boundary `after` characters before it.
    weights: Vec<f32>,
    pub(crate) bias: f32,
}

/// The n-gram as a number: a one, then seven bits for each code.
fn key(gram: &[u8]) -> u64 {
    gram.iter().fold(1, |key, &code| key << 7 | u64::from(code))
}

/// The n-gram of a key.
fn gram(mut key: u64) -> Vec<u8> {
    let mut gram = Vec::new();
    while key > 1 {
        gram.push((key & 127) as u8);
        key >>= 7;
    }
    gram.reverse();
    gram
}

/// Whether an n-gram lies in one run: an edge stands only at an end of it.
fn is_whole(gram: &[u8]) -> bool {
    match gram {
        [EDGE, EDGE] => false,
        [_, inner @ .., _] => !inner.contains(&EDGE),
        _ => true,
    }
}

/// The n-grams that occur at least `min_count` times, in ascending order, with their counts.
fn frequent(codes: &[u8], longest: usize, min_count: u32) -> Vec<(u64, u32)> {
    let mut all: Vec<(u64, u32)> = Vec::new();
    let mut shorter: HashMap<u64, u32> = HashMap::new();
    for length in 1..=longest {
        let mut keys: Vec<u64> = codes
            .windows(length)
            .filter(|gram| {
                is_whole(gram)
                    && (length == 1
                        || shorter.contains_key(&key(&gram[1..]))
                            && shorter.contains_key(&key(&gram[..length - 1])))
            })
            .map(key)
            .collect();
        keys.sort_unstable();
        shorter.clear();
        for same in keys.chunk_by(|a, b| a == b) {
            if same.len() >= min_count as usize {
                shorter.insert(same[0], same.len() as u32);
                all.push((same[0], same.len() as u32));
            }
        }
    }
    all.sort_unstable();
    all
}

/// For each code the ids of the n-grams that end with it, shortest first.
struct Occurrences {
    ids: Vec<u32>,
    longest: usize,
}

const NONE: u32 = u32::MAX;

impl Occurrences {
    fn of(codes: &[u8], ids: &HashMap<u64, u32>, longest: usize) -> Self {
        let mut found = vec![NONE; codes.len() * longest];
        for end in 0..codes.len() {
            for length in 1..=longest.min(end + 1) {
                let gram = &codes[end + 1 - length..=end];
                if !is_whole(gram) {
                    break;
                }
                // A suffix may have been left out where the longer n-gram was not.
                if let Some(&id) = ids.get(&key(gram)) {
                    found[end * longest + length - 1] = id;
                }
            }
        }
        Self {
            ids: found,
            longest,
        }
    }

    /// The places of the weights that speak of the boundary before `at`.
    fn features(&self, shape: &Shape, at: usize, features: &mut Vec<usize>) {
        let codes = self.ids.len() / self.longest;
        for end in at.saturating_sub(shape.before)..(at + shape.after).min(codes) {
            let lane = end + shape.before - at;
            for &id in &self.ids[end * self.longest..(end + 1) * self.longest] {
                if id != NONE {
                    features.push(id as usize * shape.lanes() + lane);
                }
            }
        }
    }
}

/// FTRL-Proximal over dense arrays; the last weight is the bias.
struct Learner {
    sums: Vec<f32>,
    squares: Vec<f32>,
    weights: Vec<f32>,
}

const LEARNING_RATE: f32 = 0.1;
const SMOOTHING: f32 = 0.1;
/// An error below this is none.
const TOLERANCE: f32 = 1e-3;

impl Learner {
    fn new(weights: Vec<f32>) -> Self {
        // What begins with weights begins as if it had learnt them.
        let sums = weights
            .iter()
            .map(|weight| -weight * SMOOTHING / LEARNING_RATE)
            .collect();
        Self {
            sums,
            squares: vec![0.0; weights.len()],
            weights,
        }
    }

    fn learn(
        &mut self,
        text: &Text,
        occurrences: &Occurrences,
        shape: &Shape,
        epochs: usize,
        l1: f32,
    ) {
        let mut places: Vec<usize> = (0..text.len())
            .filter(|&at| !text.probabilities[at].is_nan())
            .collect();
        let bias = self.weights.len() - 1;
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        let mut features = Vec::new();
        for _ in 0..epochs {
            for i in (1..places.len()).rev() {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                places.swap(i, (random >> 33) as usize % (i + 1));
            }
            for &at in &places {
                features.clear();
                features.push(bias);
                occurrences.features(shape, at, &mut features);
                let score: f32 = features.iter().map(|&f| self.weights[f]).sum();
                let probability = 1.0 / (1.0 + (-score).exp());
                let error = (probability - text.probabilities[at]) * text.weights[at];
                if error.abs() < TOLERANCE {
                    continue;
                }
                for &f in &features {
                    self.step(f, error, l1);
                }
            }
        }
    }

    fn step(&mut self, f: usize, gradient: f32, l1: f32) {
        let squares = self.squares[f] + gradient * gradient;
        let rate = (squares.sqrt() - self.squares[f].sqrt()) / LEARNING_RATE;
        let sum = self.sums[f] + gradient - rate * self.weights[f];
        self.squares[f] = squares;
        self.sums[f] = sum;
        self.weights[f] = if sum.abs() <= l1 {
            0.0
        } else {
            (l1.copysign(sum) - sum) * LEARNING_RATE / (SMOOTHING + squares.sqrt())
        };
    }
}

/// Trains a student on a text.
pub(crate) fn train(text: &Text, shape: &Shape) -> Student {
    assert!(
        shape.longest <= LONGEST,
        "n-grams have at most {LONGEST} codes"
    );
    let lanes = shape.lanes();
    let counted = frequent(&text.codes, shape.longest, shape.min_count);
    let ids = ids(counted.iter().map(|&(key, _)| key));
    let occurrences = Occurrences::of(&text.codes, &ids, shape.longest);
    let mut learner = Learner::new(vec![0.0; counted.len() * lanes + 1]);
    learner.learn(text, &occurrences, shape, shape.epochs, shape.l1);
    drop(occurrences);

    let kept = choose(&counted, &learner.weights, lanes, shape.states);
    let mut weights: Vec<f32> = Vec::with_capacity(kept.len() * lanes + 1);
    for key in &kept {
        let id = ids[key] as usize;
        weights.extend(&learner.weights[id * lanes..][..lanes]);
    }
    weights.extend(learner.weights.last());
    let ids = self::ids(kept.into_iter());
    let occurrences = Occurrences::of(&text.codes, &ids, shape.longest);
    let mut learner = Learner::new(weights);
    learner.learn(text, &occurrences, shape, 1, 0.0);
    let bias = learner.weights.pop().unwrap_or_default();
    Student {
        shape: shape.clone(),
        ids,
        weights: learner.weights,
        bias,
    }
}

fn ids(keys: impl Iterator<Item = u64>) -> HashMap<u64, u32> {
    keys.zip(0..).collect()
}

/// The n-grams, in ascending order, whose weights move the most scores, and their beginnings, of
/// which an automaton is made in any case.
fn choose(counted: &[(u64, u32)], weights: &[f32], lanes: usize, states: usize) -> Vec<u64> {
    let mut moved: Vec<(f32, u64)> = counted
        .iter()
        .zip(weights.chunks(lanes))
        .map(|(&(key, count), weights)| {
            let squares: f32 = weights.iter().map(|weight| weight * weight).sum();
            (squares * count as f32, key)
        })
        .filter(|&(moved, _)| moved > 0.0)
        .collect();
    moved.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kept = std::collections::BTreeSet::new();
    for (_, gram) in moved {
        let beginnings =
            std::iter::successors(Some(gram), |&key| (key >> 7 > 1).then_some(key >> 7));
        let new: Vec<u64> = beginnings.take_while(|key| !kept.contains(key)).collect();
        if kept.len() + new.len() > states {
            break;
        }
        kept.extend(new);
    }
    kept.into_iter().collect()
}

impl Student {
    /// Every n-gram with its weights, in ascending order of length and then of codes.
    pub(crate) fn grams(&self) -> Vec<(Vec<u8>, &[f32])> {
        let lanes = self.shape.lanes();
        let mut keys: Vec<u64> = self.ids.keys().copied().collect();
        keys.sort_unstable();
        keys.into_iter()
            .map(|key| {
                let id = self.ids[&key] as usize;
                (gram(key), &self.weights[id * lanes..][..lanes])
            })
            .collect()
    }

    /// For each code of a run the score of a boundary before it, in nats.
    pub(crate) fn scores(&self, codes: &[u8]) -> Vec<f32> {
        let mut padded = vec![EDGE];
        padded.extend(codes);
        padded.push(EDGE);
        let occurrences = Occurrences::of(&padded, &self.ids, self.shape.longest);
        let mut features = Vec::new();
        (1..=codes.len())
            .map(|at| {
                features.clear();
                occurrences.features(&self.shape, at, &mut features);
                self.bias + features.iter().map(|&f| self.weights[f]).sum::<f32>()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_its_gram() {
        for codes in [
            &[0][..],
            &[5],
            &[0, 1],
            &[127, 1, 0],
            &[1, 2, 3, 4, 5, 6, 7, 8],
        ] {
            assert_eq!(gram(key(codes)), codes);
        }
    }

    #[test]
    fn edges_stand_at_ends_only() {
        assert_eq!(
            frequent(&[0, 1, 2, 0, 1, 2, 0], 3, 2),
            [
                (key(&[0]), 3),
                (key(&[1]), 2),
                (key(&[2]), 2),
                (key(&[0, 1]), 2),
                (key(&[1, 2]), 2),
                (key(&[2, 0]), 2),
                (key(&[0, 1, 2]), 2),
                (key(&[1, 2, 0]), 2),
            ]
        );
    }

    #[test]
    fn a_student_learns_what_it_is_shown() {
        // Words 1 2 and 3 1 in any order: a boundary stands before 1 2 and before 3.
        let mut text = Text::new();
        for i in 0..400_u32 {
            let (mut codes, mut probabilities) = (vec![], vec![]);
            for word in 0..4 {
                codes.extend(if i >> word & 1 == 0 { [1, 2] } else { [3, 1] });
                probabilities.extend([1.0, 0.0]);
            }
            probabilities[0] = f32::NAN;
            text.push(&codes, &probabilities, 1.0);
        }
        let shape = Shape {
            longest: 3,
            before: 2,
            after: 3,
            min_count: 1,
            l1: 0.1,
            epochs: 10,
            states: 100,
        };
        let student = train(&text, &shape);
        let words: Vec<bool> = student
            .scores(&[3, 1, 1, 2, 3, 1, 3, 1])
            .iter()
            .skip(1)
            .map(|&score| score > 0.0)
            .collect();
        assert_eq!(words, [false, true, false, true, false, true, false]);
        assert!(student.grams().len() <= 100);
    }
}
