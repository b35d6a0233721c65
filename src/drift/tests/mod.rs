//! How a drift is learned, what a history tells, and when our own clock is to be doubted.

mod daily;
mod simulation;

use super::host_clock::Sighting;
use super::*;
use crate::clock::{Seconds, UtcTime};

fn learned(offsets: &[i64]) -> i64 {
    offsets.iter().fold(Clockwork::default(), |clockwork, offset| clockwork.learn(*offset)).drift.steps()
}

#[test]
fn one_late_typist_does_not_move_the_drift() {
    assert_eq!(learned(&[-1]), 0);
    assert_eq!(learned(&[-1, 0, -1, 0, -1]), 0);
    assert_eq!(learned(&[-1, 1, -1, 1]), 0);
}

#[test]
fn two_codes_on_the_same_side_move_it_by_one() {
    assert_eq!(learned(&[1, 1]), 1);
    assert_eq!(learned(&[-1, -1]), -1);
    assert_eq!(learned(&[1, 1, 1]), 1);
    assert_eq!(learned(&[1, 1, 1, 1]), 2);
}

#[test]
fn the_drift_stays_in_bounds() {
    assert_eq!(Drift::new(20_001), Err(OutOfBounds));
    assert_eq!(Drift::new(i64::MIN), Err(OutOfBounds));
    let furthest = Clockwork { drift: Drift::new(20_000).unwrap(), last_side: Side::Ahead };
    assert_eq!(furthest.learn(1).drift.steps(), 20_000);
}

const START: UtcTime = UtcTime::from_epoch(1_795_511_520);

fn day(day: i64) -> UtcTime {
    START.plus(Seconds::days(day))
}

/// Codes on some days, of a clock that gains so many thousandths a day, each seen to a whole minute.
fn seen(days: impl IntoIterator<Item = i64>, rate: i64) -> Vec<Sample> {
    let sample = |number: i64| {
        let minutes = (rate * number).div_euclid(60_000);
        Sample { at: day(number), offset: Seconds::minutes(minutes) }
    };
    days.into_iter().map(sample).collect()
}

#[test]
fn a_rate_is_told_after_three_months_and_three_codes() {
    assert_eq!(Trend::fit(&[]), None);
    assert_eq!(Trend::fit(&seen((0..90).step_by(1), 2_000)), None, "89 days");
    assert_eq!(Trend::fit(&seen([0, 400], 2_000)), None, "two codes");
    let trend = Trend::fit(&seen([0, 120, 240], 2_000)).unwrap();
    assert_eq!((trend.codes, trend.since, trend.until), (3, day(0), day(240)));
    assert_eq!(trend.rate, Rate::new(2_000));
    for rate in [-3_000, -700, -20, 0, 20, 1_300, 3_000] {
        for days in [(0..=200).step_by(1), (0..=730).step_by(30), (0..=365).step_by(120)] {
            let fitted = Trend::fit(&seen(days.clone(), rate)).unwrap().rate.thousandths();
            assert!((fitted - rate).abs() < 350, "{rate}: {fitted} from {days:?}");
        }
    }
}

#[test]
fn a_third_of_all_codes_may_be_wrong_by_whatever() {
    let mut samples = seen((0..=360).step_by(10), 1_500);
    for sample in samples.iter_mut().step_by(3) {
        sample.offset = Seconds::minutes(-300);
    }
    let trend = Trend::fit(&samples).unwrap();
    assert!((trend.rate.thousandths() - 1_500).abs() < 300, "{trend:?}");
    assert!((trend.offset_at(day(360)).get() - 540).abs() <= 60, "{trend:?}");
}

#[test]
fn many_codes_on_few_days_weigh_no_more_than_these_days() {
    // A hundred logins in the last week, whose minutes stand still, against one each month before.
    let mut samples = seen((0..=180).step_by(30), 2_000);
    let minute = samples.last().unwrap().offset;
    samples.extend((0..100).map(|hour| Sample { at: day(180).plus(Seconds::hours(hour)), offset: minute }));
    let trend = Trend::fit(&samples).unwrap();
    assert!((trend.rate.thousandths() - 2_000).abs() < 300, "{trend:?}");
}

