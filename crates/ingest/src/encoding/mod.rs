//! Which encoding a text is in, and the text.
//!
//! In this order: a byte order mark; what the text is declared to be, if its bytes are that;
//! UTF-8; what is clear from the bytes. Whatever is none of these is an error with the place of
//! the first byte that cannot be read: nothing is decoded with replacement characters.

mod vietnamese;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use mekong_core::Document;
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
                Some(if self == Self::WINDOWS_1258 {
                    text.nfc().collect::<String>().into()
                } else {
                    text
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

/// The text of `bytes`, which are the whole of a text, or a record of one that can be decoded by
/// itself.
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
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let (encoding, bytes) = (Encoding(Kind::Web(encoding)), &bytes[length..]);
        let text = encoding.decode(bytes);
        let text = text.ok_or_else(|| undecodable(path, bytes, length))?;
        return Ok(told(text, encoding));
    }
    let wanted = match declared.map(str::parse) {
        Some(Ok(encoding)) => Some(encoding),
        _ => expected,
    };
    if let Some(encoding) = wanted
        && let Some(text) = encoding.decode(bytes)
    {
        return Ok(told(text, encoding));
    }
    let (text, encoding) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), None),
        Err(_) => detect(bytes).ok_or_else(|| undecodable(path, bytes, 0))?,
    };
    let problem = wanted.map(|wanted| {
        let found = encoding.unwrap_or(Encoding::UTF_8);
        Problem::Misdeclared(Error::misdeclared(path, wanted, found))
    });
    Ok(Decoded {
        text,
        encoding,
        problem,
    })
}

fn undecodable(path: &Path, bytes: &[u8], before: usize) -> Error {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => bytes,
        Err(error) => &bytes[..error.valid_up_to()],
    };
    let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count() as u64;
    Error::encoding(path, (before + valid.len()) as u64).at_line(line)
}

/// Decodes bytes that are not UTF-8, if it is clear what they are.
fn detect(bytes: &[u8]) -> Option<(Cow<'_, str>, Option<Encoding>)> {
    if bytes.contains(&0) {
        return None;
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let encoding = vietnamese::detect(&text)?;
    Some((encoding.decoded(&text).into(), Some(encoding.into())))
}

/// Decodes the title and body of a document that was in an encoding of Vietnamese and was
/// converted as if it had been windows-1252.
pub(crate) fn decode_document(document: &mut Document) -> Option<Encoding> {
    vietnamese::decode_document(document).map(Encoding::from)
}
