//! UTF-16 without a byte order mark.
//!
//! Any bytes of even number are nearly always valid UTF-16, and pairs of ASCII letters are Chinese
//! characters. So it takes a zero byte, which each blank and line end has in UTF-16 and no other
//! text has, and nearly nothing but characters of the languages that are known here.

use super::Encoding;

/// So many bytes are too few to tell: five Chinese characters can be others with their bytes the
/// other way round.
const ENOUGH_BYTES: usize = 12;
/// So many characters in a hundred have to be of a known script.
const PLAUSIBLE_PERCENT: usize = 95;

/// So many bytes in a hundred have to be zero or other controls where bytes are UTF-8 otherwise:
/// every second one is in English and in Thai. That is no text with a stray zero.
const CONTROLS_PERCENT: usize = 30;

/// Which UTF-16 a text is in that begins with these bytes, if it is one.
pub(super) fn guess(head: &[u8]) -> Option<Encoding> {
    if head.len() < ENOUGH_BYTES || !head.contains(&0) {
        return None;
    }
    let is_cut = |error: std::str::Utf8Error| error.error_len().is_none();
    if std::str::from_utf8(head).map_or_else(is_cut, |_| true) {
        let is_control = |byte: &&u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
        if head.iter().filter(is_control).count() * 100 < head.len() * CONTROLS_PERCENT {
            return None;
        }
    }
    let big = Evidence::of(head, u16::from_be_bytes);
    let little = Evidence::of(head, u16::from_le_bytes);
    let (best, encoding) = if big > little {
        (big, Encoding::UTF_16BE)
    } else {
        (little, Encoding::UTF_16LE)
    };
    (best.percent >= PLAUSIBLE_PERCENT).then_some(encoding)
}

/// What speaks for one order of the bytes; more is larger.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Evidence {
    percent: usize,
    ascii: usize,
}

impl Evidence {
    fn of(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Self {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let (mut all, mut plausible, mut ascii) = (0, 0, 0);
        for c in char::decode_utf16(units) {
            all += 1;
            if let Ok(c) = c {
                plausible += usize::from(is_plausible(c));
                ascii += usize::from(c.is_ascii());
            }
        }
        Self {
            percent: 100 * plausible / all.max(1),
            ascii,
        }
    }
}

/// Letters, marks and punctuation of scripts in use, by their blocks. Not the blanks of U+2000 to
/// U+200A: these are ASCII's blank with its bytes the other way round.
fn is_plausible(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{300}'..='\u{7FF}'
        | '\u{E01}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{19E0}'..='\u{19FF}' | '\u{1E01}'..='\u{1EFF}' | '\u{200B}'..='\u{206F}'
        | '\u{20A0}'..='\u{20BF}' | '\u{2101}'..='\u{22FF}' | '\u{2501}'..='\u{26FF}'
        | '\u{3000}'..='\u{312F}' | '\u{3400}'..='\u{9FFF}' | '\u{AA60}'..='\u{AA7F}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FFEF}' | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_many_languages() {
        for text in [
            "Hội nghị ở Hà Nội.\n",
            "การประชุมที่กรุงเทพฯ\n",
            "ກອງປະຊຸມ ທີ່ວຽງຈັນ",
            "កិច្ចប្រជុំ នៅភ្នំពេញ\n",
            "အစည်းအဝေး ကျင်းပ\n",
            "会议在河内举行。\n一一一一一",
            "회의가 하노이에서 열렸다.",
            "id,body",
        ] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(guess(&little), Some(Encoding::UTF_16LE), "{text}");
            assert_eq!(guess(&big), Some(Encoding::UTF_16BE), "{text}");
            assert_eq!(guess(text.as_bytes()), None);
        }
    }

    #[test]
    fn other_bytes() {
        for bytes in [
            &b"Bush hid the facts"[..],
            b"a text\0with a zero byte",
            b"\0\0\0\0\0\0",
            b"\0",
        ] {
            assert_eq!(guess(bytes), None, "{bytes:?}");
        }
    }
}
