//! The judge, case by case: what opens, what asks again, what is refused and why.

mod relief;
mod resync;
mod window;

use super::*;
use crate::otp::{Algorithm, Code, Digits, Hash, Mechanism, Period, Seed};
use zeroize::Zeroizing;

/// A step that begins at [`NOW`] exactly.
const S: Step = Step::new(30_000_000);
const NOW: UtcTime = UtcTime::from_epoch(1_800_000_000);
const POLICY: Policy =
    Policy { next_code_window: 10, resync_window: 720, resync_presses: 1_000, wide_resync_window: 20_000 };

const NO_PIN: pin::Standing = pin::Standing::None { until: Some(NOW.plus(Seconds::hours(1))) };

fn parameters() -> Parameters {
    Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::new(8).unwrap(), period: Period::MINUTE }
}

fn mechanism() -> Mechanism {
    let seed = Seed::new(Zeroizing::new((1..=20).collect())).unwrap();
    Mechanism::new(&parameters(), &"103142718".parse().unwrap(), &seed)
}

fn code(step: Step) -> Code {
    mechanism().show(step).unwrap()
}

fn drift(steps: i64) -> Clockwork {
    Clockwork::observed(Drift::new(steps).unwrap())
}

/// An active key with a PIN, whose last code was accepted twenty steps ago.
fn key() -> Standing {
    Standing {
        state: State::Active,
        locked: false,
        validity: Validity::default(),
        parameters: parameters(),
        watermark: S.shifted(-20),
        clockwork: Clockwork::default(),
        last_accepted_at: Some(NOW.plus(Seconds::minutes(-20))),
        pin: pin::Standing::Set,
        failures: 0,
        pending: None,
    }
}

/// The moment `steps` after [`NOW`].
fn after(steps: i64) -> UtcTime {
    NOW.plus(Seconds::minutes(steps))
}

fn check_at(standing: &Standing, pin: PinFact, step: Step, now: UtcTime) -> Judgement {
    let hits = find(standing, None, &mut mechanism(), &code(step), now, &POLICY);
    judge(standing, Question::Passcode { pin, hits: &hits }, now, &POLICY)
}

fn check(standing: &Standing, pin: PinFact, offset: i64) -> Judgement {
    check_at(standing, pin, S.shifted(offset), NOW)
}

fn follow(standing: &Standing, pending: Pending, step: Step, now: UtcTime) -> Judgement {
    let hits = find(standing, Some(pending), &mut mechanism(), &code(step), now, &POLICY);
    judge(standing, Question::FollowingCode { pending, hits: &hits }, now, &POLICY)
}

fn resync(standing: &Standing, offsets: &[i64]) -> Judgement {
    let codes: Vec<Code> = offsets.iter().map(|offset| code(S.shifted(*offset))).collect();
    let places = find_in_a_row(standing, &mut mechanism(), &codes, NOW, &POLICY);
    judge(standing, Question::Resynchronisation { places: &places }, NOW, &POLICY)
}

fn refused(reason: Reason, fault: Fault) -> Judgement {
    Judgement::refuse(reason, fault)
}

