//! The vault key: told, changed in place, and found wherever a change of it was interrupted.

use crate::support::{PIN, World, set_mode};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn key_file(world: &World) -> PathBuf {
    world.home().join("vault.key")
}

fn waiting(world: &World) -> PathBuf {
    world.home().join("vault.key.next")
}

fn lay_key(path: &PathBuf, contents: &[u8]) {
    fs::write(path, contents).unwrap();
    set_mode(path, 0o600);
}

/// What was told, without the name of the account that runs the tests.
fn shown(world: &World) -> String {
    let name = Command::new("id").arg("-un").output().unwrap().stdout;
    let name = String::from_utf8(name).unwrap();
    ["account", "compte"].iter().fold(world.story(), |text, word| {
        text.replace(&format!("({word} {},", name.trim()), &format!("({word} ACCOUNT,"))
    })
}

#[test]
fn the_vault_key_is_told_and_changed_in_both_languages() {
    for (lang, name) in [("fr", "the_vault_key_is_changed_in_french"), ("C", "the_vault_key_is_changed_in_english")] {
        let world = World::in_use(lang);
        // So wide that no line is folded: where the folder of the test is decides else.
        world.columns.set(400);
        world.forget();
        let status = world.run("coffre etat").exits(0);
        let id =
            status.out.split_whitespace().find(|word| word.trim_matches(',').len() == 16).unwrap()[..16].to_owned();
        world.run("vault rotate").exits(64);
        world.sit("vault rotate", vec![(1, "n".to_owned())]).exits(1);
        let yes = if lang == "fr" { "oui" } else { "yes" };
        world.sit("vault rotate", vec![(1, yes.to_owned()), (1, "abc".to_owned())]).exits(1);
        world.sit("vault rotate", vec![(1, yes.to_owned()), (1, id[..4].to_owned())]).exits(0);
        world.run("vault status").exits(0);
        world.run("audit list --action vault-rotate -o jsonl").exits(0);
        insta::assert_snapshot!(name, shown(&world));
    }
}

