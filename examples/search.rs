//! Searches articles: ranked, by any words of any language, filtered and counted by date, language,
//! source and metadata.
//!
//! `cargo run --release --example search -- "bo truong ngoai giao thai lan" --from 2025-10`
//!
//! Without `--docs` it searches the five articles of `seeds/`; without `--index` it indexes them
//! in memory first. Ends with 0 whether there are hits or not, with 2 and one line that says why
//! where it cannot search.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Parser, ValueEnum};
use examples::unless_broken_pipe;
use mekong::{
    Aliases, Bucket, Count, Cursor, Date, Document, Evidence, Explanation, Facet, FacetCounts, FacetValue, Filter,
    Hit, Index, Language, Period, Query, Report, Searcher, Snippet, Sort, Writer, Zone,
};
use serde_json::json;

#[derive(Parser)]
#[command(about = "Searches articles in any mix of languages")]
struct Options {
    /// What to search for. Without it: the newest documents that pass the filters.
    query: Vec<String>,
    /// In place of a query: documents about the same as the one with this identifier.
    #[arg(long, value_name = "ID", conflicts_with = "query")]
    like: Option<String>,
    /// Shows of the copies of one article only the first, with the number of the others.
    #[arg(long)]
    collapse: bool,
    /// A file or folder of articles or JSON Lines; may be given more than once [default: seeds].
    #[arg(long, value_name = "PATH")]
    docs: Vec<PathBuf>,
    /// Keeps the index in this folder, and uses the one that is there.
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Only documents from this date on: 2025-10-03, 2025-10, 2025, 3/10/2025, 3 ต.ค. 2568.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Only documents up to this date: 2025-10 includes 31 October.
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Only documents in this language (vi, th, lo, km, my, en, zh, …); may be given more than once.
    #[arg(long)]
    lang: Vec<Language>,
    /// The time zone of --from, --to and --facet: Asia/Ho_Chi_Minh, +07:00 [default: UTC].
    #[arg(long)]
    zone: Option<Zone>,
    /// Only documents from this source; may be given more than once.
    #[arg(long)]
    source: Vec<String>,
    /// Only documents with this metadata: KEY=VALUE, or KEY alone for any value; with ! before it,
    /// only those without; may be given more than once.
    #[arg(long = "where", value_name = "KEY[=VALUE]")]
    metadata: Vec<Condition>,
    /// Counts all documents that answer by this: language, source, day, week, month, quarter, year,
    /// or a metadata key; may be given more than once.
    #[arg(long, value_name = "NAME")]
    facet: Vec<String>,
    /// The order of the hits.
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// With --sort recent: after how long a score is half of what it was (12h, 30d, 8w, 1y).
    #[arg(long, value_name = "TIME", default_value = "30d", value_parser = time)]
    half_life: Duration,
    /// At most so many hits.
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Goes on where a page ended, with the cursor that was printed below it; takes --index, and
    /// the query and the filters of that page.
    #[arg(long)]
    cursor: Option<Cursor>,
    /// Counts the documents that match, on all pages together.
    #[arg(long)]
    count: bool,
    /// Names of your own, one thing a line: MOFA = Bộ Ngoại giao = กระทรวงการต่างประเทศ.
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// Shows with each hit what evidence it is found by, and how much each part counts.
    #[arg(long)]
    explain: bool,
    /// Prints what this text may become that is being typed, instead of searching.
    #[arg(long, value_name = "TEXT")]
    complete: Option<String>,
    /// Prints each hit as one line of JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
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
struct Condition(Filter);

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

fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(error) if error.use_stderr() => return failed(&one_line(&error.to_string())),
        Err(help) => help.exit(),
    };
    match unless_broken_pipe(run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!("{error:#}")),
    }
}

fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(2)
}

/// The first paragraph of clap's message, in one line; the others tell of usage.
fn one_line(message: &str) -> String {
    let first = message.split("\n\n").next().unwrap_or(message);
    let words: Vec<_> = first.split_whitespace().collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}

