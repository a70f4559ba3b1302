//! Words of scripts that are written without blanks between them.

mod dictionaries;
mod icu;

pub use dictionaries::Dictionaries;
pub(crate) use dictionaries::Loaded;
pub(crate) use icu::{Icu, last_word_end};

/// Splits text of one script into words.
pub(crate) trait WordSegmenter: Send + Sync {
    /// Appends the end of each word of `run` to `ends`: byte offsets, ascending, the last of them
    /// the length of `run`.
    fn segment(&self, run: &str, ends: &mut Vec<usize>);
}

/// The first `max_chars` characters of a text, all of it if there are no more.
pub(crate) fn first_chars(text: &str, max_chars: usize) -> &str {
    // A character has a byte at least.
    if text.len() <= max_chars {
        return text;
    }
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Calls `piece` with byte ranges that tile `run`, each about `max_bytes` long at most, so that no
/// text, however long, makes a segmenter's tables outgrow memory. Marks stay with the character
/// that bears them.
pub(crate) fn pieces(run: &str, max_bytes: usize, mut piece: impl FnMut(std::ops::Range<usize>)) {
    let mut start = 0;
    while run.len() - start > max_bytes {
        let limit = start + max_bytes;
        let cut =
            |c: char| !unicode_normalization::char::is_combining_mark(c) && !matches!(c, 'ﾞ' | 'ﾟ');
        let end = (start + 1..=limit)
            .rev()
            .find(|&at| run.is_char_boundary(at) && run[at..].starts_with(cut))
            // Nothing but marks: any character will do.
            .or_else(|| (limit..run.len()).find(|&at| run.is_char_boundary(at)))
            .unwrap_or(run.len());
        piece(start..end);
        start = end;
    }
    piece(start..run.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_tile_the_run_and_keep_marks() {
        let run = "กี่".repeat(100);
        let mut end = 0;
        pieces(&run, 20, |range| {
            assert_eq!(range.start, end);
            assert!(range.len() <= 20 && !range.is_empty());
            assert!(run[range.clone()].starts_with('ก'));
            end = range.end;
        });
        assert_eq!(end, run.len());
        pieces(&"\u{301}".repeat(100), 20, |range| {
            assert!(!range.is_empty())
        });
    }
}
