//! `audit`: what is held against a checkpoint, given out, and deleted when its time is over.

use crate::support::{Told, World, set_mode};
use std::os::unix::fs::PermissionsExt;

const DAY: i64 = 86_400;

fn checkpoint(world: &World) -> Told {
    world.run("audit checkpoint").exits(0)
}

/// Edits the file behind the program's back.
fn edit(world: &World, sql: &str) {
    let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    database.execute_batch(sql).unwrap();
}

fn cut_after(world: &World, seq: i64) {
    edit(world, &format!("DROP TRIGGER audit_is_never_shortened; DELETE FROM audit WHERE seq > {seq}"));
}

/// More than a year goes by, and cleotp is used near its end.
fn grow_old(world: &World) {
    world.advance(395 * DAY);
    world.run("user disable jdupont").exits(0);
    world.advance(2 * DAY);
}

#[test]
fn a_checkpoint_is_one_line_that_goes_to_the_log_of_the_machine_too() {
    let world = World::furnished("fr");
    let told = checkpoint(&world);
    assert_eq!((told.out.lines().count(), told.err.as_str()), (1, ""));
    let document = told.json();
    assert_eq!(document["schema"], "cleotp.audit-checkpoint/1");
    assert_eq!((&document["at"], &document["seq"]), (&"2026-11-24T09:12:00Z".into(), &document["events"]));
    assert_eq!([32, 64, 64], ["database", "head", "mac"].map(|name| document[name].as_str().unwrap().len()));
    assert_eq!(*world.journal.lines.borrow(), [told.out.trim_end()]);
    world.journal.is_deaf.set(true);
    let told = checkpoint(&world);
    assert!(told.err.contains("n'a pas reçu la ligne (rien n'écoute sur /dev/log)"), "{}", told.shown());
}

#[test]
fn a_checkpoint_is_written_into_a_new_private_file_or_added_to_one() {
    let world = World::furnished("fr");
    let path = world.beside("points");
    let told = world.run("audit point-de-controle TMP/points").exits(0);
    assert!(told.out.contains("est dans TMP/points. Gardez-le sur une autre machine."), "{}", told.shown());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    world.run("audit checkpoint TMP/points").exits(73);
    world.run("user disable jdupont").exits(0);
    let document = world.run("audit checkpoint TMP/points --append -o json").exits(0).json();
    let lines = std::fs::read_to_string(&path).unwrap();
    assert_eq!(lines.lines().count(), 2);
    let second: serde_json::Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert_eq!(second, document);
    set_mode(&path, 0o644);
    assert!(world.run("audit checkpoint TMP/points --append").exits(78).err.contains("chmod 600"));
    assert!(world.run("audit checkpoint --append").exits(64).err.contains("--append attend un fichier"));
    set_mode(&path, 0o600);
    let told = world.run("audit verifier --point-de-controle TMP/points").exits(0);
    assert!(told.out.contains("est respecté : rien ne manque jusque-là."), "{}", told.shown());
}

#[test]
fn j02_a_cut_and_a_roll_back_are_found_by_a_checkpoint_and_cannot_be_excluded_without() {
    for (lang, found, none) in [
        ("fr", "La base n'a pas l'événement", "on ne peut exclure que des événements postérieurs au n° 4"),
        ("en", "The database does not have event", "it cannot be excluded that events after number 4"),
    ] {
        let world = World::furnished(lang);
        world.run("user disable jdupont").exits(0);
        world.run("user enable jdupont").exits(0);
        world.lay("point.json", checkpoint(&world).out.as_bytes());
        let verified = world.run("audit verify --checkpoint TMP/point.json -o json").exits(0).json();
        assert_eq!((&verified["truncation"], &verified["excluded_up_to"]), (&"excluded".into(), &6.into()));
        world.run("user disable jdupont").exits(0);
        world.run("audit verify --checkpoint TMP/point.json").exits(0);
        cut_after(&world, 4);
        let told = world.run("audit verify --checkpoint TMP/point.json").exits(1);
        assert!(told.out.contains(found), "{}", told.shown());
        let verified = world.run("audit verify --checkpoint TMP/point.json -o json").exits(1).json();
        assert_eq!((&verified["truncation"], &verified["intact"]), (&"detected".into(), &false.into()));
        assert_eq!((&verified["first_bad"], &verified["missed_checkpoint"]), (&serde_json::Value::Null, &6.into()));
        let told = world.run("audit verify").exits(0);
        assert!(told.out.contains(none), "{}", told.shown());
        assert_eq!(world.run("audit verify -o json").exits(0).json()["truncation"], "not-excluded");
    }
}

