//! Judging a code of an emergency list, which is typed in place of what the key shows.

use super::{Judgement, PinFact, Reason, Standing};
use crate::emergency::Found;
use crate::key::State;
use crate::throttle::Fault;

/// What a right emergency code brings. Nothing is learned of the key, and nothing of it is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relief {
    /// The number of the code, which is spent by it.
    pub code: i64,
    /// It was the first use of a new PIN.
    pub confirms_pin: bool,
}

impl Standing {
    /// Tells why no emergency code opens: the key in whose place it is may be lost, and outside its dates, for a battery that has
    /// run out is an emergency too; but not suspended, and not locked.
    pub(super) const fn stopped_in_emergency(&self) -> Option<Reason> {
        if !matches!(self.state, State::Active | State::Lost) {
            Some(Reason::NoActiveKey)
        } else if self.held {
            Some(Reason::Held)
        } else if self.locked {
            Some(Reason::Locked)
        } else {
            None
        }
    }

    /// Judges an emergency code: as that of a key it opens with the right PIN, counts for the same locks, and is typed again for
    /// none. Nobody guesses one of ten among 10¹¹, so that failures before ask for no second one.
    pub(super) const fn judge_emergency(&self, pin: PinFact, code: Found) -> Judgement {
        match (pin, code) {
            _ if self.pin.is_none() => Judgement::refuse(Reason::NoPinYet, Fault::Neither),
            (PinFact::Right, Found::Unused(code)) => {
                Judgement::AcceptedInEmergency(Relief { code, confirms_pin: self.pin.is_provisional() })
            }
            (PinFact::Right, Found::Spent) => Judgement::refuse(Reason::Replay, Fault::Neither),
            (PinFact::Right, Found::Unknown) => Judgement::refuse(Reason::WrongCode, Fault::Code),
            (_, Found::Unused(_)) => Judgement::refuse(Reason::WrongPin, Fault::Pin),
            (_, Found::Spent | Found::Unknown) => Judgement::refuse(Reason::BothWrong, Fault::Both),
        }
    }
}
