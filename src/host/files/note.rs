//! A line that is written over each time, and of which nothing depends.

use super::exclusive::PRIVATE;
use super::{FileError, require_regular, writing};
use rustix::fs::{OFlags, fstat, open};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Writes a private file (0600) anew, or over what it held; no link is followed. It need not be on the disk when this returns.
///
/// # Errors
/// [`FileError`].
pub fn note_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = open(path, flags, PRIVATE).map_err(|errno| writing(path, errno))?;
    require_regular(path, &fstat(&file).map_err(|errno| writing(path, errno))?)?;
    let mut file = File::from(file);
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let written = file.write_all(bytes).and_then(|()| file.set_len(length));
    written.map_err(|source| FileError::Write { path: path.to_owned(), source })
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read files")]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_note_is_private_is_written_over_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        note_private(&path, b"a long line\n").unwrap();
        note_private(&path, b"short\n").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"short\n");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        assert!(note_private(&link, b"x").is_err() && note_private(folder.path(), b"x").is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"short\n");
    }
}
