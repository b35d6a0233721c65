//! Event keys, RFC 4226, before the judge.

use super::*;
use crate::otp::{Algorithm, Code, Digits, Hash, Mechanism, Period, Seed};
use zeroize::Zeroizing;

const NOW: UtcTime = UtcTime::from_epoch(1_800_000_000);
/// The next counter of the key.
const NEXT: i64 = 500;

fn mechanism() -> Mechanism {
    let seed = Seed::new(Zeroizing::new((1..=20).collect())).unwrap();
    Mechanism::new(&key().parameters, &"103142718".parse().unwrap(), &seed)
}

/// An active key with a PIN, whose last code was that of the counter before [`NEXT`].
fn key() -> Standing {
    let digits = Digits::new(8).unwrap();
    Standing {
        state: State::Active,
        locked: false,
        held: false,
        validity: Validity::default(),
        parameters: Parameters { algorithm: Algorithm::Hotp(Hash::Sha1), digits, period: Period::HALF_MINUTE },
        watermark: Step::new(NEXT - 1),
        clockwork: Clockwork::default(),
        last_accepted_at: Some(NOW.plus(Seconds::days(-400))),
        pin: pin::Standing::Set,
        failures: 0,
        asks_twice: false,
        pending: None,
    }
}

fn code(counter: i64) -> Code {
    mechanism().show(Step::new(counter)).unwrap()
}

fn check(standing: &Standing, pin: PinFact, counter: i64) -> Judgement {
    let policy = Policy::default();
    let hits = find(standing, None, &mut mechanism(), &code(counter), NOW, &policy);
    judge(standing, Question::Passcode { pin, hits: &hits }, NOW, &policy)
}

fn resync(standing: &Standing, counters: &[i64]) -> Judgement {
    let codes: Vec<Code> = counters.iter().map(|counter| code(*counter)).collect();
    let policy = Policy::default();
    let places = find_in_a_row(standing, &mut mechanism(), &codes, NOW, &policy);
    judge(standing, Question::Resynchronisation { places: &places }, NOW, &policy)
}

fn spent(counter: i64) -> Option<Step> {
    Some(Step::new(counter))
}

#[test]
fn a17_three_codes_open_alone_the_next_and_the_two_after_it() {
    for counter in NEXT..NEXT + 3 {
        let Judgement::Accepted(acceptance) = check(&key(), PinFact::Right, counter) else { panic!("{counter}") };
        assert_eq!(acceptance.step, Step::new(counter));
        assert_eq!((acceptance.offset, acceptance.clockwork), (None, Clockwork::default()));
    }
    let opening =
        (0..2 * NEXT).filter(|counter| matches!(check(&key(), PinFact::Right, *counter), Judgement::Accepted(_)));
    assert_eq!(opening.count(), 3);
}

#[test]
fn a_code_up_to_ten_presses_beyond_asks_for_the_next_one_however_long_the_key_lay_idle() {
    for counter in NEXT + 3..=NEXT + 10 {
        let pending = Pending { first: Step::new(counter), host: None };
        assert_eq!(check(&key(), PinFact::Right, counter), Judgement::NextCodeRequired(pending));
    }
    let wrong = Judgement::refuse(Reason::WrongCode, Fault::Code);
    assert_eq!(check(&key(), PinFact::Right, NEXT + 11), wrong);
}

#[test]
fn a01_the_last_ten_codes_are_known_again_as_replays_and_older_ones_are_wrong() {
    for counter in NEXT - 10..NEXT {
        assert_eq!(
            check(&key(), PinFact::Right, counter),
            Judgement::refuse(Reason::Replay, Fault::Neither),
            "{counter}"
        );
    }
    assert_eq!(check(&key(), PinFact::Right, NEXT - 11), Judgement::refuse(Reason::WrongCode, Fault::Code));
}

#[test]
fn what_was_wrong_decides_the_lock_it_counts_for() {
    assert_eq!(check(&key(), PinFact::Wrong, NEXT), Judgement::refuse(Reason::WrongPin, Fault::Pin));
    assert_eq!(check(&key(), PinFact::NotTyped, NEXT), Judgement::refuse(Reason::WrongPin, Fault::Pin));
    assert_eq!(check(&key(), PinFact::Wrong, NEXT + 900), Judgement::refuse(Reason::BothWrong, Fault::Both));
}

#[test]
fn the_next_press_or_the_one_after_it_answers_whenever_it_comes() {
    let first = Step::new(NEXT + 7);
    let pending = Pending { first, host: None };
    let asked = Standing { watermark: first, pending: Some(pending), ..key() };
    let follow = |counter: i64, now: UtcTime| {
        let policy = Policy::default();
        let hits = find(&asked, Some(pending), &mut mechanism(), &code(counter), now, &policy);
        judge(&asked, Question::FollowingCode { pending, hits: &hits }, now, &policy)
    };
    for later in [1, 2] {
        for now in [NOW, NOW.plus(Seconds::minutes(5)), UtcTime::from_epoch(0)] {
            let judgement = follow(NEXT + 7 + later, now);
            assert!(matches!(judgement, Judgement::Accepted(_)), "{judgement:?}");
            assert_eq!(judgement.spends(), spent(NEXT + 7 + later));
        }
    }
    for counter in [NEXT + 10, NEXT + 7, NEXT + 6, NEXT] {
        assert_eq!(follow(counter, NOW), Judgement::refuse(Reason::WrongNextCode, Fault::Code), "{counter}");
    }
    // Without a ticket, a whole passcode of a following code answers too.
    assert!(matches!(check(&asked, PinFact::Right, NEXT + 9), Judgement::Accepted(_)));
}

