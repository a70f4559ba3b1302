//! Words of a text, one after another.

use std::iter::FusedIterator;
use std::ops::Range;
use std::sync::Arc;

use crate::cluster::{Class, Recent, classes, code};
use crate::lattice::{Costs, Lattice};
use crate::lexicon::Lexicon;
use crate::model::{Model, Reader, UNITS_PER_NAT};
use crate::normalize::ordered;
use crate::script::{Script, is_ignorable};
use crate::user::{Matches, UserWords};
use crate::{Normalized, Normalizer, burmese, khmer, lao, thai};

/// How sure it is that two pieces are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Strength(i16);

impl Strength {
    /// The strength of a boundary beside a blank, a digit or another script.
    pub const CERTAIN: Self = Self(i16::MAX);

    /// From here on a boundary parts two words.
    pub const WORD: Self = Self(0);

    /// From here on a boundary parts two sub-words: 2.5 nats below [`WORD`](Self::WORD), odds of
    /// one to twelve. Chosen on Thai text so that nearly every word is found that is written
    /// within a longer one.
    pub const SUBWORD: Self = Self(-40);

    /// The weakest boundary there is.
    pub const WEAKEST: Self = Self(i16::MIN);

    /// Whether the boundary parts two words; a weaker one parts sub-words of one word.
    #[must_use]
    pub fn parts_words(self) -> bool {
        self >= Self::WORD
    }

    /// The logarithm of the odds that a word begins here, in nats: 0 is as likely as not.
    /// Resolution is a sixteenth.
    #[must_use]
    pub fn nats(self) -> f32 {
        match self {
            Self::CERTAIN => f32::INFINITY,
            Self(units) => f32::from(units) / UNITS_PER_NAT,
        }
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece {
    /// Bytes of the text, half-open. The ranges of all pieces tile the text.
    pub range: Range<usize>,
    /// Whether it is a word, or a part of one, of the segmenter's script; otherwise it is what
    /// stands between words of that script: blanks, digits, punctuation, other scripts, all of it
    /// up to the next word.
    pub is_word: bool,
    /// The boundary at its end.
    pub end: Strength,
}

/// Finds the words of a text in Thai, Lao, Khmer or Burmese.
///
/// Costs nothing to make and next to nothing to clone; shared between threads as it is. Ways of
/// writing that look alike give the same words, see [`Normalizer`].
///
/// ```
/// use mekong_segment::Segmenter;
///
/// let text = "คณะรัฐมนตรีไทย";
/// let words: Vec<&str> = Segmenter::thai()
///     .words(text)
///     .map(|word| &text[word.range])
///     .collect();
/// assert_eq!(words, ["คณะ", "รัฐมนตรี", "ไทย"]);
/// ```
#[derive(Clone)]
pub struct Segmenter {
    script: Script,
    knowledge: Knowledge,
    user: Option<Arc<UserWords>>,
}

/// What a segmenter knows of its language.
#[derive(Clone, Copy)]
pub(crate) enum Knowledge {
    /// What the letters around a place say about a boundary there.
    Boundaries(Model),
    /// Which words there are.
    Words(Lexicon),
}

impl Segmenter {
    /// Words of Thai.
    #[must_use]
    pub fn thai() -> Self {
        Self::new(Script::Thai)
    }

    /// Words of Lao.
    #[must_use]
    pub fn lao() -> Self {
        Self::new(Script::Lao)
    }

    /// Words of Khmer.
    #[must_use]
    pub fn khmer() -> Self {
        Self::new(Script::Khmer)
    }

    /// Words of Burmese.
    #[must_use]
    pub fn burmese() -> Self {
        Self::new(Script::Burmese)
    }

    /// Words of this script.
    #[must_use]
    pub fn new(script: Script) -> Self {
        let knowledge = match script {
            Script::Thai => Knowledge::Boundaries(thai::MODEL),
            Script::Lao => Knowledge::Words(lao::LEXICON),
            Script::Khmer => Knowledge::Words(khmer::LEXICON),
            Script::Burmese => Knowledge::Words(burmese::LEXICON),
        };
        Self::with(script, knowledge)
    }

    /// With other knowledge than what comes with this crate.
    pub(crate) fn with(script: Script, knowledge: Knowledge) -> Self {
        Self {
            script,
            knowledge,
            user: None,
        }
    }

    /// The same with words of the user's own.
    ///
    /// ```
    /// use mekong_segment::{Segmenter, UserWords};
    ///
    /// let mut names = UserWords::new();
    /// names.add("ชิมช้อปใช้")?;
    /// let text = "โครงการชิมช้อปใช้";
    /// let last = Segmenter::thai().with_user_words(names).words(text).last();
    /// assert_eq!(last.map(|word| &text[word.range]), Some("ชิมช้อปใช้"));
    /// # Ok::<(), mekong_segment::Error>(())
    /// ```
    #[must_use]
    pub fn with_user_words(mut self, words: impl Into<Arc<UserWords>>) -> Self {
        self.user = Some(words.into());
        self
    }

    /// The script whose words this finds.
    #[must_use]
    pub fn script(&self) -> Script {
        self.script
    }

    /// The words of a text, and what stands between them, from left to right. Allocates nothing
    /// and takes time in proportion to the length of the text.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> Words<'t> {
        Words(Boundaries::new(self, text, false, Strength::WORD))
    }

    /// The parts of words, and what stands between words: as [`words`](Self::words), with every
    /// word divided at its weaker boundaries. Where a piece's [`end`](Piece::end) parts words, so
    /// ends the word.
    ///
    /// No part is a single character, unless the word is.
    ///
    /// ```
    /// use mekong_segment::Segmenter;
    ///
    /// let text = "ห้องน้ำ";
    /// assert_eq!(Segmenter::thai().words(text).count(), 1);
    /// let parts: Vec<&str> = Segmenter::thai()
    ///     .parts(text)
    ///     .map(|part| &text[part.range])
    ///     .collect();
    /// assert_eq!(parts, ["ห้อง", "น้ำ"]);
    /// ```
    #[must_use]
    pub fn parts<'t>(&self, text: &'t str) -> Parts<'t> {
        Parts::new(Boundaries::new(self, text, false, Strength::SUBWORD))
    }

    /// The parts of words of a text that is normalised already, by the rules of this script,
    /// divided at every boundary that is at least so strong; [`parts`](Self::parts) divides at
    /// [`Strength::SUBWORD`]. Ranges are bytes of the normalised text.
    #[must_use]
    pub fn parts_of<'t>(&self, text: &'t Normalized, least: Strength) -> Parts<'t> {
        Parts::new(Boundaries::new(self, text.text(), true, least))
    }
}

