//! Restored backups: nothing that was used since opens again, and what may have changed is held until somebody has looked.

use crate::support::{LOGIN, PIN, SEEDS, SERIAL, START, Told, World, code, set_mode};
use std::time::{Duration, SystemTime};

const OTHER: &str = "103142719";

/// Two users with keys in use, as [`World::in_use`]; the second is `pmartin`.
fn two_in_use(lang: &'static str) -> World {
    let world = World::in_use(lang);
    world.run("user add pmartin --name 'Paul Martin' --establishment 0860034V").exits(0);
    world.run(&format!("key assign {OTHER} pmartin")).exits(0);
    let issued = world.run("activation new pmartin").exits(0).code();
    world.pipe(&format!("activate pmartin {OTHER}"), &[&issued]).exits(0);
    let ticket = world.pipe("check pmartin", &[&shown(&world, OTHER, 0)]).exits(10).ticket();
    world.pipe("pin set pmartin --ticket", &[&ticket, "8302", "8302"]).exits(0);
    world.advance(60);
    world.pipe("check pmartin", &[&format!("8302{}", shown(&world, OTHER, 0))]).exits(0);
    world.advance(60);
    world
}

fn shown(world: &World, serial: &str, steps: i64) -> String {
    code(serial, world.time_now(), steps)
}

fn check(world: &World, login: &str, typed: &str) -> Told {
    world.pipe(&format!("check {login}"), &[typed])
}

fn reason(world: &World) -> String {
    let told = world.run("audit list --action check --limit 1 -o json").exits(0).json();
    told["events"][0]["reason"].as_str().unwrap_or_default().to_owned()
}

fn held(world: &World) -> Vec<String> {
    let listed = world.run("key list --held -o json").exits(0).json();
    listed["keys"].as_array().unwrap().iter().map(|key| key["serial"].as_str().unwrap().to_owned()).collect()
}

fn ask(world: &World, sql: &str) -> i64 {
    let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn kept(world: &World) -> Vec<String> {
    let names = std::fs::read_dir(world.home()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("before-restore")).collect()
}

/// Lets what a restore has kept be of the world's time, by which its age is told, and not of the machine's.
fn date_kept(world: &World) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(world.time_now().try_into().unwrap());
    for name in kept(world) {
        let file = std::fs::File::options().write(true).open(world.home().join(name)).unwrap();
        file.set_modified(now).unwrap();
    }
}

#[test]
fn h09_a_code_that_was_used_after_the_backup_opens_nothing_after_the_restore() {
    let world = two_in_use("C");
    world.run("backup TMP/copy.db").exits(0);
    world.advance(86_400);
    // Ten seconds ago, and with the clock of the key one step ahead.
    let used = [world.passcode(0), world.passcode(1)];
    check(&world, LOGIN, &used[0]).exits(0);
    check(&world, LOGIN, &used[1]).exits(0);
    world.advance(10);
    let told = world.run("restore TMP/copy.db --yes -o json").exits(0).json();
    assert_eq!((&told["held"], &told["held_keys"][0]["serial"]), (&1.into(), &SERIAL.into()));
    check(&world, LOGIN, &used[1]).exits(1);
    assert_eq!(reason(&world), "held");
    // Who was not here since goes on, from the second step on.
    check(&world, "pmartin", &format!("8302{}", shown(&world, OTHER, 0))).exits(1);
    check(&world, "pmartin", &format!("8302{}", shown(&world, OTHER, 1))).exits(1);
    world.advance(120);
    check(&world, "pmartin", &format!("8302{}", shown(&world, OTHER, 0))).exits(0);
    world.run(&format!("restore --confirm-since 2026-11-24 --serial {SERIAL}")).exits(0);
    for typed in &used {
        check(&world, LOGIN, typed).exits(1);
        assert_eq!(reason(&world), "replay");
    }
    world.run(&format!("key unlock {SERIAL}")).exits(0);
    world.advance(120);
    check(&world, LOGIN, &world.passcode(0)).exits(0);
    world.run("audit verify").exits(0);
}

