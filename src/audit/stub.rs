//! What is left of the events that were deleted when their time was over.

use super::encoding::put;
use super::{Head, Mac, Seal};
use crate::clock::UtcTime;
use subtle::ConstantTimeEq;

/// Up to where the chain was deleted, sealed by the vault: whoever edits the database can neither make nor move one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stub {
    /// The last event that is gone. Numbers have no gap, so that it tells how many are gone as well.
    pub head: Head,
    /// Up to which one they are to go: beyond `head` when the deletion was cut off.
    pub goal: i64,
    /// When the last of them was deleted.
    pub at: UtcTime,
}

impl Stub {
    /// Seals it.
    pub fn seal(&self, seal: &dyn Seal) -> Mac {
        let mut encoded = Vec::with_capacity(128);
        put(&mut encoded, Some(b"cleotp audit stub 1"));
        put(&mut encoded, Some(&self.head.seq.to_be_bytes()));
        put(&mut encoded, Some(&self.head.mac));
        put(&mut encoded, Some(&self.goal.to_be_bytes()));
        put(&mut encoded, Some(&self.at.epoch_seconds().to_be_bytes()));
        seal.seal(&encoded)
    }

    /// Tells whether a seal is the one that the vault gave it.
    pub fn bears(&self, mac: &Mac, seal: &dyn Seal) -> bool {
        self.seal(seal).ct_eq(mac).into()
    }
}
