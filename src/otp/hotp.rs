//! HOTP, RFC 4226: the code of a counter.

use super::{Code, Digits, Hash, Seed};
use hmac::{Hmac, KeyInit, Mac};

/// HMAC under a seed: keyed once, for the key's own two blocks are half of the work of a code.
#[derive(Clone)]
pub(super) enum Keyed {
    Sha1(Hmac<sha1::Sha1>),
    Sha256(Hmac<sha2::Sha256>),
    Sha512(Hmac<sha2::Sha512>),
}

impl Keyed {
    /// Takes the seed as the key; nothing if HMAC refused it, which it does for no length (RFC 2104 section 2).
    pub(super) fn new(hash: Hash, seed: &Seed) -> Option<Self> {
        Some(match hash {
            Hash::Sha1 => Self::Sha1(Hmac::new_from_slice(seed.expose()).ok()?),
            Hash::Sha256 => Self::Sha256(Hmac::new_from_slice(seed.expose()).ok()?),
            Hash::Sha512 => Self::Sha512(Hmac::new_from_slice(seed.expose()).ok()?),
        })
    }

    /// Computes HOTP (RFC 4226 section 5.3) with the dynamic truncation that RFC 6238 section 1.2 keeps for the longer hashes.
    pub(super) fn compute(&self, counter: u64, digits: Digits) -> Code {
        let message = counter.to_be_bytes();
        let truncated = match self {
            Self::Sha1(mac) => truncate(&mac.clone().chain_update(message).finalize().into_bytes()),
            Self::Sha256(mac) => truncate(&mac.clone().chain_update(message).finalize().into_bytes()),
            Self::Sha512(mac) => truncate(&mac.clone().chain_update(message).finalize().into_bytes()),
        };
        Code::from_value(truncated.checked_rem(digits.modulus()).unwrap_or(0))
    }
}

fn truncate(digest: &[u8]) -> u32 {
    let offset = digest.last().map_or(0, |last| usize::from(last & 0x0f));
    let window = digest.get(offset..offset.saturating_add(4)).unwrap_or(&[0; 4]);
    let number = window.iter().fold(0u32, |number, byte| (number << 8) | u32::from(*byte));
    number & 0x7fff_ffff
}
