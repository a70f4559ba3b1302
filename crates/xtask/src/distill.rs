//! Students: small fast models that learn from what a teacher says of plain text.

use crate::gold::GoldRun;
use crate::run::Run;
use crate::student::{Shape, Text};
use crate::teacher::Teacher;

/// Adds what a teacher says of runs.
pub(crate) fn read<'r>(
    text: &mut Text,
    teacher: &impl Teacher,
    runs: impl Iterator<Item = &'r Run>,
) {
    for run in runs {
        text.push(&run.codes, &teacher.probabilities(run), 1.0);
    }
}

/// Adds a run whose words are known.
pub(crate) fn read_gold(text: &mut Text, gold: &GoldRun, weight: f32) {
    let probability = |at: usize| match at {
        1.. if gold.run.allowed[at] => f32::from(u8::from(gold.starts[at])),
        _ => f32::NAN,
    };
    let probabilities: Vec<f32> = (0..gold.run.len()).map(probability).collect();
    text.push(&gold.run.codes, &probabilities, weight);
}

/// How large the student of Thai is and how it learns. Chosen on TUD dev and by cross-validation.
pub(crate) const THAI: Shape = Shape {
    longest: 6,
    before: 2,
    after: 6,
    min_count: 12,
    l1: 3.0,
    epochs: 3,
    states: 103_000,
};
