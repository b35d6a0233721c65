//! The ciphers of XML encryption and of the drafts, by the many names that vendors give them.

use super::super::names::last_part;

/// A cipher that values can be encrypted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cipher {
    /// Not encrypted.
    None,
    /// Cipher block chaining, which protects nothing from being altered.
    Cbc(Block),
    /// A key wrap, which shows what was altered.
    Wrap(Block),
    /// Galois/counter mode, which shows what was altered.
    Gcm(Block),
}

/// What encrypts one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// AES with a key of 16 bytes.
    Aes128,
    /// AES with a key of 24 bytes.
    Aes192,
    /// AES with a key of 32 bytes.
    Aes256,
    /// Triple DES; with a key of 16 bytes the first 8 serve again as the last.
    TripleDes,
    /// Triple DES whose key has 16 bytes unless the file says otherwise.
    TripleDes112,
    /// Camellia with a key of 16 bytes.
    Camellia128,
    /// Camellia with a key of 24 bytes.
    Camellia192,
    /// Camellia with a key of 32 bytes.
    Camellia256,
}

/// Each cipher with the name that it is called by, and the other names that occur, without hyphens.
const CIPHERS: [(Cipher, &str, &[&str]); 19] = [
    (Cipher::Cbc(Block::Aes128), "aes128-cbc", &[]),
    (Cipher::Cbc(Block::Aes192), "aes192-cbc", &[]),
    (Cipher::Cbc(Block::Aes256), "aes256-cbc", &[]),
    (Cipher::Cbc(Block::TripleDes), "tripledes-cbc", &["3descbc", "3des168cbc"]),
    (Cipher::Cbc(Block::TripleDes112), "3des112-cbc", &[]),
    (Cipher::Cbc(Block::Camellia128), "camellia128-cbc", &["camellia128"]),
    (Cipher::Cbc(Block::Camellia192), "camellia192-cbc", &["camellia192"]),
    (Cipher::Cbc(Block::Camellia256), "camellia256-cbc", &["camellia256"]),
    (Cipher::Gcm(Block::Aes128), "aes128-gcm", &[]),
    (Cipher::Gcm(Block::Aes192), "aes192-gcm", &[]),
    (Cipher::Gcm(Block::Aes256), "aes256-gcm", &[]),
    (Cipher::Wrap(Block::Aes128), "kw-aes128", &["kwaes128pad"]),
    (Cipher::Wrap(Block::Aes192), "kw-aes192", &["kwaes192pad"]),
    (Cipher::Wrap(Block::Aes256), "kw-aes256", &["kwaes256pad"]),
    (Cipher::Wrap(Block::TripleDes), "kw-tripledes", &["kw3des"]),
    (Cipher::Wrap(Block::Camellia128), "kw-camellia128", &[]),
    (Cipher::Wrap(Block::Camellia192), "kw-camellia192", &[]),
    (Cipher::Wrap(Block::Camellia256), "kw-camellia256", &[]),
    (Cipher::None, "none", &[]),
];

/// Ciphers that are known and stay closed, and whether a certificate's private key would open them.
const CLOSED: [(&str, &str, bool); 9] = [
    ("rsa15", "RSA PKCS#1 v1.5", true),
    ("rsaoaepmgf1p", "RSA-OAEP", true),
    ("rsaoaep", "RSA-OAEP", true),
    ("pbes2", "PBES2", false),
    ("arcfour", "RC4", false),
    ("rc4", "RC4", false),
    ("descbc", "DES", false),
    ("seed128cbc", "SEED", false),
    ("kwseed128", "SEED", false),
];

/// What a name says of an encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// This cipher, with the key of the container.
    Opens(Named),
    /// Known, and not opened.
    Closed(&'static str),
    /// Known, and opened only by a private key.
    Asymmetric(&'static str),
}

/// A cipher as a file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The cipher.
    pub cipher: Cipher,
    /// The name says that the key comes from a passphrase, as the drafts' `PBE-…` do.
    pub wants_passphrase: bool,
}

/// Finds the encryption that a name stands for, by its last part, without case and hyphens.
pub(super) fn method(name: &str) -> Option<Method> {
    let last = last_part(name);
    // As nearly all files write it, in every value.
    if let Some((cipher, ..)) = CIPHERS.iter().find(|(_, name, _)| *name == last) {
        return Some(Method::Opens(Named { cipher: *cipher, wants_passphrase: false }));
    }
    let mut plain = last.to_ascii_lowercase();
    plain.retain(|character| character.is_ascii_alphanumeric());
    if let Some((_, name, is_asymmetric)) = CLOSED.iter().find(|(spelling, ..)| *spelling == plain) {
        return Some(if *is_asymmetric { Method::Asymmetric(name) } else { Method::Closed(name) });
    }
    let (plain, wants_passphrase) = match plain.strip_prefix("pbe") {
        Some(rest) => (rest, true),
        None => (plain.as_str(), false),
    };
    let is_it = |name: &str| name.bytes().filter(|byte| *byte != b'-').eq(plain.bytes());
    let found = CIPHERS.iter().find(|(_, name, others)| is_it(name) || others.contains(&plain));
    found.map(|(cipher, ..)| Method::Opens(Named { cipher: *cipher, wants_passphrase }))
}

