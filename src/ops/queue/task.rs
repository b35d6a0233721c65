//! The errands that a queue takes, under one type.

use super::super::Error;
use super::super::activate::{Activate, Activated};
use super::super::check::{Aim, Answer, Check, Request};
use super::super::errand::{Ended, Errand, Examiner, Judged, Tools};
use super::super::pins::{NewPin, PinAnswer, PinChoice};
use crate::audit::Events;
use crate::clock::UtcTime;
use crate::key::Serial;
use crate::store::Change;
use crate::user::Login;
use zeroize::Zeroizing;

/// What somebody wants.
#[derive(Debug)]
pub enum Wish {
    /// To be let in.
    Check {
        /// Who.
        login: Login,
        /// What he typed.
        typed: Zeroizing<String>,
        /// The ticket of the first answer, when this is the second.
        ticket: Option<Zeroizing<String>>,
        /// The address that the caller names.
        source: Option<String>,
        /// The PIN that is to take the place of the present one, typed twice; nothing when he only wants in.
        change: Option<PinChange>,
    },
    /// To activate a key.
    Activate {
        /// Who.
        login: Login,
        /// The key.
        serial: Serial,
        /// The activation code as he typed it.
        typed: Zeroizing<String>,
    },
    /// To set a PIN with a ticket.
    SetPin {
        /// Who.
        login: Login,
        /// The ticket that his first code has earned.
        ticket: Zeroizing<String>,
        /// The PIN.
        typed: Zeroizing<String>,
        /// The PIN again.
        again: Zeroizing<String>,
    },
    /// Nothing but to be handed back, when all that came before for this login is answered.
    Nothing {
        /// Whose it is.
        login: Login,
    },
}

impl Wish {
    /// Tells whose it is.
    pub const fn login(&self) -> &Login {
        match self {
            Self::Check { login, .. }
            | Self::Activate { login, .. }
            | Self::SetPin { login, .. }
            | Self::Nothing { login } => login,
        }
    }
}

/// How a PIN is to be changed.
#[derive(Debug)]
pub enum PinChange {
    /// The new one is chosen later, with the ticket of the answer.
    Later,
    /// It is this one, typed twice.
    To {
        /// The PIN.
        typed: Zeroizing<String>,
        /// The PIN again.
        again: Zeroizing<String>,
    },
}

/// What he is told.
#[derive(Debug)]
pub enum Reply {
    /// What came of a check.
    Checked(Answer),
    /// What came of an activation.
    Activated(Activated),
    /// What came of a PIN.
    Pin {
        /// The answer.
        answer: PinAnswer,
        /// The ticket with which another one can be tried, when this errand earned it.
        ticket: Option<Zeroizing<String>>,
    },
}

impl Reply {
    /// Tells whether it may be told at once.
    pub(super) fn is_quick(&self) -> bool {
        match self {
            Self::Checked(answer) => answer.is_quick(),
            Self::Activated(answer) => answer.is_quick(),
            Self::Pin { answer, .. } => answer.is_quick(),
        }
    }
}

/// An errand of the queue on its way.
pub(super) enum Task {
    Check {
        check: Check,
        /// The PIN that comes next, typed twice.
        then: Option<[Zeroizing<String>; 2]>,
    },
    Activate(Activate),
    NewPin {
        pin: NewPin,
        /// The ticket, when it was earned on the way.
        ticket: Option<Zeroizing<String>>,
    },
}

impl Task {
    /// Makes the errand that a wish asks for, if it asks for one.
    pub(super) fn of(wish: Wish) -> Option<Self> {
        Some(match wish {
            Wish::Check { login, typed, ticket, source, change } => {
                let check = Check::new(&Request {
                    aim: if change.is_some() { Aim::ChangePin } else { Aim::Enter },
                    login: &login,
                    typed: &typed,
                    ticket: ticket.as_ref().map(|ticket| ticket.as_str()),
                    source: source.as_deref(),
                });
                let then = match change {
                    Some(PinChange::To { typed, again }) => Some([typed, again]),
                    Some(PinChange::Later) | None => None,
                };
                Self::Check { check, then }
            }
            Wish::Activate { login, serial, typed } => Self::Activate(Activate::new(&login, &serial, &typed)),
            Wish::SetPin { login, ticket, typed, again } => {
                let choice = PinChoice { login: &login, ticket: &ticket, typed: &typed, again: &again };
                Self::NewPin { pin: NewPin::new(&choice), ticket: None }
            }
            Wish::Nothing { .. } => return None,
        })
    }

    /// Counts it.
    pub(super) fn begin(&mut self, change: &Change<'_>, tools: Tools<'_>, now: UtcTime) -> Result<Events, Error> {
        match self {
            Self::Check { check, .. } => check.begin(change, tools, now),
            Self::Activate(activate) => activate.begin(change, tools, now),
            Self::NewPin { pin, .. } => pin.begin(change, tools, now),
        }
    }

    /// Does its slow part.
    pub(super) fn work(&mut self, examiner: &mut Examiner<'_>) {
        match self {
            Self::Check { check, .. } => check.work(examiner),
            Self::Activate(activate) => activate.work(examiner),
            Self::NewPin { pin, .. } => pin.work(examiner),
        }
    }

    /// Writes what came of it. A right passcode goes on to the PIN that came with it.
    pub(super) fn end(
        &mut self,
        change: &Change<'_>,
        tools: Tools<'_>,
        now: UtcTime,
    ) -> Result<(Ended<Reply>, Events), Error> {
        Ok(match self {
            Self::Check { check, then } => {
                let (ended, events) = check.end(change, tools, now)?;
                if let (Ended::Reply(Answer::NewPinRequired(challenge)), Some([typed, again])) = (&ended, then.take()) {
                    let ticket = challenge.ticket.clone();
                    let choice = PinChoice { login: &check.login, ticket: &ticket, typed: &typed, again: &again };
                    *self = Self::NewPin { pin: NewPin::new(&choice), ticket: Some(ticket) };
                    (Ended::Again, events)
                } else {
                    (spoken(ended, Reply::Checked), events)
                }
            }
            Self::Activate(activate) => {
                let (ended, events) = activate.end(change, tools, now)?;
                (spoken(ended, Reply::Activated), events)
            }
            Self::NewPin { pin, ticket } => {
                let (ended, events) = pin.end(change, tools, now)?;
                let ticket = ticket.take();
                let reply = |answer| Reply::Pin {
                    answer,
                    ticket: ticket.filter(|_| matches!(answer, PinAnswer::Unfit { tries_left: 1.., .. })),
                };
                (spoken(ended, reply), events)
            }
        })
    }
}

fn spoken<R>(ended: Ended<R>, word: impl FnOnce(R) -> Reply) -> Ended<Reply> {
    match ended {
        Ended::Reply(reply) => Ended::Reply(word(reply)),
        Ended::Failed(error) => Ended::Failed(error),
        Ended::Again => Ended::Again,
    }
}
