//! `pin change`, by a script and at a terminal.

use super::support::{LOGIN, PIN, World};

const NEW: &str = "8352";

fn told_in(lang: &'static str) -> String {
    let world = World::in_use(lang);
    world.forget();
    world.pipe("pin change jdupont", &["4577000000", NEW, NEW]).exits(1);
    world.advance(60);
    let unfit = world.pipe("pin change jdupont", &[&world.passcode(0), "1234", "1234"]).exits(69);
    world.pipe("pin set jdupont --ticket", &[&unfit.ticket(), NEW, NEW]).exits(0);
    world.advance(60);
    world.pipe("check jdupont", &[&world.passcode(0)]).exits(1);
    world.advance(60);
    world.pipe("check jdupont", &[&format!("{NEW}{}", world.display(0))]).exits(0);
    world.advance(60);
    let far = world.pipe("pin change jdupont", &[&format!("{NEW}{}", world.display(5)), "9463", "9463"]).exits(11);
    world.pipe("pin change jdupont --ticket", &[&far.ticket(), &world.display(6), "9463", "9463"]).exits(0);
    world.story()
}

#[test]
fn a_script_changes_a_pin_in_french() {
    insta::assert_snapshot!(told_in("fr"));
}

#[test]
fn a_script_changes_a_pin_in_english() {
    insta::assert_snapshot!(told_in("en"));
}

#[test]
fn a_holder_is_led_through_the_change_at_a_terminal() {
    let mut stories = Vec::new();
    for (lang, line) in [("fr", "code-pin changer jdupont"), ("en", "pin change jdupont")] {
        let world = World::in_use(lang);
        let typed = vec![
            (0, world.passcode(5)),
            (60, world.display(6)),
            (5, "1111".to_owned()),
            (2, "1111".to_owned()),
            (5, NEW.to_owned()),
            (2, NEW.to_owned()),
        ];
        let told = world.sit(line, typed).exits(0);
        stories.push(told.both);
        world.advance(60);
        world.pipe("check jdupont", &[&format!("{NEW}{}", world.display(6))]).exits(0);
    }
    insta::assert_snapshot!(stories.join("\n---\n"));
}

#[test]
fn the_answer_of_a_change_is_that_of_the_contract() {
    let world = World::in_use("fr");
    let told = world.pipe("pin change jdupont -o json", &[&world.passcode(0), PIN, PIN]).exits(69);
    assert_eq!(told.json()["reason"], "former");
    assert_eq!(told.json()["ticket"], told.ticket());
    let wrong = world.pipe("pin change nobody -o json", &[&world.passcode(0), NEW, NEW]).exits(1);
    let expected = serde_json::json!({"schema": "cleotp.pin/1", "login": "nobody", "result": "refused", "reason": null, "tries_left": 0});
    assert_eq!(wrong.json(), expected);
    let refused = world.pipe(&format!("pin change {LOGIN} -o json"), &[&world.passcode(0), NEW, NEW]).exits(1);
    assert_eq!(refused.json()["login"], LOGIN);
    assert_eq!(refused.json()["result"], "refused", "the passcode was spent by the first change");
}
