//! The cheapest words that make up a run (Viterbi's rule over single words), a window at a time.

use crate::cluster::{Class, Window, classes, code};
use crate::lexicon::Lexicon;
use crate::script::Script;
use crate::user::UserWords;

/// Characters that are looked at together.
const LENGTH: usize = 192;
/// So many characters after a boundary are known when it is decided. No word is longer.
const AHEAD: usize = UserWords::MAX_CHARS;
/// What a way costs that there is none of.
const NO_WAY: i32 = i32::MAX / 4;

/// What the words of a run are found with.
#[derive(Clone, Copy)]
pub(crate) struct Costs<'a> {
    pub(crate) script: Script,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) user: Option<&'a UserWords>,
}

/// A boundary that is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    /// Byte of the run.
    pub(crate) at: usize,
    /// Characters of the run before it.
    pub(crate) index: usize,
    /// What parting here saves over not parting, in sixteenths of a nat.
    pub(crate) strength: i16,
}

/// The part of a run whose words are being found. It begins where one of the cheapest words does.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    codes: [u8; LENGTH],
    /// Bytes of the run where characters began.
    starts: [usize; LENGTH],
    /// Whether a word may begin before a character, as far as that is known.
    allowed: [bool; LENGTH],
    strengths: [i16; LENGTH],
    classes: Window,
    /// Characters in the window.
    length: usize,
    /// Characters of the run before the window.
    passed: usize,
    /// Whether the window holds the end of the run.
    is_last: bool,
    /// The boundary to give out next, and the one where the next window begins.
    next: usize,
    end: usize,
}

impl Lattice {
    pub(crate) const fn new() -> Self {
        Self {
            codes: [0; LENGTH],
            starts: [0; LENGTH],
            allowed: [false; LENGTH],
            strengths: [0; LENGTH],
            classes: Window::NEW,
            length: 0,
            passed: 0,
            is_last: false,
            next: 1,
            end: 0,
        }
    }

    /// Makes ready for another run.
    pub(crate) fn clear(&mut self) {
        self.classes = Window::NEW;
        (self.length, self.passed, self.is_last) = (0, 0, false);
        (self.next, self.end) = (1, 0);
    }

    /// Characters of the run that have been read.
    pub(crate) fn read(&self) -> usize {
        self.passed + self.length
    }

    /// The next boundary that is at least so strong. `run` gives the characters that have not
    /// been read, each with the byte that it began at.
    #[inline]
    pub(crate) fn next(
        &mut self,
        costs: Costs<'_>,
        run: &mut impl Iterator<Item = (char, usize)>,
        least: i16,
    ) -> Option<Decided> {
        loop {
            while self.next <= self.end {
                let at = self.next;
                self.next += 1;
                if at < self.length && self.allowed[at] && self.strengths[at] >= least {
                    return Some(Decided {
                        at: self.starts[at],
                        index: self.passed + at,
                        strength: self.strengths[at],
                    });
                }
            }
            if self.is_last {
                return None;
            }
            self.move_on();
            self.fill(costs.script, run);
            self.decide(costs);
        }
    }

    /// Begins a window where the last one ends.
    fn move_on(&mut self) {
        let (from, to) = (self.end, self.length);
        self.codes.copy_within(from..to, 0);
        self.starts.copy_within(from..to, 0);
        self.allowed.copy_within(from..to, 0);
        self.passed += from;
        self.length = to - from;
        self.next = 1;
    }

    /// Reads characters as far as there is room.
    fn fill(&mut self, script: Script, run: &mut impl Iterator<Item = (char, usize)>) {
        let classes = classes(script);
        while self.length < LENGTH {
            let Some((c, start)) = run.next() else {
                self.is_last = true;
                for at in self.length..self.length + Window::AHEAD {
                    self.push(at, Class::Other);
                }
                return;
            };
            let (at, code) = (self.length, code(script, c));
            self.codes[at] = code;
            self.starts[at] = start;
            self.allowed[at] = false;
            self.length += 1;
            self.push(at, classes[usize::from(code) % 128]);
        }
    }

    /// Takes the class of a character, by which the boundary before an earlier one is allowed.
    #[inline]
    fn push(&mut self, at: usize, class: Class) {
        self.classes = self.classes.push(class);
        if let Some(at) = at.checked_sub(Window::AHEAD) {
            self.allowed[at] = self.classes.may_break();
        }
    }

