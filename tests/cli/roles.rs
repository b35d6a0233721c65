//! Who may do what: every command of the tree, for every role, on what lies within his scope, without, and nowhere.

use crate::support::{PIN, SEEDS, Told, World};
use cleotp::Via;
use std::collections::BTreeSet;

/// Each command with an example of it, what it reads, and who may run it: `a`dmin, `d`elegate, `i`mporter, a`u`ditor, `v`erifier.
///
/// `UAI`, `LOGIN`, `KEY` and `BATCH` stand for an establishment, a user, a key and an import.
const COMMANDS: &[(&str, &str, &[&str], &str)] = &[
    ("init", "", &[], "adiuv"),
    ("completions", "bash", &[], "adiuv"),
    ("man", "", &[], "adiuv"),
    ("doctor", "", &[], "au"),
    ("import", "-", &[], "ai"),
    ("config show", "", &[], "au"),
    ("config check", "", &[], "au"),
    ("batch list", "", &[], "au"),
    ("batch show", "BATCH", &[], "au"),
    ("batch undo", "BATCH", &[], "a"),
    ("batch verify", "BATCH", &[], "a"),
    ("establishment add", "UAI Name", &[], "a"),
    ("establishment list", "", &[], "ad"),
    ("establishment show", "UAI", &[], "ad"),
    ("establishment rename", "UAI Name", &[], "a"),
    ("establishment import", "-", &[], "a"),
    ("user add", "new --name New --establishment UAI", &[], "ad"),
    ("user list", "--establishment UAI", &[], "ad"),
    ("user show", "LOGIN", &[], "ad"),
    ("user import", "-", &[], "ad"),
    ("user disable", "LOGIN", &[], "ad"),
    ("user enable", "LOGIN", &[], "ad"),
    ("user move", "LOGIN --to UAI", &[], "ad"),
    ("user move", "LOGIN --leaving UAI", &[], "ad"),
    ("user export", "LOGIN", &[], "ad"),
    ("user remove", "LOGIN --dry-run", &[], "ad"),
    ("user remove", "LOGIN --lost --dry-run", &[], "ad"),
    ("key list", "--establishment UAI", &[], "ad"),
    ("key list", "--login LOGIN", &[], "ad"),
    ("key list", "--batch BATCH", &[], "ad"),
    ("key show", "KEY", &[], "ad"),
    ("key assign", "KEY LOGIN", &[], "ad"),
    ("key assign", "KEY jdupont", &[], "ad"),
    ("key assign", "--from -", &[], "ad"),
    ("key replace", "KEY KEY", &[], "ad"),
    ("key replace", "--from -", &[], "ad"),
    ("key unassign", "KEY", &[], "ad"),
    ("key ship", "KEY --to UAI", &[], "ad"),
    ("key ship", "--range KEY..KEY --to-academy", &[], "ad"),
    ("key receive", "KEY", &[], "ad"),
    ("key suspend", "KEY", &[], "ad"),
    ("key resume", "KEY", &[], "ad"),
    ("key return", "KEY", &[], "ad"),
    ("key lost", "KEY", &[], "ad"),
    ("key lost", "KEY --emergency", &[], "ad"),
    ("key found", "KEY", &[], "ad"),
    ("key found", "KEY --restore --reason x", &[], "ad"),
    ("key retire", "KEY --yes", &[], "ad"),
    ("key unlock", "KEY", &[], "ad"),
    ("key resync", "KEY", &["123456", "123457"], "ad"),
    ("key resync", "LOGIN", &["123456", "123457"], "ad"),
    ("key diagnose", "KEY", &["123456"], "a"),
    ("activation new", "LOGIN", &[], "ad"),
    ("activation new", "jdupont KEY", &[], "ad"),
    ("activation campaign", "-", &[], "ad"),
    ("activation import", "-", &[], "a"),
    ("activation list", "--login LOGIN", &[], "ad"),
    ("activation revoke", "LOGIN", &[], "ad"),
    ("emergency new", "LOGIN", &[], "ad"),
    ("emergency list", "--login LOGIN", &[], "ad"),
    ("emergency revoke", "LOGIN", &[], "ad"),
    ("slip", "LOGIN", &[], "ad"),
    ("activate", "LOGIN KEY", &["23456789"], "av"),
    ("pin set", "LOGIN --ticket", &["00112233445566778899aabbccddeeff", "4576", "4576"], "av"),
    ("pin change", "LOGIN", &["4576123456", "9182", "9182"], "av"),
    ("pin reset", "LOGIN", &[], "ad"),
    ("check", "LOGIN", &["123456"], "av"),
    ("backup", "TMP/none/backup.db", &[], "a"),
    ("restore", "TMP/none.db --check", &[], "a"),
    ("restore", "--confirm-since 2026-11-24", &[], "a"),
    ("operator add", "guest --role auditor", &[], "a"),
    ("operator list", "", &[], "au"),
    ("operator remove", "guest", &[], "a"),
    ("audit list", "", &[], "au"),
    ("audit verify", "", &[], "au"),
    ("audit checkpoint", "", &[], "au"),
    ("audit export", "", &[], "au"),
    ("audit purge", "--yes", &[], "a"),
    ("report stock", "", &[], "adu"),
    ("report activation", "", &[], "adu"),
    ("report drift", "--before 2030-01-01", &[], "adu"),
    ("report expiry", "--before 2030-01-01", &[], "adu"),
    ("report lockouts", "", &[], "adu"),
    ("report checks", "", &[], "adu"),
    ("report dormant", "--days 30", &[], "adu"),
    ("report batches", "--batch BATCH", &[], "adu"),
    ("report operators", "", &[], "au"),
    ("vault status", "", &[], "au"),
    ("vault rotate", "--yes", &[], "a"),
];

