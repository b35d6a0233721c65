//! The commands of `audit`.

mod checkpoint;
mod document;
mod export;
mod list;
mod purge;
mod verify;

use crate::cli::args::Audit;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Audit) -> Result<Exit, Failure> {
    match command {
        Audit::List(args) => list::run(session, args),
        Audit::Verify(args) => verify::run(session, args),
        Audit::Checkpoint(args) => checkpoint::run(session, args),
        Audit::Export(args) => export::run(session, args),
        Audit::Purge(args) => purge::run(session, args),
    }
}
