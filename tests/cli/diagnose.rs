//! What an administrator is told at the telephone about the codes on a display.

use crate::support::{PIN, SERIAL, START, Told, World, code, code_of, seed};
use data_encoding::HEXLOWER;
use serde_json::Value;

/// A key of the demonstration's file that stays in stock.
const OTHER: &str = "103142719";

fn screen(told: &Told) -> String {
    format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit)
}

/// Adds a key by a line of a vendor's list.
fn add(world: &World, name: &str, line: &str) {
    world.lay(name, line.as_bytes());
    world.run(&format!("import TMP/{name}")).exits(0);
}

fn at_the_telephone(lang: &'static str) -> String {
    let world = World::in_use(lang);
    let mut screens = Vec::new();
    let mut ask = |serial: &str, codes: &[String], exit: u8| {
        let lines = codes.iter().map(|code| (0, code.clone())).collect();
        screens.push(screen(&world.sit(&format!("key diagnose {serial}"), lines).exits(exit)));
    };
    let shown = |steps: i64| world.display(steps);
    ask(SERIAL, &[shown(0)], 0);
    ask(SERIAL, &[shown(-1)], 0);
    ask(SERIAL, &[shown(7)], 0);
    ask(SERIAL, &[shown(-37), shown(-36)], 0);
    ask(SERIAL, &[shown(1_500), shown(1_501)], 0);
    // The holder has his neighbour's key in hand.
    let now = START + 120;
    ask(SERIAL, &[code(OTHER, now, 2), code(OTHER, now, 3)], 0);
    ask(OTHER, &[code(OTHER, now, 0)], 0);
    ask(SERIAL, &["123456".to_owned(), "654321".to_owned()], 1);
    // Imported with 60 seconds and 6 digits, made with 30 seconds.
    add(&world, "period.csv", &format!("77000001,{},totp,6,60\n", HEXLOWER.encode(b"a seed for period 30")));
    let half = |steps: i64| code_of(b"a seed for period 30", now / 30 + steps);
    ask("77000001", &[half(0), half(1)], 0);
    // A seed in base 32 that was taken for hexadecimal.
    let text = b"2222333344445555666677772222333344445555";
    add(&world, "base.csv", &format!("77000002,{},totp,6,60\n", std::str::from_utf8(text).unwrap()));
    let real = data_encoding::BASE32_NOPAD.decode(text).unwrap();
    ask("77000002", &[code_of(&real, now / 60), code_of(&real, now / 60 + 1)], 0);
    ask(SERIAL, &["12345".to_owned()], 64);
    add(&world, "button.csv", "77001240,ac6fb7eb7a4d1dc3e8611b589358ff9ca5f9a43b,hotp,6,12\n");
    let button = HEXLOWER.decode(b"ac6fb7eb7a4d1dc3e8611b589358ff9ca5f9a43b").unwrap();
    ask("77001240", &[code_of(&button, 12)], 0);
    ask("77001240", &[code_of(&button, 11)], 0);
    ask("77001240", &[code_of(&button, 52), code_of(&button, 53)], 0);
    screens.join("\n")
}

#[test]
fn an_administrator_at_the_telephone_is_told_in_french() {
    insta::assert_snapshot!(at_the_telephone("fr_FR.UTF-8"));
}

#[test]
fn an_administrator_at_the_telephone_is_told_in_english() {
    insta::assert_snapshot!(at_the_telephone("C"));
}

#[test]
fn a_diagnosis_spends_nothing_accepts_nothing_and_is_audited() {
    let world = World::in_use("C");
    let (before, _) = world.dump();
    world.pipe("key diagnose 103142718", &[&world.display(0)]).exits(0);
    world.pipe("key diagnose 103142718", &[&world.display(5), &world.display(6)]).exits(0);
    let (after, _) = world.dump();
    assert_eq!(before.replace("diagnoses 0", "diagnoses 2"), after);
    world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
    let events = world.run("audit list --action key-diagnose -o json").exits(0).json();
    let told: Vec<(&str, &str)> = events["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["outcome"].as_str().unwrap(), event["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("done", "matches-now"), ("done", "matches-drifted")]);
}

#[test]
fn machines_are_told_the_same_in_either_language() {
    let told = ["C", "fr_FR.UTF-8"].map(|lang| {
        let world = World::in_use(lang);
        let drifted = world.pipe("key diagnose 103142718 -o json", &[&world.display(30), &world.display(31)]);
        let drifted = drifted.exits(0).json();
        let finding = &drifted["findings"][0];
        assert_eq!((&drifted["schema"], &drifted["serial"]), (&"cleotp.diagnose/1".into(), &SERIAL.into()));
        assert_eq!((&finding["code"], &finding["drift"]), (&"matches-drifted".into(), &31.into()));
        let spent = world.pipe("key diagnose 103142718 -o json", &[&world.display(-1)]).exits(0).json();
        assert_eq!(spent["findings"][0]["spent_at"], "2026-11-24T09:13:00Z");
        let (first, second) = (code(OTHER, START + 120, 0), code(OTHER, START + 120, 1));
        let alone = world.pipe("key diagnose 103142718 -o json", &[&first]).exits(1).json();
        assert_eq!(
            (&alone["findings"][0]["code"], &alone["findings"][0]["serial"]),
            (&"no-match".into(), &Value::Null)
        );
        let other = world.pipe("key diagnose 103142718 -o json", &[&first, &second]).exits(0).json();
        assert_eq!(
            (&other["findings"][0]["code"], &other["findings"][0]["serial"]),
            (&"other-key".into(), &OTHER.into())
        );
        [drifted, spent, alone, other]
    });
    assert_eq!(told[0], told[1]);
}

#[test]
fn looks_without_a_match_are_limited_by_key_and_by_operator() {
    let world = World::in_use("C");
    let serials = ["103142718", "103142719", "103142720"];
    for serial in serials {
        for _ in 0..10 {
            world.pipe(&format!("key diagnose {serial}"), &["111111"]).exits(1);
        }
        let limited = world.pipe(&format!("key diagnose {serial}"), &["111111"]).exits(75);
        assert!(limited.err.contains("too many searches"), "{}", limited.err);
        // Not even a right one is looked at: nothing is told.
        world.pipe(&format!("key diagnose {serial} -o json"), &[&code(serial, START + 120, 0)]).exits(75);
    }
    // An hour later the key is free again, but the operator has used up his day.
    world.advance(3_601);
    world.pipe("key diagnose 103142718", &[&world.display(0)]).exits(75);
    world.advance(86_400 - 3_600);
    world.pipe("key diagnose 103142718", &[&world.display(0)]).exits(0);
    // What matches is not counted.
    for _ in 0..12 {
        world.pipe("key diagnose 103142718", &[&world.display(0)]).exits(0);
    }
    assert_eq!(world.run("audit verify -o json").exits(0).json()["intact"], true);
}

#[test]
fn no_seed_and_no_code_is_ever_in_an_answer() {
    let world = World::in_use("C");
    let (first, second) = (code(OTHER, START + 120, 0), code(OTHER, START + 120, 1));
    let told = world.pipe("key diagnose 103142718", &[&first, &second]).exits(0);
    let seed = seed(OTHER);
    let secrets = [first, second, PIN.to_owned(), HEXLOWER.encode(&seed), data_encoding::BASE64.encode(&seed)];
    for secret in secrets {
        assert!(!told.heard().contains(&secret), "{}", told.both);
    }
}
