//! `establishment show` tells what is known of an establishment.

use crate::cli::args::OneUai;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: OneUai) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
