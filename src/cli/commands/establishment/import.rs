//! `establishment import` records a list of establishments.

use crate::cli::args::ListFile;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: ListFile) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
