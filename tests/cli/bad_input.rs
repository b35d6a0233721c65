//! What is wrong, said as a person would want it: the sentence, what to do, the exit status, and nothing changed.

use crate::support::{World, set_mode};
use std::fmt::Write as _;

/// Files that are wrong in themselves, and the exit status.
const FILES: [(&str, u8); 14] = [
    ("bad-empty.xml", 65),
    ("bad-not-a-container.xml", 65),
    ("bad-truncated.xml", 65),
    ("bad-doctype-external-entity.xml", 65),
    ("bad-seed-not-base64.xml", 65),
    ("bad-seed-not-hex.csv", 65),
    ("bad-seed-not-base32.csv", 65),
    ("bad-serial-twice.xml", 65),
    ("bad-weak-seed.xml", 65),
    ("bad-mac-wrong.xml", 65),
    ("bad-counter.csv", 65),
    ("bad-prose.txt", 65),
    ("bad-xlsx.xlsx", 65),
    ("pskc-preshared-demo.xml", 65),
];

/// Command lines that are wrong, or that name what is not there, or that a rule forbids.
pub const LINES: [(&str, u8); 27] = [
    ("import nowhere.xml", 66),
    ("import fixtures/seeds", 65),
    ("key show 999999999", 66),
    ("key assign 999999999 jdupont", 66),
    ("key assign 103142719 nobody", 66),
    ("key assign 103142718 jdupont", 69),
    ("key assign 103142718 amartin", 69),
    ("key assign 103142719 jdupont", 69),
    ("key unassign 103142719", 69),
    ("key resync nobody", 66),
    ("key resync amartin", 69),
    ("user show nobody", 66),
    ("user add jdupont --name 'Jean Dupont' --establishment 0860034V", 69),
    ("user add other --name Other --establishment 0860034A", 64),
    ("user add other --name Other --establishment 0750655E", 66),
    ("user add 'o ther' --name Other --establishment 0860034V", 64),
    ("establishment add 0860034V 'Lycée Aliénor'", 69),
    ("establishment add 86 Lycée", 64),
    ("activation new amartin 103142718", 69),
    ("batch show 9", 66),
    ("clef lister", 64),
    ("key frobnicate", 64),
    ("key assign 103142718", 64),
    ("key list --state", 64),
    ("key list --state gone", 64),
    ("key retirer 103142718", 64),
    ("check jdupont 4576768950", 64),
];

/// A home with one user whose key is handed over, and one without a key.
fn home(lang: &'static str) -> World {
    let world = World::furnished(lang);
    world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
    world.run("key assign 103142718 jdupont").exits(0);
    world.forget();
    world
}

