//! Files opened so that what is checked is what is read: on the open descriptor, never by path.

mod append;
mod credential;
mod draft;
mod exclusive;
mod fresh;
mod hold;
mod inspect;
mod lock;
mod note;
mod publish;
mod replace;
mod reserve;
mod spool;

pub use append::append_private;
pub use credential::read_credential;
pub use draft::{Draft, beside, remove_beside};
pub use fresh::Fresh;
pub use hold::{Held, hold_alone, hold_together};
pub use inspect::{
    Account, can_enter, expect_safe_folder_of, inspect_ancestors, inspect_private, inspect_private_dir,
    inspect_writers, is_regular, mode_of, size_of,
};
pub use lock::{FolderLock, lock_folder};
pub use note::note_private;
pub use publish::{create_public_dir, publish};
pub use replace::{remove, replace};
pub use reserve::Reserved;
pub use spool::{Dropped, Seen, SpoolFolder};

use super::disk::FilesystemKind;
use exclusive::write_new;
use inspect::{flaws_of_private_dir, open_private};
use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, Stat, chownat, fstat, fstatfs, fsync, lstat, mkdir, open, stat,
};
use rustix::io::Errno;
use rustix::process::Uid;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A file of secrets is a key or a password, never more.
const LARGEST_PRIVATE: u64 = 64 * 1024;

