//! Units that stand one after another: which documents have them, and how they are written there.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

use mekong_core::engine::{self, Scope};
use mekong_core::{Document, Index, TokenKind};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use crate::Error;
use crate::dictionary::{completes, from_io};

/// What may still be done for one call. It is counted rather than timed, so that a call gives the
/// same however busy the machine is.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Entries of posting lists that are looked at; a list that is opened counts as
    /// [`LIST_COST`] of them.
    pub(crate) postings: usize,
    /// Bytes of documents that are analysed; one that is read counts as [`BYTE_COST`] of a byte.
    pub(crate) bytes: usize,
}

/// What opening a posting list takes, in entries of one that is open.
const LIST_COST: usize = 16;
/// What reading the positions of an entry takes, in entries.
const POSITIONS_COST: usize = 4;
/// What reading a byte of a document takes, in bytes that are analysed.
const BYTE_COST: f32 = 0.1;

impl Budget {
    pub(crate) fn is_spent(&self) -> bool {
        self.postings == 0 || self.bytes == 0
    }

    pub(crate) fn read(&mut self, document: &Document) {
        // Its identifier, source and the like.
        const REST: usize = 1024;
        let cost = (document.body.len() + REST) as f32 * BYTE_COST;
        self.bytes = self.bytes.saturating_sub(cost as usize);
    }
}

/// So much of a document is looked through at a time for how something is written, until it is
/// found.
const CHUNK_BYTES: usize = 2 * 1024;
/// Longer lines are looked through up to here.
const MAX_LINE_BYTES: usize = 16 * 1024;
/// Of so many documents that have a sequence the shortest ones are read.
const MAX_CHOICE: usize = 8;
/// So many are read where one does not tell all.
const MAX_READ: usize = 3;

/// One part of a sequence: a unit, or in the last place any token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) field: Field,
    pub(crate) text: String,
    pub(crate) spelling: Spelling,
}

/// Which accents a part has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Any,
    /// Those of this accent-exact key.
    Is(String),
    /// Those of this key, which is the beginning of a word, or more.
    Completes(String),
}

impl Spelling {
    fn fits(&self, key: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Is(wanted) => wanted == key,
            Self::Completes(typed) => completes(typed, key),
        }
    }
}

/// Parts one after another, with nothing but blanks between them.
#[derive(Clone, Debug)]
pub(crate) struct Sequence {
    pub(crate) parts: Vec<Part>,
    pub(crate) extent: Extent,
}

/// How much of a text is shown for a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Its parts.
    Parts,
    /// For scripts without blanks, up to the end of the word that it ends in.
    Words {
        /// Whether it has to begin where a word does.
        from_start: bool,
        /// Whether the word behind it is shown too, where it ends with a word itself.
        and_next: bool,
    },
}

/// A sequence as documents have it.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The most frequent first.
    pub(crate) forms: Vec<String>,
    /// How many of the documents that were looked at have it.
    pub(crate) documents: u32,
}

