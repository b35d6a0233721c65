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
    let clocks = house.desk().report_drift(None).unwrap();
    assert_eq!(clocks.keys.len(), 1, "only keys in use");
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