fn accepted(judgement: Judgement) -> Acceptance {
    match judgement {
        Judgement::Accepted(acceptance) => acceptance,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_right_pin_with_a_code_one_step_around_is_accepted() {
    for offset in [-1, 0, 1] {
        let acceptance = accepted(check(&key(), PinFact::Right, offset));
        assert_eq!(acceptance.step, S.shifted(offset));
        assert_eq!(acceptance.offset, Some(offset));
        assert_eq!(acceptance.clockwork, Clockwork::default().learn(offset));
        assert!(!acceptance.confirms_pin);
    }
}

#[test]
fn the_window_moves_with_the_drift_of_the_key() {
    let ahead = Standing { clockwork: drift(37), ..key() };
    assert_eq!(accepted(check(&ahead, PinFact::Right, 38)).step, S.shifted(38));
    let second = Standing { clockwork: accepted(check(&ahead, PinFact::Right, 38)).clockwork, ..ahead };
    assert_eq!(accepted(check(&second, PinFact::Right, 38)).clockwork.drift.steps(), 38);
    assert_eq!(check(&second, PinFact::Right, 0), refused(Reason::WrongCode, Fault::Code));
}

#[test]
fn a01_a_code_at_or_below_the_watermark_is_a_replay_that_counts_for_no_lock() {
    for (watermark, offset) in [(0, 0), (0, -1), (1, 0), (1, 1), (1, -1)] {
        let used = Standing { watermark: S.shifted(watermark), ..key() };
        assert_eq!(
            check(&used, PinFact::Right, offset),
            refused(Reason::Replay, Fault::Neither),
            "{watermark} {offset}"
        );
    }
    let used = Standing { watermark: S, ..key() };
    assert_eq!(check_at(&used, PinFact::Right, S, after(1)), refused(Reason::Replay, Fault::Neither));
    assert_eq!(accepted(check(&used, PinFact::Right, 1)).step, S.shifted(1));
}

#[test]
fn a04_a_used_code_is_never_accepted_until_long_after_its_window() {
    let used = Standing { watermark: S.shifted(-1), ..key() };
    for second in 0..(7 * 60) {
        let now = NOW.plus(Seconds::new(second));
        let judgement = check_at(&used, PinFact::Right, S.shifted(-1), now);
        assert_eq!(judgement, refused(Reason::Replay, Fault::Neither), "{second}");
    }
}

#[test]
fn a08_a_drift_that_falls_opens_no_used_step_again() {
    let used = Standing { watermark: S.shifted(2), clockwork: drift(-2), ..key() };
    for offset in -12..=2 {
        let judgement = check(&used, PinFact::Right, offset);
        assert_eq!(judgement, refused(Reason::Replay, Fault::Neither), "{offset}");
    }
}

#[test]
fn what_was_wrong_decides_the_lock_it_counts_for() {
    let far = 5_000;
    assert_eq!(check(&key(), PinFact::Wrong, 0), refused(Reason::WrongPin, Fault::Pin));
    assert_eq!(check(&key(), PinFact::Wrong, 5), refused(Reason::WrongPin, Fault::Pin));
    assert_eq!(check(&key(), PinFact::Right, far), refused(Reason::WrongCode, Fault::Code));
    assert_eq!(check(&key(), PinFact::Wrong, far), refused(Reason::BothWrong, Fault::Both));
    assert_eq!(check(&key(), PinFact::NotTyped, far), refused(Reason::BothWrong, Fault::Both));
}

#[test]
fn a_used_code_with_a_wrong_pin_does_not_count_as_a_guess_of_the_finder() {
    let used = Standing { watermark: S, ..key() };
    assert_eq!(check(&used, PinFact::Wrong, 0), refused(Reason::BothWrong, Fault::Both));
}

#[test]
fn b04_the_code_alone_on_a_key_with_a_pin_is_a_wrong_pin() {
    assert_eq!(check(&key(), PinFact::NotTyped, 0), refused(Reason::WrongPin, Fault::Pin));
    let until = after(60);
    let provisional = Standing { pin: pin::Standing::Provisional { until, then_until: None }, ..key() };
    assert_eq!(check(&provisional, PinFact::NotTyped, 0), refused(Reason::WrongPin, Fault::Pin));
}

#[test]
fn a_key_without_a_pin_asks_for_one_and_the_code_is_spent() {
    let keyless = Standing { pin: NO_PIN, ..key() };
    let judgement = check(&keyless, PinFact::NotTyped, 1);
    assert!(matches!(judgement, Judgement::NewPinRequired(_)), "{judgement:?}");
    assert_eq!(judgement.spends(), Some(S.shifted(1)));
}

#[test]
fn a_pin_typed_on_a_key_that_has_none_is_refused_with_any_code() {
    let keyless = Standing { pin: NO_PIN, ..key() };
    for (fact, offset) in [(PinFact::Wrong, 0), (PinFact::Right, 0), (PinFact::Wrong, 5_000)] {
        assert_eq!(check(&keyless, fact, offset), refused(Reason::NoPinYet, Fault::Neither));
    }
}

#[test]
fn a_wrong_code_on_a_key_without_a_pin_is_a_strangers() {
    let keyless = Standing { pin: NO_PIN, ..key() };
    assert_eq!(check(&keyless, PinFact::NotTyped, 5_000), refused(Reason::WrongCode, Fault::Both));
}

#[test]
fn b12_new_pin_mode_ends_to_the_second_and_the_key_answers_no_check_after_it() {
    let until = NOW.plus(Seconds::new(30));
    let keyless = Standing { pin: pin::Standing::None { until: Some(until) }, ..key() };
    assert!(matches!(check_at(&keyless, PinFact::NotTyped, S, until), Judgement::NewPinRequired(_)));
    let over = until.plus(Seconds::new(1));
    assert_eq!(check_at(&keyless, PinFact::NotTyped, S, over), refused(Reason::NewPinOver, Fault::Neither));
    let pending = Pending { first: S.shifted(-1), host: Some(S.shifted(-1)) };
    assert_eq!(follow(&keyless, pending, S, over), refused(Reason::NewPinOver, Fault::Neither));
    let never = Standing { pin: pin::Standing::None { until: None }, ..key() };
    assert_eq!(check(&never, PinFact::NotTyped, 0), refused(Reason::NewPinOver, Fault::Neither));
}

#[test]
fn a_provisional_pin_is_confirmed_by_the_first_acceptance() {
    let until = after(60);
    let provisional = Standing { pin: pin::Standing::Provisional { until, then_until: None }, ..key() };
    assert!(accepted(check(&provisional, PinFact::Right, 0)).confirms_pin);
}

#[test]
fn a_code_two_to_ten_steps_off_asks_for_the_next_one_and_eleven_off_is_wrong() {
    for distance in 2..=10 {
        for offset in [-distance, distance] {
            let first = S.shifted(offset);
            let wanted = Judgement::NextCodeRequired(Pending { first, host: Some(S) });
            assert_eq!(check(&key(), PinFact::Right, offset), wanted);
            assert_eq!(wanted.spends(), Some(first));
            assert_eq!(check(&Standing { pin: NO_PIN, ..key() }, PinFact::NotTyped, offset), wanted);
        }
    }
    for offset in [-11, 11] {
        assert_eq!(check(&key(), PinFact::Right, offset), refused(Reason::WrongCode, Fault::Code));
    }
}

#[test]
fn b18_after_three_failures_a_right_code_is_not_enough() {
    let failed = |failures| check(&Standing { failures, ..key() }, PinFact::Right, 0);
    assert_eq!(accepted(failed(2)).step, S);
    for failures in [3, 4, 1_000] {
        assert_eq!(failed(failures), Judgement::NextCodeRequired(Pending { first: S, host: Some(S) }));
    }
}

#[test]
fn the_first_or_second_code_after_the_first_answers_and_sets_the_drift() {
    let first = S.shifted(5);
    let pending = Pending { first, host: Some(S) };
    let asked = Standing { watermark: first, failures: 7, pending: Some(pending), ..key() };
    for later in [1, 2] {
        let acceptance = accepted(follow(&asked, pending, first.shifted(later), after(later)));
        assert_eq!(acceptance.step, first.shifted(later));
        assert_eq!(acceptance.clockwork, drift(5));
        assert_eq!(acceptance.offset, Some(5));
    }
}

#[test]
fn no_other_code_answers_the_question_for_the_next_one() {
    let first = S.shifted(5);
    let pending = Pending { first, host: Some(S) };
    let asked = Standing { watermark: first, pending: Some(pending), ..key() };
    let wrong = refused(Reason::WrongNextCode, Fault::Code);
    assert_eq!(follow(&asked, pending, first.shifted(3), after(3)), wrong, "the third");
    assert_eq!(follow(&asked, pending, first, NOW), wrong, "the same");
    assert_eq!(follow(&asked, pending, first.shifted(-1), NOW), wrong, "the one before");
    assert_eq!(follow(&asked, pending, first.shifted(1), after(3)), wrong, "too late for its drift");
    assert_eq!(follow(&asked, pending, first.shifted(2), NOW), wrong, "too early for its drift");
    assert_eq!(follow(&asked, pending, S.shifted(1), after(1)), wrong, "right by our clock, but below the first");
}

#[test]
fn the_two_clocks_may_tick_one_step_apart_between_the_two_codes() {
    let pending = Pending { first: S.shifted(5), host: Some(S) };
    let asked = Standing { watermark: S.shifted(5), pending: Some(pending), ..key() };
    assert_eq!(accepted(follow(&asked, pending, S.shifted(6), NOW)).clockwork, drift(6));
    assert_eq!(accepted(follow(&asked, pending, S.shifted(6), after(2))).clockwork, drift(4));
}

#[test]
fn the_next_code_of_a_key_without_a_pin_earns_the_choice_of_one() {
    let pending = Pending { first: S, host: Some(S) };
    let asked = Standing { watermark: S, pin: NO_PIN, failures: 3, pending: Some(pending), ..key() };
    assert!(matches!(follow(&asked, pending, S.shifted(1), after(1)), Judgement::NewPinRequired(_)));
    let wrong = refused(Reason::WrongNextCode, Fault::Both);
    assert_eq!(follow(&asked, pending, S.shifted(100), after(1)), wrong);
}

#[test]
fn a_caller_without_tickets_answers_with_a_whole_passcode_of_a_following_code() {
    for (offset, failures) in [(0, 3), (5, 0), (-10, 0), (10, 1_000)] {
        let first = S.shifted(offset);
        let asked = Standing { watermark: first, failures, pending: Some(Pending { first, host: Some(S) }), ..key() };
        for later in [1, 2] {
            let acceptance = accepted(check_at(&asked, PinFact::Right, first.shifted(later), after(later)));
            assert_eq!(acceptance.clockwork, drift(offset));
        }
        let wrong_pin = check_at(&asked, PinFact::Wrong, first.shifted(1), after(1));
        assert!(matches!(wrong_pin, Judgement::Refused(_)), "{offset}: {wrong_pin:?}");
        let third = check_at(&asked, PinFact::Right, first.shifted(3), after(3));
        assert!(!matches!(third, Judgement::Accepted(_)), "{offset}: {third:?}");
        let again = check_at(&asked, PinFact::Right, first, after(1));
        assert!(matches!(again, Judgement::Refused(_)), "{offset}: {again:?}");
    }
}

#[test]
fn a_stopped_key_answers_nothing_whatever_is_right() {
    let second = Seconds::new(1);
    let not_yet = Validity { not_before: Some(NOW.plus(second)), not_after: None };
    let no_more = Validity { not_before: None, not_after: Some(NOW.plus(Seconds::new(-1))) };
    let mut stopped: Vec<(Standing, Reason)> = State::all()
        .filter(|state| *state != State::Active)
        .map(|state| (Standing { state, ..key() }, Reason::NoActiveKey))
        .collect();
    stopped.push((Standing { locked: true, ..key() }, Reason::Locked));
    stopped.push((Standing { validity: not_yet, ..key() }, Reason::OutOfDate));
    stopped.push((Standing { validity: no_more, ..key() }, Reason::OutOfDate));
    for (standing, reason) in stopped {
        let wanted = refused(reason, Fault::Neither);
        assert_eq!(check(&standing, PinFact::Right, 0), wanted);
        assert_eq!(follow(&standing, Pending { first: S, host: Some(S) }, S.shifted(1), NOW), wanted);
        assert_eq!(resync(&standing, &[1, 2]), wanted);
        let keyless = Standing { pin: NO_PIN, ..standing };
        assert_eq!(check(&keyless, PinFact::NotTyped, 0), wanted);
    }
}

#[test]
fn a14_at_the_first_seconds_of_time_nothing_wraps_and_no_negative_step_opens() {
    for second in [0, 1, 59, 60, 119] {
        let now = UtcTime::from_epoch(second);
        let present = second / 60;
        let fresh = Standing { watermark: Step::NEVER, last_accepted_at: None, ..key() };
        for step in 0..=present + 12 {
            let judgement = check_at(&fresh, PinFact::Right, Step::new(step), now);
            let opens = matches!(judgement, Judgement::Accepted(_));
            assert_eq!(opens, (step - present).abs() <= WINDOW, "{second} {step} {judgement:?}");
        }
        let hits = [Step::new(-1), Step::new(i64::MIN)];
        let judgement = judge(&fresh, Question::Passcode { pin: PinFact::Right, hits: &hits }, now, &POLICY);
        assert!(matches!(judgement, Judgement::Refused(_)), "{judgement:?}");
        let codes = [code(Step::new(0)), code(Step::new(1))];
        let places = find_in_a_row(&fresh, &mut mechanism(), &codes, now, &POLICY);
        let resynchronised = judge(&fresh, Question::Resynchronisation { places: &places }, now, &POLICY);
        assert_eq!(resynchronised.spends(), Some(Step::new(1)));
    }
}

#[test]
fn a14_a_clock_at_the_ends_of_its_range_refuses() {
    for now in [i64::MIN, i64::MIN + 1, -1, i64::MAX - 1, i64::MAX].map(UtcTime::from_epoch) {
        let judgement = check_at(&key(), PinFact::Right, S, now);
        assert!(matches!(judgement, Judgement::Refused(_)), "{now:?} {judgement:?}");
    }
}

#[test]
fn the_next_code_window_grows_with_idleness_and_the_window_of_one_code_never() {
    let idle = |days: i64| Standing { last_accepted_at: Some(NOW.plus(Seconds::days(-days))), ..key() };
    let widths = [(0, 10), (59, 10), (60, 11), (119, 11), (120, 12), (3_000, 60), (4_000, 60), (-90, 10)];
    for (days, width) in widths {
        assert_eq!(idle(days).next_code_window(NOW, &POLICY), width, "{days}");
        let fresh = Standing { watermark: Step::NEVER, ..idle(days) };
        assert!(matches!(check(&fresh, PinFact::Right, width), Judgement::NextCodeRequired(_)), "{days}");
        assert!(matches!(check(&fresh, PinFact::Right, 2), Judgement::NextCodeRequired(_)), "{days}");
        assert!(matches!(check(&fresh, PinFact::Right, width + 1), Judgement::Refused(_)), "{days}");
    }
    let never_used = Standing { last_accepted_at: None, ..key() };
    assert_eq!(never_used.next_code_window(NOW, &POLICY), 10);
}

#[test]
fn g01_a_clock_set_back_opens_no_used_code_and_new_ones_wait_for_the_watermark() {
    let used = Standing { watermark: S, ..key() };
    let back = after(-1_440);
    assert_eq!(check_at(&used, PinFact::Right, S.shifted(-1_440), back), refused(Reason::Replay, Fault::Neither));
    assert_eq!(check_at(&used, PinFact::Right, S, back), refused(Reason::WrongCode, Fault::Code));
}

#[test]
fn a_securid_key_is_judged_as_any_time_key() {
    let parameters = Parameters { algorithm: Algorithm::SecurId, digits: Digits::SIX, period: Period::MINUTE };
    let seed = Seed::new(Zeroizing::new((1..=16).collect())).unwrap();
    let mut mechanism = Mechanism::new(&parameters, &"103142718".parse().unwrap(), &seed);
    let standing = Standing { parameters, ..key() };
    for offset in -15..=15 {
        let code = mechanism.show(S.shifted(offset)).unwrap();
        let hits = find(&standing, None, &mut mechanism, &code, NOW, &POLICY);
        assert_eq!(hits.contains(&S.shifted(offset)), offset.abs() <= 10, "{offset}");
        let judgement = judge(&standing, Question::Passcode { pin: PinFact::Right, hits: &hits }, NOW, &POLICY);
        assert_eq!(matches!(judgement, Judgement::Accepted(_)), offset.abs() <= WINDOW, "{offset} {judgement:?}");
    }
    for drift in [-700, -3, 0, 5, 700] {
        let codes = [drift - 1, drift].map(|offset| mechanism.show(S.shifted(offset)).unwrap());
        let places = find_in_a_row(&standing, &mut mechanism, &codes, NOW, &POLICY);
        assert!(places.contains(&Place { first: S.shifted(drift - 1), last: S.shifted(drift) }), "{drift}");
    }
}
