//! A text as numbers, words of dates, and the rest.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::lexicon::{self, Sense};

/// A piece of the text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// In bytes of the text.
    pub(crate) range: Range<usize>,
    /// Whether a blank comes before it.
    pub(crate) is_apart: bool,
    /// In letters as they were compared.
    at: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Number(Number),
    Word(&'static [Sense]),
    /// One sign, of those that have several forms the plainest.
    Sign(char),
    /// Any other word, or one letter of a script without blanks.
    Other,
    /// The end of a line, or a gap: no date goes on after it.
    Break,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its value, or the greatest possible one where that is less.
    pub(crate) value: i16,
    pub(crate) digits: usize,
    /// Written with the digits, or in the letters, of this script.
    pub(crate) script: Script,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Thai,
    Lao,
    Khmer,
    Burmese,
    Han,
    Other,
}

/// A text, its letters, and its tokens.
pub(crate) struct Tokens<'t> {
    pub(crate) text: &'t str,
    letters: Vec<Letter>,
    list: Vec<Token>,
    /// Whether the text has no accents and may so be Vietnamese without them.
    pub(crate) is_bare: bool,
    /// Whether every letter is one of English.
    pub(crate) is_ascii: bool,
}

/// A letter as it is compared: small, composed, of half width; one blank for several, `\n` for a
/// gap.
#[derive(Clone, Copy)]
struct Letter {
    c: char,
    start: usize,
    end: usize,
}

/// More blanks than these are a gap.
const MOST_BLANKS: usize = 3;

impl<'t> Tokens<'t> {
    pub(crate) fn new(text: &'t str, may_be_bare: bool) -> Tokens<'t> {
        let letters = letters(text);
        let is_ascii = !letters
            .iter()
            .any(|l| !l.c.is_ascii() && l.c.is_alphabetic());
        let has_accents = || letters.iter().any(|l| is_accented(l.c));
        let is_bare = may_be_bare && (is_ascii || !has_accents());
        let mut tokens = Tokens {
            text,
            letters,
            list: Vec::new(),
            is_bare,
            is_ascii,
        };
        tokens.split();
        tokens
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Token> + ExactSizeIterator {
        self.list.iter()
    }

    fn split(&mut self) {
        let (mut at, mut is_apart) = (0, false);
        while let Some(letter) = self.letters.get(at).copied() {
            let (kind, end) = self.piece(at, letter.c);
            if letter.c != ' ' {
                let last = self
                    .letters
                    .get(end - 1)
                    .map_or(letter.end, |last| last.end);
                self.list.push(Token {
                    kind,
                    range: letter.start..last,
                    is_apart,
                    at,
                    end,
                });
            }
            is_apart = letter.c == ' ';
            at = end;
        }
    }

    fn piece(&self, at: usize, c: char) -> (Kind, usize) {
        if c == ' ' || c == '\n' {
            return (Kind::Break, at + 1);
        }
        if let Some((number, end)) = self.digits(at).or_else(|| self.han_number(at)) {
            return (Kind::Number(number), end);
        }
        let rest = self.letters.get(at..).unwrap_or_default();
        let word = lexicon::longest(rest.iter().map(|l| l.c), self.is_bare, |length| {
            !self.is_cut(at + length)
        });
        if let Some((length, senses)) = word {
            return (Kind::Word(senses), at + length);
        }
        if !c.is_alphanumeric() && !is_mark(c) {
            return (Kind::Sign(c), at + 1);
        }
        if !is_spaced(c) {
            return (Kind::Other, at + 1);
        }
        let length = rest.iter().take_while(|l| is_spaced(l.c)).count();
        (Kind::Other, at + length.max(1))
    }

    /// Whether a word that ends here would be cut off from its rest.
    fn is_cut(&self, end: usize) -> bool {
        let c = |at: usize| self.letters.get(at).map(|l| l.c);
        let (Some(last), Some(next)) = (end.checked_sub(1).and_then(c), c(end)) else {
            return false;
        };
        let closes_syllable = || {
            let after = c(end + 1);
            script(next) == Script::Burmese
                && after.is_some_and(|c| c == '\u{103a}' || c == '\u{1039}')
        };
        (is_spaced(last) && is_spaced(next)) || is_mark(next) || closes_syllable()
    }

    fn digits(&self, at: usize) -> Option<(Number, usize)> {
        let (mut value, mut end, mut script) = (0_i16, at, Script::Latin);
        for letter in self.letters.get(at..)? {
            let Some((digit, of)) = digit(letter.c) else {
                break;
            };
            value = value.saturating_mul(10).saturating_add(digit);
            script = of;
            end += 1;
        }
        let digits = end - at;
        (digits > 0).then_some((
            Number {
                value,
                digits,
                script,
            },
            end,
        ))
    }

    /// `二〇二五`, `十二`, `二十三`, where a word for what is counted follows.
    fn han_number(&self, at: usize) -> Option<(Number, usize)> {
        /// The longest are those of years, and `三十一`.
        const LONGEST: usize = 4;
        let rest = self.letters.get(at..)?;
        let run: Vec<char> = rest
            .iter()
            .map(|l| l.c)
            .take_while(|&c| han_digit(c).is_some())
            .take(LONGEST + 1)
            .collect();
        let unit = rest.get(run.len()).map(|l| l.c)?;
        if run.is_empty() || run.len() > LONGEST || !"年月日号號天周週个個季".contains(unit)
        {
            return None;
        }
        let mut value = 0_i16;
        let has_ten = run.contains(&'十');
        for (index, c) in run.iter().enumerate() {
            let digit = han_digit(*c)?;
            value = match c {
                '十' if index == 0 => 10,
                '十' => value * 10,
                _ if has_ten => value + digit,
                _ => value * 10 + digit,
            };
        }
        let digits = if has_ten { 2 } else { run.len() };
        let script = Script::Han;
        let number = Number {
            value,
            digits,
            script,
        };
        Some((number, at + run.len()))
    }

    /// Whether the number is one of its own: no part of a word, an amount, a decimal, a version or
    /// an address.
    pub(crate) fn starts_clear(&self, token: &Token) -> bool {
        let before = |back: usize| {
            let index = token.at.checked_sub(back)?;
            self.letters.get(index).map(|l| l.c)
        };
        match before(1) {
            Some('.' | ',' | ':') => before(2).is_none_or(|c| digit(c).is_none()),
            Some('-') => !before(2).is_some_and(char::is_alphanumeric),
            Some(c) => !is_spaced(c) && !"/\\_$€£¥฿#@+=&%".contains(c),
            None => true,
        }
    }

    /// Whether the number is at an end; `joints` carry it on where a letter or digit follows.
    pub(crate) fn ends_clear(&self, token: &Token, joints: &str) -> bool {
        let after = |on: usize| self.letters.get(token.end + on).map(|l| l.c);
        match after(0) {
            Some(c) if joints.contains(c) => {
                !after(1).is_some_and(|next| digit(next).is_some() || (c == '/' && is_spaced(next)))
            }
            Some(c) => !is_spaced(c) && !"_%".contains(c),
            None => true,
        }
    }

    /// The digits of a number.
    pub(crate) fn digits_of(&self, token: &Token) -> impl Iterator<Item = i16> {
        let letters = self.letters.get(token.at..token.end).unwrap_or_default();
        letters.iter().filter_map(|l| Some(digit(l.c)?.0))
    }

    /// The script of a token's first letter.
    pub(crate) fn script(&self, token: &Token) -> Script {
        self.letters
            .get(token.at)
            .map_or(Script::Other, |l| script(l.c))
    }

    /// Whether the token here has no more than two letters.
    pub(crate) fn is_short(&self, index: usize) -> bool {
        self.get(index)
            .is_some_and(|token| token.end - token.at <= 2)
    }

    /// Whether a token begins with a capital letter.
    pub(crate) fn is_capital(&self, token: &Token) -> bool {
        let rest = self.text.get(token.range.clone()).unwrap_or_default();
        rest.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the token is of Latin letters.
    pub(crate) fn is_latin(&self, token: &Token) -> bool {
        self.script(token) == Script::Latin
    }
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    let mut blanks = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let end = start + c.len_utf8();
        if is_ignored(c) {
            continue;
        }
        let is_line_end = matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if c.is_whitespace() || is_line_end {
            blanks += 1;
            let c = if is_line_end || blanks > MOST_BLANKS {
                '\n'
            } else {
                ' '
            };
            match letters.last_mut() {
                Some(last) if blanks > 1 => {
                    last.end = end;
                    last.c = if last.c == '\n' { '\n' } else { c };
                }
                _ => letters.push(Letter { c, start, end }),
            }
            continue;
        }
        blanks = 0;
        let c = plain(c);
        // Accents typed apart from their letters.
        if c.is_alphabetic() && chars.peek().is_some_and(|(_, next)| is_accent(*next)) {
            let mut cluster = String::from(c);
            let mut end = end;
            // No letter has more.
            for _ in 0..3 {
                let Some((at, accent)) = chars.next_if(|(_, next)| is_accent(*next)) else {
                    break;
                };
                cluster.push(accent);
                end = at + accent.len_utf8();
            }
            letters.extend(cluster.nfc().map(|c| Letter { c, start, end }));
        } else {
            letters.push(Letter { c, start, end });
        }
    }
    letters
}

/// Small, of half width, and of the signs with several forms the plainest.
fn plain(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '−' => '-',
        '、' | '،' | '၊' => ',',
        '’' => '\'',
        '〜' => '~',
        '○' | '零' => '〇',
        _ => c,
    };
    if c.is_uppercase() {
        c.to_lowercase().next().unwrap_or(c)
    } else {
        c
    }
}

/// What has no width: blanks and marks that part or join words.
fn is_ignored(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}'
    )
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_accented(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
        && c.is_alphabetic()
}

