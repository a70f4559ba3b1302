//! Words of the index that are spelled nearly as a given word.
//!
//! The distance of two words is the number of letters that are put in, left out, replaced, or
//! swapped with their neighbour (optimal string alignment: Damerau, "A technique for computer
//! detection and correction of spelling errors", CACM 1964). In Thai, Lao, Khmer and Burmese
//! letters are counted in two ways, of which the lesser counts: character by character (`ตี` for
//! `ตรี` is one), and with the marks on a consonant as one letter (`กี้` for `กิ่` is one).
//!
//! The term dictionary is walked letter by letter, and left wherever no near word can follow.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use mekong_core::script::joins_letter;
use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::Error;
use crate::dictionary::{self, ByLetters, Counted, Letters};
use crate::scan::Deadline;

/// The longest word that near ones are looked for of, in letters and in bytes.
const MAX_LETTERS: usize = 40;
const MAX_BYTES: usize = 10 * MAX_LETTERS;
/// The largest distance that is looked for.
pub(crate) const MAX_DISTANCE: u8 = 2;
/// So many terms are given at most.
pub(crate) const MAX_TERMS: usize = 50;
/// So many steps are made at most, all segments together: what lies beyond them in the order of
/// the dictionary is not found.
const MAX_STEPS: u32 = 400_000;

/// A term near a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NearTerm {
    pub(crate) text: String,
    /// In letters; 0 is the word itself.
    pub(crate) distance: u8,
    /// How many documents have it, those among them that are deleted but still stored.
    pub(crate) doc_freq: u32,
}

/// The distance at which a word is still likely to be a mistyped other one: 1 from three letters
/// on, 2 from eight. A number means what it says.
pub(crate) fn distance(word: &str) -> u8 {
    if word.chars().any(char::is_numeric) {
        return 0;
    }
    match letters(word).len() {
        0..3 => 0,
        3..8 => 1,
        8..=MAX_LETTERS => MAX_DISTANCE,
        _ => 0,
    }
}

/// The terms of a field at most so far from a word, itself among them; the nearest first, of those
/// the most frequent. The word is folded as the field is.
pub(crate) fn terms(
    searcher: &Searcher,
    field: Field,
    word: &str,
    distance: u8,
    deadline: &Deadline,
) -> Result<Vec<NearTerm>, Error> {
    terms_behind("", searcher, field, word, distance, deadline)
}

/// The same of the terms that begin so, without this beginning.
pub(crate) fn terms_behind(
    beginning: &str,
    searcher: &Searcher,
    field: Field,
    word: &str,
    distance: u8,
    deadline: &Deadline,
) -> Result<Vec<NearTerm>, Error> {
    deadline.check()?;
    let letters = letters(word);
    let is_word = (1..=MAX_LETTERS).contains(&letters.len()) && word.len() <= MAX_BYTES;
    if !is_word {
        return Ok(Vec::new());
    }
    let beginning = beginning.as_bytes();
    let mut distances = HashMap::<Counted, u8>::new();
    let near = SameScript::new(word, NearByCharacters::new(word, distance));
    let near = Behind::new(beginning, near);
    for term in near.terms(searcher, field)? {
        let distance = near.automaton.automaton.dfa.eval(&term.0).to_u8();
        distances.insert(term, distance);
    }
    if letters.len() != word.chars().count() {
        let near = SameScript::new(word, ByLetters(Near::new(&letters, distance)));
        let near = Behind::new(beginning, near);
        for term in near.terms(searcher, field)? {
            let distance = near.automaton.automaton.0.distance_to(&term.0);
            let known = distances.entry(term).or_insert(distance);
            *known = distance.min(*known);
        }
    }
    let terms = distances.into_iter();
    let mut terms: Vec<_> = terms
        .map(|((text, doc_freq), distance)| NearTerm {
            text,
            distance,
            doc_freq,
        })
        .collect();
    terms.sort_by(|a, b| {
        let key = |term: &NearTerm| (term.distance, Reverse(term.doc_freq));
        key(a).cmp(&key(b)).then_with(|| a.text.cmp(&b.text))
    });
    terms.truncate(MAX_TERMS);
    Ok(terms)
}

