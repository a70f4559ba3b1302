//! Classes of consonants, and the sounds that a name is read as.

/// A class of consonants that the languages and their romanisations do not keep apart reliably.
///
/// The classes are wide on purpose: voice and breath (ก ข ค ฆ, `k kh g`) differ between romanisations
/// of one and the same name. The discriminants are the letters of a [`Skeleton`](crate::Skeleton).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Sound {
    /// Nothing is heard, or a vowel.
    None = 0,
    /// Velar stops: `k kh g q`.
    K = b'K',
    /// Dental stops, and whatever ends a syllable like one: `t th d`.
    T = b'T',
    /// Labials: `p ph b f`.
    P = b'P',
    /// Palatal stops: `c ch j`.
    C = b'C',
    /// Sibilants: `s sh x z`.
    S = b'S',
    /// `m`.
    M = b'M',
    /// `n`, and `l` and `r` where they end a Thai or Khmer syllable.
    N = b'N',
    /// `ng`.
    G = b'G',
    /// Liquids: `l r`.
    L = b'L',
    /// `w v` before a vowel.
    W = b'W',
    /// `y` before a vowel.
    Y = b'Y',
    /// `h` before a vowel.
    H = b'H',
}

/// What a consonant is before its vowel, and what behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Consonant {
    pub(crate) onset: Sound,
    pub(crate) coda: Sound,
}

impl Consonant {
    /// A sign that is no consonant.
    pub(crate) const NONE: Self = Self::new(Sound::None, Sound::None);

    pub(crate) const fn new(onset: Sound, coda: Sound) -> Self {
        Self { onset, coda }
    }
}

/// A row of a script's table: letters, what they are before a vowel, what behind it.
pub(crate) type Row = (&'static [char], Sound, Sound);

/// The consonants of a script, by their distance from the start of its block.
pub(crate) struct Consonants {
    block: u32,
    letters: [Consonant; 128],
}

impl Consonants {
    /// The table of these rows, whose letters all stand in the 128 characters from `block` on.
    pub(crate) const fn new(block: u32, rows: &[Row]) -> Self {
        let mut letters = [Consonant::NONE; 128];
        let mut i = 0;
        while i < rows.len() {
            let (row, onset, coda) = rows[i];
            let mut j = 0;
            while j < row.len() {
                letters[(row[j] as u32 - block) as usize] = Consonant::new(onset, coda);
                j += 1;
            }
            i += 1;
        }
        Self { block, letters }
    }

    /// What a letter sounds like, if it is a consonant of this script.
    pub(crate) fn get(&self, c: char) -> Option<Consonant> {
        let place = u32::from(c).wrapping_sub(self.block) as usize;
        let found = self.letters.get(place).copied();
        found.filter(|consonant| consonant.onset != Sound::None)
    }

    pub(crate) fn has(&self, c: char) -> bool {
        self.get(c).is_some()
    }
}

/// Where in its syllable a sound stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Onset,
    Vowel,
    Coda,
}

/// A name as it is read: consonants at their places, and that there is a vowel.
#[derive(Default)]
pub(crate) struct Sounds {
    pub(crate) units: Vec<(Consonant, Place)>,
}

impl Sounds {
    pub(crate) fn vowel(&mut self) {
        self.units.push((Consonant::NONE, Place::Vowel));
    }

    pub(crate) fn onset(&mut self, consonant: Consonant) {
        self.units.push((consonant, Place::Onset));
    }

    pub(crate) fn coda(&mut self, consonant: Consonant) {
        self.units.push((consonant, Place::Coda));
    }

    /// A consonant with one sound at either place.
    pub(crate) fn push(&mut self, sound: Sound, place: Place) {
        self.units.push((Consonant::new(sound, sound), place));
    }

    /// What is heard, in order.
    pub(crate) fn heard(&self) -> impl Iterator<Item = Sound> {
        let heard = self.units.iter().map(|(consonant, place)| match place {
            Place::Onset => consonant.onset,
            Place::Coda => consonant.coda,
            Place::Vowel => Sound::None,
        });
        heard.filter(|&sound| sound != Sound::None)
    }
}
