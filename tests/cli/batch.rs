//! `batch`: what came in, whether it is right, and taking it back.

use crate::bad_input::in_both;
use crate::support::{START, Told, World, code, code_of};
use data_encoding::HEXLOWER;
use std::fs::File;

/// The seed of a key that no vendor has made.
const SEED: &[u8] = b"a seed for this batch";

fn screen(told: &Told) -> String {
    format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit)
}

fn at_once<T: AsRef<str>>(lines: &[T]) -> Vec<(i64, String)> {
    lines.iter().map(|line| (0, line.as_ref().to_owned())).collect()
}

/// Imports one key by a line of a vendor's list; it is batch 2.
fn with_key(lang: &'static str, serial: &str, line: &str) -> World {
    let world = World::furnished(lang);
    world.lay("list.csv", format!("{serial},{line}\n").as_bytes());
    world.run("import TMP/list.csv").exits(0);
    world
}

/// Gives the serials that are asked for one after the other when none of them is at hand; another world of the same kind asks
/// for the same ones.
fn drawn(world: &World, batch: i64) -> Vec<String> {
    let told = world.sit(&format!("batch verify {batch} --sample 5"), at_once(&[""; 5])).exits(1);
    let asked = told.err.split("Key ").skip(1).map(|part| part.split([':', ',']).next().unwrap().to_owned());
    asked.collect()
}

#[test]
fn a_batch_is_taken_back_by_who_means_it() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        let before = world.dump();
        let mut screens = Vec::new();
        for (line, typed, exit) in [
            ("batch undo 1", vec![""], 1),
            ("batch undo 1 --quiet", vec!["x"], 1),
            ("batch undo 1", vec![if lang == "C" { "y" } else { "o" }, "2"], 1),
            ("batch undo 7", vec![], 66),
        ] {
            screens.push(screen(&world.sit(line, at_once(&typed)).exits(exit)));
            assert_eq!(world.dump(), before);
        }
        let yes = if lang == "C" { " YES " } else { "Oui" };
        screens.push(screen(&world.sit("batch undo 1", at_once(&[yes, " 1"])).exits(0)));
        screens.push(screen(&world.run("batch list").exits(0)));
        screens.push(screen(&world.run("import fixtures/seeds/pskc-demo.xml").exits(0)));
        screens.push(screen(&world.run("batch show 2").exits(0)));
        screens.join("\n")
    }));
}

#[test]
fn a_batch_is_not_taken_back_where_nobody_can_be_asked_or_a_rule_forbids_it() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        world.run("activation new jdupont 103142719").exits(0);
        world.forget();
        let before = world.dump();
        world.run("batch undo 1").exits(64);
        world.run("batch undo 1 -o json").exits(64);
        world.run("batch undo 1 --yes").exits(69);
        assert_eq!(world.dump(), before);
        world.run("key assign 103142718 jdupont").exits(0);
        world.run("batch undo 1 --yes").exits(69);
        world.run("key unassign 103142718").exits(0);
        world.run("batch undo 1 --yes").exits(69);
        for (serial, login) in [("103142720", "amartin"), ("103142721", "cmorel"), ("103142722", "dpetit")] {
            world.run(&format!("user add {login} --name '{login}' --establishment 0860034V")).exits(0);
            world.run(&format!("key assign {serial} {login}")).exits(0);
        }
        world.run("batch undo 1 --yes").exits(69);
        world.run("batch undo 1 --yes -o json").exits(69);
        world.run("batch list").exits(0);
        world.story()
    }));
}

#[test]
fn an_import_on_its_way_is_waited_for_and_then_nothing_is_taken_back() {
    let world = World::furnished("C");
    let other = File::open(world.home()).unwrap();
    other.try_lock().unwrap();
    let before = world.dump();
    let told = world.run("batch undo 1 --yes").exits(75);
    assert!(told.err.contains("on its way"), "{}", told.err);
    assert_eq!(world.dump(), before);
    drop(other);
    world.run("batch undo 1 --yes").exits(0);
}

