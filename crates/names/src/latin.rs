//! How Latin letters are read in names, whatever language they romanise.
//!
//! The key is a compromise: `ch` is what it is in RTGS, BGN/PCGN and English, `x` what it is in Lao
//! names. The languages' own habits are left to the learned table, but Vietnamese has a key of its
//! own, see [`vietnamese`](crate::vietnamese).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::sound::{Place, Sound, Sound::*, Sounds};

/// Letters that are read together, longest first: what they sound like.
#[rustfmt::skip]
const ROWS: &[(&str, &[Sound])] = &[
    ("tion", &[C, None, N]), ("sion", &[C, None, N]),
    ("tch", &[C]), ("tth", &[T]), ("chh", &[C]), ("ngh", &[G]), ("sch", &[S]),
    ("kh", &[K]), ("gh", &[K]), ("gk", &[K]), ("hk", &[K]), ("ck", &[K]), ("qu", &[K, W]),
    ("ng", &[G]), ("nh", &[N]), ("ny", &[Y]), ("hn", &[N]), ("hm", &[M]), ("hl", &[L]), ("rh", &[L]),
    ("ph", &[P]), ("bh", &[P]), ("hp", &[P]),
    ("th", &[T]), ("ht", &[T]), ("dh", &[T]), ("dt", &[T]),
    ("ch", &[C]), ("ts", &[C]), ("tz", &[C]), ("dj", &[C]), ("ky", &[C]), ("gy", &[C]),
    ("sh", &[S]), ("hs", &[S]), ("wh", &[W]), ("mc", &[M, K]),
    ("b", &[P]), ("c", &[K]), ("d", &[T]), ("f", &[P]), ("g", &[K]), ("h", &[H]), ("j", &[C]),
    ("k", &[K]), ("l", &[L]), ("m", &[M]), ("n", &[N]), ("p", &[P]), ("q", &[K]), ("r", &[L]),
    ("s", &[S]), ("t", &[T]), ("v", &[W]), ("w", &[W]), ("x", &[S]), ("z", &[S]),
];

/// What a sound is behind its vowel.
fn closing(sound: Sound) -> Sound {
    match sound {
        C | S => T,
        L => N,
        W | Y | H => None,
        sound => sound,
    }
}

