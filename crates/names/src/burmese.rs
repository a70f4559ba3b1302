//! How Burmese letters are read in names.
//!
//! A consonant with asat (်) or above another (္) closes a syllable; every other one opens one. Names
//! are romanised by how they are spoken: သ is `th`, ရ is `y`, က with ျ or ြ is `ky`, `ch` or `gy`.

use crate::sound::{Consonant, Consonants, Place, Row, Sound, Sound::*, Sounds};

/// The start of the block.
pub(crate) const BLOCK: u32 = 0x1000;

/// Consonants: letters, as an onset, as a coda. အ carries a vowel and is none.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (&['က', 'ခ', 'ဂ', 'ဃ'],                               K, K),
    (&['င'],                                             G, G),
    (&['စ', 'ဆ', 'ဇ', 'ဈ'],                               S, T),
    (&['ဉ'],                                             Y, N),
    (&['ည'],                                             Y, None),
    (&['ဋ', 'ဌ', 'ဍ', 'ဎ', 'တ', 'ထ', 'ဒ', 'ဓ'],            T, T),
    (&['ဏ', 'န'],                                        N, N),
    (&['ပ', 'ဖ', 'ဗ', 'ဘ'],                               P, P),
    (&['မ'],                                             M, N),
    (&['ယ', 'ရ'],                                        Y, None),
    (&['လ', 'ဠ'],                                        L, N),
    (&['ဝ'],                                             W, None),
    (&['သ', 'ဿ'],                                        T, T),
    (&['ဟ'],                                             H, None),
];

static CONSONANTS: Consonants = Consonants::new(BLOCK, ROWS);

const ASAT: char = '\u{103A}';
const STACK: char = '\u{1039}';

/// Whether a character is dropped before reading: tone marks.
pub(crate) fn is_mute(c: char) -> bool {
    matches!(c, '\u{1037}' | '\u{1038}')
}

/// How a name is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As Burmese is spoken: ရ is `y`, a final stop what its vowel makes of it.
    Native,
    /// As foreign names are spelled: ရ is `r`, a final stop what is written.
    Foreign,
}

/// Reads a run of Burmese without tone marks.
pub(crate) fn read(run: &[char], reading: Reading, out: &mut Sounds) {
    let mut i = 0;
    while i < run.len() {
        let c = run[i];
        i += 1;
        let Some(consonant) = CONSONANTS.get(c) else {
            match c {
                'ံ' => out.push(N, Place::Coda),
                '\u{102B}'..='\u{1032}' | '\u{1023}'..='\u{102A}' => out.vowel(),
                _ => {}
            }
            continue;
        };
        if matches!(run.get(i), Some(&(ASAT | STACK))) {
            // င် is `ng` in aung and aing, else `n`: အောင်, လှိုင်; မင်း, ဝင်း.
            let before = i.checked_sub(2).map_or('\0', |before| run[before]);
            match c {
                'င' if !matches!(before, 'ာ' | 'ါ' | 'ု') => out.push(N, Place::Coda),
                // A final stop: `k` behind ု, ို, ော and ိ (ok, aik, auk, eik), else `t`.
                'က' | 'စ' | 'တ' | 'ပ' if reading == Reading::Native => {
                    let is_back = matches!(before, 'ာ' | 'ါ' | 'ု' | 'ိ');
                    out.push(if is_back { K } else { T }, Place::Coda);
                }
                _ => out.coda(consonant),
            }
            i += 1;
            continue;
        }
        let medials = run[i..]
            .iter()
            .take_while(|c| matches!(c, 'ျ' | 'ြ' | 'ွ' | 'ှ'));
        let medials = &run[i..i + medials.count()];
        i += medials.len();
        let has = |c: char| medials.contains(&c);
        let palatal = has('ျ') || has('ြ');
        let sound: Sound = match consonant.onset {
            K if palatal => C,
            L if has('ှ') && has('ျ') => S,
            Y if has('ှ') => S,
            Y if c == 'ရ' && reading == Reading::Foreign => L,
            sound => sound,
        };
        out.onset(Consonant::new(sound, consonant.coda));
        if palatal && sound != C {
            out.push(Y, Place::Onset);
        }
        if has('ွ') {
            out.push(W, Place::Onset);
        }
    }
}
