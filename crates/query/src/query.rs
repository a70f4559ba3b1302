//! What is asked of an index.

use std::ops::Range;
use std::time::Duration;

use mekong_core::Language;
use mekong_core::engine::{self, Dates, End};
use mekong_dates::{Date, Zone};

use crate::page::{Count, Cursor};
use crate::{Error, Facet, Filter};

/// A query: a text, filters, an order.
///
/// The text may be in any language, typed with accents or without. Filters are typed and all of them
/// must hold.
///
/// # What can be written in a text
///
/// Words rank: any of them may be there. What stands with an operator must hold.
///
/// | | finds documents |
/// | --- | --- |
/// | `bo truong` | with any of the words, the best match first |
/// | `"bộ trưởng"` | with the words one after another, whatever the accents |
/// | `+gạo` | with the word |
/// | `-gạo` | without it; with accents, without that spelling |
/// | `gạo OR lúa` | with one of them (`OR` in capitals) |
/// | `(gạo OR lúa) -"xuất khẩu"` | by groups, in up to 16 levels of parentheses |
/// | `viet*`, `"bo truong ng"*` | with words that begin so |
/// | `ministre~`, `ministre~2` | with words that differ by a letter, or by two |
/// | `title:gạo`, `source:VNA` | with the word in title or source |
/// | `author:"Lê Mai"` | with the words in the metadata of this key |
///
/// Nothing fails: a sign that is no operator where it stands is part of a word, and
/// [`Results::parsed`](crate::Results::parsed) says what was understood. A text may have 64 operators.
///
/// ```
/// use mekong_query::{Filter, Query, Sort};
///
/// let query = Query::text("bo truong ngoai giao")
///     .since("2025-10-01".parse()?)
///     .before("2026-01-01".parse()?)
///     .zone("Asia/Bangkok".parse()?)
///     .source("VNA")
///     .filter(Filter::key("section").is("politics"))
///     .sort(Sort::Newest)
///     .limit(5);
/// # Ok::<(), mekong_dates::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Query {
    pub(crate) text: String,
    pub(crate) matching: Matching,
    start: Option<Date>,
    end: End,
    pub(crate) undated: bool,
    pub(crate) zone: Zone,
    languages: Vec<Language>,
    sources: Vec<String>,
    filters: Vec<Filter>,
    pub(crate) facets: Vec<Facet>,
    pub(crate) sort: Sort,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    pub(crate) deadline: Option<Duration>,
    pub(crate) as_of: Option<Date>,
    pub(crate) after: Option<Cursor>,
    pub(crate) count: Count,
    pub(crate) collapse: bool,
    pub(crate) copies: bool,
    pub(crate) reads_dates: bool,
    pub(crate) today: Option<Date>,
}

/// How a text matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matching {
    /// As the operators in the text say.
    Text,
    /// Any word may be there; the more, and the rarer, the better.
    Words,
    /// All words are there, one after another.
    Phrase,
    /// What tells the document with this identifier from others; any of it.
    LikeDocument,
    /// What tells this text from others; any of it.
    LikeText,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// The best match first. Without words to match, the newest first.
    #[default]
    Relevance,
    /// The newest first, undated documents last.
    Newest,
    /// The oldest first, undated documents last.
    Oldest,
    /// The best match first, where a score halves with each `half_life` of age: of two documents
    /// that match alike the younger one is first, and a better match makes up for some age.
    ///
    /// Ages are measured from [`Query::as_of`]. What is dated after that is as good as new, and an
    /// undated document is as old as the oldest one of the index. Without words to match, the
    /// newest first. The half-life must not be zero.
    Recent {
        /// After how long a score is half of what it was.
        half_life: Duration,
    },
}

impl Query {
    /// The longest text that can be searched, in bytes.
    pub const MAX_TEXT_BYTES: usize = 16 * 1024;

