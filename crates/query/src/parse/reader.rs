//! Reads the operators of a text, from left to right, in one pass.

use std::ops::Range;

use super::{Group, MAX_NESTING, MAX_OPERANDS, Node, Note, NoteKind, Syntax};

pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    is_field: &'t mut dyn FnMut(&str) -> bool,
    operands: usize,
    /// Where the last quotation mark is that may close another.
    last_quote: usize,
    syntax: Syntax,
}

/// A word, phrase, field or group.
struct Operand {
    node: Node,
    kind: Option<NoteKind>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Must,
    Not,
}

pub(super) const OPENING: [char; 4] = ['"', '“', '„', '＂'];
pub(super) const CLOSING: [char; 4] = ['"', '”', '“', '＂'];

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, is_field: &'t mut dyn FnMut(&str) -> bool) -> Self {
        Self {
            text,
            at: 0,
            is_field,
            operands: 0,
            last_quote: text.rfind(CLOSING).unwrap_or(0),
            syntax: Syntax::default(),
        }
    }

    pub(super) fn read(mut self) -> Syntax {
        let mut group = self.group(0, true);
        // Of the whole text, words without an operator rank and need not hold.
        group.any.clear();
        self.syntax.constraint = group;
        self.syntax.notes.sort_by_key(|note| note.range.start);
        self.syntax
    }

    /// All up to the end of the text or, within parentheses, to the one that closes.
    fn group(&mut self, depth: usize, ranks: bool) -> Group {
        let mut group = Group::default();
        loop {
            self.skip_blanks();
            if self.is_at_end(depth) {
                break;
            }
            let start = self.at;
            let sign = self.sign();
            let Some(first) = self.operand(depth, ranks && sign != Sign::Not) else {
                continue;
            };
            if !self.is_or(depth) {
                self.add(&mut group, depth, start, sign, first);
                continue;
            }
            let mut any = vec![signed(sign, first.node)];
            while self.is_or(depth) {
                self.skip_or();
                let sign = self.sign();
                if let Some(next) = self.operand(depth, ranks && sign != Sign::Not)
                    && self.has_room(start)
                {
                    any.push(signed(sign, next.node));
                }
            }
            let alternatives = Operand {
                node: Node::Group(Group {
                    any,
                    ..Group::default()
                }),
                kind: Some(NoteKind::Alternatives),
            };
            self.add(&mut group, depth, start, Sign::None, alternatives);
        }
        if !group.must.is_empty() {
            // Where some must be there, the others only rank.
            group.any.clear();
        }
        group
    }

    fn add(
        &mut self,
        group: &mut Group,
        depth: usize,
        start: usize,
        sign: Sign,
        Operand { node, kind }: Operand,
    ) {
        let (to, kind) = match (sign, kind) {
            (Sign::Not, _) => (&mut group.not, Some(NoteKind::Excluded)),
            (Sign::Must, _) => (&mut group.must, Some(NoteKind::Required)),
            (Sign::None, Some(kind)) => (&mut group.must, Some(kind)),
            (Sign::None, None) if depth == 0 => return,
            (Sign::None, None) => (&mut group.any, None),
        };
        if self.has_room(start) {
            to.push(node);
            if let Some(kind) = kind {
                self.note(start..self.at, kind);
            }
        }
    }

    /// Whether there may be one more operand; counts it.
    fn has_room(&mut self, start: usize) -> bool {
        self.operands += 1;
        if self.operands == MAX_OPERANDS + 1 {
            self.note(start..self.at, NoteKind::TooManyOperands);
        }
        self.operands <= MAX_OPERANDS
    }

    /// What stands here behind its sign; `None` where that is nothing that could be searched.
    fn operand(&mut self, depth: usize, ranks: bool) -> Option<Operand> {
        if let Some(name) = self.field() {
            let ranks = ranks && name.eq_ignore_ascii_case("title");
            let value = self.value(depth, ranks)?;
            return Some(Operand {
                node: Node::Field(name.to_owned(), Box::new(value.node)),
                kind: Some(NoteKind::Field),
            });
        }
        self.value(depth, ranks)
    }

    fn value(&mut self, depth: usize, ranks: bool) -> Option<Operand> {
        let start = self.at;
        let first = self.peek()?;
        if OPENING.contains(&first) {
            self.at += first.len_utf8();
            if start < self.last_quote {
                return self.phrase(start, ranks);
            }
            self.note(start..self.at, NoteKind::UnclosedQuote);
            self.last_quote = 0;
            return None;
        }
        if is_opening(first) {
            self.at += first.len_utf8();
            if depth < MAX_NESTING {
                return self.parentheses(depth, start, ranks);
            }
            let is_noted = |note: &Note| note.kind == NoteKind::TooDeep;
            if !self.syntax.notes.iter().any(is_noted) {
                self.note(start..self.at, NoteKind::TooDeep);
            }
            return None;
        }
        Some(self.word(depth, ranks))
    }

    /// The rest of a phrase whose quotation mark has been read, and which is closed.
    fn phrase(&mut self, start: usize, ranks: bool) -> Option<Operand> {
        let rest = &self.text[self.at..];
        let end = rest.find(CLOSING)?;
        let words = rest[..end].trim();
        self.at += end + rest[end..].chars().next().map_or(0, char::len_utf8);
        if !has_letters(words) {
            return None;
        }
        if self.peek() == Some('*') {
            self.at += 1;
            return Some(Operand {
                node: Node::Prefix(words.to_owned(), start..self.at),
                kind: Some(NoteKind::Prefix),
            });
        }
        if ranks {
            push_words(&mut self.syntax.words, words);
        }
        Some(Operand {
            node: Node::Phrase(words.to_owned()),
            kind: Some(NoteKind::Phrase),
        })
    }

    /// The rest of a group whose parenthesis has been read.
    fn parentheses(&mut self, depth: usize, start: usize, ranks: bool) -> Option<Operand> {
        let mut group = self.group(depth + 1, ranks);
        match self.peek() {
            Some(closing) => self.at += closing.len_utf8(),
            None => self.note(
                start..start + self.text[start..].chars().next().map_or(0, char::len_utf8),
                NoteKind::UnclosedParenthesis,
            ),
        }
        if group.is_empty() {
            return None;
        }
        let is_plain = group.must.is_empty() && group.not.is_empty();
        let is_one = group.must.len() == 1 && group.not.is_empty();
        let node = match group.must.pop() {
            Some(only) if is_one => only,
            last => {
                group.must.extend(last);
                Node::Group(group)
            }
        };
        Some(Operand {
            node,
            kind: (!is_plain).then_some(NoteKind::Required),
        })
    }

    fn word(&mut self, depth: usize, ranks: bool) -> Operand {
        let word = self.word_here(depth);
        let start = self.at;
        self.at += word.len();
        if let Some(stem) = word.strip_suffix('*')
            && has_letters(stem)
        {
            return Operand {
                node: Node::Prefix(stem.to_owned(), start..self.at),
                kind: Some(NoteKind::Prefix),
            };
        }
        if let Some((stem, distance)) = word.rsplit_once('~')
            && has_letters(stem)
            && let Some(distance) = match distance {
                "" | "1" => Some(1),
                "2" => Some(2),
                _ => None,
            }
        {
            return Operand {
                node: Node::Near(stem.to_owned(), distance, start..self.at),
                kind: Some(NoteKind::Near),
            };
        }
        if ranks {
            push_words(&mut self.syntax.words, word);
            push_words(&mut self.syntax.plain_words, word);
        }
        Operand {
            node: Node::Phrase(word.to_owned()),
            kind: None,
        }
    }

    /// What stands here up to a blank, a phrase, or the end of the parentheses around it.
    fn word_here(&self, depth: usize) -> &'t str {
        let rest = &self.text[self.at..];
        let mut open = 0_usize;
        let mut before = None;
        for (i, c) in rest.char_indices() {
            if is_opening(c) {
                open += 1;
            } else if is_closing(c) {
                if depth > 0 && open == 0 && i > 0 {
                    return &rest[..i];
                }
                open = open.saturating_sub(1);
            }
            // Of five inches (`5"`) none is a phrase.
            let is_phrase = OPENING.contains(&c)
                && self.at + i < self.last_quote
                && !before.is_some_and(|c: char| c.is_ascii_digit());
            if c.is_whitespace() || is_phrase && i > 0 {
                return &rest[..i];
            }
            before = Some(c);
        }
        rest
    }

    /// The sign here, if there is one and something stands behind it.
    fn sign(&mut self) -> Sign {
        let before = self.text[..self.at].chars().next_back();
        if !before.is_none_or(|c| c.is_whitespace() || is_opening(c)) {
            return Sign::None;
        }
        let mut rest = self.text[self.at..].chars();
        let sign = match rest.next() {
            Some('+' | '＋') => Sign::Must,
            Some('-' | '－') => Sign::Not,
            _ => return Sign::None,
        };
        let behind = self.text.len() - rest.as_str().len();
        let begins = |c: char| c.is_alphanumeric() || OPENING.contains(&c) || is_opening(c);
        if !rest.next().is_some_and(begins) {
            return Sign::None;
        }
        self.at = behind;
        sign
    }

    /// The name of a field whose colon stands here, if there is such a field; goes behind it.
    fn field(&mut self) -> Option<&'t str> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && !"_-.".contains(c))?;
        let (name, value) = (&rest[..end], rest[end..].strip_prefix(':')?);
        let first = value.chars().next()?;
        if name.is_empty() || first.is_whitespace() {
            return None;
        }
        let behind = self.at + end + 1;
        if (self.is_field)(name) {
            self.at = behind;
            return Some(name);
        }
        let is_name = name.chars().next().is_some_and(char::is_alphabetic);
        let begins = first.is_alphanumeric() || OPENING.contains(&first) || is_opening(first);
        if is_name && begins {
            self.note(self.at..behind, NoteKind::UnknownField);
        }
        None
    }

    /// Whether `OR` stands here and something behind it.
    fn is_or(&self, depth: usize) -> bool {
        let rest = self.text[self.at..].trim_start();
        let is_apart = rest.len() < self.text.len() - self.at
            || self.text[..self.at].ends_with(CLOSING)
            || self.text[..self.at].ends_with(is_closing);
        let Some(behind) = rest.strip_prefix("OR").filter(|_| is_apart) else {
            return false;
        };
        let next = behind.trim_start().chars().next();
        behind.starts_with(|c: char| c.is_whitespace() || is_opening(c) || OPENING.contains(&c))
            && next.is_some_and(|c| depth == 0 || !is_closing(c))
    }

    fn skip_or(&mut self) {
        self.skip_blanks();
        self.at += "OR".len();
        self.skip_blanks();
    }

    fn note(&mut self, range: Range<usize>, kind: NoteKind) {
        self.syntax.notes.push(Note::new(range, kind));
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn is_at_end(&self, depth: usize) -> bool {
        self.peek().is_none_or(|c| depth > 0 && is_closing(c))
    }
}

fn push_words(text: &mut String, words: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(words);
}

/// One of several alternatives.
fn signed(sign: Sign, node: Node) -> Node {
    match sign {
        Sign::Not => Node::Group(Group {
            not: vec![node],
            ..Group::default()
        }),
        Sign::None | Sign::Must => node,
    }
}

pub(super) fn is_opening(c: char) -> bool {
    matches!(c, '(' | '（')
}

pub(super) fn is_closing(c: char) -> bool {
    matches!(c, ')' | '）')
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
