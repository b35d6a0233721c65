//! Sealing by AES-256-GCM (NIST SP 800-38D): nonce, ciphertext and tag in one, bound to their row.

use super::Vault;
use crate::key::{Identity, Open, SealedSeed, SeedTampered};
use crate::otp::Seed;
use crate::random::{NoRandomness, Random, draw_bytes};
use aes_gcm::aead::{Aead, AeadInOut, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use zeroize::{Zeroize, Zeroizing};

const NONCE: usize = 12;
const TAG: usize = 16;

impl Vault {
    /// Seals a seed for its row.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn seal_seed(&self, seed: &Seed, identity: &Identity, random: &dyn Random) -> Result<SealedSeed, NoRandomness> {
        let nonce = draw_bytes::<NONCE>(random)?;
        Ok(SealedSeed(wrap(&self.seeds, &nonce, &self.bind(identity), seed.expose())))
    }

    /// Encodes what a seed is bound to: format, database, key, serial, and what it computes; each with its length.
    fn bind(&self, identity: &Identity) -> Vec<u8> {
        let parameters = &identity.parameters;
        let fields: [&[u8]; 8] = [
            b"cleotp 1 seed",
            &self.database,
            &identity.key.0,
            identity.serial.as_str().as_bytes(),
            parameters.algorithm.name().as_bytes(),
            &[parameters.digits.get()],
            &parameters.period.seconds().to_be_bytes(),
            &parameters.period.epoch().epoch_seconds().to_be_bytes(),
        ];
        let mut bound = Vec::with_capacity(128);
        for field in fields {
            bound.extend_from_slice(&u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
            bound.extend_from_slice(field);
        }
        bound
    }
}

impl Open for Vault {
    fn open_seed(&self, sealed: &SealedSeed, identity: &Identity) -> Result<Seed, SeedTampered> {
        let tampered = || SeedTampered { serial: identity.serial.clone() };
        let bytes = unwrap(&self.seeds, &self.bind(identity), &sealed.0).ok_or_else(tampered)?;
        Seed::new(bytes).map_err(|_| tampered())
    }
}

/// Makes the cipher of a key, once for all that it seals.
pub(super) fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(key.into())
}

/// Encrypts: nonce, then ciphertext and tag.
pub(super) fn wrap(cipher: &Aes256Gcm, nonce: &[u8; NONCE], context: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(NONCE.saturating_add(plain.len()).saturating_add(TAG));
    sealed.extend_from_slice(nonce);
    sealed.extend_from_slice(plain);
    let body = sealed.get_mut(NONCE..).unwrap_or_default();
    match cipher.encrypt_inout_detached(nonce.into(), context, body.into()) {
        Ok(tag) => sealed.extend_from_slice(&tag),
        // GCM refuses only plaintexts of 64 GiB and more.
        Err(_) => sealed.zeroize(),
    }
    sealed
}

/// Decrypts what [`wrap`] made, or nothing.
pub(super) fn unwrap(cipher: &Aes256Gcm, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    cipher.decrypt(nonce.into(), Payload { msg: sealed, aad: context }).ok().map(Zeroizing::new)
}
