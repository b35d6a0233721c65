//! Giving accounts a role and taking it back.

use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome, Subject};
use crate::clock::UtcTime;
use crate::establishment::Uai;
use crate::operator::{Mandate, Role};
use crate::store::{Change, NewMandate};

/// What an account is to be entrusted with.
#[derive(Clone, Debug)]
pub struct NewOperator {
    /// The number of the account.
    pub uid: u32,
    /// Its name.
    pub account: String,
    /// What he may do.
    pub role: Role,
    /// For which establishments; some for a role that is for establishments, none for the others.
    pub establishments: Vec<Uai>,
    /// Its last moment, if it has one.
    pub until: Option<UtcTime>,
}

impl Desk<'_> {
    /// Entrusts an account with a role, in the place of the one that it had; gives that one.
    ///
    /// # Errors
    /// [`Error::RootIsAdmin`], [`Error::RoleWithoutEstablishment`], [`Error::RoleForAll`], [`Error::UntilIsPast`],
    /// [`Error::UnknownEstablishment`], [`Error::LastAdmin`].
    pub fn add_operator(&mut self, new: &NewOperator) -> Result<Option<Mandate>, Error> {
        let now = self.now();
        if new.uid == 0 {
            return Err(Error::RootIsAdmin(new.account.clone()));
        }
        match (new.role.is_for_establishments(), new.establishments.is_empty()) {
            (true, true) => return Err(Error::RoleWithoutEstablishment(new.role)),
            (false, false) => return Err(Error::RoleForAll(new.role)),
            _ => {}
        }
        if new.until.is_some_and(|until| until < now) {
            return Err(Error::UntilIsPast);
        }
        self.store.change(now, |change| {
            let former = change.read().mandates_not_ended()?.into_iter().find(|mandate| mandate.uid == new.uid);
            if let Some(former) = &former {
                change.end_mandate(former.id, now)?;
            }
            let NewOperator { uid, account, role, until, .. } = new;
            let mut establishments = Vec::new();
            for uai in &new.establishments {
                let known = change.read().establishment(uai)?;
                let known = known.ok_or_else(|| Error::UnknownEstablishment(uai.clone()))?;
                establishments.push((known.id, known.uai));
            }
            let establishments = &establishments;
            let mandate = NewMandate { uid: *uid, name: account, role: *role, establishments, until: *until };
            change.add_mandate(&mandate, now)?;
            require_admin(change, account)?;
            let events = tell(Action::OperatorAdd, new.role, new.uid, &new.establishments);
            Ok((former, Events::all(events)))
        })
    }

    /// Takes back what accounts are entrusted with, by the names that they had then, all or none. An account that was made anew
    /// has another number under the same name: whatever it was entrusted with under any of them ends.
    ///
    /// # Errors
    /// [`Error::NoSuchOperator`], [`Error::LastAdmin`].
    pub fn remove_operators(&mut self, accounts: &[String]) -> Result<Vec<Mandate>, Error> {
        let now = self.now();
        self.store.change(now, |change| {
            let mut events = Vec::new();
            let mut removed = Vec::new();
            for account in accounts {
                let mut known = change.read().mandates_not_ended()?;
                known.retain(|mandate| mandate.name == *account);
                if known.is_empty() {
                    return Err(Error::NoSuchOperator(account.clone()));
                }
                for mandate in &known {
                    change.end_mandate(mandate.id, now)?;
                    events.extend(tell(Action::OperatorRemove, mandate.role, mandate.uid, &mandate.establishments));
                }
                require_admin(change, account)?;
                removed.extend(known);
            }
            Ok((removed, Events::all(events)))
        })
    }

    /// Lists who is entrusted with what, at a moment or now.
    ///
    /// # Errors
    /// [`Error`].
    pub fn list_operators(&self, at: Option<UtcTime>) -> Result<Vec<Mandate>, Error> {
        Ok(self.store.read().mandates(at.unwrap_or_else(|| self.now()))?)
    }
}

/// Refuses a change that would leave nobody who administers without an end.
fn require_admin(change: &Change<'_>, account: &str) -> Result<(), Error> {
    let left = change.read().mandates_not_ended()?;
    let has_one = left.iter().any(|mandate| mandate.role == Role::Admin && mandate.until.is_none());
    if has_one { Ok(()) } else { Err(Error::LastAdmin(account.to_owned())) }
}

/// Tells of a mandate: once for each of its establishments, with the role as its reason and the number of the account.
fn tell(action: Action, role: Role, uid: u32, establishments: &[Uai]) -> Vec<Event> {
    let event = Event::new(action, Outcome::Done).because(role.name()).counting(i64::from(uid));
    if establishments.is_empty() {
        return vec![event];
    }
    let about = |uai: &Uai| Subject { establishment: Some(uai.clone()), ..Subject::default() };
    establishments.iter().map(|uai| event.clone().about(about(uai))).collect()
}
