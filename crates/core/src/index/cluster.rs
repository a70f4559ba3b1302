//! Which documents are copies of one article: with another headline, a paragraph more or less, a
//! few words changed. They are one cluster.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{
    DocAddress, DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED,
};

use super::encoded::Encoded;
use super::{Fields, Moment};
use crate::sketch::{KEYS, Sketch, Sketched};

pub(super) const CLUSTER: &str = "cluster";
pub(super) const SKETCH: &str = "sketch";

/// A document that resembles another one of its day so much is a copy of it. A copy of an article
/// with a tenth of its words changed, or a third of its text cut, still is; articles on one event by
/// different authors have less than 0.2 in common.
const MIN_RESEMBLANCE: f32 = 0.55;
/// What is written day by day or week by week in the same words is no copy: each day since the
/// first article of the cluster asks for so much more,
const PER_DAY: f32 = 0.06;
/// up to this.
const MIN_FAR_RESEMBLANCE: f32 = 0.85;
/// So many documents are compared for each key, in each place where there are any: the newest
/// ones. What more documents have in common is a phrase of their source.
const MAX_COMPARED: usize = 64;

/// A cluster: its number and, if it has a date, the day of its first document. Kept as one number,
/// the day in the lower bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cluster(u64);

impl Cluster {
    const DAY_BITS: u32 = 24;
    const DAYS: u64 = 1 << Self::DAY_BITS;

    fn new(number: u64, day: Option<u64>) -> Self {
        Self(number << Self::DAY_BITS | day.unwrap_or(0))
    }

    fn number(self) -> u64 {
        self.0 >> Self::DAY_BITS
    }

    fn day(self) -> Option<u64> {
        Some(self.0 % Self::DAYS).filter(|&day| day > 0)
    }

    /// What a document of this day must resemble one of the cluster to belong to it.
    fn least(self, day: Option<u64>) -> f32 {
        let days = match (self.day(), day) {
            (Some(a), Some(b)) => a.abs_diff(b),
            _ => 0,
        };
        (MIN_RESEMBLANCE + PER_DAY * days as f32).min(MIN_FAR_RESEMBLANCE)
    }
}

/// The number of the cluster of a document.
pub(crate) fn cluster_of(searcher: &Searcher, address: DocAddress) -> tantivy::Result<Option<u64>> {
    let segment = searcher.segment_reader(address.segment_ord);
    let clusters = segment.fast_fields().u64(CLUSTER)?;
    let cluster = clusters.first(address.doc_id).map(Cluster);
    Ok(cluster.map(Cluster::number))
}

/// The number of a day: 1 for the first one of the year 1.
fn day(moment: Moment) -> u64 {
    const SECONDS: i64 = 24 * 60 * 60;
    const FIRST: i64 = -719_162;
    let day = moment.seconds.div_euclid(SECONDS) - FIRST + 1;
    day.clamp(1, Cluster::DAYS as i64 - 1) as u64
}

/// Finds the cluster of each document that is written.
///
/// A document belongs with the one that it resembles most, of those of the last commit and of
/// those that were written since; where it resembles none, it is the first of a new cluster.
pub(super) struct Clusters {
    fields: Fields,
    /// The next cluster that is new.
    next: u64,
    committed: Vec<Committed>,
    recent: Recent,
    /// Those before the recent ones.
    earlier: Recent,
    /// So many recent documents are remembered at most, and as many earlier ones.
    capacity: usize,
}

/// What is asked of one segment.
struct Committed {
    reader: SegmentReader,
    keys: Arc<InvertedIndexReader>,
    sketches: Column<u64>,
    clusters: Column<u64>,
}

/// Documents that are not committed.
#[derive(Default)]
struct Recent {
    documents: Vec<Written>,
    /// The last document with this key.
    last: HashMap<u32, u32>,
}

struct Written {
    sketch: Sketch,
    cluster: Cluster,
    /// For each of its keys the document before with the same one.
    before: [Option<u32>; KEYS],
}

/// About as many bytes each document takes while it is remembered.
const BYTES_PER_DOCUMENT: usize = 300;

impl Clusters {
    /// `memory` is how many bytes may go to documents that are not committed.
    pub(super) fn new(fields: Fields, searcher: &Searcher, memory: usize) -> tantivy::Result<Self> {
        let mut clusters = Self {
            fields,
            next: 0,
            committed: Vec::new(),
            recent: Recent::default(),
            earlier: Recent::default(),
            capacity: memory / 2 / BYTES_PER_DOCUMENT,
        };
        clusters.see(searcher)?;
        for segment in &clusters.committed {
            // Without values there is no largest one.
            if segment.clusters.values.num_vals() > 0 {
                let last = Cluster(segment.clusters.max_value());
                clusters.next = clusters.next.max(last.number() + 1);
            }
        }
        Ok(clusters)
    }

