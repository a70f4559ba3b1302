//! Facets: how many of the documents that answer a query have which language, source, metadata, or
//! are of which day, month, year.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::ops::Range;

use mekong_core::engine::{self, Moment, Scope};
use mekong_core::{Filter, FilterKey};
use mekong_dates::{Date, Period, Zone};
use tantivy::DocId;
use tantivy::columnar::StrColumn;

use crate::Error;
use crate::dictionary::from_io;
use crate::query::Query;
use crate::scan::{Dated, Deadline};
use crate::search::{Search, Segment};

/// What the documents that answer a query are to be counted by ([`Query::facet`]).
///
/// ```
/// use mekong_core::{Document, Index};
/// use mekong_dates::Period;
/// use mekong_ingest::Writer;
/// use mekong_query::{Facet, Query, Searcher};
///
/// let index = Index::in_memory()?;
/// let mut writer = Writer::new(&index)?;
/// for (id, source, date) in [("a", "VNA", "2025-09-30"), ("b", "VNA", "2025-10-03")] {
///     writer.upsert(Document::new(id).source(source).date(date.parse()?))?;
/// }
/// writer.commit()?;
///
/// let query = Query::text("").facet(Facet::source()).facet(Facet::dates(Period::Month));
/// let results = Searcher::new(&index).search(&query)?;
/// let mut lines = Vec::new();
/// for counts in &results.facets {
///     for bucket in &counts.buckets {
///         lines.push(format!("{} {}: {}", counts.facet, bucket.value, bucket.count));
///     }
/// }
/// assert_eq!(lines, ["source VNA: 2", "month 2025-09-01: 1", "month 2025-10-01: 1"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Facet {
    by: By,
    limit: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum By {
    Label(FilterKey),
    Dates(Period),
}

impl Facet {
    fn new(by: By) -> Self {
        Self { by, limit: 10 }
    }

    /// By language; the values are ISO 639 codes.
    pub fn language() -> Self {
        Self::new(By::Label(Filter::language()))
    }

    /// By source.
    pub fn source() -> Self {
        Self::new(By::Label(Filter::source()))
    }

    /// By what the metadata has under this key. The values are those of a
    /// [`Filter`](crate::Filter); a document with a list is counted once for each of its elements.
    pub fn key(key: impl Into<String>) -> Self {
        Self::new(By::Label(Filter::key(key)))
    }

    /// By days, weeks, months, quarters or years in the [`zone`](Query::zone) of the query.
    ///
    /// As for filters, a document that is dated to a day, month or year is counted where that starts
    /// whatever the zone.
    pub fn dates(period: Period) -> Self {
        Self::new(By::Dates(period))
    }

    /// Gives at most so many values, the most frequent: 10 unless told. Periods are all given.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// An error where it asks for something that is not indexed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.by {
            By::Label(of) => Ok(engine::check_key(of)?),
            By::Dates(_) => Ok(()),
        }
    }
}

/// `language`, `source`, the key, or the name of the period.
impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.by {
            By::Label(of) => f.pad(match engine::scope(of) {
                Scope::Language => "language",
                Scope::Meta(key) => key,
                _ => "source",
            }),
            By::Dates(period) => f.pad(&period.to_string()),
        }
    }
}

/// The documents that answer a query, counted by a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FacetCounts {
    /// What they are counted by.
    pub facet: Facet,
    /// Values: the most frequent first, those that are as frequent in the order of their bytes.
    /// Periods: the earliest first; one without documents is left out.
    pub buckets: Vec<Bucket>,
    /// How many values more there are than the limit let through.
    pub others: u64,
    /// How many of the documents have no value, or no date.
    pub missing: u64,
}

/// The documents that have one value, or are of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bucket {
    /// What they have in common.
    pub value: FacetValue,
    /// How many there are.
    pub count: u64,
}

