//! HOTP, RFC 4226: the code of a counter.

use super::{Code, Digits, Hash, Seed};
use hmac::{Hmac, KeyInit, Mac};

/// Computes HOTP (RFC 4226 section 5.3) with the dynamic truncation that RFC 6238 section 1.2 keeps for the longer hashes.
pub(super) fn compute(hash: Hash, seed: &Seed, counter: u64, digits: Digits) -> Code {
    let message = counter.to_be_bytes();
    let truncated = match hash {
        Hash::Sha1 => truncate(&authenticate::<Hmac<sha1::Sha1>>(seed, &message)),
        Hash::Sha256 => truncate(&authenticate::<Hmac<sha2::Sha256>>(seed, &message)),
        Hash::Sha512 => truncate(&authenticate::<Hmac<sha2::Sha512>>(seed, &message)),
    };
    Code::from_value(truncated.checked_rem(digits.modulus()).unwrap_or(0))
}

fn authenticate<M: Mac + KeyInit>(seed: &Seed, message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length (RFC 2104 section 2), so this never fails.
    M::new_from_slice(seed.expose())
        .map_or_else(|_| Vec::new(), |mac| mac.chain_update(message).finalize().into_bytes().to_vec())
}

fn truncate(digest: &[u8]) -> u32 {
    let offset = digest.last().map_or(0, |last| usize::from(last & 0x0f));
    let window = digest.get(offset..offset.saturating_add(4)).unwrap_or(&[0; 4]);
    let number = window.iter().fold(0u32, |number, byte| (number << 8) | u32::from(*byte));
    number & 0x7fff_ffff
}
