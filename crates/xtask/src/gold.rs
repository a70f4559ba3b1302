//! Sentences whose words are known, and how well a segmentation agrees with them.

use mekong_segment::Script;

use crate::run::Run;

/// Stands between the tokens of a gold file's line.
const SEPARATOR: char = '\u{1f}';

/// A run and for each of its characters whether a word begins there.
#[derive(Clone, Debug)]
pub(crate) struct GoldRun {
    pub(crate) run: Run,
    /// Bytes of the sentence that its characters began at.
    pub(crate) origins: Vec<usize>,
    pub(crate) starts: Vec<bool>,
}

/// A sentence and its runs.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    pub(crate) runs: Vec<GoldRun>,
}

/// The sentences of a gold file, one a line.
pub(crate) fn sentences(script: Script, file: &str) -> Vec<Sentence> {
    file.lines().map(|line| sentence(script, line)).collect()
}

fn sentence(script: Script, line: &str) -> Sentence {
    let mut text = String::new();
    let mut token_starts = Vec::new();
    for token in line.split(SEPARATOR) {
        token_starts.push(text.len());
        text += token;
    }
    let runs = Run::with_origins(script, &text).into_iter();
    let runs = runs.map(|(run, origins)| {
        // A token that begins with what normalising dropped begins with the next character.
        let mut passed = token_starts.partition_point(|&start| start <= origins[0]);
        let mut starts = vec![true];
        for &origin in &origins[1..] {
            let now = token_starts.partition_point(|&start| start <= origin);
            starts.push(now > passed);
            passed = now;
        }
        GoldRun {
            run,
            origins,
            starts,
        }
    });
    Sentence {
        runs: runs.collect(),
        text,
    }
}

/// Word F1 by the rules of the project's evaluation script: only runs of the script count, and a
/// word is found when both its ends are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    gold: usize,
    found: usize,
    both: usize,
}

impl Score {
    /// Counts the words of one run, given for each character whether a word begins there.
    pub(crate) fn add(&mut self, gold: &[bool], found: &[bool]) {
        let len = gold.len();
        let (mut gold_start, mut found_start) = (0, 0);
        for end in 1..=len {
            let gold_ends = end == len || gold[end];
            let found_ends = end == len || found[end];
            self.gold += usize::from(gold_ends);
            self.found += usize::from(found_ends);
            self.both += usize::from(gold_ends && found_ends && gold_start == found_start);
            if gold_ends {
                gold_start = end;
            }
            if found_ends {
                found_start = end;
            }
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.both += other.both;
    }

    pub(crate) fn f1(self) -> f64 {
        200.0 * self.both as f64 / (self.gold + self.found).max(1) as f64
    }

    pub(crate) fn precision(self) -> f64 {
        100.0 * self.both as f64 / self.found.max(1) as f64
    }

    pub(crate) fn recall(self) -> f64 {
        100.0 * self.both as f64 / self.gold.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_begin_words() {
        let sentence = sentence(Script::Thai, "ผม\u{1f}กิน\u{1f} \u{1f}ข้าว\u{1f}2\u{1f}จาน");
        let starts: Vec<_> = sentence.runs.iter().map(|run| run.starts.clone()).collect();
        assert_eq!(
            starts,
            [
                vec![true, false, true, false, false],
                vec![true, false, false, false],
                vec![true, false, false],
            ]
        );
    }

    #[test]
    fn a_token_begins_behind_what_was_dropped() {
        let sentence = sentence(Script::Thai, "ผม\u{1f}\u{200B}กิน");
        assert_eq!(sentence.runs[0].starts, [true, false, true, false, false]);
    }

    #[test]
    fn a_word_needs_both_its_ends() {
        // ab|c|de against a|b|c|de: c and de are found.
        let gold = [true, false, true, true, false];
        let found = [true, true, true, true, false];
        let mut score = Score::default();
        score.add(&gold, &found);
        assert_eq!(
            score,
            Score {
                gold: 3,
                found: 4,
                both: 2
            }
        );
        assert!((score.f1() - 400.0 / 7.0).abs() < 1e-9);
    }
}
