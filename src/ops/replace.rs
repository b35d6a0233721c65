//! Giving users another key in the place of the one that they have, or lost.

use super::check::subject_of;
use super::directory::Row;
use super::keys::{assignable, find, in_state, is_not_held, is_promised_to_nobody_else, refuse};
use super::rows::{AllOrNone, Done};
use super::vouch::{give_key, vouch_for};
use super::{Desk, Error};
use crate::audit::{Action, Event, Outcome};
use crate::clock::UtcTime;
use crate::key::{Key, Remedy, Serial, State, Succession};
use crate::pin;
use crate::store::{Change, View};
use crate::user::{Login, User};
use crate::vault::Vault;

/// Two keys, the second in the place of the first.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The key that a user has.
    pub old: Serial,
    /// The key that takes its place.
    pub new: Serial,
}

/// A key that takes the place of another one.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// Whose they are.
    pub login: Login,
    /// The key that is replaced.
    pub old: Serial,
    /// Its state: it goes on until the first acceptance of the new one, if it is in use.
    pub old_state: State,
    /// The key that takes its place.
    pub new: Serial,
    /// The user goes on with his PIN.
    pub keeps_pin: bool,
}

impl Desk<'_> {
    /// Assigns keys to the users of others, in their places, all or none; as a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`] of the database; what is wrong with the keys is an answer.
    pub fn replace_keys(
        &mut self,
        exchanges: &[Row<Exchange>],
        keeps_pin: bool,
        is_trial: bool,
    ) -> Result<AllOrNone<Replaced>, Error> {
        let (now, vault) = (self.now(), self.vault);
        self.each(exchanges, is_trial, |change, exchange| replace(change, vault, exchange, keeps_pin, now))
    }

    /// Finds the replacement of a user's key that is open.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open_replacement(&self, user: &User) -> Result<Option<Succession>, Error> {
        let view = self.store.read();
        seen(view, view.succession_of_user(user.id)?)
    }
}

fn replace(
    change: &Change<'_>,
    vault: &Vault,
    exchange: &Exchange,
    keeps_pin: bool,
    now: UtcTime,
) -> Result<Done<Replaced>, Error> {
    let view = change.read();
    let old = find(view, &exchange.old)?;
    let new = find(view, &exchange.new)?;
    if old.row == new.row {
        return Err(Error::ReplacesItself(old.serial));
    }
    let holder = old.holder.clone().ok_or_else(|| Error::NobodyToReplaceFor(old.serial.clone()))?;
    let user = view.user(&holder.login)?.ok_or(Error::UnknownUser(holder.login))?;
    if !user.enabled {
        return Err(Error::UserDisabled(user.login));
    }
    is_free_to_be_replaced(change, &user, &old, &new)?;
    if keeps_pin {
        has_pin_to_keep(&user, &old, now)?;
    }
    let state = assignable(&new, &user)?;
    is_promised_to_nobody_else(view, &new, &user, now)?;
    // What nobody vouches for is not handed on.
    vouch_for(vault, (user.id, &user.login), (&old, &view.secrets(old.row)?), now)?;
    give_key(change, vault, &new, &user, state, now)?;
    change.open_succession(old.row, new.row, keeps_pin, now)?;
    let assigned = Event::new(Action::KeyAssign, Outcome::Done).because("in-place-of-another");
    let opened = Event::new(Action::KeyReplace, Outcome::Done);
    let opened = if keeps_pin { opened.because("keep-pin") } else { opened };
    let told = vec![opened.about(subject_of(user.id, &old)), assigned.about(subject_of(user.id, &new))];
    let (old, old_state) = (old.serial, old.state);
    Ok((Replaced { login: user.login, old, old_state, new: new.serial, keeps_pin }, told))
}

/// A key that was used, or lost, can have another one in its place, but one at a time and in place of no other.
fn is_free_to_be_replaced(change: &Change<'_>, user: &User, old: &Key, new: &Key) -> Result<(), Error> {
    let view = change.read();
    if let Some(open) = view.succession_of_user(user.id)? {
        return Err(Error::ReplacementOpen { login: user.login.clone(), old: open.old_serial, new: open.new_serial });
    }
    match old.state {
        // Its user never had it in use, and has none now.
        State::Lost if old.before_loss == Some(State::Assigned) => {
            return Err(Error::LostBeforeUse { login: user.login.clone(), serial: old.serial.clone() });
        }
        State::Active | State::Suspended | State::Lost => {}
        // It goes back to stock, and another one is assigned.
        State::Assigned => return Err(refuse(old, Some(Remedy::TakeBack))),
        State::Stock | State::Retired => return Err(in_state(old)),
    }
    let is_another = |owned: &Key| owned.row != old.row && owned.row != new.row;
    if let Some(owned) = view.keys_of_user(user.id)?.into_iter().find(is_another) {
        return Err(Error::UserHasKey { login: user.login.clone(), serial: owned.serial, state: owned.state });
    }
    Ok(())
}

/// Leaves out a replacement of which one key does not exist for the operator.
pub(super) fn seen(view: View<'_>, open: Option<Succession>) -> Result<Option<Succession>, Error> {
    let Some(open) = open else { return Ok(None) };
    let is_seen = view.key(&open.old_serial)?.is_some() && view.key(&open.new_serial)?.is_some();
    Ok(Some(open).filter(|_| is_seen))
}

/// Tells whether a key goes on with the PIN of the one whose place it takes.
pub(super) fn goes_on_with_pin(view: View<'_>, key: &Key) -> Result<bool, Error> {
    let open = view.succession_with(key.row)?;
    Ok(open.is_some_and(|open| open.keeps_pin && open.new == key.row))
}

/// What another key goes on with is a PIN that its user has used.
fn has_pin_to_keep(user: &User, old: &Key, now: UtcTime) -> Result<(), Error> {
    is_not_held(old)?;
    match old.pin.at(now) {
        pin::Standing::None { .. } | pin::Standing::Provisional { .. } => {
            Err(Error::NoPinToKeep { login: user.login.clone(), serial: old.serial.clone() })
        }
        pin::Standing::Changed { .. } | pin::Standing::Set if old.lock.is_some() => {
            Err(Error::KeyLocked { serial: old.serial.clone() })
        }
        pin::Standing::Changed { .. } | pin::Standing::Set => Ok(()),
    }
}
