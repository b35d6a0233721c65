//! `activation list` lists the codes that wait.

use crate::cli::args::ActivationList;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: ActivationList) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