#[test]
fn h09_the_audit_of_a_restored_backup_names_where_both_chains_ended() {
    let world = two_in_use("C");
    let backup = world.run("backup TMP/copy.db -o json").exits(0).json();
    world.run(&format!("key suspend {SERIAL}")).exits(0);
    let previous = ask(&world, "SELECT max(seq) FROM audit");
    let restored = world.run("restore TMP/copy.db --yes -o json").exits(0).json();
    assert_eq!((&restored["events_after"], &restored["operator_events_after"]), (&1.into(), &0.into()));
    assert_eq!((&restored["head"], &restored["previous_head"]["seq"]), (&backup["head"], &(previous).into()));
    let told = world.run("audit list --action restore -o json").exits(0).json();
    let event = &told["events"][0];
    let head = |head: &serde_json::Value| format!("{}:{}", head["seq"], head["mac"].as_str().unwrap());
    let reason = format!("backup={} previous={}", head(&restored["head"]), head(&restored["previous_head"]));
    assert_eq!((&event["reason"], &event["count"]), (&reason.into(), &1.into()));
    assert_eq!(event["seq"].as_i64(), restored["head"]["seq"].as_i64().map(|seq| seq + 1));
    world.run("audit verify").exits(0);
    // And with the former one lost only that of the backup.
    std::fs::remove_file(world.home().join("cleotp.db")).unwrap();
    let restored = world.run("restore TMP/copy.db --yes -o json").exits(0).json();
    assert_eq!((&restored["previous_head"], &restored["previous_file"]), (&().into(), &().into()));
    let told = world.run("audit list --action restore -o json").exits(0).json();
    assert_eq!(told["events"][0]["reason"], format!("backup={}", head(&restored["head"])));
}

#[test]
fn what_was_handed_out_before_a_restore_ends_with_it() {
    let world = two_in_use("C");
    world.run("user add zoe --name Zoe --establishment 0860034V").exits(0);
    world.run("key assign 103142720 zoe").exits(0);
    let issued = world.run("activation new zoe").exits(0).code();
    let emergency = world.run("emergency new pmartin").exits(0).emergency_codes();
    world.advance(600);
    for _ in 0..3 {
        check(&world, LOGIN, "4576000000").exits(1);
        world.advance(900);
    }
    let ticket = check(&world, LOGIN, &world.passcode(0)).exits(11).ticket();
    world.run("backup TMP/copy.db").exits(0);
    let told = world.run("restore TMP/copy.db --yes -o json").exits(0).json();
    let ended = ["tickets_ended", "activations_ended", "emergencies_ended"].map(|field| told[field].as_i64().unwrap());
    assert_eq!(ended, [1, 1, 1]);
    // Nothing came after the backup, so that nothing is held; yet nothing of it is good any more.
    assert_eq!(told["held"], 0);
    world.pipe("activate zoe 103142720", &[&issued]).exits(1);
    check(&world, "pmartin", &format!("8302{}", emergency[0])).exits(1);
    world.advance(60);
    world.pipe(&format!("check {LOGIN} --ticket"), &[&ticket, &world.display(0)]).exits(1);
    assert_eq!(reason(&world), "dead-ticket");
}

#[test]
fn an_event_key_is_moved_on_and_asked_for_two_codes() {
    // The codes up to the 13th are spent.
    let world = crate::event_key::in_use("C");
    let press = crate::event_key::shown;
    world.run("backup TMP/copy.db").exits(0);
    world.run("restore TMP/copy.db --yes").exits(0);
    assert!(held(&world).is_empty());
    // As many presses as may have been made since are used up.
    for counter in [14, 23] {
        check(&world, LOGIN, &format!("{PIN}{}", press(counter))).exits(1);
        assert_eq!(reason(&world), "replay", "{counter}");
    }
    // The next one alone would open else.
    let ticket = check(&world, LOGIN, &format!("{PIN}{}", press(24))).exits(11).ticket();
    world.pipe(&format!("check {LOGIN} --ticket"), &[&ticket, &press(25)]).exits(0);
    check(&world, LOGIN, &format!("{PIN}{}", press(26))).exits(0);
}

#[test]
fn only_the_keys_to_which_something_happened_are_held() {
    let world = two_in_use("C");
    world.run("backup TMP/copy.db").exits(0);
    // To the user, and not to the key.
    world.run("user disable pmartin").exits(0);
    world.run("restore TMP/copy.db --yes").exits(0);
    assert_eq!(held(&world), [OTHER]);
    world.run("backup TMP/again.db").exits(0);
    world.run("restore TMP/again.db --yes").exits(0);
    // One that was held before stays so, since the earlier moment.
    assert_eq!(held(&world), [OTHER]);
    world.run("restore --confirm-since 2026-11-24").exits(0);
    // A restore moves all keys on, and that is a change; those in stock are held by none.
    world.run("restore TMP/copy.db --yes").exits(0);
    assert_eq!(held(&world), [SERIAL, OTHER]);
}

