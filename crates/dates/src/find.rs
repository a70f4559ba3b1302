//! Finding dates in running text.
//!
//! Every date that is read here has a number in it. So the text is searched for numbers, and only
//! around a number is anything tried: each form reads forwards from it, and a few words backwards.

use crate::cursor::{Cursor, Number};
use crate::mention::{Era, Mention};
use crate::{english, thai};

/// The date expressions in a text, from left to right, none overlapping another.
///
/// Thai, Vietnamese and English are read alike, without a hint which of them the text is in. The
/// time it takes grows linearly with the text.
///
/// - A day stands before its month, except in ISO 8601 and where only the other way round is a date
///   (`12/31/2025`).
/// - A year of 2400 to 2699 without an era is Buddhist, except in ISO 8601; 1000 to 2100 are Common
///   Era; others need their era (`ค.ศ. 800`). Two digits are a Buddhist year after a Thai month
///   (`22 พ.ย. 67`).
/// - A year alone needs a word that makes it one (`ปี`, `พ.ศ.`, `ค.ศ.`, `năm`, `year`, `in`,
///   `since`); a day and month in figures without a year need a word for a date (`Chiều 3/10`).
/// - Vietnamese typed without accents (`ngay 3 thang 10`) is read where the whole text has none.
/// - What the calendar does not have (`31/4/2025`) is left out, as are numbers that are no dates.
///
/// ```
/// use mekong_dates::{Date, find};
///
/// let text = "Sau cuộc gặp ngày 19/9/2025, ครั้งที่ 10 วันที่ 22 พฤศจิกายน 2566.";
/// let found: Vec<_> = find(text).map(|mention| (&text[mention.range.clone()], mention.date())).collect();
/// assert_eq!(found, [
///     ("ngày 19/9/2025", Date::day(2025, 9, 19).ok()),
///     ("วันที่ 22 พฤศจิกายน 2566", Date::day(2023, 11, 22).ok()),
/// ]);
/// ```
pub fn find(text: &str) -> impl Iterator<Item = Mention> + '_ {
    Readings(Cursor::new(text)).filter(|mention| mention.check().is_ok())
}

/// Between two digits these make one thing of them: a version, a time, a decimal, an address.
const JOINTS: &str = "-/.,:";

/// What looks like a date, in the calendar or not.
pub(crate) struct Readings<'t>(pub(crate) Cursor<'t>);

impl Iterator for Readings<'_> {
    type Item = Mention;

    fn next(&mut self) -> Option<Mention> {
        loop {
            let start = self.0.next_number()?;
            if let Some(mention) = read(start) {
                self.0 = start.moved(mention.range.end).as_floor();
                return Some(mention);
            }
            let (_, end) = start.number()?;
            self.0 = end;
        }
    }
}

/// The expression whose first number is here.
fn read(start: Cursor) -> Option<Mention> {
    if !start.starts_clear() {
        return None;
    }
    year_month_day(start)
        .or_else(|| month_name_day(start))
        .or_else(|| day_month_name(start))
        .or_else(|| day_month_figures(start))
        .or_else(|| month_year(start))
        .or_else(|| year_alone(start))
}

/// `2025-12-15`, `2025/12/15`, `2025-12`.
fn year_month_day(start: Cursor) -> Option<Mention> {
    let (first, next) = start.number().filter(|(n, _)| n.digits == 4)?;
    let (separator, next) = next.char("-/")?;
    let (month, next) = next.number().filter(|(n, _)| n.digits == 2)?;
    let common = Year::new(first, Some(Era::Common))?;
    let unmarked = Year::new(first, None);
    let year = if separator == '-' {
        Some(common)
    } else {
        unmarked
    }?;

    if let Some((_, day)) = next.char(&separator.to_string()) {
        let (day, end) = day.number().filter(|(n, _)| n.digits == 2)?;
        let clear = end.ends_clear(JOINTS) || matches!(end.peek(), Some('T' | 't'));
        return clear.then(|| Mention {
            range: before_date(start).at..end.at,
            month: month.short(),
            day: day.short(),
            ..year.mention()
        });
    }
    // 2011-12 may be a school year or a season as well.
    let next_year = (common.value + 1) % 100 == month.value;
    let is_month = separator == '-'
        && unmarked == Some(common)
        && (1..=12).contains(&month.value)
        && !next_year;
    (is_month && next.ends_clear(JOINTS)).then(|| Mention {
        range: start.at..next.at,
        month: month.short(),
        ..year.mention()
    })
}

/// `December 15, 2025`, `March 5`, `November 16-19`.
fn month_name_day(start: Cursor) -> Option<Mention> {
    let (month, name) = start.blanks_before().named_before(english::MONTHS)?;
    let (day, last_day, end) = days(start)?;
    let from = before_date(name).at;
    let mention = Mention {
        month: Some(month),
        day: Some(day),
        last_day,
        ..Mention::default()
    };
    if let Some((year, end)) = year_after(end, ",", false) {
        return Some(Mention {
            range: from..end.at,
            year: Some(year.value),
            era: year.era,
            ..mention
        });
    }
    (is_capital(name) && end.ends_clear(JOINTS)).then(|| Mention {
        range: from..end.at,
        ..mention
    })
}

