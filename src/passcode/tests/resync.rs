//! Two or three codes in a row, by which a key is found again.

use super::*;

#[test]
fn two_codes_in_a_row_find_a_key_that_is_far_off() {
    for offset in [-720, -37, -5, 0, 37, 719] {
        let fresh = Standing { watermark: Step::NEVER, ..key() };
        match resync(&fresh, &[offset, offset + 1]) {
            Judgement::Resynchronised(acceptance) => {
                assert_eq!(acceptance.step, S.shifted(offset + 1));
                assert_eq!(acceptance.clockwork, drift(offset + 1));
                assert!(!acceptance.confirms_pin);
            }
            other => panic!("{offset}: {other:?}"),
        }
    }
}

#[test]
fn two_codes_are_searched_within_720_steps_and_three_further() {
    let fresh = Standing { watermark: Step::NEVER, ..key() };
    assert_eq!(resync(&fresh, &[721, 722]), refused(Reason::WrongCode, Fault::Both));
    assert_eq!(resync(&fresh, &[-723, -722]), refused(Reason::WrongCode, Fault::Both));
    let three = resync(&fresh, &[15_000, 15_001, 15_002]);
    assert_eq!(three.spends(), Some(S.shifted(15_002)));
    let beyond = resync(&fresh, &[20_001, 20_002, 20_003]);
    assert_eq!(beyond, refused(Reason::WrongCode, Fault::Both));
}

#[test]
fn a06_a_resync_needs_two_new_codes_in_their_order() {
    let used = Standing { watermark: S, ..key() };
    let replay = refused(Reason::Replay, Fault::Neither);
    let wrong = refused(Reason::WrongCode, Fault::Both);
    assert_eq!(resync(&used, &[0, 1]), replay);
    assert_eq!(resync(&used, &[-1, 0]), replay);
    assert_eq!(resync(&used, &[2, 1]), wrong, "swapped");
    assert_eq!(resync(&used, &[1, 3]), wrong, "not consecutive");
    assert_eq!(resync(&used, &[1, 1]), wrong, "equal");
    assert_eq!(resync(&used, &[1, 2]).spends(), Some(S.shifted(2)));
}

#[test]
fn a07_a_resync_that_begins_with_the_code_just_accepted_is_refused() {
    let used = Standing { watermark: S, ..key() };
    assert_eq!(resync(&used, &[0, 1]), refused(Reason::Replay, Fault::Neither));
    assert_eq!(resync(&used, &[0, 1, 2]), refused(Reason::Replay, Fault::Neither));
}

#[test]
fn codes_in_a_row_at_two_places_need_a_third_and_spend_nothing() {
    let place = |offset: i64| Place { first: S.shifted(offset), last: S.shifted(offset + 1) };
    let ask = |places: &[Place]| judge(&key(), Question::Resynchronisation { places }, NOW, &POLICY);
    let judgement = ask(&[place(3), place(300)]);
    assert_eq!(judgement, Judgement::ThirdCodeRequired);
    assert_eq!(judgement.spends(), None);
    // A place that is used up is none.
    assert_eq!(ask(&[place(-300), place(300)]).spends(), Some(S.shifted(301)));
    assert_eq!(ask(&[place(30_000)]), refused(Reason::DriftTooFar, Fault::Neither));
}
