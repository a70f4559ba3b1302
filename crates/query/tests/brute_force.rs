//! Filters and facets give exactly what looking at each document gives.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use mekong_core::{Document, Index, Language};
use mekong_dates::{Date, Period, Precision, Zone};
use mekong_ingest::Writer;
use mekong_query::{Facet, FacetValue, Filter, Query, Searcher, Sort};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const KEYS: [&str; 5] = ["author", "source", "lang", "", "no"];
const ZONES: [&str; 6] = [
    "UTC",
    "Asia/Bangkok",
    "America/St_Johns",
    "Pacific/Apia",
    "+14:00",
    "-11:30",
];
const LANGUAGES: [Language; 3] = [Language::VIETNAMESE, Language::THAI, Language::ENGLISH];
const SOURCES: [&str; 3] = ["VNA", "vi", "VNA="];

/// What happens to an index.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)]
enum Step {
    Write(Document),
    Delete(String),
    Commit,
}

fn id() -> impl Strategy<Value = String> {
    (0..24_u8).prop_map(|n| n.to_string())
}

fn scalar() -> impl Strategy<Value = Value> {
    select(vec![
        json!("a"),
        json!("A"),
        json!("b=c"),
        json!(""),
        json!("3"),
        json!(3),
        json!(-3.5),
        json!(true),
        json!("true"),
        json!("ไทย"),
        json!("x".repeat(256)),
    ])
}

fn meta() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => scalar(),
        2 => proptest::collection::vec(scalar(), 0..4).prop_map(Value::from),
        1 => select(vec![
            json!(null),
            json!({ "a": "b" }),
            json!([null, ["a"], "b=c"]),
            json!("x".repeat(257)),
        ]),
    ]
}

/// Dates about the turn of a year, with the day that Samoa skipped, and some from far away.
fn date() -> impl Strategy<Value = Date> {
    let near = select(vec!["2011-12-28", "2011-12-29", "2011-12-30", "2012-01-01"]);
    let instant = (near.clone(), -1..48_i64, -1..2_i64).prop_map(|(day, half_hours, second)| {
        let day: Date = day.parse().unwrap();
        Date::from_unix_seconds(day.start() + 1800 * half_hours + second).unwrap()
    });
    let coarse = select(vec![
        "2011",
        "2012",
        "2011-12",
        "2012-01",
        "0001",
        "9999-12-31",
    ]);
    let ends = select(vec!["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]);
    prop_oneof![
        4 => instant,
        4 => near.prop_map(|day| day.parse().unwrap()),
        2 => coarse.prop_map(|date| date.parse().unwrap()),
        1 => ends.prop_map(|date| date.parse().unwrap()),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    (
        id(),
        select(vec!["ASEAN", "APEC", "hội nghị ASEAN"]),
        proptest::option::of(date()),
        proptest::option::of(select(LANGUAGES.to_vec())),
        proptest::option::of(select(SOURCES.to_vec())),
        proptest::collection::btree_map(select(KEYS[..4].to_vec()), meta(), 0..4),
    )
        .prop_map(|(id, body, date, language, source, meta)| {
            let mut document = Document::new(id).body(body);
            document.date = date;
            document.language = language;
            // As the writer does.
            document.detect_languages();
            document.source = source.map(str::to_owned);
            for (key, value) in meta {
                document = document.meta(key, value);
            }
            document
        })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => document().prop_map(Step::Write),
        1 => id().prop_map(Step::Delete),
        2 => Just(Step::Commit),
    ];
    proptest::collection::vec(step, 1..60)
}

/// One thing that is asked of documents.
#[derive(Clone, Debug)]
enum Asked {
    Key(&'static str, Option<Vec<Value>>),
    Source(Option<Vec<Value>>),
    Not(Box<Asked>),
}

fn asked() -> impl Strategy<Value = Asked> {
    let values = || proptest::option::weighted(0.8, proptest::collection::vec(scalar(), 0..3));
    let sources = proptest::collection::vec(select(SOURCES.to_vec()).prop_map(Value::from), 0..3);
    let asked = prop_oneof![
        4 => (select(KEYS.to_vec()), values()).prop_map(|(key, values)| Asked::Key(key, values)),
        1 => proptest::option::weighted(0.8, sources).prop_map(Asked::Source),
    ];
    (asked, any::<bool>()).prop_map(|(asked, negated)| match negated {
        true => Asked::Not(Box::new(asked)),
        false => asked,
    })
}

/// A text as it is compared.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(boolean) => Some(boolean.to_string()),
        _ => None,
    }
}

/// What a document can be counted by under a key.
fn values(document: &Document, key: &str) -> BTreeSet<String> {
    let values = match document.meta.get(key) {
        Some(Value::Array(values)) => values.iter().filter_map(text).collect(),
        Some(value) => BTreeSet::from_iter(text(value)),
        None => BTreeSet::new(),
    };
    values
        .into_iter()
        .filter(|value| value.len() <= 256)
        .collect()
}

impl Asked {
    fn filter(&self) -> Filter {
        let of = |key: mekong_query::FilterKey, values: &Option<Vec<Value>>| match values {
            Some(values) if values.len() == 1 => key.is(values[0].clone()),
            Some(values) => key.is_any_of(values.clone()),
            None => key.exists(),
        };
        match self {
            Self::Key(key, values) => of(Filter::key(*key), values),
            Self::Source(values) => of(Filter::source(), values),
            Self::Not(asked) => !asked.filter(),
        }
    }

    fn holds(&self, document: &Document) -> bool {
        match self {
            Self::Key(key, None) => document.meta.contains_key(*key),
            Self::Key(key, Some(asked)) => {
                let values = values(document, key);
                asked
                    .iter()
                    .any(|value| values.contains(&text(value).unwrap()))
            }
            Self::Source(None) => document.source.is_some(),
            Self::Source(Some(asked)) => asked
                .iter()
                .any(|value| document.source.as_deref() == value.as_str()),
            Self::Not(asked) => !asked.holds(document),
        }
    }
}

#[derive(Clone, Debug)]
struct Question {
    text: &'static str,
    is_phrase: bool,
    zone: &'static str,
    since: Option<Date>,
    /// And whether it is included.
    until: Option<(Date, bool)>,
    or_undated: bool,
    languages: Vec<Language>,
    sources: Vec<&'static str>,
    asked: Vec<Asked>,
    sort: Sort,
    limit: usize,
}

fn question() -> impl Strategy<Value = Question> {
    let dates = (
        select(ZONES.to_vec()),
        proptest::option::of(date()),
        proptest::option::of((date(), any::<bool>())),
        any::<bool>(),
    );
    let labels = (
        proptest::collection::vec(select(LANGUAGES.to_vec()), 0..2),
        proptest::collection::vec(select(SOURCES.to_vec()), 0..2),
        proptest::collection::vec(asked(), 0..3),
    );
    let text = select(vec!["", "", "asean", "asean apec", "?"]);
    let text = (text, proptest::bool::weighted(0.2));
    let sort = select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest]);
    (text, dates, labels, sort, 0..5_usize).prop_map(
        |(
            (text, is_phrase),
            (zone, since, until, or_undated),
            (languages, sources, asked),
            sort,
            limit,
        )| {
            Question {
                text,
                is_phrase,
                zone,
                since,
                until,
                or_undated,
                languages,
                sources,
                asked,
                sort,
                limit,
            }
        },
    )
}

