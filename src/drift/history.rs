//! The codes of a key that are remembered, and which of them are worth it.
//!
//! Never more than [`MOST`] of one key, whatever its use: the last [`LATEST`] all of them, since a holder's question is about
//! what he has just typed, and of the two years before one each fortnight, since a rate needs a long time and few points.

use super::Trend;
use crate::clock::{Seconds, UtcTime};

/// An accepted code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// When it came.
    pub at: UtcTime,
    /// How far the key's clock was ahead (+) or behind (-), in whole steps of the key.
    pub offset: Seconds,
}

/// A remembered code as a row of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Its number.
    pub row: i64,
    /// When it came.
    pub at: UtcTime,
    /// How many steps the key was ahead; none when it tells nothing of the key's clock.
    pub steps: Option<i64>,
}

/// The most codes that are remembered of a key: then the older ones are thinned out.
pub const MOST: usize = 144;
/// The last codes, of which none is forgotten.
pub const LATEST: usize = 64;
/// How long a code is remembered that is none of the last.
pub const LONGEST: Seconds = Seconds::days(731);
/// Of the older ones, one stands for so much time.
const SPACING: Seconds = Seconds::days(14);

/// Names the rows that are superfluous in a history that is full, in the order of time.
pub fn superfluous(history: &[Remembered], now: UtcTime) -> Vec<i64> {
    if history.len() < MOST {
        return Vec::new();
    }
    let (older, _) = history.split_at(history.len().saturating_sub(LATEST));
    let mut kept: Option<UtcTime> = None;
    let mut forgotten = Vec::new();
    for code in older {
        let is_spaced = kept.is_none_or(|last| code.at.since(last) >= SPACING);
        if code.steps.is_some() && is_spaced && now.since(code.at) <= LONGEST {
            kept = Some(code.at);
        } else {
            forgotten.push(code.row);
        }
    }
    forgotten
}

/// Gives what a history tells of a key's clock, whose steps are so long: in the order of time, and none that is much older than
/// the last.
pub fn samples(history: &[Remembered], period: Seconds) -> Vec<Sample> {
    let sample = |code: &Remembered| {
        let offset = Seconds::new(code.steps?.saturating_mul(period.get()));
        Some(Sample { at: code.at, offset })
    };
    let mut samples: Vec<Sample> = history.iter().filter_map(sample).collect();
    // A clock of ours that was set back wrote some out of their order.
    samples.sort_by_key(|sample| sample.at);
    if let Some(last) = samples.last().map(|sample| sample.at) {
        samples.retain(|sample| last.since(sample.at) <= LONGEST);
    }
    samples
}

/// What a key must have been seen before it can be said to be off its own history.
const FEWEST: usize = 3;
/// Without a rate, the last code foretells for so long: a clock gains less than one step of a minute meanwhile.
const FRESH: Seconds = Seconds::days(14);
/// What came just before may have been seen by the same wrong clock of ours, and foretells nothing.
pub const SETTLED: Seconds = Seconds::hours(1);

/// Foretells how far ahead a key's clock is now, from its own history; none when that is too short, or too long ago.
pub fn foretell(samples: &[Sample], now: UtcTime) -> Option<Seconds> {
    let settled = samples.partition_point(|sample| now.since(sample.at) > SETTLED);
    let known = samples.get(..settled)?;
    let last = known.last().filter(|_| known.len() >= FEWEST)?;
    match Trend::fit(known) {
        Some(trend) if trend.reaches(now) => Some(trend.offset_at(now)),
        _ => (now.since(last.at) <= FRESH).then_some(last.offset),
    }
}
