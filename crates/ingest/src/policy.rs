//! When a writer commits by itself.

use std::time::{Duration, Instant};

/// When a writer commits by itself: after so many documents, so many bytes of text, or so much
/// time, whichever comes first. Looked at whenever a document was written; no thread watches the
/// clock. Without any of them a writer commits when it is asked to.
///
/// ```
/// use std::time::Duration;
/// use mekong_ingest::CommitPolicy;
///
/// let policy = CommitPolicy::manual()
///     .documents(10_000)
///     .time(Duration::from_secs(60));
/// # let _ = policy;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommitPolicy {
    documents: Option<u64>,
    bytes: Option<u64>,
    time: Option<Duration>,
}

impl CommitPolicy {
    /// Commits when asked to, and only then.
    #[must_use]
    pub fn manual() -> Self {
        Self::default()
    }

    /// What an ingest does unless told: a commit every 30 seconds or 100,000 documents. So much
    /// is done again after a crash at most; more commits make more and smaller segments, which
    /// have to be merged.
    #[must_use]
    pub fn regular() -> Self {
        Self::manual()
            .documents(100_000)
            .time(Duration::from_secs(30))
    }

    /// Commits after so many documents.
    #[must_use]
    pub fn documents(mut self, documents: u64) -> Self {
        self.documents = Some(documents);
        self
    }

    /// Commits after documents with so many bytes of text.
    #[must_use]
    pub fn bytes(mut self, bytes: u64) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// Commits with the first document that is written so long after the first one since the
    /// last commit.
    #[must_use]
    pub fn time(mut self, time: Duration) -> Self {
        self.time = Some(time);
        self
    }
}

/// What was written since the last commit.
#[derive(Debug, Default)]
pub(crate) struct Uncommitted {
    documents: u64,
    bytes: u64,
    since: Option<Instant>,
}

impl Uncommitted {
    pub(crate) fn add(&mut self, bytes: usize) {
        self.documents += 1;
        self.bytes += bytes as u64;
        self.since.get_or_insert_with(Instant::now);
    }

    pub(crate) fn is_due(&self, policy: &CommitPolicy) -> bool {
        let since = self.since.map(|since| since.elapsed());
        policy
            .documents
            .is_some_and(|limit| self.documents >= limit)
            || policy.bytes.is_some_and(|limit| self.bytes >= limit)
            || policy
                .time
                .is_some_and(|limit| since.is_some_and(|since| since >= limit))
    }
}
