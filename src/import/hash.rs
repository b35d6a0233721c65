//! Names of hashes, as vendors write them.

use crate::otp::Hash;

/// Names the hash under HMAC that can be stored: `SHA-1`, `HMAC-SHA256`, `HmacSHA512`, `hmacsha1`, ….
pub(super) fn named(text: &str) -> Option<Hash> {
    let text = text.trim().to_ascii_lowercase();
    let name = text.strip_prefix("hmac").map_or(text.as_str(), |rest| rest.trim_start_matches(['-', '_']));
    match name.strip_prefix("sha")?.trim_start_matches(['-', '_']) {
        "1" => Some(Hash::Sha1),
        "256" => Some(Hash::Sha256),
        "512" => Some(Hash::Sha512),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_known_by_every_spelling() {
        for (text, hash) in [("SHA1", Hash::Sha1), ("HmacSHA256", Hash::Sha256), (" hmac-sha-512", Hash::Sha512)] {
            assert_eq!(named(text), Some(hash), "{text}");
        }
        for text in ["", "MD5", "hmacmd5", "SHA224", "SHA-384", "sha", "xsha1", "sha1x"] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
