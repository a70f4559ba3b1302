//! tantivy, which the index stands on. For the crates of Mekong, and for users who know what they
//! do: nothing here is under the promise of semantic versioning.

pub use tantivy;

pub use crate::filter::{Dates, End, SegmentFilters, labels_with_value};
pub use crate::index::{
    Encoded, Encoder, Fields, Held, IndexWriter, Moment, Scope, StoredDocuments, create_whole,
    values,
};

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::tokenizer::{Token as EngineToken, TokenStream, Tokenizer};
use tantivy::{Directory, DocAddress, DocSet, Searcher, TERMINATED};

use crate::index::cluster_of;
use crate::{Analyzer, Document, Error, Filter, FilterKey, Index, IndexOptions, TokenKind};

/// The engine's index.
#[must_use]
pub fn index(index: &Index) -> &tantivy::Index {
    index.engine()
}

/// The fields of the engine's index.
#[must_use]
pub fn fields(index: &Index) -> &Fields {
    index.fields()
}

/// A searcher over the last commit that the index has seen.
#[must_use]
pub fn searcher(index: &Index) -> Searcher {
    index.searcher()
}

/// Opens or creates an index over a directory of the engine. What it is written with is not recorded:
/// the options have to be the same each time.
///
/// # Errors
///
/// [`Error::is_dictionary`], and where the directory fails.
pub fn index_over(
    directory: impl Into<Box<dyn Directory>>,
    options: IndexOptions,
) -> Result<Index, Error> {
    options.over(directory.into())
}

/// Does work with the engine. It panics at some places where it cannot read its files: where they
/// are damaged, that is an error; a panic that no damage explains goes on.
///
/// # Errors
///
/// Those of the work, and [`Error::is_corrupt`].
pub fn guard<T, E: From<Error>>(
    index: &Index,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    index.guard(work)
}

/// What a filter is about, as the index writes it.
#[must_use]
pub fn scope(key: &FilterKey) -> Scope<'_> {
    key.scope()
}

/// Whether what a filter or a facet is about is indexed.
///
/// # Errors
///
/// [`Error::is_invalid_filter`].
pub fn check_key(key: &FilterKey) -> Result<(), Error> {
    key.check()
}

/// Whether what a filter asks for is indexed.
///
/// # Errors
///
/// [`Error::is_invalid_filter`].
pub fn check_filter(filter: &Filter) -> Result<(), Error> {
    filter.check()
}

/// What went wrong in the engine, as an error of the index.
#[must_use]
pub fn error(error: tantivy::TantivyError) -> Error {
    Error::engine(error)
}

/// Appends what a character of a script written with blanks has in folded words: none, one or
/// several characters.
pub fn fold_char(c: char, out: &mut String) {
    crate::fold::fold_char(c, out);
}

/// Reads a stored document.
///
/// # Errors
///
/// Where it is not stored as it should be.
pub fn document(
    index: &Index,
    searcher: &Searcher,
    address: DocAddress,
) -> Result<Document, Error> {
    index.document(searcher, address)
}

/// Where the document with this identifier is, if there is one.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn address(index: &Index, searcher: &Searcher, id: &str) -> Result<Option<DocAddress>, Error> {
    let term = Term::from_field_text(index.fields().id, id);
    for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
        let inverted = reader.inverted_index(term.field()).map_err(Error::engine)?;
        let postings = inverted
            .read_postings(&term, IndexRecordOption::Basic)
            .map_err(|error| Error::engine(error.into()))?;
        if let Some(mut postings) = postings {
            while postings.doc() != TERMINATED {
                if !reader.is_deleted(postings.doc()) {
                    return Ok(Some(DocAddress::new(ordinal, postings.doc())));
                }
                postings.advance();
            }
        }
    }
    Ok(None)
}

/// The number of the cluster of copies that a document belongs to ([`Index::cluster`]).
///
/// # Errors
///
/// Where the index cannot be read.
pub fn cluster(searcher: &Searcher, address: DocAddress) -> Result<Option<u64>, Error> {
    cluster_of(searcher, address).map_err(Error::engine)
}

/// The analyzer as a tokenizer of one kind of token, for anybody's tantivy index.
///
/// ```
/// use mekong_core::engine::{KindTokenizer, tantivy::tokenizer::TextAnalyzer};
/// use mekong_core::{Analyzer, TokenKind};
///
/// let tokenizer = KindTokenizer::new(Analyzer::new(), TokenKind::Folded);
/// let mut analyzer = TextAnalyzer::builder(tokenizer).build();
/// let mut tokens = analyzer.token_stream("Hà Nội");
/// assert!(tokens.advance());
/// assert_eq!(tokens.token().text, "ha");
/// ```
#[derive(Clone, Debug)]
pub struct KindTokenizer {
    analyzer: Analyzer,
    kind: TokenKind,
    tokens: Vec<EngineToken>,
}

impl KindTokenizer {
    /// A tokenizer that gives the tokens of one kind.
    #[must_use]
    pub fn new(analyzer: Analyzer, kind: TokenKind) -> Self {
        Self {
            analyzer,
            kind,
            tokens: Vec::new(),
        }
    }
}

impl Tokenizer for KindTokenizer {
    type TokenStream<'a> = KindTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> KindTokens<'a> {
        let Self {
            analyzer,
            kind,
            tokens,
        } = self;
        let mut count = 0;
        analyzer.analyze(text, None, |token| {
            if token.kind == *kind {
                if tokens.len() == count {
                    tokens.push(EngineToken::default());
                }
                let slot = &mut tokens[count];
                slot.text.clear();
                slot.text.push_str(token.text);
                slot.offset_from = token.range.start;
                slot.offset_to = token.range.end;
                slot.position = token.position as usize;
                count += 1;
            }
        });
        KindTokens {
            tokens: &mut tokens[..count],
            next: 0,
        }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub struct KindTokens<'a> {
    tokens: &'a mut [EngineToken],
    next: usize,
}

impl TokenStream for KindTokens<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &EngineToken {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        &mut self.tokens[self.next - 1]
    }
}
