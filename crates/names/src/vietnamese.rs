//! How Vietnamese names are read: the second key of a name in Latin letters.
//!
//! The orthography is regular: a syllable is an onset, vowels and a coda. Neighbours write what they
//! hear in Hanoi: `gi` and `d` are z, `tr` is `ch`, and a `w` between `h` and its vowel takes the place
//! of the `h` (Hoài หว่าย).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::sound::{Place, Sound, Sound::*, Sounds};

/// Onsets, longest first.
#[rustfmt::skip]
const ONSETS: &[(&str, &[Sound])] = &[
    ("ngh", &[G]), ("ng", &[G]), ("nh", &[Y]), ("gh", &[K]), ("gi", &[S]), ("kh", &[K]), ("ph", &[P]),
    ("th", &[T]), ("tr", &[C]), ("ch", &[C]), ("qu", &[K, W]),
    ("b", &[P]), ("c", &[K]), ("d", &[S]), ("đ", &[T]), ("g", &[K]), ("h", &[H]), ("k", &[K]),
    ("l", &[L]), ("m", &[M]), ("n", &[N]), ("p", &[P]), ("r", &[L]), ("s", &[S]), ("t", &[T]),
    ("v", &[W]), ("x", &[S]), ("", &[]),
];

const CODAS: &[(&str, Sound)] = &[
    ("ch", K),
    ("ng", G),
    ("nh", N),
    ("c", K),
    ("m", M),
    ("n", N),
    ("p", P),
    ("t", T),
    ("", None),
];

/// The longest syllable that is written, `nghiêng`.
const LONGEST: usize = 7;

/// Reads a word if it is one Vietnamese syllable, with accents or without.
pub(crate) fn read(word: &str, out: &mut Sounds) -> bool {
    let mut syllable = String::with_capacity(LONGEST + 1);
    for c in word.nfd().filter(|&c| !is_combining_mark(c)) {
        if syllable.chars().count() == LONGEST {
            return false;
        }
        syllable.extend(c.to_lowercase());
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    for (onset, sounds) in ONSETS {
        let Some(rest) = syllable.strip_prefix(onset) else {
            continue;
        };
        let coda_at = rest.find(|c| !is_vowel(c)).unwrap_or(rest.len());
        let (vowels, coda) = rest.split_at(coda_at);
        let Some(&(_, coda)) = CODAS.iter().find(|(letters, _)| *letters == coda) else {
            continue;
        };
        // In `gì` and `gìn` the i is the vowel too.
        if vowels.is_empty() && *onset != "gi" || vowels.len() > 3 {
            continue;
        }
        let glides = ["oa", "oe", "ue"]
            .iter()
            .any(|glide| vowels.starts_with(glide));
        match (glides, *onset) {
            (true, "h") => out.push(W, Place::Onset),
            _ => {
                for &sound in *sounds {
                    out.push(sound, Place::Onset);
                }
                if glides {
                    out.push(W, Place::Onset);
                }
            }
        }
        out.vowel();
        if coda != None {
            out.push(coda, Place::Coda);
        }
        return true;
    }
    false
}
