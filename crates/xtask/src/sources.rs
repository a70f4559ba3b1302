//! The one folder that holds everything the models are made from. `SOURCES.md` says what is in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder of sources. Names below it are those of `SOURCES.md`.
pub(crate) struct Sources {
    folder: PathBuf,
}

impl Sources {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Where a file or folder is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.path(name);
        fs::read(&path).with_context(|| missing(&path, name))
    }

    /// The text of a file, without a byte order mark.
    pub(crate) fn text(&self, name: &str) -> Result<String> {
        let text = String::from_utf8(self.bytes(name)?);
        let mut text = text.with_context(|| format!("{name} is not UTF-8"))?;
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Ok(text)
    }

    /// The text of a file packed with zstd.
    pub(crate) fn unpacked(&self, name: &str) -> Result<String> {
        let bytes = zstd::decode_all(self.bytes(name)?.as_slice());
        let bytes = bytes.with_context(|| format!("cannot unpack {name}"))?;
        String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))
    }

    /// One word a line; `#` begins a comment.
    pub(crate) fn words(&self, name: &str) -> Result<Vec<String>> {
        let text = self.text(name)?;
        let lines = text.lines().map(str::trim);
        let words = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        Ok(words.map(str::to_owned).collect())
    }

    /// Word, tab, count. Lines without a tab hold no word; further columns are passed over.
    pub(crate) fn counted_words(&self, name: &str) -> Result<Vec<(String, u64)>> {
        let text = self.text(name)?;
        let mut words = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let mut columns = line.split('\t');
            let (Some(word), Some(count)) = (columns.next(), columns.next()) else {
                continue;
            };
            let count = count.trim().parse();
            let count =
                count.with_context(|| format!("{name}, line {number}: no count: {line:?}"))?;
            words.push((word.trim().to_owned(), count));
        }
        Ok(words)
    }
}

fn missing(path: &Path, name: &str) -> String {
    let source = name.split('/').next().unwrap_or(name);
    let path = path.display();
    format!(
        "cannot read {path}: see under `{source}/` in crates/xtask/SOURCES.md where it comes from"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_says_where_it_comes_from() {
        let error = Sources::new(Path::new("nowhere")).text("laonlp/words.txt");
        let message = error
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(message.contains("nowhere/laonlp/words.txt"), "{message}");
        assert!(
            message.contains("`laonlp/` in crates/xtask/SOURCES.md"),
            "{message}"
        );
    }
}
