//! The steps of the guide by stdin, in both languages and as scripts see them.

use crate::support::{LOGIN, PIN, Told, World};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

/// Goes through the whole guide; `form` is an option of every command, or nothing.
pub fn follow(world: &World, form: &str) {
    let line = |line: &str| format!("{line}{form}");
    let run = |text: &str| world.run(&line(text)).exits(0);
    run("init");
    run("import fixtures/seeds/pskc-demo.xml");
    run("establishment add 0860034V 'Lycée Aliénor'");
    run("user add jdupont --name 'Jeanne Dupont' --establishment 0860034V");
    run("key assign 103142718 jdupont");
    let code = run("activation new jdupont").code();
    let pipe = |text: &str, typed: &[&str], exit: u8| world.pipe(&line(text), typed).exits(exit);
    pipe("activate jdupont 103142718", &[&code], 0);
    world.advance(75);

    let ticket = pipe("check jdupont", &[&world.display(0)], 10).ticket();
    pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN], 0);
    pipe("check jdupont", &[&world.passcode(0)], 1);
    world.advance(60);
    pipe("check jdupont", &[&world.passcode(0)], 0);
    pipe("check jdupont", &[&world.passcode(0)], 1);

    // Six minutes ahead: too far to be believed at once, near enough to be asked for the next code.
    world.advance(3_600);
    let ticket = pipe("check jdupont", &[&world.passcode(6)], 11).ticket();
    world.advance(60);
    pipe("check jdupont --ticket", &[&ticket, &world.display(6)], 0);

    // Forty-three minutes ahead: the counter has to find the clock again.
    world.advance(3_600);
    pipe("check jdupont", &[&world.passcode(43)], 1);
    pipe("key resync jdupont", &[&world.display(43), &world.display(44)], 0);
    pipe("check jdupont", &[&world.passcode(45)], 0);

    run("pin reset jdupont");
    run("audit verify");
}

#[test]
fn the_guide_in_french() {
    let world = World::empty("fr_FR.UTF-8");
    follow(&world, "");
    insta::assert_snapshot!(world.story());
}

#[test]
fn the_guide_in_english() {
    let world = World::empty("C.UTF-8");
    follow(&world, "");
    insta::assert_snapshot!(world.story());
}

#[test]
fn the_guide_as_scripts_see_it_whatever_the_language() {
    let world = World::empty("fr_FR.UTF-8");
    follow(&world, " -o json");
    insta::assert_snapshot!(world.story());
    let english = World::empty("C");
    follow(&english, " -o json");
    let outs = |world: &World| world.told.borrow().iter().map(|told| told.out.clone()).collect::<Vec<_>>();
    assert_eq!(outs(&world), outs(&english));
}

#[test]
fn a_check_answers_exactly_the_fields_of_the_contract() {
    let world = World::empty("C");
    follow(&world, " -o json");
    let told = world.told.borrow();
    let checks: Vec<&Told> = told.iter().filter(|told| told.line.starts_with("check")).collect();
    assert_eq!(checks.len(), 8);
    for check in checks {
        let document = check.json();
        let fields: Vec<_> = document.as_object().unwrap().keys().cloned().collect();
        let mut wanted = ["schema", "login", "verdict", "ticket", "expires_at", "retry_after"].map(str::to_owned);
        wanted.sort();
        assert_eq!(fields, wanted);
        let challenged = matches!(check.exit, 10 | 11);
        let verdict = match check.exit {
            0 => "accepted",
            10 => "new-pin-required",
            11 => "next-code-required",
            _ => "refused",
        };
        assert_eq!((&document["schema"], &document["login"]), (&"cleotp.check/1".into(), &LOGIN.into()));
        assert_eq!(document["verdict"], verdict);
        for field in ["ticket", "expires_at", "retry_after"] {
            assert_eq!(document[field].is_null(), !challenged, "{field} of {}", check.shown());
        }
        assert_eq!(check.err, "");
    }
}

