//! Programs that show Mekong at work; each other file in this folder is one of them.

use std::io::ErrorKind;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

/// Runs a program on its options. Whatever keeps it from its work, an argument too, is one line on
/// standard error, and exit code 2.
pub fn run_with<O: Parser>(run: impl FnOnce(&O) -> Result<()>) -> ExitCode {
    let options = match O::try_parse() {
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

/// Takes it for success when whoever reads the output has had enough of it, as `head` does.
///
/// # Errors
///
/// Any other error.
pub fn unless_broken_pipe(result: Result<()>) -> Result<()> {
    match result {
        Err(error)
            if error
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// The first paragraph of clap's message, in one line; the others tell of usage.
fn one_line(message: &str) -> String {
    let first = message.split("\n\n").next().unwrap_or(message);
    let words: Vec<_> = first.split_whitespace().collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}
