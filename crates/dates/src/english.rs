//! English dates: `15 December 2025`, `Dec. 15`, `November 16-19`, `in 2025`.
//!
//! Names of months and weekdays as in CLDR, abbreviations with and without their dot.

#[rustfmt::skip]
pub(crate) const MONTHS: &[(&str, i8)] = &[
    ("january", 1),    ("jan", 1),  ("jan.", 1),
    ("february", 2),   ("feb", 2),  ("feb.", 2),
    ("march", 3),      ("mar", 3),  ("mar.", 3),
    ("april", 4),      ("apr", 4),  ("apr.", 4),
    ("may", 5),
    ("june", 6),       ("jun", 6),  ("jun.", 6),
    ("july", 7),       ("jul", 7),  ("jul.", 7),
    ("august", 8),     ("aug", 8),  ("aug.", 8),
    ("september", 9),  ("sep", 9),  ("sep.", 9),  ("sept", 9),  ("sept.", 9),
    ("october", 10),   ("oct", 10), ("oct.", 10),
    ("november", 11),  ("nov", 11), ("nov.", 11),
    ("december", 12),  ("dec", 12), ("dec.", 12),
];

/// A date follows.
#[rustfmt::skip]
pub(crate) const DATE_WORDS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
];

pub(crate) const ORDINALS: &[&str] = &["st", "nd", "rd", "th"];

/// May stand between a day and its month.
pub(crate) const OF: &[&str] = &["of"];

/// Part of the expression.
pub(crate) const YEAR_WORDS: &[&str] = &["year"];

/// A year follows, but the word is no part of the expression.
#[rustfmt::skip]
pub(crate) const BEFORE_YEARS: &[&str] = &[
    "in", "since", "until", "before", "after", "during", "by", "early", "mid", "late",
];

/// Words an article may begin with before its date.
#[rustfmt::skip]
pub(crate) const OPENING_WORDS: &[&str] = &[
    "on", "today", "yesterday", "this", "the", "morning", "afternoon", "evening", "night",
    "published", "updated", "posted", "date",
];

/// Words for a year relative to the present one, in years from it.
pub(crate) const RELATIVE_YEARS: &[(&str, i16)] =
    &[("next year", 1), ("this year", 0), ("last year", -1)];
