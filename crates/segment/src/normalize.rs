//! One spelling for what looks the same.
//!
//! The same syllable is stored in several ways that a reader cannot tell apart: marks in another
//! order, a letter as its two halves, a mark typed twice, characters without a width in between.
//! Words are looked up in one form only. This file walks a text cluster by cluster (a letter and
//! the marks on it) without allocation; what becomes of a cluster stands in each language's file.

use std::str::CharIndices;

use crate::script::{Script, is_ignorable};
use crate::{burmese, khmer, lao, thai};

/// How many characters a cluster may have; one that has more is no writing and passes as it is.
/// No language needs more than ten.
const LONGEST: usize = 24;

/// What a character does to a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Begins a cluster, and changes only under the marks after it.
    Plain,
    /// As `Plain`, but two of it are another letter (เ).
    Doubling,
    /// Begins a cluster that may need work even without a mark.
    Special,
    /// A combining mark: belongs to the cluster before it, at the place given (1 to 15, ascending);
    /// twice is once.
    Mark(u8),
    /// A combining mark that may do more than change its place.
    Active(u8),
    /// Belongs to the cluster before it at the place given; twice is twice.
    Tail(u8),
    /// Has no width and is dropped.
    Dropped,
}

impl Kind {
    const fn place(self) -> u8 {
        match self {
            Self::Mark(place) | Self::Active(place) | Self::Tail(place) => place,
            Self::Plain | Self::Doubling | Self::Special | Self::Dropped => 0,
        }
    }

    /// Whether it begins a cluster, as far as it alone can say.
    const fn begins(self) -> bool {
        matches!(self, Self::Plain | Self::Doubling | Self::Special)
    }

    const fn is_mark(self) -> bool {
        matches!(self, Self::Mark(_) | Self::Active(_))
    }
}

/// How a language treats its characters.
pub(crate) struct Rules {
    /// Where the block of the script begins.
    pub(crate) block: u32,
    /// The kind of each character of the block.
    pub(crate) kinds: [Kind; 256],
    /// Whether a character that is no mark belongs to the cluster before it nevertheless, or a
    /// mark does not.
    pub(crate) joins: fn(cluster: &[char], c: char, kind: Kind) -> bool,
    /// Puts a cluster into its one form. Not called for a plain character with marks in ascending
    /// places of which none is active.
    pub(crate) settle: fn(&mut Cluster),
}

impl Rules {
    /// The kinds of a block; what is not mentioned is plain.
    pub(crate) const fn kinds(block: u32, ranges: &[(char, char, Kind)]) -> [Kind; 256] {
        let mut kinds = [Kind::Plain; 256];
        let mut i = 0;
        while i < ranges.len() {
            let (first, last, kind) = ranges[i];
            let mut u = first as u32;
            while u <= last as u32 {
                kinds[(u - block) as usize] = kind;
                u += 1;
            }
            i += 1;
        }
        kinds
    }

    fn of(script: Script) -> &'static Self {
        match script {
            Script::Thai => &thai::RULES,
            Script::Lao => &lao::RULES,
            Script::Khmer => &khmer::RULES,
            Script::Burmese => &burmese::RULES,
        }
    }

    /// The place of a character in its cluster; 0 for what begins one.
    pub(crate) fn place(&self, c: char) -> u8 {
        self.kind(c).place()
    }

    pub(crate) fn is_mark(&self, c: char) -> bool {
        self.kind(c).is_mark()
    }

    #[inline]
    fn kind(&self, c: char) -> Kind {
        match self.kinds.get((c as u32).wrapping_sub(self.block) as usize) {
            Some(&kind) => kind,
            None if is_ignorable(c) => Kind::Dropped,
            None => Kind::Plain,
        }
    }
}

/// Pairs of codes: for the first of a pair the set of those that may follow it in normalised text
/// without a look at what stands around the two.
pub(crate) type Pairs = [u128; 128];

