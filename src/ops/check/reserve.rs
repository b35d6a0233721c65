//! Reserve: find the key, see whether an attempt may be made at all, and count it before anything is verified.

use super::super::Error;
use super::super::errand::Tools;
use super::{Aim, Check};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::emergency::{Emergency, Kept};
use crate::key::{Key, State};
use crate::passcode::{Pending, Reason, Standing};
use crate::pin::Hashed;
use crate::random::draw_bytes;
use crate::store::{Change, Counted, Purpose, Secrets, Ticket};
use crate::throttle::{self, Admission, Tally};
use crate::user::{User, UserId};
use crate::vault::Vault;

/// An attempt that is counted and may be verified.
pub(in crate::ops) struct Admitted {
    pub user: UserId,
    pub key: Key,
    pub secrets: Secrets,
    pub standing: Standing,
    pub attempt: i64,
    /// The first code of two, when this attempt came with its ticket.
    pub follows: Option<Pending>,
    /// The codes of the user's emergency list, when one may be typed in place of the key's.
    pub emergency: Option<Offer>,
    /// What is done: a check or a resynchronisation.
    pub action: Action,
    /// What an acceptance opens.
    pub aim: Aim,
    /// The salt for a PIN that is hashed anew.
    pub salt: [u8; 16],
    /// The PIN hashed anew, when it was right and the policy asks for more work than its row has.
    pub rehashed: Option<Hashed>,
}

/// An emergency list, as it stood when the attempt was counted.
pub(in crate::ops) struct Offer {
    pub list: Emergency,
    pub codes: Vec<Kept>,
}

impl Admitted {
    pub fn subject(&self) -> Subject {
        subject_of(self.user, &self.key)
    }
}

impl Check {
    /// Counts the attempt; none when it is turned away without being verified.
    pub(super) fn reserve(
        &self,
        change: &Change<'_>,
        tools: Tools<'_>,
        now: UtcTime,
    ) -> Result<(Option<Admitted>, Events), Error> {
        let (user, key, emergency) = match self.find(change, tools.vault, now)? {
            Ok(found) => found,
            Err((reason, subject)) => return Ok(turn_away(reason, subject)),
        };
        let ticket = match &self.ticket {
            Some(text) => match find_ticket(change, tools.vault, text, &user, &key, now)? {
                Some(found) => Some(found),
                None => return Ok(turn_away(Reason::DeadTicket, subject_of(user.id, &key))),
            },
            None => None,
        };
        let source = self.source.as_deref();
        let (mut admitted, events) = admit(change, tools, Action::Check, user.id, key, source, now)?;
        if let Some(admitted) = &mut admitted {
            admitted.aim = self.aim;
            match (ticket, emergency) {
                (Some((ticket, pending)), _) => {
                    change.use_ticket(&ticket)?;
                    admitted.follows = Some(pending);
                }
                (None, Some(list)) => {
                    let codes = change.read().emergency_codes(list.id)?;
                    admitted.emergency = Some(Offer { list, codes });
                }
                (None, None) => {}
            }
        }
        Ok((admitted, events))
    }

    /// Finds the user and the key that answers for him: the one in use, or a lost one in whose place he has an emergency list.
    ///
    /// An emergency code opens the door and nothing else: who wants another PIN needs his key.
    fn find(&self, change: &Change<'_>, vault: &Vault, now: UtcTime) -> Result<Found, Error> {
        let view = change.read();
        let Some(user) = view.user(&self.login)? else {
            let unknown_login = Some(vault.hash_unknown_login(&self.login.folded()));
            return Ok(Err((Reason::UnknownUser, Subject { unknown_login, ..Subject::default() })));
        };
        let subject = Subject { user: Some(user.id), ..Subject::default() };
        if !user.enabled {
            return Ok(Err((Reason::UserDisabled, subject)));
        }
        let list = view.emergency_of_user(user.id)?.filter(|list| list.is_live(now) && self.aim == Aim::Enter);
        let owned = view.key_of_user(user.id)?;
        if let Some(key) = owned.as_ref().filter(|key| key.state == State::Active) {
            let list = list.filter(|list| list.key == key.row);
            return Ok(Ok((user, key.clone(), list)));
        }
        let lost = list.as_ref().map(|list| view.key(&list.serial)).transpose()?.flatten();
        let is_his = |key: &Key| key.holder.as_ref().is_some_and(|holder| holder.user == user.id);
        match (lost.filter(|key| key.state == State::Lost && is_his(key)), owned) {
            (Some(key), _) => Ok(Ok((user, key, list))),
            (None, Some(key)) => Ok(Err((Reason::NoActiveKey, subject_of(user.id, &key)))),
            (None, None) => Ok(Err((Reason::NoActiveKey, subject))),
        }
    }
}

