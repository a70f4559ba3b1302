//! The scripts whose names are read, and what of a name is written in which.

/// A script that names are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Script {
    /// Thai.
    Thai,
    /// Lao.
    Lao,
    /// Khmer.
    Khmer,
    /// Burmese.
    Burmese,
    /// Latin, Vietnamese and any romanisation included.
    Latin,
}

impl Script {
    /// Every script, in the order of the variants.
    pub const ALL: [Self; 5] = [
        Self::Thai,
        Self::Lao,
        Self::Khmer,
        Self::Burmese,
        Self::Latin,
    ];

    /// The script of a letter or mark; `None` of anything else, digits too.
    ///
    /// ```
    /// use mekong_names::Script;
    ///
    /// assert_eq!(Script::of('ก'), Some(Script::Thai));
    /// assert_eq!(Script::of('ễ'), Some(Script::Latin));
    /// assert_eq!(Script::of('7'), None);
    /// ```
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        match u32::from(c) {
            0x41..=0x5A | 0x61..=0x7A => Some(Self::Latin),
            ..0xC0 => None,
            0xD7 | 0xF7 => None,
            // Letters with accents, marks of decomposed text, letters of Vietnamese.
            0xC0..=0x24F | 0x300..=0x36F | 0x1E00..=0x1EFF => Some(Self::Latin),
            0xE01..=0xE2E | 0xE30..=0xE3A | 0xE40..=0xE45 | 0xE47..=0xE4E => Some(Self::Thai),
            0xE81..=0xEC5 | 0xEC8..=0xECE | 0xEDC..=0xEDF => Some(Self::Lao),
            0x1000..=0x103F | 0x104C..=0x104F => Some(Self::Burmese),
            0x1780..=0x17D3 | 0x17DD => Some(Self::Khmer),
            _ => None,
        }
    }

    /// The script that a name is written in: the first one without blanks between words that it has
    /// a letter of, else Latin; `None` if it has no letter of any.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let mut found = None;
        for script in name.chars().filter_map(Self::of) {
            if script != Self::Latin {
                return Some(script);
            }
            found = Some(script);
        }
        found
    }
}
