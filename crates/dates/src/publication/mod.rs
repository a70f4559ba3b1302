//! When an article was published, from its own words.

mod cues;
mod later;
mod opening;
mod year;

pub(crate) use cues::Cues;

use crate::date::Date;
use crate::lexicon::Sense;
use crate::parser::{LIKELY, Parser, Value};
use crate::partial::{Part, Partial};
use crate::period::Period;
use crate::reader::Reader;
use crate::tokens::{Kind, Tokens};
use opening::{Opening, Place};

/// When an article was published, from its own words: see [`publication_date`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Publication {
    /// The day.
    pub date: Date,
    /// What it was told by.
    pub evidence: Evidence,
    /// How sure it is, from 0 to 1.
    pub confidence: f32,
}

/// What a publication date was told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// A date with its year that opens the text: in a dateline, alone in one of the first lines, or as
    /// the day that it is.
    Dateline,
    /// A date with its year in the first sentence.
    Sentence,
    /// A date without a year that opens the text, in the year that the rest of it tells.
    Resolved,
}

/// The publication date of an article that comes without one, from its own words.
///
/// News opens with its day: `HÀ NỘI — On March 5 …`, `Chiều 3/10, …`, `วันนี้ (15 ต.ค. 66) …`. These days
/// are looked for, in this order, and the first that there is counts:
///
/// 1. The date that opens the first line, within its first 300 bytes. Only a place and an agency, words
///    like `chiều`, `on`, `เมื่อ`, a time of day and a bracket may stand before it: one after a name is the
///    date of something else, and so is one that nothing announces and a sentence follows
///    (`5 December 2021 Free rides for fathers`). After a title of at most 250 characters the next lines
///    count, up to the fourth, where the date is all of the line, follows a place, or is said to be
///    today's.
/// 2. The only date in the first sentence, where it has a year and a word like `on`, `ngày`, `วันที่` before
///    it, and where the sentence has a dateline without a date, somebody who is in the news, or what
///    somebody said: `HÀ NỘI — The minister hosted a reception on March 5, 2025`.
///
/// A year that is not there is told by the rest of the text:
///
/// 1. What the text says of years relative to its own decides, by majority: `this year (2025)`,
///    `ปีที่แล้ว (ปี 2565)`, `năm nay 2025`. Of the next year, the number may follow later in the same
///    sentence: `ในปีหน้า ลาวจะรับหน้าที่ประธานอาเซียนปี 2024` says it is 2023.
/// 2. If the text says nothing of the kind, its other full dates decide: all of them must lie within
///    the half year up to the opening date of one and the same year, which must be the latest that
///    the text names, ranges (`2026 - 2030`) apart, and be named twice unless all of them lie within
///    the last two weeks.
/// 3. Else, where the day of the week is named, it is the latest year that the text names, if the date
///    is of that day then.
///
/// No date is given for a text of something else, as far as that can be told:
///
/// - what is to come: `will`, `sẽ`, `จะ` before anybody says something, and what is later than `until`,
///   the last day that it can be: that on which the text was read, or its file was written;
/// - how somebody or something began (`born`, `thành lập`), and a sentence on a day before 1990;
/// - a text that tells of later days, but for plans, or has notes like `[1]`;
/// - a date that is not of the day of the week that it is said to be.
///
/// # Confidence
///
/// It is about the share of such dates that are the very day of publication. Measured on news, 25,813
/// releases of the Thai government as they are (a), without their first line (b), without their
/// titles (c), and without the year in their first line (d); and on encyclopedias, in which any date is
/// wrong: 7,403 articles of the Vietnamese Wikipedia and 2,872 paragraphs of the Thai one and of XQuAD in
/// English, Vietnamese, Thai and Chinese.
///
/// | evidence | confidence | right in news | wrong in encyclopedias |
/// | --- | --- | --- | --- |
/// | dateline: opens the first line, which ends or goes on after a dash | .98 | 25,813 of 25,813 (a); 5,760 of 5,962 (b, c) | 0 |
/// | said to be today's | .93 | 8,757 of 9,429 (b, c) | 0 |
/// | after a place or an agency | .8 | not measured | 0 |
/// | alone in one of the next lines | .4 | 59 of 151 (b) | 0 |
/// | sentence: begins it | .65 | 1,865 of 2,676 (c) | 7 |
/// | deeper in it | .6 | 123 of 153 (c) | 3 |
/// | year resolved, of such a dateline | .99 | 20,947 of 20,964 (d), none for 4,849 | 0 |
/// | year resolved, otherwise | .8 | 22 of 25 (b, c) | 0 |
///
/// What is wrong in news is off by less than a week for the most part: these releases come out some
/// days after what they tell of.
///
/// ```
/// use mekong_dates::{Date, Evidence, publication_date};
///
/// let article = "เช้าวันที่ 22 พฤศจิกายน ที่บ้านพักของรัฐบาล\nในปีหน้า ลาวจะรับหน้าที่ประธานอาเซียนปี 2024";
/// let published = publication_date(article, None).unwrap();
/// assert_eq!(published.date, Date::day(2023, 11, 22)?);
/// assert_eq!(published.evidence, Evidence::Resolved);
///
/// let notice = "On March 15, 2030, the city will host a fair.";
/// assert_eq!(publication_date(notice, None), None);
/// # Ok::<(), mekong_dates::Error>(())
/// ```
pub fn publication_date(text: &str, until: Option<Date>) -> Option<Publication> {
    let opening = opening::find(text)?;
    let is_dateline = !matches!(opening.place, Place::Begins | Place::Within);
    let has_year = opening.day.year.is_some();
    let rest = if has_year && is_dateline { "" } else { text };
    let tokens = Tokens::new(rest, true);
    let year = match opening.day.year {
        Some(year) => year.value,
        None => year::resolve(&tokens, &opening, until)?,
    };
    let date = in_year(opening.day, year)?;
    let is_wrong = !fits(&opening, date) || !later::is_latest(&tokens, date);
    let (evidence, confidence) = match opening.place {
        _ if !has_year && !fits(&opening, date) => return None,
        Place::Header if !has_year => (Evidence::Resolved, 0.99),
        _ if !has_year => (Evidence::Resolved, 0.8),
        Place::Header => (Evidence::Dateline, 0.98),
        Place::Dateline => (Evidence::Dateline, 0.8),
        Place::Line => (Evidence::Dateline, 0.4),
        Place::Today => (Evidence::Dateline, 0.93),
        _ if is_wrong => return None,
        Place::Begins => (Evidence::Sentence, 0.65),
        Place::Within => (Evidence::Sentence, 0.6),
    };
    let is_possible = until.is_none_or(|until| date.start() < until.end());
    is_possible.then_some(Publication {
        date,
        evidence,
        confidence,
    })
}

/// Whether the date is of the day of the week that is named with it.
fn fits(opening: &Opening, date: Date) -> bool {
    let weekday = date.civil().weekday().to_monday_one_offset();
    opening.weekday.is_none_or(|named| named == weekday)
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
