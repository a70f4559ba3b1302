//! Where a text matches a query, and the part of it that shows this best.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use mekong_core::{Aliases, Analyzer, Index, TokenKind, engine};
use tantivy::Searcher;
use tantivy::schema::Term;

use crate::alias;
use crate::plan::{self, QueryToken};
use crate::rarity::idf;

/// Shows where texts match a query, under the same folding and segmentation as the search. The
/// words of a phrase are shown wherever they are.
///
/// ```
/// use mekong_core::{Document, Index};
/// use mekong_query::{Query, Searcher};
///
/// let index = Index::in_memory()?;
/// let highlighter = Searcher::new(&index).highlighter(&Query::text("bo truong"))?;
/// let text = "Quyền Bộ trưởng Ngoại giao";
/// let ranges = highlighter.ranges(text);
/// assert_eq!(&text[ranges[0].clone()], "Bộ trưởng");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Highlighter {
    analyzer: Analyzer,
    /// What is looked for: the tokens of the query, each with its number and how rare it is.
    wanted: HashMap<(TokenKind, String), (usize, f32)>,
    /// The words of the query with the accents that they were typed with.
    typed: HashSet<String>,
    max_chars: usize,
}

/// A part of a text, and where it matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snippet {
    /// The part, as it stands in the text.
    pub text: String,
    /// Where it matches: bytes of `text`, half-open, ascending, not touching one another.
    pub highlights: Vec<Range<usize>>,
    /// Which part it is: bytes of the whole text, half-open.
    pub range: Range<usize>,
}

/// Snippets are looked for in so much of a text.
const MAX_TEXT_BYTES: usize = 256 * 1024;
const DEFAULT_CHARS: usize = 200;
/// A longer run of signs is not shown with the word that it touches.
const MAX_PUNCTUATION: usize = 10;
/// How much a match counts that the part of the text has already.
const REPEATED: f32 = 0.1;

impl Highlighter {
    pub(crate) fn new(
        index: &Index,
        searcher: &Searcher,
        aliases: Option<&Aliases>,
        text: &str,
    ) -> tantivy::Result<Self> {
        let fields = engine::fields(index);
        let tokens = plan::tokens(index, text);
        // A character is shown as a match by itself only if it was asked for by itself.
        let in_bigrams: HashSet<u32> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Bigram)
            .flat_map(|token| [token.position, token.position + 1])
            .collect();
        let rarity = |field, text: &str| idf(searcher, &Term::from_field_text(field, text));
        let mut wanted = HashMap::new();
        let mut number = 0;
        let mut want = |kind, token: &QueryToken, idf| {
            wanted
                .entry((kind, token.text.clone()))
                .or_insert((number, idf));
            number += 1;
        };
        for token in &tokens {
            let shown = match token.kind {
                TokenKind::Folded
                | TokenKind::Stem
                | TokenKind::Word
                | TokenKind::Subword
                | TokenKind::Bigram => true,
                TokenKind::Character => !in_bigrams.contains(&token.position),
                // A pair in the text is shown by its words, a pair that is written as one here.
                TokenKind::Pair => false,
                _ => continue,
            };
            let field = match token.kind {
                TokenKind::Pair => fields.folded,
                _ => token.field,
            };
            let idf = rarity(field, &token.text)?;
            if shown {
                want(token.kind, token, idf);
            }
            if token.kind == TokenKind::Pair {
                want(TokenKind::Folded, token, idf);
            } else if plan::may_be_joined(token) {
                want(TokenKind::Pair, token, idf);
            }
        }
        if let Some(aliases) = aliases {
            for name in alias::name_tokens(&tokens, index, aliases) {
                want(name.kind, &name, rarity(name.field, &name.text)?);
            }
        }
        let typed = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Exact)
            .map(|token| token.text.clone())
            .collect();
        Ok(Self {
            analyzer: index.analyzer().clone(),
            wanted,
            typed,
            max_chars: DEFAULT_CHARS,
        })
    }

    /// Snippets of about so many characters: 200 unless told.
    #[must_use]
    pub fn max_chars(mut self, max_chars: usize) -> Self {
        self.max_chars = max_chars;
        self
    }

    /// Where the text matches: bytes, half-open, ascending. Matches with nothing but blanks
    /// between them are one.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        joined(text, self.find(text).matches.into_iter().map(|m| m.range))
    }

    /// The part of the text that shows best how it matches; its beginning where it does not. Of a
    /// text longer than 256 KiB the first 256 KiB are looked at.
    #[must_use]
    pub fn snippet(&self, text: &str) -> Snippet {
        let mut end = text.len().min(MAX_TEXT_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let found = self.find(text);
        let units = found.window(text, self.max_chars);
        let mut range = found.bytes(text, units);
        if range.is_empty() {
            // No word, or one that is too long to be shown whole.
            let limit = text.char_indices().nth(self.max_chars);
            range = 0..limit.map_or(text.len(), |(at, _)| at);
        }
        let shown = found.matches.into_iter().map(|m| m.range);
        let inside = shown.filter(|m| range.start <= m.start && m.end <= range.end);
        let highlights = joined(text, inside)
            .into_iter()
            .map(|m| m.start - range.start..m.end - range.start)
            .collect();
        Snippet {
            text: text[range.clone()].to_owned(),
            highlights,
            range,
        }
    }

    fn find(&self, text: &str) -> Found {
        let mut found = Found::default();
        let mut key = (TokenKind::Folded, String::new());
        self.analyzer.analyze(text, None, |token| {
            if token.is_unit() {
                found.units.push(token.range.clone());
            }
            key.0 = token.kind;
            key.1.clear();
            key.1.push_str(token.text);
            let is_matched = |m: &Match| m.range == token.range;
            if token.kind == TokenKind::Stem && found.matches.last().is_some_and(is_matched) {
                // The word itself is one that is looked for.
            } else if let Some(&(number, weight)) = self.wanted.get(&key) {
                found.matches.push(Match {
                    range: token.range,
                    unit: token.position as usize,
                    number,
                    weight,
                    spelling: String::new(),
                });
            } else if token.kind == TokenKind::Exact
                && let Some(last) = found.matches.last_mut()
                && last.range == token.range
            {
                last.spelling.push_str(token.text);
            }
        });
        found.drop_other_words(&self.typed);
        found.matches.sort_by_key(|m| (m.range.start, m.range.end));
        found
    }
}

