//! How the search example prints what it finds.

use std::io::{IsTerminal, Write, stdout};

use anyhow::Result;
use mekong::{
    Bucket, Document, Evidence, Explanation, FacetCounts, FacetValue, Highlights, Hit, Language,
    Snippet,
};
use serde_json::json;

/// A hit as one line of JSON.
pub(crate) fn object(
    rank: usize,
    hit: &Hit,
    highlights: &Highlights,
    explanation: Option<&Explanation>,
) -> serde_json::Value {
    let Document {
        date,
        date_source,
        date_confidence,
        language,
        language_confidence,
        title_language,
        source,
        url,
        meta,
        ..
    } = &hit.document;
    let snippet = snippet(highlights);
    let ranges = |of: &Snippet| -> Vec<_> {
        let ranges = of.highlights.iter();
        ranges.map(|range| [range.start, range.end]).collect()
    };
    let mut object = json!({
        "rank": rank,
        "score": hit.score,
        "id": hit.id(),
        "date": date,
        "date_source": date.map(|_| date_source),
        "date_confidence": date.map(|_| rounded(*date_confidence)),
        "lang": language,
        "lang_confidence": language.map(|_| rounded(*language_confidence)),
        "title_lang": title_language.map(|title| title.language),
        "title": hit.title(),
        "title_highlights": ranges(&highlights.title),
        "snippet": snippet.text,
        "highlights": ranges(snippet),
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

/// A confidence in thousandths; what is not doubted is sure.
fn rounded(confidence: Option<f32>) -> f64 {
    (f64::from(confidence.unwrap_or(1.0)) * 1000.0).round() / 1000.0
}

/// A hit in three lines: what it is, its title, and the part that shows best how it matches.
pub(crate) fn hit(
    out: &mut impl Write,
    rank: usize,
    hit: &Hit,
    highlights: &Highlights,
) -> Result<()> {
    let snippet = snippet(highlights);
    let document = &hit.document;
    let date = match document.date {
        Some(date) if !document.date_source.is_stated() => {
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
        marked(&highlights.title),
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

/// A hit as a part of a web page.
pub(crate) fn html(out: &mut impl Write, hit: &Hit, highlights: &Highlights) -> Result<()> {
    writeln!(out, "<article>")?;
    writeln!(out, "<h2>{}</h2>", highlights.title.html())?;
    if let Some(date) = hit.date() {
        writeln!(out, "<time>{date}</time>")?;
    }
    for passage in &highlights.passages {
        writeln!(out, "<p>{}</p>", passage.html())?;
    }
    writeln!(out, "</article>")?;
    Ok(())
}

/// The part of the body that is shown in a list of hits.
fn snippet(highlights: &Highlights) -> &Snippet {
    highlights.passages.first().unwrap_or(&highlights.title)
}

/// The counts of a facet: comes after the hits, and has no rank.
pub(crate) fn facet_object(counts: &FacetCounts) -> serde_json::Value {
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

pub(crate) fn facet(out: &mut impl Write, counts: &FacetCounts) -> Result<()> {
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
