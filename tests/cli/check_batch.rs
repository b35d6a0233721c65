//! `check --batch`: JSON lines in, JSON lines out.

use super::support::{LOGIN, PIN, SERIAL, World};
use serde_json::{Value, json};

/// Feeds lines, and reads the answers.
#[track_caller]
fn answers(world: &World, lines: &[String]) -> Vec<Value> {
    let told = world.feed("check --batch", lines.join("\n").as_bytes()).exits(0);
    assert_eq!(told.err, "");
    told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_portal_leads_a_holder_through_the_whole_guide() {
    let world = World::furnished("fr");
    world.run("key assign 103142718 jdupont").exits(0);
    let code = world.run("activation new jdupont").exits(0).code();
    let lines = [
        json!({"id": 1, "action": "activate", "login": LOGIN, "serial": SERIAL, "activation_code": code}),
        json!({"id": 2, "action": "check", "login": LOGIN, "passcode": world.display(0)}),
    ];
    let told = answers(&world, &lines.map(|line| line.to_string()));
    assert_eq!(
        told[0],
        json!({"schema": "cleotp.activate/1", "login": LOGIN, "serial": SERIAL, "result": "activated", "id": 1})
    );
    assert_eq!((&told[1]["verdict"], &told[1]["retry_after"]), (&json!("new-pin-required"), &json!(60)));
    let ticket = told[1]["ticket"].as_str().unwrap();
    let lines = [
        json!({"action": "pin-set", "login": LOGIN, "ticket": ticket, "pin": PIN, "pin_again": "4577", "id": "unequal"}),
        json!({"action": "pin-set", "login": LOGIN, "ticket": ticket, "pin": PIN, "id": {"portal": [1, 2]}}),
    ];
    let told = answers(&world, &lines.map(|line| line.to_string()));
    let pin = |result, reason, left, id| json!({"schema": "cleotp.pin/1", "login": LOGIN, "result": result, "reason": reason, "tries_left": left, "id": id});
    assert_eq!(told[0], pin("refused", json!("unequal"), 2, json!("unequal")));
    assert_eq!(told[1], pin("set", json!(null), 0, json!({"portal": [1, 2]})));
    world.advance(60);
    let line = json!({"login": "JDupont", "passcode": world.passcode(0), "source": "192.0.2.7"}).to_string();
    let told = answers(&world, &[line.clone(), line]);
    let verdict = |verdict: &str| {
        json!({"schema": "cleotp.check/1", "login": "JDupont", "verdict": verdict, "ticket": null, "expires_at": null,
               "retry_after": null, "id": null})
    };
    assert_eq!(told, [verdict("accepted"), verdict("refused")]);
}

#[test]
fn a_ticket_ties_the_next_code_to_the_first_one() {
    let world = World::in_use("en");
    let told = answers(&world, &[json!({"login": LOGIN, "passcode": world.passcode(5)}).to_string()]);
    assert_eq!(told[0]["verdict"], "next-code-required");
    let line = json!({"login": LOGIN, "passcode": world.display(6), "ticket": told[0]["ticket"]});
    assert_eq!(answers(&world, &[line.to_string()])[0]["verdict"], "accepted");
}

#[test]
fn a_portal_changes_a_pin() {
    let world = World::in_use("fr");
    let change = |world: &World, pin: &str| {
        json!({"action": "pin-change", "login": LOGIN, "passcode": world.passcode(0), "pin": pin}).to_string()
    };
    let told = answers(&world, &[change(&world, "1984")]);
    assert_eq!((&told[0]["reason"], &told[0]["tries_left"]), (&json!("year"), &json!(2)));
    let line = json!({"action": "pin-set", "login": LOGIN, "ticket": told[0]["ticket"], "pin": "8352"}).to_string();
    assert_eq!(answers(&world, &[line])[0]["result"], "set");
    world.advance(60);
    let later = json!({"action": "pin-change", "login": LOGIN, "passcode": format!("8352{}", world.display(0))});
    assert_eq!(answers(&world, &[later.to_string()])[0]["verdict"], "new-pin-required");
    assert_eq!(
        answers(&world, &[change(&world, "9463")])[0],
        json!({
            "schema": "cleotp.check/1", "login": LOGIN, "verdict": "refused", "ticket": null, "expires_at": null,
            "retry_after": null, "id": null
        })
    );
}

#[test]
fn a_wrong_line_is_answered_in_its_place_with_its_mark_and_without_what_stands_in_it() {
    let world = World::in_use("fr");
    let canary = "4576768950";
    let lines = [
        String::new(),
        "{".to_owned(),
        format!("[\"{canary}\"]"),
        format!("{{\"id\":1,\"login\":\"jdupont\",\"passcode\":{canary}}}"),
        format!("{{\"id\":12345678901234567890.50,\"login\":\"jdupont\",\"{canary}\":1}}"),
        "{\"id\":\"é\",\"login\":\"jdupont\"}".to_owned(),
        format!("{{\"id\":2,\"passcode\":\"{canary}\"}}"),
        format!("{{\"id\":3,\"login\":\"-rf {canary}\",\"passcode\":\"1\"}}"),
        format!("{{\"id\":4,\"login\":\"jdupont\",\"action\":\"{canary}\"}}"),
        format!(
            "{{\"id\":5,\"login\":\"jdupont\",\"action\":\"activate\",\"serial\":\"=1 {canary}\",\"activation_code\":\"x\"}}"
        ),
        "{\"id\":6,\"login\":\"jdupont\",\"action\":\"pin-set\",\"ticket\":\"x\"}".to_owned(),
        format!("{{\"id\":7,\"login\":\"jdupont\",\"passcode\":\"1\",\"pin\":\"{canary}\"}}"),
        format!("{{\"id\":8,\"login\":\"jdupont\",\"passcode\":\"{canary}\",\"source\":\"proxy\"}}"),
        format!("{{\"id\":9,\"login\":\"jdupont\",\"passcode\":\"{}\"}}", "9".repeat(70_000)),
        format!("{{\"id\":10,\"login\":\"jdupont\",\"passcode\":\"{}\"}} {{}}", world.passcode(0)),
        "\u{feff}{\"id\":11}".to_owned(),
        "{\"id\":12,\"login\":\"jdupont\",\"passcode\":\"\u{0}\"}".to_owned(),
        "[".repeat(60_000),
        "{\"id\":13,\"login\":\"jdupont\",\"action\":null}".to_owned(),
        "{\"id\":14,\"login\":\"jdupont\",\"action\":5}".to_owned(),
        format!("{{\"id\":15,\"login\":\"jdupont\",\"action\":{{\"check\":null}},\"passcode\":\"{canary}\"}}"),
        format!("{{\"login\":\"jdupont\",\"passcode\":\"{canary}"),
        format!("{{\"id\":{}", "1".repeat(70_000)),
        format!("{{\"passcode\":\"{canary}\",\"id\":17,\"login\":\"jdupont\",\"{}", "x".repeat(70_000)),
    ];
    let before = world.dump();
    let told = world.feed("check --batch", lines.join("\n").as_bytes()).exits(0);
    assert!(!told.out.contains(canary) && !told.err.contains(canary), "{}", told.out);
    assert_eq!(told.out.lines().count(), lines.len() - 1, "every line but the empty one is answered");
    assert_eq!(world.dump(), before, "nothing was changed");
    insta::assert_snapshot!(told.out);
}

#[test]
fn a_line_that_is_no_code_is_refused_and_counted_as_at_the_prompt() {
    let world = World::in_use("en");
    let told = answers(&world, &[json!({"login": LOGIN, "passcode": " 4576768950", "id": 0}).to_string()]);
    assert_eq!(told[0]["verdict"], "refused");
    let audit = world.run("audit list --outcome refused -o json").exits(0).json();
    assert_eq!(audit["events"].as_array().unwrap().last().unwrap()["reason"], "grammar");
}

#[test]
fn batch_takes_neither_a_login_nor_a_ticket() {
    let world = World::in_use("fr");
    for line in ["check jdupont --batch", "check --batch --ticket", "check --batch --source 192.0.2.7", "check"] {
        world.run(line).exits(64);
    }
    insta::assert_snapshot!(world.told.borrow().last().unwrap().shown());
    world.feed("verifier --batch", b"").exits(0);
}

#[test]
fn the_line_behind_one_that_is_a_byte_too_long_is_answered() {
    let world = World::in_use("en");
    let asked = json!({"login": LOGIN, "passcode": "1", "id": 7}).to_string();
    for end in ["", "\r"] {
        let told = answers(&world, &[format!("{}{end}", "x".repeat(65_537)), asked.clone()]);
        assert_eq!((&told[0]["error"], &told[0]["line"]), (&json!("line-too-long"), &json!(1)));
        assert_eq!((&told[1]["verdict"], &told[1]["id"]), (&json!("refused"), &json!(7)));
    }
}

#[test]
fn a_wrong_line_waits_for_the_lines_of_its_login_before_it() {
    let world = World::in_use("en");
    let asked = |id: u8| json!({"id": id, "login": LOGIN, "passcode": "1"}).to_string();
    let lines = [
        asked(0),
        json!({"id": 1, "login": "JDUPONT"}).to_string(),
        asked(2),
        format!("{{\"id\":3,\"login\":\"{LOGIN}\",\"passcode\":\"{}\"}}", "1".repeat(70_000)),
        format!("{{\"id\":4,\"login\":\"{LOGIN}\",\"passcode\":\"1\"}}}}"),
        asked(5),
    ];
    let told = answers(&world, &lines);
    let errors = ["", "line-field-missing", "", "line-too-long", "line-not-json", ""];
    for (index, (told, error)) in told.iter().zip(errors).enumerate() {
        assert_eq!((&told["id"], told["error"].as_str().unwrap_or_default()), (&json!(index), error), "{told}");
    }
    assert_eq!(told.len(), lines.len());
}
