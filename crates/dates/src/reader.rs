//! Reading date expressions, alone and in running text.

use std::ops::Range;

use crate::clock;
use crate::date::Date;
use crate::error::Error;
use crate::expression::{Days, Phrase};
use crate::lexicon::Sense;
use crate::parser::{DOUBTFUL, EVEN, Parser};
use crate::period::Period;
use crate::range::DateRange;
use crate::tokens::{Kind, Script, Tokens};
use crate::year::Era;
use crate::zone::Zone;

/// Reads date expressions in Vietnamese, Thai, Lao, Khmer, Burmese, English and Chinese.
///
/// Days, weeks, months, quarters, halves, years and decades; ranges of them; open ends (`since`,
/// `trước`, `ตั้งแต่`); and what is told from the present day (`hôm qua`, `last 7 days`), which is the
/// reference that the reader is made with: nothing is ever read from the clock of the machine.
///
/// - A day stands before its month, except in ISO 8601 and where only the other way round is a date
///   (`12/31/2025`). In a text that may be English, `3/4/2025` has both readings; with the language
///   `en-US` the month is the likelier to be first.
/// - A year of 2400 to 2699 without an era is Buddhist, except in ISO 8601 with hyphens where
///   the language is not Thai; 1000 to 2100 are Common Era; others need their era (`ค.ศ. 800`). Two
///   digits are a year of the [`pivot`](Reader::pivot), Buddhist in Thai.
/// - A date without a year is of the year of the reference, or of the year before where it would
///   else lie more than half a year ahead.
/// - `last 7 days` are seven with the reference; weeks begin on Monday; `2 months ago` is the whole
///   month.
/// - Vietnamese typed without accents (`thang 10 nam 2025`) is read where the whole text has none.
/// - What the calendar does not have (`31/4/2025`) is no expression, nor is a part of it, and
///   numbers that are no dates are left alone.
///
/// ```
/// use mekong_dates::{Date, Period, Reader};
///
/// let reader = Reader::new(Date::day(2025, 12, 15)?);
/// let text = "Thai Lan tháng 10/2025";
/// let expression = reader.find(text).next().unwrap();
/// assert_eq!(&text[expression.range.clone()], "tháng 10/2025");
///
/// let october = expression.best();
/// assert_eq!(october.first, Some(Date::day(2025, 10, 1)?));
/// assert_eq!(october.last, Some(Date::day(2025, 10, 31)?));
/// assert_eq!(october.precision, Period::Month);
///
/// let since = reader.read("ตั้งแต่เดือนมีนาคม พ.ศ. 2568")?;
/// assert_eq!(since.best().to_string(), "2025-03-01/..");
/// # Ok::<(), mekong_dates::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    reference: Date,
    zone: Zone,
    language: Language,
    pivot: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Any,
    English,
    American,
    Vietnamese,
    Thai,
    Other,
}

/// A date expression in a text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expression {
    /// Where it stands in the text, in bytes, half-open. Words that belong to the date (`ngày`,
    /// `วันที่`, `Monday,`, `since`) are included.
    pub range: Range<usize>,
    /// What it may mean, the likeliest first; never empty.
    pub readings: Vec<Reading>,
}

impl Expression {
    /// The likeliest reading.
    pub fn best(&self) -> &Reading {
        const NONE: &Reading = &Reading {
            first: None,
            last: None,
            precision: Period::Day,
            era: Era::Common,
            confidence: 0.0,
        };
        self.readings.first().unwrap_or(NONE)
    }
}

