//! `key assign` gives a key in stock to a user.

use crate::cli::args::KeyAssign;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyAssign) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let (serial, login) = desk.assign_key(&args.serial, &args.login)?;
        let values = [("serial", Value::of(&serial)), ("login", Value::of(&login))];
        session.report(
            Answer::new("key-assign")
                .field("serial", Datum::of(&serial))
                .field("login", Datum::of(&login))
                .sentence("key-assigned", &values)
                .sentence("key-assigned-next", &values),
        )
    })?;
    Ok(Exit::Done)
}