impl Sequence {
    /// How some short ones of its documents write it: none where no document that was looked at
    /// has it. At most `most` documents are counted.
    pub(crate) fn written(
        &self,
        index: &Index,
        searcher: &Searcher,
        most: usize,
        budget: &mut Budget,
    ) -> Result<Written, Error> {
        let mut choice = Vec::new();
        let mut documents = 0;
        let terms: Vec<_> = self.parts.iter().map(|part| vec![part.term()]).collect();
        let filter: Vec<_> = self.parts.iter().filter_map(|p| p.key(index)).collect();
        for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
            let Some(last) = self.parts.last() else { break };
            let lengths = reader.get_fieldnorms_reader(last.field);
            let lengths = lengths.map_err(Error::engine)?;
            Matches::new(reader, &terms, &filter, budget)?.each(true, budget, |doc| {
                documents += 1;
                if choice.len() < MAX_CHOICE {
                    choice.push((lengths.fieldnorm_id(doc), DocAddress::new(ordinal, doc)));
                }
                if documents < most {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            if documents >= most {
                break;
            }
        }
        choice.sort();
        let mut forms = HashMap::new();
        for (_, address) in choice.into_iter().take(MAX_READ) {
            if budget.bytes == 0 || (self.is_certain() && !forms.is_empty()) {
                break;
            }
            let document = engine::document(index, searcher, address)?;
            budget.read(&document);
            self.add_forms(index, &document, &mut forms, budget);
        }
        let capitals = |form: &str| form.chars().filter(|c| c.is_uppercase()).count();
        let mut forms: Vec<_> = forms.into_iter().collect();
        // Where they are even, in small letters.
        forms.sort_by(|(a, count_a), (b, count_b)| {
            let small = || capitals(a).cmp(&capitals(b));
            count_b.cmp(count_a).then_with(small).then_with(|| a.cmp(b))
        });
        if self.extent == Extent::Parts {
            forms.truncate(1);
        }
        Ok(Written {
            forms: forms.into_iter().map(|(form, _)| form).collect(),
            documents: documents as u32,
        })
    }

    /// Whether one document tells all that is asked: not which accents come behind those that
    /// are typed, nor how words go on.
    fn is_certain(&self) -> bool {
        let in_part = |part: &Part| matches!(part.spelling, Spelling::Completes(_));
        self.extent == Extent::Parts && !self.parts.iter().any(in_part)
    }

    /// Counts how a document writes it, in its title and where its body first does.
    fn add_forms(
        &self,
        index: &Index,
        document: &Document,
        forms: &mut HashMap<String, usize>,
        budget: &mut Budget,
    ) {
        let title = document.title.as_deref().into_iter();
        let title = title.map(|title| (title, true));
        let body = chunks(&document.body).map(|chunk| (chunk, false));
        for (chunk, is_title) in title.chain(body) {
            if budget.bytes == 0 {
                return;
            }
            budget.bytes = budget.bytes.saturating_sub(chunk.len());
            for range in self.places(index, chunk) {
                // In capitals it would be an operator of a query.
                let small = |word| if word == "OR" { "or" } else { word };
                let form: Vec<_> = chunk[range].split_whitespace().map(small).collect();
                *forms.entry(form.join(" ")).or_default() += 1;
            }
            // A title may have it in capitals.
            if !forms.is_empty() && !is_title {
                return;
            }
        }
    }

    /// Where a text has it, in bytes.
    fn places(&self, index: &Index, text: &str) -> Vec<Range<usize>> {
        let Some(last) = self.parts.len().checked_sub(1) else {
            return Vec::new();
        };
        let found = Found::of(index, text, &self.parts, |part, token| part.text == token);
        let mut places = Vec::new();
        for (position, ending) in &found.of_part[last] {
            let Some(first) = position.checked_sub(last as u32) else {
                continue;
            };
            let has = |part: usize| {
                let position = first + part as u32;
                let by_position = |(at, _): &(u32, Range<usize>)| at.cmp(&position);
                found.of_part[part].binary_search_by(by_position).is_ok()
            };
            if !(0..last).all(has) {
                continue;
            }
            let Some(units) = found.units.get(first as usize..=*position as usize) else {
                continue;
            };
            let joins = |pair: &[Range<usize>]| {
                text[pair[0].end..pair[1].start]
                    .chars()
                    .all(is_between_words)
            };
            let Some(begins) = units.first().filter(|_| units.windows(2).all(joins)) else {
                continue;
            };
            let mut place = begins.start..ending.end;
            if let Extent::Words {
                from_start,
                and_next,
            } = self.extent
            {
                let words = &found.words;
                let word_at = |at: usize| {
                    let number = words.partition_point(|word| word.end <= at);
                    words.get(number).filter(|word| word.start <= at)
                };
                let begins_word = |at| word_at(at).is_some_and(|word| word.start == at);
                let Some(word) = word_at(ending.start).filter(|word| word.end >= place.end) else {
                    continue;
                };
                if from_start && !begins_word(place.start) {
                    continue;
                }
                let is_whole = word.end == place.end;
                place.end = word.end;
                if is_whole
                    && and_next
                    && let Some(next) = word_at(place.end)
                {
                    place.end = next.end;
                }
            }
            places.push(place);
        }
        places
    }
}

/// What may stand between two words that are one name.
fn is_between_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\'' | '’')
}

impl Part {
    pub(crate) fn term(&self) -> Term {
        Term::from_field_text(self.field, &self.text)
    }

    /// The term of its spelling.
    pub(crate) fn key(&self, index: &Index) -> Option<Term> {
        match &self.spelling {
            Spelling::Is(key) => Some(Term::from_field_text(engine::fields(index).exact, key)),
            _ => None,
        }
    }

    /// The same word among those of titles.
    pub(crate) fn in_titles(&self, index: &Index) -> Term {
        let scoped = engine::fields(index).scoped;
        Term::from_field_text(scoped, &Scope::Title.term(&self.text))
    }
}

/// Where a text has each of some parts.
pub(crate) struct Found {
    /// The bytes of each unit, by its position.
    units: Vec<Range<usize>>,
    /// Words of scripts without blanks.
    words: Vec<Range<usize>>,
    /// For each part, where it is: positions, ascending, and bytes.
    of_part: Vec<Vec<(u32, Range<usize>)>>,
}

impl Found {
    /// `is_part` compares a part with a token of its field.
    pub(crate) fn of(
        index: &Index,
        text: &str,
        parts: &[Part],
        is_part: impl Fn(&Part, &str) -> bool,
    ) -> Self {
        let fields = engine::fields(index);
        let mut found = Self {
            units: Vec::new(),
            words: Vec::new(),
            of_part: vec![Vec::new(); parts.len()],
        };
        index.analyzer().analyze(text, None, |token| {
            if token.is_unit() {
                found.units.push(token.range.clone());
            }
            if token.kind == TokenKind::Word {
                found.words.push(token.range.clone());
            }
            let field = fields.of(&token);
            for (part, at) in parts.iter().zip(&mut found.of_part) {
                let last = at.last().map(|(position, _)| *position);
                if token.kind == TokenKind::Exact {
                    // It comes behind the folded word.
                    if last == Some(token.position) && !part.spelling.fits(token.text) {
                        at.pop();
                    }
                } else if field == Some(part.field)
                    && last != Some(token.position)
                    && is_part(part, token.text)
                {
                    at.push((token.position, token.range.clone()));
                }
            }
        });
        found
    }

