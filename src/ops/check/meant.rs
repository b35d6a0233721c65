//! Which key a code is of: a user has one, or two while one takes the place of the other. Then either may be meant, and each is
//! judged by its own codes, but both make wait, so that nothing is gained by having two.

use super::super::Error;
use super::reserve::{is_live, subject_of};
use crate::audit::{Action, Event, Events, Outcome};
use crate::clock::UtcTime;
use crate::key::{CredentialVersion, Key, State, Succession};
use crate::passcode::Standing;
use crate::pin::{self, Hashed, Owner};
use crate::store::{Change, Purpose, Secrets};
use crate::user::{Login, UserId};

/// Whose code it is, as far as can be told before it is looked at.
pub(in crate::ops) struct Meant {
    pub user: UserId,
    /// The login that was asked for.
    pub login: Login,
    /// The key; of two the one that is replaced, for which attempts are counted until it is clear which one is meant.
    pub key: Key,
    /// The key that takes its place.
    pub other: Option<Key>,
    /// The replacement that is open.
    succession: Option<Succession>,
}

/// A key that may be meant, as it stood when the attempt was counted.
pub(in crate::ops) struct Candidate {
    pub key: Key,
    pub secrets: Secrets,
    pub standing: Standing,
    pub kept: Option<Kept>,
}

/// The PIN of a key that is replaced, by which the one that takes its place is judged.
pub(in crate::ops) struct Kept {
    /// The row of the key that is replaced.
    pub old: i64,
    /// What it could open.
    pub version: CredentialVersion,
    /// Whose PIN it is.
    pub owner: Owner,
    /// The PIN.
    pub pin: Hashed,
    standing: pin::Standing,
    is_locked: bool,
    is_held: bool,
}

impl Meant {
    /// Takes one key alone.
    pub fn this((user, login): (UserId, Login), key: Key) -> Self {
        Self { user, login, key, other: None, succession: None }
    }

    /// Finds the keys that answer for a user among those that he has, the one that is replaced first.
    pub fn among((user, login): (UserId, &Login), owned: &[Key], succession: Option<Succession>) -> Option<Self> {
        let is_new = |key: &Key| succession.as_ref().is_some_and(|succession| succession.new == key.row);
        let mut active: Vec<&Key> = owned.iter().filter(|key| key.state == State::Active).collect();
        // One that is locked or held answers nothing, and does not keep the other one from answering.
        let answers = |key: &&Key| key.lock.is_none() && key.held_since.is_none();
        if active.iter().any(answers) {
            active.retain(answers);
        }
        let mut active = active.into_iter().cloned();
        let key = active.next()?;
        let other = active.next().filter(is_new);
        Some(Self { user, login: login.clone(), key, other, succession })
    }

    /// Brings back the PIN of before where a changed one was not used in time.
    pub fn look_again(mut self, change: &Change<'_>, now: UtcTime) -> Result<(Self, Events), Error> {
        let mut events = Events::owed_by_open_attempt();
        for key in [Some(&mut self.key), self.other.as_mut()].into_iter().flatten() {
            if let Some(told) = bring_pin_back(change, self.user, key, now)? {
                events = events.and(told);
            }
        }
        // The key that is replaced may be lost, and keeps its PIN.
        if let Some(mut old) = self.predecessor(change)?
            && let Some(told) = bring_pin_back(change, self.user, &mut old, now)?
        {
            events = events.and(told);
        }
        Ok((self, events))
    }

    /// Finds the PINs by which the two keys are judged that have none of their own.
    pub fn keep_pins(&self, change: &Change<'_>, now: UtcTime) -> Result<(Option<Kept>, Option<Kept>), Error> {
        let keep = |key: &Key| self.keep_pin(change, key, now);
        Ok((keep(&self.key)?, self.other.as_ref().map(keep).transpose()?.flatten()))
    }

    fn keep_pin(&self, change: &Change<'_>, key: &Key, now: UtcTime) -> Result<Option<Kept>, Error> {
        let is_new = self.succession.as_ref().is_some_and(|succession| succession.new == key.row);
        if !is_new || !key.pin.at(now).is_none() {
            return Ok(None);
        }
        let Some(old) = self.predecessor(change)? else { return Ok(None) };
        let standing = old.pin.at(now);
        let is_in_force = matches!(standing, pin::Standing::Set | pin::Standing::Changed { .. });
        let pin = change.read().secrets(old.row)?.pin.filter(|_| is_in_force);
        Ok(pin.map(|pin| Kept {
            old: old.row,
            version: old.version,
            owner: Owner { key: old.id, user: self.user },
            pin,
            standing,
            is_locked: old.lock.is_some(),
            is_held: old.held_since.is_some(),
        }))
    }

    /// Finds the key whose PIN goes on with another one.
    fn predecessor(&self, change: &Change<'_>) -> Result<Option<Key>, Error> {
        let keeps = self.succession.as_ref().filter(|succession| succession.keeps_pin);
        Ok(keeps.map(|succession| change.read().key(&succession.old_serial)).transpose()?.flatten())
    }
}

impl Candidate {
    pub fn of(change: &Change<'_>, key: Key, kept: Option<Kept>, failures: u32, now: UtcTime) -> Result<Self, Error> {
        let secrets = change.read().secrets(key.row)?;
        let live = change.read().ticket_of_key(key.row)?.filter(|ticket| is_live(ticket, &key, now));
        let pending = live.and_then(|ticket| match ticket.purpose {
            Purpose::NextCode(pending) => Some(pending),
            Purpose::NewPin => None,
        });
        let standing = Standing {
            state: key.state,
            locked: key.lock.is_some() || kept.as_ref().is_some_and(|kept| kept.is_locked),
            held: key.held_since.is_some() || kept.as_ref().is_some_and(|kept| kept.is_held),
            validity: key.validity,
            parameters: key.parameters,
            watermark: key.watermark,
            clockwork: key.clockwork,
            last_accepted_at: key.last_accepted_at,
            pin: kept.as_ref().map_or_else(|| key.pin.at(now), |kept| kept.standing),
            failures,
            asks_twice: key.asks_twice,
            pending,
        };
        Ok(Self { key, secrets, standing, kept })
    }
}

/// Puts the former PIN of a key in the place of a changed one that was not used in time; gives the event that tells of it.
fn bring_pin_back(change: &Change<'_>, user: UserId, key: &mut Key, now: UtcTime) -> Result<Option<Event>, Error> {
    if !key.pin.falls_back(now) {
        return Ok(None);
    }
    change.bring_former_pin_back(key.row)?;
    let event = Event::new(Action::PinSet, Outcome::Done).because("former-pin-back").about(subject_of(user, key));
    if let Some(present) = change.read().key(&key.serial)? {
        *key = present;
    }
    Ok(Some(event))
}
