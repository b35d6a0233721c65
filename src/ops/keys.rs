//! Giving keys to users, and unlocking them.

use super::check::subject_of;
use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::key::{Key, Life, Remedy, Serial, Transition};
use crate::store::View;
use crate::user::{Login, User};

impl Desk<'_> {
    /// Assigns a key in stock to a user who has none.
    ///
    /// # Errors
    /// [`Error`], with the state that forbids it.
    pub fn assign_key(&mut self, serial: &Serial, login: &Login) -> Result<(Serial, Login), Error> {
        let now = self.now();
        self.store.change(now, |change| {
            let view = change.read();
            let key = find(view, serial)?;
            let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
            if !user.enabled {
                return Err(Error::UserDisabled(user.login));
            }
            if let Some(owned) = view.key_of_user(user.id)?.filter(|owned| owned.row != key.row) {
                return Err(Error::UserHasKey { login: user.login, serial: owned.serial, state: owned.state });
            }
            let state = assignable(&key, &user)?;
            change.give_key(key.row, key.version, user.id, state, now)?;
            let event = Event::new(Action::KeyAssign, Outcome::Done).about(subject_of(user.id, &key));
            Ok(((key.serial, user.login), Events::one(event)))
        })
    }

    /// Clears the failures of keys and lifts their locks, all or none. The watermarks stay.
    ///
    /// # Errors
    /// [`Error`] when one is unknown.
    pub fn unlock_keys(&mut self, serials: &[Serial]) -> Result<Vec<(Serial, bool)>, Error> {
        let now = self.now();
        self.store.change(now, |change| {
            let mut events = Vec::new();
            let mut unlocked = Vec::new();
            for serial in serials {
                let key = find(change.read(), serial)?;
                change.set_lock(key.row, None)?;
                change.forgive_attempts(key.row, now)?;
                events.push(Event::new(Action::KeyUnlock, Outcome::Done).about(about(&key)));
                unlocked.push((key.serial, key.lock.is_some()));
            }
            Ok((unlocked, Events::all(events)))
        })
    }
}

/// Decides whether a key can become a user's: in stock, and of one of his establishments if one holds it.
pub(super) fn assignable(key: &Key, user: &User) -> Result<crate::key::State, Error> {
    let assigned = become_of(key, Transition::Assign)?.state;
    match &key.establishment {
        Some(uai) if !user.establishments.contains(uai) => {
            Err(Error::KeyHeldElsewhere { serial: key.serial.clone(), establishment: uai.clone() })
        }
        _ => Ok(assigned),
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