/// The smallest units of a text, and its matches in their order.
#[derive(Default)]
struct Found {
    /// Bytes of each unit; its index is the position of its tokens.
    units: Vec<Range<usize>>,
    matches: Vec<Match>,
}

struct Match {
    range: Range<usize>,
    /// The unit that it begins at.
    unit: usize,
    number: usize,
    weight: f32,
    /// A word with its accents; empty for anything else.
    spelling: String,
}

impl Match {
    /// What it adds to a part of the text, as its `count`th match of the same token there.
    fn worth(&self, count: u32) -> f32 {
        if count == 1 {
            self.weight
        } else {
            self.weight * REPEATED
        }
    }
}

impl Found {
    /// Leaves out words that stand alone and are other words than those that were meant. Which
    /// ones are, their neighbours tell: in a text with `Bộ trưởng`, `bo truong` does not mean the
    /// `bổ` of `bổ nhiệm`. A word as it was typed is always meant.
    fn drop_other_words(&mut self, typed: &HashSet<String>) {
        let units: HashSet<usize> = self.matches.iter().map(|m| m.unit).collect();
        let is_alone = |m: &Match| {
            !units.contains(&(m.unit + 1))
                && !m.unit.checked_sub(1).is_some_and(|u| units.contains(&u))
        };
        let mut meant = HashMap::<usize, HashSet<String>>::new();
        for m in self.matches.iter().filter(|m| !is_alone(m)) {
            let spellings = meant.entry(m.number).or_default();
            if !spellings.contains(&m.spelling) {
                spellings.insert(m.spelling.clone());
            }
        }
        self.matches.retain(|m| {
            let is_meant = |spellings: &HashSet<String>| spellings.contains(&m.spelling);
            !is_alone(m) || is_meant(typed) || meant.get(&m.number).is_none_or(is_meant)
        });
    }

