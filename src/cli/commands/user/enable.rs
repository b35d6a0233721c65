//! `user enable` lets users log in again.

use crate::cli::args::Logins;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Logins) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let changed = desk.enable_users(&args.logins, true)?;
        let mut answer = Answer::new("user-enable").field("logins", changed.iter().map(Datum::of).collect::<Vec<_>>());
        for login in &changed {
            answer = answer.sentence("user-enabled", &[("login", Value::of(login))]);
        }
        session.report(answer)
    })?;
    Ok(Exit::Done)
}
