//! Clocks that are wrong by decades: no defect, no code accepted twice, dates written as they are.

use crate::support::{PIN, START, World};

const DAY: i64 = 86_400;

/// Moments at which clocks stop, overflow, or begin anew, with what a table writes for them.
const MOMENTS: [(i64, &str); 11] = [
    (0, "1970-01-01 00:00"),
    (59, "1970-01-01 00:00"),
    (i32::MAX as i64, "2038-01-19 03:14"),
    (i32::MAX as i64 + 1, "2038-01-19 03:14"),
    (u32::MAX as i64, "2106-02-07 06:28"),
    (u32::MAX as i64 + 1, "2106-02-07 06:28"),
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
fn the_guide_goes_on_whatever_year_the_clock_shows() {
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
