//! `activate` is the user's first step: login, activation code and serial.

use crate::cli::args::Activate;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::key::Serial;
use crate::ops::Activated;
use crate::user::Login;

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
    session.report(said(&args.login, &args.serial, answered))?;
    Ok(if answered == Activated::No { Exit::No } else { Exit::Done })
}

/// Puts into words what came of an activation.
pub(super) fn said(login: &Login, serial: &Serial, answered: Activated) -> Answer {
    let values = [("login", Value::of(login)), ("serial", Value::of(serial))];
    let said = Answer::new("activate").field("login", Datum::of(login)).field("serial", Datum::of(serial));
    match answered {
        Activated::Yes => said
            .field("result", Datum::Word("result", "activated"))
            .sentence("activated", &values)
            .sentence("activated-next", &values),
        Activated::WithPin => said
            .field("result", Datum::Word("result", "activated"))
            .field("keeps_pin", true)
            .sentence("activated", &values)
            .sentence("activated-next-with-pin", &values),
        Activated::No => said.field("result", Datum::Word("result", "refused")).sentence("activation-refused", &[]),
    }
}