#[test]
fn a_lost_damaged_or_foreign_database_is_restored_with_all_keys_in_use_held() {
    for damage in ["lost", "damaged", "of an unknown format", "empty", "foreign", "log alone"] {
        let world = two_in_use("C");
        world.run("backup TMP/copy.db").exits(0);
        let path = world.home().join("cleotp.db");
        match damage {
            "lost" => std::fs::remove_file(&path).unwrap(),
            "damaged" => std::fs::write(&path, vec![7_u8; 100_000]).unwrap(),
            "of an unknown format" => {
                let mut bytes = std::fs::read(&path).unwrap();
                bytes[47] = 9;
                std::fs::write(&path, bytes).unwrap();
            }
            "empty" => std::fs::write(&path, b"").unwrap(),
            "foreign" => {
                std::fs::remove_file(&path).unwrap();
                let other = rusqlite::Connection::open(&path).unwrap();
                other.execute_batch("CREATE TABLE theirs (a)").unwrap();
                set_mode(&path, 0o600);
            }
            _ => {
                std::fs::rename(&path, world.home().join("cleotp.db-wal")).unwrap();
            }
        }
        let told = world.run("restore TMP/copy.db --yes -o json");
        let told = told.exits(0).json();
        assert_eq!(told["held"], 2, "{damage}");
        assert_eq!(held(&world), [SERIAL, OTHER], "{damage}");
        assert_eq!(kept(&world).len(), usize::from(damage != "lost"), "{damage}");
        assert!(!world.home().join("cleotp.db-wal").exists() || damage != "log alone");
        world.run("audit verify").exits(0);
        date_kept(&world);
        let told = world.run("doctor -o json").exits(1).json();
        let codes: Vec<&str> =
            told["findings"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
        // What was kept is named until nobody wants it any more.
        let is_left = usize::from(damage != "lost");
        assert_eq!(codes, ["keys-held", "left-before-restore"][..=is_left], "{damage}");
        world.run("restore --confirm-since '2026-11-24 09:00'").exits(0);
        world.run("doctor").exits(0);
    }
}

#[test]
fn what_is_no_backup_or_not_whole_is_refused_and_nothing_is_changed() {
    let world = two_in_use("C");
    world.run("backup TMP/copy.db").exits(0);
    let edit = |name: &str, sql: &str| {
        std::fs::copy(world.beside("copy.db"), world.beside(name)).unwrap();
        rusqlite::Connection::open(world.beside(name)).unwrap().execute_batch(sql).unwrap();
    };
    world.lay("text.db", b"serial;login\n");
    world.lay("empty.db", b"");
    edit("foreign.db", "PRAGMA application_id = 7");
    edit("newer.db", "PRAGMA user_version = 99");
    edit("event.db", "DROP TRIGGER audit_is_never_edited; UPDATE audit SET serial = '1' WHERE seq = 5");
    let trigger: String = rusqlite::Connection::open(world.beside("copy.db"))
        .unwrap()
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'audit_is_never_edited'", [], |row| row.get(0))
        .unwrap();
    edit(
        "silent.db",
        &format!("DROP TRIGGER audit_is_never_edited; UPDATE audit SET serial = '1' WHERE seq = 5;{trigger}"),
    );
    edit("dangling.db", "PRAGMA foreign_keys = OFF; UPDATE keys SET batch_id = 77");
    edit("other.db", "UPDATE meta SET vault_key_id = x'0011223344556677'");
    let mut broken = std::fs::read(world.beside("copy.db")).unwrap();
    let length = broken.len();
    broken[4_096..length / 2].fill(0xaa);
    world.lay("broken.db", &broken);
    world.lay("cut.db", &broken[..length / 3]);
    let before = world.dump();
    for (name, exit, code) in [
        ("none.db", 66, "file-missing"),
        ("text.db", 65, "backup-damaged"),
        ("empty.db", 65, "backup-damaged"),
        ("foreign.db", 65, "backup-foreign"),
        ("newer.db", 78, "database-newer"),
        ("event.db", 65, "backup-edited"),
        ("silent.db", 65, "backup-chain-broken"),
        ("dangling.db", 65, "backup-damaged"),
        ("other.db", 78, "backup-of-another-key"),
        ("broken.db", 65, "backup-damaged"),
        ("cut.db", 65, "backup-damaged"),
    ] {
        for line in [format!("restore TMP/{name} --check -o json"), format!("restore TMP/{name} --yes -o json")] {
            let told = world.run(&line).exits(exit);
            assert!(told.err.contains(&format!("\"{code}\"")), "{}", told.shown());
        }
    }
    assert_eq!(world.dump(), before);
    assert!(kept(&world).is_empty());
    world.run("restore TMP/copy.db").exits(64);
    assert_eq!(world.dump(), before);
}

#[test]
fn a_trial_says_what_is_in_a_backup_and_changes_nothing() {
    for lang in ["fr", "C"] {
        let world = two_in_use(lang);
        world.run("backup TMP/copy.db").exits(0);
        let before = (world.dump(), std::fs::read(world.beside("copy.db")).unwrap());
        let told = world.run("restore TMP/copy.db --check").exits(0);
        assert!(told.out.contains("2026-11-24 09:"), "{}", told.shown());
        let told = world.run("restore TMP/copy.db --check -o json").exits(0).json();
        assert_eq!((&told["restored"], &told["users"], &told["keys"]), (&false.into(), &2.into(), &5.into()));
        assert_eq!((world.dump(), std::fs::read(world.beside("copy.db")).unwrap()), before);
        assert!(!world.beside("copy.db-shm").exists());
    }
}

#[test]
fn somebody_at_the_terminal_types_the_day_before_a_backup_is_restored() {
    for lang in ["fr_FR.UTF-8", "C"] {
        let world = two_in_use(lang);
        world.run("backup TMP/copy.db").exits(0);
        let before = world.dump();
        let yes = if lang == "C" { "y" } else { "o" };
        let typed = |lines: &[&str]| lines.iter().map(|line| (1, (*line).to_owned())).collect::<Vec<(i64, String)>>();
        world.sit("restore TMP/copy.db", typed(&["n"])).exits(1);
        world.sit("restore TMP/copy.db", typed(&[yes, "2026-11-23"])).exits(1);
        assert_eq!(world.dump(), before);
        world.sit("restore TMP/copy.db", typed(&[yes, "2026-11-24"])).exits(0);
        assert_eq!(kept(&world).len(), 1);
    }
}

#[test]
fn held_keys_are_released_by_who_has_looked_at_all_that_happened() {
    let world = two_in_use("C");
    world.run("backup TMP/copy.db").exits(0);
    let newest = world.time_now();
    world.advance(3_600);
    world.run(&format!("key suspend {SERIAL} {OTHER}")).exits(0);
    world.run("restore TMP/copy.db --yes").exits(0);
    assert_eq!(held(&world), [SERIAL, OTHER]);
    let shown = world.run(&format!("key show {SERIAL} -o json")).exits(0).json();
    assert_eq!(shown["keys"][0]["state"], "active");
    assert!(shown["keys"][0]["held_since"].as_str().is_some_and(|since| since.starts_with("2026-11-24T09:")));
    world.pipe("key resync jdupont", &["123456", "123457"]).exits(69);
    // A minute too late.
    assert!(newest > START);
    let told = world.run("restore --confirm-since '2026-11-24 10:00' -o json").exits(69);
    assert!(told.err.contains("held-longer"), "{}", told.shown());
    world.run("restore --confirm-since 2026-11-24 --serial 999999999").exits(66);
    world.run("restore --confirm-since 2026-11-24 --serial 103142720").exits(69);
    assert_eq!(held(&world), [SERIAL, OTHER]);
    world.run(&format!("restore --confirm-since 2026-11-24 --serial {OTHER}")).exits(0);
    assert_eq!(held(&world), [SERIAL]);
    let told = world.run("restore --confirm-since 2026-11-24 -o json").exits(0).json();
    assert_eq!(told["released"], 1);
    world.run("restore --confirm-since 2026-11-24").exits(69);
    let events = world.run("audit list --action restore-confirm -o json").exits(0).json();
    assert_eq!((&events["events"][0]["serial"], &events["events"][1]["count"]), (&OTHER.into(), &1.into()));
}

#[test]
fn g01_a_clock_that_was_set_back_moves_no_key_back() {
    let world = two_in_use("C");
    world.run("backup TMP/copy.db").exits(0);
    let used = world.passcode(0);
    check(&world, LOGIN, &used).exits(0);
    world.advance(-7_200);
    world.run("restore TMP/copy.db --yes").exits(0);
    world.run("restore --confirm-since 2026-11-24").exits(0);
    world.advance(7_200);
    check(&world, LOGIN, &used).exits(1);
    assert_eq!(reason(&world), "replay");
    // And one that shows an impossible year would put out all keys for ever.
    world.advance(200 * 366 * 86_400);
    let told = world.run("restore TMP/copy.db --yes -o json").exits(69);
    assert!(told.err.contains("clock-absurd"), "{}", told.shown());
}

#[test]
fn a_batch_from_before_a_restore_is_not_undone_and_says_why() {
    let world = World::furnished("C");
    world.run("backup TMP/copy.db").exits(0);
    world.run("restore TMP/copy.db --yes").exits(0);
    let told = world.run("batch undo 1 --yes -o json").exits(69);
    assert!(told.err.contains("batch-left-stock"), "{}", told.shown());
    world.run("key assign 103142720 jdupont").exits(0);
}

#[test]
fn a_backup_that_was_made_while_a_batch_was_open_stops_no_later_import() {
    for format in ["''", "format"] {
        for is_lost in [false, true] {
            let world = World::furnished("C");
            world.run("backup TMP/copy.db").exits(0);
            // As while its file was read, or while it was taken back.
            rusqlite::Connection::open(world.beside("copy.db"))
                .unwrap()
                .execute_batch(&format!("UPDATE batches SET is_open = 1, format = {format}"))
                .unwrap();
            world.run(&format!("key assign {SERIAL} {LOGIN}")).exits(0);
            if is_lost {
                std::fs::remove_file(world.home().join("cleotp.db")).unwrap();
            }
            let told = world.run("restore TMP/copy.db --yes -o json").exits(0).json();
            assert_eq!(told["held"], 0);
            world.run(&format!("import {SEEDS}")).exits(0);
            assert_eq!(ask(&world, "SELECT count(*) FROM keys"), 5);
            assert_eq!(ask(&world, "SELECT count(*) FROM batches WHERE is_open"), 0);
            world.run(&format!("key assign {SERIAL} {LOGIN}")).exits(0);
        }
    }
}

#[test]
fn what_was_written_while_the_clock_stood_years_ahead_puts_no_key_out_for_years() {
    for is_lost in [false, true] {
        let world = two_in_use("C");
        let years = 5 * 365 * 86_400;
        world.advance(years);
        world.run("user add zoe --name Zoe --establishment 0860034V").exits(0);
        world.advance(-years);
        world.run("backup TMP/copy.db").exits(0);
        if is_lost {
            std::fs::remove_file(world.home().join("cleotp.db")).unwrap();
        }
        world.run("restore TMP/copy.db --yes").exits(0);
        if is_lost {
            world.run("restore --confirm-since 2026-11-24").exits(0);
            // The clock may have been an hour behind what is lost.
            world.advance(3_600);
        }
        world.advance(120);
        check(&world, LOGIN, &world.passcode(0)).exits(0);
    }
}

#[test]
fn without_a_comparison_the_lost_keys_are_held_too() {
    let world = two_in_use("C");
    world.run(&format!("key lost {SERIAL}")).exits(0);
    world.run("backup TMP/copy.db").exits(0);
    std::fs::remove_file(world.home().join("cleotp.db")).unwrap();
    world.run("restore TMP/copy.db --yes").exits(0);
    assert_eq!(held(&world), [SERIAL, OTHER]);
}

#[test]
fn a_backup_of_before_a_rotation_is_held_against_the_database_of_after_it() {
    for lang in ["fr", "C"] {
        let world = two_in_use(lang);
        let former = std::fs::read(world.home().join("vault.key")).unwrap();
        world.run("backup TMP/copy.db").exits(0);
        world.run("vault rotate --yes").exits(0);
        check(&world, LOGIN, &world.passcode(0)).exits(0);
        world.forget();
        let refused = world.run("restore TMP/copy.db --yes").exits(78);
        let present = if lang == "C" { "keep the present key aside" } else { "mettez de côté la clé présente" };
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&refused.err).contains(present), "{}", refused.shown());
        world.lay("home/vault.key", &former);
        let told = world.run("restore TMP/copy.db --yes -o json").exits(0).json();
        assert_eq!((&told["held"], &told["held_keys"][0]["serial"]), (&1.into(), &SERIAL.into()));
        assert!(told["events_after"].as_i64().is_some_and(|events| events >= 2) && told["previous_head"].is_object());
        // The former key is in force once more.
        world.run("vault rotate --yes").exits(0);
        world.run("audit verify").exits(0);
    }
}