/// Accepts a beginning as it is, and behind it what another automaton accepts.
struct Behind<'a, A> {
    beginning: &'a [u8],
    automaton: A,
}

impl<'a, A: Automaton> Behind<'a, A>
where
    A::State: Clone,
{
    fn new(beginning: &'a [u8], automaton: A) -> Self {
        Self {
            beginning,
            automaton,
        }
    }

    /// The terms that are accepted, without their beginning.
    fn terms(&self, searcher: &Searcher, field: Field) -> Result<Vec<Counted>, Error> {
        let mut terms = dictionary::matching(searcher, field, self)?;
        for (term, _) in &mut terms {
            term.drain(..self.beginning.len());
        }
        Ok(terms)
    }
}

impl<A: Automaton> Automaton for Behind<'_, A> {
    /// Behind the beginning, or after so many bytes of it; of another one after more than there are.
    type State = Result<A::State, usize>;

    fn start(&self) -> Self::State {
        match self.beginning {
            [] => Ok(self.automaton.start()),
            _ => Err(0),
        }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state
            .as_ref()
            .is_ok_and(|state| self.automaton.is_match(state))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Ok(state) => self.automaton.can_match(state),
            Err(read) => *read < self.beginning.len(),
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Ok(state) => Ok(self.automaton.accept(state, byte)),
            Err(read) if self.beginning.get(*read) != Some(&byte) => Err(usize::MAX),
            Err(read) if read + 1 == self.beginning.len() => Ok(self.automaton.start()),
            Err(read) => Err(read + 1),
        }
    }
}

/// A word letter by letter, each with the marks that belong to it.
pub(crate) fn letters(word: &str) -> Vec<&str> {
    let mut letters = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, c) in word.char_indices() {
        if before.is_some_and(|before| !joins_letter(before, c)) {
            letters.push(&word[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if before.is_some() {
        letters.push(&word[start..]);
    }
    letters
}

/// Accepts of what another automaton accepts only what has no letter of another script: nobody
/// mistypes these, and a dictionary has thousands of characters of Chinese.
///
/// The first byte of a character in UTF-8 tells scripts apart well enough.
struct SameScript<A> {
    automaton: A,
    first_bytes: [bool; 256],
}

impl<A> SameScript<A> {
    fn new(word: &str, automaton: A) -> Self {
        let mut first_bytes = [false; 256];
        for c in word.chars() {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes);
            first_bytes[usize::from(bytes[0])] = true;
        }
        // ASCII is one script; of those with two bytes a character each has few letters; Kana and
        // Chinese characters begin in seven ways, Hangul in four.
        for script in [0..0x80, 0xC0..0xE0, 0xE3..0xEA, 0xEA..0xEE] {
            let has_script = first_bytes[script.clone()].contains(&true);
            first_bytes[script].fill(has_script);
        }
        Self {
            automaton,
            first_bytes,
        }
    }
}

impl<A: Automaton> Automaton for SameScript<A> {
    type State = Option<A::State>;

    fn start(&self) -> Self::State {
        Some(self.automaton.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        let state = state.as_ref();
        state.is_some_and(|state| self.automaton.is_match(state))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        let state = state.as_ref();
        state.is_some_and(|state| self.automaton.can_match(state))
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let is_continued = (0x80..0xC0).contains(&byte);
        let state = state.as_ref();
        let state = state.filter(|_| is_continued || self.first_bytes[usize::from(byte)]);
        state.map(|state| self.automaton.accept(state, byte))
    }
}

/// Accepts the words near one word whose letters are a character each, by table (Schulz and Mihov,
/// "Fast string correction with Levenshtein automata", IJDAR 2002).
struct NearByCharacters {
    dfa: DFA,
    steps_left: Cell<u32>,
}

/// The tables of each distance.
static TABLES: [LazyLock<LevenshteinAutomatonBuilder>; MAX_DISTANCE as usize + 1] = [
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(0, true)),
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true)),
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true)),
];

