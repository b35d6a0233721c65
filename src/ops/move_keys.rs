//! What befalls keys besides being assigned: they are unassigned, come back, stop and go on, get lost and found, travel, are retired; one or
//! many at a time, all or none.

use super::directory::Row;
use super::keys::{about, as_seen, become_of, find, promised_to};
use super::replace::seen;
use super::rows::AllOrNone;
use super::{Desk, Error, emergencies};
use crate::activation::State as CodeState;
use crate::audit::{Action, Event, Events, Outcome, Remark, Subject};
use crate::clock::UtcTime;
use crate::establishment::{Establishment, Uai};
use crate::key::{Key, Life, Serial, SerialRange, Shipment, State, Succession, Transition};
use crate::store::{Change, View};
use crate::user::Login;
use std::collections::HashSet;

/// What is done to keys.
#[derive(Clone, Copy, Debug)]
pub enum Deed<'d> {
    /// They are their users' no more, and lie where they were.
    Unassign,
    /// They came back from their users, to an establishment, or to the one of each user.
    Return {
        /// The establishment, where somebody says so.
        to: Option<&'d Uai>,
    },
    /// They are sent.
    Ship {
        /// The establishment; none is the academy.
        to: Option<&'d Uai>,
    },
    /// They came in where they were sent.
    Receive,
    /// They are stopped for a while.
    Suspend,
    /// They go on.
    Resume,
    /// Nobody knows where they are.
    Lose,
    /// They are there again, and go to stock.
    Find,
    /// They are there again, and are what they were.
    Restore {
        /// Why their users may go on with them.
        reason: &'d Remark,
    },
    /// They are put out of use for ever.
    Retire,
}

impl Deed<'_> {
    const fn transition(self) -> Transition {
        match self {
            Self::Unassign => Transition::Unassign,
            Self::Return { .. } => Transition::Return,
            Self::Ship { .. } => Transition::Ship,
            Self::Receive => Transition::Receive,
            Self::Suspend => Transition::Suspend,
            Self::Resume => Transition::Resume,
            Self::Lose => Transition::Lose,
            Self::Find => Transition::Find,
            Self::Restore { .. } => Transition::Restore,
            Self::Retire => Transition::Retire,
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Unassign => Action::KeyUnassign,
            Self::Return { .. } => Action::KeyReturn,
            Self::Ship { .. } => Action::KeyShip,
            Self::Receive => Action::KeyReceive,
            Self::Suspend => Action::KeySuspend,
            Self::Resume => Action::KeyResume,
            Self::Lose => Action::KeyLost,
            Self::Find => Action::KeyFound,
            Self::Restore { .. } => Action::KeyRestore,
            Self::Retire => Action::KeyRetire,
        }
    }

    /// Tells whether a key that it befalls takes no other one's place any more, or needs none in its own. A lost key still does:
    /// the other one goes on with its PIN.
    const fn ends_replacement_of(self, succession: &Succession, key: &Key) -> bool {
        match self {
            Self::Unassign | Self::Return { .. } | Self::Find | Self::Retire => true,
            Self::Lose => succession.new == key.row,
            _ => false,
        }
    }

    /// Tells whether nobody needs an emergency list in the key's place any more: it is there again, or is not its user's.
    const fn ends_emergency(self) -> bool {
        matches!(self, Self::Unassign | Self::Return { .. } | Self::Find | Self::Restore { .. } | Self::Retire)
    }
}

/// A key that something was done to.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The key.
    pub serial: Serial,
    /// Who had it.
    pub login: Option<Login>,
    /// Its state before.
    pub before: State,
    /// Its state now.
    pub after: State,
    /// The establishment that holds it now; none is the academy, or one where this operator sees nothing.
    pub establishment: Option<Uai>,
    /// Where it is on its way to.
    pub shipment: Option<Shipment>,
    /// The last moment of the emergency list that its user has in its place, if he has one.
    pub emergency_until: Option<UtcTime>,
    /// Such a list, that could be used, has ended by it.
    pub emergency_ended: bool,
    /// The replacement that the key had part in, and that has ended by it.
    pub replacement_ended: Option<Succession>,
}

