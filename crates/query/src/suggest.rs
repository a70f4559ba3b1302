//! Autocomplete: what somebody may be about to type, from the words and titles of an index.
//!
//! The last word that is typed is completed from the term dictionary, with the words before it
//! where documents have them one after another. How a word is written, a document tells that has
//! it: so nothing is offered that finds nothing.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::{ControlFlow, Range};

use mekong_core::engine::{self, Fields, Scope};
use mekong_core::{Index, Strength, TokenKind};
use tantivy::schema::{Field, Term};
use tantivy::{DocAddress, DocId, Searcher};

use crate::dictionary::{self, Counted, completes, completions, completions_in, doc_freq};
use crate::sequence::{Budget, Extent, Found, Matches, Part, Sequence, Spelling};
use crate::{Error, Query};

/// What a typed text may become.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The text, as documents write it.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
}

/// What is suggested.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SuggestionKind {
    /// The typed text with its last word completed.
    Words {
        /// About how many documents have it. Counting stops early.
        documents: u32,
    },
    /// The title of a document ([`Document::headline`](mekong_core::Document::headline)).
    Title {
        /// The identifier of the document.
        id: String,
    },
}

impl Suggestion {
    /// The identifier of the document whose title it is, if it is one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match &self.kind {
            SuggestionKind::Title { id } => Some(id),
            SuggestionKind::Words { .. } => None,
        }
    }
}

/// So many of the words before the last one have to stand before it in documents too.
const MAX_CONTEXT: usize = 3;
/// The last word may have been divided into so many units, as it is not complete.
const MAX_UNITS: usize = 4;
/// So many completions are looked for in documents.
const MAX_CANDIDATES: usize = 40;
/// So many folded words are looked for in all their spellings.
const MAX_SPELLED: usize = 16;
/// The last word of a title may be any of so many, the most frequent ones.
const MAX_IN_TITLES: usize = 16;
/// So many terms of a segment are looked at for the last word of a title.
const MAX_SCANNED_IN_TITLES: usize = 1_000;
/// The words of a longer text are not all looked for in titles.
const MAX_TITLE_WORDS: usize = 8;
/// Documents are counted up to here.
const MAX_COUNTED: usize = 50;

/// The budgets of words and of titles: about 1.5 ms each.
const WORDS: Budget = Budget {
    postings: 8_000,
    bytes: 20 * 1024,
};
const TITLES: Budget = Budget {
    postings: 8_000,
    bytes: 12 * 1024,
};

pub(crate) fn complete(
    index: &Index,
    searcher: &Searcher,
    text: &str,
    limit: usize,
) -> Result<Vec<Suggestion>, Error> {
    if text.len() > Query::MAX_TEXT_BYTES {
        return Err(Error::too_long(text.len(), Query::MAX_TEXT_BYTES));
    }
    let completion = Completion {
        index,
        searcher,
        typed: Typed::new(index, text),
        text,
        limit: limit.min(MAX_CANDIDATES),
    };
    let mut suggestions = completion.words()?;
    suggestions.extend(completion.titles()?);
    Ok(suggestions)
}

/// A unit of a typed text.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) part: Part,
    /// Its stem, of a word that is written with blanks.
    pub(crate) stem: Option<String>,
    /// Where it is typed, in bytes.
    pub(crate) range: Range<usize>,
    /// Whether it is written with blanks around it.
    pub(crate) is_spaced: bool,
    /// Whether nothing but what may stand between two words of a name parts it from the one
    /// before; nothing at all in scripts without blanks.
    pub(crate) follows: bool,
}

/// A typed text, unit by unit.
pub(crate) struct Typed {
    pub(crate) units: Vec<Unit>,
    /// Whether nothing stands behind the last one: it may go on.
    is_open: bool,
}

impl Typed {
    pub(crate) fn new(index: &Index, text: &str) -> Self {
        Self::divided(index, text, Strength::SUBWORD)
    }

