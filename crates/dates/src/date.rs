//! A date at the precision it is known to.

use std::fmt;

use jiff::{Span, civil};

use crate::error::{Error, Kind};
use crate::range::DateRange;
use crate::zone::Zone;

pub(crate) const SECONDS_PER_DAY: i64 = 86_400;
const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// 0001-01-01T00:00:00Z, the first second a [`Date`] can name.
pub(crate) const FIRST_SECOND: i64 = -62_135_596_800;
/// 10000-01-01T00:00:00Z, the first second past all of them.
pub(crate) const END_OF_TIME: i64 = 253_402_300_800;

/// A date at the precision it is known to: a year, a month, a day, or a second.
///
/// Dates are proleptic Gregorian, of the years 1 to 9999. A year, month or day is one of the calendar;
/// when it starts and ends depends on where: [`start`](Date::start) and [`end`](Date::end) are those
/// in UTC, [`start_in`](Date::start_in) and [`end_in`](Date::end_in) those in a [`Zone`]. [`Display`](fmt::Display) writes ISO 8601 at the date's own precision, and
/// [`FromStr`](std::str::FromStr) reads that back, besides the dates people write.
///
/// The order is that of the starts; of two dates with the same start the coarser comes first, so
/// that a year stands before its January and its January before the 1st.
///
/// ```
/// use mekong_dates::{Date, Precision};
///
/// let month = Date::month(2025, 12)?;
/// assert_eq!(month.to_string(), "2025-12");
/// assert_eq!(month.precision(), Precision::Month);
/// assert_eq!(month.end() - month.start(), 31 * 86_400);
///
/// for text in ["2025-12-15", "December 15, 2025", "ngày 15/12/2025", "15 ธ.ค. 68"] {
///     assert_eq!(text.parse::<Date>()?, Date::day(2025, 12, 15)?);
/// }
/// # Ok::<(), mekong_dates::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    start: i64,
    precision: Precision,
}

/// How precisely a date is known; ordered from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum Precision {
    /// A whole year.
    Year,
    /// A whole month.
    Month,
    /// A whole day.
    Day,
    /// One second.
    Second,
}

impl Date {
    /// A whole year of the Common Era.
    ///
    /// # Errors
    ///
    /// Where the year is not 1 to 9999.
    pub fn year(year: i16) -> Result<Date, Error> {
        Date::starting(year, 1, 1, Precision::Year)
    }

    /// A whole month.
    ///
    /// # Errors
    ///
    /// Where the year is not 1 to 9999 or the month not 1 to 12.
    pub fn month(year: i16, month: i8) -> Result<Date, Error> {
        Date::starting(year, month, 1, Precision::Month)
    }

    /// A whole day.
    ///
    /// # Errors
    ///
    /// Where the year is not 1 to 9999 or has no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Result<Date, Error> {
        Date::starting(year, month, day, Precision::Day)
    }

    /// The second that starts so many seconds after 1970-01-01T00:00:00Z (before it, if negative).
    ///
    /// # Errors
    ///
    /// Where it lies outside the years 1 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Date, Error> {
        if !(FIRST_SECOND..END_OF_TIME).contains(&seconds) {
            return Err(Kind::Instant(seconds).into());
        }
        Ok(Date {
            start: seconds,
            precision: Precision::Second,
        })
    }

    /// The present day in UTC.
    pub fn today() -> Date {
        Date::today_in(&Zone::UTC)
    }

    /// The present day in a zone.
    pub fn today_in(zone: &Zone) -> Date {
        let now = jiff::Timestamp::now().as_second();
        Date::of_civil(zone.day(now.clamp(FIRST_SECOND, END_OF_TIME - 1)))
    }

    /// The day it is in a zone, so many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// Where it lies outside the years 1 to 9999.
    pub fn day_at(seconds: i64, zone: &Zone) -> Result<Date, Error> {
        Date::from_unix_seconds(seconds)?;
        let day = zone.day(seconds);
        Date::day(day.year(), day.month(), day.day())
    }

    /// How precisely the date is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The first second of the date, counted from 1970-01-01T00:00:00Z.
    pub fn start(self) -> i64 {
        self.start
    }

    /// The first second after the date, counted from 1970-01-01T00:00:00Z.
    pub fn end(self) -> i64 {
        let day = self.civil();
        match self.precision {
            Precision::Year => self.start + i64::from(day.days_in_year()) * SECONDS_PER_DAY,
            Precision::Month => self.start + i64::from(day.days_in_month()) * SECONDS_PER_DAY,
            Precision::Day => self.start + SECONDS_PER_DAY,
            Precision::Second => self.start + 1,
        }
    }

    /// The first second of the date in a zone, counted from 1970-01-01T00:00:00Z. A date of one
    /// second is the same everywhere.
    pub fn start_in(self, zone: &Zone) -> i64 {
        match self.precision {
            Precision::Second => self.start,
            _ => zone.first_second(self.civil()),
        }
    }

    /// The first second after the date in a zone, counted from 1970-01-01T00:00:00Z.
    pub fn end_in(self, zone: &Zone) -> i64 {
        match self.precision {
            Precision::Second => self.end(),
            _ => zone.end(civil_of_days(self.end().div_euclid(SECONDS_PER_DAY) - 1)),
        }
    }

    /// All of the date in a zone.
    pub fn range_in(self, zone: &Zone) -> DateRange {
        DateRange::between(Some(self.start_in(zone)), Some(self.end_in(zone)))
    }

    /// Year, month and day of the date's first day in UTC.
    ///
    /// ```
    /// use mekong_dates::Date;
    ///
    /// assert_eq!(Date::month(2025, 12)?.first_day(), (2025, 12, 1));
    /// # Ok::<(), mekong_dates::Error>(())
    /// ```
    pub fn first_day(self) -> (i16, i8, i8) {
        let day = self.civil();
        (day.year(), day.month(), day.day())
    }

    fn starting(year: i16, month: i8, day: i8, precision: Precision) -> Result<Date, Error> {
        if !(1..=9999).contains(&year) {
            return Err(Kind::Year(year).into());
        }
        let first = civil::Date::new(year, month, 1).map_err(|_| Kind::Month(month))?;
        let days = first.days_in_month();
        if !(1..=days).contains(&day) {
            return Err(Kind::Day {
                day,
                month,
                year,
                days,
            }
            .into());
        }
        Ok(Date {
            start: (days_of_civil(first) + i64::from(day) - 1) * SECONDS_PER_DAY,
            precision,
        })
    }

    /// A day of the years 1 to 9999; the first of them for an earlier one.
    pub(crate) fn of_civil(day: civil::Date) -> Date {
        Date {
            start: (days_of_civil(day) * SECONDS_PER_DAY).max(FIRST_SECOND),
            precision: Precision::Day,
        }
    }

    pub(crate) fn civil(self) -> civil::Date {
        civil_of_days(self.start.div_euclid(SECONDS_PER_DAY))
    }
}

