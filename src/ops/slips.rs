//! What the handover slips tell, and the codes that are issued for them.

use super::activations::{Bound, to_be_activated};
use super::directory::Row;
use super::replace::goes_on_with_pin;
use super::rows::AllOrNone;
use super::{Desk, Error, Issued};
use crate::activation::ActivationCode;
use crate::audit::Events;
use crate::establishment::Establishment;
use crate::key::{Key, State};
use crate::store::{KeyFilter, View};
use crate::user::{Login, User};

/// For whom slips are made.
#[derive(Clone, Copy, Debug)]
pub enum Whom<'a> {
    /// For these users, each of whom must have a key.
    These(&'a [Login]),
    /// For all who have been assigned a key that is not active yet, and may log in.
    Waiting,
}

/// A user and the key that he is handed.
#[derive(Clone, Debug)]
pub struct Handover {
    /// The user.
    pub user: User,
    /// The establishment that holds his key, or else the first of his own; of those that exist for the operator.
    pub establishment: Option<Establishment>,
    /// The key.
    pub key: Key,
    /// He goes on with the PIN of the key whose place it takes.
    pub keeps_pin: bool,
}

impl Desk<'_> {
    /// Finds what is handed to whom.
    ///
    /// # Errors
    /// [`Error`] when a user is unknown, disabled, or has no key.
    pub fn handovers(&self, whom: Whom<'_>) -> Result<Vec<Handover>, Error> {
        gather(self.store.read(), whom)
    }

    /// Tells of each row of a list whether a slip can be made for that user; one with a code only while his key waits for it.
    ///
    /// # Errors
    /// [`Error`] of the database; what is wrong with the users is an answer.
    pub fn try_handovers(&self, users: &[Row<Login>], with_code: bool) -> Result<AllOrNone<()>, Error> {
        let mut refused = Vec::new();
        for row in users {
            let judged = handover(self.store.read(), &row.value);
            match judged.and_then(|handover| if with_code { awaits_code(&handover) } else { Ok(()) }) {
                Err(error) if error.is_about_a_row() => refused.push(Row { line: row.line, value: error }),
                judged => judged?,
            }
        }
        Ok(if refused.is_empty() { Ok(users.iter().map(|_| ()).collect()) } else { Err(refused) })
    }

    /// Finds what is handed to whom, and issues an activation code for each: for all of them or for none.
    ///
    /// # Errors
    /// As [`Desk::handovers`], and when a key is in use already.
    pub fn handovers_with_codes(&mut self, whom: Whom<'_>) -> Result<Vec<(Handover, Issued)>, Error> {
        let now = self.now();
        let (vault, random) = (self.vault, self.random);
        let expires_at = now.plus(self.policy.activation_life);
        self.store.change::<_, Error>(now, |change| {
            let mut events = Vec::new();
            let mut issued = Vec::new();
            for handover in gather(change.read(), whom)? {
                awaits_code(&handover)?;
                let (user, key) = (&handover.user, &handover.key);
                let code = ActivationCode::draw(random)?;
                events.push(Bound::of(user, Some(key)).issue(change, vault, &code, expires_at, now)?);
                let (login, serial) = (user.login.clone(), Some(key.serial.clone()));
                issued.push((handover, Issued { login, serial, code, expires_at }));
            }
            Ok((issued, Events::all(events)))
        })
    }
}

fn gather(view: View<'_>, whom: Whom<'_>) -> Result<Vec<Handover>, Error> {
    match whom {
        Whom::These(logins) => logins.iter().map(|login| handover(view, login)).collect(),
        Whom::Waiting => {
            let filter = KeyFilter { state: Some(State::Assigned), ..KeyFilter::default() };
            let mut waiting = Vec::new();
            for key in view.keys(&filter)? {
                let user = key.holder.as_ref().map(|holder| view.user(&holder.login)).transpose()?.flatten();
                if let Some(user) = user.filter(|user| user.enabled) {
                    waiting.push(complete(view, user, key)?);
                }
            }
            Ok(waiting)
        }
    }
}

fn awaits_code(handover: &Handover) -> Result<(), Error> {
    let (login, key) = (&handover.user.login, &handover.key);
    match key.state {
        State::Assigned => Ok(()),
        state => Err(Error::UserHasKey { login: login.clone(), serial: key.serial.clone(), state }),
    }
}

fn handover(view: View<'_>, login: &Login) -> Result<Handover, Error> {
    let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
    if !user.enabled {
        return Err(Error::UserDisabled(user.login));
    }
    let key = to_be_activated(view, &user)?.ok_or_else(|| Error::UserHasNoKey(user.login.clone()))?;
    complete(view, user, key)
}

fn complete(view: View<'_>, user: User, key: Key) -> Result<Handover, Error> {
    let establishment = place_of_handover(view, &user, Some(&key))?;
    let keeps_pin = goes_on_with_pin(view, &key)?;
    Ok(Handover { user, establishment, key, keeps_pin })
}

/// Finds the establishment where a user is handed his key: the one that holds it, or else the first of his own.
pub(super) fn place_of_handover(
    view: View<'_>,
    user: &User,
    key: Option<&Key>,
) -> Result<Option<Establishment>, Error> {
    let mut named = key.and_then(|key| key.establishment.as_ref()).into_iter().chain(&user.establishments);
    Ok(named.find_map(|uai| view.establishment(uai).transpose()).transpose()?)
}
