//! When an article was published, from its own words.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::lexicon::Sense;
use crate::parser::{LIKELY, Parser, Value};
use crate::partial::{Part, Partial};
use crate::period::Period;
use crate::reader::Reader;
use crate::tokens::{Kind, Tokens};
use crate::year::Year;

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
        return in_year(opening, 0);
    }
    let tokens = Tokens::new(text, true);
    let year = match years_said(&tokens).as_slice() {
        [] => year_of_full_dates(&tokens, opening),
        said => majority(said),
    };
    in_year(opening, year?)
}

/// A day that the text names.
struct Mention {
    /// The indexes of its tokens, half-open.
    start: usize,
    end: usize,
    day: Partial,
}

/// The single days that the text names, with or without their year.
fn mentions<'t>(tokens: &'t Tokens<'t>) -> impl Iterator<Item = Mention> {
    let parser = Parser {
        tokens,
        reference: None,
        is_thai: false,
        pivot: Reader::PIVOT,
        is_month_first: false,
        is_whole: false,
        joined: None,
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < tokens.len() {
            let start = at;
            let Some(item) = parser.item(start) else {
                at += 1;
                continue;
            };
            at = item.end.max(start + 1);
            if let Value::Date(day) = item.value
                && day.period() == Period::Day
                && item.confidence >= LIKELY
                && day.check().is_ok()
            {
                return Some(Mention {
                    start,
                    end: item.end,
                    day,
                });
            }
        }
        None
    })
}

fn in_year(day: Partial, year: i16) -> Option<Date> {
    let year = day.year.map_or(year, |year| year.value);
    match day.part {
        Part::Day(month, day) => Date::day(year, month, day).ok(),
        _ => None,
    }
}

/// The first day in the first line, where it opens it.
fn opening_date(text: &str) -> Option<Partial> {
    let line = text.trim_start().lines().next()?;
    let tokens = Tokens::new(beginning(line), true);
    mentions(&tokens)
        .take_while(|mention| start(&tokens, mention.start) <= LONGEST_OPENING)
        .find(|mention| opens(&tokens, mention))
        .map(|mention| mention.day)
}

/// As much of a line as matters for an opening date in it.
fn beginning(line: &str) -> &str {
    const LONGEST: usize = 2 * LONGEST_OPENING;
    let cut = (0..=LONGEST).rev().find(|at| line.is_char_boundary(*at));
    cut.and_then(|cut| line.get(..cut)).unwrap_or(line)
}

/// How many bytes may come before the opening date.
const LONGEST_OPENING: usize = 300;

/// Where a token starts, in bytes.
fn start(tokens: &Tokens, at: usize) -> usize {
    tokens
        .get(at)
        .map_or(tokens.text.len(), |token| token.range.start)
}

fn senses(tokens: &Tokens, at: usize) -> &'static [Sense] {
    match tokens.get(at).map(|token| token.kind) {
        Some(Kind::Word(senses)) => senses,
        _ => &[],
    }
}

/// Whether only a dateline, opening words and a time of day come before the date. Where none does,
/// the date must begin with a word for a date (`ngày`, `วันที่`) or stand by itself: `5 ธันวาคม 2564 พาพ่อ…`
/// announces what is to come.
fn opens(tokens: &Tokens, date: &Mention) -> bool {
    let line = tokens.text;
    let before = line.get(..start(tokens, date.start)).unwrap_or_default();
    let opening = before.len() - after_dateline(before, tokens, date).len();
    let mut is_announced = opening > 0;
    for at in 0..date.start {
        let Some(token) = tokens.get(at).filter(|token| token.range.start >= opening) else {
            continue;
        };
        match token.kind {
            Kind::Sign(c) if PUNCTUATION.contains(c) => {}
            Kind::Number(number) if number.digits <= 2 => is_announced = true,
            Kind::Word(senses) if senses.iter().any(|sense| is_opening(*sense)) => {
                is_announced = true;
            }
            _ => return false,
        }
    }
    let first = tokens.get(date.start).map(|token| token.kind);
    let begins_with_word = match first {
        Some(Kind::Word(senses)) => !senses.iter().any(|sense| matches!(sense, Sense::Month(_))),
        _ => false,
    };
    let end = date.end.checked_sub(1).and_then(|last| tokens.get(last));
    let after = end
        .and_then(|last| line.get(last.range.end..))
        .unwrap_or_default();
    let follows = after.trim_start().chars().next();
    is_announced || begins_with_word || follows.is_none_or(|c| !c.is_alphabetic())
}

fn is_opening(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Opening
            | Sense::DayWord
            | Sense::DayMark
            | Sense::DayPart
            | Sense::Weekday(_)
            | Sense::Relative(Period::Day, _)
    )
}

/// What may stand between the words of an opening.
const PUNCTUATION: &str = "\"'“”‘([{*•-|,:.";

