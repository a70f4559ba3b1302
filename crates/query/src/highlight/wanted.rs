//! What is looked for in texts: the same terms that the plan of a query asks the index for.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use mekong_core::engine::{self, Fields};
use mekong_core::{Strength, TokenKind};
use tantivy::schema::{Field, Term};

use crate::constraint;
use crate::explain::EvidenceKind;
use crate::parse::Group;
use crate::plan::{self, Planner, QueryToken};
use crate::rarity::idf;
use crate::typo;
use crate::{Error, alias, phrase, question};

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(super) fields: Fields,
    /// Tokens, by the field that holds them.
    pub(super) terms: HashMap<(Field, String), Want>,
    /// Neighbouring letters, which are shown for sub-words that are not found.
    pub(super) grams: HashMap<String, Gram>,
    /// Units one after another: phrases, and names of several units.
    pub(super) sequences: Vec<Sequence>,
    /// A number for each unit of these.
    pub(super) ids: HashMap<(Field, String), u32>,
    /// The words of the query with the accents that they were typed with.
    pub(super) typed: HashSet<String>,
}

/// One thing that is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Want {
    /// Which part of the query it is: what has one number says the same.
    pub(super) number: usize,
    /// How rare it is.
    pub(super) idf: f32,
    /// Whether it is shown only where the text has nothing else: a Chinese character that was
    /// asked for within a word.
    pub(super) is_last_resort: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Gram {
    pub(super) number: usize,
    pub(super) idf: f32,
    /// The numbers of the sub-words of the query that it is from.
    pub(super) subwords: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct Sequence {
    pub(super) number: usize,
    /// How rare its units are on average.
    pub(super) idf: f32,
    /// The units, in each of the ways in which a text may be divided.
    pub(super) readings: Vec<Vec<u32>>,
    /// Its stretches of one field, where it is of several. The engine finds each of these by
    /// itself, so they are shown where a text does not have the whole.
    pub(super) stretches: Vec<Vec<u32>>,
}

/// Collects what is looked for. Words, phrases and terms may be added in any number.
///
/// ```text
/// let mut wanted = WantedBuilder::new(&planner);
/// wanted.words("the words that are in no phrase", "all words that rank")?;
/// wanted.phrase("words one after another")?;
/// wanted.term(fields.folded, "prefixed")?;
/// let highlighter = Highlighter::new(index.analyzer(), wanted);
/// ```
pub(crate) struct WantedBuilder<'a> {
    planner: &'a Planner<'a>,
    pub(super) wanted: Wanted,
    /// How rare each unit of [`Wanted::ids`] is.
    rarities: Vec<f32>,
    next_number: usize,
}

impl<'a> WantedBuilder<'a> {
    pub(crate) fn new(planner: &'a Planner<'a>) -> Self {
        Self {
            planner,
            wanted: Wanted {
                fields: *engine::fields(planner.index),
                terms: HashMap::new(),
                grams: HashMap::new(),
                sequences: Vec::new(),
                ids: HashMap::new(),
                typed: HashSet::new(),
            },
            rarities: Vec::new(),
            next_number: 0,
        }
    }

