//! `user add` adds a user.

use crate::cli::args::UserAdd;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Answer, Datum};
use crate::cli::session::Session;
use crate::ops::NewUser;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: UserAdd) -> Result<Exit, Failure> {
    let new = NewUser { login: args.login, name: args.name, establishments: args.establishments };
    session.at_desk(|desk, session| {
        desk.add_user(&new)?;
        let values = [("login", Value::of(&new.login)), ("name", new.name.as_str().into())];
        session.report(
            Answer::new("user-add")
                .field("login", Datum::of(&new.login))
                .field("name", new.name.as_str())
                .field("establishments", new.establishments.iter().map(Datum::of).collect::<Vec<_>>())
                .sentence("user-added", &values)
                .sentence("user-added-next", &values),
        )
    })?;
    Ok(Exit::Done)
}
