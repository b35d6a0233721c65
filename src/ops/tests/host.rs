//! The clock of the tests.

use crate::clock::{Clock, UtcTime};
use std::cell::Cell;
use std::time::Duration;

/// A clock that stands still until it is told how late it is.
pub struct TestClock {
    pub now: Cell<i64>,
    uptime: Cell<Duration>,
}

impl TestClock {
    pub fn at(step: i64) -> Self {
        Self { now: Cell::new(step * 60), uptime: Cell::new(Duration::ZERO) }
    }
}

impl Clock for TestClock {
    fn now(&self) -> UtcTime {
        UtcTime::from_epoch(self.now.get())
    }

    fn uptime(&self) -> Duration {
        self.uptime.get()
    }

    fn sleep(&self, span: Duration) {
        self.uptime.set(self.uptime.get() + span);
    }
}
