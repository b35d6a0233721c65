//! What a code on a display says, for an administrator at the telephone. Nothing is accepted here, and nothing is spent.

mod guess;

pub use guess::{Base, Guess, other_parameters, other_readings};

use crate::clock::UtcTime;
use crate::drift::Drift;
use crate::otp::{Code, Mechanism, Parameters, Step};
use crate::passcode::{Place, WINDOW, find_between};

/// How far from the expected step a single code is looked for: as far as a check asks for the next code. Two codes are looked
/// for as far as any key may be off.
const NEAR: i64 = 10;
/// How far another key may be off its expected step.
pub const FAR_OF_ANOTHER: i64 = 10;

/// A key as it stands, so far as its codes go.
#[derive(Clone, Copy, Debug)]
pub struct Suspect {
    /// What it computes.
    pub parameters: Parameters,
    /// The highest step ever accepted.
    pub watermark: Step,
    /// The drift that is known of its clock.
    pub drift: Drift,
}

/// What a key's own display says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The code is right now.
    Now {
        /// Steps that the key is ahead of our clock; none for an event key.
        drift: Option<i64>,
    },
    /// The code is right at another step.
    Drifted {
        /// Steps that the key is ahead of our clock; none for an event key.
        drift: Option<i64>,
        /// Codes of an event key that were passed over before the first of these.
        skipped: Option<i64>,
    },
    /// The code was accepted before, or is older than one that was.
    Spent {
        /// Its step.
        step: Step,
        /// Steps that the key is ahead of our clock, if its display shows the code now; none for an event key.
        drift: Option<i64>,
        /// It lies further back than anybody would read late from a display.
        far: bool,
    },
}

impl Suspect {
    fn host(&self, now: UtcTime) -> Option<Step> {
        self.parameters.shown_for().map(|period| Step::at(now, period))
    }

    fn expected(&self, now: UtcTime) -> Step {
        match self.host(now) {
            Some(host) => host.shifted(self.drift.steps()),
            None => self.watermark.shifted(1),
        }
    }

    /// Looks for one code near its place, for two as far as a key may be off.
    pub fn look(&self, mechanism: &mut Mechanism, codes: &[Code], now: UtcTime) -> Option<Sign> {
        let reach = if codes.len() > 1 { Drift::FURTHEST } else { NEAR };
        self.look_within(mechanism, codes, now, reach)
    }

    /// Looks for codes in a row, so many steps around the expected one.
    pub fn look_within(&self, mechanism: &mut Mechanism, codes: &[Code], now: UtcTime, reach: i64) -> Option<Sign> {
        let expected = self.expected(now);
        let from = expected.shifted(reach.saturating_neg());
        let places = find_between(mechanism, codes, from, expected.shifted(reach));
        let nearest = places.iter().min_by_key(|place| {
            // What is still good explains more than what was used up.
            (place.last <= self.watermark, place.last.distance_from(expected).saturating_abs())
        })?;
        Some(self.read(*nearest, expected, now))
    }

    fn read(&self, place: Place, expected: Step, now: UtcTime) -> Sign {
        let host = self.host(now);
        if place.last <= self.watermark {
            let drift = host.map(|host| place.last.distance_from(host));
            return Sign::Spent { step: place.last, drift, far: expected.distance_from(place.last) > NEAR };
        }
        let Some(host) = host else {
            let skipped = place.first.distance_from(expected);
            return if skipped <= 0 {
                Sign::Now { drift: None }
            } else {
                Sign::Drifted { drift: None, skipped: Some(skipped) }
            };
        };
        let drift = Some(place.last.distance_from(host));
        if place.last.distance_from(expected).saturating_abs() <= WINDOW {
            Sign::Now { drift }
        } else {
            Sign::Drifted { drift, skipped: None }
        }
    }
}

#[cfg(test)]
mod tests;