#[test]
fn what_is_no_checkpoint_of_this_database_is_refused_by_an_exact_sentence() {
    let (world, another) = (World::furnished("fr"), World::drawing("fr", 9));
    another.run("init").exits(0);
    let (good, foreign) = (checkpoint(&world).out, checkpoint(&another).out);
    let later = good.replace("\"seq\":4", "\"seq\":9");
    assert_ne!(later, good);
    let second = format!("{good}\n{{\"schema\": \"cleotp.audit-ch");
    for (name, contents, sentence) in [
        ("empty", "\n", "ne contient aucun point de contrôle"),
        ("foreign", &*foreign, "est celui d'une autre base"),
        ("forged", &*later, "a été modifié, ou n'a pas été fait avec le coffre de cette base"),
        ("damaged", &second, "ligne 3 : le point de contrôle est abîmé"),
        ("short", "{\"schema\":\"cleotp.audit-checkpoint/1\"}", "ligne 1 : le point de contrôle est abîmé"),
        ("newer", "{\"schema\":\"cleotp.audit-checkpoint/2\"}", "est de la version 2, que ce programme ne connaît pas"),
        ("other", "{\"schema\":\"cleotp.keys/1\"}", "ligne 1 : ce n'est pas un point de contrôle"),
        ("text", "bonjour", "ligne 1 : le point de contrôle est abîmé"),
        ("list", "[1]", "ligne 1 : ce n'est pas un point de contrôle"),
    ] {
        world.lay(name, contents.as_bytes());
        let told = world.run(&format!("audit verify --checkpoint TMP/{name}")).exits(65);
        assert!(told.err.contains(sentence) && told.err.contains(&format!("TMP/{name}")), "{}", told.shown());
        assert!(told.err.contains("conseil : ") && told.out.is_empty(), "{}", told.shown());
        let told = world.feed("audit verify --checkpoint -", contents.as_bytes()).exits(65);
        assert!(told.err.contains(sentence), "{}", told.shown());
    }
    world.run("audit verify --checkpoint TMP/nothing").exits(66);
    world.feed("audit verify --checkpoint -", good.as_bytes()).exits(0);
}

#[test]
fn all_events_are_given_out_with_what_chains_them_and_without_a_name() {
    let world = World::furnished("fr");
    world.pipe("check nobody", &["123456"]).exits(1);
    let told = world.run("audit export").exits(0);
    let events: Vec<serde_json::Value> = told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 5);
    assert!(events.iter().zip(1..).all(|(event, seq)| event["seq"] == seq));
    assert_eq!(events[4]["mac"], checkpoint(&world).json()["head"]);
    assert_eq!(events[4]["unknown_login"].as_str().unwrap().len(), 16);
    assert!(!told.out.contains("jdupont") && !told.out.contains("Dupont"), "{}", told.out);
    let document = world.run("audit export -o json").exits(0).json();
    assert_eq!((&document["schema"], document["events"].as_array().unwrap()), (&"cleotp.events/1".into(), &events));
    let csv = world.run("audit export -o csv --since '2026-11-24 09:13'").exits(0);
    assert_eq!(csv.out.lines().count(), 1);
    world.run("audit export --output TMP/audit.jsonl").exits(0);
    let path = world.beside("audit.jsonl");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), told.out);
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    world.run("audit export --output TMP/audit.jsonl").exits(73);
}

#[test]
fn a_last_date_is_meant_to_its_end_for_a_list_as_for_an_export() {
    let world = World::furnished("fr");
    let listed = |line: &str| world.run(line).exits(0).json()["events"].as_array().unwrap().len();
    for (until, events) in [("2026-11-23", 0), ("2026-11-24", 4), ("'2026-11-24 09:11'", 0)] {
        for command in ["audit list", "audit export"] {
            assert_eq!(listed(&format!("{command} -o json --until {until}")), events, "{command} {until}");
        }
    }
}

#[test]
fn e01_a_file_name_that_begins_as_a_formula_is_guarded_in_csv_unless_raw() {
    let world = World::furnished("fr");
    let name = "=HYPERLINK(1).csv";
    world.lay(name, b"800000001,e14aa9cf04372b5ca7e9bfa4b9bd91cb3a46e06c,totp,6,60\n");
    world.run(&format!("import TMP/{name}")).exits(0);
    let guarded = world.run("audit export -o csv").exits(0).out;
    assert!(guarded.contains(&format!("'{name}")), "{guarded}");
    let raw = world.run("audit export -o csv --raw").exits(0).out;
    assert!(raw.contains(name) && !raw.contains(&format!("'{name}")), "{raw}");
}

