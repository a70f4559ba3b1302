//! Lao: what becomes one in normalisation, and how its letters stand to each other.
//!
//! Encoding: The Unicode Standard, chapter 16.2. A syllable is stored as leading vowel,
//! consonants (the second may be the sign ຼ), vowel sign, tone mark, following vowel, coda. Since
//! its reforms Lao writes every vowel, so a consonant's neighbours say whether it opens a
//! syllable or closes one.

use crate::cluster::{Class, class_table};
use crate::lexicon::Lexicon;
use crate::normalize::{Cluster, Kind, Pairs, Rules, pairs};
use crate::script::Script;

const EI: char = 'ເ';
const AE: char = 'ແ';
const AA: char = '\u{EB2}';
const AM: char = '\u{EB3}';
const SEMIVOWEL_LO: char = '\u{EBC}';
const NIGGAHITA: char = '\u{ECD}';

/// The place of a tone mark.
const TONE: u8 = 3;

pub(crate) static RULES: Rules = Rules {
    block: 0xE80,
    kinds: Rules::kinds(
        0xE80,
        &[
            (EI, EI, Kind::Doubling),
            ('ຫ', 'ຫ', Kind::Special),
            (SEMIVOWEL_LO, SEMIVOWEL_LO, Kind::Mark(1)),
            // Vowel signs above and below, niggahita.
            ('\u{EB1}', '\u{EB1}', Kind::Mark(2)),
            ('\u{EB4}', '\u{EBB}', Kind::Mark(2)),
            (NIGGAHITA, NIGGAHITA, Kind::Active(2)),
            // Tone marks.
            ('\u{EC8}', '\u{ECB}', Kind::Mark(TONE)),
            // Cancellation mark, yamakkan.
            ('\u{ECC}', '\u{ECC}', Kind::Mark(4)),
            ('\u{ECE}', '\u{ECE}', Kind::Mark(4)),
            (AM, AM, Kind::Tail(5)),
        ],
    ),
    joins,
    settle,
};

fn joins(cluster: &[char], c: char, kind: Kind) -> bool {
    match cluster {
        [EI] if c == EI => return true,
        ['ຫ'] if matches!(c, 'ນ' | 'ມ' | 'ລ') => return true,
        _ => {}
    }
    // Behind am, also one of two halves, only a tone mark is looked for.
    if cluster.iter().any(|c| matches!(*c, AA | AM)) {
        return kind == Kind::Mark(TONE);
    }
    match kind {
        Kind::Mark(_) | Kind::Active(_) | Kind::Tail(_) => true,
        _ => c == AA && cluster.contains(&NIGGAHITA),
    }
}

/// One form for what is read alike: ແ for two ເ, am (ຳ) for its halves, and the digraphs ໜ ໝ ຫຼ
/// for ຫນ ຫມ ຫລ. Both spellings of these are in daily use, and since ຫ never ends a syllable, ຫ
/// before ນ, ມ or ລ is always the digraph. Then semivowel, vowel sign, tone mark, am, and each
/// mark once.
fn settle(cluster: &mut Cluster) {
    match *cluster.chars() {
        [EI, EI, ..] => {
            cluster.remove(1);
            cluster.chars_mut()[0] = AE;
        }
        ['ຫ', 'ລ', ..] => cluster.chars_mut()[1] = SEMIVOWEL_LO,
        ['ຫ', 'ນ', ..] => {
            cluster.remove(1);
            cluster.chars_mut()[0] = 'ໜ';
        }
        ['ຫ', 'ມ', ..] => {
            cluster.remove(1);
            cluster.chars_mut()[0] = 'ໝ';
        }
        // One mark has no order, and a mark without a letter stays as it is.
        [_] | [_, _] => return,
        [first, ..] if RULES.is_mark(first) => return,
        _ => {}
    }
    if let Some(aa) = cluster.chars().iter().position(|&c| c == AA)
        && let Some(niggahita) = cluster.chars().iter().position(|&c| c == NIGGAHITA)
    {
        let chars = cluster.chars_mut();
        chars[niggahita..=aa].rotate_left(1);
        chars[aa - 1] = AM;
        cluster.remove(aa);
    }
    cluster.sort(1, |c| RULES.place(c));
    cluster.drop_doubles(|c| RULES.is_mark(c));
}

/// A letter's distance from U+0E80.
#[inline]
pub(crate) const fn code(c: char) -> u8 {
    match c as u32 {
        u @ (0xE81..=0xEC5 | 0xEC8..=0xECE | 0xEDC..=0xEDF) => (u - 0xE80) as u8,
        _ => 0,
    }
}

