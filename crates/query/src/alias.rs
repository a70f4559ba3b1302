//! Other names of what a query names: `Thailand` also finds `Thái Lan` and `ไทย`.

use std::collections::BTreeMap;

use mekong_core::alias::Key;
use mekong_core::{Aliases, TokenKind};

use crate::Error;
use crate::explain::EvidenceKind;
use crate::phrase::{all_occur, either, one_reading};
use crate::plan::{Clause, Planner, QueryToken, tokens};

/// A query names so many things at most.
const MAX_NAMES: usize = 16;
/// Names are looked for in so many units of a query.
const MAX_QUERY_UNITS: usize = 256;
/// A name of more of the smallest units is not looked for.
const MAX_UNITS: usize = Aliases::MAX_WORDS;

/// Another name of what a query names.
pub(crate) struct Name<'a> {
    text: &'a str,
    /// The tokens that a document with the name has, one after another.
    pub(crate) tokens: Vec<QueryToken>,
}

/// Adds a clause for each name in a query that has others. It matches where any of these stands,
/// and is worth as much as the best of them.
pub(crate) fn add_names(
    tokens_of_query: &[QueryToken],
    planner: &Planner<'_>,
    clauses: &mut Vec<Clause>,
) -> Result<(), Error> {
    let mut occurs = BTreeMap::new();
    for names in other_names(tokens_of_query, planner) {
        let mut any = Vec::new();
        let mut texts = Vec::new();
        for Name { text, tokens } in &names {
            planner.deadline.check()?;
            if all_occur(tokens, planner.searcher, &mut occurs)? {
                any.push(one_reading(tokens, planner)?);
                texts.push(*text);
            }
        }
        if !any.is_empty() {
            clauses.push(Clause {
                kind: EvidenceKind::Alias,
                text: texts.join(" = "),
                boost: planner.weights.alias,
                weight: either(any),
                any_of: Vec::new(),
            });
        }
    }
    Ok(())
}

/// For each name in a query the other names of what it names.
pub(crate) fn other_names<'a>(
    tokens_of_query: &[QueryToken],
    planner: &Planner<'a>,
) -> Vec<Vec<Name<'a>>> {
    let mut named: Vec<&str> = Vec::new();
    let groups = groups(tokens_of_query, planner.aliases).into_iter();
    groups
        .map(|group| {
            let mut names = Vec::new();
            for name in group.names {
                if Key::of(name) != group.key && !named.contains(&&**name) {
                    named.push(name);
                    let tokens = asked(tokens(planner.index, name));
                    if !tokens.is_empty() {
                        names.push(Name { text: name, tokens });
                    }
                }
            }
            names
        })
        .collect()
}

/// The tokens of a name that a document with it has, one after another: its smallest units, or the
/// one token that says as much. One word is asked as it is written: `Mỹ` is not English `my`.
fn asked(tokens: Vec<QueryToken>) -> Vec<QueryToken> {
    let units = tokens.iter().filter(|token| token.is_unit).count();
    let whole = tokens.iter().position(|token| match token.kind {
        TokenKind::Exact => units == 1,
        TokenKind::Pair | TokenKind::Bigram => units == 2,
        _ => false,
    });
    match whole {
        Some(whole) => tokens.into_iter().skip(whole).take(1).collect(),
        None => tokens.into_iter().filter(|token| token.is_unit).collect(),
    }
}

/// A name in a query, and all names of what it names.
struct Group<'a> {
    key: Key,
    names: &'a [Box<str>],
}

/// The names in a query, the longest first where one lies within another.
fn groups<'a>(tokens: &[QueryToken], aliases: &'a Aliases) -> Vec<Group<'a>> {
    // The parts of a key, unit by unit: what is written with blanks has two tokens.
    let units = tokens.chunk_by(|_, next| !next.is_unit);
    let units: Vec<&[QueryToken]> = units.take(MAX_QUERY_UNITS).collect();
    let mut groups = Vec::new();
    let mut at = 0;
    while at < units.len() && groups.len() < MAX_NAMES {
        let mut key = Key::default();
        let mut longest = None;
        for (i, unit) in units[at..].iter().take(MAX_UNITS).enumerate() {
            for token in *unit {
                key.push(token.kind, &token.text);
            }
            let found: Vec<_> = aliases.find(&key).collect();
            if !found.is_empty() {
                longest = Some((i + 1, key.clone(), found));
            }
        }
        match longest {
            Some((length, key, found)) => {
                let found = found.into_iter().take(MAX_NAMES - groups.len());
                groups.extend(found.map(|names| Group {
                    key: key.clone(),
                    names,
                }));
                at += length;
            }
            None => at += 1,
        }
    }
    groups
}