#[test]
fn j06_old_events_are_deleted_when_somebody_means_it_and_the_rest_is_verified() {
    for (lang, question, asked, done, told_later) in [
        ("fr", "4 événements antérieurs", "o", "4 événements antérieurs", "jusqu'au n° 4 ont été supprimés"),
        ("en", "4 events of before", "y", "4 events of before", "up to number 4 were deleted"),
    ] {
        let world = World::furnished(lang);
        world.lay("point.json", checkpoint(&world).out.as_bytes());
        grow_old(&world);
        world.run("audit purge").exits(64);
        let told = world.sit("audit purge", vec![(1, asked.to_owned()), (1, "hier".to_owned())]).exits(1);
        assert!(told.both.contains(question), "{}", told.shown());
        assert_eq!(world.run("audit verify -o json").exits(0).json()["events"], 5);
        let told = world.sit("audit purge", vec![(1, asked.to_owned()), (1, "2026-12-26".to_owned())]).exits(0);
        assert!(told.both.contains(done), "{}", told.shown());
        let told = world.run("audit verify --checkpoint TMP/point.json").exits(0);
        assert!(told.out.contains(told_later), "{}", told.shown());
        let verified = world.run("audit verify --checkpoint TMP/point.json -o json").exits(0).json();
        assert_eq!((&verified["events"], &verified["purged"], &verified["last"]), (&2.into(), &4.into(), &6.into()));
        let events = world.run("audit list -o json").exits(0).json();
        let last = events["events"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["action"], &last["count"]), (&"audit-purge".into(), &4.into()));
        assert_eq!(world.run("audit purge --yes -o json").exits(0).json()["events"], 0);
        world.run("doctor").exits(0);
        // The stub cannot be moved by somebody who has no vault key.
        edit(&world, "DROP TRIGGER audit_stub_never_falls; UPDATE audit_stub SET at = at - 1");
        assert_eq!(world.run("audit verify -o json").exits(1).json()["first_bad"], 4);
    }
}

#[test]
fn who_goes_on_with_a_purge_that_was_cut_off_is_told_so_before_he_is_asked() {
    for (lang, told_first, asked) in [
        ("fr", "interrompue : les 104 événements qu'il en reste partent d'abord.", "antérieurs au 2026-12-26"),
        ("en", "cut off: the 104 events that are left of it go first.", "of before 2026-12-26"),
    ] {
        let world = World::furnished(lang);
        let list: String = (0..4_100).map(|number| format!("user{number},Name,0860034V\n")).collect();
        world.feed("user import -", format!("login,name,uai\n{list}").as_bytes()).exits(0);
        grow_old(&world);
        // As if it were killed when it had deleted the first part.
        edit(
            &world,
            "CREATE TRIGGER stop BEFORE DELETE ON audit WHEN OLD.seq > 4000 BEGIN SELECT RAISE(ABORT, 'stop'); END",
        );
        assert_ne!(world.run("audit purge --yes").exit, 0);
        edit(&world, "DROP TRIGGER stop");
        let told = world.sit("audit purge", vec![(1, String::new())]).exits(1);
        let said = told.both.replace('\n', " ");
        let (first, question) = (said.find(told_first), said.find(asked));
        assert!(first.is_some() && first < question, "{}", told.shown());
        assert_eq!(world.run("audit purge --yes -o json").exits(0).json()["purged"], 4_104);
    }
}

#[test]
fn what_must_be_kept_is_not_deleted_and_a_wrong_clock_deletes_nothing() {
    let world = World::furnished("fr");
    let told = world.run("audit purger --avant 2026-11-24 --oui").exits(69);
    assert!(told.err.contains("doivent encore être gardés"), "{}", told.shown());
    world.lay("home/config.toml", b"audit-kept = \"90d\"\n");
    assert!(world.run("audit purge --yes").exits(78).err.contains("183d"));
    std::fs::remove_file(world.home().join("config.toml")).unwrap();
    world.advance(400 * DAY);
    let told = world.run("audit purge --yes").exits(69);
    assert!(told.err.contains("n'a pas fait un bond en avant"), "{}", told.shown());
    world.advance(-401 * DAY);
    let told = world.run("audit purge --yes").exits(69);
    assert!(told.err.contains("est en retard sur le dernier événement"), "{}", told.shown());
    world.advance(DAY);
    grow_old(&world);
    edit(&world, "DROP TRIGGER audit_is_never_edited; UPDATE audit SET operator_name = 'x' WHERE seq = 2");
    let told = world.run("audit purge --yes").exits(69);
    assert!(told.err.contains("rompu ou coupé : rien n'en est supprimé"), "{}", told.shown());
    assert_eq!(world.run("audit verify -o json").exits(1).json()["events"], 5);
}
