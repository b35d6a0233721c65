//! Taking turns, by a lock on a folder that goes with the process.

use super::{FileError, open_to_read, reading};
use rustix::fs::OFlags;
use std::fs::{File, TryLockError};
use std::path::Path;

/// A folder that is locked until this is dropped, or the process dies.
#[derive(Debug)]
pub struct FolderLock {
    folder: File,
}

impl Drop for FolderLock {
    /// Gives it back at once: a child that another thread is starting has the descriptor too, until it becomes its program.
    fn drop(&mut self) {
        // The end of the process does the same.
        let _ = self.folder.unlock();
    }
}

/// Locks a folder; nothing when another process has it. It keeps out only who asks for the lock too.
///
/// # Errors
/// [`FileError`] when there is no such folder, or it cannot be locked.
pub fn lock_folder(path: &Path) -> Result<Option<FolderLock>, FileError> {
    let folder = open_to_read(path, OFlags::DIRECTORY).map_err(|errno| reading(path, errno))?;
    let folder = File::from(folder);
    match folder.try_lock() {
        Ok(()) => Ok(Some(FolderLock { folder })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(FileError::Read { path: path.to_owned(), source }),
    }
}
