//! Grams: neighbouring letters of a script without blanks, whatever tone marks they bear.

use std::ops::Range;

/// So many letters are a gram. Of three to five, four ranks best.
const LETTERS: usize = 4;

/// Makes the grams of texts, with a buffer that it reuses.
#[derive(Default)]
pub(super) struct Grams {
    /// The letters of the text without tone marks.
    letters: String,
}

/// Where a letter begins: in [`Grams::letters`] and in the text.
#[derive(Clone, Copy, Default)]
struct Letter {
    start: usize,
    at: usize,
    begins_gram: bool,
}

impl Grams {
    /// Calls `gram` with every gram of a normalised text in Thai, Lao, Khmer or Burmese, and with
    /// the bytes of the text that it is from. None begins with a vowel or sign that hangs on the
    /// letter before: that would be a quarter more of them, which find nothing more.
    pub(super) fn of(&mut self, text: &str, mut gram: impl FnMut(&str, Range<usize>)) {
        self.letters.clear();
        // The last letters; what they are before there are any begins no gram.
        let mut last = [Letter::default(); LETTERS];
        let mut oldest = 0;
        let mut end_gram = |letters: &str, first: Letter, at| {
            if first.begins_gram {
                gram(&letters[first.start..], first.at..at);
            }
        };
        for (at, c) in text.char_indices() {
            if !is_tone(c) {
                end_gram(&self.letters, last[oldest], at);
                last[oldest] = Letter {
                    start: self.letters.len(),
                    at,
                    begins_gram: stands_alone(c),
                };
                oldest = (oldest + 1) % LETTERS;
                self.letters.push(c);
            }
        }
        end_gram(&self.letters, last[oldest], text.len());
    }
}

/// Marks of tone and the like, which are left out or misplaced most often.
fn is_tone(c: char) -> bool {
    matches!(c,
        // Thai: maitaikhu to yamakkan. Lao: mai ek to the cancellation mark.
        '\u{E47}'..='\u{E4E}' | '\u{EC8}'..='\u{ECC}'
        // Khmer: muusikatoan to samyok sannya. Burmese: dot below and visarga.
        | '\u{17C9}'..='\u{17D1}' | '\u{1037}' | '\u{1038}')
}

/// Whether a letter does not hang on the one before.
pub(crate) fn stands_alone(c: char) -> bool {
    !matches!(c,
        '\u{E30}'..='\u{E3A}' | '\u{E45}'
        | '\u{EB0}'..='\u{EBC}' | '\u{ECD}'
        | '\u{17B6}'..='\u{17D3}'
        | '\u{102B}'..='\u{103E}')
}

#[cfg(test)]
mod tests {
    use super::Grams;

    fn grams(text: &str) -> Vec<(String, &str)> {
        let mut grams = Vec::new();
        Grams::default().of(text, |gram, range| {
            grams.push((gram.to_owned(), &text[range]));
        });
        grams
    }

    #[test]
    fn a_gram_has_four_letters_and_no_tone() {
        let pair = |gram: &str, text| (gram.to_owned(), text);
        assert_eq!(
            grams("เปลี่ยน"),
            [pair("เปลี", "เปลี่"), pair("ปลีย", "ปลี่ย"), pair("ลียน", "ลี่ยน")]
        );
        assert_eq!(grams("ขา้ว"), []);
        assert_eq!(grams(""), []);
    }
}
