//! Who is refused is told no, and nothing more: not by the words, the exit status, the JSON or the time can anybody tell a login that is
//! nobody's from a wrong PIN, a lost key or a wait.

use super::support::{LOGIN, PIN, SERIAL, Told, World};
use cleotp::Via;

/// A way of being refused: what an administrator does before, who asks, what he types, and what is done after.
struct Case {
    before: &'static [&'static str],
    login: &'static str,
    typed: fn(&World) -> String,
    after: &'static [&'static str],
}

const fn of_alice(typed: fn(&World) -> String) -> Case {
    Case { before: &[], login: LOGIN, typed, after: &[] }
}

const fn of_key(before: &'static [&'static str], after: &'static [&'static str]) -> Case {
    Case { before, login: LOGIN, typed: right, after }
}

const RESTORED: &[&str] = &["key found 103142718 --restore --reason retrouvée"];

fn right(world: &World) -> String {
    world.passcode(0)
}

/// A code that the key does not show anywhere near.
fn wrong(world: &World) -> String {
    let near: Vec<String> = (-15..=15).map(|steps| world.display(steps)).collect();
    (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
}

fn wait(world: &World) -> String {
    for _ in 0..3 {
        world.pipe("check jdupont", &[&format!("{PIN}{}", wrong(world))]).exits(1);
    }
    world.passcode(0)
}

const CASES: &[Case] = &[
    Case { before: &[], login: "nobody", typed: right, after: &[] },
    Case { before: &[], login: "marie", typed: right, after: &[] },
    of_alice(|world| format!("9471{}", world.display(0))),
    of_alice(|world| world.display(0)),
    of_alice(|world| format!("{PIN}{}", wrong(world))),
    of_alice(|world| format!("9471{}", wrong(world))),
    of_alice(|world| {
        let used = world.passcode(0);
        let exit = world.pipe("check jdupont", &[&used]).exit;
        assert!(matches!(exit, 0 | 11), "{exit}");
        used
    }),
    of_alice(|_| "4576 768950".to_owned()),
    of_alice(|_| String::new()),
    of_alice(|_| "4576k7m2p9xa".to_owned()),
    of_alice(wait),
    of_key(&["user disable jdupont"], &["user enable jdupont"]),
    of_key(&["key suspend 103142718"], &["key resume 103142718"]),
    of_key(&["key lost 103142718"], RESTORED),
    of_key(&["key lost 103142718 --emergency"], RESTORED),
    Case {
        before: &["key lost 103142718 --emergency"],
        login: LOGIN,
        typed: |_| format!("{PIN}k7m2p9xa"),
        after: RESTORED,
    },
    of_key(&["SQL UPDATE keys SET lock = 'wrong-pins' WHERE user_id IS NOT NULL"], &[]),
    of_key(
        &["SQL UPDATE keys SET not_after = 0 WHERE user_id IS NOT NULL"],
        &["SQL UPDATE keys SET not_after = NULL WHERE user_id IS NOT NULL"],
    ),
    of_key(&["pin reset jdupont"], &[]),
    of_key(&["SQL UPDATE keys SET new_pin_until = 0 WHERE user_id IS NOT NULL"], &[]),
    of_key(&["key retire 103142718 --yes"], &[]),
];

/// Does what an administrator does, or somebody behind the program's back.
fn act(world: &World, lines: &[&str]) {
    for line in lines {
        match line.strip_prefix("SQL ") {
            Some(sql) => {
                rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap().execute_batch(sql).unwrap();
            }
            None => drop(world.run(line).exits(0)),
        }
    }
}

/// Leaves out of an answer what was asked: the login and the serial.
fn answered(told: &Told, login: &str, serial: &str) -> (u8, String, String) {
    let plain = |text: &str| text.replace(&format!("\"{login}\""), "LOGIN").replace(&format!("\"{serial}\""), "SERIAL");
    (told.exit, plain(&told.out), plain(&told.err))
}

/// Holds one way of asking against itself: all that are refused hear the same, no earlier than 60 ms after they asked.
#[track_caller]
fn is_one(heard: &mut [Option<(u8, String, String)>], way: usize, told: &Told, login: &str, serial: &str) {
    let answer = answered(told, login, serial);
    let first = heard[way].get_or_insert_with(|| answer.clone());
    assert_eq!(*first, answer, "{}", told.shown());
    assert!((60..62).contains(&told.took.as_millis()), "{:?}: {}", told.took, told.shown());
}

fn furnished(lang: &'static str, make: fn(&'static str) -> World) -> World {
    let world = make(lang);
    world.run("user add marie --name Marie --establishment 0860034V").exits(0);
    world.run("operator add portal --role verifier").exits(0);
    world
}

