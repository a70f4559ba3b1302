//! What stands beside a date that is not the day of publication: words for what is to come, for what
//! is only said, for how somebody or something began.

use crate::{burmese, chinese, english, khmer, lao, thai, vietnamese};

/// Such words of one language. Those of a language with blanks are whole words.
pub(crate) struct Cues {
    /// What is to come (`will`, `sẽ`, `จะ`).
    pub(crate) ahead: &'static [&'static str],
    /// Behind it is what somebody says or decides (`said`, `rằng`, `ว่า`); in Burmese before it.
    pub(crate) said: &'static [&'static str],
    /// How somebody or something began, or what it is (`born`, `thành lập`, `คือ`).
    pub(crate) life: &'static [&'static str],
    /// Who news is about.
    pub(crate) news: &'static [&'static str],
}

const CUES: [&Cues; 6] = [
    &english::CUES,
    &vietnamese::CUES,
    &thai::CUES,
    &lao::CUES,
    &khmer::CUES,
    &chinese::CUES,
];

/// A part of a sentence in small letters, to look for such words in.
pub(super) struct Clause(String);

impl Clause {
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_lowercase())
    }

    /// Whether it says something of what is to come, rather than what somebody said of it.
    pub(super) fn is_ahead(&self) -> bool {
        let first = |words: fn(&Cues) -> &'static [&'static str]| {
            let all = CUES.iter().flat_map(|cues| words(cues));
            all.filter_map(|word| self.find(word)).min()
        };
        let ahead = first(|cues| cues.ahead);
        let is_ahead = ahead.is_some_and(|at| first(|cues| cues.said).is_none_or(|said| at < said));
        let has = |words: &[&str]| words.iter().any(|word| self.find(word).is_some());
        is_ahead || (has(burmese::CUES.ahead) && !has(burmese::CUES.said))
    }

    /// Whether it has a word for what is to come.
    pub(super) fn is_to_come(&self) -> bool {
        self.has(|cues| cues.ahead)
    }

    /// Whether it has a word behind which is what somebody says.
    pub(super) fn is_said(&self) -> bool {
        self.has(|cues| cues.said)
    }

    pub(super) fn is_news(&self) -> bool {
        self.has(|cues| cues.news)
    }

    pub(super) fn is_life(&self) -> bool {
        self.has(|cues| cues.life)
    }

    fn has(&self, words: fn(&Cues) -> &'static [&'static str]) -> bool {
        let all = CUES.into_iter().chain([&burmese::CUES]).flat_map(words);
        all.into_iter().any(|word| self.find(word).is_some())
    }

    /// Where a word is. Vietnamese ones count with their accents only: `se` and `la` are words of many
    /// languages.
    fn find(&self, word: &str) -> Option<usize> {
        let is_spaced = word.chars().all(|c| c.is_whitespace() || is_latin(c));
        let mut matches = self.0.match_indices(word);
        let found = matches.find(|(at, word)| {
            let before = self.0.get(..*at).and_then(|text| text.chars().next_back());
            let after = self
                .0
                .get(at + word.len()..)
                .and_then(|text| text.chars().next());
            !is_spaced || !(before.is_some_and(is_latin) || after.is_some_and(is_latin))
        });
        found.map(|(at, _)| at)
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && (c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c))
}
