//! Where an answer is cut into pages, and how many documents it has in all.

use std::fmt::{self, Write as _};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, Searcher};

use crate::query::Query;
use crate::run;
use crate::understand::Understood;
use crate::{Error, Weights};

/// Where a page of an answer ends: [`Results::next`](crate::Results::next) gives it,
/// [`Query::after`] goes on from there.
///
/// A cursor belongs to a query and to a state of the index. Page after page there is every
/// document of the answer, each once, whatever the sizes of the pages. Where documents were added,
/// deleted or merged since, the cursor is stale, and the search says so
/// ([`Error::is_stale_cursor`]); a [`Searcher::snapshot`](crate::Searcher::snapshot) stays in its
/// state. Text, filters, order and weights have to be those of the page before.
///
/// It can be kept as a short text of letters, digits and hyphens, by [`ToString`], [`FromStr`] or
/// serde. Nobody can see more with a text made up than with a query.
///
/// ```
/// use mekong_query::Cursor;
///
/// assert!("page 2".parse::<Cursor>().unwrap_err().is_invalid_cursor());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cursor {
    /// What the state of the index hashes to.
    snapshot: u64,
    /// What the query hashes to.
    query: u64,
    position: Position,
}

/// The last hit of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Position {
    /// How many hits there are up to here.
    pub(crate) shown: usize,
    /// The bits of its rank; an order by date does without.
    rank: u64,
    segment: u32,
    doc: u32,
}

impl Position {
    pub(crate) fn new(shown: usize, rank: f64, address: DocAddress) -> Self {
        Self {
            shown,
            rank: rank.to_bits(),
            segment: address.segment_ord,
            doc: address.doc_id,
        }
    }

    pub(crate) fn rank(&self) -> f64 {
        f64::from_bits(self.rank)
    }

    pub(crate) fn address(&self) -> DocAddress {
        DocAddress::new(self.segment, self.doc)
    }
}

/// The part of an answer that is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) after: Option<Position>,
    /// How many hits are left out from there on.
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

impl Page {
    /// The documents that are asked for their runs.
    pub(crate) const FIRST: Self = Self {
        after: None,
        offset: 0,
        limit: run::MAX_DOCUMENTS,
    };

    /// How many hits there are before the page.
    pub(crate) fn start(&self) -> usize {
        let shown = self.after.map_or(0, |after| after.shown);
        shown.saturating_add(self.offset)
    }
}

/// What a cursor is checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity {
    snapshot: u64,
    query: u64,
}

impl Identity {
    pub(crate) fn new(
        engine: &Searcher,
        query: &Query,
        understood: &Understood,
        weights: &Weights,
    ) -> Self {
        let mut snapshot = Hashed::default();
        for reader in engine.segment_readers() {
            // A cursor counts segments, so that their order matters.
            reader.segment_id().hash(&mut snapshot.0);
            reader.delete_opstamp().hash(&mut snapshot.0);
        }
        let mut asked = Hashed::default();
        // All fields of it, those too that are still to come. Writing to a hash cannot fail.
        let _ = write!(asked, "{:?} {weights:?}", query.without_page());
        // What is told from today is another query tomorrow.
        let _ = write!(asked, "{:?}", understood.dates);
        Self {
            snapshot: snapshot.0.finish(),
            query: asked.0.finish(),
        }
    }

    /// Where a cursor of this query and this state is.
    pub(crate) fn position(&self, cursor: &Cursor, engine: &Searcher) -> Result<Position, Error> {
        if cursor.query != self.query {
            return Err(Error::cursor_of_another_query());
        }
        if cursor.snapshot != self.snapshot {
            return Err(Error::stale_cursor());
        }
        let position = cursor.position;
        let segment = engine.segment_readers().get(position.segment as usize);
        match segment {
            Some(reader) if position.doc < reader.max_doc() => Ok(position),
            _ => Err(Error::invalid_cursor(&cursor.to_string())),
        }
    }

    pub(crate) fn cursor(&self, position: Position) -> Cursor {
        Cursor {
            snapshot: self.snapshot,
            query: self.query,
            position,
        }
    }
}

/// A hash of what is written. Another release of Rust may hash otherwise: cursors are then of
/// another query, which is what they are checked for.
#[derive(Default)]
struct Hashed(DefaultHasher);

impl fmt::Write for Hashed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position {
            shown,
            rank,
            segment,
            doc,
        } = self.position;
        let (snapshot, query) = (self.snapshot, self.query);
        write!(
            f,
            "{snapshot:x}-{query:x}-{shown:x}-{rank:x}-{segment:x}-{doc:x}"
        )
    }
}

impl FromStr for Cursor {
    type Err = Error;

    /// Reads the text of a cursor.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_cursor`] for any other text.
    fn from_str(text: &str) -> Result<Self, Error> {
        let mut parts = text.split('-').map(|part| u64::from_str_radix(part, 16));
        let mut next = || parts.next().and_then(Result::ok);
        let mut read = || {
            Some(Self {
                snapshot: next()?,
                query: next()?,
                position: Position {
                    shown: next()?.try_into().ok()?,
                    rank: next()?,
                    segment: next()?.try_into().ok()?,
                    doc: next()?.try_into().ok()?,
                },
            })
        };
        // One cursor has one text: no signs, no zeros ahead, nothing behind.
        read()
            .filter(|cursor| cursor.to_string() == text)
            .ok_or_else(|| Error::invalid_cursor(text))
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

impl TryFrom<String> for Cursor {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// Whether a search counts all documents that answer a query, on all pages together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Count {
    /// No: the fastest. The best documents are found without looking at all.
    #[default]
    None,
    /// Up to so many: fast where there are many.
    UpTo(u64),
    /// All of them.
    Exact,
}

/// How many documents answer a query, on all pages together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Total {
    /// So many.
    Exact(u64),
    /// At least so many: there are more than [`Count::UpTo`] asked for.
    AtLeast(u64),
}

impl Total {
    /// What is told of a number, of which no more has to be counted than is asked for.
    pub(crate) fn new(count: Count, number: u64) -> Option<Self> {
        match count {
            Count::None => None,
            Count::UpTo(most) if number > most => Some(Self::AtLeast(most)),
            _ => Some(Self::Exact(number)),
        }
    }

    /// The number, whether it is exact or not.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Exact(number) | Self::AtLeast(number) => number,
        }
    }

    /// Whether there are no more than these.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exact(_))
    }
}
