//! Finding where a key stands again by two or three codes in a row: the drift of its clock, or the counter of its button.

use super::check::{Admitted, Meant, admit, settle};
use super::errand::{Ended, Errand, Examiner, Judged, Tools};
use super::keys::is_not_held;
use super::vouch::vouch_for;
use super::{Desk, Error};
use crate::audit::{Action, Events};
use crate::clock::{Seconds, UtcTime};
use crate::key::{Holder, Key, Open, Serial, State};
use crate::otp::Code;
use crate::passcode::{self, Judgement, Question, Reason, Refusal};
use crate::store::{Change, Error as StoreError, View};
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
        if let Some(succession) = view.succession_of_user(user.id)? {
            let (old, new) = (succession.old_serial, succession.new_serial);
            let are_active = |serial| Ok::<_, Error>(view.key(serial)?.is_some_and(|key| key.state == State::Active));
            if are_active(&old)? && are_active(&new)? {
                return Err(Error::SeveralKeys { login: user.login, old, new });
            }
        }
        view.key_of_user(user.id)?.ok_or(Error::UserHasNoKey(user.login))
    }
}

/// What came of it.
#[derive(Debug)]
#[must_use]
pub enum ResyncAnswer {
    /// It is known again where the key stands.
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

/// Where a key was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The key.
    pub serial: Serial,
    /// Steps that its clock is ahead (+) or behind (-); none for an event key.
    pub drift: Option<i64>,
    /// The same in seconds.
    pub drift_seconds: Option<Seconds>,
    /// Codes of an event key that were shown and never used before the first of these.
    pub skipped: Option<i64>,
}

impl Desk<'_> {
    /// Finds the key that somebody wants to resynchronise, and tells how many digits it shows.
    ///
    /// # Errors
    /// [`Error`] when there is none, or when it answers no code.
    pub fn key_to_resync(&self, whose: &Whose) -> Result<Key, Error> {
        let key = whose.find(self.store.read())?;
        answers(&key)?;
        trust_clock(self.store.read(), &key)?;
        Ok(key)
    }

    /// Resynchronises a key by the codes that it shows one after the other, each typed as one line.
    ///
    /// # Errors
    /// [`Error`]; wrong codes are an answer, not an error.
    pub fn resync(&mut self, whose: &Whose, typed: &[&str]) -> Result<ResyncAnswer, Error> {
        self.carry_out(&mut Resync { whose, typed, stage: Stage::New })
    }
}

/// A resynchronisation on its way.
struct Resync<'r> {
    whose: &'r Whose,
    typed: &'r [&'r str],
    stage: Stage,
}

/// How far it has come.
enum Stage {
    New,
    /// It is refused without being verified.
    Turned(Serial),
    /// It is counted.
    Admitted {
        admitted: Box<Admitted>,
        at: UtcTime,
    },
    /// The codes were looked for.
    Judged {
        admitted: Box<Admitted>,
        judgement: Result<Judgement, Error>,
    },
}

impl Errand for Resync<'_> {
    type Reply = ResyncAnswer;

    fn begin(&mut self, change: &Change<'_>, tools: Tools<'_>, now: UtcTime) -> Result<Events, Error> {
        let key = self.whose.find(change.read())?;
        answers(&key)?;
        trust_clock(change.read(), &key)?;
        let serial = key.serial.clone();
        let Some(Holder { user, login }) = key.holder.clone() else {
            return Err(StoreError::Impossible { table: "keys", column: "user_id" }.into());
        };
        let meant = Meant::this((user, login), key);
        let (admitted, events) = admit(change, tools, Action::KeyResync, meant, None, now)?;
        self.stage = match admitted {
            Some(admitted) => Stage::Admitted { admitted: Box::new(admitted), at: now },
            None => Stage::Turned(serial),
        };
        Ok(events)
    }

    fn work(&mut self, examiner: &mut Examiner<'_>) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::New) {
            Stage::Admitted { admitted, at } => {
                let judgement = judge_row(examiner, &admitted, self.typed, at);
                Stage::Judged { admitted, judgement }
            }
            other => other,
        };
    }

    fn end(
        &mut self,
        change: &Change<'_>,
        tools: Tools<'_>,
        now: UtcTime,
    ) -> Result<(Ended<ResyncAnswer>, Events), Error> {
        match std::mem::replace(&mut self.stage, Stage::New) {
            Stage::Judged { admitted, judgement } => {
                let (settled, events) = settle(change, tools, &admitted, judgement, now)?;
                Ok((
                    match settled {
                        Ok(settled) => Ended::Reply(answer(&admitted.key, &settled.judgement, self.typed.len())),
                        Err(error) => Ended::Failed(error),
                    },
                    events,
                ))
            }
            Stage::Turned(serial) => Ok((
                Ended::Reply(ResyncAnswer::Refused { serial, reason: Reason::Waiting }),
                Events::owed_by_open_attempt(),
            )),
            _ => Ok((Ended::Again, Events::owed_by_open_attempt())),
        }
    }
}

