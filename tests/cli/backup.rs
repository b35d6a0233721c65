//! Backups: what is in them, what is not, and where they may lie.

use crate::support::{World, set_mode};
use std::os::unix::fs::{PermissionsExt, symlink};

fn row(world: &World, file: &str, sql: &str) -> i64 {
    let database = rusqlite::Connection::open(world.beside(file)).unwrap();
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_backup_is_one_private_file_with_all_that_was_done_and_its_own_event_last() {
    let world = World::in_use("C");
    let told = world.run("backup TMP/copy.db -o json").exits(0).json();
    assert_eq!(told["schema"], "cleotp.backup/1");
    let path = world.beside("copy.db");
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(told["bytes"], bytes.len());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    // Of a database with a log it would be two.
    assert_eq!(&bytes[18..20], [1, 1]);
    for beside in ["copy.db-wal", "copy.db-shm", "copy.db-journal", "copy.db.part", "home/cleotp.db.backup.part"] {
        assert!(!world.beside(beside).exists(), "{beside}");
    }
    let sha256 = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
    assert_eq!(told["sha256"], data_encoding::HEXLOWER.encode(&sha256[..]));
    let events = world.run("audit list -o json").exits(0).json();
    let last = events["events"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["action"], &last["seq"]), (&"backup".into(), &told["head"]["seq"]));
    assert_eq!((&told["events"], &told["newest"]), (&last["seq"], &last["at"]));
    assert_eq!(row(&world, "copy.db", "SELECT count(*) FROM audit"), last["seq"].as_i64().unwrap());
    assert_eq!(
        row(&world, "copy.db", "SELECT count(*) FROM keys"),
        row(&world, "home/cleotp.db", "SELECT count(*) FROM keys")
    );
}

#[test]
fn h08_a_backup_holds_no_vault_key() {
    let world = World::in_use("C");
    world.run("backup TMP/copy.db").exits(0);
    let bytes = std::fs::read(world.beside("copy.db")).unwrap();
    let file = std::fs::read_to_string(world.home().join("vault.key")).unwrap();
    let digits = file.trim_end().rsplit(':').next().unwrap();
    let key = data_encoding::HEXLOWER.decode(digits.as_bytes()).unwrap();
    assert_eq!(key.len(), 32);
    for secret in [digits.as_bytes(), &key[..], &key[..16], &key[16..]] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
    let named = world.run("backup TMP/again.db -o json").exits(0).json()["vault_key"].as_str().unwrap().to_owned();
    let id = data_encoding::HEXLOWER.decode(named.as_bytes()).unwrap();
    assert!(bytes.windows(id.len()).any(|window| window == id));
}

#[test]
fn f07_a_backup_takes_the_place_of_nothing_and_lies_where_nobody_can_exchange_it() {
    let world = World::furnished("C");
    world.lay("taken.db", b"theirs");
    symlink(world.beside("nowhere"), world.beside("dangling.db")).unwrap();
    symlink(world.beside("taken.db"), world.beside("link.db")).unwrap();
    world.lay("begun.db.part", b"theirs");
    for name in ["taken.db", "dangling.db", "link.db", "begun.db", "none/copy.db"] {
        let told = world.run(&format!("backup TMP/{name} -o json")).exits(73);
        assert_eq!(told.out, "");
    }
    assert_eq!(std::fs::read(world.beside("taken.db")).unwrap(), b"theirs");
    assert!(!world.beside("nowhere").exists());
    let open = world.beside("open");
    std::fs::create_dir(&open).unwrap();
    set_mode(&open, 0o777);
    let told = world.run("backup TMP/open/copy.db -o json").exits(78);
    assert!(told.err.contains("ancestor-mode"), "{}", told.shown());
    set_mode(&open, 0o755);
    world.run("backup TMP/open/copy.db").exits(0);
    // Nothing is left where it was made.
    let home: Vec<_> = std::fs::read_dir(world.home()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!home.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{home:?}");
}

#[test]
fn a_backup_is_no_delegate_s_and_not_a_terminal_s() {
    let world = World::furnished("C");
    world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
    let told = world.sit("backup -", Vec::new()).exits(64);
    assert!(told.err.contains("backup.age"), "{}", told.shown());
    world.call_as("mdupuis", cleotp::Via::Sudo);
    world.run("backup -").exits(77);
    world.run("backup TMP/copy.db").exits(77);
    assert!(!world.beside("copy.db").exists());
}

#[test]
fn without_the_vault_key_a_backup_can_still_be_made_by_who_has_the_files() {
    let world = World::in_use("C");
    let key = world.home().join("vault.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let told = world.run("backup TMP/copy.db").exits(0);
    assert!(told.err.contains("no event tells of this backup"), "{}", told.shown());
    let last = "SELECT count(*) FROM audit WHERE action = 'backup'";
    assert_eq!(row(&world, "copy.db", last), 0);
    world.lay("home/vault.key", &kept);
    world.run("restore TMP/copy.db --check").exits(0);
}

#[test]
fn a_copy_of_the_file_alone_lacks_what_was_confirmed_last() {
    // The control: what a plain copy misses is not missing by chance, for the log is not written back while somebody reads.
    let world = World::furnished("C");
    let reader = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM audit").unwrap();
    world.run("user add zoe --name Zoe --establishment 0860034V").exits(0);
    std::fs::copy(world.home().join("cleotp.db"), world.beside("plain.db")).unwrap();
    world.run("backup TMP/copy.db").exits(0);
    let zoe = "SELECT count(*) FROM users WHERE login = 'zoe'";
    assert_eq!((row(&world, "copy.db", zoe), row(&world, "plain.db", zoe)), (1, 0));
}
