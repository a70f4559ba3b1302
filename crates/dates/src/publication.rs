//! When an article was published, from its own words.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::cursor::{Cursor, digit};
use crate::date::Date;
use crate::mention::Mention;
use crate::year::{Year, before_year};
use crate::{english, find, thai, vietnamese};

/// The publication date of an article that comes without one, from its own words.
///
/// News opens with its day: `Chiều 3/10, …`, `HÀ NỘI — On March 5 …`, `วันนี้ (15 ต.ค. 66) …`. The opening
/// date is the first day that the first line names, within its first 300 bytes. Only a place and an
/// agency, words like `chiều`, `on`, `เมื่อ`, a time of day and a bracket may stand before it: a date
/// deeper in a sentence or after a name is the date of something else, and so is one that nothing
/// announces and a sentence follows (`5 December 2021 Free rides for fathers`).
///
/// 1. If the opening date has a year, it is the publication date.
/// 2. If not, what the text says of years relative to its own decides, by majority: `this year
///    (2025)`, `ปีที่แล้ว (ปี 2565)`, `năm nay 2025`. Of the next year, the number may follow later in
///    the same sentence: `ในปีหน้า ลาวจะรับหน้าที่ประธานอาเซียนปี 2024` says it is 2023.
/// 3. If the text says nothing of the kind, its other full dates decide: all of them must lie within
///    the half year up to the opening date of one and the same year, which must be the latest that
///    the text names, ranges (`2026 - 2030`) apart, and be named twice unless all of them lie within
///    the last two weeks.
///
/// Otherwise, and where the evidence is split, there is no telling, and the result is `None`.
///
/// ```
/// use mekong_dates::{Date, publication_date};
///
/// let article = "เช้าวันที่ 22 พฤศจิกายน ที่บ้านพักของรัฐบาล\nในปีหน้า ลาวจะรับหน้าที่ประธานอาเซียนปี 2024";
/// assert_eq!(publication_date(article), Date::day(2023, 11, 22).ok());
/// assert_eq!(publication_date("Võ Nguyên Giáp (25/8/1911 - 4/10/2013) là đại tướng."), None);
/// ```
pub fn publication_date(text: &str) -> Option<Date> {
    let opening = opening_date(text)?;
    if opening.year.is_some() {
        return opening.date();
    }
    let year = match years_said(text).as_slice() {
        [] => year_of_full_dates(text, &opening),
        said => majority(said),
    };
    opening.in_year(year?)
}

/// The first day in the first line, where it opens it.
fn opening_date(text: &str) -> Option<Mention> {
    let line = text.trim_start().lines().next()?;
    find(line)
        .take_while(|mention| mention.range.start <= LONGEST_OPENING)
        .filter(|mention| mention.day.is_some() && opens(line, &mention.range))
        .find(|mention| !mention.is_range())
}

/// How many bytes may come before the opening date.
const LONGEST_OPENING: usize = 300;

/// Whether only a dateline, opening words and a time of day come before the date. Where none does,
/// the date must begin with a word for a date (`ngày`, `วันที่`) or stand by itself: `5 ธันวาคม 2564 พาพ่อ…`
/// announces what is to come.
fn opens(line: &str, date: &Range<usize>) -> bool {
    let before = line.get(..date.start).unwrap_or_default();
    let after = line.get(date.end..).unwrap_or_default();
    let date = Cursor::new(line.get(date.clone()).unwrap_or_default());

    let opening = after_dateline(before, date);
    let mut is_announced = opening.len() < before.len();
    let mut rest = Cursor::new(opening);
    while !rest.is_at_end() {
        rest = if let Some((_, next)) = rest.char(PUNCTUATION) {
            next
        } else if let Some(next) = opening_word(rest) {
            is_announced = true;
            next
        } else {
            return false;
        };
    }
    let begins_with_word = date.number().is_none() && date.named(english::MONTHS).is_none();
    let follows = after.trim_start().chars().next();
    is_announced || begins_with_word || follows.is_none_or(|c| !c.is_alphabetic())
}

/// What may stand between the words of an opening.
const PUNCTUATION: &str = " \t\u{a0}\u{200b}\u{feff}\"'“”‘’([{*•-|,:.";

/// What follows `HÀ NỘI (VNS) — `, `(TTXVN) `, `BANGKOK, ` and, before `ngày`, `Hà Nội, `.
fn after_dateline<'t>(before: &'t str, date: Cursor) -> &'t str {
    let agency = before
        .strip_prefix('(')
        .and_then(|agency| agency.split_once(')'))
        .filter(|(agency, _)| is_place(agency));
    let before = agency.map_or(before, |(_, rest)| rest);
    let dash = ["—", "–", " - "]
        .iter()
        .filter_map(|dash| before.rsplit_once(dash))
        .find(|(place, _)| is_place(place));
    if let Some((_, rest)) = dash {
        return rest;
    }
    match before.split_once(',') {
        Some((place, rest)) if is_place(place) => {
            let is_big = place.is_ascii() && !place.chars().any(char::is_lowercase);
            let is_vietnamese = date.word(vietnamese::words(false).date).is_some();
            if is_big || is_vietnamese {
                rest
            } else {
                before
            }
        }
        _ => before,
    }
}

