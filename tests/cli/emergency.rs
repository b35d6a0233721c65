//! Emergency access at the counter and at the door: issued, used, looked at, ended; and what is refused.

use crate::bad_input::in_both;
use crate::event_key;
use crate::support::{PIN, Told, World};
use cleotp::Via;
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

const DAY: i64 = 86_400;

fn screen(told: &Told) -> String {
    format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit)
}

fn world(lang: &'static str) -> World {
    let world = World::in_use(lang);
    world.forget();
    world
}

fn behind_pin(code: &str) -> String {
    format!("{PIN}{code}")
}

#[test]
fn who_lost_a_key_enters_until_another_one_is_in_hand() {
    insta::assert_snapshot!(in_both(|lang| {
        let (world, mut ended) = (world(lang), Vec::new());
        let codes = world.run("key lost 103142718 --emergency --days 2").exits(0).emergency_codes();
        world.run("key show 103142718").exits(0);
        world.run("user show jdupont").exits(0);
        for code in &codes {
            world.pipe("check jdupont", &[&behind_pin(code)]).exits(0);
            world.advance(60);
        }
        world.pipe("check jdupont", &[&behind_pin(&codes[9])]).exits(1);
        world.run("key show 103142718").exits(0);
        world.run("emergency new jdupont --days 7").exits(0);
        world.run("key assign 103142719 jdupont").exits(0);
        let code = world.run("activation new jdupont").exits(0).code();
        world.run("emergency list").exits(0);
        world.pipe("activate jdupont 103142719", &[&code]).exits(0);
        world.run("emergency list").exits(0);
        world.run("emergency revoke jdupont").exits(69);
        world.run("audit list --login jdupont --since 2026-11-24T09:15:00Z --action emergency-revoke").exits(0);
        for deed in ["found 103142718", "found 103142718 --restore --reason 'sous un banc'", "retire 103142718 --yes"] {
            let world = World::in_use(lang);
            world.run("key lost 103142718 --emergency").exits(0);
            let told = world.run(&format!("key {deed}")).exits(0);
            ended.push(told.shown());
        }
        ended.insert(0, world.story());
        ended.join("\n")
    }));
}

#[test]
fn a_list_at_a_screen_of_the_counter_and_at_that_of_the_door() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let issued = world.sit("emergency new jdupont", vec![]).exits(0);
        let codes = issued.emergency_codes();
        let entered = world.sit("check jdupont", vec![(0, behind_pin(&codes[0]))]).exits(0);
        let lost = world.sit("key lost 103142718", vec![]).exits(0);
        let revoked = world.sit("emergency revoke jdupont", vec![]).exits(0);
        let refused = world.sit("check jdupont", vec![(0, behind_pin(&codes[1]))]).exits(1);
        [issued, entered, lost, revoked, refused].map(|told| screen(&told)).join("\n")
    }));
}

#[test]
fn every_refusal_says_what_is_missing_and_the_command_that_helps() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::activated(lang);
        for login in ["amartin", "cmorel"] {
            world.run(&format!("user add {login} --name 'Une Personne' --establishment 0860034V")).exits(0);
        }
        world.run("key assign 103142719 amartin").exits(0);
        world.forget();
        let before = world.dump();
        world.run("emergency new cmorel").exits(69);
        world.run("emergency new amartin").exits(69);
        world.run("emergency new jdupont").exits(69);
        world.run("key lost 103142718 --emergency").exits(69);
        world.run("key lost 103142719 --emergency").exits(69);
        world.run("key lost 103142720 --emergency").exits(69);
        world.run("key lost 103142718 103142719 --emergency").exits(64);
        world.run("key lost --range 103142718..103142719 --emergency").exits(64);
        world.run("key lost 103142718 --emergency --dry-run").exits(64);
        world.run("key lost 103142718 --days 2").exits(64);
        world.run("key lost 103142718 --output TMP/codes").exits(64);
        world.run("emergency new jdupont --days 8").exits(64);
        world.run("emergency new jdupont --days 0").exits(64);
        world.run("emergency new nobody").exits(66);
        world.run("emergency revoke jdupont").exits(69);
        world.run("emergency list").exits(0);
        assert_eq!(world.dump(), before);
        world.run("key lost 103142718").exits(0);
        world.run("emergency new jdupont").exits(69);
        world.story()
    }));
}

