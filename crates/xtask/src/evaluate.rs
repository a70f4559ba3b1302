//! What teachers, and what is made from them, score on sentences with known words.

use std::collections::HashSet;
use std::thread;

use anyhow::{Context, Result, bail};
use mekong_segment::training::lexicon::Lexicon as WordList;
use mekong_segment::training::with_lexicon;

use crate::Language;
use crate::distill;
use crate::gold::{self, Score, Sentence};
use crate::lexicon::Lexicon;
use crate::run::Run;
use crate::sources::Sources;
use crate::student::{self, Student};
use crate::teacher::{Teacher, starts};
use crate::thai::{FOLDS, Licences, Thai, fold};
use crate::word_graph;

const THREADS: usize = 2;

/// Scores of a teacher and of its student on one corpus.
#[derive(Clone, Copy, Default)]
struct Pair {
    teacher: Score,
    student: Score,
}

impl Pair {
    fn of<'s>(
        teacher: &impl Teacher,
        student: &Student,
        sentences: impl Iterator<Item = &'s Sentence>,
    ) -> Self {
        let mut pair = Self::default();
        for gold in sentences.flat_map(|sentence| &sentence.runs) {
            pair.teacher.add(
                &gold.starts,
                &starts(&teacher.probabilities(&gold.run), 0.5),
            );
            pair.student
                .add(&gold.starts, &student_starts(student, &gold.run));
        }
        pair
    }

    fn merge(&mut self, other: Self) {
        self.teacher.merge(other.teacher);
        self.student.merge(other.student);
    }

    fn print(self, corpus: &str) {
        print(corpus, "teacher", self.teacher);
        print(corpus, "student", self.student);
    }
}

fn student_starts(student: &Student, run: &Run) -> Vec<bool> {
    let mut scores = student.scores(&run.codes);
    for (score, allowed) in scores.iter_mut().zip(&run.allowed) {
        if !allowed {
            *score = f32::NAN;
        }
    }
    starts(&scores, 0.0)
}

/// Measures Thai: TUD dev, and PUD and Wisesight by cross-validation.
pub(crate) fn thai(sources: &Sources, licences: Licences) -> Result<()> {
    let thai = &Thai::read(sources, licences)?;
    let results: Vec<[Pair; 3]> = thread::scope(|scope| {
        let worker = |first| {
            scope.spawn(move || {
                (first..FOLDS)
                    .step_by(THREADS)
                    .map(|fold| one_fold(thai, fold))
                    .collect()
            })
        };
        let workers: Vec<_> = (0..THREADS).map(worker).collect();
        workers
            .into_iter()
            .map(|worker| worker.join())
            .collect::<Result<Vec<Vec<_>>, _>>()
    })
    .map_err(|_| anyhow::anyhow!("a fold came to a bad end"))?
    .concat();
    for (at, corpus) in ["TUD dev", "PUD a", "Wisesight a"].into_iter().enumerate() {
        let mut sum = Pair::default();
        results.iter().for_each(|result| sum.merge(result[at]));
        sum.print(&format!("thai {corpus}"));
    }
    Ok(())
}

fn one_fold(thai: &Thai, left_out: usize) -> [Pair; 3] {
    let teacher = thai.teacher(Some(left_out));
    let text = thai.text(&teacher, Some(left_out));
    let student = student::train(&text, &distill::THAI);
    let held_out = |corpus: &'_ [Sentence]| {
        let sentences = corpus.iter().enumerate();
        let sentences = sentences.filter(|&(at, _)| fold(at) == left_out);
        Pair::of(&teacher, &student, sentences.map(|(_, sentence)| sentence))
    };
    [
        Pair::of(&teacher, &student, thai.tud_dev.iter()),
        held_out(&thai.pud),
        held_out(&thai.wisesight),
    ]
}

/// Measures a language whose segmenter has a word list: the teacher, and what stands in the file.
pub(crate) fn other(sources: &Sources, language: Language, lexicon: &Lexicon) -> Result<()> {
    let corpora: &[&str] = match language {
        Language::Thai => bail!("Thai is measured in another way"),
        Language::Lao => &["lo.a"],
        Language::Khmer => &["km.coarse.a", "km.fine.a"],
        Language::Burmese => &["my.a"],
    };
    let script = lexicon.script;
    let file = word_graph::build(script, &lexicon.teacher)?;
    let segmenter = with_lexicon(script, WordList::new(script, file.leak()));
    for corpus in corpora {
        let file = sources.text(&format!("segmentation/{corpus}.gold"));
        let file = file.context("measuring needs sentences with known words")?;
        let (mut teacher, mut segmented) = (Score::default(), Score::default());
        for sentence in gold::sentences(script, &file) {
            let words = segmenter.words(&sentence.text);
            let begins: HashSet<usize> = words.map(|word| word.range.start).collect();
            for gold in &sentence.runs {
                let probabilities = lexicon.teacher.probabilities(&gold.run);
                teacher.add(&gold.starts, &starts(&probabilities, 0.5));
                let begins = gold.origins.iter().map(|at| begins.contains(at));
                segmented.add(&gold.starts, &begins.collect::<Vec<_>>());
            }
        }
        let corpus = format!("{} {corpus}", language.name());
        print(&corpus, "teacher", teacher);
        print(&corpus, "segmenter", segmented);
    }
    Ok(())
}

fn print(corpus: &str, who: &str, score: Score) {
    let (f1, precision, recall) = (score.f1(), score.precision(), score.recall());
    println!("{corpus:24} {who:9}  F1 {f1:.2}  precision {precision:.2}  recall {recall:.2}");
}
