//! One key in the place of another: both answer until the first acceptance of the new one, each by its own codes.

use super::*;
use crate::audit::Remark;
use crate::pin;

/// What Alice's new PIN is, where she chooses one.
pub(super) const ANOTHER_PIN: &str = "9182";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pin {
    New,
    Kept,
}

impl House {
    /// Alice's key is in use, and another one was assigned to take its place.
    pub(super) fn replacing(pin: Pin) -> Self {
        let house = Self::in_use();
        house.replace(pin).unwrap();
        house
    }

    /// The same, and she has activated it.
    pub(super) fn replaced(pin: Pin) -> Self {
        let house = Self::replacing(pin);
        house.activate_new();
        house
    }

    pub(super) fn replace(&self, pin: Pin) -> Result<Replaced, Error> {
        self.replace_by(KEY, OTHER, pin)
    }

    fn replace_by(&self, old: &str, new: &str, pin: Pin) -> Result<Replaced, Error> {
        let row = Row { line: 0, value: Exchange { old: serial(old), new: serial(new) } };
        match self.desk().replace_keys(&[row], pin == Pin::Kept, false)? {
            Ok(mut replaced) => Ok(replaced.remove(0)),
            Err(mut refused) => Err(refused.remove(0).value),
        }
    }

    pub(super) fn activate_new(&self) {
        let issued = self.desk().issue_activation(&login("alice"), None).unwrap();
        assert_eq!(issued.serial, Some(serial(OTHER)));
        assert_ne!(self.activate("alice", OTHER, issued.code.expose()), Activated::No);
    }

    pub(super) fn types(&self, pin: &str, key: &str, offset: i64) -> Answer {
        self.type_in("alice", &format!("{pin}{}", self.shown_by(key, offset)), None)
    }

    pub(super) fn is_refused(&self, pin: &str, key: &str, offset: i64) -> String {
        self.refused("alice", &format!("{pin}{}", self.shown_by(key, offset)), None)
    }

    /// Alice chooses a PIN for her new key and uses it.
    pub(super) fn begin_new(&self) {
        let Answer::NewPinRequired(challenge) = self.types("", OTHER, 0) else { panic!("no new PIN") };
        let set = self.set_pin("alice", &challenge.ticket, ANOTHER_PIN, ANOTHER_PIN);
        assert!(matches!(set, PinAnswer::Set { .. }), "{set:?}");
        self.minutes(1);
        assert!(matches!(self.types(ANOTHER_PIN, OTHER, 0), Answer::Accepted));
    }

    /// The old key is out of use for ever, and nothing of it is left but its watermark.
    pub(super) fn has_ended_old(&self) {
        let old = self.of(KEY);
        assert_eq!((old.state, old.holder.is_none(), old.pin.is_none()), (State::Retired, true, true));
        assert_eq!(self.rows("successions"), 0);
        assert_eq!(self.told("replaced").iter().filter(|told| told.event.action == Action::KeyRetire).count(), 1);
        let reason = self.is_refused(PIN, KEY, 0);
        assert!(["wrong-code", "both-wrong"].contains(&reason.as_str()), "{reason}");
    }
}

#[test]
fn the_old_key_goes_on_until_the_new_one_is_used_and_is_retired_with_that() {
    let house = House::replacing(Pin::New);
    assert_eq!(house.of(OTHER).state, State::Assigned);
    assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted));
    house.minutes(1);
    house.activate_new();
    assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted));
    house.minutes(1);
    let Answer::NewPinRequired(challenge) = house.types("", OTHER, 0) else { panic!("no new PIN") };
    // A question is no acceptance, and neither is a PIN that nobody has used.
    let set = house.set_pin("alice", &challenge.ticket, ANOTHER_PIN, ANOTHER_PIN);
    assert!(matches!(set, PinAnswer::Set { .. }));
    assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted));
    house.minutes(1);
    assert!(matches!(house.types(ANOTHER_PIN, OTHER, 0), Answer::Accepted));
    house.has_ended_old();
}

