//! What the user of the index example may ask for.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Parser;
use mekong::{Column, Columns, CommitPolicy, Encoding, Format, ReadOptions, Writer, WriterOptions};

#[derive(Parser)]
#[command(about = "Brings articles of any formats and languages into an index")]
pub(crate) struct Options {
    /// Files and folders to read: text, Markdown, HTML, JSON Lines, JSON, CSV, TSV, RSS, Atom,
    /// WARC, each also compressed with gzip or zstd.
    #[arg(required_unless_present = "reindex")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folder of the index, which is made if it is not there.
    #[arg(long, value_name = "DIR")]
    pub(crate) index: PathBuf,
    /// In place of files: all documents of the index in this folder, which may be of an older
    /// format; the folder of --index has to be new.
    #[arg(long, value_name = "OLD", conflicts_with = "paths")]
    pub(crate) reindex: Option<PathBuf>,
    /// Reads everything again, in place of going on where an earlier run was interrupted.
    #[arg(long)]
    pub(crate) restart: bool,
    /// So many megabytes documents may take in memory.
    #[arg(long, value_name = "MB", default_value_t = 100)]
    pub(crate) memory: usize,
    /// So many threads analyse documents [default: as many as there are processors].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Commits after so many documents (10000), so much text (64MB) or so much time (30s); may be
    /// given more than once [default: 30s and 100000].
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) commit_every: Vec<Amount>,
    /// Takes all files for this format: article, markdown, html, jsonlines, json, csv, tsv, feed,
    /// warc.
    #[arg(long, value_parser = format)]
    pub(crate) format: Option<Format>,
    /// The encoding of files that do not say theirs: windows-874, windows-1258, tcvn3, vni, …
    #[arg(long)]
    pub(crate) encoding: Option<Encoding>,
    /// Which column of a table is which field (id, title, body, date, lang, source, url), by its
    /// name or number; may be given more than once.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) columns: Vec<Mapping>,
    /// Also reads what `.gitignore` and `.ignore` files and names with a dot say to pass over.
    #[arg(long)]
    pub(crate) no_ignore: bool,
    /// Dates a file that does not tell when it was published by when it was last written.
    #[arg(long)]
    pub(crate) file_time: bool,
    /// Writes what was read and what could not be as JSON to this file, or `-`.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

impl Options {
    pub(crate) fn read_options(&self) -> ReadOptions {
        let mut options = ReadOptions::default()
            .ignore_rules(!self.no_ignore)
            .file_time(self.file_time);
        if let Some(format) = self.format {
            options = options.format(format);
        }
        if let Some(encoding) = self.encoding {
            options = options.encoding(encoding);
        }
        let mapped = self.columns.iter().cloned();
        options.columns(
            mapped.fold(Columns::default(), |columns, Mapping(field, column)| {
                field(columns, column)
            }),
        )
    }

    pub(crate) fn writer(&self) -> WriterOptions {
        let options = Writer::options().memory(self.memory.saturating_mul(1_000_000));
        match self.threads {
            Some(threads) => options.threads(threads),
            None => options,
        }
    }

    pub(crate) fn commit_policy(&self) -> CommitPolicy {
        if self.commit_every.is_empty() {
            return CommitPolicy::regular();
        }
        let amounts = self.commit_every.iter();
        amounts.fold(CommitPolicy::manual(), |policy, amount| match *amount {
            Amount::Documents(documents) => policy.documents(documents),
            Amount::Bytes(bytes) => policy.bytes(bytes),
            Amount::Time(time) => policy.time(time),
        })
    }
}

/// How much is written between two commits.
#[derive(Clone, Copy)]
pub(crate) enum Amount {
    Documents(u64),
    Bytes(u64),
    Time(Duration),
}

impl FromStr for Amount {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = text.split_at(digits);
        let amount = number.parse().ok().filter(|&number: &u64| number > 0);
        let amount = amount.and_then(|number| {
            Some(match unit.trim() {
                "" => Self::Documents(number),
                "MB" => Self::Bytes(number.checked_mul(1_000_000)?),
                "GB" => Self::Bytes(number.checked_mul(1_000_000_000)?),
                "s" => Self::Time(Duration::from_secs(number)),
                "min" => Self::Time(Duration::from_secs(number.checked_mul(60)?)),
                _ => return None,
            })
        });
        match amount {
            Some(amount) => Ok(amount),
            None => bail!("it should be like 10000 (documents), 64MB, 2GB, 30s or 5min"),
        }
    }
}

/// A field, and the column that it is.
#[derive(Clone)]
pub(crate) struct Mapping(fn(Columns, Column) -> Columns, Column);

impl FromStr for Mapping {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let Some((field, column)) = text.split_once('=') else {
            bail!("write FIELD=COLUMN");
        };
        let field: fn(Columns, Column) -> Columns = match field {
            "id" => Columns::id,
            "title" => Columns::title,
            "body" => Columns::body,
            "date" => Columns::date,
            "lang" | "language" => Columns::language,
            "source" => Columns::source,
            "url" => Columns::url,
            _ => bail!(
                "there is no field `{field}`: expected id, title, body, date, lang, source or url"
            ),
        };
        let column = match column.parse::<usize>() {
            Ok(number) => number.into(),
            Err(_) => column.into(),
        };
        Ok(Self(field, column))
    }
}

fn format(text: &str) -> Result<Format, String> {
    Ok(match text {
        "article" | "text" => Format::Article,
        "markdown" => Format::Markdown,
        "html" => Format::Html,
        "jsonlines" => Format::JsonLines,
        "json" => Format::Json,
        "csv" => Format::Csv,
        "tsv" => Format::Tsv,
        "feed" => Format::Feed,
        "warc" => Format::Warc,
        _ => {
            let known = "article, markdown, html, jsonlines, json, csv, tsv, feed or warc";
            return Err(format!("it should be {known}"));
        }
    })
}
