//! What an expression says of a date: perhaps not all of it.

use jiff::civil;

use crate::date::Date;
use crate::error::{Error, Kind};
use crate::period::Period;
use crate::year::Year;

/// A day, months or years, which may lack their year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Partial {
    pub(crate) year: Option<Year>,
    pub(crate) part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    /// So many years, from its own on.
    Years(i16),
    /// The months from the first to the last, which make one of the period, or several of it.
    Months(i8, i8, Period),
    Day(i8, i8),
    /// A day of a month that another end of the range names.
    DayOnly(i8),
}

impl Partial {
    pub(crate) fn day(month: i8, day: i8) -> Partial {
        Part::Day(month, day).into()
    }

    pub(crate) fn month(month: i8) -> Partial {
        Part::Months(month, month, Period::Month).into()
    }

    pub(crate) fn quarter(quarter: i8) -> Partial {
        Part::Months(quarter * 3 - 2, quarter * 3, Period::Quarter).into()
    }

    pub(crate) fn of_year(self, year: Option<Year>) -> Partial {
        Partial { year, ..self }
    }

    /// Whether it is one period of its kind.
    pub(crate) fn is_single(self) -> bool {
        match self.part {
            Part::Years(count) => count == 1,
            Part::Months(first, last, period) => period == Period::Quarter || first == last,
            Part::Day(..) | Part::DayOnly(_) => true,
        }
    }

    pub(crate) fn period(self) -> Period {
        match self.part {
            Part::Years(_) => Period::Year,
            Part::Months(_, _, period) => period,
            Part::Day(..) | Part::DayOnly(_) => Period::Day,
        }
    }

    /// The first and the last day, in `year` where it has none of its own.
    ///
    /// # Errors
    ///
    /// Where the calendar has no such day.
    pub(crate) fn days(self, year: i16) -> Result<(civil::Date, civil::Date), Error> {
        let year = self.year.map_or(year, |year| year.value);
        let (first, last) = match self.part {
            Part::Years(count) => (
                Date::year(year)?,
                Date::month(year.saturating_add(count - 1), 12)?,
            ),
            Part::Months(first, last, _) => (Date::month(year, first)?, Date::month(year, last)?),
            Part::Day(month, day) => (Date::day(year, month, day)?, Date::day(year, month, day)?),
            Part::DayOnly(_) => return Err(Kind::Unreadable(String::new()).into()),
        };
        let last = last.civil();
        let last = match self.part {
            Part::Day(..) => last,
            _ => last.last_of_month(),
        };
        Ok((first.civil(), last))
    }

    /// Why the calendar has no such date, where it has none in any year.
    pub(crate) fn check(self) -> Result<(), Error> {
        // Without a year every day that some year has will do.
        let leap_year = 2024;
        match (self.part, self.days(leap_year)) {
            (Part::DayOnly(_), _) => Ok(()),
            (_, Ok(_)) => Ok(()),
            (_, Err(error)) => Err(match error.0 {
                Kind::Day {
                    day, month, days, ..
                } if self.year.is_none() => Kind::DayOfMonth { day, month, days }.into(),
                _ => error,
            }),
        }
    }
}

impl From<Part> for Partial {
    fn from(part: Part) -> Partial {
        Partial { year: None, part }
    }
}
