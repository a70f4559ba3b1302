//! Programs that show Mekong at work; each other file in this folder is one of them.

use std::io::ErrorKind;

use anyhow::Result;

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
#[must_use]
pub fn one_line(message: &str) -> String {
    let first = message.split("\n\n").next().unwrap_or(message);
    let words: Vec<_> = first.split_whitespace().collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}