    /// The units of the part to show.
    fn window(&self, text: &str, max_chars: usize) -> Range<usize> {
        let places = self.places(text);
        // Characters from the first to the last of some units.
        let chars = |units: Range<usize>| places[units.end - 1].end - places[units.start].start;

        // The best run of matches that fits: its end moves on match by match, its beginning
        // follows as it has to.
        let mut best = (0.0, 0..0);
        let (mut first, mut end_unit, mut score) = (0, 0, 0.0);
        let mut counts = HashMap::<usize, u32>::new();
        for (last, m) in self.matches.iter().enumerate() {
            end_unit = end_unit.max(self.end_unit(m));
            let count = counts.entry(m.number).or_default();
            *count += 1;
            score += m.worth(*count);
            while first <= last && chars(self.matches[first].unit..end_unit) > max_chars {
                let left = &self.matches[first];
                let count = counts.entry(left.number).or_default();
                score -= left.worth(*count);
                *count -= 1;
                first += 1;
            }
            if first <= last && score > best.0 {
                best = (score, self.matches[first].unit..end_unit);
            }
        }

        // Then what stands around it: first some of what leads to it, then what follows, then
        // whatever else there is room for.
        let matched = best.1;
        let mut window = matched.clone();
        if window.is_empty() {
            match places.first() {
                Some(first) if first.len() <= max_chars => window = 0..1,
                _ => return window,
            }
        }
        let lead = (max_chars - chars(window.clone())) / 3;
        let lead = chars(window.clone()) + lead;
        while window.start > 0 && chars(window.start - 1..window.end) <= lead {
            window.start -= 1;
        }
        while window.end < self.units.len() && chars(window.start..window.end + 1) <= max_chars {
            window.end += 1;
        }
        while window.start > 0 && chars(window.start - 1..window.end) <= max_chars {
            window.start -= 1;
        }
        while window.start < matched.start && !self.may_cut(text, window.start) {
            window.start += 1;
        }
        while window.end > matched.end.max(1) && !self.may_cut(text, window.end) {
            window.end -= 1;
        }
        window
    }

    /// Where the units are, in characters.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let (mut byte, mut chars) = (0, 0);
        let mut count_to = |at: usize| {
            chars += text[byte..at].chars().count();
            byte = at;
            chars
        };
        let units = self.units.iter();
        units
            .map(|unit| count_to(unit.start)..count_to(unit.end))
            .collect()
    }

    /// Whether a part may begin at a unit, and the one before it end there: not within
    /// `19/9/2025`.
    fn may_cut(&self, text: &str, unit: usize) -> bool {
        let (Some(before), Some(after)) = (unit.checked_sub(1), self.units.get(unit)) else {
            return true;
        };
        let gap = &text[self.units[before].end..after.start];
        gap.is_empty() || gap.contains(char::is_whitespace)
    }

    /// The unit behind a match.
    fn end_unit(&self, m: &Match) -> usize {
        let end = self.units.partition_point(|unit| unit.start < m.range.end);
        end.max(m.unit + 1)
    }

    /// The bytes of units, with the punctuation that touches them.
    fn bytes(&self, text: &str, units: Range<usize>) -> Range<usize> {
        if units.is_empty() {
            return 0..0;
        }
        let before = units
            .start
            .checked_sub(1)
            .map_or(0, |unit| self.units[unit].end);
        let (first, last) = (self.units[units.start].start, self.units[units.end - 1].end);
        let next = self.units.get(units.end);
        let after = next.map_or(text.len(), |unit| unit.start);
        let is_short = |sign: &&str| sign.chars().nth(MAX_PUNCTUATION).is_none();
        let opening = text[before..first].rsplit(char::is_whitespace).next();
        let closing = text[last..after].split(char::is_whitespace).next();
        first - opening.filter(is_short).map_or(0, str::len)
            ..last + closing.filter(is_short).map_or(0, str::len)
    }
}

/// Joins ranges that overlap, touch, or have only blanks between them. They come in the order of
/// their starts.
fn joined(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined = Vec::<Range<usize>>::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last)
                if range.start <= last.end
                    || text[last.end..range.start].chars().all(char::is_whitespace) =>
            {
                last.end = last.end.max(range.end);
            }
            _ => joined.push(range),
        }
    }
    joined
}
