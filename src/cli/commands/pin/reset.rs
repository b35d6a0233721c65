//! `pin reset` erases PINs, for their holders to create new ones.

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
        let mut answer = Answer::new("pin-reset");
        let (mut pins, mut told) = (Vec::new(), None);
        for reset in desk.reset_pins(&args.logins)? {
            pins.push(Datum::Object(vec![
                ("login", Datum::of(&reset.login)),
                ("serial", Datum::of(&reset.key.serial)),
                ("until", reset.until.into()),
            ]));
            let values = [("login", Value::of(&reset.login)), ("until", reset.until.into())];
            // Of two keys, one of which takes the place of the other, he chooses a PIN for the one that he will use.
            if std::mem::replace(&mut told, Some(reset.login.clone())) == Some(reset.login) {
                continue;
            }
            answer = answer.sentence("pin-was-reset", &values).sentence("pin-was-reset-next", &values);
        }
        session.report(answer.field("pins", pins))
    })?;
    Ok(Exit::Done)
}
