//! VNI: the code of the VNI fonts for Windows (VNI-Times), in which most of southern Vietnam and
//! the Vietnamese abroad wrote before Unicode.
//!
//! VNI-Windows, as VNI Software Company published it, writes a vowel with an accent as two bytes:
//! the letter, then its marks. `i` with a tone, `ỵ`, `đ`, and `ơ` and `ư` without one are a byte.
//! A mark comes in the case of its letter; either is read.

use unicode_normalization::UnicodeNormalization as _;

/// What a mark stands for behind one of these letters.
fn mark(c: char, base: char) -> Option<&'static str> {
    let c = c.to_lowercase().next()?;
    let marks = match c {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{302}\u{323}",
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{306}\u{323}",
        _ => return None,
    };
    let bases = match c {
        'ù' | 'ø' | 'û' | 'õ' | 'ï' => "aeouyôö",
        'â' | 'á' | 'à' | 'å' | 'ã' | 'ä' => "aeo",
        _ => "a",
    };
    bases.contains(base.to_lowercase().next()?).then_some(marks)
}

/// The letters that are a byte of their own.
fn letter(c: char) -> Option<char> {
    Some(match c {
        'ô' => 'ơ',
        'ö' => 'ư',
        'ñ' => 'đ',
        'í' | 'ì' => c,
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        'Ô' => 'Ơ',
        'Ö' => 'Ư',
        'Ñ' => 'Đ',
        'Í' | 'Ì' => c,
        'Æ' => 'Ỉ',
        'Ó' => 'Ĩ',
        'Ò' => 'Ị',
        'Î' => 'Ỵ',
        _ => return None,
    })
}

/// Adds what the font shows of `text`, a reading as windows-1252. False where a letter is none of
/// this encoding, or a mark has no letter.
pub(super) fn decode(text: &str, out: &mut String) -> bool {
    let mut pure = true;
    let mut decomposed = String::with_capacity(text.len());
    let mut base = ' ';
    for c in text.chars() {
        if let Some(marks) = mark(c, base) {
            decomposed.push_str(marks);
            base = ' ';
            continue;
        }
        base = c;
        match letter(c) {
            Some(letter) => decomposed.push(letter),
            None => {
                pure &= c.is_ascii() || !c.is_alphabetic();
                decomposed.push(c);
            }
        }
    }
    out.extend(decomposed.nfc());
    pure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_vni_fonts() {
        for (written, expected) in [
            (
                "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
                "Cộng hòa xã hội chủ nghĩa Việt Nam",
            ),
            ("COÄNG HOØA XAÕ HOÄI", "CỘNG HÒA XÃ HỘI"),
            (
                "Ñoäc laäp - Töï do - Haïnh phuùc",
                "Độc lập - Tự do - Hạnh phúc",
            ),
            ("Thaønh phoá Hoà Chí Minh", "Thành phố Hồ Chí Minh"),
            ("nöôùc, ngöôøi, ñöôïc, thuôû", "nước, người, được, thuở"),
            (
                "naêm, baéc, baèng, thaúng, saün, maët, maëc",
                "năm, bắc, bằng, thẳng, sẵn, mặt, mặc",
            ),
            ("æ, ò, lyù, kyø, myõ, kyû, kî", "ỉ, ị, lý, kỳ, mỹ, kỷ, kỵ"),
        ] {
            let mut out = String::new();
            assert!(decode(written, &mut out), "{written}");
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn a_mark_without_its_letter_stays() {
        for text in ["là", "schön là", "über", "ïa"] {
            let mut out = String::new();
            assert!(!decode(text, &mut out), "{text}");
        }
    }
}