impl std::fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segmenter")
            .field("script", &self.script)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// The words of a text; see [`Segmenter::words`].
#[derive(Clone, Debug)]
pub struct Words<'a>(Boundaries<'a>);

impl Iterator for Words<'_> {
    type Item = Piece;

    #[inline]
    fn next(&mut self) -> Option<Piece> {
        let start = self.0.last.at;
        let end = self.0.next()?;
        Some(Piece {
            range: start..end.at,
            is_word: end.ends_word,
            end: end.strength,
        })
    }
}

impl FusedIterator for Words<'_> {}

/// The parts of words of a text; see [`Segmenter::parts`].
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    boundaries: Boundaries<'a>,
    /// Where the next part begins.
    start: Boundary,
    /// The boundary after the next part's end, where it is known already.
    ahead: Option<Boundary>,
}

impl<'a> Parts<'a> {
    fn new(boundaries: Boundaries<'a>) -> Self {
        Self {
            boundaries,
            start: Boundary::START,
            ahead: None,
        }
    }
}

/// No part of a word has fewer characters.
const SHORTEST_PART: usize = 2;

impl Iterator for Parts<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut end = self.ahead.take().or_else(|| self.boundaries.next())?;
        // Passes over weak boundaries that would leave too short a part before or after them.
        while !end.strength.parts_words() {
            let next = self.boundaries.next()?;
            let leaves = end.index - self.start.index >= SHORTEST_PART;
            if leaves && next.index - end.index >= SHORTEST_PART {
                self.ahead = Some(next);
                break;
            }
            if !leaves || next.strength > end.strength {
                end = next;
            }
        }
        let start = std::mem::replace(&mut self.start, end);
        if end.strength == Strength::CERTAIN {
            // Characters are counted anew in each run.
            self.start.index = 0;
        }
        Some(Piece {
            range: start.at..end.at,
            is_word: end.ends_word,
            end: end.strength,
        })
    }
}

