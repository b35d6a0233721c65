//! A private file that is worked on for a while, under a name that says so, before it gets its own.

use super::exclusive::{PRIVATE, rename_new};
use super::{FileError, sync_folder_of, writing};
use rustix::fs::{CWD, OFlags, open, rename, stat};
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What SQLite may leave beside a file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
const PIECE: usize = 64 * 1024;

/// A private file (0600) in a folder of ours, held by a lock as long as somebody works on it: what a process that was killed has left
/// under its name is nobody's, and is begun anew. It is taken away again unless it gets another name.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    file: File,
    has_its_name: bool,
}

impl Draft {
    /// Begins an empty file; nothing when somebody works on the one of this name.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn begin(path: &Path) -> Result<Option<Self>, FileError> {
        let failed = |errno| writing(path, errno);
        loop {
            let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let file = open(path, flags, PRIVATE).map(File::from).map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(source)) => return Err(FileError::Write { path: path.to_owned(), source }),
            }
            // Whoever had it before may have taken it away, or given it another name, in between.
            if !is_named(&file, path) {
                continue;
            }
            let draft = Self { path: path.to_owned(), file, has_its_name: false };
            draft.file.set_len(0).map_err(|source| FileError::Write { path: path.to_owned(), source })?;
            draft.remove_beside();
            return Ok(Some(draft));
        }
    }

    /// Gives the name under which it is worked on.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes all that a source of some name gives, and returns how many bytes that were.
    ///
    /// # Errors
    /// [`FileError::Read`] of the source, [`FileError::Write`].
    pub fn fill(&mut self, name: &Path, source: &mut dyn Read) -> Result<u64, FileError> {
        let mut piece = vec![0; PIECE];
        let mut written = 0_u64;
        loop {
            let read = match source.read(&mut piece) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read.map_err(|source| FileError::Read { path: name.to_owned(), source })?,
            };
            match piece.get(..read) {
                None | Some([]) => return Ok(written),
                Some(bytes) => {
                    let failed = |source| FileError::Write { path: self.path.clone(), source };
                    self.file.write_all(bytes).map_err(failed)?;
                    written = written.saturating_add(bytes.len() as u64);
                }
            }
        }
    }

    /// Gives all that is in it to a sink, piece by piece.
    ///
    /// # Errors
    /// What the sink fails with, and [`FileError::Read`].
    pub fn pour<E: From<FileError>>(&mut self, mut sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let failed = |path: &Path, source| FileError::Read { path: path.to_owned(), source };
        self.file.seek(SeekFrom::Start(0)).map_err(|error| failed(&self.path, error))?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = self.file.read(&mut piece).map_err(|error| failed(&self.path, error))?;
            match piece.get(..read) {
                None | Some([]) => return Ok(()),
                Some(bytes) => sink(bytes)?,
            }
        }
    }

    /// Gives it a name that nothing has, when all of it is on the disk.
    ///
    /// # Errors
    /// [`FileError::Exists`], [`FileError::Write`].
    pub fn publish(mut self, path: &Path) -> Result<(), FileError> {
        self.sync()?;
        rename_new(CWD, &self.path, CWD, path).map_err(|errno| writing(path, errno))?;
        self.has_its_name = true;
        sync_folder_of(path)
    }

    /// Gives it a name in the place of what has it, when all of it is on the disk: whoever looks finds the one or the other, whole.
    ///
    /// # Errors
    /// [`FileError::Write`].
    pub fn replace(mut self, path: &Path) -> Result<(), FileError> {
        self.sync()?;
        rename(&self.path, path).map_err(|errno| writing(path, errno))?;
        self.has_its_name = true;
        sync_folder_of(path)
    }

    /// Takes all that is in it to the disk.
    ///
    /// # Errors
    /// [`FileError::Write`].
    pub fn sync(&self) -> Result<(), FileError> {
        self.file.sync_all().map_err(|source| FileError::Write { path: self.path.clone(), source })
    }

    fn remove_beside(&self) {
        remove_beside(&self.path);
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.has_its_name {
            self.remove_beside();
            let _ = std::fs::remove_file(&self.path);
        }
        // A child that another thread is starting has the descriptor too, until it becomes its program.
        let _ = self.file.unlock();
    }
}

/// Takes away what SQLite has left beside a file.
pub fn remove_beside(path: &Path) {
    for ending in BESIDE {
        let _ = std::fs::remove_file(beside(path, ending));
    }
}

/// Names what lies beside a file.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Tells whether a name leads to an open file.
pub(super) fn is_named(file: &File, path: &Path) -> bool {
    match (file.metadata(), stat(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.st_dev, named.st_ino),
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests lay files and read them")]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_draft_is_private_one_s_own_and_gone_unless_it_gets_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.part"), "left by a killed process").unwrap();
        std::fs::write(at("a.part-wal"), "and its log").unwrap();
        let mut draft = Draft::begin(&at("a.part")).unwrap().unwrap();
        assert!(!at("a.part-wal").exists());
        assert!(Draft::begin(&at("a.part")).unwrap().is_none());
        assert_eq!(draft.fill(Path::new("-"), &mut "new".as_bytes()).unwrap(), 3);
        drop(draft);
        assert!(!at("a.part").exists());
        let mut draft = Draft::begin(&at("a.part")).unwrap().unwrap();
        assert_eq!(at("a.part").metadata().unwrap().permissions().mode() & 0o777, 0o600);
        draft.fill(Path::new("-"), &mut "new".as_bytes()).unwrap();
        let mut read = Vec::new();
        draft
            .pour(|bytes| {
                read.extend_from_slice(bytes);
                Ok::<_, FileError>(())
            })
            .unwrap();
        assert_eq!(read, b"new");
        std::fs::write(at("a"), "old").unwrap();
        assert!(matches!(draft.publish(&at("a")), Err(FileError::Exists { .. })));
        let mut draft = Draft::begin(&at("a.part")).unwrap().unwrap();
        draft.fill(Path::new("-"), &mut "newer".as_bytes()).unwrap();
        draft.replace(&at("a")).unwrap();
        assert_eq!(std::fs::read(at("a")).unwrap(), b"newer");
        assert!(!at("a.part").exists());
        std::os::unix::fs::symlink(at("a"), at("link")).unwrap();
        assert!(Draft::begin(&at("link")).is_err());
    }

    #[test]
    fn a_source_that_cannot_be_read_is_told_as_what_it_is() {
        struct Broken(Vec<std::io::Error>);
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                self.0.pop().map_or(Ok(0), Err)
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let mut draft = Draft::begin(&folder.path().join("a.part")).unwrap().unwrap();
        let failure = draft.fill(Path::new("usb.db"), &mut Broken(vec![ErrorKind::TimedOut.into()])).unwrap_err();
        assert!(matches!(&failure, FileError::Read { path, .. } if path == Path::new("usb.db")), "{failure:?}");
        assert_eq!(draft.fill(Path::new("usb.db"), &mut Broken(vec![ErrorKind::Interrupted.into()])).unwrap(), 0);
    }
}
