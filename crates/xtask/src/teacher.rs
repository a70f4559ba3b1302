//! What a teacher is: it knows how likely a word begins at each place of a run.

use crate::run::Run;

/// Slow and accurate; a student learns from what it says of plain text.
pub(crate) trait Teacher: Sync {
    /// For each character of a run the probability that a word begins there; NaN where none may,
    /// and for the first, where one must.
    fn probabilities(&self, run: &Run) -> Vec<f32>;
}

/// Where words begin, by probabilities or by scores: above `threshold`, and at the first character.
pub(crate) fn starts(values: &[f32], threshold: f32) -> Vec<bool> {
    let start = |(at, &value): (usize, &f32)| at == 0 || value > threshold;
    values.iter().enumerate().map(start).collect()
}