#[test]
fn the_drill_nothing_is_lost_before_the_last_backup_and_no_code_opens_twice() {
    let world = two_in_use("C");
    let second = world.beside("second");
    std::fs::create_dir(&second).unwrap();
    set_mode(&second, 0o700);
    world.lay("second/vault.key", &std::fs::read(world.home().join("vault.key")).unwrap());
    let (mut used, mut users) = (Vec::new(), Vec::new());
    let rounds = 6;
    for round in 0..rounds {
        used.push((LOGIN, world.passcode(0)));
        check(&world, LOGIN, &used.last().unwrap().1).exits(0);
        users.push(format!("user{round}"));
        world.run(&format!("user add user{round} --name User --establishment 0860034V")).exits(0);
        world.run(&format!("backup TMP/second/backup-{round}.db")).exits(0);
        // After the backup, and lost with the first home.
        used.push(("pmartin", format!("8302{}", shown(&world, OTHER, 0))));
        check(&world, "pmartin", &used.last().unwrap().1).exits(0);
        world.advance(60);
    }
    std::fs::remove_dir_all(world.home()).unwrap();
    let last = rounds - 1;
    world.run(&format!("restore TMP/second/backup-{last}.db --check --home TMP/second")).exits(0);
    world.run(&format!("restore TMP/second/backup-{last}.db --yes --home TMP/second")).exits(0);
    let listed = world.run("user list --home TMP/second -o json").exits(0).json();
    let listed: Vec<&str> =
        listed["users"].as_array().unwrap().iter().map(|user| user["login"].as_str().unwrap()).collect();
    assert!(users.iter().all(|user| listed.contains(&user.as_str())), "{listed:?}");
    world.run("restore --confirm-since 2026-11-24 --home TMP/second").exits(0);
    for (login, typed) in used.iter().rev().take(4) {
        world.pipe(&format!("check {login} --home TMP/second"), &[typed]).exits(1);
        let told = world.run("audit list --action check --limit 1 --home TMP/second -o json").exits(0).json();
        assert_eq!(told["events"][0]["reason"], "replay", "{login}");
        world.advance(20);
    }
    world.advance(900);
    world.pipe(&format!("check {LOGIN} --home TMP/second"), &[&world.passcode(0)]).exits(0);
    world.run("audit verify --home TMP/second").exits(0);
}

