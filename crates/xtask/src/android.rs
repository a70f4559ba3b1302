//! Reads the translated texts out of Android's compiled resources (`resources.arsc`).
//!
//! The file is a tree of chunks (type u16, header size u16, size u32, all little-endian): one pool with
//! every string, and for each kind of resource and each locale a table of indices into that pool.

use anyhow::{Context, Result, bail, ensure};

const STRING_POOL: u16 = 0x0001;
const TABLE: u16 = 0x0002;
const PACKAGE: u16 = 0x0200;
const TYPE: u16 = 0x0201;
const POOL_IS_UTF8: u32 = 1 << 8;
const ENTRY_IS_COMPLEX: u16 = 1;
const VALUE_IS_STRING: u8 = 3;
const NO_ENTRY: u32 = u32::MAX;

/// All texts for the two-letter `locale`, in the file's order.
pub(crate) fn texts(resources: &[u8], locale: &str) -> Result<Vec<String>> {
    let table = Chunk::at(resources, 0)?;
    ensure!(table.kind == TABLE, "not a compiled resource table");
    let mut pool = Vec::new();
    let mut indices = Vec::new();
    for chunk in table.children()? {
        match chunk.kind {
            STRING_POOL => pool = string_pool(&chunk)?,
            PACKAGE => {
                for part in chunk.children()?.iter().filter(|part| part.kind == TYPE) {
                    string_indices(part, locale, &mut indices)?;
                }
            }
            _ => {}
        }
    }
    indices
        .into_iter()
        .map(|index| {
            pool.get(index as usize)
                .cloned()
                .context("a string index outside the pool")
        })
        .collect()
}

struct Chunk<'a> {
    kind: u16,
    header: usize,
    bytes: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn at(bytes: &'a [u8], start: usize) -> Result<Self> {
        let (header, size) = (
            u16_at(bytes, start + 2)? as usize,
            u32_at(bytes, start + 4)? as usize,
        );
        ensure!(
            header >= 8 && size >= header,
            "a chunk shorter than its header"
        );
        Ok(Self {
            kind: u16_at(bytes, start)?,
            header,
            bytes: bytes
                .get(start..start + size)
                .context("a chunk beyond the end")?,
        })
    }

    fn children(&self) -> Result<Vec<Chunk<'a>>> {
        let mut children = Vec::new();
        let mut start = self.header;
        while start < self.bytes.len() {
            let child = Chunk::at(self.bytes, start)?;
            start += child.bytes.len();
            children.push(child);
        }
        Ok(children)
    }
}

fn string_pool(chunk: &Chunk) -> Result<Vec<String>> {
    let count = u32_at(chunk.bytes, 8)? as usize;
    let utf8 = u32_at(chunk.bytes, 16)? & POOL_IS_UTF8 != 0;
    let start = u32_at(chunk.bytes, 20)? as usize;
    (0..count)
        .map(|index| {
            let at = start + u32_at(chunk.bytes, chunk.header + 4 * index)? as usize;
            if utf8 {
                utf8_string(chunk.bytes, at)
            } else {
                utf16_string(chunk.bytes, at)
            }
        })
        .collect()
}

