//! From paths to an index: with commits on the way, progress, and going on after an interruption.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use mekong_core::{DateSource, Document, Language, is_zawgyi};
use serde::{Deserialize, Serialize};

use crate::format::{FileRead, Item, Position, Raw};
use crate::pipeline::{self, Done, Work};
use crate::{
    CommitPolicy, Documents, Encoding, Error, Problem, Progress, ReadOptions, Report, Writer,
};

/// Upserts the documents of files and folders: commits on the way, tells of its progress, and
/// goes on where an earlier run was interrupted.
///
/// With every commit it keeps how far it came: behind which record of which file. A run over the
/// same paths that finds such a checkpoint goes on there ([`Ingest::resume`]): files before it, in
/// the order in which they are read, are not opened, and records before it not indexed. If the file
/// has changed since, it is read again from its start; if it is gone, the next one is. Files that
/// are new or have changed and stand before the checkpoint are read by the next run: one that comes
/// to its end removes the checkpoint, so that the next one reads everything again. That adds
/// nothing twice, since documents of one id replace each other.
///
/// ```
/// use mekong_core::Index;
/// use mekong_ingest::{Ingest, Writer};
///
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("a.txt"), "Hai bên nhất trí")?;
/// # let archive = folder.path();
/// let index = Index::in_memory()?;
/// let mut writer = Writer::new(&index)?;
/// let report = Ingest::new().path(archive).run(&mut writer)?;
/// println!("{report}");
/// assert_eq!(index.document_count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub struct Ingest<'a> {
    paths: Vec<PathBuf>,
    read_options: ReadOptions,
    policy: CommitPolicy,
    resume: bool,
    progress: Option<Callback<'a>>,
}

type Callback<'a> = Box<dyn FnMut(&Progress) -> ControlFlow<()> + 'a>;

/// How far a run came: kept with a commit.
#[derive(Debug, Serialize, Deserialize)]
struct Checkpoint {
    /// The path that it was at, counted from 0.
    path: usize,
    #[serde(flatten)]
    position: Option<Position>,
}

impl Default for Ingest<'_> {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            read_options: ReadOptions::default(),
            policy: CommitPolicy::regular(),
            resume: true,
            progress: None,
        }
    }
}

impl<'a> Ingest<'a> {
    /// An ingest of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file or a folder; they are read in the order in which they are added.
    pub fn path(mut self, path: impl AsRef<Path>) -> Self {
        self.paths.push(path.as_ref().to_owned());
        self
    }

    /// How the files are to be read.
    pub fn read_options(mut self, options: ReadOptions) -> Self {
        self.read_options = options;
        self
    }

    /// When to commit on the way: [`CommitPolicy::regular`] unless told. At the end there is
    /// always a commit.
    pub fn commit_policy(mut self, policy: CommitPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Whether to go on where an earlier run over the same paths was interrupted: `true` unless
    /// told. Otherwise everything is read from the start.
    pub fn resume(mut self, resume: bool) -> Self {
        self.resume = resume;
        self
    }

    /// Calls this before the first record, after every one, and at the end. Where it breaks, the
    /// run commits what it has written and ends, with [`Report::cancelled`]; the next one goes on
    /// there.
    pub fn progress(mut self, callback: impl FnMut(&Progress) -> ControlFlow<()> + 'a) -> Self {
        self.progress = Some(Box::new(callback));
        self
    }

    /// Reads, writes and commits. What the writer has written before is committed with it. What
    /// cannot be read is in the report, and the rest is indexed all the same.
    ///
    /// # Errors
    ///
    /// Where a path does not exist, or the index cannot be written to; it then stands at the last
    /// commit, from which the next run goes on.
    pub fn run(mut self, writer: &mut Writer) -> Result<Report, Error> {
        let policy = std::mem::replace(&mut writer.policy, self.policy.clone());
        let report = self.run_and_commit(writer);
        writer.policy = policy;
        report
    }

    fn run_and_commit(&mut self, writer: &mut Writer) -> Result<Report, Error> {
        let mut name = "ingest:".to_owned();
        for (at, path) in self.paths.iter().enumerate() {
            let path = path
                .canonicalize()
                .map_err(|error| Error::io(path, error))?;
            if at > 0 {
                name.push('\n');
            }
            name.push_str(&path.to_string_lossy());
        }
        let checkpoint = writer.checkpoint(&name).filter(|_| self.resume);
        // One that cannot be read says nothing: all is read again.
        let checkpoint = checkpoint.and_then(|json| serde_json::from_str(json).ok());
        self.read(writer, checkpoint, Some(&name))
    }

    /// Reads and writes, and commits as the writer does by itself, without checkpoints.
    pub(crate) fn run_within(mut self, writer: &mut Writer) -> Result<Report, Error> {
        self.read(writer, None, None)
    }

    fn read(
        &mut self,
        writer: &mut Writer,
        from: Option<Checkpoint>,
        name: Option<&str>,
    ) -> Result<Report, Error> {
        let _span = tracing::info_span!("ingest", paths = ?self.paths).entered();
        for path in &self.paths {
            path.metadata().map_err(|error| Error::io(path, error))?;
        }
        let roots = self.paths.iter().map(|path| self.read_options.read(path));
        let mut roots: Vec<_> = roots.collect();
        let mut progress = Progress::default();
        if self.progress.is_some() {
            progress.total_bytes = roots.iter().map(Documents::total_bytes).sum();
        }
        let mut first = 0;
        if let Some(from) = &from {
            first = from.path.min(roots.len());
            if let (Some(root), Some(position)) = (roots.get_mut(first), &from.position) {
                root.skip_to(position);
                progress.passed_over = root.bytes();
            }
            let before = roots.iter().take(first).map(Documents::total_bytes);
            progress.passed_over += before.sum::<u64>();
        }
        let mut run = Run {
            report: Report::default(),
            progress,
            bytes: &Cell::new(progress.passed_over),
            started: Instant::now(),
            callback: self.progress.as_mut(),
            name,
            behind: from,
        };
        run.report.resumed = run.behind.is_some();
        if run.tell().is_continue() {
            let bytes = run.bytes;
            let roots = roots.iter_mut().enumerate().skip(first);
            let items = roots.flat_map(|(path, root)| {
                let before = bytes.get() - root.bytes();
                std::iter::from_fn(move || {
                    let item = root.next_item()?;
                    bytes.set(before + root.bytes());
                    Some(Origin::of(path, item))
                })
            });
            pipeline::run(writer, writer.threads, items, |writer, origin, done| {
                run.done(writer, origin, done)
            })?;
        }
        run.end(writer)
    }
}

/// A run that goes on.
struct Run<'r, 'a> {
    report: Report,
    progress: Progress,
    /// Bytes that were read.
    bytes: &'r Cell<u64>,
    started: Instant,
    callback: Option<&'r mut Callback<'a>>,
    /// What the checkpoint is called, if there is one; then the run commits at its end.
    name: Option<&'r str>,
    /// Behind which record the run is.
    behind: Option<Checkpoint>,
}

impl Run<'_, '_> {
    fn done(
        &mut self,
        writer: &mut Writer,
        origin: Origin,
        done: Option<Done<Found>>,
    ) -> Result<ControlFlow<()>, Error> {
        let Origin {
            path,
            file,
            records,
            error,
        } = origin;
        self.report.open(file.as_deref());
        if let Some(error) = error {
            self.report.add(Problem::Skipped(error));
        }
        if let Some(done) = done {
            let found = done.found;
            match writer.write(done.encoded, done.bytes) {
                Ok(()) => self.report.indexed(found),
                Err(error) => {
                    let is_invalid = error.is_invalid();
                    let error = error.in_file(Some(&found.path), found.line);
                    if !is_invalid {
                        return Err(error);
                    }
                    self.report.add(Problem::Skipped(error));
                }
            }
        }
        if let Some(file) = file {
            let position = Some(Position::behind(&file, records));
            self.behind = Some(Checkpoint { path, position });
        }
        if writer.is_due() {
            self.keep_position(writer);
            writer.commit()?;
        }
        Ok(self.tell())
    }

