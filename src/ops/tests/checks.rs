//! Passcodes: accepted once, asked for again, refused, waited for and locked.

use super::*;

#[test]
fn the_guide_from_end_to_end() {
    let house = House::activated();
    assert_eq!(house.key().state, State::Active);
    let ticket = house.new_pin_ticket("alice");
    assert!(matches!(house.set_pin("alice", &ticket, PIN, PIN), PinAnswer::Set { .. }));
    assert!(house.key().pin.is_provisional());
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "replay");
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    assert_eq!(house.key().pin, pin::Standing::Set);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "replay");
    assert!(matches!(house.resync("alice", &[37, 38]), ResyncAnswer::Resynchronised(found) if found.drift == Some(38)));
    house.minutes(1);
    assert!(matches!(house.check("ALICE", PIN, 39), Answer::Accepted));
    house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
    assert!(house.key().pin.is_none());
    house.minutes(1);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(39)), None), "no-pin-yet");
    assert!(matches!(house.check("alice", "", 39), Answer::NewPinRequired(_)));
}

#[test]
fn a01_a_replay_is_refused_in_its_step_and_the_next_and_counts_for_the_waits() {
    let house = House::in_use();
    let typed = format!("{PIN}{}", house.shown(0));
    assert!(matches!(house.type_in("alice", &typed, None), Answer::Accepted));
    let watermark = house.key().watermark;
    assert_eq!(house.refused("alice", &typed, None), "replay");
    house.minutes(1);
    assert_eq!(house.refused("alice", &typed, None), "replay");
    assert_eq!(house.key().watermark, watermark);
    let tally = house.in_full().tally;
    assert_eq!((tally.unforgiven, tally.failures), (2, 0));
}

#[test]
fn a02_the_same_passcode_at_many_desks_at_once_opens_once() {
    let house = House::in_use();
    let typed = format!("{PIN}{}", house.shown(0));
    let opened = at_eight_desks(&house, |desk| {
        let request = Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
        matches!(desk.check(&request).unwrap(), Answer::Accepted)
    });
    assert_eq!(opened, 1);
}

#[test]
fn a05_what_has_not_the_form_of_a_passcode_is_refused_and_counted() {
    let house = House::in_use();
    for (number, typed) in ["", " 123456", "４５７６768950"].iter().enumerate() {
        assert_eq!(house.refused("alice", typed, None), "grammar");
        assert_eq!(house.in_full().tally.both_wrong, number as u32 + 1);
    }
}

#[test]
fn a05_a_used_passcode_in_another_spelling_is_refused_and_counted_and_never_looked_at() {
    let house = House::in_use();
    let used = format!("{PIN}{}", house.shown(0));
    assert!(matches!(house.type_in("alice", &used, None), Answer::Accepted));
    let key = house.key();
    let digits = |zero: char| -> String {
        used.chars().map(|digit| char::from_u32(u32::from(zero) + digit.to_digit(10).unwrap()).unwrap()).collect()
    };
    let (pin, code) = used.split_at(4);
    for typed in [
        format!(" {used}"),
        format!("{used} "),
        format!("{used}\n"),
        format!("{used}\r"),
        format!("{pin} {code}"),
        format!("{pin}\u{a0}{code}"),
        format!("\u{a0}{used}"),
        format!("{used}\u{200b}"),
        digits('０'),
        digits('٠'),
        format!("+{used}"),
        format!("0x{used}"),
        format!("{used}\0"),
        format!("{pin}-{code}"),
    ] {
        assert_eq!(house.refused("alice", &typed, None), "grammar", "{typed:?}");
        assert_eq!(house.in_full().tally.both_wrong, 1, "{typed:?}");
        assert_eq!((house.key().watermark, house.key().clockwork), (key.watermark, key.clockwork), "{typed:?}");
        house.desk().unlock_keys(&[listed(serial(KEY))], false).unwrap().unwrap();
    }
    assert_eq!(house.refused("alice", &used, None), "replay");
}

