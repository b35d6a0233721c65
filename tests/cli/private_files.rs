//! F05: whatever of a home is open to others, another's or known by a second name is refused, with the command that mends it.

use crate::support::{World, set_mode};
use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A home of which SQLite keeps all files, for somebody reads it.
fn open_home(lang: &'static str) -> (World, rusqlite::Connection) {
    let world = World::in_use(lang);
    let reader = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM meta").unwrap();
    let users = reader.query_row("SELECT count(*) FROM users", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(users, 1);
    world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
    for name in ["cleotp.db-wal", "cleotp.db-shm"] {
        assert!(world.home().join(name).exists(), "{name}");
    }
    (world, reader)
}

/// Asks for something that reads, something that changes and a check; gives what the three say alike.
#[track_caller]
fn refused(world: &World) -> String {
    let before = world.dump();
    let told = said(world);
    assert_eq!(world.dump(), before);
    told
}

/// As [`refused`], without a look into the database: SQLite would give its files to the owner of the database first.
#[track_caller]
fn said(world: &World) -> String {
    let told = ["key list", "user disable jdupont", "vault rotate --yes"].map(|line| world.run(line).exits(78).err);
    assert!(told.iter().all(|err| *err == told[0]), "{told:?}");
    assert_eq!(world.pipe("check jdupont", &[&world.passcode(0)]).exits(78).err, told[0]);
    told[0].clone()
}

/// Does what the hint says.
#[track_caller]
fn mend(world: &World, told: &str) {
    let hint = told.lines().find_map(|line| line.strip_prefix("conseil : ").or_else(|| line.strip_prefix("hint: ")));
    let command = hint.unwrap_or_else(|| panic!("{told}"));
    let command = command.rsplit(" : ").next().unwrap().trim_start_matches("as root: ");
    let command = command.replace("HOME", &world.home().display().to_string());
    assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success(), "{command}");
}

fn files(world: &World) -> Vec<PathBuf> {
    ["cleotp.db", "cleotp.db-wal", "cleotp.db-shm", "vault.key"].map(|name| world.home().join(name)).into()
}

#[test]
fn f05_a_file_or_the_home_that_others_can_open_is_refused_until_the_hint_is_followed() {
    for (lang, modes, of_home) in [("fr", [0o644, 0o620], [0o755, 0o770]), ("C", [0o640, 0o602], [0o750, 0o701])] {
        let (world, _reader) = open_home(lang);
        let mut broken: Vec<(PathBuf, u32)> =
            files(&world).into_iter().flat_map(|path| modes.map(|mode| (path.clone(), mode))).collect();
        broken.extend(of_home.map(|mode| (world.home(), mode)));
        for (path, mode) in broken {
            set_mode(&path, mode);
            let told = refused(&world);
            assert!(told.contains(&format!("{mode:04o}")), "{told}");
            mend(&world, &told);
            world.run("key list").exits(0);
        }
    }
}

#[test]
fn f05_a_file_or_the_home_of_another_account_is_refused_until_the_hint_is_followed() {
    if !is_root() {
        println!("skipped: needs root");
        return;
    }
    for lang in ["fr", "C"] {
        let (world, _reader) = open_home(lang);
        for path in files(&world) {
            chown(&path, Some(1), None).unwrap();
            let told = said(&world);
            assert!(told.contains("uid 1"), "{told}");
            mend(&world, &told);
            // SQLite gives what it keeps beside a database to the owner of that, when root opens it.
            for _ in 0..2 {
                let told = world.run("key list");
                if told.exit != 0 {
                    mend(&world, &told.err);
                }
            }
            world.run("key list").exits(0);
        }
        // Root is not told to take the home from its account.
        chown(world.home(), Some(1), None).unwrap();
        assert!(refused(&world).contains("sudo -u"));
    }
}

#[test]
fn f05_a_file_with_a_second_name_is_refused() {
    let (world, _reader) = open_home("C");
    let second = world.beside("second");
    for path in files(&world) {
        fs::hard_link(&path, &second).unwrap();
        let told = refused(&world);
        assert!(told.contains("2 names") || told.contains("has 2"), "{told}");
        fs::remove_file(&second).unwrap();
        world.run("key list").exits(0);
    }
}

#[test]
fn f05_an_access_list_shows_in_the_mode_and_is_refused_like_it() {
    let (world, _reader) = open_home("C");
    let path = world.home().join("vault.key");
    // As `setfacl -m u:1:r` does it: version 2, owner rw, user 1 r, group none, mask r, others none.
    let entry =
        |tag: u16, rights: u16, id: u32| [&tag.to_le_bytes()[..], &rights.to_le_bytes(), &id.to_le_bytes()].concat();
    let nobody = u32::MAX;
    let list = [
        2_u32.to_le_bytes().to_vec(),
        entry(0x01, 6, nobody),
        entry(0x02, 4, 1),
        entry(0x04, 0, nobody),
        entry(0x10, 4, nobody),
        entry(0x20, 0, nobody),
    ];
    let flags = rustix::fs::XattrFlags::empty();
    if rustix::fs::setxattr(&path, "system.posix_acl_access", &list.concat(), flags).is_err() {
        println!("skipped: this disk keeps no access lists");
        return;
    }
    let told = refused(&world);
    assert!(told.contains("0640"), "{told}");
    mend(&world, &told);
    world.run("key list").exits(0);
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&fs::metadata(Path::new("/proc/self")).unwrap()) == 0
}
