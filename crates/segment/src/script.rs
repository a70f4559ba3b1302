//! The scripts whose words stand one after another without blanks, and what belongs to them.

/// A script without blanks between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Script {
    /// Thai, U+0E00 to U+0E7F.
    Thai,
    /// Lao, U+0E80 to U+0EFF.
    Lao,
    /// Khmer, U+1780 to U+17FF.
    Khmer,
    /// Burmese and its sisters in the Myanmar script (Shan, Mon, Karen and others), U+1000 to
    /// U+109F with both extensions.
    Burmese,
}

impl Script {
    /// Every script, in the order of the variants.
    pub const ALL: [Self; 4] = [Self::Thai, Self::Lao, Self::Khmer, Self::Burmese];

    /// The script of a letter or mark that words are made of; `None` for anything else.
    ///
    /// Ranges follow the Unicode Script property (UAX #24) without digits, punctuation and the
    /// signs that repeat or abbreviate a word and are none themselves (ๆ ฯ ໆ ៗ).
    ///
    /// ```
    /// use mekong_segment::Script;
    ///
    /// assert_eq!(Script::of('ก'), Some(Script::Thai));
    /// assert_eq!(Script::of('ໜ'), Some(Script::Lao));
    /// assert_eq!(Script::of('្'), Some(Script::Khmer));
    /// assert_eq!(Script::of('မ'), Some(Script::Burmese));
    /// assert_eq!(Script::of('๑'), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        let u = u32::from(c);
        // Most of what is asked for is Thai, and most of the rest lies below it.
        if let Some(&script) = THAI_AND_LAO.get(u.wrapping_sub(0xE00) as usize) {
            return script;
        }
        match u {
            ..0x1000 => None,
            0x1000..=0x103F | 0x104C..=0x108F | 0x109A..=0x109D => Some(Self::Burmese),
            0x1780..=0x17D3 | 0x17DC | 0x17DD => Some(Self::Khmer),
            0xA9E0..=0xA9EF | 0xA9FA..=0xA9FE | 0xAA60..=0xAA7F => Some(Self::Burmese),
            _ => None,
        }
    }
}

/// The scripts of U+0E00 to U+0EFF.
static THAI_AND_LAO: [Option<Script>; 256] = {
    let mut table = [None; 256];
    let mut i = 0;
    while i < table.len() {
        table[i] = match 0xE00 + i {
            0xE01..=0xE2E | 0xE30..=0xE3A | 0xE40..=0xE45 | 0xE47..=0xE4E => Some(Script::Thai),
            0xE81..=0xEC5 | 0xEC8..=0xECE | 0xEDC..=0xEDF => Some(Script::Lao),
            _ => None,
        };
        i += 1;
    }
    table
};

/// Characters without a width that stand in words and mean nothing to a reader: soft hyphen,
/// zero-width space, joiners, directional marks, word joiner, byte order mark, variation
/// selectors.
#[inline]
#[must_use]
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_marks_have_their_script() {
        for (script, text) in [
            (Script::Thai, "เก้าอี้น้ำจันทร์ฤๅษี"),
            (Script::Lao, "ເຂົ້າໜຽວຫຼວງພຣະບາງ"),
            (Script::Khmer, "ខ្ញុំស្រឡាញ់ភាសាខ្មែរ"),
            (Script::Burmese, "ကျွန်တော်၏မြန်မာစာ၎င်း"),
            (Script::Burmese, "ၵႂၢမ်းတႆး"),
        ] {
            for c in text.chars() {
                assert_eq!(Script::of(c), Some(script), "{c:?}");
            }
        }
    }

    #[test]
    fn digits_and_signs_belong_to_none() {
        for c in "๐๙໐໙០៩၀၉႐႙ๆฯໆៗ។၊။฿៛a é漢あ가\u{200B}".chars()
        {
            assert_eq!(Script::of(c), None, "{c:?}");
        }
    }
}
