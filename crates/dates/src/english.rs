//! English dates: `15 December 2025`, `Dec. 15`, `November 16-19`, `since March`, `last 7 days`.
//!
//! Names of months and weekdays as in CLDR, abbreviations with and without their dot.

use crate::lexicon::{Row, Sense::*};
use crate::period::Period;
use crate::publication::Cues;
use crate::year::Era;

#[rustfmt::skip]
pub(crate) const WORDS: &[Row] = &[
    (Month(1),  &["january", "jan", "jan."]),
    (Month(2),  &["february", "feb", "feb."]),
    (Month(3),  &["march", "mar", "mar."]),
    (Month(4),  &["april", "apr", "apr."]),
    (Month(5),  &["may"]),
    (Month(6),  &["june", "jun", "jun."]),
    (Month(7),  &["july", "jul", "jul."]),
    (Month(8),  &["august", "aug", "aug."]),
    (Month(9),  &["september", "sep", "sep.", "sept", "sept."]),
    (Month(10), &["october", "oct", "oct."]),
    (Month(11), &["november", "nov", "nov."]),
    (Month(12), &["december", "dec", "dec."]),

    (Weekday(1), &["monday", "mon", "mon."]),
    (Weekday(2), &["tuesday", "tue", "tue.", "tues", "tues."]),
    (Weekday(3), &["wednesday", "wed", "wed."]),
    (Weekday(4), &["thursday", "thu", "thu.", "thur", "thurs", "thurs."]),
    (Weekday(5), &["friday", "fri", "fri."]),
    (Weekday(6), &["saturday", "sat", "sat."]),
    (Weekday(7), &["sunday", "sun", "sun."]),

    (Weekend, &["weekend"]),
    (Ordinal, &["st", "nd", "rd", "th"]),
    (Of, &["of", "of the", "'"]),
    (MonthWord, &["month of", "the month of"]),
    (YearWord(None), &["year", "the year"]),
    (YearWord(Some(Era::Common)), &["ad", "a.d.", "ce"]),
    (YearWord(Some(Era::Buddhist)), &["be", "b.e.", "b.e"]),
    (YearAfter(Some(Era::Common)), &["ad", "a.d.", "ce", "c.e."]),
    (YearAfter(Some(Era::Buddhist)), &["be", "b.e.", "b.e"]),
    (Decade, &["s", "'s"]),
    (Quarter, &["q", "quarter"]),
    (Half(1), &["h1", "first half", "the first half", "1st half"]),
    (Half(2), &["h2", "second half", "the second half", "2nd half"]),
    (HalfLetter, &["h"]),
    (First, &["first", "the first"]),
    (Final, &["last", "the last", "final", "the final"]),

    (Number(1), &["one", "a", "an", "first", "the first"]), (Number(2), &["two", "second", "the second"]),
    (Number(3), &["three", "third", "the third"]), (Number(4), &["four", "fourth", "the fourth"]),
    (Number(5), &["five"]), (Number(6), &["six"]), (Number(7), &["seven"]), (Number(8), &["eight"]),
    (Number(9), &["nine"]), (Number(10), &["ten"]), (Number(11), &["eleven"]), (Number(12), &["twelve"]),

    (DayPart, &["morning", "afternoon", "evening", "night", "noon"]),
    (Relative(Period::Day, -2), &["the day before yesterday", "day before yesterday"]),
    (Relative(Period::Day, -1), &["yesterday", "last night"]),
    (Relative(Period::Day, 0),  &["today", "tonight", "this morning", "this afternoon", "this evening"]),
    (Relative(Period::Day, 1),  &["tomorrow"]),
    (Relative(Period::Day, 2),  &["the day after tomorrow", "day after tomorrow"]),
    // Also as words that stand together with a year beside them: `next year (2026)`.
    (Relative(Period::Year, -1), &["last year"]),
    (Relative(Period::Year, 0),  &["this year"]),
    (Relative(Period::Year, 1),  &["next year"]),

    (Unit(Period::Day),     &["day", "days"]),
    (Unit(Period::Week),    &["week", "weeks"]),
    (Unit(Period::Month),   &["month", "months"]),
    (Unit(Period::Quarter), &["quarter", "quarters"]),
    (Unit(Period::Year),    &["year", "years"]),
    (Last, &["last", "the last", "previous", "the previous"]),
    (PastOf, &[
        "past", "the past", "in the past", "over the past", "within the past", "in the last", "over the last",
        "within the last",
    ]),
    (This, &["this", "the current", "current"]),
    (Next, &["next", "the next", "coming", "the coming", "upcoming"]),
    (Ago, &["ago", "earlier"]),
    (Ahead, &["from now", "later", "from today"]),
    (AheadOf, &["in"]),

    (Since, &["since", "since the"]),
    (From, &["from", "from the", "as from", "effective from", "starting from", "starting in", "starting on", "on or after"]),
    (To, &["to", "until", "till", "through", "up to"]),
    (Until, &[
        "until", "till", "through", "up to", "up until", "no later than", "not later than",
        "on or before", "as of", "as at", "by the end of",
    ]),
    (By, &["by"]),
    (Before, &["before", "before the", "prior to", "earlier than"]),
    (After, &["after", "after the", "later than"]),
    (Tail, &["on"]),
    (Onwards, &["onwards", "onward", "and later", "and after"]),
    (UntilAfter, &["and before", "and earlier"]),
    (Between, &["between"]),
    (And, &["and"]),
    (Now, &["now", "present", "the present", "date"]),
    (In, &["in", "during", "throughout", "of"]),
    (WeekLetter, &["w"]),
    (Part, &[
        "early", "mid", "mid-", "late", "early in", "late in", "beginning of", "the beginning of", "start of",
        "the start of", "middle of", "the middle of", "end of", "the end of",
    ]),
    (Clock, &["at", "am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'clock", "noon", "midnight"]),
    (Series, &["no", "no.", "number", "article", "section", "chapter", "page", "route", "version"]),
    (Opening, &[
        "on", "today", "yesterday", "this", "the", "morning", "afternoon", "evening", "night",
        "published", "updated", "posted", "date",
    ]),
];

#[rustfmt::skip]
pub(crate) const CUES: Cues = Cues {
    ahead: &[
        "will", "is to", "are to", "to be held", "to take place", "shall", "upcoming", "is scheduled", "are scheduled",
        "is expected", "are expected", "is set to", "are set to", "is due", "are due", "is slated", "going to",
    ],
    said: &[
        "said", "says", "that", "announced", "announces", "decided", "agreed", "approved", "told", "stated",
        "called on", "urged", "affirmed", "pledged", "vowed",
    ],
    life: &[
        "born", "founded", "established", "is a", "is an", "was a", "was an", "were a", "premiered", "debuted",
        "was the", "is the", "aired", "was first", "took place", "occurred", "was fought", "died"],
    news: &["minister", "president", "prime minister", "government", "ambassador", "police", "spokesperson", "spokesman", "spokeswoman", "delegation", "ministry", "chairman", "general secretary", "governor"],
};
