//! What files say about their documents, as far as it can be believed.

use std::path::Path;

use mekong_core::{DateSource, Document, Language, language};

use crate::Error;

/// Dates the document by the first of these texts that is a date. Where there are texts and none
/// of them is one, the error tells the first.
pub(super) fn date<'t>(
    document: &mut Document,
    texts: impl IntoIterator<Item = &'t str>,
    path: &Path,
) -> Option<Error> {
    let mut failed = None;
    for text in texts {
        let text = text.trim();
        match text.parse() {
            Ok(date) => {
                *document = std::mem::take(document).date_from(date, DateSource::Metadata);
                return None;
            }
            Err(error) => {
                failed.get_or_insert_with(|| {
                    let text: String = text.chars().take(40).collect();
                    let reason = format!("the date is none: `{text}`");
                    Error::invalid(path, reason).caused_by(error)
                });
            }
        }
    }
    failed
}

/// A longer text tells its language by itself; detection, which the writer does anyway, asks for
/// two dozen letters.
const TELLING_BYTES: usize = 1024;

/// Takes the language that a file claims where the text does not tell one by itself: what a page
/// or a feed says is often that of its template.
pub(super) fn language(document: &mut Document, claimed: Option<&str>) {
    let Some(claimed) = claimed.and_then(|tag| tag.trim().parse::<Language>().ok()) else {
        return;
    };
    if document.body.len() > TELLING_BYTES {
        return;
    }
    let title = document.title.as_deref().unwrap_or_default();
    let is_told = language::detect(&document.body).is_some()
        || language::detect(&format!("{title}\n{}", document.body)).is_some();
    if !is_told {
        document.language = Some(claimed);
    }
}

/// Whether a text can be an address that a reader can follow.
pub(super) fn is_url(text: &str) -> bool {
    let text = text.as_bytes();
    let starts = |prefix: &[u8]| {
        let start = text.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    starts(b"http://") || starts(b"https://")
}

/// Whether a text can be the id of a document.
#[cfg(any(feature = "feeds", feature = "warc"))]
pub(super) fn is_id(text: &str) -> bool {
    (1..=Document::MAX_ID_BYTES).contains(&text.len())
}
