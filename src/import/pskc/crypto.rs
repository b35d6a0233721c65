//! Encrypted values (RFC 6030 section 6): the MAC first, and only what it vouches for is decrypted.

use super::super::Unlock;
use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::secret;
use super::names::{self, Cipher};
use super::tree::Element;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeDecrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const BLOCK: usize = 16;
const KEY: usize = 16;
/// The sizes of seeds that a cipher of 16-byte blocks needs no padding for.
const WHOLE_BLOCKS: [usize; 4] = [16, 32, 48, 64];
/// The usual sizes of seeds: the outputs of SHA-1, SHA-256 and SHA-512.
const USUAL_SEEDS: [usize; 3] = [20, 32, 64];

/// The hash under the MAC of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MacHash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// Why a value stays closed: a fault of this value, or one of the whole file.
pub(super) enum Closed {
    /// The value is at fault.
    Value(Finding),
    /// No value of the file can be opened.
    File(Finding),
}

impl From<Finding> for Closed {
    fn from(finding: Finding) -> Self {
        Self::Value(finding)
    }
}

/// What a container declares about its MACs.
struct MacMethod {
    hash: MacHash,
    /// The MAC key as the file has it, encrypted; without one the encryption key serves.
    key: Option<Vec<u8>>,
}

/// The keys with which a container is opened.
struct Keys {
    cipher: Zeroizing<[u8; KEY]>,
    mac: Zeroizing<Vec<u8>>,
    /// Whether the padding of the MAC key shows that the pre-shared key is the right one, but for one case in 256.
    proved: bool,
}

/// All that is needed to open the values of a container.
pub(super) struct Locks<'a> {
    unlock: &'a Unlock,
    method: Option<MacMethod>,
    keys: Option<Keys>,
    /// Whether a MAC was right.
    right_mac: bool,
}

impl<'a> Locks<'a> {
    /// Begins with what the operator gave.
    pub(super) fn new(unlock: &'a Unlock) -> Self {
        Self { unlock, method: None, keys: None, right_mac: false }
    }

    /// Takes the `EncryptionKey` of the container (RFC 6030 section 6.1).
    ///
    /// # Errors
    /// A finding for any key that is not pre-shared.
    pub(super) fn take_encryption_key(&self, element: Element<'_>) -> Result<(), Finding> {
        let kinds = element.children().map(Element::name);
        match kinds.filter_map(names::key_source).next() {
            Some(source) => Err(element.finding(Problem::KeySourceNotSupported { source })),
            None => Ok(()),
        }
    }

    /// Takes the `MACMethod` of the container (RFC 6030 section 6.1.1).
    ///
    /// # Errors
    /// A finding for an unknown MAC, a cipher that is not opened, or a second method.
    pub(super) fn take_mac_method(&mut self, element: Element<'_>) -> Result<(), Finding> {
        if self.method.is_some() {
            return Err(element.finding(Problem::ElementTwice { element: "MACMethod" }));
        }
        let hash = element.attribute("algorithm").and_then(names::mac_hash);
        let hash = hash.ok_or_else(|| element.finding(Problem::MacUnknown))?;
        if let Some(reference) = element.child("MACKeyReference")? {
            return Err(reference.finding(Problem::MacKeyReference));
        }
        let key = element.child("MACKey")?.map(ciphertext).transpose()?;
        self.method = Some(MacMethod { hash, key });
        Ok(())
    }

    /// Tells whether values must carry a MAC.
    pub(super) fn wants_macs(&self) -> bool {
        self.method.is_some()
    }

    /// Tells whether the pre-shared key was seen to fit, but for one case in 256.
    pub(super) fn are_proved(&self) -> bool {
        self.keys.as_ref().is_some_and(|keys| keys.proved)
    }

    /// Tells whether a MAC of the file was right, which shows that the pre-shared key is.
    pub(super) fn saw_a_right_mac(&self) -> bool {
        self.right_mac
    }

