//! What can be wrong with a date.

/// Why a date or a range of dates could not be made or read.
///
/// The message says what is wrong and what would be right; the predicates tell the cases apart.
///
/// ```
/// use mekong_dates::Date;
///
/// let error = "2025-02-30".parse::<Date>().unwrap_err();
/// assert!(error.is_impossible());
/// assert_eq!(error.to_string(), "there is no day 30: February 2025 has 28 days");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] pub(crate) Kind);

impl Error {
    /// The calendar or the clock has no such date: 30 February, month 13, 25:00, year 0 or 10000.
    pub fn is_impossible(&self) -> bool {
        matches!(
            self.0,
            Kind::Year(_)
                | Kind::Month(_)
                | Kind::Day { .. }
                | Kind::DayOfMonth { .. }
                | Kind::Time
                | Kind::Instant(_)
        )
    }

    /// The text is no date, says more than one date, or names no period.
    pub fn is_unreadable(&self) -> bool {
        matches!(
            self.0,
            Kind::Unreadable(_) | Kind::Several(_) | Kind::Period(_)
        )
    }

    /// The text is a date that lacks its year, as `3 October` does.
    pub fn is_without_year(&self) -> bool {
        matches!(self.0, Kind::WithoutYear(_))
    }

    /// There is no such time zone.
    pub fn is_unknown_zone(&self) -> bool {
        matches!(self.0, Kind::Zone(_))
    }

    /// The range ends before it starts.
    pub fn is_reversed(&self) -> bool {
        matches!(self.0, Kind::Reversed { .. })
    }

    pub(crate) fn unreadable(text: &str) -> Error {
        Kind::Unreadable(excerpt(text)).into()
    }

    pub(crate) fn several(text: &str) -> Error {
        Kind::Several(excerpt(text)).into()
    }

    pub(crate) fn without_year(text: &str) -> Error {
        Kind::WithoutYear(excerpt(text)).into()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Kind {
    #[error("there is no year {0}: years are 1 to 9999")]
    Year(i16),
    #[error("there is no month {0}: months are 1 to 12")]
    Month(i8),
    #[error("there is no day {day}: {} {year} has {days} days", month_name(*.month))]
    Day {
        day: i8,
        month: i8,
        year: i16,
        days: i8,
    },
    #[error("there is no day {day}: {} has at most {days} days", month_name(*.month))]
    DayOfMonth { day: i8, month: i8, days: i8 },
    #[error(
        "there is no such time of day: hours are 00 to 23, minutes and seconds 00 to 59, \
         offsets from UTC at most 23:59"
    )]
    Time,
    #[error("{0} seconds from 1970-01-01T00:00:00Z lie outside the years 1 to 9999")]
    Instant(i64),
    #[error(
        "`{0}` is not a date: write it like 2025-12-15, 15 December 2025, ngày 15/12/2025 \
         or 15 ธันวาคม 2568"
    )]
    Unreadable(String),
    #[error("`{0}` names several dates where one is wanted")]
    Several(String),
    #[error("`{0}` lacks a year: write it like 15 December 2025")]
    WithoutYear(String),
    #[error(
        "there is no time zone `{0}`: write a name of the IANA database like Asia/Ho_Chi_Minh, \
         UTC, or an offset like +07:00"
    )]
    Zone(String),
    #[error("there is no period `{0}`: write day, week, month, quarter or year")]
    Period(String),
    #[error("the range is reversed: it ends ({end}) before it starts ({start})")]
    Reversed { start: String, end: String },
}

fn month_name(month: i8) -> &'static str {
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or("the month")
}

/// Messages stay one line long, whatever was typed.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}
