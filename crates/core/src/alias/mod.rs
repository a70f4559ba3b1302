//! Names of one thing in many languages: who looks for `Thailand` also finds `Thái Lan` and `ไทย`.

mod key;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use unicode_normalization::char::is_combining_mark;

use crate::Error;
use crate::script::Script;
pub use key::Key;
use key::{Form, Reader};

/// Groups of names, each of one thing, in any language and script.
///
/// [`Default`] is the built-in table: countries and territories, many cities and languages, in
/// English, Vietnamese, Thai, Lao, Khmer, Burmese and Chinese. It is read when it is first asked
/// for a name. Names of one's own come from text, one group a line:
///
/// ```
/// use mekong_core::Aliases;
/// use mekong_core::alias::Key;
///
/// let own = Aliases::parse("# ministries\nMOFA = Bộ Ngoại giao = กระทรวงการต่างประเทศ\n")?;
/// let aliases = Aliases::builtin().and(own);
/// let names: Vec<_> = aliases.find(&Key::of("bo ngoai giao")).flatten().collect();
/// assert_eq!(names.len(), 3);
///
/// let error = Aliases::parse("MOFA = Bộ Ngoại giao\nASEAN\n").unwrap_err();
/// assert!(error.is_invalid_alias());
/// assert!(error.to_string().starts_with("line 2:"));
/// # Ok::<(), mekong_core::Error>(())
/// ```
///
/// Names are separated by `=`, with or without blanks around it; empty lines and lines that begin
/// with `#` are left out. A name has at least one letter or digit, and at most
/// [`MAX_WORDS`](Self::MAX_WORDS) words and [`MAX_CHARS`](Self::MAX_CHARS) characters. Of spellings
/// that no query tells apart (`TP HCM`, `TP.HCM`) a group keeps the first.
///
/// # What matches a name
///
/// Case, punctuation and the Unicode form never count. A name matches with its accents, in any
/// spelling of them (`Mỹ`, `mĩ`). If it has at least four letters it also matches where either side
/// has no accents: `viet nam` is Việt Nam, and `São Tomé` is Sao Tome; but English `my` is not Mỹ,
/// `duc` is not Đức, and `biến động` (to fluctuate) is not Biển Đông. Thai, Lao, Khmer, Burmese,
/// Chinese, Japanese and Korean names match as they are spelled.
///
/// A name that two groups have leads to both.
///
/// # What the built-in table leaves out
///
/// It is to help whoever does not know of it. So a name is left out that is mostly something else
/// to its readers: Vietnamese `Anh` (he), `Ý` (idea) and `Áo` (coat) stand as `nước Anh`, `nước Ý`
/// and `nước Áo`, and Lao `ຊາດ` is a nation, not Chad. Languages are called so in every language
/// (`Thai language`, `ภาษาไทย`), since `Thai` alone is mostly another thing. A name of two things is
/// left to the country before the city.
#[derive(Clone, Debug)]
pub struct Aliases {
    builtin: bool,
    own: Vec<Arc<Table>>,
}

/// The built-in table, made by `xtask aliases`.
static BUILTIN: LazyLock<Table> = LazyLock::new(|| {
    let table = Table::parse(include_str!("builtin.txt"));
    debug_assert!(table.is_ok(), "the built-in table is as `xtask` wrote it");
    table.unwrap_or_default()
});

impl Aliases {
    /// The most words of a name; a run of a script without blanks is one.
    pub const MAX_WORDS: usize = 16;
    /// The most characters (Unicode scalar values) of a name.
    pub const MAX_CHARS: usize = 128;

    /// No names.
    #[must_use]
    pub fn none() -> Self {
        Self {
            builtin: false,
            own: Vec::new(),
        }
    }

    /// The built-in table. Costs nothing until it is asked.
    #[must_use]
    pub fn builtin() -> Self {
        Self {
            builtin: true,
            own: Vec::new(),
        }
    }

    /// Reads groups from text, one a line.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_alias`] for the first line that is no group, with its number.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text, None)
    }

    /// Reads groups from a file in UTF-8, one a line.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_alias`] if the file cannot be read, is not UTF-8, or has a line that is
    /// no group. It names the file and the line, or the first byte, counted from 0, that is not
    /// UTF-8.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| Error::alias_file(path, error))?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|error| Error::alias_encoding(path, error.valid_up_to()))?;
        Self::read(text, Some(path))
    }

    fn read(text: &str, path: Option<&Path>) -> Result<Self, Error> {
        let table = Table::parse(text).map_err(|(line, fault)| Error::alias(path, line, fault))?;
        Ok(Self {
            builtin: false,
            own: vec![Arc::new(table)],
        })
    }

    /// The groups of both. They stay apart where they share a name, which then leads to each.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.builtin |= other.builtin;
        for table in other.own {
            if !self.own.iter().any(|own| Arc::ptr_eq(own, &table)) {
                self.own.push(table);
            }
        }
        self
    }

    /// The groups that have a name of this key, each with all its names as they are written, the
    /// found one among them.
    pub fn find<'a>(&'a self, key: &Key) -> impl Iterator<Item = &'a [Box<str>]> + use<'a> {
        let mut groups = Vec::new();
        self.tables().for_each(|table| table.find(key, &mut groups));
        groups.into_iter()
    }

    /// All groups: the names of each, as they are written. There is always more than one.
    pub fn iter(&self) -> impl Iterator<Item = &[Box<str>]> {
        self.tables()
            .flat_map(|table| table.groups.iter().map(|group| &**group))
    }

    fn tables(&self) -> impl Iterator<Item = &Table> {
        let builtin = self.builtin.then(|| &*BUILTIN);
        builtin.into_iter().chain(self.own.iter().map(|own| &**own))
    }
}

