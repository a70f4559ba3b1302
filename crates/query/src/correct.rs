//! "Did you mean": a query with its mistyped words put right.
//!
//! A word is mistyped if no document has it, or hardly any and a near one is far more frequent.
//! In scripts without blanks, where a mistake makes other words of a word, it is also where two
//! stand together that do so in no document. What takes its place is near in its letters and, above
//! all, stands with the words around it in documents.

use std::ops::{ControlFlow, Range};

use mekong_core::engine::{self, Fields};
use mekong_core::script::Script;
use mekong_core::{Index, Strength};
use tantivy::Searcher;
use tantivy::schema::Field;

use crate::dictionary::doc_freq;
use crate::near;
use crate::parse::NoteKind;
use crate::query::{Matching, Query};
use crate::scan::Deadline;
use crate::sequence::{Budget, Extent, Matches, Part, Sequence, Spelling};
use crate::suggest::{Typed, Unit};
use crate::{Error, searcher};

/// A query text with its mistyped words put right.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Correction {
    /// The text.
    pub text: String,
    /// What is new in it: bytes of `text`, half-open, ascending.
    pub changes: Vec<Range<usize>>,
}

/// So many words of a query are put right.
const MAX_MISTYPED: usize = 4;
/// So many near words are tried for each.
const MAX_NEAR: usize = 8;
/// A word in more documents than this is no mistake.
const MAX_RARE: u32 = 3;
/// The near word of a rare one is in so many times as many documents.
const FAR_MORE: u32 = 200;
/// A rare word of fewer letters is not taken for a mistake.
const MIN_RARE_LETTERS: usize = 4;
/// So many words before and after a new one are shown as they are written with it.
const MAX_AROUND: usize = 2;
/// So many units may be what a mistake has made of a word.
const MAX_JOINED: usize = 5;

const BUDGET: Budget = Budget {
    postings: 100_000,
    bytes: 128 * 1024,
};

/// What a mistake costs, in units of the logarithm of how many documents have words together:
/// each letter, and a blank too many or too few.
const LETTER_COST: f32 = 3.0;
const BLANK_COST: f32 = 2.0;
/// What it costs that two units stand together in no document still.
const BROKEN_COST: f32 = 6.0;

/// New words for some of the text.
#[derive(Debug)]
struct Edit {
    range: Range<usize>,
    text: String,
}

pub(crate) fn correct(
    searcher: &searcher::Searcher,
    index: &Index,
    query: &Query,
) -> Result<Option<Correction>, Error> {
    query.check_length()?;
    let deadline = Deadline::new(query.deadline);
    let engine = searcher.engine();
    let operated = operated(searcher, query)?;
    let mut units = Typed::new(index, &query.text).units;
    let is_word = |unit: &Unit| {
        let is_in =
            |range: &Range<usize>| range.start < unit.range.end && unit.range.start < range.end;
        &query.text[unit.range.clone()] != "OR" && !operated.iter().any(is_in)
    };
    // What is between two words keeps them apart.
    for at in (0..units.len()).rev() {
        if !is_word(&units[at]) {
            if let Some(next) = units.get_mut(at + 1) {
                next.follows = false;
            }
            units.remove(at);
        }
    }
    let divided = Typed::divided(index, &query.text, Strength::WEAKEST);
    let mut corrector = Corrector {
        index,
        searcher: &engine,
        deadline: deadline.clone(),
        budget: BUDGET,
        mistyped_left: MAX_MISTYPED,
    };
    let mut edits = Vec::new();
    for run in units.chunk_by(|_, unit| unit.follows) {
        if run[0].is_spaced {
            corrector.spaced(run, &mut edits)?;
        } else {
            corrector.unspaced(run, &divided.units, &mut edits)?;
        }
    }
    // With the filters of the query, words may have no hits after all.
    let has_hits = |text: &str, matching| {
        let mut query = query.clone();
        query.text = text.to_owned();
        query.matching = matching;
        searcher.has_hits(&query, deadline.clone())
    };
    let mut correction = Correction {
        text: String::new(),
        changes: Vec::new(),
    };
    let mut end = 0;
    for edit in edits {
        if !has_hits(&edit.text, Matching::Phrase)? {
            continue;
        }
        correction.text += &query.text[end..edit.range.start];
        let start = correction.text.len();
        correction.text += &edit.text;
        correction.changes.push(start..correction.text.len());
        end = edit.range.end;
    }
    correction.text += &query.text[end..];
    let is_new = !correction.changes.is_empty() && correction.text != query.text;
    Ok((is_new && has_hits(&correction.text, query.matching)?).then_some(correction))
}

