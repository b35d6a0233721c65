//! The steps of the guide by stdin, in both languages and as scripts see them.

use crate::support::{LOGIN, PIN, Told, World};
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