impl Question {
    fn zone(&self) -> Zone {
        self.zone.parse().unwrap()
    }

    fn query(&self) -> Query {
        let query = match self.is_phrase {
            true => Query::phrase(self.text),
            false => Query::text(self.text),
        };
        let mut query = query.zone(self.zone()).sort(self.sort);
        if let Some(date) = self.since {
            query = query.since(date);
        }
        query = match self.until {
            Some((date, true)) => query.through(date),
            Some((date, false)) => query.before(date),
            None => query,
        };
        if self.or_undated {
            query = query.or_undated();
        }
        for language in &self.languages {
            query = query.language(*language);
        }
        for source in &self.sources {
            query = query.source(*source);
        }
        for asked in &self.asked {
            query = query.filter(asked.filter());
        }
        query.limit(1000)
    }

    fn finds(&self, document: &Document) -> bool {
        let has = |word: &str| document.body.to_lowercase().contains(word);
        let text = match self.text {
            "" => true,
            "?" => false,
            // No document has all of these in a row.
            "asean apec" if self.is_phrase => false,
            text => text.split(' ').any(has),
        };
        let dated = match document.date {
            Some(date) => {
                self.since
                    .is_none_or(|since| !self.is_before(date, since, false))
                    && self
                        .until
                        .is_none_or(|(until, included)| self.is_before(date, until, included))
            }
            None => self.or_undated || (self.since.is_none() && self.until.is_none()),
        };
        let language = |language: &Language| Some(*language) == document.language;
        let source = |source: &&str| Some(*source) == document.source.as_deref();
        text && dated
            && (self.languages.is_empty() || self.languages.iter().any(language))
            && (self.sources.is_empty() || self.sources.iter().any(source))
            && self.asked.iter().all(|asked| asked.holds(document))
    }

    /// Whether the date of a document starts before another one does, or ends.
    fn is_before(&self, date: Date, other: Date, ends: bool) -> bool {
        let zone = self.zone();
        let is_day = |date: Date| date.precision() <= Precision::Day;
        if is_day(date) && is_day(other) {
            // Of the calendar, wherever they are.
            date.start() < if ends { other.end() } else { other.start() }
        } else {
            let other = if ends {
                other.end_in(&zone)
            } else {
                other.start_in(&zone)
            };
            date.start_in(&zone) < other
        }
    }

