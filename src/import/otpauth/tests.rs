use super::super::tests::{fixture, run};
use super::*;

#[test]
fn labels_with_commas_and_escapes_are_one_key_each_and_namesakes_are_told_apart() {
    let outcome = run(&fixture("otpauth-demo.txt"), &Guidance::default(), false);
    let told: Vec<_> = outcome.keys.iter().map(|key| (key.serial.as_str(), key.parameters.algorithm.name())).collect();
    let expected = [
        ("2308101", "totp-sha1"),
        ("2308102", "totp-sha256"),
        ("Dupont-Jean", "totp-sha1"),
        ("Dupont-Marie", "totp-sha512"),
        ("2308105#Un", "totp-sha1"),
        ("2308105#Deux", "totp-sha1"),
    ];
    assert_eq!(told, expected);
}