    /// Calls `word` with the end and the cost of every word that begins at `start`.
    #[inline]
    fn words_from(&self, costs: Costs<'_>, start: usize, mut word: impl FnMut(usize, i32)) {
        let codes = &self.codes[start..self.length];
        let may_end = |end: usize| end == self.length || self.allowed[end];
        let mut state = costs.lexicon.root();
        for (end, &code) in (start + 1..).zip(codes) {
            match state.next(code) {
                Some(next) => state = next,
                None => break,
            }
            if may_end(end)
                && let Some(cost) = state.cost()
            {
                word(end, cost);
            }
        }
        if let Some(user) = costs.user
            && let Some((length, bonus)) = user.longest(costs.script, codes.iter().copied())
            && may_end(start + length)
        {
            word(start + length, costs.lexicon.unknown() - i32::from(bonus));
        }
    }

    /// Finds the cheapest words, how strong each boundary is, and up to where that is settled.
    fn decide(&mut self, costs: Costs<'_>) {
        let length = self.length;
        let (unknown, piece) = (costs.lexicon.unknown(), costs.lexicon.unknown_piece());
        // The cheapest way to a boundary, that within a word that is not listed, and where the
        // last word of each begins.
        let mut before = [NO_WAY; LENGTH + 1];
        let mut within = [NO_WAY; LENGTH + 1];
        let mut last_word = [0_u8; LENGTH + 1];
        let mut last_unknown = 0;
        before[0] = 0;
        let mut start = 0;
        while start < length {
            let so_far = before[start];
            self.words_from(costs, start, |end, cost| {
                if so_far + cost < before[end] {
                    before[end] = so_far + cost;
                    last_word[end] = start as u8;
                }
            });
            let next = self.next_allowed(start);
            if so_far + unknown <= within[start] {
                last_unknown = start as u8;
            }
            within[next] = within[start].min(so_far + unknown) + piece;
            if within[next] < before[next] {
                before[next] = within[next];
                last_word[next] = last_unknown;
            }
            start = next;
        }
        // The cheapest way from a boundary to the end, that within a word that is not listed, and
        // the cheapest from end to end that passes over a boundary.
        let mut after = [NO_WAY; LENGTH + 1];
        let mut over = [NO_WAY; LENGTH + 1];
        let mut onwards = 0;
        after[length] = 0;
        for start in (0..length).rev() {
            if start > 0 && !self.allowed[start] {
                continue;
            }
            onwards += piece;
            let mut cheapest = unknown + onwards;
            self.words_from(costs, start, |end, cost| {
                let from_here = cost + after[end];
                cheapest = cheapest.min(from_here);
                let whole = before[start] + from_here;
                for over in &mut over[start + 1..end] {
                    *over = whole.min(*over);
                }
            });
            over[start] = over[start].min(within[start] + onwards);
            after[start] = cheapest;
            onwards = onwards.min(cheapest);
        }
        // What lies on the cheapest way is not weak, whatever costs the same.
        for at in 1..length {
            let saved = over[at] - before[at] - after[at];
            self.strengths[at] = saved.clamp(i16::MIN.into(), -1) as i16;
        }
        let mut settled = 0;
        let mut at = usize::from(last_word[length]);
        while at > 0 {
            let saved = over[at] - before[at] - after[at];
            // Never as good as certain.
            self.strengths[at] = saved.clamp(0, i32::from(i16::MAX) - 1) as i16;
            if settled == 0 && at + AHEAD <= length {
                settled = at;
            }
            at = usize::from(last_word[at]);
        }
        self.end = if self.is_last {
            length
        } else if settled > 0 {
            settled
        } else {
            // A word without an end in sight goes on from any place.
            let known = LENGTH - AHEAD;
            (1..=known).rfind(|&at| self.allowed[at]).unwrap_or(known)
        };
    }

