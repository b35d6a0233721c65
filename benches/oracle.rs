//! What each refusal costs before the 60 ms are over, in process and over a real database file: the less they differ, the less
//! anybody learns where a machine is so slow that the 60 ms do not hide it.
//!
//! `cargo bench --bench oracle`, of `CLEOTP_ROUNDS` rounds (20,000): each asks once in each way, one after the other, so that what slows the
//! machine slows all. It prints the median of each way and the largest difference, and fails when that is 1 ms or more. The clock is
//! that of the tests: nobody sleeps, and what is measured is the work alone.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    reason = "a measurement may fail loudly, reads the clock, and uses a part of what the tests are made with"
)]

#[path = "../tests/cli/support.rs"]
mod support;

use std::time::{Duration, Instant};
use support::{PIN, World, code};

const DAY: i64 = 86_400;

/// Who is refused, and by what: each has a key of the demonstration's of his own, so that none stands in another's way.
const WAYS: [&str; 7] =
    ["unknown user", "no key", "wrong PIN, right code", "right PIN, wrong code", "locked", "suspended", "replay"];
/// Those who have a key, by their ways.
const HOLDERS: [(usize, &str, &str); 5] = [
    (2, "pina", "103142718"),
    (3, "cody", "103142719"),
    (4, "lock", "103142720"),
    (5, "stop", "103142721"),
    (6, "play", "103142722"),
];

fn main() {
    let rounds = std::env::var("CLEOTP_ROUNDS").map_or(20_000, |text| text.parse().unwrap());
    let world = fleet();
    let mut times: [Vec<Duration>; WAYS.len()] = Default::default();
    for round in 0..rounds {
        // A day later all tries of before are forgiven, or few: 30 wrong codes in 30 days lock no key.
        world.advance(DAY);
        for (way, login, serial) in HOLDERS {
            if ![4, 5].contains(&way) {
                enter(&world, login, serial);
            }
        }
        world.advance(120);
        for turn in 0..WAYS.len() {
            let way = (turn + round) % WAYS.len();
            let (login, typed) = asked(&world, way);
            let began = Instant::now();
            let told = world.pipe(&format!("check {login}"), &[&typed]);
            times[way].push(began.elapsed());
            told.exits(1);
            world.forget();
        }
    }
    tell(&mut times);
}

fn fleet() -> World {
    let world = World::empty("C");
    for line in [
        "init",
        "import fixtures/seeds/pskc-demo.xml",
        "establishment add 0860034V 'Lycée Aliénor'",
        "user add none --name None --establishment 0860034V",
    ] {
        world.run(line).exits(0);
    }
    for (_, login, serial) in HOLDERS {
        world.run(&format!("user add {login} --name N --establishment 0860034V")).exits(0);
        world.run(&format!("key assign {serial} {login}")).exits(0);
        let activation = world.run(&format!("activation new {login}")).exits(0).code();
        world.pipe(&format!("activate {login} {serial}"), &[&activation]).exits(0);
        let ticket = world.pipe(&format!("check {login}"), &[&code(serial, world.time_now(), 0)]).exits(10).ticket();
        world.pipe(&format!("pin set {login} --ticket"), &[&ticket, PIN, PIN]).exits(0);
        world.advance(60);
        enter(&world, login, serial);
    }
    world.run("key suspend 103142721").exits(0);
    let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    database.execute("UPDATE keys SET lock = 'wrong-pins' WHERE serial = '103142720'", []).unwrap();
    world
}

fn enter(world: &World, login: &str, serial: &str) {
    world.pipe(&format!("check {login}"), &[&format!("{PIN}{}", code(serial, world.time_now(), 0))]).exits(0);
    world.forget();
}

/// Gives who asks, and what he types.
fn asked(world: &World, way: usize) -> (&'static str, String) {
    let now = world.time_now();
    let Some((_, login, serial)) = HOLDERS.iter().find(|(known, ..)| *known == way).copied() else {
        return (["nobody", "none"][way], format!("{PIN}768950"));
    };
    let typed = match way {
        2 => format!("9471{}", code(serial, now, 0)),
        3 => {
            let near: Vec<String> = (-15..=15).map(|steps| code(serial, now, steps)).collect();
            let wrong = (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap();
            format!("{PIN}{wrong}")
        }
        // What was typed two minutes ago.
        6 => format!("{PIN}{}", code(serial, now, -2)),
        _ => format!("{PIN}{}", code(serial, now, 0)),
    };
    (login, typed)
}

fn tell(times: &mut [Vec<Duration>]) {
    let mut medians = Vec::new();
    for (way, times) in WAYS.iter().zip(times) {
        times.sort_unstable();
        let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
        println!("{way:24} median {:8.3?}   5 % {:8.3?}   95 % {:8.3?}", at(50), at(5), at(95));
        medians.push(at(50));
    }
    let difference = medians.iter().max().unwrap().saturating_sub(*medians.iter().min().unwrap());
    println!("largest difference of the medians: {difference:.3?}");
    assert!(difference < Duration::from_millis(1), "somebody could tell them apart");
}
