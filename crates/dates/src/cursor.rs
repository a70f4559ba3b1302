//! Reading a text forwards and backwards from a place near a number.

use crate::vietnamese;

/// A place in a text. Every method leaves the cursor where it is and gives the one behind (or, with
/// `before` in its name, ahead of) what it read.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    /// Where the last mention ended: what lies before it is not looked at again.
    floor: usize,
    /// The place, in bytes.
    pub(crate) at: usize,
    accentless: bool,
}

/// A run of digits.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    /// Its value, or the greatest possible one where that is less.
    pub(crate) value: i16,
    pub(crate) digits: usize,
}

impl Number {
    /// The value of one or two digits.
    pub(crate) fn short(self) -> Option<i8> {
        i8::try_from(self.value).ok().filter(|_| self.digits <= 2)
    }
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str) -> Cursor<'t> {
        Cursor {
            text,
            floor: 0,
            at: 0,
            accentless: !has_latin_accents(text),
        }
    }

    /// The next number from here on.
    pub(crate) fn next_number(self) -> Option<Cursor<'t>> {
        let to_digit = self.rest().find(|c| digit(c).is_some())?;
        Some(self.moved(self.at + to_digit))
    }

    /// The same place, where all before it is done with.
    pub(crate) fn as_floor(self) -> Cursor<'t> {
        Cursor {
            floor: self.at,
            ..self
        }
    }

    pub(crate) fn moved(self, at: usize) -> Cursor<'t> {
        Cursor { at, ..self }
    }

    pub(crate) fn vietnamese(self) -> &'static vietnamese::Words {
        vietnamese::words(self.accentless)
    }

    pub(crate) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    fn last(self) -> Option<char> {
        self.past().chars().next_back()
    }

    pub(crate) fn is_at_end(self) -> bool {
        self.rest().is_empty()
    }

    /// What lies between the last mention and here.
    pub(crate) fn past(self) -> &'t str {
        self.text.get(self.floor..self.at).unwrap_or_default()
    }

    pub(crate) fn rest(self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn char(self, any_of: &str) -> Option<(char, Cursor<'t>)> {
        let c = self.peek().filter(|&c| any_of.contains(c))?;
        Some((c, self.moved(self.at + c.len_utf8())))
    }

    pub(crate) fn exactly(self, c: char) -> Option<Cursor<'t>> {
        (self.peek() == Some(c)).then(|| self.moved(self.at + c.len_utf8()))
    }

    pub(crate) fn char_before(self, any_of: &str) -> Option<Cursor<'t>> {
        let c = self.last()?;
        any_of
            .contains(c)
            .then(|| self.moved(self.at - c.len_utf8()))
    }

    /// Past a few blanks, if there are any. A date does not cross the end of a line.
    pub(crate) fn blanks(self) -> Cursor<'t> {
        (0..MOST_BLANKS)
            .try_fold(self, |c, _| c.char(BLANKS).map(|(_, next)| next).ok_or(c))
            .unwrap_or_else(|c| c)
    }

    pub(crate) fn blanks_before(self) -> Cursor<'t> {
        (0..MOST_BLANKS)
            .try_fold(self, |c, _| c.char_before(BLANKS).ok_or(c))
            .unwrap_or_else(|c| c)
    }

    /// A dash as ranges have it, with or without blanks around it.
    pub(crate) fn dash(self) -> Option<Cursor<'t>> {
        let (_, next) = self.blanks().char("-–‑")?;
        Some(next.blanks())
    }

    pub(crate) fn number(self) -> Option<(Number, Cursor<'t>)> {
        let (mut value, mut digits, mut at) = (0_i16, 0, self.at);
        for c in self.rest().chars() {
            let Some(digit) = digit(c) else { break };
            value = value.saturating_mul(10).saturating_add(digit);
            digits += 1;
            at += c.len_utf8();
        }
        (digits > 0).then_some((Number { value, digits }, self.moved(at)))
    }

    /// One of these words, the longest that is here.
    pub(crate) fn word(self, words: &[&str]) -> Option<Cursor<'t>> {
        self.peek().filter(|&c| is_in_words(c))?;
        words
            .iter()
            .filter_map(|word| self.spelling(word))
            .max_by_key(|next| next.at)
    }

    /// What the longest of these words that is here stands for.
    pub(crate) fn named<T: Copy>(self, names: &[(&str, T)]) -> Option<(T, Cursor<'t>)> {
        self.peek().filter(|&c| is_in_words(c))?;
        names
            .iter()
            .filter_map(|(word, value)| Some((*value, self.spelling(word)?)))
            .max_by_key(|(_, next)| next.at)
    }

    pub(crate) fn word_before(self, words: &[&str]) -> Option<Cursor<'t>> {
        self.last().filter(|&c| is_in_words(c))?;
        words
            .iter()
            .filter_map(|word| self.spelling_before(word))
            .min_by_key(|start| start.at)
    }

    pub(crate) fn named_before<T: Copy>(self, names: &[(&str, T)]) -> Option<(T, Cursor<'t>)> {
        self.last().filter(|&c| is_in_words(c))?;
        names
            .iter()
            .filter_map(|(word, value)| Some((*value, self.spelling_before(word)?)))
            .min_by_key(|(_, start)| start.at)
    }

    /// The word, written small or big, not as the beginning of a longer one.
    fn spelling(self, word: &str) -> Option<Cursor<'t>> {
        let mut rest = self.rest().chars();
        let mut at = self.at;
        for expected in word.chars() {
            let c = rest.next().filter(|&c| is_same_letter(c, expected))?;
            at += c.len_utf8();
        }
        let cut = word.chars().next_back().is_some_and(is_spaced_letter)
            && rest.next().is_some_and(is_spaced_letter);
        (!cut).then(|| self.moved(at))
    }

    /// The word that ends here, not as the end of a longer one.
    fn spelling_before(self, word: &str) -> Option<Cursor<'t>> {
        let mut past = self.past().chars();
        let mut at = self.at;
        for expected in word.chars().rev() {
            let c = past.next_back().filter(|&c| is_same_letter(c, expected))?;
            at -= c.len_utf8();
        }
        let cut = word.chars().next().is_some_and(is_spaced_letter)
            && past.next_back().is_some_and(is_spaced_letter);
        (!cut).then(|| self.moved(at))
    }

    /// Whether a number that starts here is one of its own: no part of a word, an amount, a decimal,
    /// a version or an address.
    pub(crate) fn starts_clear(self) -> bool {
        let mut past = self.past().chars();
        match past.next_back() {
            Some('.' | ',' | ':') => past.next_back().is_none_or(|c| digit(c).is_none()),
            Some('-' | '‑') => !past.next_back().is_some_and(char::is_alphanumeric),
            Some(c) => !is_spaced_letter(c) && !"/\\_$€£¥฿#@+=&%".contains(c),
            None => true,
        }
    }

    /// Whether a number that ends here is one of its own; `joints` carry it on where a digit follows.
    pub(crate) fn ends_clear(self, joints: &str) -> bool {
        let mut rest = self.rest().chars();
        match rest.next() {
            Some(c) if joints.contains(c) => rest.next().is_none_or(|c| digit(c).is_none()),
            Some(c) => !is_spaced_letter(c) && !"_%".contains(c),
            None => true,
        }
    }
}

