//! Finds names across scripts in a list of names, and writes a TREC run.
//!
//! `cargo run --release -p mekong-names --example names -- --docs docs.jsonl --topics topics.jsonl --run OUT`
//! (`id` and `body`, `id` and `query`; `--depth N`, 10 if absent). Without the files it says so and ends.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use mekong_names::{Name, Scorer, Skeleton};
use serde_json::Value;

/// Candidates of a query at most.
const CANDIDATES: usize = 600;
/// Nats a letter that a name may cost.
const LIMIT: f32 = 3.0;

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
    for (id, text) in read(topics, "query")? {
        let start = Instant::now();
        let (hits, count) = index.search(scorer, &text, depth);
        micros.push(start.elapsed().as_micros());
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

/// Names by their skeletons.
struct Index {
    documents: Vec<(String, String)>,
    names: Vec<Option<Name>>,
    /// In order.
    keys: Vec<(Skeleton, Vec<u32>)>,
}

impl Index {
    fn new(documents: &[(String, String)]) -> Self {
        let names: Vec<_> = documents.iter().map(|(_, body)| Name::new(body)).collect();
        let mut keys: BTreeMap<Skeleton, Vec<u32>> = BTreeMap::new();
        for (document, name) in (0..).zip(&names) {
            for key in name.iter().flat_map(Name::skeletons) {
                keys.entry(key).or_default().push(document);
            }
        }
        Self {
            documents: documents.to_vec(),
            names,
            keys: keys.into_iter().collect(),
        }
    }

    /// The best documents with their costs, and how many were compared.
    fn search(&self, scorer: &Scorer, text: &str, depth: usize) -> (Vec<(usize, f32)>, usize) {
        let Some(name) = Name::new(text) else {
            return (Vec::new(), 0);
        };
        let candidates = self.candidates(&name);
        let mut query = scorer.query(&name);
        let mut hits: Vec<(usize, f32)> = Vec::with_capacity(2 * depth);
        let mut limit = LIMIT;
        for &document in &candidates {
            let Some(name) = &self.names[document as usize] else {
                continue;
            };
            if let Some(cost) = query.cost(name, limit) {
                hits.push((document as usize, cost));
                // What is worse than the best so far need not be known.
                if hits.len() == 2 * depth {
                    hits.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
                    hits.truncate(depth);
                    limit = hits[depth - 1].1;
                }
            }
        }
        hits.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        hits.truncate(depth);
        (hits, candidates.len())
    }

    /// Documents with the name's keys, then those with the nearest ones.
    fn candidates(&self, name: &Name) -> Vec<u32> {
        let mut near: Vec<(u32, u32)> = Vec::new();
        for key in name.skeletons() {
            self.near(&key, &mut near);
        }
        near.sort_unstable();
        let mut found: Vec<u32> = Vec::with_capacity(CANDIDATES);
        let mut seen = HashSet::new();
        for (_, number) in near {
            for &document in &self.keys[number as usize].1 {
                if found.len() < CANDIDATES && seen.insert(document) {
                    found.push(document);
                }
            }
        }
        found
    }

    /// Keys and how far they are from this one: one pass over all of them, in which what begins alike is
    /// compared once, and what is too far is passed over.
    fn near(&self, key: &Skeleton, found: &mut Vec<(u32, u32)>) {
        let own = key.as_str().as_bytes();
        let most = match own.len() {
            0..=2 => 2,
            3..=4 => 4,
            5..=6 => 5,
            _ => 6,
        };
        let width = own.len() + 1;
        let mut lines = vec![0u32; width * (Skeleton::MAX + 1)];
        for j in 0..own.len() {
            lines[j + 1] = lines[j] + left_out(own[j]);
        }
        let mut last: &[u8] = &[];
        // Beyond so many letters nothing of the last key is near.
        let mut dead = usize::MAX;
        for (number, (other, _)) in (0..).zip(&self.keys) {
            let other = other.as_str().as_bytes();
            let shared = last.iter().zip(other).take_while(|(a, b)| a == b).count();
            last = other;
            if shared >= dead {
                continue;
            }
            dead = usize::MAX;
            for (i, &letter) in other.iter().enumerate().skip(shared) {
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
                    dead = i + 1;
                    break;
                }
            }
            let distance = lines[other.len() * width + own.len()];
            if dead == usize::MAX && distance <= most {
                found.push((distance, number));
            }
        }
    }
}

/// Sounds that come and go.
fn left_out(letter: u8) -> u32 {
    if b"HWYN".contains(&letter) { 2 } else { 3 }
}

/// Sounds that are taken for each other.
fn exchanged(a: u8, b: u8) -> u32 {
    let alike = [
        b"SC", b"ST", b"CT", b"NG", b"NM", b"NL", b"LY", b"WP", b"GK", b"CK", b"YC",
    ];
    match a == b {
        true => 0,
        false
            if alike
                .iter()
                .any(|pair| pair.contains(&a) && pair.contains(&b)) =>
        {
            2
        }
        false => 4,
    }
}
