//! Writes words and their costs as the minimal acyclic graph that `mekong-segment` reads; its
//! layout is told in `crates/segment/src/lexicon.rs`.

use std::collections::HashMap;

use anyhow::{Result, ensure};
use mekong_segment::training::lexicon::{END, HEADER_BYTES, MAGIC, TRANSITION_BYTES};
use mekong_segment::training::{FREE, UNITS_PER_NAT};
use mekong_segment::{Script, UserWords};

use crate::double_array::DoubleArray;
use crate::unigram::{UNKNOWN, UNKNOWN_PIECE, Unigram};

/// The file of a teacher's words.
pub(crate) fn build(script: Script, teacher: &Unigram) -> Result<Vec<u8>> {
    // What is longer is a phrase, of which the segmenter does not see the end.
    let costs = teacher.costs();
    let words = costs.filter(|(word, _)| word.len() <= UserWords::MAX_CHARS);
    let words: Vec<(&[u8], u32)> = words
        .map(|(word, nats)| (word, units(nats).into()))
        .collect();
    let mut graph = Graph::default();
    let root = graph.state(&words, 0);

    let mut bytes = Vec::new();
    bytes.extend(MAGIC);
    bytes.extend([script as u8, 0]);
    bytes.extend(units(UNKNOWN).to_le_bytes());
    bytes.extend(units(UNKNOWN_PIECE).to_le_bytes());
    bytes.resize(HEADER_BYTES, 0);
    let transitions = graph.laid_out(root);
    ensure!(
        transitions.len() < 1 << 24,
        "{} transitions are too many",
        transitions.len()
    );
    bytes.extend(transitions.as_flattened());
    Ok(bytes)
}

/// Rounding to sixteenths of a nat lets more words have one end in common. A cost below 0 becomes 0.
fn units(nats: f64) -> u16 {
    (nats * f64::from(UNITS_PER_NAT)).round() as u16
}

/// Where each code leads: to a state, or for [`END`] the cost of the word that ends.
type Transitions = Vec<(u8, u32)>;

/// States of which no two are alike.
#[derive(Default)]
struct Graph {
    states: Vec<Transitions>,
    numbers: HashMap<Transitions, u32>,
}

impl Graph {
    /// The state that leads on to these words; they are sorted and have so many codes in common.
    fn state(&mut self, words: &[(&[u8], u32)], common: usize) -> u32 {
        let mut transitions = Transitions::new();
        let code = |word: &(&[u8], u32)| word.0.get(common).copied();
        for words in words.chunk_by(|a, b| code(a) == code(b)) {
            transitions.push(match code(&words[0]) {
                Some(code) => (code, self.state(words, common + 1)),
                None => (END, words[0].1),
            });
        }
        *self
            .numbers
            .entry(transitions)
            .or_insert_with_key(|transitions| {
                self.states.push(transitions.clone());
                self.states.len() as u32 - 1
            })
    }

    /// The transitions in a double array. States near the root, which are read most, lie close
    /// together.
    fn laid_out(&self, root: u32) -> Vec<[u8; TRANSITION_BYTES]> {
        let mut array = DoubleArray::default();
        let mut bases: HashMap<u32, usize> = HashMap::new();
        let mut queue = vec![root];
        let mut at = 0;
        while let Some(&state) = queue.get(at) {
            at += 1;
            if bases.contains_key(&state) {
                continue;
            }
            let transitions = &self.states[state as usize];
            let codes: Vec<u8> = transitions.iter().map(|&(code, _)| code).collect();
            bases.insert(state, array.place(&codes));
            let onwards = transitions.iter().filter(|&&(code, _)| code != END);
            queue.extend(onwards.map(|&(_, state)| state));
        }
        let mut laid_out = vec![[FREE, 0, 0, 0]; array.len()];
        for (&state, &base) in &bases {
            for &(code, to) in &self.states[state as usize] {
                let value = match code {
                    END => to,
                    _ => bases[&to] as u32,
                };
                let [low, middle, high, _] = value.to_le_bytes();
                laid_out[base ^ code as usize] = [code, low, middle, high];
            }
        }
        laid_out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::word;
    use crate::unigram::Counts;

    #[test]
    fn words_share_what_they_have_in_common() {
        let mut graph = Graph::default();
        let root = graph.state(
            &[(&[1, 2], 7), (&[1, 2, 3], 7), (&[4, 2], 7), (&[4, 2, 3], 7)],
            0,
        );
        // The root, after 1 or 4, after 2, after 3.
        assert_eq!(graph.states.len(), 4);
        assert_eq!(graph.states[root as usize].len(), 2);
    }

    #[test]
    fn the_same_words_give_the_same_bytes() {
        let words = ["ຄົນ", "ລາວ", "ໄປ", "ຄົນລາວ"];
        let words = words.map(|spelling| (word(Script::Lao, spelling).unwrap_or_default(), 1));
        let build = || {
            build(
                Script::Lao,
                &Unigram::new(&Counts::from(words.clone()), 0.0),
            )
            .ok()
        };
        assert!(build().is_some());
        assert_eq!(build(), build());
    }
}
