#![allow(clippy::disallowed_methods, reason = "tests lay files and read them")]

use super::*;
use rustix::fs::{CWD, chmod, linkat, mknodat, symlink};
use std::io::Read;
use std::os::unix::net::UnixListener;
use tempfile::TempDir;

const LIMIT: u64 = 100;

fn spool() -> (TempDir, SpoolFolder) {
    let folder = tempfile::tempdir().unwrap();
    let spool = SpoolFolder::open(folder.path(), Account::own()).unwrap();
    (folder, spool)
}

fn lay(folder: &TempDir, name: &str, mode: u32) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, name).unwrap();
    chmod(&path, Mode::from_raw_mode(mode)).unwrap();
    path
}

fn fault(spool: &SpoolFolder, name: &str) -> FileError {
    match spool.take(OsStr::new(name), LIMIT, &[]) {
        Ok(_) => panic!("{name} was taken"),
        Err(error) => error,
    }
}

#[test]
fn d12_only_a_regular_file_under_one_name_that_nobody_else_can_change_is_taken() {
    let (folder, spool) = spool();
    let path = lay(&folder, "keys.csv", 0o644);
    let mut text = String::new();
    let mut taken = spool.take(OsStr::new("keys.csv"), LIMIT, &[]).unwrap();
    taken.input.read_to_string(&mut text).unwrap();
    assert_eq!(text, "keys.csv");

    symlink("keys.csv", folder.path().join("link")).unwrap();
    symlink("nowhere", folder.path().join("dangling")).unwrap();
    mknodat(CWD, folder.path().join("pipe"), FileType::Fifo, Mode::RUSR, 0).unwrap();
    drop(UnixListener::bind(folder.path().join("socket")).unwrap());
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    assert!(matches!(fault(&spool, "link"), FileError::Link { .. }));
    assert!(matches!(fault(&spool, "dangling"), FileError::Link { .. }));
    assert!(matches!(fault(&spool, "pipe"), FileError::NotRegular { .. }));
    assert!(matches!(fault(&spool, "socket"), FileError::NotRegular { .. }));
    assert!(matches!(fault(&spool, "folder"), FileError::Directory { .. }));
    assert!(matches!(fault(&spool, "none"), FileError::Missing { .. }));

    linkat(CWD, &path, CWD, folder.path().join("second"), AtFlags::empty()).unwrap();
    assert!(matches!(fault(&spool, "keys.csv"), FileError::HardLinked { links: 2, .. }));
    std::fs::remove_file(folder.path().join("second")).unwrap();
    for mode in [0o664, 0o646, 0o666, 0o602] {
        chmod(&path, Mode::from_raw_mode(mode)).unwrap();
        assert!(matches!(fault(&spool, "keys.csv"), FileError::Writable { mode: found, .. } if found == mode));
    }
    chmod(&path, Mode::from_raw_mode(0o600)).unwrap();
    std::fs::write(&path, "x".repeat(101)).unwrap();
    assert!(matches!(fault(&spool, "keys.csv"), FileError::TooLarge { limit: LIMIT, .. }));
}

#[test]
fn d12_a_file_that_grows_while_it_is_read_ends_in_an_error() {
    let (folder, spool) = spool();
    let path = lay(&folder, "keys.csv", 0o600);
    let mut taken = spool.take(OsStr::new("keys.csv"), LIMIT, &[]).unwrap();
    std::fs::write(path, "x".repeat(200)).unwrap();
    assert!(taken.input.read_to_end(&mut Vec::new()).is_err());
}

#[test]
fn f07_a_spool_in_which_others_can_replace_files_is_refused() {
    let (folder, _) = spool();
    let opens = |mode: u32| {
        chmod(folder.path(), Mode::from_raw_mode(mode)).unwrap();
        SpoolFolder::open(folder.path(), Account::own())
    };
    for mode in [0o770, 0o707, 0o2770, 0o777, 0o1777, 0o1703] {
        assert!(matches!(opens(mode), Err(FileError::Writable { mode: found, .. }) if found == mode), "{mode:o}");
    }
    for mode in [0o700, 0o750, 0o755, 0o1770, 0o3770] {
        assert!(opens(mode).is_ok(), "{mode:o}");
    }
    let file = lay(&folder, "file", 0o600);
    assert!(matches!(SpoolFolder::open(&file, Account::own()), Err(FileError::NotDirectory { .. })));
    assert!(matches!(SpoolFolder::open(&folder.path().join("none"), Account::own()), Err(FileError::Missing { .. })));
}

