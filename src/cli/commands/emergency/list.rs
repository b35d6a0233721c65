//! `emergency list` lists the emergency lists, each with what has become of it; never a code.

use crate::cli::args::EmergencyList;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::emergency::{Emergency, State as ListState};

const COLUMNS: &[&str] = &["login", "serial", "state", "left", "issued_by", "issued_at", "expires_at"];
const SHOWN: &[&str] = &["login", "serial", "state", "left", "issued_by", "expires_at"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: EmergencyList) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let list = List::new("emergencies", COLUMNS).showing(SHOWN);
        session.report_each(list, desk.list_emergencies(args.login.as_ref())?, row)
    })
}

fn row((emergency, state): &(Emergency, ListState)) -> Vec<Datum> {
    vec![
        Datum::of(&emergency.login),
        Datum::of(&emergency.serial),
        Datum::Word("emergency-state", state.name()),
        emergency.left.into(),
        Datum::of(&emergency.issued_by),
        emergency.issued_at.into(),
        emergency.expires_at.into(),
    ]
}