    /// The next boundary that is allowed, or the end of the window.
    #[inline]
    fn next_allowed(&self, at: usize) -> usize {
        let rest = &self.allowed[at + 1..self.length];
        let next = rest.iter().position(|&allowed| allowed);
        next.map_or(self.length, |next| at + 1 + next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::khmer;
    use crate::lexicon::tests::words;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const COSTS: Costs<'static> = Costs {
        script: Script::Khmer,
        lexicon: const { &khmer::LEXICON },
        user: None,
    };

    /// The listed words as they are spelt.
    static WORDS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
        let mut letters = [' '; 128];
        for c in '\u{1780}'..'\u{1800}' {
            letters[usize::from(code(Script::Khmer, c))] = c;
        }
        let spelt = |word: Vec<u8>| {
            word.iter()
                .map(|&code| letters[usize::from(code)])
                .collect()
        };
        words(COSTS.lexicon).into_iter().map(spelt).collect()
    });

    fn run_of_words(places: &[usize]) -> Vec<char> {
        let words = places.iter().map(|place| &WORDS[place % WORDS.len()]);
        words.flatten().copied().collect()
    }

    fn decided(run: &[char], least: i16) -> Vec<Decided> {
        let mut chars = run.iter().enumerate().map(|(at, &c)| (c, at));
        let mut lattice = Lattice::new();
        let found: Vec<_> = std::iter::from_fn(|| lattice.next(COSTS, &mut chars, least)).collect();
        assert_eq!(lattice.read(), run.len());
        found
    }

    /// What the cheapest words cost that make up the whole run, of those that may stand from one
    /// character to another.
    fn cheapest(run: &[char], may_stand: impl Fn(usize, usize) -> bool) -> i32 {
        let codes: Vec<u8> = run.iter().map(|&c| code(COSTS.script, c)).collect();
        let classes = codes
            .iter()
            .map(|&code| classes(COSTS.script)[usize::from(code)]);
        let classes: Vec<Class> = classes.collect();
        let len = codes.len();
        let allowed = |at| at == 0 || at == len || Window::around(&classes, at).may_break();
        let mut best = vec![NO_WAY; len + 1];
        best[0] = 0;
        for start in (0..len).filter(|&start| allowed(start)) {
            let mut unknown = COSTS.lexicon.unknown();
            let mut state = Some(COSTS.lexicon.root());
            for end in start + 1..=len {
                state = state.and_then(|state| state.next(codes[end - 1]));
                if allowed(end) {
                    unknown += COSTS.lexicon.unknown_piece();
                    let listed = state.and_then(|state| state.cost());
                    let cost = best[start] + unknown.min(listed.unwrap_or(NO_WAY));
                    if may_stand(start, end) {
                        best[end] = best[end].min(cost);
                    }
                }
            }
        }
        best[len]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_window_at_a_time_finds_what_the_whole_run_would(
            places in prop::collection::vec(any::<usize>(), 1..80),
        ) {
            let run = run_of_words(&places);
            let mut parts = vec![false; run.len() + 1];
            for found in decided(&run, 0) {
                parts[found.index] = true;
            }
            // Of words that cost the same, any will do.
            let found = |start: usize, end: usize| {
                (start == 0 || parts[start])
                    && (end == run.len() || parts[end])
                    && !parts[start + 1..end].contains(&true)
            };
            prop_assert_eq!(cheapest(&run, found), cheapest(&run, |_, _| true));
        }

        #[test]
        fn strength_is_what_parting_saves(places in prop::collection::vec(any::<usize>(), 1..6)) {
            let run = run_of_words(&places);
            for found in decided(&run[..run.len().min(40)], i16::MIN) {
                let run = &run[..run.len().min(40)];
                let at = found.index;
                let parts = cheapest(run, |start, end| !(start < at && at < end));
                let whole = cheapest(run, |start, end| start != at && end != at);
                let saved = whole - parts;
                let is_tie = saved == 0 && found.strength == -1;
                prop_assert!(is_tie || i32::from(found.strength) == saved);
            }
        }

        #[test]
        fn any_letters_are_read_to_the_end(
            run in prop::collection::vec(prop::char::range('\u{1780}', '\u{17D2}'), 0..500),
        ) {
            let found = decided(&run, i16::MIN);
            prop_assert!(found.is_sorted_by_key(|found| found.index));
            prop_assert!(found.iter().all(|found| found.at == found.index));
        }
    }

    #[test]
    fn a_run_without_any_boundary_is_one_word() {
        let run: Vec<char> = "ក"
            .chars()
            .chain(std::iter::repeat_n('\u{17B6}', 1000))
            .collect();
        assert_eq!(decided(&run, i16::MIN), []);
    }
}
