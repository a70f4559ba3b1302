//! Finds the documents that answer a query, in the order that it asks for.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::ops::Range;

use tantivy::query::Scorer;
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader};

use crate::Error;
use crate::filter::SegmentFilter;
use crate::page::{Count, Page, Total};
use crate::plan::{Plan, Summands};
use crate::query::Sort;
use crate::recency::Ranking;
use crate::run::{self, Runs};
use crate::scan::{Dated, Deadline, Side, Span};

/// A segment and the documents of it that pass the filters.
pub(crate) struct Segment<'a> {
    pub(crate) ordinal: u32,
    pub(crate) reader: &'a SegmentReader,
    pub(crate) dated: Dated,
    pub(crate) filter: SegmentFilter<'a>,
}

/// A query and where it looks.
pub(crate) struct Search<'a> {
    pub(crate) segments: Vec<Segment<'a>>,
    pub(crate) plan: Option<Plan>,
    pub(crate) span: Span,
    pub(crate) ranking: Ranking,
}

/// A document that was found. The better one is the greater one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// What it is ordered by, where it is ordered by how well it matches.
    pub(crate) rank: f64,
    /// How well it matches, whatever its age.
    pub(crate) score: Score,
    pub(crate) address: DocAddress,
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank
            .total_cmp(&other.rank)
            .then_with(|| other.address.cmp(&self.address))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Found {}

/// The best documents met so far.
struct Best<'a> {
    wanted: usize,
    heap: BinaryHeap<Reverse<Found>>,
    /// Only documents that come after this one are wanted.
    after: Option<Found>,
    /// These are not wanted.
    without: &'a [Found],
}

impl<'a> Best<'a> {
    fn new(wanted: usize) -> Self {
        Self {
            wanted,
            heap: BinaryHeap::new(),
            after: None,
            without: &[],
        }
    }

    /// The rank that a document must exceed to get in.
    fn threshold(&self) -> Option<f64> {
        let worst = self.heap.peek().filter(|_| self.heap.len() >= self.wanted);
        worst.map(|Reverse(worst)| worst.rank)
    }

    fn add(&mut self, found: Found) {
        let is_shown = self.after.is_some_and(|after| found >= after)
            || self.without.iter().any(|f| f.address == found.address);
        if !is_shown {
            self.heap.push(Reverse(found));
            if self.heap.len() > self.wanted {
                self.heap.pop();
            }
        }
    }

    fn into_sorted(self) -> Vec<Found> {
        let sorted = self.heap.into_sorted_vec();
        sorted.into_iter().map(|Reverse(found)| found).collect()
    }
}

