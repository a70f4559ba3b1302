//! Half-open ranges of time.

use std::fmt;
use std::str::FromStr;

use crate::date::{Date, END_OF_TIME};
use crate::error::{Error, Kind};
use crate::zone::Zone;

/// A half-open range of time `[start, end)`, either end of which may be open.
///
/// [`Display`](fmt::Display) writes an ISO 8601 interval of two instants in UTC, `..` where an end
/// is open: `2025-10-01T00:00:00Z/2025-11-01T00:00:00Z`, `../2025-01-01T00:00:00Z`.
/// [`FromStr`] reads that back and takes any date for its start, so that `2025-10/2025-11` is
/// October.
///
/// ```
/// use mekong_dates::{Date, DateRange};
///
/// let october = DateRange::from(Date::month(2025, 10)?);
/// assert!(october.contains(Date::day(2025, 10, 31)?.start()));
/// assert!(!october.contains(Date::day(2025, 11, 1)?.start()));
///
/// // `through` includes the periods it names, `new` excludes the end.
/// let (september, november) = (Date::month(2025, 9)?, Date::month(2025, 11)?);
/// assert_eq!(
///     DateRange::through(Some(september), Some(Date::month(2025, 10)?))?,
///     DateRange::new(Some(september), Some(november))?,
/// );
/// # Ok::<(), mekong_dates::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DateRange {
    start: Option<i64>,
    end: Option<i64>,
}

impl DateRange {
    /// All of time.
    pub const ALL: DateRange = DateRange {
        start: None,
        end: None,
    };

    /// From the start of `start` (inclusive) to the start of `end` (exclusive).
    ///
    /// Equal dates make an empty range.
    ///
    /// # Errors
    ///
    /// Where `end` starts before `start` does ([`Error::is_reversed`]).
    pub fn new(start: Option<Date>, end: Option<Date>) -> Result<DateRange, Error> {
        DateRange::new_in(start, end, &Zone::UTC)
    }

    /// As [`new`](DateRange::new), with days that are days in `zone`.
    ///
    /// # Errors
    ///
    /// As `new`.
    pub fn new_in(start: Option<Date>, end: Option<Date>, zone: &Zone) -> Result<DateRange, Error> {
        match (start, end) {
            (Some(first), Some(last)) if last.start_in(zone) < first.start_in(zone) => {
                Err(reversed(first, last))
            }
            _ => Ok(DateRange {
                start: start.map(|date| date.start_in(zone)),
                end: end.map(|date| date.start_in(zone)),
            }),
        }
    }

    /// From the start of `date` on.
    pub fn since(date: Date) -> DateRange {
        DateRange {
            start: Some(date.start()),
            end: None,
        }
    }

    /// All before the start of `date`.
    pub fn before(date: Date) -> DateRange {
        DateRange {
            start: None,
            end: Some(date.start()),
        }
    }

    /// From the start of `first` to the end of `last`: both periods are included whole.
    ///
    /// # Errors
    ///
    /// Where `last` ends before `first` starts ([`Error::is_reversed`]).
    pub fn through(first: Option<Date>, last: Option<Date>) -> Result<DateRange, Error> {
        DateRange::through_in(first, last, &Zone::UTC)
    }

    /// As [`through`](DateRange::through), with days that are days in `zone`.
    ///
    /// ```
    /// use mekong_dates::{Date, DateRange, Zone};
    ///
    /// let zone: Zone = "Asia/Bangkok".parse()?;
    /// let october = DateRange::through_in(None, Some(Date::month(2025, 10)?), &zone)?;
    /// assert_eq!(october.to_string(), "../2025-10-31T17:00:00Z");
    /// # Ok::<(), mekong_dates::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As `through`.
    pub fn through_in(
        first: Option<Date>,
        last: Option<Date>,
        zone: &Zone,
    ) -> Result<DateRange, Error> {
        match (first, last) {
            // Whole periods cannot make an empty range.
            (Some(first), Some(last)) if last.end_in(zone) <= first.start_in(zone) => {
                Err(reversed(first, last))
            }
            _ => Ok(DateRange {
                start: first.map(|date| date.start_in(zone)),
                end: last.map(|date| date.end_in(zone)),
            }),
        }
    }

    pub(crate) fn between(start: Option<i64>, end: Option<i64>) -> DateRange {
        DateRange { start, end }
    }

    /// The first second of the range, counted from 1970-01-01T00:00:00Z; `None` where it is open.
    pub fn start(self) -> Option<i64> {
        self.start
    }

    /// The first second after the range, counted from 1970-01-01T00:00:00Z; `None` where it is open.
    pub fn end(self) -> Option<i64> {
        self.end
    }

