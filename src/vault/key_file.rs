//! The vault key, and the one line that it is in its file.

use super::{Subkey, derive};
use crate::envelope::VaultKeyId;
use crate::random::{NoRandomness, Random, draw_bytes};
use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

const PREFIX: &str = "cleotp-vault-key-1:";

/// The key outside the database: 32 bytes; wiped on drop, never printed.
pub struct VaultKey(Zeroizing<[u8; 32]>);

impl VaultKey {
    /// Draws a new one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(random: &dyn Random) -> Result<Self, NoRandomness> {
        draw_bytes(random).map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// Reads the contents of a key file: `cleotp-vault-key-1:`, 64 hexadecimal digits, and a line end at the most.
    ///
    /// # Errors
    /// [`MalformedKeyFile`] for anything else; it tells nothing of the contents.
    pub fn parse(contents: &[u8]) -> Result<Self, MalformedKeyFile> {
        let line = contents.strip_suffix(b"\n").unwrap_or(contents);
        let digits = line.strip_prefix(PREFIX.as_bytes()).ok_or(MalformedKeyFile)?;
        let bytes = Zeroizing::new(HEXLOWER.decode(digits).map_err(|_| MalformedKeyFile)?);
        bytes.as_slice().try_into().map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| MalformedKeyFile)
    }

    /// Writes the contents of a key file.
    pub fn expose_file(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(HEXLOWER.encode(self.0.as_slice()));
        Zeroizing::new(format!("{PREFIX}{}\n", digits.as_str()))
    }

    /// Gives the name of the key, from which nothing of it can be found.
    pub fn id(&self) -> VaultKeyId {
        let [a, b, c, d, e, f, g, h, ..] = *derive(&self.0, b"cleotp 1 vault key id");
        VaultKeyId([a, b, c, d, e, f, g, h])
    }

    pub(super) fn wrapping_key(&self) -> Subkey {
        derive(&self.0, b"cleotp 1 wrapping")
    }
}

impl std::fmt::Debug for VaultKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("VaultKey(…)")
    }
}

/// The file does not hold a vault key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file does not hold a vault key")]
pub struct MalformedKeyFile;
