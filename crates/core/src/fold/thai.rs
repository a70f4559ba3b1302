//! Thai: one order and one spelling of what looks the same.
//!
//! The same syllable is stored in several ways that a reader cannot tell apart: `แ` as two `เ`,
//! sara am (U+0E33) as its two halves, a tone mark before or after the vowel sign, a mark typed
//! twice, characters without a width in between. Words are looked up in one form only.

use super::Normalized;
use crate::script::is_ignorable;

const SARA_E: char = '\u{E40}';
const SARA_AE: char = '\u{E41}';
const SARA_AA: char = '\u{E32}';
const SARA_AM: char = '\u{E33}';
const NIKHAHIT: char = '\u{E4D}';

fn is_tone(c: char) -> bool {
    matches!(c, '\u{E48}'..='\u{E4B}')
}

/// A vowel sign above or below the consonant, maitaikhu, or nikhahit.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}' | NIKHAHIT)
}

/// Appends a run of Thai to `out`, normalised. Order of a syllable: consonant, vowel sign, tone mark,
/// sara am last.
pub(super) fn normalize(run: &str, out: &mut Normalized) {
    for (at, c) in run.char_indices() {
        let at = at as u32;
        let last = out.last();
        let before_last = out.text.chars().rev().nth(1);
        match c {
            _ if is_ignorable(c) => {}
            _ if (is_tone(c) || is_vowel_sign(c)) && last == Some(c) => {}
            SARA_E if last == Some(SARA_E) => out.replace_last(SARA_AE),
            SARA_AA if last == Some(NIKHAHIT) => out.replace_last(SARA_AM),
            SARA_AA if last.is_some_and(is_tone) && before_last == Some(NIKHAHIT) => {
                // The halves of sara am stand around the tone.
                let tone = out.pop();
                out.replace_last(SARA_AM);
                if let Some((tone, origin)) = tone {
                    insert_before_last(out, tone, origin);
                }
            }
            _ if is_tone(c) && last == Some(SARA_AM) => insert_before_last(out, c, at),
            _ if is_vowel_sign(c) && last.is_some_and(is_tone) => {
                if before_last != Some(c) {
                    insert_before_last(out, c, at);
                }
            }
            _ => out.push(c, at),
        }
    }
}

/// Puts `c` before the last character. The two take each other's origin, so that origins ascend.
fn insert_before_last(out: &mut Normalized, c: char, at: u32) {
    if let Some((last, origin)) = out.pop() {
        out.push(c, origin);
        out.push(last, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Script;

    fn normalized(run: &str) -> String {
        let mut out = Normalized::default();
        crate::fold::normalize(Script::Thai, run, &mut out);
        out.text
    }

    #[test]
    fn look_alikes_become_one() {
        for (written, expected) in [
            ("เเผ่นดินไหว", "แผ่นดินไหว"),
            ("จํานวน", "จำนวน"),
            ("นํ้า", "น้ำ"),
            ("น้ํา", "น้ำ"),
            ("นำ้", "น้ำ"),
            ("ที\u{E48}\u{E48}", "ที่"),
            ("ท\u{E48}\u{E35}", "ที่"),
            ("ทีี่", "ที่"),
            ("การ\u{200B}ประ\u{200D}ชุม", "การประชุม"),
            ("กระทรวง", "กระทรวง"),
        ] {
            assert_eq!(normalized(written), expected, "{written}");
        }
    }

    #[test]
    fn origins_lie_on_characters_and_ascend() {
        let run = "เเนํ้า\u{200B}ท\u{E48}\u{E35}";
        let mut out = Normalized::default();
        crate::fold::normalize(Script::Thai, run, &mut out);
        let origins: Vec<_> = (0..=out.text.len()).map(|at| out.origin(at)).collect();
        assert!(origins.iter().all(|&at| run.is_char_boundary(at)));
        assert!(origins.is_sorted());
        assert_eq!(origins.last(), Some(&run.len()));
    }
}