    /// The same with words divided at weaker boundaries than those of documents.
    pub(crate) fn divided(index: &Index, text: &str, least: Strength) -> Self {
        let fields = engine::fields(index);
        let mut units = Vec::<Unit>::new();
        index.analyzer().analyze_to(text, least, |token| {
            if token.is_unit()
                && let Some(field) = fields.of(&token)
            {
                let is_spaced = token.kind == TokenKind::Folded;
                let follows = units.last().is_some_and(|before| {
                    let between = &text[before.range.end..token.range.start];
                    before.is_spaced == is_spaced
                        && between.is_empty() != is_spaced
                        && between.chars().all(char::is_whitespace)
                });
                units.push(Unit {
                    part: Part {
                        field,
                        text: token.text.to_owned(),
                        spelling: Spelling::Any,
                    },
                    stem: None,
                    range: token.range,
                    is_spaced,
                    follows,
                });
            } else if let Some(unit) = units.last_mut() {
                // What follows a folded word says more of it.
                match token.kind {
                    TokenKind::Exact if token.text != unit.part.text => {
                        unit.part.spelling = Spelling::Is(token.text.to_owned());
                    }
                    TokenKind::Stem => unit.stem = Some(token.text.to_owned()),
                    _ => {}
                }
            }
        });
        let end = units.last().map_or(0, |unit| unit.range.end);
        Self {
            is_open: end == text.len(),
            units,
        }
    }

    /// How many units stand together with the last of the first `end` ones, itself among them.
    fn run(&self, end: usize) -> usize {
        let units = self.units[..end].iter().rev();
        let following = units.take_while(|unit| unit.follows).count();
        (following + 1).min(end)
    }
}

struct Completion<'a> {
    index: &'a Index,
    searcher: &'a Searcher,
    typed: Typed,
    text: &'a str,
    limit: usize,
}

/// What the last word may become.
struct Candidate {
    sequence: Sequence,
    /// How many documents have its term, or its last two words.
    documents: u32,
    /// Where in the typed text it begins.
    start: usize,
}

