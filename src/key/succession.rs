//! One key in the place of another.

use super::Serial;
use crate::clock::UtcTime;

/// A key that takes the place of another one of the same user: both are his until its first accepted check, which ends the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The row of the key that is replaced.
    pub old: i64,
    /// Its serial.
    pub old_serial: Serial,
    /// The row of the key that takes its place.
    pub new: i64,
    /// Its serial.
    pub new_serial: Serial,
    /// The user goes on with his PIN: until then the new key has none of its own.
    pub keeps_pin: bool,
    /// Since when.
    pub since: UtcTime,
}
