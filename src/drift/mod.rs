//! The drift of a key's clock against ours: how it is learned, what its history tells, and when it is ours that is wrong.

mod history;
pub mod host_clock;
mod trend;

pub use history::{Remembered, Sample, foretell, samples, superfluous};
pub use trend::{Rate, Trend};

/// Steps by which a key's clock is ahead (+) or behind (-) of ours: at most 20 000 either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift(i64);

impl Drift {
    /// The furthest that a key may be off: as far as a resynchronisation with three codes searches.
    pub const FURTHEST: i64 = 20_000;

    /// Takes a number of steps.
    ///
    /// # Errors
    /// [`OutOfBounds`] beyond [`Drift::FURTHEST`].
    pub const fn new(steps: i64) -> Result<Self, OutOfBounds> {
        if steps.unsigned_abs() <= Self::FURTHEST.unsigned_abs() { Ok(Self(steps)) } else { Err(OutOfBounds) }
    }

    /// Gives the number of steps.
    pub const fn steps(self) -> i64 {
        self.0
    }

    /// Moves one step to a side, but not out of bounds.
    fn towards(self, side: Side) -> Self {
        Self::new(self.0.saturating_add(side.offset())).unwrap_or(self)
    }
}

/// A key's clock can not be that far off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a drift has at most 20000 steps")]
pub struct OutOfBounds;

/// On which side of the expected step an accepted code lay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// One step before.
    Behind,
    /// On it.
    #[default]
    Even,
    /// One step after.
    Ahead,
}

impl Side {
    /// Gives the side of an offset in steps.
    pub const fn of(offset: i64) -> Self {
        match offset.signum() {
            1 => Self::Ahead,
            -1 => Self::Behind,
            _ => Self::Even,
        }
    }

    /// Gives -1, 0 or 1.
    pub const fn offset(self) -> i64 {
        match self {
            Self::Behind => -1,
            Self::Even => 0,
            Self::Ahead => 1,
        }
    }
}

/// What is known of a key's clock between two accepted codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clockwork {
    /// The drift that the next code is expected with.
    pub drift: Drift,
    /// The side of the last accepted code, when it has not moved the drift.
    pub last_side: Side,
}

impl Clockwork {
    /// Learns from an accepted code `offset` steps off the expected one.
    ///
    /// The drift moves by at most one step, and only when two codes in a row lie on the same side: one late typist does not
    /// put a key out, and nobody can walk it away.
    #[must_use]
    pub fn learn(self, offset: i64) -> Self {
        let side = Side::of(offset);
        if side != Side::Even && side == self.last_side {
            Self { drift: self.drift.towards(side), last_side: Side::Even }
        } else {
            Self { drift: self.drift, last_side: side }
        }
    }

    /// Takes over a drift that two or three codes in a row have shown.
    #[must_use]
    pub const fn observed(drift: Drift) -> Self {
        Self { drift, last_side: Side::Even }
    }
}

#[cfg(test)]
mod tests;