/// What follows `HÀ NỘI (VNS) — `, `(TTXVN) `, `BANGKOK, ` and, before `ngày`, `Hà Nội, `.
fn after_dateline<'t>(before: &'t str, tokens: &Tokens, date: &Mention) -> &'t str {
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
            let is_vietnamese = starts_in_vietnamese(tokens, date.start);
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
        && !text.contains(|c: char| c.is_numeric() || "?!;:".contains(c))
}

/// Whether a word like `ngày` or `Chiều` is here, with its accents.
fn starts_in_vietnamese(tokens: &Tokens, at: usize) -> bool {
    let token = tokens.get(at).filter(|token| tokens.is_latin(token));
    let word = token.and_then(|token| tokens.text.get(token.range.clone()));
    word.is_some_and(|word| !word.is_ascii()) && senses(tokens, at).iter().any(|s| is_opening(*s))
}

/// The present year, once for every time the text tells it by a relative one.
fn years_said(tokens: &Tokens) -> Vec<i16> {
    lone_years(tokens)
        .filter_map(|(year, at)| Some(year - relative_year(tokens, at)?))
        .collect()
}

/// The numbers that may be years, with the indexes of their tokens, but for the ends of a range of
/// years.
fn lone_years<'t>(tokens: &'t Tokens<'t>) -> impl Iterator<Item = (i16, usize)> {
    let number = |at: usize| match tokens.get(at)?.kind {
        Kind::Number(number) => Some(number),
        _ => None,
    };
    let is_long = move |at: Option<usize>| at.and_then(number).is_some_and(|n| n.digits == 4);
    let is_dash = |at: usize| matches!(tokens.get(at).map(|t| t.kind), Some(Kind::Sign('-')));
    tokens.iter().enumerate().filter_map(move |(at, token)| {
        let year = Year::new(number(at)?, None)?;
        let begins = is_dash(at + 1) && is_long(Some(at + 2));
        let ends = at.checked_sub(1).is_some_and(is_dash) && is_long(at.checked_sub(2));
        let is_alone = !begins && !ends && tokens.ends_clear(token, ".,:");
        is_alone.then_some((year.value, at))
    })
}

/// How many years before this year the text places itself: `next year (2026)`, `ปีหน้า … ปี 2024`.
///
/// Of this year and the last, others are said soon after for comparison, so that those must stand
/// right before the year, or before its bracket.
fn relative_year(tokens: &Tokens, at: usize) -> Option<i16> {
    /// How far after `next year` the year may follow, in letters, with no other number between them.
    const REACH: usize = 60;
    let years = |at: usize| {
        senses(tokens, at).iter().find_map(|sense| match sense {
            Sense::Relative(Period::Year, count) => i16::try_from(*count).ok(),
            _ => None,
        })
    };
    let is_year_word = |at: usize| {
        senses(tokens, at)
            .iter()
            .any(|sense| matches!(sense, Sense::YearWord(_)))
    };
    let is_sign = |at: usize, signs: &str| matches!(tokens.get(at).map(|token| token.kind), Some(Kind::Sign(c)) if signs.contains(c));
    let mut before = at.checked_sub(1)?;
    while before > 0 && is_year_word(before) && years(before).is_none() && at - before <= 3 {
        before -= 1;
    }
    let beside = if is_sign(before, "(") {
        before.checked_sub(1)?
    } else {
        before
    };
    if let Some(years) = years(beside) {
        return Some(years);
    }
    let place = start(tokens, at);
    for near in (0..at).rev().take(REACH) {
        let token = tokens.get(near)?;
        let is_stop =
            is_sign(near, ".?!") && tokens.get(near + 1).is_some_and(|next| next.is_apart);
        let is_end =
            is_stop || is_sign(near, "|") || matches!(token.kind, Kind::Break | Kind::Number(_));
        let between = tokens.text.get(token.range.start..place)?;
        if is_end || between.chars().count() > REACH {
            return None;
        }
        if let Some(years) = years(near) {
            return Some(years).filter(|years| *years > 0);
        }
    }
    None
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
fn year_of_full_dates(tokens: &Tokens, opening: Partial) -> Option<i16> {
    const DAY: i64 = 86_400;
    let (mut agreed, mut longest) = (None, 0);
    let full_dates = mentions(tokens)
        .filter(|mention| mention.day.year.is_some())
        .filter_map(|mention| in_year(mention.day, 0));
    for date in full_dates {
        let (year, _, _) = date.first_day();
        let (year, since) = [year, year + 1].into_iter().find_map(|year| {
            let since = in_year(opening, year)?.start() - date.start();
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
    for (named, _) in lone_years(tokens) {
        if named > year {
            return None;
        }
        times += usize::from(named == year);
    }
    (times >= 2 || longest <= 14 * DAY).then_some(year)
}
