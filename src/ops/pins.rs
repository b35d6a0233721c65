//! Choosing a PIN with the ticket of a first code, and erasing one.

use super::check::{is_live, subject_of};
use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::key::{Key, State};
use crate::passcode::Reason;
use crate::pin::{Hashed, Owner, Unfit};
use crate::store::{Purpose, Ticket, View};
use crate::user::{Login, User};

/// A PIN that a holder wants, typed twice.
pub struct PinChoice<'c> {
    /// Who he is.
    pub login: &'c Login,
    /// The ticket that his first code has earned.
    pub ticket: &'c str,
    /// The PIN.
    pub typed: &'c str,
    /// The PIN again.
    pub again: &'c str,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum PinAnswer {
    /// It is set, provisionally: the next check with another code confirms it.
    Set {
        /// When it is erased if nobody uses it.
        until: UtcTime,
    },
    /// It is not fit.
    Unfit {
        /// Why.
        unfit: Unfit,
        /// How often another can be tried with this ticket.
        tries_left: u8,
    },
    /// The ticket is unknown, spent or too old.
    Refused,
}

impl Desk<'_> {
    /// Sets a PIN.
    ///
    /// # Errors
    /// [`Error`]; an unfit PIN and a dead ticket are answers, not errors.
    pub fn set_pin(&mut self, choice: &PinChoice<'_>) -> Result<PinAnswer, Error> {
        let started = self.clock.uptime();
        let answer = self.set_pin_at(choice, self.now());
        if matches!(answer, Ok(PinAnswer::Refused)) {
            self.slow_down(started);
        }
        answer
    }

    fn set_pin_at(&mut self, choice: &PinChoice<'_>, now: UtcTime) -> Result<PinAnswer, Error> {
        self.store.start_deadline();
        let hash = self.vault.hash_ticket(choice.ticket.as_bytes());
        let Some((user, key, _)) = find(self.store.read(), choice.login, &hash, now)? else {
            self.vault.waste_a_verification(self.policy.work)?;
            return self.refuse_pin(choice.login, now);
        };
        let judged = self.judge_pin(choice, &user, &key)?;
        let until = now.plus(self.policy.provisional_life);
        let answer = self.store.change::<_, Error>(now, |change| {
            // The ticket may have been spent, and the key changed, since the PIN was looked at.
            let Some((user, present, ticket)) = find(change.read(), choice.login, &hash, now)? else {
                return Ok((None, Events::owed_by_open_attempt()));
            };
            let subject = subject_of(user.id, &present);
            match &judged {
                Ok(hashed) => {
                    let set = change.set_provisional_pin(key.row, key.version, hashed, until)?;
                    let event = Event::new(Action::PinSet, Outcome::Done).about(subject);
                    Ok(if set {
                        (Some(PinAnswer::Set { until }), Events::one(event))
                    } else {
                        (None, Events::owed_by_open_attempt())
                    })
                }
                Err(unfit) => {
                    let tries_left = change.use_ticket(&ticket)?;
                    let event = Event::new(Action::PinSet, Outcome::Refused).because(unfit.name()).about(subject);
                    Ok((Some(PinAnswer::Unfit { unfit: *unfit, tries_left }), Events::one(event)))
                }
            }
        })?;
        match answer {
            Some(answer) => Ok(answer),
            None => self.refuse_pin(choice.login, now),
        }
    }

    fn judge_pin(&self, choice: &PinChoice<'_>, user: &User, key: &Key) -> Result<Result<Hashed, Unfit>, Error> {
        let pin = match self.policy.pin.judge(choice.typed, &key.serial) {
            Ok(pin) => pin,
            Err(unfit) => return Ok(Err(unfit)),
        };
        if choice.typed != choice.again {
            return Ok(Err(Unfit::Unequal));
        }
        let owner = Owner { key: key.id, user: user.id };
        if let Some(former) = self.store.read().secrets(key.row)?.former_pin
            && self.vault.verify_pin(&pin, &owner, &former)?
        {
            return Ok(Err(Unfit::Former));
        }
        Ok(Ok(self.vault.hash_pin(&pin, &owner, self.policy.work, self.random)?))
    }

    fn refuse_pin(&mut self, login: &Login, now: UtcTime) -> Result<PinAnswer, Error> {
        let vault = self.vault;
        self.store.change(now, |change| {
            let user = change.read().user(login)?;
            let subject = match &user {
                Some(user) => Subject { user: Some(user.id), ..Subject::default() },
                None => {
                    Subject { unknown_login: Some(vault.hash_unknown_login(&login.folded())), ..Subject::default() }
                }
            };
            let reason = if user.is_some() { Reason::DeadTicket } else { Reason::UnknownUser };
            let event = Event::new(Action::PinSet, Outcome::Refused).because(reason.name()).about(subject);
            Ok((PinAnswer::Refused, Events::one(event)))
        })
    }

    /// Erases the PINs of users' keys, all or none, so that new ones can be chosen; gives each with the key and the last
    /// moment for it.
    ///
    /// # Errors
    /// [`Error`] when one has no key in use.
    pub fn reset_pins(&mut self, logins: &[Login]) -> Result<Vec<PinReset>, Error> {
        let now = self.now();
        let until = now.plus(self.policy.new_pin_after_reset);
        self.store.change(now, |change| {
            let mut events = Vec::new();
            let mut reset = Vec::new();
            for login in logins {
                let view = change.read();
                let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
                let key = view.key_of_user(user.id)?.ok_or_else(|| Error::UserHasNoKey(user.login.clone()))?;
                if key.state != State::Active {
                    let holder = Some(user.login);
                    return Err(Error::KeyInState { serial: key.serial, present: key.state, holder });
                }
                change.reset_pin(key.row, until)?;
                events.push(Event::new(Action::PinReset, Outcome::Done).about(subject_of(user.id, &key)));
                reset.push(PinReset { login: user.login, key, until });
            }
            Ok((reset, Events::all(events)))
        })
    }
}

/// A PIN that was erased.
#[derive(Debug)]
pub struct PinReset {
    /// Whose it was.
    pub login: Login,
    /// His key, as it stood.
    pub key: Key,
    /// The last moment to choose a new one.
    pub until: UtcTime,
}

/// Finds the user, his active key, and the live ticket for a new PIN.
fn find(view: View<'_>, login: &Login, hash: &[u8; 32], now: UtcTime) -> Result<Option<(User, Key, Ticket)>, Error> {
    let Some(user) = view.user(login)?.filter(|user| user.enabled) else {
        return Ok(None);
    };
    let Some(key) = view.key_of_user(user.id)?.filter(|key| key.state == State::Active && key.lock.is_none()) else {
        return Ok(None);
    };
    let ticket = view.ticket(hash)?.filter(|ticket| {
        let is_for_this = ticket.key == key.row && ticket.user == user.id && ticket.purpose == Purpose::NewPin;
        is_for_this && is_live(ticket, &key, now)
    });
    Ok(ticket.map(|ticket| (user, key, ticket)))
}