#[test]
fn with_its_pin_kept_the_new_key_takes_the_hash_over_with_its_first_acceptance() {
    let house = House::replaced(Pin::Kept);
    assert!(house.of(OTHER).pin.is_none());
    // The code alone is not enough: there is a PIN.
    assert_eq!(house.is_refused("", OTHER, 0), "wrong-pin");
    assert_eq!(house.is_refused(ANOTHER_PIN, OTHER, 0), "wrong-pin");
    assert!(house.of(OTHER).pin.is_none());
    assert!(matches!(house.types(PIN, OTHER, 0), Answer::Accepted));
    assert_eq!(house.of(OTHER).pin, pin::Standing::Set);
    house.has_ended_old();
    house.minutes(16);
    assert_eq!(house.is_refused(ANOTHER_PIN, OTHER, 0), "wrong-pin");
    house.minutes(16);
    assert!(matches!(house.types(PIN, OTHER, 0), Answer::Accepted));
    // It is bound to this key: it would fit no other one.
    let hash = |key: &str| house.desk().store.read().secrets(house.of(key).row).unwrap().pin;
    assert!(hash(OTHER).is_some() && hash(KEY).is_none());
}

#[test]
fn a_new_key_whose_clock_is_off_keeps_the_pin_through_its_next_code() {
    let house = House::replaced(Pin::Kept);
    let ticket = match house.types(PIN, OTHER, 5) {
        Answer::NextCodeRequired(challenge) => challenge.ticket.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(house.of(OTHER).pin.is_none());
    house.minutes(1);
    let answer = house.type_in("alice", &house.shown_by(OTHER, 5), Some(&ticket));
    assert!(matches!(answer, Answer::Accepted), "{answer:?}");
    house.has_ended_old();
    assert!(matches!(house.types(PIN, OTHER, 6), Answer::Accepted));
}

#[test]
fn a_caller_without_ticket_answers_the_next_code_with_the_whole_passcode_and_keeps_the_pin_too() {
    let house = House::replaced(Pin::Kept);
    assert!(matches!(house.types(PIN, OTHER, 5), Answer::NextCodeRequired(_)));
    house.minutes(1);
    assert!(matches!(house.types(PIN, OTHER, 5), Answer::Accepted));
    house.has_ended_old();
}

#[test]
fn a_pin_that_was_reset_between_the_two_codes_is_not_kept() {
    let house = House::replaced(Pin::Kept);
    let Answer::NextCodeRequired(challenge) = house.types(PIN, OTHER, 5) else { panic!("no next code") };
    house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
    house.minutes(1);
    assert_eq!(house.refused("alice", &house.shown_by(OTHER, 5), Some(&challenge.ticket)), "dead-ticket");
    assert_eq!(house.of(KEY).state, State::Active);
    // Both begin anew, and whichever she uses has the PIN that she chooses for it.
    assert_eq!(house.is_refused(PIN, OTHER, 0), "no-pin-yet");
    house.minutes(16);
    house.begin_new();
    house.has_ended_old();
}

#[test]
fn a_pin_that_was_changed_meanwhile_is_the_one_that_is_kept() {
    let house = House::replaced(Pin::Kept);
    let typed = format!("{PIN}{}", house.shown(0));
    let request = Request { aim: Aim::ChangePin, login: &login("alice"), typed: &typed, ticket: None, source: None };
    let Answer::NewPinRequired(challenge) = house.desk().check(&request).unwrap() else { panic!("no new PIN") };
    assert!(matches!(house.set_pin("alice", &challenge.ticket, ANOTHER_PIN, ANOTHER_PIN), PinAnswer::Set { .. }));
    // Not used in time: the former one is in force again, for the new key too.
    house.minutes(61);
    assert_eq!(house.is_refused(ANOTHER_PIN, OTHER, 0), "wrong-pin");
    assert!(matches!(house.types(PIN, OTHER, 1), Answer::Accepted));
    house.has_ended_old();
}

#[test]
fn whoever_changes_his_pin_with_the_new_key_has_used_it() {
    let house = House::replaced(Pin::Kept);
    let typed = format!("{PIN}{}", house.shown_by(OTHER, 0));
    let request = Request { aim: Aim::ChangePin, login: &login("alice"), typed: &typed, ticket: None, source: None };
    let Answer::NewPinRequired(challenge) = house.desk().check(&request).unwrap() else { panic!("no new PIN") };
    assert_eq!((house.of(KEY).state, house.of(OTHER).pin), (State::Retired, pin::Standing::Set));
    assert!(matches!(house.set_pin("alice", &challenge.ticket, ANOTHER_PIN, ANOTHER_PIN), PinAnswer::Set { .. }));
    house.minutes(1);
    assert!(matches!(house.types(ANOTHER_PIN, OTHER, 0), Answer::Accepted));
    house.has_ended_old();
}

#[test]
fn a_lost_key_stops_at_once_and_its_pin_goes_on_with_the_new_one() {
    let house = House::in_use();
    house.does(KEY, Deed::Lose).unwrap();
    house.replace(Pin::Kept).unwrap();
    assert_eq!(house.is_refused(PIN, KEY, 0), "no-active-key");
    house.activate_new();
    assert_eq!(house.is_refused(PIN, KEY, 0), "wrong-code");
    assert!(matches!(house.types(PIN, OTHER, 0), Answer::Accepted));
    house.has_ended_old();
    assert!(matches!(house.does(KEY, Deed::Find), Err(Error::KeyInState { present: State::Retired, .. })));
}

#[test]
fn a_key_lost_after_its_replacement_was_opened_stops_at_once_and_may_be_restored() {
    let house = House::replaced(Pin::Kept);
    house.does(KEY, Deed::Lose).unwrap();
    assert_eq!(house.is_refused(PIN, KEY, 0), "wrong-code");
    let reason: Remark = "dans la boîte aux lettres".parse().unwrap();
    house.does(KEY, Deed::Restore { reason: &reason }).unwrap();
    assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted));
    assert!(matches!(house.types(PIN, OTHER, 0), Answer::Accepted));
    house.has_ended_old();
}

