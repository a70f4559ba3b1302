//! Walks through the term dictionaries of an index, all of them bounded.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use mekong_core::engine;
use tantivy::schema::{Field, Term};
use tantivy::{Searcher, SegmentReader};
use tantivy_fst::Automaton;

use crate::Error;

/// So many terms with a prefix are looked at, all segments together. Of more the first ones are,
/// in the order of the dictionary.
const MAX_SCANNED: usize = 8_000;

/// A term and how many documents have it, deleted ones that are still stored among them.
pub(crate) type Counted = (String, u32);

/// The most frequent terms of a field that begin with `prefix`.
pub(crate) fn completions(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
    count: usize,
) -> Result<Vec<Counted>, Error> {
    let segments = searcher.segment_readers();
    let mut terms = HashMap::<String, u32>::new();
    for reader in segments {
        let scanned = MAX_SCANNED / segments.len();
        for (term, doc_freq) in completions_in(reader, field, prefix, count, scanned)? {
            *terms.entry(term).or_default() += doc_freq;
        }
    }
    let mut terms: Vec<_> = terms.into_iter().collect();
    if segments.len() > 1 {
        // A term may be rare in a segment.
        for (term, count) in &mut terms {
            *count = doc_freq(searcher, field, term)?;
        }
    }
    most_frequent_first(&mut terms);
    terms.truncate(count);
    Ok(terms)
}

/// The same of one segment.
pub(crate) fn completions_in(
    reader: &SegmentReader,
    field: Field,
    prefix: &str,
    count: usize,
    scanned: usize,
) -> Result<Vec<Counted>, Error> {
    let inverted = reader.inverted_index(field).map_err(Error::engine)?;
    let dictionary = inverted.terms();
    let after = [prefix.as_bytes(), &[0xFF]].concat();
    let range = dictionary.range().ge(prefix).lt(after).without_keys();
    let mut stream = range.into_stream().map_err(from_io)?;
    let mut best = BinaryHeap::with_capacity(count + 1);
    for _ in 0..scanned {
        if !stream.advance() {
            break;
        }
        let found = Reverse((stream.value().doc_freq, Reverse(stream.term_ord())));
        if best.len() < count {
            best.push(found);
        } else if best.peek().is_some_and(|worst| found < *worst) {
            best.pop();
            best.push(found);
        }
    }
    let mut terms = Vec::with_capacity(best.len());
    for Reverse((doc_freq, Reverse(ordinal))) in best {
        let mut term = Vec::new();
        if dictionary
            .ord_to_term(ordinal, &mut term)
            .map_err(from_io)?
            && let Ok(term) = String::from_utf8(term)
        {
            terms.push((term, doc_freq));
        }
    }
    Ok(terms)
}

pub(crate) fn most_frequent_first(terms: &mut [Counted]) {
    terms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
}

