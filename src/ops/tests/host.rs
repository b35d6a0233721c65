//! The clock and the chance of the tests.

use crate::clock::{Clock, UtcTime};
use crate::random::{NoRandomness, Random};
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

/// Gives bytes that look random and are the same in each run.
pub struct Counting(pub Cell<u64>);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        for byte in buffer {
            self.0.set(self.0.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
            *byte = (self.0.get() >> 56) as u8;
        }
        Ok(())
    }
}
