//! `config show` and `config check`: what is set, from where, and all that is wrong, without a database.

use crate::support::{World, set_mode};
use std::fs;

const WRONG: &str = "language = \"fr\"\npin_min_digits = 5\nactivation-lifetime = \"31d\"\n  next-code-window = \"6\"\n\
                     spoool = \"/srv\"\nspool = \"srv\"\npin-max-digits = 4\npin-min-digits = 6\nargon-profile = \"slow\"\n";

fn lay(world: &World, text: &str) {
    fs::create_dir_all(world.home()).unwrap();
    set_mode(&world.home(), 0o700);
    fs::write(world.home().join("config.toml"), text).unwrap();
    set_mode(&world.home().join("config.toml"), 0o600);
}

#[test]
fn every_setting_is_shown_with_its_value_its_origin_and_its_bounds_and_no_database_is_needed() {
    let text = "# ours\nactivation-lifetime = \"36h\"\nspool = \"/var/spool/cleotp\"\nlock-after-wrong-pins = 5\n";
    let told = ["fr", "C"].map(|lang| {
        let world = World::empty(lang);
        world.columns.set(100);
        world.run("config show").exits(0);
        lay(&world, text);
        let line = if lang == "fr" { "configuration montrer" } else { "config show" };
        world.run(line).exits(0).shown()
    });
    insta::assert_snapshot!(told.join("\n"));
    let world = World::empty("C");
    lay(&world, text);
    let told = world.run("config show -o json").exits(0).json();
    assert_eq!(told["schema"], "cleotp.config/1");
    let settings = told["config"].as_array().unwrap();
    let of = |key: &str| settings.iter().find(|setting| setting["key"] == key).unwrap().to_string();
    assert_eq!(
        of("activation-lifetime"),
        r#"{"choices":null,"default":"7d","key":"activation-lifetime","least":"10min","line":2,"most":"30d","source":"file","value":"36h"}"#
    );
    assert_eq!(
        of("argon-profile"),
        r#"{"choices":["fast","owasp"],"default":"fast","key":"argon-profile","least":null,"line":null,"most":null,"source":"default","value":"fast"}"#
    );
    assert_eq!(
        of("cron-role"),
        r#"{"choices":["importer","auditor","verifier"],"default":null,"key":"cron-role","least":null,"line":null,"most":null,"source":"default","value":null}"#
    );
    assert!(!world.home().join("cleotp.db").exists());
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_line_column_and_what_was_meant() {
    let told = ["fr", "C"].map(|lang| {
        let world = World::empty(lang);
        lay(&world, WRONG);
        let line = if lang == "fr" { "configuration controler" } else { "config check" };
        let lines = [line, "config show"].map(|line| world.run(line).exits(78).shown());
        lines.join("\n").replace("\n  ", " ")
    });
    insta::assert_snapshot!(told.join("\n"));
    let world = World::empty("C");
    lay(&world, WRONG);
    let told = world.run("config check -o json").exits(78).json();
    assert_eq!((&told["schema"], &told["ok"]), (&"cleotp.config-check/1".into(), &false.into()));
    let found: Vec<String> = told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            format!("{}:{} {} {}", found["line"], found["column"], found["code"].as_str().unwrap(), found["key"])
        })
        .collect();
    assert_eq!(
        found,
        [
            "2:1 config-unknown-key \"pin_min_digits\"",
            "3:23 config-span \"activation-lifetime\"",
            "4:22 config-not-a-count \"next-code-window\"",
            "5:1 config-unknown-key \"spoool\"",
            "6:9 config-path \"spool\"",
            "9:17 config-choice \"argon-profile\"",
            "8:1 config-pin-digits null",
        ]
    );
}

#[test]
fn a_file_is_checked_before_it_is_put_in_its_place() {
    let world = World::empty("C");
    world.run("config check").exits(0);
    world.lay("new.toml", b"pin-min-digits = 5\n");
    let told = world.run("config check TMP/new.toml").exits(0);
    assert_eq!(told.out, "TMP/new.toml is right: one setting.\n");
    assert_eq!(world.feed("config check -", b"pin-min-digits = 9\n").exits(78).err, "");
    world.run("config check TMP/none.toml").exits(66);
    for (bytes, exit) in [([0xff, 0xfe].as_slice(), 78), (b"a = = b", 78), (&[b'#'; 70_000], 78)] {
        world.lay("bad.toml", bytes);
        world.run("config check TMP/bad.toml").exits(exit);
    }
    let told = world.run("config check TMP/bad.toml -o json").exits(78);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&told.err).unwrap()["error"], "config-too-large");
}
