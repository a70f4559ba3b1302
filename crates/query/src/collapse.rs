//! Copies of one article as one hit.
//!
//! The hits of a collapsed answer are those of the whole answer without each that has a copy
//! before it. So the best of a cluster stands for it, whatever the order, and where a page ends is
//! told by how much of the whole answer there is up to there.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::Error;
use crate::page::Page;
use crate::query::Sort;
use crate::run;
use crate::scan::{Deadline, is_at};
use crate::search::{Found, Search, Segment};

/// The clusters of the documents of a segment.
pub(crate) struct Clusters(Column<u64>);

impl Clusters {
    pub(crate) fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        reader.fast_fields().u64("cluster").map(Self)
    }

    pub(crate) fn get(&self, doc: DocId) -> Option<u64> {
        self.0.first(doc)
    }

    /// Calls `each` with the documents of a range, in their order, whose cluster is wanted.
    fn each(
        &self,
        docs: Range<DocId>,
        is_wanted: impl Fn(u64) -> bool,
        mut each: impl FnMut(DocId, u64),
    ) {
        for doc in docs {
            if let Some(cluster) = self.get(doc).filter(|&cluster| is_wanted(cluster)) {
                each(doc, cluster);
            }
        }
    }
}

/// Those of the documents of all segments.
struct AllClusters(Vec<Clusters>);

impl AllClusters {
    fn of(engine: &tantivy::Searcher) -> Result<Self, Error> {
        let segments = engine.segment_readers().iter();
        let all = segments.map(Clusters::of).collect::<Result<_, _>>();
        all.map(Self).map_err(Error::engine)
    }

    fn get(&self, address: DocAddress) -> Option<u64> {
        self.0
            .get(address.segment_ord as usize)?
            .get(address.doc_id)
    }
}

/// The cluster of a document of an index.
pub(crate) fn cluster(
    engine: &tantivy::Searcher,
    address: DocAddress,
) -> Result<Option<u64>, Error> {
    let reader = engine.segment_reader(address.segment_ord);
    let clusters = Clusters::of(reader).map_err(Error::engine)?;
    Ok(clusters.get(address.doc_id))
}

/// When a page needs more of the whole answer than was looked at, so many times as much.
const MORE: usize = 4;

/// The documents of a page without copies, each with the number of documents of the whole answer
/// up to there.
///
/// Whatever is before the page has to be found again: a copy of it is not shown.
pub(crate) fn page(
    search: &mut Search<'_>,
    sort: Sort,
    page: &Page,
    engine: &tantivy::Searcher,
    deadline: &mut Deadline,
) -> Result<Vec<(Found, usize)>, Error> {
    if page.limit == 0 {
        return Ok(Vec::new());
    }
    let clusters = AllClusters::of(engine)?;
    let before = page.after.map_or(0, |after| after.shown);
    let wanted = page.offset.saturating_add(page.limit);
    let mut limit = before.saturating_add(wanted).max(run::MAX_DOCUMENTS);
    loop {
        let whole = Page {
            after: None,
            offset: 0,
            limit,
        };
        let whole = search.page(sort, &whole, engine, deadline)?;
        let is_all = whole.len() < limit;
        let mut shown = HashSet::new();
        let mut firsts = Vec::new();
        for (number, found) in (1..).zip(whole) {
            let is_first = match clusters.get(found.address) {
                Some(cluster) => shown.insert(cluster),
                None => true,
            };
            if is_first && number > before {
                firsts.push((found, number));
            }
        }
        if is_all || firsts.len() >= wanted {
            firsts.drain(..page.offset.min(firsts.len()));
            firsts.truncate(page.limit);
            return Ok(firsts);
        }
        limit = limit.saturating_mul(MORE);
    }
}

/// How many copies of each document answer, too.
pub(crate) fn copies(
    search: &Search<'_>,
    found: &[Found],
    engine: &tantivy::Searcher,
    deadline: &mut Deadline,
) -> Result<Vec<u32>, Error> {
    let clusters = AllClusters::of(engine)?;
    let mut places = HashMap::new();
    for (place, found) in found.iter().enumerate() {
        if let Some(cluster) = clusters.get(found.address) {
            places.insert(cluster, place);
        }
    }
    let mut members = vec![0_u32; found.len()];
    for segment in &search.segments {
        let Some(clusters) = clusters.0.get(segment.ordinal as usize) else {
            continue;
        };
        for span in segment.dated.spans() {
            let mut docs = Vec::new();
            clusters.each(
                span.clone(),
                |cluster| places.contains_key(&cluster),
                |doc, cluster| {
                    if segment.filter.passes(doc) {
                        docs.push((doc, cluster));
                    }
                },
            );
            deadline.check()?;
            each_match(search, segment, &span, &docs, |cluster| {
                if let Some(&place) = places.get(&cluster) {
                    members[place] += 1;
                }
            })?;
        }
    }
    // One of them is the document itself.
    Ok(members.into_iter().map(|n| n.saturating_sub(1)).collect())
}

/// Calls `each` for those of some documents of a span, in their order, that match.
fn each_match(
    search: &Search<'_>,
    segment: &Segment<'_>,
    span: &Range<DocId>,
    docs: &[(DocId, u64)],
    mut each: impl FnMut(u64),
) -> Result<(), Error> {
    let Some(plan) = &search.plan else {
        docs.iter().for_each(|&(_, cluster)| each(cluster));
        return Ok(());
    };
    if docs.is_empty() {
        return Ok(());
    }
    search.span.set(span);
    let mut scorer = segment.scorer(plan, span)?;
    for &(doc, cluster) in docs {
        if is_at(&mut *scorer, doc) {
            each(cluster);
        }
    }
    Ok(())
}