/// Length in UTF-16 units, length in bytes, bytes; a length of 128 and more takes two bytes.
fn utf8_string(bytes: &[u8], at: usize) -> Result<String> {
    let length = |at: usize| -> Result<(usize, usize)> {
        let first = u8_at(bytes, at)? as usize;
        if first < 0x80 {
            return Ok((first, at + 1));
        }
        Ok(((first & 0x7f) << 8 | u8_at(bytes, at + 1)? as usize, at + 2))
    };
    let (_, at) = length(at)?;
    let (size, at) = length(at)?;
    let bytes = bytes
        .get(at..at + size)
        .context("a string beyond the end")?;
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

fn utf16_string(bytes: &[u8], at: usize) -> Result<String> {
    let first = u16_at(bytes, at)? as usize;
    let (size, at) = if first < 0x8000 {
        (first, at + 2)
    } else {
        (
            (first & 0x7fff) << 16 | u16_at(bytes, at + 2)? as usize,
            at + 4,
        )
    };
    let units: Result<Vec<u16>> = (0..size).map(|unit| u16_at(bytes, at + 2 * unit)).collect();
    Ok(String::from_utf16_lossy(&units?))
}

fn string_indices(chunk: &Chunk, locale: &str, indices: &mut Vec<u32>) -> Result<()> {
    let bytes = chunk.bytes;
    // Behind the eight bytes that every chunk begins with: id, flags, reserved, count, start, then the
    // configuration, whose language is at its ninth byte.
    if bytes.get(28..30) != Some(locale.as_bytes()) {
        return Ok(());
    }
    if u8_at(bytes, 9)? != 0 {
        bail!("a sparse resource table, which this reader does not know");
    }
    let (count, start) = (u32_at(bytes, 12)? as usize, u32_at(bytes, 16)? as usize);
    for entry in 0..count {
        let offset = u32_at(bytes, chunk.header + 4 * entry)?;
        if offset == NO_ENTRY {
            continue;
        }
        let at = start + offset as usize;
        if u16_at(bytes, at + 2)? & ENTRY_IS_COMPLEX == 0 {
            push_value(bytes, at + 8, indices)?;
            continue;
        }
        // Plurals and arrays: parent and count follow the key, each value stands behind its name.
        for value in 0..u32_at(bytes, at + 12)? as usize {
            push_value(bytes, at + 16 + 12 * value + 4, indices)?;
        }
    }
    Ok(())
}

fn push_value(bytes: &[u8], at: usize, indices: &mut Vec<u32>) -> Result<()> {
    if u8_at(bytes, at + 3)? == VALUE_IS_STRING {
        indices.push(u32_at(bytes, at + 4)?);
    }
    Ok(())
}

fn u8_at(bytes: &[u8], at: usize) -> Result<u8> {
    bytes.get(at).copied().context("resources cut short")
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16> {
    Ok(u16::from_le_bytes([
        u8_at(bytes, at)?,
        u8_at(bytes, at + 1)?,
    ]))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32> {
    Ok(u32::from(u16_at(bytes, at)?) | u32::from(u16_at(bytes, at + 2)?) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: u16, header: &[u8], body: &[u8]) -> Vec<u8> {
        let header_size = 8 + header.len();
        let mut chunk = kind.to_le_bytes().to_vec();
        chunk.extend((header_size as u16).to_le_bytes());
        chunk.extend(((header_size + body.len()) as u32).to_le_bytes());
        chunk.extend(header);
        chunk.extend(body);
        chunk
    }

    fn words(numbers: &[u32]) -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect()
    }

    /// A pool of two strings, in UTF-8.
    fn pool() -> Vec<u8> {
        let header = words(&[2, 0, POOL_IS_UTF8, 28 + 8, 0]);
        let mut body = words(&[0, 5]);
        body.extend(b"\x02\x02ab\0\x01\x03\xe0\xba\x81\0");
        chunk(STRING_POOL, &header, &body)
    }

    /// A table of one string for a locale: its place in the pool.
    fn strings(locale: &[u8; 2], index: u32) -> Vec<u8> {
        let mut header = words(&[1, 2, 36 + 8, 16, 0]);
        header.extend(locale);
        header.extend([0; 6]);
        let missing_and_present = words(&[NO_ENTRY, 0]);
        let entry = [
            words(&[8, 0]),
            vec![8, 0, 0, VALUE_IS_STRING],
            words(&[index]),
        ];
        chunk(
            TYPE,
            &header,
            &[missing_and_present, entry.concat()].concat(),
        )
    }

    #[test]
    fn the_strings_of_a_locale_are_found() {
        let package = [strings(b"en", 0), strings(b"lo", 1)].concat();
        let body = [pool(), chunk(PACKAGE, &[], &package)].concat();
        let resources = chunk(TABLE, &words(&[1]), &body);
        assert_eq!(texts(&resources, "lo").ok(), Some(vec!["ກ".to_owned()]));
        assert_eq!(texts(&resources, "en").ok(), Some(vec!["ab".to_owned()]));
        assert_eq!(texts(&resources, "km").ok(), Some(vec![]));
        for len in 0..resources.len() {
            assert!(
                texts(&resources[..len], "lo").is_err(),
                "cut to {len} bytes"
            );
        }
    }
}
