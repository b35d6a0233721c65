//! What the drafts before RFC 6030 call things: each thing with all its names, the one of the standard first.
//!
//! Names are compared without prefix, namespace and case: vendors' tools write them in every way.

/// The root.
pub(in crate::import) const ROOTS: [&str; 2] = ["keycontainer", "secretcontainer"];
/// How the values are encrypted.
pub(super) const ENCRYPTION: [&str; 2] = ["encryptionkey", "encryptionmethod"];
/// How they are authenticated.
pub(super) const MAC_METHOD: [&str; 3] = ["macmethod", "digestmethod", "macalgorithm"];
/// What keys refer to for what they do not say themselves.
pub(super) const TEMPLATE: &str = "keyproperties";
/// A device with its keys.
pub(in crate::import) const PACKAGE: [&str; 2] = ["keypackage", "device"];
/// The elements below the root that are read; the others are passed over.
pub(super) const READ: [&str; 8] =
    [PACKAGE[0], PACKAGE[1], TEMPLATE, ENCRYPTION[0], ENCRYPTION[1], MAC_METHOD[0], MAC_METHOD[1], MAC_METHOD[2]];

/// What is written on the device.
pub(super) const DEVICE_INFO: [&str; 2] = ["DeviceInfo", "DeviceId"];
/// A key of a device; `Secret` is one only there, and a value elsewhere.
pub(super) const KEY: [&str; 2] = ["key", "secret"];
/// The name of a key within its container.
pub(super) const ID: [&str; 3] = ["id", "keyid", "secretid"];
/// What a key computes.
pub(super) const ALGORITHM: [&str; 3] = ["algorithm", "keyalgorithm", "secretalgorithm"];
/// How a key computes it.
pub(super) const PARAMETERS: [&str; 2] = ["AlgorithmParameters", "Usage"];
/// What codes are made of.
pub(super) const ENCODING: [&str; 2] = ["encoding", "format"];
/// Whether codes end in a check digit: the text of RFC 6030 has one spelling, its schema the other.
pub(super) const CHECK_DIGITS: [&str; 2] = ["checkdigits", "checkdigit"];
/// The MAC of a value.
pub(super) const VALUE_MAC: [&str; 2] = ["ValueMAC", "ValueDigest"];
/// The last day of a device or key.
pub(super) const EXPIRY: [&str; 2] = ["ExpiryDate", "Expiry"];
/// What a key may be used for, as the drafts have it in attributes of `Usage`.
pub(super) const USES: [&str; 10] =
    ["otp", "cr", "integrity", "encrypt", "verify", "unlock", "decrypt", "sign", "keywrap", "derive"];

/// Tells whether an element is the root of a container.
pub(super) fn is_root(name: &str) -> bool {
    ROOTS.contains(&name)
}

/// Tells whether a child of the root is one that only drafts have.
pub(super) fn is_of_a_draft(name: &str) -> bool {
    [PACKAGE[1], TEMPLATE].contains(&name)
}

/// Reads a truth value: `1`, `true`, `0` or `false` in any case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_has_four_words() {
        assert_eq!(["1", "true", "TRUE", "True"].map(boolean), [Some(true); 4]);
        assert_eq!(["0", "false", "FALSE", "False"].map(boolean), [Some(false); 4]);
        assert_eq!(["", "yes", "2", "oui"].map(boolean), [None; 4]);
    }

    #[test]
    fn a_root_is_known_by_either_name() {
        assert!(is_root("keycontainer") && is_root("secretcontainer") && !is_root("tokens"));
        assert!(is_of_a_draft("device") && is_of_a_draft("keyproperties") && !is_of_a_draft("keypackage"));
    }
}
