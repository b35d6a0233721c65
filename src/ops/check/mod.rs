//! Checking a code: reserve, open, verify, settle. The sequence lives here once, for every caller.
//!
//! Two short transactions with the slow work between them: the first counts the attempt, so that killing or multiplying
//! processes gains nothing; the second spends the code by compare-and-swap and says what came of it. Whatever is refused
//! takes one Argon2, all candidate codes, and the same time.

mod reserve;
mod settle;
mod verify;

pub(super) use reserve::{Admitted, admit, is_live, subject_of};
pub(super) use settle::settle;

use super::{Desk, Error};
use crate::audit::{Event, Events, Outcome};
use crate::clock::{Seconds, UtcTime};
use crate::otp::Step;
use crate::passcode::{Judgement, Reason};
use crate::user::Login;
use reserve::Reserved;
use zeroize::Zeroizing;

/// What a login server or a terminal asks.
pub struct Request<'r> {
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
    /// Choose a PIN.
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
    /// Seconds until the display changes.
    pub retry_after: Seconds,
}

impl Desk<'_> {
    /// Checks a code or passcode.
    ///
    /// # Errors
    /// [`Error`] when it could not be checked; then nothing is accepted, and a counted attempt stays counted.
    pub fn check(&mut self, request: &Request<'_>) -> Result<Answer, Error> {
        let started = self.clock.uptime();
        let answer = self.check_at(request, self.now());
        if !matches!(answer, Ok(Answer::Accepted | Answer::NewPinRequired(_) | Answer::NextCodeRequired(_))) {
            self.slow_down(started);
        }
        answer
    }

    fn check_at(&mut self, request: &Request<'_>, now: UtcTime) -> Result<Answer, Error> {
        self.store.start_deadline();
        match self.reserve(request, now)? {
            Reserved::Turned => {
                self.waste_a_check(request.typed, now)?;
                Ok(Answer::Refused)
            }
            Reserved::Attempt(mut admitted) => {
                let judgement = self.verify(&mut admitted, request, now);
                let settled_at = self.now();
                let judgement = sound_alarm(self, &admitted, judgement, settled_at)?;
                let settled = settle(self, &admitted, judgement, settled_at)?;
                Ok(self.answer(&admitted, settled, settled_at))
            }
        }
    }

    fn answer(&self, admitted: &Admitted, settled: settle::Settlement, now: UtcTime) -> Answer {
        let challenge = |ticket| Challenge {
            ticket,
            expires_at: now.plus(self.policy.ticket_life),
            retry_after: Step::seconds_left(now, admitted.key.parameters.period),
        };
        match (settled.judgement, settled.ticket) {
            (Judgement::Accepted(_), _) => Answer::Accepted,
            (Judgement::NewPinRequired(_), Some(ticket)) => Answer::NewPinRequired(challenge(ticket)),
            (Judgement::NextCodeRequired(_), Some(ticket)) => Answer::NextCodeRequired(challenge(ticket)),
            _ => Answer::Refused,
        }
    }
}

/// Writes down that a row was edited behind the program's back, before that ends the command; the attempt stays counted.
pub(super) fn sound_alarm<T>(
    desk: &mut Desk<'_>,
    admitted: &Admitted,
    work: Result<T, Error>,
    now: UtcTime,
) -> Result<T, Error> {
    if let Err(Error::Tampered(_)) = &work {
        let event = Event::new(admitted.action, Outcome::Alarm).because("integrity").about(admitted.subject());
        desk.store.change::<_, Error>(now, |_| Ok(((), Events::one(event))))?;
    }
    work
}

/// Gives the reason of a judgement, if it is a refusal.
pub(super) const fn refusal(judgement: &Judgement) -> Option<Reason> {
    match judgement {
        Judgement::Refused(refusal) => Some(refusal.reason),
        _ => None,
    }
}
