//! Command lines, numbers and settings that are odd: each is refused in words, none is a defect.

use crate::bad_input::{LINES, in_both};
use crate::support::World;
use std::fmt::Write as _;

/// Numbers that nobody means, or that no variable holds.
pub const NUMBERS: [&str; 16] = [
    "0",
    "-1",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999999999999999999",
    "1e3",
    "0x10",
    "5.0",
    "٣",
    "NaN",
];

/// Dates at the ends of what can be written, and beyond.
pub const DATES: [&str; 18] = [
    "0000-01-01",
    "0001-01-01",
    "1969-12-31",
    "1970-01-01T00:00:00Z",
    "2038-01-19T03:14:08Z",
    "2106-02-07T06:28:16Z",
    "9999-12-31",
    "9999-12-31T23:59:59-23:59",
    "10000-01-01",
    "+10000-01-01",
    "+262142-12-31",
    "-262143-01-01",
    "999999999999-01-01",
    "-292277022399-01-01",
    "2026-02-30",
    "2026-11-24T24:00:00Z",
    "2026-11-24T09:12:00+99:99",
    "9223372036854775807",
];

/// Configurations, each as the whole file.
const CONFIGURATIONS: [&str; 33] = [
    "pin-min-digits = 9223372036854775807\n",
    "pin-min-digits = 9223372036854775808\n",
    "pin-min-digits = -9223372036854775808\n",
    "pin-min-digits = 99999999999999999999999999999\n",
    "pin-min-digits = 99999999999999999999999999999999999999999999999\n",
    "pin-min-digits = 4.0\n",
    "pin-min-digits = nan\n",
    "pin-min-digits = true\n",
    "pin-min-digits = [4]\n",
    "pin-min-digits = 1979-05-27\n",
    "pin-min-digits = \"4\"\n",
    "resync-window-three = 20001\n",
    "max-import-mebibytes = 0\n",
    "gpg-program = \"gpg\"\n",
    "gnupg-home = 3\n",
    "ticket-lifetime = \"99999999999999999999d\"\n",
    "ticket-lifetime = \"9223372036854775807d\"\n",
    "ticket-lifetime = \"-5min\"\n",
    "ticket-lifetime = \"5\"\n",
    "ticket-lifetime = \"\"\n",
    "ticket-lifetime = 300\n",
    "argon-profile = \"slow\"\n",
    "argon-profile = 5\n",
    "# two\npin-min-digits = 4\npin-min-digits = 5\n",
    "[pin]\nmin-digits = 4\n",
    "pin_min_digits = 4\n",
    "\"\\u202e\\u001b[31m\" = 4\n",
    "\u{1b}[31m = 4\n",
    "# \u{1b}[31m\n",
    "= 4\n",
    "pin-min-digits\n",
    "pin-min-digits = 4\rpin-max-digits = 5\r",
    "\0\u{1}\u{2}",
];

/// Command lines with a word as long as one likes.
const LONG: [&str; 18] = [
    "#",
    "--#",
    "-o #",
    "--lang #",
    "key #",
    "key list --state #",
    "key show #",
    "user show #",
    "import #",
    "import a#/b",
    "establishment add 0860035W #",
    "audit list --since #",
    "audit list --action #",
    "check --source # x",
    "batch show #",
    "activation new jdupont --output #",
    "import --format # x",
    "import --psk-file # x",
];

#[test]
fn no_number_is_too_large_to_be_refused_in_words() {
    let world = World::furnished("C");
    for number in NUMBERS {
        for line in
            ["audit list --limit=#", "key list --batch=#", "batch show -- #", "key show -- #", "check --source=# x"]
        {
            let told = world.run(&line.replace('#', number));
            assert!(matches!(told.exit, 0 | 64 | 66), "{}", told.shown());
            assert_eq!(told.exit == 0, told.err.is_empty(), "{}", told.shown());
        }
    }
    for date in DATES {
        for line in ["audit list --since=#", "audit list --until=#", "audit list --until=# --since=# -o jsonl"] {
            let told = world.run(&line.replace('#', date));
            assert!(matches!(told.exit, 0 | 64), "{}", told.shown());
        }
    }
    let counted = |line: &str| world.run(&format!("{line} -o jsonl")).exits(0).out.lines().count();
    assert_eq!(counted("audit list --since=0001-01-01 --until=9999-12-31"), 4);
    assert_eq!(counted("audit list --since=+262142-12-31"), 0);
    assert_eq!(counted("audit list --until=1969-12-31"), 0);
}

#[test]
fn a_number_that_cannot_be_is_told_with_what_can() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        world.run("audit list --limit 0").exits(64);
        world.run("batch show 18446744073709551616").exits(64);
        world.run("key list --batch=-1").exits(64);
        world.run("batch show 9223372036854775807").exits(66);
        world.run("audit list --since 10000-01-01").exits(64);
        world.run("check jdupont --source 999.1.1.1").exits(64);
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn numbers_of_json_lines_are_refused_in_their_place() {
    let world = World::furnished("C");
    let mut input = String::new();
    for number in NUMBERS {
        let _ = writeln!(input, "{{\"id\":1,\"login\":\"jdupont\",\"passcode\":{number}}}");
        let _ = writeln!(input, "{{\"id\":2,\"login\":\"jdupont\",\"passcode\":\"{number}\"}}");
        let _ = writeln!(input, "{{\"id\":{number},\"login\":\"nobody\",\"passcode\":\"123456\"}}");
    }
    let told = world.feed("check --batch", input.as_bytes()).exits(0);
    let answers: Vec<serde_json::Value> = told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), NUMBERS.len() * 3);
    assert!(answers.iter().all(|answer| answer["verdict"] == "refused" || answer["code"] == 65), "{}", told.out);
}

