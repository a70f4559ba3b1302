//! Dictionaries of Japanese, Korean and Chinese in lindera's form, from their published sources.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use lindera::dictionary::{DictionaryBuilder, Metadata, Schema};

use crate::sources::Sources;

/// A language with a dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Japanese,
    Korean,
    Chinese,
}

impl Language {
    /// The name of the dictionary: of its folder of sources, and of the one that is written.
    fn folder(self) -> &'static str {
        match self {
            Self::Japanese => "ipadic",
            Self::Korean => "ko-dic",
            Self::Chinese => "cc-cedict",
        }
    }

    /// What lindera has to know of the sources: as lindera 6.2 itself builds these dictionaries.
    fn metadata(self, encoding: &str) -> Metadata {
        let (user, details): (&[&str], &[&str]) = match self {
            Self::Japanese => (
                &["surface", "part_of_speech", "reading"],
                &[
                    "part_of_speech",
                    "part_of_speech_subcategory_1",
                    "part_of_speech_subcategory_2",
                    "part_of_speech_subcategory_3",
                    "conjugation_form",
                    "conjugation_type",
                    "base_form",
                    "reading",
                    "pronunciation",
                ],
            ),
            Self::Korean => (
                &["surface", "part_of_speech_tag", "reading"],
                &[
                    "part_of_speech_tag",
                    "meaning",
                    "presence_absence",
                    "reading",
                    "type",
                    "first_part_of_speech",
                    "last_part_of_speech",
                    "expression",
                ],
            ),
            Self::Chinese => (
                &["surface", "part_of_speech", "pinyin"],
                &[
                    "part_of_speech",
                    "part_of_speech_subcategory_1",
                    "part_of_speech_subcategory_2",
                    "part_of_speech_subcategory_3",
                    "pinyin",
                    "traditional",
                    "simplified",
                    "definition",
                ],
            ),
        };
        let costs = ["surface", "left_context_id", "right_context_id", "cost"];
        let schema = |fields: &[&str]| fields.iter().map(|&field| field.to_owned()).collect();
        Metadata {
            name: self.folder().to_owned(),
            encoding: encoding.to_owned(),
            default_left_context_id: 0,
            default_right_context_id: 0,
            flexible_csv: self != Self::Korean,
            skip_invalid_cost_or_id: self == Self::Chinese,
            normalize_details: self == Self::Japanese,
            dictionary_schema: Schema::new(schema(&[&costs, details].concat())),
            user_dictionary_schema: Schema::new(schema(user)),
            ..Metadata::default()
        }
    }
}

/// Builds the dictionaries of these languages, or of all whose sources are there, each in a folder
/// of its own below `out`.
pub(crate) fn build(sources: &Sources, only: &[Language], out: &Path) -> Result<()> {
    let there = |language: &Language| sources.path(language.folder()).is_dir();
    let languages: Vec<Language> = match only {
        [] => Language::value_variants()
            .iter()
            .copied()
            .filter(there)
            .collect(),
        only => only.to_vec(),
    };
    if languages.is_empty() {
        bail!(
            "{} has none of the folders ipadic, ko-dic and cc-cedict: see crates/xtask/SOURCES.md \
             where they come from",
            sources.path("").display()
        );
    }
    languages
        .into_iter()
        .try_for_each(|language| build_one(sources, language, out))
}

fn build_one(sources: &Sources, language: Language, out: &Path) -> Result<()> {
    let name = language.folder();
    // As published ipadic is in EUC-JP; others have it in UTF-8.
    let unknown_words = sources.bytes(&format!("{name}/unk.def"))?;
    let encoding = match std::str::from_utf8(&unknown_words) {
        Ok(_) => "UTF-8",
        Err(_) => "EUC-JP",
    };
    let (from, to) = (sources.path(name), out.join(name));
    // Files of an earlier form of dictionary would stay among the new ones.
    if to.exists() {
        bail!("{} is there already: remove it first", to.display());
    }
    let start = Instant::now();
    DictionaryBuilder::new(language.metadata(encoding))
        .build_dictionary(&from, &to)
        .with_context(|| format!("cannot build a dictionary from {}", from.display()))?;
    // Who passes the dictionary on passes on its licence.
    for licence in ["COPYING", "LICENSE"] {
        if from.join(licence).is_file() {
            fs::copy(from.join(licence), to.join(licence))
                .with_context(|| format!("cannot copy {licence} to {}", to.display()))?;
        }
    }
    let mut bytes = 0;
    for entry in fs::read_dir(&to).with_context(|| format!("cannot read {}", to.display()))? {
        bytes += entry?.metadata()?.len();
    }
    println!("{}: {bytes} bytes, {:.1?}", to.display(), start.elapsed());
    Ok(())
}