impl Desk<'_> {
    /// Does one thing to keys, all or none. A key that is named twice is taken once; as a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`] when an establishment does not exist; what is wrong with a key is an answer.
    pub fn move_keys(
        &mut self,
        keys: &[Row<Serial>],
        deed: Deed<'_>,
        is_trial: bool,
    ) -> Result<AllOrNone<Moved>, Error> {
        let now = self.now();
        let aim = aim_of(self.store.read(), deed)?;
        let mut seen = HashSet::new();
        let keys = keys.iter().filter(|row| seen.insert(&row.value));
        self.each(keys, is_trial, |change, serial| move_key(change, serial, deed, aim.as_ref(), now))
    }

    /// Names the keys from one serial to another, both of which exist: a slip of the pen is no key's.
    ///
    /// # Errors
    /// [`Error::UnknownKey`] for either end.
    pub fn keys_between(&self, range: &SerialRange) -> Result<Vec<Serial>, Error> {
        let view = self.store.read();
        for end in [range.first(), range.last()] {
            find(view, end)?;
        }
        Ok(view.serials_between(range)?)
    }
}

/// Finds the establishment that keys go to.
fn aim_of(view: View<'_>, deed: Deed<'_>) -> Result<Option<Establishment>, Error> {
    let (Deed::Return { to: Some(uai) } | Deed::Ship { to: Some(uai) }) = deed else { return Ok(None) };
    let known = view.establishment(uai)?.ok_or_else(|| Error::UnknownEstablishment(uai.clone()))?;
    Ok(Some(known))
}

/// Does one thing to one key, and gives the events that tell of it.
pub(super) fn move_key(
    change: &Change<'_>,
    serial: &Serial,
    deed: Deed<'_>,
    aim: Option<&Establishment>,
    now: UtcTime,
) -> Result<(Moved, Events), Error> {
    let view = change.read();
    let key = find(view, serial)?;
    let life = become_of(&key, deed.transition())?;
    let succession = view.succession_with(key.row)?.filter(|succession| deed.ends_replacement_of(succession, &key));
    // As the operator saw it before: by the deed one of the keys may leave his scope.
    let replacement_ended = seen(view, succession.clone())?;
    let mut event = Event::new(deed.action(), Outcome::Done);
    match deed {
        Deed::Return { .. } => {
            let place = place_of_return(view, &key, aim)?;
            change.take_key_back(key.row, life.state, now)?;
            change.lay_key_down(key.row, place.map(|place| place.id))?;
        }
        Deed::Ship { .. } => send(change, &key, aim, now)?,
        Deed::Receive => receive(change, &key)?,
        Deed::Suspend | Deed::Resume | Deed::Lose => change.set_life(key.row, life, now)?,
        Deed::Restore { reason } => {
            restore(change, &key, life, now)?;
            event = event.because(reason.as_str());
        }
        Deed::Unassign | Deed::Find | Deed::Retire => change.take_key_back(key.row, life.state, now)?,
    }
    if matches!(deed, Deed::Unassign | Deed::Return { .. } | Deed::Lose | Deed::Retire) {
        change.end_activation_of_key(key.row, CodeState::Revoked)?;
    }
    let list = view.emergency_of_key(key.row)?;
    let emergency_until = list.as_ref().filter(|list| list.is_live(now)).map(|list| list.expires_at);
    let ended = if deed.ends_emergency() {
        emergencies::end(change, list, deed.action().name(), about(&key), now)?
    } else {
        None
    };
    let mut events = Events::owed_by_open_attempt();
    if let Some(succession) = &succession {
        change.end_succession(key.row)?;
        let subject = Subject { serial: Some(succession.new_serial.clone()), ..about(&key) };
        events = events.and(Event::new(Action::KeyReplace, Outcome::Done).because("taken-back").about(subject));
    }
    // It may have gone where this operator sees nothing.
    let present = find(view.beyond_scope(), serial)?;
    let place = present.shipment.as_ref().map_or(&present.establishment, |shipment| &shipment.to).clone();
    let event = event.about(Subject { establishment: place, ..about(&key) });
    let present = as_seen(view, present);
    let moved = Moved {
        serial: present.serial,
        login: key.holder.map(|holder| holder.login),
        before: key.state,
        after: present.state,
        establishment: present.establishment,
        shipment: present.shipment,
        emergency_until: emergency_until.filter(|_| !deed.ends_emergency()),
        emergency_ended: ended.is_some(),
        replacement_ended,
    };
    Ok((moved, Events::one(event).join(ended.into_iter().fold(events, Events::and))))
}