/// Counts an attempt for a key, unless a wait is on.
pub(in crate::ops) fn admit(
    change: &Change<'_>,
    tools: Tools<'_>,
    action: Action,
    user: UserId,
    key: Key,
    source: Option<&str>,
    now: UtcTime,
) -> Result<(Option<Admitted>, Events), Error> {
    let counted = Counted::Key(key.row);
    let subject = subject_of(user, &key);
    let mut events = Events::owed_by_open_attempt();
    let mut key = key;
    if key.pin.falls_back(now) {
        change.bring_former_pin_back(key.row)?;
        let event = Event::new(Action::PinSet, Outcome::Done).because("former-pin-back");
        events = events.and(event.about(subject.clone()));
        key = change.read().key(&key.serial)?.unwrap_or(key);
    }
    let event = |reason| Event::new(action, Outcome::Refused).because(reason).about(subject.clone());
    let abandoned = change.settle_abandoned(counted, now)?;
    if abandoned > 0 {
        events = events.and(event("abandoned").counting(i64::try_from(abandoned).unwrap_or(i64::MAX)));
    }
    let tally = change.read().tally(counted, source, now)?;
    if let Admission::Wait { until } = throttle::admit(&tally, now, source.is_some()) {
        if change.turn_away(counted, source, until)? {
            events = events.and(event(Reason::Waiting.name()));
        }
        return Ok((None, events));
    }
    let turned_away = change.end_waits(counted, source)?;
    if turned_away > 0 {
        events = events.and(event(Reason::Waiting.name()).counting(turned_away));
    }
    let attempt = change.open_attempt(counted, source, false, now)?;
    let secrets = change.read().secrets(key.row)?;
    let standing = stand(change, &key, &tally, now)?;
    let salt = draw_bytes(tools.random)?;
    let admitted = Admitted {
        user,
        key,
        secrets,
        standing,
        attempt,
        follows: None,
        emergency: None,
        action,
        aim: Aim::Enter,
        salt,
        rehashed: None,
    };
    Ok((Some(admitted), events))
}

fn stand(change: &Change<'_>, key: &Key, tally: &Tally, now: UtcTime) -> Result<Standing, Error> {
    let live = change.read().ticket_of_key(key.row)?.filter(|ticket| is_live(ticket, key, now));
    let pending = live.and_then(|ticket| match ticket.purpose {
        Purpose::NextCode(pending) => Some(pending),
        Purpose::NewPin => None,
    });
    Ok(Standing {
        state: key.state,
        locked: key.lock.is_some(),
        validity: key.validity,
        parameters: key.parameters,
        watermark: key.watermark,
        clockwork: key.clockwork,
        last_accepted_at: key.last_accepted_at,
        pin: key.pin.at(now),
        failures: tally.failures,
        pending,
    })
}

pub(in crate::ops) fn is_live(ticket: &Ticket, key: &Key, now: UtcTime) -> bool {
    ticket.version == key.version && now <= ticket.expires_at
}

type Found = Result<(User, Key, Option<Emergency>), (Reason, Subject)>;

fn find_ticket(
    change: &Change<'_>,
    vault: &Vault,
    text: &str,
    user: &User,
    key: &Key,
    now: UtcTime,
) -> Result<Option<(Ticket, Pending)>, Error> {
    let found = change.read().ticket(&vault.hash_ticket(text.as_bytes()))?;
    Ok(found.filter(|ticket| ticket.key == key.row && ticket.user == user.id && is_live(ticket, key, now)).and_then(
        |ticket| match ticket.purpose {
            Purpose::NextCode(pending) => Some((ticket, pending)),
            Purpose::NewPin => None,
        },
    ))
}

fn turn_away(reason: Reason, subject: Subject) -> (Option<Admitted>, Events) {
    let event = Event::new(Action::Check, Outcome::Refused).because(reason.name()).about(subject);
    (None, Events::one(event))
}

pub(in crate::ops) fn subject_of(user: UserId, key: &Key) -> Subject {
    Subject {
        establishment: key.establishment.clone(),
        user: Some(user),
        serial: Some(key.serial.clone()),
        ..Subject::default()
    }
}
