//! Files for everybody to read, as the pages of a manual are.

use super::exclusive::create_new;
use super::{FileError, open_folder, sync_folder_of, writing};
use rustix::fs::{CWD, Mode, fchmod, mkdir, rename};
use rustix::io::Errno;
use std::io::Write;
use std::path::Path;

const READABLE: Mode = Mode::RUSR.union(Mode::WUSR).union(Mode::RGRP).union(Mode::ROTH);
const ENTERABLE: Mode = READABLE.union(Mode::XUSR).union(Mode::XGRP).union(Mode::XOTH);

/// Writes a file that everybody can read (0644) whatever the umask, in place of the one of this name.
///
/// Who reads meanwhile finds the former one or the new one, whole. A link of this name is replaced, not followed.
///
/// # Errors
/// [`FileError::Write`], [`FileError::Exists`] when the name beside it that it is first written to is taken.
pub fn publish(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut beside = path.to_owned().into_os_string();
    beside.push(".new");
    let beside = Path::new(&beside);
    let create = || create_new(CWD, beside, READABLE);
    let created = match create() {
        // Left behind by a run that was killed.
        Err(Errno::EXIST) => std::fs::remove_file(beside).map_or(Err(Errno::EXIST), |()| create()),
        other => other,
    };
    let mut file = created.map_err(|errno| writing(beside, errno))?;
    let written = fchmod(&file, READABLE)
        .map_err(std::io::Error::from)
        .and_then(|()| file.write_all(bytes))
        .and_then(|()| file.sync_all())
        .and_then(|()| rename(beside, path).map_err(std::io::Error::from));
    if let Err(source) = written {
        let _ = std::fs::remove_file(beside);
        return Err(FileError::Write { path: path.to_owned(), source });
    }
    sync_folder_of(path)
}

/// Makes a folder that everybody can enter (0755) whatever the umask, and its parents; one that is there stays as it is.
///
/// # Errors
/// [`FileError`].
pub fn create_public_dir(path: &Path) -> Result<(), FileError> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.exists()) {
        create_public_dir(parent)?;
    }
    match mkdir(path, ENTERABLE) {
        Ok(()) => {
            let descriptor = open_folder(path)?;
            fchmod(&descriptor, ENTERABLE).map_err(|errno| writing(path, errno))?;
            sync_folder_of(path)
        }
        Err(Errno::EXIST) => open_folder(path).map(|_| ()),
        Err(Errno::NOTDIR) => Err(FileError::NotDirectory { path: path.parent().unwrap_or(path).to_owned() }),
        Err(errno) => Err(writing(path, errno)),
    }
}
