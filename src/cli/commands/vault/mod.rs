//! The commands of `vault`.

mod rotate;
mod status;

use crate::cli::args::Vault;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Vault) -> Result<Exit, Failure> {
    match command {
        Vault::Status => status::run(session),
        Vault::Rotate => rotate::run(session),
    }
}