/// Finds out where a key is that came back: where somebody says; else in the establishment that it was from, if its user belongs
/// to that one; else in the only one that he belongs to. All that he belongs to counts, whoever asks; of a place where the
/// operator sees nothing it is not supposed that the key is there.
fn place_of_return(view: View<'_>, key: &Key, said: Option<&Establishment>) -> Result<Option<Establishment>, Error> {
    if let Some(said) = said {
        return Ok(Some(said.clone()));
    }
    let found = |uai: &Uai| view.establishment(uai).map_err(Error::from);
    let user = key.holder.as_ref().map(|holder| view.beyond_scope().user(&holder.login)).transpose()?.flatten();
    let Some(user) = user else {
        return key.establishment.as_ref().map(found).transpose().map(Option::flatten);
    };
    let own = key.establishment.as_ref().filter(|uai| user.establishments.contains(uai));
    let place = match (own, &user.establishments[..]) {
        (Some(uai), _) | (None, [uai]) => Some(uai),
        (None, []) if view.sees_all() => return Ok(None),
        (None, _) => None,
    };
    let place = place.map(found).transpose()?.flatten();
    let held = key.establishment.as_ref().filter(|_| !view.sees_all()).map(found).transpose()?.flatten();
    if let Some(place) = place.or(held) {
        return Ok(Some(place));
    }
    let (serial, login, mut establishments) = (key.serial.clone(), user.login, user.establishments);
    establishments.retain(|uai| view.covers(uai));
    Err(if view.sees_all() {
        Error::SeveralEstablishments { serial, login, establishments }
    } else {
        Error::KeyOfElsewhere { serial, login, establishments }
    })
}

/// Sends a key on its way, unless somebody waits for it where it is.
fn send(change: &Change<'_>, key: &Key, aim: Option<&Establishment>, now: UtcTime) -> Result<(), Error> {
    let serial = key.serial.clone();
    if key.establishment.as_ref() == aim.map(|aim| &aim.uai) {
        return Err(Error::KeyAlreadyThere { serial, at: key.establishment.clone() });
    }
    if let Some(login) = promised_to(change.read(), key, now)? {
        return Err(Error::KeyPromised { serial, login });
    }
    Ok(change.send_key(key.row, aim.map(|aim| aim.id), now)?)
}

/// Takes a key in where it was sent: whoever answers for that place does.
fn receive(change: &Change<'_>, key: &Key) -> Result<(), Error> {
    let view = change.read();
    let aim = key.shipment.as_ref().and_then(|shipment| shipment.to.clone());
    let place = aim.as_ref().map(|uai| view.establishment(uai)).transpose()?.flatten();
    if place.is_none() && (aim.is_some() || !view.sees_all()) {
        return Err(Error::KeyOnItsWay { serial: key.serial.clone(), to: aim });
    }
    Ok(change.lay_key_down(key.row, place.map(|place| place.id))?)
}

/// Makes a found key what it was, unless its user has another one by now that does not just take its place.
fn restore(change: &Change<'_>, key: &Key, life: Life, now: UtcTime) -> Result<(), Error> {
    if let Some(holder) = &key.holder
        && let Some(other) = change.read().key_of_user(holder.user)?
        && change.read().succession_with(key.row)?.is_none_or(|succession| succession.new != other.row)
    {
        return Err(Error::UserHasKey { login: holder.login.clone(), serial: other.serial, state: other.state });
    }
    Ok(change.set_life(key.row, life, now)?)
}
