//! Which documents of a segment a search looks at, and for how long.
//!
//! The index is sorted by date, newest first, undated documents last. The documents of a range of
//! dates are therefore a range of document numbers, found by binary search; a segment that lies
//! outside is not read at all.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use mekong_core::engine::{Dates, Moment};
use tantivy::columnar::Column;
use tantivy::query::{EmptyScorer, Explanation, Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentOrdinal, SegmentReader, TERMINATED};

use crate::Error;

/// The range of document numbers that is searched at the moment, shared between the search and
/// the [`Spanned`] clauses of its query. One search goes from span to span on one thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Span(Arc<(AtomicU32, AtomicU32)>);

impl Span {
    pub(crate) fn set(&self, span: &Range<DocId>) {
        self.0.0.store(span.start, Ordering::Relaxed);
        self.0.1.store(span.end, Ordering::Relaxed);
    }

    fn get(&self) -> Range<DocId> {
        self.0.0.load(Ordering::Relaxed)..self.0.1.load(Ordering::Relaxed)
    }
}

/// A term that is looked for from the start of the span on.
///
/// What it gives the engine is the term's own scorer, moved forward, so that the engine can still
/// pass over blocks of documents that cannot be among the best. The end of the span is left to
/// whoever collects.
pub(crate) struct Spanned {
    term: Arc<dyn Weight>,
    boost: Score,
    span: Span,
}

impl Spanned {
    pub(crate) fn new(term: Arc<dyn Weight>, boost: Score, span: &Span) -> Self {
        Self {
            term,
            boost,
            span: span.clone(),
        }
    }
}

impl Weight for Spanned {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let span = self.span.get();
        let mut scorer = self.term.scorer(reader, boost * self.boost)?;
        if scorer.doc() < span.start {
            scorer.seek(span.start);
        }
        if scorer.doc() >= span.end {
            return Ok(Box::new(EmptyScorer));
        }
        Ok(scorer)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.term.explain(reader, doc)
    }
}

/// The documents of the span, as a clause that all matches have to satisfy.
///
/// It names no cost, so that the engine lets it lead: clauses that look for their next match by
/// themselves, phrases, are then asked document by document. They neither begin before the span
/// nor go on behind it, nor when time is up.
pub(crate) struct SpanClause {
    span: Span,
    deadline: Deadline,
}

impl SpanClause {
    pub(crate) fn new(span: &Span, deadline: &Deadline) -> Self {
        Self {
            span: span.clone(),
            deadline: deadline.clone(),
        }
    }
}

impl Weight for SpanClause {
    fn scorer(&self, _: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let span = self.span.get();
        let mut docs = SpanDocs {
            doc: 0,
            end: span.end,
            deadline: self.deadline.clone(),
        };
        docs.go_to(span.start);
        Ok(Box::new(docs))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("in the span", 0.0))
    }
}

struct SpanDocs {
    doc: DocId,
    end: DocId,
    deadline: Deadline,
}

impl SpanDocs {
    fn go_to(&mut self, doc: DocId) -> DocId {
        self.doc = if doc < self.end && !self.deadline.is_passed() {
            doc
        } else {
            TERMINATED
        };
        self.doc
    }
}

impl DocSet for SpanDocs {
    fn advance(&mut self) -> DocId {
        self.go_to(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.go_to(target.max(self.doc))
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end.saturating_sub(self.doc)
    }

    fn cost(&self) -> u64 {
        0
    }
}

impl Scorer for SpanDocs {
    fn score(&mut self) -> Score {
        0.0
    }
}

/// Where a segment is, seen from a document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    /// Before the segment of the document.
    Before,
    /// It has the document.
    Here(DocId),
    /// Behind the segment of the document.
    Behind,
}

impl Side {
    pub(crate) fn of(segment: SegmentOrdinal, address: DocAddress) -> Self {
        match segment.cmp(&address.segment_ord) {
            std::cmp::Ordering::Less => Self::Before,
            std::cmp::Ordering::Equal => Self::Here(address.doc_id),
            std::cmp::Ordering::Greater => Self::Behind,
        }
    }
}

/// Moves to a document, if it is not behind that; whether it stands on it.
pub(crate) fn is_at(docs: &mut (impl DocSet + ?Sized), doc: DocId) -> bool {
    if docs.doc() < doc {
        docs.seek(doc);
    }
    docs.doc() == doc
}

/// The documents of one segment that pass the filter of dates, but for its [`Borders`].
pub(crate) struct Dated {
    /// Those with a date in the range, newest first.
    pub(crate) dated: Range<DocId>,
    /// Those without a date, if they are asked for.
    pub(crate) undated: Range<DocId>,
    /// [`Moment`]s.
    moments: Column<i64>,
    borders: Option<Borders>,
}

/// The dates at the ends of a range that are one thing in UTC and another one in the time zone of
/// the query.
#[derive(Clone)]
pub(crate) struct Borders {
    /// All of these are in the range.
    within: Range<DocId>,
    dates: Dates,
    /// [`Moment`]s.
    moments: Column<i64>,
}

impl Borders {
    /// Whether a dated document of the range, or an undated one, is in it indeed.
    pub(crate) fn hold(&self, doc: DocId) -> bool {
        self.within.contains(&doc)
            || self
                .moments
                .first(doc)
                .is_none_or(|number| self.dates.hold(Moment::from_column(number)))
    }
}

