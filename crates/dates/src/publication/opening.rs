//! The date that an article opens with, and the one in its first sentence.

use super::cues::Clause;
use super::{Mention, mentions, senses, start};
use crate::lexicon::Sense;
use crate::partial::Partial;
use crate::period::Period;
use crate::tokens::{Kind, Tokens};

/// A day in the beginning of a text that may be the one of its publication.
pub(super) struct Opening {
    pub(super) day: Partial,
    /// The day of the week that it is said to be, Monday being 1.
    pub(super) weekday: Option<i8>,
    pub(super) place: Place,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Opens the text, and what follows it is another line or parted by a dash.
    Header,
    /// After a place or an agency.
    Dateline,
    /// All of a line that comes after a title.
    Line,
    /// Said to be the present day: `วันนี้ (15 ต.ค. 66)`.
    Today,
    /// Begins the first sentence.
    Begins,
    /// Deeper in the first sentence.
    Within,
}

/// Before the date that it opens with.
struct Lead {
    /// There is a place or an agency.
    has_place: bool,
    /// The date is said to be the present day.
    is_today: bool,
}

/// In so many first lines a dateline is looked for: after a title, a byline.
const LINES: usize = 4;

/// The day that opens the text, else the one of its first sentence.
pub(super) fn find(text: &str) -> Option<Opening> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    for (number, line) in lines.take(LINES).enumerate() {
        let tokens = Tokens::new(beginning(line.trim_start()), true);
        let days: Vec<_> = mentions(&tokens)
            .take_while(|mention| start(&tokens, mention.start) <= LONGEST_OPENING)
            .collect();
        let opening = days.iter().find_map(|day| {
            let place = place(&tokens, day, number == 0)?;
            Some(opening_at(&tokens, day, place))
        });
        let opening = opening.or_else(|| {
            let day = days.first().filter(|_| number == 0 && days.len() == 1)?;
            is_within(&tokens, day).then(|| opening_at(&tokens, day, Place::Within))
        });
        if opening.is_some() {
            return opening;
        }
        if line.chars().count() > LONGEST_TITLE {
            return None;
        }
    }
    None
}

fn opening_at(tokens: &Tokens, day: &Mention, place: Place) -> Opening {
    let weekday = (0..day.end).find_map(|at| {
        senses(tokens, at).iter().find_map(|sense| match sense {
            Sense::Weekday(day) => Some(*day),
            _ => None,
        })
    });
    Opening {
        day: day.day,
        weekday,
        place,
    }
}

/// Where a day stands that opens its line.
fn place(tokens: &Tokens, day: &Mention, is_first_line: bool) -> Option<Place> {
    let lead = lead(tokens, day)?;
    let after = after(tokens, day);
    let end = end_of_dateline(after);
    let is_to_come = || Clause::new(sentence(after)).is_ahead();
    match end {
        Some(_) if is_first_line => Some(Place::Header),
        // What follows one of many dates in a list is no article.
        Some(_) if lead.has_place => Some(Place::Dateline),
        Some("") => Some(Place::Line),
        _ if lead.is_today => Some(Place::Today),
        _ if is_to_come() => None,
        _ if lead.has_place => Some(Place::Dateline),
        _ if is_first_line && is_of_news(day) => Some(Place::Begins),
        _ => None,
    }
}

/// What follows a date in its line.
fn after<'t>(tokens: &Tokens<'t>, date: &Mention) -> &'t str {
    let end = date.end.checked_sub(1).and_then(|last| tokens.get(last));
    end.and_then(|last| tokens.text.get(last.range.end..))
        .unwrap_or_default()
}