/// A file or folder is not as it must be.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing has this name.
    #[error("no such file: {path}")]
    Missing {
        /// The name.
        path: PathBuf,
    },
    /// Something has this name already.
    #[error("already there: {path}")]
    Exists {
        /// The name.
        path: PathBuf,
    },
    /// A symbolic link where a file must be.
    #[error("a symbolic link: {path}")]
    Link {
        /// The name.
        path: PathBuf,
    },
    /// A symbolic link that leads to no file.
    #[error("a link to nothing: {path}")]
    Dangling {
        /// The name of the link.
        path: PathBuf,
    },
    /// A pipe, a device or a socket where a file must be.
    #[error("not a regular file: {path}")]
    NotRegular {
        /// The name.
        path: PathBuf,
    },
    /// A folder where a file must be.
    #[error("a directory: {path}")]
    Directory {
        /// The name.
        path: PathBuf,
    },
    /// A file where a folder must be.
    #[error("not a directory: {path}")]
    NotDirectory {
        /// The name.
        path: PathBuf,
    },
    /// A secret that is reachable under other names too.
    #[error("{path} has {links} names")]
    HardLinked {
        /// One of the names.
        path: PathBuf,
        /// How many there are.
        links: u64,
    },
    /// A secret that belongs to somebody else.
    #[error("{path} belongs to uid {owner}, not to {expected}")]
    Owner {
        /// The name.
        path: PathBuf,
        /// The owner's number.
        owner: u32,
        /// The name of the account that runs the program.
        expected: String,
    },
    /// A secret that others can open.
    #[error("{path} has mode {mode:04o}")]
    Mode {
        /// The name.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
        /// Those it must have: 0600 or 0700.
        wanted: u32,
    },
    /// What its own account may not read, write or enter.
    #[error("{path} is closed to its owner: mode {mode:04o}")]
    Closed {
        /// The name.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
        /// Those it must have: 0600 or 0700.
        wanted: u32,
    },
    /// A file that others can change, where only reading is allowed to them.
    #[error("{path} can be written by others: mode {mode:04o}")]
    Writable {
        /// The name.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A folder above the secrets that belongs to somebody else.
    #[error("the folder {path} above belongs to uid {owner}")]
    AncestorOwner {
        /// The name.
        path: PathBuf,
        /// The owner's number.
        owner: u32,
    },
    /// A folder above the secrets in which others can rename and replace.
    #[error("the folder {path} above can be written by others: mode {mode:04o}")]
    AncestorMode {
        /// The name.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// More bytes than are taken.
    #[error("{path} is larger than {limit} bytes")]
    TooLarge {
        /// The name.
        path: PathBuf,
        /// The most that is taken.
        limit: u64,
    },
    /// A file system that does not keep the promises of a local one.
    #[error("{path} lies on {filesystem}")]
    Network {
        /// The name.
        path: PathBuf,
        /// Which one: NFS, CIFS, SMB2 or FUSE.
        filesystem: &'static str,
    },
    /// The operating system refused to open or read.
    #[error("{path} cannot be read")]
    Read {
        /// The name.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// The operating system refused to create or write.
    #[error("{path} cannot be written")]
    Write {
        /// The name.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

/// Reads a secret: a regular file with one name, of this account or root, closed to everybody else; 64 KiB at most.
///
/// # Errors
/// [`FileError`] with the fact that is wrong.
pub fn read_private(path: &Path) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let (descriptor, stat) = open_private(path)?;
    read_bounded(path, descriptor, &stat, LARGEST_PRIVATE)
}

/// Refuses a file that is not a regular one with one name, of this account or root, closed to everybody else.
///
/// # Errors
/// [`FileError`] with the fact that is wrong.
pub fn check_private(path: &Path) -> Result<(), FileError> {
    open_private(path).map(|_| ())
}

/// Opens without waiting for the other end of a pipe and without taking a terminal.
fn open_to_read(path: &Path, more: OFlags) -> Result<OwnedFd, Errno> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    open(path, flags | more, Mode::empty())
}

/// Reads a list that the user named: a regular file of at most `limit` bytes.
///
/// # Errors
/// [`FileError`] with the fact that is wrong.
pub fn read_input(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let (descriptor, stat) = open_regular(path)?;
    read_bounded(path, descriptor, &stat, limit)
}

/// Opens a vendor's file that the user named: a regular file of at most `limit` bytes, also while it is read.
///
/// # Errors
/// [`FileError`] with the fact that is wrong.
pub fn open_input(path: &Path, limit: u64) -> Result<Input, FileError> {
    let (descriptor, stat) = open_regular(path)?;
    if u64::try_from(stat.st_size).unwrap_or(0) > limit {
        return Err(FileError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(Input { file: File::from(descriptor), limit, left: limit })
}

fn open_regular(path: &Path) -> Result<(OwnedFd, Stat), FileError> {
    let descriptor = open_to_read(path, OFlags::empty()).map_err(|errno| reading(path, errno))?;
    let stat = fstat(&descriptor).map_err(|errno| reading(path, errno))?;
    require_regular(path, &stat)?;
    Ok((descriptor, stat))
}

/// An open file that is read from its beginning as often as needed, and never beyond its limit.
pub struct Input {
    file: File,
    limit: u64,
    left: u64,
}

impl Read for Input {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(target)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other("it grows while it is read"))?;
        Ok(read)
    }
}

impl Seek for Input {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = self.file.seek(to)?;
        self.left = self.limit.saturating_sub(position);
        Ok(position)
    }
}

/// Writes a new file that nobody else can open (0600), and returns when it and its name are on the disk.
///
/// # Errors
/// [`FileError::Exists`], [`FileError::Write`]; what was begun is taken away again.
pub fn create_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    create(path, bytes).map(|_| ())
}

fn create(path: &Path, bytes: &[u8]) -> Result<File, FileError> {
    write_new(CWD, path, path, bytes, || sync_folder_of(path))
}

/// Makes a folder that nobody else can enter (0700), and its parents; one that is there already is checked.
///
/// # Errors
/// [`FileError`].
pub fn create_private_dir(path: &Path) -> Result<(), FileError> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.exists()) {
        create_private_dir(parent)?;
    }
    match mkdir(path, Mode::RWXU) {
        Ok(()) => sync_folder_of(path),
        Err(Errno::EXIST) => check_private_dir(path),
        Err(errno) => Err(writing(path, errno)),
    }
}

