//! What leaves the host: where the chain stood at a moment, recognised as ours when it comes back.

use super::encoding::put;
use super::{Head, Mac, Seal};
use crate::clock::UtcTime;
use subtle::ConstantTimeEq;

/// Where a chain stood. Kept elsewhere, it shows that events were cut off since, or that an older database was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The number of the database.
    pub database: [u8; 16],
    /// Its last event.
    pub head: Head,
    /// How many events were in it; those are fewer than the number of the last one after a purge.
    pub events: i64,
    /// When this was written.
    pub at: UtcTime,
    /// The version of the program that wrote it.
    pub version: String,
}

impl Checkpoint {
    /// Seals it.
    pub fn seal(&self, seal: &dyn Seal) -> Mac {
        let mut encoded = Vec::with_capacity(192);
        put(&mut encoded, Some(b"cleotp audit checkpoint 1"));
        put(&mut encoded, Some(&self.database));
        put(&mut encoded, Some(&self.head.seq.to_be_bytes()));
        put(&mut encoded, Some(&self.head.mac));
        put(&mut encoded, Some(&self.events.to_be_bytes()));
        put(&mut encoded, Some(&self.at.epoch_seconds().to_be_bytes()));
        put(&mut encoded, Some(self.version.as_bytes()));
        seal.seal(&encoded)
    }

    /// Tells whether a seal is the one that the vault gave it.
    pub fn bears(&self, mac: &Mac, seal: &dyn Seal) -> bool {
        self.seal(seal).ct_eq(mac).into()
    }
}
