//! Thai: what becomes one in normalisation, and how its letters stand to each other.
//!
//! Encoding: The Unicode Standard, chapter 16.1. A syllable is stored as leading vowel,
//! consonants, vowel sign, tone mark, following vowel.

use crate::cluster::{Class, class_table};
use crate::model::Model;
use crate::normalize::{Cluster, Kind, Pairs, Rules, pairs};

const SARA_E: char = 'เ';
const SARA_AE: char = 'แ';
const SARA_AA: char = '\u{E32}';
const SARA_AM: char = '\u{E33}';
const LAKKHANGYAO: char = '\u{E45}';
const NIKHAHIT: char = '\u{E4D}';

/// The place of a tone mark.
const TONE: u8 = 2;

pub(crate) static RULES: Rules = Rules {
    block: 0xE00,
    kinds: Rules::kinds(
        0xE00,
        &[
            (SARA_E, SARA_E, Kind::Doubling),
            ('ฤ', 'ฤ', Kind::Special),
            ('ฦ', 'ฦ', Kind::Special),
            // Vowel signs above and below, phinthu, maitaikhu, nikhahit.
            ('\u{E31}', '\u{E31}', Kind::Mark(1)),
            ('\u{E34}', '\u{E3A}', Kind::Mark(1)),
            ('\u{E47}', '\u{E47}', Kind::Mark(1)),
            (NIKHAHIT, NIKHAHIT, Kind::Active(1)),
            // Tone marks.
            ('\u{E48}', '\u{E4B}', Kind::Mark(TONE)),
            // Thanthakhat, yamakkan.
            ('\u{E4C}', '\u{E4C}', Kind::Mark(3)),
            ('\u{E4E}', '\u{E4E}', Kind::Mark(3)),
            (SARA_AM, SARA_AM, Kind::Tail(4)),
        ],
    ),
    joins,
    settle,
};

fn joins(cluster: &[char], c: char, kind: Kind) -> bool {
    match cluster {
        [SARA_E] if c == SARA_E => return true,
        ['ฤ' | 'ฦ'] if matches!(c, SARA_AA | LAKKHANGYAO) => return true,
        ['ฤ' | 'ฦ', SARA_AA | LAKKHANGYAO] => return false,
        _ => {}
    }
    // Behind sara am, also one of two halves, only a tone mark is looked for.
    if cluster.iter().any(|c| matches!(*c, SARA_AA | SARA_AM)) {
        return kind == Kind::Mark(TONE);
    }
    match kind {
        Kind::Mark(_) | Kind::Active(_) | Kind::Tail(_) => true,
        _ => c == SARA_AA && cluster.contains(&NIKHAHIT),
    }
}

/// One form for look-alikes: แ for two เ, sara am for its halves, ฤๅ for ฤา; then consonant, vowel
/// sign, tone mark, sara am, and each mark once.
fn settle(cluster: &mut Cluster) {
    match *cluster.chars() {
        [SARA_E, SARA_E, ..] => {
            cluster.remove(1);
            cluster.chars_mut()[0] = SARA_AE;
        }
        ['ฤ' | 'ฦ', SARA_AA] => cluster.chars_mut()[1] = LAKKHANGYAO,
        // One mark has no order, and a mark without a letter stays as it is.
        [_] | [_, _] => return,
        [first, ..] if RULES.is_mark(first) => return,
        _ => {}
    }
    if let Some(aa) = cluster.chars().iter().position(|&c| c == SARA_AA)
        && let Some(nikhahit) = cluster.chars().iter().position(|&c| c == NIKHAHIT)
    {
        // The halves need not touch. Origins go by place: those of the pair's first and of what
        // stands between stay.
        let chars = cluster.chars_mut();
        chars[nikhahit..=aa].rotate_left(1);
        chars[aa - 1] = SARA_AM;
        cluster.remove(aa);
    }
    cluster.sort(1, |c| RULES.place(c));
    cluster.drop_doubles(|c| RULES.is_mark(c));
}

/// A letter's distance from U+0E00.
#[inline]
pub(crate) const fn code(c: char) -> u8 {
    match c as u32 {
        u @ (0xE01..=0xE2E | 0xE30..=0xE3A | 0xE40..=0xE45 | 0xE47..=0xE4E) => (u - 0xE00) as u8,
        _ => 0,
    }
}

/// What parts words, see the card beside the file.
pub(crate) const MODEL: Model = Model::new(include_bytes!("../models/thai.model"));

pub(crate) static PAIRS: Pairs = pairs!(code, RULES);

