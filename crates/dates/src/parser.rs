//! What all rules of the grammar share: looking at tokens, and small parts of dates.
//!
//! A rule takes the index of the token it starts with and gives what it read with the index after
//! it. Every rule looks at a few tokens only, so that reading takes time linear in the text.

use jiff::civil;

use crate::lexicon::Sense;
use crate::partial::Partial;
use crate::period::Period;
use crate::tokens::{Kind, Number, Script, Token, Tokens};
use crate::year::{Era, Year};

#[derive(Clone, Copy)]
pub(crate) struct Parser<'t> {
    pub(crate) tokens: &'t Tokens<'t>,
    /// What relative words are relative to.
    pub(crate) reference: Option<civil::Date>,
    pub(crate) is_thai: bool,
    /// The first of the hundred years that two digits may stand for.
    pub(crate) pivot: i16,
    /// Whether the month comes first in `3/4/2025`.
    pub(crate) is_month_first: bool,
    /// Whether the text is nothing but a date, so that less has to speak for one.
    pub(crate) is_whole: bool,
    /// Where the second end of a range is, right after a dash.
    pub(crate) joined: Option<usize>,
}

/// What a rule for one date read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) value: Value,
    /// The index of the token after it.
    pub(crate) end: usize,
    /// Between 0 and 1, see [`Reading::confidence`](crate::Reading::confidence).
    pub(crate) confidence: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    Date(Partial),
    /// From the first to the second, both included.
    Span(Partial, Partial),
    /// Days that were found from the present one.
    Days(civil::Date, civil::Date, Period),
}

pub(crate) const CERTAIN: f32 = 1.0;
pub(crate) const SURE: f32 = 0.9;
pub(crate) const LIKELY: f32 = 0.75;
pub(crate) const EVEN: f32 = 0.5;
pub(crate) const DOUBTFUL: f32 = 0.3;
pub(crate) const UNLIKELY: f32 = 0.2;

impl Item {
    pub(crate) fn date(date: Partial, end: usize, confidence: f32) -> Item {
        Item {
            value: Value::Date(date),
            end,
            confidence,
        }
    }
}

