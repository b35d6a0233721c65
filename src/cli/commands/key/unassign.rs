//! `key unassign` takes keys back into stock.

use crate::cli::args::Serials;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Serials) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let mut answer = Answer::new("key-unassign");
        let mut keys = Vec::new();
        for (serial, login) in desk.unassign_keys(&args.serials)? {
            keys.push(Datum::Object(vec![("serial", Datum::of(&serial)), ("login", Datum::maybe(login.as_ref()))]));
            answer = match &login {
                Some(login) => {
                    answer.sentence("key-unassigned", &[("serial", Value::of(&serial)), ("login", Value::of(login))])
                }
                None => answer.sentence("key-back-in-stock", &[("serial", Value::of(&serial))]),
            };
        }
        session.report(answer.field("keys", keys))
    })?;
    Ok(Exit::Done)
}
