//! Emergency codes before the judge.

use super::*;
use crate::emergency::Found;

fn type_in(standing: &Standing, pin: PinFact, code: Found) -> Judgement {
    judge(standing, Question::Emergency { pin, code }, NOW, &POLICY)
}

#[test]
fn the_right_pin_and_an_unused_code_open_in_place_of_a_key_that_is_there_or_lost() {
    let ended = Validity { not_after: Some(NOW.plus(Seconds::days(-1))), ..Validity::default() };
    for standing in [key(), Standing { state: State::Lost, ..key() }, Standing { validity: ended, ..key() }] {
        let judgement = type_in(&standing, PinFact::Right, Found::Unused(7));
        assert_eq!(judgement, Judgement::AcceptedInEmergency(Relief { code: 7, confirms_pin: false }));
        assert_eq!(judgement.spends(), None);
    }
}

#[test]
fn it_counts_for_the_same_locks_as_the_code_of_a_key() {
    let lost = Standing { state: State::Lost, ..key() };
    let rows = [
        (PinFact::Right, Found::Unknown, Reason::WrongCode, Fault::Code),
        (PinFact::Right, Found::Spent, Reason::Replay, Fault::Neither),
        (PinFact::Wrong, Found::Unused(7), Reason::WrongPin, Fault::Pin),
        (PinFact::Wrong, Found::Unknown, Reason::BothWrong, Fault::Both),
        (PinFact::Wrong, Found::Spent, Reason::BothWrong, Fault::Both),
    ];
    for standing in [key(), lost] {
        for (pin, code, reason, fault) in rows {
            assert_eq!(type_in(&standing, pin, code), refused(reason, fault), "{pin:?} {code:?}");
        }
    }
}

#[test]
fn it_opens_nothing_where_the_key_is_stopped_otherwise_or_has_no_pin() {
    for state in [State::Stock, State::Assigned, State::Suspended, State::Retired] {
        let stopped = Standing { state, ..key() };
        assert_eq!(
            type_in(&stopped, PinFact::Right, Found::Unused(7)),
            refused(Reason::NoActiveKey, Fault::Neither),
            "{state}"
        );
    }
    let locked = Standing { locked: true, ..key() };
    assert_eq!(type_in(&locked, PinFact::Right, Found::Unused(7)), refused(Reason::Locked, Fault::Neither));
    for pin in [PinFact::Right, PinFact::Wrong, PinFact::NotTyped] {
        let none = Standing { pin: NO_PIN, ..key() };
        assert_eq!(type_in(&none, pin, Found::Unused(7)), refused(Reason::NoPinYet, Fault::Neither));
    }
}

#[test]
fn it_needs_no_second_code_after_failures_and_confirms_a_new_pin() {
    let until = NOW.plus(Seconds::hours(1));
    let changed = Standing { pin: pin::Standing::Changed { until }, failures: 5, ..key() };
    let confirmed = Judgement::AcceptedInEmergency(Relief { code: 7, confirms_pin: true });
    assert_eq!(type_in(&changed, PinFact::Right, Found::Unused(7)), confirmed);
}

#[test]
fn the_code_of_a_lost_key_is_not_judged() {
    let lost = Standing { state: State::Lost, ..key() };
    for pin in [PinFact::Right, PinFact::Wrong, PinFact::NotTyped] {
        assert_eq!(check(&lost, pin, 0), refused(Reason::NoActiveKey, Fault::Neither));
    }
}
