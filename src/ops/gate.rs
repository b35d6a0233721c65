//! The gate: who calls, and whether the command is his. Passed once, before anything is looked at or done; by who goes on asking
//! for days, again and again.

use super::{Desk, Error};
use crate::audit::{Action, Event, Events, INTEGRITY, Outcome};
use crate::clock::UtcTime;
use crate::operator::{Command, Role, Standing, Via};
use crate::store::Store;

/// Where somebody wants in.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// With which command.
    pub command: Command,
    /// The narrower role that the configuration gives the service account when nobody stands behind it.
    pub unattended: Option<Role>,
}

/// Lets the caller in or not; from then on only what lies within his scope exists. Gives his role.
///
/// # Errors
/// [`Error::UnknownOperator`], [`Error::NotPermitted`]; the refusal is written down.
pub fn admit(store: &mut Store<'_>, entry: Entry, now: UtcTime) -> Result<Role, Error> {
    let Entry { command, unattended } = entry;
    let caller = store.operator().clone();
    let found = store.read().mandate(caller.uid, now)?;
    let mandate = found.as_ref().filter(|mandate| store.vouches_for(mandate)).cloned();
    if let Some(forged) = found.filter(|_| mandate.is_none()) {
        let alarm = Event::new(Action::Denial, Outcome::Alarm).because(INTEGRITY).without_bound();
        store.change(now, |_| Ok::<_, Error>(((), Events::one(alarm))))?;
        // Who needs no mandate is not kept out by one that somebody made up.
        if caller.via == Via::Sudo {
            return Err(Error::MandateTampered(forged.name));
        }
    }
    let refuse = |store: &mut Store<'_>, reason, error| tell(store, reason, now).and(Err(error));
    match Standing::of(&caller, mandate.as_ref(), unattended) {
        None => refuse(store, "unknown-account", Error::UnknownOperator(caller.name)),
        Some(standing) if !standing.may(command) => {
            let error = Error::NotPermitted { account: caller.name, role: standing.role };
            refuse(store, command.name(), error)
        }
        Some(standing) => {
            store.limit(standing.scope, standing.via);
            Ok(standing.role)
        }
    }
}

impl Desk<'_> {
    /// Writes down that the caller was refused, and why.
    ///
    /// # Errors
    /// [`Error`].
    pub fn deny(&mut self, reason: &str) -> Result<(), Error> {
        let now = self.now();
        tell(&mut self.store, reason, now)
    }
}

fn tell(store: &mut Store<'_>, reason: &str, now: UtcTime) -> Result<(), Error> {
    let event = Event::new(Action::Denial, Outcome::Refused).because(reason).without_bound();
    store.change(now, |_| Ok(((), Events::one(event))))
}
