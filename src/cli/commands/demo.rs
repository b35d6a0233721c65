//! `demo` plays the whole guide on sample keys.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use std::path::PathBuf;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(_session: &mut Session<'_>, _folder: Option<PathBuf>) -> Result<Exit, Failure> {
    Err(Failure::new(Exit::Defect, "not-built"))
}
