//! Eight threads and a second process search an index while it is written to. No search fails, and
//! each one sees one commit, whole: with inserts only the number of documents never falls, with
//! upserts and deletions each document is there once.
//!
//! `MEKONG_READERS_SECONDS` says for how long; from a minute on memory must stay flat.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use mekong_core::{Document, Filter, Index, Reload};
use mekong_dates::Date;
use mekong_ingest::Writer;
use mekong_query::{Count, Facet, Query, Searcher, Sort};

const READERS: usize = 8;
/// Threads of the second process.
const OTHERS: usize = 3;
const SECONDS: u64 = 5;
/// Documents of a batch, which are written and deleted in one commit.
const BATCH: usize = 10;
/// No more batches than these, so that all documents can be looked at often.
const BATCHES: usize = 1000;

/// The folder of the index, for the second process.
const FOLDER: &str = "MEKONG_READERS_FOLDER";

/// How far the writer is: how often it has gone through all batches, and the batch it wrote last.
/// Later states are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    version: u64,
    batch: usize,
}

impl State {
    fn of(document: &Document) -> Self {
        Self {
            version: document.meta["version"].as_u64().unwrap(),
            batch: document.meta["batch"].as_str().unwrap().parse().unwrap(),
        }
    }

    /// The one after it, where there are so many batches.
    fn next(self, batches: usize) -> Self {
        match self.batch + 1 {
            batch if batch < batches => Self { batch, ..self },
            _ => Self {
                version: self.version + 1,
                batch: 0,
            },
        }
    }

    fn ids(self) -> impl Iterator<Item = String> {
        (self.batch * BATCH..(self.batch + 1) * BATCH).map(|n| format!("d{n}"))
    }

    fn write(self, writer: &mut Writer) {
        let Self { version, batch } = self;
        for (n, id) in self.ids().enumerate() {
            let date = (batch * 7 + n) as i64 % 300 + version as i64;
            let body =
                format!("b{batch}x v{version}x n{n}x Bộ trưởng Ngoại giao กระทรวงการต่างประเทศ");
            let document = Document::new(id)
                .body(body)
                .date(Date::from_unix_seconds(date * 86_400).unwrap())
                .source(format!("S{}", n % 3))
                .meta("batch", batch.to_string())
                .meta("version", version);
            writer.upsert(document).unwrap();
        }
    }

    fn delete(self, writer: &mut Writer) {
        if self.batch.is_multiple_of(2) {
            self.ids().for_each(|id| writer.delete(&id));
        } else {
            let filter = Filter::key("batch").is(self.batch.to_string());
            writer.delete_matching(&[filter]).unwrap();
        }
    }
}

/// Looks at all documents of one commit, through a searcher that stays with it. Gives how far the
/// writer was, and the number of documents.
fn look_at_all(searcher: &Searcher) -> (State, usize) {
    let query = Query::text("")
        .sort(Sort::Newest)
        .limit(700)
        .count(Count::Exact)
        .facet(Facet::source());
    let mut found = BTreeMap::new();
    let (mut after, mut total, mut last) = (None, 0, None);
    loop {
        let page = match after {
            Some(cursor) => query.clone().after(cursor),
            None => query.clone(),
        };
        let results = searcher.search(&page).unwrap();
        total = total.max(results.total.unwrap().number());
        let facet = results.facets[0].buckets.iter().map(|bucket| bucket.count);
        assert_eq!(facet.sum::<u64>(), total);
        for hit in &results.hits {
            let date = hit.date();
            assert!(
                last.is_none_or(|last| last >= date),
                "{} is newer",
                hit.id()
            );
            last = Some(date);
            let state = State::of(&hit.document);
            let twice = found.insert(hit.id().to_owned(), state);
            assert!(twice.is_none(), "{} is there twice", hit.id());
        }
        after = results.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found.len() as u64, total);

    // Batches are whole, and no more than one is missing.
    let newest = found.values().max().copied().unwrap_or_default();
    let mut batches = BTreeMap::new();
    for state in found.values() {
        *batches.entry(state.batch).or_insert(0) += 1;
    }
    let is_whole = |(batch, &count): (&usize, &usize)| {
        let state = found[&format!("d{}", batch * BATCH)];
        count == BATCH && state.ids().all(|id| found.get(&id) == Some(&state))
    };
    assert!(batches.iter().all(is_whole), "{batches:?}");
    let end = batches.keys().max().map_or(0, |last| last + 1);
    // The last one may be the one that is missing.
    assert!(batches.len() + 1 >= end, "{batches:?}");
    assert!(newest.version > 0 || batches.len() == end, "{batches:?}");

    // They are of one time: each one is of the same round as the newest, or of the round before.
    for state in found.values() {
        let is_written = state.batch <= newest.batch;
        assert_eq!(state.version + u64::from(!is_written), newest.version);
    }
    (newest, found.len())
}

