//! What a score counts for in the order of hits: as it is, or less with age.

use std::time::Duration;

use tantivy::{DocAddress, Score, Searcher};

use crate::Error;
use crate::query::{Query, Sort};
use crate::scan::Dated;

/// How hits are ranked by their scores.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ranking {
    Score,
    Recent(Recency),
}

/// How scores decay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recency {
    /// In seconds, more than zero.
    half_life: f64,
    /// What ages are measured from, in seconds since 1970-01-01T00:00:00Z.
    as_of: i64,
    /// When an undated document is from: the date of the oldest one.
    undated: i64,
}

/// The engine may be as wrong as this about a score that it adds up in another order: nine
/// summands, each off by half of 2^-23.
const ROUNDING: f64 = 1e-5;

impl Ranking {
    pub(crate) fn new(query: &Query, engine: &Searcher) -> Result<Self, Error> {
        let Sort::Recent { half_life } = query.sort else {
            return Ok(Self::Score);
        };
        if half_life == Duration::ZERO {
            return Err(Error::no_half_life());
        }
        let (mut newest, mut oldest) = (i64::MIN, i64::MAX);
        for reader in engine.segment_readers() {
            let of_segment = Dated::extremes(reader).map_err(Error::engine)?;
            if let Some((first, last)) = of_segment {
                newest = newest.max(first);
                oldest = oldest.min(last);
            }
        }
        Ok(Self::Recent(Recency {
            half_life: half_life.as_secs_f64(),
            as_of: query.as_of.map_or(newest, |date| date.end_in(&query.zone)),
            undated: oldest,
        }))
    }

    /// What a document is ordered by. With age it is the logarithm of the score, which an old
    /// document still has where its score is too small for a number.
    pub(crate) fn rank(&self, score: Score, date: impl FnOnce() -> Option<i64>) -> f64 {
        match self {
            Self::Score => f64::from(score),
            Self::Recent(recency) => f64::from(score).log2() - recency.half_lives(date()),
        }
    }

    /// What a score is multiplied by.
    pub(crate) fn factor(&self, date: impl FnOnce() -> Option<i64>) -> Score {
        match self {
            Self::Score => 1.0,
            Self::Recent(recency) => (-recency.half_lives(date())).exp2() as Score,
        }
    }

    /// The same of any document, whether it is searched or not; `None` where scores are what they
    /// are.
    pub(crate) fn factor_at(
        &self,
        engine: &Searcher,
        address: DocAddress,
    ) -> Result<Option<Score>, Error> {
        if matches!(self, Self::Score) {
            return Ok(None);
        }
        let reader = engine.segment_reader(address.segment_ord);
        let date = Dated::date_in(reader, address.doc_id).map_err(Error::engine)?;
        Ok(Some(self.factor(|| date)))
    }

    /// A score that no document of this rank or a better one is below, if none is younger than
    /// `newest`.
    pub(crate) fn least_score(&self, rank: f64, newest: impl FnOnce() -> Option<i64>) -> Score {
        let least = match self {
            Self::Score => rank,
            Self::Recent(recency) => (rank + recency.half_lives(newest())).exp2(),
        };
        (least * (1.0 - ROUNDING)) as Score
    }
}

impl Recency {
    /// The age of a document; none is younger than 0.
    fn half_lives(&self, date: Option<i64>) -> f64 {
        let age = self.as_of.saturating_sub(date.unwrap_or(self.undated));
        age.max(0) as f64 / self.half_life
    }
}
