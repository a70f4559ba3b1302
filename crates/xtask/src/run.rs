//! Runs: what is segmented. Letters and marks of one script without a break, normalised, as codes.

use mekong_segment::training::{code, may_break};
use mekong_segment::{Normalizer, Script};

/// A run of one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) codes: Vec<u8>,
    /// For each character whether a word may begin there; true for the first.
    pub(crate) allowed: Vec<bool>,
}

impl Run {
    pub(crate) fn new(script: Script, codes: Vec<u8>) -> Self {
        let allowed = may_break(script, &codes);
        Self { codes, allowed }
    }

    /// All runs of a text, in order.
    pub(crate) fn all(script: Script, text: &str) -> Vec<Self> {
        let runs = Self::with_origins(script, text).into_iter();
        runs.map(|(run, _)| run).collect()
    }

    /// All runs of a text, each with the byte of the text that every character of it began at.
    pub(crate) fn with_origins(script: Script, text: &str) -> Vec<(Self, Vec<usize>)> {
        let coded: Vec<(u8, usize)> = Normalizer::new(script, text)
            .map(|(c, origin)| (code(script, c), origin))
            .collect();
        coded
            .split(|&(code, _)| code == 0)
            .filter(|run| !run.is_empty())
            .map(|run| {
                let (codes, origins) = run.iter().copied().unzip();
                (Self::new(script, codes), origins)
            })
            .collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// The places behind `start` where a word that begins there may end.
    pub(crate) fn ends(&self, start: usize) -> impl Iterator<Item = usize> {
        let len = self.len();
        (start + 1..=len).filter(move |&end| end == len || self.allowed[end])
    }
}

/// A word of a list in normal form; `None` for what is no single run of the script.
pub(crate) fn word(script: Script, spelling: &str) -> Option<Vec<u8>> {
    let codes = Normalizer::new(script, spelling.trim()).map(|(c, _)| code(script, c));
    let codes: Vec<u8> = codes.collect();
    (!codes.is_empty() && !codes.contains(&0)).then_some(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_letter_ends_a_run() {
        let runs = Run::with_origins(Script::Thai, "ไทย 7 เเม่ๆ");
        let origins: Vec<_> = runs.iter().map(|(_, origins)| origins.clone()).collect();
        assert_eq!(origins[0], [0, 3, 6]);
        assert_eq!(origins[1].len(), 3, "แม่ is three characters");
        assert_eq!(Some(&runs[1].0.codes), word(Script::Thai, "แม่").as_ref());
    }

    #[test]
    fn a_word_ends_where_the_next_may_begin() {
        let run = &Run::all(Script::Thai, "แม่น้ำ")[0];
        assert_eq!(run.ends(0).collect::<Vec<_>>(), [3, 6]);
    }

    #[test]
    fn a_word_is_one_run() {
        assert_eq!(word(Script::Lao, "ລາວ ໃຕ້"), None);
        assert_eq!(word(Script::Lao, ""), None);
        assert_eq!(
            word(Script::Lao, " ຫນັງ\u{200B}ສື\n"),
            word(Script::Lao, "ໜັງສື")
        );
    }
}