#[test]
fn a_restore_reads_well_in_french() {
    let world = two_in_use("fr_FR.UTF-8");
    world.forget();
    world.run("sauvegarder TMP/lundi.db").exits(0);
    world.run(&format!("cle suspendre {SERIAL}")).exits(0);
    world.run("restaurer TMP/lundi.db --check").exits(0);
    world.run("restaurer TMP/lundi.db").exits(64);
    world.sit("restaurer TMP/lundi.db", vec![(1, "o".to_owned()), (1, "2026-11-24".to_owned())]).exits(0);
    date_kept(&world);
    world.run("cle lister --retenues").exits(0);
    world.run("diagnostic --quiet").exits(1);
    world.run("restaurer --confirmer-depuis 2026-11-25").exits(69);
    world.run("restaurer --confirmer-depuis 2026-11-24").exits(0);
    insta::assert_snapshot!(hidden(&world.story()));
}

#[test]
fn a_restore_reads_well_in_english() {
    let world = two_in_use("C");
    world.forget();
    world.run("backup TMP/monday.db").exits(0);
    world.run(&format!("key suspend {SERIAL}")).exits(0);
    world.run("restore TMP/monday.db --check").exits(0);
    world.sit("restore TMP/monday.db", vec![(1, "y".to_owned()), (1, "2026-11-24".to_owned())]).exits(0);
    date_kept(&world);
    world.run("key list --held").exits(0);
    world.run("doctor --quiet").exits(1);
    world.run("restore --confirm-since 2026-11-24").exits(0);
    world.run("restore TMP/monday.db --confirm-since 2026-11-24").exits(64);
    insta::assert_snapshot!(hidden(&world.story()));
}

/// Leaves out what is another each time SQLite is.
fn hidden(story: &str) -> String {
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hide = |word: &str| if is_digest(word) { "SHA256".to_owned() } else { word.to_owned() };
    story.split(' ').map(|word| word.split('\n').map(hide).collect::<Vec<_>>().join("\n")).collect::<Vec<_>>().join(" ")
}
