//! `doctor` on homes that were broken for it: each defect is found with its remedy, and nothing is changed.

use crate::support::{START, World, set_mode};
use cleotp::FilesystemKind;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::Command;

const MEBIBYTE: u64 = 1024 * 1024;

/// Makes the same home for readers of French and of English, breaks it, and gives both diagnoses.
///
/// Lines are joined again that were broken for the screen: where depends on the length of the folder's name.
pub fn in_both(line: &str, breaks: impl Fn(&World)) -> String {
    let told = ["fr", "C"].map(|lang| {
        let world = World::in_use(lang);
        breaks(&world);
        world.run(line).shown().replace("\n  ", " ")
    });
    told.join("\n")
}

/// Gives the codes of what is found, after comparing exit status, `ok` and every file before and after.
#[track_caller]
pub fn found(world: &World) -> Vec<String> {
    let before = files(&world.home());
    let told = world.run("doctor -o json");
    assert_eq!(files(&world.home()), before, "{}", told.shown());
    assert_eq!(told.err, "", "{}", told.shown());
    let object = told.json();
    assert_eq!(object["schema"], "cleotp.doctor/1");
    let findings = object["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["message"].is_string() && finding["hint"].is_string()));
    let is_ok = findings.iter().all(|finding| finding["severity"] == "notice");
    assert_eq!((object["ok"].as_bool(), told.exit), (Some(is_ok), u8::from(!is_ok)), "{}", told.shown());
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

/// Gives every file of a folder with its mode and its bytes; those of the log's index only count processes.
fn files(folder: &Path) -> BTreeMap<String, (u32, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let entries = entries.map(|entry| entry.unwrap().path());
    let described = entries.map(|path| {
        let metadata = path.symlink_metadata().unwrap();
        let is_read = metadata.is_file() && !path.to_string_lossy().ends_with("-shm");
        let bytes = if is_read { fs::read(&path).unwrap() } else { Vec::new() };
        (path.file_name().unwrap().to_string_lossy().into_owned(), (metadata.mode(), bytes))
    });
    described.collect()
}

pub fn edit(world: &World, sql: &str) {
    let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    database.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
}

/// Turns the bits of the pages that hold the rows of a table.
fn break_table(world: &World, table: &str) {
    let path = world.home().join("cleotp.db");
    let page: i64 = {
        let database = rusqlite::Connection::open(&path).unwrap();
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        database.query_row(sql, [table], |row| row.get(0)).unwrap()
    };
    let mut bytes = fs::read(&path).unwrap();
    let begin = (page as usize - 1) * 4096;
    bytes[begin..begin + 4096].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(&path, bytes).unwrap();
}

#[test]
fn a_healthy_home_is_told_to_be_well() {
    let world = World::in_use("fr");
    assert!(found(&world).is_empty());
    assert_eq!(world.run("doctor --quiet").exits(0).out, "");
    assert_eq!(world.run("diagnostic -o csv").exits(0).out, "code,severity,message,hint\n");
    let (_, events) = world.dump();
    let told = [world.run("diagnostic").exits(0).shown(), world.run("doctor --lang en").exits(0).shown()];
    let json = world.run("doctor -o json").exits(0).shown();
    assert_eq!(world.dump().1, events, "doctor writes no event");
    insta::assert_snapshot!(format!("{}\n{json}", told.join("\n")));
}

#[test]
fn f05_every_wrong_mode_and_name_is_found_at_once_and_the_hints_mend_them() {
    let breaks = |world: &World| {
        let home = world.home();
        set_mode(&home.join("cleotp.db"), 0o640);
        set_mode(&home.join("vault.key"), 0o644);
        set_mode(&home.join("config.toml"), 0o666);
        fs::hard_link(home.join("vault.key"), home.join("second")).unwrap();
        set_mode(&home, 0o755);
    };
    let world = World::in_use("C");
    breaks(&world);
    let codes = ["file-mode", "file-mode", "file-has-several-names", "file-mode", "file-writable"];
    assert_eq!(found(&world), codes);
    insta::assert_snapshot!(in_both("doctor", breaks));
    let told = world.run("doctor -o json").json();
    for finding in told["findings"].as_array().unwrap() {
        let hint = finding["hint"].as_str().unwrap().replace("HOME", &world.home().display().to_string());
        let command = hint.strip_prefix('"').map_or(hint.as_str(), |quoted| quoted.split('"').next().unwrap());
        assert!(Command::new("sh").args(["-c", command]).status().unwrap().success(), "{hint}");
    }
    fs::remove_file(world.home().join("second")).unwrap();
    assert!(found(&world).is_empty());
}

#[test]
fn f04_a_folder_above_the_home_that_others_can_write_is_found() {
    let world = World::in_use("C");
    let above = world.home().parent().unwrap().to_owned();
    set_mode(&above, 0o777);
    assert_eq!(found(&world), ["ancestor-mode"]);
    set_mode(&above, 0o700);
    assert!(found(&world).is_empty());
}

/// What is broken, how, and the codes of what is then found.
type Broken = (&'static str, fn(&Path), &'static [&'static str]);

#[test]
fn what_is_missing_or_no_file_is_found() {
    let breaks: [Broken; 8] = [
        ("home", |home| fs::remove_dir_all(home).unwrap(), &["no-database"]),
        ("database", |home| fs::remove_file(home.join("cleotp.db")).unwrap(), &["database-lost"]),
        ("vault key", |home| fs::remove_file(home.join("vault.key")).unwrap(), &["vault-key-missing"]),
        ("a link", |home| link(&home.join("cleotp.db")), &["file-is-a-link"]),
        ("a folder", |home| folder(&home.join("vault.key")), &["home-file-kind"]),
        ("a pipe", |home| pipe(&home.join("cleotp.db")), &["home-file-kind"]),
        ("a pipe for a key", |home| pipe(&home.join("vault.key")), &["home-file-kind"]),
        (
            "a file for a home",
            |home| {
                fs::remove_dir_all(home).unwrap();
                fs::write(home, "").unwrap()
            },
            &["not-a-directory"],
        ),
    ];
    for (what, breaks, codes) in breaks {
        let world = World::in_use("C");
        breaks(&world.home());
        assert_eq!(found(&world), codes, "{what}");
    }
    let lost = |world: &World| fs::remove_file(world.home().join("cleotp.db")).unwrap();
    insta::assert_snapshot!(
        [
            in_both("doctor", |world| fs::remove_dir_all(world.home()).unwrap()),
            in_both("doctor", lost),
            in_both("key list", lost),
            in_both("doctor --quiet", |world| {
                lost(world);
                fs::write(world.home().join("cleotp.db-wal"), "").unwrap();
                set_mode(&world.home().join("cleotp.db-wal"), 0o600);
            }),
        ]
        .join("\n")
    );
}

fn link(path: &Path) {
    let aside = path.with_file_name("aside");
    fs::rename(path, &aside).unwrap();
    symlink(&aside, path).unwrap();
}

fn folder(path: &Path) {
    fs::remove_file(path).unwrap();
    fs::create_dir(path).unwrap();
}

fn pipe(path: &Path) {
    fs::remove_file(path).unwrap();
    assert!(Command::new("mkfifo").args(["-m", "600"]).arg(path).status().unwrap().success());
}

#[test]
fn a_configuration_that_keeps_all_commands_away_is_only_a_finding() {
    let breaks = |world: &World| fs::write(world.home().join("config.toml"), "pin-min-digits = 3\n").unwrap();
    let world = World::in_use("C");
    breaks(&world);
    world.run("key list").exits(78);
    assert_eq!(found(&world), ["config-count"]);
    fs::write(world.home().join("config.toml"), [0xff, 0xfe]).unwrap();
    assert_eq!(found(&world), ["config-not-utf8"]);
    fs::write(world.home().join("config.toml"), vec![b'#'; 1_000_000]).unwrap();
    assert_eq!(found(&world), ["config-too-large"]);
    let is_a_pipe = |world: &World| pipe(&world.home().join("config.toml"));
    is_a_pipe(&world);
    assert_eq!(found(&world), ["config-file-kind"]);
    folder(&world.home().join("config.toml"));
    set_mode(&world.home().join("config.toml"), 0o755);
    assert_eq!(found(&world), ["config-file-kind"]);
    insta::assert_snapshot!([in_both("doctor", breaks), in_both("doctor --quiet", is_a_pipe)].join("\n"));
}

#[test]
fn a_vault_key_that_does_not_fit_is_found() {
    let breaks = |world: &World| {
        let other = World::drawing("C", 2);
        other.run("init").exits(0);
        fs::copy(other.home().join("vault.key"), world.home().join("vault.key")).unwrap();
    };
    let world = World::in_use("C");
    breaks(&world);
    assert_eq!(found(&world), ["vault-key-other"]);
    for junk in [b"cleotp-vault-key-1:00\n".to_vec(), vec![b'0'; 70_000]] {
        fs::write(world.home().join("vault.key"), junk).unwrap();
        assert_eq!(found(&world), ["vault-key-malformed"]);
    }
    insta::assert_snapshot!(in_both("doctor", breaks));
}

#[test]
fn h06_a_database_that_is_none_or_not_ours_is_found() {
    let world = World::in_use("C");
    let path = world.home().join("cleotp.db");
    let right = fs::read(&path).unwrap();
    fs::write(&path, b"").unwrap();
    assert_eq!(found(&world), ["database-damaged"]);
    fs::write(&path, [&[0x5a; 100], &right[100..]].concat()).unwrap();
    assert_eq!(found(&world), ["database-damaged"]);
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    set_mode(&path, 0o600);
    assert_eq!(found(&world), ["database-foreign"]);
    fs::write(&path, &right).unwrap();
    edit(&world, "PRAGMA user_version = 9");
    assert_eq!(found(&world), ["database-newer"]);
    edit(&world, "PRAGMA user_version = 0");
    assert_eq!(found(&world), ["database-damaged"]);
    world.run("key list").exits(74);
    edit(&world, "PRAGMA user_version = 1; PRAGMA journal_mode = DELETE");
    assert_eq!(found(&world), ["database-journal"]);
}

#[test]
fn h06_a_broken_page_is_found_and_stops_only_what_reads_it() {
    let world = World::in_use("C");
    break_table(&world, "batches");
    assert!(matches!(&found(&world)[..], [code] if code == "database-faults" || code == "database-damaged"));
    let checks = world.run("doctor -o json").json()["checks"].clone();
    let result =
        |name: &str| checks.as_array().unwrap().iter().find(|check| check["name"] == name).unwrap()["result"].clone();
    assert_eq!((result("vault"), result("seeds"), result("audit")), ("fine".into(), "fine".into(), "fine".into()));
    assert_eq!(result("integrity"), "error");
    // A file that ends too early.
    let world = World::in_use("C");
    let path = world.home().join("cleotp.db");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 8192]).unwrap();
    assert!(!found(&world).is_empty());
}

#[test]
fn h06_a_broken_page_that_a_command_comes_upon_is_told_with_the_path_of_its_database() {
    for (lang, sentence) in [("C", "is damaged"), ("fr", "est endommagée")] {
        let world = World::in_use(lang);
        break_table(&world, "attempts");
        let path = "HOME/cleotp.db";
        let told = world.pipe("check jdupont", &[&world.passcode(0)]).exits(74).err;
        assert!(told.contains(path) && told.contains(sentence), "{told}");
        let line = format!("{{\"login\":\"jdupont\",\"passcode\":\"{}\"}}\n", world.passcode(0));
        let told = world.feed("check --batch", line.as_bytes()).exits(0).out;
        assert!(told.contains(path), "{told}");
        // What is left of a batch that was taken back.
        let world = World::furnished(lang);
        break_table(&world, "replacements");
        let told = world.run("batch undo 1 --yes").exits(0).err;
        assert!(told.contains(path) && told.contains(sentence), "{told}");
    }
}

#[test]
fn rows_edited_without_cleotp_are_found() {
    let breaks = |world: &World| {
        edit(
            world,
            "UPDATE keys SET batch_id = 99;
             UPDATE keys SET seed = x'00112233' WHERE serial > '103142718';
             DROP TRIGGER audit_is_never_edited;
             UPDATE audit SET operator_name = 'nobody' WHERE seq = 3;",
        );
    };
    let world = World::in_use("C");
    breaks(&world);
    assert_eq!(found(&world), ["database-schema", "database-dangling", "seeds-closed", "audit-broken"]);
    insta::assert_snapshot!(in_both("doctor", breaks));
    let world = World::in_use("C");
    edit(&world, "UPDATE keys SET algorithm = 'totp-md5' WHERE serial = '103142719'");
    assert_eq!(found(&world), ["database-impossible"]);
    for column in ["pin", "former_pin"] {
        let world = World::in_use("C");
        let hashed = format!("{column}_hash = zeroblob(32), {column}_salt = zeroblob(16), {column}_work");
        edit(&world, &format!("UPDATE keys SET {hashed} = 'junk' WHERE serial = '103142719'"));
        assert_eq!(found(&world), ["database-impossible"], "{column}");
    }
}

#[test]
fn a_broken_rule_of_the_schema_is_found() {
    let world = World::in_use("C");
    edit(&world, "PRAGMA ignore_check_constraints = ON; UPDATE keys SET digits = 40 WHERE serial = '103142720'");
    assert_eq!(found(&world), ["database-faults", "database-impossible"]);
}

#[test]
fn g01_a_clock_that_was_set_back_is_told_by_how_much() {
    let world = World::in_use("C");
    world.advance(-60);
    assert!(found(&world).is_empty());
    world.advance(-7_200);
    assert_eq!(found(&world), ["clock-behind"]);
    world.advance(-START);
    assert_eq!(found(&world), ["clock-absurd"]);
    insta::assert_snapshot!(
        [in_both("doctor", |world| world.advance(-7_265)), in_both("doctor", |world| world.advance(-START))].join("\n")
    );
}

#[test]
fn h12_the_kind_of_disk_and_the_room_on_it_are_judged() {
    let on = |kind, read_only, free| {
        move |world: &World| {
            let mut disk = world.disks.0.get();
            (disk.kind, disk.read_only, disk.free) = (kind, read_only, free);
            world.disks.0.set(disk);
        }
    };
    let much = 1024 * MEBIBYTE;
    let cases = [
        (FilesystemKind::Network("NFS"), false, much, "network-filesystem", 1),
        (FilesystemKind::Layered, false, much, "filesystem-layered", 0),
        (FilesystemKind::Volatile, false, much, "filesystem-volatile", 1),
        (FilesystemKind::Local, true, much, "filesystem-read-only", 1),
        (FilesystemKind::Local, false, 700 * MEBIBYTE, "disk-low", 1),
        (FilesystemKind::Local, false, 3 * MEBIBYTE, "disk-low", 1),
    ];
    let mut told = Vec::new();
    for (kind, read_only, free, code, exit) in cases {
        let world = World::in_use("C");
        on(kind, read_only, free)(&world);
        assert_eq!(found(&world), [code]);
        let quiet = world.run("doctor --quiet").exits(exit);
        assert_eq!(quiet.out.is_empty(), exit == 0, "{}", quiet.shown());
        let line = if exit == 0 { "doctor" } else { "doctor --quiet" };
        told.push(in_both(line, on(kind, read_only, free)));
    }
    let world = World::in_use("C");
    on(FilesystemKind::Local, false, much)(&world);
    assert!(found(&world).is_empty());
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_log_that_another_process_has_left_is_neither_folded_nor_taken_away() {
    let world = World::in_use("C");
    let other = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    other.execute_batch("UPDATE meta SET created_at = created_at + 1").unwrap();
    assert!(world.home().join("cleotp.db-wal").metadata().unwrap().len() > 0);
    set_mode(&world.home().join("cleotp.db-wal"), 0o600);
    assert!(found(&world).is_empty());
    // As after a crash: nobody has it open.
    let crashed = World::in_use("C");
    for name in ["cleotp.db", "cleotp.db-wal", "vault.key"] {
        fs::copy(world.home().join(name), crashed.home().join(name)).unwrap();
    }
    let before = files(&crashed.home());
    assert_eq!(crashed.run("doctor").exits(0).err, "");
    let mut after = files(&crashed.home());
    after.remove("cleotp.db-shm");
    assert_eq!(after, before);
}

#[test]
fn a_large_log_is_found() {
    let world = World::in_use("C");
    let wal = world.home().join("cleotp.db-wal");
    fs::File::create(&wal).unwrap().set_len(65 * MEBIBYTE).unwrap();
    set_mode(&wal, 0o600);
    let told = world.run("doctor -o json").exits(1).json();
    assert_eq!(told["findings"][0]["code"], "log-large");
    assert_eq!(wal.metadata().unwrap().len(), 65 * MEBIBYTE);
}

#[test]
fn a_writer_that_keeps_its_lock_is_found() {
    let world = World::in_use("C");
    let other = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(found(&world), ["database-locked"]);
    other.execute_batch("ROLLBACK").unwrap();
    assert!(found(&world).is_empty());
}

#[test]
fn the_home_of_another_account_is_told_with_the_account_to_use() {
    let world = World::in_use("C");
    let home = world.home();
    if chown(&home, Some(4_321), None).is_err() {
        println!("skipped: only root can give a folder away");
        return;
    }
    for name in ["cleotp.db", "vault.key", "config.toml"] {
        chown(home.join(name), Some(4_321), None).unwrap();
    }
    assert_eq!(home.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(found(&world), ["home-of-another-account"]);
    let told = world.run("doctor --quiet").exits(1).out;
    assert!(told.contains("sudo -u '#4321' cleotp doctor"), "{told}");
    // One file of the account among those of root is as wrong.
    chown(&home, Some(0), None).unwrap();
    assert_eq!(found(&world), ["file-owner", "file-owner", "file-owner"]);
    for (lang, hint) in [("en", "hint: as root: chown -- root "), ("fr", "conseil : en tant que root : chown -- root ")]
    {
        let told = world.run(&format!("doctor --quiet --lang {lang}")).exits(1).out;
        assert!(told.contains(hint), "{told}");
    }
}

#[test]
fn what_its_own_account_may_not_write_is_found_with_the_mode_to_give_back() {
    let closes = |name: &'static str, mode| move |world: &World| set_mode(&world.home().join(name), mode);
    let mut told = Vec::new();
    for (name, mode) in [("cleotp.db", 0o400), ("cleotp.db", 0), ("vault.key", 0), ("config.toml", 0), (".", 0o500)] {
        let world = World::in_use("C");
        closes(name, mode)(&world);
        assert_eq!(found(&world), ["file-closed"], "{name} {mode:o}");
        let hint = world.run("doctor -o json").json()["findings"][0]["hint"].as_str().unwrap().to_owned();
        let hint = hint.replace("HOME", &world.home().display().to_string());
        assert!(Command::new("sh").args(["-c", &hint]).status().unwrap().success(), "{hint}");
        assert!(found(&world).is_empty());
        told.push(in_both("doctor --quiet", closes(name, mode)));
    }
    // A key that is only to be read.
    let world = World::in_use("C");
    set_mode(&world.home().join("vault.key"), 0o400);
    assert!(found(&world).is_empty());
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_home_that_its_account_may_not_enter_is_one_finding() {
    let world = World::in_use("C");
    set_mode(&world.home(), 0o600);
    let told = world.run("doctor -o json").exits(1).json();
    set_mode(&world.home(), 0o700);
    assert_eq!(told["findings"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["findings"][0]["code"], "file-closed");
}

#[test]
fn what_another_program_left_beside_the_database_is_told_to_be_taken_away_or_kept() {
    let blocks = |world: &World| fs::create_dir(world.home().join("cleotp.db-wal")).unwrap();
    let world = World::in_use("C");
    blocks(&world);
    assert_eq!(found(&world), ["log-file-kind"]);
    let leaves = |world: &World| {
        let journal = world.home().join("cleotp.db-journal");
        fs::write(&journal, [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]).unwrap();
        set_mode(&journal, 0o644);
    };
    let world = World::in_use("C");
    leaves(&world);
    assert_eq!(found(&world), ["file-mode", "journal-left"]);
    insta::assert_snapshot!([in_both("doctor", blocks), in_both("doctor", leaves)].join("\n"));
}

#[test]
fn a_schema_that_was_changed_is_found_by_what_is_missing_changed_or_added() {
    let breaks = |world: &World| {
        edit(
            world,
            "DROP TABLE waits; DROP TABLE tickets; DROP TRIGGER keys_watermark_never_falls; DROP INDEX audit_by_time;
             DROP INDEX activations_one_live_per_user; CREATE INDEX activations_one_live_per_user ON activations (id);
             CREATE TRIGGER spy AFTER INSERT ON users BEGIN DELETE FROM memberships; END; ANALYZE;",
        );
    };
    let world = World::in_use("C");
    edit(&world, "ANALYZE; VACUUM");
    assert!(found(&world).is_empty());
    breaks(&world);
    assert_eq!(found(&world), ["database-schema"]);
    insta::assert_snapshot!(in_both("doctor --quiet", breaks));
    for table in ["audit", "meta", "keys", "users", "operators"] {
        let world = World::in_use("C");
        edit(&world, &format!("DROP TRIGGER keys_that_were_used_are_never_deleted; DROP TABLE {table}"));
        assert_eq!(found(&world)[0], "database-schema", "{table}");
        assert!(!found(&world).iter().any(|code| code == "database-unexpected"), "{table}");
    }
}

#[test]
fn a_database_without_an_administrator_is_found() {
    let breaks = |world: &World| edit(world, "UPDATE operators SET ended_at = added_at");
    let world = World::in_use("C");
    breaks(&world);
    assert_eq!(found(&world), ["operators-without-admin"]);
    insta::assert_snapshot!(in_both("doctor --quiet", breaks));
}

#[test]
fn names_that_should_have_been_erased_are_found() {
    let day = 86_400;
    let newest = |world: &World| -> i64 {
        let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
        database.query_row("SELECT max(at) FROM audit", [], |row| row.get(0)).unwrap()
    };
    // A sweep that somebody who reads has kept off.
    let world = World::in_use("C");
    for (since, codes) in [(newest(&world) - day + 1, [].as_slice()), (newest(&world) - day, &["names-not-erased"])] {
        edit(&world, &format!("INSERT OR REPLACE INTO owed_sweep (id, since) VALUES (1, {since})"));
        assert_eq!(found(&world), codes);
    }
    // An erasure that did not come about, for whatever reason; none is owed while the clock is known to be wrong.
    let breaks = |world: &World| {
        world.run("user remove jdupont --yes").exits(0);
        edit(world, "UPDATE users SET erase_at = removed_at WHERE removed_at IS NOT NULL");
        edit(world, "INSERT INTO host_clock (id, wrong_by, since) VALUES (1, 5, 0)");
        world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
        world.advance(2 * day);
        world.run("user disable amartin").exits(0);
        assert!(!found(world).iter().any(|code| code == "names-not-erased"));
        edit(world, "DELETE FROM host_clock");
    };
    insta::assert_snapshot!(in_both("doctor --quiet", breaks));
    let world = World::in_use("C");
    breaks(&world);
    assert_eq!(found(&world), ["names-not-erased"]);
    world.run("user enable amartin").exits(0);
    assert!(found(&world).is_empty());
}

#[test]
fn an_audit_that_was_emptied_or_ends_before_its_rows_is_found() {
    let cut_from = |seq: i64| {
        move |world: &World| {
            let path = world.home().join("cleotp.db");
            let sql = "SELECT sql FROM sqlite_schema WHERE name = 'audit_is_never_shortened'";
            let trigger: String =
                rusqlite::Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
            edit(
                world,
                &format!("DROP TRIGGER audit_is_never_shortened; DELETE FROM audit WHERE seq >= {seq}; {trigger}"),
            );
        }
    };
    for seq in [1, 2] {
        let world = World::in_use("C");
        cut_from(seq)(&world);
        edit(&world, "UPDATE users SET added_at = added_at + 1");
        assert_eq!(found(&world), ["audit-cut"], "{seq}");
        let verified = world.run("audit verify -o json").exits(1).json();
        assert_eq!(verified["intact"], false);
        assert_eq!((&verified["first_bad"], &verified["truncation"]), (&serde_json::Value::Null, &"detected".into()));
    }
    // The keys alone tell of it.
    let world = World::in_use("C");
    cut_from(1)(&world);
    edit(&world, "DELETE FROM activations; DELETE FROM memberships; DELETE FROM users; DELETE FROM batches");
    assert!(found(&world).contains(&"audit-cut".to_owned()));
    let told = [in_both("doctor --quiet", cut_from(1)), in_both("audit verify", cut_from(1))];
    insta::assert_snapshot!(told.join("\n"));
    // Nothing but what init wrote, whose event comes after its rows.
    let world = World::drawing("C", 2);
    world.run("init").exits(0);
    cut_from(1)(&world);
    assert!(found(&world).is_empty());
    let verified = world.run("audit verify -o json").exits(0).json();
    assert_eq!(verified["truncation"], "not-excluded");
}