impl NearByCharacters {
    fn new(word: &str, distance: u8) -> Self {
        Self {
            dfa: TABLES[usize::from(distance.min(MAX_DISTANCE))].build_dfa(word),
            steps_left: Cell::new(MAX_STEPS),
        }
    }
}

impl Automaton for NearByCharacters {
    type State = u32;

    fn start(&self) -> u32 {
        self.dfa.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.dfa.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        let left = self.steps_left.get();
        self.steps_left.set(left.saturating_sub(1));
        *state != SINK_STATE && left > 0
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.dfa.transition(*state, byte)
    }
}

/// More than any distance.
const FAR: u8 = u8::MAX / 2;
/// Distances are kept for prefixes that differ in length by [`MAX_DISTANCE`] at most.
const BAND: usize = 2 * MAX_DISTANCE as usize + 1;
const MIDDLE: usize = MAX_DISTANCE as usize;

/// The distances of so many letters read to the beginnings of the word: the one in the middle to
/// that of the same length.
type Row = [u8; BAND];

/// Accepts the words near one word.
struct Near {
    letters: Vec<Vec<char>>,
    distance: u8,
    steps_left: Cell<u32>,
}

/// What is known after some bytes of a term.
#[derive(Clone, Copy)]
struct State {
    last: Option<char>,
    /// How many letters have been read whole.
    read: usize,
    /// The distances after them, and one letter before.
    row: Row,
    row_before: Row,
    /// The letters of the word that are the last one read whole.
    letter_before: Numbers,
    /// The letters of the word that begin with what has been read of the current one, and how
    /// many characters that is.
    current: Numbers,
    chars: u8,
    /// Those of them that it is if it ends here, and the distances then.
    whole: Numbers,
    row_after: Row,
    /// The distance if the term ends here, and the least one if it does not.
    here: u8,
    least: u8,
}

/// A set of letters of the word, by number.
#[derive(Clone, Copy, Default)]
struct Numbers(u64);

impl Numbers {
    fn contains(self, number: usize) -> bool {
        self.0 >> number & 1 == 1
    }
}

impl Near {
    /// Of at most [`MAX_LETTERS`].
    fn new(letters: &[&str], distance: u8) -> Self {
        let letters = letters.iter();
        Self {
            letters: letters.map(|letter| letter.chars().collect()).collect(),
            distance: distance.min(MAX_DISTANCE),
            steps_left: Cell::new(MAX_STEPS),
        }
    }

    fn distance_to(&self, term: &str) -> u8 {
        let first = self.first();
        let last = term.chars().fold(first, |state, c| self.read(&state, c));
        last.here
    }

    /// The letters of the word that are the current one if it ends here.
    fn whole(&self, state: &State) -> Numbers {
        let is_whole = |&number: &usize| {
            state.current.contains(number) && self.letters[number].len() == usize::from(state.chars)
        };
        let near = 0..self.letters.len().min(state.read + BAND);
        let whole = near
            .skip(state.read.saturating_sub(MIDDLE))
            .filter(is_whole);
        Numbers(whole.fold(0, |set, number| set | 1 << number))
    }

    /// The distances after the current letter, which is any of these.
    fn row_after(&self, state: &State, letter: Numbers) -> Row {
        let mut row = [FAR; BAND];
        for slot in 0..BAND {
            // How much of the word this is the distance to.
            let Some(length) = (state.read + 1 + slot).checked_sub(MIDDLE) else {
                continue;
            };
            if length > self.letters.len() {
                break;
            }
            // A letter that the word does not have.
            let mut least = state.row.get(slot + 1).map_or(FAR, |before| before + 1);
            if let Some(last) = length.checked_sub(1) {
                let is_other = u8::from(!letter.contains(last));
                least = least.min(state.row[slot] + is_other);
                // A letter that is missing.
                if let Some(before) = slot.checked_sub(1) {
                    least = least.min(row[before] + 1);
                }
                if last > 0 && letter.contains(last - 1) && state.letter_before.contains(last) {
                    least = least.min(state.row_before[slot] + 1);
                }
            }
            row[slot] = least.min(FAR);
        }
        row
    }
}

