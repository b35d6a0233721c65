//! How far one code alone reaches, and what a clock that is no clock of a textbook makes of it.

use super::*;

/// Every step near by, and some of the day before and after.
fn offsets() -> impl Iterator<Item = i64> {
    (-80..=80).chain((-1_500..-80).step_by(37)).chain((81..1_500).step_by(37)).chain([-1_440, -720, 720, 1_440])
}

#[test]
fn a17_one_code_alone_opens_three_steps_however_far_two_are_looked_for() {
    let fresh = Standing { watermark: Step::NEVER, ..key() };
    let keyless = Standing { pin: NO_PIN, ..fresh };
    let idle = Standing { last_accepted_at: Some(NOW.plus(Seconds::days(-4_000))), ..fresh };
    for offset in offsets() {
        let opens = offset.abs() <= WINDOW;
        let judged = check(&fresh, PinFact::Right, offset);
        assert_eq!(matches!(judged, Judgement::Accepted(_)), opens, "{offset}: {judged:?}");
        let judged = check(&idle, PinFact::Right, offset);
        assert_eq!(matches!(judged, Judgement::Accepted(_)), opens, "{offset}: {judged:?}");
        let judged = check(&keyless, PinFact::NotTyped, offset);
        assert_eq!(matches!(judged, Judgement::NewPinRequired(_)), opens, "{offset}: {judged:?}");
    }
    assert_eq!(WINDOW, 1);
}

/// Judges a passcode at each of some moments; gives how often it was accepted, as the store would have it.
fn accepted_at(standing: &mut Standing, step: Step, moments: &[i64]) -> usize {
    let mut opened = 0;
    for moment in moments {
        let judgement = check_at(standing, PinFact::Right, step, UtcTime::from_epoch(*moment));
        if let Judgement::Accepted(acceptance) = judgement {
            assert!(acceptance.step > standing.watermark, "{moment}");
            standing.watermark = acceptance.step;
            opened += 1;
        }
    }
    opened
}

#[test]
fn g04_a_second_that_comes_twice_or_takes_longer_accepts_nothing_twice() {
    // 2016-12-31T23:59:60Z: the kernel shows the last second twice, or the first; who smears shows each for longer.
    let midnight = 1_483_228_800;
    let around: Vec<i64> = (-120..=120).map(|second| midnight + second).collect();
    let mut twice = around.clone();
    twice.extend([midnight - 1, midnight, midnight, midnight - 1]);
    twice.sort_unstable();
    let smeared: Vec<i64> = around.iter().flat_map(|second| [*second; 3]).collect();
    for moments in [around, twice, smeared] {
        let mut standing = Standing { watermark: Step::NEVER, ..key() };
        for step in (midnight / 60 - 2)..=(midnight / 60 + 1) {
            assert_eq!(accepted_at(&mut standing, Step::new(step), &moments), 1, "{step}");
        }
    }
}

#[test]
fn g05_a_code_of_any_century_is_accepted_once() {
    for moment in [i64::from(i32::MAX), i64::from(i32::MAX) + 1, i64::from(u32::MAX) + 1, 20_000_000_000] {
        let mut standing = Standing { watermark: Step::NEVER, ..key() };
        let step = Step::new(moment.div_euclid(60));
        assert_eq!(accepted_at(&mut standing, step, &[moment, moment, moment + 60, moment + 61]), 1, "{moment}");
        assert_eq!(standing.watermark, step);
    }
}
