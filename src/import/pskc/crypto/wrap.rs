//! Key wraps: RFC 3394 and RFC 5649 over blocks of 16 bytes, RFC 3217 over triple DES.

use super::cipher::{Unopened, unchain};
use aes::cipher::BlockCipherDecrypt;
use aes::cipher::consts::U16;
use aes_kw::{AesKw, AesKwp, InnerInit};
use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const HALF: usize = 8;
/// The initial vector of the outer layer (RFC 3217 section 3.1).
const OUTER_VECTOR: [u8; HALF] = [0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05];

/// Unwraps what RFC 3394 wrapped, else what RFC 5649 did: both go by the same name, and differ in the initial value.
///
/// # Errors
/// [`Unopened`].
pub(super) fn unwrap<C: BlockCipherDecrypt<BlockSize = U16>>(
    cipher: &C,
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let mut text = Zeroizing::new(vec![0; bytes.len().saturating_sub(HALF)]);
    // RFC 3394 wraps two halves of a block at least: what has one is of RFC 5649.
    let unpadded = bytes.len() > 2 * HALF && AesKw::inner_init(cipher).unwrap_key(bytes, &mut text).is_ok();
    if !unpadded {
        let length = AesKwp::inner_init(cipher).unwrap_key(bytes, &mut text).map_err(|_| Unopened)?.len();
        text.truncate(length);
    }
    Ok(text)
}

/// Unwraps what RFC 3217 section 3.2 wrapped.
///
/// # Errors
/// [`Unopened`].
pub(super) fn unwrap_triple<C: BlockCipherDecrypt>(cipher: &C, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let mut outer = unchain(cipher, &OUTER_VECTOR, bytes)?;
    outer.reverse();
    let (vector, inner) = outer.split_at_checked(HALF).ok_or(Unopened)?;
    let mut text = unchain(cipher, vector, inner)?;
    let length = text.len().checked_sub(HALF).ok_or(Unopened)?;
    let (key, checksum) = text.split_at_checked(length).ok_or(Unopened)?;
    let digest = Sha1::digest(key);
    let is_whole = digest.get(..HALF).is_some_and(|begin| bool::from(begin.ct_eq(checksum)));
    text.truncate(length);
    if is_whole { Ok(text) } else { Err(Unopened) }
}

#[cfg(test)]
mod tests {
    use super::super::cipher::keyed;
    use super::super::method::{Block, Cipher};
    use super::*;
    use data_encoding::HEXLOWER_PERMISSIVE;

    fn hex(text: &str) -> Vec<u8> {
        HEXLOWER_PERMISSIVE.decode(text.replace(' ', "").as_bytes()).unwrap()
    }

    fn unwrapped(block: Block, key: &str, wrapped: &str) -> Result<Vec<u8>, Unopened> {
        let cipher = keyed(Cipher::Wrap(block), &hex(key)).unwrap();
        cipher.decrypt(None, &hex(wrapped)).map(|text| text.to_vec())
    }

    #[test]
    fn the_vectors_of_rfc_3394_unwrap() {
        let keys = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
        let data = "00112233445566778899AABBCCDDEEFF0001020304050607 08090A0B0C0D0E0F";
        for (block, key, data, wrapped) in [
            (Block::Aes128, &keys[..32], &data[..32], "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5"),
            (Block::Aes192, &keys[..48], &data[..32], "96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D"),
            (Block::Aes256, keys, &data[..32], "64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7"),
            (
                Block::Aes192,
                &keys[..48],
                &data[..48],
                "031D33264E15D33268F24EC260743EDCE1C6C7DDEE725A936BA814915C6762D2",
            ),
            (Block::Aes256, keys, &data[..48], "A8F9BC1612C68B3FF6E6F4FBE30E71E4769C8B80A32CB8958CD5D17D6B254DA1"),
            (
                Block::Aes256,
                keys,
                data,
                "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21",
            ),
        ] {
            assert_eq!(unwrapped(block, key, wrapped), Ok(hex(data)), "{block:?}");
        }
    }

    #[test]
    fn the_vectors_of_rfc_5649_unwrap_by_the_same_name() {
        let key = "5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8";
        let twenty = "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a";
        assert_eq!(unwrapped(Block::Aes192, key, twenty), Ok(hex("c37b7e6492584340bed12207808941155068f738")));
        assert_eq!(unwrapped(Block::Aes192, key, "afbeb0f07dfbf5419200f2ccb50bb24f"), Ok(hex("466f7250617369")));
    }

    #[test]
    fn the_vector_of_rfc_3217_unwraps() {
        let key = "255e0d1c07b646dfb3134cc843ba8aa71f025b7c0838251f";
        let wrapped = "690107618ef092b3b48ca1796b234ae9fa33ebb4159604037db5d6a84eb3aac2768c632775a467d4";
        let data = "2923bf85e06dd6ae529149f1f1bae9eab3a7da3d860d3e98";
        assert_eq!(unwrapped(Block::TripleDes, key, wrapped), Ok(hex(data)));
    }

    #[test]
    fn what_was_altered_anywhere_does_not_unwrap() {
        let aes = ("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8", "afbeb0f07dfbf5419200f2ccb50bb24f");
        let twenty = (aes.0, "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a");
        let des = (
            "255e0d1c07b646dfb3134cc843ba8aa71f025b7c0838251f",
            "690107618ef092b3b48ca1796b234ae9fa33ebb4159604037db5d6a84eb3aac2768c632775a467d4",
        );
        for (block, (key, wrapped)) in [(Block::Aes192, aes), (Block::Aes192, twenty), (Block::TripleDes, des)] {
            let cipher = keyed(Cipher::Wrap(block), &hex(key)).unwrap();
            for at in 0..wrapped.len() / 2 {
                let mut altered = hex(wrapped);
                altered[at] ^= 1;
                assert_eq!(cipher.decrypt(None, &altered).err(), Some(Unopened), "{block:?} {at}");
            }
        }
    }
}
