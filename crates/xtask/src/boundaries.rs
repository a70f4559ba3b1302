//! The teacher of Thai: a score for every possible boundary, from the characters around it, what
//! the dictionary holds there, and how the cheapest dictionary words would cut the run.

use mekong_segment::Script;
use mekong_segment::training::classes;

use crate::dictionary::Dictionary;
use crate::gold::GoldRun;
use crate::logistic::{Examples, FEATURE_BITS, Logistic};
use crate::run::Run;
use crate::teacher::Teacher;

/// How many characters on each side are looked at.
const WINDOW: isize = 4;
/// Characters of the longest n-gram; of the longest n-gram of classes.
const LONGEST_GRAM: isize = 4;
const LONGEST_CLASS_GRAM: isize = 6;
/// A word of this many characters is as good as a longer one.
const LONGEST_HIT: usize = 12;
/// What a word costs that the dictionary lacks, and each of its characters, in nats.
const UNKNOWN: f32 = 14.0;
const UNKNOWN_CHARACTER: f32 = 1.5;
/// In pieces that no boundary may cut.
const LONGEST_UNKNOWN: usize = 4;

pub(crate) struct BoundaryTeacher<'d> {
    dictionary: &'d Dictionary,
    model: Logistic,
}

impl<'d> BoundaryTeacher<'d> {
    /// Learns from runs, each with its weight.
    pub(crate) fn train<'g>(
        dictionary: &'d Dictionary,
        gold: impl Iterator<Item = (&'g GoldRun, f32)>,
    ) -> Self {
        let mut examples = Examples::default();
        for (gold, weight) in gold {
            View::new(dictionary, &gold.run).each(|at, features| {
                examples.push(features, f32::from(u8::from(gold.starts[at])), weight);
            });
        }
        Self {
            dictionary,
            model: Logistic::train(&examples),
        }
    }
}

impl Teacher for BoundaryTeacher<'_> {
    fn probabilities(&self, run: &Run) -> Vec<f32> {
        let mut probabilities = vec![f32::NAN; run.len()];
        View::new(self.dictionary, run).each(|at, features| {
            probabilities[at] = self.model.probability(features);
        });
        probabilities
    }
}

/// The longest entries of the dictionary at a place, in characters.
#[derive(Clone, Copy, Default)]
struct Hits {
    begins: u8,
    ends: u8,
    spans: u8,
    /// How common that is which begins here, and that which ends here.
    begins_band: u8,
    ends_band: u8,
}

/// What is known of a place.
#[derive(Clone, Copy, Default)]
struct Place {
    words: Hits,
    names: Hits,
    /// Whether one of the cheapest words begins here.
    is_cheapest: bool,
}

impl Place {
    fn hits(&mut self, is_name: bool) -> &mut Hits {
        if is_name {
            &mut self.names
        } else {
            &mut self.words
        }
    }
}

/// A run as the model sees it.
struct View<'r> {
    run: &'r Run,
    classes: Vec<u8>,
    places: Vec<Place>,
}

impl<'r> View<'r> {
    fn new(dictionary: &Dictionary, run: &'r Run) -> Self {
        let class = |&code: &u8| classes(Script::Thai)[usize::from(code) & 127] as u8;
        let mut view = Self {
            run,
            classes: run.codes.iter().map(class).collect(),
            places: vec![Place::default(); run.len() + 1],
        };
        view.look_up(dictionary);
        view
    }

    /// Notes every entry of the dictionary, and the cheapest words by Viterbi's rule.
    fn look_up(&mut self, dictionary: &Dictionary) {
        let run = self.run;
        let mut best = vec![f32::INFINITY; run.len() + 1];
        let mut previous = vec![0; run.len() + 1];
        best[0] = 0.0;
        for start in (0..run.len()).filter(|&start| run.allowed[start]) {
            let so_far = best[start];
            let mut reach = |end: usize, cost: f32| {
                if so_far + cost < best[end] {
                    best[end] = so_far + cost;
                    previous[end] = start;
                }
            };
            for (pieces, end) in (1..).zip(run.ends(start)) {
                let length = end - start;
                if pieces > LONGEST_UNKNOWN && length > dictionary.longest() {
                    break;
                }
                if pieces <= LONGEST_UNKNOWN {
                    reach(end, UNKNOWN + UNKNOWN_CHARACTER * length as f32);
                }
                if let Some(entry) = dictionary.get(&run.codes[start..end]) {
                    reach(end, entry.cost);
                    self.note(start, end, entry.is_name, entry.band);
                }
            }
        }
        let mut end = run.len();
        while end > 0 {
            end = previous[end];
            self.places[end].is_cheapest = true;
        }
    }

