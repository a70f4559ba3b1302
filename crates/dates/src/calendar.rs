//! Dates that name their day, month or year.

use crate::lexicon::Sense;
use crate::parser::{
    CERTAIN, DOUBTFUL, EVEN, Item, JOINTS, LIKELY, MonthName, Parser, SURE, UNLIKELY, Value,
};
use crate::partial::{Part, Partial};
use crate::period::Period;
use crate::tokens::{Kind, Script};
use crate::year::{Era, Year};

impl Parser<'_> {
    /// The date that starts here, with the words that announce it.
    pub(crate) fn item(&self, at: usize) -> Option<Item> {
        let date = self.announcements(at);
        if date > at
            && let Some(item) = self.date(date, at)
        {
            let is_bracketed =
                self.sign(date - 1, "(").is_some() && self.sign(item.end, ")").is_some();
            let end = item.end + usize::from(is_bracketed);
            return Some(Item { end, ..item });
        }
        self.relative(at)
            .or_else(|| self.date(at, at))
            .or_else(|| self.weekday_alone(at))
    }

    /// The date that starts at `at`, whose announcement started at `from`.
    fn date(&self, at: usize, from: usize) -> Option<Item> {
        let is_announced = from < at;
        let item = match self.token(at)?.kind {
            Kind::Number(_) => {
                if !self.is_clear(at) || self.is_of_series(at) {
                    return self.half_or_quarter(at);
                }
                self.year_month_day(at)
                    .or_else(|| self.month_first(at))
                    .or_else(|| self.half_or_quarter(at))
                    .or_else(|| self.months_alone(at))
                    .or_else(|| self.day_month(at, is_announced))
                    .or_else(|| self.figures(at, from))
                    .or_else(|| self.month_year(at))
                    .or_else(|| self.digits_only(at))
                    .or_else(|| self.year(at))
            }
            Kind::Word(_) => self
                .month_first(at)
                .or_else(|| self.half_or_quarter(at))
                .or_else(|| self.month_year(at))
                .or_else(|| {
                    if is_announced {
                        self.day_month(at, true)
                    } else {
                        None
                    }
                })
                .or_else(|| self.year(at)),
            _ => None,
        }?;
        Some(self.with_weekday(item))
    }

    fn is_of_series(&self, at: usize) -> bool {
        // `第` counts quarters, too, but those have their own rule.
        at.checked_sub(1)
            .is_some_and(|before| self.has(before, Sense::Series))
    }

    /// Past the weekday after a day, where no other date follows that it belongs to.
    fn with_weekday(&self, item: Item) -> Item {
        let is_day = matches!(item.value, Value::Date(date) if date.period() == Period::Day);
        let next = self.past_sign(item.end, ",(");
        let Some((_, end)) = self.weekday(next).filter(|_| is_day) else {
            return item;
        };
        let end = if self.sign(next.saturating_sub(1), "(").is_some() {
            self.past_sign(end, ")")
        } else {
            end
        };
        let is_of_next = self.number(end).is_some()
            || self.month(end).is_some()
            || self.has(end, Sense::DayWord)
            || self.has(end, Sense::DayMark);
        if is_of_next {
            item
        } else {
            Item { end, ..item }
        }
    }

    /// `2025-12-15`, `2025/12/15`, `2025-12`, `2025年12月15日`, `2025 December 15`, `2025 Q3`.
    fn year_month_day(&self, at: usize) -> Option<Item> {
        let number = self
            .number(at)
            .filter(|n| n.digits == 4 || n.script == Script::Han || self.is_short_year(at))?;
        self.iso(at).or_else(|| self.iso_week(at)).or_else(|| {
            let (year, next) = self.year_number(at, None)?;
            let has_word = next > at + 1;
            let date = |part: Partial| part.of_year(Some(year));
            let next = self.past_sign(next, ",");
            if number.digits == 4 || has_word {
                let joint = self.past_sign(next, "-/");
                if let Some((part, end, _)) = self.half(joint).or_else(|| self.quarter(joint)) {
                    return Some(Item::date(date(part), end, CERTAIN));
                }
            }
            if let Some((first, last, end)) = self.months_after(next).filter(|_| has_word) {
                let value = Value::Span(date(first), date(last));
                let confidence = CERTAIN;
                return Some(Item {
                    value,
                    end,
                    confidence,
                });
            }
            let short = self.short_month(next);
            let (month, next, is_full) = match (self.month(next), short) {
                (Some((month, next)), _) => {
                    let is_name = matches!(month.name, MonthName::Full | MonthName::Small);
                    (month.number, next, is_name || has_word)
                }
                (None, Some(month)) => (month, next + 1, false),
                (None, None) => return None,
            };
            let is_short = short.is_some();
            if let Some((day, end)) = self.day(next, false)
                && (is_full || is_short)
                && self.number(at + 1).is_none()
            {
                let first = Partial::day(month, day);
                let days = self.days_to(first, year, end);
                let end = self.past(end, Sense::DayAfter);
                if let Some(item) = days.or_else(|| self.days_to(first, year, end)) {
                    return Some(item);
                }
                if self.ends_clear(end, JOINTS) || self.is_range_from(end) {
                    return Some(Item::date(date(first), end, CERTAIN));
                }
            }
            let confidence = if has_word { CERTAIN } else { EVEN };
            (is_full && !is_short || is_short && self.is_whole).then_some(Item::date(
                date(Partial::month(month)),
                next,
                confidence,
            ))
        })
    }

    /// `25年12月`: two digits are a year only with the month.
    fn is_short_year(&self, at: usize) -> bool {
        self.script(at + 1) == Script::Han
            && self.number(at).is_some_and(|n| n.digits == 2)
            && self.short(at + 2).is_some()
            && self.has(at + 3, Sense::MonthAfter)
    }

    /// `10月1日-7日`: the other end of days of a month.
    fn days_to(&self, first: Partial, year: Year, at: usize) -> Option<Item> {
        self.sign(at, "-~")?;
        let (last, end) = self.day(at + 1, false)?;
        let after = self.past(end, Sense::DayAfter);
        let Part::Day(month, _) = first.part else {
            return None;
        };
        let ends = (first, Partial::day(month, last));
        let value = Value::Span(ends.0.of_year(Some(year)), ends.1.of_year(Some(year)));
        let is_of_month = self.month(at + 1).is_some();
        let is_end = !is_of_month && (after > end || self.ends_clear(end, JOINTS));
        is_end.then_some(Item {
            value,
            end: after,
            confidence: CERTAIN,
        })
    }

    fn short_month(&self, at: usize) -> Option<i8> {
        self.sense(at, |sense| match sense {
            Sense::ShortMonth(month) => Some(month),
            _ => None,
        })
    }

    /// `3-5月`, `1至9月`
    fn months_after(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let (first, last) = (self.short(at)?, self.short(at + 2)?);
        let is_joined = self.sign(at + 1, "-~—").is_some() || self.has(at + 1, Sense::To);
        let is_months = is_joined
            && first < last
            && self.has(at + 3, Sense::MonthAfter)
            && self.script(at + 3) == Script::Han
            && self.day(at + 4, false).is_none();
        is_months.then_some((Partial::month(first), Partial::month(last), at + 4))
    }

    /// Whether the word before is cut off by a stop: `Dec.15`.
    fn ends_with_dot(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|last| self.token(last));
        let word = last.and_then(|token| self.tokens.text.get(token.range.clone()));
        word.is_some_and(|word| word.ends_with('.'))
    }

    fn months_alone(&self, at: usize) -> Option<Item> {
        let (first, last, end) = self.months_after(at)?;
        Some(Item {
            value: Value::Span(first, last),
            end,
            confidence: EVEN,
        })
    }

    /// `December 15, 2025`, `March 5`, `November 16-19`, `အောက်တိုဘာလ ၃ ရက်`, `10月3日`.
    fn month_first(&self, at: usize) -> Option<Item> {
        let (month, next) = self.month(at)?;
        // In Thai and its like two digits after a month are a year.
        let is_order = match month.name {
            MonthName::After => true,
            MonthName::Full | MonthName::Small => {
                matches!(self.script(at), Script::Latin | Script::Burmese)
                    && !self.has(at, Sense::MonthWord)
            }
            MonthName::Counted | MonthName::Five => false,
        };
        if !is_order
            || (self.is_latin(at) && !self.is_apart(next) && !self.ends_with_dot(next))
                && self.sign(next, "-/").is_none()
        {
            return None;
        }
        let next = self.past_sign(next, if self.is_apart(next) { "" } else { "-/" });
        let (day, end) = self.day(next, false)?;
        let end = self.past(end, Sense::DayAfter);
        let last = match self.sign(end, "-~").and_then(|_| self.day(end + 1, false)) {
            // `March 5 - 12/4` goes on as another date.
            Some((last, after))
                if self.sign(after, "/.").is_none() && self.month(after).is_none() =>
            {
                Some((last, self.past(after, Sense::DayAfter)))
            }
            // `December 14 and 15, 2025`
            _ if self.has(end, Sense::And) => self.day(end + 1, false).filter(|(next, after)| {
                *next == day + 1 && self.year_after(*after, ",", false).is_some()
            }),
            _ => None,
        };
        let (last, end) = last.map_or((None, end), |(last, after)| (Some(last), after));
        let (year, end) = match self.year_after(end, ",/-", false) {
            Some((year, end)) => (Some(year), end),
            None => (None, end),
        };
        if year.is_none() && !self.ends_clear(end, JOINTS) {
            return None;
        }
        let confidence = match (year, month.name) {
            (Some(_), _) => CERTAIN,
            (None, MonthName::Small) => DOUBTFUL,
            (None, _) => LIKELY,
        };
        let value = ends(month.number, day, last, year);
        Some(Item {
            value,
            end,
            confidence,
        })
    }

    /// `22 พฤศจิกายน 2566`, `15th of December 2025`, `ngày 3 tháng 10 năm 2025`, `21-23 พ.ย. 66`.
    fn day_month(&self, at: usize, is_announced: bool) -> Option<Item> {
        let (day, next) = self.day(at, is_announced)?;
        let (last, next) = match self
            .sign(next, "-~")
            .and_then(|_| self.day(next + 1, false))
        {
            Some((last, after)) => (Some(last), after),
            None => (None, next),
        };
        let next = self.past(next, Sense::DayAfter);
        // `15-Dec-2025`
        let joint = self.sign(next, "-/").filter(|_| !self.is_apart(next));
        let next = next + usize::from(joint.is_some());
        let next = self.past(next, Sense::Of);
        if let Some((month, end)) = self.month_from_now(next)
            && let Part::Months(number, ..) = month.part
        {
            let value = ends(number, day, last, month.year);
            return (is_announced || self.is_whole).then_some(Item {
                value,
                end,
                confidence: SURE,
            });
        }
        let in_thai = self.script(next) == Script::Thai;
        // `2 กย 68`
        if let Some(month) = self.short_month(next).filter(|_| in_thai) {
            let (year, end) = self.year_after(next + 1, "", in_thai)?;
            let value = ends(month, day, last, Some(year));
            let confidence = SURE;
            return Some(Item {
                value,
                end,
                confidence,
            });
        }
        let (month, end) = self
            .month(next)
            .filter(|(month, _)| month.name != MonthName::After)?;
        let separators = match month.name {
            MonthName::Counted | MonthName::Five => ",/-.",
            _ if joint.is_some() => ",/-",
            _ => ",",
        };
        let is_months_of_year = month.name == MonthName::Five
            && !is_announced
            && !self.is_whole
            && self.number(end).is_some();
        if is_months_of_year {
            return None;
        }
        let year = self.year_after(end, separators, in_thai);
        let confidence = match (year, month.name) {
            (Some(_), _) => CERTAIN,
            (None, MonthName::Small) => DOUBTFUL,
            (None, MonthName::Full) => LIKELY,
            // `3 tháng 10` may be three months of ten, too.
            (None, _) if is_announced || self.is_whole => LIKELY,
            (None, _) => return None,
        };
        let (year, end) = year.map_or((None, end), |(year, end)| (Some(year), end));
        Some(Item {
            value: ends(month.number, day, last, year),
            end,
            confidence,
        })
    }

    /// `พฤศจิกายน 2566`, `เดือนตุลาคม พ.ศ. 2566`, `Dec 2025`, `tháng 10/2025`, `tháng 3-5/2025`, `ธันวาคม`.
    fn month_year(&self, at: usize) -> Option<Item> {
        if let Some((month, end)) = self
            .month_from_now(at)
            .filter(|_| self.has(at, Sense::MonthWord))
        {
            return Some(Item::date(month, end, SURE));
        }
        if let Some(item) = self.letter_month(at) {
            return Some(item);
        }
        let (month, end) = self.month(at)?;
        let is_counted = matches!(month.name, MonthName::Counted | MonthName::Five);
        let is_after_number = || {
            at.checked_sub(1)
                .is_some_and(|before| self.short(before).is_some())
                && !self.is_whole
        };
        if month.name == MonthName::Five && is_after_number() && self.number(end).is_some() {
            return None;
        }
        let last = match self.sign(end, "-").and_then(|_| self.short(end + 1)) {
            Some(last) if is_counted && last > month.number && last <= 12 => Some((last, end + 2)),
            _ => None,
        };
        // `Dec-2025`, but `Dec - 2026` may be a range.
        let is_glued = !self.is_apart(end) && !self.is_apart(end + 1);
        let separators = match (is_counted, is_glued) {
            (true, _) => ",/-.",
            (false, true) => ",/-",
            (false, false) => ",",
        };
        let in_thai = self.script(at) == Script::Thai;
        let first = Partial::month(month.number);
        if let Some((last, end)) = last
            && let Some((year, end)) = self.year_after(end, separators, false)
        {
            let ends = (
                first.of_year(Some(year)),
                Partial::month(last).of_year(Some(year)),
            );
            return Some(Item {
                value: Value::Span(ends.0, ends.1),
                end,
                confidence: CERTAIN,
            });
        }
        if let Some((year, end)) = self.year_after(end, separators, in_thai) {
            return Some(Item::date(first.of_year(Some(year)), end, CERTAIN));
        }
        let confidence = match month.name {
            MonthName::Counted | MonthName::Five | MonthName::After => {
                if is_after_number() || !self.ends_clear(end, JOINTS) {
                    return None;
                }
                0.55
            }
            MonthName::Full => EVEN,
            MonthName::Small => UNLIKELY,
        };
        Some(Item::date(first, end, confidence))
    }

    /// `Q3 2025`, `quý III/2025`, `third quarter of 2025`, `ไตรมาสที่ 3 ปี 2568`, `第三季度`, `6 tháng đầu năm 2025`.
    pub(crate) fn half_or_quarter(&self, at: usize) -> Option<Item> {
        if let Some(item) = self.quarters(at) {
            return Some(item);
        }
        let (part, end, is_strong) = self.half(at).or_else(|| self.quarter(at))?;
        let in_thai = self.is_thai || self.script(at) == Script::Thai;
        match self.year_after(end, "/-,", in_thai) {
            Some((year, end)) => Some(Item::date(part.of_year(Some(year)), end, CERTAIN)),
            // `6 tháng đầu năm`: of the present one.
            None if !is_strong
                && self.has(end, Sense::YearWord(None))
                && self.number(end + 1).is_none() =>
            {
                Some(Item::date(part, end + 1, LIKELY))
            }
            None if is_strong && self.ends_clear(end, JOINTS) => Some(Item::date(part, end, EVEN)),
            None => None,
        }
    }

    /// `quý II-III/2025`, `Q1-Q3 2025`
    fn quarters(&self, at: usize) -> Option<Item> {
        let (first, next, _) = self.quarter(at)?;
        let next = next + usize::from(self.sign(next, "-").is_some());
        let (last, end) = match self.quarter_number(next) {
            Some((number, end)) => (Partial::quarter(number), end),
            None => self.quarter(next).map(|(last, end, _)| (last, end))?,
        };
        self.sign(next - 1, "-")?;
        let (year, end) = self.year_after(end, "/-,", self.script(at) == Script::Thai)?;
        let year = Some(year);
        Some(Item {
            value: Value::Span(first.of_year(year), last.of_year(year)),
            end,
            confidence: CERTAIN,
        })
    }

    /// Halves, or the first or last months of a year; and whether it needs no year.
    pub(crate) fn half(&self, at: usize) -> Option<(Partial, usize, bool)> {
        let months = |first, last| Part::Months(first, last, Period::Month).into();
        let half = self.sense(at, |sense| match sense {
            Sense::Half(half) => Some(half),
            _ => None,
        });
        if let Some(half) = half {
            let is_strong = self.script(at) == Script::Han;
            return Some((months(half * 6 - 5, half * 6), at + 1, is_strong));
        }
        let ends_of_year = |count: i32, is_first: bool| {
            let count = i8::try_from(count)
                .ok()
                .filter(|count| (1..=11).contains(count))?;
            Some(if is_first {
                months(1, count)
            } else {
                months(13 - count, 12)
            })
        };
        let which = |at| match (self.has(at, Sense::First), self.has(at, Sense::Final)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let months_of = |at| {
            let months = [(Period::Month, 1), (Period::Quarter, 3)];
            let is_unit = |(period, _): &(Period, i32)| self.has(at, Sense::Unit(*period));
            months.into_iter().find(is_unit).map(|(_, count)| count)
        };
        if let Some(is_first) = which(at)
            && let Some((count, next)) = self.count(at + 1)
            && let Some(months) = months_of(next)
        {
            return Some((ends_of_year(count * months, is_first)?, next + 1, false));
        }
        let (count, next) = self.count(at)?;
        if self.has(next, Sense::HalfLetter) && !self.is_apart(next) && (1..=2).contains(&count) {
            return Some((ends_of_year(6, count == 1)?, next + 1, false));
        }
        let months = months_of(next)?;
        // `9 tháng năm 2025` are those from January on; `15 tháng năm 2025` is a day of May.
        let is_of_year = || {
            let year = self.year_words(next + 1).1;
            self.has(next, Sense::MonthWord)
                && year == next + 2
                && self.number(year).is_some_and(|n| n.digits == 4)
        };
        match which(next + 1) {
            Some(is_first) => Some((ends_of_year(count * months, is_first)?, next + 2, false)),
            None if is_of_year() => Some((ends_of_year(count, true)?, next + 1, false)),
            None => None,
        }
    }

    pub(crate) fn quarter(&self, at: usize) -> Option<(Partial, usize, bool)> {
        if self.has(at, Sense::Quarter)
            && let Some((quarter, end)) = self.quarter_number(at + 1)
        {
            return Some((Partial::quarter(quarter), end, true));
        }
        let named = self.sense(at, |sense| match sense {
            Sense::QuarterName(number) => Some(number),
            _ => None,
        });
        if let Some(quarter) = named.filter(|_| !self.is_small(at) || self.is_whole) {
            return Some((Partial::quarter(quarter), at + 1, false));
        }
        let (quarter, next) = self.quarter_number(self.past(at, Sense::OrdinalMark))?;
        let next = self.past(next, Sense::Ordinal);
        self.has(next, Sense::Quarter)
            .then_some((Partial::quarter(quarter), next + 1, true))
    }

    fn quarter_number(&self, at: usize) -> Option<(i8, usize)> {
        let roman = self.sense(at, |sense| match sense {
            Sense::Roman(number) => Some((number, at + 1)),
            _ => None,
        });
        let figure = self.short(at).map(|number| (number, at + 1));
        let read = figure.or(roman).or_else(|| self.number_in_letters(at));
        read.filter(|(number, _)| (1..=4).contains(number))
    }

    /// `ปี 2567`, `พ.ศ. 2568`, `năm 2025`, `in 2025`, `ปี 2021-2025`, `1990s`, `2025年`, `2025`.
    fn year(&self, at: usize) -> Option<Item> {
        let is_decade = self.has(at, Sense::Decade);
        let (era, next) = self.year_words(at + usize::from(is_decade));
        let has_word = next > at;
        let year = self.year_number(next, era);
        let (year, end) = match year {
            Some(year) => year,
            // `thập niên 90`, `90年代`
            None if is_decade
                || self.has(next + 1, Sense::Decade) && self.script(next + 1) == Script::Han =>
            {
                let year = Year::two_digits(self.number(next)?, Era::Common, self.pivot)?;
                (year, next + 1)
            }
            // `พ.ศ. 67`
            None if era.is_some() && self.is_whole => {
                let year = Year::two_digits(self.number(next)?, era?, self.pivot)?;
                (year, next + 1)
            }
            // `ปี 67`
            None if has_word && self.script(at) == Script::Thai => self
                .year_after(at, "", true)
                .filter(|(_, end)| *end == next + 1)?,
            // `90s`
            None if self.is_whole
                && self.has(next + 1, Sense::Decade)
                && !self.is_apart(next + 1) =>
            {
                let year = Year::two_digits(self.number(next)?, Era::Common, self.pivot)?;
                (year, next + 1)
            }
            None => return None,
        };
        let is_followed = end > next + 1;
        let is_after_in = || {
            at.checked_sub(1).is_some_and(|before| {
                let is_apart = self.is_apart(at) || self.script(before) != Script::Latin;
                self.has(before, Sense::In) && is_apart || self.has(before, Sense::Part)
            }) && !self.has(end, Sense::Counted)
        };
        // `คศ.2` is more often a rank than a year.
        let is_long = self
            .number(next)
            .is_some_and(|n| n.digits > 2 || era != Some(Era::Common));
        let confidence = if (has_word && is_long) || is_followed || is_after_in() {
            SURE
        } else if self.has(end, Sense::Counted) {
            UNLIKELY
        } else {
            DOUBTFUL
        };
        let date = Partial::from(Part::Years(1)).of_year(Some(year));

        let is_decade = is_decade || (self.has(end, Sense::Decade) && !self.is_apart(end));
        if is_decade && year.written() % 10 == 0 {
            let end = self.past(end, Sense::Decade);
            let decade = Partial::from(Part::Years(10)).of_year(Some(year));
            return self
                .ends_clear(end, JOINTS)
                .then_some(Item::date(decade, end, SURE));
        }
        if self.sign(end, "-~").is_some()
            && self.number(end + 1).is_some_and(|n| n.digits == 4)
            && let Some((last, end)) = self.year_number(end + 1, Some(year.era))
        {
            let last = Partial::from(Part::Years(1)).of_year(Some(last));
            return self.ends_clear(end, JOINTS).then_some(Item {
                value: Value::Span(date, last),
                end,
                confidence,
            });
        }
        // `ปี 2567/68`, `2024-25`
        if self.sign(end, "-/").is_some()
            && let Some(last) = self.number(end + 1).filter(|n| n.digits == 2)
            && !self.is_apart(end + 1)
            && last.value > 12.max(year.written() % 100)
            && self.ends_clear(end + 2, JOINTS)
        {
            let value = year.value - year.written() % 100 + last.value;
            let last = Partial::from(Part::Years(1)).of_year(Some(Year { value, ..year }));
            return Some(Item {
                value: Value::Span(date, last),
                end: end + 2,
                confidence,
            });
        }
        self.ends_clear(end, JOINTS)
            .then_some(Item::date(date, end, confidence))
    }
}

/// A day of a month, or the days to another of it.
pub(crate) fn ends(month: i8, day: i8, last: Option<i8>, year: Option<Year>) -> Value {
    let first = Partial::day(month, day).of_year(year);
    match last {
        Some(last) => Value::Span(first, Partial::day(month, last).of_year(year)),
        None => Value::Date(first),
    }
}
