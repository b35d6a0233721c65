//! Clocks that are wrong by decades: no defect, no code accepted twice, dates written as they are.

use crate::support::{PIN, START, World};

const DAY: i64 = 86_400;

/// Moments at which clocks stop, overflow, or begin anew, with what a table writes for them.
const MOMENTS: [(i64, &str); 12] = [
    (0, "1970-01-01 00:00"),
    (59, "1970-01-01 00:00"),
    (i32::MAX as i64, "2038-01-19 03:14"),
    (i32::MAX as i64 + 1, "2038-01-19 03:14"),
    (u32::MAX as i64, "2106-02-07 06:28"),
    (u32::MAX as i64 + 1, "2106-02-07 06:28"),
    (20_000_000_000, "2603-10-11 11:33"),
    (253_402_300_799 - 30 * DAY, "9999-12-01 23:59"),
    (253_402_300_800, "+10000-01-01 00:00"),
    (-1, "1969-12-31 23:59"),
    (-62_135_596_800, "0001-01-01 00:00"),
    (-62_167_219_201, "-0001-12-31 23:59"),
];

/// A fleet that was set up while the clock showed a moment.
fn at(moment: i64) -> World {
    let world = World::empty("C");
    world.advance(moment - START);
    world.run("init").exits(0);
    world.run("import fixtures/seeds/pskc-demo.xml").exits(0);
    world.run("establishment add 0860034V 'Lycée Aliénor'").exits(0);
    world.run("user add jdupont --name 'Jeanne Dupont' --establishment 0860034V").exits(0);
    world.run("key assign 103142718 jdupont").exits(0);
    world
}

/// Runs everything that only reads; none may be a defect.
fn look(world: &World) {
    for line in [
        "doctor",
        "audit list",
        "audit list -o json",
        "audit verify",
        "key show 103142718",
        "activation list",
        "batch list",
    ] {
        let told = world.run(line);
        assert!(matches!(told.exit, 0 | 1), "{}", told.shown());
        assert!(!told.out.is_empty(), "{}", told.shown());
    }
    world.run("audit verify").exits(0);
}

#[test]
fn g05_the_guide_goes_on_whatever_year_the_clock_shows() {
    for (moment, written) in MOMENTS.into_iter().filter(|(moment, _)| *moment >= 0) {
        let world = at(moment);
        let code = world.run("activation new jdupont").exits(0).code();
        world.pipe("activate jdupont 103142718", &[&code]).exits(0);
        let told = world.pipe("check jdupont", &[&world.display(0)]);
        // In its very first step a key shows the code of step 0, which no watermark lies below.
        if told.exit == 10 {
            world.pipe("pin set jdupont --ticket", &[&told.ticket(), PIN, PIN]).exits(0);
            world.advance(60);
            world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
            world.pipe("check jdupont", &[&world.passcode(0)]).exits(1);
        } else {
            assert!(moment < 60 && told.exit == 1, "{moment}: {}", told.shown());
        }
        world.advance(60);
        let codes = [world.display(1), world.display(2)];
        let told = world.pipe("key resync jdupont", &[&codes[0], &codes[1]]);
        assert!(matches!(told.exit, 0 | 1), "{moment}: {}", told.shown());
        assert!(world.run("audit list").exits(0).out.contains(written), "{moment}");
        look(&world);
    }
}

#[test]
fn before_1970_nothing_is_a_defect() {
    for (moment, written) in MOMENTS.into_iter().filter(|(moment, _)| *moment < 0) {
        let world = at(moment);
        let code = world.run("activation new jdupont").exits(0).code();
        let told = world.pipe("activate jdupont 103142718", &[&code]);
        assert!(matches!(told.exit, 0 | 1), "{moment}: {}", told.shown());
        for steps in [-1, 0, 1] {
            let told = world.pipe("check jdupont", &[&world.display(steps)]);
            assert!(matches!(told.exit, 1 | 10), "{moment}: {}", told.shown());
        }
        let told = world.pipe("key resync jdupont", &[&world.display(0), &world.display(1)]);
        assert!(matches!(told.exit, 0 | 1 | 69), "{moment}: {}", told.shown());
        assert!(world.run("audit list").exits(0).out.contains(written), "{moment}");
        look(&world);
    }
}