#[test]
fn a06_a_resync_takes_two_codes_in_a_row_above_the_watermark_and_spends_both() {
    let house = House::in_use();
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    let pairs: [&[i64]; 7] = [&[0, 1], &[-1, 0], &[2, 1], &[1, 3], &[1, 1], &[1], &[]];
    for pair in pairs {
        let answer = house.resync(KEY, pair);
        assert!(matches!(answer, ResyncAnswer::Refused { .. }), "{pair:?}: {answer:?}");
        house.desk().unlock_keys(&[listed(serial(KEY))], false).unwrap().unwrap();
    }
    assert!(matches!(house.resync(KEY, &[1, 2]), ResyncAnswer::Resynchronised(_)));
    for offset in [1, 2] {
        assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(offset)), None), "replay");
    }
}

#[test]
fn a09_a_code_changes_the_row_of_its_own_key_and_of_no_other() {
    let house = House::in_use();
    let row = |key: &str| house.behind().row("keys", key);
    // One takes the place of the other: both are hers, and a third lies in stock.
    house.replace(super::replace::Pin::New).unwrap();
    house.activate_new();
    let before = [KEY, OTHER, "103142720"].map(row);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    let after = [KEY, OTHER, "103142720"].map(row);
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1..], after[1..]);
    // The old one is retired by the first code of the new one, and is not looked at any more.
    house.minutes(1);
    house.begin_new();
    house.minutes(1);
    let before = [KEY, OTHER, "103142720"].map(row);
    let reason = house.is_refused(PIN, KEY, 0);
    assert!(["wrong-code", "both-wrong"].contains(&reason.as_str()), "{reason}");
    assert_eq!(before, [KEY, OTHER, "103142720"].map(row));
    assert!(matches!(house.types(super::replace::ANOTHER_PIN, OTHER, 0), Answer::Accepted));
    let after = [KEY, OTHER, "103142720"].map(row);
    assert_eq!((&before[0], &before[2]), (&after[0], &after[2]));
    assert_ne!(before[1], after[1]);
}

#[test]
fn a10_codes_of_a_resynchronisation_are_spent_for_every_other_path() {
    let house = House::in_use();
    assert!(matches!(house.resync(KEY, &[0, 1]), ResyncAnswer::Resynchronised(_)));
    for offset in [0, 1] {
        assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(offset)), None), "replay");
    }
    let again = house.resync(KEY, &[1, 2]);
    assert!(matches!(again, ResyncAnswer::Refused { reason: passcode::Reason::Replay, .. }), "{again:?}");
}

#[test]
fn a16_a_key_given_to_another_user_opens_with_nothing_of_the_first() {
    let house = House::in_use();
    let last = house.shown(0);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    let watermark = house.key().watermark;
    house.does(KEY, Deed::Unassign).unwrap();
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(1)), None), "no-active-key");
    house.desk().assign_key(&serial(KEY), &login("bob")).unwrap();
    let issued = house.desk().issue_activation(&login("bob"), None).unwrap();
    assert_eq!(house.activate("bob", KEY, issued.code.expose()), Activated::Yes);
    assert_eq!(house.key().watermark, watermark);
    assert_eq!(house.refused("bob", &format!("{PIN}{}", house.shown(1)), None), "no-pin-yet");
    assert_eq!(house.refused("bob", &last, None), "replay");
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(1)), None), "no-active-key");
    house.minutes(1);
    assert!(matches!(house.check("bob", "", 0), Answer::NewPinRequired(_)));
}

#[test]
fn b04_a_key_with_a_pin_never_falls_back_to_the_code_alone() {
    let house = House::in_use();
    assert_eq!(house.refused("alice", &house.shown(0), None), "wrong-pin");
    assert_eq!(house.key().pin, pin::Standing::Set);
    assert_eq!(house.in_full().tally.wrong_pins, 1);
}

#[test]
fn b08_a_seed_from_another_row_is_tampering_and_the_attempt_stays_counted() {
    let house = House::in_use();
    house.behind().copy_seed(OTHER, KEY);
    let typed = format!("{PIN}{}", house.shown_by(OTHER, 0));
    let request = Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
    let answer = house.desk().check(&request);
    assert!(matches!(answer, Err(Error::Tampered(_))), "{answer:?}");
    assert_eq!(house.in_full().tally.unforgiven, 1);
    assert_eq!(house.told("integrity").len(), 1);
    house.minutes(2);
    let answer = house.desk().check(&request);
    assert!(matches!(answer, Err(Error::Tampered(_))), "{answer:?}");
    assert_eq!(house.in_full().tally.both_wrong, 1);
    assert_eq!(house.told("abandoned").len(), 1);
}

