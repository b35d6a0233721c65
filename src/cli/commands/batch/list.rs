//! `batch list` tells which files came in.

use super::row;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    session.at_desk(|desk, session| {
        let mut list = row::list();
        for batch in desk.list_batches()? {
            list.row(row::of(&batch));
        }
        session.report(list)
    })?;
    Ok(Exit::Done)
}
