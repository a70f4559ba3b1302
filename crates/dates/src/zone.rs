//! Time zones, from a database that is part of the program.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};

use crate::date::{SECONDS_PER_DAY, civil_of_days, days_of_civil};
use crate::error::{Error, Kind};

/// The clock by which a day is a day: `UTC`, a zone of the IANA database, or a fixed offset.
///
/// The database is built in, so that every machine reads the same names alike.
/// [`FromStr`] reads IANA names in any case (`Asia/Bangkok`), `UTC`, `Z`, and offsets ahead of UTC
/// (`+07:00`, `+0700`, `+7`, also with `UTC` or `GMT` before them); [`Display`](fmt::Display) writes
/// the name or the offset. The default is UTC.
///
/// ```
/// use mekong_dates::{Date, Zone};
///
/// let bangkok: Zone = "Asia/Bangkok".parse()?;
/// let day = Date::day(2025, 12, 16)?;
/// assert_eq!(day.start_in(&bangkok), day.start() - 7 * 3600);
/// // 23:30 in UTC is half past six of the next day in Bangkok.
/// let evening = "2025-12-15T23:30:00Z".parse::<Date>()?;
/// assert_eq!(Date::day_at(evening.start(), &bangkok)?, day);
/// # Ok::<(), mekong_dates::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone(TimeZone::UTC);

    /// The first second of a civil day here, counted from 1970-01-01T00:00:00Z: not midnight where
    /// the clock skips that, and the first of two midnights.
    pub(crate) fn first_second(&self, day: civil::Date) -> i64 {
        match day.to_zoned(self.0.clone()) {
            Ok(midnight) => midnight.timestamp().as_second(),
            // jiff's instants end two days before its days do.
            Err(_) => {
                let midnight = days_of_civil(day) * SECONDS_PER_DAY;
                midnight - self.offset(midnight)
            }
        }
    }

    /// The first second after a civil day here.
    pub(crate) fn end(&self, day: civil::Date) -> i64 {
        match day.tomorrow() {
            Ok(next) => self.first_second(next),
            Err(_) => self.first_second(day) + SECONDS_PER_DAY,
        }
    }

    /// The civil day here at the second that starts so many seconds after 1970-01-01T00:00:00Z.
    pub(crate) fn day(&self, seconds: i64) -> civil::Date {
        let here = seconds.saturating_add(self.offset(seconds));
        civil_of_days(here.div_euclid(SECONDS_PER_DAY))
    }

    /// Seconds ahead of UTC at an instant.
    fn offset(&self, seconds: i64) -> i64 {
        let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        Timestamp::from_second(seconds.clamp(first, last))
            .map_or(0, |instant| self.0.to_offset(instant).seconds().into())
    }
}

impl Default for Zone {
    fn default() -> Zone {
        Zone::UTC
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.0.iana_name() {
            return f.write_str(name);
        }
        let offset = self.0.to_offset(Timestamp::UNIX_EPOCH).seconds();
        let sign = if offset < 0 { '-' } else { '+' };
        let minutes = offset.abs() / 60;
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FromStr for Zone {
    type Err = Error;

    /// # Errors
    ///
    /// Where there is no such zone ([`Error::is_unknown_zone`]).
    fn from_str(text: &str) -> Result<Zone, Error> {
        let name = text.trim();
        if name.eq_ignore_ascii_case("z") || name.eq_ignore_ascii_case("utc") {
            return Ok(Zone::UTC);
        }
        match fixed(name) {
            Some(zone) => Ok(zone),
            None => DATABASE
                .get(name)
                .map(Zone)
                .map_err(|_| Kind::Zone(crate::error::excerpt(name)).into()),
        }
    }
}

/// `+07:00`, `-0530`, `+7`, `UTC+7`.
fn fixed(text: &str) -> Option<Zone> {
    let bare = ["UTC", "GMT"]
        .iter()
        .find_map(|name| text.strip_prefix(name))
        .unwrap_or(text);
    let (sign, digits) = match bare.chars().next()? {
        '+' => (1, bare.get(1..)?),
        '-' => (-1, bare.get(1..)?),
        '−' => (-1, bare.get('−'.len_utf8()..)?),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(digits.len().saturating_sub(2).max(2).min(digits.len()))?,
    };
    let number = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        let is_number = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<i32>().ok()).flatten()
    };
    let hours = number(hours, 1..=2).filter(|hours| *hours < 24)?;
    let minutes = match minutes {
        "" if !digits.contains(':') => 0,
        minutes => number(minutes, 2..=2).filter(|minutes| *minutes < 60)?,
    };
    let seconds = sign * (hours * 3600 + minutes * 60);
    match seconds {
        0 => Some(Zone::UTC),
        _ => Some(Zone(TimeZone::fixed(Offset::from_seconds(seconds).ok()?))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn names_and_offsets_are_read_and_written() {
        let cases = [
            ("UTC", "UTC"),
            ("Z", "UTC"),
            ("+00:00", "UTC"),
            ("Asia/Bangkok", "Asia/Bangkok"),
            ("asia/ho_chi_minh", "Asia/Ho_Chi_Minh"),
            ("America/New_York", "America/New_York"),
            (" +07:00 ", "+07:00"),
            ("+0630", "+06:30"),
            ("-5", "-05:00"),
            ("UTC+7", "+07:00"),
            ("GMT−03:30", "-03:30"),
        ];
        for (text, written) in cases {
            assert_eq!(text.parse::<Zone>().unwrap().to_string(), written, "{text}");
        }
        for text in ["", "Hanoi", "+24:00", "+07:60", "+7:0", "+123", "+", "7"] {
            assert!(
                text.parse::<Zone>().unwrap_err().is_unknown_zone(),
                "{text}"
            );
        }
        assert_eq!(
            "Asia/Hanoi".parse::<Zone>().unwrap_err().to_string(),
            "there is no time zone `Asia/Hanoi`: write a name of the IANA database like \
             Asia/Ho_Chi_Minh, UTC, or an offset like +07:00"
        );
    }

    #[test]
    fn it_can_be_shared_between_threads() {
        fn is_shared<T: Send + Sync + Clone>() {}
        is_shared::<Zone>();
        assert_eq!(Zone::default(), Zone::UTC);
    }
}
