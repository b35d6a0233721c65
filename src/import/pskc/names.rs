//! The names that PSKC files use, and what this version makes of them. Compared without case, by their last part.

use super::crypto::MacHash;
use crate::otp::Hash;

/// What a key computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By the clock.
    Totp,
    /// By a counter.
    Hotp,
    /// Not a key: the PIN of another one (RFC 6030 figure 5).
    Pin,
    /// Known, and not importable.
    Closed(&'static str),
}

/// Gives the part after the last `#`, `:` or `/`.
pub(super) fn last_part(name: &str) -> &str {
    name.trim().rsplit(['#', ':', '/']).next().unwrap_or(name)
}

/// Names the kind of a key (RFC 6030 section 10, RFC 6030 section 12.4 and vendors).
pub(super) fn kind(algorithm: &str) -> Option<Kind> {
    match algorithm {
        // What nearly all files say, as RFC 6030 has it.
        "urn:ietf:params:xml:ns:keyprov:pskc:totp" => return Some(Kind::Totp),
        "urn:ietf:params:xml:ns:keyprov:pskc:hotp" => return Some(Kind::Hotp),
        _ => {}
    }
    if algorithm.to_ascii_lowercase().contains("ocra-1:") {
        return Some(Kind::Closed("OCRA"));
    }
    match last_part(algorithm).to_ascii_lowercase().as_str() {
        "totp" => Some(Kind::Totp),
        "hotp" => Some(Kind::Hotp),
        "pin" => Some(Kind::Pin),
        "ocra" => Some(Kind::Closed("OCRA")),
        "pw" => Some(Kind::Closed("static password")),
        "yubikey-aes" => Some(Kind::Closed("Yubico OTP")),
        "actividentity-3des" => Some(Kind::Closed("ActivIdentity 3DES")),
        name if name.starts_with("securid-") => Some(Kind::Closed("RSA SecurID")),
        _ => None,
    }
}

/// Names the hash of a `Suite` that can be stored: `SHA-1`, `HMAC-SHA256`, ….
pub(super) fn hash(suite: &str) -> Option<Hash> {
    let suite = suite.to_ascii_lowercase();
    let number = suite.rsplit_once("sha").map(|(_, rest)| rest.trim_start_matches('-'))?;
    match number {
        "1" => Some(Hash::Sha1),
        "256" => Some(Hash::Sha256),
        "512" => Some(Hash::Sha512),
        _ => None,
    }
}

/// Names the hash of a MAC: `…#hmac-sha1`, `…#hmac-sha-256`, ….
pub(super) fn mac_hash(algorithm: &str) -> Option<MacHash> {
    let name = last_part(algorithm).to_ascii_lowercase();
    match name.strip_prefix("hmac-sha").map(|rest| rest.trim_start_matches('-'))? {
        "1" => Some(MacHash::Sha1),
        "224" => Some(MacHash::Sha224),
        "256" => Some(MacHash::Sha256),
        "384" => Some(MacHash::Sha384),
        "512" => Some(MacHash::Sha512),
        _ => None,
    }
}

/// Tells whether a method says that nothing is encrypted, as the first drafts do.
pub(super) fn is_no_cipher(algorithm: &str) -> bool {
    last_part(algorithm).eq_ignore_ascii_case("none")
}

/// Names a source of keys that is neither a pre-shared one nor a passphrase, by the element that stands for it.
pub(super) fn key_source(element: &str) -> Option<&'static str> {
    match element {
        "x509data" => Some("X.509 certificate"),
        "keyvalue" => Some("public key"),
        "encryptedkey" => Some("encrypted key"),
        "agreementmethod" => Some("key agreement"),
        "pgpdata" => Some("OpenPGP key"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algorithms_are_known_by_every_spelling() {
        for name in ["urn:ietf:params:xml:ns:keyprov:pskc:totp", "http://www.ietf.org/keyprov/pskc#totp", "TOTP"] {
            assert_eq!(kind(name), Some(Kind::Totp), "{name}");
        }
        assert_eq!(kind("urn:ietf:params:xml:ns:keyprov:pskc:hotp"), Some(Kind::Hotp));
        assert_eq!(kind("urn:ietf:params:xml:ns:keyprov:pskc:pin"), Some(Kind::Pin));
        assert_eq!(kind("urn:ietf:params:xml:ns:keyprov:pskc#OCRA-1:HOTP-SHA512-8:C-QN08"), Some(Kind::Closed("OCRA")));
        assert_eq!(
            kind("http://www.rsa.com/names/2008/04/algorithms/SecurID/SecurID-AES128-Counter"),
            Some(Kind::Closed("RSA SecurID"))
        );
        assert_eq!(kind("urn:example:other"), None);
    }

    #[test]
    fn hashes_are_known_by_every_spelling() {
        for suite in ["SHA1", "SHA-1", "HMAC-SHA1", "HMAC-SHA-1", "sha1"] {
            assert_eq!(hash(suite), Some(Hash::Sha1), "{suite}");
        }
        assert_eq!(hash("HMAC-SHA256"), Some(Hash::Sha256));
        assert_eq!(hash("sha-512"), Some(Hash::Sha512));
        for suite in ["SHA224", "SHA-384", "MD5", "SHA", "SHA-1x"] {
            assert_eq!(hash(suite), None, "{suite}");
        }
        assert_eq!(mac_hash("http://www.w3.org/2000/09/xmldsig#hmac-sha1"), Some(MacHash::Sha1));
        assert_eq!(mac_hash("http://www.w3.org/2001/04/xmldsig-more#hmac-sha-256"), Some(MacHash::Sha256));
        assert_eq!(mac_hash("hmac-md5"), None);
    }
}
