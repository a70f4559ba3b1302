//! An index that is not there until it is whole.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};

use super::format::Folder;
use super::{Index, IndexOptions};
use crate::Error;

/// Creates an index in an empty or a new folder, where it appears when `fill` has filled it, or
/// not at all.
///
/// Until then it is in a folder beside, whose name has `.unfinished` added. What a process that
/// died has left there is removed.
///
/// # Errors
///
/// As [`IndexOptions::create`], for both folders; [`Error::is_locked`] where somebody else is at
/// it; those of `fill`.
pub fn create_whole<T, E: From<Error>>(
    options: IndexOptions,
    path: &Path,
    fill: impl FnOnce(&Index) -> Result<T, E>,
) -> Result<T, E> {
    match Folder::look(path) {
        Ok(Folder::Empty) => {}
        Err(error) if !error.is_other_version() => return Err(error.into()),
        Ok(Folder::Index(_)) | Err(_) => return Err(Error::exists(path).into()),
    }
    // The name of the folder, also where it is given as `.` or with a slash at its end.
    let path = std::path::absolute(path).map_err(|error| Error::io(path, error))?;
    let Some(name) = path.file_name() else {
        return Err(Error::not_an_index(&path).into());
    };
    let mut name = name.to_owned();
    name.push(".unfinished");
    let unfinished = path.with_file_name(name);
    remove_left_over(&unfinished)?;
    let index = options.create(&unfinished)?;
    let filled = fill(&index);
    // Not everywhere can be moved what is open.
    drop(index);
    let moved = filled.and_then(|value| {
        move_folder(&unfinished, &path)?;
        Ok(value)
    });
    if moved.is_err() {
        // What cannot be removed now is removed by the next one.
        let _ = fs::remove_dir_all(&unfinished);
    }
    moved
}

/// Removes what is in the folder, if that is an index that nobody writes to.
fn remove_left_over(path: &Path) -> Result<(), Error> {
    match Folder::look(path) {
        Ok(Folder::Empty) => return Ok(()),
        Err(error) if !error.is_other_version() => return Err(error),
        Ok(Folder::Index(_)) | Err(_) => {}
    }
    let files = MmapDirectory::open(path).map_err(|error| Error::engine(error.into()))?;
    let lock = files.acquire_lock(&INDEX_WRITER_LOCK);
    let lock = lock.map_err(|error| Error::engine(TantivyError::LockFailure(error, None)))?;
    drop((lock, files));
    fs::remove_dir_all(path).map_err(|error| Error::io(path, error))
}

fn move_folder(from: &Path, to: &Path) -> Result<(), Error> {
    let failed = |error| Error::io(to, error);
    // Not everywhere can a folder be put in place of an empty one.
    match fs::remove_dir(to) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    fs::rename(from, to).map_err(failed)?;
    // The new name is durable when the folder above is. Not everywhere can that be asked for.
    if let Some(above) = to.parent().and_then(|above| fs::File::open(above).ok()) {
        let _ = above.sync_all();
    }
    Ok(())
}
