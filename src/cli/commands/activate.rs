//! `activate` is the user's first step: login, serial and activation code.

use crate::cli::args::Activate;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: Activate) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