#[test]
fn f07_a_folder_within_is_made_closed_and_never_followed_out() {
    let (folder, spool) = spool();
    assert!(spool.within(OsStr::new("done")).unwrap().is_none());
    spool.make_within(OsStr::new("done")).unwrap();
    let made = folder.path().join("done");
    assert_eq!(rustix::fs::stat(&made).unwrap().st_mode & 0o7777, 0o700);
    assert!(spool.within(OsStr::new("done")).unwrap().is_some());
    chmod(&made, Mode::from_raw_mode(0o750)).unwrap();
    assert!(matches!(spool.make_within(OsStr::new("done")), Err(FileError::Mode { wanted: 0o700, .. })));
    symlink("/tmp", folder.path().join("failed")).unwrap();
    assert!(matches!(spool.make_within(OsStr::new("failed")), Err(FileError::NotDirectory { .. })));
    lay(&folder, "file", 0o600);
    assert!(matches!(spool.make_within(OsStr::new("file")), Err(FileError::NotDirectory { .. })));
}

#[test]
fn nothing_is_written_over_and_nothing_is_replaced() {
    let (folder, spool) = spool();
    let done = spool.make_within(OsStr::new("done")).unwrap();
    let [name, other] = ["a", "b"].map(OsStr::new);
    spool.write(name, b"one").unwrap();
    assert_eq!(rustix::fs::stat(folder.path().join("a")).unwrap().st_mode & 0o7777, 0o600);
    assert!(matches!(spool.write(name, b"two"), Err(FileError::Exists { .. })));
    done.write(other, b"other").unwrap();
    assert!(matches!(spool.rename(name, &done, other), Err(FileError::Exists { .. })));
    assert_eq!(std::fs::read(folder.path().join("done/b")).unwrap(), b"other");
    spool.rename(name, &done, name).unwrap();
    assert_eq!(std::fs::read(folder.path().join("done/a")).unwrap(), b"one");
    assert_eq!(spool.names().unwrap(), ["done"]);
    done.remove(name).unwrap();
    assert_eq!(done.names().unwrap(), ["b"]);
}

#[test]
fn a_file_that_was_changed_or_replaced_is_not_the_one_that_was_taken() {
    let (folder, spool) = spool();
    let path = lay(&folder, "a", 0o644);
    let name = OsStr::new("a");
    let taken = spool.take(name, LIMIT, &[]).unwrap();
    SpoolFolder::close(&taken);
    assert!(spool.still_has(name, &taken).unwrap(), "only its mode has changed");
    assert_eq!(rustix::fs::stat(&path).unwrap().st_mode & 0o7777, 0o600);
    std::fs::write(&path, "longer than before").unwrap();
    assert!(!spool.still_has(name, &taken).unwrap());
    std::fs::rename(lay(&folder, "b", 0o600), &path).unwrap();
    assert!(!spool.still_has(name, &taken).unwrap());
    std::fs::remove_file(path).unwrap();
    assert!(!spool.still_has(name, &taken).unwrap());
}

#[test]
fn what_was_changed_on_either_clock_a_moment_ago_has_not_rested() {
    let (folder, spool) = spool();
    let path = lay(&folder, "a", 0o600);
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000);
    File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    let seen = spool.see(OsStr::new("a")).unwrap().unwrap();
    assert_eq!(seen.rested(UtcTime::from_epoch(1_005)), Seconds::new(5));
    assert_eq!(seen.rested(UtcTime::from_epoch(995)), Seconds::new(5), "written between two looks at the clock");
    assert_eq!(seen.rested(UtcTime::from_epoch(seen.changed + 3)), Seconds::new(3));
    assert!(spool.see(OsStr::new("none")).unwrap().is_none());
}
