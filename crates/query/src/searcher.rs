//! Answers queries.

use std::sync::Arc;

use mekong_core::engine::{self, Dates, End};
use mekong_core::{Aliases, Document, Index};
use mekong_dates::Date;

use crate::collapse;
use crate::constraint;
use crate::correct::{self, Correction};
use crate::explain::{self, Explanation};
use crate::filter::SegmentFilter;
use crate::highlight::{Highlighter, WantedBuilder};
use crate::like::Original;
use crate::page::{Cursor, Identity, Page, Position, Total};
use crate::parse::{Note, NoteKind, Parsed};
use crate::plan::Planner;
use crate::query::{Matching, Query, Sort};
use crate::recency::Ranking;
use crate::scan::{Dated, Deadline, Span};
use crate::search::{Search, Segment};
use crate::suggest::{self, Suggestion};
use crate::understand::Understood;
use crate::{Error, FacetCounts, Weights, facet};

/// Answers queries over an index. Cheap to clone, shared between threads.
///
/// Each search sees one commit whole: the last one at the time it begins, or that of a
/// [`snapshot`](Self::snapshot).
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
    /// The state of a snapshot.
    pinned: Option<tantivy::Searcher>,
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
    /// How many other documents that answer the query are copies of this one and not shown
    /// ([`Query::collapse`]).
    pub copies: u32,
    /// Which other documents are copies of this one: those with the same number, on whatever page
    /// and in whatever query ([`Index::cluster`]).
    pub cluster: u64,
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
    /// Counts of all documents that answer, one for each [`Query::facet`].
    pub facets: Vec<FacetCounts>,
    /// What was understood of the query's text.
    pub parsed: Parsed,
    /// How many documents answer, on all pages together; `None` where the query does not count
    /// ([`Query::count`]).
    pub total: Option<Total>,
    /// Where the next page begins, for [`Query::after`]; `None` where there is none, and where the
    /// limit is 0.
    pub next: Option<Cursor>,
    /// Where a date in the text left no hit: the same query without it, which has some.
    pub without_date: Option<Query>,
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
            pinned: None,
        }
    }

    /// A searcher that stays with what the index holds now, while documents are added, deleted and
    /// merged. The cursors of a snapshot are good for as long as it lives.
    ///
    /// The files of what it sees stay on disk until it, its clones and this process's searches of
    /// it are gone. It is cheap to make. A snapshot of a snapshot is the same state.
    ///
    /// ```
    /// use mekong_core::{Document, Index};
    /// use mekong_ingest::Writer;
    /// use mekong_query::{Query, Searcher};
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = Writer::new(&index)?;
    /// for id in ["a", "b", "c"] {
    ///     writer.upsert(Document::new(id).body("Hà Nội"))?;
    /// }
    /// writer.commit()?;
    ///
    /// let searcher = Searcher::new(&index);
    /// let snapshot = searcher.snapshot();
    /// let query = Query::text("hà nội").limit(2);
    /// let page = snapshot.search(&query)?;
    /// let next = page.next.unwrap(); // `next.to_string()` for a link
    ///
    /// writer.upsert(Document::new("d").body("Hà Nội"))?;
    /// writer.commit()?;
    /// let page = snapshot.search(&query.clone().after(next))?;
    /// assert_eq!(page.hits.len(), 1);
    /// assert!(page.next.is_none());
    /// let error = searcher.search(&query.after(next)).unwrap_err();
    /// assert!(error.is_stale_cursor());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self {
            pinned: Some(self.engine()),
            ..self.clone()
        }
    }

    pub(crate) fn engine(&self) -> tantivy::Searcher {
        let pinned = self.pinned.clone();
        pinned.unwrap_or_else(|| engine::searcher(&self.index))
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
    /// [`Error::is_unknown_document`] for documents like one that there is not,
    /// [`Error::is_invalid_query`] for a text that is too long, a range of dates that ends before it
    /// begins, a filter or facet of what is not indexed, or a half-life of zero,
    /// [`Error::is_deadline_exceeded`] where the query's deadline passed,
    /// [`Error::is_stale_cursor`] where the index has changed since its cursor was given,
    /// [`Error::is_invalid_cursor`] where that was for another query.
    pub fn search(&self, query: &Query) -> Result<Results, Error> {
        self.guard(|| {
            let deadline = Deadline::new(query.deadline);
            let mut results = self.answer(query, deadline.clone())?;
            if results.hits.is_empty() && query.is_first_page() {
                results.without_date = self.without_date(query, &results.parsed, deadline)?;
            }
            Ok(results)
        })
    }

    /// An index that is damaged is an error, not a panic of the engine.
    fn guard<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        engine::guard(&self.index, work)
    }

    /// The query without the date in its text, where that has hits.
    fn without_date(
        &self,
        query: &Query,
        parsed: &Parsed,
        deadline: Deadline,
    ) -> Result<Option<Query>, Error> {
        let is_date = |note: &&Note| note.kind == NoteKind::Date;
        let Some(date) = parsed.notes.iter().find(is_date) else {
            return Ok(None);
        };
        let without = query.without_date(date.range.clone());
        if without.text.trim().is_empty() {
            return Ok(None);
        }
        let has_hits = self.has_hits(&without, deadline)?;
        Ok(has_hits.then_some(without))
    }

    /// Whether a query has any hits, on whatever page.
    pub(crate) fn has_hits(&self, query: &Query, deadline: Deadline) -> Result<bool, Error> {
        let results = self.answer(&query.only_first_hit(), deadline)?;
        Ok(!results.hits.is_empty())
    }

    fn answer(&self, query: &Query, mut deadline: Deadline) -> Result<Results, Error> {
        let engine = self.engine();
        let mut understood = self.understand(query, &engine)?;
        let identity = Identity::new(&engine, query, &understood, &self.weights);
        let after = query.after.as_ref();
        let after = after.map(|cursor| identity.position(cursor, &engine));
        let page = Page {
            after: after.transpose()?,
            offset: query.offset,
            limit: match query.limit {
                0 => 0,
                // With one more it is known whether there is a next page.
                limit => limit.saturating_add(1),
            },
        };
        let mut search = self.prepare(query, &mut understood, &engine, &deadline)?;
        let (facets, total) = if query.facets.is_empty() {
            let total = match &search {
                Some(search) => search.count(query.count, &mut deadline)?,
                None => Total::new(query.count, 0),
            };
            (Vec::new(), total)
        } else {
            let (facets, number) = facet::count(query, search.as_ref(), &mut deadline)?;
            (facets, Total::new(query.count, number))
        };
        let Some(search) = &mut search else {
            return Ok(Results {
                facets,
                total,
                parsed: understood.into(),
                ..Results::default()
            });
        };
        let mut found = if query.collapse {
            collapse::page(search, query.sort, &page, &engine, &mut deadline)?
        } else {
            let found = search.page(query.sort, &page, &engine, &mut deadline)?;
            let start = page.start();
            let number = |(i, found)| (found, start.saturating_add(i + 1));
            found.into_iter().enumerate().map(number).collect()
        };
        let is_more = found.len() > query.limit;
        found.truncate(query.limit);
        let next = found
            .last()
            .filter(|_| is_more)
            .map(|(last, shown)| identity.cursor(Position::new(*shown, last.rank, last.address)));
        let found: Vec<_> = found.into_iter().map(|(found, _)| found).collect();
        let copies = match query.collapse {
            true => collapse::copies(search, &found, &engine, &mut deadline)?,
            false => vec![0; found.len()],
        };
        let hits = found
            .iter()
            .zip(copies)
            .map(|(found, copies)| {
                deadline.check()?;
                let document = engine::document(&self.index, &engine, found.address)?;
                let cluster = engine::cluster(&engine, found.address)?.unwrap_or_default();
                Ok(Hit {
                    score: search.score(found),
                    document,
                    copies,
                    cluster,
                })
            })
            .collect::<Result<_, Error>>()?;
        Ok(Results {
            hits,
            facets,
            parsed: understood.into(),
            total,
            next,
            without_date: None,
        })
    }

    /// The document with this identifier, as it was written; `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn get(&self, id: &str) -> Result<Option<Document>, Error> {
        self.guard(|| {
            let engine = self.engine();
            let Some(address) = engine::address(&self.index, &engine, id)? else {
                return Ok(None);
            };
            let document = engine::document(&self.index, &engine, address)?;
            Ok(Some(document))
        })
    }

    /// What is understood of a query's text, without a search.
    ///
    /// ```
    /// use mekong_core::Index;
    /// use mekong_query::{NoteKind, Query, Searcher};
    ///
    /// let searcher = Searcher::new(&Index::in_memory()?);
    /// let parsed = searcher.parse(&Query::text("giá \"gạo -lúa"))?;
    /// assert_eq!(parsed.words, "giá gạo");
    /// assert_eq!(parsed.notes[0].kind, NoteKind::UnclosedQuote);
    /// assert_eq!(parsed.notes[1].kind, NoteKind::Excluded);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_query`] for a text that is too long.
    pub fn parse(&self, query: &Query) -> Result<Parsed, Error> {
        self.guard(|| Ok(self.understand(query, &self.engine())?.into()))
    }

    fn understand(&self, query: &Query, engine: &tantivy::Searcher) -> Result<Understood, Error> {
        Understood::new(query, &self.index, engine)
    }

    /// What a query asks and where; `None` where it cannot match.
    fn prepare<'a>(
        &self,
        query: &Query,
        understood: &mut Understood,
        engine: &'a tantivy::Searcher,
        deadline: &Deadline,
    ) -> Result<Option<Search<'a>>, Error> {
        let (mut dates, filters) = (query.dates()?, query.filters()?);
        if let Some((reading, _)) = &understood.dates {
            let end = reading.last.map_or(End::Open, End::Through);
            dates = dates.and(Dates::new(reading.first, end, &query.zone)?);
        }
        deadline.check()?;
        let span = Span::default();
        let (plan, notes) = self
            .planner(engine, deadline)
            .plan(query, understood, &span)?;
        understood.notes.extend(notes);
        if plan.is_none() && !understood.is_blank {
            // Nothing but punctuation.
            return Ok(None);
        }

        let original = Original::of(query, &self.index, engine)?;
        let mut segments = Vec::new();
        for (ordinal, reader) in engine.segment_readers().iter().enumerate() {
            let dated = Dated::new(reader, dates, query.undated).map_err(Error::engine)?;
            let filter = SegmentFilter::new(reader, &dated, &filters)?;
            if let Some(mut filter) = filter {
                if let Some(original) = &original {
                    filter.without = original.without(ordinal as u32, reader)?;
                }
                segments.push(Segment {
                    ordinal: ordinal as u32,
                    reader,
                    dated,
                    filter,
                });
            }
        }
        Ok(Some(Search {
            segments,
            plan,
            span,
            ranking: Ranking::new(query, engine)?,
        }))
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
        self.guard(|| self.explain_document(query, id))
    }

    fn explain_document(&self, query: &Query, id: &str) -> Result<Option<Explanation>, Error> {
        let mut deadline = Deadline::new(query.deadline);
        let engine = self.engine();
        let Some(address) = engine::address(&self.index, &engine, id)? else {
            return Ok(None);
        };
        let mut understood = self.understand(query, &engine)?;
        // Only in the order of relevance are the best documents asked for their runs.
        let mut search = self.prepare(query, &mut understood, &engine, &deadline)?;
        let is_best = match &mut search {
            Some(search) if !matches!(query.sort, Sort::Newest | Sort::Oldest) => {
                let best = search.page(query.sort, &Page::FIRST, &engine, &mut deadline)?;
                best.iter().any(|found| found.address == address)
            }
            _ => false,
        };
        let planner = self.planner(&engine, &deadline);
        let asked = planner.asked(query, &understood)?;
        let phrases = constraint::phrases(&understood.constraint, &planner)?;
        let recency = Ranking::new(query, &engine)?.factor_at(&engine, address)?;
        explain::explain(
            asked, phrases, &engine, address, is_best, recency, &deadline,
        )
        .map(Some)
    }

    fn planner<'a>(&'a self, engine: &'a tantivy::Searcher, deadline: &'a Deadline) -> Planner<'a> {
        Planner {
            index: &self.index,
            searcher: engine,
            weights: &self.weights,
            aliases: &self.aliases,
            deadline,
            scores: true,
        }
    }

    /// What a text may become that is being typed: at most `limit` completions of its last word,
    /// the most frequent first, then at most `limit` titles with its words, the newest first.
    ///
    /// Words are offered as documents write them, after the words typed before. What is typed
    /// without accents may have any; with accents it has those. In scripts without blanks the text
    /// may end anywhere. Nothing is completed to what no document has; operators typed before stay as
    /// they are. 40 is the highest limit.
    ///
    /// ```
    /// use mekong_core::{Document, Index};
    /// use mekong_ingest::Writer;
    /// use mekong_query::Searcher;
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = Writer::new(&index)?;
    /// let title = "Bộ trưởng Ngoại giao thăm Lào";
    /// writer.upsert(Document::new("1").title(title).body("Sáng nay, Bộ trưởng đến Viêng Chăn."))?;
    /// writer.commit()?;
    ///
    /// let suggestions = Searcher::new(&index).complete("bo tru", 5)?;
    /// assert_eq!(suggestions[0].text, "Bộ trưởng");
    /// assert_eq!(suggestions[1].text, title);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_query`] for a text that is too long.
    pub fn complete(&self, text: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
        self.guard(|| suggest::complete(&self.index, &self.engine(), text, limit))
    }

    /// The text of a query with its mistyped words put right; `None` where there are none, or where
    /// what they may be has no hits, the filters of the query applied. Worth asking for where a
    /// query has no hits or few.
    ///
    /// A word is mistyped if no document has it, or hardly any and a near one is far more frequent.
    /// Near is one letter put in, left out, replaced or swapped with its neighbour, two in words of
    /// eight letters or more, and a blank too many or too few. New words are written as documents
    /// have them.
    ///
    /// ```
    /// use mekong_core::{Document, Index};
    /// use mekong_ingest::Writer;
    /// use mekong_query::{Query, Searcher};
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = Writer::new(&index)?;
    /// writer.upsert(Document::new("1").body("quan hệ Việt Nam – Lào"))?;
    /// writer.commit()?;
    ///
    /// let correction = Searcher::new(&index).did_you_mean(&Query::text("viet namm"))?;
    /// assert_eq!(correction.unwrap().text, "Việt Nam");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`search`](Self::search).
    pub fn did_you_mean(&self, query: &Query) -> Result<Option<Correction>, Error> {
        match query.matching {
            Matching::Text | Matching::Words | Matching::Phrase => {
                self.guard(|| correct::correct(self, &self.index, query))
            }
            Matching::LikeDocument | Matching::LikeText => Ok(None),
        }
    }

    /// Shows where texts match a query. Ask for it once a query, not once a hit.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_query`] for a text that is too long, [`Error::is_deadline_exceeded`] where
    /// the query's deadline passed.
    pub fn highlighter(&self, query: &Query) -> Result<Highlighter, Error> {
        self.guard(|| {
            let engine = self.engine();
            let deadline = Deadline::new(query.deadline);
            let planner = self.planner(&engine, &deadline);
            let understood = self.understand(query, &engine)?;
            let mut wanted = WantedBuilder::new(&planner);
            wanted.words(&understood.plain_words, &understood.words)?;
            wanted.constraint(&understood.constraint)?;
            Ok(Highlighter::new(self.index.analyzer(), wanted))
        })
    }
}
