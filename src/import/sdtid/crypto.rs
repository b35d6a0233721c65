//! What keeps a batch closed: keys from a password, one-time pads over the seeds, and MACs, all made of AES-128.
//!
//! RSA publishes no specification; this is what stoken and python-securid agree on.

use super::super::finding::Finding;
use super::super::problem::Problem;
use super::super::secret::{self, Undecodable};
use super::super::xml::tree::Element;
use aes::Aes128;
use aes::cipher::{BlockCipherEncrypt, KeyInit};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const BLOCK: usize = 16;
/// How much of a password, of an origin or of a label goes into a key; the rest is cut off.
const LONG: usize = 32;
/// How much of a name, as the key of the derivation.
const MEDIUM: usize = 16;
/// How much of a label or name in a pad.
const SHORT: usize = 8;
/// The rounds of the derivation from a password.
const ROUNDS: u16 = 1000;

const BATCH_VECTOR: [u8; BLOCK] = 0x2b7e_1516_28ae_d2a6_abf7_1588_09cf_4f3c_u128.to_be_bytes();
const TOKEN_MAC_VECTOR: [u8; BLOCK] = 0x1bb6_7ae8_584c_aa73_b257_42d7_078b_83b8_u128.to_be_bytes();
const TOKEN_SEED_VECTOR: [u8; BLOCK] = 0x16a0_9e66_7f3b_cc90_8b2f_b136_6ea9_57d3_u128.to_be_bytes();

pub(super) type Block = Zeroizing<[u8; BLOCK]>;

/// What a header says that goes into the keys.
pub(super) struct Salts<'t> {
    /// Who sent the batch: the password of a batch that has none.
    pub origin: &'t str,
    /// Who it was sent to.
    pub dest: &'t str,
    /// What it is called.
    pub name: &'t str,
    /// The key of the batch, under a pad.
    pub secret: Block,
}

/// The key of a batch.
pub(super) struct BatchKey(Aes128);

impl BatchKey {
    /// Derives it from a password.
    pub(super) fn derive(password: &[u8], salts: &Salts<'_>) -> Self {
        let under = cipher(&fitted::<MEDIUM>(salts.name.as_bytes()));
        let mut front = Zeroizing::new([0; 2 * LONG]);
        fill(front.as_mut_slice(), &[&*fitted::<LONG>(password), &*fitted::<LONG>(salts.dest.as_bytes())]);
        let front = mac(&under, &[0; BLOCK], &*front);
        let mut key = Zeroizing::new([0; BLOCK]);
        for round in 0..ROUNDS {
            let mut last = [0; BLOCK];
            fill(&mut last, &[&[0; BLOCK - 2], &round.to_be_bytes()]);
            add(&mut key, &*mac(&under, &front, &last));
        }
        let mut batch = pad(&cipher(&key), b"Secret", salts.name.as_bytes());
        add(&mut batch, &*salts.secret);
        Self(cipher(&batch))
    }

    /// Tells whether a MAC is the one of the header whose lines are given.
    pub(super) fn vouches_for_header(&self, name: &str, lines: &[u8], found: Option<&Block>) -> bool {
        verify(&self.own_key(b"BatchMAC", name, &BATCH_VECTOR), &BATCH_VECTOR, lines, found)
    }

    /// Tells whether a MAC is the one of the token whose lines are given.
    pub(super) fn vouches_for_token(&self, serial: &str, lines: &[u8], found: Option<&Block>) -> bool {
        verify(&self.own_key(b"TokenMAC", serial, &TOKEN_MAC_VECTOR), &TOKEN_MAC_VECTOR, lines, found)
    }

    /// Takes the pad off a seed.
    pub(super) fn open_seed(&self, serial: &str, padded: &Block) -> Zeroizing<Vec<u8>> {
        let key = self.own_key(b"TokenEncrypt", serial, &TOKEN_SEED_VECTOR);
        let mut seed = pad(&key, serial.as_bytes(), b"Seed");
        add(&mut seed, &**padded);
        Zeroizing::new(seed.to_vec())
    }

    fn own_key(&self, label: &[u8], of: &str, vector: &[u8; BLOCK]) -> Aes128 {
        let mut about = [0; 2 * LONG];
        fill(&mut about, &[&*fitted::<LONG>(label), &*fitted::<LONG>(of.as_bytes())]);
        cipher(&mac(&self.0, vector, &about))
    }
}

fn cipher(key: &Block) -> Aes128 {
    let mut bytes = aes::cipher::Key::<Aes128>::from(**key);
    let cipher = Aes128::new(&bytes);
    zeroize::Zeroize::zeroize(bytes.as_mut_slice());
    cipher
}

/// Computes a CBC-MAC; the last piece is filled up with zeroes.
fn mac(key: &Aes128, vector: &[u8; BLOCK], data: &[u8]) -> Block {
    let mut result = Zeroizing::new(*vector);
    for piece in data.chunks(BLOCK) {
        add(&mut result, piece);
        encrypt(key, &mut result);
    }
    result
}

/// Compares in constant time; no MAC is a wrong one.
fn verify(key: &Aes128, vector: &[u8; BLOCK], data: &[u8], found: Option<&Block>) -> bool {
    found.is_some_and(|found| mac(key, vector, data).ct_eq(&**found).into())
}

/// Gives the pad over a secret: what two words encrypt to.
fn pad(key: &Aes128, first: &[u8], second: &[u8]) -> Block {
    let mut words = Zeroizing::new([0; BLOCK]);
    fill(words.as_mut_slice(), &[&*fitted::<SHORT>(first), &*fitted::<SHORT>(second)]);
    encrypt(key, &mut words);
    words
}

fn encrypt(key: &Aes128, block: &mut Block) {
    let mut bytes = aes::Block::from(**block);
    key.encrypt_block(&mut bytes);
    block.copy_from_slice(&bytes);
    zeroize::Zeroize::zeroize(bytes.as_mut_slice());
}

fn add(block: &mut Block, other: &[u8]) {
    block.iter_mut().zip(other).for_each(|(target, byte)| *target ^= byte);
}

/// Cuts a text, or fills it up with zeroes.
fn fitted<const LENGTH: usize>(text: &[u8]) -> Zeroizing<[u8; LENGTH]> {
    let mut fitted = Zeroizing::new([0; LENGTH]);
    fill(fitted.as_mut_slice(), &[text]);
    fitted
}

/// Writes pieces one after the other, as far as there is room.
fn fill(target: &mut [u8], pieces: &[&[u8]]) {
    target.iter_mut().zip(pieces.iter().copied().flatten()).for_each(|(target, byte)| *target = *byte);
}

/// Reads the 16 bytes of an element in base64.
///
/// # Errors
/// A finding for other characters, or another number of bytes.
pub(super) fn block_of(element: Element<'_>, text: &str) -> Result<Block, Finding> {
    let bytes = secret::base64(text).map_err(|error| {
        element.finding(match error {
            Undecodable::Empty => Problem::CiphertextMalformed,
            Undecodable::Character { position } => Problem::SeedNotBase64 { position },
            Undecodable::Length { characters } => Problem::SeedIncomplete { characters },
        })
    })?;
    let block = <[u8; BLOCK]>::try_from(bytes.as_slice());
    block.map(Zeroizing::new).map_err(|_| element.finding(Problem::CiphertextMalformed))
}
