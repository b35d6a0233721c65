//! Kinds of reasons: what a row of a list may have wrong, and what comes after an attempt was counted.

use super::Error;
use crate::key::{SeedTampered, Serial};

impl Error {
    /// Tells whether it is about what a row of a list names, and not about the list as a whole or the machine.
    pub(in crate::ops) const fn is_about_a_row(&self) -> bool {
        matches!(
            self,
            Self::UnknownUser(_)
                | Self::UnknownKey(_)
                | Self::UserDisabled(_)
                | Self::UserHasNoKey(_)
                | Self::UserHasKey { .. }
                | Self::ReplacementOpen { .. }
                | Self::ReplacesItself(_)
                | Self::NobodyToReplaceFor(_)
                | Self::LostBeforeUse { .. }
                | Self::NoPinToKeep { .. }
                | Self::KeyLocked { .. }
                | Self::KeyHeld { .. }
                | Self::KeyInState { .. }
                | Self::KeyOnItsWay { .. }
                | Self::KeyAlreadyThere { .. }
                | Self::KeyPromised { .. }
                | Self::KeyHeldElsewhere { .. }
                | Self::SeveralEstablishments { .. }
                | Self::KeyOfElsewhere { .. }
                | Self::UserOfOthersToo { .. }
                | Self::UserNotOf { .. }
                | Self::UserOfSeveral { .. }
                | Self::UserAlreadyOf { .. }
                | Self::UserOfNone(_)
                | Self::KeyStaysBehind { .. }
                | Self::NoLiveActivation(_)
                | Self::CodeIsWaiting(_)
                | Self::CodeForAnotherKey { .. }
                | Self::CodeHasExpired(_)
                | Self::CodeLivesTooLong { .. }
        )
    }

    /// Gives the key whose row was edited by somebody without the vault key.
    pub(in crate::ops) const fn tampered_key(&self) -> Option<&Serial> {
        match self {
            Self::Tampered(SeedTampered { serial }) | Self::HolderTampered(serial) | Self::NewPinTampered(serial) => {
                Some(serial)
            }
            _ => None,
        }
    }

    /// Tells the same of an errand whose attempt was counted before.
    pub(in crate::ops) fn of_counted(self) -> Self {
        match self {
            Self::Store(error) => Self::Counted(error),
            other => other,
        }
    }
}