#[test]
fn a_clock_that_jumps_to_the_ends_of_time_brings_nothing_down() {
    for target in [i64::MAX - DAY, i64::MAX / 2, i64::MIN / 2, 0, -1, u32::MAX.into()] {
        let world = World::in_use("C");
        let used = world.passcode(-1);
        let now = START + 120;
        world.advance(target - now);
        look(&world);
        for steps in [-1, 0, 1] {
            let told = world.pipe("check jdupont", &[&world.passcode(steps)]);
            assert!(matches!(told.exit, 0 | 1 | 11), "{target}: {}", told.shown());
        }
        for line in ["key resync jdupont", "key resync jdupont --three"] {
            let codes: Vec<String> = (2..5).map(|step| world.display(step)).collect();
            let told = world.pipe(line, &codes.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(matches!(told.exit, 0 | 1 | 11), "{target}: {}", told.shown());
        }
        for line in ["activation new jdupont", "pin reset jdupont", "user add b --name B --establishment 0860034V"] {
            let told = world.run(line);
            assert!(matches!(told.exit, 0 | 69), "{target}: {}", told.shown());
        }
        let told = world.run("import fixtures/seeds/oath-demo.csv");
        assert!(matches!(told.exit, 0), "{target}: {}", told.shown());
        look(&world);
        // Back where it was: what was accepted then is not accepted again.
        world.advance(now - target);
        world.pipe("check jdupont", &[&used]).exits(1);
        look(&world);
    }
}

#[test]
fn doctor_says_that_a_clock_cannot_be_right() {
    for (lang, sentence) in [("fr", "ce qui n'est pas possible"), ("C", "cannot be")] {
        let world = World::empty(lang);
        world.advance(-START);
        world.run("init").exits(0);
        let told = world.run("doctor").exits(1);
        let said = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("1970-01-01 00:00") && said.contains(sentence), "{}", told.out);
    }
}

#[test]
fn g05_a_code_that_was_issued_before_2038_is_used_after_it() {
    for edge in [i64::from(i32::MAX), i64::from(u32::MAX)] {
        let world = at(edge - 30);
        let code = world.run("activation new jdupont").exits(0).code();
        world.advance(60);
        world.pipe("activate jdupont 103142718", &[&code]).exits(0);
        let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
        world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(0);
        world.advance(60);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
        world.run("audit verify").exits(0);
    }
}

#[test]
fn g07_the_last_second_of_a_span_belongs_to_it_and_the_next_does_not() {
    for (late, exit) in [(0, 0), (1, 1)] {
        // An activation code: seven days.
        let world = World::furnished("C");
        world.run("key assign 103142718 jdupont").exits(0);
        let code = world.run("activation new jdupont").exits(0).code();
        world.advance(7 * DAY + late);
        world.pipe("activate jdupont 103142718", &[&code]).exits(exit);
        // A ticket: five minutes.
        let world = World::activated("C");
        let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
        world.advance(300 + late);
        world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(exit);
        // A wait: after the third failure 5 seconds; when they have passed it is over.
        let world = World::in_use("C");
        for _ in 0..3 {
            world.pipe("check jdupont", &[&format!("{PIN}000000")]).exits(1);
        }
        world.advance(4 + late);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(if late == 0 { 1 } else { 11 });
        // The dates of a key: its last second is one of its own.
        let world = World::in_use("C");
        let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
        let ends = world.time_now() - late;
        database.execute_batch(&format!("UPDATE keys SET not_after = {ends} WHERE serial = '103142718'")).unwrap();
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(exit);
    }
}

#[test]
fn g07_no_span_is_negative_and_the_year_9999_is_a_year() {
    let world = World::in_use("C");
    for days in ["-1", "0", "8", "99999999999999999999"] {
        world.run(&format!("emergency new jdupont --days {days}")).exits(64);
        world.run(&format!("emergency new jdupont --days={days}")).exits(64);
    }
    for until in ["9999-12-31", "9999-12-31 23:59"] {
        world.run(&format!("operator add night --role importer --until '{until}'")).exits(0);
        assert!(world.run("operator list -o json").exits(0).out.contains("9999-12-31T23:59"), "{until}");
    }
    for until in ["10000-01-01", "-1", "2026-11-31", "0000-00-00"] {
        world.run(&format!("operator add night --role importer --until={until}")).exits(64);
    }
    let config = world.home().join("config.toml");
    for span in ["-1d", "0s", "-99999999999999999999d"] {
        std::fs::write(&config, format!("activation-lifetime = \"{span}\"\n")).unwrap();
        world.run("key list").exits(78);
    }
}