/// Makes a folder that nobody but an account can enter (0700), where a database can lie; root alone can.
///
/// # Errors
/// [`FileError::Network`], [`FileError::Exists`], [`FileError::Write`]; what was begun is taken away again.
pub fn create_private_dir_of(path: &Path, account: &Account) -> Result<(), FileError> {
    refuse_network_filesystem(folder_of(path))?;
    mkdir(path, Mode::RWXU).map_err(|errno| writing(path, errno))?;
    let given = chownat(CWD, path, Some(Uid::from_raw(account.uid)), account.group(), AtFlags::SYMLINK_NOFOLLOW);
    given.map_err(|errno| writing(path, errno)).and_then(|()| sync_folder_of(path)).inspect_err(|_| remove_dir(path))
}

/// Takes a folder away again that was made for nothing, as far as it is empty and goes.
pub fn remove_dir(path: &Path) {
    let _ = std::fs::remove_dir(path);
}

/// Refuses a folder that belongs to somebody else, or that group or others can enter.
///
/// # Errors
/// [`FileError`] with the fact that is wrong.
pub fn check_private_dir(path: &Path) -> Result<(), FileError> {
    flaws_of_private_dir(path, &Account::own()).into_iter().next().map_or(Ok(()), Err)
}

/// Refuses a folder on a file system whose locks or write-ahead log cannot be trusted.
///
/// # Errors
/// [`FileError::Network`], [`FileError::Read`].
pub fn refuse_network_filesystem(path: &Path) -> Result<(), FileError> {
    let descriptor = open_folder(path)?;
    let magic = fstatfs(&descriptor).map_err(|errno| reading(path, errno))?.f_type;
    match FilesystemKind::of(u64::try_from(magic).unwrap_or(0)) {
        FilesystemKind::Network(filesystem) => Err(FileError::Network { path: path.to_owned(), filesystem }),
        _ => Ok(()),
    }
}

fn open_folder(path: &Path) -> Result<OwnedFd, FileError> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    open(path, flags, Mode::empty()).map_err(|errno| match errno {
        Errno::NOTDIR => FileError::NotDirectory { path: path.to_owned() },
        errno => reading(path, errno),
    })
}

fn sync_folder_of(path: &Path) -> Result<(), FileError> {
    let descriptor = open_folder(folder_of(path))?;
    fsync(descriptor.as_fd()).map_err(|errno| writing(path, errno))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn require_regular(path: &Path, stat: &Stat) -> Result<(), FileError> {
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Ok(()),
        FileType::Directory => Err(FileError::Directory { path: path.to_owned() }),
        _ => Err(FileError::NotRegular { path: path.to_owned() }),
    }
}

/// Reads to the end: the size on the descriptor only tells how much room to make.
fn read_bounded(path: &Path, descriptor: OwnedFd, stat: &Stat, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let too_large = || FileError::TooLarge { path: path.to_owned(), limit };
    let size = u64::try_from(stat.st_size).unwrap_or(0);
    if size > limit {
        return Err(too_large());
    }
    let room = usize::try_from(size).unwrap_or(0).saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    File::from(descriptor)
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

fn reading(path: &Path, errno: Errno) -> FileError {
    let is_link = lstat(path).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink);
    let leads_nowhere = is_link && stat(path).is_err();
    let path = path.to_owned();
    match errno {
        Errno::NOENT | Errno::LOOP if leads_nowhere => FileError::Dangling { path },
        // Also when what should be a folder of the path is a file, or no name is as long.
        Errno::NOENT | Errno::NOTDIR | Errno::NAMETOOLONG => FileError::Missing { path },
        Errno::LOOP => FileError::Link { path },
        // A socket, or a device without a driver.
        Errno::NXIO => FileError::NotRegular { path },
        errno => FileError::Read { path, source: errno.into() },
    }
}

fn writing(path: &Path, errno: Errno) -> FileError {
    let path = path.to_owned();
    match errno {
        Errno::EXIST | Errno::LOOP => FileError::Exists { path },
        errno => FileError::Write { path, source: errno.into() },
    }
}

#[cfg(test)]
mod tests;
