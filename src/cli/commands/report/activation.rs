//! `report activation` tells who has not used his key yet, and what is missing.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::ops::FirstUse;

const COLUMNS: &[&str] = &["missing", "login", "serial", "establishment", "since", "expires_at"];

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let list =
            List::new("handovers", COLUMNS).showing(&["missing", "login", "serial", "establishment", "expires_at"]);
        session.report_each(list, desk.report_activation()?, row)
    })
}

fn row(first: &FirstUse) -> Vec<Datum> {
    vec![
        Datum::Word("missing", first.missing.name()),
        Datum::maybe(first.login.as_ref()),
        Datum::maybe(first.serial.as_ref()),
        Datum::maybe(first.establishment.as_ref()),
        first.since.into(),
        first.until.map_or(Datum::Nothing, Datum::Day),
    ]
}
