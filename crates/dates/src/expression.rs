//! Whole expressions: one date, the days between two, all since or before one.

use jiff::civil;

use crate::error::{Error, Kind};
use crate::lexicon::Sense;
use crate::parser::{DOUBTFUL, Item, LIKELY, Parser, SURE, Value};
use crate::partial::{Part, Partial};
use crate::period::Period;
use crate::tokens::Script;
use crate::year::Era;

/// What was read, with the index of the token after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Phrase {
    shape: Shape,
    pub(crate) end: usize,
    pub(crate) confidence: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    One(Value),
    /// From the first to the last, both included.
    Closed(Value, Value),
    From(Value),
    /// From the first up to the present day.
    UntilNow(Value),
    Until(Value),
    Before(Value),
    After(Value),
}

/// The days between two dates.
///
/// # Errors
///
/// Where the calendar has no such day, or the last is before the first.
pub(crate) fn closed_days(
    first: Partial,
    last: Partial,
    today: civil::Date,
) -> Result<Days, Error> {
    let phrase = Phrase {
        shape: Shape::One(Value::Span(first, last)),
        end: 0,
        confidence: SURE,
    };
    phrase.days(today)
}

/// The days of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Days {
    pub(crate) first: Option<civil::Date>,
    pub(crate) last: Option<civil::Date>,
    pub(crate) period: Period,
    pub(crate) era: Era,
}