impl FusedIterator for Parts<'_> {}

/// The end of a piece.
#[derive(Clone, Copy, Debug)]
struct Boundary {
    /// Byte of the text.
    at: usize,
    /// Characters of the run before it.
    index: usize,
    strength: Strength,
    /// Whether what ends here is a word, or a part of one.
    ends_word: bool,
}

impl Boundary {
    const START: Self = Self {
        at: 0,
        index: 0,
        strength: Strength::CERTAIN,
        ends_word: false,
    };
}

/// The boundaries of a text from a certain strength on.
#[derive(Clone, Debug)]
struct Boundaries<'a> {
    segmenter: Segmenter,
    text: &'a str,
    is_normalized: bool,
    least: Strength,
    last: Boundary,
    run: Option<Run<'a>>,
    /// The run's words, where words are what the segmenter knows.
    lattice: Lattice,
}

impl<'a> Boundaries<'a> {
    fn new(segmenter: &Segmenter, text: &'a str, is_normalized: bool, least: Strength) -> Self {
        Self {
            segmenter: segmenter.clone(),
            text,
            is_normalized,
            least,
            last: Boundary::START,
            run: None,
            lattice: Lattice::new(),
        }
    }

    /// The end of the stretch of other scripts that begins at `start`.
    fn end_of_other(&self, start: usize) -> usize {
        let script = self.segmenter.script;
        self.text[start..]
            .char_indices()
            .find(|&(_, c)| code(script, c) != 0)
            .map_or(self.text.len(), |(at, _)| start + at)
    }
}

impl Iterator for Boundaries<'_> {
    type Item = Boundary;

    #[inline]
    fn next(&mut self) -> Option<Boundary> {
        let start = self.last.at;
        if self.run.is_none() {
            if start == self.text.len() {
                return None;
            }
            let run = Run::new(&self.segmenter, self.text, start, self.is_normalized);
            if run.end == start {
                self.last = Boundary {
                    at: self.end_of_other(start),
                    ..Boundary::START
                };
                return Some(self.last);
            }
            self.run = Some(run);
            self.lattice.clear();
        }
        let run = self.run.as_mut()?;
        let next = match &self.segmenter.knowledge {
            Knowledge::Boundaries(model) => run.next(self.segmenter.script, model, self.least),
            Knowledge::Words(lexicon) => {
                let costs = Costs {
                    script: self.segmenter.script,
                    lexicon,
                    user: self.segmenter.user.as_deref(),
                };
                run.next_of_words(costs, &mut self.lattice, self.least)
            }
        };
        self.last = match next {
            Some(boundary) => boundary,
            None => {
                let end = Boundary {
                    at: run.end,
                    index: run.progress.decided,
                    strength: Strength::CERTAIN,
                    ends_word: true,
                };
                self.run = None;
                end
            }
        };
        Some(self.last)
    }
}

/// A run of the segmenter's script while its boundaries are decided.
#[derive(Clone, Debug)]
struct Run<'a> {
    source: Source<'a>,
    /// Bytes of the text.
    start: usize,
    end: usize,
    progress: Progress,
    /// Bytes of the text where the last characters began.
    starts: [usize; RECENT],
    matches: Option<Matches<'a>>,
}

/// How far a run has been read and decided.
#[derive(Clone, Copy, Debug)]
struct Progress {
    reader: Reader,
    /// Classes of the last characters.
    recent: Recent,
    /// Characters read; beyond the end of the run they are imagined.
    read: usize,
    /// Boundaries decided, the run's start among them.
    decided: usize,
    /// Characters of the run, when they have all been read.
    length: usize,
}

/// A power of two, larger than the number of characters between reading and deciding.
const RECENT: usize = 16;