const ROLES: &[(char, &str)] = &[('d', "mdupuis"), ('i', "night"), ('u', "auditor"), ('v', "portal"), ('a', "chief")];

/// Names of a thing each: an establishment, a user, a key, an import.
type Names = [(&'static str, &'static str); 4];
const OWN: Names = [("UAI", "0860034V"), ("LOGIN", "jdupont"), ("KEY", "500000001"), ("BATCH", "2")];
const FOREIGN: Names = [("UAI", "0860035W"), ("LOGIN", "pmartin"), ("KEY", "600000001"), ("BATCH", "3")];
const NOWHERE: Names = [("UAI", "0860036X"), ("LOGIN", "nobody1"), ("KEY", "700000001"), ("BATCH", "9")];

fn named(line: &str, names: Names) -> String {
    names.iter().fold(line.to_owned(), |line, (kind, name)| line.replace(kind, name))
}

/// What was told, without the names in it.
fn nameless(told: &Told, names: Names) -> (u8, String, String) {
    let hide = |text: &str| names.iter().fold(text.to_owned(), |text, (kind, name)| text.replace(name, kind));
    let hidden = if names == NOWHERE { "9" } else { "3" };
    let hide_batch = |text: String| text.replace(&format!("no batch {hidden}"), "no batch BATCH");
    (told.exit, hide_batch(hide(&told.out)), hide_batch(hide(&told.err)))
}

/// Two schools with a user and two keys each, the stock of the academy, and an operator of each role.
pub fn academy(lang: &'static str) -> World {
    let world = World::empty(lang);
    world.run("init").exits(0);
    world.run(&format!("import {SEEDS}")).exits(0);
    for (uai, login, first) in [("0860034V", "jdupont", "5"), ("0860035W", "pmartin", "6")] {
        world.run(&format!("establishment add {uai} 'École {first}'")).exits(0);
        world.run(&format!("user add {login} --name 'Person {first}' --establishment {uai}")).exits(0);
        let seeds =
            ["01", "02"].map(|end| format!("{first}000000{end},{},totp,6,60\n", format!("{first}a{end}").repeat(8)));
        world.lay(&format!("{uai}.csv"), seeds.concat().as_bytes());
        world.run(&format!("import TMP/{uai}.csv --establishment {uai} --allow-weak-seeds")).exits(0);
    }
    world.run("operator add chief --role admin").exits(0);
    world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
    world.run("operator add night --role importer").exits(0);
    world.run("operator add auditor --role auditor").exits(0);
    world.run("operator add portal --role verifier").exits(0);
    world
}

/// Every command that the help lists, as its words.
fn leaves(world: &World) -> BTreeSet<String> {
    fn below(world: &World, path: &str, found: &mut BTreeSet<String>) -> bool {
        let help = world.run(&format!("{path} --lang en --help")).exits(0).out;
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let mut has_verbs = false;
        for line in listed.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("    ")) {
            has_verbs = true;
            let child = format!("{path} {}", line.split_whitespace().next().unwrap()).trim().to_owned();
            if !below(world, &child, found) {
                found.insert(child);
            }
        }
        has_verbs
    }
    let mut found = BTreeSet::new();
    below(world, "", &mut found);
    found
}

