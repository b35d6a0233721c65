//! `audit verify` checks the chain of events.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let found = desk.verify_audit()?;
        let answer = Answer::new("audit-verify")
            .field("events", found.events)
            .field("intact", found.first_bad.is_none())
            .field("first_bad", found.first_bad)
            .field("truncation", Datum::from("not-excluded"));
        let answer = match found.first_bad {
            None => answer.sentence("audit-intact", &[("events", found.events.into())]),
            Some(first) => answer
                .sentence("audit-broken", &[("events", found.events.into()), ("first", first.into())])
                .sentence("audit-broken-next", &[]),
        };
        session.report(answer.sentence("audit-truncation", &[]))?;
        Ok(if found.first_bad.is_none() { Exit::Done } else { Exit::No })
    })
}