impl Parser<'_> {
    /// The expression that starts here.
    pub(crate) fn phrase(&self, at: usize) -> Option<Phrase> {
        self.between(at)
            .or_else(|| self.from(at))
            .or_else(|| self.open_before(at))
            .or_else(|| self.plain(at))
    }

    /// `between … and …`, `ระหว่าง … ถึง …`.
    fn between(&self, at: usize) -> Option<Phrase> {
        if !self.has(at, Sense::Between) {
            return None;
        }
        let first = self.end(self.past(at + 1, Sense::From))?;
        if let Value::Span(..) = first.value {
            return Some(one(first));
        }
        let is_joined = self.has(first.end, Sense::And) || self.is_to(first.end);
        let last = self.second(first.end + 1).filter(|_| is_joined)?;
        closed(first, last, SURE)
    }

    /// `from … to …`, `từ … đến …`, `since …`, `ตั้งแต่ …`.
    fn from(&self, at: usize) -> Option<Phrase> {
        if !(self.has(at, Sense::From) || self.has(at, Sense::Since)) {
            return None;
        }
        let first = self.present(at + 1).or_else(|| self.end(at + 1))?;
        if self.is_to(first.end) {
            if let Some(phrase) = self.until_now(first) {
                return Some(phrase);
            }
            if let Some(last) = self.second(first.end + 1)
                && let Some(phrase) = closed(first, last, SURE)
            {
                let end = self.past(phrase.end, Sense::UntilAfter);
                return Some(Phrase { end, ..phrase });
            }
        }
        let item = || self.item(self.past(at + 1, Sense::Part));
        let first = self.present(at + 1).or_else(item)?;
        if let Value::Span(..) = first.value {
            return Some(one(first));
        }
        if self.has(first.end, Sense::UntilAfter) {
            // `từ năm 2020 trở về trước`
            return Some(open(Shape::Until(first.value), first, first.end + 1));
        }
        let tail = self.past(first.end, Sense::Tail);
        let end = if tail > first.end {
            tail
        } else {
            self.past(tail, Sense::Onwards)
        };
        Some(open(Shape::From(first.value), first, end))
    }

    /// `before …`, `sau …`, `จนถึง …`.
    fn open_before(&self, at: usize) -> Option<Phrase> {
        if self.is_whole && self.is_dots(at) && self.sign(at + 2, "/").is_some() {
            let item = self.second(at + 3)?;
            return Some(open(Shape::Until(item.value), item, item.end));
        }
        let shape = self.sense(at, |sense| match sense {
            Sense::Before => Some(Shape::Before as fn(Value) -> Shape),
            Sense::After => Some(Shape::After),
            Sense::Until | Sense::By => Some(Shape::Until),
            _ => None,
        })?;
        if let Some(item) = self.relative(at) {
            // `sau 3 ngày nữa`
            return Some(one(item));
        }
        let item = self.item(self.past(at + 1, Sense::Part))?;
        let end = self.past(item.end, Sense::UntilAfter);
        let phrase = open(shape(item.value), item, end);
        // `by 2030`, but `By June Wong`.
        let is_weekday = matches!(item.value, Value::Days(..));
        if self.has(at, Sense::By) && (item.confidence > DOUBTFUL || is_weekday) {
            let confidence = item.confidence;
            return Some(Phrase {
                confidence,
                ..phrase
            });
        }
        Some(phrase)
    }

    /// One date, and what may follow it: another end, or `trở đi`, `以前`.
    fn plain(&self, at: usize) -> Option<Phrase> {
        let first = self.item(at).or_else(|| {
            self.day_only(at)
                .filter(|first| self.is_first_day(at, *first))
        })?;
        if self.is_whole && self.is_dots(first.end + 1) && self.sign(first.end, "/").is_some() {
            return Some(open(Shape::From(first.value), first, first.end + 3));
        }
        if self.is_to(first.end) {
            if let Some(phrase) = self.until_now(first) {
                return Some(phrase);
            }
            // `2024 to 10 May`: one of them has to look like a date.
            if let Some(last) = self.second(first.end + self.length_of_to(first.end))
                && let Some(phrase) = closed(first, last, first.confidence.max(last.confidence))
            {
                let end = self.past(phrase.end, Sense::UntilAfter);
                return Some(Phrase {
                    end: self.past(end, Sense::BetweenAfter),
                    ..phrase
                });
            }
        }
        if let Value::Date(Partial {
            part: Part::DayOnly(day),
            ..
        }) = first.value
        {
            // `14 and 15 December`: days that follow one another.
            let last = self
                .second(first.end + 1)
                .filter(|_| self.has(first.end, Sense::And))?;
            let is_next = matches!(last.value, Value::Date(date)
                if matches!(date.part, Part::Day(_, next) if next == day + 1));
            return closed(first, last, last.confidence).filter(|_| is_next);
        }
        if self.has(first.end, Sense::And)
            && let Some(last) = self.second(first.end + 1)
            && self.has(last.end, Sense::BetweenAfter)
            && let Some(phrase) = closed(first, last, SURE)
        {
            return Some(Phrase {
                end: phrase.end + 1,
                ..phrase
            });
        }
        // `2023年底以来`
        let next = match self.script(first.end) {
            Script::Han => self.past(first.end, Sense::Part),
            _ => first.end,
        };
        let shape = self.sense(next, |sense| match sense {
            Sense::Onwards => Some(Shape::From as fn(Value) -> Shape),
            Sense::BeforeAfter => Some(Shape::Before),
            Sense::AfterAfter => Some(Shape::After),
            Sense::UntilAfter => Some(Shape::Until),
            _ => None,
        });
        match shape {
            Some(shape) => Some(open(shape(first.value), first, next + 1)),
            None => Some(one(first)),
        }
    }

    /// A date, or the day of a month that the other end names.
    fn end(&self, at: usize) -> Option<Item> {
        let at = self.past(at, Sense::Part);
        self.item(at).or_else(|| self.day_only(at))
    }

    /// The present year or month after a word for its beginning: `từ đầu năm`, `ตั้งแต่ต้นปี`.
    fn present(&self, at: usize) -> Option<Item> {
        let today = self.reference.filter(|_| self.has(at, Sense::Part))?;
        let period = self.sense(at + 1, |sense| match sense {
            Sense::YearWord(None) => Some(Period::Year),
            Sense::Unit(period) => Some(period),
            _ => None,
        })?;
        let is_named = self.number(at + 2).is_some()
            || self.item(at + 1).is_some()
            || self.has(at + 2, Sense::YearWord(None));
        let value = Value::Days(period.first_day(today), period.last_day(today), period);
        (!is_named && period != Period::Day).then_some(Item {
            value,
            end: at + 2,
            confidence: LIKELY,
        })
    }

    /// The second end of a range.
    fn second(&self, at: usize) -> Option<Item> {
        let joined = Some(at);
        Parser { joined, ..*self }.end(at)
    }

    fn day_only(&self, at: usize) -> Option<Item> {
        let next = self.announcements(at);
        let (day, end) = self.day(next, next > at)?;
        let is_day =
            (self.number(next).is_none() || self.is_clear(next)) && self.ends_clear(end, ".,:/");
        let end = self.past(end, Sense::DayAfter);
        // `March 5 to 7, 2025`
        let (year, end) = match self.year_after(end, ",", false) {
            Some((year, end)) => (Some(year), end),
            None => (None, end),
        };
        let date = Partial::from(Part::DayOnly(day)).of_year(year);
        is_day.then_some(Item::date(date, end, DOUBTFUL))
    }

    /// Whether a number is a day: a word announces it, or a full date follows (`1 to 5 October 2025`).
    fn is_first_day(&self, at: usize, first: Item) -> bool {
        let day = |item: Item| match item.value {
            Value::Date(date) => match date.part {
                Part::DayOnly(day) => Some(day),
                Part::Day(_, day) if date.year.is_some() => Some(day),
                _ => None,
            },
            _ => None,
        };
        let is_of_date = || {
            let last = self
                .second(first.end + 1)
                .filter(|_| self.has(first.end, Sense::To) || self.has(first.end, Sense::And));
            last.is_some_and(|last| day(first) < day(last))
        };
        self.is_whole || self.announcements(at) > at || is_of_date()
    }

    fn is_to(&self, at: usize) -> bool {
        self.has(at, Sense::To)
            || self
                .sign(at, if self.is_whole { "-~—/" } else { "-~—" })
                .is_some()
            || (self.is_whole && self.is_dots(at))
    }

    /// `..`, an open end or what stands between two ends.
    fn is_dots(&self, at: usize) -> bool {
        self.sign(at, ".").is_some() && self.sign(at + 1, ".").is_some() && !self.is_apart(at + 1)
    }

    fn length_of_to(&self, at: usize) -> usize {
        if self.is_dots(at) { 2 } else { 1 }
    }

    fn until_now(&self, first: Item) -> Option<Phrase> {
        let is_now = self.has(first.end + 1, Sense::Now) && self.reference.is_some();
        is_now.then(|| open(Shape::UntilNow(first.value), first, first.end + 2))
    }
}

