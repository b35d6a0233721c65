//! Reserve: find the key, see whether an attempt may be made at all, and count it before anything is verified.

use super::super::Error;
use super::super::errand::Tools;
use super::meant::{Candidate, Kept, Meant};
use super::{Aim, Check};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::emergency::{Emergency, Kept as KeptCode};
use crate::key::{Key, State};
use crate::passcode::{Pending, Reason, Standing};
use crate::pin::{Hashed, Owner};
use crate::random::draw_bytes;
use crate::store::{Change, Counted, Purpose, Secrets, Ticket};
use crate::throttle::{self, Admission};
use crate::user::{Login, UserId};
use crate::vault::Vault;
use subtle::ConstantTimeEq;

/// An attempt that is counted and may be verified.
pub(in crate::ops) struct Admitted {
    pub user: UserId,
    pub login: Login,
    pub key: Key,
    pub secrets: Secrets,
    pub standing: Standing,
    /// The PIN that the key is judged by until it has its own.
    pub kept: Option<Kept>,
    /// The key that may be meant as well, while one takes the place of the other.
    pub other: Option<Box<Candidate>>,
    pub attempt: i64,
    /// The row of the key that the attempt was counted for, before it was known which one is meant.
    pub counted: i64,
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
    /// The PIN by which the key was judged, hashed for the key itself: its own from its first acceptance on.
    pub own_pin: Option<Hashed>,
}

/// An emergency list, as it stood when the attempt was counted.
pub(in crate::ops) struct Offer {
    pub list: Emergency,
    pub codes: Vec<KeptCode>,
}

impl Admitted {
    /// Takes the other key for the one that is meant.
    pub fn exchange(&mut self) {
        if let Some(other) = &mut self.other {
            std::mem::swap(&mut self.key, &mut other.key);
            std::mem::swap(&mut self.secrets, &mut other.secrets);
            std::mem::swap(&mut self.standing, &mut other.standing);
            std::mem::swap(&mut self.kept, &mut other.kept);
        }
    }

