//! RSA's token records, from the file to a passcode that is accepted.

use crate::bad_input::in_both;
use crate::support::{PIN, World};

#[test]
fn token_records_come_in_and_what_is_wrong_with_them_is_told() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::empty(lang);
        world.run("init").exits(0);
        world.lay("right", &std::fs::read("fixtures/seeds/sdtid-passphrase.key").unwrap());
        world.lay("wrong", b"not this one\n");
        world.forget();
        world.run("import fixtures/seeds/sdtid-passphrase.xml").exits(65);
        world.run("import --passphrase-file TMP/wrong fixtures/seeds/sdtid-passphrase.xml").exits(65);
        world.run("import --passphrase-file TMP/right fixtures/seeds/sdtid-passphrase.xml").exits(0);
        world.run("import fixtures/seeds/sdtid-counts.xml").exits(0);
        for defect in [
            "token-altered",
            "header-altered",
            "version",
            "serial",
            "interval",
            "mode",
            "alg-0",
            "pin-in-code",
            "digits-7",
        ] {
            world.run(&format!("import fixtures/seeds/bad-sdtid-{defect}.xml")).exits(65);
        }
        world.run("import fixtures/seeds/bad-sdtid.xml").exits(65);
        world.run("import fixtures/seeds/bad-ctf.txt").exits(65);
        world.story()
    }));
}

#[test]
fn at_a_terminal_the_passphrase_is_asked_for() {
    let world = World::empty("fr_FR.UTF-8");
    world.run("init").exits(0);
    let passphrase = String::from_utf8(std::fs::read("fixtures/seeds/sdtid-passphrase.key").unwrap()).unwrap();
    let told = world.sit("import fixtures/seeds/sdtid-passphrase.xml", vec![(5, passphrase.trim().to_owned())]);
    let told = told.exits(0);
    assert!(told.err.contains("Phrase secrète du fichier"), "{}", told.shown());
}

#[test]
fn a_securid_key_goes_through_the_guide() {
    // What stoken shows for this key at the start, and half a minute later.
    let display = ["65238592", "56078904"];
    let world = World::empty("C");
    world.run("init").exits(0);
    world.run("establishment add 0860034V 'Lycée Aliénor'").exits(0);
    world.run("user add jdupont --name 'Jeanne Dupont' --establishment 0860034V").exits(0);
    world.run("import fixtures/seeds/sdtid-batch.xml").exits(0);
    // RSA writes the number on the back with zeroes in front.
    world.run("key assign 000103142720 jdupont").exits(0);
    let code = world.run("activation new jdupont").exits(0).code();
    world.pipe("activate jdupont 103142720", &[&code]).exits(0);
    let ticket = world.pipe("check jdupont", &[display[0]]).exits(10).ticket();
    world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(0);
    world.pipe("check jdupont", &[&format!("{PIN}{}", display[0])]).exits(1);
    world.advance(30);
    world.pipe("check jdupont", &[&format!("{PIN}{}", display[1])]).exits(0);
    world.pipe("check jdupont", &[&format!("{PIN}{}", display[1])]).exits(1);
}
