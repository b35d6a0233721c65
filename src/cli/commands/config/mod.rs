//! The commands of `config`, which need no database, and work also where the configuration keeps all others away.

mod check;
mod show;

use crate::cli::args::Config;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Config) -> Result<Exit, Failure> {
    match command {
        Config::Show => show::run(session),
        Config::Check(args) => check::run(session, args.file.as_ref()),
    }
}
