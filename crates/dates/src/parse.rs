//! Reading a text that is one date and nothing else.

use std::str::FromStr;

use crate::cursor::Cursor;
use crate::date::Date;
use crate::error::{Error, Kind};
use crate::find::Readings;
use crate::mention::Mention;
use crate::year::Year;

impl FromStr for Date {
    type Err = Error;

    /// Reads a text that is one date and nothing else, but for blanks around it.
    ///
    /// - ISO 8601: `2025`, `2025-12`, `2025-12-15`, `20251215`. Years are of the Common Era here,
    ///   whatever their number: `2568` is the year 2568.
    /// - Any one expression that [`find`](crate::find) reads: `15 December 2025`, `ngày 15/12/2025`,
    ///   `22 พ.ย. 67`, and `10/2025` for a month.
    /// - Either of a day with a time of day after it, as in RFC 3339
    ///   (`2025-12-15T09:30:00+07:00`, also with a blank for the `T`) and RFC 2822
    ///   (`Mon, 15 Dec 2025 09:30:00 +0700`): the second in UTC. A fraction of a second is dropped;
    ///   a time without an offset is taken for UTC.
    ///
    /// # Errors
    ///
    /// Where the calendar has no such date ([`Error::is_impossible`]), where the date lacks its year
    /// ([`Error::is_without_year`]), and where the text is anything else
    /// ([`Error::is_unreadable`]).
    fn from_str(text: &str) -> Result<Date, Error> {
        let text = text.trim();
        let Some((date, rest)) = iso(text).or_else(|| expression(text)) else {
            return Err(Error::unreadable(text));
        };
        if rest.is_empty() {
            return date;
        }
        let seconds = time_of_day(rest).ok_or_else(|| Error::unreadable(text))?;
        Date::from_unix_seconds(date?.start() + seconds?)
    }
}

/// An ISO 8601 date at the beginning, and what follows it: a time may follow a day, nothing else may.
fn iso(text: &str) -> Option<(Result<Date, Error>, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(text.len());
    let (date, rest) = text.split_at_checked(end)?;
    let fields: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = fields.iter().map(|field| field.len()).collect();
    let number = |field: &str| field.parse::<i16>().unwrap_or(i16::MAX);
    let short = |field: &str| field.parse::<i8>().unwrap_or(i8::MAX);
    let date = match (fields.as_slice(), lengths.as_slice()) {
        ([year], [4]) if rest.is_empty() => Date::year(number(year)),
        ([year, month], [4, 2]) if rest.is_empty() => Date::month(number(year), short(month)),
        ([year, month, day], [4, 2, 2]) => Date::day(number(year), short(month), short(day)),
        ([whole], [8]) => {
            let (year, month_day) = whole.split_at_checked(4)?;
            let (month, day) = month_day.split_at_checked(2)?;
            Date::day(number(year), short(month), short(day))
        }
        _ => return None,
    };
    Some((date, rest))
}

/// An expression at the beginning, and what follows it.
fn expression(text: &str) -> Option<(Result<Date, Error>, &str)> {
    let start = Cursor::new(text);
    let mention = Readings(start)
        .next()
        .filter(|mention| mention.range.start == 0);
    let Some(mention) = mention else {
        return month_in_figures(start).map(|date| (date, ""));
    };
    let rest = start.moved(mention.range.end).rest();
    if !rest.is_empty() && mention.day.is_none() {
        return None;
    }
    Some((single_date(&mention, text), rest))
}

fn single_date(mention: &Mention, text: &str) -> Result<Date, Error> {
    mention.check()?;
    if mention.is_range() {
        return Err(Error::several(text));
    }
    mention.date().ok_or_else(|| Error::without_year(text))
}

/// `10/2025`: alone it can be nothing but a month, in running text it may be the tenth of a series.
fn month_in_figures(start: Cursor) -> Option<Result<Date, Error>> {
    let (month, next) = start.number()?;
    let (_, next) = next.char("/")?;
    let (year, end) = next.number().filter(|(n, _)| n.digits == 4)?;
    end.is_at_end().then_some(())?;
    Some(Date::month(Year::new(year, None)?.value, month.short()?))
}

/// The seconds that a time of day after a date adds to it, less its offset from UTC.
fn time_of_day(text: &str) -> Option<Result<i64, Error>> {
    let text = text
        .strip_prefix(['T', 't', ','])
        .unwrap_or(text)
        .trim_start();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !":.,".contains(c))
        .unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(end)?;
    let clock = match clock.split_once(['.', ',']) {
        Some((whole, fraction)) => {
            let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
            is_fraction.then_some(whole)?
        }
        None => clock,
    };
    let mut fields = clock.split(':').map(two_digits);
    let (hour, minute) = (fields.next()??, fields.next()??);
    let second = fields.next().unwrap_or(Some(0))?;
    if fields.next().is_some() {
        return None;
    }
    let offset = offset(zone.trim())?;
    // A leap second is the second before it, as in Unix time.
    if hour > 23 || minute > 59 || second > 60 || offset.is_none() {
        return Some(Err(Kind::Time.into()));
    }
    let seconds = hour * 3600 + minute * 60 + second.min(59);
    Some(Ok(seconds - offset.unwrap_or_default()))
}

/// Seconds ahead of UTC; `None` inside where no such offset can be.
fn offset(zone: &str) -> Option<Option<i64>> {
    if matches!(zone, "" | "Z" | "z" | "UTC" | "UT" | "GMT") {
        return Some(Some(0));
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let figures: String = zone.chars().skip(1).filter(|&c| c != ':').collect();
    let (hours, minutes) = figures.split_at_checked(2)?;
    let hours = two_digits(hours)?;
    let minutes = if minutes.is_empty() {
        0
    } else {
        two_digits(minutes)?
    };
    let is_possible = hours <= 23 && minutes <= 59;
    Some(is_possible.then_some(sign * (hours * 3600 + minutes * 60)))
}

fn two_digits(text: &str) -> Option<i64> {
    let is_figures = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    is_figures.then(|| text.parse().ok()).flatten()
}
