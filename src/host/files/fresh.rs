//! A new file that has its name only when it is whole.

use super::exclusive::{PRIVATE, create_new, rename_new};
use super::{FileError, sync_folder_of, writing};
use rustix::fs::{CWD, lstat};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A new private file (0600), written under a name beside its own; taken away again unless it gets that, or is kept.
pub struct Fresh {
    path: PathBuf,
    beside: PathBuf,
    file: BufWriter<File>,
    stays: bool,
}

impl Fresh {
    /// Begins a file of which nothing has the name yet.
    ///
    /// # Errors
    /// [`FileError::Exists`] also for the name beside it, `NAME.part`; [`FileError::Write`].
    pub fn begin(path: &Path) -> Result<Self, FileError> {
        Self::expect_none(path)?;
        let beside = Self::beside(path);
        let file = create_new(CWD, &beside, PRIVATE).map_err(|errno| match errno {
            Errno::EXIST => writing(&beside, errno),
            errno => writing(path, errno),
        })?;
        Ok(Self { path: path.to_owned(), beside, file: BufWriter::new(file), stays: false })
    }

    /// Gives the name under which a file is written.
    pub fn beside(path: &Path) -> PathBuf {
        let mut beside = path.to_owned().into_os_string();
        beside.push(".part");
        PathBuf::from(beside)
    }

    /// Returns when what was written is on the disk, under the name beside its own.
    ///
    /// # Errors
    /// [`FileError::Write`].
    pub fn sync(&mut self) -> Result<(), FileError> {
        self.file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all())
            .map_err(|source| FileError::Write { path: self.path.clone(), source })?;
        sync_folder_of(&self.path)
    }

    /// Leaves the file where it is, whatever happens from now on: what it says has become true.
    pub const fn keep(&mut self) {
        self.stays = true;
    }

    /// Refuses a name that something has already, be it a link to nothing.
    ///
    /// # Errors
    /// [`FileError::Exists`].
    pub fn expect_none(path: &Path) -> Result<(), FileError> {
        match lstat(path) {
            Ok(_) => Err(FileError::Exists { path: path.to_owned() }),
            Err(_) => Ok(()),
        }
    }

    /// Gives the file its name, when all of it is on the disk; what has taken the name meanwhile stays.
    ///
    /// # Errors
    /// [`FileError::Exists`], [`FileError::Write`].
    pub fn finish(mut self) -> Result<(), FileError> {
        self.sync()?;
        rename_new(CWD, &self.beside, CWD, &self.path).map_err(|errno| writing(&self.path, errno))?;
        self.stays = true;
        sync_folder_of(&self.path)
    }
}

impl Write for Fresh {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !self.stays {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}