/// `22 พฤศจิกายน 2566`, `15th of December 2025`, `ngày 3 tháng 10 năm 2025`, `21-23 พ.ย. 66`.
fn day_month_name(start: Cursor) -> Option<Mention> {
    let (day, last_day, next) = days(start)?;
    let from = before_date(start).at;
    let has_date_word = from < start.at;
    let next = next.blanks();
    let next = next.word(english::OF).map_or(next, Cursor::blanks);

    let (month, end, year, stands_alone) = if let Some((month, end)) = thai_month(next) {
        (month, end, year_after(end, ",", true), true)
    } else if let Some((month, end)) = next.named(english::MONTHS) {
        (month, end, year_after(end, ",", false), is_capital(next))
    } else {
        // `3 tháng 10` may be three months of ten, too.
        let (month, end) = vietnamese_month(next)?;
        (month, end, year_after(end, ",/-.", false), has_date_word)
    };
    let mention = Mention {
        month: Some(month),
        day: Some(day),
        last_day,
        ..Mention::default()
    };
    match year {
        Some((year, end)) => Some(Mention {
            range: from..end.at,
            year: Some(year.value),
            era: year.era,
            ..mention
        }),
        None => stands_alone.then(|| Mention {
            range: from..end.at,
            ..mention
        }),
    }
}

/// `3/10/2025`, `3-10-2025`, `3.10.2025`, `12/31/2025`, `ngày 21-23/11/2025`, `Chiều 3/10`.
fn day_month_figures(start: Cursor) -> Option<Mention> {
    let (first, next) = short_number(start)?;
    figures(start, first, None, next, "/-.").or_else(|| {
        let (last, next) = short_number(next.dash()?)?;
        figures(start, first, Some(last), next, "/")
    })
}

fn figures(
    start: Cursor,
    first: i8,
    last_day: Option<i8>,
    next: Cursor,
    separators: &str,
) -> Option<Mention> {
    let (separator, next) = next.char(separators)?;
    let (second, month_end) = short_number(next)?;
    let from = before_date(start).at;
    let is_swapped = second > 12 && first <= 12 && last_day.is_none();
    let (day, month) = if is_swapped {
        (second, first)
    } else {
        (first, second)
    };
    let mention = Mention {
        month: Some(month),
        day: Some(day),
        last_day,
        ..Mention::default()
    };

    if let Some((_, year)) = month_end.char(&separator.to_string()) {
        let (number, end) = year.number()?;
        let in_thai = start
            .blanks_before()
            .word_before(thai::DATE_WORDS)
            .is_some();
        let year =
            Year::new(number, None).or_else(|| Year::two_digits(number).filter(|_| in_thai))?;
        // Another separator may lead to the end of a range.
        let joints: String = JOINTS
            .chars()
            .filter(|&c| c == separator || !"/-".contains(c))
            .collect();
        return end.ends_clear(&joints).then(|| Mention {
            range: from..end.at,
            year: Some(year.value),
            era: year.era,
            ..mention
        });
    }
    let has_date_word = from < start.at
        || start
            .char_before("(")
            .is_some_and(|bracket| before_date(bracket).at < bracket.at);
    (separator == '/' && has_date_word && month_end.ends_clear(JOINTS)).then(|| Mention {
        range: from..month_end.at,
        ..mention
    })
}

/// `พฤศจิกายน 2566`, `เดือนตุลาคม พ.ศ. 2566`, `Dec 2025`, `tháng 10/2025`.
fn month_year(start: Cursor) -> Option<Mention> {
    if let Some(from) = start.blanks_before().word_before(start.vietnamese().month) {
        let (month, end) = vietnamese_month(from)?;
        let (year, end) = year_after(end, ",/-.", false)?;
        return Some(Mention {
            range: from.at..end.at,
            month: Some(month),
            ..year.mention()
        });
    }
    let words = before_year(start);
    let before = words.blanks_before();
    let before = before.char_before(",").unwrap_or(before);
    let (month, from, in_thai) = if let Some((month, from)) = before.named_before(thai::MONTHS) {
        (month, from, true)
    } else {
        let (month, from) = before.named_before(english::MONTHS)?;
        (month, from, false)
    };
    let (year, end) = year_after(words, "", in_thai)?;
    let from = from
        .blanks_before()
        .word_before(thai::MONTH_WORDS)
        .unwrap_or(from);
    Some(Mention {
        range: from.at..end.at,
        month: Some(month),
        ..year.mention()
    })
}

