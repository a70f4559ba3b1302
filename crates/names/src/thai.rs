//! How Thai letters are read in names.
//!
//! A consonant is read one way before its vowel and another behind it (ร `r` and `n`, จ `ch` and `t`).
//! Thai writes no sign that says which of the two it is, so neighbours decide: [`read`] has the rules,
//! in the order in which they are tried. Tone marks say nothing of consonants.

use crate::sound::{Consonant, Consonants, Place, Row, Sound::*, Sounds};

/// The start of the block.
pub(crate) const BLOCK: u32 = 0xE00;

/// Consonants: letters, as an onset, as a coda. อ carries a vowel and is none.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (&['ก', 'ข', 'ฃ', 'ค', 'ฅ', 'ฆ'],                     K, K),
    (&['ง'],                                             G, G),
    (&['จ', 'ฉ', 'ช', 'ฌ'],                               C, T),
    (&['ซ', 'ศ', 'ษ', 'ส'],                               S, T),
    (&['ญ'],                                             Y, N),
    (&['ด', 'ต', 'ถ', 'ท', 'ธ', 'ฎ', 'ฏ', 'ฐ', 'ฑ', 'ฒ'],  T, T),
    (&['น', 'ณ'],                                        N, N),
    (&['บ', 'ป', 'ผ', 'ฝ', 'พ', 'ฟ', 'ภ'],                P, P),
    (&['ม'],                                             M, M),
    (&['ย'],                                             Y, None),
    (&['ร', 'ล', 'ฬ', 'ฤ'],                               L, N),
    (&['ว'],                                             W, None),
    (&['ห', 'ฮ'],                                        H, None),
];

static CONSONANTS: Consonants = Consonants::new(BLOCK, ROWS);

/// Vowels that are written before the consonant that they follow.
fn is_leading(c: char) -> bool {
    matches!(c, 'เ' | 'แ' | 'โ' | 'ไ' | 'ใ')
}

/// Vowel signs behind, above and below a consonant, which therefore opens a syllable.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        'ะ' | 'ั' | 'า' | 'ำ' | 'ิ' | 'ี' | 'ึ' | 'ื' | 'ุ' | 'ู' | '็' | 'ๅ'
    )
}

/// Whether a character is dropped before reading: tone marks and signs without a sound of their own.
pub(crate) fn is_mute(c: char) -> bool {
    matches!(c, '\u{E3A}' | '\u{E48}'..='\u{E4B}' | '\u{E4E}')
}

/// Letters of a silenced end that go together: the second of them bears the sign.
fn is_silent_pair(first: char, second: char) -> bool {
    matches!(first, 'ท' | 'ต' | 'ด' | 'ธ' | 'ษ' | 'ส' | 'ก' | 'ช')
        && matches!(second, 'ร' | 'น' | 'ณ' | 'ย' | 'ม' | 'ล')
}

/// Takes silenced letters out (จันทร์ → จัน, ศักดิ์ → ศัก, ลักษมณ์ → ลักษ), and writes รร as it is read.
pub(crate) fn settle(text: &mut Vec<char>) {
    let mut written: Vec<char> = Vec::with_capacity(text.len());
    for (at, &c) in text.iter().enumerate() {
        match c {
            '์' => silence(&mut written),
            // พรรค, ธรรม, กรรม: a; บรรจง, สวรรค์, วรรณ: an.
            'ร' if written.len() > 1 && written.last() == Some(&'ร') => {
                written.pop();
                let is_short = matches!(written.last(), Some('ธ' | 'ก' | 'พ' | 'ว'))
                    && matches!(text.get(at + 1), Some('ม' | 'ค'));
                written.push('ั');
                if !is_short {
                    written.push('น');
                }
            }
            c => written.push(c),
        }
    }
    *text = written;
}

/// Drops the letter that bears the sign of silence, its vowel, and what is silent with it.
fn silence(written: &mut Vec<char>) {
    let had_vowel = matches!(written.last(), Some('ิ' | 'ุ'));
    if had_vowel {
        written.pop();
    }
    let Some(&last) = written.last() else { return };
    if !CONSONANTS.has(last) {
        return;
    }
    // In loans the letter is heard behind a diphthong: ไลต์, ไวน์, ดาวน์.
    let is_heard = match written[..] {
        [.., 'ไ', onset, _] | [.., 'ไ', onset, 'ร' | 'ล' | 'ว', _] => {
            CONSONANTS.has(onset)
        }
        [.., 'า', 'ว', _] | [.., 'อ', 'ย', _] => true,
        _ => false,
    };
    if is_heard && !had_vowel && !matches!(last, 'ร' | 'ย' | 'ว') {
        return;
    }
    written.pop();
    if let [.., before, first] = written[..]
        && is_silent_pair(first, last)
        && (CONSONANTS.has(before) || (first, last) == ('ท', 'ร'))
    {
        written.pop();
    }
}

/// Puts vowels that are written before their consonants behind them, where they are heard: ไท → ทไ,
/// เปรม → ปรเม, ไหล → หลไ.
pub(crate) fn reorder(text: &mut [char]) {
    let mut i = 0;
    while i + 1 < text.len() {
        if is_leading(text[i]) && CONSONANTS.has(text[i + 1]) {
            let next = text.get(i + 2).copied().unwrap_or('\0');
            let behind = text.get(i + 3).copied().unwrap_or('\0');
            let is_cluster = match text[i + 1] {
                'ห' => is_sonorant(next),
                'ก' | 'ข' | 'ค' | 'ต' | 'ป' | 'ผ' | 'พ' => {
                    matches!(next, 'ร' | 'ล') && behind != '\0' && !is_leading(behind)
                }
                _ => false,
            };
            let end = if is_cluster { i + 3 } else { i + 2 };
            text[i..end].rotate_left(1);
            i = end;
        } else {
            i += 1;
        }
    }
}

