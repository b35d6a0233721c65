use super::*;
use rustix::fs::{chmod, linkat, mknodat, symlink};
use std::io::Write;
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
fn a_reserved_file_is_filled_or_taken_away() {
    let folder = folder();
    let path = folder.path().join("code");
    drop(Reserved::make(&path, 9).unwrap());
    assert!(!path.exists());
    let reserved = Reserved::make(&path, 9).unwrap();
    assert_eq!(rustix::fs::stat(&path).unwrap().st_mode & 0o7777, 0o600);
    assert!(matches!(Reserved::make(&path, 9), Err(FileError::Exists { .. })));
    reserved.fill(b"6t605do\n").unwrap();
    assert_eq!(read_private(&path).unwrap().as_slice(), b"6t605do\n");
    assert!(matches!(Reserved::make(&folder.path().join("none/code"), 9), Err(FileError::Write { .. })));
}

#[test]
fn a_link_that_leads_nowhere_is_not_taken_for_a_missing_file() {
    let folder = folder();
    let link = |name: &str, to: &str| {
        let path = folder.path().join(name);
        symlink(to, &path).unwrap();
        path
    };
    for path in [link("dangling", "none"), link("loop", "loop")] {
        assert!(matches!(read_input(&path, 10), Err(FileError::Dangling { .. })));
        assert!(matches!(read_private(&path), Err(FileError::Dangling { .. })));
    }
    create_private(&folder.path().join("file"), b"").unwrap();
    assert!(matches!(read_input(&folder.path().join("file/x"), 10), Err(FileError::Missing { .. })));
    assert!(matches!(read_private(&link("link", "file")), Err(FileError::Link { .. })));
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
fn h12_a_local_filesystem_is_not_refused() {
    refuse_network_filesystem(Path::new("/proc")).unwrap();
}

#[test]
fn every_flaw_of_a_secret_is_told_not_only_the_first() {
    let folder = folder();
    let path = folder.path().join("vault.key");
    create_private(&path, b"secret").unwrap();
    assert!(inspect_private(&path, &Account::own(), 0o600).is_empty());
    chmod(&path, Mode::from_raw_mode(0o644)).unwrap();
    linkat(CWD, &path, CWD, folder.path().join("second"), rustix::fs::AtFlags::empty()).unwrap();
    let stranger = Account { uid: u32::MAX - 7, name: "nobody-we-know".to_owned() };
    let flaws = inspect_private(&path, &stranger, 0o600);
    assert!(matches!(flaws[0], FileError::HardLinked { links: 2, .. }), "{flaws:?}");
    assert!(matches!(flaws.last(), Some(FileError::Mode { mode: 0o644, wanted: 0o600, .. })), "{flaws:?}");
    // Root's own files are nobody's flaw.
    assert_eq!(flaws.len(), if Account::own().is_root() { 2 } else { 3 });
}

#[test]
fn f04_a_folder_above_that_others_can_write_is_found_unless_sticky_and_roots() {
    let folder = folder();
    let home = folder.path().join("above/home");
    create_private_dir(&home).unwrap();
    let own = Account::own();
    let above = folder.path().join("above");
    let found = |account: &Account| {
        let flaws = inspect_ancestors(&home, account);
        flaws.into_iter().filter(|flaw| flaw.to_string().contains("/above")).collect::<Vec<_>>()
    };
    assert!(found(&own).is_empty());
    for mode in [0o770, 0o702] {
        chmod(&above, Mode::from_raw_mode(mode)).unwrap();
        assert!(matches!(found(&own)[..], [FileError::AncestorMode { mode: told, .. }] if told == mode));
    }
    chmod(&above, Mode::from_raw_mode(0o1777)).unwrap();
    assert_eq!(found(&own).is_empty(), own.is_root());
    chmod(&above, Mode::from_raw_mode(0o755)).unwrap();
    let stranger = Account { uid: own.uid.wrapping_add(4_000), name: String::new() };
    assert_eq!(found(&stranger).is_empty(), own.is_root());
}

#[test]
fn a_configuration_may_be_read_by_all_and_written_by_its_owner_only() {
    let folder = folder();
    let path = folder.path().join("config.toml");
    create_private(&path, b"").unwrap();
    chmod(&path, Mode::from_raw_mode(0o644)).unwrap();
    assert!(inspect_writers(&path, &Account::own()).is_empty());
    chmod(&path, Mode::from_raw_mode(0o664)).unwrap();
    assert!(matches!(inspect_writers(&path, &Account::own())[..], [FileError::Writable { mode: 0o664, .. }]));
}

#[test]
fn a_published_file_can_be_read_by_all_and_takes_the_place_of_the_former_one() {
    let folder = folder();
    let below = folder.path().join("man/fr/man1");
    create_public_dir(&below).unwrap();
    create_public_dir(&below).unwrap();
    assert_eq!(rustix::fs::stat(&below).unwrap().st_mode & 0o7777, 0o755);
    let (path, kept) = (below.join("cleotp.1"), folder.path().join("kept"));
    create_private(&kept, b"kept").unwrap();
    symlink(&kept, &path).unwrap();
    create_private(&below.join("cleotp.1.new"), b"left by a run that was killed").unwrap();
    for text in ["one", "two"] {
        publish(&path, text.as_bytes()).unwrap();
        assert_eq!(read_input(&path, 10).unwrap().as_slice(), text.as_bytes());
    }
    assert_eq!(rustix::fs::stat(&path).unwrap().st_mode & 0o7777, 0o644);
    assert_eq!(read_private(&kept).unwrap().as_slice(), b"kept");
    assert_eq!(std::fs::read_dir(&below).unwrap().count(), 1);
    assert!(matches!(publish(&folder.path().join("none/x"), b""), Err(FileError::Write { .. })));
    for wanted in [kept.clone(), kept.join("man1"), kept.join("fr/man1")] {
        assert!(matches!(create_public_dir(&wanted), Err(FileError::NotDirectory { path }) if path == kept));
    }
}

#[test]
fn a_folder_is_locked_by_one_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let lock = lock_folder(folder.path()).unwrap().unwrap();
    assert!(lock_folder(folder.path()).unwrap().is_none());
    drop(lock);
    assert!(lock_folder(folder.path()).unwrap().is_some());
    assert!(matches!(lock_folder(&folder.path().join("no")), Err(FileError::Missing { .. })));
}

