//! Steps of the calendar: days, weeks, months, quarters and years, in a time zone.

use std::fmt;
use std::str::FromStr;

use jiff::{ToSpan, civil};

use crate::date::{END_OF_TIME, FIRST_SECOND};
use crate::error::{Error, Kind};
use crate::zone::Zone;

/// A step of the calendar; ordered from short to long.
///
/// As a measure of time it counts whole steps: every second lies in exactly one day, week, month,
/// quarter and year of a zone, and each of these begins where the one before it ends, however the
/// clock is changed.
///
/// ```
/// use mekong_dates::{Date, Period, Zone};
///
/// let utc = Zone::UTC;
/// let wednesday = Date::day(2025, 10, 1)?.start();
/// assert_eq!(Period::Week.start(wednesday, &utc), Date::day(2025, 9, 29)?.start());
/// assert_eq!(Period::Quarter.next(wednesday, &utc), Date::year(2026)?.start());
///
/// // The clocks of New York go forward on 9 March 2025: that day has 23 hours.
/// let zone: Zone = "America/New_York".parse()?;
/// let noon = Date::from_unix_seconds(1_741_536_000)?.start();
/// assert_eq!(Period::Day.next(noon, &zone) - Period::Day.start(noon, &zone), 23 * 3600);
/// # Ok::<(), mekong_dates::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum Period {
    /// A civil day.
    Day,
    /// Seven days from a Monday on, as in ISO 8601.
    Week,
    /// A month of the calendar.
    Month,
    /// Three months, from January, April, July or October on.
    Quarter,
    /// A year of the calendar.
    Year,
}

impl Period {
    /// All of them, from short to long.
    pub const ALL: [Period; 5] = [
        Period::Day,
        Period::Week,
        Period::Month,
        Period::Quarter,
        Period::Year,
    ];

    /// The first second of the period of `zone` that holds an instant. Instants are seconds counted
    /// from 1970-01-01T00:00:00Z, of the years 1 to 9999: others are taken for the nearest of these.
    pub fn start(self, instant: i64, zone: &Zone) -> i64 {
        self.around(instant, zone).0
    }

    /// The first second of the period after that one: always later than the instant.
    pub fn next(self, instant: i64, zone: &Zone) -> i64 {
        self.around(instant, zone).1
    }

    fn around(self, instant: i64, zone: &Zone) -> (i64, i64) {
        let instant = instant.clamp(FIRST_SECOND, END_OF_TIME - 1);
        let day = zone.day(instant);
        let (start, next) = self.ends(day, zone);
        if next > instant {
            return (start, next);
        }
        // Where a clock was put back over midnight, the day that had begun goes on. And ahead of UTC
        // the last hours of the year 9999 are those of a day that jiff does not know.
        let (start, next) = self.ends(day.tomorrow().unwrap_or(day), zone);
        (start, next.max(instant + 1))
    }

    fn ends(self, day: civil::Date, zone: &Zone) -> (i64, i64) {
        let (first, last) = (self.first_day(day), self.last_day(day));
        (zone.first_second(first), zone.end(last))
    }

    /// The first day of the period that holds a day.
    pub(crate) fn first_day(self, day: civil::Date) -> civil::Date {
        let first = match self {
            Period::Day => Ok(day),
            Period::Week => {
                day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days())
            }
            Period::Month => Ok(day.first_of_month()),
            Period::Quarter => civil::Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1),
            Period::Year => Ok(day.first_of_year()),
        };
        first.unwrap_or(day)
    }

    /// The last day of the period that holds a day.
    pub(crate) fn last_day(self, day: civil::Date) -> civil::Date {
        self.step(self.first_day(day), 1)
            .and_then(|next| next.yesterday().ok())
            .unwrap_or(civil::Date::MAX)
    }

    /// So many periods on from a day, or back where negative; in a shorter month its last day.
    pub(crate) fn step(self, day: civil::Date, count: i32) -> Option<civil::Date> {
        let span = match self {
            Period::Day => jiff::Span::new().try_days(count),
            Period::Week => jiff::Span::new().try_weeks(count),
            Period::Month => jiff::Span::new().try_months(count),
            Period::Quarter => jiff::Span::new().try_months(i64::from(count) * 3),
            Period::Year => jiff::Span::new().try_years(count),
        };
        day.checked_add(span.ok()?).ok()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
        })
    }
}

impl FromStr for Period {
    type Err = Error;