/// The pairs of a script. `$code` is a `const fn(char) -> u8`, `$rules` the script's [`Rules`].
///
/// Told from the kinds alone, and so that text without any other pair is normalised: plain letters,
/// each with marks in ascending places of which none is active.
macro_rules! pairs {
    ($code:path, $rules:path) => {{
        let mut kinds = [$crate::normalize::Kind::Special; 128];
        kinds[0] = $crate::normalize::Kind::Dropped;
        let mut i = 0;
        while i < 256 {
            if let Some(c) = char::from_u32($rules.block + i)
                && $code(c) != 0
            {
                kinds[$code(c) as usize] = $rules.kinds[i as usize];
            }
            i += 1;
        }
        $crate::normalize::ordered_pairs(&kinds)
    }};
}
pub(crate) use pairs;

pub(crate) const fn ordered_pairs(kinds: &[Kind; 128]) -> Pairs {
    let mut pairs = [0; 128];
    let mut first = 0;
    while first < 128 {
        let mut second = 0;
        while second < 128 {
            let begins = matches!(kinds[first], Kind::Plain | Kind::Doubling);
            let ordered = match kinds[second] {
                // Code 0 is the start of the run.
                Kind::Plain => {
                    first == 0 || begins || matches!(kinds[first], Kind::Mark(_) | Kind::Tail(_))
                }
                Kind::Doubling => {
                    first != second
                        && (first == 0
                            || begins
                            || matches!(kinds[first], Kind::Mark(_) | Kind::Tail(_)))
                }
                Kind::Mark(place) | Kind::Tail(place) => match kinds[first] {
                    Kind::Plain => true,
                    Kind::Mark(before) => before < place,
                    _ => false,
                },
                Kind::Special | Kind::Active(_) | Kind::Dropped => false,
            };
            if ordered {
                pairs[first] |= 1 << second;
            }
            second += 1;
        }
        first += 1;
    }
    pairs
}

/// The pairs of codes that normalised text may have side by side, whatever stands around them; code
/// 0 stands before a run. A text whose pairs all are so is normalised already.
#[inline]
pub(crate) fn ordered(script: Script) -> &'static Pairs {
    match script {
        Script::Thai => &thai::PAIRS,
        Script::Lao => &lao::PAIRS,
        Script::Khmer => &khmer::PAIRS,
        Script::Burmese => &burmese::PAIRS,
    }
}

/// A letter with its marks while it is put in order.
///
/// Characters change places, their origins do not: so origins ascend, and two that change places
/// take each other's.
#[derive(Clone)]
pub(crate) struct Cluster {
    chars: [char; LONGEST + 1],
    origins: [usize; LONGEST + 1],
    len: usize,
}

impl Cluster {
    const fn new() -> Self {
        Self {
            chars: ['\0'; LONGEST + 1],
            origins: [0; LONGEST + 1],
            len: 0,
        }
    }

    pub(crate) fn chars(&self) -> &[char] {
        &self.chars[..self.len]
    }

    pub(crate) fn chars_mut(&mut self) -> &mut [char] {
        &mut self.chars[..self.len]
    }

    fn push(&mut self, c: char, origin: usize) {
        self.chars[self.len] = c;
        self.origins[self.len] = origin;
        self.len += 1;
    }

    /// Takes the character at `at` out; what comes after it moves up.
    pub(crate) fn remove(&mut self, at: usize) {
        self.chars.copy_within(at + 1..self.len, at);
        self.origins.copy_within(at + 1..self.len, at);
        self.len -= 1;
    }

    /// Keeps the first `len` characters.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Puts a character behind the one at `at`, from which it came. A cluster has room for one.
    pub(crate) fn insert_after(&mut self, at: usize, c: char) {
        if self.len < self.chars.len() {
            self.chars.copy_within(at + 1..self.len, at + 2);
            self.origins.copy_within(at..self.len, at + 1);
            self.chars[at + 1] = c;
            self.len += 1;
        }
    }

