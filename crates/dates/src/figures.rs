//! Dates in figures: `2025-12-15`, `3/10/2025`, `10/2025`, `20251215`, `2025-W50`.

use jiff::civil::{ISOWeekDate, Weekday};

use crate::calendar::ends;
use crate::lexicon::Sense;
use crate::parser::{CERTAIN, EVEN, Item, JOINTS, LIKELY, Parser, SURE, UNLIKELY, Value};
use crate::partial::Partial;
use crate::period::Period;
use crate::tokens::Script;
use crate::year::{Era, Year};

impl Parser<'_> {
    pub(crate) fn iso(&self, at: usize) -> Option<Item> {
        let first = self.number(at).filter(|n| n.digits == 4)?;
        let separator = self.sign(at + 1, if self.is_whole { "-/." } else { "-/" })?;
        let is_field = |at: usize| {
            let digits = self.number(at).map_or(0, |n| n.digits);
            !self.is_apart(at) && (digits == 2 || (digits == 1 && separator != '-'))
                || (self.is_whole && digits == 1)
        };
        if self.is_apart(at + 1) || !is_field(at + 2) {
            return None;
        }
        let month = self.short(at + 2)?;
        let common = Year::new(first, Some(Era::Common))?;
        let unmarked = Year::new(first, None);

        if self.sign(at + 3, "-/.") == Some(separator) && !self.is_apart(at + 3) {
            let year = if separator == '-' && !self.is_thai {
                common
            } else {
                unmarked?
            };
            let day = self.short(at + 4).filter(|_| is_field(at + 4))?;
            let end = at + 5;
            let joints = if self.is_whole { "-.,:" } else { JOINTS };
            let is_clear = self.ends_clear(end, joints) || self.is_time_mark(end);
            let date = Partial::day(month, day).of_year(Some(year));
            return is_clear.then_some(Item::date(date, end, CERTAIN));
        }
        // 2011-12 may be a school year or a season as well; 2024-25 is nothing else.
        let is_next_year = (common.value + 1) % 100 == i16::from(month);
        let is_month = (separator == '-' || self.is_whole)
            && i16::from(month) <= 12.max(common.value % 100)
            && unmarked.is_some()
            && (self.is_whole
                || (unmarked == Some(common) && (1..=12).contains(&month) && !is_next_year))
            && self.ends_clear(at + 3, JOINTS);
        let year = if separator == '-' {
            Some(common)
        } else {
            unmarked
        };
        is_month.then_some(Item::date(
            Partial::month(month).of_year(year),
            at + 3,
            SURE,
        ))
    }

    /// `2025-W50`, `2025-W50-1`: a week of ISO 8601, or its day.
    pub(crate) fn iso_week(&self, at: usize) -> Option<Item> {
        let year = self.number(at).filter(|n| n.digits == 4)?;
        let letter = self.past_sign(at + 1, "-");
        let number = self
            .number(letter + 1)
            .filter(|n| self.has(letter, Sense::WeekLetter) && n.digits == 2)?;
        if (at + 1..letter + 2).any(|at| self.is_apart(at)) {
            return None;
        }
        let (weekday, end) = match self.short(letter + 3) {
            Some(day) if self.sign(letter + 2, "-").is_some() => (day, letter + 4),
            _ => (1, letter + 2),
        };
        let weekday_of = |day| Weekday::from_monday_one_offset(day).ok();
        let day = |weekday| {
            let week = i8::try_from(number.value).ok()?;
            Some(ISOWeekDate::new(year.value, week, weekday).ok()?.date())
        };
        let first = day(weekday_of(weekday)?)?;
        let (last, period) = match end > letter + 2 {
            true => (first, Period::Day),
            false => (day(Weekday::Sunday)?, Period::Week),
        };
        self.ends_clear(end, JOINTS).then_some(Item {
            value: Value::Days(first, last, period),
            end,
            confidence: CERTAIN,
        })
    }

    fn is_time_mark(&self, at: usize) -> bool {
        let token = self.token(at).filter(|token| !token.is_apart);
        let word = token.and_then(|token| self.tokens.text.get(token.range.clone()));
        word.is_some_and(|word| word.starts_with(['T', 't'])) && self.number(at + 1).is_some()
    }

    /// `20251215`, where the text is nothing else.
    pub(crate) fn digits_only(&self, at: usize) -> Option<Item> {
        let number = self.number(at).filter(|n| n.digits == 8 && self.is_whole)?;
        let token = self.token(at)?;
        let mut digits = self.tokens.digits_of(token);
        let mut read = |count| {
            digits
                .by_ref()
                .take(count)
                .fold(0_i16, |n, digit| n * 10 + digit)
        };
        let (year, month, day) = (read(4), read(2), read(2));
        let year = Year {
            value: year,
            era: Era::Common,
        };
        let short = |n| i8::try_from(n).unwrap_or(i8::MAX);
        let date = Partial::day(short(month), short(day)).of_year(Some(year));
        (number.digits == 8).then_some(Item::date(date, at + 1, SURE))
    }

    /// `3/10/2025`, `3-10-2025`, `3.10.2025`, `12/31/2025`, `ngày 21-23/11/2025`, `Chiều 3/10`,
    /// `10/2025`.
    pub(crate) fn figures(&self, at: usize, from: usize) -> Option<Item> {
        let first = self.short(at)?;
        let separator = self.glued_sign(at + 1, "/-.");
        if let Some(separator) = separator
            && let Some(item) = self.figures_after(at + 1, separator, first, None, from)
        {
            return Some(item);
        }
        self.sign(at + 1, "-")?;
        let last = self.short(at + 2)?;
        let separator = self.glued_sign(at + 3, "/")?;
        self.figures_after(at + 3, separator, first, Some(last), from)
    }

    /// The month and the year in figures after a day, from their first separator on.
    fn figures_after(
        &self,
        at: usize,
        separator: char,
        first: i8,
        last: Option<i8>,
        from: usize,
    ) -> Option<Item> {
        let number = self.number(at + 1).filter(|_| self.is_glued(at + 1))?;
        if number.digits == 4 && last.is_none() {
            return self.month_of_year(at, separator, first);
        }
        let second = self.short(at + 1)?;
        let is_swapped = last.is_none() && first <= 12 && (second > 12 || self.is_month_first);
        let (day, month) = if is_swapped {
            (second, first)
        } else {
            (first, second)
        };
        let is_announced = from < at - 1;
        let date = |year| ends(month, day, last, year);

        if self.glued_sign(at + 2, "/-.") == Some(separator) {
            let number = self.number(at + 3).filter(|_| self.is_glued(at + 3))?;
            let in_thai = self.is_thai
                || number.script == Script::Thai
                || (is_announced && self.script(from) == Script::Thai);
            let era = if in_thai { Era::Buddhist } else { Era::Common };
            let (year, confidence) = match Year::new(number, None) {
                Some(year) => (year, SURE),
                None => {
                    let year = Year::two_digits(number, era, self.pivot)?;
                    let is_usual = in_thai && (40..=79).contains(&number.value);
                    match is_announced || is_usual || self.is_whole {
                        true => (year, SURE),
                        // 3.10.25 may be a version.
                        false if separator == '.' => return None,
                        false => (year, EVEN),
                    }
                }
            };
            let joints = match separator {
                // The other one of them may lead to the end of a range.
                '/' => "/.,:",
                '-' => "-.,:",
                _ => ".,:",
            };
            let end = at + 4;
            return self.ends_clear(end, joints).then_some(Item {
                value: date(Some(year)),
                end,
                confidence,
            });
        }
        let is_day = separator == '/' || self.is_whole && separator == '-';
        let confidence = if is_announced { LIKELY } else { UNLIKELY };
        // What is there at every hour of every day is no date.
        let is_always = (first, second) == (24, 7) && !is_announced && self.joined != Some(at - 1);
        let is_end = self.ends_clear(at + 2, JOINTS) || self.is_range_from(at + 2);
        (is_day && is_end && !is_always).then_some(Item {
            value: date(None),
            end: at + 2,
            confidence,
        })
    }

    /// `10/2025`: alone it is a month, in running text it may be the tenth of a series.
    fn month_of_year(&self, at: usize, separator: char, month: i8) -> Option<Item> {
        let (year, end) = self.year_number(at + 1, None)?;
        let is_here = self.ends_clear(end, JOINTS) && (separator == '/' || self.is_whole);
        let confidence = if self.is_whole { SURE } else { EVEN };
        is_here.then_some(Item::date(
            Partial::month(month).of_year(Some(year)),
            end,
            confidence,
        ))
    }

    /// Without blanks, but for a text that is nothing but a date.
    fn is_glued(&self, at: usize) -> bool {
        self.is_whole || !self.is_apart(at)
    }

    fn glued_sign(&self, at: usize, any_of: &str) -> Option<char> {
        self.sign(at, any_of).filter(|_| self.is_glued(at))
    }

    /// `T10/2025`
    pub(crate) fn letter_month(&self, at: usize) -> Option<Item> {
        let month = self
            .short(at + 1)
            .filter(|_| self.has(at, Sense::MonthLetter))?;
        let separator = self
            .sign(at + 2, "/-.")
            .filter(|_| !self.is_apart(at + 1))?;
        self.number(at + 3).filter(|number| number.digits == 4)?;
        let item = self.month_of_year(at + 2, separator, month)?;
        Some(Item {
            confidence: SURE,
            ..item
        })
    }
}
