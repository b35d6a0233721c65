//! Looking at files and folders without opening them for use: every flaw is told, not only the first.

use super::{FileError, account_name, flaws_of_private, foreign, open_folder, open_to_read, reading};
use rustix::fs::{FileType, OFlags, fstat, lstat, stat};
use rustix::io::Errno;
use std::path::{Path, PathBuf};

/// Group and others, writing.
const OTHERS_WRITE: u32 = 0o022;
const STICKY: u32 = 0o1000;

/// An account of the operating system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub uid: u32,
    /// Its name, or its number when it has none.
    pub name: String,
}

impl Account {
    fn of(uid: u32) -> Self {
        Self { uid, name: account_name(uid) }
    }

    /// Gives the account that runs the program.
    pub fn own() -> Self {
        Self::of(rustix::process::geteuid().as_raw())
    }

    /// Gives the account to which a file or folder belongs; nothing when it cannot be seen.
    pub fn owning(path: &Path) -> Option<Self> {
        stat(path).ok().map(|stat| Self::of(stat.st_uid))
    }

    /// Tells whether this is root.
    pub const fn is_root(&self) -> bool {
        self.uid == 0
    }
}

/// Finds what is wrong with a file that only `account` (or root) may open.
pub fn inspect_private(path: &Path, account: &Account) -> Vec<FileError> {
    let seen = open_to_read(path, OFlags::NOFOLLOW).and_then(|file| fstat(&file));
    match seen {
        Ok(stat) => flaws_of_private(path, &stat, 0o600, account),
        Err(errno) => unopened(path, errno, account),
    }
}

/// Finds what is wrong with a folder that only `account` (or root) may enter.
pub fn inspect_private_dir(path: &Path, account: &Account) -> Vec<FileError> {
    match open_folder(path).and_then(|folder| fstat(&folder).map_err(|errno| reading(path, errno))) {
        Ok(stat) => flaws_of_private(path, &stat, 0o700, account),
        Err(error) => vec![error],
    }
}

/// Finds what is wrong with a file that everybody may read, and only `account` or root may write.
pub fn inspect_writers(path: &Path, account: &Account) -> Vec<FileError> {
    let stat = match open_to_read(path, OFlags::empty()).and_then(|file| fstat(&file)) {
        Ok(stat) => stat,
        Err(errno) => return unopened(path, errno, account),
    };
    let mut flaws = Vec::new();
    if stat.st_uid != 0 && stat.st_uid != account.uid {
        flaws.push(foreign(path, &stat, account));
    }
    if stat.st_mode & OTHERS_WRITE != 0 {
        flaws.push(FileError::Writable { path: path.to_owned(), mode: stat.st_mode & 0o7777 });
    }
    flaws
}

/// Finds the folders above `folder` in which somebody else could put another one in its place.
///
/// Those of the path as it is written and those of the real one are looked at, for a link may lie between.
pub fn inspect_ancestors(folder: &Path, account: &Account) -> Vec<FileError> {
    let written = std::path::absolute(folder).ok();
    let real = folder.canonicalize().ok();
    let mut ancestors: Vec<PathBuf> = Vec::new();
    for path in [written, real].iter().flatten() {
        for ancestor in path.ancestors().skip(1) {
            if !ancestors.iter().any(|known| known == ancestor) {
                ancestors.push(ancestor.to_owned());
            }
        }
    }
    ancestors.iter().filter_map(|path| ancestor_flaw(path, account)).collect()
}

fn ancestor_flaw(path: &Path, account: &Account) -> Option<FileError> {
    let stat = stat(path).ok()?;
    let mode = stat.st_mode & 0o7777;
    if stat.st_uid != 0 && stat.st_uid != account.uid {
        return Some(FileError::AncestorOwner { path: path.to_owned(), owner: stat.st_uid });
    }
    let shared = mode & OTHERS_WRITE != 0 && !(mode & STICKY != 0 && stat.st_uid == 0);
    shared.then(|| FileError::AncestorMode { path: path.to_owned(), mode })
}

/// Tells the size of a file, if there is one.
pub fn size_of(path: &Path) -> Option<u64> {
    stat(path).ok().and_then(|stat| u64::try_from(stat.st_size).ok())
}

/// Tells whether a name leads to a regular file.
pub fn is_regular(path: &Path) -> bool {
    stat(path).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile)
}

/// Says why a file could not be opened: by its owner, when another account's file is closed to this one.
fn unopened(path: &Path, errno: Errno, account: &Account) -> Vec<FileError> {
    let closed = lstat(path).ok().filter(|stat| errno == Errno::ACCESS && stat.st_uid != account.uid);
    vec![closed.map_or_else(|| reading(path, errno), |stat| foreign(path, &stat, account))]
}
