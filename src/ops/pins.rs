//! Choosing a PIN with the ticket of a first code, and erasing one.

use super::check::{is_his, is_live, subject_of};
use super::directory::Row;
use super::errand::{Ended, Errand, Examiner, Judged, Tools};
use super::keys::in_state;
use super::rows::AllOrNone;
use super::vouch::new_pin_mode;
use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::key::{Key, State};
use crate::passcode::Reason;
use crate::pin::{self, Hashed, Owner, Unfit};
use crate::random::draw_bytes;
use crate::store::{Change, Purpose, Ticket, View};
use crate::user::{Login, User};
use crate::vault::Vault;
use zeroize::Zeroizing;

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
        /// It is in the place of one that comes back then.
        is_change: bool,
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
        self.carry_out(&mut NewPin::new(choice))
    }

    /// Erases the PINs of keys in use, all or none: a new one may be chosen for a while. As a trial, all is done and taken
    /// back.
    ///
    /// # Errors
    /// [`Error`]; what is wrong with the users is an answer.
    pub fn reset_pins(&mut self, users: &[Row<Login>], is_trial: bool) -> Result<AllOrNone<PinReset>, Error> {
        let (until, vault) = (self.now().plus(self.policy.new_pin_after_reset), self.vault);
        let reset = self.each(users, is_trial, |change, login| {
            let view = change.read();
            let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
            let mut keys = view.keys_of_user(user.id)?;
            if let Some(key) = keys.first().filter(|key| key.state != State::Active) {
                return Err(in_state(key));
            }
            // Of two, one of which takes the place of the other, both: whoever forgot his PIN has none for either. That holds for
            // one that is stopped or lost, too, for it may come back.
            keys.retain(|key| key.state != State::Assigned);
            if keys.is_empty() {
                return Err(Error::UserHasNoKey(user.login));
            }
            if let Some(open) =
                view.succession_of_user(user.id)?.filter(|open| !keys.iter().any(|key| key.row == open.old))
            {
                keys.extend(view.beyond_scope().key(&open.old_serial)?);
            }
            let (mut reset, mut events) = (Vec::new(), Vec::new());
            for key in keys {
                change.reset_pin(key.row, &new_pin_mode(vault, key.id, user.id, until))?;
                events.push(Event::new(Action::PinReset, Outcome::Done).about(subject_of(user.id, &key)));
                reset.push(PinReset { login: user.login.clone(), key, is_second: !reset.is_empty(), until });
            }
            change.keep_no_pin(user.id)?;
            Ok((reset, events))
        })?;
        Ok(reset.map(|reset| reset.into_iter().flatten().collect()))
    }
}

/// The choice of a PIN on its way.
pub(super) struct NewPin {
    pub(super) login: Login,
    ticket: Zeroizing<String>,
    typed: Zeroizing<String>,
    again: Zeroizing<String>,
    stage: Stage,
}

/// How far it has come.
enum Stage {
    New,
    /// No live ticket of this user.
    Turned,
    /// The ticket is good.
    Found(Box<Found>),
    /// The PIN was judged, and hashed if it is fit.
    Judged {
        key: Box<Key>,
        judged: Result<Result<Hashed, Unfit>, Error>,
    },
    /// The work of one that was turned away is done.
    Wasted(Result<(), Error>),
}

struct Found {
    user: User,
    key: Key,
    /// The one in force, and the one before it: neither is chosen again.
    former: [Option<Hashed>; 2],
    salt: [u8; 16],
}

impl NewPin {
    pub(super) fn new(choice: &PinChoice<'_>) -> Self {
        let secret = |text: &str| Zeroizing::new(text.to_owned());
        Self {
            login: choice.login.clone(),
            ticket: secret(choice.ticket),
            typed: secret(choice.typed),
            again: secret(choice.again),
            stage: Stage::New,
        }
    }

    fn judge(&self, found: &Found, examiner: &mut Examiner<'_>) -> Result<Result<Hashed, Unfit>, Error> {
        let Examiner { vault, policy, memory } = examiner;
        let pin = match policy.pin.judge(&self.typed, &found.key.serial) {
            Ok(pin) => pin,
            Err(unfit) => return Ok(Err(unfit)),
        };
        if self.typed != self.again {
            return Ok(Err(Unfit::Unequal));
        }
        let owner = Owner { key: found.key.id, user: found.user.id };
        for former in found.former.iter().flatten() {
            if vault.verify_pin(&pin, &owner, former, memory)? {
                return Ok(Err(Unfit::Former));
            }
        }
        Ok(Ok(vault.hash_pin(&pin, &owner, policy.work, found.salt, memory)?))
    }

