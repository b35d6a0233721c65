//! `user disable` stops users.

use crate::cli::args::Logins;
use crate::cli::commands::named::{self, Deeds, Telling, tell};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::user::Login;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: Logins) -> Result<Exit, Failure> {
    let named = named::users(session, &args)?;
    session.at_desk(|desk, session| {
        let answer = desk.enable_users(&named.rows, false, named.is_trial())?;
        let done = named.settle(session, TELLING.schema, answer)?;
        let deeds = Deeds { done: &done, are_many: args.from.is_some(), dry_run: args.dry_run };
        tell(session, &TELLING, &deeds)?;
        Ok(Exit::Done)
    })
}

const TELLING: Telling<Login> = Telling {
    schema: "user-disable",
    field: ("logins", |login| Datum::of(login)),
    one: |answer: Answer, login| {
        let values = [("login", Value::of(login))];
        answer.sentence("user-disabled", &values)
    },
    many: "users-disabled",
    columns: &["login"],
    row: |login| vec![Datum::of(login)],
};