/// The value of a digit, and whose it is.
fn digit(c: char) -> Option<(i16, Script)> {
    let (zero, script) = match c {
        '0'..='9' => ('0', Script::Latin),
        '๐'..='๙' => ('๐', Script::Thai),
        '໐'..='໙' => ('໐', Script::Lao),
        '០'..='៩' => ('០', Script::Khmer),
        '၀'..='၉' => ('၀', Script::Burmese),
        _ => return None,
    };
    let value = i16::try_from(u32::from(c) - u32::from(zero)).ok()?;
    Some((value, script))
}

fn han_digit(c: char) -> Option<i16> {
    let digits = "〇一二三四五六七八九十";
    let index = digits.chars().position(|digit| digit == c)?;
    i16::try_from(index).ok()
}

pub(crate) fn script(c: char) -> Script {
    match c {
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{e80}'..='\u{eff}' => Script::Lao,
        '\u{1780}'..='\u{17ff}' => Script::Khmer,
        '\u{1000}'..='\u{109f}' => Script::Burmese,
        '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}' => Script::Han,
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        _ => Script::Other,
    }
}

/// A letter of a script that puts blanks between words.
fn is_spaced(c: char) -> bool {
    c.is_alphabetic() && matches!(script(c), Script::Latin | Script::Other)
}

/// A vowel or tone that belongs to the letter before it, in Thai, Lao, Khmer and Burmese.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{e30}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{eb0}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{17b6}'..='\u{17d3}' | '\u{17dd}'
        | '\u{102b}'..='\u{103e}')
        || is_accent(c)
}