    /// Notes an entry of the dictionary.
    fn note(&mut self, start: usize, end: usize, is_name: bool, band: u8) {
        let length = (end - start).min(LONGEST_HIT) as u8;
        let begin = self.places[start].hits(is_name);
        if length > begin.begins {
            (begin.begins, begin.begins_band) = (length, band);
        }
        let stop = self.places[end].hits(is_name);
        if length > stop.ends {
            (stop.ends, stop.ends_band) = (length, band);
        }
        for place in &mut self.places[start + 1..end] {
            let spans = &mut place.hits(is_name).spans;
            *spans = length.max(*spans);
        }
    }

    /// Calls `case` with every place where a boundary may stand, and its features.
    fn each(&self, mut case: impl FnMut(usize, &[u32])) {
        let mut features = Vec::new();
        for at in (1..self.run.len()).filter(|&at| self.run.allowed[at]) {
            features.clear();
            let mut add = |kind, value| features.push(feature(kind, value));
            self.character_features(at as isize, &mut add);
            self.dictionary_features(at, &mut add);
            self.cheapest_features(at, &mut add);
            case(at, &features);
        }
    }

    /// What characters, and classes of characters, stand around the boundary.
    fn character_features(&self, at: isize, add: &mut impl FnMut(Kind, u64)) {
        let code = |at: isize| beside(&self.run.codes, at, 0);
        let class = |at: isize| beside(&self.classes, at, 15);
        for length in 1..=LONGEST_GRAM {
            for from in -WINDOW..=WINDOW - length {
                let gram = (from..from + length).fold(0, |gram, i| gram << 7 | code(at + i));
                add(Kind::Characters(length, from), gram);
            }
        }
        for length in 2..=LONGEST_CLASS_GRAM {
            for from in -WINDOW..=WINDOW - length {
                let gram = (from..from + length).fold(0, |gram, i| gram << 4 | class(at + i));
                add(Kind::Classes(length, from), gram);
            }
        }
    }

    /// Which words and names begin, end or span here.
    fn dictionary_features(&self, at: usize, add: &mut impl FnMut(Kind, u64)) {
        for (is_name, hits) in [
            (false, self.places[at].words),
            (true, self.places[at].names),
        ] {
            let (begins, ends, spans) = (hits.begins.into(), hits.ends.into(), hits.spans.into());
            add(Kind::Begins(is_name), begins);
            add(Kind::Ends(is_name), ends);
            add(Kind::Spans(is_name), spans);
            add(Kind::Hits(is_name), pack(&[begins, ends, spans]));
            if !is_name {
                let (begins_band, ends_band) = (hits.begins_band.into(), hits.ends_band.into());
                add(Kind::BeginsBand, pack(&[begins, begins_band]));
                add(Kind::EndsBand, pack(&[ends, ends_band]));
                add(Kind::Bands, pack(&[begins_band, ends_band, spans]));
            }
        }
    }

    /// Whether one of the cheapest words begins here, and which words they are.
    fn cheapest_features(&self, at: usize, add: &mut impl FnMut(Kind, u64)) {
        let len = self.run.len();
        let here = u64::from(self.places[at].is_cheapest);
        let starts = |at: usize| at < len && self.places[at].is_cheapest;
        let pattern = (at + 1..at + 8).map(|i| i > 4 && starts(i - 4));
        let pattern = pattern.fold(0, |pattern, start| pattern << 1 | u64::from(start));
        add(Kind::CheapestPattern, pattern);
        add(Kind::Cheapest, here);
        let before = (0..at).rev().find(|&i| starts(i)).unwrap_or(0);
        let after = (at + 1..len).find(|&i| starts(i)).unwrap_or(len);
        let before = &self.run.codes[before.max(at.saturating_sub(LONGEST_HIT))..at];
        let after = &self.run.codes[at..after.min(at + LONGEST_HIT)];
        let hash = |word: &[u8]| {
            word.iter()
                .fold(here, |hash, &code| mix(hash + u64::from(code)))
        };
        add(Kind::WordBefore, hash(before));
        add(Kind::WordAfter, hash(after));
        add(Kind::WordPair, mix(hash(before)) ^ hash(after));
    }
}

