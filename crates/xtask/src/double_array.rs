//! Double arrays: the transition from a state by a code lies at the state's base XOR the code.

/// Codes are smaller than this, and so the transitions of a state lie in one block of this size.
pub(crate) const BLOCK: usize = 128;
/// So many of the last blocks are searched for room; those before them are as good as full.
const SEARCHED: usize = 64;

/// Finds room for the transitions of states.
#[derive(Default)]
pub(crate) struct DoubleArray {
    blocks: Vec<Block>,
}

impl DoubleArray {
    /// A base that no other state has, at which there is room for transitions by these codes; 0 if
    /// it is the first.
    pub(crate) fn place(&mut self, codes: &[u8]) -> usize {
        let first = self.blocks.len().saturating_sub(SEARCHED);
        let searched = self.blocks.iter_mut().enumerate().skip(first);
        for (at, block) in searched {
            if let Some(base) = block.take(codes) {
                return at * BLOCK + base;
            }
        }
        let mut block = Block::default();
        let base = block.take(codes).unwrap_or_default();
        self.blocks.push(block);
        (self.blocks.len() - 1) * BLOCK + base
    }

    /// How many slots there are.
    pub(crate) fn len(&self) -> usize {
        self.blocks.len() * BLOCK
    }
}

/// Which slots of a block are taken, and which serve as a base.
#[derive(Default)]
struct Block {
    used: u128,
    bases: u128,
}

impl Block {
    /// Takes a base of its own at which all these transitions find room.
    fn take(&mut self, codes: &[u8]) -> Option<usize> {
        let slots = |base: usize| {
            codes
                .iter()
                .fold(0, |slots, &code| slots | 1_u128 << (base ^ code as usize))
        };
        let base =
            (0..BLOCK).find(|&base| self.bases >> base & 1 == 0 && self.used & slots(base) == 0)?;
        self.used |= slots(base);
        self.bases |= 1 << base;
        Some(base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_states_share_a_base_or_a_slot() {
        let mut array = DoubleArray::default();
        let states: [&[u8]; 5] = [&[1, 2, 3], &[1], &[0, 127], &[1, 2, 3], &[5]];
        let states = states.repeat(40);
        let bases: Vec<usize> = states.iter().map(|codes| array.place(codes)).collect();
        assert_eq!(bases[0], 0);
        let slots = states.iter().zip(&bases);
        let slots =
            slots.flat_map(|(codes, base)| codes.iter().map(move |&code| base ^ code as usize));
        for mut numbers in [bases.clone(), slots.collect()] {
            let count = numbers.len();
            numbers.sort();
            numbers.dedup();
            assert_eq!(numbers.len(), count);
            assert!(numbers.iter().all(|&number| number < array.len()));
        }
    }
}