/// Whether it may be a place and an agency, rather than the beginning of a sentence or a bracket.
fn is_place(text: &str) -> bool {
    const LONGEST: usize = 60;
    text.chars().count() <= LONGEST
        && text.matches('(').count() == text.matches(')').count()
        && !text.contains(|c| digit(c).is_some() || "?!;:".contains(c))
}

fn opening_word(start: Cursor) -> Option<Cursor> {
    let vietnamese = start.vietnamese();
    start
        .word(thai::OPENING_WORDS)
        .or_else(|| start.word(thai::DATE_WORDS))
        .or_else(|| start.word(vietnamese.date))
        .or_else(|| start.word(vietnamese.opening))
        .or_else(|| start.word(english::OPENING_WORDS))
        .or_else(|| {
            start
                .number()
                .filter(|(n, _)| n.digits <= 2)
                .map(|(_, next)| next)
        })
}

/// The present year, once for every time the text tells it by a relative one.
fn years_said(text: &str) -> Vec<i16> {
    lone_years(text)
        .filter_map(|(year, place)| Some(year - relative_year(place)?))
        .collect()
}

/// The numbers that may be years, with their places, but for the ends of a range of years.
fn lone_years(text: &str) -> impl Iterator<Item = (i16, Cursor<'_>)> {
    let mut start = Cursor::new(text);
    let mut range_end = None;
    let numbers = std::iter::from_fn(move || {
        let place = start.next_number()?;
        let (number, end) = place.number()?;
        start = end.as_floor();
        let is_range_end = range_end == Some(place.at);
        range_end = end
            .dash()
            .filter(|next| number.digits == 4 && next.number().is_some_and(|(n, _)| n.digits == 4))
            .map(|next| next.at);
        let is_alone = !is_range_end && range_end.is_none() && end.ends_clear(".,:");
        Some((Year::new(number, None).filter(|_| is_alone), place))
    });
    numbers.filter_map(|(year, place)| Some((year?.value, place)))
}

/// How many years before this year the text places itself: `next year (2026)`, `ปีหน้า … ปี 2024`.
///
/// Of this year and the last, others are said soon after for comparison, so that those must stand
/// right before the year, or before its bracket.
fn relative_year(place: Cursor) -> Option<i16> {
    /// How far after `next year` the year may follow, with no other number between them.
    const REACH: usize = 60;
    let vietnamese = place.vietnamese().relative_years;
    let tables = [thai::RELATIVE_YEARS, english::RELATIVE_YEARS, vietnamese];
    for words in [place, before_year(place)] {
        let words = words.blanks_before();
        let beside = words.char_before("(").map_or(words, Cursor::blanks_before);
        if let Some((offset, _)) = tables.iter().find_map(|table| beside.named_before(table)) {
            return Some(offset);
        }
    }
    let before = place.past();
    let reach = before
        .char_indices()
        .rev()
        .nth(REACH - 1)
        .map_or(0, |(at, _)| at);
    let near = same_sentence(before.get(reach..)?).to_lowercase();
    tables
        .into_iter()
        .flatten()
        .filter_map(|(words, offset)| Some((near.rfind(words)?, *offset)))
        .max()
        .map(|(_, offset)| offset)
        .filter(|offset| *offset > 0)
}

/// The part of the text that is in one sentence with what follows it.
fn same_sentence(text: &str) -> &str {
    ["\n", ". ", "? ", "! ", "|"]
        .iter()
        .fold(text, |rest, end| rest.rsplit(end).next().unwrap_or(rest))
}

/// The year said most often, if there is one such.
fn majority(years: &[i16]) -> Option<i16> {
    let mut times = BTreeMap::new();
    for year in years {
        *times.entry(*year).or_insert(0) += 1;
    }
    let most = *times.values().max()?;
    let mut foremost = times.into_iter().filter(|(_, times)| *times == most);
    let (year, _) = foremost.next()?;
    foremost.next().is_none().then_some(year)
}

/// The one year in which the opening date follows all full dates of the text within half a year.
///
/// Dates of the past and plans ahead agree by chance, too; so it must be the latest year that the
/// text names, and be named twice unless those dates are of the last two weeks.
fn year_of_full_dates(text: &str, opening: &Mention) -> Option<i16> {
    const DAY: i64 = 86_400;
    let (mut agreed, mut longest) = (None, 0);
    let full_dates = find(text)
        .filter(|mention| mention.day.is_some())
        .filter_map(|mention| mention.date());
    for date in full_dates {
        let (year, _, _) = date.first_day();
        let (year, since) = [year, year + 1].into_iter().find_map(|year| {
            let since = opening.in_year(year)?.start() - date.start();
            (0..=183 * DAY).contains(&since).then_some((year, since))
        })?;
        if agreed.is_some_and(|agreed| agreed != year) {
            return None;
        }
        agreed = Some(year);
        longest = longest.max(since);
    }
    let year = agreed?;
    let mut times = 0;
    for (named, _) in lone_years(text) {
        if named > year {
            return None;
        }
        times += usize::from(named == year);
    }
    (times >= 2 || longest <= 14 * DAY).then_some(year)
}
