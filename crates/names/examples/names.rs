//! Finds names across scripts in a list of names, and writes a TREC run.
//!
//! `cargo run --release -p mekong-names --example names -- --docs docs.jsonl --topics topics.jsonl --run OUT`
//! (`id` and `body`, `id` and `query`; `--depth N`, 10 if absent). Without the files it says so and ends.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::time::Instant;

use mekong_names::{Name, Query, Scorer, Script, Skeleton};
use serde_json::Value;

/// Candidates of a query at most.
const CANDIDATES: usize = 1500;
/// Words for kinds of places, which neighbours translate or leave out.
const KINDS: [&str; 13] = [
    "archipelago",
    "atoll",
    "city",
    "county",
    "district",
    "island",
    "islands",
    "isle",
    "of",
    "province",
    "station",
    "town",
    "ភូមិ",
];
/// Nats a letter that a name may cost.
const LIMIT: f32 = 3.0;
/// What each further name of one script is put back by.
const NEXT: f32 = 0.25;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut options: HashMap<String, String> = HashMap::new();
    let mut arguments = std::env::args().skip(1);
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        options.insert(name, value);
    }
    let (Some(docs), Some(topics)) = (options.get("--docs"), options.get("--topics")) else {
        println!("nothing measured: --docs FILE and --topics FILE are needed");
        return Ok(());
    };
    for path in [docs, topics] {
        if !Path::new(path).exists() {
            println!("nothing measured: there is no {path}");
            return Ok(());
        }
    }
    let depth = options
        .get("--depth")
        .map_or(Ok(10), |depth| depth.parse::<usize>())?;
    let is_verbose = options.contains_key("--show");

    let index = Index::new(&read(docs, "body")?);
    let scorer = Scorer::builtin();
    let mut run = String::new();
    let mut micros = Vec::new();
    let mut candidates = 0;
    let mut lookup = 0;
    for (id, text) in read(topics, "query")? {
        let start = Instant::now();
        let (hits, count, looked_up) = index.search(scorer, &text, depth);
        micros.push(start.elapsed().as_micros());
        lookup += looked_up;
        candidates += count;
        for (rank, (document, cost)) in hits.iter().enumerate() {
            let (document_id, body) = &index.documents[*document];
            run.push_str(&format!(
                "{id} Q0 {document_id} {} {:.3} names\n",
                rank + 1,
                -cost
            ));
            if is_verbose {
                println!("{id}\t{text}\t{document_id}\t{body}\t{cost:.2}");
            }
        }
    }
    if let Some(out) = options.get("--run") {
        fs::write(out, run)?;
    }
    micros.sort_unstable();
    let at = |share: f64| micros[((micros.len() - 1) as f64 * share) as usize];
    println!(
        "{}",
        serde_json::json!({
            "docs": index.documents.len(), "queries": micros.len(), "keys": index.keys.len(),
            "candidates_per_query": candidates / micros.len(),
            "lookup_mean_us": lookup / micros.len() as u128,
            "mean_us": micros.iter().sum::<u128>() / micros.len() as u128,
            "p50_us": at(0.5), "p99_us": at(0.99), "max_us": at(1.0),
        })
    );
    Ok(())
}

/// Ids and texts of a JSON Lines file.
fn read(path: &str, field: &str) -> Result<Vec<(String, String)>, Box<dyn std::error::Error>> {
    let mut rows = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = |field: &str| {
            row[field]
                .as_str()
                .map(str::to_owned)
                .ok_or(format!("{path}: no {field}"))
        };
        rows.push((text("id")?.replace(' ', "_"), text(field)?));
    }
    Ok(rows)
}

/// A name, and the same without what it is of, which is often left out: Chagos Archipelago, Isle of Man.
fn readings(text: &str) -> Vec<Name> {
    let is_kind = |word: &&str| KINDS.contains(&word.to_lowercase().as_str());
    let bare: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !is_kind(word))
        .collect();
    let bare = bare.join(" ");
    let other = Name::new(&bare).filter(|_| bare != text);
    Name::new(text).into_iter().chain(other).collect()
}

/// Names by their skeletons.
struct Index {
    documents: Vec<(String, String)>,
    /// Names, and which documents they are of.
    names: Vec<(usize, Name)>,
    /// In order.
    keys: Vec<(Skeleton, Vec<u32>)>,
    /// For each key how many letters it shares with the one before it, and, for each number of letters
    /// up to [`SKIPS`], the next key that shares fewer with it.
    shared: Vec<usize>,
    skips: Vec<[u32; SKIPS]>,
}

/// Beyond so many letters keys are looked at one by one.
const SKIPS: usize = 8;

impl Index {
    fn new(documents: &[(String, String)]) -> Self {
        let read = |(document, (_, body)): (usize, &(String, String))| {
            readings(body).into_iter().map(move |name| (document, name))
        };
        let names: Vec<(usize, Name)> = documents.iter().enumerate().flat_map(read).collect();
        let mut keys: BTreeMap<Skeleton, Vec<u32>> = BTreeMap::new();
        for (number, (_, name)) in (0..).zip(&names) {
            for key in name.skeletons() {
                keys.entry(key).or_default().push(number);
            }
        }
        let keys: Vec<(Skeleton, Vec<u32>)> = keys.into_iter().collect();
        let letters = |at: usize| keys[at].0.as_str().as_bytes();
        let shared: Vec<usize> = (0..keys.len())
            .map(|at| match at {
                0 => 0,
                _ => letters(at - 1)
                    .iter()
                    .zip(letters(at))
                    .take_while(|(a, b)| a == b)
                    .count(),
            })
            .collect();
        let mut skips = vec![[keys.len() as u32; SKIPS]; keys.len() + 1];
        for at in (0..keys.len()).rev() {
            let behind = skips[at + 1];
            for (length, skip) in skips[at].iter_mut().enumerate() {
                // The next key shares at least so many letters, then it leads on from there.
                let next = shared.get(at + 1).is_some_and(|&shared| shared > length);
                *skip = if next { behind[length] } else { at as u32 + 1 };
            }
        }
        Self {
            documents: documents.to_vec(),
            names,
            keys,
            shared,
            skips,
        }
    }

