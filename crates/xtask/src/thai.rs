//! Thai: sentences with known words, a dictionary, and plain text for the student.

use std::collections::HashSet;

use anyhow::{Context, Result};
use mekong_segment::Script;
use serde_json::Value;

use crate::boundaries::BoundaryTeacher;
use crate::dictionary::Dictionary;
use crate::distill;
use crate::gold::{self, Sentence};
use crate::run::Run;
use crate::sources::Sources;
use crate::student::Text;

const SCRIPT: Script = Script::Thai;

/// How much of the news the student reads, in bytes.
const NEWS: usize = 8_000_000;
/// What a sentence of the small corpora weighs against one of TUD.
const SMALL_CORPUS: f32 = 3.0;
/// What a sentence with known words weighs for the student, against one labelled by the teacher.
const GOLD: f32 = 4.0;

/// How many parts the small corpora are cut into for cross-validation.
pub(crate) const FOLDS: usize = 5;
/// Neighbouring sentences that stay in one part.
const BLOCK: usize = 10;

/// Which sources a model may be made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Licences {
    All,
    /// CC0 and public domain.
    PublicDomain,
}

pub(crate) struct Thai {
    dictionary: Dictionary,
    /// Sentences to learn from.
    tud: Vec<Sentence>,
    /// Sentences to measure on.
    pub(crate) tud_dev: Vec<Sentence>,
    pub(crate) pud: Vec<Sentence>,
    pub(crate) wisesight: Vec<Sentence>,
    plain: Vec<Run>,
    licences: Licences,
}

impl Thai {
    pub(crate) fn read(sources: &Sources, licences: Licences) -> Result<Self> {
        let gold = |name: &str| -> Result<Vec<Sentence>> {
            let file = sources.text(&format!("segmentation/th.{name}.gold"))?;
            Ok(gold::sentences(SCRIPT, &file))
        };
        Ok(Self {
            dictionary: Dictionary::read(sources, licences == Licences::All)?,
            tud: gold("tud.train")?,
            tud_dev: gold("tud.dev")?,
            pud: gold("pud.a")?,
            wisesight: gold("wisesight.a")?,
            plain: plain(sources)?,
            licences,
        })
    }

    /// The sentences that may be learned from, without those of one fold, with their weights.
    fn training(&self, left_out: Option<usize>) -> impl Iterator<Item = (&Sentence, f32)> {
        let (tud, pud) = match self.licences {
            Licences::All => (self.tud.as_slice(), self.pud.as_slice()),
            Licences::PublicDomain => (&[][..], &[][..]),
        };
        let small = [pud, self.wisesight.as_slice()]
            .into_iter()
            .flat_map(move |corpus| {
                let kept = move |&(at, _): &(usize, &Sentence)| Some(fold(at)) != left_out;
                corpus.iter().enumerate().filter(kept)
            });
        let tud = tud.iter().map(|sentence| (sentence, 1.0));
        tud.chain(small.map(|(_, sentence)| (sentence, SMALL_CORPUS)))
    }

    pub(crate) fn teacher(&self, left_out: Option<usize>) -> BoundaryTeacher<'_> {
        let training = self.training(left_out);
        let runs = training
            .flat_map(|(sentence, weight)| sentence.runs.iter().map(move |run| (run, weight)));
        BoundaryTeacher::train(&self.dictionary, runs)
    }

    /// What the student of a teacher reads.
    pub(crate) fn text(&self, teacher: &BoundaryTeacher, left_out: Option<usize>) -> Text {
        let mut text = Text::new();
        let words = self.dictionary.words().iter();
        let words: Vec<Run> = words.map(|word| Run::new(SCRIPT, word.clone())).collect();
        distill::read(&mut text, teacher, self.plain.iter().chain(&words));
        for (sentence, weight) in self.training(left_out) {
            for gold in &sentence.runs {
                distill::read_gold(&mut text, gold, weight * GOLD);
            }
        }
        text
    }
}

/// The part of a small corpus that a sentence belongs to.
pub(crate) fn fold(at: usize) -> usize {
    at / BLOCK % FOLDS
}

/// Runs of news and of messages, each line once.
fn plain(sources: &Sources) -> Result<Vec<Run>> {
    let news = news(sources)?;
    let news = unique(news.iter().flat_map(|article| article.lines()));
    let bytes: usize = news.iter().map(|line| line.len()).sum();
    let messages = sources.text("segmentation/th.wisesight.unlabelled.txt")?;
    let news = news.into_iter().step_by((bytes / NEWS).max(1));
    let lines = unique(news.chain(messages.lines()));
    Ok(lines
        .into_iter()
        .flat_map(|line| Run::all(SCRIPT, line))
        .collect())
}

/// Titles and bodies of the news articles.
fn news(sources: &Sources) -> Result<Vec<String>> {
    let name = "corpus/news.th.jsonl.zst";
    let mut texts = Vec::new();
    for (number, line) in (1..).zip(sources.unpacked(name)?.lines()) {
        let article: Value = serde_json::from_str(line)
            .with_context(|| format!("{name}, line {number} is no JSON"))?;
        for field in ["title", "body"] {
            let text = article[field].as_str();
            let text = text.with_context(|| format!("{name}, line {number} has no {field}"))?;
            texts.push(text.to_owned());
        }
    }
    Ok(texts)
}

fn unique<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut seen = HashSet::new();
    lines.filter(|line| seen.insert(*line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_stay_in_one_fold() {
        assert_eq!(
            (fold(0), fold(9), fold(10), fold(49), fold(50)),
            (0, 0, 1, 4, 0)
        );
    }
}
