//! Emergency lists: what their codes open, for whom, until when, and what ends them.

use super::*;
use crate::emergency::{CODES, Days, State as ListState};

fn days() -> Days {
    "3".parse().unwrap()
}

impl House {
    /// Issues a list of three days; gives its codes.
    fn relieve(&self, name: &str) -> Vec<String> {
        let issued = self.desk().issue_emergency(&login(name), days()).unwrap();
        assert_eq!((issued.codes.len(), &issued.login), (CODES, &login(name)));
        issued.codes.iter().map(|code| code.expose().to_owned()).collect()
    }

    /// Alice has lost her key, and has a list.
    fn in_emergency() -> (Self, Vec<String>) {
        let house = Self::in_use();
        let (moved, issued) = house.desk().lose_key_with_emergency(&serial(KEY), days()).unwrap();
        assert_eq!((moved.after, &issued.serial), (State::Lost, &serial(KEY)));
        let codes = issued.codes.iter().map(|code| code.expose().to_owned()).collect();
        (house, codes)
    }

    /// Types a PIN and an emergency code; gives how many are left when it opened.
    fn enter(&self, name: &str, pin: &str, code: &str) -> Option<u32> {
        match self.type_in(name, &format!("{pin}{code}"), None) {
            Answer::AcceptedInEmergency { left } => Some(left),
            Answer::Refused => None,
            other => panic!("{other:?}"),
        }
    }

    fn state_of_list(&self) -> ListState {
        self.desk().list_emergencies(None).unwrap().next().unwrap().unwrap().1
    }

    fn refused_issue(&self, name: &str) -> Error {
        let before = (self.rows("emergencies"), self.events().len());
        let refused = self.desk().issue_emergency(&login(name), days()).unwrap_err();
        assert_eq!((self.rows("emergencies"), self.events().len()), before);
        refused
    }
}

#[test]
fn who_lost_his_key_enters_with_his_pin_and_each_code_once() {
    let (house, codes) = House::in_emergency();
    let before = house.key();
    for (used, code) in (1..).zip(&codes) {
        assert_eq!(house.enter("alice", PIN, code), Some(10 - used));
        assert_eq!(house.refused("alice", &format!("{PIN}{code}"), None), "replay");
        house.minutes(1);
    }
    assert_eq!(house.state_of_list(), ListState::UsedUp);
    // Nothing was learned of the key, and nothing of it is spent.
    let key = house.key();
    assert_eq!(
        (key.watermark, key.clockwork, key.last_accepted_at, key.state),
        (before.watermark, before.clockwork, before.last_accepted_at, State::Lost)
    );
    let used = house.told("emergency-code");
    assert_eq!(used.len(), CODES);
    assert!(used.iter().all(|record| record.event.outcome == Outcome::Accepted));
    assert_eq!(house.told("replay").len(), CODES);
}

#[test]
fn capitals_open_and_no_other_form_does() {
    let (house, codes) = House::in_emergency();
    assert_eq!(house.enter("alice", PIN, &codes[0].to_uppercase()), Some(9));
    let (code, other) = (&codes[1], &codes[2]);
    for typed in [
        code.clone(),
        format!("{PIN} {code}"),
        format!("{PIN}{code} "),
        format!("{PIN}-{code}"),
        format!("{code}{PIN}"),
    ] {
        assert_eq!(house.refused("alice", &typed, None), "grammar", "{typed:?}");
        house.minutes(16);
    }
    assert_eq!(house.refused("alice", &format!("{PIN}{code}{other}"), None), "grammar");
    house.minutes(16);
    assert_eq!(house.enter("alice", PIN, code), Some(8));
}

