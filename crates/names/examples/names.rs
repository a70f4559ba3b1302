//! Finds names across scripts in a list of names, and writes a TREC run.
//!
//! `cargo run --release -p mekong-names --example names -- --docs docs.jsonl --topics topics.jsonl --run OUT`
//! (`id` and `body`, `id` and `query`; `--depth N`, 10 if absent). Without the files it says so and ends.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use mekong_names::{Name, Scorer, Skeleton};
use serde_json::Value;

/// Candidates of a query at most.
const CANDIDATES: usize = 400;
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
    let depth = options.get("--depth").map_or(Ok(10), |depth| depth.parse::<usize>())?;
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
            run.push_str(&format!("{id} Q0 {document_id} {} {:.3} names\n", rank + 1, -cost));
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
        let text = |field: &str| row[field].as_str().map(str::to_owned).ok_or(format!("{path}: no {field}"));
        rows.push((text("id")?.replace(' ', "_"), text(field)?));
    }
    Ok(rows)
}

/// Names by their skeletons.
struct Index {
    documents: Vec<(String, String)>,
    names: Vec<Option<Name>>,
    keys: Vec<(Skeleton, Vec<u32>)>,
    by_key: HashMap<Skeleton, u32>,
    by_gram: HashMap<[u8; 2], Vec<u32>>,
}

impl Index {
    fn new(documents: &[(String, String)]) -> Self {
        let names: Vec<_> = documents.iter().map(|(_, body)| Name::new(body)).collect();
        let mut keys: Vec<(Skeleton, Vec<u32>)> = Vec::new();
        let mut by_key = HashMap::new();
        let mut by_gram: HashMap<[u8; 2], Vec<u32>> = HashMap::new();
        for (document, name) in names.iter().enumerate() {
            for key in name.iter().flat_map(Name::skeletons) {
                let number = *by_key.entry(key).or_insert_with(|| {
                    for gram in grams(&key) {
                        by_gram.entry(gram).or_default().push(keys.len() as u32);
                    }
                    keys.push((key, Vec::new()));
                    keys.len() as u32 - 1
                });
                keys[number as usize].1.push(document as u32);
            }
        }
        Self { documents: documents.to_vec(), names, keys, by_key, by_gram }
    }

    /// The best documents with their costs, and how many were compared.
    fn search(&self, scorer: &Scorer, text: &str, depth: usize) -> (Vec<(usize, f32)>, usize) {
        let Some(name) = Name::new(text) else {
            return (Vec::new(), 0);
        };
        let query = scorer.query(&name);
        let candidates = self.candidates(&name);
        let costs = candidates.iter().filter_map(|&document| {
            let cost = query.cost(self.names[document as usize].as_ref()?, LIMIT)?;
            Some((document as usize, cost))
        });
        let mut hits: Vec<_> = costs.collect();
        hits.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        hits.truncate(depth);
        (hits, candidates.len())
    }

    /// Documents whose keys are the name's, then those one edit away, then those that share grams.
    fn candidates(&self, name: &Name) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        let mut is_seen: HashMap<u32, ()> = HashMap::new();
        let mut add = |number: u32| {
            for &document in &self.keys[number as usize].1 {
                if found.len() < CANDIDATES && is_seen.insert(document, ()).is_none() {
                    found.push(document);
                }
            }
            found.len() < CANDIDATES
        };
        for key in name.skeletons() {
            self.by_key.get(&key).map(|&number| add(number));
        }
        for key in name.skeletons() {
            for near in key.near() {
                self.by_key.get(&near).map(|&number| add(number));
            }
        }
        for key in name.skeletons() {
            let mut shared: HashMap<u32, u32> = HashMap::new();
            let own = grams(&key);
            for gram in &own {
                for &number in self.by_gram.get(gram).into_iter().flatten() {
                    *shared.entry(number).or_default() += 1;
                }
            }
            let mut ranked: Vec<(u32, u32)> = shared
                .into_iter()
                .map(|(number, shared)| {
                    let all = own.len() + self.keys[number as usize].0.len() + 1;
                    (2000 * shared / all as u32, number)
                })
                .collect();
            ranked.sort_unstable_by(|a, b| b.cmp(a));
            for (_, number) in ranked {
                if !add(number) {
                    break;
                }
            }
        }
        found
    }
}

/// Pairs of letters, edges included.
fn grams(key: &Skeleton) -> Vec<[u8; 2]> {
    let letters = format!("^{key}$");
    letters.as_bytes().windows(2).map(|pair| [pair[0], pair[1]]).collect()
}