#[test]
fn a_dead_ticket_counts_against_nothing() {
    let house = House::in_use();
    let before = house.in_full().tally;
    let invented = "0123456789abcdef0123456789abcdef";
    for _ in 0..5 {
        assert_eq!(house.refused("alice", &house.shown(0), Some(invented)), "dead-ticket");
    }
    let ticket = house.next_code_ticket("alice", PIN, 5);
    house.seconds(5 * 60 + 1);
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "dead-ticket");
    assert_eq!(house.refused("alice", &house.shown(6), Some("")), "dead-ticket");
    let after = house.in_full().tally;
    assert_eq!((after.unforgiven, after.failures), (before.unforgiven, before.failures));
}

#[test]
fn the_next_code_with_its_ticket_opens_once_and_teaches_the_drift() {
    let house = House::in_use();
    let ticket = house.next_code_ticket("alice", PIN, 5);
    assert_eq!(house.refused("bob", &house.shown(6), Some(&ticket)), "no-active-key");
    assert!(house.set_pin("alice", &ticket, "9471", "9471") == PinAnswer::Refused);
    house.minutes(1);
    assert!(matches!(house.type_in("alice", &house.shown(5), Some(&ticket)), Answer::Accepted));
    assert_eq!(house.key().clockwork.drift.steps(), 5);
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "dead-ticket");
}

#[test]
fn a_wrong_next_code_spends_the_ticket() {
    let house = House::in_use();
    let ticket = house.next_code_ticket("alice", PIN, 5);
    house.minutes(1);
    assert_eq!(house.refused("alice", &house.wrong(), Some(&ticket)), "wrong-next-code");
    assert_eq!(house.refused("alice", &house.shown(5), Some(&ticket)), "dead-ticket");
    assert_eq!(house.in_full().tally.wrong_codes_in_window, 1);
}

#[test]
fn a_caller_without_tickets_answers_with_pin_and_next_code() {
    let house = House::in_use();
    house.next_code_ticket("alice", PIN, 5);
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 5), Answer::Accepted));
    assert_eq!(house.key().clockwork.drift.steps(), 5);
}

#[test]
fn a_newer_ticket_and_a_reset_kill_the_former_one() {
    let house = House::in_use();
    let former = house.next_code_ticket("alice", PIN, 5);
    let newer = house.next_code_ticket("alice", PIN, 7);
    house.minutes(1);
    assert_eq!(house.refused("alice", &house.shown(5), Some(&former)), "dead-ticket");
    house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
    assert_eq!(house.refused("alice", &house.shown(7), Some(&newer)), "dead-ticket");
}

#[test]
fn after_three_failures_a_right_passcode_waits_and_then_needs_the_next_code() {
    let house = House::in_use();
    let wrong = format!("{PIN}{}", house.wrong());
    for _ in 0..3 {
        assert_eq!(house.refused("alice", &wrong, None), "wrong-code");
    }
    let counted = house.in_full().tally;
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "waiting");
    let events = house.events().len();
    for _ in 0..4 {
        assert!(matches!(house.check("alice", PIN, 0), Answer::Refused));
    }
    assert_eq!(house.events().len(), events, "one event for a wait");
    assert_eq!(house.in_full().tally, counted);
    house.seconds(5);
    let ticket = house.next_code_ticket("alice", PIN, 0);
    let told = house.told("waiting");
    assert_eq!(told.iter().map(|record| record.event.count).collect::<Vec<_>>(), [None, Some(4)]);
    house.minutes(1);
    assert!(matches!(house.type_in("alice", &house.shown(0), Some(&ticket)), Answer::Accepted));
    assert_eq!(house.in_full().tally.failures, 0);
}

