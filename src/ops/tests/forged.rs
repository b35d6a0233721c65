//! Somebody who writes to the database and has no vault key lets nobody in: neither himself under another's login, nor the finder of a
//! key, nor an operator whom nobody named.

use super::*;
use crate::operator::{Command, Role};
use crate::store::{AuditFilter, Error as StoreError};

/// Alice's login goes to Bob's row, and Bob's to hers.
fn exchange_logins(house: &House) {
    house.behind().exchange_logins("alice", "bob");
}

/// Checks what must be an error of this kind, and told of by an alarm.
fn is_alarmed(house: &House, name: &str, typed: &str, is_it: impl Fn(&Error) -> bool) {
    let alarms = || house.told("integrity").iter().filter(|record| record.event.outcome == Outcome::Alarm).count();
    let before = alarms();
    let request = Request { aim: Aim::Enter, login: &login(name), typed, ticket: None, source: None };
    let started = house.clock.uptime();
    let told = house.desk().check(&request);
    assert!(told.as_ref().is_err_and(&is_it), "{told:?}");
    assert!(house.clock.uptime() - started >= SLOWEST_REFUSAL);
    assert_eq!(alarms(), before + 1);
}

fn of_holder(error: &Error) -> bool {
    matches!(error, Error::HolderTampered(_))
}

#[test]
fn whoever_gives_his_row_the_login_of_another_does_not_come_in_under_it() {
    let house = House::in_use();
    house.equip_bob();
    exchange_logins(&house);
    // What is now called Bob is Alice's row, with her key and her PIN.
    is_alarmed(&house, "bob", &format!("{PIN}{}", house.shown(0)), of_holder);
    // Nor by the code alone, in the while in which a first PIN is chosen.
    is_alarmed(&house, "alice", &house.shown_by(OTHER, 0), of_holder);
    let row = Whose { serial: Some(serial(KEY)), login: None, text: KEY.to_owned() };
    let codes = [house.shown(0), house.shown(1)];
    let told = house.desk().resync(&row, &[&codes[0], &codes[1]]);
    assert!(told.as_ref().is_err_and(of_holder), "{told:?}");
    exchange_logins(&house);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn no_key_goes_to_another_user_by_an_edit_of_its_row() {
    let house = House::in_use();
    house.equip_bob();
    house.behind().hand_over(OTHER, "alice");
    house.behind().retire(KEY);
    is_alarmed(&house, "alice", &house.shown_by(OTHER, 0), of_holder);
    // Nor with the seal of another key.
    house.behind().copy_holder_seal(KEY, OTHER);
    is_alarmed(&house, "alice", &house.shown_by(OTHER, 0), of_holder);
}

#[test]
fn no_pin_is_erased_by_an_edit_for_the_finder_of_a_key() {
    let house = House::in_use();
    let week = house.clock.now().plus(Seconds::days(7)).epoch_seconds();
    house.behind().open_new_pin_mode(KEY, week);
    is_alarmed(&house, "alice", &house.shown(0), |error| matches!(error, Error::NewPinTampered(_)));
    // A while that is over opens nothing anyway.
    house.behind().open_new_pin_mode(KEY, 0);
    assert_eq!(house.refused("alice", &house.shown(0), None), "new-pin-window-over");
    // The program's own does, and not one second longer.
    house.desk().reset_pins(&[listed(login("alice"))], false).unwrap().unwrap();
    house.minutes(1);
    let ends = house.behind().prolong_new_pin_mode(KEY, 1);
    is_alarmed(&house, "alice", &house.shown(0), |error| matches!(error, Error::NewPinTampered(_)));
    assert_eq!(house.behind().prolong_new_pin_mode(KEY, -1), ends - 1);
    house.minutes(1);
    house.choose_pin("alice", "8352");
}

#[test]
fn a_ticket_that_is_moved_to_another_key_or_prolonged_is_dead() {
    let house = House::in_use();
    house.equip_bob();
    let ticket = match house.type_in("bob", &house.shown_by(OTHER, 0), None) {
        Answer::NewPinRequired(challenge) => challenge.ticket.to_string(),
        other => panic!("{other:?}"),
    };
    house.behind().move_tickets(OTHER, KEY);
    assert_eq!(house.set_pin("alice", &ticket, "8352", "8352"), PinAnswer::Refused);
    house.behind().move_tickets(KEY, OTHER);
    house.minutes(10);
    house.behind().prolong_tickets(3600);
    assert_eq!(house.set_pin("bob", &ticket, "8352", "8352"), PinAnswer::Refused);
    // One that asks for the next code does not set a PIN, nor the other way round.
    house.minutes(1);
    let next = house.next_code_ticket("alice", PIN, 5);
    house.behind().say_that_tickets_set_pins();
    assert_eq!(house.set_pin("alice", &next, "8352", "8352"), PinAnswer::Refused);
    house.minutes(20);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted), "the PIN is what it was");
}