fn run(options: &Options) -> Result<()> {
    let text = options.query.join(" ");
    let query = query(options, &text);
    let index = index(options)?;
    let mut searcher = Searcher::new(&index);
    if let Some(path) = &options.aliases {
        let own = Aliases::open(path).context("--aliases")?;
        searcher = searcher.with_aliases(Aliases::builtin().and(own));
    }
    let mut out = stdout().lock();
    if let Some(typed) = &options.complete {
        for suggestion in searcher.complete(typed, options.limit)? {
            if options.json {
                let object = json!({ "text": suggestion.text, "id": suggestion.id() });
                writeln!(out, "{object}")?;
            } else {
                writeln!(out, "{}", suggestion.text)?;
            }
        }
        return Ok(());
    }
    let highlighter = searcher.highlighter(&query)?;
    let results = searcher.search(&query)?;
    if !options.json
        && let Some(correction) = searcher.did_you_mean(&query)?
    {
        writeln!(out, "Did you mean: {}\n", correction.text)?;
    }
    for (rank, hit) in (1..).zip(&results) {
        let snippet = highlighter.snippet(&hit.document.body);
        let explanation = match options.explain {
            true => searcher.explain(&query, hit.id())?,
            false => None,
        };
        if options.json {
            let object = object(rank, hit, &snippet, explanation.as_ref());
            writeln!(out, "{object}")?;
        } else {
            print_hit(&mut out, rank, hit, &snippet)?;
            if let Some(explanation) = explanation {
                writeln!(out, "{explanation}\n")?;
            }
        }
    }
    if results.hits.is_empty() && !options.json {
        writeln!(out, "No document matches.")?;
    }
    for counts in &results.facets {
        if options.json {
            writeln!(out, "{}", facet_object(counts))?;
        } else {
            print_facet(&mut out, counts)?;
        }
    // Lines of JSON are hits and nothing else.
    let mut about: Box<dyn Write> = match options.json {
        true => Box::new(stderr()),
        false => Box::new(out),
    };
    if let Some(total) = results.total {
        writeln!(about, "{} documents match.", total.number())?;
    }
    if let Some(next) = results.next.filter(|_| options.index.is_some()) {
        writeln!(about, "Next page: --cursor {next}")?;
    }
    Ok(())
}

fn query(options: &Options, text: &str) -> Query {
    let query = match &options.like {
        Some(id) => Query::like(id),
        None => Query::text(text),
    };
    let mut query = query.limit(options.limit).sort(match options.sort {
        Order::Relevance => Sort::Relevance,
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
        Order::Recent => Sort::Recent {
            half_life: options.half_life,
        },
    });
    if let Some(cursor) = options.cursor {
        query = query.after(cursor);
    }
    if options.count {
        query = query.count(Count::Exact);
    }
    if let Some(from) = options.from {
        query = query.since(from);
    }
    if let Some(to) = options.to {
        query = query.through(to);
    }
    if let Some(zone) = &options.zone {
        query = query.zone(zone.clone());
    }
    for language in &options.lang {
        query = query.language(*language);
    }
    for source in &options.source {
        query = query.source(source);
    }
    for Condition(filter) in &options.metadata {
        query = query.filter(filter.clone());
    }
    for name in &options.facet {
        query = query.facet(facet(name));
    }
    if options.collapse {
        query = query.collapse();
    }
    query
}

/// The index to search: the one that is kept, or a new one of the documents.
fn index(options: &Options) -> Result<Index> {
    let index = match &options.index {
        Some(folder) => Index::open_or_create(folder)?,
        None => Index::in_memory()?,
    };
    if index.document_count() > 0 {
        if !options.docs.is_empty() {
            eprintln!(
                "note: {index} holds {count} documents already and is used as it is; --docs is read for a new index",
                index = index.path().unwrap_or("the index".as_ref()).display(),
                count = index.document_count(),
            );
        }
        return Ok(index);
    }
    let seeds = [PathBuf::from("seeds")];
    let docs = match options.docs.as_slice() {
        [] => &seeds,
        docs => docs,
    };
    let mut report = Report::default();
    let mut writer = Writer::new(&index)?;
    for path in docs {
        report.merge(writer.ingest(path).context("--docs")?);
    }
    writer.close()?;
    tell(&report);
    if report.documents == 0 {
        bail!("there is no document in {}", list(docs));
    }
    Ok(index)
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    names.join(", ")
}

/// Tells on standard error what could not be read, and what had to be decoded.
fn tell(report: &Report) {
    const SHOWN: usize = 10;
    for problem in report.problems.iter().take(SHOWN) {
        eprintln!("note: {problem}");
    }
    for (encoding, documents) in &report.decoded {
        eprintln!("note: {documents} documents decoded from {encoding}");
    }
    if !report.is_clean() {
        eprintln!(
            "note: {} documents indexed, {} left out, {} fields ignored, {} in Zawgyi",
            report.documents, report.skipped, report.ignored_fields, report.zawgyi
        );
    }
}

fn object(
    rank: usize,
    hit: &Hit,
    snippet: &Snippet,
    explanation: Option<&Explanation>,
) -> serde_json::Value {
    let Document {
        date,
        date_source,
        language,
        source,
        url,
        meta,
        ..
    } = &hit.document;
    let highlights: Vec<_> = snippet
        .highlights
        .iter()
        .map(|h| [h.start, h.end])
        .collect();
    let mut object = json!({
        "rank": rank,
        "score": hit.score,
        "id": hit.id(),
        "date": date,
        "date_source": date.map(|_| date_source),
        "lang": language,
        "title": hit.title(),
        "snippet": snippet.text,
        "highlights": highlights,
        "source": source,
        "url": url,
        "meta": meta,
        "copies": hit.copies,
    });
    if let Some(explanation) = explanation {
        let evidence = explanation.evidence.iter();
        object["evidence"] = evidence
            .map(
                |Evidence {
                     kind, text, score, ..
                 }| {
                    json!({"kind": kind.to_string(), "text": text, "score": score})
                },
            )
            .collect();
    }
    object
}

fn print_hit(out: &mut impl Write, rank: usize, hit: &Hit, snippet: &Snippet) -> Result<()> {
    let document = &hit.document;
    let date = match document.date {
        Some(date) if document.date_source == mekong::DateSource::Inferred => {
            format!("{date} (inferred)")
        }
        Some(date) => date.to_string(),
        None => "undated".to_owned(),
    };
    let language = document.language.map_or("--", Language::code);
    writeln!(
        out,
        "{rank}. {}  {date}  {language}  {:.2}",
        hit.id(),
        hit.score
    )?;
    writeln!(
        out,
        "   {}{}",
        hit.title(),
        if is_cut(hit) { " …" } else { "" }
    )?;
    if hit.copies > 0 {
        writeln!(out, "   and {} more of the same article", hit.copies)?;
    }
    let before = if snippet.range.start > 0 { "… " } else { "" };
    let after = if snippet.range.end < document.body.len() {
        " …"
    } else {
        ""
    };
    writeln!(out, "   {before}{}{after}\n", marked(snippet))?;
    Ok(())
}

/// The counts of a facet: comes after the hits, and has no rank.
fn facet_object(counts: &FacetCounts) -> serde_json::Value {
    let bucket = |Bucket { value, count, .. }: &Bucket| match value {
        FacetValue::Dates { first, last } => json!({"first": first, "last": last, "count": count}),
        value => json!({"value": value.to_string(), "count": count}),
    };
    json!({
        "facet": counts.facet.to_string(),
        "counts": counts.buckets.iter().map(bucket).collect::<Vec<_>>(),
        "others": counts.others,
        "missing": counts.missing,
    })
}

fn print_facet(out: &mut impl Write, counts: &FacetCounts) -> Result<()> {
    writeln!(out, "{}", counts.facet)?;
    for Bucket { value, count, .. } in &counts.buckets {
        writeln!(out, "{count:8}  {value}")?;
    }
    for (count, name) in [(counts.others, "more values"), (counts.missing, "without")] {
        if count > 0 {
            writeln!(out, "{count:8}  ({name})")?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Whether the title is the beginning of a longer sentence.
fn is_cut(hit: &Hit) -> bool {
    let rest = hit.document.body.trim_start().strip_prefix(hit.title());
    hit.document.title.is_none()
        && !hit.title().ends_with(['.', '!', '?'])
        && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('\n'))
}

/// The snippet in one line with its matches in bold, or in brackets where nobody sees bold.
fn marked(snippet: &Snippet) -> String {
    let (open, close) = if stdout().is_terminal() {
        ("\x1b[1m", "\x1b[0m")
    } else {
        ("[", "]")
    };
    let mut marked = String::new();
    let mut end = 0;
    for highlight in &snippet.highlights {
        marked += &snippet.text[end..highlight.start];
        marked += open;
        marked += &snippet.text[highlight.clone()];
        marked += close;
        end = highlight.end;
    }
    marked += &snippet.text[end..];
    marked.split_whitespace().collect::<Vec<_>>().join(" ")
}
