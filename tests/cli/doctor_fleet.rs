//! `doctor` on what waits for somebody, and on what should have been done: counts with the command that lists them.

use crate::doctor::{edit, found, in_both};
use crate::support::{PIN, World, set_mode};
use std::fs;

const DAY: i64 = 86_400;

/// Everything that can wait, each once; a summer later.
fn forgotten(world: &World) {
    world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
    world.run("key assign 103142719 amartin").exits(0);
    world.run("activation new amartin").exits(0);
    world.run("key ship 103142720 --to 0860034V").exits(0);
    world.run("key replace 103142718 103142721").exits(0);
    world.advance(40 * DAY);
    edit(world, "UPDATE keys SET lock = 'wrong-pins' WHERE serial = '103142720'");
    edit(world, "UPDATE keys SET not_after = 1 WHERE serial = '103142721'");
    world.run("emergency new jdupont").exits(0);
    world.run("backup TMP/kept.db").exits(0);
    world.advance(60);
    let asked = world.pipe("check jdupont", &[&world.passcode(0)]);
    assert!(asked.exit == 0, "{}", asked.shown());
    world.advance(60);
}

#[test]
fn what_waits_for_somebody_is_counted_and_makes_no_alarm() {
    let world = World::in_use("C");
    forgotten(&world);
    assert_eq!(
        found(&world),
        [
            "waiting-locked-keys",
            "waiting-ended-keys",
            "waiting-expired-codes",
            "waiting-unused-keys",
            "waiting-travelling-keys",
            "waiting-open-replacements",
            "waiting-needless-lists",
        ]
    );
    assert_eq!(world.run("doctor -q").exits(0).out, "");
    // What the hint names lists them.
    for finding in world.run("doctor -o json").exits(0).json()["findings"].as_array().unwrap() {
        let hint = finding["hint"].as_str().unwrap();
        let command = hint.split('"').nth(1).unwrap().strip_prefix("cleotp ").unwrap();
        assert!(world.run(command).exits(0).out.lines().count() > 1, "{hint}");
    }
    insta::assert_snapshot!(in_both("doctor", forgotten));
    // A key that was thrown away is locked for ever, and waits for nobody.
    edit(&world, "UPDATE keys SET lock = 'wrong-pins' WHERE serial = '103142722'");
    let count = || world.run("report lockouts -o csv").exits(0).out.lines().count();
    let before = count();
    world.run("key retire 103142722 --yes").exits(0);
    assert_eq!(count(), before - 1);
}

#[test]
fn a_backup_that_was_never_made_or_could_not_be_written_is_told_after_eight_days() {
    let world = World::in_use("C");
    world.advance(8 * DAY);
    assert_eq!(found(&world), ["backup-never"]);
    world.run("doctor -q").exits(0);
    // What stands in its way is there before it, and it is no backup.
    world.lay("stopped.db.part", b"theirs");
    world.run("backup TMP/stopped.db").exits(73);
    let last = world.run("audit list --action backup -o json").exits(0).json();
    let told: Vec<_> = last["events"].as_array().unwrap().iter().map(|event| &event["outcome"]).collect();
    assert_eq!(told, ["done", "refused"]);
    assert_eq!(last["events"][1]["reason"], "not-written");
    assert_eq!(found(&world), ["backup-never"]);
    world.run("backup TMP/kept.db").exits(0);
    assert!(found(&world).is_empty());
    let stops = |world: &World| {
        world.run("backup TMP/kept.db").exits(0);
        world.advance(8 * DAY);
        world.lay("stopped.db.part", b"theirs");
        world.run("backup TMP/stopped.db").exits(73);
        world.advance(60);
    };
    insta::assert_snapshot!(in_both("doctor -q", stops));
    world.run("audit verify").exits(0);
}

#[test]
fn a_pin_that_was_not_chosen_or_not_used_in_time_is_counted() {
    let world = World::activated("C");
    assert!(found(&world).is_empty());
    let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
    world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(0);
    assert_eq!(found(&world), ["waiting-provisional-pins"]);
    // It is erased when it was not used; another one may be chosen for a while.
    world.advance(2 * 3_600);
    assert!(found(&world).is_empty());
    world.advance(7 * DAY);
    assert_eq!(found(&world), ["waiting-lapsed-pins"]);
    world.run("pin reset jdupont").exits(0);
    assert!(found(&world).is_empty());
}

#[test]
fn g02_that_everybody_failed_is_told_for_a_day() {
    let fails = |world: &World| {
        let keys: String =
            (1..=20).map(|number| format!("{},{number:040x},totp,6,60\n", 800_000_000 + number)).collect();
        world.lay("keys.csv", keys.as_bytes());
        world.run("import TMP/keys.csv").exits(0);
        for number in 1..=20 {
            let (login, serial) = (format!("user{number}"), 800_000_000 + number);
            world.run(&format!("user add {login} --name X --establishment 0860034V")).exits(0);
            world.run(&format!("key assign {serial} {login}")).exits(0);
            let code = world.run(&format!("activation new {login}")).exits(0).code();
            world.pipe(&format!("activate {login} {serial}"), &[&code]).exits(0);
        }
        (1..=20).for_each(|number| {
            world.pipe(&format!("check user{number}"), &["4576123456"]).exits(1);
        });
        world.pipe("check jdupont", &["4576000000"]).exits(1);
    };
    let world = World::in_use("C");
    fails(&world);
    assert_eq!(found(&world), ["everybody-failed"]);
    // Of a day that has not come yet nothing is told but that the clock goes wrong.
    world.advance(-2 * DAY);
    assert!(!found(&world).contains(&"everybody-failed".to_owned()));
    world.advance(2 * DAY);
    insta::assert_snapshot!(in_both("doctor -q", fails));
    world.advance(DAY + 1);
    assert!(found(&world).is_empty());
}

#[test]
fn a_spool_that_cron_takes_no_more_is_found_by_the_note_of_its_last_run() {
    let prepared = |world: &World| {
        let folder = world.beside("spool");
        fs::create_dir(&folder).unwrap();
        set_mode(&folder, 0o700);
        let config = format!("spool = \"{}\"\n", folder.display());
        fs::write(world.home().join("config.toml"), config).unwrap();
    };
    let drops = |world: &World| {
        let path = world.beside("spool").join("keys.xml");
        fs::copy("fixtures/seeds/pskc-demo.xml", &path).unwrap();
        set_mode(&path, 0o600);
    };
    let world = World::in_use("C");
    prepared(&world);
    // Never yet, which may be meant so.
    assert!(found(&world).is_empty());
    drops(&world);
    assert_eq!(found(&world), ["spool-waiting"]);
    world.run("import --spool TMP/spool --dry-run").exits(0);
    assert_eq!(found(&world), ["spool-waiting"]);
    fs::remove_file(world.beside("spool/keys.xml")).unwrap();
    // A run that finds nothing is one too, and a trial is none.
    world.run("import --spool TMP/spool").exits(0);
    world.advance(2 * DAY);
    assert!(found(&world).is_empty());
    world.run("import --spool TMP/spool --dry-run").exits(0);
    world.advance(1);
    assert_eq!(found(&world), ["spool-not-run"]);
    world.run("import --spool TMP/spool").exits(0);
    assert!(found(&world).is_empty());
    let absent = |world: &World| {
        prepared(world);
        world.run("import --spool TMP/spool").exits(0);
        drops(world);
        world.advance(3 * DAY);
    };
    insta::assert_snapshot!(in_both("doctor -q", absent));
}
