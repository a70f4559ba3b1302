//! Queries of the whole syntax find what a look at each document finds.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use mekong_core::{Document, Index};
use mekong_ingest::Writer;
use mekong_query::{Query, Searcher};
use proptest::prelude::*;

/// Words of which none is near another one.
const WORDS: [&str; 6] = ["kora", "mift", "pule", "vdohg", "brazt", "kogum"];
const PREFIXES: [&str; 3] = ["ko", "m", "vdohg"];

type Words = Vec<&'static str>;

#[derive(Clone, Debug)]
struct Article {
    title: Words,
    body: Words,
}

/// A query as it is meant.
#[derive(Clone, Debug)]
enum Node {
    Word(&'static str),
    Phrase(Words),
    Prefix(&'static str),
    Title(Box<Node>),
    Group(Vec<Part>),
}

/// What stands between blanks: one thing, or several with `OR` between them.
type Part = Vec<(Sign, Node)>;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    None,
    Must,
    Not,
}

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = Words> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), count)
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        3 => prop::sample::select(&WORDS[..]).prop_map(Node::Word),
        1 => words(1..4).prop_map(Node::Phrase),
        1 => prop::sample::select(&PREFIXES[..]).prop_map(Node::Prefix),
        1 => prop::sample::select(&WORDS[..]).prop_map(|word| Node::Title(Box::new(Node::Word(word)))),
    ];
    leaf.prop_recursive(3, 24, 3, |inner| {
        let group = parts(inner).prop_map(Node::Group);
        prop_oneof![
            3 => group.clone(),
            1 => group.prop_map(|group| Node::Title(Box::new(group))),
        ]
    })
}

fn parts(node: impl Strategy<Value = Node> + Clone) -> impl Strategy<Value = Vec<Part>> + Clone {
    let sign = prop_oneof![3 => Just(Sign::None), 1 => Just(Sign::Must), 1 => Just(Sign::Not)];
    let part = prop_oneof![
        2 => prop::collection::vec((sign.clone(), node.clone()), 1..2),
        1 => prop::collection::vec((sign, node), 2..4),
    ];
    prop::collection::vec(part, 1..4)
}

impl Node {
    fn text(&self) -> String {
        match self {
            Self::Word(word) => (*word).to_owned(),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Prefix(prefix) => format!("{prefix}*"),
            Self::Title(node) => format!("title:{}", node.text()),
            Self::Group(parts) => format!("({})", text(parts)),
        }
    }

    /// Whether nothing of it is an operator.
    fn is_plain(&self) -> bool {
        match self {
            Self::Word(_) => true,
            Self::Group(parts) => parts
                .iter()
                .all(|part| matches!(part.as_slice(), [(Sign::None, node)] if node.is_plain())),
            Self::Phrase(_) | Self::Prefix(_) | Self::Title(_) => false,
        }
    }

    fn holds(&self, article: &Article, in_title: bool) -> bool {
        let texts = if in_title {
            vec![&article.title]
        } else {
            vec![&article.title, &article.body]
        };
        let has = |phrase: &[&str]| {
            let mut texts = texts.iter();
            texts.any(|text| text.windows(phrase.len()).any(|words| words == phrase))
        };
        match self {
            Self::Word(word) => has(&[word]),
            Self::Phrase(words) => has(words),
            Self::Prefix(prefix) => {
                let mut words = texts.iter().flat_map(|text| text.iter());
                words.any(|word| word.starts_with(prefix))
            }
            Self::Title(node) => node.holds(article, true),
            Self::Group(parts) => hold(parts, article, in_title),
        }
    }
}

fn text(parts: &[Part]) -> String {
    let parts = parts.iter().map(|part| {
        let nodes = part.iter().map(|(sign, node)| {
            let sign = match sign {
                Sign::None => "",
                Sign::Must => "+",
                Sign::Not => "-",
            };
            sign.to_owned() + &node.text()
        });
        nodes.collect::<Vec<_>>().join(" OR ")
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// Nothing that is excluded, all that must be there, and where nothing must, some of the rest.
fn hold(parts: &[Part], article: &Article, in_title: bool) -> bool {
    let (mut must, mut any) = (Vec::new(), Vec::new());
    for part in parts {
        match part.as_slice() {
            [(sign, node)] => {
                let holds = node.holds(article, in_title);
                match sign {
                    Sign::Not if holds => return false,
                    Sign::Not => {}
                    Sign::None if node.is_plain() => any.push(holds),
                    Sign::None | Sign::Must => must.push(holds),
                }
            }
            alternatives => must.push(
                alternatives
                    .iter()
                    .any(|(sign, node)| node.holds(article, in_title) != (*sign == Sign::Not)),
            ),
        }
    }
    must.iter().all(|&holds| holds) && (!must.is_empty() || any.is_empty() || any.contains(&true))
}

fn searcher(articles: &[Article]) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, article) in articles.iter().enumerate() {
        let document = Document::new(id.to_string())
            .title(article.title.join(" "))
            .body(article.body.join(" "));
        writer.upsert(document).unwrap();
        if id == articles.len() / 2 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_query_finds_what_a_look_at_each_document_finds(
        articles in prop::collection::vec((words(1..4), words(0..6)), 1..20),
        queries in prop::collection::vec(parts(node().boxed()), 20),
    ) {
        let articles: Vec<_> = articles
            .into_iter()
            .map(|(title, body)| Article { title, body })
            .collect();
        let searcher = searcher(&articles);
        for query in queries {
            let text = text(&query);
            let results = searcher.search(&Query::text(&text).limit(100)).unwrap();
            if results.parsed.problems().next().is_some() {
                continue;
            }
            let found: BTreeSet<usize> =
                results.hits.iter().map(|hit| hit.id().parse().unwrap()).collect();
            let expected: BTreeSet<usize> = (0..articles.len())
                .filter(|&id| hold(&query, &articles[id], false))
                .collect();
            prop_assert_eq!(found, expected, "{}", text);
        }
    }
}
