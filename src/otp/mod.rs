//! What a key computes: seeds, steps and the codes on the display.

mod hotp;
mod parameters;
mod securid;
mod seed;
mod totp;

pub use parameters::{Algorithm, Digits, Hash, MovedBy, Parameters, Period};
pub use seed::{Seed, SeedError, Weakness};

use crate::clock::UtcTime;
use crate::key::Serial;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The index of a code: for a time key floor(time / period) on the key's own clock, from 0 upwards.
///
/// For event keys it is the counter: 0 for the first code of all. A watermark of [`Step::NEVER`] says that no code was ever accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(i64);

impl Step {
    /// Below every step that a key can show: the watermark of a key that never had a code accepted.
    pub const NEVER: Self = Self(-1);

    /// Takes an index; a negative one is no step that a key can show.
    pub const fn new(index: i64) -> Self {
        Self(index)
    }

    /// Gives the index.
    pub const fn index(self) -> i64 {
        self.0
    }

    /// Gives the step at a wall-clock moment for a key without drift: floor((time - T0) / period), RFC 6238 section 4.2.
    pub const fn at(now: UtcTime, period: Period) -> Self {
        Self(now.since(period.epoch()).get().div_euclid(period.seconds()))
    }

    /// Gives the step `distance` further on; stops at the ends of the range.
    pub const fn shifted(self, distance: i64) -> Self {
        Self(self.0.saturating_add(distance))
    }

    /// Gives the number of steps from `other` to this one.
    pub const fn distance_from(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }

    /// Tells whether a key can show a code for it.
    pub const fn is_showable(self) -> bool {
        self.0 >= 0
    }
}

/// The digits on a key's display: a number below 10^digits, compared in constant time, wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Code {
    value: u32,
}

impl Code {
    /// Reads exactly `digits` ASCII digits; anything else is no code.
    pub fn parse(text: &str, digits: Digits) -> Option<Self> {
        let right_length = text.len() == usize::from(digits.get());
        if !right_length || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        text.parse().ok().map(|value| Self { value })
    }

    pub(super) const fn from_value(value: u32) -> Self {
        Self { value }
    }

    /// Compares with another code without telling by the time taken where they differ.
    pub fn matches(&self, other: &Self) -> subtle::Choice {
        self.value.ct_eq(&other.value)
    }

    /// Writes the digits as the display shows them, with leading zeroes. The only door to the value.
    pub fn expose(&self, digits: Digits) -> zeroize::Zeroizing<String> {
        let width = usize::from(digits.get());
        zeroize::Zeroizing::new(format!("{:0width$}", self.value))
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Code(…)")
    }
}

/// What a key has inside: it shows a code for each step.
pub struct Mechanism {
    inside: Option<Inside>,
    digits: Digits,
}

enum Inside {
    Hmac(Box<hotp::Keyed>),
    SecurId(securid::Works),
}

impl Mechanism {
    /// Builds the mechanism of a key. One whose seed, serial or period no key of its kind has shows nothing.
    pub fn new(parameters: &Parameters, serial: &Serial, seed: &Seed) -> Self {
        let inside = match parameters.algorithm {
            Algorithm::Totp(hash) | Algorithm::Hotp(hash) => {
                hotp::Keyed::new(hash, seed).map(|keyed| Inside::Hmac(Box::new(keyed)))
            }
            Algorithm::SecurId => securid::Works::new(seed, serial, parameters.period).map(Inside::SecurId),
        };
        Self { inside, digits: parameters.digits }
    }

    /// Computes the code of a step; none for a negative step. One step after the other costs least.
    pub fn show(&mut self, step: Step) -> Option<Code> {
        match self.inside.as_mut()? {
            Inside::Hmac(keyed) => Some(keyed.compute(u64::try_from(step.index()).ok()?, self.digits)),
            Inside::SecurId(works) => works.show(step, self.digits),
        }
    }
}

/// Computes the code that a key shows at a step; `None` for a negative step, and for a mechanism that shows nothing.
pub fn compute(parameters: &Parameters, serial: &Serial, seed: &Seed, step: Step) -> Option<Code> {
    Mechanism::new(parameters, serial, seed).show(step)
}

#[cfg(test)]
mod tests;