/// The item at a place, `edge` beyond the ends.
fn beside(items: &[u8], at: isize, edge: u64) -> u64 {
    let item = usize::try_from(at).ok().and_then(|at| items.get(at));
    item.map_or(edge, |&item| item.into())
}

/// Small numbers as one.
fn pack(numbers: &[u64]) -> u64 {
    numbers
        .iter()
        .fold(0, |packed, number| packed << 8 | number)
}

/// What a feature tells of. The numbers are a length and the distance from the boundary.
#[derive(Clone, Copy)]
enum Kind {
    Characters(isize, isize),
    Classes(isize, isize),
    Begins(bool),
    Ends(bool),
    Spans(bool),
    Hits(bool),
    BeginsBand,
    EndsBand,
    Bands,
    CheapestPattern,
    Cheapest,
    WordBefore,
    WordAfter,
    WordPair,
}

impl Kind {
    fn number(self) -> u64 {
        let placed = |length: isize, from: isize| (length * 16 + from + WINDOW) as u64;
        match self {
            Self::Characters(length, from) => 256 + placed(length, from),
            Self::Classes(length, from) => 512 + placed(length, from),
            Self::Begins(is_name) => u64::from(is_name),
            Self::Ends(is_name) => 2 + u64::from(is_name),
            Self::Spans(is_name) => 4 + u64::from(is_name),
            Self::Hits(is_name) => 6 + u64::from(is_name),
            Self::BeginsBand => 8,
            Self::EndsBand => 9,
            Self::Bands => 10,
            Self::CheapestPattern => 11,
            Self::Cheapest => 12,
            Self::WordBefore => 13,
            Self::WordAfter => 14,
            Self::WordPair => 15,
        }
    }
}

/// The number of a feature. Two may share one, which happens too rarely to matter.
fn feature(kind: Kind, value: u64) -> u32 {
    (mix(mix(value) ^ kind.number()) >> (64 - FEATURE_BITS)) as u32
}

fn mix(value: u64) -> u64 {
    let value = (value ^ value >> 32)
        .wrapping_add(1)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    value ^ value >> 29
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold;
    use crate::teacher::starts;

    #[test]
    fn it_learns_what_it_is_shown_and_respects_the_mask() {
        let dictionary = Dictionary::of(&[("ผม", 10), ("กิน", 10), ("ข้าว", 10), ("น้ำ", 10)]);
        let lines = "ผม\u{1f}กิน\u{1f}ข้าว\nผม\u{1f}ดื่ม\u{1f}น้ำ\nกิน\u{1f}น้ำ\n";
        let sentences = gold::sentences(Script::Thai, lines).into_iter();
        let gold: Vec<_> = sentences.flat_map(|sentence| sentence.runs).collect();
        let shown = gold.iter().map(|run| (run, 1.0));
        let teacher = BoundaryTeacher::train(&dictionary, shown);
        for gold in &gold {
            let probabilities = teacher.probabilities(&gold.run);
            assert_eq!(starts(&probabilities, 0.5), gold.starts);
            for (at, probability) in probabilities.iter().enumerate() {
                assert_eq!(probability.is_nan(), at == 0 || !gold.run.allowed[at]);
            }
        }
    }

    #[test]
    fn the_longest_entries_are_seen() {
        let dictionary = Dictionary::of(&[("กิน", 10), ("ข้าว", 10), ("กินข้าว", 1)]);
        let run = &Run::all(Script::Thai, "กินข้าว")[0];
        let view = View::new(&dictionary, run);
        assert_eq!(view.places[0].words.begins, 7);
        assert_eq!(view.places[3].words.begins, 4);
        assert_eq!(view.places[3].words.ends, 3);
        assert_eq!(view.places[3].words.spans, 7);
    }
}
