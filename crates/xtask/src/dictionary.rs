//! The Thai dictionary of the teacher: words with their counts, names, places.

use std::collections::BTreeMap;
use std::collections::HashMap;

use anyhow::Result;
use mekong_segment::Script;

use crate::run::word;
use crate::sources::Sources;

/// A counted word that no list holds must have been met this often.
const MET_OFTEN: u64 = 20;
/// Names and places of fewer characters do more harm than good.
const SHORTEST_NAME: usize = 3;
/// What a name costs that was never counted, in nats.
const NAME_COST: f32 = 19.0;
/// Added to a count, and to the sum of all.
const SMOOTHING: f32 = 0.5;
const SMOOTHING_OF_ALL: f32 = 1e5;

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Whether it is a name and no word otherwise.
    pub(crate) is_name: bool,
    /// Minus the logarithm of its probability.
    pub(crate) cost: f32,
    /// The logarithm of its count to the base of ten, one more; 0 if it was not met.
    pub(crate) band: u8,
}

pub(crate) struct Dictionary {
    entries: HashMap<Vec<u8>, Entry>,
    longest: usize,
    /// Listed or counted words, sorted.
    words: Vec<Vec<u8>>,
}

#[derive(Default)]
struct Facts {
    is_listed: bool,
    is_word: bool,
    count: u64,
}

impl Dictionary {
    /// Reads the lists that are in the public domain (CC0), and those of personal names, which are
    /// under CC BY-SA, if wanted.
    pub(crate) fn read(sources: &Sources, personal_names: bool) -> Result<Self> {
        let codes = |spelling: &str| word(Script::Thai, spelling);
        let mut facts: BTreeMap<Vec<u8>, Facts> = BTreeMap::new();
        for spelling in sources.words("pythainlp/words_th.txt")? {
            // ณ and ฤ are words, other letters alone are not.
            let is_word =
                |codes: &Vec<u8>| codes.len() > 1 || matches!(spelling.as_str(), "ณ" | "ฤ");
            if let Some(codes) = codes(&spelling).filter(is_word) {
                let facts = facts.entry(codes).or_default();
                (facts.is_listed, facts.is_word) = (true, true);
            }
        }
        for list in ["pythainlp/tnc_freq.txt", "pythainlp/ttc_freq.txt"] {
            for (spelling, count) in sources.counted_words(list)? {
                let Some(codes) = codes(&spelling) else {
                    continue;
                };
                let is_listed = facts.get(&codes).is_some_and(|facts| facts.is_listed);
                if is_listed || count >= MET_OFTEN && codes.len() > 1 {
                    let facts = facts.entry(codes).or_default();
                    facts.is_word = true;
                    facts.count += count;
                }
            }
        }
        for name in names(sources, personal_names)? {
            if let Some(codes) = codes(&name).filter(|codes| codes.len() >= SHORTEST_NAME) {
                facts.entry(codes).or_default();
            }
        }
        Ok(Self::new(&facts))
    }

    fn new(facts: &BTreeMap<Vec<u8>, Facts>) -> Self {
        let all = facts.values().map(|facts| facts.count).sum::<u64>() as f32 + SMOOTHING_OF_ALL;
        let entry = |facts: &Facts| Entry {
            is_name: !facts.is_word,
            cost: match facts.is_word {
                true => -((facts.count as f32 + SMOOTHING) / all).ln(),
                false => NAME_COST,
            },
            band: facts.count.checked_ilog10().map_or(0, |log| log as u8 + 1),
        };
        let words = facts.iter().filter(|(_, facts)| facts.is_word);
        Self {
            entries: facts
                .iter()
                .map(|(word, facts)| (word.clone(), entry(facts)))
                .collect(),
            longest: facts.keys().map(Vec::len).max().unwrap_or(0),
            words: words.map(|(word, _)| word.clone()).collect(),
        }
    }

    pub(crate) fn get(&self, word: &[u8]) -> Option<Entry> {
        self.entries.get(word).copied()
    }

    /// How many characters the longest entry has.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Every word that is no mere name, sorted.
    pub(crate) fn words(&self) -> &[Vec<u8>] {
        &self.words
    }

    #[cfg(test)]
    pub(crate) fn of(counted: &[(&str, u64)]) -> Self {
        let facts = |count| Facts {
            is_listed: true,
            is_word: true,
            count,
        };
        let codes = |spelling| word(Script::Thai, spelling).unwrap_or_default();
        let words = counted
            .iter()
            .map(|&(word, count)| (codes(word), facts(count)));
        Self::new(&words.collect())
    }
}

/// Names of places and people.
fn names(sources: &Sources, personal: bool) -> Result<Vec<String>> {
    let mut names = sources.words("pythainlp/countries_th.txt")?;
    for province in sources.words("pythainlp/thailand_provinces_th.csv")? {
        names.extend(province.split(',').map(str::to_owned));
    }
    if personal {
        for list in [
            "person_names_female_th",
            "person_names_male_th",
            "family_names_th",
        ] {
            names.extend(sources.words(&format!("pythainlp/{list}.txt"))?);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_met_often_is_cheap() {
        let dictionary = Dictionary::of(&[("กิน", 1000), ("ข้าว", 10), ("ปลา", 0)]);
        let entry = |spelling| {
            let codes = word(Script::Thai, spelling).unwrap_or_default();
            dictionary.get(&codes).map(|entry| (entry.band, entry.cost))
        };
        let bands = ["กิน", "ข้าว", "ปลา"].map(|spelling| entry(spelling).map(|entry| entry.0));
        assert_eq!(bands, [Some(4), Some(2), Some(0)]);
        assert!(entry("กิน").map(|entry| entry.1) < entry("ข้าว").map(|entry| entry.1));
        assert_eq!(entry("นก"), None);
        assert_eq!(dictionary.longest(), 4);
    }
}