#[test]
fn what_befalls_the_new_key_takes_the_replacement_back() {
    for end in [Deed::Unassign, Deed::Return { to: None }, Deed::Lose, Deed::Retire] {
        let house = House::replaced(Pin::Kept);
        let moved = house.does(OTHER, end).unwrap();
        assert_eq!(moved.replacement_ended.map(|ended| ended.old_serial), Some(serial(KEY)), "{end:?}");
        assert_eq!((house.rows("successions"), house.told("taken-back").len()), (0, 1), "{end:?}");
        assert_eq!(house.is_refused(PIN, OTHER, 0), "wrong-code", "{end:?}");
        assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted), "{end:?}");
    }
}

#[test]
fn what_befalls_the_old_key_leaves_the_new_one_to_its_user_without_the_pin_that_is_erased() {
    for end in [Deed::Unassign, Deed::Return { to: None }, Deed::Retire] {
        let house = House::replaced(Pin::Kept);
        house.does(KEY, end).unwrap();
        assert_eq!((house.rows("successions"), house.of(OTHER).state), (0, State::Active), "{end:?}");
        assert_eq!(house.is_refused(PIN, OTHER, 0), "no-pin-yet", "{end:?}");
        house.begin_new();
    }
    let house = House::replaced(Pin::Kept);
    house.does(KEY, Deed::Lose).unwrap();
    assert_eq!(house.rows("successions"), 1);
    house.does(KEY, Deed::Find).unwrap();
    assert_eq!((house.rows("successions"), house.of(KEY).state), (0, State::Stock));
    house.begin_new();
}

