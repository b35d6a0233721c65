//! What a file is known again by.

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes that come in pieces.
#[derive(Debug, Default)]
pub struct Checksum {
    hash: Sha256,
    bytes: u64,
}

impl Checksum {
    /// Takes the next piece.
    pub fn take(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }

    /// Gives how many bytes there were, and their SHA-256.
    pub fn finish(self) -> (u64, [u8; 32]) {
        (self.bytes, self.hash.finalize().into())
    }
}
