//! Looking at files and folders without opening them for use: every flaw is told, not only the first.

use super::{FileError, folder_of, open_folder, open_to_read, reading, require_regular};
use rustix::fs::{FileType, OFlags, Stat, fstat, lstat, stat};
use rustix::io::Errno;
use rustix::process::Gid;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// Group and others.
const OTHERS: u32 = 0o077;
/// Group and others, writing.
const OTHERS_WRITE: u32 = 0o022;
const STICKY: u32 = 0o1000;

/// How often a file is opened anew that loses its name meanwhile.
const OPENINGS: u32 = 16;

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

    /// Finds an account by its name.
    pub fn named(name: &str) -> Option<Self> {
        uzers::get_user_by_name(name).map(|user| Self { uid: user.uid(), name: name.to_owned() })
    }

    /// Gives the account to which a file or folder belongs; nothing when it cannot be seen.
    pub fn owning(path: &Path) -> Option<Self> {
        stat(path).ok().map(|stat| Self::of(stat.st_uid))
    }

    /// Gives the number of its group.
    pub(super) fn group(&self) -> Option<Gid> {
        uzers::get_user_by_uid(self.uid).map(|user| Gid::from_raw(user.primary_group_id()))
    }

    /// Tells whether this is root.
    pub const fn is_root(&self) -> bool {
        self.uid == 0
    }
}

/// Opens a file that only this account (or root) may open, and judges what was opened.
pub(super) fn open_private(path: &Path) -> Result<(OwnedFd, Stat), FileError> {
    let look = || open_to_read(path, OFlags::NOFOLLOW).and_then(|file| fstat(&file).map(|stat| (file, stat)));
    let (mut descriptor, mut stat) = look().map_err(|errno| reading(path, errno))?;
    // Replaced or removed since it was opened: what has the name now is looked at.
    for _ in 1..OPENINGS {
        if stat.st_nlink > 0 {
            break;
        }
        (descriptor, stat) = look().map_err(|errno| reading(path, errno))?;
    }
    match flaws_of_private(path, &stat, 0o600, &Account::own()).into_iter().next() {
        Some(flaw) => Err(flaw),
        None => Ok((descriptor, stat)),
    }
}

/// Finds what is wrong with a file that only `account` (or root) may open, and that its owner needs with the bits `needed`.
pub fn inspect_private(path: &Path, account: &Account, needed: u32) -> Vec<FileError> {
    let seen = open_to_read(path, OFlags::NOFOLLOW).and_then(|file| fstat(&file));
    match seen {
        Ok(stat) => with_closed(flaws_of_private(path, &stat, 0o600, account), path, &stat, needed),
        Err(errno) => unopened(path, errno, account),
    }
}

/// Finds what is wrong with a folder that only `account` (or root) may enter.
pub fn inspect_private_dir(path: &Path, account: &Account) -> Vec<FileError> {
    let flaws = flaws_of_private_dir(path, account);
    match stat(path) {
        Ok(stat) => with_closed(flaws, path, &stat, 0o700),
        Err(_) => flaws,
    }
}

/// Finds the flaws for which no command uses a folder.
pub(super) fn flaws_of_private_dir(path: &Path, account: &Account) -> Vec<FileError> {
    match open_folder(path).and_then(|folder| fstat(&folder).map_err(|errno| reading(path, errno))) {
        Ok(stat) => flaws_of_private(path, &stat, 0o700, account),
        Err(error) => vec![error],
    }
}

/// Finds everything that is wrong with what only `account` (or root) may open: a file (0600) or a folder (0700).
pub(super) fn flaws_of_private(path: &Path, stat: &Stat, wanted: u32, account: &Account) -> Vec<FileError> {
    let is_file = wanted == 0o600;
    if let Some(flaw) = is_file.then(|| require_regular(path, stat).err()).flatten() {
        return vec![flaw];
    }
    let mut flaws = Vec::new();
    let links = stat.st_nlink;
    if is_file && links > 1 {
        flaws.push(FileError::HardLinked { path: path.to_owned(), links });
    }
    if stat.st_uid != account.uid && stat.st_uid != 0 {
        flaws.push(foreign(path, stat, account));
    }
    if stat.st_mode & OTHERS != 0 {
        flaws.push(FileError::Mode { path: path.to_owned(), mode: stat.st_mode & 0o7777, wanted });
    }
    flaws
}

/// Adds that the owner lacks rights, which root would not notice, where no other flaw is mended by the same mode.
fn with_closed(mut flaws: Vec<FileError>, path: &Path, stat: &Stat, needed: u32) -> Vec<FileError> {
    let is_told = |flaw: &FileError| !matches!(flaw, FileError::HardLinked { .. } | FileError::Read { .. });
    if stat.st_mode & needed == needed || flaws.iter().any(is_told) {
        return flaws;
    }
    // That it could not be opened is told by why.
    flaws.retain(|flaw| !matches!(flaw, FileError::Read { .. }));
    flaws.push(closed(path, stat, if needed == 0o700 { 0o700 } else { 0o600 }));
    flaws
}

fn closed(path: &Path, stat: &Stat, wanted: u32) -> FileError {
    FileError::Closed { path: path.to_owned(), mode: stat.st_mode & 0o7777, wanted }
}

fn foreign(path: &Path, stat: &Stat, account: &Account) -> FileError {
    FileError::Owner { path: path.to_owned(), owner: stat.st_uid, expected: account.name.clone() }
}

fn account_name(uid: u32) -> String {
    uzers::get_user_by_uid(uid).map_or_else(|| uid.to_string(), |user| user.name().to_string_lossy().into_owned())
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
    with_closed(flaws, path, &stat, 0o400)
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

/// Refuses a folder in which somebody else could put a file in the place of one of ours.
///
/// # Errors
/// [`FileError::AncestorMode`], [`FileError::AncestorOwner`].
pub fn expect_safe_folder_of(path: &Path) -> Result<(), FileError> {
    let folder = folder_of(path);
    ancestor_flaw(folder, &Account::own()).map_or(Ok(()), Err)
}

/// Tells the size of a file, if there is one.
pub fn size_of(path: &Path) -> Option<u64> {
    stat(path).ok().and_then(|stat| u64::try_from(stat.st_size).ok())
}

/// Tells the permissions of a file, if there is one.
pub fn mode_of(path: &Path) -> Option<u32> {
    stat(path).ok().map(|stat| stat.st_mode & 0o7777)
}

/// Tells whether a name leads to a regular file.
pub fn is_regular(path: &Path) -> bool {
    stat(path).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile)
}

/// Tells whether what lies in a folder can be reached.
pub fn can_enter(folder: &Path) -> bool {
    stat(folder.join(".")).is_ok()
}

/// Says why a file could not be opened: by its owner, when it is another account's, or by its mode, when it is closed.
fn unopened(path: &Path, errno: Errno, account: &Account) -> Vec<FileError> {
    let seen = lstat(path).ok().filter(|_| errno == Errno::ACCESS);
    vec![match seen {
        Some(stat) if stat.st_uid != account.uid => foreign(path, &stat, account),
        Some(stat) if stat.st_mode & 0o400 == 0 => closed(path, &stat, 0o600),
        _ => reading(path, errno),
    }]
}
