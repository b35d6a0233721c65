//! The commands of `batch`.

mod list;
mod row;
mod show;
mod undo;
mod verify;

use crate::cli::args::Batch;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Batch) -> Result<Exit, Failure> {
    match command {
        Batch::List => list::run(session),
        Batch::Show(args) => show::run(session, args.id),
        Batch::Verify(args) => verify::run(session, &args),
        Batch::Undo(args) => undo::run(session, args.id),
    }
}