/// Every reason to refuse a passcode: a name for the failure of the test, and the answer.
fn refusals(lang: &'static str, form: &str) -> Vec<(&'static str, Told)> {
    let check = |world: &World, typed: &str| world.pipe(&format!("check jdupont{form}"), &[typed]);
    let mut all = Vec::new();
    let nobody = World::empty(lang);
    nobody.run("init").exits(0);
    all.push(("unknown user", check(&nobody, "4576768950")));
    all.push(("no code at all", check(&nobody, "")));
    let without_key = World::furnished(lang);
    all.push(("no key", check(&without_key, "4576768950")));
    let assigned = World::furnished(lang);
    assigned.run("key assign 103142718 jdupont").exits(0);
    all.push(("key not activated", check(&assigned, &assigned.display(0))));
    let world = World::in_use(lang);
    all.push(("wrong PIN", check(&world, &format!("9035{}", world.display(0)))));
    all.push(("no PIN", check(&world, &world.display(0))));
    all.push(("wrong code", check(&world, &format!("{PIN}000000"))));
    all.push(("waiting", check(&world, &world.passcode(0))));
    all.push(("letters", check(&world, "open sesame")));
    let replayed = World::in_use(lang);
    check(&replayed, &replayed.passcode(0)).exits(0);
    all.push(("used code", check(&replayed, &replayed.passcode(0))));
    let disabled = World::in_use(lang);
    disabled.run("user disable jdupont").exits(0);
    all.push(("disabled user", check(&disabled, &disabled.passcode(0))));
    let locked = World::in_use(lang);
    for _ in 0..8 {
        locked.advance(3_600);
        check(&locked, &format!("9035{}", locked.display(0))).exits(1);
    }
    locked.advance(3_600);
    assert!(locked.run("key show 103142718 -o json").out.contains("\"locked\":true"));
    all.push(("locked key", check(&locked, &locked.passcode(0))));
    let dead = World::in_use(lang);
    all.push(("dead ticket", dead.pipe(&format!("check jdupont --ticket{form}"), &[&"0".repeat(32), "123456"])));
    all
}

#[test]
fn b14_every_refusal_is_the_same_to_the_byte() {
    for (lang, form) in [("fr_FR.UTF-8", ""), ("C", ""), ("C", " -o json"), ("fr", " -o csv")] {
        let all = refusals(lang, form);
        let (_, first) = &all[0];
        for (reason, told) in &all {
            assert_eq!((told.exit, &told.out, &told.err), (1, &first.out, &first.err), "{reason}");
        }
    }
}

#[test]
fn b13_no_refusal_is_answered_before_60_milliseconds() {
    for (reason, told) in refusals("C", "") {
        assert!(told.took >= Duration::from_millis(60), "{reason}: {:?}", told.took);
    }
}

#[test]
fn an_accepted_passcode_is_answered_without_a_wait() {
    let world = World::in_use("C");
    assert!(world.told.borrow().last().unwrap().took < Duration::from_millis(60));
    assert_eq!(world.told.borrow().last().unwrap().exit, 0);
    assert!(world.time.slept.borrow().is_empty(), "{:?}", world.time.slept.borrow());
}

#[test]
fn a05_a_used_passcode_in_another_spelling_is_answered_as_any_other_refusal() {
    let world = World::in_use("C");
    let used = world.passcode(0);
    world.pipe("check jdupont", &[&used]).exits(0);
    let refused = world.pipe("check jdupont", &[&used]).exits(1);
    for typed in
        [format!(" {used}"), format!("{used}\u{a0}"), format!("+{used}"), format!("{used}\0"), "４５７６".repeat(4)]
    {
        world.run("key unlock 103142718").exits(0);
        let told = world.pipe("check jdupont", &[&typed]).exits(1);
        assert_eq!((told.out, told.err), (refused.out.clone(), refused.err.clone()), "{typed:?}");
    }
    let listed = world.run("audit list --action check --outcome refused -o json").exits(0).json();
    let reasons = listed["events"].as_array().unwrap().iter().filter(|event| event["reason"] == "grammar");
    assert_eq!(reasons.count(), 5);
}

#[test]
fn b01_the_code_alone_of_a_key_without_a_pin_is_a_question_with_an_end_and_opens_nothing() {
    let world = World::activated("C");
    let told = world.pipe("check jdupont -o json", &[&world.display(0)]).exits(10).json();
    assert_eq!(told["verdict"], "new-pin-required");
    assert_eq!(told["expires_at"], "2026-11-24T09:17:00Z", "five minutes");
    // The code is spent: neither it nor the one before opens, or asks, a second time.
    for steps in [0, -1] {
        let told = world.pipe("check jdupont -o json", &[&world.display(steps)]).exits(1).json();
        assert_eq!(told["verdict"], "refused");
    }
    let key = world.run("key show 103142718 -o json").exits(0).json();
    assert_eq!((&key["keys"][0]["state"], &key["keys"][0]["pin"]), (&"active".into(), &"none".into()));
    // Seven days after the activation the question is asked no more.
    world.run("key unlock 103142718").exits(0);
    world.advance(7 * 86_400 + 1);
    world.pipe("check jdupont", &[&world.display(0)]).exits(1);
}

