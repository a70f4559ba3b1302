//! Finding dates in running text.
//!
//! Every date that is read here has a number in it. So the text is searched for numbers, and only
//! around a number is anything tried: each form reads forwards from it, and a few words backwards.

use crate::cursor::Cursor;
use crate::mention::{Era, Mention};
use crate::year::{Year, before_year, year_after, year_words};
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
    let (month, month_end) = next.number().filter(|(n, _)| n.digits == 2)?;
    let common = Year::new(first, Some(Era::Common))?;
    let unmarked = Year::new(first, None);

    if let Some(day) = month_end.exactly(separator) {
        let year = if separator == '-' { common } else { unmarked? };
        let (day, end) = day.number().filter(|(n, _)| n.digits == 2)?;
        let is_clear = end.ends_clear(JOINTS) || end.char("Tt").is_some();
        let mention = Mention::of_day(day.short()?, None, month.short()?).of_year(year);
        return is_clear.then_some(mention.spanning(before_date(start), end));
    }
    // 2011-12 may be a school year or a season as well.
    let is_next_year = (common.value + 1) % 100 == month.value;
    let is_month = separator == '-'
        && unmarked == Some(common)
        && (1..=12).contains(&month.value)
        && !is_next_year
        && month_end.ends_clear(JOINTS);
    let mention = Mention::of_month(month.short()?).of_year(common);
    is_month.then_some(mention.spanning(start, month_end))
}

/// `December 15, 2025`, `March 5`, `November 16-19`.
fn month_name_day(start: Cursor) -> Option<Mention> {
    let (month, name) = start.blanks_before().named_before(english::MONTHS)?;
    let (day, last_day, end) = days(start)?;
    let from = before_date(name);
    let mention = Mention::of_day(day, last_day, month);
    match year_after(end, ",", false) {
        Some((year, end)) => Some(mention.of_year(year).spanning(from, end)),
        None if is_capital(name) && end.ends_clear(JOINTS) => Some(mention.spanning(from, end)),
        None => None,
    }
}

/// `22 พฤศจิกายน 2566`, `15th of December 2025`, `ngày 3 tháng 10 năm 2025`, `21-23 พ.ย. 66`.
fn day_month_name(start: Cursor) -> Option<Mention> {
    let (day, last_day, next) = days(start)?;
    let next = next.blanks();
    let next = next.word(english::OF).map_or(next, Cursor::blanks);

    let (month, end, year, stands_alone) = if let Some((month, end)) = thai_month(next) {
        (month, end, year_after(end, ",", true), true)
    } else if let Some((month, end)) = next.named(english::MONTHS) {
        (month, end, year_after(end, ",", false), is_capital(next))
    } else {
        // `3 tháng 10` may be three months of ten, too.
        let (month, end) = vietnamese_month(next)?;
        (
            month,
            end,
            year_after(end, ",/-.", false),
            has_date_word(start),
        )
    };
    let mention = Mention::of_day(day, last_day, month);
    let from = before_date(start);
    match year {
        Some((year, end)) => Some(mention.of_year(year).spanning(from, end)),
        None => stands_alone.then_some(mention.spanning(from, end)),
    }
}

/// `3/10/2025`, `3-10-2025`, `3.10.2025`, `12/31/2025`, `ngày 21-23/11/2025`, `Chiều 3/10`.
fn day_month_figures(start: Cursor) -> Option<Mention> {
    let (first, next) = short_number(start)?;
    figures_after(start, next, first, None).or_else(|| {
        let (last, next) = short_number(next.dash()?)?;
        figures_after(start, next, first, Some(last))
    })
}