    /// Opens the encrypted value of an element such as `Secret` or `Counter`.
    ///
    /// # Errors
    /// [`Closed`], and nothing was decrypted unless its MAC was right.
    pub(super) fn open(&mut self, holder: Element<'_>, encrypted: Element<'_>) -> Result<Zeroizing<Vec<u8>>, Closed> {
        let mac = holder.child("ValueMAC")?;
        let mac = match (&self.method, mac) {
            (Some(_), Some(mac)) => mac,
            (Some(_), None) => return Err(holder.finding(Problem::MacMissing).into()),
            (None, Some(mac)) => return Err(mac.finding(Problem::MacMethodMissing).into()),
            (None, None) => {
                ciphertext(encrypted)?;
                return Err(holder.finding(Problem::MacAbsent).into());
            }
        };
        let bytes = ciphertext(encrypted)?;
        self.derive_keys(encrypted)?;
        let expected = secret::base64(mac.text()).map_err(|_| mac.finding(Problem::MacMismatch))?;
        let (Some(keys), Some(method)) = (&self.keys, &self.method) else {
            return Err(holder.finding(Problem::MacMethodMissing).into());
        };
        let verified =
            verify(method.hash, &keys.mac, &bytes, &expected).ok_or_else(|| mac.finding(Problem::MacMismatch))?;
        self.right_mac = true;
        let padded = decrypt(&keys.cipher, verified.0);
        let padded = padded.ok_or_else(|| encrypted.finding(Problem::CiphertextMalformed))?;
        Ok(strip_padding(padded).map_err(|problem| encrypted.finding(problem))?)
    }

    fn derive_keys(&mut self, place: Element<'_>) -> Result<(), Closed> {
        if self.keys.is_some() {
            return Ok(());
        }
        let fail = |problem| Closed::File(place.finding(problem));
        let given = self.unlock.key().ok_or_else(|| fail(Problem::PreSharedKeyNeeded))?;
        let cipher = key_bytes(given).ok_or_else(|| fail(Problem::PreSharedKeyMalformed))?;
        let (mac, proved) = match self.method.as_ref().and_then(|method| method.key.as_ref()) {
            None => (Zeroizing::new(cipher.to_vec()), false),
            Some(encrypted) => {
                let padded = decrypt(&cipher, encrypted).ok_or_else(|| fail(Problem::CiphertextMalformed))?;
                match pkcs7_length(&padded) {
                    Some(length) => (truncated(padded, length), true),
                    None => (padded, false),
                }
            }
        };
        self.keys = Some(Keys { cipher, mac, proved });
        Ok(())
    }
}

/// Takes a pre-shared key as vendors hand it over: 32 hexadecimal digits, or 16 raw bytes.
fn key_bytes(given: &[u8]) -> Option<Zeroizing<[u8; KEY]>> {
    let line = given.strip_suffix(b"\n").unwrap_or(given);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let raw = [given, line].into_iter().find_map(|bytes| <[u8; KEY]>::try_from(bytes).ok());
    if let Some(raw) = raw {
        return Some(Zeroizing::new(raw));
    }
    let text = std::str::from_utf8(given.strip_prefix(b"\xef\xbb\xbf").unwrap_or(given)).ok()?;
    let bytes = secret::hex(text.trim()).ok()?;
    <[u8; KEY]>::try_from(bytes.as_slice()).ok().map(Zeroizing::new)
}

/// Gives the bytes of `CipherData/CipherValue`, after a look at the cipher.
fn ciphertext(element: Element<'_>) -> Result<Vec<u8>, Finding> {
    let method = element.child("EncryptionMethod")?;
    let algorithm = method.and_then(|method| method.attribute("algorithm"));
    let algorithm = algorithm.ok_or_else(|| element.finding(Problem::CipherMissing))?;
    match names::cipher(algorithm) {
        Some(Cipher::Aes128Cbc) => {}
        Some(Cipher::Closed(cipher)) => return Err(element.finding(Problem::CipherNotSupported { cipher })),
        None => return Err(element.finding(Problem::CipherUnknown)),
    }
    let malformed = || element.finding(Problem::CiphertextMalformed);
    let data = element.child("CipherData")?.ok_or_else(malformed)?;
    let value = data.child("CipherValue")?.ok_or_else(malformed)?;
    let bytes = secret::base64(value.text()).map_err(|_| value.finding(Problem::CiphertextMalformed))?;
    let whole = bytes.len().is_multiple_of(BLOCK) && bytes.len() > BLOCK;
    if whole { Ok(bytes.to_vec()) } else { Err(value.finding(Problem::CiphertextMalformed)) }
}

/// A ciphertext that its MAC vouches for.
struct Verified<'a>(&'a [u8]);