/// What the documents of a [`Bucket`] have in common. Printed it is the text, or the first day as
/// ISO 8601 writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FacetValue {
    /// A language's code, a source, or a value of metadata.
    Text(String),
    /// A period, by its first and its last day: `query.since(first).through(last)` finds its
    /// documents.
    Dates {
        /// The first day.
        first: Date,
        /// The last day, which is part of the period.
        last: Date,
    },
}

impl fmt::Display for FacetValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.pad(text),
            Self::Dates { first, .. } => f.pad(&first.to_string()),
        }
    }
}

/// Counts all documents that are searched for, in one pass. Gives how many there are, too.
pub(crate) fn count(
    query: &Query,
    search: Option<&Search<'_>>,
    deadline: &mut Deadline,
) -> Result<(Vec<FacetCounts>, u64), Error> {
    let mut counts = Vec::new();
    counts.resize_with(query.facets.len(), Counts::default);
    let mut total = 0;
    if let Some(search) = search {
        for segment in &search.segments {
            let tallies = query.facets.iter();
            let mut tallies = tallies
                .map(|facet| Tally::new(facet, segment, &query.zone))
                .collect::<Result<Vec<_>, Error>>()?;
            total += search.each_match(segment, deadline, |doc| {
                for tally in &mut tallies {
                    tally.add(doc);
                }
            })?;
            for (counts, tally) in counts.iter_mut().zip(tallies) {
                deadline.check()?;
                counts.add(tally)?;
            }
        }
    }
    let facets = query.facets.iter().zip(counts);
    let facets = facets.map(|(facet, counts)| counts.finish(facet));
    Ok((facets.collect::<Result<_, Error>>()?, total))
}

/// The counts of one facet in one segment.
enum Tally<'a> {
    Labels {
        of: &'a FilterKey,
        column: Option<StrColumn>,
        /// The ordinals of its labels with a value.
        range: Range<u64>,
        /// For each of them.
        counts: Vec<u32>,
        missing: u64,
    },
    Dates {
        dated: &'a Dated,
        period: Period,
        zone: &'a Zone,
        /// By the first day of the period.
        counts: BTreeMap<i64, u64>,
        /// The periods of the last document that was dated to a day, and of the last instant. The
        /// next one is mostly of the same: documents are sorted by date.
        last: [InPeriod; 2],
        missing: u64,
    },
}

/// Documents of a period in a row.
#[derive(Default)]
struct InPeriod {
    seconds: Range<i64>,
    first_day: i64,
    count: u64,
}

impl<'a> Tally<'a> {
    fn new(facet: &'a Facet, segment: &'a Segment<'_>, zone: &'a Zone) -> Result<Self, Error> {
        match &facet.by {
            By::Label(of) => {
                let column = segment.reader.fast_fields().str("labels");
                let column = column.map_err(Error::engine)?;
                let range = match &column {
                    Some(column) => engine::labels_with_value(column, of)?,
                    None => 0..0,
                };
                Ok(Self::Labels {
                    of,
                    counts: vec![0; (range.end - range.start) as usize],
                    column,
                    range,
                    missing: 0,
                })
            }
            By::Dates(period) => Ok(Self::Dates {
                dated: &segment.dated,
                period: *period,
                zone,
                counts: BTreeMap::new(),
                last: Default::default(),
                missing: 0,
            }),
        }
    }

    fn add(&mut self, doc: DocId) {
        match self {
            Self::Labels {
                column,
                range,
                counts,
                missing,
                ..
            } => {
                let mut is_missing = true;
                for ordinal in column.iter().flat_map(|column| column.term_ords(doc)) {
                    if range.contains(&ordinal) {
                        counts[(ordinal - range.start) as usize] += 1;
                        is_missing = false;
                    }
                }
                *missing += u64::from(is_missing);
            }
            Self::Dates {
                dated,
                period,
                zone,
                counts,
                last,
                missing,
            } => {
                let Some(moment) = dated.moment(doc) else {
                    *missing += 1;
                    return;
                };
                let last = &mut last[usize::from(moment.is_instant)];
                if !last.seconds.contains(&moment.seconds) {
                    let next = InPeriod::of(moment, *period, zone);
                    std::mem::replace(last, next).count_in(counts);
                }
                last.count += 1;
            }
        }
    }
}