impl Letters for Near {
    type State = State;

    fn first(&self) -> State {
        let mut row = [FAR; BAND];
        for (distance, slot) in (0..).zip(&mut row[MIDDLE..]) {
            *slot = distance;
        }
        State {
            last: None,
            read: 0,
            row,
            row_before: [FAR; BAND],
            letter_before: Numbers::default(),
            current: Numbers::default(),
            chars: 0,
            whole: Numbers::default(),
            row_after: row,
            here: FAR,
            least: 0,
        }
    }

    fn read(&self, state: &State, c: char) -> State {
        self.steps_left.set(self.steps_left.get().saturating_sub(1));
        let mut next = *state;
        if let Some(last) = state.last
            && !joins_letter(last, c)
        {
            next.row = state.row_after;
            next.row_before = state.row;
            next.letter_before = state.whole;
            next.read += 1;
            next.chars = 0;
        }
        let near = next.read.saturating_sub(MIDDLE)..self.letters.len().min(next.read + BAND);
        let begun = near.filter(|&number| {
            (next.chars == 0 || next.current.contains(number))
                && self.letters[number].get(usize::from(next.chars)) == Some(&c)
        });
        next.current = Numbers(begun.fold(0, |set, number| set | 1 << number));
        next.chars = next.chars.saturating_add(1);
        next.last = Some(c);
        if next.current.0 == 0 && next.row.iter().min() >= Some(&self.distance) {
            // Most of what is met: a mistake too many.
            (next.here, next.least) = (FAR, FAR);
            (next.whole, next.row_after) = (Numbers::default(), [FAR; BAND]);
            return next;
        }
        next.whole = self.whole(&next);
        next.row_after = self.row_after(&next, next.whole);
        let end = (self.letters.len() + MIDDLE).checked_sub(next.read + 1);
        let here = end.and_then(|end| next.row_after.get(end));
        next.here = here.copied().unwrap_or(FAR);
        let row = if next.current.0 == next.whole.0 {
            next.row_after
        } else {
            self.row_after(&next, next.current)
        };
        next.least = row.into_iter().min().unwrap_or(FAR);
        next
    }

    fn is_match(&self, state: &State) -> bool {
        state.here <= self.distance
    }

    fn can_match(&self, state: &State) -> bool {
        state.least <= self.distance && self.steps_left.get() > 0
    }
}

#[cfg(test)]
mod tests {
    use mekong_core::{Document, Index, engine};
    use mekong_ingest::Writer;
    use proptest::prelude::*;

    use super::*;

    fn index(texts: &[&str]) -> Index {
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::new(&index).unwrap();
        for (number, text) in texts.iter().enumerate() {
            let document = Document::new(number.to_string()).body(*text);
            writer.upsert(document).unwrap();
            // A segment each.
            writer.commit().unwrap();
        }
        index
    }

    fn near(index: &Index, field: Field, word: &str) -> Vec<(String, u8, u32)> {
        let searcher = engine::searcher(index);
        terms(&searcher, field, word, distance(word), &Deadline::new(None))
            .unwrap()
            .into_iter()
            .map(|term| (term.text, term.distance, term.doc_freq))
            .collect()
    }

