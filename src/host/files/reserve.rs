//! A file whose room is taken before what it will hold exists.

use super::{FileError, create};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A new private file of blanks, on the disk, to be filled; taken away again unless it is.
///
/// A secret that can be shown only once must not be lost to a folder that is missing or a disk that is full.
pub struct Reserved {
    path: PathBuf,
    file: File,
    is_filled: bool,
}

impl Reserved {
    /// Makes the file (0600) with room for `length` bytes.
    ///
    /// # Errors
    /// [`FileError::Exists`], [`FileError::Write`].
    pub fn make(path: &Path, length: usize) -> Result<Self, FileError> {
        let file = create(path, &vec![b' '; length])?;
        Ok(Self { path: path.to_owned(), file, is_filled: false })
    }

    /// Writes over the blanks, and returns when it is on the disk.
    ///
    /// # Errors
    /// [`FileError::Write`].
    pub fn fill(mut self, bytes: &[u8]) -> Result<(), FileError> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.file
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.file.write_all(bytes))
            .and_then(|()| self.file.set_len(length))
            .and_then(|()| self.file.sync_all())
            .map_err(|source| FileError::Write { path: self.path.clone(), source })?;
        self.is_filled = true;
        Ok(())
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        if !self.is_filled {
            // What can not be taken away holds nothing but blanks.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
