//! Whether somebody who has a file has a seed of it: decided once, when it is read.

use super::super::super::tests::House;
use super::*;

#[allow(clippy::disallowed_methods, reason = "tests read fixtures")]
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("fixtures/seeds/{name}")).unwrap()
}

/// Imports a fixture with what unlocks it, and tells whether its seeds are in clear.
fn in_clear(house: &House, bytes: Vec<u8>, psk: Option<&str>, passphrase: Option<&str>) -> (Answer, bool) {
    let mut guidance = Guidance::default();
    if let Some(name) = psk {
        guidance.unlock.give_pre_shared_key(fixture(name).into());
    }
    if let Some(name) = passphrase {
        guidance.unlock.give_passphrase(fixture(name).into());
    }
    let mut source = Cursor::new(bytes);
    let report = house.desk().import_file(&mut file_of(&mut source, &guidance, Wish::default())).unwrap();
    (report.answer, report.in_clear)
}

#[test]
fn a_file_is_in_clear_unless_what_was_given_opened_all_of_it() {
    let house = House::empty();
    let judge = |bytes: Vec<u8>, psk, passphrase, clear: bool, name: &str| {
        let (answer, found) = in_clear(&house, bytes, psk, passphrase);
        assert_eq!((answer, found), (Answer::Imported, clear), "{name}");
    };
    for name in ["entra-demo.csv", "otpauth-demo.txt", "pskc-cipher-none.xml", "sdtid-batch.xml"] {
        judge(fixture(name), None, None, true, name);
    }
    let both = [fixture("pskc-preshared-demo.xml"), fixture("pskc-mixed.xml")].concat();
    judge(both, Some("pskc-preshared-demo.key"), None, true, "seeds in clear behind sealed ones");
    for (name, psk, passphrase) in [
        ("pskc-preshared-demo.xml", Some("pskc-preshared-demo.key"), None),
        ("pskc-passphrase-sha256.xml", None, Some("pskc-passphrase.key")),
        ("sdtid-passphrase.xml", None, Some("sdtid-passphrase.key")),
    ] {
        judge(fixture(name), psk, passphrase, false, name);
    }
}

#[test]
fn whether_a_file_is_in_clear_is_decided_once_whatever_is_given_when_it_comes_again() {
    let house = House::empty();
    let sealed = "pskc-preshared-demo.xml";
    assert_eq!(in_clear(&house, fixture(sealed), Some("pskc-preshared-demo.key"), None), (Answer::Imported, false));
    assert_eq!(in_clear(&house, fixture("entra-demo.csv"), None, None), (Answer::Imported, true));
    for psk in [None, Some("pskc-preshared-demo.key"), Some("pskc-preshared-wrong.key")] {
        assert_eq!(in_clear(&house, fixture(sealed), psk, None), (Answer::AlreadyImported(1), false), "{psk:?}");
        assert_eq!(in_clear(&house, fixture("entra-demo.csv"), psk, None), (Answer::AlreadyImported(2), true));
    }
}
