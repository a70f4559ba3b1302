//! The index: a folder of the engine's segments, sorted by date with the newest first, and a
//! description of what wrote it.

mod budget;
mod cluster;
mod delete;
mod directory;
mod encoded;
mod fields;
mod format;
mod moment;
mod reader;
mod recording;
mod scope;
mod stored;
mod verify;
mod whole;
mod with_id;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mekong_segment::UserWords;
use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory, RamDirectory, WatchCallback, WatchHandle};
use tantivy::schema::Schema;
use tantivy::{DocAddress, IndexSettings, IndexSortByField, Order, ReloadPolicy};

pub use budget::Held;
pub(crate) use cluster::cluster_of;
pub use encoded::Encoded;
pub use fields::{Encoder, Fields};
pub use format::FORMAT_VERSION;
pub(crate) use format::OLDEST_FORMAT;
pub use moment::Moment;
pub use reader::Reload;
pub(crate) use scope::percent;
pub use scope::{Scope, values};
pub use stored::StoredDocuments;
pub use whole::create_whole;
pub use writer::IndexWriter;

use crate::words::Dictionaries;
use crate::{Analyzer, Document, Error, Language};
use directory::Checked;
pub(crate) use directory::Damage;
use format::{Description, Folder};
use reader::Reader;
use recording::{Kind, Replay};

/// An index of documents, on disk or in memory. Cheap to clone, shared between threads.
///
/// ```
/// use mekong_core::Index;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("archive");
/// assert!(Index::open(&path).unwrap_err().is_not_found());
/// let index = Index::open_or_create(&path)?;
/// assert_eq!(index.document_count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    engine: tantivy::Index,
    directory: Checked,
    reader: Arc<Reader>,
    /// Follows the commits of other processes while it lives.
    _watch: Option<WatchHandle>,
    fields: Fields,
    analyzer: Analyzer,
    path: Option<PathBuf>,
}

/// How an index is to be created. Recorded in it, so that [`Index::open`] finds the options again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct IndexOptions {
    dictionaries: Dictionaries,
    user_words: UserWords,
}

impl IndexOptions {
    /// Keeps these words of Thai, Lao, Khmer and Burmese whole: names, products, terms.
    #[must_use]
    pub fn user_words(mut self, words: UserWords) -> Self {
        self.user_words = words;
        self
    }

    fn analyzer(&self) -> Result<Analyzer, Error> {
        let analyzer = Analyzer::with_dictionaries(&self.dictionaries)?;
        Ok(analyzer.with_user_words(self.user_words.clone()))
    }

    /// Uses the lindera dictionary in `folder` for Japanese, Korean or Chinese.
    #[must_use]
    pub fn dictionary(mut self, language: Language, folder: impl AsRef<Path>) -> Self {
        self.dictionaries.insert(language, folder);
        self
    }

    /// Uses the lindera dictionary in the binary, of a build with the matching `embed-*` feature.
    #[must_use]
    pub fn embedded_dictionary(mut self, language: Language) -> Self {
        self.dictionaries.insert_embedded(language);
        self
    }

    /// Creates an index in an empty or a new folder.
    ///
    /// # Errors
    ///
    /// [`Error::is_exists`], [`Error::is_not_an_index`] where the folder holds something else,
    /// [`Error::is_dictionary`].
    pub fn create(self, path: impl AsRef<Path>) -> Result<Index, Error> {
        let path = path.as_ref();
        match Folder::look(path)? {
            Folder::Empty => self.create_in(path),
            Folder::Index(_) => Err(Error::exists(path)),
        }
    }

    /// Opens the index in a folder, or creates one where the folder is empty or does not exist.
    ///
    /// # Errors
    ///
    /// As [`Index::open`] and [`IndexOptions::create`]; [`Error::is_other_version`] where the
    /// index was created with other options than these.
    pub fn open_or_create(self, path: impl AsRef<Path>) -> Result<Index, Error> {
        let path = path.as_ref();
        match Folder::look(path)? {
            Folder::Empty => self.create_in(path),
            Folder::Index(description) => {
                if self != Self::default() && self != description.options {
                    return Err(Error::other_options(path));
                }
                Index::open_described(path, description)
            }
        }
    }

    /// Creates an index in memory.
    ///
    /// # Errors
    ///
    /// [`Error::is_dictionary`].
    pub fn in_memory(self) -> Result<Index, Error> {
        self.over(Box::new(RamDirectory::create()))
    }

    /// Opens or creates an index over a directory of the engine.
    pub(crate) fn over(self, directory: Box<dyn Directory>) -> Result<Index, Error> {
        let analyzer = self.analyzer()?;
        let directory = Checked::new(directory);
        let (schema, fields) = Fields::new();
        let engine = builder(schema).open_or_create(directory.clone());
        let engine = engine.map_err(Error::engine)?;
        Index::new(engine, directory, fields, analyzer, None)
    }

