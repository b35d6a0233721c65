//! Encrypted seed files, as somebody imports them who was sent a key or passphrase apart.

use crate::bad_input::in_both;
use crate::support::World;

const SEEDS: &str = "fixtures/seeds";

fn world(lang: &'static str) -> World {
    let world = World::empty(lang);
    world.run("init").exits(0);
    for key in ["pskc-passphrase.key", "pskc-preshared-demo.key", "pskc-preshared-wrong.key"] {
        world.lay(key, &std::fs::read(format!("{SEEDS}/{key}")).unwrap());
    }
    world.forget();
    world
}

#[test]
fn a_key_or_passphrase_comes_from_its_file_and_a_wrong_one_is_told() {
    let said = in_both(|lang| {
        let world = world(lang);
        let before = world.dump().0;
        world.run(&format!("import {SEEDS}/pskc-passphrase-sha256.xml")).exits(65);
        let psk = "--psk-file TMP/pskc-preshared-demo.key";
        world.run(&format!("import {SEEDS}/pskc-passphrase-sha256.xml {psk}")).exits(65);
        world
            .run(&format!("import {SEEDS}/bad-passphrase-other.xml --passphrase-file TMP/pskc-passphrase.key"))
            .exits(65);
        world.run(&format!("import {SEEDS}/bad-key-length.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/bad-cipher-rsa.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/bad-x509.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/pskc-unauthenticated.xml {psk}")).exits(65);
        let wrong = "--psk-file TMP/pskc-preshared-wrong.key --accept-unauthenticated";
        world.run(&format!("import {SEEDS}/pskc-unauthenticated.xml {wrong}")).exits(65);
        world.run(&format!("import {SEEDS}/pskc-cipher-unnamed.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/pskc-cipher-unnamed.xml {psk} --cipher aes-64")).exits(64);
        assert_eq!(world.dump().0, before, "nothing of them was kept");
        world
            .run(&format!("import {SEEDS}/pskc-passphrase-sha256.xml --passphrase-file TMP/pskc-passphrase.key"))
            .exits(0);
        world.run(&format!("import {SEEDS}/pskc-cipher-unnamed.xml {psk} --cipher AES128-CBC")).exits(0);
        world.run(&format!("import {SEEDS}/pskc-unauthenticated.xml {psk} --accept-unauthenticated")).exits(0);
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn drafts_that_encrypt_in_their_own_way_come_in_with_their_key_or_passphrase() {
    let said = in_both(|lang| {
        let world = world(lang);
        let before = world.dump().0;
        let (psk, passphrase) = ("--psk-file TMP/pskc-preshared-demo.key", "--passphrase-file TMP/pskc-passphrase.key");
        world.run(&format!("import {SEEDS}/pskc-draft-actividentity.xml")).exits(65);
        world
            .run(&format!("import {SEEDS}/pskc-draft-actividentity.xml --psk-file TMP/pskc-preshared-wrong.key"))
            .exits(65);
        world.run(&format!("import {SEEDS}/pskc-draft-2006-passphrase.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/bad-draft-2006-other-passphrase.xml {passphrase}")).exits(65);
        world.run(&format!("import {SEEDS}/bad-draft-mac-wrong.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/bad-draft-mac-missing.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/bad-draft-encryption-twice.xml {psk}")).exits(65);
        world.run(&format!("import {SEEDS}/pskc-draft-unauthenticated.xml {psk}")).exits(65);
        assert_eq!(world.dump().0, before, "nothing of them was kept");
        world.run(&format!("import {SEEDS}/pskc-draft-actividentity.xml {psk}")).exits(0);
        world.run(&format!("import {SEEDS}/pskc-draft-2006-passphrase.xml {passphrase}")).exits(0);
        world.run(&format!("import {SEEDS}/pskc-draft-unauthenticated.xml {psk} --accept-unauthenticated")).exits(0);
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn at_a_terminal_what_the_file_needs_is_asked_for() {
    let said = in_both(|lang| {
        let world = world(lang);
        let passphrase = "Phrase secr\u{e8}te de d\u{e9}monstration";
        let asked = world.sit(&format!("import {SEEDS}/pskc-passphrase-sha1.xml"), vec![(0, passphrase.to_owned())]);
        asked.exits(0);
        let key = String::from_utf8(std::fs::read(format!("{SEEDS}/pskc-preshared-32.key")).unwrap()).unwrap();
        let asked = world.sit(&format!("import {SEEDS}/pskc-cipher-aes256-cbc.xml"), vec![(0, key.trim().to_owned())]);
        asked.exits(0);
        world.sit(&format!("import {SEEDS}/pskc-passphrase-sha256.xml"), vec![(0, "autre".to_owned())]).exits(65);
        world
            .told
            .borrow()
            .iter()
            .map(|told| format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit))
            .collect::<String>()
    });
    assert!(!said.contains("monstration"));
    insta::assert_snapshot!(said);
}