/// What an expression may mean. [`Display`](std::fmt::Display) writes the first and the last day as
/// an ISO 8601 interval, `..` where an end is open, or the one day.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// The first day; `None` where there is no beginning.
    pub first: Option<Date>,
    /// The last day, included; `None` where there is no end.
    pub last: Option<Date>,
    /// The finest period that the expression names.
    pub precision: Period,
    /// How its years were counted where it was written.
    pub era: Era,
    /// How likely it is that the expression is a date, and this one; above 0 and at most 1.
    ///
    /// From 0.9: it names its year, or its days by words that mean nothing else (`22 พ.ย. 67`,
    /// `năm 2025`, `yesterday`). From 0.7: it is a date, its year is guessed (`November 16-19`). From
    /// 0.5: one of two readings (`3/4/2025` 0.6 and 0.4), a date without a word that says so
    /// (`10/2025`), or a month without its year. Below: more often something else, a number (`1984`), a
    /// fraction (`9/11`), a weekday, a word (`may 10`). A text that [`Reader::read`] took whole has at
    /// least 0.4.
    pub confidence: f32,
}

impl Reading {
    /// All of its days, where days are days in `zone`.
    pub fn range_in(&self, zone: &Zone) -> DateRange {
        let start = self.first.map(|date| date.start_in(zone));
        DateRange::between(start, self.last.map(|date| date.end_in(zone)))
    }
}

impl std::fmt::Display for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let write = |date: Option<Date>| date.map_or("..".to_owned(), |date| date.to_string());
        if self.first == self.last {
            return f.write_str(&write(self.first));
        }
        write!(f, "{}/{}", write(self.first), write(self.last))
    }
}

impl Reader {
    /// A reader for which `reference` is today: its first day, if it is longer.
    pub fn new(reference: Date) -> Reader {
        Reader {
            reference,
            zone: Zone::UTC,
            language: Language::Any,
            pivot: Reader::PIVOT,
        }
    }

    /// The first of the years that two digits stand for if nothing else is said: `50` is 1950, `49`
    /// is 2049.
    pub const PIVOT: i16 = 1950;

    /// Where a day is a day, for expressions with a time and an offset (`2025-12-15T23:30:00Z` is the
    /// 16th in Bangkok) and for a reference that is a second. UTC if nothing is said.
    #[must_use]
    pub fn zone(self, zone: Zone) -> Reader {
        Reader { zone, ..self }
    }

    /// The language of the texts, as a BCP 47 tag, where it is known: it decides what `3/4/2025` and
    /// `22/11/67` mean. Words of all languages are read all the same.
    #[must_use]
    pub fn language(self, tag: &str) -> Reader {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let language = match tag.split('-').next().unwrap_or_default() {
            "" | "und" | "mul" => Language::Any,
            "en" if tag.ends_with("-us") => Language::American,
            "en" => Language::English,
            "vi" => Language::Vietnamese,
            "th" => Language::Thai,
            _ => Language::Other,
        };
        Reader { language, ..self }
    }

    /// The first of the hundred years, of the Common Era, that a year of two digits is one of:
    /// [`Reader::PIVOT`] if nothing is said. Nothing but 1 to 9900 is taken.
    #[must_use]
    pub fn pivot(self, first_year: i16) -> Reader {
        Reader {
            pivot: first_year.clamp(1, 9900),
            ..self
        }
    }

