//! From what a user types to what is meant by it.
//!
//! A text has two halves. Its words *rank*: any of them may be there. What stands with an operator
//! must *hold*, and ranks by its words besides. Nothing fails: what cannot be read as an operator is
//! a word, and a [`Note`] says so.

mod note;
mod reader;

use std::fmt;
use std::ops::Range;

use mekong_dates::Reading;

pub use note::{Note, NoteKind};

/// What was understood of the text of a query.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Parsed {
    /// The words that rank, without operators, and without what is excluded.
    pub words: String,
    /// The date in the text that filters: its days are days in the zone of the query.
    pub dates: Option<Reading>,
    /// What was understood beyond words, and what was not, in the order of the text.
    pub notes: Vec<Note>,
}

impl Parsed {
    /// The notes on what could not be read or was left out.
    pub fn problems(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.is_problem())
    }
}

/// What a text asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Syntax {
    /// The words that rank, in their order, separated by blanks.
    pub(crate) words: String,
    /// Those of them that are in no phrase.
    pub(crate) plain_words: String,
    /// What must hold for a document to be found.
    pub(crate) constraint: Group,
    pub(crate) notes: Vec<Note>,
}

/// Something that a document satisfies or does not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// Words, one after another.
    Phrase(String),
    /// Words, one after another, the last of which goes on in any way; and where they stand.
    Prefix(String, Range<usize>),
    /// A word, give or take so many letters; and where it stands.
    Near(String, u8, Range<usize>),
    /// The same in a field: `title`, `source`, or a key of the metadata.
    Field(String, Box<Node>),
    Group(Group),
}

/// All of `must`, none of `not`, and any of `any` unless it is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    pub(crate) must: Vec<Node>,
    pub(crate) not: Vec<Node>,
    pub(crate) any: Vec<Node>,
}

impl Group {
    pub(crate) fn is_empty(&self) -> bool {
        self.must.is_empty() && self.not.is_empty() && self.any.is_empty()
    }
}

/// Parentheses nest so deep.
pub(crate) const MAX_NESTING: usize = 16;
/// So many words, phrases and fields of a text may have operators.
pub(crate) const MAX_OPERANDS: usize = 64;

/// Reads a text. `is_field` says which names are those of fields.
pub(crate) fn parse(text: &str, is_field: &mut dyn FnMut(&str) -> bool) -> Syntax {
    reader::Reader::new(text, is_field).read()
}

/// Whether a sign opens or closes a phrase.
pub(crate) fn is_quote(sign: char) -> bool {
    reader::OPENING.contains(&sign) || reader::CLOSING.contains(&sign)
}

/// Whether what stands between two parts of a text is one of several alternatives, or within
/// parentheses that are excluded, of a field, or perhaps an alternative themselves.
pub(crate) fn is_alternative(before: &str, after: &str) -> bool {
    let is_or = |word: &str| word == "OR";
    let has_or = |text: &str| text.split_whitespace().any(is_or);
    let mut open = Vec::new();
    for (at, c) in before.char_indices() {
        if reader::is_opening(c) {
            open.push(before[..at].ends_with(['-', '－', ':']));
        } else if reader::is_closing(c) {
            open.pop();
        }
    }
    match open.as_slice() {
        [] => {
            before.split_whitespace().next_back().is_some_and(is_or)
                || after.split_whitespace().next().is_some_and(is_or)
        }
        open => open.contains(&true) || has_or(before) || has_or(after),
    }
}

impl fmt::Display for Group {
    /// The group in the syntax that it is read from, for tests and for whoever debugs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blank = "";
        for node in &self.must {
            write!(f, "{blank}+{node}")?;
            blank = " ";
        }
        for node in &self.not {
            write!(f, "{blank}-{node}")?;
            blank = " ";
        }
        for node in &self.any {
            write!(f, "{blank}{node}")?;
            blank = " ";
        }
        Ok(())
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phrase(text) => write!(f, "\"{text}\""),
            Self::Prefix(text, _) => write!(f, "{text}*"),
            Self::Near(text, distance, _) => write!(f, "{text}~{distance}"),
            Self::Field(name, node) => write!(f, "{name}:{node}"),
            Self::Group(group) => write!(f, "({group})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Syntax {
        parse(text, &mut |name| {
            matches!(name, "title" | "source" | "author")
        })
    }

    /// The words that rank, and what must hold.
    fn understood(text: &str) -> (String, String) {
        let syntax = read(text);
        (syntax.words, syntax.constraint.to_string())
    }