/// Searches for one batch, in whatever commit there is.
fn look_at_batch(searcher: &Searcher, batch: usize) {
    let query = Query::text(format!("+b{batch}x bo truong"))
        .limit(2 * BATCH)
        .count(Count::Exact)
        .facet(Facet::key("batch"))
        .facet(Facet::source());
    let results = searcher.search(&query).unwrap();
    let number = results.hits.len();
    assert!(number == 0 || number == BATCH, "{number} of batch {batch}");
    assert_eq!(results.total.unwrap().number(), number as u64);
    for facet in &results.facets {
        let counts = facet.buckets.iter().map(|bucket| bucket.count);
        assert_eq!(counts.sum::<u64>(), number as u64);
    }
    let Some(first) = results.hits.first() else {
        return;
    };
    let version = State::of(&first.document).version;
    let highlighter = searcher.highlighter(&query).unwrap();
    for hit in &results.hits {
        assert_eq!(State::of(&hit.document), State { version, batch });
        let snippet = highlighter.snippet(&hit.document.body);
        let marked = |range| snippet.text.get(range) == Some("Bộ trưởng");
        assert!(
            snippet.highlights.iter().cloned().any(marked),
            "{snippet:?}"
        );
    }
}

/// What the readers of a process have seen.
#[derive(Default)]
struct Seen {
    searches: AtomicUsize,
    states: AtomicUsize,
}

/// How a reader comes by commits.
#[derive(Clone, Copy)]
enum Kind {
    /// As they are made.
    Following,
    /// When it asks for them, in between it sees the same.
    Asking,
    /// By opening the index each time.
    Opening,
}

impl Kind {
    fn of(reader: usize) -> Self {
        match reader {
            0 => Self::Asking,
            1 => Self::Opening,
            _ => Self::Following,
        }
    }
}

fn read(kind: Kind, index: &Index, seen: &Seen, stop: &AtomicBool) {
    let folder = index.path().unwrap();
    let mut index = index.clone();
    if let Kind::Asking = kind {
        index = Index::open(folder).unwrap();
        index.set_reload(Reload::Manual).unwrap();
    }
    let mut before = (State::default(), 0);
    for round in 0.. {
        let begun = Instant::now();
        match kind {
            Kind::Following => {}
            Kind::Asking => index.reload().unwrap(),
            Kind::Opening => index = Index::open(folder).unwrap(),
        }
        let searcher = Searcher::new(&index);
        let view = match kind {
            Kind::Asking => searcher.clone(),
            Kind::Following | Kind::Opening => searcher.snapshot(),
        };
        let now = look_at_all(&view);
        assert!(now.0 >= before.0, "{now:?} after {before:?}");
        if now.0.version == 0 {
            assert!(now.1 >= before.1, "{now:?} after {before:?}");
        }
        if now.0 > before.0 {
            seen.states.fetch_add(1, SeqCst);
        }
        before = now;
        let batches = now.1.div_ceil(BATCH);
        for n in 0..5 {
            look_at_batch(&searcher, (now.0.batch + n * round) % (batches + 2));
            look_at_batch(&view, now.0.batch);
        }
        let id = now.0.ids().next().unwrap();
        if now.1 > 0 {
            assert_eq!(State::of(&view.get(&id).unwrap().unwrap()), now.0);
        }
        view.complete("bo tru", 5).unwrap();
        seen.searches.fetch_add(1 + 10, SeqCst);
        if stop.load(SeqCst) {
            break;
        }
        // A machine may have few processors, and the writer is to come to something.
        thread::sleep(begun.elapsed() * 2);
    }
}

/// Tells readers to stop, also where a test fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// The memory that a process has taken for itself, in kB, over time. Files that are mapped are not
/// of it.
struct Memory {
    begun: Instant,
    samples: Vec<(Duration, u64)>,
}

impl Memory {
    fn new() -> Self {
        Self {
            begun: Instant::now(),
            samples: Vec::new(),
        }
    }

    fn sample(&mut self) {
        let now = self.begun.elapsed();
        let is_due = |last: &(Duration, _)| now - last.0 > Duration::from_millis(100);
        if self.samples.last().is_none_or(is_due)
            && let Some(memory) = memory()
        {
            self.samples.push((now, memory));
        }
    }

    /// What is taken in the end is about what was taken in the beginning.
    fn check(&self, who: &str) {
        let Some((end, _)) = self.samples.last() else {
            return;
        };
        let mean = |third: u32| {
            let of = |at: &Duration| *at >= *end / 3 * third && *at <= *end / 3 * (third + 1);
            let samples = self.samples.iter().filter(|(at, _)| of(at));
            let samples: Vec<_> = samples.map(|(_, memory)| memory).collect();
            samples.iter().copied().sum::<u64>() / samples.len().max(1) as u64 / 1000
        };
        let (first, last) = (mean(0), mean(2));
        println!("{who}: {first} MB in the first third, {last} MB in the last");
        if *end >= Duration::from_secs(60) {
            assert!(last <= first * 3 / 2 + 50, "{who} takes more and more");
        }
    }
}

