//! Emergency lists: issuing them, withdrawing them, and their end when they are not needed any more.

use super::check::subject_of;
use super::keys::{is_not_held, refuse};
use super::move_keys::{Deed, Moved, move_key};
use super::{Desk, Each, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::emergency::{Days, Emergency, EmergencyCode, State as ListState};
use crate::key::{Key, Remedy, Serial, State};
use crate::pin::{self, Owner};
use crate::random::Random;
use crate::store::{Change, NewEmergency, View};
use crate::user::{Login, User};
use crate::vault::Vault;

/// A list that was just issued: the only time that its codes can be read.
#[derive(Debug)]
pub struct IssuedEmergency {
    /// Whose it is.
    pub login: Login,
    /// The key in whose place it is.
    pub serial: Serial,
    /// The codes: secrets.
    pub codes: Vec<EmergencyCode>,
    /// Their last moment.
    pub expires_at: UtcTime,
}

/// Codes that were drawn and are nobody's yet.
struct Drawn {
    codes: Vec<EmergencyCode>,
    expires_at: UtcTime,
}

impl Drawn {
    fn draw(random: &dyn Random, days: Days, now: UtcTime) -> Result<Self, Error> {
        Ok(Self { codes: EmergencyCode::draw_list(random)?, expires_at: now.plus(days.span()) })
    }

    /// Keeps the hashes of the codes for a user, in place of a key whose PIN he has; gives the event that tells of it.
    fn issue(
        &self,
        change: &Change<'_>,
        vault: &Vault,
        issued_by: &str,
        (user, key): (&User, &Key),
        now: UtcTime,
    ) -> Result<Event, Error> {
        let owner = Owner { key: key.id, user: user.id };
        let hash = |code: &EmergencyCode| vault.hash_emergency_code(&owner, self.expires_at, code.expose());
        let hashes: Vec<[u8; 32]> = self.codes.iter().map(hash).collect();
        let former = change.read().emergency_of_user(user.id)?.filter(|list| list.is_live(now));
        let expires_at = self.expires_at;
        let new = NewEmergency { user: user.id, key: key.row, issued_by, hashes: &hashes, expires_at };
        let id = change.add_emergency(&new, now)?;
        let event = Event::new(Action::EmergencyNew, Outcome::Done).about(subject_of(user.id, key)).counting(id);
        Ok(if former.is_some() { event.because("in-place-of-former") } else { event })
    }

    fn shown(self, login: Login, serial: Serial) -> IssuedEmergency {
        IssuedEmergency { login, serial, codes: self.codes, expires_at: self.expires_at }
    }
}

impl Desk<'_> {
    /// Issues an emergency list for a user, in place of his key, or of the one that he lost; it is good for some days, and his
    /// former one ends.
    ///
    /// # Errors
    /// [`Error`] when the user may not log in, has no key with a PIN that is in force, or it is stopped otherwise.
    pub fn issue_emergency(&mut self, login: &Login, days: Days) -> Result<IssuedEmergency, Error> {
        let now = self.now();
        let drawn = Drawn::draw(self.random, days, now)?;
        let (vault, issued_by) = (self.vault, self.store.operator().name.clone());
        let (login, serial) = self.store.change::<_, Error>(now, |change| {
            let user = find_enabled(change.read(), login)?;
            let key = choose_key(change.read(), &user)?;
            has_pin_in_force(&user, &key, now)?;
            let event = drawn.issue(change, vault, &issued_by, (&user, &key), now)?;
            Ok(((user.login, key.serial), Events::one(event)))
        })?;
        Ok(drawn.shown(login, serial))
    }

    /// Declares a key lost and issues an emergency list for its user, both or neither.
    ///
    /// # Errors
    /// As [`Desk::issue_emergency`]; when the key is nobody's, or its state forbids it.
    pub fn lose_key_with_emergency(&mut self, serial: &Serial, days: Days) -> Result<(Moved, IssuedEmergency), Error> {
        let now = self.now();
        let drawn = Drawn::draw(self.random, days, now)?;
        let (vault, issued_by) = (self.vault, self.store.operator().name.clone());
        let (moved, login) = self.store.change::<_, Error>(now, |change| {
            let (mut moved, lost) = move_key(change, serial, Deed::Lose, None, now)?;
            let Some(holder) = &moved.login else {
                return Err(Error::KeyIsNobodys(moved.serial));
            };
            let user = find_enabled(change.read(), holder)?;
            let key = super::keys::find(change.read(), serial)?;
            has_pin_in_force(&user, &key, now)?;
            // With another key in use nobody needs a list in place of the lost one, and no code of it would be asked for.
            if let Some(other) = change.read().key_of_user(user.id)?.filter(|other| other.state == State::Active) {
                return Err(Error::UserHasKey { login: user.login, serial: other.serial, state: other.state });
            }
            let event = drawn.issue(change, vault, &issued_by, (&user, &key), now)?;
            moved.emergency_until = Some(drawn.expires_at);
            Ok(((moved, user.login), lost.and(event)))
        })?;
        let serial = moved.serial.clone();
        Ok((moved, drawn.shown(login, serial)))
    }

    /// Withdraws the emergency list of a user.
    ///
    /// # Errors
    /// [`Error`] when he has none.
    pub fn revoke_emergency(&mut self, login: &Login) -> Result<Login, Error> {
        let now = self.now();
        self.store.change(now, |change| {
            let view = change.read();
            let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
            let live = view.emergency_of_user(user.id)?.filter(|list| list.is_live(now));
            let list = live.ok_or_else(|| Error::NoLiveEmergency(user.login.clone()))?;
            change.end_emergency(list.id, ListState::Revoked)?;
            let subject = Subject { user: Some(user.id), serial: Some(list.serial), ..Subject::default() };
            let event = Event::new(Action::EmergencyRevoke, Outcome::Done).about(subject).counting(list.id);
            Ok((user.login, Events::one(event)))
        })
    }

    /// Lists the emergency lists, the newest first, each with what has become of it and read when its turn comes.
    ///
    /// # Errors
    /// [`Error`] when the user does not exist.
    pub fn list_emergencies(&self, login: Option<&Login>) -> Result<Each<'_, (Emergency, ListState)>, Error> {
        if let Some(login) = login {
            self.show_user(login)?;
        }
        let (view, now) = (self.store.read(), self.now());
        let with_state = move |id| {
            let found = view.emergency_at(id)?;
            Ok(found.map(|list| {
                let state = list.state_at(now);
                (list, state)
            }))
        };
        Ok(Each::of(view.emergency_rows(login)?, with_state))
    }

    /// Finds the emergency list of a user whose codes can be used now.
    ///
    /// # Errors
    /// [`Error`].
    pub fn live_emergency(&self, user: &User) -> Result<Option<Emergency>, Error> {
        let now = self.now();
        Ok(self.store.read().emergency_of_user(user.id)?.filter(|list| list.is_live(now)))
    }
}