impl Cipher {
    /// Gives every cipher, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        CIPHERS.iter().map(|(cipher, ..)| *cipher)
    }

    /// Gives the name of XML encryption, without its namespace.
    pub fn name(self) -> &'static str {
        CIPHERS.iter().find(|(cipher, ..)| *cipher == self).map_or("", |(_, name, _)| name)
    }

    /// Tells whether a value that was altered does not open.
    pub(super) fn is_authenticated(self) -> bool {
        matches!(self, Self::Wrap(_) | Self::Gcm(_))
    }

    /// Gives the bytes of a block; what is not encrypted has blocks of one.
    pub(super) fn block_size(self) -> usize {
        match self {
            Self::None => 1,
            Self::Cbc(block) | Self::Wrap(block) | Self::Gcm(block) => match block {
                Block::TripleDes | Block::TripleDes112 => 8,
                _ => 16,
            },
        }
    }

    /// Gives the lengths that its key can have, in bytes, the usual one first.
    pub(super) fn key_lengths(self) -> &'static [usize] {
        match self {
            Self::None => &[16, 24, 32],
            Self::Cbc(block) | Self::Wrap(block) | Self::Gcm(block) => match block {
                Block::Aes128 | Block::Camellia128 => &[16],
                Block::Aes192 | Block::Camellia192 => &[24],
                Block::Aes256 | Block::Camellia256 => &[32],
                Block::TripleDes => &[24, 16],
                Block::TripleDes112 => &[16, 24],
            },
        }
    }

    /// Tells whether a ciphertext can have this length, its initial vector being in front of it or not.
    pub(super) fn can_be(self, length: usize, has_vector: bool) -> bool {
        let block = self.block_size();
        match self {
            Self::None => length > 0,
            Self::Cbc(_) => length.is_multiple_of(block) && length > if has_vector { block } else { 0 },
            Self::Gcm(_) => length > super::cipher::NONCE.saturating_add(super::cipher::TAG),
            // Two halves of a block for AES and Camellia, an initial vector and a checksum for triple DES.
            Self::Wrap(_) => length.is_multiple_of(8) && length >= if block == 8 { 24 } else { 16 },
        }
    }
}

impl std::fmt::Display for Cipher {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

impl std::str::FromStr for Cipher {
    type Err = UnknownCipher;

    fn from_str(text: &str) -> Result<Self, UnknownCipher> {
        match method(text) {
            Some(Method::Opens(named)) => Ok(named.cipher),
            _ => Err(UnknownCipher),
        }
    }
}

/// No cipher that is opened has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown cipher")]
pub struct UnknownCipher;

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(name: &str) -> Option<(Cipher, bool)> {
        match method(name) {
            Some(Method::Opens(named)) => Some((named.cipher, named.wants_passphrase)),
            _ => None,
        }
    }

    #[test]
    fn ciphers_are_known_by_every_spelling() {
        for (spellings, cipher) in [
            (
                &["http://www.w3.org/2001/04/xmlenc#aes128-cbc", "AES128-CBC", "aes-128-cbc"][..],
                Cipher::Cbc(Block::Aes128),
            ),
            (
                &["http://www.w3.org/2001/04/xmlenc#tripledes-cbc", "3des-cbc", "3DES168-CBC"],
                Cipher::Cbc(Block::TripleDes),
            ),
            (
                &["http://www.w3.org/2001/04/xmldsig-more#camellia256-cbc", "camellia256"],
                Cipher::Cbc(Block::Camellia256),
            ),
            (
                &[
                    "http://www.w3.org/2001/04/xmlenc#kw-aes256",
                    "http://www.w3.org/2009/xmlenc11#kw-aes-256-pad",
                    "kw-aes256-pad",
                ],
                Cipher::Wrap(Block::Aes256),
            ),
            (&["http://www.w3.org/2001/04/xmlenc#kw-tripledes", "kw-3des"], Cipher::Wrap(Block::TripleDes)),
            (&["http://www.w3.org/2001/04/xmldsig-more#kw-camellia192"], Cipher::Wrap(Block::Camellia192)),
            (&["http://www.w3.org/2009/xmlenc11#aes192-gcm"], Cipher::Gcm(Block::Aes192)),
            (&["NONE", "none"], Cipher::None),
        ] {
            for name in spellings {
                assert_eq!(opens(name), Some((cipher, false)), "{name}");
            }
        }
        assert_eq!(opens("PBE-3DES112-CBC"), Some((Cipher::Cbc(Block::TripleDes112), true)));
        assert_eq!(opens("pbe-aes192-cbc"), Some((Cipher::Cbc(Block::Aes192), true)));
        assert_eq!(opens("urn:rot13"), None);
        assert_eq!(method("urn:rot13"), None);
    }

    #[test]
    fn what_a_private_key_opens_is_told_from_what_is_only_closed() {
        for name in
            ["http://www.w3.org/2001/04/xmlenc#rsa_1_5", "http://www.w3.org/2001/04/xmlenc#rsa-1_5", "#rsa-oaep-mgf1p"]
        {
            assert!(matches!(method(name), Some(Method::Asymmetric(_))), "{name}");
        }
        assert_eq!(method("http://www.w3.org/2001/04/xmlenc#arcfour"), Some(Method::Closed("RC4")));
        assert_eq!("rsa-1_5".parse::<Cipher>(), Err(UnknownCipher));
    }

    #[test]
    fn the_names_of_ciphers_are_read_back() {
        for cipher in Cipher::all() {
            assert_eq!(cipher.name().parse(), Ok(cipher));
            assert!(!cipher.key_lengths().is_empty());
        }
    }
}