impl<'a> Run<'a> {
    /// The run that begins at byte `start` of the text; empty if there is none.
    #[inline]
    fn new(segmenter: &Segmenter, text: &'a str, start: usize, is_normalized: bool) -> Self {
        let script = segmenter.script;
        let mut end = start;
        let pairs = ordered(script);
        let mut is_ordered = true;
        let mut last = 0;
        for (at, c) in text[start..].char_indices() {
            let code = code(script, c);
            if code == 0 && (end == start || !is_ignorable(c)) {
                break;
            }
            is_ordered &= code != 0 && pairs[last % 128] >> code & 1 == 1;
            last = usize::from(code);
            end = start + at + c.len_utf8();
        }
        let run = &text[start..end];
        let source = if is_ordered || is_normalized {
            Source::Ordered(run.char_indices())
        } else {
            Source::Any(Normalizer::new(script, run))
        };
        let (reader, user) = match &segmenter.knowledge {
            Knowledge::Boundaries(model) => (Reader::new(model), segmenter.user.as_ref()),
            Knowledge::Words(_) => (Reader::default(), None),
        };
        Self {
            matches: user.map(|user| Matches::new(user.clone(), script, source.clone())),
            source,
            start,
            end,
            progress: Progress {
                reader,
                recent: Recent::default(),
                read: 0,
                decided: 1,
                length: usize::MAX,
            },
            starts: [0; RECENT],
        }
    }

    /// The next boundary within the run that is at least so strong, by the cheapest words.
    fn next_of_words(
        &mut self,
        costs: Costs<'_>,
        lattice: &mut Lattice,
        least: Strength,
    ) -> Option<Boundary> {
        let Some(next) = lattice.next(costs, &mut self.source, least.0) else {
            self.progress.decided = lattice.read();
            return None;
        };
        Some(Boundary {
            at: self.start + next.at,
            index: next.index,
            strength: Strength(next.strength),
            ends_word: true,
        })
    }

    /// The next boundary within the run that is at least so strong, by a model of boundaries.
    #[inline]
    fn next(&mut self, script: Script, model: &Model, least: Strength) -> Option<Boundary> {
        let after = model.after() as usize;
        let classes = classes(script);
        // A copy, so that it need not be in memory while it changes with every character.
        let mut now = self.progress;
        let mut found = None;
        while found.is_none() && now.decided < now.length {
            let (class, score) = match self.source.next() {
                Some((c, at)) => {
                    let code = code(script, c);
                    self.starts[now.read % RECENT] = self.start + at;
                    (classes[code as usize % 128], now.reader.read(model, code))
                }
                None if now.length == usize::MAX => {
                    now.length = now.read;
                    (Class::Other, now.reader.end(model))
                }
                None => (Class::Other, now.reader.beyond(model)),
            };
            now.read += 1;
            now.recent = now.recent.push(class);
            if now.read <= after || now.decided >= now.length {
                continue;
            }
            let index = now.decided;
            now.decided += 1;
            let score = match &mut self.matches {
                Some(matches) => score.saturating_add(matches.bonus(index)),
                None => score,
            };
            // A score is never as good as certain.
            let strength = Strength(score.min(i16::MAX - 1));
            if strength >= least && now.recent.window(after).may_break() {
                found = Some(Boundary {
                    at: self.starts[index % RECENT],
                    index,
                    strength,
                    ends_word: true,
                });
            }
        }
        self.progress = now;
        found
    }
}

/// The normalised characters of a run, each with the byte of the run that it began at.
#[derive(Clone, Debug)]
// Nothing is allocated for a run, so the larger one is not boxed.
#[allow(clippy::large_enum_variant)]
pub(crate) enum Source<'a> {
    /// A run that is normalised already.
    Ordered(std::str::CharIndices<'a>),
    /// Any other.
    Any(Normalizer<'a>),
}

impl Iterator for Source<'_> {
    type Item = (char, usize);

    #[inline]
    fn next(&mut self) -> Option<(char, usize)> {
        match self {
            Self::Ordered(chars) => chars.next().map(|(at, c)| (c, at)),
            Self::Any(normalizer) => normalizer.next(),
        }
    }
}
