//! Khmer: what becomes one in normalisation, and how its letters stand to each other.
//!
//! Encoding: The Unicode Standard, chapter 16.4, with the order of parts that Unicode's work on
//! the Khmer encoding structure settles on: base, robat, subscripts with ro last, shifter, vowel,
//! signs.

use crate::cluster::{Class, class_table};
use crate::lexicon::Lexicon;
use crate::normalize::{Cluster, Kind, Pairs, Rules, pairs};
use crate::script::Script;

const COENG: char = '\u{17D2}';
const MUUSIKATOAN: char = '\u{17C9}';
const TRIISAP: char = '\u{17CA}';
const VOWEL_AA: char = '\u{17B6}';
const VOWEL_II: char = '\u{17B8}';
const VOWEL_U: char = '\u{17BB}';
const VOWEL_OE: char = '\u{17BE}';
const VOWEL_E: char = '\u{17C1}';
const VOWEL_OO: char = '\u{17C4}';

// Places of the parts of a syllable.
const ROBAT: u8 = 1;
const SUBSCRIPT: u8 = 2;
const SUBSCRIPT_RO: u8 = 3;
const SHIFTER: u8 = 4;
const VOWEL: u8 = 5;
const SIGN: u8 = 6;

pub(crate) static RULES: Rules = Rules {
    block: 0x1780,
    kinds: Rules::kinds(
        0x1780,
        &[
            // Deprecated or variants.
            ('\u{17A3}', '\u{17A4}', Kind::Special),
            ('\u{17B2}', '\u{17B2}', Kind::Special),
            // Inherent vowels, invisible and deprecated.
            ('\u{17B4}', '\u{17B5}', Kind::Dropped),
            (VOWEL_AA, '\u{17C5}', Kind::Mark(VOWEL)),
            (VOWEL_U, VOWEL_U, Kind::Active(VOWEL)),
            (VOWEL_E, VOWEL_E, Kind::Active(VOWEL)),
            ('\u{17C6}', '\u{17D3}', Kind::Mark(SIGN)),
            // Reahmuk and yuukaleapintu stand behind everything.
            ('\u{17C7}', '\u{17C8}', Kind::Mark(SIGN + 1)),
            (MUUSIKATOAN, TRIISAP, Kind::Mark(SHIFTER)),
            ('\u{17CC}', '\u{17CC}', Kind::Mark(ROBAT)),
            (COENG, COENG, Kind::Active(SUBSCRIPT)),
            ('\u{17DD}', '\u{17DD}', Kind::Mark(SIGN)),
        ],
    ),
    joins,
    settle,
};

fn is_letter(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17B3}')
}

fn joins(cluster: &[char], c: char, kind: Kind) -> bool {
    matches!(kind, Kind::Mark(_) | Kind::Active(_))
        || cluster.last() == Some(&COENG) && is_letter(c)
}

/// A part of a syllable behind its base: a mark, or coeng with its letter.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Part {
    mark: char,
    /// The letter below, with coeng.
    letter: Option<char>,
}

impl Part {
    fn place(self) -> u8 {
        match self.letter {
            Some('រ') => SUBSCRIPT_RO,
            _ => RULES.place(self.mark),
        }
    }

    /// The vowel that the two halves make.
    fn join(self, next: Self) -> Option<Self> {
        let mark = match (self.mark, next.mark) {
            (VOWEL_E, VOWEL_II) | (VOWEL_II, VOWEL_E) => VOWEL_OE,
            (VOWEL_E, VOWEL_AA) | (VOWEL_AA, VOWEL_E) => VOWEL_OO,
            _ => return None,
        };
        Some(Self { mark, letter: None })
    }
}