#[test]
fn a_forecast_names_the_day_on_which_a_key_leaves_what_is_allowed() {
    let trend = Trend::fit(&seen((0..=300).step_by(10), 2_000)).unwrap();
    assert!((trend.offset_at(day(600)).get() - 1_200).abs() < 60, "{:?}", trend.offset_at(day(600)));
    // From where it is now, one minute lasts a month at two seconds a day.
    let here = trend.offset_at(day(300));
    let leaves = |allowed: i64| trend.leaves(here, day(300), |_| Seconds::new(allowed));
    let days = leaves(60).unwrap().since(day(300)).get() / 86_400;
    assert!((29..=33).contains(&days), "{days}");
    assert_eq!(leaves(-1), Some(day(300)), "it has left already");
    assert_eq!(leaves(60_000), None, "beyond the horizon");
    // What is allowed may grow: against one second a day, half of the two is left.
    let growing = trend.leaves(here, day(300), |at| Seconds::new(600 + at.since(day(300)).get() / 86_400)).unwrap();
    let days = growing.since(day(300)).get() / 86_400;
    assert!((560..=660).contains(&days), "{days}");
    let still = Trend::fit(&seen((0..=300).step_by(10), 0)).unwrap();
    assert_eq!(still.leaves(Seconds::ZERO, day(300), |_| Seconds::new(60)), None);
}

#[test]
fn a_line_is_drawn_on_half_as_far_as_it_is_known() {
    let trend = Trend::fit(&seen((0..=200).step_by(10), 500)).unwrap();
    assert!(trend.reaches(day(300)) && !trend.reaches(day(301)));
}

#[test]
fn times_at_the_ends_of_all_times_bring_no_line_down() {
    let at = |seconds| Sample { at: UtcTime::from_epoch(seconds), offset: Seconds::new(seconds) };
    let absurd = [i64::MIN, -1, 0, 1, i64::MAX].map(at);
    if let Some(trend) = Trend::fit(&absurd) {
        for now in [i64::MIN, 0, i64::MAX] {
            let now = UtcTime::from_epoch(now);
            let _ = trend.offset_at(now);
            let _ = trend.leaves(Seconds::new(i64::MIN), now, |_| Seconds::new(i64::MAX));
            let _ = foretell(&absurd, now);
        }
    }
}

fn remembered(moments: impl IntoIterator<Item = UtcTime>) -> Vec<Remembered> {
    let code = |(row, at)| Remembered { row, at, steps: Some(0) };
    (0..).zip(moments).map(code).collect()
}

#[test]
fn a_history_stays_small_whatever_the_use_and_keeps_the_last_and_a_code_each_fortnight() {
    // Ten logins a day for three years.
    let mut history: Vec<Remembered> = Vec::new();
    let now = |number: i64| START.plus(Seconds::minutes(number * 144));
    for number in 0..10 * 1_100 {
        let forgotten = superfluous(&history, now(number));
        history.retain(|code| !forgotten.contains(&code.row));
        history.push(Remembered { row: number, at: now(number), steps: Some(0) });
        assert!(history.len() <= 144, "{}", history.len());
    }
    let latest: Vec<i64> = history.iter().rev().take(64).map(|code| code.row).collect();
    assert_eq!(latest, (0..64).map(|back| 10 * 1_100 - 1 - back).collect::<Vec<_>>());
    let older = &history[..50];
    assert!(older.windows(2).all(|pair| pair[1].at.since(pair[0].at) >= Seconds::days(14)));
    let span = history.last().unwrap().at.since(history[0].at);
    assert!(span > Seconds::days(700) && span < Seconds::days(750), "{span:?}");
}

