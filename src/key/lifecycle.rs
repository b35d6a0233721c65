//! The life of a key: its states, and which change each allows.

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

    /// Gives the state after the key is assigned.
    ///
    /// # Errors
    /// [`NotInState`] unless it is in stock.
    pub fn assign(self) -> Result<Self, NotInState> {
        match self {
            Self::Stock => Ok(Self::Assigned),
            _ => Err(NotInState { present: self }),
        }
    }

    /// Gives the state after the key went back from its user to stock, activated or not.
    ///
    /// # Errors
    /// [`NotInState`] unless it is assigned, active or suspended.
    pub fn unassign(self) -> Result<Self, NotInState> {
        match self {
            Self::Assigned | Self::Active | Self::Suspended => Ok(Self::Stock),
            _ => Err(NotInState { present: self }),
        }
    }

    /// Gives the state after the key was activated: by the user it is assigned to, or out of the stock by one whose code opens it.
    ///
    /// # Errors
    /// [`NotInState`] unless it is assigned, or in stock.
    pub fn activate(self) -> Result<Self, NotInState> {
        match self {
            Self::Assigned | Self::Stock => Ok(Self::Active),
            _ => Err(NotInState { present: self }),
        }
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

/// The state that a key is in does not allow the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key is {present}")]
pub struct NotInState {
    /// The state it is in.
    pub present: State,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_drawn_arrows_exist() {
        let allowed = |change: fn(State) -> bool| State::all().filter(|state| change(*state)).collect::<Vec<_>>();
        assert_eq!(allowed(|state| state.assign().is_ok()), [State::Stock]);
        assert_eq!(allowed(|state| state.unassign().is_ok()), [State::Assigned, State::Active, State::Suspended]);
        assert_eq!(allowed(|state| state.activate().is_ok()), [State::Stock, State::Assigned]);
    }

    #[test]
    fn the_names_of_states_are_read_back() {
        for state in State::all() {
            assert_eq!(state.name().parse(), Ok(state));
        }
    }
}