    /// The first day of the period that a document is of.
    fn period(&self, date: Date, period: Period) -> String {
        let day = match date.precision() {
            Precision::Second => Date::day_at(date.start(), &self.zone()).unwrap_or(date),
            _ => date,
        };
        let (year, month, day_of_month) = day.first_day();
        let first = match period {
            Period::Day => Date::day(year, month, day_of_month).unwrap(),
            Period::Week => {
                // 1970-01-01 was a Thursday.
                let days = day.start().div_euclid(86_400);
                let monday = days - (days + 3).rem_euclid(7);
                Date::day_at(monday * 86_400, &Zone::UTC).unwrap()
            }
            Period::Month => Date::day(year, month, 1).unwrap(),
            Period::Quarter => Date::day(year, (month - 1) / 3 * 3 + 1, 1).unwrap(),
            _ => Date::day(year, 1, 1).unwrap(),
        };
        first.to_string()
    }
}

fn build(steps: &[Step]) -> (Searcher, Vec<Document>) {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let mut documents = BTreeMap::new();
    for step in steps {
        match step {
            Step::Write(document) => {
                writer.upsert(document.clone()).unwrap();
                documents.insert(document.id.clone(), document.clone());
            }
            Step::Delete(id) => {
                writer.delete(id);
                documents.remove(id);
            }
            Step::Commit => writer.commit().unwrap(),
        }
    }
    writer.commit().unwrap();
    (Searcher::new(&index), documents.into_values().collect())
}

/// Values and counts, the most frequent first.
fn by_count(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn filters_and_facets_are_what_a_look_at_each_document_gives(
        steps in steps(),
        questions in proptest::collection::vec(question(), 20),
    ) {
        let (searcher, documents) = build(&steps);
        for question in &questions {
            let mut query = question.query()
                .facet(Facet::language().limit(question.limit))
                .facet(Facet::source().limit(question.limit));
            for key in KEYS {
                query = query.facet(Facet::key(key).limit(question.limit));
            }
            for period in Period::ALL {
                query = query.facet(Facet::dates(period).limit(question.limit));
            }
            let expected: Vec<_> = documents
                .iter()
                .filter(|document| question.finds(document))
                .collect();
            let results = match searcher.search(&query) {
                Ok(results) => results,
                Err(error) => {
                    prop_assert!(error.is_invalid_query(), "{error}");
                    // A range that ends before it begins.
                    prop_assert!(expected.iter().all(|document| document.date.is_none()));
                    continue;
                }
            };
            let ids = |document: &Document| document.id.clone();
            let mut found: Vec<_> = results.hits.iter().map(|hit| ids(&hit.document)).collect();
            found.sort();
            let mut wanted: Vec<_> = expected.iter().map(|document| ids(document)).collect();
            wanted.sort();
            prop_assert_eq!(found, wanted, "{:?}", question);

            let of_document = |n: usize, document: &Document| -> Vec<String> {
                match n {
                    0 => document.language.iter().map(|l| l.code().to_owned()).collect(),
                    1 => document.source.iter().cloned().collect(),
                    n if n < 2 + KEYS.len() => {
                        values(document, KEYS[n - 2]).into_iter().collect()
                    }
                    n => {
                        let period = Period::ALL[n - 2 - KEYS.len()];
                        let date = document.date.iter();
                        date.map(|&date| question.period(date, period)).collect()
                    }
                }
            };
            for (n, facet) in results.facets.iter().enumerate() {
                let (mut counts, mut missing) = (BTreeMap::new(), 0);
                for document in &expected {
                    let values = of_document(n, document);
                    missing += u64::from(values.is_empty());
                    for value in values {
                        *counts.entry(value).or_insert(0) += 1;
                    }
                }
                let is_dates = n >= 2 + KEYS.len();
                let (counts, others) = if is_dates {
                    (counts.into_iter().collect(), 0)
                } else {
                    let mut counts = by_count(counts);
                    let others = counts.len().saturating_sub(question.limit);
                    counts.truncate(question.limit);
                    (counts, others)
                };
                let buckets = facet.buckets.iter();
                let buckets: Vec<_> = buckets.map(|b| (b.value.to_string(), b.count)).collect();
                prop_assert_eq!(buckets, counts, "{} {:?}", facet.facet, question);
                prop_assert_eq!(facet.missing, missing, "{}", facet.facet);
                prop_assert_eq!(facet.others, others as u64, "{}", facet.facet);
                for bucket in &facet.buckets {
                    let is_date = matches!(bucket.value, FacetValue::Dates { .. });
                    prop_assert_eq!(is_date, is_dates);
                }
            }
        }
    }
}
