//! How much each kind of evidence counts.

use serde::{Deserialize, Serialize};

use crate::Error;

/// How much each kind of evidence counts for the score of a document.
///
/// A document's score is the sum of the evidence of each token of the query that it holds: BM25
/// (how rare the token is, how often the document has it, how long the document is) times the
/// weight of its kind. [`Searcher::explain`](crate::Searcher::explain) shows the summands.
///
/// The defaults were chosen on half of a mixed pool of topics in English, Vietnamese, Thai and
/// Chinese, typed in several ways, and checked on the other half; the neighbourhood is flat.
///
/// ```
/// use mekong_query::Weights;
///
/// let mut weights = Weights::default();
/// weights.alias = 0.0; // no names in other languages
/// let json = serde_json::to_string(&weights)?;
/// assert_eq!(serde_json::from_str::<Weights>(&json)?, weights);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Weights {
    /// A word written with blanks around it, in any form and with any accents.
    pub word: f32,
    /// The same where the word can be a Vietnamese syllable, which says less than a word: mostly
    /// two syllables are one word, and their pair counts as well.
    pub syllable: f32,
    /// A syllable that is typed with an accent, and stands in the document with any.
    pub accented_syllable: f32,
    /// A word as it is typed.
    pub exact: f32,
    /// A syllable with the accents that it is typed with. Accents are all the evidence there is of
    /// them, so that they count by the share of the syllables that are typed with them.
    pub exact_accented: f32,
    /// Two words side by side.
    pub pair: f32,
    /// Two words written as one where the other side parts them: `Vietnam`, `Việt Nam`.
    pub joined: f32,
    /// A sub-word of Thai, Lao, Khmer or Burmese.
    pub subword: f32,
    /// Four letters of these in a row, whatever their tone marks.
    pub gram: f32,
    /// A character of Chinese, Japanese or Korean.
    pub character: f32,
    /// Two of these side by side.
    pub bigram: f32,
    /// A word of Chinese, Japanese or Korean of three characters or more.
    pub long_word: f32,
    /// The longest stretch of the query that stands in the document word for word, by how rare its
    /// words are together, times the square root of their number.
    pub run: f32,
    /// What a question word (`what`, `อะไร`, `什么`) counts of another word; 1 is as much.
    pub question: f32,
    /// Another name of what the query names ([`Aliases`](mekong_core::Aliases)).
    pub alias: f32,
    /// A word that is spelled nearly as one of the query that hardly any document has. Without
    /// blanks around it, it counts as a sub-word.
    pub near: f32,
    /// Added to the score of a document that has every word with the accents that it is typed
    /// with, for a query of one or two words of which one has accents. By default it is more than
    /// all other evidence can be, so that these documents come first.
    pub as_typed: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            word: 1.2,
            syllable: 0.3,
            accented_syllable: 0.1,
            exact: 0.1,
            exact_accented: 0.4,
            pair: 0.3,
            joined: 0.15,
            subword: 0.16,
            gram: 0.1,
            character: 0.25,
            bigram: 0.3,
            long_word: 0.1,
            run: 0.03,
            question: 0.05,
            alias: 0.15,
            near: 0.8,
            as_typed: 1000.0,
        }
    }
}

impl Weights {
    /// Refuses weights that no order of documents follows from.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let Self {
            word,
            syllable,
            accented_syllable,
            exact,
            exact_accented,
            pair,
            joined,
            subword,
            gram,
            character,
            bigram,
            long_word,
            run,
            question,
            alias,
            near,
            as_typed,
        } = *self;
        for (name, weight) in [
            ("word", word),
            ("syllable", syllable),
            ("accented_syllable", accented_syllable),
            ("exact", exact),
            ("exact_accented", exact_accented),
            ("pair", pair),
            ("joined", joined),
            ("subword", subword),
            ("gram", gram),
            ("character", character),
            ("bigram", bigram),
            ("long_word", long_word),
            ("run", run),
            ("question", question),
            ("alias", alias),
            ("near", near),
            ("as_typed", as_typed),
        ] {
            if !(0.0..=MAX_WEIGHT).contains(&weight) {
                return Err(Error::invalid_weight(name, weight, MAX_WEIGHT));
            }
        }
        Ok(())
    }
}

/// Larger ones would leave no digits for the other evidence.
const MAX_WEIGHT: f32 = 10_000.0;