/// One order for the parts of a syllable, and one form for look-alikes:
///
/// - coeng da (្ដ) becomes coeng ta (្ត), which is drawn the same and far commoner;
/// - េ with ី becomes ើ, េ with ា becomes ោ;
/// - ុ beside a vowel above is the shifter it looks like, where the base leaves no doubt which;
/// - the variant ឲ becomes ឱ, the deprecated U+17A3 and U+17A4 become what replaced them.
fn settle(cluster: &mut Cluster) {
    match cluster.chars()[0] {
        '\u{17A3}' => cluster.chars_mut()[0] = '\u{17A2}',
        '\u{17A4}' => {
            cluster.chars_mut()[0] = '\u{17A2}';
            if cluster.chars().get(1) != Some(&VOWEL_AA) {
                cluster.insert_after(0, VOWEL_AA);
            }
        }
        'ឲ' => cluster.chars_mut()[0] = 'ឱ',
        _ => {}
    }
    // A mark without a base stays as it is, and a single mark has no order.
    if cluster.chars().len() > 2 && !RULES.is_mark(cluster.chars()[0]) {
        restore_shifter(cluster);
        order(cluster);
    }
}

/// Replaces ុ by the shifter, which is drawn like it under a vowel above.
fn restore_shifter(cluster: &mut Cluster) {
    let above = |&c: &char| matches!(c, '\u{17B7}'..='\u{17BA}' | VOWEL_OE);
    let shifter = match cluster.chars()[0] {
        'ង' | 'ញ' | 'ន' | 'ម' | 'យ' | 'រ' | 'ល' | 'វ' => MUUSIKATOAN,
        'ស' | 'ហ' | 'អ' => TRIISAP,
        _ => return,
    };
    let chars = cluster.chars();
    if !chars.iter().any(above) || chars.contains(&MUUSIKATOAN) || chars.contains(&TRIISAP) {
        return;
    }
    for c in cluster.chars_mut() {
        if *c == VOWEL_U {
            *c = shifter;
        }
    }
}

fn order(cluster: &mut Cluster) {
    const NONE: Part = Part {
        mark: '\0',
        letter: None,
    };
    let mut parts = [NONE; 32];
    let mut count = 0;
    let chars = cluster.chars();
    let mut i = 1;
    while i < chars.len() {
        let mark = chars[i];
        let mut letter = None;
        if mark == COENG {
            match chars.get(i + 1) {
                Some(&below) if is_letter(below) => letter = Some(below),
                // A coeng without its letter: no syllable to put in order.
                _ => return,
            }
            i += 1;
        }
        // Drawn the same below.
        let letter = letter.map(|c| if c == 'ដ' { 'ត' } else { c });
        let part = Part { mark, letter };
        let mut at = count;
        while at > 0 && parts[at - 1].place() > part.place() {
            parts[at] = parts[at - 1];
            at -= 1;
        }
        parts[at] = part;
        count += 1;
        i += 1;
    }
    // Join halves and drop doubles; what one of them brings together may be another.
    let mut kept = 0;
    for i in 0..count {
        parts[kept] = parts[i];
        kept += 1;
        while kept > 1 {
            let (before, last) = (parts[kept - 2], parts[kept - 1]);
            if before == last {
                kept -= 1;
            } else if let Some(joined) = before.join(last) {
                kept -= 1;
                parts[kept - 1] = joined;
            } else {
                break;
            }
        }
    }
    let mut at = 1;
    for part in &parts[..kept] {
        cluster.chars_mut()[at] = part.mark;
        at += 1;
        if let Some(letter) = part.letter {
            cluster.chars_mut()[at] = letter;
            at += 1;
        }
    }
    cluster.truncate(at);
}

/// A letter's distance from U+177F.
#[inline]
pub(crate) const fn code(c: char) -> u8 {
    match c as u32 {
        u @ (0x1780..=0x17D3 | 0x17DC | 0x17DD) => (u - 0x177F) as u8,
        _ => 0,
    }
}

/// The words and their costs, see the card beside the file.
pub(crate) const LEXICON: Lexicon =
    Lexicon::new(Script::Khmer, include_bytes!("../models/khmer.lexicon"));

