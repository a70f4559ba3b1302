//! Whether all files of an index are as they were written.

use std::collections::{BTreeSet, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, META_LOCK};

use super::directory::{Checked, Content};

/// What the engine lists all files in that it made.
const MANAGED: &str = ".managed.json";

/// The files of the last commit that are missing or not as they were written, by name.
pub(super) fn damaged(
    engine: &tantivy::Index,
    directory: &Checked,
) -> tantivy::Result<Vec<PathBuf>> {
    let mut damaged = BTreeSet::new();
    for (path, content) in open(engine, directory, &mut damaged)? {
        match content.verify() {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                damaged.insert(path);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(damaged.into_iter().collect())
}

/// Opens the files of all segments, while no other process may take one away.
fn open(
    engine: &tantivy::Index,
    directory: &Checked,
    damaged: &mut BTreeSet<PathBuf>,
) -> tantivy::Result<Vec<(PathBuf, Arc<Content>)>> {
    let _no_removal = directory.acquire_lock(&META_LOCK)?;
    let managed = match directory.atomic_read(Path::new(MANAGED)) {
        Ok(text) => serde_json::from_slice(&text).ok(),
        Err(error) if is_damage(&error) => None,
        Err(error) => return Err(error.into()),
    };
    let managed: Option<HashSet<PathBuf>> = managed;
    if managed.is_none() {
        damaged.insert(MANAGED.into());
    }
    let metas = match engine.load_metas() {
        Ok(metas) => metas,
        Err(TantivyError::OpenReadError(error)) if !is_damage(&error) => return Err(error.into()),
        Err(_) => {
            damaged.insert("meta.json".into());
            return Ok(Vec::new());
        }
    };
    let mut opened = Vec::new();
    for path in metas.list_segment_files() {
        // Of the files that a segment may have, not each has all.
        if managed
            .as_ref()
            .is_some_and(|managed| !managed.contains(&path))
        {
            continue;
        }
        match directory.open(&path) {
            Ok(content) => opened.push((path, content)),
            Err(OpenReadError::FileDoesNotExist(_)) if managed.is_none() => {}
            Err(error) if is_damage(&error) => {
                damaged.insert(path);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(opened)
}

fn is_damage(error: &OpenReadError) -> bool {
    match error {
        OpenReadError::FileDoesNotExist(_) => true,
        OpenReadError::IoError { io_error, .. } => io_error.kind() == ErrorKind::InvalidData,
        OpenReadError::IncompatibleIndex(_) => false,
    }
}
