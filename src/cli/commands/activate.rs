//! `activate` is the user's first step: login, activation code and serial.

use crate::cli::args::Activate;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::ops::Activated;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Activate) -> Result<Exit, Failure> {
    let answered = session.at_desk(|desk, session| {
        let typed = session.ask_secret("prompt-activation-code", &[])?;
        // What is no text is no code either: it is refused as one.
        let typed = std::str::from_utf8(&typed).unwrap_or_default();
        Ok(desk.activate(&args.login, &args.serial, typed)?)
    })?;
    let values = [("login", Value::of(&args.login)), ("serial", Value::of(&args.serial))];
    let answer =
        Answer::new("activate").field("login", Datum::of(&args.login)).field("serial", Datum::of(&args.serial));
    match answered {
        Activated::Yes => {
            let answer = answer.field("result", Datum::Word("result", "activated"));
            session.report(answer.sentence("activated", &values).sentence("activated-next", &values))?;
            Ok(Exit::Done)
        }
        Activated::No => {
            let answer = answer.field("result", Datum::Word("result", "refused"));
            session.report(answer.sentence("activation-refused", &[]))?;
            Ok(Exit::No)
        }
    }
}
