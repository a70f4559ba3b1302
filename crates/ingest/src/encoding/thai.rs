//! windows-874: Thai, a byte a character.
//!
//! The bytes of Thai are letters with accents in Latin encodings, and halves of characters in
//! Chinese and Korean ones. What tells Thai from all of them is where its vowels and tone marks
//! stand: those above and below a letter follow a consonant, those that are written first come
//! before one (TIS 1566, the input sequence check of WTT 2.0).

/// So many vowels and tone marks have to be in their places: a line. With eight of
/// them one in two thousand lines of Chinese would do, of more than 20,000 texts in seven other
/// encodings none with ten.
const ENOUGH: usize = 10;
/// So many have to be, to one that is not. In edited text less than one in a thousand is out of
/// place.
const PREPONDERANCE: usize = 15;
/// At least one character of Thai in so many has to be one of them: in prose it is every third, in
/// the names of ministries and kings every sixth.
const SPARSEST: usize = 8;

/// Whether bytes are clearly Thai. They must not be UTF-8.
pub(super) fn is_thai(bytes: &[u8]) -> bool {
    Evidence::of(bytes).is_some_and(|Evidence { letters, good, bad }| {
        good >= ENOUGH && good >= PREPONDERANCE * bad && good * SPARSEST >= letters
    })
}

/// Whether nothing speaks against bytes being Thai.
pub(super) fn agrees(bytes: &[u8]) -> bool {
    Evidence::of(bytes).is_some_and(|evidence| evidence.bad == 0)
}

#[derive(Default)]
struct Evidence {
    /// Bytes that are characters of Thai.
    letters: usize,
    /// Vowels and tone marks in their places.
    good: usize,
    /// Those that are not.
    bad: usize,
}

impl Evidence {
    /// None where a byte is no character of windows-874.
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut evidence = Self::default();
        let mut last = Kind::Other;
        for &byte in bytes {
            let kind = Kind::of(byte);
            evidence.letters += usize::from(byte >= 0xA1);
            match kind {
                Kind::None => return None,
                Kind::Vowel => evidence.add(matches!(last, Kind::Consonant)),
                Kind::Tone => evidence.add(matches!(last, Kind::Consonant | Kind::Vowel)),
                _ => {}
            }
            if matches!(last, Kind::Leading) {
                // Two of the first, `เเ`, are often typed for the second, `แ`.
                evidence.add(matches!(kind, Kind::Consonant | Kind::Leading));
            }
            last = kind;
        }
        Some(evidence)
    }

    fn add(&mut self, is_in_place: bool) {
        self.good += usize::from(is_in_place);
        self.bad += usize::from(!is_in_place);
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Consonant,
    /// Above or below a consonant.
    Vowel,
    /// Tone marks and what else stands on top.
    Tone,
    /// Written before the consonant that it is said behind.
    Leading,
    Other,
    /// No character of windows-874.
    None,
}

impl Kind {
    fn of(byte: u8) -> Self {
        match byte {
            0xA1..=0xCE => Self::Consonant,
            0xD1 | 0xD4..=0xDA => Self::Vowel,
            0xE7..=0xED => Self::Tone,
            0xE0..=0xE4 => Self::Leading,
            0x81..=0x84 | 0x86..=0x90 | 0x98..=0x9F | 0xDB..=0xDE | 0xFC..=0xFF => Self::None,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_thai;

    fn is(text: &str, encoding: &'static encoding_rs::Encoding) -> bool {
        let (bytes, _, is_lossy) = encoding.encode(text);
        assert!(!is_lossy, "{text}");
        is_thai(&bytes)
    }

    #[test]
    fn thai_is_told() {
        for text in [
            "รัฐมนตรีว่าการกระทรวงการต่างประเทศแถลงข่าวที่ทำเนียบรัฐบาล",
            "วันที่ 3 ตุลาคม 2568 รัฐมนตรีเข้าพบนายกรัฐมนตรีที่ทำเนียบรัฐบาล (Government House)",
            "นายกรัฐมนตรีเเละคณะเดินทางถึงกรุงฮานอยเเล้ว",
        ] {
            assert!(is(text, encoding_rs::WINDOWS_874), "{text}");
        }
        assert!(!is("ไทย", encoding_rs::WINDOWS_874));
    }

    #[test]
    fn other_languages_are_not() {
        for (text, encoding) in [
            (
                "L'été dernier, le préfet a été reçu à l'hôtel où il a évoqué la sécurité des élèves.",
                encoding_rs::WINDOWS_1252,
            ),
            ("ÉTÉ ÀÂÇÈÉÊËÎÏÔÙÛ «À CÔTÉ» ŒUVRE", encoding_rs::WINDOWS_1252),
            (
                "Die Bürger möchten größere Grünflächen über die Höhe der Gebühren.",
                encoding_rs::WINDOWS_1252,
            ),
            (
                "Министр иностранных дел провёл телефонный разговор",
                encoding_rs::WINDOWS_1251,
            ),
            (
                "Министр иностранных дел провёл телефонный разговор",
                encoding_rs::KOI8_R,
            ),
            (
                "Ο υπουργός Εξωτερικών συνομίλησε τηλεφωνικά με τον ομόλογό του",
                encoding_rs::WINDOWS_1253,
            ),
            (
                "שר החוץ שוחח בטלפון עם עמיתו בנוגע לשיתוף הפעולה",
                encoding_rs::WINDOWS_1255,
            ),
            (
                "أجرى وزير الخارجية اتصالا هاتفيا مع نظيره",
                encoding_rs::WINDOWS_1256,
            ),
            (
                "外交部宣布双方已通电话并同意加强合作关系",
                encoding_rs::GB18030,
            ),
            (
                "外交部宣布雙方已通電話並同意加強合作關係",
                encoding_rs::BIG5,
            ),
            (
                "외교부는 양측이 협력을 강화하기로 합의했다고 밝혔다",
                encoding_rs::EUC_KR,
            ),
            (
                "外務省は電話会談を行ったと発表しました",
                encoding_rs::SHIFT_JIS,
            ),
            (
                "外務省は電話会談を行ったと発表しました",
                encoding_rs::EUC_JP,
            ),
        ] {
            assert!(!is(text, encoding), "{text}");
        }
    }
}