impl Dated {
    pub(crate) fn new(
        reader: &SegmentReader,
        dates: Dates,
        undated: bool,
    ) -> tantivy::Result<Self> {
        let moments = reader.fast_fields().i64("date")?;
        // The values of a column with at most one a document: their number is that of the dated
        // documents. `values.get_val` would panic on an undated one.
        let count = moments.values.num_vals();
        let first_before = |seconds: i64| {
            let start = Moment {
                seconds,
                is_instant: false,
            };
            partition_point(0..count, |doc| {
                moments
                    .first(doc)
                    .is_some_and(|date| date >= start.to_column())
            })
        };
        let docs = |(start, end): (Option<i64>, Option<i64>)| {
            let first = end.map_or(0, first_before);
            first..start.map_or(count, first_before).max(first)
        };
        let (dated, within) = (docs(dates.outer()), docs(dates.inner()));
        let undated = if undated || dates.is_all() {
            count..reader.max_doc()
        } else {
            0..0
        };
        Ok(Self {
            borders: (dated != within).then(|| Borders {
                within,
                dates,
                moments: moments.clone(),
            }),
            dated,
            undated,
            moments,
        })
    }

    /// What is left to look at document by document, if anything.
    pub(crate) fn borders(&self) -> Option<Borders> {
        self.borders.clone()
    }

    /// The dates of the newest and the oldest document of a segment, if any has one.
    pub(crate) fn extremes(reader: &SegmentReader) -> tantivy::Result<Option<(i64, i64)>> {
        let moments = reader.fast_fields().i64("date")?;
        let date = |doc| moments.first(doc).map(|m| Moment::from_column(m).seconds);
        let last = moments.values.num_vals().checked_sub(1);
        Ok(last.and_then(|last| date(0).zip(date(last))))
    }

    /// The date of any document of a segment.
    pub(crate) fn date_in(reader: &SegmentReader, doc: DocId) -> tantivy::Result<Option<i64>> {
        let moment = reader.fast_fields().i64("date")?.first(doc);
        Ok(moment.map(|moment| Moment::from_column(moment).seconds))
    }

    /// Leaves only the documents that come after one that has been shown, which is of this date,
    /// newest first or oldest first.
    ///
    /// Documents of one date come in the order of segments, and in a segment as they stand there,
    /// oldest first the other way round. Undated ones come last, as they stand there.
    pub(crate) fn go_on(&mut self, is_oldest_first: bool, side: Side, date: Option<i64>) {
        let Some(date) = date else {
            self.dated.end = self.dated.start;
            let undated = &mut self.undated;
            undated.start = match side {
                Side::Before => undated.end,
                Side::Here(doc) => undated.start.max(doc.saturating_add(1)).min(undated.end),
                Side::Behind => undated.start,
            };
            return;
        };
        let cut = match (side, is_oldest_first) {
            (Side::Here(doc), false) => doc.saturating_add(1),
            (Side::Here(doc), true) => doc,
            // Between what is of the date and what is older.
            (Side::Before, false) | (Side::Behind, true) => self.first_not(|other| other >= date),
            // Between what is younger and what is of the date.
            (Side::Behind, false) | (Side::Before, true) => self.first_not(|other| other > date),
        };
        let cut = cut.clamp(self.dated.start, self.dated.end);
        if is_oldest_first {
            self.dated.end = cut;
        } else {
            self.dated.start = cut;
        }
    }

    fn first_not(&self, newer: impl Fn(i64) -> bool) -> DocId {
        partition_point(0..self.moments.values.num_vals(), |doc| {
            self.date(doc).is_some_and(&newer)
        })
    }

    /// The date of a document in seconds since 1970-01-01T00:00:00Z.
    pub(crate) fn date(&self, doc: DocId) -> Option<i64> {
        self.moment(doc).map(|moment| moment.seconds)
    }

    pub(crate) fn moment(&self, doc: DocId) -> Option<Moment> {
        self.moments.first(doc).map(Moment::from_column)
    }

    /// Both ranges, as one where they meet.
    pub(crate) fn spans(&self) -> impl Iterator<Item = Range<DocId>> {
        let (dated, undated) = (self.dated.clone(), self.undated.clone());
        let spans = if dated.end == undated.start {
            [dated.start..undated.end, 0..0]
        } else {
            [dated, undated]
        };
        spans.into_iter().filter(|span| !span.is_empty())
    }
}

/// The first document of `range` for which `before` no longer holds.
fn partition_point(range: Range<DocId>, before: impl Fn(DocId) -> bool) -> DocId {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// When a search has to stop.
#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    started: Instant,
    limit: Option<Duration>,
    calls: u32,
    passed: bool,
}

/// The clock is read once in so many calls.
const CALLS_PER_READING: u32 = 64;

impl Deadline {
    pub(crate) fn new(limit: Option<Duration>) -> Self {
        Self {
            started: Instant::now(),
            limit,
            calls: 0,
            passed: false,
        }
    }

    /// Whether time is up; for tight loops.
    pub(crate) fn is_passed(&mut self) -> bool {
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(CALLS_PER_READING) {
            self.passed |= self
                .limit
                .is_some_and(|limit| self.started.elapsed() >= limit);
        }
        self.passed
    }

    /// Whether there is one.
    pub(crate) fn is_set(&self) -> bool {
        self.limit.is_some()
    }

    /// An error where time is up.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.limit {
            Some(limit) if self.passed || self.started.elapsed() >= limit => {
                Err(Error::deadline_exceeded(limit))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tight_loop_sees_its_deadline() {
        let mut deadline = Deadline::new(Some(Duration::from_millis(5)));
        let started = Instant::now();
        while !deadline.is_passed() {
            assert!(started.elapsed() < Duration::from_secs(60));
        }
        assert!(started.elapsed() >= Duration::from_millis(5));
        assert!(deadline.check().unwrap_err().is_deadline_exceeded());
        let mut none = Deadline::new(None);
        assert!((0..1000).all(|_| !none.is_passed()));
        assert!(none.check().is_ok());
    }
}
