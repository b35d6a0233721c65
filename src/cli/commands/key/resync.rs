//! `key resync` finds a key's clock again by two or three codes.

use crate::cli::args::KeyResync;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: KeyResync) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