    #[track_caller]
    fn assert_understood(text: &str, words: &str, constraint: &str) {
        assert_eq!(
            understood(text),
            (words.to_owned(), constraint.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn words_are_words() {
        for text in [
            "bo truong ngoai giao",
            "กระทรวงการต่างประเทศ",
            "a - b + c",
            "21-23 C++ AT&T 50% don't",
            "or OR",
            "OR a",
            "10:30 https://example.org/a?b=c Re:",
            "f(x) ASEAN(10)",
            "* ~ ~1 : + -",
        ] {
            let (words, constraint) = understood(text);
            assert_eq!(words, text);
            assert_eq!(constraint, "", "{text}");
        }
        assert_understood("Liên Hợp Quốc (LHQ)", "Liên Hợp Quốc LHQ", "");
        assert_understood("", "", "");
    }

    #[test]
    fn operators_say_what_must_hold() {
        assert_understood(
            "\"bộ trưởng\" thái lan",
            "bộ trưởng thái lan",
            "+\"bộ trưởng\"",
        );
        assert_understood("“bộ trưởng” thái", "bộ trưởng thái", "+\"bộ trưởng\"");
        assert_understood("gạo -cà-phê +lúa", "gạo lúa", "+\"lúa\" -\"cà-phê\"");
        assert_understood("-\"a b\" c", "c", "-\"a b\"");
        assert_understood("x a OR b OR c", "x a b c", "+(\"a\" \"b\" \"c\")");
        assert_understood("-(a b) c", "c", "-(\"a\" \"b\")");
        assert_understood("+(a b) c", "a b c", "+(\"a\" \"b\")");
        assert_understood("(a OR +b) -c", "a b", "+(\"a\" \"b\") -\"c\"");
        assert_understood("viet* nam", "nam", "+viet*");
        assert_understood("ministre~ phnm~2", "", "+ministre~1 +phnm~2");
        assert_understood("รัฐบาล\"ไทย\"", "รัฐบาล ไทย", "+\"ไทย\"");
        assert_understood("（a OR b） c", "a b c", "+(\"a\" \"b\")");
    }

    #[test]
    fn fields_are_those_that_there_are() {
        assert_understood("title:bộ gạo", "bộ gạo", "+title:\"bộ\"");
        assert_understood("title:\"bộ trưởng\"", "bộ trưởng", "+title:\"bộ trưởng\"");
        assert_understood("-source:VNA gạo", "gạo", "-source:\"VNA\"");
        assert_understood("author:(a OR b) c", "c", "+author:(\"a\" \"b\")");
        assert_understood("title:bo* x", "x", "+title:bo*");
        assert_understood("colour:red x", "colour:red x", "");
        let syntax = read("colour:red x");
        assert_eq!(syntax.notes[0].kind, NoteKind::UnknownField);
        assert_eq!(syntax.notes[0].range, 0..7);
    }

    #[test]
    fn what_does_not_parse_is_words_and_noted() {
        let kinds = |text: &str| -> Vec<NoteKind> {
            let syntax = read(text);
            let problems = syntax.notes.iter().filter(|note| note.is_problem());
            problems.map(|note| note.kind).collect()
        };
        assert_understood("a \"b c", "a b c", "");
        assert_eq!(kinds("a \"b c"), [NoteKind::UnclosedQuote]);
        assert_understood("(a b", "a b", "");
        assert_eq!(kinds("(a b"), [NoteKind::UnclosedParenthesis]);
        assert_understood("a) b", "a) b", "");
        assert_understood("\"\" a", "a", "");
        let deep = "(".repeat(100) + "a" + &")".repeat(100);
        assert_eq!(kinds(&deep), [NoteKind::TooDeep]);
        assert!(read(&deep).words.contains('a'));
        let many = "+a ".repeat(MAX_OPERANDS + 10);
        assert_eq!(kinds(&many), [NoteKind::TooManyOperands]);
        assert_eq!(read(&many).constraint.must.len(), MAX_OPERANDS);
    }

    #[test]
    fn the_notes_say_what_was_understood() {
        let text = "\"bộ trưởng\" -gạo thai*";
        let notes = read(text).notes;
        let shown: Vec<_> = notes.iter().map(|note| &text[note.range.clone()]).collect();
        assert_eq!(shown, ["\"bộ trưởng\"", "-gạo", "thai*"]);
        let kinds: Vec<_> = notes.iter().map(|note| note.kind).collect();
        assert_eq!(
            kinds,
            [NoteKind::Phrase, NoteKind::Excluded, NoteKind::Prefix]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_is_understood(text in r#"([a-c"“”()（）+\-*~:0-9 ]|OR |title:|\PC){0,60}"#) {
            let syntax = read(&text);
            for note in &syntax.notes {
                prop_assert!(text.get(note.range.clone()).is_some_and(|part| !part.is_empty()));
            }
            // Nothing is made up, and words without operators are kept.
            for word in syntax.words.split_whitespace() {
                prop_assert!(text.contains(word));
            }
        }

        #[test]
        fn plain_words_stay_as_they_are(text in "[a-zàéกข0-9.,]{1,8}( [a-zàéกข0-9.,]{1,8}){0,6}") {
            prop_assert_eq!(understood(&text), (text, String::new()));
        }
    }
}
