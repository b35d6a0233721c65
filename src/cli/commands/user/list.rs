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
        let users = desk.list_users(args.establishment.as_ref())?;
        session.report_each(row::list(), users, |(user, key)| row::of(user, key.as_ref()))
    })
}
