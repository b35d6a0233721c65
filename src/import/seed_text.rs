//! Seeds as files of records write them: one encoding for a format, never guessed for a key.

use super::problem::Problem;
use super::record;
use super::secret::{self, Undecodable};
use crate::otp::Seed;
use zeroize::Zeroizing;

/// The shortest seed for which another encoding is thought of, in bytes.
const LIKELY_SEED: usize = 10;

/// Reads a seed in hexadecimal.
pub(super) fn hex(text: &str) -> Result<Seed, Problem> {
    take(secret::hex(text), |error| match error {
        Undecodable::Character { .. } if is_base32(text) => Problem::SeedLooksLikeBase32,
        Undecodable::Character { position } => Problem::SeedNotHex { position },
        Undecodable::Length { characters } => Problem::SeedOddHex { digits: characters },
        Undecodable::Empty => Problem::SeedMissing,
    })
}

/// Reads a seed in base32.
pub(super) fn base32(text: &str) -> Result<Seed, Problem> {
    take(secret::base32(text), |error| match error {
        Undecodable::Empty => Problem::SeedMissing,
        _ if secret::hex(text).is_ok_and(|bytes| bytes.len() >= LIKELY_SEED) => Problem::SeedLooksLikeHex,
        Undecodable::Character { position } => Problem::SeedNotBase32 { position },
        Undecodable::Length { characters } => Problem::SeedIncomplete { characters },
    })
}

/// Reads a seed in base64.
pub(super) fn base64(text: &str) -> Result<Seed, Problem> {
    take(secret::base64(text), |error| match error {
        Undecodable::Empty => Problem::SeedMissing,
        Undecodable::Character { position } => Problem::SeedNotBase64 { position },
        Undecodable::Length { characters } => Problem::SeedIncomplete { characters },
    })
}

fn take(
    decoded: Result<Zeroizing<Vec<u8>>, Undecodable>,
    problem: impl Fn(Undecodable) -> Problem,
) -> Result<Seed, Problem> {
    record::seed(decoded.map_err(problem)?)
}

fn is_base32(text: &str) -> bool {
    secret::base32(text).is_ok_and(|bytes| bytes.len() >= LIKELY_SEED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_in_another_encoding_than_the_formats_is_recognised() {
        let hexadecimal = "0123456789abcdef0123456789abcdef01234567";
        let in_base32 = "MZXW6YTBOJTG633CMFZGM33PMJQXEZTP";
        assert_eq!(hex(hexadecimal).unwrap().expose().len(), 20);
        assert_eq!(hex(in_base32).err(), Some(Problem::SeedLooksLikeBase32));
        assert_eq!(base32(hexadecimal).err(), Some(Problem::SeedLooksLikeHex));
        assert_eq!(base32(in_base32).unwrap().expose().len(), 20);
        assert_eq!(hex("0123456").err(), Some(Problem::SeedOddHex { digits: 7 }));
        assert_eq!(hex("01234g").err(), Some(Problem::SeedNotHex { position: 6 }));
        assert_eq!(base32("MZXW0").err(), Some(Problem::SeedNotBase32 { position: 5 }));
        assert_eq!(base64("MTIz!").err(), Some(Problem::SeedNotBase64 { position: 5 }));
        assert_eq!(base64(" ").err(), Some(Problem::SeedMissing));
    }
}
