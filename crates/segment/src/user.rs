//! Words of the user's own: names, products, terms that a model cannot know.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use crate::cluster::code;
use crate::segmenter::Source;
use crate::{Error, Normalizer, Script, model};

/// Words that a segmenter is to keep whole.
///
/// In Thai a word makes the boundaries at its two ends likelier and those within it less likely, by
/// its bonus. In the other scripts it is as likely as a word that is not listed, times e to the
/// bonus. Where two words begin at one place the longer counts; of two that overlap only one does.
///
/// As a file, one word a line, if need be with a tab and its bonus in nats after it; blank lines and lines that begin
/// with `#` are left out:
///
/// ```
/// use mekong_segment::UserWords;
///
/// let words = UserWords::parse("# products\nชิมช้อปใช้\nไทยชนะ\t12\n")?;
/// assert_eq!(words.len(), 2);
///
/// let error = UserWords::parse("ไทยชนะ\nไทย ชนะ\n").unwrap_err();
/// assert!(error.to_string().starts_with("line 2:"));
/// # Ok::<(), mekong_segment::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(into = "BTreeMap<String, f32>", try_from = "BTreeMap<String, f32>")
)]
pub struct UserWords {
    /// Each word, normalised, with its bonus in nats.
    words: BTreeMap<String, f32>,
    /// From a state and a code to the next state. The state before any code is the script's
    /// number.
    next: HashMap<(u32, u8), u32>,
    /// The bonus of the word that ends in a state, in the model's units; 0 if none does. Its length
    /// is the number of states.
    bonus: Vec<i16>,
}

impl UserWords {
    /// The bonus of a word for which none is given, in nats. It outweighs what a model says of
    /// nearly every boundary.
    pub const BONUS: f32 = 10.0;
    /// The largest bonus, in nats.
    pub const MAX_BONUS: f32 = 100.0;
    /// The most characters that a word may have, after normalisation.
    pub const MAX_CHARS: usize = 64;

    /// No words.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads words from text, one a line.
    ///
    /// # Errors
    ///
    /// [`Error::is_malformed`] for the first line that is no word, with its number.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut words = Self::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.strip_prefix('\u{FEFF}').unwrap_or(line);
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, bonus) = match line.split_once('\t') {
                Some((word, bonus)) => {
                    let bonus = bonus.trim();
                    let bonus = bonus
                        .parse()
                        .map_err(|_| Error::no_bonus(bonus).at_line(number))?;
                    (word, bonus)
                }
                None => (line, Self::BONUS),
            };
            words
                .add_with_bonus(word.trim(), bonus)
                .map_err(|error| error.at_line(number))?;
        }
        Ok(words)
    }

    /// Reads words from a file in UTF-8, one a line.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] if the file cannot be read or is not UTF-8, [`Error::is_malformed`] for
    /// the first line that is no word; both name the file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
        Self::parse(&text).map_err(|error| error.in_file(path))
    }

    /// Adds a word.
    ///
    /// # Errors
    ///
    /// [`Error::is_malformed`] unless the word consists of letters and marks of one script and
    /// has between two and [`MAX_CHARS`](Self::MAX_CHARS) of them.
    pub fn add(&mut self, word: &str) -> Result<(), Error> {
        self.add_with_bonus(word, Self::BONUS)
    }

    /// Adds a word with a bonus in nats; the last bonus given to a word counts.
    ///
    /// # Errors
    ///
    /// As [`add`](Self::add), and if the bonus is not above 0 and at most
    /// [`MAX_BONUS`](Self::MAX_BONUS).
    pub fn add_with_bonus(&mut self, word: &str, bonus: f32) -> Result<(), Error> {
        if !(bonus > 0.0 && bonus <= Self::MAX_BONUS) {
            return Err(Error::no_bonus(&bonus.to_string()));
        }
        let Some(script) = word.chars().find_map(Script::of) else {
            return Err(Error::no_word(word, None));
        };
        let normal: String = Normalizer::new(script, word).map(|(c, _)| c).collect();
        let mut codes = Vec::new();
        for c in normal.chars() {
            match code(script, c) {
                0 => return Err(Error::no_word(word, Some(c))),
                code => codes.push(code),
            }
        }
        if !(2..=Self::MAX_CHARS).contains(&codes.len()) {
            return Err(Error::word_length(word, codes.len()));
        }
        if self.bonus.is_empty() {
            self.bonus.resize(Script::ALL.len(), 0);
        }
        let mut state = script as u32;
        for code in codes {
            let new = self.bonus.len() as u32;
            state = *self.next.entry((state, code)).or_insert(new);
            if state == new {
                self.bonus.push(0);
            }
        }
        let units = ((bonus * model::UNITS_PER_NAT) as i16).max(1);
        if let Some(bonus) = self.bonus.get_mut(state as usize) {
            *bonus = units;
        }
        self.words.insert(normal, bonus);
        Ok(())
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Every word, normalised, with its bonus in nats, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f32)> {
        self.words
            .iter()
            .map(|(word, &bonus)| (word.as_str(), bonus))
    }

    /// The longest word at the beginning of these codes: its length in characters and its bonus in
    /// sixteenths of a nat.
    pub(crate) fn longest(
        &self,
        script: Script,
        codes: impl Iterator<Item = u8>,
    ) -> Option<(usize, i16)> {
        let mut state = script as u32;
        let mut found = None;
        for (length, code) in (1..).zip(codes) {
            let Some(&next) = self.next.get(&(state, code)) else {
                break;
            };
            state = next;
            match self.bonus.get(state as usize) {
                Some(&bonus) if bonus > 0 => found = Some((length, bonus)),
                _ => {}
            }
        }
        found
    }
}

impl From<UserWords> for BTreeMap<String, f32> {
    fn from(words: UserWords) -> Self {
        words.words
    }
}

impl TryFrom<BTreeMap<String, f32>> for UserWords {
    type Error = Error;

    fn try_from(words: BTreeMap<String, f32>) -> Result<Self, Error> {
        let mut new = Self::new();
        for (word, bonus) in words {
            new.add_with_bonus(&word, bonus)?;
        }
        Ok(new)
    }
}

/// The user's words in one run.
#[derive(Clone, Debug)]
pub(crate) struct Matches<'a> {
    words: Arc<UserWords>,
    script: Script,
    /// The run from the boundary that is asked for next.
    rest: Source<'a>,
    /// The boundary that is asked for next.
    index: usize,
    /// Where the last word found ends, and its bonus.
    end: usize,
    bonus: i16,
}

impl<'a> Matches<'a> {
    pub(crate) fn new(words: Arc<UserWords>, script: Script, run: Source<'a>) -> Self {
        Self {
            words,
            script,
            rest: run,
            index: 0,
            end: 0,
            bonus: 0,
        }
    }

    /// What the words add to the score of the boundary before the character `index` of the run;
    /// to be asked for in ascending order.
    pub(crate) fn bonus(&mut self, index: usize) -> i16 {
        let mut bonus = 0;
        while self.index <= index {
            bonus = self.next();
        }
        bonus
    }

    fn next(&mut self) -> i16 {
        let at = self.index;
        let within = at < self.end;
        let mut bonus = match at {
            _ if within => -self.bonus,
            _ if at == self.end => self.bonus,
            _ => 0,
        };
        if !within {
            let script = self.script;
            let codes = self.rest.clone().map(|(c, _)| code(script, c));
            if let Some((length, of_word)) = self.words.longest(script, codes) {
                self.end = at + length;
                self.bonus = of_word;
                bonus = bonus.max(of_word);
            }
        }
        self.rest.next();
        self.index += 1;
        bonus
    }
}
