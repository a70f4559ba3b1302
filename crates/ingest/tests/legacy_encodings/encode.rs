//! Text in the old encodings, from tables of their own: a letter and its bytes, as they read in
//! windows-1252.

const VNI: &str = "
    á aù  à aø  ả aû  ã aõ  ạ aï  ă aê  ắ aé  ằ aè  ẳ aú  ẵ aü  ặ aë  â aâ  ấ aá  ầ aà  ẩ aå  ẫ aã  ậ aä
    é eù  è eø  ẻ eû  ẽ eõ  ẹ eï  ê eâ  ế eá  ề eà  ể eå  ễ eã  ệ eä  í í  ì ì  ỉ æ  ĩ ó  ị ò
    ó où  ò oø  ỏ oû  õ oõ  ọ oï  ô oâ  ố oá  ồ oà  ổ oå  ỗ oã  ộ oä  ơ ô  ớ ôù  ờ ôø  ở ôû  ỡ ôõ  ợ ôï
    ú uù  ù uø  ủ uû  ũ uõ  ụ uï  ư ö  ứ öù  ừ öø  ử öû  ữ öõ  ự öï  ý yù  ỳ yø  ỷ yû  ỹ yõ  ỵ î  đ ñ";

const TCVN3: &str = "
    Ă ¡  Â ¢  Ê £  Ô ¤  Ơ ¥  Ư ¦  Đ §  ă ¨  â ©  ê ª  ô «  ơ ¬  ư \u{AD}  đ ®
    à µ  ả ¶  ã ·  á ¸  ạ ¹  ằ »  ẳ ¼  ẵ ½  ắ ¾  ặ Æ  ầ Ç  ẩ È  ẫ É  ấ Ê  ậ Ë
    è Ì  ẻ Î  ẽ Ï  é Ð  ẹ Ñ  ề Ò  ể Ó  ễ Ô  ế Õ  ệ Ö  ì ×  ỉ Ø  ĩ Ü  í Ý  ị Þ
    ò ß  ỏ á  õ â  ó ã  ọ ä  ồ å  ổ æ  ỗ ç  ố è  ộ é  ờ ê  ở ë  ỡ ì  ớ í  ợ î
    ù ï  ủ ñ  ũ ò  ú ó  ụ ô  ừ õ  ử ö  ữ ÷  ứ ø  ự ù  ỳ ú  ỷ û  ỹ ü  ý ý  ỵ þ";

/// Letters with tones follow from the marks: ̀ Ì, ̉ Ò, ̃ Þ, ́ ì, ̣ ò.
const WINDOWS_1258: &str = "
    ă ã  Ă Ã  đ ð  Đ Ð  ơ õ  Ơ Õ  ư ý  Ư Ý  â â  Â Â  ê ê  Ê Ê  ô ô  Ô Ô  ₫ þ
    \u{300} Ì  \u{309} Ò  \u{303} Þ  \u{301} ì  \u{323} ò";

fn look_up(table: &str, letter: &str) -> Option<Vec<u8>> {
    let mut words = table.split([' ', '\n']).filter(|word| !word.is_empty());
    while let (Some(from), Some(to)) = (words.next(), words.next()) {
        if from == letter {
            return latin(to);
        }
    }
    None
}

fn latin(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
    (!lossy).then(|| bytes.into_owned())
}

/// What is no letter is as in windows-1252.
fn other(c: char) -> Option<Vec<u8>> {
    if c.is_alphabetic() && !c.is_ascii() {
        return None;
    }
    latin(c.encode_utf8(&mut [0; 4]))
}

/// Nothing where a letter cannot be written.
pub(crate) fn vni(text: &str) -> Option<Vec<u8>> {
    let letters = text.chars().map(|c| {
        let small = c.to_lowercase().to_string();
        let found = look_up(VNI, &small).and_then(|bytes| {
            let written = as_windows_1252(&bytes);
            latin(&if small == c.to_string() {
                written
            } else {
                written.to_uppercase()
            })
        });
        found.or_else(|| other(c))
    });
    letters.collect::<Option<Vec<_>>>().map(|all| all.concat())
}

/// Capitals that have no byte are written as small letters. Symbols that have lost theirs to a
/// letter (`½`, `×`) cannot be written.
pub(crate) fn tcvn3(text: &str) -> Option<Vec<u8>> {
    let letters = text.chars().map(|c| {
        look_up(TCVN3, &c.to_string())
            .or_else(|| look_up(TCVN3, &c.to_lowercase().to_string()))
            .or_else(|| other(c).filter(|_| !('\u{A1}'..='\u{FF}').contains(&c)))
    });
    letters.collect::<Option<Vec<_>>>().map(|all| all.concat())
}

/// All tones as bytes of their own, as the keyboard of Windows writes them.
pub(crate) fn windows_1258(text: &str) -> Option<Vec<u8>> {
    let letters = text.chars().map(windows_1258_letter);
    letters.collect::<Option<Vec<_>>>().map(|all| all.concat())
}

/// `à á è é í ó ù ú` as one byte each, as converters write them.
pub(crate) fn windows_1258_composed(text: &str) -> Option<Vec<u8>> {
    let letters = text.chars().map(|c| match c {
        'à' | 'á' | 'è' | 'é' | 'í' | 'ó' | 'ù' | 'ú' => latin(c.encode_utf8(&mut [0; 4])),
        'À' | 'Á' | 'È' | 'É' | 'Í' | 'Ó' | 'Ù' | 'Ú' => latin(c.encode_utf8(&mut [0; 4])),
        c => windows_1258_letter(c),
    });
    letters.collect::<Option<Vec<_>>>().map(|all| all.concat())
}

fn windows_1258_letter(c: char) -> Option<Vec<u8>> {
    const ROWS: [&str; 12] = [
        "aàảãáạ",
        "ăằẳẵắặ",
        "âầẩẫấậ",
        "eèẻẽéẹ",
        "êềểễếệ",
        "iìỉĩíị",
        "oòỏõóọ",
        "ôồổỗốộ",
        "ơờởỡớợ",
        "uùủũúụ",
        "ưừửữứự",
        "yỳỷỹýỵ",
    ];
    let marks = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];
    let small = c.to_lowercase().next()?;
    if small.to_uppercase().next() != c.to_uppercase().next() {
        // `İ`.
        return None;
    }
    for row in ROWS {
        if let Some(tone) = row.chars().position(|letter| letter == small) {
            let vowel = row.chars().next()?;
            let vowel = if small == c {
                vowel
            } else {
                vowel.to_uppercase().next()?
            };
            let mut bytes = look_up(WINDOWS_1258, &vowel.to_string()).or_else(|| other(vowel))?;
            if tone > 0 {
                bytes.extend(look_up(WINDOWS_1258, marks[tone])?);
            }
            return Some(bytes);
        }
    }
    look_up(WINDOWS_1258, &c.to_string()).or_else(|| other(c))
}

pub(crate) fn as_windows_1252(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}
