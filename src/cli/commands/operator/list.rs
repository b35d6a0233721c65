//! `operator list` tells who may do what, now or on a day.

use super::row;
use crate::cli::args::OperatorList;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: OperatorList) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let mut list = row::list();
        for mandate in desk.list_operators(args.at.map(|moment| moment.0))? {
            list.row(row::of(&mandate));
        }
        session.report(list)
    })?;
    Ok(Exit::Done)
}
