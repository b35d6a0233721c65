//! A spool: a folder into which others put files, out of which only those are taken of which it is certain what they are.
//!
//! All goes by the open folder and the names in it: no path is looked up twice, and no link is followed.

use super::exclusive::{PRIVATE, rename_new, write_new};
use super::inspect::flaws_of_private;
use super::{Account, FileError, Input, open_folder, read_bounded, reading, require_regular, writing};
use crate::clock::{Seconds, UtcTime};
use rustix::fs::{
    AtFlags, Dir, FileType, Mode, OFlags, Stat, fchmod, fstat, fsync, mkdirat, openat, stat, statat, unlinkat,
};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Others, writing.
const WORLD_WRITES: u32 = 0o002;
/// The group, writing.
const GROUP_WRITES: u32 = 0o020;
/// Only the owner of a file, or of the folder, may rename it.
const STICKY: u32 = 0o1000;

/// An open folder of a spool.
pub struct SpoolFolder {
    path: PathBuf,
    folder: OwnedFd,
    /// Whose it is, or root's.
    account: Account,
}

/// What a name leads to, links not followed.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    identity: (u64, u64),
    kind: FileType,
    modified: i64,
    changed: i64,
}

impl Seen {
    fn of(stat: &Stat) -> Self {
        Self {
            identity: (stat.st_dev, stat.st_ino),
            kind: FileType::from_raw_mode(stat.st_mode),
            modified: stat.st_mtime,
            changed: stat.st_ctime,
        }
    }

    /// Tells whether both are the same thing under two names.
    pub fn is(&self, other: &Self) -> bool {
        self.identity == other.identity
    }

    /// Tells whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.kind == FileType::Directory
    }

    /// Gives the time between a moment and the last change of its bytes, its name or its rights, whichever is nearer.
    ///
    /// The clock of a vendor may have been anywhere, and may have set the one; the other is this machine's.
    pub fn rested(&self, now: UtcTime) -> Seconds {
        let distance = |then: i64| now.since(UtcTime::from_epoch(then)).get().saturating_abs();
        Seconds::new(distance(self.modified).min(distance(self.changed)))
    }
}

/// A file of a spool, open, with all that was asked of it.
pub struct Dropped {
    /// Its bytes.
    pub input: Input,
    stat: Stat,
}

impl SpoolFolder {
    /// Opens the spool of an account: a folder of that account or root, in which nobody can take away what another has put there.
    ///
    /// # Errors
    /// [`FileError`] with the fact that is wrong.
    pub fn open(path: &Path, account: Account) -> Result<Self, FileError> {
        let folder = open_folder(path)?;
        let stat = fstat(&folder).map_err(|errno| reading(path, errno))?;
        require_owner(path, &stat, &account, &[])?;
        let group_replaces = stat.st_mode & GROUP_WRITES != 0 && stat.st_mode & STICKY == 0;
        if stat.st_mode & WORLD_WRITES != 0 || group_replaces {
            return Err(FileError::Writable { path: path.to_owned(), mode: stat.st_mode & 0o7777 });
        }
        Ok(Self { path: path.to_owned(), folder, account })
    }

    /// Opens a folder within, which nobody else can enter (0700); none is made.
    ///
    /// # Errors
    /// [`FileError`] with the fact that is wrong.
    pub fn within(&self, name: &OsStr) -> Result<Option<Self>, FileError> {
        let path = self.path.join(name);
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder = match openat(&self.folder, name, flags, Mode::empty()) {
            Ok(folder) => folder,
            Err(Errno::NOENT) => return Ok(None),
            Err(Errno::NOTDIR | Errno::LOOP) => return Err(FileError::NotDirectory { path }),
            Err(errno) => return Err(reading(&path, errno)),
        };
        let stat = fstat(&folder).map_err(|errno| reading(&path, errno))?;
        match flaws_of_private(&path, &stat, 0o700, &self.account).into_iter().next() {
            Some(flaw) => Err(flaw),
            None => Ok(Some(Self { path, folder, account: self.account.clone() })),
        }
    }

    /// As [`SpoolFolder::within`]; the folder is made if there is none, and then on the disk.
    ///
    /// # Errors
    /// [`FileError`] with the fact that is wrong.
    pub fn make_within(&self, name: &OsStr) -> Result<Self, FileError> {
        let path = self.path.join(name);
        match mkdirat(&self.folder, name, Mode::RWXU) {
            Ok(()) => self.sync()?,
            Err(Errno::EXIST) => {}
            Err(errno) => return Err(writing(&path, errno)),
        }
        self.within(name)?.ok_or(FileError::Missing { path })
    }

    /// Tells whether a path leads to this very folder, by whatever name.
    ///
    /// # Errors
    /// [`FileError::Read`].
    pub fn is_at(&self, path: &Path) -> Result<bool, FileError> {
        let own = fstat(&self.folder).map_err(|errno| reading(&self.path, errno))?;
        match stat(path) {
            Ok(other) => Ok(Seen::of(&own).is(&Seen::of(&other))),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(false),
            Err(errno) => Err(reading(path, errno)),
        }
    }

    /// Gives the path under which messages name what lies in it.
    pub fn path_of(&self, name: &OsStr) -> PathBuf {
        self.path.join(name)
    }

