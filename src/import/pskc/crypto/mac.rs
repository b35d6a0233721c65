//! The MACs of values (RFC 6030 section 6.1.1): HMAC with its key set up, once for all values of a file.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

/// The hash under an HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum MacHash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// An HMAC with its key.
pub(super) enum KeyedMac {
    Sha1(Hmac<Sha1>),
    Sha224(Hmac<Sha224>),
    Sha256(Hmac<Sha256>),
    Sha384(Hmac<Sha384>),
    Sha512(Hmac<Sha512>),
}

impl MacHash {
    /// Sets an HMAC up; any length of key will do.
    pub(super) fn keyed(self, key: &[u8]) -> Option<KeyedMac> {
        Some(match self {
            Self::Sha1 => KeyedMac::Sha1(Hmac::new_from_slice(key).ok()?),
            Self::Sha224 => KeyedMac::Sha224(Hmac::new_from_slice(key).ok()?),
            Self::Sha256 => KeyedMac::Sha256(Hmac::new_from_slice(key).ok()?),
            Self::Sha384 => KeyedMac::Sha384(Hmac::new_from_slice(key).ok()?),
            Self::Sha512 => KeyedMac::Sha512(Hmac::new_from_slice(key).ok()?),
        })
    }
}

impl KeyedMac {
    /// Compares the MAC of some bytes with the one that is expected, whole and in constant time.
    pub(super) fn fits(&self, bytes: &[u8], expected: &[u8]) -> bool {
        match self {
            Self::Sha1(mac) => is_of(mac, bytes, expected),
            Self::Sha224(mac) => is_of(mac, bytes, expected),
            Self::Sha256(mac) => is_of(mac, bytes, expected),
            Self::Sha384(mac) => is_of(mac, bytes, expected),
            Self::Sha512(mac) => is_of(mac, bytes, expected),
        }
    }
}

fn is_of<M: Mac + Clone>(mac: &M, bytes: &[u8], expected: &[u8]) -> bool {
    mac.clone().chain_update(bytes).verify_slice(expected).is_ok()
}
