//! Users who leave: what they had is taken back, what could let them in ends, and the name goes when its time has come.

use super::directory::Row;
use super::keys::about as about_key;
use super::move_keys::{Deed, Moved, move_key};
use super::rows::AllOrNone;
use super::{Desk, Error, emergencies};
use crate::activation::State as CodeState;
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::establishment::{Establishment, Uai};
use crate::key::{Key, Life, Serial, State};
use crate::store::{Change, View};
use crate::user::{Left, Login, User};

/// What becomes of the keys of a user who leaves. One that is lost already stays so, and is nobody's.
#[derive(Clone, Copy, Debug)]
pub enum Returned<'r> {
    /// They came back, to an establishment, or to the one that they belong to.
    ToStock(Option<&'r Uai>),
    /// They came back, and are put out of use.
    ToScrap,
    /// They did not come back.
    Not,
}

/// A user who has left.
#[derive(Clone, Debug)]
pub struct Removed {
    /// His login, which may be given to somebody else.
    pub login: Login,
    /// His keys, with what became of them.
    pub keys: Vec<Moved>,
    /// He had an activation code, an emergency list, or both, that could be used until now.
    pub codes_ended: bool,
    /// When he left, and when his name is due to be erased.
    pub left: Left,
}

impl Desk<'_> {
    /// Removes users who leave, all or none. As a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`] when the establishment where keys came back is unknown; what is wrong with the users is an answer, as that one is
    /// unknown or belongs to establishments of others too, or that nobody says where a key came back.
    pub fn remove_users(
        &mut self,
        users: &[Row<Login>],
        returned: Returned<'_>,
        is_trial: bool,
    ) -> Result<AllOrNone<Removed>, Error> {
        let now = self.now();
        let left = Left { at: now, erase_at: now.plus(self.policy.leavers_kept) };
        let aim = match returned {
            Returned::ToStock(Some(uai)) => Some(find_establishment(self.store.read(), uai)?),
            _ => None,
        };
        self.each(users, is_trial, |change, login| remove(change, login, (returned, aim.as_ref()), left))
    }
}

/// Finds an establishment that is named.
pub(super) fn find_establishment(view: View<'_>, uai: &Uai) -> Result<Establishment, Error> {
    view.establishment(uai)?.ok_or_else(|| Error::UnknownEstablishment(uai.clone()))
}

/// Finds a user whom the operator may decide about alone: none of whose establishments is another's.
pub(super) fn find_whole(view: View<'_>, login: &Login) -> Result<User, Error> {
    let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
    let all = view.beyond_scope().user(login)?.map_or(0, |user| user.establishments.len());
    if all > user.establishments.len() {
        return Err(Error::UserOfOthersToo { login: user.login, establishments: user.establishments });
    }
    Ok(user)
}

fn remove(
    change: &Change<'_>,
    login: &Login,
    (returned, aim): (Returned<'_>, Option<&Establishment>),
    left: Left,
) -> Result<(Removed, Events), Error> {
    let user = find_whole(change.read(), login)?;
    let subject =
        Subject { establishment: user.establishments.first().cloned(), user: Some(user.id), ..Subject::default() };
    let mut events = Events::all(end_codes(change, &user, &subject, left.at)?);
    let codes_ended = events.iter().next().is_some();
    let mut keys = Vec::new();
    for key in change.read().all_keys_of_user(user.id)? {
        let (moved, told) = take_away(change, &key, returned, aim, left.at)?;
        keys.push(moved);
        events = events.join(told);
    }
    change.remove_user(user.id, left)?;
    let events = events.and(Event::new(Action::UserRemove, Outcome::Done).about(subject));
    Ok((Removed { login: user.login, keys, codes_ended, left }, events))
}

/// Ends whatever could let a user in besides his keys; gives an event for each code and list that could be used.
fn end_codes(change: &Change<'_>, user: &User, subject: &Subject, now: UtcTime) -> Result<Vec<Event>, Error> {
    let reason = Action::UserRemove.name();
    let mut events = Vec::new();
    if let Some((code, _)) = change.read().latest_activation(user.id)? {
        let is_live = code.state_at(now) == CodeState::Live;
        change.end_activation(code.id, CodeState::Revoked)?;
        let subject = Subject { serial: code.serial, ..subject.clone() };
        let event = Event::new(Action::ActivationRevoke, Outcome::Done).because(reason).about(subject);
        events.extend(is_live.then(|| event.counting(code.id)));
    }
    let list = change.read().emergency_of_user(user.id)?;
    let subject = Subject { serial: list.as_ref().map(|list| list.serial.clone()), ..subject.clone() };
    events.extend(emergencies::end(change, list, reason, subject, now)?);
    Ok(events)
}

/// Takes a key from a user who leaves.
fn take_away(
    change: &Change<'_>,
    key: &Key,
    returned: Returned<'_>,
    aim: Option<&Establishment>,
    now: UtcTime,
) -> Result<(Moved, Events), Error> {
    let deed = match returned {
        Returned::ToStock(to) => Deed::Return { to },
        Returned::ToScrap => Deed::Retire,
        Returned::Not => Deed::Lose,
    };
    match (key.state, returned) {
        (State::Retired, _) | (State::Lost, Returned::ToStock(_) | Returned::Not) => {
            let event = Event::new(Action::KeyUnassign, Outcome::Done).because(Action::UserRemove.name());
            let moved = let_go(change, key, now)?;
            Ok((moved, Events::one(event.about(about_key(key)))))
        }
        (_, Returned::Not) => {
            let (moved, told) = move_key(change, &key.serial, deed, None, now)?;
            let_go(change, key, now)?;
            Ok((moved, told))
        }
        _ => move_key(change, &key.serial, deed, aim, now),
    }
}

/// Makes a lost key nobody's: its PIN is erased, and when it is found it goes to stock, for its user can not go on with it.
fn let_go(change: &Change<'_>, key: &Key, now: UtcTime) -> Result<Moved, Error> {
    let state = if key.state == State::Retired { State::Retired } else { State::Stock };
    change.take_key_back(key.row, state, now)?;
    if state == State::Stock {
        let lost = Life { state: State::Lost, before_loss: Some(State::Stock), is_on_its_way: false };
        change.set_life(key.row, lost, now)?;
    }
    let (serial, state): (Serial, State) = (key.serial.clone(), key.state);
    Ok(Moved {
        serial,
        login: key.holder.as_ref().map(|holder| holder.login.clone()),
        before: state,
        after: state,
        establishment: key.establishment.clone(),
        shipment: None,
        emergency_until: None,
        emergency_ended: false,
        replacement_ended: None,
    })
}
