//! `activation new` issues an activation code.

use crate::cli::args::ActivationNew;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: ActivationNew) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