    /// Sorts the characters from `from` on; those with equal keys stay as they are.
    pub(crate) fn sort(&mut self, from: usize, key: impl Fn(char) -> u8) {
        for i in from + 1..self.len {
            let mut j = i;
            while j > from && key(self.chars[j - 1]) > key(self.chars[j]) {
                self.chars.swap(j - 1, j);
                j -= 1;
            }
        }
    }

    /// Drops each mark (by `is_mark`) that equals the one before it.
    pub(crate) fn drop_doubles(&mut self, is_mark: impl Fn(char) -> bool) {
        let mut i = 1;
        while i < self.len {
            if self.chars[i] == self.chars[i - 1] && is_mark(self.chars[i]) {
                self.remove(i);
            } else {
                i += 1;
            }
        }
    }
}

/// A text in its normal form, one character after another, each with the byte of the original
/// that it began at.
///
/// Origins ascend and lie on character boundaries; two characters that change places take each
/// other's origin, and a dropped character belongs to what stands before it. This is exact for
/// clusters (a letter with its marks); within one that lost a character, the origins of what is
/// left are those of its first characters or close by. Characters of other
/// scripts pass as they are, those without a width disappear. Time is linear, nothing is
/// allocated, and normalising twice is normalising once.
///
/// ```
/// use mekong_segment::{Normalizer, Script};
///
/// // Two เ instead of แ, sara am as its two halves with the tone mark between them.
/// let normal: String = Normalizer::new(Script::Thai, "เเม่นํ้า").map(|(c, _)| c).collect();
/// assert_eq!(normal, "แม่น้ำ");
/// ```
#[derive(Clone)]
pub struct Normalizer<'t> {
    rules: &'static Rules,
    rest: CharIndices<'t>,
    /// The character after the current one, already decoded.
    ahead: Option<(usize, char, Kind)>,
    cluster: Cluster,
    /// The next of `cluster` to give out.
    next: usize,
    /// Whether the cluster was too long and its rest passes as it is.
    spilling: bool,
}

impl<'t> Normalizer<'t> {
    /// The normal form of `text` by the rules of `script`.
    #[must_use]
    pub fn new(script: Script, text: &'t str) -> Self {
        let mut new = Self {
            rules: Rules::of(script),
            rest: text.char_indices(),
            ahead: None,
            cluster: Cluster::new(),
            next: 0,
            spilling: false,
        };
        new.advance();
        new
    }

    /// Decodes the next character that has a width.
    #[inline]
    fn advance(&mut self) {
        self.ahead = loop {
            let Some((at, c)) = self.rest.next() else {
                break None;
            };
            let kind = self.rules.kind(c);
            if kind != Kind::Dropped {
                break Some((at, c, kind));
            }
        };
    }

    /// Reads the cluster that begins with the given character and settles it.
    fn gather(&mut self, at: usize, c: char, kind: Kind) -> Option<(char, usize)> {
        self.next = 0;
        self.cluster.len = 0;
        self.cluster.push(c, at);
        let mut last = c;
        if kind == Kind::Plain {
            // Most clusters are in order; those need no more than this.
            let mut last_place = 0;
            loop {
                match self.ahead {
                    Some((at, c, Kind::Mark(place))) if place > last_place => {
                        self.cluster.push(c, at);
                        (last, last_place) = (c, place);
                        self.advance();
                    }
                    Some((_, _, kind)) if kind.begins() => return self.give(),
                    None => return self.give(),
                    Some(_) => break,
                }
            }
        }
        while let Some((at, c, kind)) = self.ahead {
            if !(self.rules.joins)(self.cluster.chars(), c, kind) {
                break;
            }
            if c != last || !kind.is_mark() {
                if self.cluster.len == LONGEST {
                    self.spilling = true;
                    return self.give();
                }
                self.cluster.push(c, at);
                last = c;
            }
            self.advance();
        }
        (self.rules.settle)(&mut self.cluster);
        self.give()
    }

