//! What the accepted codes of a key tell of its clock: how much it gains or loses a day, and where it will be.

use super::history::Sample;
use crate::clock::{Seconds, UtcTime};

/// What a clock gains (+) or loses (-) a day, in thousandths of a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(i64);

impl Rate {
    /// Takes thousandths of a second a day.
    #[cfg(test)]
    pub const fn new(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Gives the thousandths of a second a day.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Gives what a span makes of it, in thousandths of a second.
    const fn over(self, span: Seconds) -> i64 {
        self.0.saturating_mul(span.get()).div_euclid(DAY)
    }
}

const DAY: i64 = Seconds::days(1).get();

/// A clock as a straight line through what was seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trend {
    /// The first code that it was drawn from.
    pub since: UtcTime,
    /// The last one.
    pub until: UtcTime,
    /// The number of codes that it was drawn from.
    pub codes: usize,
    /// Its slope.
    pub rate: Rate,
    /// How far ahead the clock is at the last code, in thousandths of a second.
    level: i64,
}

/// What stands for all the codes of one part of the time: a moment, and how far ahead the clock was, in thousandths of a second.
type Point = (i64, i64);

impl Trend {
    /// The shortest time that tells a rate: a code is seen to the step of a minute only, which is 1.3 s a day over 90 days at the
    /// very worst, between two codes alone.
    pub const SHORTEST: Seconds = Seconds::days(90);
    /// A clock is foreseen so far and no further.
    pub const HORIZON: Seconds = Seconds::days(3_653);
    /// The parts that the time is cut into: a day with many codes counts no more than one with a single code.
    const PARTS: i64 = 32;
    /// A line through two points knows no outlier.
    const FEWEST: usize = 3;

    /// Draws the line through codes in the order of their moments: the median of the slopes between every two parts of the time,
    /// each counted by the time between them (Theil and Sen), so that a third of all may be wrong by whatever.
    ///
    /// None where there is too little: three parts with codes, over 90 days.
    pub fn fit(samples: &[Sample]) -> Option<Self> {
        let (first, last) = (samples.first()?, samples.last()?);
        let span = last.at.since(first.at);
        if span < Self::SHORTEST {
            return None;
        }
        let points = condense(samples, first.at, span);
        if points.len() < Self::FEWEST {
            return None;
        }
        let rate = Rate(middle_slope(&points)?);
        let until = last.at;
        let back = |(at, offset): &Point| {
            offset.saturating_add(rate.over(Seconds::new(until.epoch_seconds().saturating_sub(*at))))
        };
        let level = median(points.iter().map(back).collect())?;
        Some(Self { since: first.at, until, codes: samples.len(), rate, level })
    }

    /// Tells how far ahead the clock will be at a moment, if it goes on so.
    pub const fn offset_at(&self, at: UtcTime) -> Seconds {
        Seconds::new(self.exact_at(at).saturating_add(500).div_euclid(1_000))
    }

    const fn exact_at(&self, at: UtcTime) -> i64 {
        self.level.saturating_add(self.rate.over(at.since(self.until)))
    }

    /// Tells whether the line may be drawn on to a moment: half as far again as it is known.
    pub fn reaches(&self, at: UtcTime) -> bool {
        let ahead = at.since(self.until).get().saturating_mul(2);
        Seconds::new(ahead) <= self.until.since(self.since)
    }

    /// Finds the day from `now` on at which the clock will be further than it may from where it is expected; none when that
    /// lies beyond the horizon. What is allowed at a moment may grow with it.
    pub fn leaves(&self, expected: Seconds, now: UtcTime, allowed: impl Fn(UtcTime) -> Seconds) -> Option<UtcTime> {
        let days = 0..=Self::HORIZON.get().div_euclid(DAY);
        let moments = days.map(|day| now.plus(Seconds::days(day)));
        let thousandths = |span: Seconds| span.get().saturating_mul(1_000);
        let mut beyond = moments.filter(|at| {
            let distance = self.exact_at(*at).saturating_sub(thousandths(expected)).saturating_abs();
            distance > thousandths(allowed(*at))
        });
        beyond.next()
    }
}

/// Puts a point in the place of all codes of each part of the time: their middle moment and middle offset.
fn condense(samples: &[Sample], first: UtcTime, span: Seconds) -> Vec<Point> {
    let part_of = |sample: &Sample| {
        let since = i128::from(sample.at.since(first).get());
        since.saturating_mul(Trend::PARTS.into()).div_euclid(i128::from(span.get()).saturating_add(1))
    };
    let parts = samples.chunk_by(|one, next| part_of(one) == part_of(next));
    let points = parts.map(|part| {
        let at = median(part.iter().map(|sample| sample.at.epoch_seconds()).collect())?;
        let offset = median(part.iter().map(|sample| sample.offset.get().saturating_mul(1_000)).collect())?;
        Some((at, offset))
    });
    points.flatten().collect()
}

/// Gives the slope in the middle of those between every two points, each as heavy as the time between them is long.
fn middle_slope(points: &[Point]) -> Option<i64> {
    let mut slopes: Vec<(i64, i64)> = Vec::new();
    for (index, (at, offset)) in points.iter().enumerate() {
        for (later, further) in points.iter().skip(index.saturating_add(1)) {
            let span = later.saturating_sub(*at);
            let gained = further.saturating_sub(*offset).saturating_mul(DAY);
            slopes.extend(gained.checked_div(span).map(|slope| (slope, span)));
        }
    }
    slopes.sort_unstable();
    let total = slopes.iter().fold(0_i64, |sum, (_, weight)| sum.saturating_add(*weight));
    let mut passed = 0_i64;
    let middle = slopes.iter().find(|(_, weight)| {
        passed = passed.saturating_add(*weight);
        passed.saturating_mul(2) >= total
    });
    middle.map(|(slope, _)| *slope)
}

/// Gives the middle one of some numbers, or what lies halfway between the two in the middle.
fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    let half = numbers.len().div_euclid(2);
    let upper = *numbers.get(half)?;
    if numbers.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = half.checked_sub(1).and_then(|before| numbers.get(before)).copied().unwrap_or(upper);
    Some(lower.midpoint(upper))
}