#[test]
fn a_new_vault_key_opens_what_the_former_one_sealed_and_the_former_one_nothing() {
    let world = World::in_use("C");
    let former = fs::read(key_file(&world)).unwrap();
    let sealed = |world: &World| -> (Vec<u8>, Vec<u8>) {
        let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
        database
            .query_row("SELECT seed, data_key FROM keys, meta WHERE serial = '103142718'", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap()
    };
    let (seed, wrapped) = sealed(&world);
    let told = world.run("vault rotate --yes -o json").exits(0).json();
    assert_eq!(told["schema"], "cleotp.vault-rotate/1");
    let (same_seed, rewrapped) = sealed(&world);
    assert!(seed == same_seed && wrapped != rewrapped);
    let present = fs::read(key_file(&world)).unwrap();
    assert!(former != present && former.len() == present.len() && !waiting(&world).exists());
    let mode = std::os::unix::fs::PermissionsExt::mode(&key_file(&world).metadata().unwrap().permissions());
    assert_eq!(mode & 0o7777, 0o600);
    // The seed, the PIN's pepper, and the chain of events.
    world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
    world.run("doctor").exits(0);
    let status = world.run("vault status -o json").exits(0).json();
    assert_eq!((&status["schema"], &status["key_id"]), (&"cleotp.vault/1".into(), &told["key_id"]));
    assert_eq!((&status["source"], &status["in_backups"]), (&"file".into(), &false.into()));
    assert!(status["rotated_at"].is_string() && status["mode"] == "0600" && status["owner"].is_string());
    // The former one is refused by its name, whatever is asked, and nothing is counted.
    lay_key(&key_file(&world), &former);
    let before = world.dump();
    for line in ["check jdupont", "key list", "vault status", "vault rotate --yes"] {
        let refused = world.pipe(line, &[&format!("{PIN}123456")]).exits(78);
        for id in [&told["key_id"], &told["former_key_id"]] {
            assert!(refused.err.contains(id.as_str().unwrap()), "{}", refused.shown());
        }
    }
    assert_eq!(world.dump(), before);
}

/// A home whose key was changed, with the former file back in its place and the new one beside: as a crash leaves it.
fn half_rotated(lang: &'static str) -> (World, Vec<u8>) {
    let world = World::in_use(lang);
    let former = fs::read(key_file(&world)).unwrap();
    world.run("vault rotate --yes").exits(0);
    fs::rename(key_file(&world), waiting(&world)).unwrap();
    lay_key(&key_file(&world), &former);
    world.forget();
    let present = fs::read(waiting(&world)).unwrap();
    (world, present)
}

#[test]
fn a_rotation_that_was_interrupted_after_the_change_is_finished_by_the_next_command() {
    for lang in ["fr", "C"] {
        let (world, present) = half_rotated(lang);
        insta::assert_snapshot!(format!("half_rotated_{lang}"), world.run("doctor").exits(1).shown());
        assert!(waiting(&world).exists(), "doctor changes nothing");
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
        assert!(!waiting(&world).exists());
        assert_eq!(fs::read(key_file(&world)).unwrap(), present);
        world.run("doctor").exits(0);
    }
    // Also where the former file is gone.
    let (world, present) = half_rotated("C");
    fs::remove_file(key_file(&world)).unwrap();
    world.run("key list").exits(0);
    assert_eq!(fs::read(key_file(&world)).unwrap(), present);
}

#[test]
fn while_somebody_else_has_the_turn_the_waiting_key_opens_and_stays_where_it_is() {
    let (world, present) = half_rotated("C");
    let folder = fs::File::open(world.home()).unwrap();
    folder.lock().unwrap();
    world.run("key list").exits(0);
    assert_eq!(fs::read(waiting(&world)).unwrap(), present);
    let busy = world.run("vault rotate --yes").exits(75);
    assert!(busy.err.contains("under way"), "{}", busy.shown());
    folder.unlock().unwrap();
    world.run("key list").exits(0);
    assert!(!waiting(&world).exists());
}

#[test]
fn a_key_that_never_came_into_force_opens_nothing_and_is_thrown_away_with_an_event() {
    for lang in ["fr", "C"] {
        let world = World::in_use(lang);
        let other = World::drawing("C", 77);
        other.run("init").exits(0);
        lay_key(&waiting(&world), &fs::read(key_file(&other)).unwrap());
        let present = fs::read(key_file(&world)).unwrap();
        world.forget();
        world.run("key list").exits(0);
        assert_eq!(fs::read(key_file(&world)).unwrap(), present);
        insta::assert_snapshot!(format!("left_over_{lang}"), world.run("doctor").exits(1).shown());
        assert_eq!(world.run("vault status -o json").exits(0).json()["unfinished_rotation"], true);
        world.run("vault rotate --yes").exits(0);
        assert!(!waiting(&world).exists());
        let events = world.run("audit list --action vault-rotate -o json").exits(0).json();
        let told: Vec<_> = events["events"].as_array().unwrap().iter().map(|event| &event["outcome"]).collect();
        assert_eq!(told, ["refused", "done"]);
        world.run("doctor").exits(0);
    }
    // Half a file is none.
    let world = World::in_use("C");
    lay_key(&waiting(&world), b"cleotp-vault-key-1:0011");
    world.run("key list").exits(0);
    world.run("vault rotate --yes").exits(0);
    assert!(!waiting(&world).exists());
}

#[test]
fn f05_a_waiting_key_that_others_can_read_is_refused_with_the_command_that_mends_it() {
    let (world, _) = half_rotated("C");
    set_mode(&waiting(&world), 0o644);
    let refused = world.run("key list").exits(78);
    assert!(refused.err.contains("chmod 600 -- HOME/vault.key.next"), "{}", refused.shown());
    set_mode(&waiting(&world), 0o600);
    world.run("key list").exits(0);
}

#[test]
fn no_vault_key_of_before_or_after_lies_in_the_database() {
    let world = World::in_use("C");
    let mut keys = vec![fs::read_to_string(key_file(&world)).unwrap()];
    let reader = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    let _: i64 = reader.query_row("SELECT count(*) FROM meta", [], |row| row.get(0)).unwrap();
    world.run("vault rotate --yes").exits(0);
    keys.push(fs::read_to_string(key_file(&world)).unwrap());
    for name in ["cleotp.db", "cleotp.db-wal"] {
        let bytes = fs::read(world.home().join(name)).unwrap();
        assert!(!bytes.is_empty());
        for key in &keys {
            let hex = key.trim().rsplit(':').next().unwrap();
            let raw = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
            for needle in [hex.as_bytes(), &raw[..16], &raw[16..]] {
                assert!(!bytes.windows(needle.len()).any(|window| window == needle), "{name}");
            }
        }
    }
    let told = world.told.borrow();
    for key in &keys {
        let hex = key.trim().rsplit(':').next().unwrap();
        assert!(told.iter().all(|told| !told.heard().contains(hex)));
    }
}
