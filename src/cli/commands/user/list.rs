//! `user list` lists the users.

use super::row;
use crate::cli::args::UserList;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: UserList) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let mut list = row::list();
        for (user, key) in desk.list_users(args.establishment.as_ref())? {
            list.row(row::of(&user, key.as_ref()));
        }
        session.report(list)
    })?;
    Ok(Exit::Done)
}