/// Ends the list that is in place of a key, or of a user, because of what befell a key; gives the event, if somebody could have used it.
pub(super) fn end(
    change: &Change<'_>,
    list: Option<Emergency>,
    reason: &str,
    subject: Subject,
    now: UtcTime,
) -> Result<Option<Event>, Error> {
    let Some(list) = list else {
        return Ok(None);
    };
    change.end_emergency(list.id, ListState::Revoked)?;
    let event = Event::new(Action::EmergencyRevoke, Outcome::Done).because(reason).about(subject).counting(list.id);
    Ok(list.is_live(now).then_some(event))
}

fn find_enabled(view: View<'_>, login: &Login) -> Result<User, Error> {
    let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
    if user.enabled { Ok(user) } else { Err(Error::UserDisabled(user.login)) }
}

/// Finds the key in whose place a list is: the one in use, which the user may have left at home, or else the one that he lost.
fn choose_key(view: View<'_>, user: &User) -> Result<Key, Error> {
    let owned = view.key_of_user(user.id)?;
    match owned.as_ref().map(|key| key.state) {
        Some(State::Active) => {}
        Some(State::Suspended) => {
            return Err(owned.map_or(Error::Broken, |key| refuse(&key, Some(Remedy::Resume))));
        }
        // Another key may wait for him: until he has activated it, the lost one's PIN is his.
        _ => {
            if let Some(lost) = view.lost_key_of_user(user.id)? {
                return Ok(lost);
            }
        }
    }
    owned.ok_or_else(|| Error::UserHasNoKey(user.login.clone()))
}

/// An emergency code is typed behind a PIN that its user has used, and has not changed for one that may lapse.
fn has_pin_in_force(user: &User, key: &Key, now: UtcTime) -> Result<(), Error> {
    is_not_held(key)?;
    match key.pin.at(now) {
        pin::Standing::None { .. } | pin::Standing::Provisional { .. } => {
            Err(Error::NoPinInForce { login: user.login.clone(), serial: key.serial.clone(), state: key.state })
        }
        pin::Standing::Changed { .. } | pin::Standing::Set if key.lock.is_some() => {
            Err(Error::KeyLocked { serial: key.serial.clone() })
        }
        pin::Standing::Changed { .. } | pin::Standing::Set => Ok(()),
    }
}