    fn end(mut self, writer: &mut Writer) -> Result<Report, Error> {
        if self.report.cancelled {
            self.keep_position(writer);
        } else {
            if let Some(name) = self.name {
                writer.set_checkpoint(name, None);
            }
            // There is nothing left to break off.
            let _ = self.tell();
            self.report.cancelled = false;
        }
        if self.name.is_some() {
            writer.commit()?;
        }
        self.report.bytes = self.bytes.get() - self.progress.passed_over;
        self.report.elapsed = self.started.elapsed();
        self.report.close();
        Ok(self.report)
    }

    fn keep_position(&self, writer: &mut Writer) {
        if let (Some(name), Some(behind)) = (self.name, &self.behind) {
            writer.set_checkpoint(name, serde_json::to_string(behind).ok());
        }
    }

    fn tell(&mut self) -> ControlFlow<()> {
        let Some(callback) = &mut self.callback else {
            return ControlFlow::Continue(());
        };
        self.progress.documents = self.report.documents;
        self.progress.problems = self.report.problem_count();
        self.progress.bytes = self.bytes.get();
        self.progress.elapsed = self.started.elapsed();
        let flow = callback(&self.progress);
        self.report.cancelled = flow.is_break();
        flow
    }
}

/// Where an item is from, and what was wrong with it.
struct Origin {
    /// Which of the paths, counted from 0.
    path: usize,
    file: Option<Arc<FileRead>>,
    records: u64,
    error: Option<Error>,
}

impl Origin {
    fn of(path: usize, item: Item) -> (Self, Option<Raw>) {
        let (read, error) = match item.read {
            Ok(read) => (Some(read), None),
            Err(error) => (None, Some(error)),
        };
        let origin = Self {
            path,
            file: item.file,
            records: item.records,
            error,
        };
        (origin, read)
    }
}

/// What is found out about a document besides what is indexed of it.
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    pub(crate) line: Option<u64>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) language: Option<Language>,
    pub(crate) date_source: Option<DateSource>,
}

impl Work for Raw {
    type Found = Found;

    fn document(&self) -> &Document {
        &self.read.document
    }

    fn complete(self) -> (Document, Found) {
        let mut read = self.completed();
        let document = &mut read.document;
        document.detect_languages();
        if is_zawgyi(&document.body) {
            let error = Error::zawgyi(&read.path).in_file(Some(&read.path), read.line);
            read.problems.insert(0, Problem::Zawgyi(error));
        }
        let found = Found {
            language: document.language,
            date_source: document.date.map(|_| document.date_source),
            path: read.path,
            line: read.line,
            problems: read.problems,
            encoding: read.encoding,
        };
        (read.document, found)
    }
}