#[test]
fn a_suspended_key_answers_nothing_and_the_other_one_does() {
    let house = House::replaced(Pin::Kept);
    house.does(KEY, Deed::Suspend).unwrap();
    assert_eq!(house.is_refused(PIN, KEY, 0), "wrong-code");
    house.does(OTHER, Deed::Suspend).unwrap();
    assert_eq!(house.is_refused(PIN, OTHER, 0), "no-active-key");
    house.does(KEY, Deed::Resume).unwrap();
    assert!(matches!(house.types(PIN, KEY, 0), Answer::Accepted));
    house.does(KEY, Deed::Suspend).unwrap();
    house.does(OTHER, Deed::Resume).unwrap();
    assert!(matches!(house.types(PIN, OTHER, 0), Answer::Accepted));
    house.has_ended_old();
}

#[test]
fn only_a_key_in_stock_takes_the_place_of_one_that_somebody_has_and_one_at_a_time() {
    let house = House::in_use();
    let third = "103142720";
    assert!(matches!(house.replace_by(KEY, KEY, Pin::New), Err(Error::ReplacesItself(_))));
    assert!(matches!(house.replace_by(OTHER, third, Pin::New), Err(Error::NobodyToReplaceFor(_))));
    assert!(matches!(house.replace_by("999", third, Pin::New), Err(Error::UnknownKey(_))));
    house.equip_bob();
    assert!(matches!(house.replace(Pin::New), Err(Error::KeyInState { present: State::Active, .. })));
    house.replace_by(KEY, third, Pin::New).unwrap();
    let fourth = "103142721";
    for (old, new) in [(KEY, fourth), (third, fourth)] {
        assert!(matches!(house.replace_by(old, new, Pin::New), Err(Error::ReplacementOpen { .. })), "{old}");
    }
    house.does(third, Deed::Unassign).unwrap();
    house.replace_by(KEY, fourth, Pin::New).unwrap();
    // One that was never activated is taken back, and another one assigned.
    let house = House::furnished();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    let refused = house.replace(Pin::New);
    let remedy = Some(crate::key::Remedy::TakeBack);
    assert!(
        matches!(refused, Err(Error::KeyInState { present: State::Assigned, remedy: found, .. }) if found == remedy)
    );
}

#[test]
fn a_pin_that_nobody_has_used_or_a_locked_one_is_not_kept() {
    let house = House::activated();
    assert!(matches!(house.replace(Pin::Kept), Err(Error::NoPinToKeep { .. })));
    house.choose_pin("alice", PIN);
    assert!(matches!(house.replace(Pin::Kept), Err(Error::NoPinToKeep { .. })));
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    for _ in 0..8 {
        house.minutes(16);
        assert_eq!(house.is_refused("7391", KEY, 0), "wrong-pin");
    }
    assert!(matches!(house.replace(Pin::Kept), Err(Error::KeyLocked { .. })));
    assert_eq!(house.of(OTHER).state, State::Stock);
    house.replace(Pin::New).unwrap();
}

#[test]
fn of_several_all_are_replaced_or_none_and_a_trial_replaces_none() {
    let house = House::in_use();
    house.equip_bob();
    let row = |line, old: &str, new: &str| Row { line, value: Exchange { old: serial(old), new: serial(new) } };
    let wrong = [row(2, KEY, "103142720"), row(3, OTHER, "103142720"), row(4, KEY, "103142721")];
    let refused = house.desk().replace_keys(&wrong, false, false).unwrap().unwrap_err();
    assert_eq!(refused.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4]);
    let right = [row(2, KEY, "103142720"), row(3, OTHER, "103142721")];
    let events = house.events().len();
    assert_eq!(house.desk().replace_keys(&right, false, true).unwrap().unwrap().len(), 2);
    assert_eq!((house.rows("successions"), house.events().len()), (0, events));
    assert_eq!(house.desk().replace_keys(&right, false, false).unwrap().unwrap().len(), 2);
    assert_eq!((house.rows("successions"), house.events().len()), (2, events + 4));
}

#[test]
fn a_key_that_was_lost_before_it_was_used_is_not_replaced_but_another_one_assigned() {
    let house = House::furnished();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    house.does(KEY, Deed::Lose).unwrap();
    assert!(matches!(house.replace(Pin::New), Err(Error::LostBeforeUse { .. })));
    house.desk().assign_key(&serial(OTHER), &login("alice")).unwrap();
    house.activate_new();
}