pub(crate) static PAIRS: Pairs = pairs!(code, RULES);

pub(crate) static CLASSES: [Class; 128] = class_table!(
    code,
    &[
        ('\u{1780}', '\u{17B3}', Class::Consonant),
        ('\u{17DC}', '\u{17DC}', Class::Consonant),
        ('\u{17B4}', '\u{17D3}', Class::Mark),
        // ឹ and ័ are short and closed.
        ('\u{17B9}', '\u{17B9}', Class::Opening),
        ('\u{17D0}', '\u{17D0}', Class::Opening),
        // Bantoc shortens the vowel before its letter; robat is the end of the syllable before.
        ('\u{17CB}', '\u{17CC}', Class::Killer),
        ('\u{17CD}', '\u{17CD}', Class::Silencer),
        (COENG, COENG, Class::Stacker),
        ('\u{17DD}', '\u{17DD}', Class::Mark),
    ]
);

#[cfg(test)]
mod tests {
    use crate::cluster::tests::check_breaks;
    use crate::normalize::tests::normal;
    use crate::script::Script;

    #[test]
    fn look_alikes_become_one() {
        for (written, expected) in [
            // Parts of a syllable out of order: vowel before subscript, ro before another.
            ("ខ\u{17C2}\u{17D2}មរ", "ខ្មែរ"),
            ("ស\u{17D2}រ\u{17D2}តី", "ស\u{17D2}ត\u{17D2}រី"),
            ("ត\u{17BB}\u{17C6}", "តុំ"),
            ("ត\u{17C6}\u{17BB}", "តុំ"),
            ("ច\u{17C7}\u{17B6}", "ចាះ"),
            ("ស\u{17CA}\u{17D2}រ\u{17BB}ន", "ស្រ៊ុន"),
            // Coeng da and coeng ta are drawn the same.
            ("ឧត\u{17D2}ដម", "ឧត្តម"),
            ("សន\u{17D2}ដាន", "សន្តាន"),
            // Halves of a vowel.
            ("ធ\u{17D2}វ\u{17C1}\u{17B8}", "ធ្វើ"),
            ("ល\u{17C1}\u{17B6}ក", "លោក"),
            // A shifter typed as the vowel it looks like.
            ("ស\u{17BB}\u{17B8}", "ស៊ី"),
            ("ម\u{17BB}\u{17B8}ង", "ម៉ីង"),
            // Variants and deprecated letters.
            ("ឲ្យ", "ឱ្យ"),
            ("\u{17A3}ង", "អង"),
            ("\u{17A4}ង", "អាង"),
            ("\u{17A4}\u{17B6}\u{17D2}", "អា\u{17D2}"),
            ("ក\u{17B4}ក", "កក"),
            // A mark or coeng typed twice.
            ("កាា", "កា"),
            ("ក\u{17D2}\u{17D2}រម", "ក្រម"),
            ("កម្ពុជា", "កម្ពុជា"),
        ] {
            assert_eq!(normal(Script::Khmer, written), expected, "{written}");
        }
    }

    #[test]
    fn what_differs_stays_apart() {
        for text in ["បុី", "ដា", "ក\u{17D2}", "\u{17D2}ដ", "ក\u{17D2}ា", "ពន្ធដារ"]
        {
            assert_eq!(normal(Script::Khmer, text), text);
        }
    }

    #[test]
    fn words_begin_only_where_a_reader_would_begin_them() {
        for (words, forbidden) in [
            (&["កាត់", "បន្ថយ"][..], &["ត់"][..]),
            (&["ប្រយោជន៍", "ជាតិ"], &["ន៍", "ជន៍", "្រ"]),
            (&["ព័ត៌មាន"], &["ត៌"]),
            (&["នឹង", "ជា"], &["ង"]),
            (&["ខ្មែរ"], &["មែរ"]),
        ] {
            check_breaks(Script::Khmer, words, forbidden);
        }
    }
}