    /// Finds the user, his active key, and the live ticket for a new PIN.
    fn find(&self, view: View<'_>, vault: &Vault, now: UtcTime) -> Result<Option<(User, Key, Ticket)>, Error> {
        let Some(user) = view.user(&self.login)?.filter(|user| user.enabled) else {
            return Ok(None);
        };
        for key in view.keys_of_user(user.id)? {
            let is_good = |ticket: &Ticket| {
                ticket.purpose == Purpose::NewPin
                    && is_his(vault, ticket, &key, user.id, &self.ticket)
                    && is_live(ticket, &key, now)
            };
            let found = view.ticket_of_key(key.row)?.filter(is_good);
            if let Some(ticket) = found.filter(|_| key.state == State::Active && key.lock.is_none()) {
                return Ok(Some((user, key, ticket)));
            }
        }
        Ok(None)
    }

    /// Sets the PIN, or takes a try off the ticket; nothing when ticket or key changed since they were looked at.
    fn settle(
        &self,
        change: &Change<'_>,
        tools: Tools<'_>,
        key: &Key,
        judged: Result<Hashed, Unfit>,
        now: UtcTime,
    ) -> Result<Option<(PinAnswer, Event)>, Error> {
        let Some((user, present, ticket)) = self.find(change.read(), tools.vault, now)? else {
            return Ok(None);
        };
        let event = |outcome| Event::new(Action::PinSet, outcome).about(subject_of(user.id, &present));
        match judged {
            Ok(hashed) => {
                let until = now.plus(tools.policy.provisional_life);
                let set = change.set_provisional_pin(key.row, key.version, &hashed, until)?;
                let is_change = matches!(key.pin, pin::Standing::Set | pin::Standing::Changed { .. });
                Ok(set.then(|| (PinAnswer::Set { until, is_change }, event(Outcome::Done))))
            }
            Err(unfit) => {
                let tries_left = change.use_ticket(&ticket)?;
                Ok(Some((PinAnswer::Unfit { unfit, tries_left }, event(Outcome::Refused).because(unfit.name()))))
            }
        }
    }

    fn refuse(&self, change: &Change<'_>, tools: Tools<'_>) -> Result<Event, Error> {
        let user = change.read().user(&self.login)?;
        let mut subject = Subject { user: user.as_ref().map(|user| user.id), ..Subject::default() };
        if user.is_none() {
            subject.unknown_login = Some(tools.vault.hash_unknown_login(&self.login.folded()));
        }
        let reason = if user.is_some() { Reason::DeadTicket } else { Reason::UnknownUser };
        // A dead ticket makes nobody wait.
        Ok(Event::new(Action::PinSet, Outcome::Refused).because(reason.name()).about(subject).without_bound())
    }
}

impl Errand for NewPin {
    type Reply = PinAnswer;

    fn begin(&mut self, change: &Change<'_>, tools: Tools<'_>, now: UtcTime) -> Result<Events, Error> {
        self.stage = match self.find(change.read(), tools.vault, now)? {
            Some((user, key, _)) => {
                let secrets = change.read().secrets(key.row)?;
                let former = [secrets.pin.filter(|_| key.pin == pin::Standing::Set), secrets.former_pin];
                Stage::Found(Box::new(Found { user, key, former, salt: draw_bytes(tools.random)? }))
            }
            None => Stage::Turned,
        };
        Ok(Events::owed_by_open_attempt())
    }

    fn work(&mut self, examiner: &mut Examiner<'_>) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::New) {
            Stage::Turned => Stage::Wasted(examiner.waste_a_verification()),
            Stage::Found(found) => {
                let judged = self.judge(&found, examiner);
                Stage::Judged { key: Box::new(found.key), judged }
            }
            other => other,
        };
    }

    fn end(
        &mut self,
        change: &Change<'_>,
        tools: Tools<'_>,
        now: UtcTime,
    ) -> Result<(Ended<PinAnswer>, Events), Error> {
        let settled = match std::mem::replace(&mut self.stage, Stage::New) {
            Stage::Judged { key, judged: Ok(judged) } => self.settle(change, tools, &key, judged, now)?,
            Stage::Judged { judged: Err(error), .. } | Stage::Wasted(Err(error)) => {
                return Ok((Ended::Failed(error), Events::owed_by_open_attempt()));
            }
            _ => None,
        };
        let (answer, event) = match settled {
            Some(settled) => settled,
            None => (PinAnswer::Refused, self.refuse(change, tools)?),
        };
        Ok((Ended::Reply(answer), Events::one(event)))
    }
}

impl Judged for PinAnswer {
    fn is_quick(&self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// A PIN that was erased.
#[derive(Debug)]
pub struct PinReset {
    /// Whose it was.
    pub login: Login,
    /// His key, as it stood.
    pub key: Key,
    /// It is his second one: one of the two takes the place of the other.
    pub is_second: bool,
    /// The last moment to choose a new one.
    pub until: UtcTime,
}
