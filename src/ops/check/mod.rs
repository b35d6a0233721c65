//! Checking a code: reserve, open, verify, settle. The sequence lives here once, for every caller.
//!
//! Whatever is refused takes one Argon2, all candidate codes, and the same time.

mod mass_failure;
mod meant;
mod nobody;
mod reserve;
mod settle;
mod succeed;
mod verify;

pub(super) use meant::Meant;
pub(super) use reserve::{Admitted, admit, is_his, is_live, subject_of};
pub(super) use settle::settle;

use super::errand::{Ended, Errand, Examiner, Judged, Tools};
use super::{Desk, Error};
use crate::audit::Events;
use crate::clock::{Seconds, UtcTime};
use crate::passcode::{Judgement, Reason};
use crate::store::Change;
use crate::user::Login;
use settle::Settlement;
use zeroize::Zeroizing;

/// What a right passcode is to open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// The door.
    #[default]
    Enter,
    /// The choice of another PIN.
    ChangePin,
}

/// What a login server or a terminal asks.
pub struct Request<'r> {
    /// What for.
    pub aim: Aim,
    /// Who wants in.
    pub login: &'r Login,
    /// What he typed: a code, or PIN and code.
    pub typed: &'r str,
    /// The ticket of the first answer, when this is the second.
    pub ticket: Option<&'r str>,
    /// The address that the caller names.
    pub source: Option<&'r str>,
}

/// What they are told.
#[derive(Debug)]
#[must_use]
pub enum Answer {
    /// Come in.
    Accepted,
    /// Come in: it was an emergency code.
    AcceptedInEmergency {
        /// How many of them are left.
        left: u32,
    },
    /// Choose a PIN: there is none, or another one is wanted.
    NewPinRequired(Challenge),
    /// Type the next code too.
    NextCodeRequired(Challenge),
    /// No. Why is in the audit.
    Refused,
}

/// What ties the second message to the first.
#[derive(Debug)]
pub struct Challenge {
    /// 128 random bits in hexadecimal: a secret.
    pub ticket: Zeroizing<String>,
    /// Its last moment.
    pub expires_at: UtcTime,
    /// Seconds until the display changes; none when it changes by a press of the key's button.
    pub retry_after: Option<Seconds>,
}

impl Desk<'_> {
    /// Checks a code or passcode.
    ///
    /// # Errors
    /// [`Error`] when it could not be checked; then nothing is accepted, and a counted attempt stays counted.
    pub fn check(&mut self, request: &Request<'_>) -> Result<Answer, Error> {
        self.carry_out(&mut Check::new(request))
    }
}

/// A check on its way.
pub(super) struct Check {
    pub(super) login: Login,
    typed: Zeroizing<String>,
    ticket: Option<Zeroizing<String>>,
    source: Option<String>,
    aim: Aim,
    stage: Stage,
}

/// How far a check has come.
enum Stage {
    New,
    /// It is refused, and written down, without being verified.
    Turned {
        at: UtcTime,
    },
    /// It is counted.
    Admitted {
        admitted: Box<Admitted>,
        at: UtcTime,
    },
    /// The slow work is done.
    Judged {
        admitted: Box<Admitted>,
        judgement: Result<Judgement, Error>,
    },
    /// The work of one that was turned away is done.
    Wasted(Result<(), Error>),
}

impl Check {
    pub(super) fn new(request: &Request<'_>) -> Self {
        let secret = |text: &str| Zeroizing::new(text.to_owned());
        Self {
            login: request.login.clone(),
            typed: secret(request.typed),
            ticket: request.ticket.map(secret),
            source: request.source.map(str::to_owned),
            aim: request.aim,
            stage: Stage::New,
        }
    }
}

impl Errand for Check {
    type Reply = Answer;

    fn begin(&mut self, change: &Change<'_>, tools: Tools<'_>, now: UtcTime) -> Result<Events, Error> {
        let (admitted, events) = self.reserve(change, tools, now)?;
        self.stage = match admitted {
            Some(admitted) => Stage::Admitted { admitted: Box::new(admitted), at: now },
            None => {
                nobody::ask_before(change, self.source.as_deref(), now)?;
                Stage::Turned { at: now }
            }
        };
        Ok(events)
    }

    fn work(&mut self, examiner: &mut Examiner<'_>) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::New) {
            Stage::Turned { at } => Stage::Wasted(examiner.waste_a_check(&self.typed, at)),
            Stage::Admitted { mut admitted, at } => {
                let judgement = examiner.verify(&mut admitted, &self.typed, at);
                Stage::Judged { admitted, judgement }
            }
            other => other,
        };
    }

    fn end(&mut self, change: &Change<'_>, tools: Tools<'_>, now: UtcTime) -> Result<(Ended<Answer>, Events), Error> {
        let silence = Events::owed_by_open_attempt();
        match std::mem::replace(&mut self.stage, Stage::New) {
            Stage::Judged { admitted, judgement } => {
                let (settled, events) = settle(change, tools, &admitted, judgement, now)?;
                Ok((
                    match settled {
                        Ok(settled) => Ended::Reply(answer(tools, &admitted, settled, now)),
                        Err(error) => Ended::Failed(error),
                    },
                    events,
                ))
            }
            Stage::Wasted(Err(error)) => Ok((Ended::Failed(error), silence)),
            _ => {
                // It was written down when it was turned away; one that is verified goes to the disk twice.
                change.write_anyway()?;
                nobody::ask_after(change, now)?;
                Ok((Ended::Reply(Answer::Refused), silence))
            }
        }
    }
}

impl Judged for Answer {
    fn is_quick(&self) -> bool {
        !matches!(self, Self::Refused)
    }
}

fn answer(tools: Tools<'_>, admitted: &Admitted, settled: Settlement, now: UtcTime) -> Answer {
    let challenge = |ticket| Challenge {
        ticket,
        expires_at: now.plus(tools.policy.ticket_life),
        retry_after: admitted.key.parameters.seconds_left(now),
    };
    match (settled.judgement, settled.ticket) {
        (Judgement::Accepted(_), None) => Answer::Accepted,
        (Judgement::AcceptedInEmergency(_), _) => {
            Answer::AcceptedInEmergency { left: settled.left.unwrap_or_default() }
        }
        (Judgement::Accepted(_) | Judgement::NewPinRequired(_), Some(ticket)) => {
            Answer::NewPinRequired(challenge(ticket))
        }
        (Judgement::NextCodeRequired(_), Some(ticket)) => Answer::NextCodeRequired(challenge(ticket)),
        _ => Answer::Refused,
    }
}

/// Gives the reason of a judgement, if it is a refusal.
pub(super) const fn refusal(judgement: &Judgement) -> Option<Reason> {
    match judgement {
        Judgement::Refused(refusal) => Some(refusal.reason),
        _ => None,
    }
}
