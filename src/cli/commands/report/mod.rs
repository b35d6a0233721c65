//! The commands of `report`.

mod drift;

use crate::cli::args::Report;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Report) -> Result<Exit, Failure> {
    match command {
        Report::Drift(args) => drift::run(session, &args),
    }
}
