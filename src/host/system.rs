//! The machine's clock and the kernel's random bytes.

use crate::clock::{Clock, UtcTime};
use crate::random::{NoRandomness, Random};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The wall clock and the monotonic clock of the machine.
pub struct SystemClock {
    origin: Instant,
}

impl SystemClock {
    /// Starts the count of [`Clock::uptime`].
    #[allow(clippy::disallowed_methods, reason = "this is the host's clock")]
    pub fn start() -> Self {
        Self { origin: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the host's clock")]
    fn now(&self) -> UtcTime {
        let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, i64::saturating_neg),
        };
        UtcTime::from_epoch(seconds)
    }

    fn uptime(&self) -> Duration {
        self.origin.elapsed()
    }

    #[allow(clippy::disallowed_methods, reason = "this is the host's clock")]
    fn sleep(&self, span: Duration) {
        std::thread::sleep(span);
    }
}

/// The kernel's source of random bytes.
pub struct Kernel;

impl Random for Kernel {
    #[allow(clippy::disallowed_methods, reason = "this is the host's source of randomness")]
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(buffer).map_err(|_| NoRandomness)
    }
}
