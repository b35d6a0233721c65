//! What the database is asked for somebody who has no key in use, so that his refusal costs what the others do.
//!
//! A process that is started for one check compiles each statement that it comes to, which takes longer than carrying it out: a
//! refusal that asked less would be ready a millisecond earlier. The 60 ms hide that, but for a machine that is slower than they are.

use super::super::Error;
use super::succeed::other_with_the_pin;
use crate::clock::UtcTime;
use crate::store::{self, Change, Counted};
use crate::throttle::{Fault, MassFailure, Settled};
use crate::user::UserId;

/// Rows are numbered from 1.
const NOBODY: UserId = 0;
const NO_KEY: i64 = 0;

/// Does what is done before a passcode is verified: asks which keys are somebody's, what they keep and how often they were tried, and
/// counts one more try.
pub(super) fn ask_before(change: &Change<'_>, source: Option<&str>, now: UtcTime) -> Result<(), Error> {
    let (view, nothing) = (change.read(), Counted::Key(NO_KEY));
    view.emergency_of_user(NOBODY)?;
    view.keys_of_user(NOBODY)?;
    view.succession_of_user(NOBODY)?;
    change.settle_abandoned(nothing, now)?;
    view.tally(nothing, source, now)?;
    change.end_waits(nothing, source, now)?;
    change.open_no_attempt(source, now)?;
    match view.secrets(NO_KEY) {
        Ok(_) | Err(store::Error::Impossible { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    view.ticket_of_key(NO_KEY)?;
    Ok(())
}

/// Asks what is asked when it was wrong: how often others were, and what follows.
pub(super) fn ask_after(change: &Change<'_>, now: UtcTime) -> Result<(), Error> {
    let nothing = Counted::Key(NO_KEY);
    change.settle_attempt(nothing, 0, Settled::Failed(Fault::Both), now)?;
    change.read().tally(nothing, None, now)?;
    other_with_the_pin(change, NO_KEY)?;
    MassFailure::judge(change.read().past_checks(now)?);
    Ok(())
}