/// The days from 1970-01-01 to a day.
pub(crate) fn days_of_civil(day: civil::Date) -> i64 {
    // Between days that jiff knows the difference is always one of days.
    EPOCH.until(day).map_or(0, |span| span.get_days().into())
}

/// The day so many days after 1970-01-01, or the nearest that jiff knows: its years end with 9999.
pub(crate) fn civil_of_days(days: i64) -> civil::Date {
    let nearest = || {
        if days < 0 {
            civil::Date::MIN
        } else {
            civil::Date::MAX
        }
    };
    Span::new()
        .try_days(days)
        .and_then(|span| EPOCH.checked_add(span))
        .unwrap_or_else(|_| nearest())
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.first_day();
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
            Precision::Second => {
                let second = self.start.rem_euclid(SECONDS_PER_DAY);
                let (hour, minute) = (second / 3600, second / 60 % 60);
                let second = second % 60;
                write!(
                    f,
                    "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
                )
            }
        }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn precisions_have_their_lengths() {
        let cases = [
            (Date::year(2024), "2024", 366 * SECONDS_PER_DAY),
            (Date::year(2025), "2025", 365 * SECONDS_PER_DAY),
            (Date::month(2024, 2), "2024-02", 29 * SECONDS_PER_DAY),
            (Date::day(2025, 12, 15), "2025-12-15", SECONDS_PER_DAY),
            (
                Date::from_unix_seconds(1_765_765_800),
                "2025-12-15T02:30:00Z",
                1,
            ),
            (Date::from_unix_seconds(-1), "1969-12-31T23:59:59Z", 1),
        ];
        for (date, written, length) in cases {
            let date = date.unwrap();
            assert_eq!(date.to_string(), written);
            assert_eq!(date.end() - date.start(), length, "{written}");
        }
    }

    #[test]
    fn the_first_and_the_last_second_are_dates() {
        assert_eq!(Date::year(1).unwrap().start(), FIRST_SECOND);
        assert_eq!(Date::year(9999).unwrap().end(), END_OF_TIME);
        assert_eq!(Date::month(9999, 12).unwrap().end(), END_OF_TIME);
        assert_eq!(Date::year(9999).unwrap().end_in(&Zone::UTC), END_OF_TIME);
        let last = Date::from_unix_seconds(END_OF_TIME - 1).unwrap();
        assert_eq!(last.to_string(), "9999-12-31T23:59:59Z");
        assert!(Date::from_unix_seconds(END_OF_TIME).is_err());
        assert!(Date::from_unix_seconds(FIRST_SECOND - 1).is_err());
    }

    #[test]
    fn the_impossible_is_refused_with_its_reason() {
        let cases = [
            (Date::year(0), "there is no year 0: years are 1 to 9999"),
            (
                Date::month(2025, 13),
                "there is no month 13: months are 1 to 12",
            ),
            (
                Date::day(2025, 4, 31),
                "there is no day 31: April 2025 has 30 days",
            ),
            (
                Date::day(1900, 2, 29),
                "there is no day 29: February 1900 has 28 days",
            ),
        ];
        for (result, reason) in cases {
            let error = result.unwrap_err();
            assert!(error.is_impossible());
            assert_eq!(error.to_string(), reason);
        }
    }

    #[test]
    fn order_is_by_start_then_from_coarse_to_fine() {
        let year = Date::year(2025).unwrap();
        let january = Date::month(2025, 1).unwrap();
        let first = Date::day(2025, 1, 1).unwrap();
        let before = Date::day(2024, 12, 31).unwrap();
        assert!(before < year && year < january && january < first);
    }

    #[test]
    fn today_is_a_day() {
        assert_eq!(Date::today().precision(), Precision::Day);
        assert_eq!(Date::today().start() % SECONDS_PER_DAY, 0);
    }
}
