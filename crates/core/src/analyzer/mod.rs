//! The multilingual analyzer: one pass over a text of any mix of languages gives all tokens that
//! the index and queries are made of.

mod grams;
mod pass;

use std::ops::Range;
use std::sync::Arc;

use mekong_segment::{Segmenter, Strength, UserWords};
use serde::{Deserialize, Serialize};

use crate::script::Script;
use crate::words::{Dictionaries, Icu, Loaded, WordSegmenter};
use crate::{Error, Language};
pub(crate) use grams::stands_alone;
use pass::Pass;

/// What a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TokenKind {
    /// A word or number of a script written with blanks, in lower case without accents:
    /// `Nguyễn` → `nguyen`, `๒๕๖๗` → `2567`.
    Folded,
    /// The same word with its accents, in one spelling of each word: `hoà` and `hòa` alike.
    Exact,
    /// What the folded word has in common with its other forms, or the word where that is
    /// nothing: `nations` → `nation`. A year of the Buddhist era in Thai and Lao text has another
    /// one, its year of the Common Era: `2567` → `2567`, `2024`.
    Stem,
    /// Two neighbouring folded words without what is between them: `Việt Nam` → `vietnam`.
    Pair,
    /// A word of a script written without blanks.
    Word,
    /// A part of a word of Thai, Lao, Khmer or Burmese, or the whole word where it has no parts:
    /// `สีแดง` → `สี`, `แดง`.
    Subword,
    /// Four neighbouring letters of Thai, Lao, Khmer or Burmese without their tone marks, so that
    /// a word with a mistake in it is still found by the rest: `น้ำมัน` → `นำมั`, `มัน…`.
    Gram,
    /// One character of Chinese, Japanese or Korean.
    Character,
    /// Two neighbouring characters of Chinese, Japanese or Korean.
    Bigram,
}

/// One token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token<'a> {
    /// What is indexed and compared.
    pub text: &'a str,
    /// What `text` stands for.
    pub kind: TokenKind,
    /// Counts the smallest units of the text from 0: words where blanks part them, sub-words of
    /// Thai, Lao, Khmer and Burmese, characters of Chinese, Japanese and Korean. A longer token
    /// stands at its first unit.
    pub position: u32,
    /// Bytes of the original text, half-open.
    pub range: Range<usize>,
    /// The script of the run that the token is from.
    pub script: Script,
    /// How sure it is that the token ends where it does: less than certain for sub-words and words
    /// of Thai, Lao, Khmer and Burmese alone.
    pub end: Strength,
}

impl Token<'_> {
    /// Whether this is one of the smallest units, which tile the letters of a text: their ranges
    /// do not overlap, and each has a position of its own.
    #[must_use]
    pub fn is_unit(&self) -> bool {
        match self.kind {
            TokenKind::Folded | TokenKind::Subword | TokenKind::Character => true,
            TokenKind::Exact
            | TokenKind::Stem
            | TokenKind::Pair
            | TokenKind::Word
            | TokenKind::Gram
            | TokenKind::Bigram => false,
        }
    }
}

/// Changes whenever the tokens of any text do.
const ANALYZER_VERSION: u32 = 3;

/// Turns text into tokens. Cheap to clone, shared between threads.
///
/// Queries and documents go through the same analyzer, and neither needs to say in which language
/// it is.
///
/// ```
/// use mekong_core::{Analyzer, TokenKind};
///
/// let mut folded = Vec::new();
/// Analyzer::new().analyze("Bộ trưởng Ngoại giao", None, |token| {
///     if token.kind == TokenKind::Folded {
///         folded.push(token.text.to_owned());
///     }
/// });
/// assert_eq!(folded, ["bo", "truong", "ngoai", "giao"]);
/// ```
#[derive(Clone)]
pub struct Analyzer {
    words: Arc<Words>,
}

struct Words {
    icu: Icu,
    dictionaries: Arc<Loaded>,
    segmenters: [Segmenter; mekong_segment::Script::ALL.len()],
    user: Arc<UserWords>,
}

