//! The teacher of Lao, Khmer and Burmese: listed words, each of which costs what its count says.
//!
//! Where a list comes without counts, they come from texts without boundaries by Viterbi training:
//! segment, count, segment again.

use std::collections::BTreeMap;

use crate::run::Run;
use crate::teacher::Teacher;

/// In pieces that no boundary may cut; what is longer in the lists is a phrase.
const LONGEST_WORD: usize = 14;
const TRAINING_ROUNDS: usize = 4;

/// Added to every count, so that a listed word can be found which no text holds.
const SMOOTHING: f64 = 0.5;

/// What a word costs that no list holds, and each of its pieces. A listed word costs 4 to 16.
pub(crate) const UNKNOWN: f64 = 5.0;
pub(crate) const UNKNOWN_PIECE: f64 = 10.0;

/// Paid for each word while counts are learned. Less than nothing: a compound has to occur e^4
/// times as often as chance would bring its parts together before it counts as a word.
const WORD_IN_TRAINING: f64 = -4.0;

/// Costs are whole thousandths of a nat, so that the last bits of a logarithm decide nothing.
const UNIT: f64 = 1000.0;

/// Words with how often each was met.
pub(crate) type Counts = BTreeMap<Vec<u8>, u64>;

pub(crate) struct Unigram {
    costs: BTreeMap<Vec<u8>, i64>,
}

impl Unigram {
    /// Counts as they are. `word` is what every word costs beside them, in nats.
    pub(crate) fn new(counts: &Counts, word: f64) -> Self {
        let total: f64 = counts.values().map(|&count| count as f64 + SMOOTHING).sum();
        let cost = |count: u64| thousandths(word - ((count as f64 + SMOOTHING) / total).ln());
        let costs = counts
            .iter()
            .map(|(word, &count)| (word.clone(), cost(count)));
        Self {
            costs: costs.collect(),
        }
    }

    /// Counts that grow by what is met in texts.
    pub(crate) fn learned(listed: &Counts, texts: &[Run]) -> Self {
        let mut counts = listed.clone();
        for _ in 0..TRAINING_ROUNDS {
            let teacher = Self::new(&counts, WORD_IN_TRAINING);
            counts.clone_from(listed);
            for run in texts {
                for word in teacher.words(run) {
                    if let Some(count) = counts.get_mut(word) {
                        *count += 1;
                    }
                }
            }
        }
        Self::new(&counts, 0.0)
    }

    /// Every word with its cost in nats, sorted.
    pub(crate) fn costs(&self) -> impl Iterator<Item = (&[u8], f64)> {
        let costs = self.costs.iter();
        costs.map(|(word, &cost)| (word.as_slice(), cost as f64 / UNIT))
    }

    /// The cheapest words that make up a run.
    pub(crate) fn words<'r>(&self, run: &'r Run) -> Vec<&'r [u8]> {
        let mut best = vec![i64::MAX; run.len() + 1];
        let mut previous = vec![0; run.len() + 1];
        best[0] = 0;
        for start in (0..run.len()).filter(|&start| run.allowed[start]) {
            let so_far = best[start];
            self.words_from(run, start, |end, cost| {
                if so_far + cost < best[end] {
                    best[end] = so_far + cost;
                    previous[end] = start;
                }
            });
        }
        let mut words = Vec::new();
        let mut end = run.len();
        while end > 0 {
            words.push(&run.codes[previous[end]..end]);
            end = previous[end];
        }
        words.reverse();
        words
    }

    /// Calls `word` with the end and the cost of every word that may begin at `start`.
    fn words_from(&self, run: &Run, start: usize, mut word: impl FnMut(usize, i64)) {
        for (pieces, end) in (1..=LONGEST_WORD).zip(run.ends(start)) {
            let unknown = || thousandths(UNKNOWN + UNKNOWN_PIECE * pieces as f64);
            let listed = self.costs.get(&run.codes[start..end]).copied();
            word(end, listed.unwrap_or_else(unknown));
        }
    }
}

impl Teacher for Unigram {
    /// All ways to cut the run, each weighed by its cost: the share of those with a word there.
    fn probabilities(&self, run: &Run) -> Vec<f32> {
        let len = run.len();
        // Logarithms of the sums over all ways up to a place and from it on.
        let mut before = vec![f64::NEG_INFINITY; len + 1];
        let mut after = vec![f64::NEG_INFINITY; len + 1];
        before[0] = 0.0;
        after[len] = 0.0;
        let starts = || (0..len).filter(|&start| run.allowed[start]);
        for start in starts() {
            let so_far = before[start];
            self.words_from(run, start, |end, cost| {
                before[end] = add_logs(before[end], so_far - cost as f64 / UNIT);
            });
        }
        for start in starts().rev() {
            let mut sum = f64::NEG_INFINITY;
            self.words_from(run, start, |end, cost| {
                sum = add_logs(sum, after[end] - cost as f64 / UNIT);
            });
            after[start] = sum;
        }
        let share = |at: usize| match at {
            1.. if run.allowed[at] => (before[at] + after[at] - after[0]).exp().min(1.0) as f32,
            _ => f32::NAN,
        };
        (0..len).map(share).collect()
    }
}

fn thousandths(cost: f64) -> i64 {
    (cost * UNIT).round() as i64
}

/// The logarithm of the sum of two numbers given by their logarithms.
fn add_logs(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if small == f64::NEG_INFINITY {
        large
    } else {
        large + (small - large).exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::word;
    use crate::teacher::starts;
    use mekong_segment::Script;

    fn lao(text: &str) -> Run {
        Run::all(Script::Lao, text).remove(0)
    }

    fn counts(words: &[(&str, u64)]) -> Counts {
        let codes = |spelling| word(Script::Lao, spelling).unwrap_or_default();
        words
            .iter()
            .map(|&(word, count)| (codes(word), count))
            .collect()
    }

    #[test]
    fn the_cheapest_words_win() {
        let teacher = Unigram::new(&counts(&[("ຄົນ", 50), ("ລາວ", 50), ("ຄົນລາວ", 50)]), 0.0);
        let run = lao("ຄົນລາວ");
        assert_eq!(teacher.words(&run).concat(), run.codes);
        assert_eq!(
            teacher.words(&run).len(),
            1,
            "one word is cheaper than two as common"
        );
    }

    #[test]
    fn texts_teach_which_words_are_met() {
        let listed = counts(&[("ຄົນ", 0), ("ລາວ", 0), ("ຄົນລາວ", 0), ("ໄປ", 0)]);
        let texts: Vec<_> = ["ຄົນ", "ລາວ", "ຄົນໄປ", "ລາວໄປ"]
            .repeat(50)
            .into_iter()
            .map(lao)
            .collect();
        let teacher = Unigram::learned(&listed, &texts);
        assert_eq!(teacher.words(&lao("ຄົນລາວໄປ")).len(), 3);
    }

    #[test]
    fn probabilities_respect_the_mask_and_agree_with_the_cheapest_words() {
        let teacher = Unigram::new(&counts(&[("ຄົນ", 50), ("ລາວ", 50), ("ໄປ", 50)]), 0.0);
        let run = lao("ຄົນລາວໄປ");
        let probabilities = teacher.probabilities(&run);
        for (at, probability) in probabilities.iter().enumerate() {
            let open = at > 0 && run.allowed[at];
            assert_eq!(
                open,
                (0.0..=1.0).contains(probability),
                "{at}: {probability}"
            );
        }
        let found = starts(&probabilities, 0.5);
        let expected: Vec<_> = (0..run.len()).map(|at| [0, 3, 6].contains(&at)).collect();
        assert_eq!(found, expected);
    }
}
