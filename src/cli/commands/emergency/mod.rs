//! The commands of `emergency`.

pub mod handed;
mod list;
mod new;
mod revoke;

use crate::cli::args::Emergency;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Emergency) -> Result<Exit, Failure> {
    match command {
        Emergency::New(args) => new::run(session, args),
        Emergency::List(args) => list::run(session, args),
        Emergency::Revoke(args) => revoke::run(session, args),
    }
}
