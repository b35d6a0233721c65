//! Issuing activation codes and withdrawing them.

use super::check::subject_of;
use super::directory::Row;
use super::keys::{assignable, is_promised_to_nobody_else};
use super::rows::AllOrNone;
use super::{Desk, Error};
use crate::activation::{Activation, ActivationCode, State as CodeState};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::key::{Key, KeyId, Serial, State};
use crate::store::{Change, NewActivation, View};
use crate::user::{Login, User, UserId};
use crate::vault::Vault;

/// A code that was just issued: the only time that it can be read.
#[derive(Debug)]
pub struct Issued {
    /// Whose it is.
    pub login: Login,
    /// The key it is bound to.
    pub serial: Option<Serial>,
    /// The code: a secret.
    pub code: ActivationCode,
    /// Its last moment.
    pub expires_at: UtcTime,
}

impl Desk<'_> {
    /// Issues an activation code for a user, bound to the key he has been assigned, or to one that is named.
    ///
    /// # Errors
    /// [`Error`] when the user may not log in, has a key in use, or the key that is named can not become his.
    pub fn issue_activation(&mut self, login: &Login, serial: Option<&Serial>) -> Result<Issued, Error> {
        let now = self.now();
        let code = ActivationCode::draw(self.random)?;
        let vault = self.vault;
        let expires_at = now.plus(self.policy.activation_life);
        let (login, serial) = self.store.change::<_, Error>(now, |change| {
            let view = change.read();
            let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
            if !user.enabled {
                return Err(Error::UserDisabled(user.login));
            }
            let key = choose_key(view, &user, serial, now)?;
            let event = Bound::of(&user, key.as_ref()).issue(change, vault, &code, expires_at, now)?;
            Ok(((user.login, key.map(|key| key.serial)), Events::one(event)))
        })?;
        Ok(Issued { login, serial, code, expires_at })
    }

    /// Withdraws the live codes of users, all or none. As a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`]; what is wrong with the users is an answer, as that one has no code.
    pub fn revoke_activations(&mut self, users: &[Row<Login>], is_trial: bool) -> Result<AllOrNone<Login>, Error> {
        let now = self.now();
        self.each(users, is_trial, |change, login| {
            let view = change.read();
            let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
            let Some(code) = live_code(view, user.id, now)? else {
                return Err(Error::NoLiveActivation(user.login));
            };
            change.end_activation(code.id, CodeState::Revoked)?;
            let subject = Subject { user: Some(user.id), serial: code.serial, ..Subject::default() };
            let event = Event::new(Action::ActivationRevoke, Outcome::Done).about(subject).counting(code.id);
            Ok((user.login, vec![event]))
        })
    }
}

/// What a new code is bound to.
pub(super) struct Bound {
    user: UserId,
    login: Login,
    /// The key, by row and by id, if it is bound to one.
    key: Option<(i64, KeyId)>,
    subject: Subject,
    action: Action,
}

impl Bound {
    /// Binds a code to a user, and perhaps to a key.
    pub(super) fn of(user: &User, key: Option<&Key>) -> Self {
        let subject = match key {
            Some(key) => subject_of(user.id, key),
            None => Subject { user: Some(user.id), ..Subject::default() },
        };
        Self {
            user: user.id,
            login: user.login.clone(),
            key: key.map(|key| (key.row, key.id)),
            subject,
            action: Action::ActivationNew,
        }
    }

    /// Tells of it that the code was issued elsewhere.
    pub(super) fn issued_elsewhere(self) -> Self {
        Self { action: Action::ActivationImport, ..self }
    }

    /// Keeps the hash of a code, and gives the event that tells of it.
    pub(super) fn issue(
        self,
        change: &Change<'_>,
        vault: &Vault,
        code: &ActivationCode,
        expires_at: UtcTime,
        now: UtcTime,
    ) -> Result<Event, Error> {
        let hash = vault.hash_activation_code(self.user, &self.login, code.expose());
        let seal = vault.seal_activation(&hash, self.key.map(|(_, id)| id), expires_at);
        let new = NewActivation { user: self.user, key: self.key.map(|(row, _)| row), hash, expires_at, seal };
        let id = change.add_activation(&new, now)?;
        Ok(Event::new(self.action, Outcome::Done).about(self.subject).counting(id))
    }
}

/// Finds the live code of a user.
pub(super) fn live_code(view: View<'_>, user: UserId, now: UtcTime) -> Result<Option<Activation>, Error> {
    let latest = view.latest_activation(user)?.map(|(code, _)| code);
    Ok(latest.filter(|code| code.state_at(now) == CodeState::Live))
}

/// Finds the key that a new code is bound to: the one that the user was assigned, or the one named, which must be his or in
/// stock within his reach.
pub(super) fn choose_key(
    view: View<'_>,
    user: &User,
    named: Option<&Serial>,
    now: UtcTime,
) -> Result<Option<Key>, Error> {
    if let Some(owned) = to_be_activated(view, user)? {
        let is_named = named.is_none_or(|serial| *serial == owned.serial);
        if owned.state == State::Assigned && is_named {
            return Ok(Some(owned));
        }
        return Err(Error::UserHasKey { login: user.login.clone(), serial: owned.serial, state: owned.state });
    }
    let Some(serial) = named else {
        return Ok(None);
    };
    let key = view.key(serial)?.ok_or_else(|| Error::UnknownKey(serial.clone()))?;
    assignable(&key, user)?;
    is_promised_to_nobody_else(view, &key, user, now)?;
    Ok(Some(key))
}

/// Finds the key that a user has to activate, or else the one that he has: while one takes the place of another, it is the new one.
pub(super) fn to_be_activated(view: View<'_>, user: &User) -> Result<Option<Key>, Error> {
    let owned = view.keys_of_user(user.id)?;
    let waiting = owned.iter().position(|key| key.state == State::Assigned).unwrap_or_default();
    Ok(owned.into_iter().nth(waiting))
}
