//! Hashing PINs: Argon2id (RFC 9106) over HMAC-SHA-256(pepper, key, user, PIN).
//!
//! Four to six digits are guessed in seconds by whoever has a hash: the pepper, which only the vault key opens, is what
//! protects them. Argon2id buys time if both leak.

use super::{Vault, authenticate};
use crate::pin::{Hashed, Owner, Pin, Work};
use crate::random::{Random, draw_bytes};
use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

impl Vault {
    /// Hashes a PIN for its row.
    ///
    /// # Errors
    /// [`HashingFailed`] without randomness or memory.
    pub fn hash_pin(&self, pin: &Pin, owner: &Owner, work: Work, random: &dyn Random) -> Result<Hashed, HashingFailed> {
        let salt = draw_bytes::<16>(random).map_err(|_| HashingFailed)?;
        let hash = self.stretch(pin.expose(), owner, &salt, work)?;
        Ok(Hashed { salt, hash: *hash, work })
    }

    /// Compares a PIN with the one of a row, in constant time.
    ///
    /// # Errors
    /// [`HashingFailed`] without memory.
    pub fn verify_pin(&self, pin: &Pin, owner: &Owner, hashed: &Hashed) -> Result<bool, HashingFailed> {
        let hash = self.stretch(pin.expose(), owner, &hashed.salt, hashed.work)?;
        Ok(hash.as_slice().ct_eq(&hashed.hash).into())
    }

    /// Does the work of a verification where there is nothing to verify, so that the time taken tells nothing.
    ///
    /// # Errors
    /// [`HashingFailed`] without memory.
    pub fn waste_a_verification(&self, work: Work) -> Result<(), HashingFailed> {
        let nobody = Owner { key: crate::key::KeyId([0; 16]), user: 0 };
        self.stretch("", &nobody, &[0; 16], work).map(|_| ())
    }

    fn stretch(
        &self,
        pin: &str,
        owner: &Owner,
        salt: &[u8; 16],
        work: Work,
    ) -> Result<Zeroizing<[u8; 32]>, HashingFailed> {
        let fields: [&[u8]; 3] = [&owner.key.0, &owner.user.to_be_bytes(), pin.as_bytes()];
        let keyed = Zeroizing::new(authenticate(&self.pepper, &fields));
        let params = Params::new(work.memory, work.passes, 1, Some(32)).map_err(|_| HashingFailed)?;
        let mut hash = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(keyed.as_slice(), salt, hash.as_mut_slice())
            .map_err(|_| HashingFailed)?;
        Ok(hash)
    }
}

/// A PIN could not be hashed: no randomness, no memory, or parameters that no version of the program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the PIN could not be hashed")]
pub struct HashingFailed;
