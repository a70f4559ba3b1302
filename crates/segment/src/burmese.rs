//! Burmese: what becomes one in normalisation, and how its letters stand to each other.
//!
//! Encoding: The Unicode Standard, chapter 16.3, and Unicode Technical Note #11, "Representing
//! Myanmar in Unicode", whose storage order this file restores. Text in the older Zawgyi encoding
//! is not converted, see [`is_zawgyi`](crate::is_zawgyi).

use crate::cluster::{Class, class_table};
use crate::lexicon::Lexicon;
use crate::normalize::{Cluster, Kind, Pairs, Rules, pairs};
use crate::script::Script;

const LETTER_NYA: char = '\u{1009}';
const LETTER_SA: char = '\u{101E}';
const LETTER_U: char = '\u{1025}';
const LETTER_UU: char = '\u{1026}';
const LETTER_O: char = '\u{1029}';
const LETTER_AU: char = '\u{102A}';
const TALL_AA: char = '\u{102B}';
const AA: char = '\u{102C}';
const II: char = '\u{102E}';
const E: char = '\u{1031}';
const DOT_BELOW: char = '\u{1037}';
const VIRAMA: char = '\u{1039}';
const ASAT: char = '\u{103A}';
const MEDIAL_RA: char = '\u{103C}';

/// Where asat stands that has a vowel after it.
const BEFORE_VOWELS: u8 = 5;
/// The place of marks that Burmese does not have.
const FOREIGN: u8 = 15;

pub(crate) static RULES: Rules = Rules {
    block: 0x1000,
    kinds: Rules::kinds(
        0x1000,
        &[
            // Letters that a mark may make another.
            (LETTER_NYA, LETTER_NYA, Kind::Special),
            (LETTER_SA, LETTER_SA, Kind::Special),
            (LETTER_U, LETTER_U, Kind::Special),
            (LETTER_O, LETTER_O, Kind::Special),
            // Medials ya, ra, wa, ha.
            ('\u{103B}', '\u{103B}', Kind::Mark(1)),
            (MEDIAL_RA, MEDIAL_RA, Kind::Mark(2)),
            ('\u{103D}', '\u{103D}', Kind::Mark(3)),
            ('\u{103E}', '\u{103E}', Kind::Mark(4)),
            // Place 5 is where asat stands before a vowel.
            (E, E, Kind::Mark(6)),
            ('\u{102D}', II, Kind::Mark(7)),
            ('\u{102F}', '\u{1030}', Kind::Mark(8)),
            (TALL_AA, AA, Kind::Mark(9)),
            ('\u{1032}', '\u{1032}', Kind::Mark(10)),
            ('\u{1036}', '\u{1036}', Kind::Mark(10)),
            (DOT_BELOW, DOT_BELOW, Kind::Mark(11)),
            (ASAT, ASAT, Kind::Active(12)),
            ('\u{1038}', '\u{1038}', Kind::Mark(13)),
            (VIRAMA, VIRAMA, Kind::Active(14)),
            // Marks of other languages.
            ('\u{1033}', '\u{1035}', Kind::Active(FOREIGN)),
            ('\u{1056}', '\u{1059}', Kind::Active(FOREIGN)),
            ('\u{105E}', '\u{1060}', Kind::Active(FOREIGN)),
            ('\u{1062}', '\u{1064}', Kind::Active(FOREIGN)),
            ('\u{1067}', '\u{106D}', Kind::Active(FOREIGN)),
            ('\u{1071}', '\u{1074}', Kind::Active(FOREIGN)),
            ('\u{1082}', '\u{108D}', Kind::Active(FOREIGN)),
            ('\u{108F}', '\u{108F}', Kind::Active(FOREIGN)),
            ('\u{109A}', '\u{109D}', Kind::Active(FOREIGN)),
        ],
    ),
    joins,
    settle,
};

/// A virama ends its cluster: the letter that it stacks begins the next.
fn joins(cluster: &[char], _: char, kind: Kind) -> bool {
    matches!(kind, Kind::Mark(_) | Kind::Active(_)) && cluster.last() != Some(&VIRAMA)
}

fn is_vowel_but_aa(place: u8) -> bool {
    matches!(place, 6..=8 | 10)
}

/// One order for the marks on a letter, and one form for look-alikes:
///
/// - order of UTN #11: medials, vowels, anusvara, dot below, asat, visarga;
/// - asat directly on a letter that has a medial or `ာ` too stays there (ယောက်ျား); beside another
///   vowel it stands before it (ကျွန်ုပ်);
/// - ဥ with ီ is ဦ; ဥ before asat, `ာ` or a stacked letter is ဉ;
/// - သြ alone is ဩ, and သြော် is ဪ.
///
/// Marks of other languages have orders of their own and keep the one they are in.
fn settle(cluster: &mut Cluster) {
    let [first, rest @ ..] = cluster.chars() else {
        return;
    };
    let has = |test: fn(u8) -> bool| rest.iter().any(|&c| test(RULES.place(c)));
    if RULES.is_mark(*first) || has(|place| place == FOREIGN) {
        return;
    }
    let has_aa = has(|place| place == 9);
    let has_other_vowel = has(is_vowel_but_aa);
    let on_the_letter = rest.first() == Some(&ASAT) && (has_aa || has(|place| place <= 4));
    let place = |c| match RULES.place(c) {
        12 if !has_aa && has_other_vowel => BEFORE_VOWELS,
        place => place,
    };
    if rest.len() > 1 {
        cluster.sort(if on_the_letter { 2 } else { 1 }, place);
        cluster.drop_doubles(|_| true);
    }
    match *cluster.chars() {
        [LETTER_U | LETTER_NYA, II, ..] => {
            cluster.remove(1);
            cluster.chars_mut()[0] = LETTER_UU;
        }
        [LETTER_U, ASAT | AA | TALL_AA | VIRAMA, ..] | [LETTER_U, DOT_BELOW, ASAT, ..] => {
            cluster.chars_mut()[0] = LETTER_NYA;
        }
        [LETTER_SA, MEDIAL_RA] => {
            cluster.truncate(1);
            cluster.chars_mut()[0] = LETTER_O;
        }
        [LETTER_SA, MEDIAL_RA, E, AA, ASAT] | [LETTER_O, E, AA, ASAT] => {
            cluster.truncate(1);
            cluster.chars_mut()[0] = LETTER_AU;
        }
        _ => {}
    }
}