/// Linux tells it.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The second process: it reads until it is told what the last commit is, and then until it has
/// seen that.
fn read_in_second_process(folder: &Path) {
    let index = Index::open(folder).unwrap();
    let (seen, stop) = (Seen::default(), AtomicBool::new(false));
    let told = Mutex::new(None);
    let mut memory = Memory::new();
    thread::scope(|scope| {
        let _stop = Stop(&stop);
        let readers: Vec<_> = (0..OTHERS)
            .map(|n| {
                let (index, seen, stop) = (&index, &seen, &stop);
                scope.spawn(move || read(Kind::of(n), index, seen, stop))
            })
            .collect();
        scope.spawn(|| {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).unwrap();
            *told.lock().unwrap() = Some((text, Instant::now()));
        });
        loop {
            assert!(!readers.iter().any(|reader| reader.is_finished()));
            memory.sample();
            thread::sleep(Duration::from_millis(20));
            if let Some((text, since)) = &*told.lock().unwrap() {
                let searcher = Searcher::new(&index).snapshot();
                let (state, _) = look_at_all(&searcher);
                if format!("{state:?}") == *text {
                    break;
                }
                let is_late = since.elapsed() > Duration::from_secs(30);
                assert!(!is_late, "{state:?} after {:?}", since.elapsed());
            }
        }
    });
    // The test harness has begun a line.
    println!();
    memory.check("the other process");
    println!("searches {}", seen.searches.load(SeqCst));
    println!("states {}", seen.states.load(SeqCst));
}

/// Is killed when it goes out of scope, so that it is not left behind.
struct Other(Child);

impl Other {
    fn start(folder: &Path) -> Self {
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "every_search_sees_one_commit", "--nocapture"])
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        Self(child.unwrap())
    }

    /// Waits until it has seen this state. Gives the number of its searches and of the states that
    /// these saw.
    fn finish(mut self, state: State) -> (usize, usize) {
        let mut input = self.0.stdin.take().unwrap();
        write!(input, "{state:?}").unwrap();
        drop(input);
        let (mut searches, mut states) = (0, 0);
        for line in BufReader::new(self.0.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            match line.split_once(' ') {
                Some(("searches", number)) => searches = number.parse().unwrap(),
                Some(("states", number)) => states = number.parse().unwrap(),
                _ if line.contains(" MB ") => println!("{line}"),
                _ => {}
            }
        }
        assert!(self.0.wait().unwrap().success());
        (searches, states)
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn every_search_sees_one_commit() {
    if let Some(folder) = env::var_os(FOLDER) {
        return read_in_second_process(Path::new(&folder));
    }
    let seconds = env::var("MEKONG_READERS_SECONDS");
    let seconds = seconds.map_or(SECONDS, |seconds| seconds.parse().unwrap());
    let share = Duration::from_secs(seconds) / 3;
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let other = Other::start(folder.path());
    let (seen, stop) = (Seen::default(), AtomicBool::new(false));
    let mut memory = Memory::new();
    let mut commits = [0; 3];
    let mut state = State::default();
    let mut batches = 0;
    let begun = Instant::now();
    thread::scope(|scope| {
        let _stop = Stop(&stop);
        let readers: Vec<_> = (0..READERS)
            .map(|n| {
                let (index, seen, stop) = (&index, &seen, &stop);
                scope.spawn(move || read(Kind::of(n), index, seen, stop))
            })
            .collect();
        let mut commit = |writer: &mut Writer| {
            assert!(!readers.iter().any(|reader| reader.is_finished()));
            writer.commit().unwrap();
            memory.sample();
        };
        // Inserts. There are batches to upsert and to delete afterwards.
        let end = begun + share;
        while batches < 3 || (Instant::now() < end && batches < BATCHES) {
            state = State {
                version: 0,
                batch: batches,
            };
            state.write(&mut writer);
            commit(&mut writer);
            batches += 1;
            commits[0] += 1;
        }
        // Upserts.
        let end = Instant::now() + share;
        while Instant::now() < end || commits[1] < 3 {
            state = state.next(batches);
            state.write(&mut writer);
            commit(&mut writer);
            commits[1] += 1;
        }
        // Deletions: one batch goes, the one before comes back.
        let end = Instant::now() + share;
        while Instant::now() < end || commits[2] < 3 {
            if commits[2] > 0 {
                state = state.next(batches);
                state.write(&mut writer);
            }
            state.next(batches).delete(&mut writer);
            commit(&mut writer);
            commits[2] += 1;
        }
    });
    writer.close().unwrap();
    assert_eq!(look_at_all(&Searcher::new(&index).snapshot()).0, state);
    let took = begun.elapsed();
    memory.check("this process");
    let (searches, states) = other.finish(state);
    index.verify().unwrap();

    let [inserts, upserts, deletions] = commits;
    println!(
        "{took:.1?}: {inserts} commits of inserts, {upserts} of upserts, {deletions} of deletions; \
         {} searches saw {} states here, {searches} saw {states} there",
        seen.searches.load(SeqCst),
        seen.states.load(SeqCst),
    );
    assert!(seen.states.load(SeqCst) > 1 && states > 1);
}