#[test]
fn machines_are_told_what_was_taken_back_and_the_audit_keeps_it() {
    let world = World::furnished("fr_FR.UTF-8");
    let imported = &world.run("batch list -o json").exits(0).json()["batches"][0];
    assert_eq!((&imported["new"], &imported["in_stock"], &imported["left_stock"]), (&5.into(), &5.into(), &0.into()));
    world.run("key assign 103142718 jdupont").exits(0);
    let batch = world.run("batch show 1 -o json").exits(0).json();
    assert_eq!((&batch["new"], &batch["in_stock"], &batch["left_stock"]), (&5.into(), &4.into(), &1.into()));
    let world = World::furnished("fr_FR.UTF-8");
    let undone = world.run("batch undo 1 --yes -o json").exits(0).json();
    assert_eq!(
        undone,
        serde_json::json!({
            "schema": "cleotp.batch-undo/1",
            "batch": 1,
            "file": "pskc-demo.xml",
            "sha256": imported["sha256"],
            "keys": 5,
            "cleared": true,
        })
    );
    let events = world.run("audit list --action batch-undo -o json").exits(0).json();
    let event = &events["events"][0];
    assert_eq!((&event["operator"], &event["batch"], &event["count"]), (&"admin".into(), &1.into(), &5.into()));
    assert_eq!((&event["file"], &event["sha256"]), (&"pskc-demo.xml".into(), &imported["sha256"]));
    world.run("key list --batch 1").exits(66);
    assert_eq!(world.run("audit verify -o json").exits(0).json()["intact"], true);
    assert_eq!(world.run("batch list -o json").exits(0).json()["batches"], serde_json::json!([]));
}

#[test]
fn keys_that_are_tried_show_what_was_imported() {
    let order = drawn(&World::furnished("C"), 1);
    assert_eq!(order.len(), 5);
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        let (counts, _) = world.dump();
        let shown = |place: usize, steps: i64| code(&order[place], START, steps);
        // Passed over, mistyped beyond any code, right; with blanks, ahead; behind.
        let split = shown(2, 3);
        let split = format!("{} {}", &split[..3], &split[3..]);
        let typed = ["".to_owned(), "12345".to_owned(), shown(1, 0), split, shown(3, -1)];
        let told = world.sit("batch verify 1", at_once(&typed)).exits(0);
        assert_eq!(world.dump().0, counts.replace("diagnoses 0", "diagnoses 3"));
        for code in &typed[2..] {
            assert!(!told.heard().contains(code.as_str()), "{}", told.both);
        }
        // Nothing was spent: the key comes into use, and its code opens.
        let events = world.run("audit list --action batch-verify -o json").exits(0).json();
        assert_eq!(events["events"].as_array().unwrap().len(), 3);
        assert_eq!(events["events"][0]["serial"], order[1].as_str());
        screen(&told)
    }));
}

#[test]
fn codes_that_are_wrong_are_asked_for_again_and_told_for_what_they_are() {
    let order = drawn(&World::furnished("C"), 1);
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        let shown = |serial: &str, after: i64, steps: i64| code(serial, START + after, steps);
        let neighbour = &order[4];
        let typed = vec![
            // Mistyped once: the next one is right.
            (0, "111111".to_owned()),
            (60, shown(&order[0], 60, 0)),
            // A neighbour's.
            (0, shown(neighbour, 60, 0)),
            (60, shown(neighbour, 120, 0)),
            // Mistyped, and the clock an hour ahead: two in a row are needed.
            (0, "222222".to_owned()),
            (60, shown(&order[2], 180, 60)),
            (60, shown(&order[2], 240, 60)),
            // Nothing at all.
            (0, "333333".to_owned()),
            (60, "12".to_owned()),
            (0, "444444".to_owned()),
            (60, "555555".to_owned()),
        ];
        screen(&world.sit("batch verify 1 --sample 4", typed).exits(1))
    }));
}

