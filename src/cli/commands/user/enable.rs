//! `user enable` lets users log in again.

use crate::cli::args::Logins;
use crate::cli::commands::named::{Telling, do_to_users};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::session::Session;
use crate::user::Login;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Logins) -> Result<Exit, Failure> {
    do_to_users(session, &args, &TELLING, |desk, users, is_trial| desk.enable_users(users, true, is_trial))
}

const TELLING: Telling<Login> = Telling::of_logins(
    "user-enable",
    |answer, login| {
        let values = [("login", Value::of(login))];
        answer.sentence("user-enabled", &values)
    },
    "users-enabled",
);