impl Completion<'_> {
    fn fields(&self) -> &Fields {
        engine::fields(self.index)
    }

    fn words(&self) -> Result<Vec<Suggestion>, Error> {
        let mut budget = WORDS;
        let mut suggestions = Vec::new();
        let mut known = HashSet::from([self.text.trim().to_lowercase()]);
        let Some(last) = self.typed.units.last() else {
            return Ok(suggestions);
        };
        let run = self.typed.run(self.typed.units.len());
        // After a blank the word that comes next is one more.
        let next = usize::from(!self.typed.is_open);
        let longest = (run + next).min(MAX_CONTEXT + 1);
        let pairs = if last.is_spaced && longest > 1 {
            self.pairs()?
        } else {
            Vec::new()
        };
        for units in (1..=longest).rev() {
            let candidates = if last.is_spaced {
                self.spaced(units, &pairs)?
            } else if units == longest || units == 1 {
                self.unspaced(units == longest)?
            } else {
                continue;
            };
            for candidate in candidates {
                if suggestions.len() == self.limit || budget.is_spent() {
                    break;
                }
                let most = MAX_COUNTED.min(budget.postings);
                let written =
                    candidate
                        .sequence
                        .written(self.index, self.searcher, most, &mut budget)?;
                let documents = if candidate.sequence.parts.len() > 2 || !last.is_spaced {
                    written.documents
                } else {
                    candidate.documents
                };
                for form in written.forms {
                    let text = self.text[..candidate.start].to_owned() + &form;
                    let text = text.trim_start().to_owned();
                    if suggestions.len() < self.limit && known.insert(text.to_lowercase()) {
                        let kind = SuggestionKind::Words { documents };
                        suggestions.push(Suggestion { text, kind });
                    }
                }
            }
            if !suggestions.is_empty() {
                break;
            }
        }
        Ok(suggestions)
    }

    /// The last word, if it is not complete, and those before it.
    fn last_word(&self) -> (&[Unit], Option<&Unit>) {
        let units = &self.typed.units;
        match units.split_last() {
            Some((last, before)) if self.typed.is_open => (before, Some(last)),
            _ => (units, None),
        }
    }

    /// What the word before the last one and the last one may become, joined.
    fn pairs(&self) -> Result<Vec<Counted>, Error> {
        let (before, last) = self.last_word();
        let Some(before) = before.last() else {
            return Ok(Vec::new());
        };
        let end = before.range.end;
        if last.is_none() && !self.text[end..].chars().all(char::is_whitespace) {
            return Ok(Vec::new());
        }
        let prefix = last.map_or("", |last| &last.part.text);
        let pair = before.part.text.clone() + prefix;
        let mut pairs = completions(self.searcher, self.fields().pairs, &pair, MAX_CANDIDATES)?;
        pairs.retain(|(pair, _)| pair.len() > before.part.text.len());
        Ok(pairs)
    }

    /// Words that begin so. With a single letter there are so many that those of titles are looked
    /// at first, which are fewer.
    fn begun(&self, field: Field, prefix: &str, count: usize) -> Result<Vec<Counted>, Error> {
        if prefix.chars().nth(1).is_none() {
            let scoped = self.fields().scoped;
            let title = Scope::Title.term("");
            let mut words = completions(self.searcher, scoped, &(title.clone() + prefix), count)?;
            for (word, documents) in &mut words {
                word.drain(..title.len());
                *documents = doc_freq(self.searcher, field, word)?;
            }
            words.retain(|(_, documents)| *documents > 0);
            if !words.is_empty() {
                return Ok(words);
            }
        }
        completions(self.searcher, field, prefix, count)
    }

    /// Completions of a word that is written with blanks, after those of the `units` last ones
    /// that stand before it.
    fn spaced(&self, units: usize, pairs: &[Counted]) -> Result<Vec<Candidate>, Error> {
        let (before, last) = self.last_word();
        let context = &before[before.len() + 1 - units..];
        if context.is_empty() && last.is_none() {
            return Ok(Vec::new());
        }
        let start = context.first().or(last).map_or(0, |unit| unit.range.start);
        let prefix = last.map_or("", |last| &last.part.text);
        let candidate = |part: Part, documents| {
            let mut parts: Vec<_> = context.iter().map(|unit| unit.part.clone()).collect();
            parts.push(part);
            Candidate {
                sequence: Sequence {
                    parts,
                    extent: Extent::Parts,
                },
                documents,
                start,
            }
        };
        let fields = self.fields();
        let part = |text: &str, spelling| Part {
            field: fields.folded,
            text: text.to_owned(),
            spelling,
        };
        let typed = last.map(|last| &last.part.spelling);
        if let Some(before) = context.last() {
            let spelling = match typed {
                Some(Spelling::Is(key)) => Spelling::Completes(key.clone()),
                _ => Spelling::Any,
            };
            let word = |pair: &str| part(&pair[before.part.text.len()..], spelling.clone());
            let words = pairs.iter();
            let words = words.map(|(pair, count)| candidate(word(pair), *count));
            return Ok(words.collect());
        }
        let mut spelled = Vec::new();
        for (word, _) in self.begun(fields.folded, prefix, MAX_SPELLED)? {
            for (key, count) in dictionary::spellings(self.searcher, fields.exact, &word)? {
                let is_meant = match typed {
                    Some(Spelling::Is(typed)) => completes(typed, &key),
                    _ => true,
                };
                if is_meant {
                    spelled.push((key, count, word.clone()));
                }
            }
        }
        spelled.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let candidates = spelled
            .into_iter()
            .map(|(key, count, word)| candidate(part(&word, Spelling::Is(key)), count));
        Ok(candidates.collect())
    }

    /// Completions of a word of a script without blanks. Where its last units begin, the whole
    /// word may do: as it is not complete it may be divided otherwise than it will be.
    fn unspaced(&self, in_context: bool) -> Result<Vec<Candidate>, Error> {
        let all = &self.typed.units;
        if !self.typed.is_open {
            return Ok(Vec::new());
        }
        let run = self.typed.run(all.len());
        let field = self.fields().unspaced;
        let mut candidates = Vec::new();
        for units in (1..=run.min(MAX_UNITS)).rev() {
            let first = all.len() - units;
            let begins = &all[first..];
            let prefix: String = begins.iter().map(|unit| unit.part.text.as_str()).collect();
            let context = (run - units).min(MAX_CONTEXT);
            if !in_context && context == 0 {
                continue;
            }
            let context = &all[first - if in_context { context } else { 0 }..first];
            let start = context.first().unwrap_or(&begins[0]).range.start;
            let is_all = context.len() + units == run;
            for (text, documents) in self.begun(field, &prefix, MAX_CANDIDATES)? {
                let extent = Extent::Words {
                    from_start: is_all || !in_context,
                    and_next: text == prefix,
                };
                let mut parts: Vec<_> = context.iter().map(|unit| unit.part.clone()).collect();
                parts.push(Part {
                    field,
                    text,
                    spelling: Spelling::Any,
                });
                candidates.push(Candidate {
                    sequence: Sequence { parts, extent },
                    documents,
                    start,
                });
            }
        }
        Ok(candidates)
    }

    fn titles(&self) -> Result<Vec<Suggestion>, Error> {
        let mut suggestions = Vec::new();
        let units = &self.typed.units;
        let Some(last) = units.len().checked_sub(1) else {
            return Ok(suggestions);
        };
        let mut budget = TITLES;
        let mut known = HashSet::new();
        let joined = if units[last].is_spaced || !self.typed.is_open {
            1
        } else {
            self.typed.run(units.len()).min(MAX_UNITS)
        };
        for adjacent in [true, false] {
            for joined in 1..=joined {
                if suggestions.len() >= self.limit || budget.is_spent() {
                    return Ok(suggestions);
                }
                let parts = self.title_parts(joined);
                if parts.len() == 1 && !adjacent {
                    continue;
                }
                for address in self.titled(&parts, adjacent, &mut budget)? {
                    if suggestions.len() == self.limit || budget.bytes == 0 {
                        break;
                    }
                    let document = engine::document(self.index, self.searcher, address)?;
                    budget.read(&document);
                    let title = document.headline().trim();
                    if self.is_title(title, &parts) && known.insert(title.to_owned()) {
                        suggestions.push(Suggestion {
                            text: title.to_owned(),
                            kind: SuggestionKind::Title { id: document.id },
                        });
                    }
                }
            }
        }
        Ok(suggestions)
    }

    /// The typed units, of which the last ones are one: the beginning of a word.
    fn title_parts(&self, joined: usize) -> Vec<Part> {
        let units = &self.typed.units;
        let (whole, begun) = units.split_at(units.len() - joined);
        let whole = whole.iter().rev().take(MAX_TITLE_WORDS - 1).rev();
        let mut parts: Vec<_> = whole.map(|unit| unit.part.clone()).collect();
        let mut last = begun[0].part.clone();
        for unit in &begun[1..] {
            last.text += &unit.part.text;
        }
        if self.typed.is_open
            && let Spelling::Is(key) = last.spelling
        {
            last.spelling = Spelling::Completes(key);
        }
        parts.push(last);
        parts
    }

    /// Documents with these words in their titles, the newest first.
    fn titled(
        &self,
        parts: &[Part],
        adjacent: bool,
        budget: &mut Budget,
    ) -> Result<Vec<DocAddress>, Error> {
        let filter: Vec<_> = parts.iter().filter_map(|p| p.key(self.index)).collect();
        let mut found = Vec::new();
        for (ordinal, reader) in (0..).zip(self.searcher.segment_readers()) {
            let mut terms: Vec<_> = parts
                .iter()
                .map(|p| vec![p.in_titles(self.index)])
                .collect();
            if self.typed.is_open
                && let Some(last) = terms.last_mut()
            {
                let prefix = last[0].value();
                let prefix = prefix.as_str().unwrap_or_default();
                let scoped = self.fields().scoped;
                let begun =
                    completions_in(reader, scoped, prefix, MAX_IN_TITLES, MAX_SCANNED_IN_TITLES)?;
                *last = begun
                    .iter()
                    .map(|(text, _)| Term::from_field_text(scoped, text))
                    .collect();
            }
            let dates = reader.fast_fields().i64("date").map_err(Error::engine)?;
            let mut count = 0;
            let mut add = |doc: DocId| {
                found.push((Reverse(dates.first(doc)), DocAddress::new(ordinal, doc)));
                count += 1;
                if count < 2 * self.limit {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            };
            if self.limit > 0 {
                Matches::new(reader, &terms, &filter, budget)?.each(adjacent, budget, &mut add);
            }
        }
        found.sort();
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    /// Whether a title has the words with the accents that they are typed with.
    fn is_title(&self, title: &str, parts: &[Part]) -> bool {
        let last = parts.last();
        let found = Found::of(self.index, title, parts, |part, token| {
            if self.typed.is_open && Some(part) == last {
                token.starts_with(&part.text)
            } else {
                token == part.text
            }
        });
        found.has_all()
    }
}