#[test]
fn f13_every_command_of_the_tree_is_decided_for_every_role() {
    let world = academy("en");
    let mut tried: BTreeSet<String> = COMMANDS.iter().map(|(words, ..)| (*words).to_owned()).collect();
    // Without a folder it writes to a new one of its own; with one it is tried below.
    tried.insert("demo".to_owned());
    assert_eq!(tried, leaves(&world), "a command without a decision in this table");
    for (letter, account) in ROLES {
        world.call_as(account, Via::Sudo);
        let mut denied = Vec::new();
        for (words, arguments, typed, who) in COMMANDS {
            // Of more than sixty refusals in one minute the others would be told together.
            world.advance(60);
            for names in [OWN, FOREIGN, NOWHERE] {
                let told = world.pipe(&format!("{words} {}", named(arguments, names)), typed);
                assert_eq!(told.exit != 77, who.contains(*letter), "{account}: {}", told.shown());
                if told.exit == 77 {
                    assert_eq!(told.out, "");
                    denied.push(words.replace(' ', "-"));
                }
            }
        }
        world.call_as("chief", Via::Sudo);
        let listed = world.run(&format!("audit list --action denial --operator {account} -o json")).exits(0).json();
        let events = listed["events"].as_array().unwrap();
        let reasons: Vec<&str> = events.iter().map(|event| event["reason"].as_str().unwrap()).collect();
        assert_eq!(reasons, denied, "{account}");
        assert!(events.iter().all(|event| event["via"] == "sudo" && event["outcome"] == "refused"));
    }
    world.run("audit verify").exits(0);
}

#[test]
fn f13_what_is_out_of_scope_is_answered_as_what_does_not_exist() {
    let world = academy("en");
    let mut compared = 0;
    // Also when there is something to be found: the foreign key is in use, the foreign user has a code.
    world.run("key assign 600000001 pmartin").exits(0);
    world.run("activation new pmartin").exits(0);
    world.call_as("mdupuis", Via::Sudo);
    for (words, arguments, typed, who) in COMMANDS {
        let has_object = OWN.iter().any(|(kind, _)| arguments.contains(kind));
        if !who.contains('d') || !has_object {
            continue;
        }
        let [foreign, nowhere] = [FOREIGN, NOWHERE].map(|names| {
            let told = world.pipe(&format!("{words} {}", named(arguments, names)), typed);
            nameless(&told, names)
        });
        assert_eq!(foreign, nowhere, "{words} {arguments}");
        assert_eq!(foreign.0, 66, "{words} {arguments}: {foreign:?}");
        let own = world.pipe(&format!("{words} {}", named(arguments, OWN)), typed);
        assert_ne!(own.exit, 66, "{}", own.shown());
        compared += 1;
    }
    assert!(compared > 18, "{compared}");
    // The stock of the academy is no delegate's either.
    for line in ["key show 103142718", "key assign 103142718 jdupont", "activation new jdupont 103142718"] {
        world.run(line).exits(66);
    }
    world.call_as("admin", Via::Direct);
    let foreign = world.run("key show 600000001 -o json").exits(0).json();
    assert_eq!((&foreign["keys"][0]["state"], &foreign["keys"][0]["login"]), (&"assigned".into(), &"pmartin".into()));
}

#[test]
fn lists_hold_what_is_within_the_scope_and_nothing_else() {
    let world = academy("en");
    world.run("activation new pmartin").exits(0);
    world.call_as("mdupuis", Via::Sudo);
    world.run("activation new jdupont").exits(0);
    for (line, own) in [
        ("key list -o csv", 2),
        ("user list -o csv", 1),
        ("establishment list -o csv", 1),
        ("activation list -o csv", 1),
        ("key list --batch 2 -o csv", 2),
        ("report drift -o csv", 0),
    ] {
        let told = world.run(line).exits(0);
        assert_eq!(told.out.lines().count(), own + 1, "{}", told.shown());
        assert!(!told.out.contains("0860035W") && !told.out.contains("pmartin"), "{}", told.shown());
        assert!(!told.out.contains("60000000") && !told.out.contains("103142718"), "{}", told.shown());
    }
}