#[test]
fn a_fresh_file_has_its_name_when_it_is_whole_and_overwrites_nothing() {
    let folder = folder();
    let (path, beside) = (folder.path().join("rejects.csv"), folder.path().join("rejects.csv.part"));
    let mut fresh = Fresh::begin(&path).unwrap();
    fresh.write_all(b"rows").unwrap();
    assert!(!path.exists() && matches!(Fresh::begin(&path), Err(FileError::Exists { path }) if path == beside));
    fresh.finish().unwrap();
    assert_eq!(read_private(&path).unwrap().as_slice(), b"rows");
    assert!(!beside.exists() && matches!(Fresh::begin(&path), Err(FileError::Exists { .. })));
    let other = folder.path().join("other");
    let fresh = Fresh::begin(&other).unwrap();
    symlink(&path, &other).unwrap();
    assert!(matches!(fresh.finish(), Err(FileError::Exists { .. })));
    drop(Fresh::begin(&folder.path().join("third")).unwrap());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    assert_eq!(read_private(&path).unwrap().as_slice(), b"rows");
}

#[test]
fn a_fresh_file_that_is_kept_stays_beside_its_name_when_that_is_taken_or_nobody_finishes_it() {
    let folder = folder();
    let path = folder.path().join("codes.csv");
    let beside = Fresh::beside(&path);
    let mut fresh = Fresh::begin(&path).unwrap();
    fresh.write_all(b"codes").unwrap();
    fresh.sync().unwrap();
    assert_eq!(read_private(&beside).unwrap().as_slice(), b"codes");
    fresh.keep();
    drop(create(&path, b"another's").unwrap());
    assert!(matches!(fresh.finish(), Err(FileError::Exists { .. })));
    assert_eq!(read_private(&path).unwrap().as_slice(), b"another's");
    assert_eq!(read_private(&beside).unwrap().as_slice(), b"codes");
    let other = folder.path().join("other.csv");
    let mut fresh = Fresh::begin(&other).unwrap();
    fresh.keep();
    drop(fresh);
    assert!(Fresh::beside(&other).exists());
    let mut fresh = Fresh::begin(&folder.path().join("third.csv")).unwrap();
    fresh.keep();
    fresh.finish().unwrap();
    assert!(!folder.path().join("third.csv.part").exists() && folder.path().join("third.csv").exists());
}