/// `ปี 2567`, `พ.ศ. 2568`, `năm 2025`, `in 2025`, `ปี 2021-2025`.
fn year_alone(start: Cursor) -> Option<Mention> {
    let words = before_year(start);
    let is_year = words.at < start.at
        || start.blanks_before().at < start.at
            && start
                .blanks_before()
                .word_before(english::BEFORE_YEARS)
                .is_some();
    if !is_year {
        return None;
    }
    let (era, _) = year_words(words);
    let (number, end) = start.number()?;
    let year = Year::new(number, era)?;
    let mention = year.mention();

    let last = end.dash().and_then(Cursor::number);
    if let Some((last, end)) = last.filter(|(n, _)| n.digits == 4)
        && let Some(last) = Year::new(last, Some(year.era))
    {
        return end.ends_clear(JOINTS).then(|| Mention {
            range: words.at..end.at,
            last_year: Some(last.value),
            ..mention
        });
    }
    end.ends_clear(JOINTS).then(|| Mention {
        range: words.at..end.at,
        ..mention
    })
}

/// A day or a range of days, with ordinals if English.
fn days(start: Cursor) -> Option<(i8, Option<i8>, Cursor)> {
    let (first, next) = day(start)?;
    Some(match next.dash().and_then(day) {
        Some((last, next)) => (first, Some(last), next),
        None => (first, None, next),
    })
}

fn day(start: Cursor) -> Option<(i8, Cursor)> {
    let (day, next) = short_number(start).filter(|(day, _)| (1..=31).contains(day))?;
    Some((day, next.word(english::ORDINALS).unwrap_or(next)))
}

fn short_number(start: Cursor) -> Option<(i8, Cursor)> {
    let (number, next) = start.number()?;
    Some((number.short()?, next))
}

fn thai_month(start: Cursor) -> Option<(i8, Cursor)> {
    let start = start.word(thai::MONTH_WORDS).map_or(start, Cursor::blanks);
    start.named(thai::MONTHS)
}

fn vietnamese_month(start: Cursor) -> Option<(i8, Cursor)> {
    short_number(start.word(start.vietnamese().month)?.blanks())
}

/// The year that follows a month: after a blank, after one of `separators`, or right here. It may have
/// two digits in Thai.
fn year_after<'t>(
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
    let year = Year::new(number, era);
    if year.is_some() {
        return year.zip(end.ends_clear(".,:").then_some(end));
    }
    let is_counted = end.blanks().word(thai::COUNTED).is_some();
    Year::two_digits(number)
        .filter(|_| in_thai && !is_counted && end.ends_clear(JOINTS))
        .map(|year| (year, end))
}

/// Past the words that announce a year (`ปี พ.ศ.`), with the era they name.
fn year_words(start: Cursor) -> (Option<Era>, Cursor) {
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

/// Where the words that announce the date here begin: `วันที่`, `thứ Hai, ngày`, `Monday,`.
fn before_date(start: Cursor) -> Cursor {
    let mut from = start;
    loop {
        let before = from.blanks_before();
        let before = before.char_before(",").unwrap_or(before);
        let word = before
            .word_before(thai::DATE_WORDS)
            .or_else(|| before.word_before(before.vietnamese().date))
            .or_else(|| before.word_before(english::DATE_WORDS));
        match word {
            Some(word) => from = word,
            None => return from,
        }
    }
}

/// `May` is a month and `may` is not, unless a year follows.
fn is_capital(name: Cursor) -> bool {
    name.peek().is_some_and(char::is_uppercase)
}

/// The year of the Common Era that a number without an era is.
pub(crate) fn unmarked_year(number: Number) -> Option<i16> {
    Year::new(number, None).map(|year| year.value)
}

/// A year of the Common Era and how it was written.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Year {
    value: i16,
    era: Era,
}

impl Year {
    const BUDDHIST_AHEAD: i16 = 543;

    /// The year in its era, or in the one that its number tells.
    fn new(number: Number, era: Option<Era>) -> Option<Year> {
        let Number { value, digits } = number;
        match era {
            Some(Era::Common) => (digits <= 4).then_some(Year {
                value,
                era: Era::Common,
            }),
            // พ.ศ. 67 may be short for 2567.
            Some(Era::Buddhist) => (3..=4).contains(&digits).then(|| Year {
                value: value - Year::BUDDHIST_AHEAD,
                era: Era::Buddhist,
            }),
            None if digits != 4 => None,
            None => match value {
                1000..=2100 => Year::new(number, Some(Era::Common)),
                2400..=2699 => Year::new(number, Some(Era::Buddhist)),
                _ => None,
            },
        }
    }

    /// Two digits of a Buddhist year: 40 to 79 are 1997 to 2036, what news speaks of. Others are
    /// more often an amount.
    fn two_digits(number: Number) -> Option<Year> {
        let is_year = number.digits == 2 && (40..=79).contains(&number.value);
        is_year.then(|| Year {
            value: 2500 - Year::BUDDHIST_AHEAD + number.value,
            era: Era::Buddhist,
        })
    }

    fn mention(self) -> Mention {
        Mention {
            year: Some(self.value),
            era: self.era,
            ..Mention::default()
        }
    }
}
