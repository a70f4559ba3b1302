//! Writes a student as the automaton that `mekong-segment` reads; its layout is told in
//! `crates/segment/src/model.rs`.

use std::collections::VecDeque;

use anyhow::{Result, ensure};
use mekong_segment::Script;
use mekong_segment::training::{CODES, FREE, HEADER_BYTES, LANES, MAGIC, UNITS_PER_NAT};

use crate::double_array::{BLOCK, DoubleArray};
use crate::student::Student;

const ROOT: usize = 0;

/// A state of the automaton: an n-gram.
struct State {
    code: u8,
    children: Vec<(u8, usize)>,
    /// The state of the longest proper suffix that there is.
    suffix: usize,
    /// What the n-gram and all its suffixes say together.
    weights: [f32; LANES],
}

impl State {
    fn new(code: u8) -> Self {
        Self {
            code,
            children: Vec::new(),
            suffix: ROOT,
            weights: [0.0; LANES],
        }
    }
}

/// The model file of a student.
pub(crate) fn build(script: Script, student: &Student) -> Result<Vec<u8>> {
    ensure!(
        student.shape.lanes() == LANES,
        "a model has {LANES} lanes, not {}",
        student.shape.lanes()
    );
    let mut states = trie(student);
    let order = link(&mut states);
    let (slots, bases) = place(&states, &order);

    let mut bytes = Vec::new();
    bytes.extend(MAGIC);
    bytes.push(script as u8);
    bytes.push(student.shape.after as u8);
    bytes.extend(units(student.bias).to_le_bytes());
    bytes.resize(HEADER_BYTES, 0);

    let length = slots.iter().max().map_or(0, |last| last / BLOCK + 1) * BLOCK;
    ensure!(length < 1 << 24, "{length} places are too many");
    let mut transitions = vec![[FREE, 0, 0, 0]; length];
    let mut suffixes = vec![[0; 4]; length];
    let mut weights = vec![[0; LANES]; length];
    for (id, state) in states.iter().enumerate().filter(|&(id, _)| id != ROOT) {
        // What has no children goes on as its longest suffix that has some would.
        let inner = if state.children.is_empty() {
            parent_suffix(&states, id)
        } else {
            id
        };
        let suffix = parent_suffix(&states, inner);
        let base = (bases[inner] as u32).to_le_bytes();
        transitions[slots[id]] = [state.code, base[0], base[1], base[2]];
        suffixes[bases[inner]] = (bases[suffix] as u32).to_le_bytes();
        weights[slots[id]] = state.weights.map(|weight| {
            let unit = (weight * UNITS_PER_NAT).round().clamp(-127.0, 127.0);
            (unit as i8) as u8
        });
    }
    bytes.extend(transitions.as_flattened());
    bytes.extend(suffixes.as_flattened());
    bytes.extend(weights.as_flattened());
    Ok(bytes)
}

fn units(nats: f32) -> i16 {
    (nats * UNITS_PER_NAT).round() as i16
}

/// The n-grams and all single codes as a tree, every one with its own weights, the oldest
/// boundary first.
fn trie(student: &Student) -> Vec<State> {
    let mut states = vec![State::new(FREE)];
    for (code, child) in (0..CODES as u8).zip(1..) {
        states[ROOT].children.push((code, child));
        states.push(State::new(code));
    }
    for (gram, weights) in student.grams() {
        let mut at = ROOT;
        for &code in &gram {
            let found = states[at].children.iter().find(|child| child.0 == code);
            at = match found {
                Some(&(_, child)) => child,
                None => {
                    states.push(State::new(code));
                    let child = states.len() - 1;
                    states[at].children.push((code, child));
                    child
                }
            };
        }
        for (lane, &weight) in weights.iter().rev().enumerate() {
            states[at].weights[lane] = weight;
        }
    }
    states
}

/// Links every state to its suffix and adds the weights of its suffixes to its own. Gives the
/// states in the order of their lengths.
fn link(states: &mut [State]) -> Vec<usize> {
    let mut order = Vec::with_capacity(states.len());
    let mut queue = VecDeque::from([ROOT]);
    while let Some(id) = queue.pop_front() {
        order.push(id);
        for (code, child) in states[id].children.clone() {
            let mut suffix = states[id].suffix;
            if id != ROOT {
                states[child].suffix = loop {
                    if let Some(&(_, next)) = states[suffix].children.iter().find(|c| c.0 == code) {
                        break next;
                    }
                    if suffix == ROOT {
                        break ROOT;
                    }
                    suffix = states[suffix].suffix;
                };
            }
            let of_suffix = states[states[child].suffix].weights;
            for (weight, more) in states[child].weights.iter_mut().zip(of_suffix) {
                *weight += more;
            }
            queue.push_back(child);
        }
    }
    order
}

/// The longest proper suffix of a state that has children; the root's is the root.
fn parent_suffix(states: &[State], id: usize) -> usize {
    let mut suffix = states[id].suffix;
    while suffix != ROOT && states[suffix].children.is_empty() {
        suffix = states[suffix].suffix;
    }
    suffix
}

/// Finds each state's slot and base: the child of a code lies at base XOR code. Short n-grams,
/// which are read most, come first and so lie close together.
fn place(states: &[State], order: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut slots = vec![ROOT; states.len()];
    let mut bases = vec![0; states.len()];
    let mut array = DoubleArray::default();
    for &id in order {
        let children = &states[id].children;
        if children.is_empty() {
            continue;
        }
        let codes: Vec<u8> = children.iter().map(|&(code, _)| code).collect();
        bases[id] = array.place(&codes);
        for &(code, child) in children {
            slots[child] = bases[id] ^ code as usize;
        }
    }
    (slots, bases)
}