    /// The next character of the cluster.
    #[inline]
    fn give(&mut self) -> Option<(char, usize)> {
        let i = self.next;
        if i >= self.cluster.len {
            return None;
        }
        self.next += 1;
        Some((self.cluster.chars[i], self.cluster.origins[i]))
    }

    /// The next character of a cluster too long to be settled.
    fn spill(&mut self) -> Option<(char, usize)> {
        let last = self.cluster.chars[LONGEST - 1];
        while let Some((at, c, kind)) = self.ahead {
            if !(self.rules.joins)(&[last], c, kind) {
                break;
            }
            self.advance();
            if c != last || !kind.is_mark() {
                self.cluster.chars[LONGEST - 1] = c;
                return Some((c, at));
            }
        }
        self.spilling = false;
        None
    }
}

impl Iterator for Normalizer<'_> {
    type Item = (char, usize);

    #[inline]
    fn next(&mut self) -> Option<(char, usize)> {
        if let Some(given) = self.give() {
            return Some(given);
        }
        if self.spilling
            && let Some(spilt) = self.spill()
        {
            return Some(spilt);
        }
        let (at, c, kind) = self.ahead?;
        self.advance();
        let alone = match self.ahead {
            Some((_, ahead, next)) if next.begins() => kind != Kind::Doubling || ahead != c,
            Some(_) => false,
            None => true,
        };
        if alone && matches!(kind, Kind::Plain | Kind::Doubling) {
            return Some((c, at));
        }
        self.gather(at, c, kind)
    }
}

impl std::fmt::Debug for Normalizer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Normalizer")
            .field("rest", &self.rest.as_str())
            .finish_non_exhaustive()
    }
}

/// A normalised text and where each of its characters came from: a buffer to be filled again and
/// again.
///
/// ```
/// use mekong_segment::{Normalized, Script};
///
/// let mut normalized = Normalized::default();
/// normalized.fill(Script::Lao, "ຫນັງສື");
/// assert_eq!(normalized.text(), "ໜັງສື");
/// // The second character, ັ, began at byte 6 of the original.
/// assert_eq!(normalized.origin("ໜ".len()), 6);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Normalized {
    text: String,
    origin: Vec<u32>,
}

impl Normalized {
    /// Forgets the last text and takes the normal form of `text` by the rules of `script`.
    pub fn fill(&mut self, script: Script, text: &str) {
        self.fill_from(Normalizer::new(script, text), text.len());
    }

