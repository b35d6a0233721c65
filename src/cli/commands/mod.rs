//! A file per verb: open, ask for what is missing, call the operation, report.

mod activate;
mod activation;
mod audit;
mod backup;
mod batch;
mod check;
mod check_batch;
mod check_pam;
mod check_radius;
mod completions;
mod config;
mod demo;
mod doctor;
mod emergency;
mod establishment;
mod import;
mod init;
mod key;
mod list_import;
mod man;
mod named;
mod new_pin;
mod operator;
mod pin;
mod report;
mod restore;
mod slip;
mod user;
mod vault;

#[cfg(test)]
mod tests;

use super::args::Command;
use super::exit::Exit;
use super::failure::Failure;
use super::session::Session;

pub use doctor::Surroundings;

/// Runs the command of the line. For `doctor`, what lies around the installation was looked at with the rights that the process began with.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Command, seen: Option<Surroundings>) -> Result<Exit, Failure> {
    match command {
        Command::Init => init::run(session),
        Command::Demo { folder } => demo::run(session, folder),
        Command::Doctor => {
            let seen = seen.unwrap_or_else(|| Surroundings::look(session.host));
            doctor::run(session, seen)
        }
        Command::Import(args) => import::run(session, args),
        Command::Batch(command) => batch::run(session, command),
        Command::Establishment(command) => establishment::run(session, command),
        Command::User(command) => user::run(session, command),
        Command::Key(command) => key::run(session, command),
        Command::Activation(command) => activation::run(session, command),
        Command::Emergency(command) => emergency::run(session, command),
        Command::Slip(args) => slip::run(session, args),
        Command::Activate(args) => activate::run(session, args),
        Command::Pin(command) => pin::run(session, command),
        Command::Check(args) => check::run(session, args),
        Command::Operator(command) => operator::run(session, command),
        Command::Audit(command) => audit::run(session, command),
        Command::Report(command) => report::run(session, command),
        Command::Backup(args) => backup::run(session, &args),
        Command::Restore(args) => restore::run(session, args),
        Command::Config(command) => config::run(session, command),
        Command::Vault(command) => vault::run(session, command),
        Command::Completions { shell } => completions::run(session, shell),
        Command::Man { folder } => man::run(session, folder.as_deref()),
    }
}
