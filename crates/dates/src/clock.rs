//! Times of day, as they follow a date.

use crate::error::{Error, Kind};

/// A time of day at the beginning of a text.
pub(crate) struct Time {
    /// Since midnight.
    pub(crate) seconds: Result<i64, Error>,
    /// Seconds ahead of UTC, where that is said.
    pub(crate) offset: Option<Result<i64, Error>>,
    /// Of what was read, in bytes.
    pub(crate) length: usize,
}

/// The time that a text begins with, after `T`, a comma or blanks: `T09:30:00.5+07:00`, ` 09:30`,
/// ` 09:30:00 GMT`. A fraction of a second is dropped.
pub(crate) fn time(text: &str) -> Option<Time> {
    let rest = text.strip_prefix(['T', 't', ',']).unwrap_or(text);
    let clock = rest.trim_start_matches([' ', '\u{a0}', '\t']);
    let (hour, rest) = two_digits(clock)?;
    let (minute, mut rest) = two_digits(rest.strip_prefix(':')?)?;
    let mut second = 0;
    if let Some(after) = rest.strip_prefix(':') {
        (second, rest) = two_digits(after)?;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            let has_digits = after.len() < fraction.len();
            // A stop may end the sentence.
            match (has_digits, fraction.chars().next()) {
                (true, _) => rest = after,
                (false, Some(c)) if c.is_alphanumeric() => return None,
                (false, _) => {}
            }
        }
    }
    // A leap second is the second before it, as in Unix time.
    let seconds = if hour > 23 || minute > 59 || second > 60 {
        Err(Kind::Time.into())
    } else {
        Ok(hour * 3600 + minute * 60 + second.min(59))
    };
    let (offset, rest) = match offset(rest) {
        Some((offset, rest)) => (Some(offset), rest),
        None => (None, rest),
    };
    let rest = match &offset {
        Some(_) => after_comment(rest),
        None => rest,
    };
    let is_end = !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_end.then_some(Time {
        seconds,
        offset,
        length: text.len() - rest.len(),
    })
}

/// Past the name of the zone that RFC 2822 allows in brackets: `+0700 (ICT)`.
fn after_comment(text: &str) -> &str {
    let name = text.trim_start_matches(' ').strip_prefix('(');
    let rest = name.map(|name| name.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
    rest.and_then(|rest| rest.strip_prefix(')')).unwrap_or(text)
}

/// The names of zones in RFC 2822, and `Z` of RFC 3339, with their hours ahead of UTC.
#[rustfmt::skip]
const ZONES: [(&str, i64); 13] = [
    ("UTC", 0), ("GMT", 0), ("UT", 0), ("Z", 0), ("z", 0), ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5),
    ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
];

/// Seconds ahead of UTC, and what follows.
fn offset(text: &str) -> Option<(Result<i64, Error>, &str)> {
    let text = text.trim_start_matches(' ');
    if let Some(inner) = text.strip_prefix('(') {
        // `09:30 (GMT+7)`
        let (offset, rest) = named_offset(inner)?;
        return Some((offset, rest.strip_prefix(')')?));
    }
    named_offset(text)
}

fn named_offset(text: &str) -> Option<(Result<i64, Error>, &str)> {
    for name in ["UTC", "GMT"] {
        if let Some(rest) = text.strip_prefix(name)
            && let Some(read) = hours_ahead(rest).or_else(|| hours_and_minutes(rest))
        {
            return Some(read);
        }
    }
    for (name, hours) in ZONES {
        if let Some(rest) = text.strip_prefix(name)
            && !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            return Some((Ok(hours * 3600), rest));
        }
    }
    hours_and_minutes(text)
}

/// `+07:00`, `-0800`, `+07`
fn hours_and_minutes(text: &str) -> Option<(Result<i64, Error>, &str)> {
    let (sign, rest) = match text.chars().next()? {
        '+' => (1, text.get(1..)?),
        '-' => (-1, text.get(1..)?),
        '−' => (-1, text.get('−'.len_utf8()..)?),
        _ => return None,
    };
    let (hours, rest) = two_digits(rest)?;
    let (minutes, rest) = match two_digits(rest.strip_prefix(':').unwrap_or(rest)) {
        Some(read) => read,
        None => (0, rest),
    };
    let offset = if hours > 23 || minutes > 59 {
        Err(Kind::Time.into())
    } else {
        Ok(sign * (hours * 3600 + minutes * 60))
    };
    Some((offset, rest))
}

/// `+7`, of one digit.
fn hours_ahead(text: &str) -> Option<(Result<i64, Error>, &str)> {
    let mut chars = text.chars();
    let sign = match chars.next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let hours = i64::from(chars.next()?.to_digit(10)?);
    let rest = chars.as_str();
    let is_end = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == ':');
    is_end.then_some((Ok(sign * hours * 3600), rest))
}

fn two_digits(text: &str) -> Option<(i64, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    Some((is_number.then(|| digits.parse().ok()).flatten()?, rest))
}