impl Judged for ResyncAnswer {
    /// Resynchronising is an operator's command, who is told why: nothing is hidden by taking time.
    fn is_quick(&self) -> bool {
        true
    }
}

fn judge_row(examiner: &Examiner<'_>, admitted: &Admitted, typed: &[&str], now: UtcTime) -> Result<Judgement, Error> {
    let holder = (admitted.user, &admitted.login);
    vouch_for(examiner.vault, holder, (&admitted.key, &admitted.secrets), now)?;
    let identity = admitted.key.identity();
    let mut mechanism = identity.mechanism(&examiner.vault.open_seed(&admitted.secrets.seed, &identity)?);
    let digits = admitted.key.parameters.digits;
    let codes: Option<Vec<Code>> = typed.iter().map(|text| Code::parse(text, digits)).collect();
    let Some(codes) = codes.filter(|codes| codes.len() >= 2) else {
        return Ok(Judgement::Refused(Refusal { reason: Reason::Grammar, fault: Fault::Both }));
    };
    let policy = &examiner.policy.passcode;
    let places = passcode::find_in_a_row(&admitted.standing, &mut mechanism, &codes, now, policy);
    let question = Question::Resynchronisation { places: &places };
    Ok(passcode::judge(&admitted.standing, question, now, policy))
}

fn answers(key: &Key) -> Result<(), Error> {
    let serial = key.serial.clone();
    if key.state != State::Active {
        let holder = key.holder.as_ref().map(|holder| holder.login.clone());
        return Err(Error::KeyInState { serial, present: key.state, holder, remedy: None });
    }
    is_not_held(key)?;
    if key.lock.is_some() { Err(Error::KeyLocked { serial }) } else { Ok(()) }
}

/// Refuses to hold a key's clock against ours while that is known to be wrong.
fn trust_clock(view: View<'_>, key: &Key) -> Result<(), Error> {
    let wrong = view.wrong_clock()?.filter(|_| key.parameters.shown_for().is_some());
    wrong.map_or(Ok(()), |wrong| Err(Error::ClockWrong(wrong)))
}

fn answer(key: &Key, judgement: &Judgement, codes: usize) -> ResyncAnswer {
    let serial = key.serial.clone();
    match judgement {
        Judgement::Resynchronised(acceptance) => {
            let drift = acceptance.clockwork.drift.steps();
            let codes = i64::try_from(codes).unwrap_or(i64::MAX);
            ResyncAnswer::Resynchronised(match key.parameters.shown_for() {
                Some(period) => Found {
                    serial,
                    drift: Some(drift),
                    drift_seconds: Some(Seconds::new(drift.saturating_mul(period.seconds()))),
                    skipped: None,
                },
                None => {
                    let skipped = acceptance.step.distance_from(key.watermark).saturating_sub(codes);
                    Found { serial, drift: None, drift_seconds: None, skipped: Some(skipped) }
                }
            })
        }
        Judgement::ThirdCodeRequired => ResyncAnswer::ThirdCodeRequired(serial),
        Judgement::Refused(refusal) => ResyncAnswer::Refused { serial, reason: refusal.reason },
        _ => ResyncAnswer::Refused { serial, reason: Reason::WrongCode },
    }
}
