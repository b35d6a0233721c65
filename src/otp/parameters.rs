//! The parameters of a key: which algorithm, how many digits, how long a code stays.

use crate::clock::UtcTime;
use std::fmt;
use std::str::FromStr;

/// The hash under HMAC (RFC 6238 section 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-1: nearly every key that is sold.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How a key makes its codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// By the clock, RFC 6238.
    Totp(Hash),
    /// By a counter that a button moves, RFC 4226.
    Hotp(Hash),
    /// RSA SecurID with AES-128.
    SecurId,
}

/// What moves a key on to its next code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovedBy {
    /// Its clock: a time key.
    Clock,
    /// A press of its button: an event key.
    Button,
}

const ALGORITHM_NAMES: [(Algorithm, &str); 7] = [
    (Algorithm::Totp(Hash::Sha1), "totp-sha1"),
    (Algorithm::Totp(Hash::Sha256), "totp-sha256"),
    (Algorithm::Totp(Hash::Sha512), "totp-sha512"),
    (Algorithm::Hotp(Hash::Sha1), "hotp-sha1"),
    (Algorithm::Hotp(Hash::Sha256), "hotp-sha256"),
    (Algorithm::Hotp(Hash::Sha512), "hotp-sha512"),
    (Algorithm::SecurId, "securid"),
];

impl Algorithm {
    /// Tells what moves such a key on.
    pub const fn moved_by(self) -> MovedBy {
        match self {
            Self::Totp(_) | Self::SecurId => MovedBy::Clock,
            Self::Hotp(_) => MovedBy::Button,
        }
    }

    /// Gives the stable name of the contract, as `totp-sha1`.
    pub fn name(self) -> &'static str {
        ALGORITHM_NAMES.iter().find(|(algorithm, _)| *algorithm == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Algorithm {
    type Err = InvalidParameter;

    fn from_str(text: &str) -> Result<Self, InvalidParameter> {
        ALGORITHM_NAMES
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(algorithm, _)| *algorithm)
            .ok_or(InvalidParameter::Algorithm)
    }
}

/// The length of a code: 6 to 8 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits(u8);

impl Digits {
    /// Six, what nearly every key shows.
    pub const SIX: Self = Self(6);

    /// Takes 6, 7 or 8 (RFC 4226 section 5.3 asks for 6 at least, RFC 6030 and vendors stop at 8).
    ///
    /// # Errors
    /// [`InvalidParameter::Digits`] for any other number.
    pub const fn new(digits: u8) -> Result<Self, InvalidParameter> {
        match digits {
            6..=8 => Ok(Self(digits)),
            _ => Err(InvalidParameter::Digits),
        }
    }

    /// Gives the number of digits.
    pub const fn get(self) -> u8 {
        self.0
    }

    pub(super) const fn modulus(self) -> u32 {
        match self.0 {
            8 => 100_000_000,
            7 => 10_000_000,
            _ => 1_000_000,
        }
    }
}

/// How long a time key shows a code, 10 to 300 seconds, and the moment at which it began to count: X and T0 of RFC 6238
/// section 4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    seconds: i64,
    epoch: UtcTime,
}

impl Period {
    /// One minute, as the keys of the guide.
    pub const MINUTE: Self = Self { seconds: 60, epoch: Self::UNIX };

    /// Half a minute, the default of RFC 6238 section 5.2.
    pub const HALF_MINUTE: Self = Self { seconds: 30, epoch: Self::UNIX };

    /// What nearly every key counts from.
    const UNIX: UtcTime = UtcTime::from_epoch(0);
    /// No key counts from a moment that is later, 2100-01-01.
    const LATEST: UtcTime = UtcTime::from_epoch(4_102_444_800);

    /// Takes 10 to 300 seconds, counted from 1970-01-01.
    ///
    /// # Errors
    /// [`InvalidParameter::Period`] for any other number.
    pub const fn new(seconds: i64) -> Result<Self, InvalidParameter> {
        match seconds {
            10..=300 => Ok(Self { seconds, epoch: Self::UNIX }),
            _ => Err(InvalidParameter::Period),
        }
    }

    /// Counts from another moment than 1970-01-01: SafeWord's keys begin with the year 2000.
    ///
    /// # Errors
    /// [`InvalidParameter::Epoch`] for a moment before 1970 or after 2099.
    pub fn counted_from(self, epoch: UtcTime) -> Result<Self, InvalidParameter> {
        if (Self::UNIX..=Self::LATEST).contains(&epoch) {
            Ok(Self { epoch, ..self })
        } else {
            Err(InvalidParameter::Epoch)
        }
    }

    /// Gives the seconds.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Gives the moment at which step 0 begins.
    pub const fn epoch(self) -> UtcTime {
        self.epoch
    }
}

/// All that says how a seed becomes codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// How codes are made.
    pub algorithm: Algorithm,
    /// How long they are.
    pub digits: Digits,
    /// How long each is shown; for event keys it has no meaning and stays at [`Period::HALF_MINUTE`].
    pub period: Period,
}

impl Parameters {
    /// Tells what moves the key on to its next code.
    pub const fn moved_by(&self) -> MovedBy {
        self.algorithm.moved_by()
    }

    /// Gives how long a code stays on the display; none for an event key, which shows it until its button is pressed again.
    pub const fn shown_for(&self) -> Option<Period> {
        match self.moved_by() {
            MovedBy::Clock => Some(self.period),
            MovedBy::Button => None,
        }
    }
}

/// A parameter lies outside what keys have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidParameter {
    /// No algorithm of this name.
    #[error("unknown algorithm")]
    Algorithm,
    /// Not 6 to 8.
    #[error("a code has 6 to 8 digits")]
    Digits,
    /// Not 10 to 300.
    #[error("a period has 10 to 300 seconds")]
    Period,
    /// Before 1970 or after 2099.
    #[error("keys count from a moment between 1970 and 2100")]
    Epoch,
}