/// Appends the letters of a text without accents and in lower case, all else passed over.
pub(crate) fn fold(text: &str, out: &mut Vec<char>) {
    for c in text.nfd().filter(|&c| !is_combining_mark(c)) {
        for c in c.to_lowercase() {
            match c {
                'a'..='z' => out.push(c),
                'đ' | 'ð' => out.push('d'),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'ı' => out.push('i'),
                'æ' => out.extend(['a', 'e']),
                'œ' => out.extend(['o', 'e']),
                'ß' => out.extend(['s', 's']),
                'þ' => out.extend(['t', 'h']),
                _ => {}
            }
        }
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Reads one [folded](fold) word.
pub(crate) fn read(word: &[char], out: &mut Sounds) {
    // What is heard, vowels as `None`, with the letter that it begins with.
    let mut sounds: Vec<(Sound, char)> = Vec::with_capacity(word.len());
    let mut i = 0;
    while let [c, ref rest @ ..] = word[i..] {
        match (c, rest.first()) {
            ('a' | 'e' | 'i' | 'o' | 'u', _) => sounds.push((None, c)),
            ('y', Some(&next)) if is_vowel(next) => sounds.push((Y, c)),
            ('y', _) => sounds.push((None, c)),
            ('c', Some('e' | 'i' | 'y')) => sounds.push((S, c)),
            ('x', Option::None) if i > 0 => sounds.extend([(K, c), (S, c)]),
            _ => {
                if let Some((letters, read)) = row(&word[i..]) {
                    // nh is ញ or ຍ at the beginning, n and h between vowels, n at the end of a syllable.
                    let opens = word.get(i + letters.len()).is_some_and(|&c| is_vowel(c));
                    match *letters {
                        "nh" if i == 0 => sounds.push((Y, c)),
                        "nh" if opens => sounds.extend([(N, 'n'), (H, 'h')]),
                        _ => sounds.extend(read.iter().map(|&sound| (sound, c))),
                    }
                    i += letters.len() - 1;
                }
            }
        }
        i += 1;
    }
    let is_vowel_at = |i: usize| sounds.get(i).is_some_and(|&(sound, _)| sound == None);
    let last_vowel = sounds
        .iter()
        .rposition(|&(sound, _)| sound == None)
        .unwrap_or(0);
    let (mut opened, mut is_closed) = (false, false);
    for (i, &(sound, letter)) in sounds.iter().enumerate() {
        if sound == None {
            out.vowel();
            (opened, is_closed) = (true, false);
            continue;
        }
        let glides = matches!(sounds.get(i + 1), Some((L | W | Y, _)))
            && is_vowel_at(i + 2)
            && !matches!(sound, N | M | L | W | Y);
        if !opened || is_vowel_at(i + 1) || glides {
            out.push(sound, Place::Onset);
        } else if matches!(letter, 'r' | 'h') && i + 1 < sounds.len() && is_vowel_at(i - 1) {
            // It only makes the vowel long, as in `Charn`.
        } else if closing(sound) != None && !(is_closed && i > last_vowel) {
            // Of an end's consonants the neighbours hear one: `bench` is เบนช์, `golf` กอล์ฟ.
            out.push(closing(sound), Place::Coda);
            is_closed = true;
        }
    }
}

fn row(rest: &[char]) -> Option<&'static (&'static str, &'static [Sound])> {
    ROWS.iter().find(|(letters, _)| {
        letters.len() <= rest.len() && letters.chars().zip(rest).all(|(a, &b)| a == b)
    })
}

/// What it costs, in nats, to take one Latin spelling for another, both as codes of letters between
/// their edges: letters of one class for each other, vowels for vowels, `h` and doubled letters left
/// out. `None` if it is more than `limit`.
pub(crate) fn distance(a: &[u8], b: &[u8], limit: f64) -> Option<f64> {
    let mut row: Vec<f64> = Vec::with_capacity(b.len() + 1);
    row.push(0.0);
    for j in 0..b.len() {
        row.push(row[j] + left_out(b, j));
    }
    for i in 0..a.len() {
        let mut corner = row[0];
        row[0] += left_out(a, i);
        let mut least = row[0];
        for j in 0..b.len() {
            let cost = (corner + exchanged(a[i], b[j]))
                .min(row[j + 1] + left_out(a, i))
                .min(row[j] + left_out(b, j));
            corner = std::mem::replace(&mut row[j + 1], cost);
            least = least.min(cost);
        }
        if least > limit {
            return Option::None;
        }
    }
    row.last().copied().filter(|&cost| cost <= limit)
}

/// The class of a letter by itself; vowels have none.
fn class(letter: u8) -> Sound {
    let letter = char::from(letter.wrapping_add(b'a' - 1));
    match letter {
        'y' => None,
        letter => row(&[letter])
            .and_then(|(_, read)| read.first().copied())
            .unwrap_or(None),
    }
}

fn exchanged(a: u8, b: u8) -> f64 {
    let is_edge = |letter| letter > 26;
    match (class(a), class(b)) {
        _ if a == b => 0.0,
        _ if is_edge(a) || is_edge(b) => f64::INFINITY,
        (a, b) if a == b => 1.5,
        (None, _) | (_, None) => 8.0,
        (C | S | T, C | S | T) => 3.0,
        _ => 6.0,
    }
}

fn left_out(letters: &[u8], at: usize) -> f64 {
    let letter = letters[at];
    let doubles = at > 0 && letters[at - 1] == letter;
    match class(letter) {
        _ if letter > 26 => f64::INFINITY,
        _ if doubles => 0.5,
        None => 2.0,
        H => 1.5,
        _ => 5.0,
    }
}
