//! The errands that a queue takes, under one type.

use super::super::Error;
use super::super::activate::{Activate, Activated};
use super::super::check::{Answer, Check, Request};
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
}

impl Wish {
    /// Tells whose it is.
    pub const fn login(&self) -> &Login {
        match self {
            Self::Check { login, .. } | Self::Activate { login, .. } | Self::SetPin { login, .. } => login,
        }
    }
}

/// What he is told.
#[derive(Debug)]
pub enum Reply {
    /// What came of a check.
    Checked(Answer),
    /// What came of an activation.
    Activated(Activated),
    /// What came of a PIN.
    Pin(PinAnswer),
}

impl Reply {
    /// Tells whether it may be told at once.
    pub(super) fn is_quick(&self) -> bool {
        match self {
            Self::Checked(answer) => answer.is_quick(),
            Self::Activated(answer) => answer.is_quick(),
            Self::Pin(answer) => answer.is_quick(),
        }
    }
}

/// An errand of the queue on its way.
pub(super) enum Task {
    Check(Check),
    Activate(Activate),
    NewPin(NewPin),
}

impl Task {
    /// Makes the errand that a wish asks for.
    pub(super) fn of(wish: Wish) -> Self {
        match wish {
            Wish::Check { login, typed, ticket, source } => Self::Check(Check::new(&Request {
                login: &login,
                typed: &typed,
                ticket: ticket.as_ref().map(|ticket| ticket.as_str()),
                source: source.as_deref(),
            })),
            Wish::Activate { login, serial, typed } => Self::Activate(Activate::new(&login, &serial, &typed)),
            Wish::SetPin { login, ticket, typed, again } => {
                Self::NewPin(NewPin::new(&PinChoice { login: &login, ticket: &ticket, typed: &typed, again: &again }))
            }
        }
    }

    /// Counts it.
    pub(super) fn begin(&mut self, change: &Change<'_>, tools: Tools<'_>, now: UtcTime) -> Result<Events, Error> {
        match self {
            Self::Check(check) => check.begin(change, tools, now),
            Self::Activate(activate) => activate.begin(change, tools, now),
            Self::NewPin(pin) => pin.begin(change, tools, now),
        }
    }

    /// Does its slow part.
    pub(super) fn work(&mut self, examiner: &mut Examiner<'_>) {
        match self {
            Self::Check(check) => check.work(examiner),
            Self::Activate(activate) => activate.work(examiner),
            Self::NewPin(pin) => pin.work(examiner),
        }
    }

    /// Writes what came of it.
    pub(super) fn end(
        &mut self,
        change: &Change<'_>,
        tools: Tools<'_>,
        now: UtcTime,
    ) -> Result<(Ended<Reply>, Events), Error> {
        Ok(match self {
            Self::Check(check) => spoken(check.end(change, tools, now)?, Reply::Checked),
            Self::Activate(activate) => spoken(activate.end(change, tools, now)?, Reply::Activated),
            Self::NewPin(pin) => spoken(pin.end(change, tools, now)?, Reply::Pin),
        })
    }
}

fn spoken<R>((ended, events): (Ended<R>, Events), word: fn(R) -> Reply) -> (Ended<Reply>, Events) {
    let ended = match ended {
        Ended::Reply(reply) => Ended::Reply(word(reply)),
        Ended::Failed(error) => Ended::Failed(error),
        Ended::Again => Ended::Again,
    };
    (ended, events)
}