/// Compares the MAC over initial vector and ciphertext, in constant time.
fn verify<'a>(hash: MacHash, key: &[u8], bytes: &'a [u8], expected: &[u8]) -> Option<Verified<'a>> {
    let computed = match hash {
        MacHash::Sha1 => mac::<Hmac<sha1::Sha1>>(key, bytes),
        MacHash::Sha224 => mac::<Hmac<sha2::Sha224>>(key, bytes),
        MacHash::Sha256 => mac::<Hmac<sha2::Sha256>>(key, bytes),
        MacHash::Sha384 => mac::<Hmac<sha2::Sha384>>(key, bytes),
        MacHash::Sha512 => mac::<Hmac<sha2::Sha512>>(key, bytes),
    }?;
    if bool::from(computed.as_slice().ct_eq(expected)) { Some(Verified(bytes)) } else { None }
}

fn mac<M: Mac + KeyInit>(key: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let mac = <M as KeyInit>::new_from_slice(key).ok()?;
    Some(mac.chain_update(bytes).finalize().into_bytes().to_vec())
}

/// Decrypts AES-128-CBC, its initial vector in front, and leaves the padding.
fn decrypt(key: &[u8; KEY], bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    #[cfg(test)]
    tests::DECRYPTIONS.with(|count| count.set(count.get() + 1));
    let (vector, body) = bytes.split_at_checked(BLOCK)?;
    let mut text = Zeroizing::new(body.to_vec());
    let cipher = cbc::Decryptor::<aes::Aes128>::new_from_slices(key, vector).ok()?;
    cipher.decrypt_padded::<NoPadding>(&mut text).ok()?;
    Some(text)
}

/// Gives the length without a valid padding of PKCS#7, if there is one.
fn pkcs7_length(padded: &[u8]) -> Option<usize> {
    let count = *padded.last()?;
    let length = padded.len().checked_sub(usize::from(count))?;
    let tail = padded.get(length..)?;
    let valid = (1..=BLOCK).contains(&usize::from(count)) && tail.iter().all(|byte| *byte == count);
    if valid { Some(length) } else { None }
}

/// Takes the padding off a value whose MAC was right.
///
/// RFC 6030 section 6.4 asks for padding only where the length needs it, and generic XML encryption pads at random, with
/// the count in the last byte: a tail that could be that, and leave a seed of a usual size, is not guessed at.
fn strip_padding(padded: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, Problem> {
    if let Some(length) = pkcs7_length(&padded) {
        return Ok(truncated(padded, length));
    }
    let count = padded.last().copied().map_or(0, usize::from);
    let random = (1..=BLOCK).contains(&count);
    if random && USUAL_SEEDS.contains(&padded.len().saturating_sub(count)) {
        return Err(Problem::PaddingAmbiguous);
    }
    if WHOLE_BLOCKS.contains(&padded.len()) { Ok(padded) } else { Err(Problem::PaddingWrong) }
}

fn truncated(mut bytes: Zeroizing<Vec<u8>>, length: usize) -> Zeroizing<Vec<u8>> {
    bytes.truncate(length);
    bytes
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    thread_local! {
        /// Counts the decryptions of the thread.
        pub(in super::super) static DECRYPTIONS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }

    #[test]
    fn a_pre_shared_key_is_taken_in_every_way_vendors_hand_it_over() {
        let key = b"\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12";
        for given in [
            b"12345678901234567890123456789012".as_slice(),
            b"12345678901234567890123456789012\r\n",
            b"\xef\xbb\xbf12345678 90123456 78901234 56789012\n",
            b"0x12345678901234567890123456789012",
            key,
            b"\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\n",
        ] {
            assert_eq!(key_bytes(given).unwrap().as_slice(), key, "{given:?}");
        }
        for given in [b"".as_slice(), b"1234", b"123456789012345678901234567890123456789012345678"] {
            assert!(key_bytes(given).is_none(), "{given:?}");
        }
    }

    #[test]
    fn padding_is_stripped_and_never_guessed() {
        let strip = |bytes: &[u8]| strip_padding(Zeroizing::new(bytes.to_vec())).map(|bytes| bytes.len());
        let with_tail = |length: usize, tail: &[u8]| [vec![0xaa; length - tail.len()], tail.to_vec()].concat();
        assert_eq!(strip(&with_tail(32, &[12; 12])), Ok(20));
        assert_eq!(strip(&with_tail(32, &[16; 16])), Ok(16));
        assert_eq!(strip(&with_tail(32, &[0xbb])), Ok(32));
        assert_eq!(strip(&with_tail(32, &[7])), Ok(32));
        assert_eq!(strip(&with_tail(32, &[9, 9, 12])), Err(Problem::PaddingAmbiguous));
        assert_eq!(strip(&with_tail(80, &[0xbb])), Err(Problem::PaddingWrong));
        assert_eq!(strip(&[]), Err(Problem::PaddingWrong));
    }
}