#[test]
fn a_key_that_somebody_was_promised_is_given_to_nobody_else() {
    let house = House::in_use();
    let third = serial("103142720");
    house.desk().issue_activation(&login("bob"), Some(&third)).unwrap();
    let promised = |error: Error| matches!(error, Error::KeyPromised { login: waiting, .. } if waiting == login("bob"));
    assert!(promised(house.replace_by(KEY, third.as_str(), Pin::New).unwrap_err()));
    house.does(KEY, Deed::Return { to: None }).unwrap();
    assert!(promised(house.desk().assign_key(&third, &login("alice")).unwrap_err()));
    assert!(promised(house.desk().issue_activation(&login("alice"), Some(&third)).unwrap_err()));
    // To him it is.
    house.desk().assign_key(&third, &login("bob")).unwrap();
}

#[test]
fn a_key_that_keeps_a_pin_is_not_said_to_want_one() {
    let house = House::replaced(Pin::Kept);
    let shown = house.desk().show_key(&serial(OTHER)).unwrap();
    assert_eq!((shown.key.pin, shown.story.next), (pin::Standing::None { until: None }, None));
    let house = House::replaced(Pin::New);
    assert!(house.desk().show_key(&serial(OTHER)).unwrap().story.next.is_some());
}

#[test]
fn eight_desks_with_both_codes_open_once_by_each_at_most() {
    let house = House::replaced(Pin::Kept);
    let [old, new] = [KEY, OTHER].map(|key| format!("{PIN}{}", house.shown_by(key, 0)));
    let opens = |desk: &mut Desk<'_>, typed: &str| {
        let request = Request { aim: Aim::Enter, login: &login("alice"), typed, ticket: None, source: None };
        matches!(desk.check(&request), Ok(Answer::Accepted))
    };
    let opened = at_eight_desks(&house, |desk| {
        let by_new = opens(desk, &new);
        let by_old = opens(desk, &old);
        assert!(!(by_new && by_old), "the old key opened after the new one");
        by_new || by_old
    });
    assert!(opened <= 2, "{opened}");
    let accepted: Vec<Record> =
        house.events().into_iter().filter(|told| told.event.outcome == Outcome::Accepted).collect();
    let by = |key: &str| {
        accepted
            .iter()
            .filter(|told| told.event.subject.serial == Some(serial(key)) && told.event.action == Action::Check)
            .count()
    };
    // The old key had opened once before.
    assert!(by(OTHER) <= 1 && by(KEY) <= 2, "{} {}", by(OTHER), by(KEY));
    house.minutes(16);
    assert!(!matches!(house.types(PIN, OTHER, 0), Answer::Refused));
    assert_eq!(house.of(KEY).state, State::Retired);
}

#[test]
fn the_pin_of_a_key_that_is_held_goes_over_to_no_other_key_and_opens_by_none() {
    let house = House::in_use();
    house.behind().hold_key(KEY);
    let events = house.events().len();
    assert!(matches!(house.replace(Pin::Kept), Err(Error::KeyHeld { serial: held }) if held == serial(KEY)));
    // In a list it is what is wrong with one row, told beside what is wrong with the others.
    let exchange = |line, old: &str| Row { line, value: Exchange { old: serial(old), new: serial(OTHER) } };
    let refused = house.desk().replace_keys(&[exchange(2, KEY), exchange(3, "999999999")], true, false).unwrap();
    assert_eq!(refused.unwrap_err().iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((house.rows("successions"), house.events().len()), (0, events));
    // With another PIN it opens by itself alone.
    house.replace(Pin::New).unwrap();
    for is_lost in [false, true] {
        let house = House::replaced(Pin::Kept);
        if is_lost {
            house.does(KEY, Deed::Lose).unwrap();
        }
        house.behind().hold_key(KEY);
        assert_eq!(house.is_refused(PIN, OTHER, 0), "held");
        assert_eq!((house.of(OTHER).state, house.rows("successions")), (State::Active, 1));
    }
}
