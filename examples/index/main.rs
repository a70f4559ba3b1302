//! Brings an archive into an index, and goes on where it was interrupted:
//!
//! `cargo run --release --example index -- --index archive news/ wiki.jsonl.zst`
//!
//! It may be ended at any time, with Ctrl-C too: the next run over the same paths goes on from its
//! last commit. Ends with 0 where all was read that can be, with notes about what cannot; with 2
//! and one line that says why where it cannot index.

mod options;

use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use examples::run_with;
use indicatif::{ProgressBar, ProgressStyle};
use mekong::{Index, Ingest, Progress, Reindex, Report};

use options::Options;

fn main() -> ExitCode {
    run_with(run)
}

fn run(options: &Options) -> Result<()> {
    let report = match &options.reindex {
        Some(old) => reindex(options, old)?,
        None => ingest(options)?,
    };
    tell(options, &report)
}

fn ingest(options: &Options) -> Result<Report> {
    let bar = Bar::of_bytes();
    let index = Index::open_or_create(&options.index)?;
    let mut writer = options.writer().open(&index)?;
    let mut ingest = Ingest::new()
        .read_options(options.read_options())
        .commit_policy(options.commit_policy())
        .resume(!options.restart)
        .progress(|progress| bar.show(progress));
    for path in &options.paths {
        ingest = ingest.path(path);
    }
    let report = ingest.run(&mut writer);
    bar.clear();
    let report = report?;
    writer.close()?;
    if index.document_count() == 0 {
        tell(options, &report)?;
        bail!("there is no document in these paths");
    }
    Ok(report)
}

fn reindex(options: &Options, old: &Path) -> Result<Report> {
    let bar = Bar::of_documents();
    let report = Reindex::new()
        .writer(options.writer())
        .progress(|done, all| bar.show_documents(done, all))
        .run(old, &options.index);
    bar.clear();
    Ok(report?)
}

fn tell(options: &Options, report: &Report) -> Result<()> {
    const SHOWN: usize = 10;
    for problem in report.problems.iter().take(SHOWN) {
        eprintln!("note: {problem}");
    }
    let more = report.problem_count().saturating_sub(SHOWN as u64);
    if more > 0 {
        eprintln!("note: {more} more; --report FILE tells which");
    }
    let as_json = |mut out: Box<dyn Write>| -> Result<()> {
        serde_json::to_writer_pretty(&mut out, report).map_err(io::Error::from)?;
        writeln!(out)?;
        Ok(())
    };
    match options.report.as_deref() {
        Some(path) if path.as_os_str() == "-" => return as_json(Box::new(io::stdout())),
        Some(path) => {
            let file = File::create(path).with_context(|| path.display().to_string())?;
            as_json(Box::new(file)).with_context(|| path.display().to_string())?;
        }
        None => {}
    }
    writeln!(io::stdout(), "{report}")?;
    Ok(())
}

/// A bar on standard error, if that is a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn of_bytes() -> Self {
        Self::new("{bar:30} {bytes} of {total_bytes}, {msg}, {elapsed} gone")
    }

    fn of_documents() -> Self {
        Self::new("{bar:30} {pos} of {len} documents, {elapsed} gone, {eta} left")
    }

    fn new(template: &str) -> Self {
        let bar = ProgressBar::new(0);
        // The templates are constants; without them the bar looks otherwise.
        let style = ProgressStyle::with_template(template);
        Self(style.map_or(bar.clone(), |style| bar.with_style(style)))
    }

    fn show(&self, progress: &Progress) -> ControlFlow<()> {
        if !self.0.is_hidden() {
            self.0.set_length(progress.total_bytes);
            self.0.set_position(progress.bytes);
            let remaining = progress.remaining().map(|left| left.as_secs());
            self.0.set_message(format!(
                "{} documents, {} problems, {:.1} MB/s, {} s left",
                progress.documents,
                progress.problems,
                progress.rate() / 1e6,
                remaining.map_or("?".to_owned(), |seconds| seconds.to_string()),
            ));
        }
        ControlFlow::Continue(())
    }

    fn show_documents(&self, done: u64, all: u64) {
        self.0.set_length(all);
        self.0.set_position(done);
    }

    fn clear(&self) {
        self.0.finish_and_clear();
    }
}
