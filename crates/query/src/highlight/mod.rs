//! Where a text matches a query, and the parts of it that show this best.

mod html;
mod matches;
mod passage;
mod wanted;

use std::ops::Range;

use mekong_core::{Analyzer, Document};

use matches::Found;
use wanted::Wanted;
pub(crate) use wanted::WantedBuilder;

/// Shows where texts match a query, under the same folding and segmentation as the search.
///
/// What is marked is what the query asks the index for: its words in any of their forms, with or
/// without accents, the other names of what it names, a phrase where it stands whole. A word
/// without a match is marked where the letters are that it is found by, if it is written in Thai,
/// Lao, Khmer or Burmese. Left out are words that stand alone and are far more common than others
/// of the query that the text has too: `the`, `của`, `การ`.
///
/// ```
/// use mekong_core::{Document, Index};
/// use mekong_query::{Query, Searcher};
///
/// let index = Index::in_memory()?;
/// let highlighter = Searcher::new(&index).highlighter(&Query::text("bo truong"))?;
/// let text = "Quyền Bộ trưởng <Ngoại giao>";
/// let ranges = highlighter.ranges(text);
/// assert_eq!(&text[ranges[0].clone()], "Bộ trưởng");
///
/// let html = highlighter.mark(text).html();
/// assert_eq!(html, "Quyền <mark>Bộ trưởng</mark> &lt;Ngoại giao&gt;");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Highlighter {
    analyzer: Analyzer,
    wanted: Wanted,
    max_chars: usize,
}

/// A part of a text, or all of it, and where it matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snippet {
    /// The part, as it stands in the text.
    pub text: String,
    /// Where it matches: bytes of `text`, half-open, ascending, not touching one another.
    pub highlights: Vec<Range<usize>>,
    /// Which part it is: bytes of the whole text, half-open.
    pub range: Range<usize>,
}

/// How a document matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Highlights {
    /// [`Document::headline`]. Its range is one of the title, or of the body where the document
    /// has no title.
    pub title: Snippet,
    /// The parts of the body that match best, the best one first. Where the body does not match,
    /// its beginning.
    pub passages: Vec<Snippet>,
}

/// Of a longer text, this is looked at for snippets and passages.
const MAX_TEXT_BYTES: usize = 1 << 20;
/// A text that is longer is cut at a blank so far before its limit, if there is one.
const MAX_BACK_TO_BLANK: usize = 256;
/// No more passages are given of one text.
const MAX_PASSAGES: usize = 100;
const DEFAULT_CHARS: usize = 200;

impl Highlighter {
    pub(crate) fn new(analyzer: &Analyzer, wanted: WantedBuilder<'_>) -> Self {
        Self {
            analyzer: analyzer.clone(),
            wanted: wanted.wanted,
            max_chars: DEFAULT_CHARS,
        }
    }

    /// Snippets and passages of about so many characters at most: 200 unless told.
    #[must_use]
    pub fn max_chars(mut self, max_chars: usize) -> Self {
        self.max_chars = max_chars;
        self
    }

    /// Where the text matches: bytes, half-open, ascending. Matches with nothing but blanks
    /// between them are one. No range begins or ends within a character as readers see it.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.find(text).marks()
    }

    /// All of a text, a title perhaps, and where it matches.
    #[must_use]
    pub fn mark(&self, text: &str) -> Snippet {
        Snippet {
            text: text.to_owned(),
            highlights: self.ranges(text),
            range: 0..text.len(),
        }
    }

    /// The part of the text that shows best how it matches; its beginning where it does not.
    ///
    /// It begins and ends with a sentence where one begins or ends nearby, and between words
    /// otherwise. Of a text longer than 1 MiB the first 1 MiB is looked at.
    #[must_use]
    pub fn snippet(&self, text: &str) -> Snippet {
        self.passages_or_beginning(text, 1)
            .pop()
            .unwrap_or_default()
    }

    /// The parts of the text that show best how it matches, each like a
    /// [`snippet`](Self::snippet), at most `count` of them and at most 100. They do not overlap.
    /// The best one is the first, each next one best adds to those before. None where the text
    /// does not match.
    #[must_use]
    pub fn passages(&self, text: &str, count: usize) -> Vec<Snippet> {
        let text = beginning(text);
        passage::best(&self.find(text), self.max_chars, count.min(MAX_PASSAGES))
    }

    /// How a document matches: its title, and at most `passages` parts of its body.
    ///
    /// ```
    /// use mekong_core::{Document, Index};
    /// use mekong_query::{Query, Searcher};
    ///
    /// let index = Index::in_memory()?;
    /// let highlighter = Searcher::new(&index).highlighter(&Query::text("Thailand"))?;
    /// let document = Document::new("1").title("Thái Lan & Lào").body("นายกรัฐมนตรีไทย");
    /// let highlights = highlighter.document(&document, 3);
    /// assert_eq!(highlights.title.html(), "<mark>Thái Lan</mark> &amp; Lào");
    /// assert_eq!(highlights.passages[0].html(), "นายกรัฐมนตรี<mark>ไทย</mark>");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn document(&self, document: &Document, passages: usize) -> Highlights {
        let headline = document.headline();
        let whole = match &document.title {
            Some(title) if !title.trim().is_empty() => title,
            _ => beginning(&document.body),
        };
        // Whatever is cut off at the end has a say in what its neighbours are.
        let start = whole.len() - whole.trim_start().len();
        let found = self.find(whole);
        Highlights {
            title: cut(&found, &found.marks(), start..start + headline.len()),
            passages: self.passages_or_beginning(&document.body, passages),
        }
    }

    fn passages_or_beginning(&self, text: &str, count: usize) -> Vec<Snippet> {
        let found = self.find(beginning(text));
        let best = passage::best(&found, self.max_chars, count.min(MAX_PASSAGES));
        if best.is_empty() && count > 0 && !text.is_empty() {
            return vec![passage::first(&found, self.max_chars)];
        }
        best
    }

    fn find<'a>(&self, text: &'a str) -> Found<'a> {
        Found::new(text, &self.analyzer, &self.wanted)
    }
}

/// A text as far as it is looked at for passages.
fn beginning(text: &str) -> &str {
    if text.len() <= MAX_TEXT_BYTES {
        return text;
    }
    let mut limit = MAX_TEXT_BYTES;
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let mut back = limit - MAX_BACK_TO_BLANK;
    while !text.is_char_boundary(back) {
        back -= 1;
    }
    let blank = text[back..limit].rfind(char::is_whitespace);
    &text[..blank.map_or(limit, |blank| back + blank)]
}

/// A part of a text, and the marks in it.
fn cut(found: &Found<'_>, marks: &[Range<usize>], range: Range<usize>) -> Snippet {
    let first = marks.partition_point(|mark| mark.end <= range.start);
    let marks = marks[first..].iter();
    let highlights = marks
        .take_while(|mark| mark.start < range.end)
        .map(|mark| {
            mark.start.max(range.start) - range.start..mark.end.min(range.end) - range.start
        })
        .collect();
    Snippet {
        text: found.text[range.clone()].to_owned(),
        highlights,
        range,
    }
}
