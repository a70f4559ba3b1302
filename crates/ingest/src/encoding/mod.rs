//! Which encoding a text is in, and the text.
//!
//! In this order: a byte order mark; what the text is declared to be, if its bytes are that;
//! UTF-8; what is clear from the bytes. Whatever is none of these is an error with the place of
//! the first byte that cannot be read: nothing is decoded with replacement characters.

mod thai;
mod transcode;
mod utf_16;
mod vietnamese;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use mekong_core::Document;
pub(crate) use transcode::{Malformed, Transcoder};
use unicode_normalization::UnicodeNormalization as _;
use vietnamese::Vietnamese;

use crate::{Error, Problem};

/// An encoding of text.
///
/// Read from the labels of the [Encoding Standard](https://encoding.spec.whatwg.org/#names-and-labels)
/// in any case (`utf-8`, `tis-620`, `gb18030`, `shift_jis`), `vni` and `tcvn3`.
///
/// ```
/// use mekong_ingest::Encoding;
///
/// assert_eq!("TIS-620".parse::<Encoding>()?, Encoding::WINDOWS_874);
/// assert!("klingon".parse::<Encoding>().is_err());
/// # Ok::<(), mekong_ingest::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Vni,
    Tcvn3,
    /// One of the Encoding Standard.
    Web(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(Kind::Web(&encoding_rs::UTF_8_INIT));
    /// UTF-16 with the low byte first.
    pub const UTF_16LE: Self = Self(Kind::Web(&encoding_rs::UTF_16LE_INIT));
    /// UTF-16 with the high byte first.
    pub const UTF_16BE: Self = Self(Kind::Web(&encoding_rs::UTF_16BE_INIT));
    /// VNI-Windows, of the VNI fonts.
    pub const VNI: Self = Self(Kind::Vni);
    /// VN3 of TCVN 5712:1993, of the ABC fonts.
    pub const TCVN3: Self = Self(Kind::Tcvn3);
    /// Microsoft's code page 1258, for Vietnamese.
    pub const WINDOWS_1258: Self = Self(Kind::Web(&encoding_rs::WINDOWS_1258_INIT));
    /// Microsoft's code page 874, for Thai: TIS-620 and ISO 8859-11 with some punctuation.
    pub const WINDOWS_874: Self = Self(Kind::Web(&encoding_rs::WINDOWS_874_INIT));

    /// Its name: that of the Encoding Standard, `VNI` or `TCVN3`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Vni => "VNI",
            Kind::Tcvn3 => "TCVN3",
            Kind::Web(encoding) => encoding.name(),
        }
    }

    /// How it is decoded from a stream.
    pub(crate) fn web(self) -> &'static encoding_rs::Encoding {
        match self.0 {
            Kind::Vni | Kind::Tcvn3 => encoding_rs::WINDOWS_1252,
            Kind::Web(encoding) => encoding,
        }
    }

    pub(crate) fn is_utf_16(self) -> bool {
        self == Self::UTF_16LE || self == Self::UTF_16BE
    }

    /// Whether bytes that are said to be in this encoding can be: valid ones of it may be more
    /// clearly something else.
    fn is_fit(self, bytes: &[u8]) -> bool {
        match self.0 {
            _ if self.is_utf_16() => {
                utf_16::guess(bytes) == Some(self) || std::str::from_utf8(bytes).is_err()
            }
            Kind::Vni | Kind::Tcvn3 => std::str::from_utf8(bytes).is_err(),
            Kind::Web(encoding) if encoding == encoding_rs::UTF_8 => true,
            // All bytes are valid in it, and pages in any encoding are said to be in it.
            Kind::Web(encoding) if encoding == encoding_rs::WINDOWS_1252 => {
                !is_surely_utf_8(bytes, encoding) && !thai::is_thai(bytes)
            }
            Kind::Web(encoding) => !is_surely_utf_8(bytes, encoding),
        }
    }

    /// Whether nothing in bytes that are not UTF-8 speaks against their being in this encoding,
    /// which is one that can be told from bytes.
    fn agrees(self, bytes: &[u8]) -> bool {
        let of = match self.0 {
            _ if self == Self::WINDOWS_874 => return thai::agrees(bytes),
            _ if self == Self::WINDOWS_1258 => Vietnamese::Windows1258,
            Kind::Web(_) => return false,
            Kind::Vni => Vietnamese::Vni,
            Kind::Tcvn3 => Vietnamese::Tcvn3,
        };
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
        !is_broken_utf_8(bytes) && vietnamese::agrees(&text, of)
    }

    /// The text of bytes in this encoding, without a byte order mark and composed; none where a
    /// byte means nothing in it.
    fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let in_1252 = || {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
        };
        match self.0 {
            Kind::Vni => Some(Vietnamese::Vni.decoded(&in_1252()).into()),
            Kind::Tcvn3 => Some(Vietnamese::Tcvn3.decoded(&in_1252()).into()),
            Kind::Web(encoding) => {
                let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
                // Its tones are characters of their own.
                Some(match text {
                    Cow::Owned(text) if self == Self::WINDOWS_1258 => {
                        text.nfc().collect::<String>().into()
                    }
                    text => text,
                })
            }
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Encoding {
    /// Its name.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Ord for Encoding {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

impl PartialOrd for Encoding {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Encoding {
    type Err = Error;

    fn from_str(label: &str) -> Result<Self, Error> {
        let label = label.trim();
        if label.eq_ignore_ascii_case("vni") {
            return Ok(Self::VNI);
        }
        if label.eq_ignore_ascii_case("tcvn3") {
            return Ok(Self::TCVN3);
        }
        // `x-user-defined` says nothing, and the labels of `replacement` are not decoded.
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())
            .filter(|&encoding| encoding != encoding_rs::X_USER_DEFINED)
            .map(|encoding| Self(Kind::Web(encoding)))
            .ok_or_else(|| Error::unknown_encoding(label))
    }
}

impl From<Vietnamese> for Encoding {
    fn from(encoding: Vietnamese) -> Self {
        match encoding {
            Vietnamese::Vni => Self::VNI,
            Vietnamese::Tcvn3 => Self::TCVN3,
            Vietnamese::Windows1258 => Self::WINDOWS_1258,
        }
    }
}

/// A text as it was decoded.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// Without a byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// What it was decoded from, where that is not UTF-8.
    pub(crate) encoding: Option<Encoding>,
    /// What it was declared to be wrongly.
    pub(crate) problem: Option<Problem>,
}

/// What is known of the encoding of a file before its records are read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// What the caller was told all files are in that do not say.
    pub(crate) expected: Option<Encoding>,
    /// What the first bytes of the file are in, if that is clear and not UTF-8. Records that are
    /// too short to tell by themselves take after it.
    found: Option<Encoding>,
}