/// What follows a dateline that ends here, after a time of day and an agency: nothing, or a dash and a
/// text.
fn end_of_dateline(after: &str) -> Option<&str> {
    let is_time = |c: char| c.is_ascii_digit() || " \u{A0},.:+".contains(c);
    let words = ["น.", "GMT", "AM", "PM", "am", "pm"];
    let rest = after.trim_start_matches(is_time);
    let rest = words.iter().find_map(|word| rest.strip_prefix(word));
    let rest = rest.unwrap_or(after).trim_start_matches(is_time);
    let bracketed = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let rest = bracketed
        .filter(|(agency, _)| is_place(agency))
        .map_or(rest, |(_, rest)| rest.trim_start());
    if rest.is_empty() {
        return Some(rest);
    }
    let text = rest.strip_prefix(['-', '—', '–', '|', ':'])?.trim_start();
    // Not a range.
    (!text.starts_with(|c: char| c.is_numeric())).then_some(text)
}

/// The rest of the sentence, as far as can be told, and as long as one is.
fn sentence(text: &str) -> &str {
    /// A sentence of Thai has no end that can be seen.
    const LONGEST: usize = 160;
    let longest = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    let text = text.get(..longest).unwrap_or_default();
    let is_end = |(at, c): &(usize, char)| match c {
        '。' | '！' | '？' | '။' | '។' | '!' | '?' => true,
        '.' => {
            let rest = text.get(at + 1..).unwrap_or_default();
            let word = text.get(..*at).unwrap_or_default();
            let word = word.rsplit(char::is_whitespace).next().unwrap_or_default();
            // Not `Gen. Saichay`, nor `9 a.m. Monday`.
            let letters = word.chars().count();
            let is_short = letters
                <= if word.starts_with(char::is_uppercase) {
                    5
                } else {
                    1
                };
            !is_short
                && !word.contains('.')
                && rest.starts_with(char::is_whitespace)
                && rest.trim_start().starts_with(char::is_uppercase)
        }
        _ => false,
    };
    let end = text
        .char_indices()
        .find(is_end)
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// Whether a day with its year, the only one in its line, says deep in the first sentence when
/// that happened which the article is about.
fn is_within(tokens: &Tokens, day: &Mention) -> bool {
    let line = tokens.text;
    let before = line.get(..start(tokens, day.start)).unwrap_or_default();
    let after = sentence(after(tokens, day));
    let is_first_sentence = sentence(before).len() == before.len();
    let is_in_brackets = ["()", "（）", "[]", "“”"].iter().any(|signs| {
        let mut signs = signs.chars();
        let (open, close) = (signs.next(), signs.next());
        let count = |sign: Option<char>| before.chars().filter(|c| Some(*c) == sign).count();
        count(open) > count(close)
    });
    let is_edge = |at: Option<usize>| {
        at.is_some_and(|at| senses(tokens, at).iter().any(|sense| is_edge(*sense)))
    };
    let has_place = after_dateline(before, tokens, day).len() < before.len();
    let next = tokens.get(day.end).map(|token| token.kind);
    let is_range = matches!(next, Some(Kind::Sign('-' | '~')));
    let (before, after) = (Clause::new(before), Clause::new(after));
    let is_news = has_place || before.is_news() || after.is_news() || after.is_said();
    day.day.year.is_some()
        && is_of_news(day)
        && is_news
        && is_first_sentence
        && is_announced(tokens, day)
        && !is_in_brackets
        && !is_edge(day.start.checked_sub(1))
        && !is_edge(Some(day.end))
        && !is_range
        && !before.is_ahead()
        && !before.is_said()
        && !before.is_life()
        && !after.is_ahead()
        && !after.is_life()
}

/// Whether a sentence on that day may be news. What is told of an earlier one nearly always is history:
/// there are few texts of so long ago.
fn is_of_news(day: &Mention) -> bool {
    day.day.year.is_none_or(|year| year.value >= FIRST_NEWS)
}

/// News has been kept as text since about this year.
pub(super) const FIRST_NEWS: i16 = 1990;

/// Whether a word says that something is of that day: `on March 5`, `ngày 5/3`, `เมื่อวันที่ 5`.
fn is_announced(tokens: &Tokens, day: &Mention) -> bool {
    let has = |at: Option<usize>, is: fn(Sense) -> bool| {
        at.is_some_and(|at| senses(tokens, at).iter().any(|sense| is(*sense)))
    };
    let before = day.start.checked_sub(1);
    let is_led = has(before, |sense| matches!(sense, Sense::Opening | Sense::In));
    let has_word = has(Some(day.start), |sense| {
        matches!(sense, Sense::DayWord | Sense::Weekday(_)) || is_opening(sense)
    });
    let is_apart = tokens.get(day.start).is_some_and(|first| first.is_apart);
    let is_chinese_or_burmese = has(day.end.checked_sub(1), |sense| sense == Sense::DayAfter);
    is_led || (has_word && is_apart) || is_chinese_or_burmese
}

/// Whether what stands beside it is the end of a time, or a number of something.
fn is_edge(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Since
            | Sense::From
            | Sense::To
            | Sense::Until
            | Sense::By
            | Sense::Before
            | Sense::After
            | Sense::Onwards
            | Sense::UntilAfter
            | Sense::BeforeAfter
            | Sense::AfterAfter
            | Sense::Between
            | Sense::BetweenAfter
            | Sense::And
            | Sense::Series
            | Sense::Part
    )
}
/// As much of a line as matters for an opening date in it.
fn beginning(line: &str) -> &str {
    const LONGEST: usize = 2 * LONGEST_OPENING;
    let cut = (0..=LONGEST).rev().find(|at| line.is_char_boundary(*at));
    cut.and_then(|cut| line.get(..cut)).unwrap_or(line)
}

