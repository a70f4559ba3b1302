//! What can go wrong with an index or its analyzer.

use std::path::{Path, PathBuf};

use crate::Language;
use crate::index::{Damage, FORMAT_VERSION, OLDEST_FORMAT};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// An error of the analyzer or the index. What kind it is, the `is_*` methods tell.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Kind>);

/// What can be done about damage.
const RESTORE: &str =
    "restore the index from a copy, or index the documents again into a new folder";

/// What can be done with an index of another version.
const REINDEX: &str = "write its documents to a new one with `reindex`";

fn way_on(format: u32) -> &'static str {
    if format > FORMAT_VERSION {
        "it takes a newer version of Mekong"
    } else if format >= OLDEST_FORMAT {
        REINDEX
    } else {
        "index the documents again into a new folder"
    }
}

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error(
        "unknown language `{0}`: expected an ISO 639 code such as `vi`, `th`, `lo`, `km`, `my`, `en`, `zh`, `ja` or `ko`"
    )]
    UnknownLanguage(String),
    #[error("no dictionary can be used for {0}: lindera serves `ja`, `ko` and `zh`")]
    NoDictionaryUse(Language),
    #[error(
        "the index names a dictionary for {language}, but this program was built without the feature `{feature}` of mekong"
    )]
    MissingFeature {
        language: Language,
        feature: &'static str,
    },
    #[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
    #[error("cannot load the dictionary of {language} from {}: expected a folder built by lindera 6", path.display())]
    Dictionary {
        language: Language,
        path: PathBuf,
        source: Source,
    },
    #[error("there is no index in {}; create one there first", .0.display())]
    NotFound(PathBuf),
    #[error("{} holds other files than a Mekong index: name an empty or a new folder", .0.display())]
    NotAnIndex(PathBuf),
    #[error("there is an index in {} already", .0.display())]
    Exists(PathBuf),
    #[error("the index is damaged: {}: {reason}; {RESTORE}", path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error("the index in {} has format {found}, this program reads format {FORMAT_VERSION}: {}", path.display(), way_on(*found))]
    OtherFormat { path: PathBuf, found: u32 },
    #[error("the index in {} was written with another analyzer ({found}, here {expected}): {REINDEX}", path.display())]
    OtherAnalyzer {
        path: PathBuf,
        found: String,
        expected: String,
    },
    #[error("the index in {} was created with other options than those asked for: ask for none to open it as it is, or {REINDEX} with them", .0.display())]
    OtherOptions(PathBuf),
    #[error("the index is locked: another writer has it open, in this process or another")]
    Locked(#[source] Source),
    #[error("the index is damaged: missing or not as written: {}; {RESTORE}", files.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", "))]
    Corrupt { files: Vec<PathBuf> },
    #[error("the id of a document must be 1 to {max} bytes long, this one has {found}")]
    InvalidId { found: usize, max: usize },
    #[error("the metadata of a document may nest {max} levels deep at most")]
    TooDeep { max: usize },
    #[error("the index is damaged: a file is missing or not as it was written; {RESTORE}")]
    Unreadable(#[source] Source),
    #[error("the changes are committed, but searches do not see them yet")]
    NotVisible(#[source] Source),
    #[error("the writer failed and could not go back to the last commit: open a new one")]
    BrokenWriter,
    #[error("cannot read or write {}", path.display())]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the index engine failed")]
    Engine(#[source] Source),
    #[error("{place}: {fault}")]
    Alias { place: String, fault: String },
    #[error("cannot read the names in {}", path.display())]
    AliasFile {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the key of a filter or facet is {bytes} bytes long; at most {max} are indexed")]
    LongKey { bytes: usize, max: usize },
    #[error("a filter asks for a value of {bytes} bytes; at most {max} are indexed")]
    LongValue { bytes: usize, max: usize },
    #[error("a filter asks for {0}; it can ask for a text, a number or a boolean")]
    NoValue(&'static str),
    #[error(transparent)]
    FilterDates(mekong_dates::Error),
    #[error("no filter says which documents to delete; `delete_all` deletes every one")]
    NoFilter,
    #[error("document {number} of segment {segment} cannot be read")]
    Undecodable {
        segment: String,
        number: u32,
        source: Source,
    },
    #[error("a stored document cannot be read")]
    Stored(#[source] serde_json::Error),
}

impl Error {
    fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    /// A language that is not known by its code.
    #[must_use]
    pub fn is_unknown_language(&self) -> bool {
        matches!(*self.0, Kind::UnknownLanguage(_))
    }

    /// A dictionary that is missing, unreadable, or that this build has no use for.
    #[must_use]
    pub fn is_dictionary(&self) -> bool {
        match *self.0 {
            Kind::NoDictionaryUse(_) | Kind::MissingFeature { .. } => true,
            #[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
            Kind::Dictionary { .. } => true,
            _ => false,
        }
    }

    /// No index where one was to be opened.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(*self.0, Kind::NotFound(_))
    }

    /// A folder with other files in it than those of an index.
    #[must_use]
    pub fn is_not_an_index(&self) -> bool {
        matches!(*self.0, Kind::NotAnIndex(_))
    }

    /// An index where a new one was to be created.
    #[must_use]
    pub fn is_exists(&self) -> bool {
        matches!(*self.0, Kind::Exists(_))
    }

    /// An index that another version of Mekong wrote, or one with another analyzer or options.
    #[must_use]
    pub fn is_other_version(&self) -> bool {
        matches!(
            *self.0,
            Kind::OtherFormat { .. } | Kind::OtherAnalyzer { .. } | Kind::OtherOptions(_)
        )
    }

    /// An index that another writer holds.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        matches!(*self.0, Kind::Locked(_))
    }

    /// An index whose files are not as they were written.
    #[must_use]
    pub fn is_corrupt(&self) -> bool {
        matches!(
            *self.0,
            Kind::Corrupt { .. } | Kind::Damaged { .. } | Kind::Stored(_) | Kind::Unreadable(_)
        )
    }

    /// A commit that is durable, but that searchers could not be brought up to.
    #[must_use]
    pub fn is_not_visible(&self) -> bool {
        matches!(*self.0, Kind::NotVisible(_))
    }

    /// A document that cannot be indexed as it is.
    #[must_use]
    pub fn is_invalid_document(&self) -> bool {
        matches!(*self.0, Kind::InvalidId { .. } | Kind::TooDeep { .. })
    }

    /// Names of one's own that are not as they should be, or whose file cannot be read.
    #[must_use]
    pub fn is_invalid_alias(&self) -> bool {
        matches!(*self.0, Kind::Alias { .. } | Kind::AliasFile { .. })
    }

    /// A filter that asks for what no index holds, or none where there has to be one.
    #[must_use]
    pub fn is_invalid_filter(&self) -> bool {
        matches!(
            *self.0,
            Kind::LongKey { .. }
                | Kind::LongValue { .. }
                | Kind::NoValue(_)
                | Kind::FilterDates(_)
                | Kind::NoFilter
        )
    }

    pub(crate) fn long_key(bytes: usize, max: usize) -> Self {
        Self::new(Kind::LongKey { bytes, max })
    }

    pub(crate) fn long_value(bytes: usize, max: usize) -> Self {
        Self::new(Kind::LongValue { bytes, max })
    }

    pub(crate) fn no_value(value: &serde_json::Value) -> Self {
        Self::new(Kind::NoValue(match value {
            serde_json::Value::Array(_) => "a list",
            serde_json::Value::Object(_) => "an object",
            _ => "null",
        }))
    }

    pub(crate) fn filter_dates(error: mekong_dates::Error) -> Self {
        Self::new(Kind::FilterDates(error))
    }

    pub(crate) fn no_filter() -> Self {
        Self::new(Kind::NoFilter)
    }

    pub(crate) fn alias(path: Option<&Path>, line: usize, fault: String) -> Self {
        let place = match path {
            Some(path) => format!("{}, line {line}", path.display()),
            None => format!("line {line}"),
        };
        Self::new(Kind::Alias { place, fault })
    }

    pub(crate) fn alias_encoding(path: &Path, byte: usize) -> Self {
        Self::new(Kind::Alias {
            place: format!("{}, byte {byte}", path.display()),
            fault: "not UTF-8, expected text in UTF-8".to_owned(),
        })
    }

    pub(crate) fn alias_file(path: &Path, source: std::io::Error) -> Self {
        Self::new(Kind::AliasFile {
            path: path.to_owned(),
            source,
        })
    }

    pub(crate) fn unknown_language(code: &str) -> Self {
        Self::new(Kind::UnknownLanguage(code.chars().take(40).collect()))
    }

    pub(crate) fn no_dictionary_use(language: Language) -> Self {
        Self::new(Kind::NoDictionaryUse(language))
    }

    pub(crate) fn missing_feature(language: Language, feature: &'static str) -> Self {
        Self::new(Kind::MissingFeature { language, feature })
    }

    #[cfg(any(feature = "japanese", feature = "korean", feature = "chinese"))]
    pub(crate) fn dictionary(language: Language, path: &Path, source: Source) -> Self {
        Self::new(Kind::Dictionary {
            language,
            path: path.to_owned(),
            source,
        })
    }

    pub(crate) fn not_found(path: &Path) -> Self {
        Self::new(Kind::NotFound(path.to_owned()))
    }

    pub(crate) fn not_an_index(path: &Path) -> Self {
        Self::new(Kind::NotAnIndex(path.to_owned()))
    }

    pub(crate) fn exists(path: &Path) -> Self {
        Self::new(Kind::Exists(path.to_owned()))
    }

    pub(crate) fn damaged(path: &Path, reason: String) -> Self {
        Self::new(Kind::Damaged {
            path: path.to_owned(),
            reason,
        })
    }

    pub(crate) fn damage(damage: &Damage) -> Self {
        Self::damaged(&damage.file, damage.reason.to_owned())
    }

    pub(crate) fn other_format(path: &Path, found: u32) -> Self {
        Self::new(Kind::OtherFormat {
            path: path.to_owned(),
            found,
        })
    }

    pub(crate) fn other_analyzer(path: &Path, found: String, expected: String) -> Self {
        Self::new(Kind::OtherAnalyzer {
            path: path.to_owned(),
            found,
            expected,
        })
    }

    pub(crate) fn other_options(path: &Path) -> Self {
        Self::new(Kind::OtherOptions(path.to_owned()))
    }

    pub(crate) fn corrupt(files: Vec<PathBuf>) -> Self {
        Self::new(Kind::Corrupt { files })
    }

    pub(crate) fn invalid_id(found: usize, max: usize) -> Self {
        Self::new(Kind::InvalidId { found, max })
    }

    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::new(Kind::Io {
            path: path.to_owned(),
            source,
        })
    }

    pub(crate) fn too_deep(max: usize) -> Self {
        Self::new(Kind::TooDeep { max })
    }

    pub(crate) fn not_visible(source: tantivy::TantivyError) -> Self {
        Self::new(Kind::NotVisible(source.into()))
    }

    pub(crate) fn broken_writer() -> Self {
        Self::new(Kind::BrokenWriter)
    }

    pub(crate) fn engine(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError;
        use tantivy::directory::error::LockError;
        if let Some(damage) = damage(&error) {
            return Self::damage(damage);
        }
        Self::new(match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Kind::Locked(error.into()),
            _ if is_damage(&error) => Kind::Unreadable(error.into()),
            _ => Kind::Engine(error.into()),
        })
    }

    pub(crate) fn undecodable(segment: String, number: u32, source: impl Into<Source>) -> Self {
        Self::new(Kind::Undecodable {
            segment,
            number,
            source: source.into(),
        })
    }

    pub(crate) fn stored(source: serde_json::Error) -> Self {
        Self::new(Kind::Stored(source))
    }
}

/// The damage that the engine met, where it names it.
fn damage(error: &tantivy::TantivyError) -> Option<&Damage> {
    use tantivy::TantivyError;
    use tantivy::directory::error::OpenReadError;
    let error = match error {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::IoError(io_error) => io_error,
        _ => return None,
    };
    error.get_ref()?.downcast_ref()
}

/// Whether a file is not there, or not as it was written; a file that may not be read is no damage.
fn is_damage(error: &tantivy::TantivyError) -> bool {
    use std::io::ErrorKind::{InvalidData, UnexpectedEof};
    use tantivy::TantivyError;
    use tantivy::directory::error::OpenReadError;
    match error {
        TantivyError::DataCorruption(_)
        | TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => true,
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::IoError(io_error) => {
            matches!(io_error.kind(), InvalidData | UnexpectedEof)
        }
        _ => false,
    }
}