    pub(crate) fn has_all(&self) -> bool {
        self.of_part.iter().all(|at| !at.is_empty())
    }
}

/// The documents of a segment that have all of some terms, or any of each of some groups.
pub(crate) struct Matches<'a> {
    reader: &'a SegmentReader,
    /// In the order in which they stand in a text.
    parts: Vec<AnyOf>,
    filter: Vec<AnyOf>,
}

impl<'a> Matches<'a> {
    pub(crate) fn new(
        reader: &'a SegmentReader,
        parts: &[Vec<Term>],
        filter: &[Term],
        budget: &mut Budget,
    ) -> Result<Self, Error> {
        let mut open = |terms: &[Term], option| {
            budget.postings = budget.postings.saturating_sub(LIST_COST * terms.len());
            let mut lists = Vec::with_capacity(terms.len());
            for term in terms {
                let inverted = reader.inverted_index(term.field());
                let list = inverted.map_err(Error::engine)?.read_postings(term, option);
                lists.extend(list.map_err(from_io)?);
            }
            Ok::<_, Error>(AnyOf(lists))
        };
        let positions = IndexRecordOption::WithFreqsAndPositions;
        Ok(Self {
            reader,
            parts: parts
                .iter()
                .map(|terms| open(terms, positions))
                .collect::<Result<_, _>>()?,
            filter: filter
                .iter()
                .map(|term| open(std::slice::from_ref(term), IndexRecordOption::Basic))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Calls `each` with every live document that has them, one after another if they are to be
    /// `adjacent`.
    pub(crate) fn each(
        mut self,
        adjacent: bool,
        budget: &mut Budget,
        mut each: impl FnMut(DocId) -> ControlFlow<()>,
    ) {
        let count = self.parts.len();
        let mut lists: Vec<_> = self.parts.iter_mut().chain(&mut self.filter).collect();
        let Some(rarest) = (0..lists.len()).min_by_key(|&list| lists[list].cost()) else {
            return;
        };
        let mut doc = lists[rarest].doc();
        let mut positions = [Vec::new(), Vec::new()];
        while doc != TERMINATED && budget.postings > 0 {
            budget.postings = budget.postings.saturating_sub(lists.len());
            let mut after = doc;
            for list in &mut lists {
                after = list.seek(doc);
                if after > doc {
                    break;
                }
            }
            if after == doc {
                after = doc + 1;
                if adjacent && count > 1 {
                    budget.postings = budget.postings.saturating_sub(POSITIONS_COST * count);
                }
                if !self.reader.is_deleted(doc)
                    && (!adjacent || are_adjacent(&mut lists[..count], doc, &mut positions))
                    && each(doc).is_break()
                {
                    return;
                }
            }
            doc = lists[rarest].seek(after);
        }
    }
}

/// Whether lists that are at a document have positions there that follow one another.
fn are_adjacent(lists: &mut [&mut AnyOf], doc: DocId, [ends, next]: &mut [Vec<u32>; 2]) -> bool {
    let mut lists = lists.iter_mut();
    let Some(first) = lists.next() else {
        return false;
    };
    if lists.len() == 0 {
        return true;
    }
    first.positions(doc, ends);
    for list in lists {
        list.positions(doc, next);
        next.retain(|position| {
            let before = position.checked_sub(1);
            before.is_some_and(|before| ends.binary_search(&before).is_ok())
        });
        std::mem::swap(ends, next);
    }
    !ends.is_empty()
}

/// The documents that have any of some terms.
struct AnyOf(Vec<SegmentPostings>);

impl AnyOf {
    fn cost(&self) -> u64 {
        self.0.iter().map(|list| u64::from(list.size_hint())).sum()
    }

    fn doc(&self) -> DocId {
        self.0.iter().map(DocSet::doc).min().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let behind = self.0.iter_mut().filter(|list| list.doc() < target);
        behind.for_each(|list| _ = list.seek(target));
        self.doc()
    }

    /// Positions in a document that it is at, ascending.
    fn positions(&mut self, doc: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        for list in self.0.iter_mut().filter(|list| list.doc() == doc) {
            list.append_positions_with_offset(0, positions);
        }
        positions.sort_unstable();
    }
}

/// A text in parts of some lines each.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut end = rest.len().min(CHUNK_BYTES);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        end += rest[end..].find('\n').map_or(rest.len() - end, |at| at + 1);
        let (chunk, after) = rest.split_at(end);
        rest = after;
        let mut end = chunk.len().min(MAX_LINE_BYTES);
        while !chunk.is_char_boundary(end) {
            end -= 1;
        }
        (!chunk.is_empty()).then_some(&chunk[..end])
    })
}