const MOST_BLANKS: usize = 3;
/// Blank, tabulator, no-break and thin blanks, and the zero-width one that Thai web pages put between words.
const BLANKS: &str = " \t\u{a0}\u{2009}\u{202f}\u{200b}";

/// The value of a digit, European or Thai.
pub(crate) fn digit(c: char) -> Option<i16> {
    let zero = match c {
        '0'..='9' => '0',
        '๐'..='๙' => '๐',
        _ => return None,
    };
    i16::try_from(u32::from(c) - u32::from(zero)).ok()
}

fn is_same_letter(c: char, small: char) -> bool {
    c == small || (c.is_uppercase() && c.to_lowercase().eq([small]))
}

/// Whether any word may begin or end with it: most numbers stand among blanks, signs and other
/// numbers, where no table needs to be looked through.
fn is_in_words(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '.' || !c.is_ascii()
}

/// A letter of a script that puts blanks between words; in Thai a word may begin and end anywhere.
fn is_spaced_letter(c: char) -> bool {
    c.is_alphabetic() && !('\u{e00}'..='\u{e7f}').contains(&c)
}

/// Whether the text has Latin letters with accents, or accents to be combined with letters
/// (U+00C0 to U+024F, U+0300 to U+036F, U+1E00 to U+1EFF).
fn has_latin_accents(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [0xC3..=0xC9 | 0xCC | 0xCD, _] | [0xE1, 0xB8..=0xBB]))
}
