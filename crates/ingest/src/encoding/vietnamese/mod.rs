//! Vietnamese in encodings older than Unicode.
//!
//! Vietnamese archives are in VNI, TCVN3 or windows-1258. They come as files in these bytes, and
//! as text that somebody converted as if it were windows-1252: valid UTF-8 that reads `Vieät Nam`
//! or `ViÖt Nam`. Reading the bytes as windows-1252 gives the second from the first, so one way
//! decodes both.
//!
//! A text is decoded on overwhelming evidence only: its accented words, read in the encoding, are
//! syllables of Vietnamese, and as they stand they are not. Whatever is short or doubtful stays as
//! it is.

mod syllable;
mod tcvn3;
mod vni;
mod windows_1258;

use mekong_core::Document;
use syllable::is_syllable;

/// An encoding that has a place for every letter of Vietnamese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vietnamese {
    Vni,
    Tcvn3,
    Windows1258,
}

impl Vietnamese {
    const ALL: [Self; 3] = [Self::Vni, Self::Tcvn3, Self::Windows1258];

    /// Adds to `out`, composed, what `text` means that was read as windows-1252. False where it
    /// holds letters that are not of this encoding; these stay as they are.
    fn decode(self, text: &str, out: &mut String) -> bool {
        match self {
            Self::Vni => vni::decode(text, out),
            Self::Tcvn3 => tcvn3::decode(text, out),
            Self::Windows1258 => windows_1258::decode(text, out),
        }
    }

    /// What `text` means that was read as windows-1252.
    pub(super) fn decoded(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.decode(text, &mut out);
        out
    }
}

/// Decodes the title and body of a document that was in one of these encodings and was converted
/// as if it had been windows-1252.
pub(super) fn decode_document(document: &mut Document) -> Option<Vietnamese> {
    let of_body = detect(&document.body);
    let of_title = document.title.as_deref().and_then(|title| match of_body {
        // Most titles are too short to tell by themselves: they take after the body.
        Some(encoding) => agrees(title, encoding).then_some(encoding),
        None => detect(title),
    });
    if let (Some(encoding), Some(title)) = (of_title, &mut document.title) {
        *title = encoding.decoded(title);
    }
    if let Some(encoding) = of_body {
        document.body = encoding.decoded(&document.body);
    }
    of_body.or(of_title)
}

/// So many different words have to be Vietnamese by decoding: a short sentence. No text of other
/// languages, in a million from 30 of them, came to more than three.
const ENOUGH: usize = 6;
/// So many words have to be, to one that is none. Of articles of the Vietnamese Wikipedia, which
/// is full of foreign names, 99 of 100 have more than ten; Italian read as windows-1258, the
/// closest of the larger languages, has one to two.
const PREPONDERANCE: usize = 3;
/// At least one word in so many bytes has to be: in Vietnamese it is one in ten, and the symbols
/// (`µ`, `·`) that TCVN3 has for letters are rarer in other texts.
const SPARSEST: usize = 64;
/// With so many words that are none, and fewer that are, an encoding is out.
const HOPELESS: usize = 16;
/// The longest syllable has seven letters, in VNI with two marks.
const MAX_WORD_BYTES: usize = 32;

/// Whether nothing in a text that was read as windows-1252 speaks against the encoding.
pub(super) fn agrees(text: &str, encoding: Vietnamese) -> bool {
    gather(text).is_some_and(|all| {
        let mut of_it = all.iter().filter(|evidence| evidence.encoding == encoding);
        of_it.all(|evidence| evidence.bad == 0)
    })
}

/// The encoding that a text was in before it was read as windows-1252, if it is clear.
pub(super) fn detect(text: &str) -> Option<Vietnamese> {
    gather(text)?
        .into_iter()
        .filter(|evidence| evidence.is_overwhelming(text.len()))
        .max_by_key(|evidence| evidence.good)
        .map(|evidence| evidence.encoding)
}

/// What the words of a text say for and against an encoding.
struct Evidence {
    encoding: Vietnamese,
    /// Words that are syllables of Vietnamese when decoded, and are none as they stand.
    good: usize,
    /// Different ones among these, [`ENOUGH`] at most.
    different: Vec<String>,
    /// Words with accents that are no syllables when decoded.
    bad: usize,
}