#[test]
fn a_user_of_two_schools_is_both_delegates_and_shows_each_his_own() {
    let world = academy("en");
    world.run("user add both --name Both --establishment 0860034V --establishment 0860035W").exits(0);
    world.run("operator add guest --role delegate --establishment 0860035W").exits(0);
    for (account, uai) in [("mdupuis", "0860034V"), ("guest", "0860035W")] {
        world.call_as(account, Via::Sudo);
        let user = world.run("user show both -o json").exits(0).json();
        assert_eq!(user["users"][0]["establishments"], serde_json::json!([uai]));
    }
    // The key that he has goes with him, whichever school holds it.
    world.run("key assign 600000001 both").exits(0);
    world.call_as("mdupuis", Via::Sudo);
    world.run("key show 600000001").exits(0);
    world.run("key show 600000002").exits(66);
    world.run("key unassign 600000001").exits(0);
    world.run("key show 600000001").exits(66);
}

#[test]
fn a_key_on_its_way_is_seen_at_both_ends_and_taken_in_by_who_answers_for_the_place() {
    let world = academy("en");
    world.run("key ship --range 103142718..103142720 --to 0860034V").exits(0);
    world.run("operator add guest --role delegate --establishment 0860035W").exits(0);
    world.call_as("guest", Via::Sudo);
    world.run("key receive 103142718").exits(66);
    world.run("key receive --range 103142718..103142720").exits(66);
    world.call_as("mdupuis", Via::Sudo);
    world.run("key assign 103142718 jdupont").exits(69);
    world.run("key receive --range 103142718..103142720").exits(0);
    world.run("key show 103142721").exits(66);
    // Of a range only what exists for him is taken.
    world.run("key ship --range 103142718..103142722 --to-academy").exits(66);
    world.run("key ship --range 103142718..103142720 --to-academy").exits(0);
    // Whether they came in there is not his to say.
    world.run("key receive 103142718").exits(69);
    world.call_as("chief", Via::Sudo);
    world.run("key receive --range 103142718..103142720").exits(0);
    world.call_as("mdupuis", Via::Sudo);
    world.run("key show 103142718").exits(66);
}

#[test]
fn a_login_that_somebody_elsewhere_has_is_taken_and_nothing_more_is_told() {
    let world = academy("en");
    world.call_as("mdupuis", Via::Sudo);
    let told = world.run("user add pmartin --name 'Person 6' --establishment 0860034V").exits(69);
    assert!(!told.err.contains("0860035W"), "{}", told.shown());
    let list = b"login,name,establishment\npmartin,Person 6,0860034V\nnew,New,0860035W\n";
    let told = world.feed("user import - -o json", list).exits(65);
    assert!(told.err.contains("0860035W") || told.out.contains("0860035W"), "{}", told.shown());
    assert!(!format!("{}{}", told.out, told.err).contains("identical\":1"), "{}", told.shown());
    world.run("user show new").exits(66);
}

#[test]
fn f12_through_sudo_only_an_admin_names_a_path_and_nobody_a_home() {
    let world = academy("en");
    let list = world.lay("people.csv", b"login,name,establishment\nnew,New,0860034V\n");
    let bytes = std::fs::read(list).unwrap();
    world.call_as("mdupuis", Via::Sudo);
    world.run("user import TMP/people.csv").exits(77);
    world.run("user import --dry-run /dev/stdin").exits(77);
    world.run("activation new jdupont --output TMP/code").exits(77);
    world.run("emergency new jdupont --output TMP/code").exits(77);
    world.run("key lost 500000001 --emergency --output TMP/code").exits(77);
    world.run("activation list").exits(0);
    assert!(!world.home().with_file_name("code").exists());
    world.feed("user import -", &bytes).exits(0);
    world.call_as("night", Via::Sudo);
    world.run("import HOME/vault.key").exits(77);
    world.run("import - --psk-file HOME/vault.key").exits(77);
    world.feed("import -", b"800000001,e14aa9cf04372b5ca7e9bfa4b9bd91cb3a46e06c,totp,6,60\n").exits(0);
    for account in ["mdupuis", "chief", "nobody"] {
        world.call_as(account, Via::Sudo);
        for line in ["--home HOME key list", "key list --home=HOME", "--home TMP/other init", "--home HOME doctor"] {
            let told = world.run(line).exits(77);
            assert!(told.err.contains("folder of the database"), "{}", told.shown());
        }
        for line in ["demo TMP/demo", "man TMP/man"] {
            world.run(line).exits(77);
        }
        // A configuration somewhere else is not even read.
        world.lay("config.toml", b"language = \"fr\"\n");
        assert!(world.run("--home TMP key list").exits(77).err.starts_with("cleotp: through sudo"));
    }
    world.call_as("chief", Via::Sudo);
    world.lay("more.csv", b"800000002,f14aa9cf04372b5ca7e9bfa4b9bd91cb3a46e06c,totp,6,60\n");
    world.run("import TMP/more.csv").exits(0);
    world.run("audit list --action denial -o csv").exits(0);
}