    /// What a user types, with operators or without. A blank text matches every document.
    ///
    /// A date in it filters, if it names its year (`tháng 10/2025`, `พ.ศ. 2568`, `3/10/2025`) or is told
    /// from today (`hôm qua`, `last 7 days`); its words are not searched then.
    /// [`Parsed::dates`](crate::Parsed::dates) tells which days it is,
    /// [`dates_as_words`](Self::dates_as_words) turns it off, and where no document is of that time
    /// [`Results::without_date`](crate::Results::without_date) has the query without it. Of several
    /// dates none filters, nor does one in a phrase, behind a sign, or among alternatives, nor any
    /// in an index without dated documents.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(text.into(), Matching::Text)
    }

    /// Documents with any of the words of a text, best match first: no sign in it is an operator.
    pub fn words(text: impl Into<String>) -> Self {
        Self::new(text.into(), Matching::Words)
    }

    /// Documents with all words of a text one after another, whatever the accents. Where scripts
    /// mix, the words of each are one after another.
    pub fn phrase(text: impl Into<String>) -> Self {
        Self::new(text.into(), Matching::Phrase)
    }

    /// Documents about the same as the one with this identifier, the most alike first; without it
    /// and its copies ([`collapse`](Self::collapse) says what these are), unless
    /// [`with_copies`](Self::with_copies) lets them through. Filters, order, pages, counts and
    /// facets are as of any query.
    ///
    /// The words that tell most of the first 16 KiB of the document are asked for, and names in its
    /// beginning also by their other names ([`Aliases`](mekong_core::Aliases)), so that documents
    /// of other languages are found as well.
    ///
    /// ```
    /// use mekong_core::{Document, Index};
    /// use mekong_ingest::Writer;
    /// use mekong_query::{Query, Searcher};
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = Writer::new(&index)?;
    /// writer.upsert(Document::new("1").body("Tàu khách Vientiane - Vũng Áng lăn bánh"))?;
    /// writer.upsert(Document::new("2").body("Giá vé tàu khách đi Vũng Áng"))?;
    /// writer.upsert(Document::new("3").body("Giá gạo tăng tại Cần Thơ"))?;
    /// writer.commit()?;
    ///
    /// let results = Searcher::new(&index).search(&Query::like("1"))?;
    /// assert_eq!(results.hits[0].id(), "2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Where there is no such document the search is an error
    /// ([`Error::is_unknown_document`](crate::Error::is_unknown_document)).
    pub fn like(id: impl Into<String>) -> Self {
        Self::new(id.into(), Matching::LikeDocument)
    }

    /// Documents about the same as a text, which may be as long as any: as [`like`](Self::like)
    /// for a text that is not in the index. Nothing is like a text without words.
    pub fn like_text(text: impl Into<String>) -> Self {
        Self::new(text.into(), Matching::LikeText)
    }

    fn new(text: String, matching: Matching) -> Self {
        Self {
            text,
            matching,
            start: None,
            end: End::Open,
            undated: false,
            zone: Zone::UTC,
            languages: Vec::new(),
            sources: Vec::new(),
            filters: Vec::new(),
            facets: Vec::new(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            deadline: None,
            as_of: None,
            after: None,
            count: Count::default(),
            collapse: false,
            copies: false,
            reads_dates: true,
            today: None,
        }
    }

    /// Only documents from the start of `date` on, in the [`zone`](Self::zone) of the query.
    pub fn since(mut self, date: Date) -> Self {
        self.start = Some(date);
        self
    }

    /// Only documents from before the start of `date`: `2025` leaves out all of 2025.
    pub fn before(mut self, date: Date) -> Self {
        self.end = End::Before(date);
        self
    }

    /// Only documents up to the end of `date`: `2025` includes all of 2025.
    pub fn through(mut self, date: Date) -> Self {
        self.end = End::Through(date);
        self
    }

    /// Only documents from within `date`: a day, a month, a year.
    pub fn during(self, date: Date) -> Self {
        self.since(date).through(date)
    }

    /// Leaves dates in the text as the words that they are. Otherwise `Thai Lan tháng 10/2025` are
    /// words and a filter: see [`text`](Self::text).
    pub fn dates_as_words(mut self) -> Self {
        self.reads_dates = false;
        self
    }

    /// The day that `yesterday` in the text is told from. Unless told, the clock says what day it is
    /// in the [`zone`](Self::zone) of the query.
    pub fn today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Lets undated documents through a date filter, which leaves them out otherwise.
    pub fn or_undated(mut self) -> Self {
        self.undated = true;
        self
    }

    /// The time zone of the dates of this query: a day is a day there. UTC unless told.
    ///
    /// A document that is dated to a day, a month or a year is of that day wherever it is read; one
    /// that is dated to the second is of the day that it was in this zone.
    pub fn zone(mut self, zone: Zone) -> Self {
        self.zone = zone;
        self
    }

    /// Only documents in this language. Given more than once: in any of these languages.
    pub fn language(mut self, language: Language) -> Self {
        self.languages.push(language);
        self
    }

    /// Only documents from this source, as it is written in them. Given more than once: from any of
    /// these sources.
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.sources.push(source.into());
        self
    }

    /// Only documents that pass this filter. Given more than once: that pass all of them.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// Counts the documents that answer, on all pages together, by this facet:
    /// [`Results::facets`](crate::Results::facets) has the counts in the order that they are asked
    /// for here. All matches have to be looked at for it, where a search looks only for the best.
    pub fn facet(mut self, facet: Facet) -> Self {
        self.facets.push(facet);
        self
    }

    /// The order of hits.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// At most so many hits: 10 unless told.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Measures ages from the end of `date`, in the [`zone`](Self::zone) of the query, for
    /// [`Sort::Recent`]; unless told, from the newest document of the index. It makes no difference to the order but for documents dated later
    /// and undated ones: all others decay alike.
    pub fn as_of(mut self, date: Date) -> Self {
        self.as_of = Some(date);
        self
    }

    /// Goes on where a page ended: [`Results::next`](crate::Results::next) of the same query.
    /// Limit, offset, count, facets and deadline may change from page to page.
    ///
    /// A page costs the same however many are before it, while
    /// [`offset`](Self::offset) has to find what it leaves out.
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// Counts the documents that answer, on all pages together: not unless told. All matches have
    /// to be looked at for it, where a search looks only for the best.
    pub fn count(mut self, count: Count) -> Self {
        self.count = count;
        self
    }

    /// Shows of the copies of one article only the first one in the order that is asked for;
    /// [`Hit::copies`](crate::Hit::copies) tells how many others answer the query.
    ///
    /// Copies are told when documents are indexed: the same text under another headline, with a
    /// paragraph more or less, with some words changed, and dated a few days apart at most.
    /// Counts and facets are of all documents. A page costs as much as all pages before it, also
    /// [`after`](Self::after) a cursor.
    ///
    /// ```
    /// use mekong_core::{Document, Index};
    /// use mekong_ingest::Writer;
    /// use mekong_query::{Query, Searcher};
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = Writer::new(&index)?;
    /// let wire = "Sáng 3/10, đoàn tàu khách đầu tiên đã rời ga Vientiane đi cảng Vũng Áng sau \
    ///             mười năm chờ đợi, mang theo hơn hai trăm hành khách của ba nước.";
    /// writer.upsert(Document::new("wire").title("Tàu khách ra biển").body(wire))?;
    /// writer.upsert(Document::new("paper").title("Chuyến tàu đầu tiên").body(wire))?;
    /// writer.commit()?;
    ///
    /// let results = Searcher::new(&index).search(&Query::text("tau khach").collapse())?;
    /// assert_eq!(results.hits.len(), 1);
    /// assert_eq!(results.hits[0].copies, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn collapse(mut self) -> Self {
        self.collapse = true;
        self
    }

    /// Lets the copies of a document through a query for what is [`like`](Self::like) it, which
    /// leaves them out otherwise.
    pub fn with_copies(mut self) -> Self {
        self.copies = true;
        self
    }

    /// Leaves out so many of the first hits, or of the first ones after the cursor. Finding a hit
    /// takes a few dozen bytes, also those that are left out: for pages far behind, take
    /// [`after`](Self::after).
    pub fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// Stops the search with an error when it takes longer than this.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The query without what has no say in the order of hits.
    pub(crate) fn without_page(&self) -> Self {
        Self {
            limit: 0,
            offset: 0,
            deadline: None,
            after: None,
            count: Count::None,
            facets: Vec::new(),
            ..self.clone()
        }
    }

    /// The range of dates that is asked for.
    pub(crate) fn dates(&self) -> Result<Dates, Error> {
        Ok(Dates::new(self.start, self.end, &self.zone)?)
    }

    /// All filters but that of dates.
    pub(crate) fn filters(&self) -> Result<Vec<Filter>, Error> {
        let mut filters = self.filters.clone();
        if !self.languages.is_empty() {
            let codes = self.languages.iter().map(|language| language.code());
            filters.push(Filter::language().is_any_of(codes));
        }
        if !self.sources.is_empty() {
            filters.push(Filter::source().is_any_of(self.sources.iter().cloned()));
        }
        filters.iter().try_for_each(engine::check_filter)?;
        self.facets.iter().try_for_each(Facet::check)?;
        Ok(filters)
    }

    /// The same for one hit and no counts.
    pub(crate) fn only_first_hit(&self) -> Self {
        Self {
            limit: 1,
            offset: 0,
            after: None,
            count: Count::default(),
            facets: Vec::new(),
            ..self.clone()
        }
    }

    pub(crate) fn is_first_page(&self) -> bool {
        self.limit > 0 && self.offset == 0 && self.after.is_none()
    }

    /// The same without any date in its text, of which these bytes are one.
    pub(crate) fn without_date(&self, range: Range<usize>) -> Self {
        Self {
            text: blanked(&self.text, range),
            reads_dates: false,
            ..self.clone()
        }
    }

    pub(crate) fn check_length(&self) -> Result<(), Error> {
        // Of a text that others are to be like only the beginning is looked at.
        if self.matching != Matching::LikeText && self.text.len() > Self::MAX_TEXT_BYTES {
            return Err(Error::too_long(self.text.len(), Self::MAX_TEXT_BYTES));
        }
        Ok(())
    }
}

/// A text with blanks in place of some of its bytes, so that all others stay where they are.
pub(crate) fn blanked(text: &str, range: Range<usize>) -> String {
    let blanks = " ".repeat(range.len());
    [&text[..range.start], &blanks, &text[range.end..]].concat()
}