    fn create_in(self, path: &Path) -> Result<Index, Error> {
        let analyzer = self.analyzer()?;
        let description = Description {
            format: FORMAT_VERSION,
            analyzer: analyzer.fingerprint(),
            options: self,
        };
        description.write(path)?;
        Index::open_described(path, description)
    }
}

fn builder(schema: Schema) -> tantivy::IndexBuilder {
    tantivy::Index::builder()
        .schema(schema)
        .settings(IndexSettings {
            sort_by_field: Some(IndexSortByField {
                field: fields::DATE.to_owned(),
                order: Order::Desc,
            }),
            ..IndexSettings::default()
        })
}

impl Index {
    /// Options for a new index.
    #[must_use]
    pub fn options() -> IndexOptions {
        IndexOptions::default()
    }

    /// Creates an index in an empty or a new folder, with default options.
    ///
    /// # Errors
    ///
    /// As [`IndexOptions::create`].
    pub fn create(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::options().create(path)
    }

    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] where there is none, [`Error::is_not_an_index`] where the folder
    /// holds something else, [`Error::is_other_version`] where another version or analyzer wrote
    /// it, [`Error::is_dictionary`] where a dictionary that it names cannot be loaded.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        match Folder::look(path)? {
            Folder::Empty => Err(Error::not_found(path)),
            Folder::Index(description) => Self::open_described(path, description),
        }
    }

    /// Opens the index in a folder, or creates one where the folder is empty or does not exist.
    ///
    /// # Errors
    ///
    /// As [`Index::open`] and [`Index::create`].
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::options().open_or_create(path)
    }

    /// Creates an index in memory, which is gone when the last clone of it is dropped.
    ///
    /// # Errors
    ///
    /// Where the engine fails.
    pub fn in_memory() -> Result<Self, Error> {
        Self::options().in_memory()
    }

    fn open_described(path: &Path, description: Description) -> Result<Self, Error> {
        let analyzer = description.options.analyzer()?;
        let fingerprint = analyzer.fingerprint();
        if fingerprint != description.analyzer {
            return Err(Error::other_analyzer(
                path,
                description.analyzer,
                fingerprint,
            ));
        }
        let directory = MmapDirectory::open(path)
            .map_err(tantivy::TantivyError::from)
            .map_err(Error::engine)?;
        let directory = Checked::new(Box::new(directory));
        directory.guard(|| Self::open_checked(path, directory.clone(), analyzer))
    }

    fn open_checked(path: &Path, directory: Checked, analyzer: Analyzer) -> Result<Self, Error> {
        let (schema, fields) = Fields::new();
        // Looked at in this order: another process may create the index in between.
        let is_new = Description::is_alone(path);
        let exists = tantivy::Index::exists(&directory)
            .map_err(tantivy::TantivyError::from)
            .map_err(Error::engine)?;
        let engine = if exists {
            tantivy::Index::open(directory.clone()).map_err(Error::engine)?
        } else if is_new {
            // A creation that was cut short, or one that goes on.
            builder(schema.clone())
                .open_or_create(directory.clone())
                .map_err(Error::engine)?
        } else {
            return Err(Error::damaged(
                &path.join("meta.json"),
                "it is missing".to_owned(),
            ));
        };
        if engine.schema() != schema {
            let reason = format!("its fields are not those of format {FORMAT_VERSION}");
            return Err(Error::damaged(&path.join("meta.json"), reason));
        }
        Self::new(engine, directory, fields, analyzer, Some(path.to_owned()))
    }

    fn new(
        engine: tantivy::Index,
        directory: Checked,
        fields: Fields,
        analyzer: Analyzer,
        path: Option<PathBuf>,
    ) -> Result<Self, Error> {
        engine
            .tokenizers()
            .register(fields::REPLAY, Replay::new(Kind::Positions));
        engine
            .tokenizers()
            .register(fields::COUNTS, Replay::new(Kind::Counts));
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(Error::engine)?;
        let reader = Arc::new(Reader::new(reader));
        // In memory there is no writer but those of this process, which reload themselves.
        let watch = match &path {
            Some(_) => {
                let (reader, directory) = (Arc::clone(&reader), directory.clone());
                // What cannot be read now is read at the next commit or not at all: searches go
                // on with what they have.
                let follow = move || {
                    let followed = directory.guard(|| reader.follow().map_err(Error::engine));
                    drop(followed);
                };
                let watch = engine.directory().watch(WatchCallback::new(follow));
                Some(watch.map_err(Error::engine)?)
            }
            None => None,
        };
        Ok(Self {
            shared: Arc::new(Shared {
                engine,
                directory,
                reader,
                _watch: watch,
                fields,
                analyzer,
                path,
            }),
        })
    }

    /// Says when searches begin to see what was committed: [`Reload::OnCommit`] unless told. Holds
    /// for all clones of this index.
    ///
    /// ```
    /// use mekong_core::{Document, Index, Reload};
    /// # use mekong_core::engine::IndexWriter;
    ///
    /// let index = Index::in_memory()?;
    /// index.set_reload(Reload::Manual)?;
    /// let mut writer = IndexWriter::new(&index, 0)?;
    /// writer.upsert(&Document::new("a").body("Hà Nội"))?;
    /// writer.commit()?;
    /// assert_eq!(index.document_count(), 0);
    /// index.reload()?;
    /// assert_eq!(index.document_count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read, which [`Reload::OnCommit`] shows at once. Searches then
    /// go on with what they have.
    pub fn set_reload(&self, reload: Reload) -> Result<(), Error> {
        let reader = &self.shared.reader;
        self.guard(|| reader.set(reload).map_err(Error::engine))
    }

    /// Shows searches the last commit, whoever made it. What has begun goes on with what it saw.
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read. Searches then go on with what they have.
    pub fn reload(&self) -> Result<(), Error> {
        let reader = &self.shared.reader;
        self.guard(|| reader.show().map_err(Error::engine))
    }

    /// How many documents the commit holds that searches see.
    #[must_use]
    pub fn document_count(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// The text that the last commit keeps under this name
    /// ([`IndexWriter::set_checkpoint`](crate::engine::IndexWriter::set_checkpoint)), if any.
    ///
    /// # Errors
    ///
    /// Where the last commit cannot be read.
    pub fn checkpoint(&self, name: &str) -> Result<Option<String>, Error> {
        Ok(writer::checkpoints(self)?.remove(name))
    }

    /// The document with this identifier, as it was written; `None` where the last commit has none.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`] where the index cannot be read.
    pub fn get(&self, id: &str) -> Result<Option<Document>, Error> {
        let searcher = self.searcher();
        self.guard(|| {
            let address = crate::engine::address(self, &searcher, id)?;
            let document = address.map(|address| self.document(&searcher, address));
            document.transpose()
        })
    }

    /// The cluster of copies that the document with this identifier belongs to; `None` where the
    /// last commit has no such document.
    ///
    /// Documents of one cluster are copies of one article: the same text under another headline,
    /// with a paragraph more or less, with some words changed, and dated a few days apart at most.
    /// Every document has a cluster, most have one of their own. The number says no more than that;
    /// it belongs to this index, and a document keeps it until it is written again. A number that
    /// no document has any more may be given anew.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`] where the index cannot be read.
    pub fn cluster(&self, id: &str) -> Result<Option<u64>, Error> {
        let searcher = self.searcher();
        self.guard(|| match crate::engine::address(self, &searcher, id)? {
            Some(address) => crate::engine::cluster(&searcher, address),
            None => Ok(None),
        })
    }

    /// The folder of the index; `None` for one in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.shared.path.as_deref()
    }

    /// The analyzer that documents and queries go through.
    #[must_use]
    pub fn analyzer(&self) -> &Analyzer {
        &self.shared.analyzer
    }

    /// Reads all files of the last commit and compares their checksums. Finds every change of a
    /// byte, every file that is missing, longer or shorter than it was written.
    ///
    /// A search needs no such check before it: what it reads is compared as it is read.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`] where a file is not as it was written; the message names all of them.
    pub fn verify(&self) -> Result<(), Error> {
        if let Some(path) = self.path() {
            Description::verify(path)?;
        }
        let Shared {
            engine, directory, ..
        } = &*self.shared;
        let damaged = self.guard(|| verify::damaged(engine, directory).map_err(Error::engine))?;
        if damaged.is_empty() {
            Ok(())
        } else {
            Err(Error::corrupt(damaged))
        }
    }
}

/// The engine below, for the crates that stand on this one (see [`crate::engine`]).
impl Index {
    pub(crate) fn engine(&self) -> &tantivy::Index {
        &self.shared.engine
    }

    pub(crate) fn searcher(&self) -> tantivy::Searcher {
        self.shared.reader.shown()
    }

    /// A searcher over the last commit that was read, whether or not searches see it.
    fn newest(&self) -> tantivy::Searcher {
        self.shared.reader.newest()
    }

    fn read_last_commit(&self) -> tantivy::Result<()> {
        self.shared.reader.read()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.shared.fields
    }

    pub(crate) fn guard<T, E: From<Error>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        self.shared.directory.guard(work)
    }

    pub(crate) fn document(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
    ) -> Result<Document, Error> {
        let stored = searcher.doc(address).map_err(Error::engine)?;
        fields::decode(self.fields(), &stored)
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("path", &self.shared.path)
            .field("documents", &self.document_count())
            .finish_non_exhaustive()
    }
}