    #[test]
    fn mistyped_words_find_those_that_were_meant() {
        let index = index(&[
            "Bộ trưởng Ngoại giao Việt Nam",
            "the minister met journalists; ministers and a monster",
            "ngoại tệ, ngoái lại",
        ]);
        let folded = engine::fields(&index).folded;
        for (typed, expected) in [
            ("ngoai", &[("ngoai", 0, 2)][..]),
            // One letter wrong, missing, too many, swapped with the next.
            ("trupng", &[("truong", 1, 1)]),
            ("trung", &[("truong", 1, 1)]),
            ("truuong", &[("truong", 1, 1)]),
            ("vite", &[("viet", 1, 1)]),
            // Two from eight letters on.
            (
                "minsterr",
                &[("minister", 2, 1), ("ministers", 2, 1), ("monster", 2, 1)],
            ),
            ("mniisters", &[("ministers", 1, 1), ("minister", 2, 1)]),
            ("minitse", &[]),
            // Two letters are too few, and numbers are what they are.
            ("na", &[]),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|&(text, distance, count)| (text.to_owned(), distance, count))
                .collect();
            assert_eq!(near(&index, folded, typed), expected, "{typed}");
        }
        assert_eq!(distance("2025"), 0);
    }

    #[test]
    fn a_cluster_is_one_letter() {
        for (word, expected) in [
            ("ที่ทำ", &["ที่", "ทำ"][..]),
            ("เวียดนาม", &["เ", "วี", "ย", "ด", "น", "า", "ม"]),
            ("ນ້ຳ", &["ນ້ຳ"]),
            ("ស្ត្រី", &["ស្ត្រី"]),
            ("မြန်မာ", &["မြ", "န်", "မာ"]),
            ("việt", &["v", "i", "ệ", "t"]),
            ("", &[]),
        ] {
            assert_eq!(letters(word), expected, "{word}");
        }
    }

    fn distance_between(a: &str, b: &str) -> u8 {
        Near::new(&letters(a), MAX_DISTANCE).distance_to(b)
    }

    #[test]
    fn mistyped_clusters_find_those_that_were_meant() {
        let index = index(&["กระทรวง", "มนตรี", "ກະຊວງ", "ក្រសួង", "ဝန်ကြီး"]);
        let unspaced = engine::fields(&index).unspaced;
        for (typed, expected) in [
            ("กระทวง", "กระทรวง"),
            ("กระทรวย", "กระทรวง"),
            ("กะทรวง", "กระทรวง"),
            ("กระทวรง", "กระทรวง"),
            ("มนตี", "มนตรี"),
        ] {
            let found = near(&index, unspaced, typed);
            assert_eq!(found, [(expected.to_owned(), 1, 1)], "{typed}");
        }
        // Vowel and tone of one letter.
        assert_eq!(distance_between("กี้", "กิ่"), 1);
        assert_eq!(distance_between("ក្រសួង", "ក្រសូង"), 1);
        assert_eq!(distance_between("ကြီး", "ကီး"), 1);
    }

    /// The distance by the definition, all of the table.
    fn slow_distance(a: &str, b: &str) -> usize {
        let (a, b) = (letters(a), letters(b));
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (i, 0) => i,
                    (0, j) => j,
                    (i, j) => {
                        let mut least = (table[i - 1][j] + 1)
                            .min(table[i][j - 1] + 1)
                            .min(table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            least = least.min(table[i - 2][j - 2] + 1);
                        }
                        least
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_definition(
            word in "[abc]{1,9}|[กขเา่]{1,9}|[กមြ္်]{1,6}",
            term in "[abc]{1,9}|[กขเา่]{1,9}|[กមြ္်]{1,6}",
        ) {
            let near = Near::new(&letters(&word), MAX_DISTANCE);
            let slow = slow_distance(&word, &term);
            if word.is_ascii() && term.is_ascii() {
                let by_characters = NearByCharacters::new(&word, MAX_DISTANCE);
                let distance = by_characters.dfa.eval(&term).to_u8();
                prop_assert_eq!(usize::from(distance), slow.min(3));
            }
            let last = term.chars().fold(near.first(), |state, c| near.read(&state, c));
            prop_assert_eq!(near.is_match(&last), slow <= 2);
            if slow <= 2 {
                prop_assert_eq!(usize::from(near.distance_to(&term)), slow);
            }
            // Nothing near was given up on the way.
            let mut state = near.first();
            for c in term.chars() {
                prop_assert!(near.can_match(&state) || slow > 2);
                state = near.read(&state, c);
            }
        }
    }
}
