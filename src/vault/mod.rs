//! The database's secrets: sealed seeds, hashed PINs, keyed hashes of codes and tickets, MACs of the audit.
//!
//! Envelope: the vault key (a file outside the database) wraps a random data key (a row of it). Subkeys come from the data
//! key by HKDF-SHA-256 (RFC 5869), one for each purpose, so that rotating the vault key re-wraps one row.

mod checksum;
mod key_file;
mod pin;
mod seal;

pub use checksum::Checksum;
pub use key_file::{MalformedKeyFile, VaultKey};
#[cfg(test)]
pub use pin::HASHES;
pub use pin::{HashingFailed, HashingMemory};

use crate::audit::{self, Mac};
use crate::clock::UtcTime;
use crate::envelope::{Envelope, VaultKeyId};
use crate::key::KeyId;
use crate::pin::Owner;
use crate::random::{NoRandomness, Random, draw_bytes};
use crate::user::{Login, UserId};
use aes_gcm::Aes256Gcm;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

type Subkey = Zeroizing<[u8; 32]>;

/// The open vault of one database.
pub struct Vault {
    database: [u8; 16],
    seeds: Aes256Gcm,
    pepper: Subkey,
    codes: Subkey,
    audit: Hmac<Sha256>,
}

impl Vault {
    /// Makes the vault of a new database, and the envelope that the database keeps.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn create(key: &VaultKey, random: &dyn Random) -> Result<(Self, Envelope), NoRandomness> {
        let database = draw_bytes::<16>(random)?;
        let data_key = Zeroizing::new(draw_bytes::<32>(random)?);
        let wrapped = wrap_data_key(&database, key, &data_key, random)?;
        let vault = Self::from_data_key(database, &data_key);
        Ok((vault, Envelope { database, vault_key: key.id(), wrapped }))
    }

    /// Opens the vault of a database.
    ///
    /// # Errors
    /// [`UnlockError::OtherKey`] when the vault key is another database's, [`UnlockError::Tampered`] when the envelope was
    /// changed.
    pub fn unlock(key: &VaultKey, envelope: &Envelope) -> Result<Self, UnlockError> {
        let data_key = unwrap_data_key(key, envelope)?;
        Ok(Self::from_data_key(envelope.database, &data_key))
    }

    /// Wraps the data key of a database by another vault key; what it seals stays as it is.
    ///
    /// # Errors
    /// [`RewrapError`].
    pub fn rewrap(
        envelope: &Envelope,
        former: &VaultKey,
        new: &VaultKey,
        random: &dyn Random,
    ) -> Result<Envelope, RewrapError> {
        let data_key = unwrap_data_key(former, envelope)?;
        Ok(Envelope {
            database: envelope.database,
            vault_key: new.id(),
            wrapped: wrap_data_key(&envelope.database, new, &data_key, random)?,
        })
    }

    fn from_data_key(database: [u8; 16], data_key: &[u8; 32]) -> Self {
        Self {
            database,
            seeds: seal::cipher(&derive(data_key, b"cleotp 1 seeds")),
            pepper: derive(data_key, b"cleotp 1 pin pepper"),
            codes: derive(data_key, b"cleotp 1 codes and tickets"),
            audit: keyed(&derive(data_key, b"cleotp 1 audit")),
        }
    }

    /// Seals that a key is a user's, and what his login is: in the row of anybody else, or under another login, it answers nothing.
    pub fn seal_holder(&self, owner: &Owner, login: &Login) -> Mac {
        self.hash(&[b"holder", &owner.key.0, &owner.user.to_be_bytes(), login.folded().as_bytes()])
    }

    /// Seals until when a PIN may be chosen for a user's key by its codes alone.
    pub fn seal_new_pin_mode(&self, owner: &Owner, until: UtcTime) -> Mac {
        self.hash(&[b"new pin", &owner.key.0, &owner.user.to_be_bytes(), &until.epoch_seconds().to_be_bytes()])
    }

    /// Hashes an activation code of a user with a login, under a key: without the vault key, trying all codes tells nothing.
    pub fn hash_activation_code(&self, user: UserId, login: &Login, code: &str) -> [u8; 32] {
        self.hash(&[b"activation", &user.to_be_bytes(), login.folded().as_bytes(), code.as_bytes()])
    }

    /// Seals which key an activation code is for, if it is for one, and its last moment.
    pub fn seal_activation(&self, hash: &[u8; 32], key: Option<KeyId>, expires_at: UtcTime) -> Mac {
        let key = key.map(|key| key.0);
        let key = key.as_ref().map_or(b"any".as_slice(), <[u8; 16]>::as_slice);
        self.hash(&[b"activation terms", hash, key, &expires_at.epoch_seconds().to_be_bytes()])
    }

    /// Hashes an emergency code of a user, with the key in whose place it is typed and its last moment: copied to another's list,
    /// or into one that lasts longer, it fits nothing.
    pub fn hash_emergency_code(&self, owner: &Owner, expires_at: UtcTime, code: &str) -> [u8; 32] {
        let expires_at = expires_at.epoch_seconds().to_be_bytes();
        self.hash(&[b"emergency", &owner.user.to_be_bytes(), &owner.key.0, &expires_at, code.as_bytes()])
    }

    /// Hashes a ticket of a user's key with what it is for and its last moment: in the row of another one it opens nothing.
    pub fn hash_ticket(&self, owner: &Owner, purpose: &str, expires_at: UtcTime, ticket: &[u8]) -> [u8; 32] {
        let (user, expires_at) = (owner.user.to_be_bytes(), expires_at.epoch_seconds().to_be_bytes());
        self.hash(&[b"ticket", &owner.key.0, &user, purpose.as_bytes(), &expires_at, ticket])
    }

    /// Hashes a login that is nobody's, for the audit.
    pub fn hash_unknown_login(&self, folded: &str) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = self.hash(&[b"login", folded.as_bytes()]);
        [a, b, c, d, e, f, g, h]
    }

    fn hash(&self, fields: &[&[u8]]) -> [u8; 32] {
        authenticate(&self.codes, fields)
    }
}

