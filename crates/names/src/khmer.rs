//! How Khmer letters are read in names.
//!
//! A consonant below another (្ and a letter) continues an onset; one that another consonant or
//! nothing follows closes a syllable if a vowel stands before it. A final រ is silent.

use crate::sound::{Consonant, Consonants, Place, Row, Sound::*, Sounds};

/// The start of the block.
pub(crate) const BLOCK: u32 = 0x1780;

/// Consonants: letters, as an onset, as a coda. អ carries a vowel and is none. ត is `t` or `d`
/// and in names of either kind one class.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (&['ក', 'ខ', 'គ', 'ឃ'],                               K, K),
    (&['ង'],                                             G, G),
    (&['ច', 'ឆ', 'ជ', 'ឈ'],                               C, T),
    (&['ញ'],                                             Y, None),
    (&['ដ', 'ឋ', 'ឌ', 'ឍ', 'ត', 'ថ', 'ទ', 'ធ'],            T, T),
    (&['ណ', 'ន'],                                        N, N),
    (&['ប', 'ផ', 'ព', 'ភ'],                               P, P),
    (&['ម'],                                             M, M),
    (&['យ'],                                             Y, None),
    (&['រ'],                                             L, None),
    (&['ល', 'ឡ'],                                        L, N),
    (&['វ'],                                             W, None),
    (&['ស', '\u{179E}'],                                 S, T),
    (&['ហ'],                                             H, None),
];

static CONSONANTS: Consonants = Consonants::new(BLOCK, ROWS);

/// The sign that puts the next letter below the last.
pub(crate) const COENG: char = '\u{17D2}';
/// Stands for ហ over another letter, which only makes that letter a foreign sound; an obsolete letter.
pub(crate) const FOREIGN: char = '\u{179D}';
/// Stands on a letter that closes a short syllable.
const BANTOC: char = '\u{17CB}';

fn is_sign(c: char) -> bool {
    matches!(c, '\u{17B6}'..='\u{17C7}')
}

/// Whether a character is dropped before reading: marks of register, of length, of old spellings.
pub(crate) fn is_mute(c: char) -> bool {
    matches!(c, '\u{17B4}' | '\u{17B5}' | '\u{17C8}'..='\u{17CA}' | '\u{17CC}' | '\u{17CE}'..='\u{17D1}' | '\u{17D3}' | '\u{17DD}')
}

/// A number as it is read, which names of villages end with: ភូមិទី៩. Digits of other scripts, and
/// numbers of more than two digits, are not read.
pub(crate) fn spell_number(digits: &[u32], out: &mut Vec<char>) {
    const ONES: [&str; 10] = [
        "",
        "មួយ",
        "ពីរ",
        "បី",
        "បួន",
        "ប្រាំ",
        "ប្រាំមួយ",
        "ប្រាំពីរ",
        "ប្រាំបី",
        "ប្រាំបួន",
    ];
    const TENS: [&str; 4] = ["", "ដប់", "ម្ភៃ", "សាមសិប"];
    let (tens, ones) = match *digits {
        [ones] => (0, ones),
        [tens, ones] => (tens, ones),
        _ => return,
    };
    for (words, digit) in [(&TENS[..], tens), (&ONES[..], ones)] {
        out.extend(
            words
                .get(digit as usize)
                .into_iter()
                .flat_map(|word| word.chars()),
        );
    }
}

/// The value of a Khmer digit.
pub(crate) fn digit(c: char) -> Option<u32> {
    matches!(c, '០'..='៩').then(|| u32::from(c) - u32::from('០'))
}

/// Takes silenced letters out, and the ហ of foreign sounds.
pub(crate) fn settle(text: &mut Vec<char>) {
    let mut written: Vec<char> = Vec::with_capacity(text.len());
    for &c in text.iter() {
        // ហ over another letter makes it a foreign sound: ហ្គ g, ហ្វ f, ហ្ស z, ហ្យ j.
        if written.last() == Some(&FOREIGN) && CONSONANTS.has(c) {
            written.pop();
            written.push(match c {
                'វ' => 'ភ',
                'យ' => 'ជ',
                c => c,
            });
            continue;
        }
        if c != '\u{17CD}' {
            written.push(c);
            continue;
        }
        // A vowel sign is silent with its letter: ពោធិ៍.
        if matches!(written.last(), Some('ិ' | 'ុ')) {
            written.pop();
        }
        if written.last().is_some_and(|&c| CONSONANTS.has(c)) {
            written.pop();
        }
    }
    *text = written;
}

/// Reads a run of Khmer, [settled](settle), without marks of register.
pub(crate) fn read(run: &[char], out: &mut Sounds) {
    let at = |i: usize| run.get(i).copied().unwrap_or('\0');
    let mut i = 0;
    while i < run.len() {
        // The onset: a consonant and those below it, or a vowel by itself.
        let c = run[i];
        i += 1;
        match (CONSONANTS.get(c), c) {
            (Some(consonant), _) => {
                out.onset(consonant);
                while at(i) == COENG {
                    if let Some(consonant) = CONSONANTS.get(at(i + 1)) {
                        out.onset(consonant);
                    }
                    i += 2;
                }
            }
            (_, 'ឫ' | 'ឬ' | 'ឭ' | 'ឮ') => out.push(L, Place::Onset),
            (_, 'អ') => {
                while at(i) == COENG {
                    if let Some(consonant) = CONSONANTS.get(at(i + 1)) {
                        out.onset(consonant);
                    }
                    i += 2;
                }
            }
            _ => {}
        }
        // Its vowel, of which the signs for m and h are a part.
        out.vowel();
        let (vowel, mut closed) = (at(i), false);
        while is_sign(at(i)) {
            // Before ង the sign for m only makes the vowel nasal: ត្រពាំង.
            closed |= matches!(at(i), 'ំ' | 'ះ');
            if at(i) == 'ំ' && at(i + 1) != 'ង' {
                out.push(M, Place::Coda);
            }
            i += 1;
        }
        // The coda: a letter that has no vowel of its own.
        let Some(consonant) = CONSONANTS.get(at(i)) else {
            continue;
        };
        let behind = at(i + 1);
        let closes = match behind {
            BANTOC => true,
            // Over another letter it closes a short syllable: កណ្ដាល, បុណ្យ, but not ស្រែក្រោម.
            COENG => !is_sign(vowel) || matches!(vowel, 'ិ' | 'ុ' | 'ឹ'),
            // Not where the letter behind it would be left alone: មេសរជ្រៃ is មេ សរ ជ្រៃ.
            behind if CONSONANTS.has(behind) => {
                let (over, far) = (at(i + 2), at(i + 3));
                over == BANTOC
                    || is_sign(over)
                    || over == COENG
                    || CONSONANTS.has(over) && !is_sign(far) && far != COENG
            }
            _ => !is_sign(behind),
        };
        if closes && (!closed || at(i) == 'ង') {
            match at(i) {
                'ញ' => out.coda(Consonant::new(N, N)),
                _ => out.coda(consonant),
            }
            i += 1;
            match behind {
                BANTOC => i += 1,
                // What stands below opens the next syllable, or is the same letter once more.
                COENG => i += 1,
                _ => {}
            }
        }
    }
}
