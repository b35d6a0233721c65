//! Credentials that systemd lays before a service starts (systemd.exec(5), `LoadCredentialEncrypted=`).

use super::inspect::Account;
use super::{FileError, LARGEST_PRIVATE, folder_of, open_folder, read_bounded, reading, require_regular};
use rustix::fs::{Mode, OFlags, Stat, fstat, openat};
use std::path::Path;
use zeroize::Zeroizing;

/// Writing by the group, and everything by others. The group may read: there stand the rights of the access list by which systemd
/// gives root's file to the account of the service.
const FORBIDDEN: u32 = 0o027;
/// Writing by group and others.
const OTHERS_WRITE: u32 = 0o022;

/// Reads a credential: a regular file with one name, of root or this account, that others can neither read nor change, in a folder
/// in which nobody else can put another in its place; 64 KiB at most.
///
/// # Errors
/// [`FileError`] with the fact that is wrong.
pub fn read_credential(path: &Path) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let own = Account::own();
    let folder = open_folder(folder_of(path))?;
    let stat = fstat(&folder).map_err(|errno| reading(folder_of(path), errno))?;
    refuse_strangers(folder_of(path), &stat, OTHERS_WRITE, 0o500, &own)?;
    let name = path.file_name().map_or(path, Path::new);
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = openat(&folder, name, flags, Mode::empty()).map_err(|errno| reading(path, errno))?;
    let stat = fstat(&file).map_err(|errno| reading(path, errno))?;
    require_regular(path, &stat)?;
    if stat.st_nlink != 1 {
        return Err(FileError::HardLinked { path: path.to_owned(), links: stat.st_nlink });
    }
    refuse_strangers(path, &stat, FORBIDDEN, 0o400, &own)?;
    read_bounded(path, file, &stat, LARGEST_PRIVATE)
}

fn refuse_strangers(path: &Path, stat: &Stat, forbidden: u32, wanted: u32, own: &Account) -> Result<(), FileError> {
    if stat.st_uid != 0 && stat.st_uid != own.uid {
        let expected = own.name.clone();
        return Err(FileError::Owner { path: path.to_owned(), owner: stat.st_uid, expected });
    }
    if stat.st_mode & forbidden != 0 {
        return Err(FileError::Mode { path: path.to_owned(), mode: stat.st_mode & 0o7777, wanted });
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests lay files")]
mod tests {
    use super::*;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_credential_is_taken_as_systemd_lays_it_and_in_no_other_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cleotp.vault-key");
        fs::write(&path, "secret").unwrap();
        let with = |dir: u32, file: u32| {
            fs::set_permissions(folder.path(), Permissions::from_mode(dir)).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(file)).unwrap();
            read_credential(&path)
        };
        // By owner, and by an access list.
        for (dir, file) in [(0o500, 0o400), (0o550, 0o440), (0o700, 0o600)] {
            assert_eq!(with(dir, file).unwrap().as_slice(), b"secret", "{dir:o} {file:o}");
        }
        for (dir, file) in
            [(0o500, 0o404), (0o500, 0o420), (0o500, 0o444), (0o770, 0o400), (0o777, 0o400), (0o1777, 0o400)]
        {
            let refused = with(dir, file);
            assert!(matches!(refused, Err(FileError::Mode { .. })), "{dir:o} {file:o} {refused:?}");
        }
        with(0o700, 0o400).unwrap();
        fs::hard_link(&path, folder.path().join("other")).unwrap();
        assert!(matches!(read_credential(&path), Err(FileError::HardLinked { links: 2, .. })));
        symlink("other", folder.path().join("link")).unwrap();
        assert!(matches!(read_credential(&folder.path().join("link")), Err(FileError::Link { .. })));
        fs::create_dir(folder.path().join("folder")).unwrap();
        assert!(matches!(read_credential(&folder.path().join("folder")), Err(FileError::Directory { .. })));
        assert!(matches!(read_credential(&folder.path().join("none")), Err(FileError::Missing { .. })));
    }
}
