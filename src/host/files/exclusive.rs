//! Names that nothing has yet: a file is made under one, or is given one, and never in the place of another.

use super::{FileError, writing};
use rustix::fs::{AtFlags, Mode, OFlags, RenameFlags, openat, renameat, renameat_with, statat, unlinkat};
use rustix::io::Errno;
use std::fs::File;
use std::io::Write;
use std::os::fd::AsFd;
use std::path::Path;

/// For nobody but the owner.
pub(super) const PRIVATE: Mode = Mode::RUSR.union(Mode::WUSR);

/// Makes a new file in a folder, to be written; what has the name stays, be it a link to nothing.
pub(super) fn create_new(folder: impl AsFd, name: &Path, mode: Mode) -> Result<File, Errno> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    openat(folder, name, flags, mode).map(File::from)
}

/// Writes a new file (0600), and returns when it is on the disk and so, by `sync`, is its name; what was begun is taken away again.
pub(super) fn write_new(
    folder: impl AsFd,
    name: &Path,
    path: &Path,
    bytes: &[u8],
    sync: impl FnOnce() -> Result<(), FileError>,
) -> Result<File, FileError> {
    let mut file = create_new(&folder, name, PRIVATE).map_err(|errno| writing(path, errno))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let written = written.map_err(|source| FileError::Write { path: path.to_owned(), source });
    match written.and_then(|()| sync()) {
        Ok(()) => Ok(file),
        Err(error) => {
            let _ = unlinkat(&folder, name, AtFlags::empty());
            Err(error)
        }
    }
}

/// Gives a file another name, here or in another folder of the same disk; [`Errno::EXIST`] when something has it.
pub(super) fn rename_new(from: impl AsFd, name: &Path, to: impl AsFd, new_name: &Path) -> Result<(), Errno> {
    match renameat_with(&from, name, &to, new_name, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => rename_if_free(from, name, to, new_name),
        done => done,
    }
}

/// The same in two steps, for file systems that cannot refuse to replace. Whoever may take the name in between is the one whose
/// file this is; a link there is not followed.
fn rename_if_free(from: impl AsFd, name: &Path, to: impl AsFd, new_name: &Path) -> Result<(), Errno> {
    match statat(&to, new_name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(_) => Err(Errno::EXIST),
        Err(Errno::NOENT) => renameat(from, name, to, new_name),
        Err(errno) => Err(errno),
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests lay files and read them")]
mod tests {
    use super::*;
    use rustix::fs::{CWD, symlink};

    type Rename =
        fn(rustix::fd::BorrowedFd<'static>, &Path, rustix::fd::BorrowedFd<'static>, &Path) -> Result<(), Errno>;

    #[test]
    fn a_name_that_something_has_is_never_given_on_any_file_system() {
        for rename in [rename_new as Rename, rename_if_free as Rename] {
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| folder.path().join(name);
            std::fs::write(at("mine"), "mine").unwrap();
            std::fs::write(at("theirs"), "theirs").unwrap();
            symlink("nowhere", at("dangling")).unwrap();
            for taken in ["theirs", "dangling"] {
                assert_eq!(rename(CWD, &at("mine"), CWD, &at(taken)), Err(Errno::EXIST), "{taken}");
            }
            assert_eq!(std::fs::read(at("theirs")).unwrap(), b"theirs");
            assert_eq!(rename(CWD, &at("none"), CWD, &at("free")), Err(Errno::NOENT));
            rename(CWD, &at("mine"), CWD, &at("free")).unwrap();
            assert_eq!(std::fs::read(at("free")).unwrap(), b"mine");
            assert!(!at("mine").exists());
        }
    }
}
