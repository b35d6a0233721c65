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
            .field("intact", found.is_intact())
            .field("first_bad", found.first_bad)
            .field("truncation", Datum::from(if found.is_cut { "detected" } else { "not-excluded" }));
        let events = ("events", found.events.into());
        let answer = match found.first_bad {
            None if found.is_cut => answer,
            None => answer.sentence("audit-intact", &[events]),
            Some(first) => answer.sentence("audit-broken", &[events, ("first", first.into())]),
        };
        let answer =
            if found.is_cut { answer.sentence("audit-cut", &[("events", found.events.into())]) } else { answer };
        let answer = if found.is_intact() { answer } else { answer.sentence("audit-broken-next", &[]) };
        // That is certain, or cannot be excluded.
        let answer = if found.is_cut { answer } else { answer.sentence("audit-truncation", &[]) };
        session.report(answer)?;
        Ok(if found.is_intact() { Exit::Done } else { Exit::No })
    })
}