impl InPeriod {
    fn of(moment: Moment, period: Period, zone: &Zone) -> Self {
        let seconds = moment.seconds;
        // A day is the same in each zone.
        let (zone, day) = if moment.is_instant {
            (zone, day_of(seconds, zone))
        } else {
            (&Zone::UTC, seconds)
        };
        Self {
            seconds: period.start(seconds, zone)..period.next(seconds, zone),
            first_day: period.start(day, &Zone::UTC),
            count: 0,
        }
    }

    fn count_in(self, counts: &mut BTreeMap<i64, u64>) {
        if self.count > 0 {
            *counts.entry(self.first_day).or_default() += self.count;
        }
    }
}

/// The day of an instant in a zone, as seconds to its start in UTC.
fn day_of(seconds: i64, zone: &Zone) -> i64 {
    Date::day_at(Period::Day.start(seconds, zone), zone)
        // At the beginning of the year 1 the start of the day is of no year.
        .or_else(|_| Date::day_at(seconds, zone))
        .map_or(seconds, Date::start)
}

/// The counts of one facet in all segments.
#[derive(Default)]
struct Counts {
    values: HashMap<String, u64>,
    /// By the first day of the period.
    periods: BTreeMap<i64, u64>,
    missing: u64,
}

impl Counts {
    fn add(&mut self, tally: Tally<'_>) -> Result<(), Error> {
        match tally {
            Tally::Labels {
                of,
                column,
                range,
                counts,
                missing,
            } => {
                self.missing += missing;
                let counted = (range.start..).zip(counts).filter(|(_, count)| *count > 0);
                let (ordinals, counts): (Vec<u64>, Vec<u32>) = counted.unzip();
                let Some(column) = column.filter(|_| !ordinals.is_empty()) else {
                    return Ok(());
                };
                let mut counts = counts.into_iter();
                let all_found = column
                    .dictionary()
                    .sorted_ords_to_term_cb(&ordinals, |label| {
                        let label = str::from_utf8(label).unwrap_or_default();
                        let value = engine::scope(of).value(label).unwrap_or_default();
                        let count = counts.next().map_or(0, u64::from);
                        match self.values.get_mut(value) {
                            Some(counted) => *counted += count,
                            None => drop(self.values.insert(value.to_owned(), count)),
                        }
                    });
                all_found.map(drop).map_err(from_io)
            }
            Tally::Dates {
                mut counts,
                last,
                missing,
                ..
            } => {
                self.missing += missing;
                for last in last {
                    last.count_in(&mut counts);
                }
                for (first_day, count) in counts {
                    *self.periods.entry(first_day).or_default() += count;
                }
                Ok(())
            }
        }
    }

    fn finish(self, facet: &Facet) -> Result<FacetCounts, Error> {
        let mut others = 0;
        let buckets = match facet.by {
            By::Label(_) => {
                let mut values: Vec<_> = self.values.into_iter().collect();
                values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                others = values.len().saturating_sub(facet.limit) as u64;
                values.truncate(facet.limit);
                let buckets = values.into_iter().map(|(value, count)| Bucket {
                    value: FacetValue::Text(value),
                    count,
                });
                buckets.collect()
            }
            By::Dates(period) => {
                let buckets = self.periods.into_iter().map(|(first, count)| {
                    let last = period.next(first, &Zone::UTC) - 1;
                    Ok(Bucket {
                        value: FacetValue::Dates {
                            first: Date::day_at(first, &Zone::UTC)?,
                            last: Date::day_at(last, &Zone::UTC)?,
                        },
                        count,
                    })
                });
                buckets.collect::<Result<_, Error>>()?
            }
        };
        Ok(FacetCounts {
            facet: facet.clone(),
            buckets,
            others,
            missing: self.missing,
        })
    }
}
