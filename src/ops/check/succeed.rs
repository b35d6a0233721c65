//! What the first acceptance of a key means for the one whose place it takes.

use super::super::{Error, emergencies};
use super::reserve::{Admitted, subject_of};
use crate::activation::State as CodeState;
use crate::audit::{Action, Event, Events, Outcome};
use crate::clock::UtcTime;
use crate::key::{Key, State, Succession};
use crate::store::{self, Change};

/// Why a key was put out of use by itself.
const REPLACED: &str = "replaced";

/// Tells whether the PIN that a key was judged by is still there to go on with it, unchanged, and hashed for it.
pub(super) fn still_keeps(change: &Change<'_>, admitted: &Admitted) -> Result<bool, Error> {
    let Some(kept) = &admitted.kept else { return Ok(true) };
    let Some(succession) = begun(change, admitted)?.filter(|succession| succession.old == kept.old) else {
        return Ok(false);
    };
    let old = change.read().beyond_scope().key(&succession.old_serial)?;
    let is_free = |old: &Key| old.lock.is_none() && old.held_since.is_none();
    let is_unchanged = old.is_some_and(|old| old.version == kept.version && is_free(&old));
    Ok(is_unchanged && admitted.own_pin.is_some())
}

/// Ends the key whose place another one takes, with that one's first acceptance: its PIN goes over to it, and then is erased.
pub(super) fn conclude(change: &Change<'_>, admitted: &Admitted, now: UtcTime) -> Result<Events, Error> {
    let mut events = Events::owed_by_open_attempt();
    let Some(succession) = begun(change, admitted)? else { return Ok(events) };
    let view = change.read().beyond_scope();
    if let Some(pin) = admitted.own_pin.as_ref().filter(|_| admitted.kept.is_some())
        && !change.take_pin_over(admitted.key.row, admitted.key.version, pin)?
    {
        // Its code was spent in this very change.
        return Err(store::Error::Unexpected("a key changed under its own change".to_owned()).into());
    }
    let old = view
        .key(&succession.old_serial)?
        .ok_or(store::Error::Impossible { table: "successions", column: "old_key_id" })?;
    change.end_succession(old.row)?;
    change.take_key_back(old.row, State::Retired, now)?;
    change.end_activation_of_key(old.row, CodeState::Revoked)?;
    let subject = subject_of(admitted.user, &old);
    events = events.and(Event::new(Action::KeyRetire, Outcome::Done).because(REPLACED).about(subject.clone()));
    let list = view.emergency_of_key(old.row)?;
    let ended = emergencies::end(change, list, REPLACED, subject, now)?;
    Ok(ended.into_iter().fold(events, Events::and))
}

/// Finds the row of the key that is judged by the same PIN as this one, while one takes the place of the other.
pub(super) fn other_with_the_pin(change: &Change<'_>, key: i64) -> Result<Option<i64>, Error> {
    let open = change.read().succession_with(key)?.filter(|open| open.keeps_pin);
    Ok(open.map(|open| if open.old == key { open.new } else { open.old }))
}

/// Finds the replacement in which the key takes the place of another one.
fn begun(change: &Change<'_>, admitted: &Admitted) -> Result<Option<Succession>, Error> {
    let found = change.read().succession_with(admitted.key.row)?;
    Ok(found.filter(|succession| succession.new == admitted.key.row))
}
