//! PINs: chosen, confirmed, changed and erased.

use super::*;

#[test]
fn b02_a_new_pin_opens_with_a_later_code_only() {
    let house = House::activated();
    let earlier = house.shown(-1);
    let same = house.shown(0);
    house.choose_pin("alice", PIN);
    assert_eq!(house.refused("alice", &format!("{PIN}{same}"), None), "replay");
    assert_eq!(house.refused("alice", &format!("{PIN}{earlier}"), None), "replay");
    assert!(matches!(house.check("alice", PIN, 1), Answer::Accepted));
}

#[test]
fn b03_of_two_choices_with_one_ticket_one_wins() {
    let house = House::activated();
    let ticket = house.new_pin_ticket("alice");
    let won = at_eight_desks(&house, |desk| {
        let choice = PinChoice { login: &login("alice"), ticket: &ticket, typed: PIN, again: PIN };
        matches!(desk.set_pin(&choice).unwrap(), PinAnswer::Set { .. })
    });
    assert_eq!(won, 1);
    assert_eq!(house.set_pin("alice", &ticket, "9471", "9471"), PinAnswer::Refused);
    assert_eq!(house.told("dead-ticket").len(), 8);
    house.minutes(1);
    assert_eq!(house.refused("alice", &format!("9471{}", house.shown(0)), None), "wrong-pin");
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn b07_a_pin_hash_copied_from_another_row_fits_nothing() {
    let house = House::in_use();
    house.desk().assign_key(&serial(OTHER), &login("bob")).unwrap();
    let issued = house.desk().issue_activation(&login("bob"), None).unwrap();
    assert_eq!(house.activate("bob", OTHER, issued.code.expose()), Activated::Yes);
    house.behind().copy_pin(KEY, OTHER);
    assert_eq!(house.refused("bob", &format!("{PIN}{}", house.shown_by(OTHER, 0)), None), "wrong-pin");
}

#[test]
fn the_work_of_a_pin_hash_is_raised_on_the_next_success() {
    let house = House::in_use();
    let raised = |house: &House| house.behind().keys_with_work("m=7168,t=5");
    assert_eq!(raised(&house), 0);
    house.minutes(2);
    let typed = format!("{PIN}{}", house.shown(0));
    let mut desk = house.desk();
    desk.policy.work = crate::pin::Work::OWASP;
    let request = Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
    assert!(matches!(desk.check(&request).unwrap(), Answer::Accepted));
    drop(desk);
    assert_eq!(raised(&house), 1);
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    assert_eq!(raised(&house), 1, "a smaller profile lowers nothing");
}

#[test]
fn b12_when_the_time_to_choose_a_pin_is_over_the_key_waits_for_a_reset() {
    let house = House::activated();
    house.minutes(7 * 24 * 60);
    house.seconds(1);
    assert_eq!(house.refused("alice", &house.shown(0), None), "new-pin-window-over");
    house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
    house.minutes(72 * 60);
    assert!(matches!(house.check("alice", "", 0), Answer::NewPinRequired(_)));
    house.minutes(1);
    assert_eq!(house.refused("alice", &house.shown(0), None), "new-pin-window-over");
}

#[test]
fn a_ticket_for_a_pin_has_three_tries() {
    let house = House::activated();
    let ticket = house.new_pin_ticket("alice");
    let tries = [("12a4", "12a4"), ("1234", "1234"), (PIN, "4577")];
    for (left, (typed, again)) in [2, 1, 0].iter().zip(tries) {
        match house.set_pin("alice", &ticket, typed, again) {
            PinAnswer::Unfit { tries_left, .. } => assert_eq!(tries_left, *left),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(house.set_pin("alice", &ticket, PIN, PIN), PinAnswer::Refused);
    assert!(house.key().pin.is_none());
    let refusals = |house: &House| {
        let refused =
            |record: &&Record| (record.event.action, record.event.outcome) == (Action::PinSet, Outcome::Refused);
        house.events().iter().filter(refused).count()
    };
    assert_eq!(refusals(&house), 4);
}

#[test]
fn a_provisional_pin_that_nobody_used_is_erased_after_an_hour() {
    let house = House::activated();
    house.choose_pin("alice", PIN);
    house.minutes(60);
    assert!(house.key().pin.is_provisional());
    house.seconds(1);
    assert!(house.key().pin.is_none());
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "no-pin-yet");
    house.choose_pin("alice", "9471");
    house.minutes(1);
    assert!(matches!(house.check("alice", "9471", 0), Answer::Accepted));
}

#[test]
fn the_former_pin_is_not_chosen_again() {
    let house = House::in_use();
    house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
    let ticket = house.new_pin_ticket("alice");
    let answer = house.set_pin("alice", &ticket, PIN, PIN);
    assert!(matches!(answer, PinAnswer::Unfit { unfit: pin::Unfit::Former, tries_left: 2 }), "{answer:?}");
}

impl House {
    /// Asks to change Alice's PIN, and gives the ticket.
    fn change_ticket(&self, typed: &str) -> String {
        let request = Request { aim: Aim::ChangePin, login: &login("alice"), typed, ticket: None, source: None };
        match self.desk().check(&request).unwrap() {
            Answer::NewPinRequired(challenge) => challenge.ticket.to_string(),
            other => panic!("{other:?}"),
        }
    }

    fn changed() -> Self {
        let house = Self::in_use();
        let ticket = house.change_ticket(&format!("{PIN}{}", house.shown(0)));
        assert!(matches!(house.set_pin("alice", &ticket, "8352", "8352"), PinAnswer::Set { .. }));
        house.minutes(1);
        house
    }
}

#[test]
fn a_holder_changes_his_pin_and_confirms_it_with_a_later_code() {
    let house = House::in_use();
    let passcode = format!("{PIN}{}", house.shown(0));
    let ticket = house.change_ticket(&passcode);
    assert_eq!(house.told("to-change-the-pin").len(), 1);
    assert_eq!(house.refused("alice", &passcode, None), "replay", "the passcode is spent");
    assert!(matches!(
        house.set_pin("alice", &ticket, PIN, PIN),
        PinAnswer::Unfit { unfit: pin::Unfit::Former, tries_left: 2 }
    ));
    assert!(matches!(house.set_pin("alice", &ticket, "8352", "8352"), PinAnswer::Set { .. }));
    assert!(house.key().pin.is_provisional());
    assert_eq!(house.refused("alice", &format!("8352{}", house.shown(0)), None), "replay", "it takes a later code");
    house.minutes(1);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "wrong-pin");
    house.minutes(1);
    assert!(matches!(house.check("alice", "8352", 0), Answer::Accepted));
    assert_eq!(house.key().pin, pin::Standing::Set);
    house.minutes(70);
    assert!(matches!(house.check("alice", "8352", 0), Answer::Accepted));
}

#[test]
fn a_changed_pin_that_is_not_used_in_its_hour_gives_way_to_the_former_one() {
    let house = House::changed();
    house.minutes(61);
    assert_eq!(house.in_full().key.pin, pin::Standing::Set);
    assert_eq!(house.refused("alice", &format!("8352{}", house.shown(0)), None), "wrong-pin");
    assert_eq!(house.told("former-pin-back").len(), 1);
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    house.minutes(1);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    assert_eq!(house.told("former-pin-back").len(), 1);
}

#[test]
fn a_next_code_does_not_open_for_a_changed_pin_that_lapsed_after_the_first() {
    let house = House::changed();
    house.minutes(57);
    let ticket = house.next_code_ticket("alice", "8352", 5);
    house.minutes(3);
    assert_eq!(house.refused("alice", &house.shown(3), Some(&ticket)), "wrong-pin");
    assert_eq!(house.told("former-pin-back").len(), 1);
    house.minutes(10);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn a_reset_after_a_change_lets_neither_pin_come_back() {
    let house = House::changed();
    house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
    house.minutes(61);
    assert!(house.in_full().key.pin.is_none());
    assert_eq!(house.refused("alice", &format!("8352{}", house.shown(0)), None), "no-pin-yet");
    house.minutes(20);
    let ticket = house.new_pin_ticket("alice");
    assert!(matches!(house.set_pin("alice", &ticket, PIN, PIN), PinAnswer::Unfit { unfit: pin::Unfit::Former, .. }));
}

#[test]
fn without_a_right_passcode_no_pin_is_changed() {
    let house = House::in_use();
    for typed in [format!("8352{}", house.shown(0)), house.shown(0), format!("{PIN}{}", house.wrong())] {
        let request =
            Request { aim: Aim::ChangePin, login: &login("alice"), typed: &typed, ticket: None, source: None };
        assert!(matches!(house.desk().check(&request).unwrap(), Answer::Refused), "{typed}");
    }
    assert_eq!(house.key().pin, pin::Standing::Set);
}

#[test]
fn an_unused_ticket_to_change_the_pin_leaves_it_as_it_is() {
    let house = House::in_use();
    let ticket = house.change_ticket(&format!("{PIN}{}", house.shown(0)));
    house.minutes(6);
    assert_eq!(house.set_pin("alice", &ticket, "8352", "8352"), PinAnswer::Refused);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn a_changed_pin_may_need_the_next_code_first() {
    let house = House::in_use();
    let typed = format!("{PIN}{}", house.shown(5));
    let ask = |typed: &str, ticket: Option<&str>| {
        let request = Request { aim: Aim::ChangePin, login: &login("alice"), typed, ticket, source: None };
        house.desk().check(&request).unwrap()
    };
    let Answer::NextCodeRequired(challenge) = ask(&typed, None) else { panic!() };
    let answer = ask(&house.shown(6), Some(&challenge.ticket));
    assert!(matches!(answer, Answer::NewPinRequired(_)), "{answer:?}");
}
