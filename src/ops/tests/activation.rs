//! Activation codes: claimed once, by the right user, for the right key.

use super::*;

#[test]
fn c01_every_claim_that_does_not_hold_has_one_answer() {
    let house = House::furnished();
    let mut desk = house.desk();
    let first = desk.issue_activation(&login("alice"), Some(&serial(KEY))).unwrap();
    let code = desk.issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    drop(desk);
    assert_eq!(house.activation_refused("nobody", KEY, code.expose()), "unknown-user");
    assert_eq!(house.activation_refused("bob", KEY, code.expose()), "no-activation-code");
    assert_eq!(house.activation_refused("alice", OTHER, code.expose()), "wrong-serial");
    assert_eq!(house.activation_refused("alice", KEY, first.code.expose()), "wrong-activation-code");
    house.minutes(16);
    assert_eq!(house.activation_refused("alice", "999999999", code.expose()), "wrong-serial");
    house.minutes(7 * 24 * 60);
    assert_eq!(house.activation_refused("alice", KEY, code.expose()), "activation-code-expired");
    let last = house.desk().issue_activation(&login("alice"), None).unwrap();
    house.desk().enable_users(&[listed(login("alice"))], false, false).unwrap().unwrap();
    assert_eq!(house.activation_refused("alice", KEY, last.code.expose()), "user-disabled");
    house.desk().enable_users(&[listed(login("alice"))], true, false).unwrap().unwrap();
    house.minutes(16);
    // Bound to no serial, and the key lies in stock of her establishment.
    assert_eq!(house.activate("alice", KEY, &last.code.expose().to_uppercase()), Activated::Yes);
    assert_eq!(house.activation_refused("alice", KEY, last.code.expose()), "activation-code-spent");
}

#[test]
fn a_code_of_no_key_takes_none_that_somebody_else_has_a_code_for() {
    let house = House::furnished();
    house.desk().issue_activation(&login("bob"), Some(&serial(KEY))).unwrap();
    let code = house.desk().issue_activation(&login("alice"), None).unwrap().code;
    assert_eq!(house.activation_refused("alice", KEY, code.expose()), "wrong-serial");
    house.desk().revoke_activations(&[listed(login("bob"))], false).unwrap().unwrap();
    assert_eq!(house.activate("alice", KEY, code.expose()), Activated::Yes);
}

#[test]
fn c06_a_letter_is_not_taken_for_the_digit_of_another_live_code() {
    let house = House::furnished();
    // Two codes of an earlier system, alike but for what is read for one another.
    let rows = [("alice", "6t605do7"), ("bob", "6t6o5do7")].map(|(name, code)| {
        let code = crate::activation::ActivationCode::parse(code).unwrap();
        listed(OldCode { login: login(name), code, serial: None, expires_at: None })
    });
    house.desk().import_codes(&rows, false).unwrap().unwrap();
    assert_eq!(house.activation_refused("alice", KEY, "6t6o5do7"), "wrong-activation-code");
    assert_eq!(house.activation_refused("bob", OTHER, "6t605do7"), "wrong-activation-code");
    assert_eq!(house.activate("alice", KEY, "6T60-5DO7"), Activated::Yes);
    assert_eq!(house.activate("bob", OTHER, " 6t6o 5do7"), Activated::Yes);
}

#[test]
fn c02_twenty_wrong_tries_with_the_right_serial_kill_a_code() {
    let house = House::furnished();
    let code = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    for _ in 0..3 {
        // Another serial counts for the waits alone.
        assert_eq!(house.activation_refused("alice", OTHER, "22222222"), "wrong-activation-code");
        house.minutes(16);
    }
    for number in 1..=20 {
        assert!(house.told("activation-code-killed").is_empty(), "{number}");
        assert_eq!(house.activation_refused("alice", KEY, "22222222"), "wrong-activation-code");
        house.minutes(16);
    }
    assert_eq!(house.told("activation-code-killed").len(), 1);
    assert_eq!(house.activation_refused("alice", KEY, code.expose()), "activation-code-dead");
    assert_eq!(house.key().state, State::Stock);
}

#[test]
fn wrong_claims_wait_as_wrong_codes_do() {
    let house = House::furnished();
    let code = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    for _ in 0..3 {
        house.activation_refused("alice", KEY, "22222222");
    }
    assert_eq!(house.activation_refused("alice", KEY, code.expose()), "waiting");
    assert_eq!(house.activate("alice", KEY, code.expose()), Activated::No);
    assert_eq!(house.told("waiting").len(), 1);
    house.seconds(5);
    assert_eq!(house.activate("alice", KEY, code.expose()), Activated::Yes);
    assert_eq!(house.told("waiting").last().unwrap().event.count, Some(1));
}

#[test]
fn c03_a_code_used_at_many_desks_at_once_activates_once() {
    let house = House::furnished();
    let code = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    let opened = at_eight_desks(&house, |desk| {
        desk.activate(&login("alice"), &serial(KEY), code.expose()).unwrap() == Activated::Yes
    });
    assert_eq!(opened, 1);
    assert_eq!(
        house
            .events()
            .iter()
            .filter(|record| record.event.action == Action::Activate && record.event.outcome == Outcome::Accepted)
            .count(),
        1
    );
}

#[test]
fn c07_a_new_code_kills_the_former_one_at_once() {
    let house = House::furnished();
    let former = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    let newer = house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap().code;
    assert_eq!(house.activation_refused("alice", KEY, former.expose()), "wrong-activation-code");
    assert_eq!(house.activate("alice", KEY, newer.expose()), Activated::Yes);
}

#[test]
fn c09_an_active_key_is_not_activated_again() {
    let house = House::in_use();
    let answer = house.desk().issue_activation(&login("alice"), None);
    assert!(matches!(answer, Err(Error::UserHasKey { state: State::Active, .. })), "{answer:?}");
    assert_eq!(house.activation_refused("alice", KEY, "22222222"), "activation-code-spent");
    assert_eq!(house.key().pin, pin::Standing::Set);
}
