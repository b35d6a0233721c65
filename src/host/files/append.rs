//! Adding a line to a private file.

use super::inspect::{Account, flaws_of_private};
use super::{FileError, create_private, writing};
use rustix::fs::{Mode, OFlags, fstat, open};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Adds a line to a file that nobody else can open (0600), or begins one with it, and returns when it is on the disk.
///
/// A line that was cut off when the machine stopped is ended, and not gone on with.
///
/// # Errors
/// [`FileError`] with the fact that is wrong; what was begun is taken away again.
pub fn append_private(path: &Path, line: &[u8]) -> Result<(), FileError> {
    let flags = OFlags::RDWR | OFlags::APPEND | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = match open(path, flags, Mode::empty()) {
        Ok(descriptor) => File::from(descriptor),
        Err(Errno::NOENT) => return create_private(path, line),
        Err(Errno::LOOP) => return Err(FileError::Link { path: path.to_owned() }),
        Err(errno) => return Err(writing(path, errno)),
    };
    let stat = fstat(&file).map_err(|errno| writing(path, errno))?;
    if let Some(flaw) = flaws_of_private(path, &stat, 0o600, &Account::own()).into_iter().next() {
        return Err(flaw);
    }
    append(file, line).map_err(|source| FileError::Write { path: path.to_owned(), source })
}

fn append(mut file: File, line: &[u8]) -> io::Result<()> {
    // Another one who adds a line has his turn before or after; the lock goes with the file.
    file.lock()?;
    let length = file.metadata()?.len();
    let mut last = [b'\n'];
    if let Some(at) = length.checked_sub(1) {
        file.read_exact_at(&mut last, at)?;
    }
    let ended: &[u8] = if last == *b"\n" { b"" } else { b"\n" };
    let written = file.write_all(&[ended, line].concat()).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = file.set_len(length);
    }
    written
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests lay files and read them")]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn lines_are_added_to_a_private_file_and_one_that_was_cut_off_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("points");
        append_private(&path, b"one\n").unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        append_private(&path, b"two\n").unwrap();
        std::fs::write(&path, "one\ntwo\nthr").unwrap();
        append_private(&path, b"four\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one\ntwo\nthr\nfour\n");
    }

    #[test]
    fn f07_nothing_is_added_through_a_link_or_to_what_others_can_open() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("points"), folder.path().join("link"));
        std::fs::write(&path, "").unwrap();
        symlink(&path, &link).unwrap();
        assert!(matches!(append_private(&link, b"x\n"), Err(FileError::Link { .. })));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o620)).unwrap();
        assert!(matches!(append_private(&path, b"x\n"), Err(FileError::Mode { .. })));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::hard_link(&path, folder.path().join("other")).unwrap();
        assert!(matches!(append_private(&path, b"x\n"), Err(FileError::HardLinked { .. })));
        assert!(append_private(folder.path(), b"x\n").is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"");
    }
}
