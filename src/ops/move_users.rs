//! Users who change establishments, and the keys that go with them.

use super::directory::Row;
use super::leavers::find_establishment;
use super::rows::AllOrNone;
use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::establishment::{Establishment, Uai};
use crate::key::Serial;
use crate::store::{Change, View};
use crate::user::{Login, User};

/// Where users go.
#[derive(Clone, Copy, Debug)]
pub enum Way<'w> {
    /// From an establishment, or from the only one that a user has, to another.
    To {
        /// Where from, where somebody says so.
        from: Option<&'w Uai>,
        /// Where to.
        to: &'w Uai,
    },
    /// To one more.
    Also(&'w Uai),
    /// Out of one, of several.
    OutOf(&'w Uai),
}

/// A user who has changed establishments.
#[derive(Clone, Debug)]
pub struct Relocated {
    /// His login.
    pub login: Login,
    /// The establishment that he has left.
    pub from: Option<Uai>,
    /// The one where he is new.
    pub to: Option<Uai>,
    /// The keys that went with him.
    pub keys: Vec<Serial>,
}

impl Desk<'_> {
    /// Has users change establishments, all or none. The keys of a user that the former one held are held by the new one from
    /// then on. As a trial, all is done and taken back.
    ///
    /// # Errors
    /// [`Error`] when an establishment is unknown; what is wrong with the users is an answer, as that nobody says which of several
    /// one leaves, that he is there already, or that he would be nowhere.
    pub fn move_users(
        &mut self,
        users: &[Row<Login>],
        way: Way<'_>,
        is_trial: bool,
    ) -> Result<AllOrNone<Relocated>, Error> {
        let find = |uai: &Uai| find_establishment(self.store.read(), uai);
        let (from, to) = match way {
            Way::To { from, to } => (from.map(find).transpose()?, Some(find(to)?)),
            Way::Also(to) => (None, Some(find(to)?)),
            Way::OutOf(from) => (Some(find(from)?), None),
        };
        self.each(users, is_trial, |change, login| {
            let view = change.read();
            let user = view.user(login)?.ok_or_else(|| Error::UnknownUser(login.clone()))?;
            let from = leaves(view, &user, way, from.as_ref())?;
            move_user(change, user, from.as_ref(), to.as_ref())
        })
    }
}

/// Finds the establishment that a user leaves.
fn leaves(
    view: View<'_>,
    user: &User,
    way: Way<'_>,
    said: Option<&Establishment>,
) -> Result<Option<Establishment>, Error> {
    if matches!(way, Way::Also(_)) {
        return Ok(None);
    }
    match (said, &user.establishments[..]) {
        (Some(said), own) if own.contains(&said.uai) => Ok(Some(said.clone())),
        (Some(said), _) => Err(Error::UserNotOf { login: user.login.clone(), uai: said.uai.clone() }),
        (None, [only]) => Ok(view.establishment(only)?),
        (None, several) => Err(Error::UserOfSeveral { login: user.login.clone(), establishments: several.to_vec() }),
    }
}

fn move_user(
    change: &Change<'_>,
    user: User,
    from: Option<&Establishment>,
    to: Option<&Establishment>,
) -> Result<(Relocated, Events), Error> {
    let view = change.read();
    let all = view.beyond_scope().user(&user.login)?.map(|user| user.establishments).unwrap_or_default();
    if let Some(to) = to.filter(|to| all.contains(&to.uai)) {
        return Err(Error::UserAlreadyOf { login: user.login, uai: to.uai.clone() });
    }
    let mut stays: Vec<&Uai> = all.iter().filter(|uai| from.is_none_or(|from| from.uai != **uai)).collect();
    if let Some(to) = to {
        stays.push(&to.uai);
    }
    let Some(first) = stays.first() else {
        return Err(Error::UserOfNone(user.login));
    };
    let place = match to {
        Some(to) => Some(to.clone()),
        None => view.beyond_scope().establishment(first)?,
    };
    let held = view.all_keys_of_user(user.id)?.into_iter();
    let held: Vec<_> =
        held.filter(|key| from.is_some_and(|from| key.establishment.as_ref() == Some(&from.uai))).collect();
    if let (None, [_, _, ..], [key, ..]) = (to, &stays[..], &held[..]) {
        return Err(Error::KeyStaysBehind { serial: key.serial.clone(), login: user.login });
    }
    if let Some(from) = from {
        change.end_membership(user.id, from.id)?;
    }
    if let Some(to) = to {
        change.add_membership(user.id, to.id)?;
    }
    let subject = Subject {
        establishment: place.as_ref().map(|place| place.uai.clone()),
        user: Some(user.id),
        ..Subject::default()
    };
    let told = |subject| Event::new(Action::UserMove, Outcome::Done).about(subject);
    let mut events = Events::one(told(subject.clone()));
    for key in &held {
        change.lay_key_down(key.row, place.as_ref().map(|place| place.id))?;
        events = events.and(told(Subject { serial: Some(key.serial.clone()), ..subject.clone() }));
    }
    let uai = |one: &Establishment| one.uai.clone();
    let keys = held.into_iter().map(|key| key.serial).collect();
    Ok((Relocated { login: user.login, from: from.map(uai), to: to.map(uai), keys }, events))
}
