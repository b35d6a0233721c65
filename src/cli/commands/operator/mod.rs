//! The commands of `operator`.

mod add;
pub mod list;
mod remove;
mod row;

use crate::cli::args::Operator;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Operator) -> Result<Exit, Failure> {
    match command {
        Operator::Add(args) => add::run(session, args),
        Operator::List(args) => list::run(session, args),
        Operator::Remove(args) => remove::run(session, args),
    }
}
