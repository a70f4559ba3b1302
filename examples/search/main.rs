//! Searches articles: ranked, by any words of any language, filtered and counted by date, language,
//! source and metadata.
//!
//! `cargo run --release --example search -- "bo truong ngoai giao thai lan" --from 2025-10`
//!
//! Without `--docs` it searches the five articles of `seeds/`; without `--index` it indexes them
//! in memory first. Ends with 0 whether there are hits or not, with 2 and one line that says why
//! where it cannot search.

mod options;
mod print;

use std::io::{Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use examples::run_with;
use mekong::{Aliases, Index, Query, Report, Results, Searcher, Writer};
use serde_json::json;

use options::Options;

fn main() -> ExitCode {
    run_with(run)
}

fn run(options: &Options) -> Result<()> {
    let query = options.query();
    let index = index(options)?;
    let mut searcher = Searcher::new(&index);
    if let Some(path) = &options.aliases {
        let own = Aliases::open(path).context("--aliases")?;
        searcher = searcher.with_aliases(Aliases::builtin().and(own));
    }
    let mut out = stdout().lock();
    if let Some(typed) = &options.complete {
        return complete(&mut out, options, &searcher, typed);
    }
    let results = searcher.search(&query)?;
    for problem in results.parsed.problems() {
        eprintln!("note: {problem}");
    }
    if let Some(dates) = &results.parsed.dates {
        eprintln!("note: only documents of {dates}");
    }
    let is_for_people = !options.json && !options.html;
    if is_for_people && let Some(correction) = searcher.did_you_mean(&query)? {
        writeln!(out, "Did you mean: {}\n", correction.text)?;
    }
    print_hits(&mut out, options, &searcher, &query, &results)?;
    if results.hits.is_empty() && is_for_people {
        match &results.without_date {
            None => writeln!(out, "No document matches.")?,
            Some(words) => {
                writeln!(out, "No document of that time matches. Without the date:\n")?;
                let results = searcher.search(words)?;
                print_hits(&mut out, options, &searcher, words, &results)?;
            }
        }
    }
    for counts in &results.facets {
        if options.json {
            writeln!(out, "{}", print::facet_object(counts))?;
        } else {
            print::facet(&mut out, counts)?;
        }
    }
    // With --json lines are hits and facets, and nothing else.
    let mut about: Box<dyn Write> = match is_for_people {
        true => Box::new(out),
        false => Box::new(stderr()),
    };
    if let Some(total) = results.total {
        writeln!(about, "{} documents match.", total.number())?;
    }
    if let Some(next) = results.next.filter(|_| options.index.is_some()) {
        writeln!(about, "Next page: --cursor {next}")?;
    }
    Ok(())
}

fn print_hits(
    out: &mut impl Write,
    options: &Options,
    searcher: &Searcher,
    query: &Query,
    results: &Results,
) -> Result<()> {
    let highlighter = searcher.highlighter(query)?;
    let passages = if options.html { 3 } else { 1 };
    for (rank, hit) in (1..).zip(results) {
        let highlights = highlighter.document(&hit.document, passages);
        let explanation = match options.explain {
            true => searcher.explain(query, hit.id())?,
            false => None,
        };
        if options.json {
            let object = print::object(rank, hit, &highlights, explanation.as_ref());
            writeln!(out, "{object}")?;
        } else if options.html {
            print::html(out, hit, &highlights)?;
        } else {
            print::hit(out, rank, hit, &highlights)?;
            if let Some(explanation) = explanation {
                writeln!(out, "{explanation}\n")?;
            }
        }
    }
    Ok(())
}

/// What a text may become that is being typed.
fn complete(
    out: &mut impl Write,
    options: &Options,
    searcher: &Searcher,
    typed: &str,
) -> Result<()> {
    for suggestion in searcher.complete(typed, options.limit)? {
        if options.json {
            let object = json!({ "text": suggestion.text, "id": suggestion.id() });
            writeln!(out, "{object}")?;
        } else {
            writeln!(out, "{}", suggestion.text)?;
        }
    }
    Ok(())
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