#[test]
fn an_activation_code_opens_nothing_under_another_login() {
    let house = House::furnished();
    house.desk().assign_key(&serial(OTHER), &login("bob")).unwrap();
    let issued = house.desk().issue_activation(&login("bob"), None).unwrap();
    exchange_logins(&house);
    assert_eq!(house.activation_refused("alice", OTHER, issued.code.expose()), "wrong-activation-code");
    exchange_logins(&house);
    house.minutes(1);
    assert_eq!(house.activate("bob", OTHER, issued.code.expose()), Activated::Yes);
}

#[test]
fn what_nobody_vouches_for_is_not_handed_on_to_the_key_that_takes_its_place() {
    let house = House::in_use();
    exchange_logins(&house);
    let told = house.replace(crate::ops::tests::replace::Pin::New);
    assert!(told.as_ref().is_err_and(of_holder), "{told:?}");
    assert_eq!(house.desk().store.read().key(&serial(OTHER)).unwrap().unwrap().state, State::Stock);
    exchange_logins(&house);
    house.replace(crate::ops::tests::replace::Pin::New).unwrap();
}

#[test]
fn nobody_becomes_an_operator_or_more_than_one_by_an_edit() {
    let house = House::furnished();
    let mut desk = house.desk();
    let until = Some(house.clock.now().plus(Seconds::days(1)));
    let entrust = |desk: &mut Desk<'_>, uid, account: &str, role, establishments| {
        let new = NewOperator { uid, account: account.to_owned(), role, establishments, until };
        desk.add_operator(&new).unwrap();
    };
    desk.add_establishment(&NewEstablishment { uai: "0750001U".parse().unwrap(), name: "Collège".parse().unwrap() })
        .unwrap();
    entrust(&mut desk, 2001, "mdupuis", Role::Delegate, vec![uai()]);
    drop(desk);
    let comes = |uid| {
        let mut desk = house.desk_of(uid, "mdupuis");
        let entry = Entry { command: Command::KeyList, unattended: None };
        admit(&mut desk.store, entry, house.clock.now())
    };
    assert_eq!(comes(2001).unwrap(), Role::Delegate);
    for (deed, undo) in [
        ("role = 'admin'", "role = 'delegate'"),
        ("uid = 2002", "uid = 2001"),
        ("until = until + 1", "until = until - 1"),
        ("until = NULL", "until = added_at + 86400"),
        ("added_at = added_at - 1", "added_at = added_at + 1"),
        ("name = 'root'", "name = 'mdupuis'"),
    ] {
        house.behind().edit_mandate("mdupuis", deed);
        let uid = if deed.starts_with("uid") { 2002 } else { 2001 };
        let alarms = house.told("integrity").len();
        let told = comes(uid);
        assert!(matches!(told, Err(Error::MandateTampered(_))), "{deed}: {told:?}");
        assert_eq!(house.told("integrity").len(), alarms + 1);
        house.behind().edit_mandate(if deed.starts_with("name") { "root" } else { "mdupuis" }, undo);
        assert_eq!(comes(2001).unwrap(), Role::Delegate, "{undo}");
    }
    house.behind().widen_mandate("mdupuis", 2);
    assert!(matches!(comes(2001), Err(Error::MandateTampered(_))));
    assert_eq!(house.events_of(&AuditFilter { outcome: Some(Outcome::Alarm), ..AuditFilter::default() }).len(), 7);
}

