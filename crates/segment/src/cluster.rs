//! Where a word may begin: one rule for four scripts over classes of characters.
//!
//! The rule forbids what no reader would accept, whatever the words are: a mark torn from its
//! letter, a vowel written before its consonant left alone, a silenced letter at the head of a
//! word. It takes normalised text. What it allows is left to the model.

use crate::script::Script;
use crate::{burmese, khmer, lao, thai};

/// What a character does to a boundary beside it. Each language's file gives its letters theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// The edge of a run, or nothing known.
    Other,
    /// A letter of which nothing more is known.
    Consonant,
    /// A consonant that never ends a syllable: no boundary after it unless its vowel stands
    /// before it.
    Onset,
    /// A consonant that, before the start of another syllable, can only end its own. In Lao,
    /// which writes every vowel.
    Coda,
    /// As `Coda`, but also the second of two consonants, or a vowel (Lao ວ ລ ຣ).
    Glide,
    /// The letter that carries a vowel or is one (Lao ອ).
    Carrier,
    /// A vowel written before its consonant.
    Leading,
    /// A combining mark, or a vowel written after its consonant.
    Mark,
    /// A mark that says nothing about what comes after it: tones, the Burmese dot below.
    Tone,
    /// A vowel that needs a letter after it.
    Opening,
    /// A vowel that needs a letter after it where a leading vowel stands before its consonant
    /// (เ็ เิ เี).
    Framed,
    /// Joins the next letter below the one before (Khmer coeng); the pair may head a word.
    Stacker,
    /// Joins the next letter below the one before, which ends its syllable (Burmese virama).
    Virama,
    /// Makes the letter before it the end of its syllable.
    Killer,
    /// Silences the letter before it, or two, which stand behind the end of their syllable.
    Silencer,
}

/// A set of classes, one bit each.
#[derive(Clone, Copy)]
struct Classes(u16);

