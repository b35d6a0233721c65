//! Hashing PINs: Argon2id (RFC 9106) over HMAC-SHA-256(pepper, key, user, PIN).
//!
//! Four to six digits are guessed in seconds by whoever has a hash: the pepper, which only the vault key opens, is what
//! protects them. Argon2id buys time if both leak.

use super::{Vault, authenticate};
use crate::pin::{Hashed, Owner, Pin, Work};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The memory that Argon2 fills, kept from one hash to the next: touching it first is a good part of a hash.
///
/// Who hashes once gets fresh memory from the system, which is zero already; only who hashes again keeps any.
#[derive(Default)]
pub struct HashingMemory {
    is_warm: bool,
    blocks: Vec<Block>,
}

impl HashingMemory {
    fn hash(&mut self, argon: &Argon2<'_>, keyed: &[u8], salt: &[u8], out: &mut [u8]) -> Result<(), HashingFailed> {
        if !self.is_warm {
            self.is_warm = true;
            return argon.hash_password_into(keyed, salt, out).map_err(|_| HashingFailed);
        }
        let count = argon.params().block_count();
        let missing = count.saturating_sub(self.blocks.len());
        self.blocks.try_reserve_exact(missing).map_err(|_| HashingFailed)?;
        self.blocks.resize(count.max(self.blocks.len()), Block::new());
        let blocks = self.blocks.get_mut(..count).ok_or(HashingFailed)?;
        argon.hash_password_into_with_memory(keyed, salt, out, blocks).map_err(|_| HashingFailed)
    }
}

#[cfg(test)]
thread_local! {
    /// How many hashes this thread has computed: the tests count them.
    pub static HASHES: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

impl Vault {
    /// Hashes a PIN for its row, with a salt that was drawn for it.
    ///
    /// # Errors
    /// [`HashingFailed`] without memory.
    pub fn hash_pin(
        &self,
        pin: &Pin,
        owner: &Owner,
        work: Work,
        salt: [u8; 16],
        memory: &mut HashingMemory,
    ) -> Result<Hashed, HashingFailed> {
        let hash = self.stretch(pin.expose(), owner, &salt, work, memory)?;
        Ok(Hashed { salt, hash: *hash, work })
    }

    /// Compares a PIN with the one of a row, in constant time.
    ///
    /// # Errors
    /// [`HashingFailed`] without memory.
    pub fn verify_pin(
        &self,
        pin: &Pin,
        owner: &Owner,
        hashed: &Hashed,
        memory: &mut HashingMemory,
    ) -> Result<bool, HashingFailed> {
        let hash = self.stretch(pin.expose(), owner, &hashed.salt, hashed.work, memory)?;
        Ok(hash.as_slice().ct_eq(&hashed.hash).into())
    }

    /// Does the work of a verification where there is nothing to verify, so that the time taken tells nothing.
    ///
    /// # Errors
    /// [`HashingFailed`] without memory.
    pub fn waste_a_verification(&self, work: Work, memory: &mut HashingMemory) -> Result<(), HashingFailed> {
        let nobody = Owner { key: crate::key::KeyId([0; 16]), user: 0 };
        self.stretch("", &nobody, &[0; 16], work, memory).map(|_| ())
    }

    fn stretch(
        &self,
        pin: &str,
        owner: &Owner,
        salt: &[u8; 16],
        work: Work,
        memory: &mut HashingMemory,
    ) -> Result<Zeroizing<[u8; 32]>, HashingFailed> {
        #[cfg(test)]
        HASHES.set(HASHES.get().saturating_add(1));
        let fields: [&[u8]; 3] = [&owner.key.0, &owner.user.to_be_bytes(), pin.as_bytes()];
        let keyed = Zeroizing::new(authenticate(&self.pepper, &fields));
        let params = Params::new(work.memory, work.passes, 1, Some(32)).map_err(|_| HashingFailed)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut hash = Zeroizing::new([0; 32]);
        memory.hash(&argon, keyed.as_slice(), salt, hash.as_mut_slice())?;
        Ok(hash)
    }
}

/// A PIN could not be hashed: no memory, or parameters that no version of the program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the PIN could not be hashed")]
pub struct HashingFailed;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_hashes_once_keeps_no_memory_and_who_hashes_again_keeps_it() {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, Some(32)).unwrap());
        let mut memory = HashingMemory::default();
        let mut kept = || {
            memory.hash(&argon, b"keyed", &[7; 16], &mut [0; 32]).unwrap();
            memory.blocks.len()
        };
        assert_eq!([kept(), kept(), kept()], [0, 64, 64]);
    }
}
