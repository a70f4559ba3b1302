//! Reading a text that is one date and nothing else.

use std::str::FromStr;

use crate::clock;
use crate::date::Date;
use crate::error::Error;
use crate::expression::closed_days;
use crate::parser::{Item, Parser, Value};
use crate::partial::Part;
use crate::period::Period;
use crate::reader::{PLAIN, Reader};
use crate::tokens::Tokens;

impl FromStr for Date {
    type Err = Error;

    /// Reads a text that is one date and nothing else, but for blanks around it.
    ///
    /// - ISO 8601: `2025`, `2025-12`, `2025-12-15`, `20251215`. Years are of the Common Era here,
    ///   whatever their number: `2568` is the year 2568.
    /// - Any expression of one day, month or year with its year that [`Reader`] reads: `15 December 2025`, `ngày 15/12/2025`,
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
        let time = clock::time(rest)
            .filter(|time| time.length == rest.len())
            .ok_or_else(|| Error::unreadable(text))?;
        let offset = time.offset.unwrap_or(Ok(0))?;
        Date::from_unix_seconds(date?.start() + time.seconds? - offset)
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
    let tokens = Tokens::new(text, true);
    let parser = Parser {
        tokens: &tokens,
        reference: None,
        is_thai: false,
        pivot: Reader::PIVOT,
        is_month_first: false,
        is_whole: false,
        joined: None,
    };
    let item = parser
        .item(0)
        .filter(|item| item.confidence >= PLAIN)
        .or_else(|| whole_month(&parser))?;
    let last = item.end.checked_sub(1).and_then(|last| tokens.get(last))?;
    let rest = text.get(last.range.end..)?;
    let date = single_date(item.value, text);
    let is_day = matches!(item.value, Value::Date(date) if date.period() == Period::Day);
    (rest.is_empty() || is_day).then_some((date, rest))
}

/// `10/2025`, `December 2025` and the like: in running text they may be something else.
fn whole_month(parser: &Parser) -> Option<Item> {
    let is_month = |item: &Item| matches!(item.value, Value::Date(date) if date.period() == Period::Month && date.year.is_some());
    parser
        .item(0)
        .filter(|item| item.end == parser.tokens.len() && is_month(item))
}

fn single_date(value: Value, text: &str) -> Result<Date, Error> {
    let date = match value {
        Value::Date(date) => date,
        Value::Span(first, last) => {
            let no_year = jiff::civil::Date::ZERO;
            closed_days(first, last, no_year)?;
            return Err(Error::several(text));
        }
        Value::Days(..) => return Err(Error::several(text)),
    };
    date.check()?;
    let Some(year) = date.year else {
        return Err(Error::without_year(text));
    };
    match date.part {
        Part::Years(1) => Date::year(year.value),
        Part::Months(month, _, Period::Month) if date.is_single() => Date::month(year.value, month),
        Part::Day(month, day) => Date::day(year.value, month, day),
        _ => Err(Error::several(text)),
    }
}