    /// The best documents with their costs, how many were compared, and the microseconds of finding those.
    fn search(
        &self,
        scorer: &Scorer,
        text: &str,
        depth: usize,
    ) -> (Vec<(usize, f32)>, usize, u128) {
        let start = Instant::now();
        let names = readings(text);
        let mut candidates = Vec::new();
        for name in &names {
            let own = self.candidates(name);
            candidates.extend(own.into_iter().map(|number| (number, name)));
        }
        let looked_up = start.elapsed().as_micros();
        let mut queries: Vec<Query<'_>> = names.iter().map(|name| scorer.query(name)).collect();
        // The best of each script; what is worse than those so far need not be known.
        let mut best: BTreeMap<Script, Vec<(usize, f32)>> = BTreeMap::new();
        let order = |a: &(usize, f32), b: &(usize, f32)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
        for &(number, of) in &candidates {
            let Some(query) = queries.iter_mut().find(|query| query.name() == of) else {
                continue;
            };
            let (document, name) = &self.names[number as usize];
            let hits = best.entry(name.script()).or_default();
            let limit = hits.get(depth - 1).map_or(LIMIT, |last| last.1);
            if let Some(cost) = query.cost(name, limit) {
                let hit = (*document, cost);
                match hits.iter().position(|hit| hit.0 == *document) {
                    Some(known) if hits[known].1 <= cost => continue,
                    Some(known) => _ = hits.remove(known),
                    None => {}
                }
                let place = hits.partition_point(|other| order(other, &hit).is_lt());
                hits.insert(place, hit);
                hits.truncate(depth);
            }
        }
        // One name has a spelling in each script: the next of a script stands behind the first of all.
        let mut hits: Vec<_> = best
            .into_values()
            .flat_map(|hits| {
                (0..)
                    .zip(hits)
                    .map(|(place, (document, cost))| (document, cost + NEXT * place as f32))
            })
            .collect();
        hits.sort_by(order);
        hits.truncate(depth);
        (hits, candidates.len(), looked_up)
    }

    /// Names with the name's keys, then those with the nearest ones.
    fn candidates(&self, name: &Name) -> Vec<u32> {
        let mut near: Vec<(u32, u32)> = Vec::new();
        for key in name.skeletons() {
            self.near(&key, &mut near);
        }
        near.sort_unstable();
        let mut found: Vec<u32> = Vec::with_capacity(CANDIDATES);
        for (_, number) in near {
            found.extend(&self.keys[number as usize].1);
            if found.len() >= CANDIDATES {
                break;
            }
        }
        found.truncate(CANDIDATES);
        found
    }

    /// Keys and how far they are from this one: one pass over all of them, in which what begins alike is
    /// compared once, and what is too far is passed over.
    fn near(&self, key: &Skeleton, found: &mut Vec<(u32, u32)>) {
        let own = key.as_str().as_bytes();
        let most = match own.len() {
            0..=2 => 3,
            3..=4 => 5,
            5..=6 => 6,
            _ => 7,
        };
        let width = own.len() + 1;
        let mut lines = vec![0u32; width * (Skeleton::MAX + 1)];
        for j in 0..own.len() {
            lines[j + 1] = lines[j] + left_out(own[j]);
        }
        let mut number = 0;
        while let Some((other, _)) = self.keys.get(number) {
            let other = other.as_str().as_bytes();
            let mut dead = None;
            for (i, &letter) in other.iter().enumerate().skip(self.shared[number]) {
                let (before, here) = lines[i * width..].split_at_mut(width);
                here[0] = before[0] + left_out(letter);
                let mut least = here[0];
                for j in 0..own.len() {
                    here[j + 1] = (before[j] + exchanged(letter, own[j]))
                        .min(before[j + 1] + left_out(letter))
                        .min(here[j] + left_out(own[j]));
                    least = least.min(here[j + 1]);
                }
                if least > most {
                    dead = Some(i);
                    break;
                }
            }
            match dead {
                // What begins so is too far, whatever follows.
                Some(length) => number = self.beyond(number, length),
                None => {
                    let distance = lines[other.len() * width + own.len()];
                    if distance <= most {
                        found.push((distance, number as u32));
                    }
                    number += 1;
                }
            }
        }
    }

    /// The next key that does not share the first `length + 1` letters.
    fn beyond(&self, mut number: usize, length: usize) -> usize {
        if length < SKIPS {
            return self.skips[number][length] as usize;
        }
        number += 1;
        while self
            .shared
            .get(number)
            .is_some_and(|&shared| shared > length)
        {
            number += 1;
        }
        number
    }
}

/// Sounds that come and go.
fn left_out(letter: u8) -> u32 {
    if matches!(letter, b'H' | b'W' | b'Y' | b'N') {
        2
    } else {
        3
    }
}

/// Sounds that are taken for each other.
fn exchanged(a: u8, b: u8) -> u32 {
    match (a.min(b), a.max(b)) {
        (a, b) if a == b => 0,
        (b'C', b'K' | b'S' | b'T' | b'Y') | (b'G', b'K' | b'N') | (b'L', b'N' | b'Y') => 2,
        (b'M', b'N') | (b'P', b'W') | (b'S', b'T') | (b'H', b'Y') => 2,
        _ => 4,
    }
}