fn one(item: Item) -> Phrase {
    Phrase {
        shape: Shape::One(item.value),
        end: item.end,
        confidence: item.confidence,
    }
}

/// A word for an open end is a sign of a date, too, but `from 1000` is more often an amount.
fn open(shape: Shape, item: Item, end: usize) -> Phrase {
    let confidence = match item.confidence {
        c if c < DOUBTFUL || !is_usual(item) => c,
        c => c.max(0.8),
    };
    Phrase {
        shape,
        end,
        confidence,
    }
}

/// Whether it is more than a number that seldom is a year.
fn is_usual(item: Item) -> bool {
    match item.value {
        Value::Date(date) if item.confidence <= DOUBTFUL => date
            .year
            .is_none_or(|year| (1900..=2100).contains(&year.value)),
        _ => true,
    }
}

fn closed(first: Item, last: Item, confidence: f32) -> Option<Phrase> {
    let is_day_only = |item: Item| matches!(item.value, Value::Date(date) if matches!(date.part, Part::DayOnly(_)));
    let is_day =
        |item: Item| matches!(item.value, Value::Date(date) if matches!(date.part, Part::Day(..)));
    let is_complete = match (is_day_only(first), is_day_only(last)) {
        (true, _) => is_day(last),
        (_, true) => is_day(first),
        _ => true,
    };
    let confidence = match is_usual(first) && is_usual(last) {
        true => confidence,
        false => first.confidence.max(last.confidence),
    };
    is_complete.then_some(Phrase {
        shape: Shape::Closed(first.value, last.value),
        end: last.end,
        confidence,
    })
}

impl Phrase {
    /// The one date, if the expression is that.
    pub(crate) fn single(self) -> Option<Partial> {
        match self.shape {
            Shape::One(Value::Date(date)) => Some(date),
            _ => None,
        }
    }