/// How many bytes may come before the date.
const LONGEST_OPENING: usize = 300;
/// A longer line is no title, in characters.
const LONGEST_TITLE: usize = 250;

/// What comes before a date that opens its line: a dateline, opening words and a time of day, no more.
/// Where nothing does, the date must begin with a word for a date (`ngày`, `วันที่`) or stand by itself:
/// `5 ธันวาคม 2564 พาพ่อ…` announces what is to come.
fn lead(tokens: &Tokens, date: &Mention) -> Option<Lead> {
    let line = tokens.text;
    let before = line.get(..start(tokens, date.start)).unwrap_or_default();
    let opening = before.len() - after_dateline(before, tokens, date).len();
    let has_place = opening > 0;
    let mut is_announced = has_place;
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
            _ => return None,
        }
    }
    let first = tokens.get(date.start).map(|token| token.kind);
    let begins_with_word = match first {
        Some(Kind::Word(senses)) => !senses.iter().any(|sense| matches!(sense, Sense::Month(_))),
        _ => false,
    };
    let last = date.end.checked_sub(1);
    let ends_with_word = last.is_some_and(|at| senses(tokens, at).contains(&Sense::DayAfter));
    let follows = after(tokens, date).trim_start().chars().next();
    let is_first = is_announced
        || begins_with_word
        || ends_with_word
        || follows.is_none_or(|c| !c.is_alphabetic());
    let is_today = (0..date.end).any(|at| {
        let token = tokens.get(at).filter(|token| token.range.start >= opening);
        token.is_some() && senses(tokens, at).contains(&Sense::Relative(Period::Day, 0))
    });
    is_first.then_some(Lead {
        has_place,
        is_today,
    })
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
            let is_big = !place.contains(char::is_lowercase)
                && (place.contains(char::is_uppercase) || is_one_word(place));
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

/// Whether it may be a name of a script that has no capitals.
fn is_one_word(text: &str) -> bool {
    const LONGEST: usize = 20;
    text.chars().count() <= LONGEST && !text.contains(char::is_whitespace)
}

/// Whether a word like `ngày` or `Chiều` is here, with its accents.
fn starts_in_vietnamese(tokens: &Tokens, at: usize) -> bool {
    let token = tokens.get(at).filter(|token| tokens.is_latin(token));
    let word = token.and_then(|token| tokens.text.get(token.range.clone()));
    word.is_some_and(|word| !word.is_ascii()) && senses(tokens, at).iter().any(|s| is_opening(*s))
}