impl Known {
    pub(crate) fn new(head: &[u8], expected: Option<Encoding>) -> Self {
        let found = match std::str::from_utf8(head) {
            Ok(_) => None,
            // It may end within a character.
            Err(error) if error.error_len().is_none() => None,
            Err(_) => detect(head),
        };
        Self { expected, found }
    }
}

/// The encoding of a stream that begins with `head`: by its byte order mark, or where it has to be
/// decoded before it can be taken apart, because ASCII's bytes do not, or not only, mean ASCII.
pub(crate) fn of_stream(head: &[u8], expected: Option<Encoding>) -> Option<Encoding> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(head) {
        return Some(Encoding(Kind::Web(encoding)));
    }
    if let Some(encoding) = utf_16::guess(head) {
        return Some(encoding);
    }
    let Kind::Web(encoding) = expected?.0 else {
        return None;
    };
    let is_fit = || {
        let (mut transcoder, malformed) = Transcoder::new(head, encoding);
        std::io::copy(&mut transcoder, &mut std::io::sink()).ok();
        // The head may end within a character.
        malformed
            .first()
            .is_none_or(|place| place + 4 > head.len() as u64)
    };
    let is_ascii_inside = encoding.is_single_byte() || encoding == encoding_rs::UTF_8;
    let is_utf_8 = is_surely_utf_8(head, encoding);
    (!is_ascii_inside && !expected?.is_utf_16() && !is_utf_8 && is_fit()).then_some(expected?)
}

/// Whether bytes are UTF-8 though they are said to be in another encoding. That of a letter is
/// hardly anything in an encoding of one byte a character (`Ã©`, `เธ`), and now and then two
/// characters in one of two (`联通` in GBK).
fn is_surely_utf_8(bytes: &[u8], declared: &'static encoding_rs::Encoding) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let enough = if declared.is_single_byte() { 1 } else { 8 };
    text.chars().filter(|c| !c.is_ascii()).take(enough).count() == enough
}

