//! The seed: the secret that a key and we share.

use zeroize::Zeroizing;

/// The longest seed that is stored, in bytes: the block of SHA-512's output, the longest that vendors ship.
const LONGEST: usize = 64;
/// RFC 4226 section 4, R6: a seed must have 128 bits at least.
const SHORTEST_SOUND: usize = 16;
/// RFC 4226 section 4, R6: 160 bits are recommended.
const RECOMMENDED: usize = 20;

/// Seeds that everybody can read in a standard or a manual, or pieces that such seeds are built from.
const PUBLISHED: [&[u8]; 8] = [
    b"1234",
    b"12345678901234567890",
    b"12345678901234567890123456789012",
    b"1234567890123456789012345678901234567890123456789012345678901234",
    b"Hello!\xde\xad\xbe\xef",
    b"\x12\x34\x56\x78\x90\xab\xcd\xef\x12\x34\x56\x78\x90\xab\xcd\xef",
    b"\x12\x34\x56\x78\x90\xab\xcd\xef\x12\x34\x56\x78\x90\xab\xcd\xef\x12\x34\x56\x78",
    b"\x31\x32\x33\x34\x35\x36\x37\x38\x39\x30\x31\x32\x33\x34\x35\x36",
];

/// A seed of 1 to 64 bytes; wiped on drop, never printed.
pub struct Seed(Zeroizing<Vec<u8>>);

impl Seed {
    /// Takes the raw bytes.
    ///
    /// # Errors
    /// [`SeedError`] when there are none or more than 64.
    pub fn new(bytes: Zeroizing<Vec<u8>>) -> Result<Self, SeedError> {
        match bytes.len() {
            0 => Err(SeedError::Empty),
            1..=LONGEST => Ok(Self(bytes)),
            _ => Err(SeedError::TooLong),
        }
    }

    /// Gives the bytes. The only door to them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Tells what makes the seed unfit for a login, if anything does.
    pub fn weakness(&self) -> Option<Weakness> {
        let bytes = self.expose();
        let constant = bytes.windows(2).all(|pair| pair.first() == pair.last());
        if constant {
            Some(Weakness::Constant)
        } else if PUBLISHED.contains(&bytes) {
            Some(Weakness::Published)
        } else if bytes.len() < SHORTEST_SOUND {
            Some(Weakness::Short)
        } else {
            None
        }
    }

    /// Tells whether the seed is sound but shorter than the 160 bits that RFC 4226 recommends.
    pub fn is_below_recommendation(&self) -> bool {
        self.expose().len() < RECOMMENDED
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seed(…)")
    }
}

/// Why bytes are no seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeedError {
    /// No bytes.
    #[error("the seed is empty")]
    Empty,
    /// More than 64 bytes.
    #[error("the seed is longer than 64 bytes")]
    TooLong,
}

/// Why a seed is unfit for a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than 128 bits (RFC 4226 section 4, R6).
    Short,
    /// One byte repeated.
    Constant,
    /// Printed in a standard or in a vendor's manual.
    Published,
}