/// Asks in each way of a list, as a login server does.
fn no_one_learns_why(lang: &'static str, ways: &[&str]) {
    let world = furnished(lang, World::in_use);
    let mut heard = vec![None; ways.len()];
    for case in CASES {
        act(&world, case.before);
        for (way, line) in ways.iter().enumerate() {
            world.advance(20 * 60);
            let typed = (case.typed)(&world);
            world.call_as("portal", Via::Direct);
            let told = if line.starts_with('{') {
                world.feed("check --batch", line.replace("LOGIN", case.login).replace("TYPED", &typed).as_bytes())
            } else {
                world.pipe(&line.replace("LOGIN", case.login), &[&typed, "8352", "8352"])
            };
            world.call_as("admin", Via::Direct);
            is_one(&mut heard, way, &told, case.login, SERIAL);
        }
        act(&world, case.after);
        act(&world, &["key unlock 103142718"]);
    }
    let exits: Vec<u8> = heard.iter().map(|answer| answer.as_ref().unwrap().0).collect();
    assert!(exits.iter().zip(ways).all(|(exit, line)| *exit == u8::from(!line.starts_with('{'))), "{exits:?}");
}

#[test]
fn b14_nobody_learns_why_he_is_refused_in_french() {
    no_one_learns_why("fr", &["check LOGIN", "pin change LOGIN -o json"]);
}

#[test]
fn b14_nobody_learns_why_he_is_refused_in_english_or_by_json_lines() {
    no_one_learns_why("en", &["check LOGIN -o json", r#"{"login":"LOGIN","passcode":"TYPED"}"#]);
}

#[test]
fn b14_all_dead_tickets_are_alike() {
    for (lang, option) in [("fr", ""), ("en", " -o json")] {
        let world = furnished(lang, World::activated);
        let mut heard = vec![None; 3];
        let invented = "0123456789abcdef0123456789abcdef";
        let late = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
        world.advance(301);
        let spent = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
        world.pipe("pin set jdupont --ticket", &[&spent, PIN, PIN]).exits(0);
        world.advance(60);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
        let next = world.pipe("check jdupont", &[&world.passcode(5)]).exits(11).ticket();
        let before = [("nobody", invented), ("marie", invented), ("marie", &late), (LOGIN, invented), (LOGIN, "")];
        for (login, ticket) in before.into_iter().chain([(LOGIN, late.as_str()), (LOGIN, &spent)]) {
            let told = world.pipe(&format!("pin set {login} --ticket{option}"), &[ticket, "8352", "8352"]);
            is_one(&mut heard, 0, &told, login, SERIAL);
            let told = world.pipe(&format!("check {login} --ticket{option}"), &[ticket, &world.display(6)]);
            is_one(&mut heard, 1, &told, login, SERIAL);
            let told =
                world.pipe(&format!("pin change {login} --ticket{option}"), &[ticket, &world.display(6), "1", "1"]);
            is_one(&mut heard, 2, &told, login, SERIAL);
        }
        // That of the next code is none for the choice of a PIN, nor another's.
        let told = world.pipe(&format!("pin set jdupont --ticket{option}"), &[&next, "8352", "8352"]);
        is_one(&mut heard, 0, &told, LOGIN, SERIAL);
        let told = world.pipe(&format!("check marie --ticket{option}"), &[&next, &world.display(6)]);
        is_one(&mut heard, 1, &told, "marie", SERIAL);
    }
}

#[test]
fn b14_nobody_learns_why_his_activation_is_refused() {
    for (lang, option) in [("fr", ""), ("en", " -o json")] {
        let world = furnished(lang, World::furnished);
        world.run("key assign 103142718 jdupont").exits(0);
        let former = world.run("activation new jdupont").exits(0).code();
        let code = world.run("activation new jdupont").exits(0).code();
        let mut heard = vec![None];
        let mut claim = |world: &World, login: &str, serial: &str, code: &str| {
            world.call_as("portal", Via::Direct);
            let told = world.pipe(&format!("activate {login} {serial}{option}"), &[code]);
            world.call_as("admin", Via::Direct);
            is_one(&mut heard, 0, &told, login, serial);
        };
        claim(&world, "nobody", SERIAL, &code);
        claim(&world, "marie", SERIAL, &code);
        for (serial, code) in [(SERIAL, former.as_str()), ("103142719", &code), ("999999999", &code), (SERIAL, "?")] {
            claim(&world, LOGIN, serial, code);
            world.advance(20 * 60);
        }
        act(&world, &["user disable jdupont"]);
        claim(&world, LOGIN, SERIAL, &code);
        act(&world, &["user enable jdupont", "key lost 103142718"]);
        claim(&world, LOGIN, SERIAL, &code);
        act(&world, RESTORED);
        let code = world.run("activation new jdupont").exits(0).code();
        for _ in 0..5 {
            claim(&world, LOGIN, SERIAL, "22222222");
        }
        // During a wait the right one is refused as the wrong ones are.
        claim(&world, LOGIN, SERIAL, &code);
        world.advance(8 * 86_400);
        claim(&world, LOGIN, SERIAL, &code);
        let code = world.run("activation new jdupont").exits(0).code();
        world.pipe("activate jdupont 103142718", &[&code]).exits(0);
        claim(&world, LOGIN, SERIAL, &code);
        assert_eq!(heard[0].as_ref().unwrap().0, 1);
    }
}
