//! `establishment list` lists the establishments.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
