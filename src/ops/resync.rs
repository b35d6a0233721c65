//! Finding a drifted key's clock again by two or three codes in a row.

use super::check::{Admitted, admit, settle, sound_alarm};
use super::{Desk, Error};
use crate::audit::Action;
use crate::clock::{Seconds, UtcTime};
use crate::key::{Key, Open, Serial, State};
use crate::otp::Code;
use crate::passcode::{self, Judgement, Question, Reason, Refusal};
use crate::store::View;
use crate::throttle::Fault;
use crate::user::Login;

/// Whose key it is: a serial or a login, for both look alike on a command line.
#[derive(Clone, Debug)]
pub struct Whose {
    /// The text as a serial, if it can be one.
    pub serial: Option<Serial>,
    /// The text as a login, if it can be one.
    pub login: Option<Login>,
    /// The text.
    pub text: String,
}

impl Whose {
    /// Finds the key: by serial first, for a serial names one key for certain.
    fn find(&self, view: View<'_>) -> Result<Key, Error> {
        if let Some(key) = self.serial.as_ref().map(|serial| view.key(serial)).transpose()?.flatten() {
            return Ok(key);
        }
        let user = self.login.as_ref().map(|login| view.user(login)).transpose()?.flatten();
        let user = user.ok_or_else(|| Error::UnknownUserOrKey(self.text.clone()))?;
        view.key_of_user(user.id)?.ok_or(Error::UserHasNoKey(user.login))
    }
}

/// What came of it.
#[derive(Debug)]
#[must_use]
pub enum ResyncAnswer {
    /// The clock is known again.
    Resynchronised(Found),
    /// The codes stand in a row at more than one place.
    ThirdCodeRequired(Serial),
    /// The codes are wrong, used, or not in a row.
    Refused {
        /// The key.
        serial: Serial,
        /// Why: resynchronising is an operator's command, who may know.
        reason: Reason,
    },
}

/// How far a key's clock is off.
#[derive(Clone, Debug)]
pub struct Found {
    /// The key.
    pub serial: Serial,
    /// Steps that it is ahead (+) or behind (-).
    pub drift: i64,
    /// The same in seconds.
    pub drift_seconds: Seconds,
}

impl Desk<'_> {
    /// Finds the key that somebody wants to resynchronise, and tells how many digits it shows.
    ///
    /// # Errors
    /// [`Error`] when there is none, or when it answers no code.
    pub fn key_to_resync(&self, whose: &Whose) -> Result<Key, Error> {
        let key = whose.find(self.store.read())?;
        answers(&key)?;
        Ok(key)
    }

    /// Resynchronises a key by the codes that it shows one after the other, each typed as one line.
    ///
    /// # Errors
    /// [`Error`]; wrong codes are an answer, not an error.
    pub fn resync(&mut self, whose: &Whose, typed: &[&str]) -> Result<ResyncAnswer, Error> {
        let now = self.now();
        self.store.start_deadline();
        let admitted = self.store.change::<_, Error>(now, |change| {
            let key = whose.find(change.read())?;
            answers(&key)?;
            let user = key.holder.as_ref().map_or(0, |holder| holder.user);
            let serial = key.serial.clone();
            let (admitted, events) = admit(change, Action::KeyResync, user, key, None, now)?;
            Ok((admitted.ok_or(serial), events))
        })?;
        let admitted = match admitted {
            Ok(admitted) => admitted,
            Err(serial) => return Ok(ResyncAnswer::Refused { serial, reason: Reason::Waiting }),
        };
        let judgement = self.judge_row(&admitted, typed, now);
        let settled_at = self.now();
        let judgement = sound_alarm(self, &admitted, judgement, settled_at)?;
        let settled = settle(self, &admitted, judgement, settled_at)?;
        Ok(answer(&admitted.key, &settled.judgement))
    }

    fn judge_row(&self, admitted: &Admitted, typed: &[&str], now: UtcTime) -> Result<Judgement, Error> {
        let seed = self.vault.open_seed(&admitted.secrets.seed, &admitted.key.identity())?;
        let digits = admitted.key.parameters.digits;
        let codes: Option<Vec<Code>> = typed.iter().map(|text| Code::parse(text, digits)).collect();
        let Some(codes) = codes.filter(|codes| codes.len() >= 2) else {
            return Ok(Judgement::Refused(Refusal { reason: Reason::Grammar, fault: Fault::Both }));
        };
        let policy = &self.policy.passcode;
        let places = passcode::find_in_a_row(&admitted.standing, &seed, &codes, now, policy);
        let question = Question::Resynchronisation { places: &places };
        Ok(passcode::judge(&admitted.standing, question, now, policy))
    }
}

fn answers(key: &Key) -> Result<(), Error> {
    let serial = key.serial.clone();
    if key.state != State::Active {
        let holder = key.holder.as_ref().map(|holder| holder.login.clone());
        return Err(Error::KeyInState { serial, present: key.state, holder });
    }
    if key.lock.is_some() { Err(Error::KeyLocked { serial }) } else { Ok(()) }
}

fn answer(key: &Key, judgement: &Judgement) -> ResyncAnswer {
    let serial = key.serial.clone();
    match judgement {
        Judgement::Resynchronised(acceptance) => {
            let drift = acceptance.clockwork.drift.steps();
            let drift_seconds = Seconds::new(drift.saturating_mul(key.parameters.period.seconds()));
            ResyncAnswer::Resynchronised(Found { serial, drift, drift_seconds })
        }
        Judgement::ThirdCodeRequired => ResyncAnswer::ThirdCodeRequired(serial),
        Judgement::Refused(refusal) => ResyncAnswer::Refused { serial, reason: refusal.reason },
        _ => ResyncAnswer::Refused { serial, reason: Reason::WrongCode },
    }
}
