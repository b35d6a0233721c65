//! How the database's own key is kept: wrapped by the vault key, which lies elsewhere.

/// The wrapped data key of a database, and which vault key opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Names the database for ever: 128 random bits.
    pub database: [u8; 16],
    /// Tells the vault key without telling anything of it.
    pub vault_key: VaultKeyId,
    /// The data key, encrypted.
    pub wrapped: Vec<u8>,
}

/// A name of a vault key, derived from it one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultKeyId(pub [u8; 8]);

impl std::fmt::Display for VaultKeyId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