/// A month as it was named.
#[derive(Clone, Copy)]
pub(crate) struct Month {
    pub(crate) number: i8,
    pub(crate) name: MonthName,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MonthName {
    /// `ตุลาคม`, `October`
    Full,
    /// `may`, `march`: also words of other meanings.
    Small,
    /// `tháng 10`: also an amount.
    Counted,
    /// `tháng năm`, which may begin `tháng năm 2025`, months of a year.
    Five,
    /// `10月`
    After,
}

/// Between two digits these make one thing of them: a version, a time, a decimal, an address.
pub(crate) const JOINTS: &str = "-/.,:";

impl Parser<'_> {
    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(crate) fn senses(&self, at: usize) -> &'static [Sense] {
        match self.token(at).map(|token| token.kind) {
            Some(Kind::Word(senses)) => senses,
            _ => &[],
        }
    }

    pub(crate) fn has(&self, at: usize, sense: Sense) -> bool {
        self.senses(at).contains(&sense)
    }

    /// What `read` makes of one of the senses here.
    pub(crate) fn sense<T>(&self, at: usize, read: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.senses(at).iter().find_map(|sense| read(*sense))
    }

    /// Past the word, where it is here.
    pub(crate) fn past(&self, at: usize, sense: Sense) -> usize {
        at + usize::from(self.has(at, sense))
    }

    pub(crate) fn sign(&self, at: usize, any_of: &str) -> Option<char> {
        match self.token(at)?.kind {
            Kind::Sign(c) if any_of.contains(c) => Some(c),
            _ => None,
        }
    }

    /// Past one of these signs, where one is here.
    pub(crate) fn past_sign(&self, at: usize, any_of: &str) -> usize {
        at + usize::from(self.sign(at, any_of).is_some())
    }

    pub(crate) fn is_apart(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| token.is_apart)
    }

    pub(crate) fn number(&self, at: usize) -> Option<Number> {
        match self.token(at)?.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A number of one or two digits.
    pub(crate) fn short(&self, at: usize) -> Option<i8> {
        let number = self.number(at).filter(|number| number.digits <= 2)?;
        i8::try_from(number.value).ok()
    }

    /// A number that is no part of anything longer before it.
    pub(crate) fn is_clear(&self, at: usize) -> bool {
        if self.joined == Some(at) {
            return true;
        }
        // `mid-2025`
        let is_after_part = at
            .checked_sub(1)
            .is_some_and(|before| self.has(before, Sense::Part) && !self.is_apart(at));
        let is_clear = |token| is_after_part || self.tokens.starts_clear(token);
        self.token(at).is_some_and(is_clear)
    }

    /// Whether the token before this index is at an end.
    pub(crate) fn ends_clear(&self, end: usize, joints: &str) -> bool {
        let last = end.checked_sub(1).and_then(|last| self.token(last));
        last.is_some_and(|token| self.tokens.ends_clear(token, joints))
    }

    pub(crate) fn script(&self, at: usize) -> Script {
        self.token(at)
            .map_or(Script::Other, |token| self.tokens.script(token))
    }

    pub(crate) fn is_latin(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| self.tokens.is_latin(token))
    }

    /// The day of a month, 1 to 31, with its ordinal; in letters only where a word announced it.
    pub(crate) fn day(&self, at: usize, is_announced: bool) -> Option<(i8, usize)> {
        // `အောက်တိုဘာလ (၃) ရက်`
        let is_bracketed = self.sign(at, "(").is_some()
            && self.sign(at + 2, ")").is_some()
            && self.has(at + 3, Sense::DayAfter);
        let (day, end) = match self.short(at) {
            Some(day) => (day, at + 1),
            None if is_bracketed => (self.short(at + 1)?, at + 3),
            None if is_announced => self.number_in_letters(at)?,
            None => return None,
        };
        let is_ordinal = self.has(end, Sense::Ordinal) && !self.is_apart(end);
        (1..=31)
            .contains(&day)
            .then_some((day, end + usize::from(is_ordinal)))
    }

    /// `mười`, `mười hai`, `ba mươi mốt`, `seven`.
    pub(crate) fn number_in_letters(&self, at: usize) -> Option<(i8, usize)> {
        let digit = |at| {
            self.sense(at, |sense| match sense {
                Sense::Number(number) => Some(number),
                _ => None,
            })
        };
        // `mười năm` is ten years, or the tenth of a year.
        let unit = |at| {
            let is_year = self
                .senses(at)
                .iter()
                .any(|sense| matches!(sense, Sense::YearWord(_)));
            digit(at).filter(|digit| *digit < 10 && !is_year)
        };
        let first = digit(at)?;
        let (tens, next) = if self.has(at + 1, Sense::Ten) && (2..=3).contains(&first) {
            (first * 10, at + 2)
        } else if first == 10 {
            (10, at + 1)
        } else {
            return Some((first, at + 1));
        };
        Some(unit(next).map_or((tens, next), |unit| (tens + unit, next + 1)))
    }

    /// A number in digits or letters, of what is counted.
    pub(crate) fn count(&self, at: usize) -> Option<(i32, usize)> {
        if let Some(number) = self.number(at) {
            let is_count = number.digits <= 3 && number.value > 0 && self.is_clear(at);
            return is_count.then_some((number.value.into(), at + 1));
        }
        let (number, end) = self.number_in_letters(at)?;
        Some((number.into(), end))
    }

    pub(crate) fn month(&self, at: usize) -> Option<(Month, usize)> {
        if let Some(month) = self.month_name(at) {
            return Some(month);
        }
        if self.has(at, Sense::MonthWord) {
            let next = at + 1;
            if let Some((month, end)) = self.month_name(next) {
                let name = MonthName::Full;
                return Some((Month { name, ..month }, end));
            }
            let full = self.sense(next, |sense| match sense {
                Sense::MonthOf(month) => Some(month),
                _ => None,
            });
            if let Some(number) = full {
                let name = MonthName::Full;
                return Some((Month { number, name }, next + 1));
            }
            if let Some(number) = self.short(next) {
                let name = MonthName::Counted;
                return Some((Month { number, name }, next + 1));
            }
            let (number, end) = self.number_in_letters(next)?;
            let is_five = self.sense(next, |sense| {
                matches!(sense, Sense::YearWord(_)).then_some(())
            });
            let name = match is_five {
                Some(()) if number == 5 => MonthName::Five,
                _ => MonthName::Counted,
            };
            return Some((Month { number, name }, end));
        }
        let number = self.short(at)?;
        let name = MonthName::After;
        let is_month = self.has(at + 1, Sense::MonthAfter) && self.script(at + 1) == Script::Han;
        is_month.then_some((Month { number, name }, at + 2))
    }

    fn month_name(&self, at: usize) -> Option<(Month, usize)> {
        let number = self.sense(at, |sense| match sense {
            Sense::Month(month) => Some(month),
            _ => None,
        })?;
        let is_small = self.is_latin(at)
            && self
                .token(at)
                .is_some_and(|token| !self.tokens.is_capital(token));
        let name = if is_small {
            MonthName::Small
        } else {
            MonthName::Full
        };
        Some((Month { number, name }, self.past(at + 1, Sense::MonthAfter)))
    }

    /// A month from the present one on (`tháng này`), with its year.
    pub(crate) fn month_from_now(&self, at: usize) -> Option<(Partial, usize)> {
        let at = self.past(at, Sense::Of);
        let (period, shift, end) = self.shift(at)?;
        let month = period.step(self.reference?, shift)?;
        let year = Year {
            value: month.year(),
            era: Era::Common,
        };
        (period == Period::Month)
            .then_some((Partial::month(month.month()).of_year(Some(year)), end))
    }

    /// Past the words that announce a year (`ปี พ.ศ.`), with the era they name.
    pub(crate) fn year_words(&self, at: usize) -> (Option<Era>, usize) {
        const MOST: usize = 3;
        let (mut era, mut next) = (None, at);
        for _ in 0..MOST {
            let word = self.sense(next, |sense| match sense {
                Sense::YearWord(era) => Some(era),
                _ => None,
            });
            let Some(named) = word else { break };
            // `BE 2568`, but `may be 2500`
            let is_common_word = self.is_small(next) && self.tokens.is_short(next);
            if named.is_some() && is_common_word && !self.is_whole {
                break;
            }
            era = named.or(era);
            next += 1;
        }
        (era, next)
    }

    /// The year in figures that starts here, and its era after it (`2568 BE`, `2025年`).
    pub(crate) fn year_number(&self, at: usize, era: Option<Era>) -> Option<(Year, usize)> {
        let number = self.number(at)?;
        let after = |at| {
            self.sense(at, |sense| match sense {
                Sense::YearAfter(era) => Some(era),
                _ => None,
            })
        };
        match after(at + 1) {
            // `2025 BE`, but `2025 be` is no such year.
            Some(Some(named)) if era.is_none() && !self.is_small(at + 1) => {
                Some((Year::new(number, Some(named))?, at + 2))
            }
            Some(None) if number.digits == 4 => Some((Year::new(number, era)?, at + 2)),
            // `25年12月`; alone it is so many years.
            Some(None)
                if number.digits == 2
                    && (number.script == Script::Han || self.has(at + 3, Sense::MonthAfter)) =>
            {
                Some((Year::two_digits(number, Era::Common, self.pivot)?, at + 2))
            }
            _ => Some((Year::new(number, era)?, at + 1)),
        }
    }

    pub(crate) fn is_small(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| !self.tokens.is_capital(token))
            && self.is_latin(at)
    }

    /// The year that follows a day or month: after a blank, one of `separators`, or right here. It
    /// may have two digits in Thai.
    pub(crate) fn year_after(
        &self,
        at: usize,
        separators: &str,
        in_thai: bool,
    ) -> Option<(Year, usize)> {
        let next = self.past_sign(at, separators);
        let next = self.past(next, Sense::Of);
        if let Some(years) = self.sense(next, relative_years) {
            let value = Period::Year.step(self.reference?, years)?.year();
            let era = if in_thai { Era::Buddhist } else { Era::Common };
            return Some((Year { value, era }, next + 1));
        }
        let (era, next) = self.year_words(next);
        if let Some((year, end)) = self.year_number(next, era) {
            return self.ends_clear(end, ".,:").then_some((year, end));
        }
        let number = self.number(next)?;
        let end = next + 1;
        let is_counted = || self.has(end, Sense::Counted);
        let era = match era {
            None if in_thai => Era::Buddhist,
            None => Era::Common,
            Some(era) => era,
        };
        let year = Year::two_digits(number, era, self.pivot)?;
        // Of a Thai year 40 to 79 are 1997 to 2036, what news speaks of. Others are more often an
        // amount, as any two digits are in other languages.
        let is_usual = in_thai && (40..=79).contains(&number.value) && !is_counted();
        let is_end = self.ends_clear(end, JOINTS) || self.is_range_from(end);
        ((is_usual || self.is_whole) && is_end).then_some((year, end))
    }

    /// Whether a hyphen and the day and month of another end are here: `28 ธ.ค. 67-3 ม.ค. 68`.
    pub(crate) fn is_range_from(&self, at: usize) -> bool {
        let is_joint = |at| self.sign(at, "/").is_some() && self.short(at + 1).is_some();
        self.sign(at, "-").is_some()
            && self.short(at + 1).is_some()
            && (is_joint(at + 2) || self.month(at + 1).is_some() || self.month(at + 2).is_some())
    }

    /// Past the words that announce a day here: `วันที่`, `thứ Hai, ngày`, `Monday,`, `hôm nay (`.
    pub(crate) fn announcements(&self, at: usize) -> usize {
        const MOST: usize = 4;
        let mut next = at;
        for _ in 0..MOST {
            let is_word = self.sense(next, |sense| {
                let is_announcing = match sense {
                    Sense::DayWord | Sense::Weekday(_) | Sense::DayPart => true,
                    Sense::Relative(period, _) => period == Period::Day,
                    Sense::DayMark => next > at || self.is_whole || self.joined == Some(at),
                    _ => false,
                };
                is_announcing.then_some(())
            });
            if is_word.is_some() {
                next += 1;
            } else if self.has(next, Sense::WeekdayWord) && self.is_weekday_number(next + 1) {
                next += 2;
            } else if let Some(end) = self.short_weekday(next) {
                next = end;
            } else {
                break;
            }
            next = self.past_sign(next, ",");
        }
        if next > at {
            self.past_sign(next, "(")
        } else {
            at
        }
    }

    /// Past a weekday in short (`จ.`, `CN,`, `T2,`), which only a day after it tells from other words.
    fn short_weekday(&self, at: usize) -> Option<usize> {
        let is_short = self.sense(at, |sense| {
            matches!(sense, Sense::ShortWeekday(_)).then_some(())
        });
        let end = match is_short {
            Some(()) => self.past_sign(at + 1, ","),
            None => {
                let is_short = self.has(at, Sense::ShortWeekdayWord)
                    && self.is_weekday_number(at + 1)
                    && self.sign(at + 2, ",").is_some();
                is_short.then_some(at + 3)?
            }
        };
        let is_day = self.short(end).is_some()
            || self.has(end, Sense::DayWord)
            || self.has(end, Sense::DayMark);
        is_day.then_some(end)
    }

    pub(crate) fn is_weekday_number(&self, at: usize) -> bool {
        self.number(at)
            .is_some_and(|n| n.digits == 1 && (2..=7).contains(&n.value))
    }

    pub(crate) fn weekday(&self, at: usize) -> Option<(i8, usize)> {
        let named = self.sense(at, |sense| match sense {
            Sense::Weekday(day) => Some(day),
            _ => None,
        });
        let is_numbered = self.has(at, Sense::WeekdayWord) && self.is_weekday_number(at + 1);
        match named {
            // `thu 2 tuan truoc` is no Thursday.
            Some(day) if !(is_numbered && self.has(at + 2, Sense::Unit(Period::Week))) => {
                Some((day, at + 1))
            }
            // Monday is the second one.
            _ if is_numbered => Some((self.short(at + 1)? - 1, at + 2)),
            _ => None,
        }
    }

    /// Periods from the present one: `last week`, `tuần trước`, `上周`, `เดือนนี้`.
    pub(crate) fn shift(&self, at: usize) -> Option<(Period, i32, usize)> {
        let relative = self.sense(at, |sense| match sense {
            Sense::Relative(period, count) => Some((period, count)),
            _ => None,
        });
        if let Some((period, count)) = relative {
            return Some((period, count, at + 1));
        }
        let unit = |at| {
            self.sense(at, |sense| match sense {
                Sense::Unit(period) => Some(period),
                _ => None,
            })
        };
        // `this day` and `last day` are no days told from the present one.
        let unit = |at| unit(at).filter(|period| *period != Period::Day);
        if let Some(count) = self.sense(at, direction) {
            return Some((unit(at + 1)?, count, at + 2));
        }
        let period = unit(at)?;
        Some((period, self.sense(at + 1, direction_after)?, at + 2))
    }
}

/// How many periods a word moves what stands after it.
pub(crate) fn direction(sense: Sense) -> Option<i32> {
    match sense {
        Sense::Last => Some(-1),
        Sense::This => Some(0),
        Sense::Next => Some(1),
        _ => None,
    }
}

/// The same for what stands before the word.
pub(crate) fn direction_after(sense: Sense) -> Option<i32> {
    match sense {
        Sense::LastAfter => Some(-1),
        Sense::ThisAfter => Some(0),
        Sense::NextAfter => Some(1),
        _ => None,
    }
}

fn relative_years(sense: Sense) -> Option<i32> {
    match sense {
        Sense::Relative(Period::Year, count) => Some(count),
        _ => None,
    }
}
