//! The dates that are asked for, in a time zone.

use mekong_dates::{Date, DateRange, Error, Precision, Zone};

use crate::index::Moment;

/// A half-open range of dates in a time zone.
///
/// A day that is asked for is the day in its zone. So is the day of a document: one that is dated
/// 3 October is of 3 October wherever it is read. A document that is dated to the second is of the
/// day that its instant falls on in the zone. Both kinds stand together in an index that is sorted
/// by the start in UTC; hence two ranges, which are less than a day apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// In seconds since 1970-01-01T00:00:00Z.
    instants: (Option<i64>, Option<i64>),
    /// In seconds of the same count to the start of the day in UTC, whatever the zone.
    days: (Option<i64>, Option<i64>),
}

/// The end of a range of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// There is none.
    Open,
    /// The start of this date.
    Before(Date),
    /// The end of this date.
    Through(Date),
}

impl Dates {
    /// From the start of one date to the end of a range.
    ///
    /// # Errors
    ///
    /// Where the range ends before it begins.
    pub fn new(start: Option<Date>, end: End, zone: &Zone) -> Result<Self, Error> {
        let is_day = |date: Date| date.precision() <= Precision::Day;
        let of_days = match end {
            End::Open => true,
            End::Before(end) | End::Through(end) => start.is_none_or(is_day) && is_day(end),
        };
        // Days are compared as days: a zone may have skipped one.
        let zone_of_days = if of_days { &Zone::UTC } else { zone };
        match end {
            End::Open => {}
            End::Before(end) => {
                DateRange::new_in(start, Some(end), zone_of_days)?;
            }
            End::Through(end) => {
                DateRange::through_in(start, Some(end), zone_of_days)?;
            }
        }
        let before = |date: Date| (date.start_in(zone), day_from(date.start(), date, zone));
        let through = |date: Date| (date.end_in(zone), day_from(date.end(), date, zone));
        let start = start.map(before);
        let end = match end {
            End::Open => None,
            End::Before(date) => Some(before(date)),
            End::Through(date) => Some(through(date)),
        };
        Ok(Self {
            instants: (start.map(|start| start.0), end.map(|end| end.0)),
            days: (start.map(|start| start.1), end.map(|end| end.1)),
        })
    }

    /// What is in both ranges.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        type Ends = (Option<i64>, Option<i64>);
        let within = |a: Ends, b: Ends| {
            let end = [a.1, b.1].into_iter().flatten().min();
            (a.0.max(b.0), end)
        };
        Self {
            instants: within(self.instants, other.instants),
            days: within(self.days, other.days),
        }
    }

    /// Whether a date is in the range.
    #[must_use]
    pub fn hold(&self, moment: Moment) -> bool {
        let (start, end) = if moment.is_instant {
            self.instants
        } else {
            self.days
        };
        start.is_none_or(|start| start <= moment.seconds)
            && end.is_none_or(|end| moment.seconds < end)
    }

    /// Whether every date is in the range.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.instants == (None, None)
    }

    /// Outside of these seconds nothing is in the range.
    #[must_use]
    pub fn outer(&self) -> (Option<i64>, Option<i64>) {
        let (instants, days) = (self.instants, self.days);
        // An open end is open for both.
        (instants.0.min(days.0), instants.1.max(days.1))
    }

    /// Within these seconds everything is in the range.
    #[must_use]
    pub fn inner(&self) -> (Option<i64>, Option<i64>) {
        let (instants, days) = (self.instants, self.days);
        (instants.0.max(days.0), instants.1.min(days.1))
    }
}

/// The first day that starts at an end of a date or later, as seconds to its start in UTC.
fn day_from(end: i64, date: Date, zone: &Zone) -> i64 {
    if date.precision() <= Precision::Day {
        return end;
    }
    match Date::day_at(end, zone) {
        Ok(day) if day.start_in(zone) >= end => day.start(),
        Ok(day) => day.end(),
        // West of UTC the first second of the year 1 is of the year before; or time has ended.
        Err(_) if end < 0 => Date::year(1).map_or(end, Date::start),
        Err(_) => end,
    }
}