#[test]
fn waits_are_of_a_key_and_a_source() {
    let house = House::in_use();
    let from = |source, typed: &str| {
        let request = Request { aim: Aim::Enter, login: &login("alice"), typed, ticket: None, source: Some(source) };
        house.desk().check(&request).unwrap()
    };
    for _ in 0..3 {
        assert!(matches!(from("192.0.2.1", &format!("0007{}", house.wrong())), Answer::Refused));
    }
    assert!(matches!(from("192.0.2.1", &format!("{PIN}{}", house.shown(0))), Answer::Refused));
    assert!(matches!(from("192.0.2.2", &format!("{PIN}{}", house.shown(0))), Answer::NextCodeRequired(_)));
}

#[test]
fn b15_a_flood_from_one_address_locks_nobody_out_who_calls_from_another() {
    let house = House::in_use();
    house.equip_bob();
    let from = |source, name: &str, typed: &str| {
        let request = Request { aim: Aim::Enter, login: &login(name), typed, ticket: None, source: Some(source) };
        house.desk().check(&request).unwrap()
    };
    for number in 1..=40 {
        assert!(matches!(from("192.0.2.1", "alice", &format!("0007{}", house.wrong())), Answer::Refused));
        // No wait is longer than a quarter of an hour: each of these tries was looked at.
        assert_eq!(house.in_full().tally.both_wrong, number);
        house.minutes(15);
    }
    assert_eq!(house.key().lock, None);
    let alarms = house.told("many-wrong-tries");
    assert_eq!(alarms.len(), 1);
    assert_eq!((alarms[0].event.outcome, alarms[0].event.count), (Outcome::Alarm, Some(20)));
    // She waits for nothing: the next code is asked for, as after any three failures.
    let answer = from("192.0.2.2", "alice", &format!("{PIN}{}", house.shown(0)));
    let Answer::NextCodeRequired(challenge) = answer else { panic!("{answer:?}") };
    house.minutes(1);
    assert!(matches!(house.type_in("alice", &house.shown(0), Some(&challenge.ticket)), Answer::Accepted));
    let answer = from("192.0.2.1", "bob", &house.shown_by(OTHER, 0));
    assert!(matches!(answer, Answer::NewPinRequired(_)), "{answer:?}");
}

#[test]
fn eight_wrong_pins_with_right_codes_lock_the_key_until_it_is_unlocked() {
    let house = House::in_use();
    for number in 1..=8 {
        assert_eq!(house.key().lock, None, "{number}");
        assert_eq!(house.refused("alice", &format!("9471{}", house.shown(0)), None), "wrong-pin");
        house.minutes(16);
    }
    assert_eq!(house.key().lock, Some(Lock::WrongPins));
    assert_eq!(house.told("wrong-pins").len(), 1);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "locked");
    let watermark = house.key().watermark;
    assert_eq!(house.desk().unlock_keys(&[listed(serial(KEY))], false).unwrap().unwrap(), [(serial(KEY), true)]);
    assert_eq!(house.key().watermark, watermark);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn sixty_wrong_codes_with_the_right_pin_lock_the_key_whatever_was_accepted_between() {
    let house = House::in_use();
    for _ in 0..30 {
        house.fail(2);
        assert_eq!(house.key().lock.is_some(), house.in_full().tally.wrong_codes_in_window == 60);
        if house.key().lock.is_none() {
            assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
            house.minutes(1);
        }
    }
    assert_eq!(house.key().lock, Some(Lock::WrongCodes));
}

#[test]
fn a_disabled_user_is_refused_and_his_ticket_dies() {
    let house = House::in_use();
    let ticket = house.next_code_ticket("alice", PIN, 5);
    house.desk().enable_users(&[listed(login("alice"))], false, false).unwrap().unwrap();
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "user-disabled");
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "user-disabled");
    house.desk().enable_users(&[listed(login("alice"))], true, false).unwrap().unwrap();
    assert_eq!(house.refused("alice", &house.shown(6), Some(&ticket)), "dead-ticket");
}

#[test]
fn e05_an_unknown_login_is_refused_and_kept_as_a_hash() {
    let house = House::furnished();
    assert_eq!(house.refused("4576768950", "123456", None), "unknown-user");
    let last = house.events().pop().unwrap();
    assert!(last.event.subject.unknown_login.is_some());
    assert_eq!(last.event.subject.user, None);
}
