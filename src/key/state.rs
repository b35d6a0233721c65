//! The states of a key.

use std::fmt;
use std::str::FromStr;

/// Where a key stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Imported, in a drawer; belongs to nobody.
    Stock,
    /// Given to a user who has not activated it.
    Assigned,
    /// In use: the only state in which codes are judged.
    Active,
    /// Stopped for a while.
    Suspended,
    /// Declared lost.
    Lost,
    /// Out of use for ever.
    Retired,
}

const STATE_NAMES: [(State, &str); 6] = [
    (State::Stock, "stock"),
    (State::Assigned, "assigned"),
    (State::Active, "active"),
    (State::Suspended, "suspended"),
    (State::Lost, "lost"),
    (State::Retired, "retired"),
];

impl State {
    /// Gives the stable name of the contract.
    pub fn name(self) -> &'static str {
        STATE_NAMES.iter().find(|(state, _)| *state == self).map_or("", |(_, name)| name)
    }

    /// Gives every state, in the order of a key's life.
    pub fn all() -> impl Iterator<Item = Self> {
        STATE_NAMES.iter().map(|(state, _)| *state)
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        STATE_NAMES.iter().find(|(_, name)| *name == text).map(|(state, _)| *state).ok_or(UnknownState)
    }
}

/// No state has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown state")]
pub struct UnknownState;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_states_are_read_back() {
        for state in State::all() {
            assert_eq!(state.name().parse(), Ok(state));
        }
    }
}