    /// Takes the key of a ticket for the one that is meant, and no other.
    fn answer_to(&mut self, ticket: &Ticket) {
        if self.key.row != ticket.key {
            self.exchange();
        }
        self.other = None;
        self.own_pin.clone_from(&ticket.pin);
    }

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
        let (meant, emergency) = match self.find(change, tools.vault, now)? {
            Ok(found) => found,
            Err((reason, subject)) => return Ok(turn_away(reason, subject)),
        };
        let ticket = match &self.ticket {
            Some(text) => match find_ticket(change, tools.vault, text, &meant, now)? {
                Some(found) => Some(found),
                None => return Ok(turn_away(Reason::DeadTicket, subject_of(meant.user, &meant.key))),
            },
            None => None,
        };
        let source = self.source.as_deref();
        let (mut admitted, events) = admit(change, tools, Action::Check, meant, source, now)?;
        if let Some(admitted) = &mut admitted {
            admitted.aim = self.aim;
            match (ticket, emergency) {
                (Some((ticket, pending)), _) => {
                    change.use_ticket(&ticket)?;
                    admitted.answer_to(&ticket);
                    // A changed PIN may have lapsed since, by which the key was judged.
                    admitted.follows = Some(pending).filter(|_| is_live(&ticket, &admitted.key, now));
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
        let owned = view.keys_of_user(user.id)?;
        let succession = view.succession_of_user(user.id)?;
        if let Some(meant) = Meant::among((user.id, &self.login), &owned, succession) {
            let list = list.filter(|list| list.key == meant.key.row);
            return Ok(Ok((meant, list)));
        }
        let lost = list.as_ref().map(|list| view.key(&list.serial)).transpose()?.flatten();
        let is_his = |key: &Key| key.holder.as_ref().is_some_and(|holder| holder.user == user.id);
        match (lost.filter(|key| key.state == State::Lost && is_his(key)), owned.first()) {
            (Some(key), _) => Ok(Ok((Meant::this((user.id, self.login.clone()), key), list))),
            (None, Some(key)) => Ok(Err((Reason::NoActiveKey, subject_of(user.id, key)))),
            (None, None) => Ok(Err((Reason::NoActiveKey, subject))),
        }
    }
}

/// Counts an attempt for a key, unless a wait is on: for the first one that may be meant, while what was tried with the other makes it
/// wait too.
pub(in crate::ops) fn admit(
    change: &Change<'_>,
    tools: Tools<'_>,
    action: Action,
    meant: Meant,
    source: Option<&str>,
    now: UtcTime,
) -> Result<(Option<Admitted>, Events), Error> {
    let (user, first) = (meant.user, Counted::Key(meant.key.row));
    let subject = subject_of(user, &meant.key);
    let (meant, mut events) = meant.look_again(change, now)?;
    let event = |reason| Event::new(action, Outcome::Refused).because(reason).about(subject.clone());
    let mut abandoned = change.settle_abandoned(first, now)?;
    if let Some(other) = &meant.other {
        abandoned = abandoned.saturating_add(change.settle_abandoned(Counted::Key(other.row), now)?);
    }
    if abandoned > 0 {
        events = events.and(event("abandoned").counting(i64::try_from(abandoned).unwrap_or(i64::MAX)));
    }
    let own = change.read().tally(first, source, now)?;
    let others = meant.other.as_ref().map(|other| change.read().tally(Counted::Key(other.row), source, now));
    let together = own.and(others.transpose()?.unwrap_or_default());
    if let Admission::Wait { until } = throttle::admit(&together, now, source.is_some()) {
        // Where all sources wait together, they are counted together: each may come from another one.
        let alone = throttle::admit(&together, now, false) == Admission::Wait { until };
        if change.turn_away(first, source.filter(|_| alone), until)? {
            events = events.and(event(Reason::Waiting.name()));
        }
        return Ok((None, events));
    }
    let turned_away = change.end_waits(first, source, now)?;
    if turned_away > 0 {
        events = events.and(event(Reason::Waiting.name()).counting(turned_away));
    }
    let attempt = change.open_attempt(first, source, false, now)?;
    let counted = meant.key.row;
    let (kept, other_kept) = meant.keep_pins(change, now)?;
    let candidate = Candidate::of(change, meant.key, kept, own.failures, now)?;
    // What was tried before it was clear which key is meant counts for the new one too.
    let other =
        meant.other.map(|other| Candidate::of(change, other, other_kept, together.failures, now)).transpose()?;
    let admitted = Admitted {
        user,
        login: meant.login,
        key: candidate.key,
        secrets: candidate.secrets,
        standing: candidate.standing,
        kept: candidate.kept,
        other: other.map(Box::new),
        attempt,
        counted,
        follows: None,
        emergency: None,
        action,
        aim: Aim::Enter,
        salt: draw_bytes(tools.random)?,
        rehashed: None,
        own_pin: None,
    };
    Ok((Some(admitted), events))
}

pub(in crate::ops) fn is_live(ticket: &Ticket, key: &Key, now: UtcTime) -> bool {
    ticket.version == key.version && now <= ticket.expires_at
}

type Found = Result<(Meant, Option<Emergency>), (Reason, Subject)>;

fn find_ticket(
    change: &Change<'_>,
    vault: &Vault,
    text: &str,
    meant: &Meant,
    now: UtcTime,
) -> Result<Option<(Ticket, Pending)>, Error> {
    for key in meant.other.iter().chain([&meant.key]) {
        let found = change.read().ticket_of_key(key.row)?;
        if let Some(ticket) =
            found.filter(|ticket| is_his(vault, ticket, key, meant.user, text) && is_live(ticket, key, now))
            && let Purpose::NextCode(pending) = ticket.purpose
        {
            return Ok(Some((ticket, pending)));
        }
    }
    Ok(None)
}

/// Tells whether a ticket is the one that was typed, and was issued to a user for a key.
pub(in crate::ops) fn is_his(vault: &Vault, ticket: &Ticket, key: &Key, user: UserId, typed: &str) -> bool {
    let owner = Owner { key: key.id, user };
    let hash = vault.hash_ticket(&owner, ticket.purpose.name(), ticket.expires_at, typed.as_bytes());
    ticket.user == user && bool::from(hash.ct_eq(&ticket.hash))
}

fn turn_away(reason: Reason, subject: Subject) -> (Option<Admitted>, Events) {
    // Nothing is counted for which there could be a wait.
    let event = Event::new(Action::Check, Outcome::Refused).because(reason.name()).about(subject).without_bound();
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
