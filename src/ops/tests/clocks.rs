//! What checks leave behind of the keys' clocks.

use super::*;
use crate::clock::Seconds;

#[test]
fn a_key_that_is_used_all_day_keeps_a_short_history() {
    let house = House::in_use();
    for _ in 0..170 {
        house.minutes(7);
        assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
        assert!(house.rows("spent_codes") <= 144);
    }
    // What he has just used is known to the minute.
    let key = house.key();
    let desk = house.desk();
    let spent = desk.store.read().spent_from(key.row, key.watermark.shifted(-7 * 60)).unwrap().unwrap();
    assert_eq!(spent.step, key.watermark.shifted(-7 * 60));
}

#[test]
fn the_first_of_two_codes_and_those_of_a_key_in_stock_tell_of_no_clock() {
    let house = House::in_use();
    let before = house.desk().store.read().history(house.key().row).unwrap();
    house.next_code_ticket("alice", PIN, 5);
    let after = house.desk().store.read().history(house.key().row).unwrap();
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after.last().unwrap().steps, None);
    let desk = house.desk();
    assert_eq!(desk.report_drift(None).unwrap().keys.count(), 1, "only keys in use");
}

#[test]
fn a_key_that_goes_on_to_another_user_takes_the_history_of_its_clock_along() {
    let house = House::in_use();
    for _ in 0..4 {
        house.minutes(40 * 24 * 60);
        assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    }
    let trend = house.in_full().forecast.trend.unwrap();
    assert_eq!((trend.rate.thousandths(), trend.offset_at(house.key().last_accepted_at.unwrap())), (0, Seconds::ZERO));
    house.does(KEY, Deed::Unassign).unwrap();
    assert_eq!(house.in_full().forecast.trend, Some(trend));
}

#[test]
fn the_alarm_of_our_clock_ends_also_when_every_history_is_old() {
    let house = House::in_use();
    house.minutes(60);
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    house.behind().say_that_the_clock_is_wrong(5);
    // A summer later our clock is right again.
    house.minutes(90 * 24 * 60);
    for _ in 0..20 {
        house.minutes(7);
        assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    }
    assert!(house.desk().report_drift(None).unwrap().wrong.is_none());
}

#[test]
fn an_event_key_keeps_a_short_history_too() {
    const BUTTON: &str = "500000001";
    let house = House::furnished();
    let list = format!("{BUTTON},{:040x},hotp,6,0\n", u128::MAX);
    house.import(list.as_bytes(), false);
    house.desk().assign_key(&serial(BUTTON), &login("alice")).unwrap();
    let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
    assert_eq!(house.activate("alice", BUTTON, issued.code.expose()), Activated::Yes);
    let seed = data_encoding::HEXLOWER.decode(format!("{:040x}", u128::MAX).as_bytes()).unwrap();
    let seed = Seed::new(Zeroizing::new(seed)).unwrap();
    let parameters = house.desk().show_key(&serial(BUTTON)).unwrap().key.parameters;
    let code = |count: i64| {
        let shown = otp::compute(&parameters, &serial(BUTTON), &seed, Step::new(count)).unwrap();
        shown.expose(Digits::SIX).to_string()
    };
    let Answer::NewPinRequired(ticket) = house.type_in("alice", &code(0), None) else { panic!("no PIN is asked for") };
    let chosen = house.set_pin("alice", &ticket.ticket, PIN, PIN);
    assert!(matches!(chosen, PinAnswer::Set { .. }), "{chosen:?}");
    for count in 1..170 {
        house.minutes(1);
        let answer = house.type_in("alice", &format!("{PIN}{}", code(count)), None);
        assert!(matches!(answer, Answer::Accepted), "{count}: {answer:?}");
        assert!(house.rows("spent_codes") <= 144);
    }
}

#[test]
fn g01_a_clock_that_was_set_back_is_an_alarm_once_each_time_before_what_is_done_then() {
    let house = House::in_use();
    let told = || house.told("set-back").iter().map(|alarm| alarm.event.count).collect::<Vec<_>>();
    let try_in = || assert!(matches!(house.type_in("nobody", "1", None), Answer::Refused));
    try_in();
    // So much two clocks may differ, or somebody have waited for another writer.
    house.minutes(-1);
    try_in();
    assert_eq!(told(), []);
    house.minutes(-61);
    try_in();
    try_in();
    assert_eq!(told(), [Some(61)]);
    let [.., alarm, first, _] = &house.events()[..] else { panic!("there are more") };
    assert_eq!((alarm.event.action, alarm.event.outcome), (Action::HostClock, Outcome::Alarm));
    assert_eq!(first.event.action, Action::Check);
    // It goes on from there, and is set back once more.
    house.minutes(30);
    try_in();
    assert_eq!(told(), [Some(61)]);
    house.minutes(-24 * 60);
    try_in();
    assert_eq!(told(), [Some(61), Some(24 * 60)]);
    // In steps that are too small for each to be told, it is told when they are too many.
    house.minutes(3 * 24 * 60);
    for _ in 0..5 {
        try_in();
        house.minutes(-1);
    }
    assert_eq!(told(), [Some(61), Some(24 * 60), Some(2)]);
    assert!(house.desk().verify_audit(Vec::new()).unwrap().is_intact());
}