/// How often the suite swaps the file; more with CLEOTP_TEST_SWAPS, and as long as nobody met it both as it may be read and otherwise:
/// on a full machine who reads may always come when it is back.
const SWAPS: usize = 4_000;

#[test]
#[allow(clippy::disallowed_methods, reason = "how long it takes is said from outside")]
fn f04_a_key_file_that_is_swapped_while_it_is_read_is_never_read_on_the_word_of_another() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    // One that may be read, and four that may not: open to others, with two names, a link, a pipe.
    create_private(&at("mine"), b"mine").unwrap();
    for (name, mode) in [("open", 0o644), ("twice", 0o600)] {
        create_private(&at(name), b"theirs").unwrap();
        chmod(at(name), Mode::from_raw_mode(mode)).unwrap();
    }
    linkat(CWD, at("twice"), CWD, at("second name"), AtFlags::empty()).unwrap();
    create_private(&at("elsewhere"), b"theirs").unwrap();
    symlink("elsewhere", at("link")).unwrap();
    mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let swaps = std::env::var("CLEOTP_TEST_SWAPS").ok().and_then(|text| text.parse().ok()).unwrap_or(SWAPS);
    let key = at("vault.key");
    rustix::fs::rename(at("mine"), &key).unwrap();
    let (is_over, is_met) = (AtomicBool::new(false), AtomicBool::new(false));
    let (mut read, mut refused) = (0_usize, 0_usize);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for turn in (0..100 * swaps).take_while(|turn| *turn < swaps || !is_met.load(Ordering::SeqCst)) {
                let other = at(["open", "twice", "link", "pipe"][turn % 4]);
                let flags = rustix::fs::RenameFlags::EXCHANGE;
                rustix::fs::renameat_with(CWD, &other, CWD, &key, flags).unwrap();
                rustix::fs::renameat_with(CWD, &other, CWD, &key, flags).unwrap();
            }
            is_over.store(true, Ordering::SeqCst);
        });
        while !is_over.load(Ordering::SeqCst) {
            match read_private(&key) {
                Ok(bytes) => {
                    assert_eq!(bytes.as_slice(), b"mine");
                    read += 1;
                }
                Err(_) => refused += 1,
            }
            is_met.store(read > 0 && refused > 0, Ordering::SeqCst);
        }
    });
    assert!(read > 0 && refused > 0, "{read} {refused}");
    assert_eq!(read_private(&key).unwrap().as_slice(), b"mine");
}

#[test]
fn a_private_file_that_is_replaced_while_it_is_opened_is_read_in_its_new_form_and_not_refused() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    create_private(&at("key"), b"key").unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for _ in 0..500 {
                create_private(&at("next"), b"key").unwrap();
                replace(&at("next"), &at("key")).unwrap();
            }
        });
        while !writer.is_finished() {
            assert_eq!(read_private(&at("key")).unwrap().as_slice(), b"key");
        }
    });
}
