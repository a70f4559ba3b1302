//! A name, read once and ready to be looked up and compared.

use crate::burmese::Reading;
use crate::script::Script;
use crate::skeleton::Skeleton;
use crate::sound::Sounds;
use crate::{burmese, khmer, lao, latin, thai, vietnamese};

/// A name in one script, read: its skeletons, and its letters as the table knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    script: Script,
    general: Skeleton,
    other: Option<Skeleton>,
    letters: Vec<u8>,
}

/// Stands before the first letter of a name in a script of the region.
pub(crate) const NATIVE_START: u8 = 0;
/// Stands behind its last letter.
pub(crate) const NATIVE_END: u8 = 129;
/// Stands before the first letter of a Latin name; the letters are 1 to 26.
pub(crate) const LATIN_START: u8 = 27;
/// Stands behind its last letter.
pub(crate) const LATIN_END: u8 = 28;

/// Letters of a name beyond this many are not read.
const MAX_LETTERS: usize = 200;

impl Name {
    /// Reads a name. Letters of scripts other than [`Script::of_name`] says are passed over, so are
    /// letters from the 200th on, blanks, digits and punctuation. `None` if no letter is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let script = Script::of_name(text)?;
        let name = match script {
            Script::Latin => Self::latin(text),
            script => Self::native(script, text),
        };
        (name.letters.len() > 2).then_some(name)
    }

    fn latin(text: &str) -> Self {
        let (mut general, mut vietnamese) = (Sounds::default(), Sounds::default());
        let mut letters = vec![LATIN_START];
        let mut is_vietnamese = true;
        let mut word = Vec::new();
        // An apostrophe stands within a word (`Ta'ang`).
        let parts =
            |c| Script::of(c) != Some(Script::Latin) && !matches!(c, '\'' | '’' | 'ʼ' | '`');
        for written in text.split(parts).filter(|written| !written.is_empty()) {
            word.clear();
            latin::fold(written, &mut word);
            word.truncate(MAX_LETTERS.saturating_sub(letters.len()));
            latin::read(&word, &mut general);
            is_vietnamese &= word.is_empty() || vietnamese::read(written, &mut vietnamese);
            letters.extend(word.iter().map(|&c| c as u8 - b'a' + 1));
        }
        letters.push(LATIN_END);
        let general = Skeleton::of(&general);
        let vietnamese = is_vietnamese.then(|| Skeleton::of(&vietnamese));
        Self {
            script: Script::Latin,
            general,
            other: vietnamese.filter(|&key| key != general),
            letters,
        }
    }

    fn native(script: Script, text: &str) -> Self {
        let (mut sounds, mut foreign) = (Sounds::default(), Sounds::default());
        let mut letters = vec![NATIVE_START];
        // What is not of this script ends a run, but for characters without a width.
        let is_digit = |c| script == Script::Khmer && khmer::digit(c).is_some();
        let parts = |c| {
            Script::of(c) != Some(script)
                && !is_digit(c)
                && !matches!(c, '\u{200C}'..='\u{200F}' | '\u{2060}' | '\u{AD}')
        };
        let mut run = Vec::new();
        for written in text.split(parts) {
            run.clear();
            spell(script, written, &mut run);
            run.truncate(MAX_LETTERS.saturating_sub(letters.len()));
            let mut heard = run.clone();
            match script {
                Script::Thai => thai::reorder(&mut heard),
                Script::Lao => lao::reorder(&mut heard),
                _ => {}
            }
            letters.extend(heard.iter().map(|&c| code(script, c)));
            match script {
                Script::Thai => {
                    thai::settle(&mut run);
                    thai::read(&run, &mut sounds);
                }
                Script::Lao => {
                    lao::settle(&mut run);
                    lao::read(&run, &mut sounds);
                }
                Script::Khmer => {
                    khmer::settle(&mut run);
                    khmer::read(&run, &mut sounds);
                }
                Script::Burmese => {
                    burmese::read(&run, Reading::Native, &mut sounds);
                    burmese::read(&run, Reading::Foreign, &mut foreign);
                }
                Script::Latin => {}
            }
        }
        letters.push(NATIVE_END);
        let general = Skeleton::of(&sounds);
        let foreign = (script == Script::Burmese).then(|| Skeleton::of(&foreign));
        Self {
            script,
            general,
            other: foreign.filter(|&key| key != general),
            letters,
        }
    }

    /// The script that was read.
    #[must_use]
    pub fn script(&self) -> Script {
        self.script
    }

    /// The keys of the name: one, or two where letters are read in two ways: Latin letters that are
    /// Vietnamese syllables, and Burmese ones that a foreign name may be spelled with. These are what an index stores, and what is looked up in it.
    pub fn skeletons(&self) -> impl Iterator<Item = Skeleton> {
        [self.general].into_iter().chain(self.other)
    }

    /// The letters, as codes, between their edges.
    pub(crate) fn letters(&self) -> &[u8] {
        &self.letters
    }

    /// Number of letters; marks of tone and such do not count.
    #[must_use]
    pub fn letter_count(&self) -> usize {
        self.letters.len() - 2
    }
}

/// Appends the letters of one run without tone marks and in one spelling.
fn spell(script: Script, written: &str, out: &mut Vec<char>) {
    let mut digits = Vec::new();
    for c in written.chars().chain(['\0']) {
        if script == Script::Khmer {
            match khmer::digit(c) {
                Some(digit) => digits.push(digit),
                None => {
                    khmer::spell_number(&digits, out);
                    digits.clear();
                }
            }
        }
        if Script::of(c) != Some(script) {
            continue;
        }
        let is_mute = match script {
            Script::Thai => thai::is_mute(c),
            Script::Lao => lao::is_mute(c),
            Script::Khmer => khmer::is_mute(c),
            Script::Burmese => burmese::is_mute(c),
            Script::Latin => false,
        };
        if is_mute {
            continue;
        }
        let joined = match (out.last(), c) {
            (Some('\u{E4D}'), '\u{E32}') => '\u{E33}',
            (Some('\u{ECD}'), '\u{EB2}') => '\u{EB3}',
            (Some('ហ'), khmer::COENG) => khmer::FOREIGN,
            (Some('เ'), 'เ') => 'แ',
            (Some('ເ'), 'ເ') => 'ແ',
            _ => {
                out.push(c);
                continue;
            }
        };
        out.pop();
        out.push(joined);
    }
}

/// The code of a letter: 1 more than its distance from the start of its block.
fn code(script: Script, c: char) -> u8 {
    let block = block(script);
    (u32::from(c).wrapping_sub(block) & 0x7F) as u8 + 1
}

/// The letter of a code.
pub(crate) fn letter(script: Script, code: u8) -> Option<char> {
    match code {
        NATIVE_START => Some('^'),
        NATIVE_END => Some('$'),
        code => char::from_u32(block(script) + u32::from(code) - 1),
    }
}

fn block(script: Script) -> u32 {
    match script {
        Script::Thai => thai::BLOCK,
        Script::Lao => lao::BLOCK,
        Script::Khmer => khmer::BLOCK,
        Script::Burmese => burmese::BLOCK,
        Script::Latin => 0x61,
    }
}
