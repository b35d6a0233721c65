//! The life of a key at the counter: stopped, lost, found, back, sent, received, retired; and what is refused.

use crate::bad_input::in_both;
use crate::support::{Told, World};
use serde_json::json;

fn screen(told: &Told) -> String {
    format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit)
}

fn at_once(lines: &[&str]) -> Vec<(i64, String)> {
    lines.iter().map(|line| (0, (*line).to_owned())).collect()
}

/// A world in which the key of most tests is in use, and there is another establishment.
fn world(lang: &'static str) -> World {
    let world = World::in_use(lang);
    world.run("establishment add 0750655E 'Lycée Jacquard'").exits(0);
    world.forget();
    world
}

#[test]
fn a_key_is_stopped_lost_found_and_comes_back() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("key suspend 103142718").exits(0);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(1);
        world.run("key resume 103142718").exits(0);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
        world.advance(60);
        world.run("key lost 103142718").exits(0);
        world.run("key show 103142718").exits(0);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(1);
        world.run("key found 103142718 --restore --reason 'rendue par la vie scolaire'").exits(0);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
        world.run("key return 103142718").exits(0);
        world.run("key lost 103142718").exits(0);
        world.run("key found 103142718").exits(0);
        world.run("key show 103142718 -o json").exits(0);
        world.run("audit list --serial 103142718 --since 2026-11-24T09:14:00Z").exits(0);
        world.story()
    }));
}

#[test]
fn keys_are_sent_and_come_in() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.lay("list.csv", "serial;modèle\n103142719;C200\n103142721;C200\n".as_bytes());
        world.run("key ship --range 103142719..103142722 --to 0860034V --dry-run").exits(0);
        world.run("key ship --range 103142719..103142722 --to 0860034V").exits(0);
        world.run("key list --on-their-way").exits(0);
        world.run("key show 103142719").exits(0);
        world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
        world.run("key assign 103142719 amartin").exits(69);
        world.run("key receive --from TMP/list.csv").exits(0);
        world.run("key receive 103142720").exits(0);
        world.run("key assign 103142719 amartin").exits(0);
        world.run("key ship 103142720 --to-academy").exits(0);
        world.run("key receive 103142720 -o json").exits(0);
        world.run("key ship 103142721 --to 0860034V").exits(69);
        world.story()
    }));
}

#[test]
fn every_refusal_says_the_state_and_the_command_that_helps() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("user add amartin --name 'Anne Martin' --establishment 0860034V --establishment 0750655E").exits(0);
        world.run("key assign 103142719 amartin").exits(0);
        world.run("key retire 103142720 --yes").exits(0);
        world.run("key ship 103142721 --to 0750655E").exits(0);
        world.run("user add cmorel --name 'Chloé Morel' --establishment 0860034V").exits(0);
        world.forget();
        let before = world.dump();
        // In stock, active, assigned, retired, on its way.
        let allowed = ["suspend 103142718", "return 103142718", "return 103142719", "receive 103142721"];
        for verb in ["suspend", "resume", "return", "found", "receive", "ship --to 0750655E"] {
            for serial in ["103142722", "103142718", "103142719", "103142720", "103142721"] {
                let line = format!("{verb} {serial}");
                if !allowed.contains(&line.as_str()) && line != "ship --to 0750655E 103142722" {
                    world.run(&format!("key {line}")).exits(69);
                }
            }
        }
        assert_eq!(world.dump(), before);
        world.run("key lost 103142718").exits(0);
        for verb in ["suspend", "resume", "return", "lost", "receive", "ship --to 0750655E", "unassign"] {
            world.run(&format!("key {verb} 103142718")).exits(69);
        }
        world.run("key assign 103142718 cmorel").exits(69);
        world.run("key assign 103142722 jdupont").exits(0);
        world.run("key found 103142718 --restore --reason 'elle la rapporte'").exits(69);
        // Nobody says to which of her two establishments it came back.
        world.run("key return 103142719").exits(69);
        world.run("key return 103142719 --to 0750655E").exits(0);
        world.run("activation new cmorel 103142719").exits(69);
        world.run("activation new amartin 103142719").exits(0);
        world.run("key ship 103142719 --to-academy").exits(69);
        world.story()
    }));
}