impl Default for Aliases {
    /// The built-in table.
    fn default() -> Self {
        Self::builtin()
    }
}

/// The groups of one source, numbered from 0.
#[derive(Debug, Default)]
struct Table {
    groups: Vec<Box<[Box<str>]>>,
    /// The hash of each form of each name, and the group that it leads to; in ascending order. It
    /// is twice as fast to build as a map from the forms themselves.
    forms: Vec<(u64, u32)>,
}

impl Table {
    /// An error comes with its line, counted from 1.
    fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut table = Self::default();
        let (mut reader, mut keys) = (Reader::default(), Vec::new());
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                let added = table.add(line, &mut reader, &mut keys);
                added.map_err(|fault| (number, fault))?;
            }
        }
        table.forms.sort_unstable();
        table.forms.dedup();
        Ok(table)
    }

    /// Adds a group, all but the order of `forms`. `keys` is there to be reused.
    fn add(&mut self, line: &str, reader: &mut Reader, keys: &mut Vec<Key>) -> Result<(), String> {
        let mut names: Vec<Box<str>> = Vec::new();
        for name in line.split('=').map(str::trim) {
            let at = names.len();
            keys.resize_with(keys.len().max(at + 1), Key::default);
            let (others, rest) = keys.split_at_mut(at);
            read_name(name, reader, &mut rest[0])?;
            if !others.contains(&rest[0]) {
                names.push(name.into());
            }
        }
        if names.len() < 2 {
            let alone = names.first().map_or("", |name| name);
            return Err(format!(
                "{alone:?} is one name alone, expected two or more, like `Hanoi = Hà Nội`"
            ));
        }
        let number = self.groups.len() as u32;
        for key in &keys[..names.len()] {
            let forms = key.name_forms().into_iter().flatten();
            self.forms.extend(forms.map(|form| (hash(form), number)));
        }
        self.groups.push(names.into());
        Ok(())
    }

    /// Adds the groups with a name that `key` matches to `found`.
    fn find<'a>(&'a self, key: &Key, found: &mut Vec<&'a [Box<str>]>) {
        let mut numbers = Vec::new();
        for form in key.query_forms().into_iter().flatten() {
            let hash = hash(form);
            let start = self.forms.partition_point(|&(other, _)| other < hash);
            let same = self.forms[start..]
                .iter()
                .take_while(|(other, _)| *other == hash);
            // Two forms may have one hash.
            let has_form = |name: &str| Key::of(name).name_forms().contains(&Some(form));
            numbers.extend(same.map(|&(_, number)| number).filter(|&number| {
                self.groups[number as usize]
                    .iter()
                    .any(|name| has_form(name))
            }));
        }
        numbers.sort_unstable();
        numbers.dedup();
        found.extend(
            numbers
                .into_iter()
                .map(|number| &*self.groups[number as usize]),
        );
    }
}

fn hash(form: Form<'_>) -> u64 {
    // Without a key of the process, so that tables of the same text are the same.
    let mut hasher = DefaultHasher::new();
    form.hash(&mut hasher);
    hasher.finish()
}

/// Makes `key` that of a name, or says what is wrong with the name.
fn read_name(name: &str, reader: &mut Reader, key: &mut Key) -> Result<(), String> {
    let chars = name.chars().count();
    if chars == 0 {
        return Err("a name is empty, expected one on both sides of each `=`".to_owned());
    }
    if chars > Aliases::MAX_CHARS {
        let start: String = name.chars().take(20).collect();
        let most = Aliases::MAX_CHARS;
        return Err(format!(
            "the name {start:?}… has {chars} characters, expected {most} at most"
        ));
    }
    let words = reader.read(name, key);
    if key.is_empty() || !name.contains(is_letter_or_digit) {
        return Err(format!(
            "{name:?} has no letter and no digit, expected a name"
        ));
    }
    if words > Aliases::MAX_WORDS {
        let most = Aliases::MAX_WORDS;
        return Err(format!(
            "{name:?} has {words} words, expected {most} at most"
        ));
    }
    Ok(())
}

/// As far as analysis goes: of any script, and no mark, which alone is no name.
fn is_letter_or_digit(c: char) -> bool {
    Script::of(c) != Script::Common && !is_combining_mark(c)
}
