//! The commands of `report`.

mod activation;
mod batches;
mod checks;
mod dormant;
mod drift;
mod expiry;
mod lockouts;
mod stock;

use super::operator;
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
        Report::Stock => stock::run(session),
        Report::Activation => activation::run(session),
        Report::Drift(args) => drift::run(session, &args),
        Report::Expiry(args) => expiry::run(session, &args),
        Report::Lockouts => lockouts::run(session),
        Report::Checks(args) => checks::run(session, &args),
        Report::Dormant(args) => dormant::run(session, &args),
        Report::Batches(args) => batches::run(session, &args),
        // Who could do what is one list, asked for by whoever manages operators or looks back.
        Report::Operators(args) => operator::list::run(session, args),
    }
}
