//! Answers queries.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use mekong_core::engine;
use mekong_core::{Aliases, Document, Index};
use mekong_dates::Date;
use tantivy::query::Scorer;
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader};

use crate::explain::{self, Explanation};
use crate::highlight::Highlighter;
use crate::plan::{Plan, Planner};
use crate::query::{Query, Sort};
use crate::run;
use crate::scan::{Dated, Deadline, Filter, Span};
use crate::{Error, Weights};

/// Answers queries over an index. Cheap to clone, shared between threads.
///
/// Each search sees one commit whole: the last one at the time it begins.
///
/// ```
/// use mekong_core::{Document, Index};
/// use mekong_ingest::Writer;
/// use mekong_query::{Query, Searcher};
///
/// let index = Index::in_memory()?;
/// let mut writer = Writer::new(&index)?;
/// writer.upsert(Document::new("vi").body("Bộ trưởng Ngoại giao Thái Lan"))?;
/// writer.upsert(Document::new("th").body("รัฐมนตรีว่าการกระทรวงการต่างประเทศ"))?;
/// writer.commit()?;
///
/// let searcher = Searcher::new(&index);
/// let results = searcher.search(&Query::text("bo truong ngoai giao"))?;
/// assert_eq!(results.hits[0].id(), "vi");
/// let results = searcher.search(&Query::text("กระทรวงการต่างประเทศ"))?;
/// assert_eq!(results.hits[0].id(), "th");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Searcher {
    index: Index,
    weights: Arc<Weights>,
    aliases: Aliases,
}

/// A document that answers a query.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Hit {
    /// How well it answers: higher is better, 0 where the query has no words. Scores of
    /// different queries, or of different indexes, cannot be compared.
    pub score: f32,
    /// The document.
    pub document: Document,
}

impl Hit {
    /// The identifier of the document.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.document.id
    }

    /// Its title, or what its text begins with ([`Document::headline`]).
    #[must_use]
    pub fn title(&self) -> &str {
        self.document.headline()
    }

    /// When it was published.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.document.date
    }
}

/// The answer to a query.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Results {
    /// The hits, in the order that the query asks for.
    pub hits: Vec<Hit>,
}

impl IntoIterator for Results {
    type Item = Hit;
    type IntoIter = std::vec::IntoIter<Hit>;

    fn into_iter(self) -> Self::IntoIter {
        self.hits.into_iter()
    }
}

impl<'a> IntoIterator for &'a Results {
    type Item = &'a Hit;
    type IntoIter = std::slice::Iter<'a, Hit>;

    fn into_iter(self) -> Self::IntoIter {
        self.hits.iter()
    }
}

