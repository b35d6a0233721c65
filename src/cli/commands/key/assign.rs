//! `key assign` gives a key in stock to a user.

use crate::cli::args::KeyAssign;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: KeyAssign) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
