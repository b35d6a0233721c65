//! The check at a terminal, through all four answers, with the prompts as somebody sees them.

use crate::support::{LOGIN, PIN, SERIAL, START, Told, World, code};

/// Writes what the screen showed, then the exit status.
fn screen(told: &Told) -> String {
    format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit)
}

fn typed(text: &str) -> (i64, String) {
    (0, text.to_owned())
}

/// Leads a user through the first connection, a day of drift, and a refusal.
fn sit_through(lang: &'static str) -> String {
    let world = World::furnished(lang);
    world.run("key assign 103142718 jdupont").exits(0);
    let activation = world.run("activation new jdupont").exits(0).code();
    let mut screens = vec![screen(&world.sit("activate jdupont 103142718", vec![typed(&activation)]).exits(0))];
    // One code alone; PINs that are not fit, and one that is; then, a minute later, PIN and new code.
    let later = code(SERIAL, START + 60, 0);
    let first = vec![
        typed(&world.display(0)),
        typed("1234"),
        typed("1234"),
        typed("4576"),
        typed("4567"),
        typed(PIN),
        typed(PIN),
        (60, format!("{PIN}{later}")),
    ];
    screens.push(screen(&world.sit("check jdupont", first).exits(0)));
    // The clock of the key runs five minutes ahead: the next code is asked for.
    world.advance(3_600);
    let next = code(SERIAL, START + 3_660 + 60, 5);
    let drifted = vec![typed(&world.passcode(5)), (60, next)];
    screens.push(screen(&world.sit("check jdupont", drifted).exits(0)));
    world.advance(60);
    screens.push(screen(&world.sit("check jdupont", vec![typed(&format!("9035{}", world.display(5)))]).exits(1)));
    let resync = vec![typed(&world.display(30)), (60, code(SERIAL, START + 3_840, 30))];
    screens.push(screen(&world.sit("key resync 103142718", resync).exits(0)));
    for told in world.told.borrow().iter().filter(|told| !told.line.starts_with("activation")) {
        for secret in [PIN, activation.as_str()] {
            assert!(!told.heard().contains(secret), "{}", told.both);
        }
    }
    let shown = screens.join("\n");
    assert!(shown.contains(LOGIN));
    shown
}

#[test]
fn a_user_is_led_through_every_answer_in_french() {
    insta::assert_snapshot!(sit_through("fr_FR.UTF-8"));
}

#[test]
fn a_user_is_led_through_every_answer_in_english() {
    insta::assert_snapshot!(sit_through("C"));
}

/// Has three unfit PINs typed, then leaves a question without an answer.
fn give_up(lang: &'static str) -> String {
    let world = World::activated(lang);
    let mut lines = vec![typed(&world.display(0))];
    for unfit in ["1234", "0000", "1987"] {
        lines.extend([typed(unfit), typed(unfit)]);
    }
    let refused = screen(&world.sit("check jdupont", lines).exits(69));
    let left = World::activated(lang);
    let left = screen(&left.sit("check jdupont", vec![typed(&left.display(0))]));
    format!("{refused}\n{left}")
}

#[test]
fn three_unfit_pins_or_no_answer_end_the_check_in_french() {
    insta::assert_snapshot!(give_up("fr_FR.UTF-8"));
}

#[test]
fn three_unfit_pins_or_no_answer_end_the_check_in_english() {
    insta::assert_snapshot!(give_up("C"));
}

/// Has the next code asked for, and answers it in each way in which a wait can end.
fn wait_for_the_next_code(lang: &'static str) -> String {
    let world = World::in_use(lang);
    let mut screens = Vec::new();
    let drifted = |options: &str, ahead: i64, answers: &[(i64, &str)]| {
        world.advance(3_600);
        let next = world.display(ahead + 1);
        let mut lines = vec![typed(&world.passcode(ahead))];
        lines.extend(answers.iter().map(|(after, text)| (*after, text.replace("NEXT", &next))));
        let told = world.sit(&format!("check jdupont{options}"), lines).exits(0);
        assert!(!told.heard().contains(&next), "{}", told.both);
        screen(&told)
    };
    // Typed before the digits change by our clock; Enter alone because those on the key have changed; after the change.
    screens.push(drifted("", 6, &[(20, "NEXT")]));
    screens.push(drifted("", 13, &[(30, ""), (5, "NEXT")]));
    screens.push(drifted("", 20, &[(70, "NEXT")]));
    // For who hears the screen instead of seeing it, and for who wants no talk.
    screens.push(drifted(" --no-progress", 27, &[(60, "NEXT")]));
    screens.push(drifted(" --quiet", 34, &[(60, "NEXT")]));
    screens.join("\n")
}

#[test]
fn a_wait_for_the_next_code_ends_by_itself_or_by_who_waits_in_french() {
    insta::assert_snapshot!(wait_for_the_next_code("fr_FR.UTF-8"));
}

#[test]
fn a_wait_for_the_next_code_ends_by_itself_or_by_who_waits_in_english() {
    insta::assert_snapshot!(wait_for_the_next_code("C"));
}