impl audit::Seal for Vault {
    fn seal(&self, encoded: &[u8]) -> Mac {
        finish(self.audit.clone(), &[encoded])
    }
}

/// Why a vault does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// The vault key is the one of another database, or was replaced.
    #[error("the database needs vault key {needed}, the file holds {given}")]
    OtherKey {
        /// The one it was made with.
        needed: VaultKeyId,
        /// The one in the file.
        given: VaultKeyId,
    },
    /// The wrapped data key was changed.
    #[error("the envelope of the data key was changed")]
    Tampered,
}

/// Why a data key could not be wrapped by another vault key.
#[derive(Debug, thiserror::Error)]
pub enum RewrapError {
    /// The former key does not open it.
    #[error(transparent)]
    Closed(#[from] UnlockError),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

fn wrap_data_key(
    database: &[u8; 16],
    key: &VaultKey,
    data_key: &[u8; 32],
    random: &dyn Random,
) -> Result<Vec<u8>, NoRandomness> {
    let nonce = draw_bytes::<12>(random)?;
    Ok(seal::wrap(&seal::cipher(&key.wrapping_key()), &nonce, &wrapping_context(database), data_key))
}

fn unwrap_data_key(key: &VaultKey, envelope: &Envelope) -> Result<Subkey, UnlockError> {
    if key.id() != envelope.vault_key {
        return Err(UnlockError::OtherKey { needed: envelope.vault_key, given: key.id() });
    }
    let context = wrapping_context(&envelope.database);
    let data_key = seal::unwrap(&seal::cipher(&key.wrapping_key()), &context, &envelope.wrapped);
    let data_key = data_key.ok_or(UnlockError::Tampered)?;
    data_key.as_slice().try_into().map(Zeroizing::new).map_err(|_| UnlockError::Tampered)
}

fn wrapping_context(database: &[u8; 16]) -> Vec<u8> {
    [b"cleotp 1 data key".as_slice(), database].concat()
}

fn derive(secret: &[u8; 32], label: &[u8]) -> Subkey {
    let mut subkey = Zeroizing::new([0; 32]);
    // 32 bytes are one block of HKDF-SHA-256, which never refuses so few.
    let expanded = Hkdf::<Sha256>::new(None, secret).expand(label, subkey.as_mut_slice());
    debug_assert!(expanded.is_ok());
    subkey
}

/// HMAC-SHA-256 over fields, each behind its length, so that none runs into the next.
fn authenticate(key: &[u8; 32], fields: &[&[u8]]) -> [u8; 32] {
    finish(keyed(key), fields)
}

/// Begins an HMAC: to be copied, where many are made with one key.
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // RFC 2104 section 2: a key shorter than a block is filled up with zeros.
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(target, byte)| *target = *byte);
    Hmac::new((&*block).into())
}

fn finish(mut mac: Hmac<Sha256>, fields: &[&[u8]]) -> [u8; 32] {
    for field in fields {
        mac.update(&u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(field);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests;