#[test]
fn a_row_that_is_found_by_another_login_than_it_tells_is_nobodys() {
    let is_found_out = |told: Result<(), Error>| {
        let is_it = matches!(&told, Err(Error::Store(StoreError::Impossible { table: "users", .. })));
        assert!(is_it, "{told:?}");
    };
    let house = House::in_use();
    house.equip_bob();
    house.behind().find_by("bob", "gone");
    house.behind().find_by("alice", "bob");
    let typed = format!("{PIN}{}", house.shown(0));
    let request = Request { aim: Aim::Enter, login: &login("bob"), typed: &typed, ticket: None, source: None };
    is_found_out(house.desk().check(&request).map(|_| ()));
    is_found_out(house.desk().issue_activation(&login("bob"), None).map(|_| ()));
    is_found_out(house.desk().assign_key(&serial("103142720"), &login("bob")).map(|_| ()));
    is_found_out(house.desk().activate(&login("bob"), &serial(KEY), "6t605do7").map(|_| ()));
    is_found_out(house.desk().reset_pins(&[listed(login("bob"))], false).map(|_| ()));
    house.behind().find_by("bob", "alice");
    house.behind().find_by("gone", "bob");
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn an_activation_code_that_is_prolonged_or_bound_to_another_key_opens_nothing() {
    let house = House::furnished();
    house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
    let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
    for (edit, undo) in [
        ("expires_at = expires_at + 1", "expires_at = expires_at - 1"),
        ("key_id = NULL", "key_id = (SELECT id FROM keys WHERE serial = '103142718')"),
        ("seal = zeroblob(32)", "seal = seal"),
    ] {
        house.behind().edit_activations(edit);
        assert_eq!(house.activation_refused("alice", KEY, issued.code.expose()), "wrong-activation-code", "{edit}");
        house.behind().edit_activations(undo);
        house.minutes(2);
    }
    let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
    house.behind().edit_activations("key_id = (SELECT id FROM keys WHERE serial = '103142719')");
    house.behind().edit_activations("key_id = (SELECT id FROM keys WHERE serial = '103142718')");
    assert_eq!(house.activate("alice", KEY, issued.code.expose()), Activated::Yes);
}

#[test]
fn no_refusal_is_told_more_often_than_it_happened() {
    let house = House::in_use();
    for _ in 0..70 {
        assert!(matches!(house.type_in("nobody", "4576123456", None), Answer::Refused));
    }
    house.behind().copy_floods(3);
    house.minutes(2);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    let together = house.told("unknown-user").into_iter().filter_map(|record| record.event.count);
    assert_eq!(together.collect::<Vec<_>>(), [10]);
    assert_eq!(house.told("integrity").len(), 3);
}

#[test]
fn a_change_whose_event_is_swallowed_is_none() {
    for at_once in [true, false] {
        let house = House::in_use();
        let before = house.events().len();
        house.behind().swallow_events(at_once);
        let typed = format!("{PIN}{}", house.shown(0));
        let request = Request { aim: Aim::Enter, login: &login("alice"), typed: &typed, ticket: None, source: None };
        let told = house.desk().check(&request);
        assert!(
            matches!(told, Err(Error::Counted(StoreError::Unexpected(_)) | Error::Store(StoreError::Unexpected(_)))),
            "{told:?}"
        );
        house.behind().swallow_no_events();
        assert_eq!(house.events().len(), before);
        assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted), "the code was not spent");
    }
}

#[test]
fn who_needs_no_role_is_not_kept_out_by_one_that_somebody_made_up() {
    let house = House::furnished();
    let mut desk = house.desk();
    let uid = desk.store.operator().uid;
    house.behind().entrust(uid, "delegue");
    let entry = Entry { command: Command::OperatorRemove, unattended: None };
    assert_eq!(admit(&mut desk.store, entry, house.clock.now()).unwrap(), Role::Admin);
    assert_eq!(house.told("integrity").len(), 1);
}