/// Where a text has what is no word to put right: excluded, of a field, the beginning of words, or
/// already as near as is wanted.
fn operated(searcher: &searcher::Searcher, query: &Query) -> Result<Vec<Range<usize>>, Error> {
    let notes = searcher.parse(query)?.notes.into_iter();
    let operated = notes.filter(|note| {
        matches!(
            note.kind,
            NoteKind::Excluded
                | NoteKind::Field
                | NoteKind::Prefix
                | NoteKind::Near
                | NoteKind::Date
        )
    });
    Ok(operated.map(|note| note.range).collect())
}

struct Corrector<'a> {
    index: &'a Index,
    searcher: &'a Searcher,
    deadline: Deadline,
    budget: Budget,
    mistyped_left: usize,
}

/// What may stand in the place of some typed words.
#[derive(Clone, Debug)]
struct Choice {
    /// How many typed words it is for.
    typed: usize,
    words: Vec<String>,
    is_new: bool,
    cost: f32,
}

impl Corrector<'_> {
    fn fields(&self) -> &Fields {
        engine::fields(self.index)
    }

    /// Puts words right that are written with blanks.
    fn spaced(&mut self, run: &[Unit], edits: &mut Vec<Edit>) -> Result<(), Error> {
        let choices = self.choices(run)?;
        if !choices.iter().flatten().any(|choice| choice.is_new) {
            return Ok(());
        }
        let chosen = self.cheapest(&choices)?;
        // The words as they will be, each with what of it is typed so.
        let folded = self.fields().folded;
        let mut parts = Vec::<(Part, bool, Range<usize>)>::new();
        let mut at = 0;
        for choice in chosen {
            let units = &run[at..at + choice.typed];
            at += choice.typed;
            let range = units[0].range.start..units[units.len() - 1].range.end;
            for word in choice.words {
                let part = if choice.is_new {
                    Part {
                        field: folded,
                        text: word,
                        spelling: Spelling::Any,
                    }
                } else {
                    units[0].part.clone()
                };
                parts.push((part, choice.is_new, range.clone()));
            }
        }
        let mut shown = 0;
        while let Some(first) = (shown..parts.len()).find(|&part| parts[part].1) {
            let new = parts[first..].iter().take_while(|(_, is_new, _)| *is_new);
            let end = first + new.count();
            let before = (first - shown).min(MAX_AROUND);
            let after = parts[end..].iter().take_while(|(_, is_new, _)| !is_new);
            let after = after.count().min(MAX_AROUND);
            let mut around: Vec<_> = (0..=before)
                .flat_map(|before| (0..=after).map(move |after| (before, after)))
                .collect();
            around.sort_by_key(|(before, after)| std::cmp::Reverse((before + after, *before)));
            shown = end;
            for (before, after) in around {
                let window = &parts[first - before..end + after];
                let sequence = window.iter().map(|(part, ..)| part.clone()).collect();
                if let Some(text) = self.written(sequence)? {
                    let range = window[0].2.start..window[window.len() - 1].2.end;
                    edits.push(Edit { range, text });
                    shown = end + after;
                    break;
                }
            }
        }
        Ok(())
    }

    /// How documents write some parts, if any has them.
    fn written(&mut self, parts: Vec<Part>) -> Result<Option<String>, Error> {
        let sequence = Sequence {
            parts,
            extent: Extent::Parts,
        };
        let written = sequence.written(self.index, self.searcher, 1, &mut self.budget)?;
        Ok(written.forms.into_iter().next())
    }

    /// For each word, what may stand in its place.
    fn choices(&mut self, run: &[Unit]) -> Result<Vec<Vec<Choice>>, Error> {
        let fields = *self.fields();
        let count = |field, text: &str| doc_freq(self.searcher, field, text);
        let mut counts = Vec::with_capacity(run.len());
        for unit in run {
            // A letter too many at the end is a mistake, not another form of the word.
            let is_form = |stem: &&String| {
                let doubled = stem.chars().next_back().into_iter();
                !unit.part.text.chars().eq(stem.chars().chain(doubled))
            };
            let stem = unit.stem.as_ref().filter(is_form);
            let stem = stem.map_or(Ok(0), |stem| count(fields.stems, stem))?;
            counts.push(count(fields.folded, &unit.part.text)?.max(stem));
        }
        let mut choices = Vec::with_capacity(run.len());
        for (at, unit) in run.iter().enumerate() {
            self.deadline.check()?;
            let word = &unit.part.text;
            let mut of_word = vec![Choice {
                typed: 1,
                words: vec![word.clone()],
                is_new: false,
                cost: if counts[at] == 0 { 100.0 } else { 0.0 },
            }];
            let mut add = |typed, words: Vec<String>, cost| {
                of_word.push(Choice {
                    typed,
                    words,
                    is_new: true,
                    cost,
                });
            };
            if let Some(next) = run.get(at + 1)
                && (counts[at] == 0 || counts[at + 1] == 0)
            {
                let joined = word.clone() + &next.part.text;
                if count(fields.folded, &joined)? > 0 {
                    add(2, vec![joined], BLANK_COST);
                }
            }
            let distance = near::distance(word);
            if distance > 0 && counts[at] <= MAX_RARE && self.mistyped_left > 0 {
                self.mistyped_left -= 1;
                let is_known = counts[at] > 0;
                if !is_known && count(fields.pairs, word)? > 0 {
                    let ends = word.char_indices().skip(1).map(|(end, _)| end);
                    for (first, second) in ends.map(|end| word.split_at(end)) {
                        if count(fields.folded, first)? > 0 && count(fields.folded, second)? > 0 {
                            add(1, vec![first.to_owned(), second.to_owned()], BLANK_COST);
                        }
                    }
                }
                let far_more = counts[at].saturating_mul(FAR_MORE);
                let is_meant = |term: &near::NearTerm| {
                    term.distance > 0
                        && (!is_known
                            || term.distance == 1
                                && term.doc_freq > far_more
                                && near::letters(word).len() >= MIN_RARE_LETTERS)
                };
                near::terms(self.searcher, fields.folded, word, distance, &self.deadline)?
                    .into_iter()
                    .filter(is_meant)
                    .take(MAX_NEAR)
                    .for_each(|term| {
                        let cost = LETTER_COST * f32::from(term.distance);
                        let how_rare = if is_known { far_more as f32 } else { 0.0 };
                        let cost = cost - (1.0 + term.doc_freq as f32 - how_rare).ln() / 2.0;
                        add(1, vec![term.text], cost);
                    });
            }
            choices.push(of_word);
        }
        Ok(choices)
    }

    /// The choices that cost least together: words that stand together in documents cost less.
    fn cheapest(&self, choices: &[Vec<Choice>]) -> Result<Vec<Choice>, Error> {
        let pairs = self.fields().pairs;
        let together = |first: &str, second: &str| {
            let count = doc_freq(self.searcher, pairs, &(first.to_owned() + second))?;
            Ok::<_, Error>((1.0 + count as f32).ln())
        };
        // For each choice that ends before a word: its cost with all before it, where it is, and
        // which one is before it.
        type Step = (f32, (usize, usize), Option<usize>);
        let mut ending: Vec<Vec<Step>> = vec![Vec::new(); choices.len() + 1];
        for (at, of_word) in choices.iter().enumerate() {
            for (number, choice) in of_word.iter().enumerate() {
                let mut cost = choice.cost;
                for pair in choice.words.windows(2) {
                    cost -= together(&pair[0], &pair[1])?;
                }
                let mut best = (cost, None);
                for (before, &(cost_before, (word, choice_before), _)) in
                    ending[at].iter().enumerate()
                {
                    let words = &choices[word][choice_before].words;
                    let mut cost = cost + cost_before;
                    if let (Some(last), Some(first)) = (words.last(), choice.words.first()) {
                        cost -= together(last, first)?;
                    }
                    if best.1.is_none() || cost < best.0 {
                        best = (cost, Some(before));
                    }
                }
                if at == 0 || best.1.is_some() {
                    ending[at + choice.typed].push((best.0, (at, number), best.1));
                }
            }
        }
        let mut chosen = Vec::new();
        let mut at = choices.len();
        let last = (0..ending[at].len()).min_by(|&a, &b| {
            let cost = |step: usize| ending[at][step].0;
            cost(a).total_cmp(&cost(b))
        });
        let mut step = last;
        while let Some((_, (word, number), before)) = step.map(|step| ending[at][step]) {
            chosen.push(choices[word][number].clone());
            at = word;
            step = before;
        }
        chosen.reverse();
        Ok(chosen)
    }

    /// Puts a run of a script without blanks right, in one place.
    ///
    /// `divided` has the same text in smaller pieces: what a mistake has made of a word, and
    /// what stands behind it, may have become one unit that no document has.
    fn unspaced(
        &mut self,
        run: &[Unit],
        divided: &[Unit],
        edits: &mut Vec<Edit>,
    ) -> Result<(), Error> {
        if self.mistyped_left == 0 {
            return Ok(());
        }
        let mut pieces = Vec::new();
        for unit in run {
            if doc_freq(self.searcher, unit.part.field, &unit.part.text)? > 0 {
                pieces.push(unit.clone());
            } else {
                let (start, end) = (unit.range.start, unit.range.end);
                let from = divided.partition_point(|piece| piece.range.start < start);
                let within = divided[from..].iter();
                pieces.extend(within.take_while(|piece| piece.range.end <= end).cloned());
            }
        }
        let run = pieces.as_slice();
        let parts: Vec<_> = run.iter().map(|unit| unit.part.clone()).collect();
        let Some(at) = self.broken(&parts)?.first else {
            return Ok(());
        };
        self.mistyped_left -= 1;
        let mut best: Option<(f32, Range<usize>, String, bool)> = None;
        for (first, end) in windows_at(at, parts.len()) {
            if best.as_ref().is_some_and(|(_, _, _, is_sure)| *is_sure) {
                break;
            }
            let joined: String = parts[first..end].iter().map(|p| p.text.as_str()).collect();
            let distance = match near::letters(&joined).len() {
                // Short, but it stands among others.
                2 if end - first == 1 && parts.len() > 1 => 1,
                _ => near::distance(&joined),
            };
            if distance == 0 {
                continue;
            }
            let around = first.saturating_sub(1)..(end + 1).min(parts.len());
            let broken = self.broken(&parts[around.clone()])?.count;
            let field = parts[at].field;
            let near = near::terms(self.searcher, field, &joined, distance, &self.deadline)?;
            // A character of Chinese, Japanese or Korean is taken for another one, not left out.
            let is_meant = |term: &near::NearTerm| {
                term.distance > 0 && (!is_cjk(&term.text) || term.text.len() == joined.len())
            };
            for term in near.into_iter().filter(is_meant).take(MAX_NEAR) {
                let new = units_of(field, &term.text);
                let (before, after) = (&parts[around.start..first], &parts[end..around.end]);
                let left = self.broken(&[before, &new, after].concat())?;
                let cost = LETTER_COST * f32::from(term.distance) + BROKEN_COST * left.count as f32
                    - (1.0 + term.doc_freq as f32).ln() / 2.0;
                let is_better = best.as_ref().is_none_or(|best| cost < best.0);
                if left.count < broken && !left.has_unknown && is_better {
                    // One letter, and nothing is left that does not go together.
                    let is_sure = left.count == 0 && term.distance == 1 && end - first > 1;
                    best = Some((cost, first..end, term.text, is_sure));
                }
            }
        }
        if let Some((_, units, text, _)) = best
            && let Some(text) = self.written(units_of(parts[at].field, &text))?
        {
            let range = run[units.start].range.start..run[units.end - 1].range.end;
            edits.push(Edit { range, text });
        }
        Ok(())
    }

    /// Which units no document has, or none has behind the one before it.
    fn broken(&mut self, parts: &[Part]) -> Result<Broken, Error> {
        let mut broken = Broken::default();
        for (at, part) in parts.iter().enumerate() {
            let is_unknown = doc_freq(self.searcher, part.field, &part.text)? == 0;
            if is_unknown || at > 0 && !self.are_together(&parts[at - 1..=at])? {
                broken.first = broken.first.or(Some(at));
                broken.count += 1;
                broken.has_unknown |= is_unknown;
            }
        }
        Ok(broken)
    }

    /// Whether a document has two units one after the other.
    fn are_together(&mut self, parts: &[Part]) -> Result<bool, Error> {
        let terms = parts.iter().map(|part| vec![part.term()]);
        let terms: Vec<_> = terms.collect();
        let mut is_found = false;
        for reader in self.searcher.segment_readers() {
            Matches::new(reader, &terms, &[], &mut self.budget)?.each(
                true,
                &mut self.budget,
                |_| {
                    is_found = true;
                    ControlFlow::Break(())
                },
            );
            // What was not looked at may be there.
            if is_found || self.budget.postings == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Where units do not go together.
#[derive(Default)]
struct Broken {
    /// The first one that no document has, or none has behind the one before it.
    first: Option<usize>,
    count: usize,
    /// Whether there is one that no document has.
    has_unknown: bool,
}

/// The units that may be one word with a mistake in it, where the unit at `at` does not go with the
/// one before it: either of them, alone or with others.
fn windows_at(at: usize, count: usize) -> impl Iterator<Item = (usize, usize)> {
    (1..=MAX_JOINED).flat_map(move |length| {
        let first = at.saturating_sub(length)..=at;
        let windows = first.map(move |first| (first, first + length));
        windows.filter(move |&(_, end)| at <= end && end <= count)
    })
}

/// The units of a term: of Chinese, Japanese and Korean each character is one.
fn units_of(field: Field, term: &str) -> Vec<Part> {
    let part = |text: &str| Part {
        field,
        text: text.to_owned(),
        spelling: Spelling::Any,
    };
    if is_cjk(term) {
        let mut utf8 = [0; 4];
        term.chars()
            .map(|c| part(c.encode_utf8(&mut utf8)))
            .collect()
    } else {
        vec![part(term)]
    }
}

fn is_cjk(term: &str) -> bool {
    term.chars().any(|c| Script::of(c).is_cjk())
}
