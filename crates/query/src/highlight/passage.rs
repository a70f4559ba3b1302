//! The parts of a text that show best how it matches.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use mekong_core::breaks::sentence_ends;
use mekong_core::script::Script;

use super::matches::{Found, Match};
use super::{Snippet, cut};

/// A longer run of signs is not shown with the word that it touches.
const MAX_PUNCTUATION: usize = 10;
/// How much a match counts that is shown already.
const REPEATED: f32 = 0.1;
/// Whether a unit begins a sentence is told by so many bytes before and after it.
const SENTENCE_CONTEXT: usize = 100;

/// The best parts of a text that match, the best one first, at most `count`.
pub(super) fn best(found: &Found<'_>, max_chars: usize, count: usize) -> Vec<Snippet> {
    if found.matches.is_empty() {
        return Vec::new();
    }
    let passages = Passages::new(found, max_chars);
    let marks = found.marks();
    let mut best = Vec::<Snippet>::new();
    // The units that are in none of the passages so far, and the numbers that are.
    let mut free: Vec<Range<usize>> = std::iter::once(0..found.units.len()).collect();
    let mut shown = HashSet::new();
    while best.len() < count {
        let matched = free.iter().enumerate().filter_map(|(i, region)| {
            let (worth, matched) = passages.best_within(region, &shown)?;
            Some((worth, i, matched))
        });
        let Some((_, i, matched)) = matched.max_by(|a, b| a.0.total_cmp(&b.0)) else {
            break;
        };
        let region = free.swap_remove(i);
        let units = passages.widened(&region, &matched);
        let of_units = passages.matches_within(&units);
        shown.extend(of_units.map(|m| m.number));
        let mut range = passages.bytes(&units);
        for other in &best {
            if other.range.start < range.start {
                range.start = range.start.max(other.range.end);
            } else {
                range.end = range.end.min(other.range.start);
            }
        }
        free.push(region.start..units.start);
        free.push(units.end..region.end);
        if range.start < range.end {
            best.push(cut(found, &marks, range));
        }
    }
    best
}

/// The beginning of a text.
pub(super) fn first(found: &Found<'_>, max_chars: usize) -> Snippet {
    let passages = Passages::new(found, max_chars);
    let first = passages.places.first();
    let mut range = 0..0;
    if first.is_some_and(|first| first.len() <= max_chars) {
        range = passages.bytes(&passages.widened(&(0..found.units.len()), &(0..1)));
    }
    if range.is_empty() {
        // No word, or one that is too long to be shown whole.
        let limit = found.text.char_indices().nth(max_chars);
        range = 0..found
            .characters
            .floor(limit.map_or(found.text.len(), |(at, _)| at));
    }
    cut(found, &found.marks(), range)
}

struct Passages<'a> {
    found: &'a Found<'a>,
    /// Where the units are, in characters.
    places: Vec<Range<usize>>,
    max_chars: usize,
}

impl<'a> Passages<'a> {
    fn new(found: &'a Found<'a>, max_chars: usize) -> Self {
        let (mut byte, mut chars) = (0, 0);
        let mut count_to = |at: usize| {
            chars += found.text[byte..at].chars().count();
            byte = at;
            chars
        };
        let units = found.units.iter();
        let places = units
            .map(|unit| count_to(unit.start)..count_to(unit.end))
            .collect();
        Self {
            found,
            places,
            max_chars,
        }
    }

    /// Characters from the first to the last of some units.
    fn chars(&self, units: Range<usize>) -> usize {
        self.places[units.end - 1].end - self.places[units.start].start
    }

    fn fits(&self, units: Range<usize>) -> bool {
        self.chars(units) <= self.max_chars
    }

    fn matches_within(&self, region: &Range<usize>) -> impl Iterator<Item = &'a Match> + use<'a> {
        let matches = &self.found.matches;
        let first = matches.partition_point(|m| m.units.start < region.start);
        let end = region.end;
        matches[first..]
            .iter()
            .take_while(move |m| m.units.start < end)
            .filter(move |m| m.units.end <= end)
    }

