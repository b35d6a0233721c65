//! `key unlock` clears the failures of keys.

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
        let mut answer = Answer::new("key-unlock");
        let mut keys = Vec::new();
        for (serial, was_locked) in desk.unlock_keys(&args.serials)? {
            keys.push(Datum::Object(vec![("serial", Datum::of(&serial)), ("was_locked", was_locked.into())]));
            let values = [("serial", Value::of(&serial))];
            answer = match was_locked {
                true => answer.sentence("key-unlocked", &values),
                false => answer.sentence("key-was-not-locked", &values),
            };
        }
        session.report(answer.field("keys", keys))
    })?;
    Ok(Exit::Done)
}