impl Evidence {
    fn add(&mut self, word: &str, decoded: &mut String) {
        if self.is_hopeless() {
            return;
        }
        decoded.clear();
        let pure = self.encoding.decode(word, decoded);
        let is_outside = |c: char| !c.is_alphabetic();
        let (word, decoded) = (
            word.trim_matches(is_outside),
            decoded.trim_matches(is_outside),
        );
        if decoded.is_ascii() {
            // `«Hanoi»`, `°`.
        } else if !pure || !is_syllable(decoded) {
            self.bad += 1;
        } else if !is_syllable(word) {
            self.good += 1;
            if self.different.len() < ENOUGH && !self.different.iter().any(|d| d == decoded) {
                self.different.push(decoded.to_owned());
            }
        }
    }

    fn is_hopeless(&self) -> bool {
        self.bad >= HOPELESS && self.bad > self.good
    }

    fn is_overwhelming(&self, text_bytes: usize) -> bool {
        self.different.len() >= ENOUGH
            && self.good >= PREPONDERANCE * self.bad
            && self.good * SPARSEST >= text_bytes
    }
}

/// The evidence of all words with accents; none where a text is clearly of another language, or
/// has letters that only Vietnamese in Unicode has. Most clean text is left after its first words.
fn gather(text: &str) -> Option<[Evidence; 3]> {
    let mut all = Vietnamese::ALL.map(|encoding| Evidence {
        encoding,
        good: 0,
        different: Vec::new(),
        bad: 0,
    });
    let bytes = text.as_bytes();
    let mut decoded = String::new();
    let mut at = 0;
    while let Some(accent) = next_accent(bytes, at) {
        let ascii = bytes[at..accent].iter().rev();
        let start = accent - ascii.take_while(|b| b.is_ascii_alphanumeric()).count();
        let (mut end, mut is_latin) = (accent, true);
        for c in text[accent..].chars() {
            match Kind::of(c) {
                Kind::Vietnamese => return None,
                Kind::Outside => break,
                Kind::Latin => {}
                Kind::Foreign => is_latin = false,
            }
            end += c.len_utf8();
            if end - accent >= MAX_WORD_BYTES {
                is_latin = false;
                break;
            }
        }
        let word = &text[start..end];
        if end == accent {
            end += text[accent..].chars().next().map_or(1, char::len_utf8);
        } else if !is_latin || word.len() > MAX_WORD_BYTES {
            all.iter_mut().for_each(|evidence| evidence.bad += 1);
        } else if !word.bytes().any(|b| b.is_ascii_digit()) {
            for evidence in &mut all {
                evidence.add(word, &mut decoded);
            }
        }
        if all.iter().all(Evidence::is_hopeless) {
            return None;
        }
        at = end;
    }
    Some(all)
}

/// The first byte from `at` on that is not ASCII.
fn next_accent(bytes: &[u8], at: usize) -> Option<usize> {
    const BLOCK: usize = 32;
    let rest = bytes.get(at..)?;
    let ascii = rest.chunks(BLOCK).take_while(|block| block.is_ascii());
    let clear = ascii.map(<[u8]>::len).sum::<usize>();
    let found = rest[clear..].iter().position(|b| !b.is_ascii())?;
    Some(at + clear + found)
}

enum Kind {
    /// What a word in any of these encodings can have, read as windows-1252.
    Latin,
    /// A letter or mark that such a reading cannot have, and Vietnamese in Unicode has.
    Vietnamese,
    /// Any other letter.
    Foreign,
    /// What ends a word.
    Outside,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{A1}'..='\u{FF}' => Self::Latin,
            'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' => {
                Self::Vietnamese
            }
            '\u{300}'..='\u{36F}' | '\u{1EA0}'..='\u{1EF9}' => Self::Vietnamese,
            // Punctuation and symbols, U+2000 to U+303F. By the block: this is asked for every
            // character, and what is called a letter here is only evidence against.
            '\0'..='\u{A0}' | '\u{2000}'..='\u{303F}' => Self::Outside,
            _ => Self::Foreign,
        }
    }
}
