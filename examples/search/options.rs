//! What the user of the search example may ask for.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::{Parser, ValueEnum};
use mekong::{Count, Cursor, Date, Facet, Filter, Language, Period, Query, Sort, Zone};

#[derive(Parser)]
#[command(about = "Searches articles in any mix of languages")]
pub(crate) struct Options {
    /// What to search for. Without it: the newest documents that pass the filters.
    pub(crate) query: Vec<String>,
    /// Takes every sign in the query for part of a word, and dates for words.
    #[arg(long)]
    pub(crate) words: bool,
    /// Takes dates in the query for words; otherwise they filter.
    #[arg(long)]
    pub(crate) dates_as_words: bool,
    /// The day that `yesterday` in the query is told from [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
    /// In place of a query: documents about the same as the one with this identifier.
    #[arg(long, value_name = "ID", conflicts_with = "query")]
    pub(crate) like: Option<String>,
    /// Shows of the copies of one article only the first, with the number of the others.
    #[arg(long)]
    pub(crate) collapse: bool,
    /// A file or folder of articles or JSON Lines; may be given more than once [default: seeds].
    #[arg(long, value_name = "PATH")]
    pub(crate) docs: Vec<PathBuf>,
    /// Keeps the index in this folder, and uses the one that is there.
    #[arg(long, value_name = "DIR")]
    pub(crate) index: Option<PathBuf>,
    /// Only documents from this date on: 2025-10-03, 2025-10, 2025, 3/10/2025, 3 ต.ค. 2568.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// Only documents up to this date: 2025-10 includes 31 October.
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Date>,
    /// Only documents in this language (vi, th, lo, km, my, en, zh, …); may be given more than once.
    #[arg(long)]
    pub(crate) lang: Vec<Language>,
    /// The time zone of --from, --to, --facet and dates in the query: Asia/Ho_Chi_Minh, +07:00 [default: UTC].
    #[arg(long)]
    pub(crate) zone: Option<Zone>,
    /// Only documents from this source; may be given more than once.
    #[arg(long)]
    pub(crate) source: Vec<String>,
    /// Only documents with this metadata: KEY=VALUE, or KEY alone for any value; with ! before it,
    /// only those without; may be given more than once.
    #[arg(long = "where", value_name = "KEY[=VALUE]")]
    pub(crate) metadata: Vec<Condition>,
    /// Counts all documents that answer by this: language, source, day, week, month, quarter, year,
    /// or a metadata key; may be given more than once.
    #[arg(long, value_name = "NAME")]
    pub(crate) facet: Vec<String>,
    /// The order of the hits.
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    pub(crate) sort: Order,
    /// With --sort recent: after how long a score is half of what it was (12h, 30d, 8w, 1y).
    #[arg(long, value_name = "TIME", default_value = "30d", value_parser = time)]
    pub(crate) half_life: Duration,
    /// At most so many hits.
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: usize,
    /// Goes on where a page ended, with the cursor that was printed below it; takes --index, and
    /// the query and the filters of that page.
    #[arg(long)]
    pub(crate) cursor: Option<Cursor>,
    /// Counts the documents that match, on all pages together.
    #[arg(long)]
    pub(crate) count: bool,
    /// Names of your own, one thing a line: MOFA = Bộ Ngoại giao = กระทรวงการต่างประเทศ.
    #[arg(long, value_name = "FILE")]
    pub(crate) aliases: Option<PathBuf>,
    /// Shows with each hit what evidence it is found by, and how much each part counts.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Prints what this text may become that is being typed, instead of searching.
    #[arg(long, value_name = "TEXT")]
    pub(crate) complete: Option<String>,
    /// Prints each hit as HTML, with its matches in <mark>.
    #[arg(long, conflicts_with = "json")]
    pub(crate) html: bool,
    /// Prints each hit as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Options {
    /// What is asked for.
    pub(crate) fn query(&self) -> Query {
        let text = self.query.join(" ");
        let query = match &self.like {
            Some(id) => Query::like(id),
            None if self.words => Query::words(text),
            None => Query::text(text),
        };
        let mut query = query.limit(self.limit).sort(match self.sort {
            Order::Relevance => Sort::Relevance,
            Order::Newest => Sort::Newest,
            Order::Oldest => Sort::Oldest,
            Order::Recent => Sort::Recent {
                half_life: self.half_life,
            },
        });
        if let Some(cursor) = self.cursor {
            query = query.after(cursor);
        }
        if self.count {
            query = query.count(Count::Exact);
        }
        if let Some(from) = self.from {
            query = query.since(from);
        }
        if let Some(to) = self.to {
            query = query.through(to);
        }
        if self.dates_as_words {
            query = query.dates_as_words();
        }
        if let Some(today) = self.today {
            query = query.today(today);
        }
        if let Some(zone) = &self.zone {
            query = query.zone(zone.clone());
        }
        for language in &self.lang {
            query = query.language(*language);
        }
        for source in &self.source {
            query = query.source(source);
        }
        for Condition(filter) in &self.metadata {
            query = query.filter(filter.clone());
        }
        for name in &self.facet {
            query = query.facet(facet(name));
        }
        if self.collapse {
            query = query.collapse();
        }
        query
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Order {
    Relevance,
    Newest,
    Oldest,
    Recent,
}

/// A whole number of hours, days, weeks or years.
fn time(text: &str) -> Result<Duration, String> {
    let units = [
        ("h", 3600),
        ("d", 86_400),
        ("w", 604_800),
        ("y", 31_556_952),
    ];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(*seconds).filter(|seconds| *seconds > 0)
    });
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| "it should be like 12h, 30d, 8w or 1y".to_owned())
}

/// A filter by metadata, as it is typed.
#[derive(Clone)]
pub(crate) struct Condition(Filter);

impl FromStr for Condition {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (key, negated) = match text.strip_prefix('!') {
            Some(key) => (key, true),
            None => (text, false),
        };
        let filter = match key.split_once('=') {
            Some((key, value)) => Filter::key(key).is(value),
            None if key.is_empty() => bail!("write KEY=VALUE or KEY"),
            None => Filter::key(key).exists(),
        };
        Ok(Self(if negated { !filter } else { filter }))
    }
}

fn facet(name: &str) -> Facet {
    match name {
        "language" | "lang" => Facet::language(),
        "source" => Facet::source(),
        name => match name.parse::<Period>() {
            Ok(period) => Facet::dates(period),
            Err(_) => Facet::key(name),
        },
    }
}
