//! `audit purge` deletes the events whose time is over.

use crate::cli::args::AuditPurge;
use crate::cli::confirm::Deed;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::Answer;
use crate::cli::session::Session;
use crate::cli::times;
use crate::ops::Purge;

/// From how many events on it takes long enough for somebody at the terminal to wonder.
const MANY_EVENTS: i64 = 50_000;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: AuditPurge) -> Result<Exit, Failure> {
    session.expect_confirmation()?;
    session.at_desk(|desk, session| {
        let purge = desk.plan_purge(args.before.map(|moment| moment.0))?;
        if purge.events > 0 {
            if !is_meant(session, &purge)? {
                return Ok(Exit::No);
            }
            if session.is_interactive() && purge.events > MANY_EVENTS {
                session.say("audit-purge-takes-time", &[("events", purge.events.into())]);
            }
            desk.purge_audit(&purge, |_| {})?;
        }
        let id = if purge.events > 0 { "audit-purged" } else { "audit-nothing-to-purge" };
        let day = ("day", times::day(purge.before).into());
        let answer = Answer::new("audit-purge")
            .field("before", purge.before)
            .field("events", purge.events)
            .field("purged", purge.goal)
            .sentence(id, &[("events", purge.events.into()), day]);
        session.report(answer)?;
        if purge.events > 0 {
            session.hint("hint-checkpoint-after-purge", &[]);
        }
        Ok(Exit::Done)
    })
}

fn is_meant(session: &mut Session<'_>, purge: &Purge) -> Result<bool, Failure> {
    if purge.begun > 0 {
        session.say("confirm-audit-purge-begun", &[("events", purge.begun.into())]);
    }
    let day = times::day(purge.before);
    session.confirm(&Deed {
        question: "confirm-audit-purge",
        again: "confirm-audit-purge-again",
        values: &[("events", purge.events.into()), ("day", day.as_str().into())],
        is_named_by: &|text| text == day,
    })
}
