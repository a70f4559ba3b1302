//! Folding: what different spellings of one word have in common.
//!
//! Every function here takes any Unicode form (composed, decomposed, marks in any order) and
//! works in one pass. What a language asks for stands in the file of that language.

mod latin;
mod thai;
mod vietnamese;

pub(crate) use latin::fold_word;

use unicode_normalization::char::compose;

use crate::script::{Script, is_ignorable};

/// Text made easier to compare, and where each of its characters came from.
#[derive(Debug, Default)]
pub(crate) struct Normalized {
    /// The text.
    pub(crate) text: String,
    /// For each byte of `text` the byte of the original that its character began at; one more
    /// entry for the end.
    origin: Vec<u32>,
}

impl Normalized {
    fn clear(&mut self) {
        self.text.clear();
        self.origin.clear();
    }

    fn push(&mut self, c: char, origin: u32) {
        self.text.push(c);
        self.origin.resize(self.origin.len() + c.len_utf8(), origin);
    }

    fn pop(&mut self) -> Option<(char, u32)> {
        let c = self.text.pop()?;
        let start = self.text.len();
        let origin = self.origin[start];
        self.origin.truncate(start);
        Some((c, origin))
    }

    fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    fn replace_last(&mut self, c: char) {
        if let Some((_, origin)) = self.pop() {
            self.push(c, origin);
        }
    }

    fn finish(&mut self, original_length: usize) {
        self.origin.push(original_length as u32);
    }

    /// The byte of the original where the character at byte `at` of the text came from.
    pub(crate) fn origin(&self, at: usize) -> usize {
        self.origin[at] as usize
    }
}

/// Normalises a run of a script without blanks into `out`, which is cleared first.
pub(crate) fn normalize(script: Script, run: &str, out: &mut Normalized) {
    out.clear();
    if script == Script::Thai {
        thai::normalize(run, out);
    } else {
        for (at, c) in run.char_indices() {
            if is_ignorable(c) {
                continue;
            }
            // Decomposed Hangul and Kana, and Burmese letters in two parts.
            match out.last().and_then(|last| compose(last, c)) {
                Some(composed) => out.replace_last(composed),
                None => out.push(c, at as u32),
            }
        }
    }
    out.finish(run.len());
}