/// Reads a run of Thai, [settled](settle), without tone marks.
pub(crate) fn read(run: &[char], out: &mut Sounds) {
    let at = |i: usize| run.get(i).copied().unwrap_or('\0');
    let start = out.units.len();
    let mut i = 0;
    while i < run.len() {
        let (c, next, over) = (run[i], at(i + 1), at(i + 2));
        let before = if i > 0 { run[i - 1] } else { '\0' };
        let further = if i > 1 { run[i - 2] } else { '\0' };
        i += 1;
        match c {
            'อ' => {
                // Behind a consonant a vowel, else the silent onset of one.
                if CONSONANTS.has(before) {
                    out.vowel();
                }
                continue;
            }
            'ำ' => {
                out.vowel();
                out.push(M, Place::Coda);
                continue;
            }
            'ฤ' => {
                out.push(L, Place::Onset);
                out.vowel();
                continue;
            }
            _ => {}
        }
        let Some(mut consonant) = CONSONANTS.get(c) else {
            if is_leading(c) || is_sign(c) && c != '็' {
                out.vowel();
            }
            continue;
        };
        // The r of these is silent: ทราย, ทรง, ไทร; ศรี, จริง, สระ, สร้าง.
        if next == 'ร' && is_r_silent(before, c, over, at(i + 2)) {
            out.push(if c == 'จ' { C } else { S }, Place::Onset);
            i += 1;
            continue;
        }
        // ห before a letter of low class only raises its tone: หนอง, หลวง, ใหม่.
        if c == 'ห' && is_sonorant(next) {
            let is_lead = match before {
                'ไ' | 'ใ' => true,
                before if is_leading(before) => over != '\0',
                // ห้วย is read with its ห.
                _ => is_sign(over) || over == 'อ' || next != 'ว' && CONSONANTS.has(over),
            };
            if is_lead {
                continue;
            }
        }
        // ว between consonants is the vowel ua: พวง, สวน; also in ัว.
        if c == 'ว' && before == 'ั'
            || c == 'ว'
                && CONSONANTS.has(before)
                && CONSONANTS.has(next)
                && !is_sign(over)
                && !is_leading(further)
        {
            out.vowel();
            continue;
        }
        // ร behind a final stop is silent: สมุทร, บุตร, มิตร; จักร and เพชร at an end.
        if c == 'ร'
            && !is_sign(next)
            && next != 'อ'
            && (matches!(before, 'ต' | 'ท') && matches!(further, 'ิ' | 'ุ')
                || matches!(before, 'ก' | 'ช')
                    && next == '\0'
                    && (further == 'ั' || CONSONANTS.has(further)))
        {
            continue;
        }
        // ย in เ ีย, เ ย, ไ ย is part of the vowel.
        let follows_ua = before == 'ว' && CONSONANTS.has(further) && !is_sign(next);
        if c == 'ย'
            && (before == 'ี'
                || follows_ua
                || CONSONANTS.has(before) && is_leading(further) && !is_sign(next))
        {
            out.vowel();
            continue;
        }
        let follows_consonant = CONSONANTS.has(before);
        let onset = i == 1
            || is_sign(next)
            || is_leading(before)
            || before == 'ห' && is_leading(further)
            || next == 'อ'
            // The second of a cluster behind a leading vowel: เปลี่ยน, ไกร.
            || follows_consonant && is_leading(further) && matches!(c, 'ร' | 'ล' | 'ว')
            // The first of a cluster before a vowel sign: ปราณ.
            || matches!(next, 'ร' | 'ล' | 'ว') && is_sign(over) && !is_sonorant(c)
            // Between consonants, a syllable whose vowel is not written: ถนน, สมุทร.
            || CONSONANTS.has(next) && follows_consonant
            // Letters that close no syllable.
            || matches!(c, 'ห' | 'ฮ' | 'ฉ' | 'ผ' | 'ฝ' | 'ฌ');
        if c == 'ญ' && !onset {
            consonant = Consonant::new(N, N);
        }
        out.units
            .push((consonant, if onset { Place::Onset } else { Place::Coda }));
    }
    // What ends a run closes a syllable, if there is one to close.
    let ends = !matches!(run, [.., before, _] if is_leading(*before))
        && !matches!(run, [.., further, 'ห', _] if is_leading(*further));
    if out.units.len() > start + 1
        && let (Some(&last), Some(unit)) = (run.last(), out.units.last_mut())
        && unit.1 == Place::Onset
        && CONSONANTS.has(last)
        && last != 'ฤ'
        && ends
    {
        unit.1 = Place::Coda;
    }
}

fn is_sonorant(c: char) -> bool {
    matches!(c, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว')
}

/// Whether a letter is read without the ร behind it, by what is before the two and behind them.
fn is_r_silent(before: char, c: char, behind: char, over: char) -> bool {
    match c {
        'ท' => {
            before == 'ไ'
                || matches!(
                    (behind, over),
                    ('า', 'ย' | 'บ' | 'ม') | ('ุ', 'ด') | ('ั', 'พ') | ('ง' | 'ว', _)
                )
        }
        'ศ' => behind == 'ี',
        'จ' => behind == 'ิ',
        'ส' => matches!(behind, 'ะ' | 'า' | 'อ'),
        _ => false,
    }
}
