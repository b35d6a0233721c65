//! Emergency access: a list of codes for somebody who has no key at hand, each typed once in place of the key's digits.

use crate::activation::SYMBOLS;
use crate::clock::{Seconds, UtcTime};
use crate::key::Serial;
use crate::random::{NoRandomness, Random, draw_one};
use crate::user::Login;
use std::str::FromStr;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// How many codes a list has.
pub const CODES: usize = 10;
/// How many symbols a code has.
pub const LENGTH: usize = 8;

/// The letters among the symbols: a code begins with one, so that it is never taken for the digits of a key.
const LETTERS: &[u8] = SYMBOLS.split_at(8).1;

/// For how many days a list is good: 1 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days(i64);

impl Days {
    /// No list is good for more.
    pub const MOST: i64 = 7;

    /// Gives its length.
    pub const fn span(self) -> Seconds {
        Seconds::days(self.0)
    }
}

impl FromStr for Days {
    type Err = InvalidDays;

    fn from_str(text: &str) -> Result<Self, InvalidDays> {
        text.parse().ok().filter(|days| (1..=Self::MOST).contains(days)).map(Self).ok_or(InvalidDays)
    }
}

/// The text is no number of days that a list may be good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a list is good for 1 to 7 days")]
pub struct InvalidDays;

/// An emergency code; wiped on drop, never printed but by [`EmergencyCode::expose`].
pub struct EmergencyCode(Zeroizing<String>);

impl EmergencyCode {
    /// Draws a new code, each symbol with the same chance among those that may stand there.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(random: &dyn Random) -> Result<Self, NoRandomness> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        for place in 0..LENGTH {
            text.push(char::from(draw_one(random, if place == 0 { LETTERS } else { SYMBOLS })?));
        }
        Ok(Self(text))
    }

    /// Draws the codes of a list, no two of them alike.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw_list(random: &dyn Random) -> Result<Vec<Self>, NoRandomness> {
        let mut codes: Vec<Self> = Vec::with_capacity(CODES);
        while codes.len() < CODES {
            let code = Self::draw(random)?;
            if codes.iter().all(|other| other.0 != code.0) {
                codes.push(code);
            }
        }
        Ok(codes)
    }

    /// Reads a typed code: a letter and seven of `a-z0-9`, in capitals or not; nothing is trimmed. A letter that no code has is
    /// read all the same: whoever misreads his paper has typed a wrong code, and not something else.
    pub fn parse(typed: &str) -> Option<Self> {
        let is_code = typed.len() == LENGTH
            && typed.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && typed.starts_with(|first: char| first.is_ascii_alphabetic());
        is_code.then(|| Self(Zeroizing::new(typed.to_ascii_lowercase())))
    }

    /// Gives the eight symbols. The only door to them.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for EmergencyCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("EmergencyCode(…)")
    }
}

/// What became of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its codes can be used.
    Live,
    /// All of them were used.
    UsedUp,
    /// Its last moment has passed.
    Expired,
    /// A newer one took its place.
    Replaced,
    /// It was withdrawn: by hand, or because it was not needed any more.
    Revoked,
}

const STATE_NAMES: [(State, &str); 5] = [
    (State::Live, "live"),
    (State::UsedUp, "used-up"),
    (State::Expired, "expired"),
    (State::Replaced, "replaced"),
    (State::Revoked, "revoked"),
];

impl State {
    /// Gives the stable name of the contract.
    pub fn name(self) -> &'static str {
        STATE_NAMES.iter().find(|(state, _)| *state == self).map_or("", |(_, name)| name)
    }

    /// Reads a name back.
    pub fn from_name(name: &str) -> Option<Self> {
        STATE_NAMES.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
    }
}

/// A list, without its codes.
#[derive(Clone, Debug)]
pub struct Emergency {
    /// Its number in the database.
    pub id: i64,
    /// Whose it is.
    pub login: Login,
    /// The row of the key in whose place it is, whose PIN is typed before its codes.
    pub key: i64,
    /// The number on the back of that key.
    pub serial: Serial,
    /// The account that issued it.
    pub issued_by: String,
    /// When it was issued.
    pub issued_at: UtcTime,
    /// The last moment at which its codes can be used.
    pub expires_at: UtcTime,
    /// What became of it, as kept; see [`Emergency::state_at`].
    pub state: State,
    /// How many of its codes were never used.
    pub left: u32,
}

impl Emergency {
    /// Tells whether its codes are looked at: those that were used too, so that one typed again is known again.
    pub fn is_live(&self, now: UtcTime) -> bool {
        self.state == State::Live && now <= self.expires_at
    }

    /// Tells what has become of it, looking at its deadline and at what is left.
    pub fn state_at(&self, now: UtcTime) -> State {
        match self.state {
            State::Live if now > self.expires_at => State::Expired,
            State::Live if self.left == 0 => State::UsedUp,
            state => state,
        }
    }
}

/// A code of a list as the database holds it. Without the vault key nothing can be guessed from it.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Its number in the database.
    pub id: i64,
    /// The keyed hash.
    pub hash: [u8; 32],
    /// It was used.
    pub is_spent: bool,
}

/// What a typed code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// One of the list that was never used, by its number.
    Unused(i64),
    /// One of the list that was used.
    Spent,
    /// None of the list.
    Unknown,
}

/// Finds a typed code, by its hash, among those of a list: all are compared, wherever it stands.
pub fn find(codes: &[Kept], hash: &[u8; 32]) -> Found {
    let mut found = Found::Unknown;
    for code in codes {
        if bool::from(code.hash.ct_eq(hash)) {
            found = if code.is_spent { Found::Spent } else { Found::Unused(code.id) };
        }
    }
    found
}

#[cfg(test)]
mod tests;
