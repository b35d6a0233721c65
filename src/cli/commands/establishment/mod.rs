//! The commands of `establishment`.

mod add;
mod import;
mod list;
mod rename;
mod row;
mod show;

use crate::cli::args::Establishment;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Establishment) -> Result<Exit, Failure> {
    match command {
        Establishment::Add(args) => add::run(session, args),
        Establishment::List => list::run(session),
        Establishment::Show(args) => show::run(session, args),
        Establishment::Rename(args) => rename::run(session, args),
        Establishment::Import(args) => import::run(session, args),
    }
}