impl Analyzer {
    /// The analyzer without dictionaries of lindera. Costs next to nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::from_parts(Arc::default(), Arc::default())
    }

    /// The analyzer with these dictionaries for Japanese, Korean and Chinese.
    ///
    /// # Errors
    ///
    /// [`Error::is_dictionary`] where a dictionary cannot be loaded or this build has no lindera.
    pub fn with_dictionaries(dictionaries: &Dictionaries) -> Result<Self, Error> {
        let dictionaries = Arc::new(Loaded::load(dictionaries)?);
        Ok(Self::from_parts(dictionaries, Arc::default()))
    }

    /// The same analyzer with words of the user's own for Thai, Lao, Khmer and Burmese, in place
    /// of any that it had.
    #[must_use]
    pub fn with_user_words(self, words: UserWords) -> Self {
        Self::from_parts(self.words.dictionaries.clone(), Arc::new(words))
    }

    fn from_parts(dictionaries: Arc<Loaded>, user: Arc<UserWords>) -> Self {
        let segmenters = mekong_segment::Script::ALL.map(|script| {
            let segmenter = Segmenter::new(script);
            if user.is_empty() {
                segmenter
            } else {
                segmenter.with_user_words(user.clone())
            }
        });
        Self {
            words: Arc::new(Words {
                icu: Icu::new(),
                dictionaries,
                segmenters,
                user,
            }),
        }
    }

    /// Calls `sink` with every token of `text`, roughly from left to right: tokens of one kind
    /// come in the order of their positions.
    ///
    /// `language` matters to runs of Chinese characters alone, and only where there are
    /// dictionaries: it chooses the one of Chinese or that of Japanese. Documents and queries are
    /// analysed without, so that they are analysed alike; the Chinese one then comes first.
    pub fn analyze(&self, text: &str, language: Option<Language>, sink: impl FnMut(Token<'_>)) {
        self.pass(text, language, Strength::SUBWORD, sink);
    }

    /// As [`analyze`](Self::analyze) does with documents, but words of Thai, Lao, Khmer and
    /// Burmese are divided into sub-words at every boundary that is at least so strong; documents
    /// are at [`Strength::SUBWORD`].
    ///
    /// Where a boundary is, the letters around a word have a say in. A query has fewer of them
    /// than a document, and can try its weaker boundaries both ways.
    pub fn analyze_to(&self, text: &str, least: Strength, sink: impl FnMut(Token<'_>)) {
        self.pass(text, None, least, sink);
    }

    fn pass(
        &self,
        text: &str,
        language: Option<Language>,
        least: Strength,
        sink: impl FnMut(Token<'_>),
    ) {
        Pass::new(&self.words, text, language, least, sink).run_all();
    }

    /// Identifies what this analyzer makes of text: two analyzers with the same fingerprint give
    /// the same tokens.
    ///
    /// It is the version of the rules and a hash of the names and sizes of the files of the
    /// dictionaries, of the user's words, and of the tokens of a text in all scripts.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        const PROBE: &str = "Bộ trưởng Ngoại giao Việt Nam hoà Mỹ élève Straße covid19 ＡＢＣ \
            เเผ่นดินไหวจํานวน กระทรวงการต่างประเทศเวียดนามตากลม ๒๕๖๗ nations ກະຊວງການຕ່າງປະເທດລາວ \
            រដ្ឋមន្ត្រីការបរទេសកម្ពុជា နိုင်ငံခြားရေးဝန်ကြီးဌာန 国务院总理出席东盟峰会 関西国際空港限定トートバッグ \
            東京都知事の会見 외교부 장관은 회담을 가졌다";
        // FNV-1a, 64 bits.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut feed = |bytes: &[u8]| {
            for &byte in bytes {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        feed(self.words.dictionaries.identity().as_bytes());
        for (word, bonus) in self.words.user.iter() {
            feed(word.as_bytes());
            feed(&bonus.to_le_bytes());
        }
        for language in [None, Some(Language::JAPANESE), Some(Language::CHINESE)] {
            self.analyze(PROBE, language, |token| {
                feed(token.text.as_bytes());
                feed(&[token.kind as u8, 0xFF]);
                feed(&token.position.to_le_bytes());
            });
        }
        format!("{ANALYZER_VERSION}-{hash:016x}")
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analyzer").finish_non_exhaustive()
    }
}

impl Words {
    /// The segmenter of a run of Chinese, Japanese or Korean, by its script and the language of
    /// the text around it.
    fn of_characters(&self, script: Script, language: Option<Language>) -> &dyn WordSegmenter {
        let dictionary = match script {
            Script::Kana => Some(Language::JAPANESE),
            Script::Hangul => Some(Language::KOREAN),
            Script::Han => [language, Some(Language::CHINESE), Some(Language::JAPANESE)]
                .into_iter()
                .flatten()
                .find(|&language| self.dictionaries.get(language).is_some()),
            _ => None,
        };
        dictionary
            .and_then(|language| self.dictionaries.get(language))
            .unwrap_or(&self.icu)
    }
}
