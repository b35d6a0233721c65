//! `import` takes in vendor seed files.

use crate::cli::args::ImportArgs;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _args: ImportArgs) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
