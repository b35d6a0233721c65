//! Ciphers with their keys set up, once for all values of a file.

use super::method::{Block, Cipher};
use super::wrap;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::consts::{U12, U16};
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, InnerIvInit, KeyInit};
use aes_gcm::AesGcm;
use aes_gcm::aead::AeadInOut;
use std::rc::Rc;
use zeroize::Zeroizing;

/// The bytes of the nonce in front of a GCM ciphertext (XML Encryption 1.1 section 5.2.4).
pub(super) const NONCE: usize = 12;
/// The bytes of the tag behind it.
pub(super) const TAG: usize = 16;
/// The bytes of a key of triple DES.
const TRIPLE: usize = 24;

/// A ciphertext did not open: it is damaged or altered, or the key is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ciphertext does not open")]
pub(super) struct Unopened;

/// A cipher with its key.
pub(super) trait Keyed {
    /// Decrypts, the initial vector being in front unless one is given, and leaves the padding.
    ///
    /// # Errors
    /// [`Unopened`].
    fn decrypt(&self, vector: Option<&[u8]>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened>;
}

/// Sets a cipher up; nothing when the key has a length that it cannot have.
pub(super) fn keyed(cipher: Cipher, key: &[u8]) -> Option<Rc<dyn Keyed>> {
    match cipher {
        Cipher::None => Some(Rc::new(Plain)),
        Cipher::Cbc(Block::Aes128) => cbc::<aes::Aes128>(key),
        Cipher::Cbc(Block::Aes192) => cbc::<aes::Aes192>(key),
        Cipher::Cbc(Block::Aes256) => cbc::<aes::Aes256>(key),
        Cipher::Cbc(Block::TripleDes | Block::TripleDes112) => cbc::<des::TdesEde3>(&triple(key)),
        Cipher::Cbc(Block::Camellia128) => cbc::<camellia::Camellia128>(key),
        Cipher::Cbc(Block::Camellia192) => cbc::<camellia::Camellia192>(key),
        Cipher::Cbc(Block::Camellia256) => cbc::<camellia::Camellia256>(key),
        Cipher::Wrap(Block::Aes128) => wrapped::<aes::Aes128>(key),
        Cipher::Wrap(Block::Aes192) => wrapped::<aes::Aes192>(key),
        Cipher::Wrap(Block::Aes256) => wrapped::<aes::Aes256>(key),
        Cipher::Wrap(Block::TripleDes | Block::TripleDes112) => {
            let cipher = des::TdesEde3::new_from_slice(&triple(key)).ok()?;
            Some(Rc::new(TripleWrap(cipher)))
        }
        Cipher::Wrap(Block::Camellia128) => wrapped::<camellia::Camellia128>(key),
        Cipher::Wrap(Block::Camellia192) => wrapped::<camellia::Camellia192>(key),
        Cipher::Wrap(Block::Camellia256) => wrapped::<camellia::Camellia256>(key),
        Cipher::Gcm(Block::Aes128) => gcm::<aes::Aes128>(key),
        Cipher::Gcm(Block::Aes192) => gcm::<aes::Aes192>(key),
        Cipher::Gcm(Block::Aes256) => gcm::<aes::Aes256>(key),
        Cipher::Gcm(_) => None,
    }
}

/// Gives a key of triple DES its full length: the first third serves again as the last.
fn triple(key: &[u8]) -> Zeroizing<Vec<u8>> {
    let first = key.get(..8).filter(|_| key.len() < TRIPLE).unwrap_or_default();
    Zeroizing::new([key, first].concat())
}

fn cbc<C: BlockCipherDecrypt + KeyInit + 'static>(key: &[u8]) -> Option<Rc<dyn Keyed>> {
    Some(Rc::new(Chained(C::new_from_slice(key).ok()?)))
}

fn wrapped<C: BlockCipherDecrypt<BlockSize = U16> + KeyInit + 'static>(key: &[u8]) -> Option<Rc<dyn Keyed>> {
    Some(Rc::new(Wrapped(C::new_from_slice(key).ok()?)))
}

fn gcm<C: BlockCipherEncrypt<BlockSize = U16> + KeyInit + 'static>(key: &[u8]) -> Option<Rc<dyn Keyed>> {
    Some(Rc::new(Counted(AesGcm::<C, U12>::from(C::new_from_slice(key).ok()?))))
}

/// Decrypts by chaining blocks.
pub(super) fn unchain<C: BlockCipherDecrypt>(
    cipher: &C,
    vector: &[u8],
    body: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let mut text = Zeroizing::new(body.to_vec());
    let mode = cbc::Decryptor::inner_iv_slice_init(cipher, vector).map_err(|_| Unopened)?;
    mode.decrypt_padded::<NoPadding>(&mut text).map_err(|_| Unopened)?;
    Ok(text)
}

struct Plain;

impl Keyed for Plain {
    fn decrypt(&self, _: Option<&[u8]>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        Ok(Zeroizing::new(bytes.to_vec()))
    }
}

struct Chained<C>(C);

impl<C: BlockCipherDecrypt> Keyed for Chained<C> {
    fn decrypt(&self, vector: Option<&[u8]>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let (vector, body) = match vector {
            Some(vector) => (vector, bytes),
            None => bytes.split_at_checked(C::block_size()).ok_or(Unopened)?,
        };
        unchain(&self.0, vector, body)
    }
}

struct Wrapped<C>(C);

impl<C: BlockCipherDecrypt<BlockSize = U16>> Keyed for Wrapped<C> {
    fn decrypt(&self, _: Option<&[u8]>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        wrap::unwrap(&self.0, bytes)
    }
}

struct TripleWrap(des::TdesEde3);

impl Keyed for TripleWrap {
    fn decrypt(&self, _: Option<&[u8]>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        wrap::unwrap_triple(&self.0, bytes)
    }
}

struct Counted<C>(AesGcm<C, U12>);

impl<C: BlockCipherEncrypt<BlockSize = U16>> Keyed for Counted<C> {
    fn decrypt(&self, _: Option<&[u8]>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let (nonce, rest) = bytes.split_at_checked(NONCE).ok_or(Unopened)?;
        let (body, tag) = rest.split_at_checked(rest.len().saturating_sub(TAG)).ok_or(Unopened)?;
        let nonce = nonce.try_into().map_err(|_| Unopened)?;
        let tag = tag.try_into().map_err(|_| Unopened)?;
        let mut text = Zeroizing::new(body.to_vec());
        self.0.decrypt_inout_detached(nonce, b"", text.as_mut_slice().into(), tag).map_err(|_| Unopened)?;
        Ok(text)
    }
}