/// The month and the year in figures after a day or a range of days.
fn figures_after(
    start: Cursor,
    day_end: Cursor,
    first: i8,
    last_day: Option<i8>,
) -> Option<Mention> {
    let is_range = last_day.is_some();
    let (separator, next) = day_end.char(if is_range { "/" } else { "/-." })?;
    let (second, month_end) = short_number(next)?;
    let is_month_first = second > 12 && first <= 12 && !is_range;
    let (day, month) = if is_month_first {
        (second, first)
    } else {
        (first, second)
    };
    let mention = Mention::of_day(day, last_day, month);

    if let Some(year) = month_end.exactly(separator) {
        let (number, end) = year.number()?;
        let in_thai = || {
            start
                .blanks_before()
                .word_before(thai::DATE_WORDS)
                .is_some()
        };
        let year =
            Year::new(number, None).or_else(|| Year::two_digits(number).filter(|_| in_thai()))?;
        // The other one of them may lead to the end of a range.
        let joints = match separator {
            '/' => "/.,:",
            '-' => "-.,:",
            _ => ".,:",
        };
        let mention = mention.of_year(year).spanning(before_date(start), end);
        return end.ends_clear(joints).then_some(mention);
    }
    let is_announced = || has_date_word(start) || start.char_before("(").is_some_and(has_date_word);
    (separator == '/' && month_end.ends_clear(JOINTS) && is_announced())
        .then(|| mention.spanning(before_date(start), month_end))
}

/// `พฤศจิกายน 2566`, `เดือนตุลาคม พ.ศ. 2566`, `Dec 2025`, `tháng 10/2025`.
fn month_year(start: Cursor) -> Option<Mention> {
    if let Some(from) = start.blanks_before().word_before(start.vietnamese().month) {
        let (month, end) = vietnamese_month(from)?;
        let (year, end) = year_after(end, ",/-.", false)?;
        return Some(Mention::of_month(month).of_year(year).spanning(from, end));
    }
    let words = before_year(start);
    let before = words.blanks_before();
    let before = before.char_before(",").unwrap_or(before);
    let (month, from, in_thai) = match before.named_before(thai::MONTHS) {
        Some((month, name)) => {
            let word = name.blanks_before().word_before(thai::MONTH_WORDS);
            (month, word.unwrap_or(name), true)
        }
        None => {
            let (month, name) = before.named_before(english::MONTHS)?;
            (month, name, false)
        }
    };
    let (year, end) = year_after(words, "", in_thai)?;
    Some(Mention::of_month(month).of_year(year).spanning(from, end))
}

/// `ปี 2567`, `พ.ศ. 2568`, `năm 2025`, `in 2025`, `ปี 2021-2025`.
fn year_alone(start: Cursor) -> Option<Mention> {
    let from = before_year(start);
    let before = start.blanks_before();
    let follows_preposition =
        || before.at < start.at && before.word_before(english::BEFORE_YEARS).is_some();
    if from.at == start.at && !follows_preposition() {
        return None;
    }
    let (era, _) = year_words(from);
    let (number, end) = start.number()?;
    let year = Year::new(number, era)?;
    let mention = Mention::default().of_year(year);

    let last = end.dash().and_then(Cursor::number);
    if let Some((last, end)) = last.filter(|(n, _)| n.digits == 4)
        && let Some(last) = Year::new(last, Some(year.era))
    {
        let mention = Mention {
            last_year: Some(last.value),
            ..mention
        };
        return end
            .ends_clear(JOINTS)
            .then_some(mention.spanning(from, end));
    }
    end.ends_clear(JOINTS)
        .then_some(mention.spanning(from, end))
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

fn has_date_word(start: Cursor) -> bool {
    before_date(start).at < start.at
}

/// `May` is a month and `may` is not, unless a year follows.
fn is_capital(name: Cursor) -> bool {
    name.peek().is_some_and(char::is_uppercase)
}

impl Mention {
    fn of_day(day: i8, last_day: Option<i8>, month: i8) -> Mention {
        Mention {
            day: Some(day),
            last_day,
            ..Mention::of_month(month)
        }
    }

    fn of_month(month: i8) -> Mention {
        Mention {
            month: Some(month),
            ..Mention::default()
        }
    }

    fn of_year(self, year: Year) -> Mention {
        Mention {
            year: Some(year.value),
            era: year.era,
            ..self
        }
    }

    fn spanning(self, from: Cursor, end: Cursor) -> Mention {
        Mention {
            range: from.at..end.at,
            ..self
        }
    }
}
