//! `emergency revoke` withdraws a list.

use crate::cli::args::OneLogin;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: OneLogin) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let login = desk.revoke_emergency(&args.login)?;
        let values = [("login", Value::of(&login))];
        session.report(
            Answer::new("emergency-revoke").field("login", Datum::of(&login)).sentence("emergency-revoked", &values),
        )
    })?;
    Ok(Exit::Done)
}