impl Searcher {
    /// A searcher over an index; it follows the commits of its writer, in this process or
    /// another.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        Self {
            index: index.clone(),
            weights: Arc::default(),
            aliases: Aliases::builtin(),
        }
    }

    /// Weighs evidence otherwise.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_weights`] for a weight that is negative, not a number, or beyond 10,000.
    pub fn with_weights(mut self, weights: Weights) -> Result<Self, Error> {
        weights.check()?;
        self.weights = Arc::new(weights);
        Ok(self)
    }

    /// Finds other names of what a query names by these groups of names, in place of the built-in
    /// ones: `Aliases::builtin().and(own)` are both.
    #[must_use]
    pub fn with_aliases(mut self, aliases: Aliases) -> Self {
        self.aliases = aliases;
        self
    }

    /// Answers a query.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_query`] for a text that is too long or a range of dates that ends
    /// before it begins, [`Error::is_deadline_exceeded`] where the query's deadline passed.
    pub fn search(&self, query: &Query) -> Result<Results, Error> {
        let mut deadline = Deadline::new(query.deadline);
        let engine = engine::searcher(&self.index);
        let wanted = query.offset.saturating_add(query.limit);
        let found = self.find(query, wanted, &engine, &mut deadline)?;
        let hits = found
            .into_iter()
            .skip(query.offset)
            .map(|found| {
                deadline.check()?;
                let document = engine::document(&self.index, &engine, found.address)?;
                Ok(Hit {
                    score: found.score,
                    document,
                })
            })
            .collect::<Result<_, Error>>()?;
        Ok(Results { hits })
    }

    /// The first documents that answer a query, in the order that it asks for.
    fn find(
        &self,
        query: &Query,
        wanted: usize,
        engine: &tantivy::Searcher,
        deadline: &mut Deadline,
    ) -> Result<Vec<Found>, Error> {
        query.check_length()?;
        let dates = query.dates()?;
        deadline.check()?;
        let span = Span::default();
        let plan = self.planner(engine, deadline).plan(query, &span)?;
        if plan.is_none() && !query.text.trim().is_empty() {
            // Nothing but punctuation: there is nothing to look for.
            return Ok(Vec::new());
        }

        let mut segments = Vec::new();
        for (ordinal, reader) in engine.segment_readers().iter().enumerate() {
            let filter = Filter::new(reader, &query.languages).map_err(Error::engine)?;
            if let Some(filter) = filter {
                segments.push(Segment {
                    ordinal: ordinal as u32,
                    reader,
                    dated: Dated::new(reader, dates, query.undated).map_err(Error::engine)?,
                    filter,
                });
            }
        }
        let mut search = Search {
            segments,
            plan,
            span,
            wanted,
        };
        match query.sort {
            Sort::Relevance if search.plan.is_some() => search.ranked(engine, deadline),
            sort => search.by_date(sort, deadline),
        }
    }

    /// Why a document answers a query as well as it does, whether or not it passes the filters of
    /// the query; `None` where there is no document with this identifier.
    ///
    /// ```
    /// use mekong_core::{Document, Index};
    /// use mekong_ingest::Writer;
    /// use mekong_query::{EvidenceKind, Query, Searcher};
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = Writer::new(&index)?;
    /// writer.upsert(Document::new("th").body("นายกรัฐมนตรีไทย"))?;
    /// writer.commit()?;
    ///
    /// let searcher = Searcher::new(&index);
    /// let explanation = searcher.explain(&Query::text("Thailand"), "th")?.unwrap();
    /// assert_eq!(explanation.evidence[0].kind, EvidenceKind::Alias);
    /// assert_eq!(explanation.evidence[0].text, "ไทย");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`search`](Self::search).
    pub fn explain(&self, query: &Query, id: &str) -> Result<Option<Explanation>, Error> {
        let mut deadline = Deadline::new(query.deadline);
        let engine = engine::searcher(&self.index);
        let Some(address) = engine::address(&self.index, &engine, id)? else {
            return Ok(None);
        };
        // Only in the order of relevance are the best documents asked for their runs.
        let is_best = query.sort == Sort::Relevance && {
            let best = self.find(query, run::MAX_DOCUMENTS, &engine, &mut deadline)?;
            best.iter().any(|found| found.address == address)
        };
        query.check_length()?;
        let asked = self.planner(&engine, &deadline).asked(query)?;
        explain::explain(asked, &engine, address, is_best, &deadline).map(Some)
    }

    fn planner<'a>(&'a self, engine: &'a tantivy::Searcher, deadline: &'a Deadline) -> Planner<'a> {
        Planner {
            index: &self.index,
            searcher: engine,
            weights: &self.weights,
            aliases: &self.aliases,
            deadline,
        }
    }

    /// Shows where texts match a query. Ask for it once a query, not once a hit.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_query`] for a text that is too long.
    pub fn highlighter(&self, query: &Query) -> Result<Highlighter, Error> {
        query.check_length()?;
        let engine = engine::searcher(&self.index);
        let asks_names = self.weights.alias > 0.0;
        let aliases = asks_names.then_some(&self.aliases);
        Highlighter::new(&self.index, &engine, aliases, &query.text).map_err(Error::engine)
    }
}

/// A segment and the documents of it that pass the filters.
struct Segment<'a> {
    ordinal: u32,
    reader: &'a SegmentReader,
    dated: Dated,
    filter: Filter<'a>,
}

struct Search<'a> {
    segments: Vec<Segment<'a>>,
    plan: Option<Plan>,
    span: Span,
    /// How many hits are needed, those that are left out among them.
    wanted: usize,
}

/// A document that was found. The better one is the greater one.
#[derive(Clone, Copy, Debug)]
struct Found {
    score: Score,
    address: DocAddress,
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
