//! Time as the trade sees it: UTC seconds that come in as values, and the clock that the host provides.

use std::time::Duration;

/// A moment, in whole seconds since 1970-01-01T00:00:00Z; leap seconds do not exist here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcTime(i64);

impl UtcTime {
    /// Takes seconds since the epoch; negative values are moments before 1970.
    pub const fn from_epoch(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Gives the seconds since the epoch.
    pub const fn epoch_seconds(self) -> i64 {
        self.0
    }

    /// Gives the moment that lies `span` later (or earlier, when negative), stopping at the ends of the range.
    pub const fn plus(self, span: Seconds) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// Gives the span from `earlier` to this moment; negative when `earlier` is the later one.
    pub const fn since(self, earlier: Self) -> Seconds {
        Seconds(self.0.saturating_sub(earlier.0))
    }
}

/// Two clocks never agree to the second, and whoever waits for another writer took his time before.
const TOLERATED: Seconds = Seconds::minutes(1);

/// Tells by how much a clock stands before what was written last, if it was set back.
pub fn set_back(now: UtcTime, newest: UtcTime) -> Option<Seconds> {
    let by = newest.since(now);
    (by > TOLERATED).then_some(by)
}

/// A span of time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(i64);

impl Seconds {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// Takes a number of seconds.
    pub const fn new(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Takes a number of minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// Takes a number of hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(3_600))
    }

    /// Takes a number of days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self(days.saturating_mul(86_400))
    }

    /// Gives the number of seconds.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// What tells the time. The host has the real one; nothing in the shipped binary can set it.
pub trait Clock {
    /// Reads the wall clock.
    fn now(&self) -> UtcTime;

    /// Reads a clock that never goes back, from an arbitrary origin; for deadlines and answer times.
    fn uptime(&self) -> Duration;

    /// Waits.
    fn sleep(&self, span: Duration);
}
