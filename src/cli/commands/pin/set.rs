//! `pin set` creates a holder's PIN.

use crate::cli::args::PinSet;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: PinSet) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