#[test]
fn a_batch_of_wrong_parameters_is_told_with_what_to_do() {
    insta::assert_snapshot!(in_both(|lang| {
        let mut screens = Vec::new();
        let seed = HEXLOWER.encode(SEED);
        let half = |after: i64| code_of(SEED, (START + after).div_euclid(30));
        // Imported with 60 seconds, made with 30.
        let world = with_key(lang, "77000001", &format!("{seed},totp,6,60"));
        screens.push(screen(&world.sit("batch verify 2", vec![(0, half(0)), (30, half(30))]).exits(1)));
        // A seed in base 32 that was taken for hexadecimal.
        let text = "2222333344445555666677772222333344445555";
        let real = data_encoding::BASE32_NOPAD.decode(text.as_bytes()).unwrap();
        let world = with_key(lang, "77000002", &format!("{text},totp,6,60"));
        let minute = |after: i64| code_of(&real, (START + after).div_euclid(60));
        screens.push(screen(&world.sit("batch verify 2", vec![(0, minute(0)), (60, minute(60))]).exits(1)));
        screens.join("\n")
    }));
}

#[test]
fn keys_with_a_button_are_tried_by_their_presses() {
    insta::assert_snapshot!(in_both(|lang| {
        let line = format!("{},hotp,6,12", HEXLOWER.encode(SEED));
        let tried = |typed: &[i64], exit: u8| {
            let world = with_key(lang, "77001240", &line);
            let typed: Vec<String> =
                typed.iter().map(|counter| code_of(SEED, (*counter).unsigned_abs() as i64)).collect();
            screen(&world.sit("batch verify 2", at_once(&typed)).exits(exit))
        };
        [tried(&[12], 0), tried(&[15], 0), tried(&[7], 1)].join("\n")
    }));
}

#[test]
fn keys_that_are_all_off_alike_make_one_think_of_the_clock() {
    let order = drawn(&World::furnished("C"), 1);
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        let shown = |place: usize, after: i64| code(&order[place], START + after, -120);
        let typed = vec![(0, shown(0, 0)), (60, shown(0, 60)), (0, shown(1, 60)), (60, shown(1, 120))];
        screen(&world.sit("batch verify 1 --sample 2", typed).exits(0))
    }));
}

#[test]
fn a_batch_that_cannot_be_tried_is_told_so() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        let mut screens = vec![
            screen(&world.run("batch verify 1").exits(64)),
            screen(&world.sit("batch verify 9", vec![]).exits(66)),
            screen(&world.sit("batch verify 1 --sample 0", vec![]).exits(64)),
            screen(&world.sit("batch verify 1", at_once(&[""; 5])).exits(1)),
            screen(&world.sit("batch verify 1", vec![]).exits(64)),
        ];
        let world = with_key(lang, "77000001", &format!("{},totp,6,60", HEXLOWER.encode(SEED)));
        world.run("key assign 77000001 jdupont").exits(0);
        screens.push(screen(&world.sit("batch verify 2", vec![]).exits(69)));
        screens.join("\n")
    }));
}

#[test]
fn machines_are_told_of_each_key_that_was_tried() {
    let order = drawn(&World::furnished("C"), 1);
    let told = ["C", "fr_FR.UTF-8"].map(|lang| {
        let world = World::furnished(lang);
        let typed = [code(&order[0], START, 3), String::new(), code(&order[2], START, 0)];
        let told = world.sit("batch verify 1 --sample 2 -o json", at_once(&typed)).exits(0).json();
        assert_eq!(
            (&told["schema"], &told["batch"], &told["tried"], &told["verdict"]),
            (&"cleotp.batch-verify/1".into(), &1.into(), &2.into(), &"right".into())
        );
        let key = &told["keys"][0];
        assert_eq!((&key["serial"], &key["right"]), (&order[0].as_str().into(), &true.into()));
        assert_eq!((&key["code"], &key["drift_seconds"]), (&"matches-drifted".into(), &180.into()));
        told
    });
    assert_eq!(told[0], told[1]);
}

#[test]
fn trials_that_match_nothing_are_limited_as_all_looks_are() {
    let world = with_key("C", "77000001", &format!("{},totp,6,60", HEXLOWER.encode(SEED)));
    let wrong = || vec![(0, "111111".to_owned()), (60, "222222".to_owned()), (60, "333333".to_owned())];
    // Two looks each.
    for _ in 0..5 {
        world.sit("batch verify 2", wrong()).exits(1);
    }
    world.sit("batch verify 2", wrong()).exits(75);
    // A right one tells nothing either.
    let right = code_of(SEED, (START + 600).div_euclid(60));
    world.sit("batch verify 2", vec![(0, right)]).exits(75);
}