/// The words and their costs, see the card beside the file.
pub(crate) const LEXICON: Lexicon =
    Lexicon::new(Script::Lao, include_bytes!("../models/lao.lexicon"));

pub(crate) static PAIRS: Pairs = pairs!(code, RULES);

pub(crate) static CLASSES: [Class; 128] = class_table!(
    code,
    &[
        ('\u{E81}', '\u{EC5}', Class::Consonant),
        ('ໜ', '\u{EDF}', Class::Consonant),
        ('ຂ', 'ຂ', Class::Onset),
        ('ຄ', 'ຄ', Class::Onset),
        ('ຖ', 'ຖ', Class::Onset),
        ('ຜ', 'ຝ', Class::Onset),
        ('ຢ', 'ຢ', Class::Onset),
        ('ຫ', 'ຫ', Class::Onset),
        ('ຮ', 'ຮ', Class::Onset),
        ('ໜ', 'ໝ', Class::Onset),
        ('ກ', 'ກ', Class::Coda),
        ('ງ', 'ງ', Class::Coda),
        ('ຍ', 'ຍ', Class::Coda),
        ('ດ', 'ດ', Class::Coda),
        ('ນ', 'ນ', Class::Coda),
        ('ບ', 'ບ', Class::Coda),
        ('ມ', 'ມ', Class::Coda),
        ('ຣ', 'ຣ', Class::Glide),
        ('ລ', 'ລ', Class::Glide),
        ('ວ', 'ວ', Class::Glide),
        ('ອ', 'ອ', Class::Carrier),
        ('\u{EB0}', '\u{EBC}', Class::Mark),
        ('\u{EB1}', '\u{EB1}', Class::Opening),
        ('\u{EBB}', '\u{EBB}', Class::Opening),
        // ຽ stands inside a syllable; at its end ຍ does.
        ('\u{EBD}', '\u{EBD}', Class::Opening),
        ('ເ', 'ໄ', Class::Leading),
        ('\u{EC8}', '\u{ECB}', Class::Tone),
        ('\u{ECC}', '\u{ECC}', Class::Silencer),
        ('\u{ECD}', '\u{ECE}', Class::Mark),
    ]
);

#[cfg(test)]
mod tests {
    use crate::cluster::tests::check_breaks;
    use crate::normalize::tests::normal;
    use crate::script::Script;

    #[test]
    fn what_is_read_alike_becomes_one() {
        for (written, expected) in [
            ("ນໍາໃຊ້", "ນຳໃຊ້"),
            ("ນໍ້າ", "ນ້ຳ"),
            ("ນ້ໍາ", "ນ້ຳ"),
            ("ນຳ້", "ນ້ຳ"),
            ("ເເມ່", "ແມ່"),
            ("ຫນັງສື", "ໜັງສື"),
            ("ຫມາຍ", "ໝາຍ"),
            ("ເຫມືອນ", "ເໝືອນ"),
            ("ຫລວງ", "ຫຼວງ"),
            ("ທ\u{EC8}\u{EB5}", "ທີ່"),
            ("ຫ\u{EC9}\u{EBC}າ", "ຫຼ້າ"),
            ("ທີ່່", "ທີ່"),
            ("ປະເທດລາວ", "ປະເທດລາວ"),
        ] {
            assert_eq!(normal(Script::Lao, written), expected, "{written}");
        }
    }

    #[test]
    fn what_differs_stays_apart() {
        for text in ["ຫຍ້າ", "ຫວັດ", "ກໍ່", "ຫົນ", "ເຂົ້າ", "ມາກາາາ", "ຳ້"]
        {
            assert_eq!(normal(Script::Lao, text), text);
        }
    }

    #[test]
    fn words_begin_only_where_a_reader_would_begin_them() {
        for (words, forbidden) in [
            (&["ຄົນ", "ລາວ"][..], &["ນ"][..]),
            (&["ຂອງ", "ທະນາຄານ"], &["ອງ", "ງທ", "ານ"]),
            (&["ນັກຮຽນ", "ໄປ"], &["ກຮ", "ນໄ"]),
            (&["ພວກ", "ເຮົາ"], &["ກເ", "ວກ"]),
            (&["ດີ", "ກວ່າ"], &[]),
            (&["ຂ້ອຍ", "ອອກ", "ມາ"], &["ກມ"]),
            (&["ໄຂ", "ບັນຫາ"], &["ນຫ"]),
        ] {
            check_breaks(Script::Lao, words, forbidden);
        }
    }
}