    /// The days that are meant, where years that are not named are those around `today`.
    ///
    /// # Errors
    ///
    /// Where the calendar has no such day, or the last is before the first.
    pub(crate) fn days(self, today: civil::Date) -> Result<Days, Error> {
        let (first, last, is_from, is_to) = match self.shape {
            Shape::One(Value::Span(first, last)) => {
                (Value::Date(first), Value::Date(last), true, true)
            }
            Shape::One(value) => (value, value, true, true),
            Shape::Closed(first, last) => (first_of(first), last_of(last), true, true),
            Shape::From(value) | Shape::After(value) => (value, value, true, false),
            Shape::UntilNow(value) => (value, Value::Days(today, today, Period::Day), true, true),
            Shape::Until(value) | Shape::Before(value) => (value, value, false, true),
        };
        let (first, last) = complete(first, last);
        let (a, b) = (ends(first, today)?, ends(last, today)?);
        let (mut start, mut end) = (a.0, b.1);
        match self.shape {
            Shape::Before(_) => end = a.0.yesterday().map_err(|_| Kind::Year(0))?,
            Shape::After(_) => start = b.1.tomorrow().map_err(|_| Kind::Year(i16::MAX))?,
            _ => {}
        }
        if let (Value::Days(.., Period::Day), Value::Days(.., Period::Day)) = (first, last)
            && is_from
            && is_to
            && end < start
        {
            // `Monday to Friday`: each was the last one there was.
            start = Period::Week.step(start, -1).unwrap_or(start);
        }
        if is_from && is_to && end < start {
            // `20 December to 10 January`: the year belongs to one of them.
            match (year_of(first), year_of(last)) {
                (None, _) => start = Period::Year.step(start, -1).unwrap_or(start),
                (_, None) => end = Period::Year.step(end, 1).unwrap_or(end),
                _ => {}
            }
        }
        if is_from && is_to && (end < start || (first != last && end == start)) {
            return Err(Kind::Reversed {
                start: start.to_string(),
                end: end.to_string(),
            }
            .into());
        }
        Ok(Days {
            first: is_from.then_some(start),
            last: is_to.then_some(end),
            period: a.2.min(b.2),
            era: era_of(first).max(era_of(last)),
        })
    }
}

fn first_of(value: Value) -> Value {
    match value {
        Value::Span(first, _) => Value::Date(first),
        value => value,
    }
}

fn last_of(value: Value) -> Value {
    match value {
        Value::Span(_, last) => Value::Date(last),
        value => value,
    }
}

/// What one end says also of the other: `21` and `23 November 2025`. A year is left to be found
/// again where the months turn around (`20 December to 10 January 2026`).
fn complete(first: Value, last: Value) -> (Value, Value) {
    let (Value::Date(mut a), Value::Date(mut b)) = (first, last) else {
        return (first, last);
    };
    match (a.part, b.part) {
        (Part::DayOnly(day), Part::Day(month, _)) => a.part = Part::Day(month, day),
        (Part::Day(month, _), Part::DayOnly(day)) => b.part = Part::Day(month, day),
        _ => {}
    }
    let turns = month_day(a.part) > month_day(b.part);
    let moved = |date: Partial, years: i16| {
        date.year.map(|year| crate::year::Year {
            value: year.value + years,
            ..year
        })
    };
    match (a.year, b.year) {
        (None, Some(_)) => a.year = moved(b, if turns { -1 } else { 0 }),
        (Some(_), None) => b.year = moved(a, i16::from(turns)),
        _ => {}
    }
    (Value::Date(a), Value::Date(b))
}

fn month_day(part: Part) -> (i8, i8) {
    match part {
        Part::Years(_) | Part::DayOnly(_) => (0, 0),
        Part::Months(first, ..) => (first, 0),
        Part::Day(month, day) => (month, day),
    }
}

fn ends(value: Value, today: civil::Date) -> Result<(civil::Date, civil::Date, Period), Error> {
    match value {
        Value::Days(first, last, period) => Ok((first, last, period)),
        Value::Span(first, last) => {
            let (first, last) = (
                ends(Value::Date(first), today)?,
                ends(Value::Date(last), today)?,
            );
            Ok((first.0, last.1, first.2))
        }
        Value::Date(date) => {
            date.check()?;
            let (first, last) = in_year_near(date, today)?;
            Ok((first, last, date.period()))
        }
    }
}

/// In its own year or in that of today; but what would then be more than half a year ahead is of
/// the year before. A 29 February is of the last leap year.
fn in_year_near(date: Partial, today: civil::Date) -> Result<(civil::Date, civil::Date), Error> {
    const HALF_YEAR: i32 = 183;
    let this_year = today.year();
    if date.year.is_some() {
        return date.days(this_year);
    }
    let is_near = |first: civil::Date| {
        Period::Day
            .step(today, HALF_YEAR)
            .is_none_or(|latest| first <= latest)
    };
    (0..=8)
        .filter_map(|back| date.days(this_year - back).ok())
        .find(|(first, _)| is_near(*first))
        .map_or_else(|| date.days(this_year), Ok)
}

fn year_of(value: Value) -> Option<i16> {
    match value {
        Value::Date(date) => date.year.map(|year| year.value),
        Value::Span(..) | Value::Days(..) => Some(0),
    }
}

fn era_of(value: Value) -> Era {
    match value {
        Value::Date(date) | Value::Span(_, date) => date.year.map_or(Era::Common, |year| year.era),
        Value::Days(..) => Era::Common,
    }
}
