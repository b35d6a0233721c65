//! `report dormant` lists the keys in use that nobody uses.

use crate::cli::args::ReportDormant;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::clock::{Seconds, UtcTime};
use crate::key::Key;

const COLUMNS: &[&str] = &["serial", "login", "establishment", "activated_at", "last_accepted_at", "days"];
const SHOWN: &[&str] = &["serial", "login", "establishment", "last_accepted_at", "days"];

const DAY: Seconds = Seconds::days(1);

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: &ReportDormant) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let now = desk.moment();
        let list = List::new("dormants", COLUMNS).showing(SHOWN);
        session.report_each(list, desk.report_dormant(args.span())?, |key| row(key, now))
    })
}

fn row(key: &Key, now: UtcTime) -> Vec<Datum> {
    let last_seen = key.last_accepted_at.max(key.activated_at);
    vec![
        Datum::of(&key.serial),
        Datum::maybe(key.holder.as_ref().map(|holder| &holder.login)),
        Datum::maybe(key.establishment.as_ref()),
        key.activated_at.into(),
        key.last_accepted_at.into(),
        last_seen.map(|seen| now.since(seen).get().div_euclid(DAY.get())).into(),
    ]
}