#[test]
fn b10_a_pin_that_a_thief_tries_first_is_refused_in_plain_words() {
    let pins = [
        ("0000", "tous ses chiffres sont pareils", "all its digits are alike"),
        ("1111", "tous ses chiffres sont pareils", "all its digits are alike"),
        ("1234", "ses chiffres se suivent", "its digits run up or down"),
        ("4321", "ses chiffres se suivent", "its digits run up or down"),
        ("123456", "ses chiffres se suivent", "its digits run up or down"),
        ("1984", "c'est une année", "it is a year"),
        ("1900", "c'est une année", "it is a year"),
        ("2035", "c'est une année", "it is a year"),
        ("2580", "il est trop courant", "it is too common"),
        ("1212", "il est trop courant", "it is too common"),
        ("2718", "c'est la fin du numéro de série", "it is the end of the key's serial"),
        ("142718", "c'est la fin du numéro de série", "it is the end of the key's serial"),
    ];
    for (lang, french) in [("fr_FR.UTF-8", true), ("C", false)] {
        let world = World::activated(lang);
        for three in pins.chunks(3) {
            world.advance(60);
            let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
            for (pin, in_french, in_english) in three {
                let told = world.pipe("pin set jdupont --ticket", &[&ticket, pin, pin]).exits(69);
                let said = told.heard();
                assert!(said.contains(if french { in_french } else { in_english }), "{pin}: {}", told.shown());
                assert!(!said.contains(pin), "{}", told.shown());
            }
        }
        let key = world.run("key show 103142718 -o json").exits(0).json();
        assert_eq!(key["keys"][0]["pin"], "none");
    }
}

#[test]
fn c01_whatever_is_wrong_with_a_claim_has_one_answer_and_one_time() {
    for (lang, form) in [("fr_FR.UTF-8", ""), ("C", ""), ("C", " -o json")] {
        let world = World::furnished(lang);
        world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
        world.run("key assign 103142718 jdupont").exits(0);
        let replaced = world.run("activation new jdupont").exits(0).code();
        let code = world.run("activation new jdupont").exits(0).code();
        let mut all = Vec::new();
        let claim = |login: &str, serial: &str, code: &str| {
            let told = world.pipe(&format!("activate {login} {serial}{form}"), &[code]).exits(1);
            world.advance(16 * 60);
            assert!(told.took >= Duration::from_millis(60), "{login} {serial}: {:?}", told.took);
            // What was asked is repeated to scripts: it tells nothing.
            let said = |text: &str| text.replace(login, "LOGIN").replace(serial, "SERIAL");
            (said(&told.out), said(&told.err))
        };
        all.push(claim("nobody1", "103142718", &code));
        all.push(claim("amartin", "103142718", &code));
        all.push(claim("jdupont", "103142719", &code));
        all.push(claim("jdupont", "999999999", &code));
        all.push(claim("jdupont", "103142718", "22222222"));
        all.push(claim("jdupont", "103142718", "no code at all"));
        all.push(claim("jdupont", "103142718", &replaced));
        world.advance(7 * 86_400);
        all.push(claim("jdupont", "103142718", &code));
        let last = world.run("activation new jdupont").exits(0).code();
        world.pipe("activate jdupont 103142718", &[&last]).exits(0);
        all.push(claim("jdupont", "103142718", &last));
        assert!(all.iter().all(|told| *told == all[0]), "{all:?}");
    }
}

#[test]
fn c08_a_code_stands_where_it_was_asked_for_and_the_audit_has_its_number() {
    let world = World::furnished("C");
    world.run("key assign 103142718 jdupont").exits(0);
    let told = world.run("activation new jdupont").exits(0);
    let first = told.code();
    assert!(told.out.contains(&first) && !told.err.contains(&first), "{}", told.shown());
    let told = world.run("activation new jdupont --output TMP/code").exits(0);
    let second = std::fs::read_to_string(world.beside("code")).unwrap().trim().to_owned();
    assert_eq!(second.len(), 8);
    assert!(!told.heard().contains(&second), "{}", told.shown());
    assert_eq!(world.beside("code").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    for line in
        ["activation list", "audit list", "user show jdupont", "key show 103142718", "report activation", "doctor"]
    {
        for form in ["table", "json", "csv"] {
            let told = world.run(&format!("{line} -o {form}"));
            assert!(!told.heard().contains(&first) && !told.heard().contains(&second), "{}", told.shown());
        }
    }
    let listed = world.run("audit list --action activation-new -o json").exits(0).json();
    assert_eq!(listed["events"].as_array().unwrap().len(), 2);
    for name in ["cleotp.db", "cleotp.db-wal"] {
        let bytes = std::fs::read(world.home().join(name)).unwrap_or_default();
        let holds = |code: &str| bytes.windows(8).any(|window| window == code.as_bytes());
        assert!(!holds(&first) && !holds(&second), "{name}");
    }
}
