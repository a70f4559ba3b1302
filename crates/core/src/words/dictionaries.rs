//! Words of Japanese, Korean and Chinese by lindera, each with a dictionary that the user names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Error, Language};

/// Which lindera dictionary serves which language: a folder, or `embedded` where the crate was
/// built with the matching `embed-*` feature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionaries(BTreeMap<Language, PathBuf>);

impl Dictionaries {
    /// Names the dictionary folder of a language, in place of an earlier one.
    pub fn insert(&mut self, language: Language, folder: impl Into<PathBuf>) {
        self.0.insert(language, folder.into());
    }

    /// The language and folder of each dictionary.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &Path)> {
        self.0.iter().map(|(l, path)| (*l, path.as_path()))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The segmenters of the dictionaries, loaded.
#[derive(Default)]
pub(crate) struct Loaded {
    #[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
    by_language: BTreeMap<Language, lindera_words::Lindera>,
}

#[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
impl Loaded {
    pub(crate) fn load(dictionaries: &Dictionaries) -> Result<Self, Error> {
        let mut by_language = BTreeMap::new();
        for (language, folder) in dictionaries.iter() {
            let feature = feature_of(language).ok_or_else(|| Error::no_dictionary_use(language))?;
            if !feature.enabled {
                return Err(Error::missing_feature(language, feature.name));
            }
            let segmenter = lindera_words::Lindera::load(language, folder, feature.embedded)?;
            by_language.insert(language, segmenter);
        }
        Ok(Self { by_language })
    }

    pub(crate) fn get(&self, language: Language) -> Option<&dyn super::WordSegmenter> {
        let segmenter = self.by_language.get(&language)?;
        Some(segmenter)
    }
}

#[cfg(not(any(feature = "japanese", feature = "korean", feature = "chinese")))]
impl Loaded {
    pub(crate) fn load(dictionaries: &Dictionaries) -> Result<Self, Error> {
        match dictionaries.iter().next() {
            None => Ok(Self::default()),
            Some((language, _)) => Err(match feature_of(language) {
                Some(feature) => Error::missing_feature(language, feature.name),
                None => Error::no_dictionary_use(language),
            }),
        }
    }

    pub(crate) fn get(&self, _: Language) -> Option<&dyn super::WordSegmenter> {
        None
    }
}

/// The Cargo feature that brings the dictionaries of a language.
#[cfg_attr(
    not(any(feature = "japanese", feature = "korean", feature = "chinese")),
    allow(dead_code)
)]
struct Feature {
    name: &'static str,
    enabled: bool,
    /// lindera's name of the dictionary in the binary, where there is one.
    embedded: Option<&'static str>,
}

fn feature_of(language: Language) -> Option<Feature> {
    let feature = |name, enabled, embedded: (bool, &'static str)| {
        Some(Feature {
            name,
            enabled,
            embedded: embedded.0.then_some(embedded.1),
        })
    };
    match language {
        Language::JAPANESE => feature(
            "japanese",
            cfg!(feature = "japanese"),
            (cfg!(feature = "embed-japanese"), "embedded://ipadic"),
        ),
        Language::KOREAN => feature(
            "korean",
            cfg!(feature = "korean"),
            (cfg!(feature = "embed-korean"), "embedded://ko-dic"),
        ),
        Language::CHINESE => feature(
            "chinese",
            cfg!(feature = "chinese"),
            (cfg!(feature = "embed-chinese"), "embedded://cc-cedict"),
        ),
        _ => None,
    }
}

#[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
mod lindera_words {
    use std::borrow::Cow;
    use std::path::Path;

    use lindera::dictionary::load_dictionary;
    use lindera::mode::{Mode, Penalty};
    use lindera::segmenter::Segmenter;

    use crate::words::WordSegmenter;
    use crate::{Error, Language};

    pub(super) struct Lindera(Segmenter);

    impl Lindera {
        /// Maps the files of a folder into memory: milliseconds.
        pub(super) fn load(
            language: Language,
            folder: &Path,
            embedded: Option<&str>,
        ) -> Result<Self, Error> {
            let failed = |source: Box<dyn std::error::Error + Send + Sync>| {
                Error::dictionary(language, folder, source)
            };
            let location = if folder == Path::new("embedded") {
                embedded.ok_or_else(|| {
                    failed("the crate was built without it (an `embed-*` feature)".into())
                })?
            } else {
                folder
                    .to_str()
                    .ok_or_else(|| failed("lindera takes folder names in UTF-8 only".into()))?
            };
            let dictionary = load_dictionary(location).map_err(|error| failed(error.into()))?;
            // Compounds are taken apart, so that a query for a part finds the whole.
            let mode = if language == Language::JAPANESE {
                Mode::Decompose(Penalty::default())
            } else {
                Mode::Normal
            };
            Ok(Self(Segmenter::new(mode, dictionary, None)))
        }
    }

    impl WordSegmenter for Lindera {
        fn segment(&self, run: &str, ends: &mut Vec<usize>) {
            // An analysis that fails leaves the run in one piece; its characters are found still.
            if let Ok(tokens) = self.0.segment(Cow::Borrowed(run)) {
                for token in tokens {
                    // Blanks that lindera left out belong to no word of a run.
                    ends.push(token.byte_end);
                }
            }
            if ends.last() != Some(&run.len()) {
                ends.push(run.len());
            }
        }
    }
}