/// How many documents have a term, deleted ones that are still stored among them.
pub(crate) fn doc_freq(searcher: &Searcher, field: Field, text: &str) -> Result<u32, Error> {
    let term = Term::from_field_text(field, text);
    let count = searcher.doc_freq(&term).map_err(Error::engine)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The accent-exact keys that documents have of a folded word, the most frequent first.
pub(crate) fn spellings(
    searcher: &Searcher,
    exact: Field,
    folded: &str,
) -> Result<Vec<Counted>, Error> {
    matching(searcher, exact, &ByLetters(Spellings(folded)))
}

/// All terms that an automaton accepts, the most frequent first.
pub(crate) fn matching<A: Automaton>(
    searcher: &Searcher,
    field: Field,
    automaton: &A,
) -> Result<Vec<Counted>, Error>
where
    A::State: Clone,
{
    let mut found = HashMap::<String, u32>::new();
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(field).map_err(Error::engine)?;
        let stream = inverted.terms().search(automaton).into_stream();
        let mut stream = stream.map_err(from_io)?;
        while let Some((term, info)) = stream.next() {
            if let Ok(text) = std::str::from_utf8(term) {
                match found.get_mut(text) {
                    Some(doc_freq) => *doc_freq += info.doc_freq,
                    None => drop(found.insert(text.to_owned(), info.doc_freq)),
                }
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    most_frequent_first(&mut found);
    Ok(found)
}

pub(crate) fn from_io(error: std::io::Error) -> Error {
    Error::engine(error.into())
}

/// An automaton that reads terms character by character.
pub(crate) trait Letters {
    type State: Copy;

    fn first(&self) -> Self::State;
    fn read(&self, state: &Self::State, c: char) -> Self::State;
    fn is_match(&self, state: &Self::State) -> bool;
    /// Whether anything that goes on from here matches.
    fn can_match(&self, state: &Self::State) -> bool;
}

/// The same byte by byte, as the dictionary has its terms: well-formed UTF-8 (RFC 3629).
pub(crate) struct ByLetters<A>(pub(crate) A);

/// A state, and a character of which so many bytes are still to come.
#[derive(Clone, Copy)]
pub(crate) struct Within<S> {
    state: S,
    partial: u32,
    bytes_left: u8,
}

impl<A: Letters> Automaton for ByLetters<A> {
    type State = Within<A::State>;

    fn start(&self) -> Self::State {
        Within {
            state: self.0.first(),
            partial: 0,
            bytes_left: 0,
        }
    }

    fn is_match(&self, within: &Self::State) -> bool {
        within.bytes_left == 0 && self.0.is_match(&within.state)
    }

    fn can_match(&self, within: &Self::State) -> bool {
        self.0.can_match(&within.state)
    }

    fn accept(&self, within: &Self::State, byte: u8) -> Self::State {
        let mut next = *within;
        (next.partial, next.bytes_left) = match byte {
            0..0x80 => (byte.into(), 0),
            0x80..0xC0 => (
                within.partial << 6 | u32::from(byte & 0x3F),
                within.bytes_left.saturating_sub(1),
            ),
            0xC0..0xE0 => (u32::from(byte & 0x1F), 1),
            0xE0..0xF0 => (u32::from(byte & 0x0F), 2),
            _ => (u32::from(byte & 0x07), 3),
        };
        if next.bytes_left == 0
            && let Some(c) = char::from_u32(next.partial)
        {
            next.state = self.0.read(&within.state, c);
        }
        next
    }
}

/// Accepts the accent-exact keys of one folded word. A state is how much of the word has been
/// read, `None` once the key is another word's.
struct Spellings<'a>(&'a str);

impl Letters for Spellings<'_> {
    type State = Option<usize>;

    fn first(&self) -> Option<usize> {
        Some(0)
    }

    fn read(&self, read: &Option<usize>, c: char) -> Option<usize> {
        let read = (*read)?;
        Some(read + folded_length(&self.0[read..], c)?)
    }

    fn is_match(&self, read: &Option<usize>) -> bool {
        *read == Some(self.0.len())
    }

    fn can_match(&self, read: &Option<usize>) -> bool {
        read.is_some()
    }
}

/// How many bytes of a folded word a character of its accent-exact key stands for, if it can.
fn folded_length(folded: &str, c: char) -> Option<usize> {
    let mut plain = [0; 4];
    let mut several = String::new();
    let plain = if c.is_ascii() {
        &*c.encode_utf8(&mut plain)
    } else {
        engine::fold_char(c, &mut several);
        &several
    };
    // The key of `mỹ` is that of `mĩ`.
    (folded.starts_with(plain) || (plain == "i" && folded == "y")).then_some(plain.len())
}

/// Whether a word may be what somebody means who has typed so much of it. Both are accent-exact
/// keys. Where a letter or tone is typed with its accent it is meant so; without, it may have one.
pub(crate) fn completes(typed: &str, key: &str) -> bool {
    let (typed, tone) = split_tone(typed);
    let (key, tone_of_key) = split_tone(key);
    if tone.is_some() && tone != tone_of_key {
        return false;
    }
    let mut rest = typed;
    for c in key.chars() {
        let Some(next) = rest.chars().next() else {
            return true;
        };
        if next == c {
            rest = &rest[c.len_utf8()..];
        } else {
            match folded_length(rest, c) {
                Some(length) if rest.is_char_boundary(length) => rest = &rest[length..],
                _ => return false,
            }
        }
    }
    rest.is_empty()
}

/// A key of Vietnamese has its tone at the end.
fn split_tone(key: &str) -> (&str, Option<char>) {
    match key.char_indices().next_back() {
        Some((at, tone @ '\u{300}'..='\u{36F}')) => (&key[..at], Some(tone)),
        _ => (key, None),
    }
}

#[cfg(test)]
mod tests {
    use mekong_core::{Document, Index};
    use mekong_ingest::Writer;

    use super::*;

    fn key(word: &str) -> String {
        let mut key = String::new();
        mekong_core::Analyzer::new().analyze(word, None, |token| {
            if token.kind == mekong_core::TokenKind::Exact {
                token.text.clone_into(&mut key);
            }
        });
        key
    }

    #[test]
    fn accents_that_are_typed_are_meant() {
        for (typed, word) in [
            ("tru", "trưởng"),
            ("trư", "trưởng"),
            ("trươ", "trưởng"),
            ("trưở", "trưởng"),
            ("hoà", "hoàng"),
            ("do", "đôi"),
            ("m", "Mỹ"),
            ("my", "Mỹ"),
            ("Mỹ", "Mĩ"),
            ("cre", "crème"),
            ("strass", "Straße"),
        ] {
            assert!(completes(&key(typed), &key(word)), "{typed} {word}");
        }
        for (typed, word) in [
            ("trư", "trung"),
            ("trừ", "trưởng"),
            ("đo", "dôi"),
            ("crè", "creme"),
            ("truong", "tru"),
        ] {
            assert!(!completes(&key(typed), &key(word)), "{typed} {word}");
        }
    }

    #[test]
    fn a_folded_word_has_its_spellings() {
        let index = Index::in_memory().unwrap();
        let mut writer = Writer::new(&index).unwrap();
        for (id, text) in [
            ("1", "trường trưởng Trương trương trung Mỹ"),
            ("2", "TRƯỜNG"),
        ] {
            writer.upsert(Document::new(id).body(text)).unwrap();
            writer.commit().unwrap();
        }
        let searcher = engine::searcher(&index);
        let fields = engine::fields(&index);
        let found = spellings(&searcher, fields.exact, "truong").unwrap();
        let expected = [("trường", 2), ("trương", 1), ("trưởng", 1)];
        assert_eq!(found.len(), 3);
        for (word, count) in expected {
            assert!(found.contains(&(key(word), count)), "{word} {found:?}");
        }
        assert_eq!(
            spellings(&searcher, fields.exact, "my").unwrap(),
            [(key("Mỹ"), 1)]
        );

        let folded = completions(&searcher, fields.folded, "tr", 10).unwrap();
        assert_eq!(folded, [("truong".to_owned(), 2), ("trung".to_owned(), 1)]);
        let one = completions(&searcher, fields.folded, "", 1).unwrap();
        assert_eq!(one, [("truong".to_owned(), 2)]);
        assert_eq!(completions(&searcher, fields.folded, "x", 9).unwrap(), []);
    }
}
