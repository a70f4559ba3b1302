//! Logistic regression over features that are there or not, by Adagrad.

use crate::random::Random;

/// Features are numbers below 2 to the power of this.
pub(crate) const FEATURE_BITS: u32 = 22;

const EPOCHS: usize = 12;
/// The first epoch whose weights are part of the average that is kept.
const AVERAGED_FROM: usize = 6;
const RATE: f32 = 0.1;
/// What squared gradients begin with.
const FIRST_SQUARE: f32 = 1e-6;
/// A smaller error teaches nothing more.
const SMALLEST_ERROR: f32 = 0.002;
const SEED: u64 = 11;

/// Cases with their features, what is right, and how much they count.
#[derive(Default)]
pub(crate) struct Examples {
    features: Vec<u32>,
    cases: Vec<Case>,
}

struct Case {
    /// Where its features end; they begin where those of the case before end.
    end: usize,
    target: f32,
    weight: f32,
}

impl Examples {
    pub(crate) fn push(&mut self, features: &[u32], target: f32, weight: f32) {
        self.features.extend_from_slice(features);
        let end = self.features.len();
        self.cases.push(Case {
            end,
            target,
            weight,
        });
    }
}

/// A weight for each feature.
pub(crate) struct Logistic(Vec<f32>);

impl Logistic {
    pub(crate) fn train(examples: &Examples) -> Self {
        let size = 1 << FEATURE_BITS;
        let mut weights = vec![0f32; size];
        let mut squares = vec![FIRST_SQUARE; size];
        let mut sums = vec![0f32; size];
        let mut order: Vec<usize> = (0..examples.cases.len()).collect();
        let mut random = Random::new(SEED);
        for epoch in 1..=EPOCHS {
            random.shuffle(&mut order);
            for &at in &order {
                let case = &examples.cases[at];
                let start = at
                    .checked_sub(1)
                    .map_or(0, |before| examples.cases[before].end);
                let features = &examples.features[start..case.end];
                let error = (probability(sum(&weights, features)) - case.target) * case.weight;
                if error.abs() <= SMALLEST_ERROR {
                    continue;
                }
                for &feature in features {
                    let feature = feature as usize;
                    squares[feature] += error * error;
                    weights[feature] -= RATE * error / squares[feature].sqrt();
                }
            }
            if epoch >= AVERAGED_FROM {
                for (sum, weight) in sums.iter_mut().zip(&weights) {
                    *sum += weight;
                }
            }
        }
        let averaged = (EPOCHS - AVERAGED_FROM + 1) as f32;
        Self(sums.into_iter().map(|sum| sum / averaged).collect())
    }

    /// How likely the answer is yes.
    pub(crate) fn probability(&self, features: &[u32]) -> f32 {
        probability(sum(&self.0, features))
    }
}

fn sum(weights: &[f32], features: &[u32]) -> f32 {
    features
        .iter()
        .map(|&feature| weights[feature as usize])
        .sum()
}

fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_which_feature_matters() {
        let mut examples = Examples::default();
        for i in 0..200 {
            let answer = i % 3 == 0;
            examples.push(
                &[u32::from(answer), 2 + i % 2],
                f32::from(u8::from(answer)),
                1.0,
            );
        }
        let model = Logistic::train(&examples);
        assert!(model.probability(&[1, 2]) > 0.9);
        assert!(model.probability(&[0, 3]) < 0.1);
    }
}
