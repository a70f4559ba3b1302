//! How Lao letters are read in names.
//!
//! Lao has written every vowel since its reforms, so that most consonants are told apart by their
//! neighbours. Older spellings keep letters of Pali and Sanskrit, and ຣ; both are read as what
//! replaced them.

use crate::sound::{Consonants, Place, Row, Sound::*, Sounds};

/// The start of the block.
pub(crate) const BLOCK: u32 = 0xE80;

/// Consonants: letters, as an onset, as a coda. ອ carries a vowel and is none. ຊ is `x` in names
/// (ໄຊ Xay) and stands for the Thai ช and ซ alike.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (&['ກ', 'ຂ', 'ຄ', '\u{E86}'],                        K, K),
    (&['ງ'],                                             G, G),
    (&['ຈ', '\u{E89}', '\u{E8C}'],                       C, T),
    (&['ສ', 'ຊ', '\u{EA8}', '\u{EA9}'],                  S, T),
    (&['ຍ', '\u{E8E}'],                                  Y, None),
    (&['ດ', 'ຕ', 'ຖ', 'ທ', '\u{E8F}', '\u{E90}', '\u{E91}', '\u{E92}', '\u{E98}'], T, T),
    (&['ນ', 'ໜ', '\u{E93}'],                             N, N),
    (&['ບ', 'ປ', 'ຜ', 'ຝ', 'ພ', 'ຟ', '\u{EA0}'],         P, P),
    (&['ມ', 'ໝ'],                                        M, M),
    (&['ຢ'],                                             Y, None),
    (&['ຣ', 'ລ', '\u{EBC}', '\u{EAC}'],                  L, N),
    (&['ວ'],                                             W, None),
    (&['ຫ', 'ຮ'],                                        H, None),
];

static CONSONANTS: Consonants = Consonants::new(BLOCK, ROWS);

fn is_leading(c: char) -> bool {
    matches!(c, 'ເ' | 'ແ' | 'ໂ' | 'ໄ' | 'ໃ')
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{EB0}'..='\u{EB9}' | '\u{EBB}' | '\u{EBD}' | '\u{ECD}')
}

/// Whether a character is dropped before reading: tone marks.
pub(crate) fn is_mute(c: char) -> bool {
    matches!(c, '\u{EBA}' | '\u{EC8}'..='\u{ECB}' | '\u{ECE}')
}

/// Takes silenced letters out, and the ຫ that only raises a tone: ຫຼວງ → ລວງ, ໜອງ → ນອງ.
pub(crate) fn settle(text: &mut Vec<char>) {
    let mut written: Vec<char> = Vec::with_capacity(text.len());
    for &c in text.iter() {
        match c {
            '\u{ECC}' => {
                if written.last().is_some_and(|&c| CONSONANTS.has(c)) {
                    written.pop();
                }
                continue;
            }
            'ງ' | 'ຍ' | 'ນ' | 'ມ' | 'ລ' | 'ຣ' | 'ວ' | '\u{EBC}' if written.last() == Some(&'ຫ') =>
            {
                written.pop();
            }
            _ => {}
        }
        written.push(match c {
            'ໜ' => 'ນ',
            'ໝ' => 'ມ',
            '\u{EBC}' => 'ລ',
            c => c,
        });
    }
    *text = written;
}

/// Puts vowels that are written before their consonants behind them, where they are heard: ໄທ → ທໄ,
/// ໃໝ່ → ໝໃ, ໄຫຼ → ຫຼໄ.
pub(crate) fn reorder(text: &mut [char]) {
    let mut i = 0;
    while i + 1 < text.len() {
        if is_leading(text[i]) && CONSONANTS.has(text[i + 1]) {
            let next = text.get(i + 2).copied().unwrap_or('\0');
            let is_cluster = next == '\u{EBC}'
                || text[i + 1] == 'ຫ' && matches!(next, 'ງ' | 'ຍ' | 'ນ' | 'ມ' | 'ລ' | 'ຣ' | 'ວ');
            let end = if is_cluster { i + 3 } else { i + 2 };
            text[i..end].rotate_left(1);
            i = end;
        } else {
            i += 1;
        }
    }
}

/// Reads a run of Lao, [settled](settle), without tone marks.
pub(crate) fn read(run: &[char], out: &mut Sounds) {
    let at = |i: usize| run.get(i).copied().unwrap_or('\0');
    for (i, &c) in run.iter().enumerate() {
        let (next, over) = (at(i + 1), at(i + 2));
        let before = if i > 0 { run[i - 1] } else { '\0' };
        match c {
            // Behind a consonant a vowel, else the silent onset of one.
            'ອ' => {
                if CONSONANTS.has(before) {
                    out.vowel();
                }
                continue;
            }
            'ຳ' => {
                out.vowel();
                out.push(M, Place::Coda);
                continue;
            }
            _ => {}
        }
        let Some(consonant) = CONSONANTS.get(c) else {
            if is_leading(c) || is_sign(c) {
                out.vowel();
            }
            continue;
        };
        // ວ between consonants is the vowel ua: ສວນ; also in ັວ.
        if c == 'ວ'
            && (before == 'ັ' || CONSONANTS.has(before) && CONSONANTS.has(next) && !is_sign(over))
        {
            out.vowel();
            continue;
        }
        let onset = i == 0
            || is_sign(next)
            || is_leading(before)
            || next == 'ອ'
            // The first of a cluster before a vowel sign, and of ກວ, ຄວ.
            || matches!(next, 'ລ' | 'ຣ' | 'ວ') && is_sign(over)
            || CONSONANTS.has(next) && CONSONANTS.has(before);
        if onset {
            out.onset(consonant);
        } else {
            out.coda(consonant);
        }
    }
}
