//! What a name sounds like, in Thai, Lao, Khmer, Burmese and Latin letters: one name is found by
//! another of its spellings.
//!
//! [`Name`] is a name, read. Its [`Skeleton`]s are keys to look up: classes of consonants, which all
//! spellings have in common, or nearly so ([`Skeleton::near`]). What the keys bring is compared by a
//! [`Scorer`], from a table of what letters are written with in names.
//!
//! ```
//! use mekong_names::{Name, Scorer};
//!
//! let name = |text| Name::new(text).expect("a name has letters");
//! let asked = name("Saleumxay Kommasith");
//! let mut query = Scorer::builtin().query(&asked);
//!
//! for found in ["สะเหลิมไซ กมมะสิด", "ซาลิมไซ กมมะสิด", "ສະເຫຼີມໄຊ ກົມມະສິດ", "Saleumxay Kommasid"] {
//!     let found = name(found);
//!     assert_eq!(found.skeletons().next(), asked.skeletons().next());
//!     assert!(query.cost(&found, Scorer::LIKELY).is_some());
//! }
//! assert!(query.cost(&name("ไซใจ กมมะสิด"), Scorer::LIKELY).is_none());
//! ```
//!
//! # Languages
//!
//! A file for each script: `thai.rs`, `lao.rs`, `khmer.rs`, `burmese.rs`, `latin.rs`, tables of letters first,
//! rules behind them. Names in Latin letters that are Vietnamese syllables have a second key,
//! of `vietnamese.rs`; Burmese ones a second where a foreign name would be spelled so.
//!
//! # Sources
//!
//! The table was learnt from pairs of names of geothai, GeoNames, CLDR and others, which
//! `models/README.md` names with their licences.

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
