//! The commands of `activation`.

mod campaign;
mod import;
mod list;
mod new;
mod revoke;

use crate::cli::args::Activation;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Activation) -> Result<Exit, Failure> {
    match command {
        Activation::New(args) => new::run(session, args),
        Activation::Campaign(args) => campaign::run(session, args),
        Activation::Import(args) => import::run(session, args),
        Activation::List(args) => list::run(session, args),
        Activation::Revoke(args) => revoke::run(session, args),
    }
}
