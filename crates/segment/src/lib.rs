//! Words of Thai, Lao, Khmer and Burmese, which are written without blanks between them.

mod burmese;
mod cluster;
mod error;
mod khmer;
mod lao;
mod lattice;
mod lexicon;
mod model;
mod normalize;
mod script;
mod segmenter;
mod thai;
mod user;
mod zawgyi;

pub use error::Error;
pub use normalize::{Normalized, Normalizer};
pub use script::{Script, is_ignorable};
pub use segmenter::{Parts, Piece, Segmenter, Strength, Words};
pub use user::UserWords;
pub use zawgyi::is_zawgyi;

/// What the training of models shares with their use. No part of the stable interface.
#[doc(hidden)]
pub mod training {
    pub use crate::cluster::{Class, Window, classes, code};
    pub use crate::model::{CODES, FREE, HEADER_BYTES, LANES, MAGIC, Model, UNITS_PER_NAT};
    use crate::segmenter::Knowledge;
    use crate::{Script, Segmenter};

    /// The file of a word list.
    pub mod lexicon {
        pub use crate::lexicon::{END, HEADER_BYTES, Lexicon, MAGIC, TRANSITION_BYTES};
    }

    /// A segmenter with another model.
    #[must_use]
    pub fn with_model(script: Script, model: Model) -> Segmenter {
        Segmenter::with(script, Knowledge::Boundaries(model))
    }

    /// A segmenter with another word list.
    #[must_use]
    pub fn with_lexicon(script: Script, lexicon: lexicon::Lexicon) -> Segmenter {
        Segmenter::with(script, Knowledge::Words(lexicon))
    }

    /// For each of a run's codes whether a word may begin there.
    #[must_use]
    pub fn may_break(script: Script, codes: &[u8]) -> Vec<bool> {
        let classes = classes(script);
        let class = |at: usize| {
            codes
                .get(at)
                .map_or(Class::Other, |&code| classes[code as usize & 127])
        };
        let mut window =
            (0..Window::AHEAD).fold(Window::default(), |window, at| window.push(class(at)));
        (0..codes.len())
            .map(|at| {
                window = window.push(class(at + Window::AHEAD));
                at == 0 || window.may_break()
            })
            .collect()
    }
}