#[test]
fn a_wrong_setting_is_told_by_its_line_with_what_may_stand_there() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        let path = world.home().join("config.toml");
        let mut text = String::new();
        for configuration in CONFIGURATIONS {
            std::fs::write(&path, configuration).unwrap();
            let told = world.run("key list").exits(78);
            assert_eq!((told.out.as_str(), told.err.lines().count()), ("", 2), "{}", told.shown());
            let _ = writeln!(text, "{configuration:?}\n{}", told.err);
        }
        for odd in
            ["\u{feff}pin-min-digits = 4\n", "pin-min-digits = 0x4\r\n", "", " \n\n", "ticket-lifetime = \"5 min\""]
        {
            std::fs::write(&path, odd).unwrap();
            world.run("key list").exits(0);
        }
        for deep in [format!("a={}", "[".repeat(20_000)), format!("{}=1", ["a"; 20_000].join(".")), "x".repeat(50_000)]
        {
            std::fs::write(&path, deep).unwrap();
            let told = world.run("key list").exits(78);
            assert!(told.err.len() < 1_000, "{}", told.err);
        }
        std::fs::write(&path, b"language = \"fr\"\xff\n").unwrap();
        let _ = write!(text, "bytes that are no text\n{}", world.run("key list").exits(78).err);
        text
    });
    insta::assert_snapshot!(said);
}

#[test]
fn odd_words_are_told_and_long_ones_in_part() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        let before = world.dump();
        for line in [
            "''",
            "-",
            "--",
            "---",
            "-x",
            "-ox",
            "--lang",
            "key ''",
            "key -",
            "-- key list",
            "key show ''",
            "key show -- -x",
            "user show %s%n",
            "user show $(id)",
            "user show ../../etc",
            "user show a;b",
            "check ''",
            "import ''",
            "import -- -x",
            "import ../../nowhere/passwd",
            "--home '' key list",
            "user add b --name '' --establishment 0860034V",
            "user add b --name B",
            "audit list --since ''",
            "audit list --action ''",
            "key show 1 --excel=x",
            "pin set",
            "establishment add 0860035W 'a\nb'",
            "user add \u{1b}[31m --name x --establishment 0860034V",
            "user show j\u{202e}d",
        ] {
            let told = world.run(line);
            assert!(matches!(told.exit, 64 | 66), "{}", told.shown());
            assert!(!told.err.chars().any(|letter| letter.is_control() && letter != '\n'), "{:?}", told.err);
        }
        // What comes before the longest path, and what comes after.
        for long in ["x".repeat(4_000), "x".repeat(100_000)] {
            for line in LONG {
                let told = world.run(&line.replace('#', &long));
                assert!(told.exit != 0 && told.exit != 70, "{}", told.err);
                assert!(told.err.len() < 1_000 || line.contains("import") || line.contains("--output"), "{}", told.err);
                world.told.borrow_mut().last_mut().unwrap().line = line.replace('#', "x…");
            }
        }
        assert_eq!(world.dump(), before);
        let mut text = String::new();
        for told in world.told.borrow().iter() {
            let said = told.err.lines().take(2).collect::<Vec<_>>().join("\n");
            let (line, said) = (told.line.escape_debug(), said.replace(&"x".repeat(3_900), "x…"));
            let _ = writeln!(text, "$ cleotp {line}\n{said}\n({})\n", told.exit);
        }
        text
    });
    insta::assert_snapshot!(said);
}

#[test]
fn what_scripts_read_of_a_failure_is_the_same_in_both_languages() {
    let [french, english] = ["fr_FR.UTF-8", "C"].map(|lang| {
        let world = World::furnished(lang);
        world.run("key assign 103142718 jdupont").exits(0);
        world.forget();
        for (line, _) in LINES {
            world.run(&format!("{line} -o json"));
        }
        for file in ["bad-xlsx.xlsx", "bad-seed-not-hex.csv", "pskc-preshared-demo.xml"] {
            world.run(&format!("import fixtures/seeds/{file} -o jsonl"));
        }
        world.feed("user import - -o json", b"identifiant;nom;uai\n-x;;0860034A\n");
        let told = world.told.borrow();
        let failures = told.iter().filter(|told| told.err.starts_with('{')).map(|told| told.err.as_str());
        let answers = told.iter().map(|told| format!("{} {}", told.line, told.out));
        (answers.collect::<Vec<_>>(), failures.map(str::to_owned).collect::<Vec<_>>())
    });
    assert_eq!(french, english);
    assert!(english.1.len() >= LINES.len() - 1);
}
