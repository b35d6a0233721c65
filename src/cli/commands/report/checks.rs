//! `report checks` counts the checks by hour or day.

use crate::cli::args::ReportChecks;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Datum, List};
use crate::cli::session::Session;
use crate::clock::Seconds;
use crate::ops::{CheckSpan, Checks};

const COLUMNS: &[&str] = &["from", "accepted", "challenged", "refused", "turned_away", "locked_keys", "users"];

const SHOWN: &[&str] = &["from", "accepted", "challenged", "refused", "turned_away", "users"];

/// How far one looks back without a date.
const BACK: Seconds = Seconds::days(-7);

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: &ReportChecks) -> Result<Exit, Failure> {
    let span = if args.by_day { CheckSpan::Day } else { CheckSpan::Hour };
    session.at_desk(|desk, session| {
        let until = args.until.map_or_else(|| desk.moment(), |moment| moment.0);
        let since = args.since.map_or_else(|| until.plus(BACK), |moment| moment.0);
        let mut list = List::new("checks", COLUMNS).showing(SHOWN);
        for checks in desk.report_checks(since, until, span)? {
            list.row(row(&checks, span));
        }
        session.report(list)
    })?;
    Ok(Exit::Done)
}

fn row(checks: &Checks, span: CheckSpan) -> Vec<Datum> {
    vec![
        if span == CheckSpan::Day { Datum::Day(checks.from) } else { Datum::Time(checks.from) },
        checks.accepted.into(),
        checks.challenged.into(),
        checks.refused.into(),
        checks.turned_away.into(),
        checks.locked.into(),
        checks.users.into(),
    ]
}
