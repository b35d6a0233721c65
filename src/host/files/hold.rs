//! Having a file open together with others, or alone: whoever opens it by its name asks first, so that who has it alone can put
//! another one in its place.

use super::draft::is_named;
use super::{FileError, open_to_read, reading};
use rustix::fs::OFlags;
use std::fs::{File, TryLockError};
use std::path::Path;

/// A file that is held until this is dropped, or the process dies. It must outlive whatever else has the file open here: SQLite loses
/// its locks with the first descriptor that is closed.
#[derive(Debug)]
pub struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // The end of the process does the same.
        let _ = self.0.unlock();
    }
}

/// Holds a file together with others; nothing when somebody has it alone.
///
/// # Errors
/// [`FileError`] when there is no such file.
pub fn hold_together(path: &Path) -> Result<Option<Held>, FileError> {
    hold(path, File::try_lock_shared)
}

/// Holds a file alone; nothing when somebody else has it.
///
/// # Errors
/// [`FileError`] when there is no such file.
pub fn hold_alone(path: &Path) -> Result<Option<Held>, FileError> {
    hold(path, File::try_lock)
}

fn hold(path: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Option<Held>, FileError> {
    loop {
        let file = open_to_read(path, OFlags::NOFOLLOW).map(File::from).map_err(|errno| reading(path, errno))?;
        match lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(FileError::Read { path: path.to_owned(), source }),
        }
        // Another one may have taken its place before the lock was had; with it, none can.
        let held = Held(file);
        if is_named(&held.0, path) {
            return Ok(Some(held));
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests lay files")]
mod tests {
    use super::*;

    #[test]
    fn many_hold_a_file_together_and_one_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        assert!(matches!(hold_together(&path), Err(FileError::Missing { .. })));
        std::fs::write(&path, "").unwrap();
        let together = [hold_together(&path).unwrap(), hold_together(&path).unwrap()];
        assert!(together.iter().all(Option::is_some));
        assert!(hold_alone(&path).unwrap().is_none());
        drop(together);
        let alone = hold_alone(&path).unwrap();
        assert!(alone.is_some() && hold_together(&path).unwrap().is_none() && hold_alone(&path).unwrap().is_none());
        drop(alone);
        assert!(hold_together(&path).unwrap().is_some());
    }
}
