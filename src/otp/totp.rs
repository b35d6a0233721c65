//! TOTP, RFC 6238: the steps of a clock, and the seconds that are left of one.

use super::{Parameters, Period, Step};
use crate::clock::{Seconds, UtcTime};

impl Step {
    /// Gives the seconds until the step after the present one begins: from 1 to the whole period.
    pub const fn seconds_left(now: UtcTime, period: Period) -> Seconds {
        Seconds::new(period.seconds().saturating_sub(now.since(period.epoch()).get().rem_euclid(period.seconds())))
    }
}

impl Parameters {
    /// Gives the seconds until the display of a key without drift changes; none for an event key, which waits for its button.
    pub fn seconds_left(&self, now: UtcTime) -> Option<Seconds> {
        self.shown_for().map(|period| Step::seconds_left(now, period))
    }
}
