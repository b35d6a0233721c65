//! One private file in the place of another, and one that goes for good.

use super::{FileError, folder_of, sync_folder_of, writing};
use rustix::fs::{rename, unlink};
use std::path::Path;

/// Gives a file the name of another one of its folder, which is gone then: whoever looks finds the former or the new one, whole.
/// Returns when the disk has it.
///
/// # Errors
/// [`FileError::Write`].
pub fn replace(new: &Path, path: &Path) -> Result<(), FileError> {
    debug_assert_eq!(folder_of(new), folder_of(path));
    rename(new, path).map_err(|errno| writing(path, errno))?;
    sync_folder_of(path)
}

/// Removes a file, and returns when the disk has it.
///
/// # Errors
/// [`FileError::Write`].
pub fn remove(path: &Path) -> Result<(), FileError> {
    unlink(path).map_err(|errno| writing(path, errno))?;
    sync_folder_of(path)
}