    /// The expressions in a text, from left to right, none overlapping another. The time it takes
    /// grows linearly with the text.
    ///
    /// ```
    /// use mekong_dates::{Date, Reader};
    ///
    /// let reader = Reader::new(Date::day(2025, 12, 15)?);
    /// let text = "Sau cuộc gặp ngày 19/9/2025, ครั้งที่ 10 วันที่ 22 พฤศจิกายน 2566, 2024";
    /// let found: Vec<_> = reader
    ///     .find(text)
    ///     .filter(|expression| expression.best().confidence >= 0.7)
    ///     .map(|expression| (&text[expression.range.clone()], expression.best().to_string()))
    ///     .collect();
    /// assert_eq!(found, [
    ///     ("ngày 19/9/2025", "2025-09-19".to_owned()),
    ///     ("วันที่ 22 พฤศจิกายน 2566", "2023-11-22".to_owned()),
    /// ]);
    /// # Ok::<(), mekong_dates::Error>(())
    /// ```
    pub fn find<'t>(&self, text: &'t str) -> impl Iterator<Item = Expression> + use<'t> {
        let reader = self.clone();
        let tokens = reader.tokens(text);
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < tokens.len() {
                let start = at;
                match reader.parser(&tokens, false).phrase(start) {
                    // What the calendar lacks is passed over whole.
                    Some(phrase) => {
                        at = phrase.end.max(start + 1);
                        if let Ok((expression, end)) =
                            reader.expression(&tokens, start, phrase, false)
                        {
                            at = end.max(at);
                            return Some(expression);
                        }
                    }
                    None => at += 1,
                }
            }
            None
        })
    }

    /// Reads a text that is one expression and nothing else, but for blanks and signs around it, a
    /// preposition before it (`in 2025`, `early 2025`) and a time of day.
    ///
    /// ```
    /// use mekong_dates::{Date, Reader};
    ///
    /// let reader = Reader::new(Date::day(2025, 12, 15)?);
    /// assert_eq!(reader.read("thứ Hai tuần trước")?.best().to_string(), "2025-12-08");
    /// assert!(reader.read("31/2/2025").unwrap_err().is_impossible());
    /// assert!(reader.read("มาตรา 112").unwrap_err().is_unreadable());
    ///
    /// let both: Vec<_> = reader.read("3/4/2025")?.readings.iter().map(|r| r.to_string()).collect();
    /// assert_eq!(both, ["2025-04-03", "2025-03-04"]);
    /// # Ok::<(), mekong_dates::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the calendar has no such date ([`Error::is_impossible`]), where a range ends before it
    /// starts ([`Error::is_reversed`]), and where the text is anything else
    /// ([`Error::is_unreadable`]).
    pub fn read(&self, text: &str) -> Result<Expression, Error> {
        /// As many as `lúc 9 giờ 30 phút, ` has, and some more.
        const MOST_AROUND: usize = 10;
        let tokens = self.tokens(text);
        let parser = self.parser(&tokens, true);
        let kind = |at: usize| tokens.get(at).map(|token| token.kind);
        let is_clock = |at: usize| parser.has(at, Sense::Clock) || parser.sign(at, ":").is_some();
        let is_of_clock = |at: usize| {
            let is_beside = at.checked_sub(1).is_some_and(is_clock) || is_clock(at + 1);
            let is_second = parser.sign(at.saturating_sub(1), ".").is_some();
            parser.short(at).is_some() && (is_beside || is_second)
        };
        let is_around = |at: usize| {
            let senses = [Sense::In, Sense::Opening, Sense::Part, Sense::DayPart];
            let is_word = senses.into_iter().any(|sense| parser.has(at, sense));
            let is_sign = matches!(kind(at), Some(Kind::Sign(_) | Kind::Break));
            is_word || is_sign || is_clock(at) || is_of_clock(at)
        };
        let before = (0..MOST_AROUND).take_while(|at| is_around(*at)).count();
        let mut wrong = None;
        for start in 0..=before {
            let Some(phrase) = parser.phrase(start) else {
                continue;
            };
            let read = self.expression(&tokens, start, phrase, true);
            let end = read.as_ref().map_or(phrase.end, |(_, end)| *end);
            if tokens.len() > end + MOST_AROUND || !(end..tokens.len()).all(is_around) {
                continue;
            }
            match read {
                Ok((expression, _)) => return Ok(expression),
                Err(error) => wrong = wrong.or(Some(error)),
            }
        }
        Err(wrong.unwrap_or_else(|| Error::unreadable(text)))
    }

    fn tokens<'t>(&self, text: &'t str) -> Tokens<'t> {
        Tokens::new(
            text,
            matches!(self.language, Language::Any | Language::Vietnamese),
        )
    }

    fn parser<'t>(&self, tokens: &'t Tokens<'t>, is_whole: bool) -> Parser<'t> {
        Parser {
            tokens,
            reference: Some(self.zone_day()),
            is_thai: self.language == Language::Thai,
            pivot: self.pivot,
            is_month_first: false,
            is_whole,
            joined: None,
        }
    }

    fn zone_day(&self) -> jiff::civil::Date {
        match self.reference.precision() {
            crate::Precision::Second => self.zone.day(self.reference.start()),
            _ => self.reference.civil(),
        }
    }

    /// The readings of a phrase, and the index after the time of day that may follow it.
    fn expression(
        &self,
        tokens: &Tokens,
        start: usize,
        phrase: Phrase,
        is_whole: bool,
    ) -> Result<(Expression, usize), Error> {
        let today = self.zone_day();
        let days = phrase.days(today)?;
        let (days, end) = self.at_time(tokens, days, phrase)?;
        // Only figures have two orders.
        let has_figures = (start..phrase.end).any(|at| {
            matches!(
                tokens.get(at).map(|t| t.kind),
                Some(Kind::Sign('/' | '-' | '.'))
            )
        });
        let is_english = has_figures && self.is_perhaps_english(tokens, start);
        let other = is_english.then(|| {
            let parser = Parser {
                is_month_first: true,
                ..self.parser(tokens, is_whole)
            };
            parser.phrase(start).filter(|other| other.end == phrase.end)
        });
        let other = other.flatten().and_then(|other| other.days(today).ok());
        let confidence = phrase.confidence.max(if is_whole { EVEN } else { 0.0 });
        let reading = |days: Days, confidence| Reading {
            first: days.first.map(Date::of_civil),
            last: days.last.map(Date::of_civil),
            precision: days.period,
            era: days.era,
            confidence,
        };
        let readings = match other.filter(|other| *other != days && end == phrase.end) {
            None => vec![reading(days, confidence)],
            Some(other) => {
                let (likelier, other) = match self.language {
                    Language::American => (other, days),
                    _ => (days, other),
                };
                let share = |most: f32| confidence.min(most);
                vec![
                    reading(likelier, share(0.6)),
                    reading(other, share(0.4).min(confidence * 0.9)),
                ]
            }
        };
        let first = tokens.get(start).map_or(0, |token| token.range.start);
        let last = end.checked_sub(1).and_then(|last| tokens.get(last));
        let range = first..last.map_or(first, |token| token.range.end);
        Ok((Expression { range, readings }, end))
    }

    /// Whether `3/4` may have its month first.
    fn is_perhaps_english(&self, tokens: &Tokens, start: usize) -> bool {
        match self.language {
            Language::English | Language::American => true,
            Language::Any => {
                let is_announced = tokens.get(start).is_some_and(|token| match token.kind {
                    Kind::Word(senses) => senses
                        .iter()
                        .any(|s| matches!(s, Sense::DayWord | Sense::DayPart)),
                    Kind::Number(number) => number.script != Script::Latin,
                    _ => false,
                });
                tokens.is_ascii && !is_announced
            }
            Language::Vietnamese | Language::Thai | Language::Other => false,
        }
    }

    /// The day in the reader's zone, where a time of day and an offset follow one day.
    fn at_time(&self, tokens: &Tokens, days: Days, phrase: Phrase) -> Result<(Days, usize), Error> {
        let is_day = phrase.single().is_some() && days.period == Period::Day;
        let Some(day) = days.first.filter(|_| is_day) else {
            return Ok((days, phrase.end));
        };
        let last = phrase.end.checked_sub(1).and_then(|last| tokens.get(last));
        let from = last.map_or(0, |token| token.range.end);
        let rest = tokens.text.get(from..).unwrap_or_default();
        let Some(time) = clock::time(rest) else {
            return Ok((days, phrase.end));
        };
        let to = from + time.length;
        let mut end = phrase.end;
        while tokens.get(end).is_some_and(|token| token.range.start < to) {
            end += 1;
        }
        let seconds = time.seconds?;
        let Some(offset) = time.offset else {
            return Ok((days, end));
        };
        let day = Date::of_civil(day).start() + seconds - offset?;
        let day = Date::day_at(day, &self.zone)?.civil();
        let days = Days {
            first: Some(day),
            last: Some(day),
            ..days
        };
        Ok((days, end))
    }
}

/// The least confidence of a date whose words leave no doubt that it is one.
pub(crate) const PLAIN: f32 = DOUBTFUL + EVEN / 2.0;