#[test]
fn machines_read_the_codes_once_and_what_became_of_them_ever_after() {
    let world = world("fr_FR.UTF-8");
    let issued = world.run("secours nouveau jdupont -o json").exits(0);
    let codes = issued.emergency_codes();
    assert_eq!(
        issued.json(),
        json!({"schema": "cleotp.emergency/1", "login": "jdupont", "codes": codes, "expires_at": "2026-11-27T09:14:00Z"})
    );
    let csv = world.run("emergency new jdupont -o csv").exits(0).out;
    assert_eq!(csv.lines().next(), Some("login,code,expires_at"));
    assert_eq!(csv.lines().count(), 11);
    let lost = world.run("key lost 103142718 --emergency --days 1 -o json").exits(0);
    let answer = lost.json();
    assert_eq!((&answer["schema"], &answer["keys"][0]["after"]), (&json!("cleotp.key-lost/1"), &json!("lost")));
    let codes = lost.emergency_codes();
    assert_eq!(answer["emergency"], json!({"login": "jdupont", "codes": codes, "expires_at": "2026-11-25T09:14:00Z"}));
    let entered = world.pipe("check jdupont -o json", &[&behind_pin(&codes[0])]).exits(0).json();
    assert_eq!(
        entered,
        json!({"schema": "cleotp.check/1", "login": "jdupont", "verdict": "accepted", "ticket": null,
               "expires_at": null, "retry_after": null})
    );
    let listed = world.run("secours lister --login jdupont -o json").exits(0).json();
    let states: Vec<&str> =
        listed["emergencies"].as_array().unwrap().iter().map(|list| list["state"].as_str().unwrap()).collect();
    assert_eq!((&listed["schema"], states), (&json!("cleotp.emergencies/1"), vec!["live", "replaced", "replaced"]));
    assert_eq!(
        listed["emergencies"][0],
        json!({"login": "jdupont", "serial": "103142718", "state": "live", "left": 9, "issued_by": "admin",
               "issued_at": "2026-11-24T09:14:00Z", "expires_at": "2026-11-25T09:14:00Z"})
    );
    let user = world.run("user show jdupont -o json").exits(0).json();
    let key = world.run("key show 103142718 -o json").exits(0).json();
    for shown in [&user["users"][0], &key["keys"][0]] {
        assert_eq!(
            (&shown["emergency_until"], &shown["emergency_codes_left"]),
            (&json!("2026-11-25T09:14:00Z"), &json!(9))
        );
    }
    world.advance(DAY + 1);
    let key = world.run("key show 103142718 -o json").exits(0).json();
    assert_eq!(key["keys"][0]["emergency_until"], json!(null));
    let listed = world.run("emergency list -o csv").exits(0).out;
    assert!(listed.lines().nth(1).unwrap().starts_with("jdupont,103142718,expired,9,admin,"), "{listed}");
    world.run("audit verify").exits(0);
}

#[test]
fn codes_go_to_a_file_that_only_its_owner_reads_and_to_no_screen() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("emergency new jdupont --output TMP/codes").exits(0);
        let path = world.beside("codes");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let codes = std::fs::read_to_string(&path).unwrap();
        assert_eq!(codes.lines().count(), 10);
        world.pipe("check jdupont", &[&behind_pin(codes.lines().nth(7).unwrap())]).exits(0);
        // Nothing is issued that could not be written down.
        let before = world.dump();
        world.run("emergency new jdupont --output TMP/codes").exits(73);
        world.run("key lost 103142718 --emergency --output TMP/none/codes").exits(73);
        assert_eq!(world.dump(), before);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), codes);
        world.run("key lost 103142718 --emergency --output TMP/more -o json").exits(0);
        let story = world.story();
        let written = std::fs::read_to_string(world.beside("more")).unwrap();
        let typed = codes.lines().nth(7).unwrap();
        assert!(codes.lines().chain(written.lines()).all(|code| code == typed || !story.contains(code)));
        story.replace(typed, "CODE")
    }));
}