    /// Reads `day`, `week`, `month`, `quarter` and `year`.
    ///
    /// # Errors
    ///
    /// Where it is none of these ([`Error::is_unreadable`]).
    fn from_str(text: &str) -> Result<Period, Error> {
        Period::ALL
            .into_iter()
            .find(|period| period.to_string() == text.trim())
            .ok_or_else(|| Kind::Period(crate::error::excerpt(text)).into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Date;

    fn second(text: &str) -> i64 {
        text.parse::<Date>().unwrap().start()
    }

    #[test]
    fn periods_begin_where_calendars_say() {
        let cases = [
            (Period::Day, "2025-12-15T00:00:00Z", "2025-12-16T00:00:00Z"),
            (Period::Week, "2025-12-15T00:00:00Z", "2025-12-22T00:00:00Z"),
            (
                Period::Month,
                "2025-12-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
            ),
            (
                Period::Quarter,
                "2025-10-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
            ),
            (Period::Year, "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ];
        let instant = second("2025-12-15T12:00:00Z");
        for (period, start, next) in cases {
            assert_eq!(period.start(instant, &Zone::UTC), second(start), "{period}");
            assert_eq!(period.next(instant, &Zone::UTC), second(next), "{period}");
        }
        // A Sunday is the last day of its week, across the year.
        let sunday = second("2023-01-01T23:59:59Z");
        assert_eq!(Period::Week.start(sunday, &Zone::UTC), second("2022-12-26"));
        assert_eq!(Period::Week.next(sunday, &Zone::UTC), sunday + 1);
    }

    #[test]
    fn clocks_that_change_make_short_and_long_days() {
        let hours = |zone: &str, instant: &str| {
            let (zone, instant) = (zone.parse().unwrap(), second(instant));
            (Period::Day.next(instant, &zone) - Period::Day.start(instant, &zone)) / 3600
        };
        assert_eq!(hours("America/New_York", "2025-03-09T12:00:00Z"), 23);
        assert_eq!(hours("America/New_York", "2025-11-02T12:00:00Z"), 25);
        assert_eq!(hours("Asia/Bangkok", "2025-11-02T12:00:00Z"), 24);
        // Midnight is skipped in Beirut: the day begins at one o'clock.
        let zone = "Asia/Beirut".parse().unwrap();
        let noon = second("2024-03-31T12:00:00Z");
        assert_eq!(
            Period::Day.start(noon, &zone),
            second("2024-03-30T22:00:00Z")
        );
        assert_eq!(hours("Asia/Beirut", "2024-03-31T12:00:00Z"), 23);
        // Samoa has no 30 December 2011.
        let zone = "Pacific/Apia".parse().unwrap();
        let last = Period::Day.next(second("2011-12-30T09:00:00Z"), &zone);
        assert_eq!(Date::day_at(last, &zone).unwrap().to_string(), "2011-12-31");
    }

    #[test]
    fn every_instant_lies_in_one_period() {
        for zone in [
            "UTC",
            "Asia/Bangkok",
            "America/St_Johns",
            "Pacific/Apia",
            "-12",
        ] {
            let zone: Zone = zone.parse().unwrap();
            for period in Period::ALL {
                // Coprime to hours, over changes of clocks at all times of day.
                for instant in (second("1987-10-20")..second("1988-11-10")).step_by(40_009) {
                    let (start, next) = (period.start(instant, &zone), period.next(instant, &zone));
                    assert!(
                        start <= instant && instant < next,
                        "{period} {zone} {instant}"
                    );
                    assert_eq!(period.start(start, &zone), start);
                    assert_eq!(period.start(next, &zone), next);
                    assert_eq!(period.next(next - 1, &zone), next);
                }
            }
        }
    }

    #[test]
    fn the_ends_of_time_are_safe() {
        for zone in ["UTC", "+14", "-12:00", "Asia/Ho_Chi_Minh"] {
            let zone: Zone = zone.parse().unwrap();
            for period in Period::ALL {
                for instant in [i64::MIN, FIRST_SECOND, END_OF_TIME - 1, i64::MAX] {
                    let inside = instant.clamp(FIRST_SECOND, END_OF_TIME - 1);
                    assert!(period.start(instant, &zone) <= inside);
                    assert!(period.next(instant, &zone) > inside);
                }
            }
        }
    }

    #[test]
    fn names_are_read_and_written() {
        for period in Period::ALL {
            assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
        }
        assert_eq!(
            "hour".parse::<Period>().unwrap_err().to_string(),
            "there is no period `hour`: write day, week, month, quarter or year"
        );
    }
}
