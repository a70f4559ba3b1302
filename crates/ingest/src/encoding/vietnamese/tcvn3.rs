//! TCVN3: the 8-bit code of the ABC fonts (.VnTime, .VnArial), in which most of northern Vietnam
//! wrote before Unicode. A byte is a letter with its tone.
//!
//! The table is VN3 of TCVN 5712:1993, the national standard. VN3 has no accented capitals but
//! `Ă Â Ê Ô Ơ Ư Đ`: capitals are set in a second font (.VnTimeH), which draws the same bytes
//! larger. What was set in that font comes out in lower case, `HÀ NỘI` as `hà nội` or `Hà NộI`;
//! search folds case.

/// The letters of VN3 from 0xA1 to 0xFE; `.` where the fonts have no letter.
const LETTERS: &str = concat!(
    "ĂÂÊÔƠƯĐăâêôơưđ.",  // A1 to AF
    ".....àảãáạ.ằẳẵắ.", // B0 to BF
    "......ặầẩẫấậè.ẻẽ", // C0 to CF
    "éẹềểễếệìỉ...ĩíịò", // D0 to DF
    ".ỏõóọồổỗốộờởỡớợù", // E0 to EF
    ".ủũúụừửữứựỳỷỹýỵ",  // F0 to FE
);

static TABLE: std::sync::LazyLock<Vec<char>> =
    std::sync::LazyLock::new(|| LETTERS.chars().collect());

/// Adds what the font shows of `text`, a reading as windows-1252. False where a letter is none of
/// this encoding.
pub(super) fn decode(text: &str, out: &mut String) -> bool {
    let mut pure = true;
    for c in text.chars() {
        let letter = (c as usize).checked_sub(0xA1).and_then(|at| TABLE.get(at));
        match letter {
            Some('.') | None => {
                pure &= c.is_ascii() || !c.is_alphabetic();
                out.push(c);
            }
            Some(&letter) => out.push(letter),
        }
    }
    pure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        let mut out = String::new();
        decode(text, &mut out);
        out
    }

    #[test]
    fn text_of_abc_fonts() {
        for (written, expected) in [
            (
                "Céng hßa x· héi chñ nghÜa ViÖt Nam",
                "Cộng hòa xã hội chủ nghĩa Việt Nam",
            ),
            ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
            ("n\u{AD}íc, ng\u{AD}êi, ®\u{AD}îc", "nước, người, được"),
            (
                "Hµ Néi, Thµnh phè Hå ChÝ Minh",
                "Hà Nội, Thành phố Hồ Chí Minh",
            ),
            ("¡n, ¢n, £, ¤, ¥n, ¦u, §", "Ăn, Ân, Ê, Ô, Ơn, Ưu, Đ"),
        ] {
            assert_eq!(decoded(written), expected);
        }
    }

    #[test]
    fn every_accented_letter_has_one_byte() {
        let mut letters: Vec<char> = TABLE.iter().copied().filter(|&c| c != '.').collect();
        assert_eq!(TABLE.len(), 0xFF - 0xA1);
        // Twelve vowels with five tones, six of them and đ with none; seven capitals.
        assert_eq!(letters.len(), 12 * 5 + 7 + 7);
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), 74);
    }
}
