//! Another key in the place of one that is worn out, broken or lost, and what is told of both.

use crate::bad_input::in_both;
use crate::support::{PIN, World, code};

const NEW: &str = "103142719";

/// What the new key shows.
fn shown(world: &World) -> String {
    code(NEW, world.time_now(), 0)
}

/// The new key is activated by its user.
fn activate(world: &World) {
    let code = world.run("activation new jdupont").exits(0).code();
    world.pipe("activate jdupont 103142719", &[&code]).exits(0);
}

#[test]
fn a_key_is_replaced_and_its_holder_keeps_the_pin() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::in_use(lang);
        world.forget();
        world.run("key replace 103142718 103142719 --keep-pin").exits(0);
        world.run("key show 103142718 103142719").exits(0);
        world.run("user show jdupont").exits(0);
        world.run("user show jdupont -o json").exits(0);
        activate(&world);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
        world.pipe("check jdupont", &[&format!("{PIN}{}", shown(&world))]).exits(0);
        world.run("key show 103142718 103142719").exits(0);
        world.run("audit list --since 2026-11-24T09:14:00Z").exits(0);
        world.story()
    }));
}

#[test]
fn a_lost_key_is_replaced_with_a_new_pin() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::in_use(lang);
        world.forget();
        world.run("key lost 103142718").exits(0);
        world.run("key replace 103142718 103142719").exits(0);
        activate(&world);
        world.run("key show 103142719").exits(0);
        let ticket = world.pipe("check jdupont", &[&shown(&world)]).exits(10).ticket();
        world.pipe("pin set jdupont --ticket", &[&ticket, "9182", "9182"]).exits(0);
        world.advance(60);
        world.pipe("check jdupont", &[&format!("9182{}", shown(&world))]).exits(0);
        world.run("key found 103142718").exits(69);
        world.story()
    }));
}

#[test]
fn a_replacement_is_refused_with_what_helps_and_taken_back() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::activated(lang);
        world.forget();
        for line in [
            "key replace 103142718",
            "key replace 103142718 103142718",
            "key replace 103142720 103142719",
            "key replace 103142718 999",
            "key replace 103142718 103142719 --keep-pin",
        ] {
            let told = world.run(line);
            assert!([64, 66, 69].contains(&told.exit), "{}", told.shown());
        }
        world.run("key replace 103142718 103142719").exits(0);
        world.run("key replace 103142718 103142720").exits(69);
        world.run("key unassign 103142719").exits(0);
        world.run("key replace 103142718 103142720").exits(0);
        world.run("key return 103142718").exits(0);
        world.run("key show 103142720").exits(0);
        world.story()
    }));
}

#[test]
fn keys_are_replaced_by_a_list_all_or_none() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::in_use(lang);
        world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
        world.run("key assign 103142720 amartin").exits(0);
        world.forget();
        world.lay(
            "wrong.csv",
            "ancienne;nouvelle\r\n103142718;103142719\r\n103142720;103142721\r\n;103142722\r\n".as_bytes(),
        );
        world.run("key replace --from TMP/wrong.csv").exits(65);
        // As a French spreadsheet writes it.
        world.lay(
            "right.csv",
            b"\xef\xbb\xbfAncienne cl\xc3\xa9;Nouvelle cl\xc3\xa9;Nom\r\n103142718;103142719;Dupont\r\n",
        );
        world.run("key replace --from TMP/right.csv --dry-run").exits(0);
        world.run("key replace --from TMP/right.csv -o json").exits(0);
        world.run("key replace --from TMP/right.csv").exits(65);
        world.story()
    }));
}

#[test]
fn a_screen_of_a_key_fits_the_terminal() {
    for lang in ["fr", "en"] {
        let world = World::in_use(lang);
        for name in ["aa", "bb", "cc", "dd", "ee"] {
            world.run("key return 103142718").exits(0);
            world.run(&format!("user add {name} --name '{name} {name}' --establishment 0860034V")).exits(0);
            world.run(&format!("key assign 103142718 {name}")).exits(0);
            world.advance(86_400);
        }
        let code = world.run("activation new ee").exits(0).code();
        world.pipe("activate ee 103142718", &[&code]).exits(0);
        world.run("key replace 103142718 103142719").exits(0);
        let told = world.run("key show 103142718").exits(0);
        assert!(told.out.lines().count() <= 24, "{}", told.shown());
        assert!(told.out.lines().all(|line| line.chars().count() <= 80), "{}", told.shown());
        let key = world.run("key show 103142718 -o json").exits(0).json()["keys"][0].clone();
        let holders: Vec<&str> =
            key["holders"].as_array().unwrap().iter().map(|holder| holder["login"].as_str().unwrap()).collect();
        assert_eq!(holders, ["ee", "dd", "cc", "bb", "aa", "jdupont"]);
        assert_eq!((&key["replaced_by"], &key["next_ending"]), (&"103142719".into(), &"new-pin".into()));
    }
}
