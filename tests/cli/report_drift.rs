//! What is known of the keys' clocks and of ours, through the whole program.

use crate::bad_input::in_both;
use crate::support::{PIN, START, World, code_of, seed};
use std::fmt::Write as _;

const DAY: i64 = 86_400;

/// Jeanne's key, whose clock gains two seconds a day, used each week for seven months; ends with the last login.
fn gaining(lang: &'static str) -> World {
    let world = World::in_use(lang);
    let mut questions = 0;
    for _ in 0..30 {
        world.advance(7 * DAY);
        questions += log_in(&world, 2);
    }
    assert_eq!(questions, 0, "a weekly user is never asked");
    world
}

/// What a key shows whose clock gains some seconds a day.
fn shown(world: &World, serial: &str, gain: i64, later: i64) -> String {
    let at = world.time_now() + later;
    code_of(&seed(serial), (at + gain * (at - START) / DAY).div_euclid(60))
}

/// Logs Jeanne in, also when the next code is asked for; gives the number of questions.
fn log_in(world: &World, gain: i64) -> usize {
    let told = world.pipe("check jdupont", &[&format!("{PIN}{}", shown(world, "103142718", gain, 0))]);
    if told.exit == 0 {
        return 0;
    }
    let ticket = told.exits(11).ticket();
    world.advance(60);
    world.pipe("check jdupont --ticket", &[&ticket, &shown(world, "103142718", gain, 0)]).exits(0);
    1
}

#[test]
fn a_clock_is_told_in_words_and_a_key_that_will_leave_the_tolerance_by_its_date() {
    let said = in_both(|lang| {
        let world = gaining(lang);
        world.forget();
        for line in [
            "key show 103142718",
            "report drift",
            "report drift --before 2027-07-01",
            "report drift --before 2028-07-01",
            "report drift --before 2028-07-01 -o json",
            "report drift --before 2028-07-01 -o jsonl",
            "report drift --before 2028-07-01 -o csv --excel",
        ] {
            world.run(line).exits(0);
        }
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn who_logs_in_once_a_term_is_asked_at_most_one_question_and_the_forecast_comes_true() {
    let world = World::in_use("fr");
    let mut questions = 0;
    for _ in 0..12 {
        world.advance(122 * DAY);
        questions += log_in(&world, 3);
    }
    assert!(questions > 6, "{questions}");
    let forecast = world.run("report drift -o json").exits(0).json();
    let row = &forecast["drifts"][0];
    let rate = row["rate"].as_f64().unwrap();
    assert!((rate - 3.0).abs() < 0.3, "{row}");
    assert_eq!(forecast["host_clock_wrong_minutes"], serde_json::Value::Null);
    // A year and a half without use: no code opens until the key is resynchronised, which the forecast has said.
    let needs_resync = row["needs_resync_at"].as_str().unwrap().to_owned();
    world.advance(600 * DAY);
    let passcode = format!("{PIN}{}", shown(&world, "103142718", 3, 0));
    world.pipe("check jdupont", &[&passcode]).exits(1);
    let now = world.run("key show 103142718 -o json").exits(0).json();
    assert!(needs_resync.as_str() < "2032", "{needs_resync}");
    assert!(now["keys"][0]["needs_resync_at"].as_str().unwrap() > needs_resync.as_str(), "it is needed from today on");
    let said = world.run("key show 103142718").exits(0).out;
    assert!(said.contains("maintenant") && said.contains("hors tolérance"), "{said}");
    world.advance(60);
    let codes = [0, 60].map(|later| shown(&world, "103142718", 3, later));
    world.pipe("key resync jdupont", &[&codes[0], &codes[1]]).exits(0);
}

/// Serials, seeds and logins of a school of so many people.
fn school(world: &World, people: usize) -> Vec<(String, String, Vec<u8>)> {
    let (mut keys, mut users) = (String::new(), "login,name,establishment\n".to_owned());
    let mut all = Vec::new();
    for number in 0..people {
        let secret: Vec<u8> = (1..=20_usize).map(|byte| ((number + 3) * 37 * byte % 251) as u8).collect();
        let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let (serial, login) = (format!("5000000{number:02}"), format!("user{number}"));
        let _ = writeln!(keys, "{serial},{hex},totp,6,60");
        let _ = writeln!(users, "{login},User,0860034V");
        all.push((serial, login, secret));
    }
    world.lay("keys.csv", keys.as_bytes());
    world.run("import TMP/keys.csv --establishment 0860034V").exits(0);
    world.feed("user import -", users.as_bytes()).exits(0);
    all
}

#[test]
fn a_wrong_clock_of_the_host_is_named_teaches_nothing_and_passes() {
    let said = in_both(|lang| {
        let world = World::empty(lang);
        world.run("init").exits(0);
        world.run("establishment add 0860034V 'Lycée Aliénor'").exits(0);
        let school = school(&world, 14);
        let at = |error: i64| world.time_now().div_euclid(60) + error;
        for (serial, login, secret) in &school {
            world.run(&format!("key assign {serial} {login}")).exits(0);
            let code = world.run(&format!("activation new {login}")).exits(0).code();
            world.pipe(&format!("activate {login} {serial}"), &[&code]).exits(0);
            let ticket = world.pipe(&format!("check {login}"), &[&code_of(secret, at(0))]).exits(10).ticket();
            world.pipe(&format!("pin set {login} --ticket"), &[&ticket, "4576", "4576"]).exits(0);
        }
        // The first use of each PIN, within the hour; then a few days of use.
        for wait in [60, DAY, DAY, DAY, DAY] {
            world.advance(wait);
            for (_, login, secret) in &school {
                world.pipe(&format!("check {login}"), &[&format!("4576{}", code_of(secret, at(0)))]).exits(0);
            }
        }
        // The clock of the host is set back by four minutes: all keys seem to be that much ahead.
        world.advance(DAY);
        let drift = |serial: &str| {
            let shown = world.run(&format!("key show {serial} -o json")).exits(0).json();
            shown["keys"][0]["drift"].as_i64().unwrap()
        };
        for (_, login, secret) in &school {
            let asked = world.pipe(&format!("check {login}"), &[&format!("4576{}", code_of(secret, at(4)))]);
            let ticket = asked.exits(11).ticket();
            world.advance(60);
            world.pipe(&format!("check {login} --ticket"), &[&ticket, &code_of(secret, at(4))]).exits(0);
        }
        assert!(school.iter().all(|(serial, ..)| drift(serial) == 0), "a key has learned from a wrong clock");
        world.forget();
        let told = world.run("doctor --quiet").exits(1);
        assert!(told.out.contains("4 min"), "{}", told.shown());
        world.run("doctor --quiet -o json").exits(1);
        world.run("report drift").exits(0);
        world.run("report drift -o csv").exits(0);
        let codes = [at(5), at(6)].map(|step| code_of(&school[0].2, step));
        world.pipe("key resync user0", &[&codes[0], &codes[1]]).exits(69);
        world.run("audit list --action host-clock").exits(0);
        let story = world.story();
        // It is set right, and the next morning each opens at once.
        world.advance(DAY);
        for (_, login, secret) in &school {
            world.pipe(&format!("check {login}"), &[&format!("4576{}", code_of(secret, at(0)))]).exits(0);
        }
        world.run("doctor --quiet").exits(0);
        world.forget();
        world.run("audit list --action host-clock").exits(0);
        world.run("audit verify --quiet").exits(0);
        format!("{story}\n{}", world.story())
    });
    insta::assert_snapshot!(said);
}
