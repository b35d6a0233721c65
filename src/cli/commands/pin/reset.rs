//! `pin reset` erases PINs, for their holders to create new ones.

use crate::cli::args::Logins;
use crate::cli::commands::named::{Telling, do_to_users};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::ops::PinReset;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Logins) -> Result<Exit, Failure> {
    do_to_users(session, &args, &TELLING, |desk, users, is_trial| desk.reset_pins(users, is_trial))
}

const TELLING: Telling<PinReset> = Telling {
    schema: "pin-reset",
    field: ("pins", |reset| {
        Datum::Object(vec![
            ("login", Datum::of(&reset.login)),
            ("serial", Datum::of(&reset.key.serial)),
            ("until", reset.until.into()),
        ])
    }),
    one: |answer: Answer, reset| {
        // Of two keys, one of which takes the place of the other, he chooses a PIN for the one that he will use.
        if reset.is_second {
            return answer;
        }
        let values = [("login", Value::of(&reset.login)), ("until", reset.until.into())];
        answer.sentence("pin-was-reset", &values).sentence("pin-was-reset-next", &values)
    },
    many: "pins-were-reset",
    columns: &["login", "serial", "until"],
    row: |reset| vec![Datum::of(&reset.login), Datum::of(&reset.key.serial), reset.until.into()],
};