    /// Forgets the last text and takes these characters, each with the byte of the original that
    /// it began at; the original ends at `end`. For texts that another normalisation has made.
    ///
    /// Origins are counted in 32 bits: beyond 4 GiB they stay at `u32::MAX`.
    pub fn fill_from(&mut self, chars: impl Iterator<Item = (char, usize)>, end: usize) {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.text.clear();
        self.origin.clear();
        for (c, at) in chars {
            self.text.push(c);
            let origin = [short(at); 4];
            self.origin.extend_from_slice(&origin[..c.len_utf8()]);
        }
        self.origin.push(short(end));
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the original that the character began at which byte `at` of [`text`] belongs
    /// to; for the length of the text the length of the original, beyond it too.
    ///
    /// [`text`]: Self::text
    #[must_use]
    pub fn origin(&self, at: usize) -> usize {
        let end = self.origin.last();
        self.origin.get(at).or(end).map_or(0, |&at| at as usize)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn normal(script: Script, text: &str) -> String {
        Normalizer::new(script, text).map(|(c, _)| c).collect()
    }

    /// Checks what holds of every text.
    fn check(script: Script, text: &str) {
        let once: Vec<_> = Normalizer::new(script, text).collect();
        let origins: Vec<_> = once.iter().map(|&(_, at)| at).collect();
        assert!(origins.is_sorted(), "{text:?}: {origins:?}");
        assert!(origins.iter().all(|&at| text.is_char_boundary(at)));
        let once: String = once.into_iter().map(|(c, _)| c).collect();
        assert!(!once.chars().any(is_ignorable));
        assert_eq!(normal(script, &once), once, "{script:?} {text:?}");

        let mut normalized = Normalized::default();
        normalized.fill(script, "previous");
        normalized.fill(script, text);
        assert_eq!(normalized.text(), once);
        assert_eq!(normalized.origin(once.len()), text.len());
    }

    /// Letters, marks and a few strangers of a script, marks as often as letters.
    pub(crate) fn writing(script: Script) -> impl Strategy<Value = String> {
        let rules = Rules::of(script);
        let all: Vec<char> = (0..=0xFFFF)
            .filter_map(char::from_u32)
            .filter(|&c| Script::of(c) == Some(script))
            .collect();
        let marks: Vec<char> = all
            .iter()
            .copied()
            .filter(|&c| rules.kind(c) != Kind::Plain)
            .collect();
        let strangers = vec![' ', 'a', '\u{200B}', '\u{200D}', '๑', 'ๆ'];
        let one = prop_oneof![
            4 => prop::sample::select(all),
            5 => prop::sample::select(marks),
            1 => prop::sample::select(strangers),
        ];
        prop::collection::vec(one, 0..40).prop_map(|chars| chars.into_iter().collect())
    }

    /// Where a text may be cut so that the parts normalise as the whole does.
    fn starts_cluster(script: Script, before: char, c: char) -> bool {
        let rules = Rules::of(script);
        rules.kind(c).begins()
            && rules.kind(before) == Kind::Plain
            && !(rules.joins)(&[before], c, rules.kind(c))
    }

    #[test]
    fn zero_width_characters_disappear() {
        for (script, written, expected) in [
            (Script::Thai, "การ\u{200B}ประ\u{200D}ชุม", "การประชุม"),
            (Script::Lao, "\u{FEFF}ປະ\u{200B}ເທດ", "ປະເທດ"),
            (Script::Khmer, "ភាសា\u{200B}ខ្មែរ\u{200C}", "ភាសាខ្មែរ"),
            (Script::Burmese, "မြန်\u{2060}မာ", "မြန်မာ"),
        ] {
            assert_eq!(normal(script, written), expected);
            check(script, written);
        }
    }

    #[test]
    fn a_hundred_marks_pass_as_they_are() {
        for (script, marks) in [
            (Script::Thai, "่้"),
            (Script::Lao, "່້"),
            (Script::Khmer, "៉ា"),
            (Script::Burmese, "ျြ"),
        ] {
            let heap = marks.repeat(100);
            assert_eq!(normal(script, &heap), heap);
            check(script, &heap);
        }
        assert_eq!(normal(Script::Thai, &"่".repeat(100)), "่");
    }

    proptest! {
        #[test]
        fn any_text_has_one_normal_form(text in any::<String>()) {
            for script in Script::ALL {
                check(script, &text);
            }
        }

        #[test]
        fn any_thai_has_one_normal_form(text in writing(Script::Thai)) {
            check(Script::Thai, &text);
        }

        #[test]
        fn any_lao_has_one_normal_form(text in writing(Script::Lao)) {
            check(Script::Lao, &text);
        }

        #[test]
        fn any_khmer_has_one_normal_form(text in writing(Script::Khmer)) {
            check(Script::Khmer, &text);
        }

        #[test]
        fn any_burmese_has_one_normal_form(text in writing(Script::Burmese)) {
            check(Script::Burmese, &text);
        }

        #[test]
        fn parts_normalise_as_the_whole(
            (script, text) in prop::sample::select(Script::ALL.to_vec())
                .prop_flat_map(|script| (Just(script), writing(script))),
        ) {
            let mut parts = String::new();
            let mut start = 0;
            let mut before = None;
            for (at, c) in text.char_indices() {
                if is_ignorable(c) {
                    continue;
                }
                if before.is_some_and(|before| starts_cluster(script, before, c)) {
                    parts += &normal(script, &text[start..at]);
                    start = at;
                }
                before = Some(c);
            }
            parts += &normal(script, &text[start..]);
            prop_assert_eq!(parts, normal(script, &text));
        }
    }
}