/// Runs a test's part in both languages and joins what was said.
pub fn in_both(part: impl Fn(&'static str) -> String) -> String {
    ["fr_FR.UTF-8", "C"].map(part).join("\n")
}

#[test]
fn a_wrong_file_is_told_by_line_and_changes_nothing() {
    let said = in_both(|lang| {
        let world = home(lang);
        let (before, mut audited) = world.dump();
        for (file, exit) in FILES {
            world.run(&format!("import fixtures/seeds/{file}")).exits(exit);
            audited += 1;
            assert_eq!(world.dump(), (before.clone(), audited), "{file}: only the audit knows of it");
        }
        let line = "import fixtures/seeds/pskc-preshared-demo.xml --psk-file TMP/psk";
        let wrong = std::fs::read("fixtures/seeds/pskc-preshared-wrong.key").unwrap();
        let path = world.lay("psk", &wrong);
        world.run(line).exits(65);
        set_mode(&path, 0o644);
        world.run(line).exits(78);
        world.lay("psk", b"not hexadecimal\n");
        let told = world.run(line);
        assert!(matches!(told.exit, 65 | 78), "{}", told.shown());
        std::fs::remove_file(&path).unwrap();
        world.run(line).exits(66);
        assert_eq!(world.dump().0, before);
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn a_wrong_line_is_told_with_what_to_type_and_changes_nothing() {
    let said = in_both(|lang| {
        let world = home(lang);
        let before = world.dump();
        for (line, exit) in LINES {
            let told = world.run(line).exits(exit);
            assert_eq!(told.out, "", "{line}");
            assert!(told.err.contains("\nhint: ") || told.err.contains("\nconseil : "), "{}", told.err);
            assert_eq!(world.dump(), before, "{line}");
        }
        // Without the help that follows a wrong usage: the words of the program are compared elsewhere.
        let mut text = String::new();
        for told in world.told.borrow().iter() {
            let said = told.err.lines().take(2).collect::<Vec<_>>().join("\n");
            let _ = writeln!(text, "$ cleotp {}\n{said}\n({})\n", told.line, told.exit);
        }
        text
    });
    insta::assert_snapshot!(said);
}

#[test]
fn with_json_each_of_them_is_one_object() {
    let world = home("fr_FR.UTF-8");
    for (line, exit) in LINES {
        let told = world.run(&format!("{line} -o json")).exits(exit);
        if told.line.contains("--state -o") {
            continue; // the option took the next one as its value
        }
        let object: serde_json::Value = serde_json::from_str(&told.err).unwrap_or_else(|_| panic!("{}", told.shown()));
        let fields: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["code", "error", "hint", "message", "schema"], "{line}");
        assert_eq!((&object["schema"], &object["code"]), (&"cleotp.error/1".into(), &exit.into()), "{line}");
    }
}

#[test]
fn a_wrong_letter_of_an_establishment_is_told_the_right_one() {
    assert!(home("fr").run("establishment show 0860034A").exits(64).err.contains("la lettre V"));
    assert!(home("C").run("establishment show 0860034A").exits(64).err.contains("the letter V"));
}

#[test]
fn a_pin_that_is_not_fit_is_told_why_and_how_often_one_may_try() {
    let said = in_both(|lang| {
        let world = World::activated(lang);
        let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
        world.forget();
        world.pipe("pin set jdupont --ticket", &[&ticket, "1234", "1234"]).exits(69);
        world.pipe("pin set jdupont --ticket -o json", &[&ticket, "12", "12"]).exits(69);
        world.pipe("pin set jdupont --ticket", &[&ticket, "2718", "2718"]).exits(69);
        world.pipe("pin set jdupont --ticket", &[&ticket, "4576", "4576"]).exits(1);
        world.pipe("pin set jdupont --ticket", &[&ticket]).exits(64);
        world.run("check jdupont").exits(64);
        world.run("pin set jdupont").exits(64);
        assert!(world.run("user show jdupont").exits(0).err.is_empty());
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn an_installation_that_is_not_as_it_must_be_is_not_opened() {
    let said = in_both(|lang| {
        let mut told = Vec::new();
        let mut look = |world: &World, exit: u8| told.push(world.run("key list").exits(exit).shown());
        look(&World::empty(lang), 66);

        let world = home(lang);
        let database = world.home().join("cleotp.db");
        let key = world.home().join("vault.key");
        let (right, right_key) = (std::fs::read(&database).unwrap(), std::fs::read(&key).unwrap());
        std::fs::remove_file(&key).unwrap();
        look(&world, 78);
        let other = World::drawing(lang, 2);
        other.run("init").exits(0);
        std::fs::copy(other.home().join("vault.key"), &key).unwrap();
        set_mode(&key, 0o600);
        look(&world, 78);
        std::fs::write(&key, b"cleotp-vault-key-1:00\n").unwrap();
        look(&world, 78);
        std::fs::write(&key, &right_key).unwrap();
        set_mode(&key, 0o644);
        look(&world, 78);
        set_mode(&key, 0o600);
        set_mode(&database, 0o640);
        look(&world, 78);
        set_mode(&database, 0o600);
        set_mode(&world.home(), 0o755);
        look(&world, 78);
        set_mode(&world.home(), 0o700);
        std::fs::write(world.home().join("config.toml"), b"pin-min-digits = 3\n").unwrap();
        look(&world, 78);
        std::fs::remove_file(world.home().join("config.toml")).unwrap();
        look(&world, 0);

        rusqlite::Connection::open(&database).unwrap().pragma_update(None, "user_version", 99).unwrap();
        look(&world, 78);
        for leftover in ["cleotp.db-wal", "cleotp.db-shm"] {
            let _ = std::fs::remove_file(world.home().join(leftover));
        }
        let mut junk = right;
        junk[..100].fill(0x5a);
        std::fs::write(&database, &junk).unwrap();
        look(&world, 74);
        std::fs::write(&database, b"").unwrap();
        look(&world, 74);
        let again = world.run("init").exits(73);
        told.push(again.shown());
        told.join("\n")
    });
    insta::assert_snapshot!(said);
}

#[test]
fn the_hint_about_permissions_is_the_command_that_repairs_them() {
    let world = home("C");
    for (name, wrong) in [("vault.key", 0o644), ("cleotp.db", 0o660), ("", 0o755)] {
        let path = if name.is_empty() { world.home() } else { world.home().join(name) };
        set_mode(&path, wrong);
        let told = world.run("key list").exits(78);
        let hint = told.err.lines().find_map(|line| line.strip_prefix("hint: ")).unwrap();
        let command = hint.replace("HOME", &world.home().display().to_string());
        let status = std::process::Command::new("sh").args(["-c", &command]).status().unwrap();
        assert!(status.success(), "{hint}");
        world.run("key list").exits(0);
    }
}

#[test]
fn a_list_with_wrong_rows_is_taken_in_no_part() {
    let said = in_both(|lang| {
        let world = home(lang);
        let before = world.dump();
        let list = "identifiant;nom;uai\n-x;;0860034A\nbob;Bob;0860034V\nbob;Bob;0860034V\nzoe;Zoé;0750655E\n";
        world.feed("user import -", list.as_bytes()).exits(65);
        world.feed("user import -", b"").exits(65);
        world.feed("establishment import -", b"uai,nom\n0860034V,Autre nom\n").exits(65);
        assert_eq!(world.dump(), before);
        world.story()
    });
    insta::assert_snapshot!(said);
}
