//! The device with a display: its serial, its life, its validity, and how its seed is kept.

mod life;
mod record;
mod serial;
mod state;
mod succession;

pub use life::{Life, Remedy, Transition};
pub use record::{Holder, Key, Shipment};
pub use serial::{InvalidRange, InvalidSerial, Serial, SerialRange};
pub use state::State;
pub use succession::Succession;

use crate::clock::UtcTime;
use crate::otp::{Mechanism, Parameters, Seed};

/// Names a key for ever: 128 random bits, drawn before its row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyId(pub [u8; 16]);

/// Counts the changes of what a key can open: seed, PIN, owner, state; never those of its failure counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialVersion(pub i64);

/// The dates between which a key answers, both inclusive; a missing one does not limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub not_before: Option<UtcTime>,
    /// The last moment.
    pub not_after: Option<UtcTime>,
}

impl Validity {
    /// Tells whether the key may answer at a moment.
    pub fn covers(&self, now: UtcTime) -> bool {
        self.not_before.is_none_or(|first| now >= first) && self.not_after.is_none_or(|last| now <= last)
    }
}

/// What a sealed seed is bound to: moved to another row, or with other parameters, it cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The key's own id.
    pub key: KeyId,
    /// The number on its back.
    pub serial: Serial,
    /// What it computes.
    pub parameters: Parameters,
}

impl Identity {
    /// Gives what the key computes its codes with, around its seed.
    pub fn mechanism(&self, seed: &Seed) -> Mechanism {
        Mechanism::new(&self.parameters, &self.serial, seed)
    }
}

/// A seed as the database holds it: ciphertext, of no use without the vault key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSeed(pub Vec<u8>);

/// What seals seeds and opens them again. The vault does.
pub trait Open {
    /// Opens the seed of a row.
    ///
    /// # Errors
    /// [`SeedTampered`] when the ciphertext does not belong to this row, or was changed.
    fn open_seed(&self, sealed: &SealedSeed, identity: &Identity) -> Result<Seed, SeedTampered>;
}

/// The sealed seed of a key does not belong to its row, or was changed: never a wrong code, always a broken database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed seed of key {serial} does not belong to its row")]
pub struct SeedTampered {
    /// The key of the row.
    pub serial: Serial,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validity_includes_both_ends() {
        let at = UtcTime::from_epoch;
        let validity = Validity { not_before: Some(at(100)), not_after: Some(at(200)) };
        assert!(!validity.covers(at(99)));
        assert!(validity.covers(at(100)));
        assert!(validity.covers(at(200)));
        assert!(!validity.covers(at(201)));
        assert!(Validity::default().covers(at(i64::MIN)));
    }
}