#[test]
fn a_key_is_retired_by_who_means_it() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let before = world.dump();
        let yes = if lang == "C" { "y" } else { "o" };
        let mut screens = Vec::new();
        screens.push(screen(&world.run("key retire 103142718").exits(64)));
        for (line, typed, exit) in [
            ("key retire 103142718", vec![""], 1),
            ("key retire 103142718", vec![yes, "103142719"], 1),
            ("key retire 103142719 103142720", vec![yes, "3"], 1),
            ("key retire 7", vec![], 66),
        ] {
            screens.push(screen(&world.sit(line, at_once(&typed)).exits(exit)));
            assert_eq!(world.dump(), before);
        }
        screens.push(screen(&world.sit("key retire 103142718", at_once(&[yes, "000103142718"])).exits(0)));
        screens.push(screen(&world.sit("key retire 103142719 103142720", at_once(&[yes, "2"])).exits(0)));
        screens.push(screen(&world.run("key retire 103142718 --yes").exits(69)));
        screens.push(screen(&world.pipe("check jdupont", &[&world.passcode(0)]).exits(1)));
        screens.push(screen(&world.run("cle retirer 103142721").exits(64)));
        screens.join("\n")
    }));
}

#[test]
fn what_is_wrong_with_a_list_of_keys_to_be_retired_is_said_and_nobody_is_asked() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("key retire 103142720 --yes").exits(0);
        world.lay("scrap.csv", b"serial\n103142719\n103142720\n7\n");
        let before = world.dump();
        let mut screens = Vec::new();
        for (line, exit) in [("key retire --from TMP/scrap.csv", 65), ("key retire 103142719 103142720", 69)] {
            screens.push(screen(&world.sit(line, Vec::new()).exits(exit)));
        }
        assert_eq!(world.dump(), before);
        screens.join("\n")
    }));
}

#[test]
fn a_list_of_keys_of_which_some_cannot_be_taken_is_told_whole_and_changes_nothing() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let list = "serial\n103142718\n103142719\n-x\n7\n103142718\n";
        let before = world.dump();
        world.feed("key suspend --from -", list.as_bytes()).exits(65);
        world.feed("key suspend --from - --dry-run -o json", list.as_bytes()).exits(65);
        world.run("key ship --range 103142719..103142730 --to 0750655E").exits(66);
        world.run("key ship --range 103142730..103142719 --to 0750655E").exits(64);
        world.run("key ship 103142719").exits(64);
        world.run("key ship 103142719 --to 0750656F").exits(66);
        world.run("key suspend").exits(64);
        world.run("key suspend 103142718 --from x").exits(64);
        world.run("key found 103142718 --restore").exits(64);
        world.run("key found 103142718 --restore --reason ''").exits(64);
        assert_eq!(world.dump(), before);
        world.story()
    }));
}

#[test]
fn machines_are_told_what_becomes_of_each_key() {
    let world = world("fr_FR.UTF-8");
    let trial = world.run("cle perdue 103142718 103142719 --dry-run -o json").exits(0).json();
    assert_eq!(trial["dry_run"], true);
    let told = world.run("cle perdue 103142718 103142719 -o json").exits(0).json();
    assert_eq!((&told["schema"], &told["dry_run"]), (&json!("cleotp.key-lost/1"), &json!(false)));
    assert_eq!(told["keys"], trial["keys"]);
    assert_eq!(
        told["keys"][0],
        json!({
            "serial": "103142718", "before": "active", "after": "lost", "login": "jdupont",
            "establishment": null, "shipped_to": null, "shipped_at": null,
        })
    );
    let shown = world.run("key show 103142718 103142719 -o json").exits(0).json();
    assert_eq!(
        (&shown["keys"][0]["before_loss"], &shown["keys"][1]["before_loss"]),
        (&json!("active"), &json!("stock"))
    );
    let events = world.run("audit list --action key-lost -o json").exits(0).json();
    assert_eq!(events["events"].as_array().unwrap().len(), 2);
    assert_eq!(world.run("audit verify -o json").exits(0).json()["intact"], true);
}
