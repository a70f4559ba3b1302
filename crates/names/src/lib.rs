//! What a name sounds like, in Thai, Lao, Khmer, Burmese and Latin letters.

mod burmese;
mod khmer;
mod lao;
mod latin;
mod name;
mod scorer;
mod script;
mod skeleton;
mod sound;
mod table;
mod thai;
mod vietnamese;

pub use name::Name;
pub use scorer::{Query, Scorer};
pub use script::Script;
pub use skeleton::Skeleton;

/// What the making of the table shares with its use. No part of the stable interface.
#[doc(hidden)]
pub mod training {
    pub use crate::table::UNITS_PER_NAT;
    use crate::{Name, Scorer, Script};

    /// A scorer with another table.
    #[must_use]
    pub fn with_table(table: &str) -> Scorer {
        Scorer::new(table)
    }

    /// The letters of a name between their edges, as codes.
    #[must_use]
    pub fn letters(name: &Name) -> &[u8] {
        name.letters()
    }

    /// The letter of a code; edges are `^` and `$`.
    #[must_use]
    pub fn letter(script: Script, code: u8) -> Option<char> {
        match (script, code) {
            (Script::Latin, crate::name::LATIN_START) => Some('^'),
            (Script::Latin, crate::name::LATIN_END) => Some('$'),
            _ => crate::name::letter(script, code),
        }
    }

    /// The name of a script's section of the table.
    #[must_use]
    pub fn section(script: Script) -> &'static str {
        crate::table::section_name(script)
    }
}
