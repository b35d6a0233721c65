//! `report lockouts` lists the keys that are locked, and those whose users have to wait.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::ops::Lockout;

const COLUMNS: &[&str] = &[
    "serial",
    "login",
    "establishment",
    "state",
    "lockout",
    "locked_at",
    "waits_until",
    "failures",
    "wrong_pins",
    "wrong_codes",
];
const SHOWN: &[&str] = &["serial", "login", "establishment", "lockout", "locked_at", "waits_until"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let list = List::new("lockouts", COLUMNS).showing(SHOWN);
        session.report_each(list, desk.report_lockouts()?, row)
    })
}

fn row(lockout: &Lockout) -> Vec<Datum> {
    let Lockout { key, tally, .. } = lockout;
    vec![
        Datum::of(&key.serial),
        Datum::maybe(key.holder.as_ref().map(|holder| &holder.login)),
        Datum::maybe(key.establishment.as_ref()),
        Datum::Word("state", key.state.name()),
        Datum::Word("lockout", key.lock.map_or("waiting", |lock| lock.name())),
        lockout.locked_at.into(),
        lockout.waits_until.into(),
        tally.failures.into(),
        tally.wrong_pins.into(),
        tally.wrong_codes_in_window.into(),
    ]
}