    /// After a commit: what was written is looked for in segments from now on.
    pub(super) fn see(&mut self, searcher: &Searcher) -> tantivy::Result<()> {
        let segments = searcher.segment_readers().iter();
        self.committed = segments
            .map(|reader| Committed::new(reader, &self.fields))
            .collect::<tantivy::Result<_>>()?;
        self.forget();
        Ok(())
    }

    /// Forgets what was not committed.
    pub(super) fn forget(&mut self) {
        self.recent = Recent::default();
        self.earlier = Recent::default();
    }

    /// Adds to a document its cluster, and what documents like it are found by.
    pub(super) fn add_to(&mut self, document: &mut Encoded) -> tantivy::Result<()> {
        let day = document.moment.map(day);
        let sketched = document.sketched;
        let found = match &sketched {
            Some(sketched) => self.find(sketched, day)?,
            None => None,
        };
        let cluster = found.unwrap_or_else(|| {
            self.next += 1;
            Cluster::new(self.next - 1, day)
        });
        document.add(self.fields.cluster, cluster.0);
        let Some(sketched) = sketched else {
            return Ok(());
        };
        for word in sketched.sketch.0 {
            document.add(self.fields.sketch, word);
        }
        for key in sketched.keys.into_iter().flatten() {
            document.add(self.fields.keys, key.to_be_bytes().as_slice());
        }
        if self.recent.documents.len() >= self.capacity {
            self.earlier = std::mem::take(&mut self.recent);
        }
        self.recent.add(&sketched, cluster);
        Ok(())
    }

    /// The cluster of the document that resembles this one most, if one does enough.
    fn find(&self, sketched: &Sketched, day: Option<u64>) -> tantivy::Result<Option<Cluster>> {
        let mut best = Best {
            sketch: sketched.sketch,
            day,
            resemblance: 0.0,
            cluster: None,
        };
        self.recent.compare(sketched, &mut best);
        self.earlier.compare(sketched, &mut best);
        for segment in &self.committed {
            segment.compare(&self.fields, sketched, &mut best)?;
        }
        Ok(best.cluster)
    }
}

/// The best of the documents that one was compared with.
struct Best {
    sketch: Sketch,
    day: Option<u64>,
    resemblance: f32,
    cluster: Option<Cluster>,
}

impl Best {
    fn compare(&mut self, sketch: &Sketch, cluster: Cluster) {
        let resemblance = self.sketch.resemblance(sketch);
        // Of equals the earliest cluster, so that it matters not where they are found.
        let is_better = resemblance > self.resemblance
            || resemblance == self.resemblance && self.cluster.is_some_and(|best| cluster < best);
        if is_better && resemblance >= cluster.least(self.day) {
            self.resemblance = resemblance;
            self.cluster = Some(cluster);
        }
    }
}

impl Recent {
    fn add(&mut self, sketched: &Sketched, cluster: Cluster) {
        let at = self.documents.len() as u32;
        let before = sketched.keys.map(|key| self.last.insert(key?, at));
        self.documents.push(Written {
            sketch: sketched.sketch,
            cluster,
            before,
        });
    }

    fn compare(&self, sketched: &Sketched, best: &mut Best) {
        for (slot, key) in sketched.keys.iter().enumerate() {
            let mut at = key.as_ref().and_then(|key| self.last.get(key)).copied();
            for _ in 0..MAX_COMPARED {
                let Some(document) = at.and_then(|at| self.documents.get(at as usize)) else {
                    break;
                };
                best.compare(&document.sketch, document.cluster);
                at = document.before[slot];
            }
        }
    }
}

impl Committed {
    fn new(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            reader: reader.clone(),
            keys: reader.inverted_index(fields.keys)?,
            sketches: columns.u64(SKETCH)?,
            clusters: columns.u64(CLUSTER)?,
        })
    }

    fn compare(&self, fields: &Fields, of: &Sketched, best: &mut Best) -> tantivy::Result<()> {
        for key in of.keys.into_iter().flatten() {
            let term = Term::from_field_bytes(fields.keys, &key.to_be_bytes());
            let postings = self.keys.read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else {
                continue;
            };
            let mut compared = 0;
            while postings.doc() != TERMINATED && compared < MAX_COMPARED {
                let doc = postings.doc();
                if !self.reader.is_deleted(doc) {
                    compared += 1;
                    if let (Some(sketch), Some(cluster)) =
                        (self.sketch(doc), self.clusters.first(doc))
                    {
                        best.compare(&sketch, Cluster(cluster));
                    }
                }
                postings.advance();
            }
        }
        Ok(())
    }

    fn sketch(&self, doc: DocId) -> Option<Sketch> {
        let mut words = self.sketches.values_for_doc(doc);
        let mut sketch = Sketch([0; Sketch::WORDS]);
        for word in &mut sketch.0 {
            *word = words.next()?;
        }
        Some(sketch)
    }
}
