//! How far an ingest has come.

use std::time::Duration;

/// How far an ingest has come; see [`Ingest::progress`](crate::Ingest::progress).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Documents that were written by this run.
    pub documents: u64,
    /// Files, records and fields that could not be used.
    pub problems: u64,
    /// Bytes of the files that were read, as they are on the disk, compressed or not; with those
    /// that an earlier run has read.
    pub bytes: u64,
    /// Bytes of all files, as they were when the run began.
    pub total_bytes: u64,
    /// Bytes that an earlier run has read, and this one passed over.
    pub passed_over: u64,
    /// Time since the run began.
    pub elapsed: Duration,
}

impl Progress {
    /// Bytes of the files that this run reads in a second, on average.
    #[must_use]
    pub fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        let bytes = self.bytes.saturating_sub(self.passed_over);
        if seconds > 0.0 {
            bytes as f64 / seconds
        } else {
            0.0
        }
    }

    /// About how long the rest will take; `None` while nothing is known of that.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        let rest = self.total_bytes.saturating_sub(self.bytes) as f64;
        let seconds = rest / self.rate();
        Duration::try_from_secs_f64(seconds).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_costs_no_time() {
        let progress = Progress {
            bytes: 600,
            total_bytes: 1000,
            passed_over: 500,
            elapsed: Duration::from_secs(2),
            ..Progress::default()
        };
        assert_eq!(progress.rate(), 50.0);
        assert_eq!(progress.remaining(), Some(Duration::from_secs(8)));
        assert_eq!(Progress::default().remaining(), None);
    }
}
