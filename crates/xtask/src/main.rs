//! Rebuilds the committed models and tables from their sources, which `SOURCES.md` names.

mod aliases;
mod android;
mod automaton;
mod boundaries;
mod burmese;
#[cfg(feature = "dictionaries")]
mod dictionaries;
mod dictionary;
mod distill;
mod double_array;
mod evaluate;
mod gold;
mod han;
mod khmer;
mod lao;
mod lexicon;
mod logistic;
mod names;
mod names_generated;
mod random;
mod run;
mod sources;
mod student;
mod teacher;
mod thai;
mod translations;
mod unigram;
mod word_graph;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};
use mekong_segment::Script;

use crate::lexicon::Lexicon;
use crate::sources::Sources;
use crate::thai::{Licences, Thai};

/// Rebuilds what is committed but not written by hand.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the segmentation models; the same sources give the same bytes.
    Models {
        #[command(flatten)]
        selection: Selection,
        /// Where the models are written.
        #[arg(long, value_name = "DIR", default_value = "crates/segment/models")]
        out: PathBuf,
    },
    /// Build the built-in table of aliases; the same sources give the same bytes.
    Aliases {
        /// The folder of sources that SOURCES.md describes.
        #[arg(long, value_name = "DIR")]
        sources: PathBuf,
        /// The file that is written.
        #[arg(
            long,
            value_name = "FILE",
            default_value = "crates/core/src/alias/builtin.txt"
        )]
        out: PathBuf,
    },
    /// Build the table of Chinese characters that are one in several spellings.
    Han {
        /// The folder of sources that SOURCES.md describes.
        #[arg(long, value_name = "DIR")]
        sources: PathBuf,
        /// The file that is written.
        #[arg(
            long,
            value_name = "FILE",
            default_value = "crates/core/src/fold/han.tsv"
        )]
        out: PathBuf,
    },
    /// Build the table of what letters names are written with; the same sources give the same bytes.
    Names {
        /// The folder of sources that SOURCES.md describes.
        #[arg(long, value_name = "DIR")]
        sources: PathBuf,
        /// The file that is written.
        #[arg(
            long,
            value_name = "FILE",
            default_value = "crates/names/models/names.table"
        )]
        out: PathBuf,
    },
    /// Build lindera's dictionaries of Japanese, Korean and Chinese.
    #[cfg(feature = "dictionaries")]
    Dictionaries {
        /// The folder of sources that SOURCES.md describes.
        #[arg(long, value_name = "DIR")]
        sources: PathBuf,
        /// A language to take; may be given several times. All whose sources are there if absent.
        #[arg(long, value_name = "LANGUAGE")]
        only: Vec<dictionaries::Language>,
        /// Where the dictionaries are written, a folder each.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Measure the models on sentences with known words that they were not made from.
    Evaluate {
        #[command(flatten)]
        selection: Selection,
        /// Make the Thai model from sources under CC0 or in the public domain alone.
        #[arg(long)]
        cc0_only: bool,
    },
}

#[derive(Args)]
struct Selection {
    /// The folder of sources that SOURCES.md describes.
    #[arg(long, value_name = "DIR")]
    sources: PathBuf,
    /// A language to take; may be given several times. All four if absent.
    #[arg(long, value_name = "LANGUAGE")]
    only: Vec<Language>,
}

impl Selection {
    fn languages(&self) -> impl Iterator<Item = Language> {
        let wanted = |language: &Language| self.only.is_empty() || self.only.contains(language);
        Language::value_variants().iter().copied().filter(wanted)
    }
}

/// A language with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    Thai,
    Lao,
    Khmer,
    Burmese,
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Self::Thai => "thai",
            Self::Lao => "lao",
            Self::Khmer => "khmer",
            Self::Burmese => "burmese",
        }
    }

    fn script(self) -> Script {
        match self {
            Self::Thai => Script::Thai,
            Self::Lao => Script::Lao,
            Self::Khmer => Script::Khmer,
            Self::Burmese => Script::Burmese,
        }
    }

    /// The lexicon that its teacher is made from; Thai has a teacher of another kind.
    fn lexicon(self, sources: &Sources) -> Result<Option<Lexicon>> {
        match self {
            Self::Thai => Ok(None),
            Self::Lao => lao::lexicon(sources).map(Some),
            Self::Khmer => khmer::lexicon(sources).map(Some),
            Self::Burmese => burmese::lexicon(sources).map(Some),
        }
    }
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Models { selection, out } => {
            let sources = Sources::new(&selection.sources);
            selection
                .languages()
                .try_for_each(|language| build(&sources, language, &out))
        }
        Task::Aliases { sources, out } => {
            let table = aliases::table(&Sources::new(&sources))?;
            write(&out, table.as_bytes())
        }
        Task::Han { sources, out } => write(&out, han::table(&Sources::new(&sources))?.as_bytes()),
        Task::Names { sources, out } => {
            write(&out, names::table(&Sources::new(&sources))?.as_bytes())
        }
        #[cfg(feature = "dictionaries")]
        Task::Dictionaries { sources, only, out } => {
            dictionaries::build(&Sources::new(&sources), &only, &out)
        }
        Task::Evaluate {
            selection,
            cc0_only,
        } => {
            let sources = Sources::new(&selection.sources);
            let licences = if cc0_only {
                Licences::PublicDomain
            } else {
                Licences::All
            };
            selection
                .languages()
                .try_for_each(|language| match language.lexicon(&sources)? {
                    Some(lexicon) => evaluate::other(&sources, language, &lexicon),
                    None => evaluate::thai(&sources, licences),
                })
        }
    }
}

/// Builds the model or the word list of one language.
fn build(sources: &Sources, language: Language, out: &Path) -> Result<()> {
    let script = language.script();
    let (kind, bytes) = match language.lexicon(sources)? {
        Some(lexicon) => ("lexicon", word_graph::build(script, &lexicon.teacher)?),
        None => {
            let thai = Thai::read(sources, Licences::All)?;
            let text = thai.text(&thai.teacher(None), None);
            let student = student::train(&text, &distill::THAI);
            ("model", automaton::build(script, &student)?)
        }
    };
    write(&out.join(format!("{}.{kind}", language.name())), &bytes)
}

/// Writes a file, and the folder that it is in, and tells so.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}
