//! What the operator says of a file besides its bytes, and what he gives to open it.

use super::pskc::{Cipher, Derived};
use super::secret::SecretEncoding;
use super::tables::Columns;
use std::sync::Mutex;
use zeroize::Zeroizing;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What the operator gives to open a file.
#[derive(Default)]
pub struct Unlock {
    pre_shared: Option<Zeroizing<Vec<u8>>>,
    passphrase: Option<Zeroizing<Vec<u8>>>,
    /// The one of the message around the file, where it is another one.
    openpgp_passphrase: Option<Zeroizing<Vec<u8>>>,
    /// The keys that were made of the passphrase: a file that is read twice makes its key once.
    pub(super) derived: Mutex<Vec<Derived>>,
}

impl Unlock {
    /// Opens nothing.
    #[cfg(test)]
    pub fn none() -> Self {
        Self::default()
    }

    /// Opens with a pre-shared key.
    #[cfg(test)]
    pub fn pre_shared(key: Zeroizing<Vec<u8>>) -> Self {
        Self { pre_shared: Some(key), ..Self::default() }
    }

    /// Takes a pre-shared key besides, in the place of a former one: 32, 48 or 64 hexadecimal digits, or 16, 24 or 32 raw
    /// bytes; a line end after them does not matter.
    pub fn give_pre_shared_key(&mut self, key: Zeroizing<Vec<u8>>) {
        self.pre_shared = Some(key);
    }

    /// Takes a passphrase besides, in the place of a former one; a line end after it does not matter.
    pub fn give_passphrase(&mut self, passphrase: Zeroizing<Vec<u8>>) {
        self.passphrase = Some(passphrase);
        self.derived = Mutex::default();
    }

    /// Takes a passphrase besides that opens nothing but the OpenPGP message in which the file came.
    pub fn give_openpgp_passphrase(&mut self, passphrase: Zeroizing<Vec<u8>>) {
        self.openpgp_passphrase = Some(passphrase);
    }

    /// Gives the pre-shared key, as it was written.
    pub(super) fn given_pre_shared_key(&self) -> Option<&[u8]> {
        self.pre_shared.as_ref().map(|key| key.as_slice())
    }

    /// Gives the passphrase: all but a byte order mark in front of it and a line end behind.
    pub(super) fn given_passphrase(&self) -> Option<&[u8]> {
        self.passphrase.as_ref().map(|given| line_of(given))
    }

    /// Gives the first line of the passphrase of the message: the program that opens it takes no more.
    pub(super) fn given_openpgp_passphrase(&self) -> Option<&[u8]> {
        let given = line_of(self.openpgp_passphrase.as_ref().or(self.passphrase.as_ref())?);
        given.split(|byte| *byte == b'\n').next()
    }
}

impl std::fmt::Debug for Unlock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Unlock(…)")
    }
}

/// What the operator says of a file besides its bytes.
#[derive(Debug, Default)]
pub struct Guidance {
    /// What opens it.
    pub unlock: Unlock,
    /// The file's name without its extension: keys without any serial are numbered under it.
    pub stem: String,
    /// The extension of its name: it only explains a file whose content is nothing that is known.
    pub extension: String,
    /// How the seeds of a table are written.
    pub secret_encoding: Option<SecretEncoding>,
    /// What the columns of a table hold.
    pub columns: Option<Columns>,
    /// To how many digits shorter serials of a table are filled up with zeroes.
    pub pad_serial: Option<u8>,
    /// The cipher of the values that name none.
    pub cipher: Option<Cipher>,
    /// Values are taken that nothing protects from being altered.
    pub accept_unauthenticated: bool,
}

/// Takes a byte order mark and one line end off.
fn line_of(given: &[u8]) -> &[u8] {
    without_line_end(given.strip_prefix(BYTE_ORDER_MARK).unwrap_or(given))
}

/// Takes one line end off.
pub(super) fn without_line_end(given: &[u8]) -> &[u8] {
    let line = given.strip_suffix(b"\n").unwrap_or(given);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_keeps_all_but_its_line_end() {
        let given = |text: &[u8]| {
            let mut unlock = Unlock::none();
            unlock.give_passphrase(text.to_vec().into());
            unlock.given_passphrase().unwrap().to_vec()
        };
        for text in [b"qwerty".as_slice(), b"qwerty\n", b"qwerty\r\n", b"\xef\xbb\xbfqwerty\n"] {
            assert_eq!(given(text), b"qwerty");
        }
        assert_eq!(given(" m\u{e9}lange \n".as_bytes()), " m\u{e9}lange ".as_bytes());
    }
}
