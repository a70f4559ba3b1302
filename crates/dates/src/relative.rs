//! Dates that are told from the present day: `yesterday`, `7 ngày qua`, `3 วันก่อน`, `上周一`.

use jiff::civil;

use crate::lexicon::Sense;
use crate::parser::{DOUBTFUL, Item, LIKELY, Parser, SURE, Value, direction, direction_after};
use crate::partial::Part;
use crate::period::Period;
use crate::tokens::Script;

impl Parser<'_> {
    /// The days told from the present one that are named here.
    pub(crate) fn relative(&self, at: usize) -> Option<Item> {
        let today = self.reference?;
        self.weekday_of_week(at, today)
            .or_else(|| self.weekend(at, today))
            .or_else(|| self.counted(at, today))
            .or_else(|| self.month_of_direction(at, today))
            .or_else(|| self.period_from_now(at, today))
    }

    /// `thứ Hai tuần trước`, `last Monday`, `Monday last week`, `วันจันทร์ที่แล้ว`, `上周一`.
    fn weekday_of_week(&self, at: usize, today: civil::Date) -> Option<Item> {
        let in_week = |weeks: i32, day: i8| {
            let monday = Period::Week.first_day(Period::Week.step(today, weeks)?);
            Period::Day.step(monday, i32::from(day) - 1)
        };
        let (day, end) = if let Some((day, next)) = self.weekday(at) {
            let next = self.past(next, Sense::Of);
            match self.shift(next) {
                Some((Period::Week, weeks, end)) => (in_week(weeks, day)?, end),
                _ => {
                    let direction = self.sense(next, direction_after)?;
                    (toward(today, day, direction)?, next + 1)
                }
            }
        } else if let Some(direction) = self.sense(at, direction)
            && let Some((day, end)) = self.weekday(at + 1)
        {
            // 上周一 is the Monday of the last week, `last Monday` the last one there was.
            match self.script(at) {
                Script::Han => (in_week(direction, day)?, end),
                _ => (toward(today, day, direction)?, end),
            }
        } else {
            let (period, weeks, next) = self.shift(at)?;
            let (day, end) = self.weekday(next).filter(|_| period == Period::Week)?;
            (in_week(weeks, day)?, end)
        };
        let end = self.past(end, Sense::DayPart);
        Some(self.days(day, day, Period::Day, end, SURE))
    }

    /// `last weekend`, `cuối tuần qua`.
    fn weekend(&self, at: usize, today: civil::Date) -> Option<Item> {
        let (weeks, end) = if self.has(at, Sense::Weekend) {
            (self.sense(at + 1, direction_after)?, at + 2)
        } else {
            let weeks = self.sense(at, direction)?;
            (self.has(at + 1, Sense::Weekend).then_some(weeks)?, at + 2)
        };
        let sunday = Period::Week.last_day(Period::Week.step(today, weeks)?);
        let saturday = sunday.yesterday().ok()?;
        Some(self.days(saturday, sunday, Period::Day, end, SURE))
    }

    /// The last such day up to the present one.
    pub(crate) fn weekday_alone(&self, at: usize) -> Option<Item> {
        let today = self.reference?;
        let (day, end) = self.weekday(at)?;
        let back = i32::from((today.weekday().to_monday_one_offset() - day).rem_euclid(7));
        let day = Period::Day.step(today, -back)?;
        Some(self.days(day, day, Period::Day, end, DOUBTFUL))
    }

    /// `last 7 days`, `7 ngày qua`, `3 days ago`, `3 ngày trước`, `อีก 3 วัน`, `လွန်ခဲ့သော ၇ ရက်`.
    fn counted(&self, at: usize, today: civil::Date) -> Option<Item> {
        let is = |at, sense| self.has(at, sense);
        let back = |period: Period, count: i32, end| {
            // With the present day; a week of them are seven.
            let first = Period::Day.step(period.step(today, -count)?, 1)?;
            Some(self.days(first, today, Period::Day, end, SURE))
        };
        let ahead = |period: Period, count: i32, end| {
            let last = Period::Day.step(period.step(today, count)?, -1)?;
            Some(self.days(today, last, Period::Day, end, SURE))
        };
        let from_now = |period: Period, count: i32, end, confidence| {
            let day = period.step(today, count)?;
            Some(self.days(
                period.first_day(day),
                period.last_day(day),
                period,
                end,
                confidence,
            ))
        };
        // Words before the number.
        if is(at, Sense::PastOf)
            && let Some(period) = self.unit(at + 1)
        {
            return back(period, 1, at + 2);
        }
        let (is_ago, is_past, is_next, is_ahead) = (
            // 前3个月 may be the first three.
            is(at, Sense::Ago) && self.script(at) != Script::Han,
            is(at, Sense::Last) || is(at, Sense::PastOf),
            is(at, Sense::Next),
            is(at, Sense::AheadOf),
        );
        if (is_ago || is_past || is_next || is_ahead)
            && let Some((count, period, end)) = self.count_of_units(at + 1)
        {
            if is_ago && self.has(end, Sense::Ahead) {
                // `လွန်ခဲ့သည့် ၇ ရက်အတွင်း`: within the days gone by.
                return back(period, count, end + 1);
            }
            if is_ago {
                return from_now(period, -count, end, SURE);
            }
            if is_ahead && !is_past {
                let after = self.past(end, Sense::Ahead);
                let after = if after > end {
                    after
                } else {
                    self.past(end, Sense::Coming)
                };
                // `in 3 days`, `sau 3 năm`: of any other day as well.
                let is_sure = after > end || self.script(at) != Script::Latin;
                let confidence = if is_sure { LIKELY } else { DOUBTFUL };
                return from_now(period, count, after, confidence);
            }
            // `last three months of 2025` are told from its end.
            if is_past && self.has(end, Sense::Of) && self.number(end + 1).is_some() {
                return None;
            }
            return if is_past {
                // `ပြီးခဲ့သည့် ၇ ရက်အတွင်း`
                let end = match self.script(end) {
                    Script::Burmese => self.past(end, Sense::Ahead),
                    _ => end,
                };
                back(period, count, end)
            } else {
                ahead(period, count, end)
            };
        }
        // Words after it.
        let (count, next) = self.count(at)?;
        let fused = self.sense(next, |sense| match sense {
            Sense::PastUnit(period) => back(period, count, next + 1),
            Sense::AgoUnit(period) => from_now(period, -count, next + 1, SURE),
            Sense::AheadUnit(period) => ahead(period, count, next + 1),
            _ => None,
        });
        if fused.is_some() {
            return fused;
        }
        let (count, period, next) = self.count_of_units(at)?;
        let end = next + 1;
        // `7 ngày qua` before `3 ngày trước`: a word may have both senses.
        if is(next, Sense::Past) {
            back(period, count, end)
        } else if is(next, Sense::Ago) {
            from_now(period, -count, end, SURE)
        } else if is(next, Sense::Coming) {
            ahead(period, count, end)
        } else if is(next, Sense::Ahead) {
            from_now(period, count, end, LIKELY)
        } else {
            None
        }
    }

    fn count_of_units(&self, at: usize) -> Option<(i32, Period, usize)> {
        let (count, next) = self.count(at)?;
        let period = self.unit(next)?;
        // 3月 is March; three months are 3个月.
        let is_month = self.has(next, Sense::MonthAfter) && self.script(next) == Script::Han;
        (!is_month).then_some((count, period, next + 1))
    }

    fn unit(&self, at: usize) -> Option<Period> {
        self.sense(at, |sense| match sense {
            Sense::Unit(period) => Some(period),
            _ => None,
        })
    }

    /// `last October`, `October last year`, `去年10月`.
    fn month_of_direction(&self, at: usize, today: civil::Date) -> Option<Item> {
        let month_in = |year: i16, month: i8, end| {
            let first = civil::Date::new(year, month, 1).ok()?;
            Some(self.days(first, first.last_of_month(), Period::Month, end, SURE))
        };
        if let Some(direction) = self.sense(at, direction)
            && let Some((month, end)) = self.month(at + 1)
            && self.is_latin(at + 1)
        {
            let years = match direction {
                -1 if month.number >= today.month() => -1,
                1 if month.number <= today.month() => 1,
                _ => 0,
            };
            return month_in(today.year() + years, month.number, end);
        }
        let (period, years, next) = self.shift(at)?;
        // `本月3日`
        if period == Period::Month
            && self.script(next) != Script::Latin
            && let Some((day, end)) = self.day(next, false)
            && self.has(end, Sense::DayAfter)
        {
            let month = period.step(today, years)?;
            let day = civil::Date::new(month.year(), month.month(), day).ok()?;
            return Some(self.days(day, day, Period::Day, end + 1, SURE));
        }
        if period != Period::Year {
            return None;
        }
        let year = period.step(today, years)?.year();
        let item = self.half_or_quarter_of(next, year);
        if item.is_some() {
            return item;
        }
        let (month, end) = self.month(next)?;
        match self.day(end, false) {
            Some((day, end)) if self.has(end, Sense::DayAfter) => {
                let day = civil::Date::new(year, month.number, day).ok()?;
                Some(self.days(day, day, Period::Day, end + 1, SURE))
            }
            _ => month_in(year, month.number, end),
        }
    }

    /// `去年第三季度`, `去年上半年`.
    fn half_or_quarter_of(&self, at: usize, year: i16) -> Option<Item> {
        let (date, end, _) = self.half(at).or_else(|| self.quarter(at))?;
        let Part::Months(_, _, period) = date.part else {
            return None;
        };
        let (first, last) = date.days(year).ok()?;
        Some(self.days(first, last, period, end, SURE))
    }

    /// `yesterday`, `last week`, `tháng này`, `ปีหน้า`.
    fn period_from_now(&self, at: usize, today: civil::Date) -> Option<Item> {
        let (period, count, end) = self.shift(at)?;
        let day = period.step(today, count)?;
        let end = if period == Period::Day {
            self.past(end, Sense::DayPart)
        } else {
            end
        };
        // `today` is in many names.
        let confidence = if (period, count) == (Period::Day, 0) {
            LIKELY
        } else {
            SURE
        };
        Some(self.days(
            period.first_day(day),
            period.last_day(day),
            period,
            end,
            confidence,
        ))
    }

    fn days(
        &self,
        first: civil::Date,
        last: civil::Date,
        period: Period,
        end: usize,
        confidence: f32,
    ) -> Item {
        Item {
            value: Value::Days(first, last, period),
            end,
            confidence,
        }
    }
}

/// The last such weekday before today, the one of this week, the next one after today.
fn toward(today: civil::Date, day: i8, direction: i32) -> Option<civil::Date> {
    let ahead = i32::from((day - today.weekday().to_monday_one_offset()).rem_euclid(7));
    let days = match direction {
        -1 => ahead - 7,
        0 => i32::from(day - today.weekday().to_monday_one_offset()),
        _ if ahead == 0 => 7,
        _ => ahead,
    };
    Period::Day.step(today, days)
}