#[test]
fn b14_whatever_is_wrong_with_an_emergency_code_is_answered_alike() {
    let world = world("C");
    let codes = world.run("key lost 103142718 --emergency").exits(0).emergency_codes();
    world.pipe("check jdupont -o json", &[&behind_pin(&codes[0])]).exits(0);
    let mut answers = Vec::new();
    for typed in [
        behind_pin(&codes[0]),
        behind_pin("k7m2p9xa"),
        format!("9999{}", codes[1]),
        "9999k7m2p9xa".to_owned(),
        codes[1].clone(),
        world.passcode(0),
        behind_pin(&codes[1]),
    ] {
        let told = world.pipe("check jdupont -o json", &[&typed]).exits(1);
        assert!(told.took >= Duration::from_millis(60), "{:?}", told.took);
        answers.push((told.out, told.err));
    }
    // Of a user who has no list, and of nobody.
    world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
    for login in ["amartin", "nobody1"] {
        let told = world.pipe(&format!("check {login} -o json"), &[&behind_pin(&codes[1])]).exits(1);
        answers.push((told.out.replace(login, "jdupont"), told.err));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let events = world.run("audit list --action check --outcome refused -o json").exits(0).json();
    let reasons: Vec<&str> =
        events["events"].as_array().unwrap().iter().map(|event| event["reason"].as_str().unwrap()).collect();
    let last = &reasons[reasons.len() - 6..];
    assert_eq!(last, ["replay", "wrong-code", "wrong-pin", "waiting", "no-active-key", "unknown-user"]);
}

#[test]
fn a_portal_takes_emergency_codes_through_one_process() {
    let world = world("fr");
    let codes = world.run("emergency new jdupont").exits(0).emergency_codes();
    let lines = [
        json!({"login": "jdupont", "passcode": behind_pin(&codes[2]), "id": 1}),
        json!({"login": "jdupont", "passcode": behind_pin(&codes[2]), "id": 2}),
        json!({"login": "jdupont", "passcode": behind_pin(&codes[3]), "action": "pin-change", "pin": "9182", "id": 3}),
        json!({"login": "jdupont", "passcode": behind_pin(&codes[3]), "source": "192.0.2.7", "id": 4}),
    ];
    let input = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let told = world.feed("check --batch", input.as_bytes()).exits(0);
    let answers: Vec<serde_json::Value> = told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdicts: Vec<&str> = answers.iter().map(|answer| answer["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["accepted", "refused", "refused", "accepted"], "{}", told.out);
}

#[test]
fn a_key_with_a_button_is_stood_in_for_as_well() {
    let world = event_key::in_use("fr");
    let codes = world.run("key lost 77001240 --emergency").exits(0).emergency_codes();
    world.pipe("check jdupont", &[&behind_pin(&codes[0])]).exits(0);
    world.pipe("check jdupont", &[&behind_pin(&codes[0])]).exits(1);
    world.run("key found 77001240 --restore --reason 'au fond du sac'").exits(0);
    world.pipe("check jdupont", &[&behind_pin(&codes[1])]).exits(1);
    let events = world.run("audit list --action emergency-revoke -o json").exits(0).json();
    assert_eq!(events["events"][0]["reason"], "key-restore");
}

#[test]
fn a_delegate_sees_and_ends_those_of_his_users_alone() {
    let world = crate::roles::academy("en");
    for (login, serial, seed) in [("jdupont", "500000001", "5a01"), ("pmartin", "600000001", "6a01")] {
        world.run(&format!("key assign {serial} {login}")).exits(0);
        let code = world.run(&format!("activation new {login}")).exits(0).code();
        world.pipe(&format!("activate {login} {serial}"), &[&code]).exits(0);
        let seed = data_encoding::HEXLOWER.decode(seed.repeat(8).as_bytes()).unwrap();
        let shown = |step: i64| crate::support::code_of(&seed, crate::support::START / 60 + step);
        let ticket = world.pipe(&format!("check {login}"), &[&shown(0)]).exits(10).ticket();
        world.pipe(&format!("pin set {login} --ticket"), &[&ticket, PIN, PIN]).exits(0);
        world.pipe(&format!("check {login}"), &[&behind_pin(&shown(1))]).exits(0);
        world.run(&format!("emergency new {login}")).exits(0);
    }
    world.call_as("mdupuis", Via::Sudo);
    let listed = world.run("emergency list -o csv").exits(0);
    assert_eq!(listed.out.lines().count(), 2, "{}", listed.shown());
    assert!(listed.out.contains("jdupont") && !listed.out.contains("pmartin"));
    world.run("emergency revoke pmartin").exits(66);
    world.run("key lost 600000001 --emergency").exits(66);
    world.run("key lost 500000001 --emergency").exits(0).emergency_codes();
    world.run("emergency revoke jdupont").exits(0);
    world.call_as("admin", Via::Direct);
    assert_eq!(world.run("emergency list --login pmartin -o json").exits(0).json()["emergencies"][0]["state"], "live");
}
