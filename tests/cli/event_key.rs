//! A key with a button, from the vendor's file to its resynchronisation: no clock, no drift, no wait.

use crate::support::{PIN, Told, World, code_of};
use serde_json::Value;

/// The vendor's file says that the key shows the code of this counter next.
const NEXT: i64 = 12;

pub fn shown(counter: i64) -> String {
    let seed = data_encoding::HEXLOWER.decode(b"ac6fb7eb7a4d1dc3e8611b589358ff9ca5f9a43b").unwrap();
    code_of(&seed, counter)
}

fn passcode(counter: i64) -> String {
    format!("{PIN}{}", shown(counter))
}

/// A user whose key with a button was activated.
fn activated(lang: &'static str) -> World {
    let world = World::furnished(lang);
    world.run("import fixtures/seeds/oath-hotp.csv").exits(0);
    world.run("key assign 77001240 jdupont").exits(0);
    let code = world.run("activation new jdupont").exits(0).code();
    world.pipe("activate jdupont 77001240", &[&code]).exits(0);
    world
}

/// As [`activated`], with a PIN; the first two codes are spent.
pub fn in_use(lang: &'static str) -> World {
    let world = activated(lang);
    let ticket = world.pipe("check jdupont", &[&shown(NEXT)]).exits(10).ticket();
    world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(0);
    world.pipe("check jdupont", &[&passcode(NEXT + 1)]).exits(0);
    world
}

fn screen(told: &Told) -> String {
    format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit)
}

/// Leads a user through the first connection, some presses that were missed, many, and a look at the key.
fn sit_through(lang: &'static str) -> String {
    let world = activated(lang);
    let typed = |lines: &[&str]| lines.iter().map(|text| (0, (*text).to_owned())).collect::<Vec<_>>();
    let mut screens = Vec::new();
    let first = typed(&[&shown(NEXT), PIN, PIN, &passcode(NEXT + 1)]);
    screens.push(screen(&world.sit("check jdupont", first).exits(0)));
    let missed = typed(&[&passcode(NEXT + 9), &shown(NEXT + 10)]);
    screens.push(screen(&world.sit("check jdupont", missed).exits(0)));
    screens.push(screen(&world.sit("check jdupont", typed(&[&passcode(NEXT + 900)])).exits(1)));
    let resync = typed(&[&shown(NEXT + 901), &shown(NEXT + 902)]);
    screens.push(screen(&world.sit("key resync jdupont", resync).exits(0)));
    let again = typed(&[&shown(NEXT + 901), &shown(NEXT + 902)]);
    screens.push(screen(&world.sit("key resync jdupont", again).exits(1)));
    let next = typed(&[&shown(NEXT + 903), &shown(NEXT + 904)]);
    screens.push(screen(&world.sit("key resync 77001240", next).exits(0)));
    let three = typed(&[&shown(NEXT + 15_000), &shown(NEXT + 15_001), &shown(NEXT + 15_002)]);
    screens.push(screen(&world.sit("key resync 77001240 --three", three).exits(0)));
    let change = typed(&[&passcode(NEXT + 15_003), "9035", "9035"]);
    screens.push(screen(&world.sit("pin change jdupont", change).exits(0)));
    screens.push(screen(&world.sit("key show 77001240", Vec::new()).exits(0)));
    screens.join("\n")
}

#[test]
fn a_user_of_a_key_with_a_button_is_led_through_in_french() {
    insta::assert_snapshot!(sit_through("fr_FR.UTF-8"));
}

#[test]
fn a_user_of_a_key_with_a_button_is_led_through_in_english() {
    insta::assert_snapshot!(sit_through("C"));
}

#[test]
fn what_only_a_clock_has_is_null_for_machines() {
    let world = in_use("C");
    let key = &world.run("key show 77001240 -o json").exits(0).json()["keys"][0];
    assert_eq!((&key["algorithm"], &key["digits"]), (&Value::from("hotp-sha1"), &Value::from(6)));
    assert_eq!((&key["period"], &key["drift"]), (&Value::Null, &Value::Null));
    let asked = world.pipe("check jdupont -o json", &[&passcode(NEXT + 7)]).exits(11).json();
    assert_eq!((&asked["verdict"], &asked["retry_after"]), (&Value::from("next-code-required"), &Value::Null));
    let ticket = asked["ticket"].as_str().unwrap();
    world.pipe("check jdupont --ticket -o json", &[ticket, &shown(NEXT + 8)]).exits(0);
    let found = world.pipe("key resync jdupont -o json", &[&shown(NEXT + 20), &shown(NEXT + 21)]).exits(0).json();
    assert_eq!((&found["drift"], &found["drift_seconds"]), (&Value::Null, &Value::Null));
    assert_eq!(found["skipped"], 11);
    let listed = world.run("key list --login jdupont -o csv").exits(0);
    assert!(listed.out.contains("77001240,active,false,hotp-sha1,6,,"), "{}", listed.out);
}

#[test]
fn a10_every_path_spends_the_codes_of_a_key_with_a_button() {
    let world = activated("C");
    let ticket = world.pipe("check jdupont", &[&shown(NEXT)]).exits(10).ticket();
    world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(0);
    let mut refused = 0;
    let mut refuse = |typed: &str| {
        world.pipe("check jdupont", &[typed]).exits(1);
        refused += 1;
        // Each wait is over before the next try.
        world.advance(16 * 60);
    };
    refuse(&passcode(NEXT));
    refuse(&passcode(NEXT - 1));
    world.pipe("check jdupont", &[&passcode(NEXT + 2)]).exits(0);
    for counter in [NEXT + 2, NEXT + 1, NEXT] {
        refuse(&passcode(counter));
    }
    world.pipe("key resync jdupont", &[&shown(NEXT + 100), &shown(NEXT + 101)]).exits(0);
    for counter in [NEXT + 100, NEXT + 101] {
        refuse(&passcode(counter));
    }
    let told = world.run("audit list --action check --outcome refused -o json").exits(0).json();
    let reasons: Vec<&str> =
        told["events"].as_array().unwrap().iter().map(|event| event["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, vec!["replay"; refused]);
}

#[test]
fn a16_a_key_with_a_button_takes_its_counter_to_its_next_holder() {
    let world = in_use("C");
    world.run("key unassign 77001240").exits(0);
    world.run("user add mmartin --name 'Michel Martin' --establishment 0860034V").exits(0);
    world.run("key assign 77001240 mmartin").exits(0);
    let code = world.run("activation new mmartin").exits(0).code();
    world.pipe("activate mmartin 77001240", &[&code]).exits(0);
    world.pipe("check mmartin", &[&shown(NEXT + 1)]).exits(1);
    world.pipe("check mmartin", &[&shown(NEXT + 2)]).exits(10);
}

#[test]
fn a_second_delivery_with_another_counter_changes_nothing() {
    let world = in_use("C");
    let later = b"77001240,ac6fb7eb7a4d1dc3e8611b589358ff9ca5f9a43b,hotp,6,0\n";
    world.lay("later.csv", later);
    let report = world.run("import TMP/later.csv -o json").exits(0).json();
    assert_eq!((&report["files"][0]["identical"], &report["files"][0]["new"]), (&Value::from(1), &Value::from(0)));
    world.pipe("check jdupont", &[&passcode(NEXT)]).exits(1);
    world.pipe("check jdupont", &[&passcode(NEXT + 2)]).exits(0);
}