impl Classes {
    const fn of(classes: &[Class]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < classes.len() {
            bits |= 1 << classes[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    const fn contains(self, class: u32) -> bool {
        self.0 >> class & 1 == 1
    }
}

const JOINED_TO_THE_LETTER_BEFORE: Classes = {
    use Class::*;
    Classes::of(&[
        Mark, Tone, Opening, Framed, Stacker, Virama, Killer, Silencer,
    ])
};
const JOINED_TO_THE_LETTER_AFTER: Classes = Classes::of(&[
    Class::Leading,
    Class::Opening,
    Class::Stacker,
    Class::Virama,
]);
const LETTER: Classes = {
    use Class::*;
    Classes::of(&[Consonant, Onset, Coda, Glide, Carrier])
};
/// A letter that, after another, begins a syllable or ends one.
const PLAIN_LETTER: Classes = Classes::of(&[Class::Consonant, Class::Onset, Class::Coda]);
/// What shows that the letter before it began a syllable.
const RHYME: Classes = {
    use Class::*;
    Classes::of(&[Mark, Tone, Opening, Glide, Carrier])
};
const SIGN: Classes = Classes::of(&[Class::Mark, Class::Tone, Class::Opening]);
const VOWEL: Classes = Classes::of(&[Class::Mark, Class::Framed, Class::Opening]);

/// The classes of the four characters before a boundary and of the four after it. Beyond the
/// edge of a run stands [`Class::Other`].
///
/// To walk a run, push the first three classes, then one more for each character, and
/// [`Class::Other`] three times at the end: the boundary before a character is asked for when the
/// third after it has been pushed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Window(u32);

impl Window {
    /// Around the beginning of a run, of which nothing is known.
    pub const NEW: Self = Self(0);

    /// How many characters must be pushed after one before the boundary before it is in place.
    pub const AHEAD: usize = 3;

    /// Moves the boundary one character on; `class` becomes the fourth after it.
    #[inline]
    #[must_use]
    pub const fn push(self, class: Class) -> Self {
        Self(self.0 << 4 | class as u32)
    }

    /// The window around the boundary before `classes[at]`.
    #[cfg(test)]
    pub(crate) fn around(classes: &[Class], at: usize) -> Self {
        (0..8).fold(Self::default(), |window, i| {
            let class = (at + i).checked_sub(4).and_then(|i| classes.get(i));
            window.push(class.copied().unwrap_or(Class::Other))
        })
    }

    const fn class(self, nibble: u32) -> u32 {
        self.0 >> (nibble * 4) & 15
    }

    /// Whether a word may begin here.
    #[inline]
    #[must_use]
    pub const fn may_break(self) -> bool {
        let after = self.class(3);
        let before = self.class(4);
        if JOINED_TO_THE_LETTER_BEFORE.contains(after)
            || JOINED_TO_THE_LETTER_AFTER.contains(before)
        {
            return false;
        }
        !(self.leaves_a_syllable_open() || self.begins_with_an_end() || self.tears_a_rhyme())
    }

    /// Whether the syllable before the boundary lacks its end.
    const fn leaves_a_syllable_open(self) -> bool {
        use Class::{Framed, Leading, Onset, Opening, Tone};
        let [first, second, third, fourth] =
            [self.class(4), self.class(5), self.class(6), self.class(7)];
        first == Onset as u32 && second != Leading as u32
            || first == Framed as u32 && third == Leading as u32
            || first == Tone as u32
                && (second == Opening as u32 || second == Framed as u32 && fourth == Leading as u32)
    }

    /// Whether the letter after the boundary is the end of the syllable before it.
    const fn begins_with_an_end(self) -> bool {
        use Class::{Killer, Silencer, Tone, Virama};
        let [second, third, fourth] = [self.class(2), self.class(1), self.class(0)];
        second == Killer as u32
            || second == Virama as u32
            || second == Silencer as u32
            || third == Killer as u32 && second == Tone as u32
            || third == Silencer as u32
            || fourth == Silencer as u32 && LETTER.contains(second) && VOWEL.contains(third)
    }

    /// Whether the letter after the boundary must belong to the syllable before it since it has
    /// no vowel of its own.
    const fn tears_a_rhyme(self) -> bool {
        use Class::{Carrier, Coda, Glide, Leading, Mark, Opening};
        let [first, second, third] = [self.class(3), self.class(2), self.class(1)];
        if first == Carrier as u32 {
            // With a vowel on the second letter this one has a short a unwritten (ອນຸຍາດ).
            return PLAIN_LETTER.contains(second) && !SIGN.contains(third);
        }
        if first != Coda as u32 && first != Glide as u32 {
            return false;
        }
        second == Leading as u32
            || PLAIN_LETTER.contains(second) && (first == Glide as u32 || RHYME.contains(third))
            || second == Carrier as u32 && (third == Mark as u32 || third == Opening as u32)
    }
}

/// The classes of the last sixteen characters.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Recent(u64);

impl Recent {
    /// With one character more.
    #[inline]
    #[must_use]
    pub(crate) const fn push(self, class: Class) -> Self {
        Self(self.0 << 4 | class as u64)
    }

    /// The window around the boundary that has `after` of the characters after it, four to eight.
    #[inline]
    #[must_use]
    pub(crate) const fn window(self, after: usize) -> Window {
        Window((self.0 >> (4 * (after - 1 - Window::AHEAD))) as u32)
    }
}

/// The table that gives each code of a language its class. `$code` is a `const fn(char) -> u8`.
macro_rules! class_table {
    ($code:path, $ranges:expr) => {{
        let ranges: &[(char, char, $crate::cluster::Class)] = $ranges;
        let mut table = [$crate::cluster::Class::Other; 128];
        let mut i = 0;
        while i < ranges.len() {
            let (first, last, class) = ranges[i];
            let mut u = first as u32;
            while u <= last as u32 {
                if let Some(c) = char::from_u32(u) {
                    table[$code(c) as usize] = class;
                }
                u += 1;
            }
            i += 1;
        }
        table
    }};
}
pub(crate) use class_table;

/// A small number for each letter and mark of a script: below 128, and 0 for what is none of
/// that script (the edge of a run).
#[inline]
#[must_use]
pub fn code(script: Script, c: char) -> u8 {
    let block = &BLOCKS[script as usize];
    match block
        .codes
        .get((c as u32).wrapping_sub(block.start) as usize)
    {
        Some(&code) => code,
        // The only script here with letters outside of its block.
        None if script == Script::Burmese => burmese::code(c),
        None => 0,
    }
}

/// The codes of a block of characters.
struct Block {
    start: u32,
    codes: [u8; 256],
}

macro_rules! block {
    ($start:expr, $code:path) => {{
        let mut codes = [0; 256];
        let mut i = 0;
        while i < codes.len() {
            if let Some(c) = char::from_u32($start + i as u32) {
                codes[i] = $code(c);
            }
            i += 1;
        }
        let start = $start;
        Block { start, codes }
    }};
}

/// The block of each script, in the order of [`Script::ALL`].
static BLOCKS: [Block; Script::ALL.len()] = [
    block!(0xE00, thai::code),
    block!(0xE80, lao::code),
    block!(0x1780, khmer::code),
    block!(0x1000, burmese::code),
];

/// The class of each [`code`] of a script.
#[inline]
#[must_use]
pub fn classes(script: Script) -> &'static [Class; 128] {
    match script {
        Script::Thai => &thai::CLASSES,
        Script::Lao => &lao::CLASSES,
        Script::Khmer => &khmer::CLASSES,
        Script::Burmese => &burmese::CLASSES,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn classes_of(script: Script, text: &str) -> Vec<Class> {
        let classes = classes(script);
        let class = |c| classes[code(script, c) as usize];
        text.chars().map(class).collect()
    }

    /// Checks that each of the words may follow the one before it, and that none of the pieces,
    /// each at its first place in the words joined, may begin a word.
    pub(crate) fn check_breaks(script: Script, words: &[&str], pieces: &[&str]) {
        let text = words.concat();
        let classes = classes_of(script, &text);
        let allowed = |at: usize| Window::around(&classes, text[..at].chars().count()).may_break();
        let mut at = 0;
        for word in words {
            assert!(at == 0 || allowed(at), "{word} may not begin in {text}");
            at += word.len();
        }
        for piece in pieces {
            let at = text.find(piece);
            assert!(
                at.is_some_and(|at| !allowed(at)),
                "{piece} may begin in {text}"
            );
        }
    }

    #[test]
    fn every_letter_has_a_code_of_its_script_alone() {
        for c in (0..=0xFFFF).filter_map(char::from_u32) {
            for script in Script::ALL {
                let own = Script::of(c) == Some(script);
                assert_eq!(code(script, c) != 0, own, "{script:?} {c:?}");
                assert!(code(script, c) < 128);
                let class = classes(script)[code(script, c) as usize];
                assert_eq!(class != Class::Other, own, "{script:?} {c:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn pushing_equals_looking_around(codes in prop::collection::vec(0u8..128, 0..40)) {
            for script in Script::ALL {
                let classes: Vec<_> = codes.iter().map(|&code| classes(script)[code as usize]).collect();
                let mut window = Window::default();
                let ends = [Class::Other; Window::AHEAD];
                for (i, &class) in classes.iter().chain(&ends).enumerate() {
                    window = window.push(class);
                    if let Some(at) = i.checked_sub(Window::AHEAD) {
                        prop_assert_eq!(window.may_break(), Window::around(&classes, at).may_break());
                    }
                }
            }
        }
    }
}
