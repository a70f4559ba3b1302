//! Finds the documents that answer a query, in the order that it asks for.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::ops::Range;

use tantivy::query::Scorer;
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader};

use crate::Error;
use crate::filter::SegmentFilter;
use crate::plan::Plan;
use crate::query::Sort;
use crate::run;
use crate::scan::{Dated, Deadline, Span};

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
    /// How many hits are needed, those that are left out among them.
    pub(crate) wanted: usize,
}

/// A document that was found. The better one is the greater one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) score: Score,
    pub(crate) address: DocAddress,
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score
            .total_cmp(&other.score)
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
struct Best {
    wanted: usize,
    heap: BinaryHeap<Reverse<Found>>,
}

impl Best {
    /// The score that a document must exceed to get in.
    fn threshold(&self) -> Score {
        match self.heap.peek() {
            Some(Reverse(worst)) if self.heap.len() >= self.wanted => worst.score,
            _ => Score::MIN,
        }
    }

    fn add(&mut self, found: Found) {
        self.heap.push(Reverse(found));
        if self.heap.len() > self.wanted {
            self.heap.pop();
        }
    }
}

impl Search<'_> {
    /// The first documents in an order.
    pub(crate) fn first_hits(
        &mut self,
        sort: Sort,
        engine: &tantivy::Searcher,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        match sort {
            Sort::Relevance if self.plan.as_ref().is_some_and(|plan| plan.ranks) => {
                self.ranked(engine, deadline)
            }
            sort => self.by_date(sort, deadline),
        }
    }

    /// The best matches, after a look at the runs of the first of them. It is a fixed number of
    /// documents whatever is wanted, so that every page sees the same order.
    fn ranked(
        &mut self,
        engine: &tantivy::Searcher,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        let runs = self.plan.as_mut().and_then(|plan| plan.runs.take());
        let wanted = self.wanted;
        let Some(runs) = runs.filter(|_| wanted > 0) else {
            return self.best(deadline);
        };
        self.wanted = wanted.max(run::MAX_DOCUMENTS);
        let mut found = self.best(deadline)?;
        let first = found.len().min(run::MAX_DOCUMENTS);
        let first = &mut found[..first];
        first.sort_by_key(|found| found.address);
        for of_segment in first.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord)
        {
            let reader = engine.segment_reader(of_segment[0].address.segment_ord);
            let docs: Vec<DocId> = of_segment.iter().map(|f| f.address.doc_id).collect();
            let best_runs = runs.of(reader, &docs, deadline)?;
            for (found, run) in of_segment.iter_mut().zip(best_runs) {
                found.score += run.score;
            }
        }
        first.sort_by(|a, b| b.cmp(a));
        found.truncate(wanted);
        Ok(found)
    }

    /// The best matches by all evidence but runs.
    fn best(&self, deadline: &mut Deadline) -> Result<Vec<Found>, Error> {
        let mut best = Best {
            wanted: self.wanted,
            heap: BinaryHeap::new(),
        };
        let Some(plan) = self.plan.as_ref().filter(|_| self.wanted > 0) else {
            return Ok(Vec::new());
        };
        for segment in &self.segments {
            for span in segment.dated.spans() {
                deadline.check()?;
                self.span.set(&span);
                if plan.prunes && segment.may_prune(&span, deadline) {
                    let threshold = best.threshold();
                    let mut each = |doc, score| {
                        if doc >= span.end || deadline.is_passed() {
                            // No document can exceed this: the engine stops.
                            return Score::INFINITY;
                        }
                        if segment.filter.passes(doc) {
                            best.add(segment.found(doc, score));
                        }
                        best.threshold()
                    };
                    plan.weight
                        .for_each_pruning(threshold, segment.reader, &mut each)
                        .map_err(Error::engine)?;
                } else {
                    let mut scorer = segment.scorer(plan, &span)?;
                    while scorer.doc() < span.end && !deadline.is_passed() {
                        let (doc, score) = (scorer.doc(), scorer.score());
                        if score > best.threshold() && segment.filter.passes(doc) {
                            best.add(segment.found(doc, score));
                        }
                        scorer.advance();
                    }
                }
                deadline.check()?;
            }
        }
        let sorted = best.heap.into_sorted_vec();
        Ok(sorted.into_iter().map(|Reverse(found)| found).collect())
    }

    /// The newest or the oldest matches, undated ones last.
    fn by_date(&self, sort: Sort, deadline: &mut Deadline) -> Result<Vec<Found>, Error> {
        let (mut dated, mut undated) = (Vec::new(), Vec::new());
        for segment in self.segments.iter().filter(|_| self.wanted > 0) {
            let span = segment.dated.dated.clone();
            let found = match sort {
                Sort::Oldest => self.last(segment, span, deadline)?,
                _ => self.first(segment, span, deadline)?,
            };
            dated.extend(
                found
                    .into_iter()
                    .map(|found| (segment.dated.date(found.address.doc_id), found)),
            );
            undated.extend(self.first(segment, segment.dated.undated.clone(), deadline)?);
        }
        match sort {
            Sort::Oldest => dated.sort_by_key(|(date, _)| *date),
            _ => dated.sort_by_key(|(date, _)| Reverse(*date)),
        }
        let dated = dated.into_iter().map(|(_, found)| found);
        Ok(dated.chain(undated).take(self.wanted).collect())
    }

    /// The first matches of a span, which are its newest.
    fn first(
        &self,
        segment: &Segment<'_>,
        span: Range<DocId>,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        let mut first = Vec::new();
        self.scan(segment, span, deadline, |found| {
            first.push(found);
            first.len() < self.wanted
        })?;
        Ok(first)
    }

    /// The last matches of a span, the very last first. With words to match, all of the span has
    /// to be looked at.
    fn last(
        &self,
        segment: &Segment<'_>,
        span: Range<DocId>,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        if self.plan.is_none() {
            let last = span
                .rev()
                .take_while(|_| !deadline.is_passed())
                .filter(|&doc| segment.filter.passes(doc))
                .map(|doc| segment.found(doc, 0.0))
                .take(self.wanted)
                .collect();
            deadline.check()?;
            return Ok(last);
        }
        let mut last = VecDeque::new();
        self.scan(segment, span, deadline, |found| {
            last.truncate(self.wanted - 1);
            last.push_front(found);
            true
        })?;
        Ok(last.into())
    }

    /// Calls `each` with all matches of a segment in their order, without a score. Gives how many
    /// there are.
    pub(crate) fn each_match(
        &self,
        segment: &Segment<'_>,
        deadline: &mut Deadline,
        mut each: impl FnMut(DocId),
    ) -> Result<u64, Error> {
        let mut count = 0;
        let mut pass = |doc| {
            if segment.filter.passes(doc) {
                count += 1;
                each(doc);
            }
        };
        for span in segment.dated.spans() {
            if let Some(plan) = &self.plan {
                self.span.set(&span);
                let mut scorer = segment.scorer(plan, &span)?;
                while scorer.doc() < span.end && !deadline.is_passed() {
                    pass(scorer.doc());
                    scorer.advance();
                }
            } else {
                span.take_while(|_| !deadline.is_passed())
                    .for_each(&mut pass);
            }
            deadline.check()?;
        }
        Ok(count)
    }

    /// Calls `each` with the matches of a span in their order, for as long as it returns true.
    fn scan(
        &self,
        segment: &Segment<'_>,
        span: Range<DocId>,
        deadline: &mut Deadline,
        mut each: impl FnMut(Found) -> bool,
    ) -> Result<(), Error> {
        let Some(plan) = &self.plan else {
            for doc in span {
                if deadline.is_passed()
                    || (segment.filter.passes(doc) && !each(segment.found(doc, 0.0)))
                {
                    break;
                }
            }
            return deadline.check();
        };
        self.span.set(&span);
        let mut scorer = segment.scorer(plan, &span)?;
        while scorer.doc() < span.end && !deadline.is_passed() {
            let doc = scorer.doc();
            if segment.filter.passes(doc) && !each(segment.found(doc, scorer.score())) {
                break;
            }
            scorer.advance();
        }
        deadline.check()
    }
}

impl Segment<'_> {
    fn found(&self, doc: DocId, score: Score) -> Found {
        Found {
            score,
            address: DocAddress::new(self.ordinal, doc),
        }
    }

    /// All matches from the start of the span on, in their order.
    fn scorer(&self, plan: &Plan, span: &Range<DocId>) -> Result<Box<dyn Scorer>, Error> {
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
