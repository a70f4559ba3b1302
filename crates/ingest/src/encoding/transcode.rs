//! A stream in another encoding as one in UTF-8, for what is read record by record.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// Bytes of UTF-8 that are made at a time.
const OUT_BYTES: usize = 16 * 1024;
/// So many places are kept at most for records that are not read yet.
const MAX_PLACES: usize = 1 << 16;

/// No byte of UTF-8: what stands in the stream for bytes that mean nothing, so that the record
/// that has them fails, and no other one.
const NO_CHARACTER: u8 = 0xFF;

/// Reads UTF-8 from bytes in another encoding.
pub(crate) struct Transcoder<R> {
    bytes: R,
    decoder: Decoder,
    out: Vec<u8>,
    /// What of `out` is read.
    read: usize,
    bytes_in: u64,
    bytes_out: u64,
    malformed: Malformed,
    ended: bool,
}

/// Where the bytes were that mean nothing.
#[derive(Clone, Default)]
pub(crate) struct Malformed(Arc<Mutex<VecDeque<(u64, u64)>>>);

impl Malformed {
    /// The byte of the file, of its place in the stream. Forgets all places before.
    pub(crate) fn in_file(&self, byte: u64) -> Option<u64> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while places.front().is_some_and(|&(out, _)| out < byte) {
            places.pop_front();
        }
        let &(out, place) = places.front()?;
        (out == byte).then_some(place)
    }

    pub(super) fn first(&self) -> Option<u64> {
        let places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        places.front().map(|&(_, place)| place)
    }

    fn add(&self, out: u64, place: u64) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() < MAX_PLACES {
            places.push_back((out, place));
        }
    }
}

impl<R: BufRead> Transcoder<R> {
    /// Leaves a byte order mark of the encoding out.
    pub(crate) fn new(bytes: R, encoding: &'static Encoding) -> (Self, Malformed) {
        let malformed = Malformed::default();
        let transcoder = Self {
            bytes,
            decoder: encoding.new_decoder_with_bom_removal(),
            out: Vec::with_capacity(OUT_BYTES),
            read: 0,
            bytes_in: 0,
            bytes_out: 0,
            malformed: malformed.clone(),
            ended: false,
        };
        (transcoder, malformed)
    }

    fn fill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.read = 0;
        self.out.resize(OUT_BYTES, 0);
        let mut written = 0;
        // Room for a character and a mark.
        while written + 8 <= OUT_BYTES && !self.ended {
            let bytes = self.bytes.fill_buf()?;
            let is_last = bytes.is_empty();
            let (result, used, made) = self.decoder.decode_to_utf8_without_replacement(
                bytes,
                &mut self.out[written..OUT_BYTES - 1],
                is_last,
            );
            self.bytes.consume(used);
            self.bytes_in += used as u64;
            written += made;
            match result {
                DecoderResult::InputEmpty => self.ended = is_last,
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(bad, behind) => {
                    let place = self.bytes_in - u64::from(bad) - u64::from(behind);
                    self.malformed.add(self.bytes_out + written as u64, place);
                    self.out[written] = NO_CHARACTER;
                    written += 1;
                }
            }
        }
        self.out.truncate(written);
        self.bytes_out += written as u64;
        Ok(())
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Transcoder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read == self.out.len() && !self.ended {
            self.fill()?;
        }
        Ok(&self.out[self.read..])
    }

    fn consume(&mut self, count: usize) {
        self.read += count;
    }
}

/// The first byte that means nothing in the encoding, and the line that it is in.
pub(super) fn first_malformed(encoding: &'static Encoding, bytes: &[u8]) -> Option<(u64, u64)> {
    let (mut transcoder, malformed) = Transcoder::new(bytes, encoding);
    let mut line = 1;
    loop {
        let text = transcoder.fill_buf().ok()?;
        if text.is_empty() {
            return None;
        }
        let end = text.iter().position(|&byte| byte == NO_CHARACTER);
        let valid = &text[..end.unwrap_or(text.len())];
        line += valid.iter().filter(|&&byte| byte == b'\n').count() as u64;
        if end.is_some() {
            return malformed.first().map(|place| (place, line));
        }
        let count = text.len();
        transcoder.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_any_length_goes_through() {
        for text in ["", "a", "ภาษาไทย\nภาษาลาว 老挝", &"ເວລາ 𠮷 ".repeat(5000)]
        {
            let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes);
            let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16).collect();
            for capacity in [1, 2, 3, 4096] {
                let bytes = io::BufReader::with_capacity(capacity, &bytes[..]);
                let (mut transcoder, _) = Transcoder::new(bytes, encoding_rs::UTF_16LE);
                let mut read = String::new();
                transcoder.read_to_string(&mut read).unwrap();
                assert_eq!(read, text);
            }
        }
    }

    #[test]
    fn what_means_nothing_is_found_again() {
        let mut bytes: Vec<u8> = "ab\nก".encode_utf16().flat_map(u16::to_be_bytes).collect();
        bytes.extend([0xD8, 0x00]);
        bytes.extend("c".encode_utf16().flat_map(u16::to_be_bytes));
        let (mut transcoder, malformed) = Transcoder::new(&bytes[..], encoding_rs::UTF_16BE);
        let mut out = Vec::new();
        transcoder.read_to_end(&mut out).unwrap();
        assert_eq!(out, b"ab\n\xE0\xB8\x81\xFFc");
        assert_eq!(malformed.in_file(6), Some(8));
        assert_eq!(malformed.in_file(7), None);
        assert_eq!(first_malformed(encoding_rs::UTF_16BE, &bytes), Some((8, 2)));
    }
}
