//! Which lines of a page are its article.
//!
//! What tells: elements that say so (`itemprop=articleBody`, `article`, `main`), and prose. A line
//! of prose is long and mostly no link; menus, lists of other articles and buttons are neither. The
//! article is the smallest element that holds nearly all prose, from the page's heading on.

use std::ops::Range;

use super::page::{Hint, Page};

/// A line of prose has so many bytes: some twelve words of English, six of Thai.
const PROSE_BYTES: usize = 80;
/// A page with less prose (two lines of it) is judged by what its elements say alone.
const ENOUGH_BYTES: usize = 2 * PROSE_BYTES;
/// An element holds nearly all prose with so many of a hundred bytes of it.
const NEARLY_ALL: usize = 80;

/// The article of a page.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// Its lines, with a line break between them.
    pub(super) text: String,
    /// From its first to its last line, by their indexes, whichever of them were taken.
    pub(super) lines: Range<usize>,
    /// Short lines that stand before its first prose: who wrote it, when.
    pub(super) byline: Vec<Range<usize>>,
}

/// Finds the article. Whatever the page is, text that it shows is not lost altogether: where
/// nothing looks like an article, all of it is taken.
pub(super) fn article(page: &Page, title: Option<&str>) -> Article {
    let weights = Weights::new(page);
    let heading = page
        .lines
        .iter()
        .position(|line| line.heading == Some(1) && !weights.is_aside(line.aside));
    let (element, is_hinted) = weights.choose(page);
    let mut lines = page.elements[element].lines.clone();
    // The lead often stands in an element of its own, between the heading and the rest.
    if let Some(heading) = heading.filter(|heading| *heading < lines.start) {
        lines.start = heading;
    }
    let is_title = |at: usize| {
        let text = page.line(&page.lines[at]).trim();
        Some(at) == heading || page.lines[at].heading.is_some() && Some(text) == title
    };
    let is_told = |at: &usize| {
        let line = &page.lines[*at];
        !weights.is_aside(line.aside) && line.linked * 2 <= line.range.len()
    };
    let mut taken: Vec<_> = lines.clone().filter(is_told).collect();
    if weights.total() < ENOUGH_BYTES && !is_hinted || taken.iter().all(|at| is_title(*at)) {
        let shown = |at: &usize| !weights.is_aside(page.lines[*at].aside);
        taken = lines.clone().filter(shown).collect();
    }
    if taken.iter().all(|at| is_title(*at)) {
        taken = (0..page.lines.len()).collect();
        lines = 0..page.lines.len();
    }
    let mut byline = Vec::new();
    if weights.total() >= ENOUGH_BYTES {
        let first = taken
            .iter()
            .copied()
            .find(|at| !is_title(*at) && weights.of(*at..*at + 1) > 0);
        let is_byline = |at: usize| {
            Some(at) < first && !is_title(at) && !ends_sentence(page.line(&page.lines[at]))
        };
        byline = taken.iter().filter(|at| is_byline(**at)).copied().collect();
        taken.retain(|at| !is_byline(*at));
    }
    let mut text = String::new();
    for at in taken {
        if !(title.is_some() && is_title(at)) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(page.line(&page.lines[at]));
        }
    }
    Article {
        text,
        lines,
        byline: byline
            .into_iter()
            .map(|at| page.lines[at].range.clone())
            .collect(),
    }
}

/// Whether a line is a sentence, however short: a lead may be.
fn ends_sentence(line: &str) -> bool {
    let line = line
        .trim_end()
        .trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    line.ends_with([
        '.', '!', '?', '…', ':', '—', '–', '។', '။', '。', '！', '？',
    ])
}

/// How much prose there is.
struct Weights {
    /// Bytes of prose before each line, and of all lines at the end.
    before: Vec<usize>,
    /// An element that seems to stand around an article by its name, and holds most of the prose:
    /// `<div class="has-sidebar">`.
    not_aside: Option<usize>,
}

impl Weights {
    fn new(page: &Page) -> Self {
        let weigh = |not_aside: Option<usize>| {
            let mut sum = 0;
            let mut before = vec![0];
            for line in &page.lines {
                let own = line.range.len() - line.linked;
                let is_prose = own >= PROSE_BYTES && own * 2 > line.range.len();
                if is_prose && (line.aside.is_none() || line.aside == not_aside) {
                    sum += own;
                }
                before.push(sum);
            }
            before
        };
        let before = weigh(None);
        let prose = before[before.len() - 1];
        let of_aside = |element: usize| -> usize {
            let lines = &page.lines[page.elements[element].lines.clone()];
            let own = lines.iter().map(|line| line.range.len() - line.linked);
            own.filter(|own| *own >= PROSE_BYTES).sum()
        };
        let mut asides: Vec<_> = page.lines.iter().filter_map(|line| line.aside).collect();
        asides.dedup();
        let largest = asides.into_iter().map(|at| (of_aside(at), at)).max();
        // Comments may well be longer than what they are about, but not than every line of it.
        let not_aside = largest
            .filter(|(bytes, _)| prose < ENOUGH_BYTES && *bytes > 4 * prose.max(1))
            .map(|(_, at)| at);
        let before = not_aside.map_or(before, |at| weigh(Some(at)));
        Self { before, not_aside }
    }

    fn is_aside(&self, aside: Option<usize>) -> bool {
        aside.is_some() && aside != self.not_aside
    }

    fn of(&self, lines: Range<usize>) -> usize {
        self.before[lines.end.min(self.before.len() - 1)] - self.before[lines.start]
    }

    fn total(&self) -> usize {
        self.of(0..self.before.len() - 1)
    }

    /// The element that holds the article, and whether it says so.
    fn choose(&self, page: &Page) -> (usize, bool) {
        let total = self.total();
        let prose = |at: usize| self.of(page.elements[at].lines.clone());
        // An article may share the page with long comments; one of many teasers is none.
        for (hint, percent) in [
            (Hint::ArticleBody, 20),
            (Hint::Article, 40),
            (Hint::Main, 50),
        ] {
            let hinted =
                (0..page.elements.len()).filter(|at| page.elements[*at].hint == Some(hint));
            let largest = hinted
                .rev()
                .max_by_key(|at| (prose(*at), page.elements[*at].lines.len()));
            if let Some(at) = largest
                && !page.elements[at].lines.is_empty()
                && prose(at) * 100 >= total * percent
            {
                return (at, true);
            }
        }
        if total < ENOUGH_BYTES {
            return (0, false);
        }
        // Elements come in document order: one that holds nearly all of it comes after those
        // around it.
        let smallest = (0..page.elements.len())
            .rev()
            .find(|at| prose(*at) * 100 >= total * NEARLY_ALL);
        (smallest.unwrap_or(0), false)
    }
}