#[test]
fn a_question_to_a_time_key_is_not_answered_without_a_clock() {
    let first = Step::new(NEXT);
    let pending = Pending { first, host: Some(Step::new(30_000_000)) };
    assert!(!pending.is_answered_by(first.shifted(1), None));
    assert!(!Pending { first, host: None }.is_answered_by(first.shifted(1), Some(first)));
}

#[test]
fn b18_after_three_failures_a_right_code_is_not_enough() {
    let failed = Standing { failures: 3, ..key() };
    let pending = Pending { first: Step::new(NEXT), host: None };
    assert_eq!(check(&failed, PinFact::Right, NEXT), Judgement::NextCodeRequired(pending));
}

#[test]
fn a_key_without_a_pin_asks_for_one() {
    let keyless = Standing { pin: pin::Standing::None { until: Some(NOW) }, ..key() };
    let judgement = check(&keyless, PinFact::NotTyped, NEXT + 2);
    assert!(matches!(judgement, Judgement::NewPinRequired(_)), "{judgement:?}");
    assert_eq!(judgement.spends(), spent(NEXT + 2));
}

#[test]
fn two_codes_in_a_row_are_searched_1000_presses_ahead_and_three_20_000() {
    for first in [NEXT, NEXT + 1, NEXT + 400, NEXT + 999] {
        let judgement = resync(&key(), &[first, first + 1]);
        let Judgement::Resynchronised(acceptance) = judgement else { panic!("{first}: {judgement:?}") };
        assert_eq!(acceptance.step, Step::new(first + 1));
        assert_eq!((acceptance.offset, acceptance.clockwork), (None, Clockwork::default()));
    }
    let wrong = Judgement::refuse(Reason::WrongCode, Fault::Both);
    assert_eq!(resync(&key(), &[NEXT + 1_000, NEXT + 1_001]), wrong);
    assert_eq!(resync(&key(), &[NEXT + 15_000, NEXT + 15_001]), wrong);
    assert_eq!(resync(&key(), &[NEXT + 15_000, NEXT + 15_001, NEXT + 15_002]).spends(), spent(NEXT + 15_002));
    assert_eq!(resync(&key(), &[NEXT + 20_000, NEXT + 20_001, NEXT + 20_002]), wrong);
}

#[test]
fn a06_a_resync_needs_two_new_codes_in_their_order() {
    let (replay, wrong) =
        (Judgement::refuse(Reason::Replay, Fault::Neither), Judgement::refuse(Reason::WrongCode, Fault::Both));
    assert_eq!(resync(&key(), &[NEXT - 1, NEXT]), replay);
    assert_eq!(resync(&key(), &[NEXT - 2, NEXT - 1]), replay);
    assert_eq!(resync(&key(), &[NEXT - 1, NEXT, NEXT + 1]), replay);
    assert_eq!(resync(&key(), &[NEXT + 1, NEXT]), wrong, "swapped");
    assert_eq!(resync(&key(), &[NEXT, NEXT + 2]), wrong, "not consecutive");
    assert_eq!(resync(&key(), &[NEXT, NEXT]), wrong, "equal");
}

#[test]
fn a14_the_first_counter_of_a_new_key_is_zero_and_no_negative_one_opens() {
    let fresh = Standing { watermark: Step::NEVER, last_accepted_at: None, ..key() };
    assert_eq!(check(&fresh, PinFact::Right, 0).spends(), spent(0));
    assert_eq!(resync(&fresh, &[0, 1]).spends(), spent(1));
    let hits = [Step::NEVER, Step::new(-2), Step::new(i64::MIN)];
    let judgement = judge(&fresh, Question::Passcode { pin: PinFact::Right, hits: &hits }, NOW, &Policy::default());
    assert!(matches!(judgement, Judgement::Refused(_)), "{judgement:?}");
}

#[test]
fn a14_a_counter_at_the_end_of_its_range_opens_nothing_twice() {
    let last = Standing { watermark: Step::new(i64::MAX), ..key() };
    let judgement = check(&last, PinFact::Right, i64::MAX);
    assert_eq!(judgement, Judgement::refuse(Reason::Replay, Fault::Neither));
    assert_eq!(resync(&last, &[i64::MAX - 1, i64::MAX]).spends(), None);
}

#[test]
fn g01_the_clock_of_the_host_has_no_say() {
    for now in [i64::MIN, -1, 0, i64::MAX].map(UtcTime::from_epoch) {
        let policy = Policy::default();
        let hits = find(&key(), None, &mut mechanism(), &code(NEXT), now, &policy);
        let judgement = judge(&key(), Question::Passcode { pin: PinFact::Right, hits: &hits }, now, &policy);
        assert_eq!(judgement.spends(), spent(NEXT), "{now:?}");
    }
}