pub(crate) static CLASSES: [Class; 128] = class_table!(
    code,
    &[
        ('ก', 'ฮ', Class::Consonant),
        ('ฉ', 'ฉ', Class::Onset),
        ('ฌ', 'ฌ', Class::Onset),
        ('ผ', 'ฝ', Class::Onset),
        // Pali saha- (สห) is the one word part that ends so.
        ('ห', 'ห', Class::Onset),
        ('ฮ', 'ฮ', Class::Onset),
        ('\u{E30}', '\u{E3A}', Class::Mark),
        ('\u{E31}', '\u{E31}', Class::Opening),
        ('\u{E34}', '\u{E35}', Class::Framed),
        ('\u{E37}', '\u{E37}', Class::Opening),
        ('เ', 'ไ', Class::Leading),
        (LAKKHANGYAO, LAKKHANGYAO, Class::Mark),
        // ก็ is a word; เก็ is none.
        ('\u{E47}', '\u{E47}', Class::Framed),
        ('\u{E48}', '\u{E4B}', Class::Tone),
        ('\u{E4C}', '\u{E4C}', Class::Silencer),
        ('\u{E4D}', '\u{E4E}', Class::Mark),
    ]
);

#[cfg(test)]
mod tests {
    use crate::cluster::tests::check_breaks;
    use crate::normalize::Normalizer;
    use crate::normalize::tests::normal;
    use crate::script::Script;

    #[test]
    fn look_alikes_become_one() {
        for (written, expected) in [
            ("เเผ่นดินไหว", "แผ่นดินไหว"),
            ("เ\u{200B}เม่", "แม่"),
            ("จํานวน", "จำนวน"),
            ("นํ้า", "น้ำ"),
            ("น้ํา", "น้ำ"),
            ("นำ้", "น้ำ"),
            ("นํา้", "น้ำ"),
            ("ที\u{E48}\u{E48}", "ที่"),
            ("ท\u{E48}\u{E35}", "ที่"),
            ("ทีี่", "ที่"),
            ("ผ\u{E49}\u{E39}", "ผู้"),
            ("สิทธ\u{E4C}\u{E34}", "สิทธิ์"),
            ("จันทร์์", "จันทร์"),
            ("ฤาษี", "ฤๅษี"),
            ("กระทรวง", "กระทรวง"),
        ] {
            assert_eq!(normal(Script::Thai, written), expected, "{written}");
        }
    }

    #[test]
    fn what_differs_stays_apart() {
        // Drawn-out vowels, two different tone marks, ๅ as a joke, a sign alone.
        for text in [
            "มากกกาาา",
            "จำำำ",
            "น่้อง",
            "เเเ",
            "ๅๅๅ",
            "\u{E48}\u{E49}",
            "สํ",
            "ำ้",
            "ฤๅ\u{E48}\u{E31}",
        ] {
            let normalized = normal(Script::Thai, text);
            assert_eq!(normalized, text.replacen("เเ", "แ", 1), "{text}");
        }
    }

    #[test]
    fn what_changes_places_takes_the_other_origin() {
        let origins = |text| -> Vec<_> { Normalizer::new(Script::Thai, text).collect() };
        assert_eq!(
            origins("ท\u{E48}\u{E35}น"),
            [('ท', 0), ('\u{E35}', 3), ('\u{E48}', 6), ('น', 9)]
        );
        assert_eq!(origins("นํ้า"), [('น', 0), ('\u{E49}', 3), ('\u{E33}', 6)]);
        assert_eq!(origins("เเน"), [('แ', 0), ('น', 6)]);
    }

    #[test]
    fn words_begin_only_where_a_reader_would_begin_them() {
        for (words, forbidden) in [
            (&["เป็น", "วัน"][..], &["ป็", "น", "ัน"][..]),
            (&["ก็", "รัก"], &[]),
            (&["ที่", "จันทร์"], &["ทร์", "ร์", "นทร์"]),
            (&["ชื่อ", "ว่า"], &["อ"]),
            (&["พันธุ์", "พืช"], &["ธุ์", "นธุ์", "ช"]),
            (&["หนังสือ"], &["นัง"]),
            (&["เรียน", "ดี"], &["รี", "ยน"]),
            (&["เมื่อ", "เดิน", "ไป"], &["น", "อ"]),
            (&["สิทธิ์", "ศาสตร์"], &["ธิ์", "ทธิ์", "ร์", "ตร์"]),
            (&["เคมี", "ไทย"], &[]),
            (&["แห่ง", "ฤดู"], &[]),
        ] {
            check_breaks(Script::Thai, words, forbidden);
        }
    }
}
