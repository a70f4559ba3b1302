//! windows-1258: Microsoft's code page for Vietnamese, of Windows 95 and later.
//!
//! windows-1252 with `ă đ ơ ư ₫` and five tones in place of letters that Vietnamese does not
//! need. A tone is a byte of its own behind its vowel; `à á è é í ó ù ú` may also be one byte.

use unicode_normalization::UnicodeNormalization as _;

/// The character in whose place windows-1252 has `c` (the Encoding Standard's
/// `index-windows-1258.txt`).
fn letter(c: char) -> Option<char> {
    Some(match c {
        'Ã' => 'Ă',
        'Ì' => '\u{300}',
        'Ð' => 'Đ',
        'Ò' => '\u{309}',
        'Õ' => 'Ơ',
        'Ý' => 'Ư',
        'Þ' => '\u{303}',
        'ã' => 'ă',
        'ì' => '\u{301}',
        'ð' => 'đ',
        'ò' => '\u{323}',
        'õ' => 'ơ',
        'ý' => 'ư',
        'þ' => '₫',
        _ => return None,
    })
}

/// Adds the text that was read as windows-1252. False where a letter is none of Vietnamese, or a
/// tone has no vowel.
pub(super) fn decode(text: &str, out: &mut String) -> bool {
    let mut pure = true;
    let mut decomposed = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        let decoded = letter(c).unwrap_or(c);
        pure &= match decoded {
            '\u{300}'..='\u{323}' => "aăâeêioôơuưy".contains(last),
            'À' | 'Á' | 'Â' | 'È' | 'É' | 'Ê' | 'Í' | 'Ó' | 'Ô' | 'Ù' | 'Ú' => true,
            'à' | 'á' | 'â' | 'è' | 'é' | 'ê' | 'í' | 'ó' | 'ô' | 'ù' | 'ú' => true,
            'Ă' | 'Đ' | 'Ơ' | 'Ư' | 'ă' | 'đ' | 'ơ' | 'ư' => true,
            c => c.is_ascii() || !c.is_alphabetic(),
        };
        last = decoded.to_lowercase().next().unwrap_or(decoded);
        decomposed.push(decoded);
    }
    out.extend(decomposed.nfc());
    pure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_code_page() {
        for (written, expected) in [
            (
                "Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam",
                "Cộng hòa xã hội chủ nghĩa Việt Nam",
            ),
            (
                "Ðôòc lâòp - Týò do - Haònh phuìc",
                "Độc lập - Tự do - Hạnh phúc",
            ),
            ("nýõìc, ngýõÌi, ðýõòc", "nước, người, được"),
            ("nãm 1.000 þ", "năm 1.000 ₫"),
        ] {
            let mut out = String::new();
            assert!(decode(written, &mut out), "{written}");
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn the_table_is_that_of_the_encoding_standard() {
        for byte in 0xA0..=0xFFu8 {
            let reading = |encoding: &'static encoding_rs::Encoding| {
                encoding.decode_without_bom_handling(&[byte]).0.into_owned()
            };
            let latin = reading(encoding_rs::WINDOWS_1252).chars().next().unwrap();
            let expected = reading(encoding_rs::WINDOWS_1258);
            assert_eq!(letter(latin).unwrap_or(latin).to_string(), expected);
        }
    }
}
