//! The date of a document that comes without one.

use std::path::Path;
use std::time::UNIX_EPOCH;

use mekong_core::{DateSource, Document};
use mekong_dates::{Date, Evidence, Zone, publication_date};

/// How sure it is that a document was published on the day on which its file was last written. Not
/// measured: copying a file may change it.
const FILE_TIME_CONFIDENCE: f32 = 0.1;
/// Archives and images have times of 1970 and 1980 for files without one.
const FIRST_FILE_TIME: i16 = 1990;
const DAY: i64 = 86_400;

/// The day, in UTC, on which a file was last written, where it says so.
pub(super) fn file_time(path: &Path) -> Option<Date> {
    let written = path.metadata().ok()?.modified().ok()?;
    let seconds = written.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let day = Date::day_at(i64::try_from(seconds).ok()?, &Zone::UTC).ok()?;
    (day.first_day().0 >= FIRST_FILE_TIME && day <= Date::today()).then_some(day)
}

/// Gives a document without a date the one that its text tells, else that of its file. It was not
/// published after that, nor after today.
pub(super) fn resolve(document: &mut Document, file_time: Option<Date>) {
    if document.date.is_some() {
        return;
    }
    let last = file_time.unwrap_or_else(Date::today);
    // A day has begun elsewhere before it does in UTC.
    let until = Date::day_at(last.start() + DAY, &Zone::UTC).ok();
    let inferred = publication_date(&document.body, until).map(|published| {
        let source = match published.evidence {
            Evidence::Dateline => DateSource::Dateline,
            Evidence::Sentence => DateSource::Sentence,
            _ => DateSource::Resolved,
        };
        (published.date, source, published.confidence)
    });
    let of_file = || Some((file_time?, DateSource::FileTime, FILE_TIME_CONFIDENCE));
    if let Some((date, source, confidence)) = inferred.or_else(of_file) {
        document.date = Some(date);
        document.date_source = source;
        document.date_confidence = Some(confidence);
    }
}
