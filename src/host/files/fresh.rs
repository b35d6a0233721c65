//! A new file that has its name only when it is whole.

use super::{FileError, sync_folder_of, writing};
use rustix::fs::{CWD, Mode, OFlags, RenameFlags, link, lstat, open, renameat_with};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A new private file (0600), written under a name beside its own; taken away again unless it gets that.
pub struct Fresh {
    path: PathBuf,
    beside: PathBuf,
    file: BufWriter<File>,
    has_its_name: bool,
}

impl Fresh {
    /// Begins a file of which nothing has the name yet.
    ///
    /// # Errors
    /// [`FileError::Exists`] also for the name beside it, `NAME.part`; [`FileError::Write`].
    pub fn begin(path: &Path) -> Result<Self, FileError> {
        Self::expect_none(path)?;
        let mut beside = path.to_owned().into_os_string();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = open(&beside, flags, Mode::RUSR | Mode::WUSR).map_err(|errno| match errno {
            Errno::EXIST => writing(&beside, errno),
            errno => writing(path, errno),
        })?;
        let file = BufWriter::new(File::from(file));
        Ok(Self { path: path.to_owned(), beside, file, has_its_name: false })
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
        self.file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all())
            .map_err(|source| FileError::Write { path: self.path.clone(), source })?;
        let renamed = match renameat_with(CWD, &self.beside, CWD, &self.path, RenameFlags::NOREPLACE) {
            // The file system cannot do that in one step.
            Err(Errno::INVAL | Errno::NOSYS) => link(&self.beside, &self.path),
            Ok(()) => {
                self.has_its_name = true;
                Ok(())
            }
            other => other,
        };
        renamed.map_err(|errno| writing(&self.path, errno))?;
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
        if !self.has_its_name {
            // Also when it has another name by now.
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}
