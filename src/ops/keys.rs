//! Giving keys to users, and unlocking them.

use super::check::subject_of;
use super::directory::{Planned, Row};
use super::rows::AllOrNone;
use super::vouch::give_key;
use super::{Desk, Error};
use crate::activation::State as CodeState;
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::key::{Key, Life, Remedy, Serial, State, Transition};
use crate::store::{Change, View};
use crate::user::{Login, User};
use crate::vault::Vault;

/// A key, and the user who is to have it.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The key.
    pub serial: Serial,
    /// The user.
    pub login: Login,
}

impl Desk<'_> {
    /// Assigns a key in stock to a user who has none.
    ///
    /// # Errors
    /// [`Error`], with the state that forbids it.
    pub fn assign_key(&mut self, serial: &Serial, login: &Login) -> Result<(Serial, Login), Error> {
        let (now, vault) = (self.now(), self.vault);
        let wanted = Assignment { serial: serial.clone(), login: login.clone() };
        self.store.change(now, |change| {
            let (key, user) = find_both(change.read(), &wanted)?;
            let event = assign(change, vault, &key, &user, now)?;
            Ok(((key.serial, user.login), Events::one(event)))
        })
    }

    /// Assigns keys in stock to users who have none, all or none; a key that its user has already stays his. As a trial, all
    /// is done and taken back.
    ///
    /// # Errors
    /// [`Error`]; what is wrong with the rows is an answer.
    pub fn assign_keys(&mut self, rows: &[Row<Assignment>], is_trial: bool) -> Result<AllOrNone<Planned>, Error> {
        let (now, vault) = (self.now(), self.vault);
        self.store.expect_many_rows()?;
        self.each(rows, is_trial, |change, wanted| {
            let (key, user) = find_both(change.read(), wanted)?;
            if is_his(&key, &user) {
                return Ok((Planned::Identical, Vec::new()));
            }
            Ok((Planned::Added, vec![assign(change, vault, &key, &user, now)?]))
        })
    }

    /// Clears the failures of keys and lifts their locks, all or none; gives each with whether it was locked. The watermarks
    /// stay. As a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`]; what is wrong with the keys is an answer.
    pub fn unlock_keys(&mut self, keys: &[Row<Serial>], is_trial: bool) -> Result<AllOrNone<(Serial, bool)>, Error> {
        let now = self.now();
        self.each(keys, is_trial, |change, serial| {
            let key = find(change.read(), serial)?;
            change.set_lock(key.row, None)?;
            change.forgive_attempts(key.row, now)?;
            let event = Event::new(Action::KeyUnlock, Outcome::Done).about(about(&key));
            Ok(((key.serial, key.lock.is_some()), vec![event]))
        })
    }
}

fn find_both(view: View<'_>, wanted: &Assignment) -> Result<(Key, User), Error> {
    let key = find(view, &wanted.serial)?;
    let user = view.user(&wanted.login)?.ok_or_else(|| Error::UnknownUser(wanted.login.clone()))?;
    Ok((key, user))
}

/// Tells whether a user has a key, be it in use or not yet.
fn is_his(key: &Key, user: &User) -> bool {
    let has = matches!(key.state, State::Assigned | State::Active | State::Suspended);
    has && key.holder.as_ref().is_some_and(|holder| holder.user == user.id)
}

fn assign(change: &Change<'_>, vault: &Vault, key: &Key, user: &User, now: UtcTime) -> Result<Event, Error> {
    if !user.enabled {
        return Err(Error::UserDisabled(user.login.clone()));
    }
    if let Some(owned) = change.read().key_of_user(user.id)?.filter(|owned| owned.row != key.row) {
        return Err(Error::UserHasKey { login: user.login.clone(), serial: owned.serial, state: owned.state });
    }
    let state = assignable(key, user)?;
    is_promised_to_nobody_else(change.read(), key, user, now)?;
    give_key(change, vault, key, user, state, now)?;
    Ok(Event::new(Action::KeyAssign, Outcome::Done).about(subject_of(user.id, key)))
}

/// Decides whether a key can become a user's: in stock, and of one of his establishments if one holds it.
pub(super) fn assignable(key: &Key, user: &User) -> Result<State, Error> {
    let assigned = become_of(key, Transition::Assign)?.state;
    match &key.establishment {
        Some(uai) if !user.establishments.contains(uai) => {
            Err(Error::KeyHeldElsewhere { serial: key.serial.clone(), establishment: uai.clone() })
        }
        _ => Ok(assigned),
    }
}

/// Finds who has a live activation code for a key.
pub(super) fn promised_to(view: View<'_>, key: &Key, now: UtcTime) -> Result<Option<Login>, Error> {
    let mut codes = view.activations_of_key(key.row)?.into_iter();
    Ok(codes.find(|code| code.state_at(now) == CodeState::Live).map(|code| code.login))
}

/// A key for which somebody has a live activation code is given to nobody else.
pub(super) fn is_promised_to_nobody_else(view: View<'_>, key: &Key, user: &User, now: UtcTime) -> Result<(), Error> {
    match promised_to(view, key, now)? {
        Some(login) if login != user.login => Err(Error::KeyPromised { serial: key.serial.clone(), login }),
        _ => Ok(()),
    }
}

/// Leaves out of a key what lies beyond the scope: which establishment holds one that came within it with its user. The two ends
/// of a parcel know each other.
pub(super) fn as_seen(view: View<'_>, key: Key) -> Key {
    let is_parcel = key.shipment.is_some();
    let establishment = key.establishment.filter(|uai| is_parcel || view.covers(uai));
    Key { establishment, ..key }
}

pub(super) fn find(view: View<'_>, serial: &Serial) -> Result<Key, Error> {
    view.key(serial)?.ok_or_else(|| Error::UnknownKey(serial.clone()))
}

/// Gives what a key becomes by what happens to it, or why that may not be, with what would help.
pub(super) fn become_of(key: &Key, transition: Transition) -> Result<Life, Error> {
    key.life().after(transition).map_err(|refused| match &key.shipment {
        Some(shipment) => Error::KeyOnItsWay { serial: key.serial.clone(), to: shipment.to.clone() },
        None => refuse(key, Some(refused.remedy)),
    })
}

/// Refuses what the PIN of a key that came back with a backup would open, by itself or by another key, before somebody has looked.
pub(super) fn is_not_held(key: &Key) -> Result<(), Error> {
    let serial = key.serial.clone();
    key.held_since.map_or(Ok(()), |_| Err(Error::KeyHeld { serial }))
}

pub(super) fn in_state(key: &Key) -> Error {
    refuse(key, None)
}

pub(super) fn refuse(key: &Key, remedy: Option<Remedy>) -> Error {
    let holder = key.holder.as_ref().map(|holder| holder.login.clone());
    Error::KeyInState { serial: key.serial.clone(), present: key.state, holder, remedy }
}

pub(super) fn about(key: &Key) -> Subject {
    Subject {
        establishment: key.establishment.clone(),
        user: key.holder.as_ref().map(|holder| holder.user),
        serial: Some(key.serial.clone()),
        ..Subject::default()
    }
}
