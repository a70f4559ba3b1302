//! Half-width forms of Katakana and Hangul (Unicode block Halfwidth and Fullwidth Forms), which
//! stand for the letters of the usual width.

/// U+FF66 to U+FF9F, in order. The last two are the voiced marks, which compose with the letter
/// before them.
const KATAKANA: [char; 58] = [
    'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア', 'イ', 'ウ', 'エ', 'オ',
    'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ',
    'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ',
    'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン', '\u{3099}', '\u{309A}',
];

/// The half-width letters of Hangul: first, last, and the usual form of the first.
const HANGUL: [(u32, u32, u32); 5] = [
    (0xFFA1, 0xFFBE, 0x3131),
    (0xFFC2, 0xFFC7, 0x314F),
    (0xFFCA, 0xFFCF, 0x3155),
    (0xFFD2, 0xFFD7, 0x315B),
    (0xFFDA, 0xFFDC, 0x3161),
];

/// A half-width letter in its usual form, any other character as it is.
pub(super) fn widen(c: char) -> char {
    match u32::from(c) {
        u @ 0xFF66..=0xFF9F => KATAKANA[(u - 0xFF66) as usize],
        u @ 0xFFA1..=0xFFDC => HANGUL
            .iter()
            .find(|&&(first, last, _)| (first..=last).contains(&u))
            .and_then(|&(first, _, wide)| char::from_u32(wide + (u - first)))
            .unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::widen;
    use crate::script::Script;

    /// The compatibility decomposition of Unicode says the same, but for Hangul, which it takes
    /// further apart.
    #[test]
    fn widened_forms_are_those_of_unicode() {
        for c in '\u{FF66}'..='\u{FFDC}' {
            let wide = widen(c);
            let mut unicode = Vec::new();
            for c in [c, wide] {
                let mut decomposed = String::new();
                unicode_normalization::char::decompose_compatible(c, |c| decomposed.push(c));
                unicode.push(decomposed);
            }
            assert_eq!(unicode[0], unicode[1], "{c} {wide}");
            assert_eq!(Script::of(c), Script::of(wide), "{c} {wide}");
            assert!(c == '\u{FFA0}' || !c.is_alphanumeric() || wide != c, "{c}");
        }
    }
}