impl Search<'_> {
    /// The documents of a page, in the order that is asked for.
    pub(crate) fn page(
        &mut self,
        sort: Sort,
        page: &Page,
        engine: &tantivy::Searcher,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        if page.limit == 0 {
            return Ok(Vec::new());
        }
        match (&self.plan, sort) {
            (Some(plan), Sort::Relevance | Sort::Recent { .. }) if plan.ranks => {
                self.ranked(plan, page, engine, deadline)
            }
            _ => self.by_date(sort, page, deadline),
        }
    }

    /// The best matches: the first [`run::MAX_DOCUMENTS`] after a look at their runs, then the
    /// others. It is a fixed number of documents whatever is wanted, so that every page sees the
    /// same order.
    ///
    /// The first ones are found without looking at all others, where the plan has it. What the
    /// engine takes for the best score of a block may then be too low (it goes by the mean length
    /// of a segment's documents, not of all), and a document get lost. So the others are found by
    /// looking at all: what is not among the first ones is among the others.
    fn ranked(
        &self,
        plan: &Plan,
        page: &Page,
        engine: &tantivy::Searcher,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        const FIRST: usize = run::MAX_DOCUMENTS;
        let start = page.start();
        let end = start.saturating_add(page.limit);
        // The page goes on among the others, behind this one.
        let after = page.after.filter(|after| after.shown > FIRST);
        let mut first = Vec::new();
        if let Some(summands) = &plan.prunes {
            // The one behind them tells a page that ends there whether there is another page.
            first = self.first_best(plan, summands, FIRST + 1, deadline)?;
        } else if after.is_none() {
            first = self.all_best(plan, Best::new(end.max(FIRST)), deadline)?;
        }
        let mut others = first.split_off(first.len().min(FIRST));
        let is_more = plan.prunes.is_some() && !others.is_empty() && end > FIRST + 1;
        if is_more || after.is_some() {
            let best = Best {
                wanted: match after {
                    Some(_) => page.offset.saturating_add(page.limit),
                    None => end - FIRST,
                },
                heap: BinaryHeap::new(),
                after: after.map(|after| Found {
                    rank: after.rank(),
                    score: 0.0,
                    address: after.address(),
                }),
                without: &first,
            };
            others = self.all_best(plan, best, deadline)?;
        }
        let (mut found, left_out) = match after {
            Some(_) => (others, page.offset),
            None => {
                if let Some(runs) = &plan.runs {
                    self.add_runs(runs, &mut first, engine, deadline)?;
                }
                first.extend(others);
                (first, start)
            }
        };
        found.drain(..left_out.min(found.len()));
        found.truncate(page.limit);
        Ok(found)
    }

    /// Adds to the scores of some documents those of their runs.
    fn add_runs(
        &self,
        runs: &Runs,
        found: &mut [Found],
        engine: &tantivy::Searcher,
        deadline: &Deadline,
    ) -> Result<(), Error> {
        found.sort_by_key(|found| found.address);
        for of_segment in found.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord)
        {
            let ordinal = of_segment[0].address.segment_ord;
            let docs: Vec<DocId> = of_segment.iter().map(|f| f.address.doc_id).collect();
            let best_runs = runs.of(engine.segment_reader(ordinal), &docs, deadline)?;
            for (found, run) in of_segment.iter_mut().zip(best_runs) {
                found.score += run.score;
                found.rank = self.ranking.rank(found.score, || self.date(found.address));
            }
        }
        found.sort_by(|a, b| b.cmp(a));
        Ok(())
    }

    /// The best matches by all evidence but runs, found without looking at all where that pays.
    fn first_best(
        &self,
        plan: &Plan,
        summands: &Summands,
        wanted: usize,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        let mut best = Best::new(wanted);
        for segment in &self.segments {
            for span in segment.dated.spans() {
                if !segment.may_prune(&span, deadline) {
                    self.look_at_all(plan, segment, &span, &mut best, deadline)?;
                    continue;
                }
                deadline.check()?;
                self.span.set(&span);
                let mut sum = summands.of(segment.reader)?;
                let threshold = self.least_score(segment, &span, &best);
                let mut each = |doc, _| {
                    if doc >= span.end || deadline.is_passed() {
                        // No document can exceed this: the engine stops.
                        return Score::INFINITY;
                    }
                    if segment.filter.passes(doc) {
                        // The same whatever was passed over.
                        best.add(self.found(segment, doc, sum.of(doc)));
                    }
                    self.least_score(segment, &span, &best)
                };
                plan.weight
                    .for_each_pruning(threshold, segment.reader, &mut each)
                    .map_err(Error::engine)?;
                deadline.check()?;
            }
        }
        Ok(best.into_sorted())
    }

    /// The best matches by all evidence but runs.
    fn all_best(
        &self,
        plan: &Plan,
        mut best: Best<'_>,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        for segment in &self.segments {
            for span in segment.dated.spans() {
                self.look_at_all(plan, segment, &span, &mut best, deadline)?;
            }
        }
        Ok(best.into_sorted())
    }

    fn look_at_all(
        &self,
        plan: &Plan,
        segment: &Segment<'_>,
        span: &Range<DocId>,
        best: &mut Best<'_>,
        deadline: &mut Deadline,
    ) -> Result<(), Error> {
        deadline.check()?;
        self.span.set(span);
        let mut scorer = segment.scorer(plan, span)?;
        let mut least = self.least_score(segment, span, best);
        while scorer.doc() < span.end && !deadline.is_passed() {
            let (doc, score) = (scorer.doc(), scorer.score());
            if score > least && segment.filter.passes(doc) {
                best.add(self.found(segment, doc, score));
                least = self.least_score(segment, span, best);
            }
            scorer.advance();
        }
        deadline.check()
    }

    /// A score that a document of a span must exceed to be among the best.
    fn least_score(&self, segment: &Segment<'_>, span: &Range<DocId>, best: &Best<'_>) -> Score {
        match best.threshold() {
            // The first one of a span is its newest.
            Some(rank) => self
                .ranking
                .least_score(rank, || segment.dated.date(span.start)),
            None => Score::MIN,
        }
    }

    fn found(&self, segment: &Segment<'_>, doc: DocId, score: Score) -> Found {
        Found {
            rank: self.ranking.rank(score, || segment.dated.date(doc)),
            score,
            address: DocAddress::new(segment.ordinal, doc),
        }
    }

    fn date(&self, address: DocAddress) -> Option<i64> {
        let segment = self.segment(address)?;
        segment.dated.date(address.doc_id)
    }

    fn segment(&self, address: DocAddress) -> Option<&Segment<'_>> {
        let mut segments = self.segments.iter();
        segments.find(|segment| segment.ordinal == address.segment_ord)
    }

    /// What a hit tells of its score.
    pub(crate) fn score(&self, found: &Found) -> Score {
        found.score * self.ranking.factor(|| self.date(found.address))
    }

    /// How many documents answer, on all pages together.
    pub(crate) fn count(
        &self,
        count: Count,
        deadline: &mut Deadline,
    ) -> Result<Option<Total>, Error> {
        let enough = match count {
            Count::None => return Ok(None),
            Count::UpTo(most) => most.saturating_add(1),
            Count::Exact => u64::MAX,
        };
        let mut number = 0;
        for segment in &self.segments {
            for span in segment.dated.spans() {
                let known = segment.filter.count(&span).filter(|_| self.plan.is_none());
                if let Some(known) = known {
                    number += known;
                } else if number < enough {
                    self.scan(segment, span, deadline, |_, _| {
                        number += 1;
                        number < enough
                    })?;
                }
            }
        }
        Ok(Total::new(count, number))
    }

    /// The newest or the oldest matches, undated ones last.
    fn by_date(
        &mut self,
        sort: Sort,
        page: &Page,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        let is_oldest = sort == Sort::Oldest;
        if let Some(after) = page.after {
            let date = self.date(after.address());
            for segment in &mut self.segments {
                let side = Side::of(segment.ordinal, after.address());
                segment.dated.go_on(is_oldest, side, date);
            }
        }
        let wanted = page.offset.saturating_add(page.limit);
        let (mut dated, mut undated) = (Vec::new(), Vec::new());
        for segment in &self.segments {
            let span = segment.dated.dated.clone();
            let found = if is_oldest {
                self.last(segment, span, wanted, deadline)?
            } else {
                self.first(segment, span, wanted, deadline)?
            };
            dated.extend(
                found
                    .into_iter()
                    .map(|found| (segment.dated.date(found.address.doc_id), found)),
            );
            let span = segment.dated.undated.clone();
            undated.extend(self.first(segment, span, wanted, deadline)?);
        }
        if is_oldest {
            dated.sort_by_key(|(date, _)| *date);
        } else {
            dated.sort_by_key(|(date, _)| Reverse(*date));
        }
        let dated = dated.into_iter().map(|(_, found)| found);
        let found = dated.chain(undated);
        Ok(found.skip(page.offset).take(page.limit).collect())
    }

    /// The first matches of a span, which are its newest.
    fn first(
        &self,
        segment: &Segment<'_>,
        span: Range<DocId>,
        wanted: usize,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        let mut first = Vec::new();
        self.scan(segment, span, deadline, |doc, score| {
            first.push(self.found(segment, doc, score));
            first.len() < wanted
        })?;
        Ok(first)
    }

    /// The last matches of a span, the very last first. With words to match, all of the span has
    /// to be looked at.
    fn last(
        &self,
        segment: &Segment<'_>,
        span: Range<DocId>,
        wanted: usize,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        if self.plan.is_none() {
            let last = span
                .rev()
                .take_while(|_| !deadline.is_passed())
                .filter(|&doc| segment.filter.passes(doc))
                .map(|doc| self.found(segment, doc, 0.0))
                .take(wanted)
                .collect();
            deadline.check()?;
            return Ok(last);
        }
        let mut last = VecDeque::new();
        self.scan(segment, span, deadline, |doc, score| {
            last.truncate(wanted - 1);
            last.push_front(self.found(segment, doc, score));
            true
        })?;
        Ok(last.into())
    }

    /// Calls `each` with all matches of a segment in their order. Gives how many there are.
    pub(crate) fn each_match(
        &self,
        segment: &Segment<'_>,
        deadline: &mut Deadline,
        mut each: impl FnMut(DocId),
    ) -> Result<u64, Error> {
        let mut number = 0;
        for span in segment.dated.spans() {
            self.scan(segment, span, deadline, |doc, _| {
                number += 1;
                each(doc);
                true
            })?;
        }
        Ok(number)
    }

    /// Calls `each` with the matches of a span in their order and their scores, for as long as it
    /// returns true.
    fn scan(
        &self,
        segment: &Segment<'_>,
        span: Range<DocId>,
        deadline: &mut Deadline,
        mut each: impl FnMut(DocId, Score) -> bool,
    ) -> Result<(), Error> {
        let passes = |doc| segment.filter.passes(doc);
        if let Some(plan) = &self.plan {
            self.span.set(&span);
            let mut scorer = segment.scorer(plan, &span)?;
            while scorer.doc() < span.end && !deadline.is_passed() {
                let doc = scorer.doc();
                if passes(doc) && !each(doc, scorer.score()) {
                    break;
                }
                scorer.advance();
            }
        } else {
            for doc in span {
                if deadline.is_passed() || (passes(doc) && !each(doc, 0.0)) {
                    break;
                }
            }
        }
        deadline.check()
    }
}

impl Segment<'_> {
    /// All matches from the start of the span on, in their order.
    pub(crate) fn scorer(
        &self,
        plan: &Plan,
        span: &Range<DocId>,
    ) -> Result<Box<dyn Scorer>, Error> {
        let scorer = plan.weight.scorer(self.reader, 1.0);
        let mut scorer = scorer.map_err(Error::engine)?;
        if scorer.doc() < span.start {
            scorer.seek(span.start);
        }
        Ok(scorer)
    }

    /// Whether passing over documents pays in a span. While it does so the engine calls back for
    /// the best documents alone: it would not see a deadline in a long span, nor the end of a
    /// short one.
    fn may_prune(&self, span: &Range<DocId>, deadline: &Deadline) -> bool {
        const SOON_DONE: usize = 100_000;
        let behind = (self.reader.max_doc() - span.end) as usize;
        behind <= span.len() && (span.len() <= SOON_DONE || !deadline.is_set())
    }
}
