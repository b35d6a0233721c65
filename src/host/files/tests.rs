use super::*;
use rustix::fs::{CWD, chmod, linkat, mknodat, symlink};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn f06_a_private_file_is_0600_and_never_overwrites() {
    let folder = folder();
    let path = folder.path().join("vault.key");
    create_private(&path, b"secret").unwrap();
    assert_eq!(rustix::fs::stat(&path).unwrap().st_mode & 0o7777, 0o600);
    assert_eq!(read_private(&path).unwrap().as_slice(), b"secret");
    assert!(matches!(create_private(&path, b"other"), Err(FileError::Exists { .. })));
    let link = folder.path().join("link");
    symlink(folder.path().join("elsewhere"), &link).unwrap();
    assert!(matches!(create_private(&link, b"other"), Err(FileError::Exists { .. })));
}

#[test]
fn f05_a_secret_that_others_can_open_is_refused() {
    let folder = folder();
    let path = folder.path().join("vault.key");
    create_private(&path, b"secret").unwrap();
    for mode in [0o644, 0o640, 0o602, 0o610] {
        chmod(&path, Mode::from_raw_mode(mode)).unwrap();
        assert!(matches!(read_private(&path), Err(FileError::Mode { mode: found, .. }) if found == mode));
    }
    chmod(&path, Mode::from_raw_mode(0o400)).unwrap();
    assert!(read_private(&path).is_ok());
}

#[test]
fn f05_a_secret_with_a_second_name_is_refused() {
    let folder = folder();
    let path = folder.path().join("vault.key");
    create_private(&path, b"secret").unwrap();
    let link = folder.path().join("link");
    symlink(&path, &link).unwrap();
    assert!(matches!(read_private(&link), Err(FileError::Link { .. })));
    linkat(CWD, &path, CWD, folder.path().join("second"), rustix::fs::AtFlags::empty()).unwrap();
    assert!(matches!(read_private(&path), Err(FileError::HardLinked { links: 2, .. })));
}

#[test]
fn d12_only_regular_files_are_read() {
    let folder = folder();
    assert!(matches!(read_input(folder.path(), 10), Err(FileError::Directory { .. })));
    assert!(matches!(read_input(Path::new("/dev/null"), 10), Err(FileError::NotRegular { .. })));
    assert!(matches!(read_input(&folder.path().join("none"), 10), Err(FileError::Missing { .. })));
    let fifo = folder.path().join("fifo");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    assert!(matches!(read_input(&fifo, 10), Err(FileError::NotRegular { .. })));
    assert!(matches!(read_private(&fifo), Err(FileError::NotRegular { .. })));
}

#[test]
fn a_file_is_read_up_to_its_limit() {
    let folder = folder();
    let path = folder.path().join("seeds.csv");
    create_private(&path, b"12345").unwrap();
    assert_eq!(read_input(&path, 5).unwrap().as_slice(), b"12345");
    assert!(matches!(read_input(&path, 4), Err(FileError::TooLarge { limit: 4, .. })));
    assert!(matches!(read_input(Path::new("/proc/self/status"), 4), Err(FileError::TooLarge { .. })));
}

#[test]
fn f06_private_folders_are_0700_and_open_ones_are_refused() {
    let folder = folder();
    let home = folder.path().join("a/b");
    create_private_dir(&home).unwrap();
    assert_eq!(rustix::fs::stat(&home).unwrap().st_mode & 0o7777, 0o700);
    create_private_dir(&home).unwrap();
    chmod(&home, Mode::from_raw_mode(0o750)).unwrap();
    assert!(matches!(check_private_dir(&home), Err(FileError::Mode { mode: 0o750, wanted: 0o700, .. })));
    let file = folder.path().join("file");
    create_private(&file, b"").unwrap();
    assert!(matches!(check_private_dir(&file), Err(FileError::NotDirectory { .. })));
}

#[test]
fn network_filesystems_are_known_by_their_number() {
    assert_eq!(filesystem_name(0x6969), Some("NFS"));
    assert_eq!(filesystem_name(0xffff_ffff_ff53_4d42), Some("CIFS"));
    assert_eq!(filesystem_name(0xef53), None);
    refuse_network_filesystem(Path::new("/proc")).unwrap();
}