/// A letter's distance from U+0FFF, digits and punctuation left out; the rarer letters of the
/// sister languages share 124, their tones and rarer marks 125.
#[inline]
pub(crate) const fn code(c: char) -> u8 {
    match c as u32 {
        u @ 0x1000..=0x103F => (u - 0xFFF) as u8,
        u @ 0x104C..=0x104F => (u - 0x104C + 65) as u8,
        u @ 0x1050..=0x1086 => (u - 0x1050 + 69) as u8,
        0x108E | 0xA9E0..=0xA9E4 | 0xA9E7..=0xA9EF | 0xA9FA..=0xA9FE => 124,
        0xAA60..=0xAA6F | 0xAA71..=0xAA7A | 0xAA7E | 0xAA7F => 124,
        0x1087..=0x108F | 0x109A..=0x109D | 0xA9E5 | 0xA9E6 | 0xAA70 | 0xAA7B..=0xAA7D => 125,
        _ => 0,
    }
}

/// The words and their costs, see the card beside the file.
pub(crate) const LEXICON: Lexicon =
    Lexicon::new(Script::Burmese, include_bytes!("../models/burmese.lexicon"));

pub(crate) static PAIRS: Pairs = pairs!(code, RULES);

pub(crate) static CLASSES: [Class; 128] = class_table!(
    code,
    &[
        ('\u{1000}', '\u{102A}', Class::Consonant),
        (TALL_AA, '\u{103E}', Class::Mark),
        (DOT_BELOW, DOT_BELOW, Class::Tone),
        (VIRAMA, VIRAMA, Class::Virama),
        (ASAT, ASAT, Class::Killer),
        // Great sa is the end of one syllable and the start of the next.
        ('\u{103F}', '\u{103F}', Class::Mark),
        ('\u{104C}', '\u{104F}', Class::Consonant),
        ('\u{1050}', '\u{1086}', Class::Consonant),
        ('\u{1056}', '\u{1059}', Class::Mark),
        ('\u{105E}', '\u{1060}', Class::Mark),
        ('\u{1062}', '\u{1064}', Class::Mark),
        ('\u{1067}', '\u{106D}', Class::Mark),
        ('\u{1071}', '\u{1074}', Class::Mark),
        ('\u{1082}', '\u{108D}', Class::Mark),
        ('\u{108E}', '\u{108E}', Class::Consonant),
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
            // Dot below before asat.
            ("ကျွန်တော\u{103A}\u{1037}", "ကျွန်တော\u{1037}\u{103A}"),
            ("ဖြင\u{103A}\u{1037}", "ဖြင\u{1037}\u{103A}"),
            ("ကျောင\u{1038}\u{103A}", "ကျောင\u{103A}\u{1038}"),
            // Marks in the order they were struck.
            ("က\u{102F}\u{102D}", "ကို"),
            ("န\u{1031}\u{103C}", "နြေ"),
            ("ရ\u{102D}\u{103E}", "ရှိ"),
            ("လ\u{1037}\u{1030}", "လူ့"),
            ("မ\u{103E}\u{103D}ေ", "မွှေ"),
            // Asat on the letter stays, between letter and vowel it moves.
            ("ယောက်ျား", "ယောက်ျား"),
            ("ကျွန\u{102F}\u{103A}ပ်", "ကျွန်ုပ်"),
            ("ဘုရှ်", "ဘုရှ်"),
            // Letters in two parts, and one taken for another.
            ("ဥ\u{102E}း", "ဦး"),
            ("ဉ\u{102E}း", "ဦး"),
            ("ဥ\u{103A}", "ဉ်"),
            ("ပဥ\u{1039}စ", "ပဉ္စ"),
            ("ဥာဏ်", "ဉာဏ်"),
            ("သြဂုတ်", "ဩဂုတ်"),
            ("သြော်", "ဪ"),
            ("ကိိ", "ကိ"),
            ("အင်္ဂလိပ်", "အင်္ဂလိပ်"),
            ("မန္တလေး", "မန္တလေး"),
        ] {
            assert_eq!(normal(Script::Burmese, written), expected, "{written}");
        }
    }

    #[test]
    fn sister_languages_keep_their_order() {
        for text in ["ၵႂၢမ်းတႆး", "ဘာသာမန်", "ကညီကျိာ်", "သြို", "ဥပမာ"]
        {
            assert_eq!(normal(Script::Burmese, text), text);
        }
    }

    #[test]
    fn words_begin_only_where_a_reader_would_begin_them() {
        for (words, forbidden) in [
            (&["ကျွန်တော်", "သည်"][..], &["န်", "ည်"][..]),
            (&["မန္တလေး", "မြို့"], &["န္", "တ"]),
            (&["အင်္ဂလိပ်", "စာ"], &["င်္", "ဂ", "ပ်"]),
            (&["ဖြင့်", "သာ"], &["င့်"]),
            (&["ပြဿနာ", "ရှိ"], &["ဿ"]),
            (&["ယောက်ျား"], &["က်", "ျ"]),
        ] {
            check_breaks(Script::Burmese, words, forbidden);
        }
    }
}
