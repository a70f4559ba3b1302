//! Words of Japanese, Korean and Chinese by lindera, each with a dictionary that the user names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Error, Language};

/// Which lindera dictionary serves which language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionaries(BTreeMap<Language, Location>);

/// Where a dictionary is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Location {
    Folder(PathBuf),
    Embedded,
}

impl Dictionaries {
    /// Names the dictionary folder of a language, in place of an earlier one.
    pub fn insert(&mut self, language: Language, folder: impl AsRef<Path>) {
        let folder = folder.as_ref();
        // Another program that opens the index may work in another folder.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        self.0.insert(language, Location::Folder(folder));
    }

    /// Takes the dictionary of a language from the binary, where an `embed-*` feature put it.
    pub fn insert_embedded(&mut self, language: Language) {
        self.0.insert(language, Location::Embedded);
    }
}

impl Location {
    /// Refuses a dictionary that this build has no use for.
    fn require_feature(&self, language: Language) -> Result<(), Error> {
        let (folder, embedded) = match language {
            Language::JAPANESE => (
                ("japanese", cfg!(feature = "japanese")),
                ("embed-japanese", cfg!(feature = "embed-japanese")),
            ),
            Language::KOREAN => (
                ("korean", cfg!(feature = "korean")),
                ("embed-korean", cfg!(feature = "embed-korean")),
            ),
            Language::CHINESE => (
                ("chinese", cfg!(feature = "chinese")),
                ("embed-chinese", cfg!(feature = "embed-chinese")),
            ),
            _ => return Err(Error::no_dictionary_use(language)),
        };
        let (feature, is_on) = match self {
            Self::Folder(_) => folder,
            Self::Embedded => embedded,
        };
        if is_on {
            Ok(())
        } else {
            Err(Error::missing_feature(language, feature))
        }
    }
}

/// The segmenters of the dictionaries, loaded.
#[derive(Default)]
pub(crate) struct Loaded {
    #[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
    by_language: BTreeMap<Language, lindera_words::Lindera>,
}

impl Loaded {
    pub(crate) fn load(dictionaries: &Dictionaries) -> Result<Self, Error> {
        #[allow(unused_mut)]
        let mut loaded = Self::default();
        for (&language, location) in &dictionaries.0 {
            location.require_feature(language)?;
            #[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
            loaded
                .by_language
                .insert(language, lindera_words::Lindera::load(language, location)?);
        }
        Ok(loaded)
    }
}

#[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
impl Loaded {
    pub(crate) fn get(&self, language: Language) -> Option<&dyn super::WordSegmenter> {
        let segmenter = self.by_language.get(&language)?;
        Some(segmenter)
    }

    /// Tells one set of dictionaries from another.
    pub(crate) fn identity(&self) -> String {
        self.by_language
            .iter()
            .map(|(language, segmenter)| format!("{language}:{};", segmenter.identity()))
            .collect()
    }
}

#[cfg(not(any(feature = "japanese", feature = "korean", feature = "chinese")))]
impl Loaded {
    pub(crate) fn get(&self, _: Language) -> Option<&dyn super::WordSegmenter> {
        None
    }

    pub(crate) fn identity(&self) -> String {
        String::new()
    }
}

#[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
mod lindera_words {
    use std::borrow::Cow;
    use std::path::Path;

    use lindera::dictionary::load_dictionary;
    use lindera::mode::{Mode, Penalty};
    use lindera::segmenter::Segmenter;

    use super::Location;
    use crate::words::WordSegmenter;
    use crate::{Error, Language};

    pub(super) struct Lindera {
        segmenter: Segmenter,
        identity: String,
    }

    impl Lindera {
        /// Maps the files of a folder into memory: milliseconds.
        pub(super) fn load(language: Language, location: &Location) -> Result<Self, Error> {
            let (uri, path) = match location {
                Location::Folder(folder) => (folder.to_str(), folder.as_path()),
                Location::Embedded => {
                    let uri = match language {
                        Language::JAPANESE => "embedded://ipadic",
                        Language::KOREAN => "embedded://ko-dic",
                        _ => "embedded://cc-cedict",
                    };
                    (Some(uri), Path::new(uri))
                }
            };
            let dictionary = match uri {
                Some(uri) => load_dictionary(uri).map_err(Into::into),
                None => Err("lindera takes folder names in UTF-8 only".into()),
            };
            let dictionary =
                dictionary.map_err(|error| Error::dictionary(language, path, error))?;
            // Compounds are taken apart, so that a query for a part finds the whole.
            let mode = if language == Language::JAPANESE {
                Mode::Decompose(Penalty::default())
            } else {
                Mode::Normal
            };
            let identity = match location {
                Location::Folder(folder) => files(folder)
                    .map_err(|error| Error::dictionary(language, folder, error.into()))?,
                Location::Embedded => uri.unwrap_or_default().to_owned(),
            };
            Ok(Self {
                segmenter: Segmenter::new(mode, dictionary, None),
                identity,
            })
        }

        pub(super) fn identity(&self) -> &str {
            &self.identity
        }
    }

    /// The names and sizes of the files of a folder.
    fn files(folder: &Path) -> std::io::Result<String> {
        let mut files = Vec::new();
        for entry in folder.read_dir()? {
            let entry = entry?;
            let size = entry.metadata()?.len();
            files.push(format!("{}={size}", entry.file_name().to_string_lossy()));
        }
        files.sort();
        Ok(files.join(","))
    }

    impl WordSegmenter for Lindera {
        fn segment(&self, run: &str, ends: &mut Vec<usize>) {
            // An analysis that fails leaves the run in one piece; its characters are found still.
            if let Ok(tokens) = self.segmenter.segment(Cow::Borrowed(run)) {
                ends.extend(tokens.iter().map(|token| token.byte_end));
            }
            if ends.last() != Some(&run.len()) {
                ends.push(run.len());
            }
        }
    }
}