    /// Some of the words of a query, as they are asked for by `Planner::words` among all that rank,
    /// and the other names of what they name.
    pub(crate) fn words(&mut self, text: &str, all: &str) -> Result<(), Error> {
        let tokens = plan::tokens(self.planner.index, text);
        let all = plan::tokens(self.planner.index, all);
        let terms = self.planner.terms(&all)?.0.0;
        let asking = question::positions(&tokens);
        // A character is shown as a match by itself if it was asked for by itself.
        let in_bigrams: HashSet<u32> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Bigram)
            .flat_map(|token| [token.position, token.position + 1])
            .collect();
        let first = self.next_number;
        for token in &tokens {
            let number = first + token.position as usize;
            self.next_number = self.next_number.max(number + 1);
            if token.kind == TokenKind::Exact {
                self.wanted.typed.insert(token.text.clone());
            }
            let joined = match token.kind {
                TokenKind::Pair => Some(self.wanted.fields.folded),
                _ => plan::may_be_joined(token).then_some(self.wanted.fields.pairs),
            };
            for field in [Some(token.field), joined].into_iter().flatten() {
                let key = (field, token.text.clone());
                match terms.get(&key).map(|(kind, _)| kind) {
                    // A pair is shown by its words, grams by the letters that they cover.
                    None | Some(EvidenceKind::Token(TokenKind::Pair | TokenKind::Gram)) => continue,
                    Some(_) => {}
                }
                let mut idf = self.idf(field, &token.text)?;
                if asking.contains(&token.position) {
                    idf *= self.planner.weights.question;
                }
                let is_last_resort =
                    token.kind == TokenKind::Character && in_bigrams.contains(&token.position);
                let want = self.wanted.terms.entry(key).or_insert(Want {
                    number,
                    idf,
                    is_last_resort,
                });
                want.is_last_resort &= is_last_resort;
            }
        }
        let fields = self.wanted.fields;
        self.grams(text, |gram| {
            terms.contains_key(&(fields.grams, gram.to_owned()))
        })?;
        if self.planner.weights.alias > 0.0 {
            for name in alias::other_names(&tokens, self.planner)
                .into_iter()
                .flatten()
            {
                match name.tokens.as_slice() {
                    [token] => self.term(token.field, &token.text)?,
                    _ => self.sequence(vec![name.tokens], false)?,
                }
            }
        }
        for word in typo::mistyped(&tokens, self.planner)? {
            for (field, text) in word.terms() {
                self.term(field, text)?;
            }
        }
        Ok(())
    }

    /// What must hold: phrases, and the words that a prefix or a mistyped word stands for.
    pub(crate) fn constraint(&mut self, group: &Group) -> Result<(), Error> {
        for phrase in constraint::phrase_texts(group) {
            self.phrase(phrase)?;
        }
        let constraint = constraint::constraint(group, self.planner)?;
        for forms in constraint.into_iter().flat_map(|of| of.forms) {
            for word in &forms.words {
                self.term(forms.field, word)?;
            }
        }
        Ok(())
    }

    /// A phrase, in each of its readings. Its words are not shown where they stand elsewhere.
    pub(crate) fn phrase(&mut self, text: &str) -> Result<(), Error> {
        let tokens = plan::tokens_to(self.planner.index, text, Strength::WEAKEST);
        self.sequence(phrase::readings(tokens).collect(), true)
    }

    /// A term that the index is asked for besides, one that a prefix or a mistyped word stands
    /// for: a token of a kind that this field holds.
    pub(crate) fn term(&mut self, field: Field, text: &str) -> Result<(), Error> {
        let want = Want {
            number: self.next_number,
            idf: self.idf(field, text)?,
            is_last_resort: false,
        };
        self.next_number += 1;
        let terms = &mut self.wanted.terms;
        let wanted = terms.entry((field, text.to_owned())).or_insert(want);
        wanted.is_last_resort = false;
        Ok(())
    }

    fn sequence(&mut self, readings: Vec<Vec<QueryToken>>, falls_apart: bool) -> Result<(), Error> {
        let mut sequence = Sequence {
            number: self.next_number,
            idf: 0.0,
            readings: Vec::new(),
            stretches: Vec::new(),
        };
        self.next_number += 1;
        for units in &readings {
            let ids: Vec<u32> = units.iter().map(|u| self.id(u)).collect::<Result<_, _>>()?;
            if ids.is_empty() || sequence.readings.contains(&ids) {
                continue;
            }
            let rarities = ids.iter().filter_map(|&id| self.rarities.get(id as usize));
            let idf = rarities.sum::<f32>() / ids.len() as f32;
            sequence.idf = sequence.idf.max(idf);
            if falls_apart && units.iter().any(|unit| unit.field != units[0].field) {
                let mut rest = ids.as_slice();
                for stretch in units.chunk_by(|a, b| a.field == b.field) {
                    let (ids, others) = rest.split_at(stretch.len());
                    sequence.stretches.push(ids.to_vec());
                    rest = others;
                }
            }
            sequence.readings.push(ids);
        }
        if !sequence.readings.is_empty() {
            self.wanted.sequences.push(sequence);
        }
        Ok(())
    }

    fn id(&mut self, unit: &QueryToken) -> Result<u32, Error> {
        let key = (unit.field, unit.text.clone());
        if let Some(&id) = self.wanted.ids.get(&key) {
            return Ok(id);
        }
        self.rarities.push(self.idf(unit.field, &unit.text)?);
        let id = self.wanted.ids.len() as u32;
        self.wanted.ids.insert(key, id);
        Ok(id)
    }

    /// The grams of a text, each with the sub-words that it is from.
    fn grams(&mut self, text: &str, is_asked: impl Fn(&str) -> bool) -> Result<(), Error> {
        let mut subwords: Vec<(Range<usize>, Option<Want>)> = Vec::new();
        let mut grams: Vec<(String, Range<usize>)> = Vec::new();
        let field = self.wanted.fields.unspaced;
        self.planner
            .index
            .analyzer()
            .analyze(text, None, |token| match token.kind {
                TokenKind::Subword => {
                    let key = (field, token.text.to_owned());
                    subwords.push((token.range, self.wanted.terms.get(&key).copied()));
                }
                TokenKind::Gram if is_asked(token.text) => {
                    grams.push((token.text.to_owned(), token.range));
                }
                _ => {}
            });
        for (text, range) in grams {
            let idf = self.idf(self.wanted.fields.grams, &text)?;
            let first = subwords.partition_point(|(subword, _)| subword.end <= range.start);
            let of = subwords[first..]
                .iter()
                .take_while(|(subword, _)| subword.start < range.end)
                .filter_map(|(_, want)| want.map(|want| want.number));
            let gram = self.wanted.grams.entry(text).or_insert(Gram {
                number: self.next_number,
                idf,
                subwords: Vec::new(),
            });
            gram.subwords.extend(of);
        }
        self.next_number += 1;
        Ok(())
    }

    fn idf(&self, field: Field, text: &str) -> Result<f32, Error> {
        self.planner.deadline.check()?;
        let term = Term::from_field_text(field, text);
        idf(self.planner.searcher, &term).map_err(Error::engine)
    }
}