    /// Whether the second that starts so many seconds after 1970-01-01T00:00:00Z is in the range.
    pub fn contains(self, seconds: i64) -> bool {
        self.start.is_none_or(|start| start <= seconds) && self.end.is_none_or(|end| seconds < end)
    }

    /// Whether the range holds no time at all.
    pub fn is_empty(self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if start == end)
    }

    /// Whether the range holds all of time.
    pub fn is_all(self) -> bool {
        self == DateRange::ALL
    }
}

fn reversed(start: Date, end: Date) -> Error {
    Kind::Reversed {
        start: start.to_string(),
        end: end.to_string(),
    }
    .into()
}

impl From<Date> for DateRange {
    /// The date's own period.
    fn from(date: Date) -> DateRange {
        DateRange {
            start: Some(date.start()),
            end: Some(date.end()),
        }
    }
}

const OPEN: &str = "..";
/// The one end that no [`Date`] starts at, in the form ISO 8601 gives the end of a day.
const LAST_END: &str = "9999-12-31T24:00:00Z";

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_end(f, self.start)?;
        f.write_str("/")?;
        write_end(f, self.end)
    }
}

fn write_end(f: &mut fmt::Formatter<'_>, end: Option<i64>) -> fmt::Result {
    match end.map(Date::from_unix_seconds) {
        None => f.write_str(OPEN),
        Some(Ok(second)) => write!(f, "{second}"),
        Some(Err(_)) => f.write_str(LAST_END),
    }
}

impl fmt::Debug for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateRange({self})")
    }
}

impl FromStr for DateRange {
    type Err = Error;

    fn from_str(text: &str) -> Result<DateRange, Error> {
        let (start, end) = text
            .split_once('/')
            .ok_or_else(|| Error::unreadable(text))?;
        let start = read_end(start)?;
        if end.trim() == LAST_END {
            return Ok(DateRange {
                start: start.map(Date::start),
                end: Some(END_OF_TIME),
            });
        }
        DateRange::new(start, read_end(end)?)
    }
}

fn read_end(text: &str) -> Result<Option<Date>, Error> {
    if text.trim() == OPEN {
        return Ok(None);
    }
    text.parse().map(Some)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn ends_are_half_open() {
        let range = DateRange::new(Date::year(2024).ok(), Date::year(2025).ok()).unwrap();
        let end = Date::year(2025).unwrap().start();
        assert!(range.contains(end - 1) && !range.contains(end));
        assert_eq!(range, Date::year(2024).unwrap().into());
        assert_eq!(
            range.to_string(),
            "2024-01-01T00:00:00Z/2025-01-01T00:00:00Z"
        );
    }

    #[test]
    fn open_ends_contain_all_on_their_side() {
        let day = Date::day(2025, 10, 3).unwrap();
        assert!(DateRange::since(day).contains(i64::MAX));
        assert!(!DateRange::since(day).contains(day.start() - 1));
        assert!(DateRange::before(day).contains(i64::MIN));
        assert!(!DateRange::before(day).contains(day.start()));
        assert!(DateRange::default().is_all() && DateRange::ALL.contains(0));
    }

    #[test]
    fn empty_is_allowed_and_reversed_is_not() {
        let (early, late) = (Date::year(2024).unwrap(), Date::year(2025).unwrap());
        assert!(DateRange::new(Some(late), Some(late)).unwrap().is_empty());
        assert!(!DateRange::from(late).is_empty());
        for error in [
            DateRange::new(Some(late), Some(early)).unwrap_err(),
            DateRange::through(Some(Date::month(2025, 2).unwrap()), Some(early)).unwrap_err(),
            DateRange::through(Some(late), Some(early)).unwrap_err(),
        ] {
            assert!(error.is_reversed());
        }
        let error = DateRange::new(Some(late), Some(early)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the range is reversed: it ends (2024) before it starts (2025)"
        );
        // A period may lie within the other.
        assert!(DateRange::through(Date::month(2025, 6).ok(), Some(late)).is_ok());
        assert!(DateRange::through(Some(late), Date::month(2025, 6).ok()).is_ok());
    }

    #[test]
    fn text_comes_back() {
        let day = Date::day(2025, 10, 3).unwrap();
        let last = Date::year(9999).unwrap();
        for range in [
            DateRange::ALL,
            DateRange::since(day),
            DateRange::before(day),
            DateRange::from(day),
            DateRange::from(last),
            DateRange::through(None, Some(last)).unwrap(),
        ] {
            assert_eq!(range.to_string().parse::<DateRange>().unwrap(), range);
        }
        assert_eq!(
            "2025-10/2025-11".parse::<DateRange>().unwrap(),
            Date::month(2025, 10).unwrap().into()
        );
        assert!("2025".parse::<DateRange>().unwrap_err().is_unreadable());
        assert!("2025/2024".parse::<DateRange>().unwrap_err().is_reversed());
    }
}
