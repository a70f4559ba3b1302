//! The seed articles, and graded judgments of what queries should find among them.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use mekong_core::Index;
use mekong_ingest::Writer;
use mekong_query::{Query, Searcher};
use serde::Deserialize;

#[derive(Deserialize)]
struct Topic {
    id: String,
    query: String,
    from: Option<String>,
    to: Option<String>,
    /// Grades of documents: 2 what was asked for, 1 related. Others are 0.
    relevant: BTreeMap<String, u8>,
}

/// Relevant documents come first, none of grade 0 above them.
const RELEVANT_FIRST: [&str; 14] = [
    "q06", "q08", "q11", "q13", "q15", "q16", "q18", "q20", "q23", "q26", "q30", "q31", "q38",
    "q40",
];
/// A document of grade 2 comes first.
const BEST_FIRST: [&str; 5] = ["q01", "q03", "q05", "q10", "q21"];
/// Not all relevant documents come first yet, and why. What begins to work has to move up.
const NOT_YET: [(&str, &str); 10] = [
    (
        "q01",
        "the second document is not of the month that the query names",
    ),
    ("q03", "the second document says it in Vietnamese"),
    ("q05", "the second document says it in English"),
    ("q10", "the second document says it in Vietnamese"),
    ("q21", "two of the documents say it in English"),
    ("q25", "the only document is English"),
    ("q28", "a name in Lao, written in Thai and Latin"),
    ("q33", "a name in Thai, written in Latin"),
    ("q35", "a name in Thai, written in Latin"),
    (
        "q36",
        "half of the query is in another language than the documents",
    ),
];

fn seeds() -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let report = writer.ingest(seeds).unwrap();
    assert!(report.is_clean(), "{:?}", report.problems);
    assert_eq!(report.documents, 5);
    writer.commit().unwrap();
    Searcher::new(&index)
}

fn topics() -> Vec<Topic> {
    include_str!("data/seeds.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

impl Topic {
    /// The grades of the hits, in their order.
    fn grades(&self, searcher: &Searcher) -> Vec<u8> {
        let mut query = Query::text(&self.query);
        if let Some(from) = &self.from {
            query = query.since(from.parse().unwrap());
        }
        if let Some(to) = &self.to {
            query = query.through(to.parse().unwrap());
        }
        let results = searcher.search(&query).unwrap();
        let grade = |id| self.relevant.get(id).copied().unwrap_or(0);
        results.hits.iter().map(|hit| grade(hit.id())).collect()
    }

    fn relevant_come_first(&self, grades: &[u8]) -> bool {
        let relevant = self.relevant.len();
        grades.len() >= relevant && grades[..relevant].iter().all(|&grade| grade > 0)
    }
}

#[test]
fn judged_queries_find_what_they_should() {
    let searcher = seeds();
    let mut wrong = Vec::new();
    for topic in topics() {
        let grades = topic.grades(&searcher);
        let all = topic.relevant_come_first(&grades);
        let best = grades.first() == Some(&2);
        let id = topic.id.as_str();
        let not_yet = NOT_YET.iter().find(|(topic, _)| *topic == id);
        let expected = match (
            RELEVANT_FIRST.contains(&id),
            BEST_FIRST.contains(&id),
            not_yet,
        ) {
            (true, false, None) => all,
            (false, true, None) => best && all,
            (false, true, Some(_)) => best && !all,
            (false, false, Some(_)) => !all,
            _ => panic!("{id} stands in two lists, or in none"),
        };
        if !expected {
            wrong.push(format!(
                "{id} `{}`: grades {grades:?}, {not_yet:?}",
                topic.query
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
