//! The commands of `pin`.

mod change;
mod reset;
mod set;

use crate::cli::args::Pin;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Pin) -> Result<Exit, Failure> {
    match command {
        Pin::Set(args) => set::run(session, args),
        Pin::Change(args) => change::run(session, args),
        Pin::Reset(args) => reset::run(session, args),
    }
}
