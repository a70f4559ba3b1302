//! A date expression found in a text.

use std::ops::Range;

use crate::date::Date;
use crate::error::{Error, Kind};
use crate::range::DateRange;

/// How a year was counted where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Era {
    /// The Common Era (AD, ค.ศ.).
    #[default]
    Common,
    /// The Buddhist Era of Thailand (พ.ศ.): 543 years ahead of the Common Era.
    Buddhist,
}

/// One date expression found in a text.
///
/// It names a day (with or without its year), a month of a year, a year, or a range of days within
/// a month (`21-23 November 2023`) or of years (`2021-2025`). What it names exists in the calendar.
///
/// ```
/// let mention = mekong_dates::find("ระหว่างวันที่ 21-23 พฤศจิกายน พ.ศ. 2566").next().unwrap();
/// assert_eq!((mention.day, mention.last_day), (Some(21), Some(23)));
/// assert_eq!((mention.month, mention.year), (Some(11), Some(2023)));
/// assert_eq!(mention.era, mekong_dates::Era::Buddhist);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Mention {
    /// Where it stands in the text, in bytes, half-open. Words that belong to the date (`ngày`,
    /// `วันที่`, `Monday,`) are included.
    pub range: Range<usize>,
    /// The year in the Common Era, however it was written; the first one of a range of years.
    pub year: Option<i16>,
    /// The last year of a range of years, included.
    pub last_year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month; the first one of a range of days.
    pub day: Option<i8>,
    /// The last day of a range of days, included.
    pub last_day: Option<i8>,
    /// How the year was written; [`Era::Common`] where there is none.
    pub era: Era,
}

impl Mention {
    /// The date, where the expression has a year and names one date only, not a range of them.
    pub fn date(&self) -> Option<Date> {
        self.in_year(self.year?)
    }

    /// The date in `year`, where the expression lacks a year of its own; otherwise the same as
    /// [`date`](Mention::date).
    ///
    /// `None` for a range, and where that year has no such day (29 February).
    ///
    /// ```
    /// use mekong_dates::Date;
    ///
    /// let mention = mekong_dates::find("Chiều 3/10, hai bên").next().unwrap();
    /// assert_eq!(mention.date(), None);
    /// assert_eq!(mention.in_year(2025), Date::day(2025, 10, 3).ok());
    /// ```
    pub fn in_year(&self, year: i16) -> Option<Date> {
        if self.is_range() {
            return None;
        }
        let year = self.year.unwrap_or(year);
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::day(year, month, day),
            (Some(month), None) => Date::month(year, month),
            (None, _) => Date::year(year),
        }
        .ok()
    }

    /// The time it covers, from its first day or year to its last, where it has a year.
    pub fn period(&self) -> Option<DateRange> {
        let (first, last) = self.ends()?;
        DateRange::through(Some(first), Some(last)).ok()
    }

    pub(crate) fn is_range(&self) -> bool {
        self.last_day.is_some() || self.last_year.is_some()
    }

    fn ends(&self) -> Option<(Date, Date)> {
        let first = Mention {
            last_day: None,
            last_year: None,
            ..self.clone()
        };
        let last = Mention {
            day: self.last_day.or(self.day),
            year: self.last_year.or(self.year),
            ..first.clone()
        };
        Some((first.date()?, last.date()?))
    }

    /// Why the calendar has no such date, where it has none.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for year in [self.year, self.last_year].into_iter().flatten() {
            Date::year(year)?;
        }
        if let Some(month) = self.month {
            // Without a year every day that some year has will do.
            let year = self.year.unwrap_or(2024);
            Date::month(year, month)?;
            for day in [self.day, self.last_day].into_iter().flatten() {
                Date::day(year, month, day).map_err(|error| match error.0 {
                    Kind::Day { days, .. } if self.year.is_none() => {
                        Kind::DayOfMonth { day, month, days }.into()
                    }
                    _ => error,
                })?;
            }
        }
        reversed(self.day, self.last_day)?;
        reversed(self.year, self.last_year)
    }
}

fn reversed<T: PartialOrd + ToString>(first: Option<T>, last: Option<T>) -> Result<(), Error> {
    match (first, last) {
        (Some(first), Some(last)) if last <= first => Err(Kind::Reversed {
            start: first.to_string(),
            end: last.to_string(),
        }
        .into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::find;

    fn only(text: &str) -> Mention {
        find(text).next().unwrap()
    }

    #[test]
    fn a_range_is_no_single_date_but_a_period() {
        let days = only("21-23 November 2023");
        assert_eq!((days.date(), days.in_year(2023)), (None, None));
        let (first, last) = (Date::day(2023, 11, 21).ok(), Date::day(2023, 11, 23).ok());
        assert_eq!(days.period(), DateRange::through(first, last).ok());

        let years = only("ช่วงปี 2021-2025");
        assert_eq!(years.date(), None);
        let (first, last) = (Date::year(2021).ok(), Date::year(2025).ok());
        assert_eq!(years.period(), DateRange::through(first, last).ok());
    }

    #[test]
    fn the_year_of_the_text_comes_first() {
        let day = only("3 October 2025");
        assert_eq!(day.in_year(1999), day.date());
        let leap = only("29 February");
        assert_eq!(leap.in_year(2025), None);
        assert_eq!(leap.in_year(2024), Date::day(2024, 2, 29).ok());
        assert_eq!(leap.period(), None);
    }
}