#[test]
fn a_code_of_the_lost_key_is_not_judged_while_the_list_lives() {
    let (house, _) = House::in_emergency();
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "no-active-key");
    assert!(house.in_full().tally.unforgiven > 0, "it was not counted");
    house.restore(KEY).unwrap();
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn who_left_his_key_at_home_enters_by_either() {
    let house = House::in_use();
    let codes = house.relieve("alice");
    assert_eq!(house.enter("alice", PIN, &codes[3]), Some(9));
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    // Three failures ask for a second code of the key, and for none of the list.
    house.minutes(1);
    house.fail(3);
    assert_eq!(house.enter("alice", PIN, &codes[4]), Some(8));
    // It was an acceptance: what failed before is forgiven.
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn without_a_list_there_is_no_such_grammar() {
    let house = House::in_use();
    assert_eq!(house.refused("alice", &format!("{PIN}k7m2p9xa"), None), "grammar");
    house.desk().move_keys(&[Row { line: 0, value: serial(KEY) }], Deed::Lose, false).unwrap().unwrap();
    assert_eq!(house.refused("alice", &format!("{PIN}k7m2p9xa"), None), "no-active-key");
}

#[test]
fn wrong_codes_and_wrong_pins_are_told_apart_and_lock_as_those_of_a_key() {
    let (house, codes) = House::in_emergency();
    assert_eq!(house.refused("alice", &format!("{PIN}k7m2p9xa"), None), "wrong-code");
    assert_eq!(house.refused("alice", "9999k7m2p9xa", None), "both-wrong");
    assert_eq!(house.in_full().tally.wrong_codes_in_window, 1);
    for tries in 1..=8 {
        house.minutes(16);
        assert_eq!(house.refused("alice", &format!("9999{}", codes[0]), None), "wrong-pin", "{tries}");
    }
    assert_eq!(house.key().lock, Some(Lock::WrongPins));
    house.minutes(16);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", codes[0]), None), "locked");
    house.desk().unlock_keys(&[listed(serial(KEY))], false).unwrap().unwrap();
    assert_eq!(house.enter("alice", PIN, &codes[0]), Some(9));
}

#[test]
fn b16_wrong_codes_wait_and_right_ones_during_a_wait_are_not_looked_at() {
    let (house, codes) = House::in_emergency();
    for _ in 0..3 {
        assert_eq!(house.refused("alice", &format!("{PIN}k7m2p9xa"), None), "wrong-code");
    }
    assert_eq!(house.refused("alice", &format!("{PIN}{}", codes[0]), None), "waiting");
    house.minutes(1);
    assert_eq!(house.enter("alice", PIN, &codes[0]), Some(9));
}

#[test]
fn a_list_lives_to_its_last_second() {
    let (house, codes) = House::in_emergency();
    house.minutes(3 * 24 * 60);
    assert_eq!(house.enter("alice", PIN, &codes[0]), Some(9));
    house.seconds(1);
    assert_eq!(house.state_of_list(), ListState::Expired);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", codes[1]), None), "no-active-key");
    assert!(matches!(house.desk().revoke_emergency(&login("alice")), Err(Error::NoLiveEmergency(_))));
    assert!(house.in_full().emergency.is_none());
}

#[test]
fn a_new_list_and_a_withdrawal_by_hand_end_the_former_one() {
    let (house, codes) = House::in_emergency();
    let newer = house.relieve("alice");
    assert_eq!(house.told("in-place-of-former").len(), 1);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", codes[0]), None), "wrong-code");
    assert_eq!(house.enter("alice", PIN, &newer[0]), Some(9));
    house.desk().revoke_emergency(&login("ALICE")).unwrap();
    assert_eq!(house.refused("alice", &format!("{PIN}{}", newer[1]), None), "no-active-key");
    let desk = house.desk();
    let states: Vec<ListState> = desk.list_emergencies(None).unwrap().map(|found| found.unwrap().1).collect();
    assert_eq!(states, [ListState::Revoked, ListState::Replaced]);
}

#[test]
fn whatever_brings_the_key_back_or_takes_it_away_ends_the_list() {
    type End = fn(&House);
    let ends: [(&str, bool, End); 6] = [
        ("key-found", true, |house| drop(house.does(KEY, Deed::Find).unwrap())),
        ("key-restore", true, |house| drop(house.restore(KEY).unwrap())),
        ("key-retire", true, |house| drop(house.does(KEY, Deed::Retire).unwrap())),
        ("key-return", false, |house| drop(house.does(KEY, Deed::Return { to: None }).unwrap())),
        ("key-unassign", false, |house| drop(house.does(KEY, Deed::Unassign).unwrap())),
        ("activate", true, |house| {
            house.desk().assign_key(&serial(OTHER), &login("alice")).unwrap();
            let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
            assert_eq!(house.state_of_list(), ListState::Live, "until she has the other one in hand");
            assert_eq!(house.activate("alice", OTHER, issued.code.expose()), Activated::Yes);
        }),
    ];
    for (reason, is_lost, end) in ends {
        let house = House::in_use();
        let codes = if is_lost {
            let issued = house.desk().lose_key_with_emergency(&serial(KEY), days()).unwrap().1;
            issued.codes.iter().map(|code| code.expose().to_owned()).collect()
        } else {
            house.relieve("alice")
        };
        assert_eq!(house.enter("alice", PIN, &codes[0]), Some(9), "{reason}");
        end(&house);
        assert_eq!(house.state_of_list(), ListState::Revoked, "{reason}");
        let told = house.told(reason);
        assert_eq!(told.len(), 1, "{reason}");
        assert_eq!((told[0].event.action, told[0].event.outcome), (Action::EmergencyRevoke, Outcome::Done));
        assert_eq!(house.enter("alice", PIN, &codes[1]), None, "{reason}");
    }
}

#[test]
fn a_list_that_has_expired_is_ended_without_a_word_and_no_clock_revives_it() {
    let (house, codes) = House::in_emergency();
    house.minutes(3 * 24 * 60 + 1);
    house.restore(KEY).unwrap();
    assert!(house.told("key-restore").is_empty());
    house.minutes(-60);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", codes[0]), None), "grammar");
}

#[test]
fn a_suspended_key_has_no_list_and_its_list_opens_nothing() {
    let house = House::in_use();
    let codes = house.relieve("alice");
    house.does(KEY, Deed::Suspend).unwrap();
    assert_eq!(house.refused("alice", &format!("{PIN}{}", codes[0]), None), "no-active-key");
    assert!(matches!(
        house.refused_issue("alice"),
        Error::KeyInState { present: State::Suspended, remedy: Some(crate::key::Remedy::Resume), .. }
    ));
    house.does(KEY, Deed::Resume).unwrap();
    assert_eq!(house.enter("alice", PIN, &codes[0]), Some(9));
}

#[test]
fn nobody_has_a_list_without_a_pin_in_force() {
    let no_pin = |error, expected| match error {
        Error::NoPinInForce { state, .. } => assert_eq!(state, expected),
        other => panic!("{other:?}"),
    };
    let house = House::furnished();
    assert!(matches!(house.refused_issue("alice"), Error::UserHasNoKey(_)));
    assert!(matches!(house.refused_issue("nobody"), Error::UnknownUser(_)));
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    no_pin(house.refused_issue("alice"), State::Assigned);
    let house = House::activated();
    no_pin(house.refused_issue("alice"), State::Active);
    house.choose_pin("alice", PIN);
    no_pin(house.refused_issue("alice"), State::Active);
    // Lost before it was used, the PIN would lapse within the hour.
    let before = house.events().len();
    no_pin(house.desk().lose_key_with_emergency(&serial(KEY), days()).unwrap_err(), State::Lost);
    assert_eq!((house.key().state, house.events().len()), (State::Active, before));
    house.does(KEY, Deed::Lose).unwrap();
    no_pin(house.refused_issue("alice"), State::Lost);
    let house = House::in_use();
    house.desk().enable_users(&[listed(login("alice"))], false, false).unwrap().unwrap();
    assert!(matches!(house.refused_issue("alice"), Error::UserDisabled(_)));
}

#[test]
fn a_key_that_is_nobodys_locked_or_lost_already_is_not_lost_with_a_list() {
    let house = House::in_use();
    let lose = |key: &str| house.desk().lose_key_with_emergency(&serial(key), days()).unwrap_err();
    assert!(matches!(lose(OTHER), Error::KeyIsNobodys(_)));
    assert_eq!(house.desk().show_key(&serial(OTHER)).unwrap().key.state, State::Stock);
    for _ in 0..8 {
        assert_eq!(house.refused("alice", &format!("9999{}", house.shown(0)), None), "wrong-pin");
        house.minutes(16);
    }
    assert!(matches!(lose(KEY), Error::KeyLocked { .. }));
    assert_eq!(house.key().state, State::Active);
    house.desk().unlock_keys(&[listed(serial(KEY))], false).unwrap().unwrap();
    house.does(KEY, Deed::Lose).unwrap();
    assert!(matches!(lose(KEY), Error::KeyInState { present: State::Lost, .. }));
    house.relieve("alice");
}

#[test]
fn an_emergency_code_opens_the_door_and_nothing_else() {
    let house = House::in_use();
    let codes = house.relieve("alice");
    let (name, typed) = (login("alice"), format!("{PIN}{}", codes[0]));
    let request = Request { aim: Aim::ChangePin, login: &name, typed: &typed, ticket: None, source: None };
    assert!(matches!(house.desk().check(&request).unwrap(), Answer::Refused));
    let ticket = house.next_code_ticket("alice", PIN, 5);
    assert_eq!(house.refused("alice", &typed, Some(&ticket)), "grammar");
    house.does(KEY, Deed::Lose).unwrap();
    assert!(matches!(house.desk().check(&request).unwrap(), Answer::Refused));
    assert_eq!(house.enter("alice", PIN, &codes[0]), Some(9));
}

#[test]
fn a_changed_pin_is_confirmed_by_an_emergency_code_or_gives_way_in_its_hour() {
    let change = |house: &House| {
        let (name, typed) = (login("alice"), format!("{PIN}{}", house.shown(0)));
        let request = Request { aim: Aim::ChangePin, login: &name, typed: &typed, ticket: None, source: None };
        let Answer::NewPinRequired(challenge) = house.desk().check(&request).unwrap() else { panic!("no ticket") };
        assert!(matches!(house.set_pin("alice", &challenge.ticket, "9471", "9471"), PinAnswer::Set { .. }));
        house.desk().lose_key_with_emergency(&serial(KEY), days()).unwrap().1
    };
    let house = House::in_use();
    let issued = change(&house);
    assert_eq!(house.enter("alice", "9471", issued.codes[0].expose()), Some(9));
    house.minutes(61);
    assert_eq!(house.enter("alice", "9471", issued.codes[1].expose()), Some(8));
    let house = House::in_use();
    let issued = change(&house);
    house.minutes(61);
    assert_eq!(house.enter("alice", "9471", issued.codes[0].expose()), None);
    assert_eq!(house.enter("alice", PIN, issued.codes[0].expose()), Some(9));
}

#[test]
fn a02_one_emergency_code_at_eight_desks_opens_once() {
    let (house, codes) = House::in_emergency();
    for code in &codes[..4] {
        let typed = format!("{PIN}{code}");
        let opened = at_eight_desks(&house, |desk| {
            let request =
                Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
            matches!(desk.check(&request), Ok(Answer::AcceptedInEmergency { .. }))
        });
        assert_eq!(opened, 1);
        house.desk().unlock_keys(&[listed(serial(KEY))], false).unwrap().unwrap();
    }
    assert_eq!(house.desk().list_emergencies(None).unwrap().next().unwrap().unwrap().0.left, 6);
}

#[test]
fn b07_codes_that_are_moved_behind_the_programs_back_fit_nothing() {
    let (house, codes) = House::in_emergency();
    house.equip_bob();
    house.minutes(1);
    let ticket = match house.type_in("bob", &house.shown_by(OTHER, 0), None) {
        Answer::NewPinRequired(challenge) => challenge.ticket.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(house.set_pin("bob", &ticket, PIN, PIN), PinAnswer::Set { .. }));
    house.minutes(1);
    assert!(matches!(house.type_in("bob", &format!("{PIN}{}", house.shown_by(OTHER, 0)), None), Answer::Accepted));
    let his = house.relieve("bob");
    // Alice's codes in Bob's list, with the same PIN: another user, and another key.
    house.behind().move_emergency_code(1, 2);
    assert_eq!(house.refused("bob", &format!("{PIN}{}", codes[0]), None), "wrong-code");
    assert_eq!(house.enter("bob", PIN, &his[0]), Some(10));
    // A list that is made to last longer has other codes.
    house.behind().prolong_emergencies(60);
    assert_eq!(house.refused("alice", &format!("{PIN}{}", codes[1]), None), "wrong-code");
    assert!(house.behind().revive_emergency_codes().contains("stays spent"));
}

#[test]
fn in_place_of_a_key_that_is_held_no_list_is_issued_that_would_open_nothing() {
    let house = House::in_use();
    house.behind().hold_key(KEY);
    assert!(matches!(house.refused_issue("alice"), Error::KeyHeld { serial: held } if held == serial(KEY)));
    let refused = house.desk().lose_key_with_emergency(&serial(KEY), days());
    assert!(matches!(refused, Err(Error::KeyHeld { .. })));
    assert_eq!(house.key().state, State::Active);
    house.does(KEY, Deed::Lose).unwrap();
    assert!(matches!(house.refused_issue("alice"), Error::KeyHeld { .. }));
}