#[test]
fn b11_a_delegate_ends_a_pin_and_neither_sets_nor_sees_one() {
    let world = World::in_use("C");
    world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
    world.call_as("mdupuis", Via::Sudo);
    world.pipe("pin set jdupont --ticket", &["00112233445566778899aabbccddeeff", "8352", "8352"]).exits(77);
    world.pipe("pin change jdupont", &[&world.passcode(0), "8352", "8352"]).exits(77);
    // Of whatever he may read, nothing holds the PIN, its hash or its salt.
    let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    let kept: (Vec<u8>, Vec<u8>) = database
        .query_row("SELECT pin_hash, pin_salt FROM keys WHERE serial = '103142718'", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let hidden: Vec<String> = [kept.0, kept.1]
        .iter()
        .flat_map(|bytes| {
            let encodings = [&data_encoding::HEXLOWER, &data_encoding::HEXUPPER, &data_encoding::BASE64];
            encodings.map(|encoding| encoding.encode(bytes))
        })
        .collect();
    let mut read = 0;
    for (words, arguments, typed, who) in COMMANDS {
        // What cannot be tried only, and takes the key or its PIN away from the commands that follow.
        let takes_away =
            *arguments == "KEY --emergency" || ["pin reset", "key unassign", "user remove"].contains(words);
        if !who.contains('d') || takes_away {
            continue;
        }
        let own = arguments.replace("UAI", "0860034V").replace("LOGIN", "jdupont").replace("KEY", "103142718");
        for form in ["json", "csv --raw"] {
            let told = world.pipe(&format!("{words} {own} --dry-run -o {form}"), typed);
            let told = if told.exit == 64 { world.pipe(&format!("{words} {own} -o {form}"), typed) } else { told };
            let heard = format!("{}{}", told.out, told.err);
            assert!(hidden.iter().all(|piece| !heard.contains(piece)), "{}", told.shown());
            read += usize::from(told.exit == 0);
        }
    }
    assert!(read > 20, "{read}");
    let key = world.run("user show jdupont -o json").exits(0).out;
    assert!(!key.contains(PIN), "{key}");
    let told = world.run("key lost 103142718 --emergency").exits(0);
    assert!(hidden.iter().all(|piece| !told.out.contains(piece)), "{}", told.shown());
    world.run("key found 103142718 --restore --reason x").exits(0);
    world.run("pin reset jdupont").exits(0);
}

#[test]
fn d16_what_is_no_name_is_refused_by_every_command_and_is_no_option() {
    let world = academy("C");
    let long = "a".repeat(4_096);
    let names = ["../../etc", "-rf", "--help", "", &long, "%s", "$(id)", "`id`", "a b", "a\nb", "*", "~root", "é"];
    let before = world.dump().0;
    let mut tried = 0;
    for (words, arguments, typed, _) in COMMANDS {
        for kind in ["UAI", "LOGIN", "KEY", "BATCH"].into_iter().filter(|kind| arguments.contains(kind)) {
            for name in names {
                // One of the names is hostile, and the others are right.
                let named = OWN.iter().filter(|(other, _)| *other != kind);
                let line = named.fold((*arguments).to_owned(), |line, (kind, name)| line.replace(kind, name));
                let options = line.find(" --").unwrap_or(line.len());
                let (objects, options) = line.split_at(options);
                let (objects, options) =
                    if objects.starts_with("--") { ("", line.as_str()) } else { (objects, options) };
                let quoted = format!("'{name}'");
                let options = options.replace(&format!(" {kind}"), &format!("={quoted}")).replace(kind, &quoted);
                let objects = objects.replace(kind, &quoted);
                let told = world.pipe(&format!("{words} {options} -- {objects}"), typed);
                assert!(matches!(told.exit, 64 | 66), "{name:?}: {}", told.shown());
                assert!(!told.err.contains("uid=") && told.err.len() < 4_000, "{}", told.shown());
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
    assert_eq!(world.dump().0, before);
}
