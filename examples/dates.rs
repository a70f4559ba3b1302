//! Reads date expressions from standard input, one a line:
//!
//! `echo "ตั้งแต่ 1 พ.ค. ถึง 15 มิ.ย. 2567" | cargo run --release --example dates`

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use anyhow::{Context, Result};
use clap::Parser;
use examples::unless_broken_pipe;
use mekong::dates::{Date, Reader, Reading, Zone};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Parser)]
#[command(about = "Reads date expressions from standard input, one a line")]
struct Options {
    /// The day that `yesterday` and dates without a year are told from [default: today in the zone].
    #[arg(long, value_name = "DATE")]
    reference: Option<Date>,
    /// Where a day is a day: an IANA name like Asia/Bangkok, UTC, or an offset like +07:00.
    #[arg(long, default_value_t = Zone::UTC)]
    zone: Zone,
    /// The language of the lines, as a BCP 47 tag, where it is known.
    #[arg(long, default_value = "und")]
    lang: String,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// A line that says more than its text.
#[derive(Deserialize)]
struct Line {
    text: String,
    lang: Option<String>,
    reference: Option<String>,
    zone: Option<String>,
}

fn main() -> Result<()> {
    unless_broken_pipe(run(&Options::parse()))
}

fn run(options: &Options) -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for (index, line) in stdin().lock().lines().enumerate() {
        let line = line?;
        let (text, reader) =
            reader(options, &line).with_context(|| format!("line {}", index + 1))?;
        let read = reader.read(&text);
        if options.json {
            let readings = read.map(|found| found.readings).unwrap_or_default();
            writeln!(out, "{}", object(&text, &readings))?;
            continue;
        }
        match read {
            Ok(expression) => {
                for reading in &expression.readings {
                    let (precision, confidence) = (reading.precision, reading.confidence);
                    writeln!(out, "{text}\t{reading}\t{precision}\t{confidence:.2}")?;
                }
            }
            Err(error) => writeln!(out, "{text}\t{error}")?,
        }
    }
    Ok(())
}

/// The text of a line and the reader for it: the line's own words come before the options.
fn reader(options: &Options, line: &str) -> Result<(String, Reader)> {
    let line = if line.trim_start().starts_with('{') {
        serde_json::from_str(line)?
    } else {
        Line {
            text: line.to_owned(),
            lang: None,
            reference: None,
            zone: None,
        }
    };
    let zone = match line.zone {
        Some(zone) => zone.parse()?,
        None => options.zone.clone(),
    };
    let reference = match (line.reference, options.reference) {
        (Some(reference), _) => reference.parse()?,
        (None, Some(reference)) => reference,
        (None, None) => Date::today_in(&zone),
    };
    let lang = line.lang.as_ref().unwrap_or(&options.lang);
    Ok((line.text, Reader::new(reference).zone(zone).language(lang)))
}

fn object(text: &str, readings: &[Reading]) -> Value {
    let Some((best, others)) = readings.split_first() else {
        return json!({
            "text": text, "start": null, "end": null, "precision": null, "era": null,
            "confidence": null,
        });
    };
    let mut object = fields(best);
    object["text"] = text.into();
    if !others.is_empty() {
        object["alternatives"] = others.iter().map(fields).collect();
    }
    object
}

fn fields(reading: &Reading) -> Value {
    json!({
        "start": reading.first.map(|date| date.to_string()),
        "end": reading.last.map(|date| date.to_string()),
        "precision": reading.precision.to_string(),
        "era": reading.era.to_string(),
        // As it was meant, without the noise of a wider number.
        "confidence": (f64::from(reading.confidence) * 100.0).round() / 100.0,
    })
}