/// The text of `bytes`, which are the whole of a text.
///
/// `declared` is the label that the text gives itself (HTML's `meta`, the prolog of XML, the
/// charset of HTTP), `expected` what the caller was told all files are in that do not say.
///
/// Errors have the byte within `bytes` and the line, counted from its start.
pub(crate) fn decode<'a>(
    path: &Path,
    bytes: &'a [u8],
    declared: Option<&str>,
    expected: Option<Encoding>,
) -> Result<Decoded<'a>, Error> {
    let told = |text, encoding: Encoding| Decoded {
        text,
        encoding: (encoding != Encoding::UTF_8).then_some(encoding),
        problem: None,
    };
    if let Some((web, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let encoding = Encoding(Kind::Web(web));
        let text = encoding.decode(&bytes[length..]);
        let text = text.ok_or_else(|| undecodable(path, bytes, encoding))?;
        return Ok(told(text, encoding));
    }
    let declared: Option<Encoding> = declared.and_then(|label| label.parse().ok());
    let wanted = declared.or(expected);
    if let Some(encoding) = wanted
        && encoding.is_fit(bytes)
        && let Some(text) = encoding.decode(bytes)
    {
        let encoding = match text {
            // The same as in ASCII.
            Cow::Borrowed(_) => Encoding::UTF_8,
            Cow::Owned(_) => encoding,
        };
        return Ok(told(text, encoding));
    }
    let decoded = match std::str::from_utf8(bytes) {
        Ok(text) => told(text.into(), Encoding::UTF_8),
        Err(_) => {
            let found = detect(bytes).and_then(|found| Some(told(found.decode(bytes)?, found)));
            found.ok_or_else(|| undecodable(path, bytes, wanted.unwrap_or(Encoding::UTF_8)))?
        }
    };
    let found = decoded.encoding.unwrap_or(Encoding::UTF_8);
    // A text that says it is UTF-16, in bytes of ASCII, was converted since.
    let is_converted = declared.is_some_and(Encoding::is_utf_16);
    let problem = wanted
        .filter(|_| !is_converted)
        .map(|wanted| Problem::Misdeclared(Error::misdeclared(path, wanted, found)));
    Ok(Decoded { problem, ..decoded })
}

/// The text of `bytes`, which are a record of a file; as [`decode`].
pub(crate) fn decode_record<'a>(
    path: &Path,
    bytes: &'a [u8],
    known: Known,
) -> Result<Decoded<'a>, Error> {
    decode(path, bytes, None, known.expected).or_else(|error| {
        let Some(encoding) = known.found else {
            return Err(error);
        };
        let text = encoding.agrees(bytes).then(|| encoding.decode(bytes));
        let text = text.flatten().ok_or(error)?;
        Ok(Decoded {
            text,
            encoding: Some(encoding),
            problem: None,
        })
    })
}

fn undecodable(path: &Path, bytes: &[u8], encoding: Encoding) -> Error {
    let web = match encoding.0 {
        Kind::Web(web) => web,
        Kind::Vni | Kind::Tcvn3 => encoding_rs::UTF_8,
    };
    let (byte, line) = transcode::first_malformed(web, bytes).unwrap_or((0, 1));
    Error::encoding(path, byte, Encoding(Kind::Web(web))).at_line(line)
}

/// What bytes are in that are not UTF-8, if it is clear.
fn detect(bytes: &[u8]) -> Option<Encoding> {
    if let Some(encoding) = utf_16::guess(bytes) {
        return Some(encoding);
    }
    if bytes.contains(&0) || is_broken_utf_8(bytes) {
        return None;
    }
    if thai::is_thai(bytes) {
        return Some(Encoding::WINDOWS_874);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    Some(vietnamese::detect(&text)?.into())
}

/// Whether bytes are UTF-8 but for some. Up to half of the bytes of a Thai word may happen to be
/// UTF-8 too.
fn is_broken_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk
            .valid()
            .bytes()
            .filter(|byte| !byte.is_ascii())
            .count();
        broken += chunk.invalid().len();
    }
    whole > 4 * broken
}

/// Decodes the title and body of a document that was in windows-874 or an encoding of Vietnamese
/// and was converted as if it had been windows-1252.
pub(crate) fn decode_document(document: &mut Document) -> Option<Encoding> {
    let Some(body) = misread_thai(&document.body, thai::is_thai) else {
        return vietnamese::decode_document(document).map(Encoding::from);
    };
    document.body = body;
    if let Some(title) = &mut document.title
        && let Some(text) = misread_thai(title, thai::agrees)
    {
        *title = text;
    }
    Some(Encoding::WINDOWS_874)
}

/// The Thai of a text that was read as windows-1252, if its bytes are.
fn misread_thai(text: &str, is_thai: fn(&[u8]) -> bool) -> Option<String> {
    // Most text is left at its first letter that is not Latin.
    let may_be_1252 = |c| {
        matches!(c, '\0'..='\u{FF}' | '\u{152}'..='\u{192}' | '\u{2C6}'..='\u{2DC}'
            | '\u{2013}'..='\u{2122}')
    };
    if text.is_ascii() || !text.chars().all(may_be_1252) {
        return None;
    }
    let (bytes, _, is_other) = encoding_rs::WINDOWS_1252.encode(text);
    let is_thai = !is_other && is_thai(&bytes);
    let thai = is_thai.then(|| Encoding::WINDOWS_874.decode(&bytes))?;
    thai.map(Cow::into_owned)
}