    /// Gives its own path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lists the names in it, in their order as bytes.
    ///
    /// # Errors
    /// [`FileError::Read`].
    pub fn names(&self) -> Result<Vec<OsString>, FileError> {
        let failed = |errno| reading(&self.path, errno);
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name != "." && name != ".." {
                names.push(name.to_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// Looks at a name; nothing has it when it went away meanwhile.
    ///
    /// # Errors
    /// [`FileError::Read`].
    pub fn see(&self, name: &OsStr) -> Result<Option<Seen>, FileError> {
        Ok(self.stat(name)?.map(|stat| Seen::of(&stat)))
    }

    fn stat(&self, name: &OsStr) -> Result<Option<Stat>, FileError> {
        match statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(reading(&self.path.join(name), errno)),
        }
    }

    /// Opens a file: regular, under one name, of this account, root or one of `owners`, that nobody else can change, and not
    /// larger than `limit` bytes.
    ///
    /// # Errors
    /// [`FileError`] with the fact that is wrong.
    pub fn take(&self, name: &OsStr, limit: u64, owners: &[u32]) -> Result<Dropped, FileError> {
        let path = self.path.join(name);
        // A device may do something when it is opened; what lies there by then is looked at again.
        if let Some(stat) = self.stat(name)? {
            match FileType::from_raw_mode(stat.st_mode) {
                FileType::Symlink => return Err(FileError::Link { path }),
                _ => require_regular(&path, &stat)?,
            }
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = openat(&self.folder, name, flags, Mode::empty()).map_err(|errno| reading(&path, errno))?;
        let stat = fstat(&file).map_err(|errno| reading(&path, errno))?;
        require_regular(&path, &stat)?;
        if stat.st_nlink != 1 {
            return Err(FileError::HardLinked { path, links: stat.st_nlink });
        }
        require_owner(&path, &stat, &self.account, owners)?;
        if stat.st_mode & (WORLD_WRITES | GROUP_WRITES) != 0 {
            return Err(FileError::Writable { path, mode: stat.st_mode & 0o7777 });
        }
        if u64::try_from(stat.st_size).unwrap_or(0) > limit {
            return Err(FileError::TooLarge { path, limit });
        }
        Ok(Dropped { input: Input { file: File::from(file), limit, left: limit }, stat })
    }

    /// Reads a file of this account or root whole, under the conditions of [`SpoolFolder::take`]; nothing when there is none.
    ///
    /// # Errors
    /// [`FileError`] with the fact that is wrong.
    pub fn read(&self, name: &OsStr, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        if self.stat(name)?.is_none() {
            return Ok(None);
        }
        let dropped = self.take(name, limit, &[])?;
        let file = OwnedFd::from(dropped.input.file);
        read_bounded(&self.path.join(name), file, &dropped.stat, limit).map(Some)
    }

    /// Tells whether a file that was taken lies there still, with the bytes that it had.
    ///
    /// # Errors
    /// [`FileError::Read`].
    pub fn still_has(&self, name: &OsStr, dropped: &Dropped) -> Result<bool, FileError> {
        let bytes = |stat: &Stat| (stat.st_size, stat.st_mtime, stat.st_mtime_nsec);
        let stat = self.stat(name)?;
        Ok(stat
            .is_some_and(|stat| Seen::of(&stat).is(&Seen::of(&dropped.stat)) && bytes(&stat) == bytes(&dropped.stat)))
    }

    /// Writes a new file (0600), and returns when it and its name are on the disk.
    ///
    /// # Errors
    /// [`FileError::Exists`], [`FileError::Write`]; what was begun is taken away again.
    pub fn write(&self, name: &OsStr, bytes: &[u8]) -> Result<(), FileError> {
        write_new(&self.folder, Path::new(name), &self.path.join(name), bytes, || self.sync()).map(|_| ())
    }

    /// Closes a file to others (0600), if it is this account's: the folder that it goes to is closed in any case.
    pub fn close(dropped: &Dropped) {
        let _ = fchmod(&dropped.input.file, PRIVATE);
    }

    /// Gives a file another name, here or in another folder of the spool, and returns when that is on the disk; none is replaced.
    ///
    /// # Errors
    /// [`FileError::Exists`], [`FileError::Write`].
    pub fn rename(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> Result<(), FileError> {
        rename_new(&self.folder, Path::new(name), &target.folder, Path::new(new_name))
            .map_err(|errno| writing(&target.path.join(new_name), errno))?;
        target.sync()?;
        self.sync()
    }

    /// Gives a file that was taken another name, and tells whether it still was that file with the bytes that it had: another one
    /// that has come in its place gets its name back.
    ///
    /// To look first would be of no use to a folder into which others put files.
    ///
    /// # Errors
    /// As [`SpoolFolder::rename`]; [`FileError::Read`].
    pub fn rename_taken(
        &self,
        name: &OsStr,
        dropped: &Dropped,
        target: &Self,
        new_name: &OsStr,
    ) -> Result<bool, FileError> {
        self.rename(name, target, new_name)?;
        let is_it = target.still_has(new_name, dropped);
        if !matches!(is_it, Ok(true)) {
            target.rename(new_name, self, name)?;
        }
        is_it
    }

    /// Takes a file away, and returns when that is on the disk.
    ///
    /// # Errors
    /// [`FileError::Write`].
    pub fn remove(&self, name: &OsStr) -> Result<(), FileError> {
        unlinkat(&self.folder, name, AtFlags::empty()).map_err(|errno| writing(&self.path.join(name), errno))?;
        self.sync()
    }

    fn sync(&self) -> Result<(), FileError> {
        fsync(&self.folder).map_err(|errno| writing(&self.path, errno))
    }
}

fn require_owner(path: &Path, stat: &Stat, account: &Account, owners: &[u32]) -> Result<(), FileError> {
    if stat.st_uid == account.uid || stat.st_uid == 0 || owners.contains(&stat.st_uid) {
        return Ok(());
    }
    Err(FileError::Owner { path: path.to_owned(), owner: stat.st_uid, expected: account.name.clone() })
}

#[cfg(test)]
mod tests;
