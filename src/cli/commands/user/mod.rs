//! The commands of `user`.

mod add;
mod disable;
mod enable;
mod export;
mod import;
mod list;
mod relocate;
mod remove;
mod row;
mod show;

use crate::cli::args::User;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: User) -> Result<Exit, Failure> {
    match command {
        User::Add(args) => add::run(session, args),
        User::List(args) => list::run(session, args),
        User::Show(args) => show::run(session, args),
        User::Import(args) => import::run(session, args),
        User::Disable(args) => disable::run(session, args),
        User::Enable(args) => enable::run(session, args),
        User::Move(args) => relocate::run(session, args),
        User::Export(args) => export::run(session, args),
        User::Remove(args) => remove::run(session, args),
    }
}
