//! The year of a date that has none, from what the rest of the text says.

use std::collections::BTreeMap;

use super::opening::{FIRST_NEWS, Opening};
use super::{fits, in_year, mentions, senses, start};
use crate::date::Date;
use crate::lexicon::Sense;
use crate::partial::Partial;
use crate::period::Period;
use crate::tokens::{Kind, Tokens};
use crate::year::Year;

/// The year in which the text opens with this date, which is not after `until`.
pub(super) fn resolve(tokens: &Tokens, opening: &Opening, until: Option<Date>) -> Option<i16> {
    let said = match years_said(tokens).as_slice() {
        [] => year_of_full_dates(tokens, opening.day),
        said => majority(said),
    };
    said.or_else(|| year_of_weekday(tokens, opening, until))
}

/// The latest year that the text names, plans after `until` apart, where the date is of its day of the
/// week then.
fn year_of_weekday(tokens: &Tokens, opening: &Opening, until: Option<Date>) -> Option<i16> {
    opening.weekday?;
    let last = until.map_or(2100, |until| until.first_day().0);
    let years = lone_years(tokens).map(|(year, _)| year);
    let full = mentions(tokens).filter_map(|mention| Some(mention.day.year?.value));
    let latest = years
        .chain(full)
        .filter(|year| (FIRST_NEWS..=last).contains(year))
        .max()?;
    let date = in_year(opening.day, latest)?;
    fits(opening, date).then_some(latest)
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
