//! Shows what the analyzer makes of lines from standard input:
//!
//! `echo "Bộ trưởng กระทรวง" | cargo run --release --example analyze`

use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::ops::Range;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use examples::unless_broken_pipe;
use mekong::{Analyzer, Dictionaries, Language, Token, TokenKind, language};
use serde_json::json;

#[derive(Parser)]
#[command(about = "Shows what the analyzer of Mekong makes of lines from standard input")]
struct Options {
    /// What is printed for each line.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The language of the lines, instead of the one that is detected.
    #[arg(long)]
    lang: Option<Language>,
    /// The folder of a lindera dictionary: `ja=FOLDER`, `ko=FOLDER` or `zh=FOLDER`.
    #[arg(long, value_parser = dictionary)]
    dictionary: Vec<(Language, PathBuf)>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Each token with its kind, position and bytes.
    Table,
    /// The same as one JSON object a line.
    Json,
    /// The words as they stand in the text, as one JSON array a line.
    Words,
}

fn dictionary(argument: &str) -> Result<(Language, PathBuf), String> {
    let (tag, folder) = argument.split_once('=').ok_or("expected LANG=FOLDER")?;
    let language = tag
        .parse()
        .map_err(|error: mekong::IndexError| error.to_string())?;
    Ok((language, folder.into()))
}

fn main() -> Result<()> {
    unless_broken_pipe(run(Options::parse()))
}

fn run(options: Options) -> Result<()> {
    let mut dictionaries = Dictionaries::default();
    for (language, folder) in options.dictionary {
        dictionaries.insert(language, folder);
    }
    let analyzer = Analyzer::with_dictionaries(&dictionaries)?;
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let line = line?;
        let language = options.lang.or_else(|| language::detect(&line));
        match options.format {
            Format::Table => table(&mut out, &analyzer, &line, language)?,
            Format::Json => {
                let mut tokens = Vec::new();
                analyzer.analyze(&line, language, |token| tokens.push(object(&token)));
                let line = json!({"text": line, "lang": language, "tokens": tokens});
                writeln!(out, "{line}")?;
            }
            Format::Words => {
                let words: Vec<&str> = words(&analyzer, &line, language)
                    .into_iter()
                    .map(|range| &line[range])
                    .collect();
                writeln!(out, "{}", json!(words))?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn table(
    out: &mut impl Write,
    analyzer: &Analyzer,
    line: &str,
    language: Option<Language>,
) -> Result<()> {
    let code = language.map_or("undecided", Language::code);
    writeln!(
        out,
        "{line}\nlanguage: {code}\nkind       position  bytes        token"
    )?;
    let mut rows = Vec::new();
    analyzer.analyze(line, language, |token| {
        let (kind, Range { start, end }) = (kind(token.kind), token.range);
        let (position, bytes) = (token.position, format!("{start}..{end}"));
        rows.push(format!(
            "{kind:<10} {position:>8}  {bytes:<11}  {}",
            token.text
        ));
    });
    for row in rows {
        writeln!(out, "{row}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn object(token: &Token<'_>) -> serde_json::Value {
    json!({
        "token": token.text,
        "kind": token.kind,
        "position": token.position,
        "start": token.range.start,
        "end": token.range.end,
    })
}

fn kind(kind: TokenKind) -> String {
    format!("{kind:?}").to_lowercase()
}

/// The words of a line and what stands between them, so that together they spell the line but for
/// its blanks.
fn words(analyzer: &Analyzer, line: &str, language: Option<Language>) -> Vec<Range<usize>> {
    let mut words = Vec::<Range<usize>>::new();
    let mut end = 0;
    analyzer.analyze(line, language, |token| {
        if matches!(token.kind, TokenKind::Folded | TokenKind::Word) {
            words.extend(between(line, end..token.range.start));
            end = token.range.end;
            words.push(token.range);
        }
    });
    words.extend(between(line, end..line.len()));
    words
}

/// Each character of a gap that is not blank.
fn between(line: &str, gap: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let start = gap.start;
    line[gap]
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .map(move |(at, c)| start + at..start + at + c.len_utf8())
}
