//! What of a text speaks against a date being the one of its publication.

use super::cues::Clause;
use super::{in_year, mentions, senses, start};
use crate::date::Date;
use crate::lexicon::Sense;
use crate::tokens::Tokens;

/// Whether nothing in the text happened after a date: news of a day knows nothing later, but for
/// what is to come, while what tells of the past goes on.
pub(super) fn is_latest(tokens: &Tokens, date: Date) -> bool {
    if has_references(tokens.text) {
        return false;
    }
    mentions(tokens).all(|mention| {
        let Some(named) = mention.day.year.and_then(|_| in_year(mention.day, 0)) else {
            return true;
        };
        named <= date
            || (named.first_day().0 <= date.first_day().0 + 1 && is_to_come(tokens, mention.start))
    })
}

/// Whether something is to come, or ends, on the day that is named here.
fn is_to_come(tokens: &Tokens, at: usize) -> bool {
    /// So many characters before the day say so.
    const REACH: usize = 100;
    let is_end = (at.saturating_sub(3)..at).any(|at| {
        senses(tokens, at).iter().any(|sense| {
            matches!(
                sense,
                Sense::Until | Sense::To | Sense::By | Sense::Before | Sense::From | Sense::Since
            )
        })
    });
    let before = tokens.text.get(..start(tokens, at)).unwrap_or_default();
    let reach = before
        .char_indices()
        .rev()
        .nth(REACH)
        .map_or(0, |(at, _)| at);
    is_end || Clause::new(before.get(reach..).unwrap_or_default()).is_to_come()
}

/// Whether the text has notes as an encyclopedia has: `[1]`.
fn has_references(text: &str) -> bool {
    text.split('[').skip(1).take(50).any(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits) && rest.as_bytes().get(digits) == Some(&b']')
    })
}
