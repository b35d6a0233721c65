//! What is said around the slip: to whom it is refused, and where it went.

use crate::support::World;

fn refusals(lang: &'static str) -> String {
    let world = World::furnished(lang);
    let mut told = Vec::new();
    let mut tell = |line: &str| {
        let screen = world.sit(line, Vec::new());
        told.push(format!("$ cleotp {line}\n{}({})\n", screen.both, screen.exit));
    };
    tell("bordereau jdupont");
    tell("slip");
    tell("slip jdupont --all");
    tell("slip jdupont --receipts --new-code");
    tell("slip --all --output TMP/all.pdf");
    tell("slip jdupont --output TMP/slip.pdf");
    tell("slip nobody --output TMP/slip.pdf");
    world.run("user add tokyo --name 東京 --establishment 0860034V").exits(0);
    world.run("key assign 103142718 jdupont").exits(0);
    world.run("key assign 103142719 tokyo").exits(0);
    let mut tell = |line: &str| {
        let screen = world.sit(line, Vec::new());
        told.push(format!("$ cleotp {line}\n{}({})\n", screen.both, screen.exit));
    };
    tell("slip jdupont --output TMP/slip.pdf");
    tell("slip jdupont --output TMP/slip.pdf");
    tell("bordereau --all --new-code --output TMP/all.pdf");
    tell("slip --all --receipts --output TMP/list.pdf");
    tell("slip jdupont --output TMP/json.pdf -o json");
    told.join("\n")
}

#[test]
fn what_is_said_around_the_slip_in_french() {
    insta::assert_snapshot!(refusals("fr_FR.UTF-8"));
}

#[test]
fn what_is_said_around_the_slip_in_english() {
    insta::assert_snapshot!(refusals("C"));
}
