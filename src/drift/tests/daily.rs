//! One key that is used each day for five years while its clock goes wrong.

use super::*;
use crate::key::{State, Validity};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Step};
use crate::passcode::{self, Judgement, PinFact, Question, Standing, judge};
use crate::pin;

const DAYS: i64 = 5 * 365;

fn standing() -> Standing {
    Standing {
        state: State::Active,
        locked: false,
        validity: Validity::default(),
        parameters: Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period: Period::MINUTE },
        watermark: Step::NEVER,
        clockwork: Clockwork::default(),
        last_accepted_at: None,
        pin: pin::Standing::Set,
        failures: 0,
        pending: None,
        asks_twice: false,
        held: false,
    }
}

/// Logs in with what the key shows; tells whether the next code was asked for too.
fn log_in(standing: &mut Standing, shown: impl Fn(UtcTime) -> Step, now: UtcTime) -> bool {
    let policy = passcode::Policy::default();
    let asked = |hits: &[Step], standing: &Standing| {
        judge(standing, Question::Passcode { pin: PinFact::Right, hits }, now, &policy)
    };
    let mut was_asked = false;
    let (acceptance, now) = match asked(&[shown(now)], standing) {
        Judgement::Accepted(acceptance) => (acceptance, now),
        Judgement::NextCodeRequired(pending) => {
            was_asked = true;
            standing.watermark = pending.first;
            let later = now.plus(Seconds::minutes(1));
            let following = Question::FollowingCode { pending, hits: &[shown(later)] };
            match judge(standing, following, later, &policy) {
                Judgement::Accepted(acceptance) => (acceptance, later),
                other => panic!("{other:?}"),
            }
        }
        other => panic!("{now:?}: {other:?}"),
    };
    assert!(acceptance.step > standing.watermark);
    standing.watermark = acceptance.step;
    standing.clockwork = acceptance.clockwork;
    standing.last_accepted_at = Some(now);
    was_asked
}

#[test]
fn g06_a_key_minutes_off_that_gains_or_loses_a_second_a_day_is_accepted_every_day_for_five_years() {
    for minutes in -3..=3 {
        for rate in [-1, 0, 1] {
            let mut standing = standing();
            let (mut sides, mut questions) = (Vec::new(), Vec::new());
            for number in 0..DAYS {
                let gained = move |at: UtcTime| minutes * 60 + rate * at.since(START).get() / 86_400;
                let shown = move |at: UtcTime| Step::at(at.plus(Seconds::new(gained(at))), Period::MINUTE);
                // Somewhere in the day, and somewhere in the minute.
                let now = day(number).plus(Seconds::new(number * 7_919 % 36_000));
                let before = standing.clockwork.drift.steps();
                let side = shown(now).distance_from(Step::at(now, Period::MINUTE).shifted(before)).signum();
                let was_asked = log_in(&mut standing, shown, now);
                let moved = standing.clockwork.drift.steps() - before;
                let former = sides.last().copied();
                sides.push(side);
                if was_asked {
                    // Two codes tell the drift at once.
                    questions.push(number);
                } else {
                    assert!(moved.abs() <= 1, "{minutes} {rate} day {number}: moved by {moved}");
                    assert!(moved == 0 || (moved == side && former == Some(side)), "{minutes} {rate} day {number}");
                }
            }
            // A key that comes from the vendor out of step is asked once, before its drift is known, and never again.
            assert!(questions.len() <= 1 && questions.iter().all(|day| *day < 2), "{minutes} {rate}: {questions:?}");
            let real = (minutes * 60 + rate * DAYS).div_euclid(60);
            let learned = standing.clockwork.drift.steps();
            assert!((learned - real).abs() <= 1, "{minutes} {rate}: learned {learned}, real {real}");
        }
    }
}
