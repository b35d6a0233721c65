//! What the judge says.

use super::{Pending, Relief};
use crate::drift::Clockwork;
use crate::otp::Step;
use crate::throttle::Fault;

/// What the judge says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Judgement {
    /// It opens.
    Accepted(Acceptance),
    /// It opens, by a code of the user's emergency list.
    AcceptedInEmergency(Relief),
    /// The code is right and spent; a PIN must be chosen.
    NewPinRequired(Acceptance),
    /// The code is right and spent; the following one must be typed too.
    NextCodeRequired(Pending),
    /// The codes are right and spent; where the key stands is known again.
    Resynchronised(Acceptance),
    /// The codes stand in a row at more than one place; nothing is spent.
    ThirdCodeRequired,
    /// It does not open.
    Refused(Refusal),
}

impl Judgement {
    pub(super) const fn refuse(reason: Reason, fault: Fault) -> Self {
        Self::Refused(Refusal { reason, fault })
    }

    /// Gives the step that is spent by it: the new watermark. An emergency code is no step.
    pub const fn spends(&self) -> Option<Step> {
        match self {
            Self::Accepted(acceptance) | Self::NewPinRequired(acceptance) | Self::Resynchronised(acceptance) => {
                Some(acceptance.step)
            }
            Self::NextCodeRequired(pending) => Some(pending.first),
            Self::AcceptedInEmergency(_) | Self::ThirdCodeRequired | Self::Refused(_) => None,
        }
    }
}

/// What a right code brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The step of the code.
    pub step: Step,
    /// What is known of the key's clock now.
    pub clockwork: Clockwork,
    /// How many steps the key was ahead of our clock: for the history. None for an event key.
    pub offset: Option<i64>,
    /// It was the first use of a new PIN.
    pub confirms_pin: bool,
}

/// Why not, and what it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why: for the audit and for operators; the answer outside is always the same.
    pub reason: Reason,
    /// What it counts for.
    pub fault: Fault,
}

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The login is nobody's.
    UnknownUser,
    /// The user is disabled.
    UserDisabled,
    /// The user has no key in use, or the key is in another state.
    NoActiveKey,
    /// The key is locked.
    Locked,
    /// Its state may have changed since the backup that it came back with, and nobody has looked yet.
    Held,
    /// The key is outside its dates.
    OutOfDate,
    /// The key has no PIN and the time to choose one is over.
    NewPinOver,
    /// What was typed has not the form of a code or passcode.
    Grammar,
    /// The code is right, the PIN is not.
    WrongPin,
    /// The PIN is right, the code is not.
    WrongCode,
    /// Neither is right.
    BothWrong,
    /// The code was accepted before, or is older than one that was.
    Replay,
    /// A PIN was typed, and the key has none yet.
    NoPinYet,
    /// The ticket is unknown, spent, or too old.
    DeadTicket,
    /// The code does not follow the first one.
    WrongNextCode,
    /// The wait after wrong tries is not over.
    Waiting,
    /// Another process used the code, or the key was changed, at the same moment.
    Raced,
    /// The key's clock would be further off than any can be.
    DriftTooFar,
}

impl Reason {
    /// Gives the stable name of the audit.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownUser => "unknown-user",
            Self::UserDisabled => "user-disabled",
            Self::NoActiveKey => "no-active-key",
            Self::Locked => "locked",
            Self::Held => "held",
            Self::OutOfDate => "key-out-of-date",
            Self::NewPinOver => "new-pin-window-over",
            Self::Grammar => "grammar",
            Self::WrongPin => "wrong-pin",
            Self::WrongCode => "wrong-code",
            Self::BothWrong => "both-wrong",
            Self::Replay => "replay",
            Self::NoPinYet => "no-pin-yet",
            Self::DeadTicket => "dead-ticket",
            Self::WrongNextCode => "wrong-next-code",
            Self::Waiting => "waiting",
            Self::Raced => "raced",
            Self::DriftTooFar => "drift-too-far",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reasons_of_refusals_have_the_names_of_the_contract() {
        let names = [
            (Reason::UnknownUser, "unknown-user"),
            (Reason::UserDisabled, "user-disabled"),
            (Reason::NoActiveKey, "no-active-key"),
            (Reason::Locked, "locked"),
            (Reason::Held, "held"),
            (Reason::OutOfDate, "key-out-of-date"),
            (Reason::NewPinOver, "new-pin-window-over"),
            (Reason::Grammar, "grammar"),
            (Reason::WrongPin, "wrong-pin"),
            (Reason::WrongCode, "wrong-code"),
            (Reason::BothWrong, "both-wrong"),
            (Reason::Replay, "replay"),
            (Reason::NoPinYet, "no-pin-yet"),
            (Reason::DeadTicket, "dead-ticket"),
            (Reason::WrongNextCode, "wrong-next-code"),
            (Reason::Waiting, "waiting"),
            (Reason::Raced, "raced"),
            (Reason::DriftTooFar, "drift-too-far"),
        ];
        for (reason, name) in names {
            assert_eq!(reason.name(), name);
        }
    }
}
