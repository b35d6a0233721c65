//! One PIN for two keys, one of which takes the place of the other: tried as often as for one, and reset with both.

use super::replace::Pin;
use super::*;

#[test]
fn tries_with_either_key_make_wait_and_each_is_locked_by_what_was_tried_with_it() {
    let house = House::replaced(Pin::Kept);
    for _ in 0..3 {
        assert_eq!(house.refused("alice", &format!("{PIN}{}", house.wrong()), None), "wrong-code");
        house.minutes(16);
    }
    for _ in 0..3 {
        assert_eq!(house.is_refused("7391", OTHER, 0), "wrong-pin");
        house.minutes(16);
    }
    let tally = |key: &str| house.desk().show_key(&serial(key)).unwrap().tally;
    assert_eq!((tally(KEY).failures, tally(KEY).wrong_pins), (3, 0));
    assert_eq!((tally(OTHER).failures, tally(OTHER).wrong_pins), (3, 3));
    for number in 3..8 {
        assert_eq!(house.is_refused("7391", OTHER, 0), "wrong-pin");
        // Whichever key is typed next has to wait; the eighth locks this one, which then keeps nobody waiting.
        if number < 7 {
            assert_eq!(house.is_refused(PIN, KEY, 0), "waiting");
        }
        house.minutes(16);
    }
    assert_eq!((house.of(OTHER).lock, house.of(KEY).lock), (Some(Lock::WrongPins), None));
    // The key in its user's hand goes on, with a next code after so many failures.
    assert!(matches!(house.types(PIN, KEY, 0), Answer::NextCodeRequired(_)));
    house.minutes(1);
    assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted));
}

#[test]
fn one_pin_for_two_keys_has_no_more_tries_than_for_one() {
    let house = House::replaced(Pin::Kept);
    for number in 0..8 {
        let key = if number % 2 == 0 { OTHER } else { KEY };
        assert_eq!(house.is_refused("7391", key, 0), "wrong-pin");
        house.minutes(16);
    }
    // The eighth was with the old key, whose own tries are four; with the new one, which goes by its PIN, there is no ninth.
    assert_eq!(house.of(KEY).lock, Some(Lock::WrongPins));
    assert_eq!(house.is_refused("7391", OTHER, 0), "locked");
}

#[test]
fn tries_with_the_new_key_first_leave_the_old_one_none_more_and_its_acceptance_forgives_both() {
    let house = House::replaced(Pin::Kept);
    let try_new = |times: u32| {
        for _ in 0..times {
            assert_eq!(house.is_refused("7391", OTHER, 0), "wrong-pin");
            house.minutes(16);
        }
    };
    try_new(7);
    assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted));
    house.minutes(16);
    assert_eq!(house.is_refused("7391", KEY, 0), "wrong-pin");
    assert_eq!(house.of(KEY).lock, None);
    house.minutes(16);
    try_new(6);
    assert_eq!((house.of(KEY).lock, house.of(OTHER).lock), (None, None));
    assert_eq!(house.is_refused("7391", KEY, 0), "wrong-pin");
    assert_eq!(house.of(KEY).lock, Some(Lock::WrongPins));
}

#[test]
fn a_pin_that_was_reset_comes_back_with_no_key_of_the_user() {
    for (stop, back) in [(Deed::Suspend, Deed::Resume), (Deed::Lose, Deed::Find)] {
        let house = House::replaced(Pin::Kept);
        house.does(KEY, stop).unwrap();
        let reset = house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
        assert_eq!(reset.iter().map(|one| one.key.serial.as_str()).collect::<Vec<_>>(), [OTHER, KEY]);
        if matches!(back, Deed::Resume) {
            house.does(KEY, back).unwrap();
        } else {
            house.restore(KEY).unwrap();
        }
        assert_eq!(house.is_refused(PIN, KEY, 0), "no-pin-yet");
    }
}