#[test]
fn what_tells_nothing_of_a_clock_is_forgotten_first() {
    let mut history = remembered((0..144).map(day));
    history[0].steps = None;
    let forgotten = superfluous(&history, day(144));
    assert!(forgotten.contains(&0) && !forgotten.contains(&1), "{forgotten:?}");
    assert_eq!(superfluous(&history[1..], day(144)), Vec::<i64>::new(), "it is not full");
    let long_ago = superfluous(&history, day(2_000));
    assert_eq!(long_ago, (0..80).collect::<Vec<_>>(), "none of the last is forgotten");
}

#[test]
fn a_history_foretells_by_its_rate_or_else_for_a_fortnight() {
    let foretold = |samples: &[Sample], at| foretell(samples, at).map(Seconds::get);
    let short = seen((0..=20).step_by(5), 3_000);
    assert_eq!(foretold(&short, day(21)), Some(60));
    assert_eq!(foretold(&short, day(34)), Some(60));
    assert_eq!(foretold(&short, day(35)), None, "too long ago");
    assert_eq!(foretold(&short[..2], day(6)), None, "too few");
    let long = seen((0..=200).step_by(5), 3_000);
    assert!((foretold(&long, day(260)).unwrap() - 780).abs() <= 60);
    assert_eq!(foretold(&long, day(301)), None, "further than the line reaches");
    // What came within the hour may have been seen by a clock of ours that is wrong.
    let mut upset = short.clone();
    upset.push(Sample { at: day(21), offset: Seconds::minutes(-300) });
    assert_eq!(foretold(&upset, day(21).plus(Seconds::minutes(59))), Some(60));
}

/// Codes of as many keys, each off by so many minutes.
fn sightings(off: &[(usize, i64)]) -> Vec<Sighting> {
    let all = off.iter().flat_map(|(number, off)| std::iter::repeat_n(*off, *number));
    (0..).zip(all).map(|(key, off)| Sighting { key, off }).collect()
}

#[test]
fn ten_keys_and_most_of_the_codes_make_our_clock_wrong() {
    let judged = |off: &[(usize, i64)]| host_clock::judge(None, &sightings(off));
    assert_eq!(judged(&[(10, -3)]), Some(-3));
    assert_eq!(judged(&[(9, -3)]), None, "nine keys");
    assert_eq!(judged(&[(10, -3), (10, 0)]), None, "half of the codes");
    assert_eq!(judged(&[(11, -3), (10, 0)]), Some(-3));
    assert_eq!(judged(&[(500, 0)]), None);
    assert_eq!(judged(&[(10, 3), (10, -3)]), None, "off, but not alike");
    // A clock that is wrong by two minutes and a half makes two of some keys and three of the others.
    assert_eq!(judged(&[(6, -2), (6, -3), (3, 0)]), Some(-2));
    assert_eq!(judged(&[(6, 1), (6, -1)]), None);
    // One key that is asked often is one key.
    let often = vec![Sighting { key: 1, off: 5 }; 50];
    assert_eq!(host_clock::judge(None, &often), None);
}

#[test]
fn a_wrong_clock_stays_wrong_until_most_codes_lie_where_they_are_expected() {
    let judged = |off: &[(usize, i64)]| host_clock::judge(Some(-3), &sightings(off));
    assert_eq!(judged(&[]), Some(-3), "the night brings no codes");
    assert_eq!(judged(&[(1, -3)]), Some(-3));
    assert_eq!(judged(&[(2, 0)]), Some(-3), "two are no proof");
    assert_eq!(judged(&[(1, -3), (2, 0)]), None);
    assert_eq!(judged(&[(20, -3), (19, 0)]), Some(-3));
    assert_eq!(judged(&[(20, -3), (20, 0)]), None);
}

#[test]
fn minutes_are_those_that_lie_nearest() {
    let off = |seen, foretold| host_clock::minutes_off(Seconds::new(seen), Seconds::new(foretold));
    assert_eq!([off(60, 31), off(60, 30), off(0, 29), off(-120, -60), off(0, 400)], [0, 1, 0, -1, -7]);
}
