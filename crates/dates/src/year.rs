//! Years, with the words and the era they are written in.

use crate::cursor::{Cursor, Number};
use crate::mention::Era;
use crate::{english, thai};

/// A year of the Common Era and how it was written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Year {
    pub(crate) value: i16,
    pub(crate) era: Era,
}

impl Year {
    const BUDDHIST_AHEAD: i16 = 543;

    /// The year in its era, or in the one that its number tells.
    pub(crate) fn new(number: Number, era: Option<Era>) -> Option<Year> {
        let Number { value, digits } = number;
        let (era, value, is_year) = match era {
            Some(Era::Common) => (Era::Common, value, digits <= 4),
            // พ.ศ. 67 may be short for 2567.
            Some(Era::Buddhist) => {
                let value = value - Year::BUDDHIST_AHEAD;
                (Era::Buddhist, value, (3..=4).contains(&digits))
            }
            None => {
                let era = match value {
                    1000..=2100 => Era::Common,
                    2400..=2699 => Era::Buddhist,
                    _ => return None,
                };
                return Year::new(number, Some(era)).filter(|_| digits == 4);
            }
        };
        is_year.then_some(Year { value, era })
    }

    /// Two digits of a Buddhist year: 40 to 79 are 1997 to 2036, what news speaks of. Others are
    /// more often an amount.
    pub(crate) fn two_digits(number: Number) -> Option<Year> {
        let is_year = number.digits == 2 && (40..=79).contains(&number.value);
        is_year.then(|| Year {
            value: 2500 - Year::BUDDHIST_AHEAD + number.value,
            era: Era::Buddhist,
        })
    }
}

/// The year that follows a month: after a blank, after one of `separators`, or right here. It may
/// have two digits in Thai.
pub(crate) fn year_after<'t>(
    start: Cursor<'t>,
    separators: &str,
    in_thai: bool,
) -> Option<(Year, Cursor<'t>)> {
    let next = start.blanks();
    let next = next
        .char(separators)
        .map_or(next, |(_, next)| next.blanks());
    let (era, next) = year_words(next);
    let (number, end) = next.number()?;
    if let Some(year) = Year::new(number, era) {
        return end.ends_clear(".,:").then_some((year, end));
    }
    let is_counted = || end.blanks().word(thai::COUNTED).is_some();
    Year::two_digits(number)
        .filter(|_| in_thai && end.ends_clear("-/.,:") && !is_counted())
        .map(|year| (year, end))
}

/// Past the words that announce a year (`ปี พ.ศ.`), with the era they name.
pub(crate) fn year_words(start: Cursor) -> (Option<Era>, Cursor) {
    let (mut era, mut next) = (None, start);
    while let Some((named, after)) = next.named(thai::YEAR_WORDS) {
        era = named.or(era);
        next = after.blanks();
    }
    match next.named(next.vietnamese().year) {
        Some((true, after)) => (era, after.blanks()),
        _ => match next.word(english::YEAR_WORDS) {
            Some(after) => (era, after.blanks()),
            None => (era, next),
        },
    }
}

/// Where the words that announce the year here begin.
pub(crate) fn before_year(start: Cursor) -> Cursor {
    let mut from = start;
    while let Some((_, word)) = from.blanks_before().named_before(thai::YEAR_WORDS) {
        from = word;
    }
    let before = from.blanks_before();
    match before.named_before(before.vietnamese().year) {
        Some((true, word)) => word,
        _ => before.word_before(english::YEAR_WORDS).unwrap_or(from),
    }
}