    /// The run of matches that fits and shows most of what is not shown yet, and how much that is.
    fn best_within(
        &self,
        region: &Range<usize>,
        shown: &HashSet<usize>,
    ) -> Option<(f32, Range<usize>)> {
        // Its end moves on match by match, its beginning follows as it has to.
        let mut best: Option<(f32, Range<usize>)> = None;
        let mut counts = HashMap::<usize, u32>::new();
        let worth = |m: &Match, count: u32| {
            if count > 1 || shown.contains(&m.number) {
                m.worth() * REPEATED
            } else {
                m.worth()
            }
        };
        let matches: Vec<(&Match, Range<usize>)> = self
            .matches_within(region)
            .filter_map(|m| Some((m, self.fitting(&m.units)?)))
            .collect();
        let (mut first, mut end, mut score) = (0, 0, 0.0);
        for (last, (m, units)) in matches.iter().enumerate() {
            end = end.max(units.end);
            let count = counts.entry(m.number).or_default();
            *count += 1;
            score += worth(m, *count);
            while first < last && !self.fits(matches[first].1.start..end) {
                let left = matches[first].0;
                let count = counts.entry(left.number).or_default();
                score -= worth(left, *count);
                *count -= 1;
                first += 1;
            }
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, matches[first].1.start..end));
            }
        }
        best
    }

    /// As many of some units as fit.
    fn fitting(&self, units: &Range<usize>) -> Option<Range<usize>> {
        let fit = |end: &usize| self.fits(units.start..*end);
        let end = (units.start + 1..=units.end).take_while(fit).last()?;
        Some(units.start..end)
    }

    /// Matched units with what stands around them.
    fn widened(&self, region: &Range<usize>, matched: &Range<usize>) -> Range<usize> {
        let spare = self.max_chars.saturating_sub(self.chars(matched.clone()));
        let room_before = |room: usize| {
            let most = self.chars(matched.clone()) + room;
            let mut start = matched.start;
            while start > region.start && self.chars(start - 1..matched.end) <= most {
                start -= 1;
            }
            start
        };
        // From the beginning of the sentence, if two thirds of what there is room for are enough;
        // otherwise some of what leads to it.
        let sentences = self.sentence_starts(room_before(spare / 3 * 2)..matched.start);
        let is_sentence = !sentences.is_empty();
        let mut start = match sentences.last() {
            Some(&start) => start,
            None => room_before(spare / 3),
        };
        let mut end = matched.end;
        while end < region.end && self.fits(start..end + 1) {
            end += 1;
        }
        // To the end of a sentence, if most of what there is room for is shown then.
        let shows_most = |&end: &usize| end > start && 2 * self.chars(start..end) >= self.max_chars;
        let sentences = self.sentence_starts(matched.end..end);
        match sentences.into_iter().rfind(shows_most) {
            Some(sentence_end) => end = sentence_end,
            None => {
                while end > matched.end && !self.may_cut(end) {
                    end -= 1;
                }
            }
        }
        // What room is left is for what comes before.
        let mut more = start;
        while more > region.start && self.fits(more - 1..end) {
            more -= 1;
        }
        match self.sentence_starts(more..start).first() {
            Some(&sentence) => start = sentence,
            None if is_sentence => {}
            None => {
                start = more;
                while start < matched.start && !self.may_cut(start) {
                    start += 1;
                }
            }
        }
        start..end
    }

    /// Which of some units, and of the one behind them, begin a sentence or would if there were
    /// one more.
    fn sentence_starts(&self, among: Range<usize>) -> Vec<usize> {
        let (text, units) = (self.found.text, &self.found.units);
        let at = |unit: usize| units.get(unit).map_or(text.len(), |unit| unit.start);
        let from = at(among.start).saturating_sub(SENTENCE_CONTEXT);
        let from = self.found.characters.floor(from);
        let to = (at(among.end) + SENTENCE_CONTEXT).min(text.len());
        let to = self.found.characters.ceil(to);
        let mut starts = Vec::new();
        if among.start == 0 {
            starts.push(0);
        }
        for end in sentence_ends(&text[from..to]) {
            let end = from + end;
            let unit = units.partition_point(|unit| unit.start < end);
            if end < to
                && starts.last().is_none_or(|&last| last < unit)
                && among.start <= unit
                && unit <= among.end
            {
                starts.push(unit);
            }
        }
        starts.extend((among.start..=among.end).filter(|&unit| self.is_after_pause(unit)));
        if among.end == units.len() {
            starts.push(among.end);
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Whether a blank between letters of Thai or Lao is before a unit. It is all that ends their
    /// sentences, and stands at other pauses too.
    fn is_after_pause(&self, unit: usize) -> bool {
        let Some(gap) = self.gap(unit) else {
            return false;
        };
        let pauses =
            |c: Option<char>| matches!(c.map(Script::of), Some(Script::Thai | Script::Lao));
        !gap.is_empty()
            && gap.chars().all(char::is_whitespace)
            && pauses(
                self.found.text[self.found.units[unit - 1].clone()]
                    .chars()
                    .next_back(),
            )
            && pauses(
                self.found.text[self.found.units[unit].clone()]
                    .chars()
                    .next(),
            )
    }

    /// What is between a unit and the one before it.
    fn gap(&self, unit: usize) -> Option<&'a str> {
        let before = self.found.units.get(unit.checked_sub(1)?)?;
        let after = self.found.units.get(unit)?;
        Some(&self.found.text[before.end..after.start])
    }

    /// Whether a part may begin at a unit, and the one before it end there: not within `19/9/2025`
    /// or a word.
    fn may_cut(&self, unit: usize) -> bool {
        match self.gap(unit) {
            None => true,
            Some("") => self.found.ends_word[unit - 1],
            Some(gap) => gap.contains(|c: char| c.is_whitespace() || !may_join(c)),
        }
    }

    /// The bytes of units, with the punctuation that touches them.
    fn bytes(&self, units: &Range<usize>) -> Range<usize> {
        let Found {
            text,
            units: all,
            characters,
            ..
        } = self.found;
        let before = units.start.checked_sub(1).map(|unit| all[unit].end);
        let (first, last) = (all[units.start].start, all[units.end - 1].end);
        let after = all.get(units.end).map(|unit| unit.start);
        let opening = match before {
            Some(before) => sides(&text[before..first]).1,
            None => text[..first]
                .rsplit(char::is_whitespace)
                .next()
                .unwrap_or_default(),
        };
        let closing = match after {
            Some(after) => sides(&text[last..after]).0,
            None => text[last..]
                .split(char::is_whitespace)
                .next()
                .unwrap_or_default(),
        };
        let length = |signs: &str| match signs.chars().nth(MAX_PUNCTUATION) {
            Some(_) => 0,
            None => signs.len(),
        };
        characters.ceil(first - length(opening))..characters.ceil(last + length(closing))
    }
}

/// The signs between two units that belong to the first of them, and those that belong to the
/// second: what blanks part, or all but brackets and quotes that open.
fn sides(gap: &str) -> (&str, &str) {
    let blank = |c: char| c.is_whitespace();
    match (gap.split_once(blank), gap.rsplit_once(blank)) {
        (Some((closing, _)), Some((_, opening))) => (closing, opening),
        _ => gap.split_at(gap.find(opens).unwrap_or(gap.len())),
    }
}

fn opens(sign: char) -> bool {
    matches!(
        sign,
        '(' | '['
            | '{'
            | '<'
            | '«'
            | '“'
            | '‘'
            | '„'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '（'
            | '［'
    )
}

/// Whether a sign may stand within what belongs together: `19/9/2025`, `a@b.la`, `2019–2020`.
fn may_join(sign: char) -> bool {
    sign.is_ascii() || matches!(sign, '\u{2010}'..='\u{2015}' | '’' | '·' | '٫' | '٬')
}
