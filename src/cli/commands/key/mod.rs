//! The commands of `key`.

mod assign;
pub mod diagnose;
mod list;
mod resync;
pub mod row;
mod sheet;
mod show;
mod unassign;
mod unlock;

use crate::cli::args::Key;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Runs one of them.
///
/// # Errors
/// What it fails with.
pub fn run(session: &mut Session<'_>, command: Key) -> Result<Exit, Failure> {
    match command {
        Key::List(args) => list::run(session, args),
        Key::Show(args) => show::run(session, args),
        Key::Assign(args) => assign::run(session, args),
        Key::Unassign(args) => unassign::run(session, args),
        Key::Unlock(args) => unlock::run(session, args),
        Key::Resync(args) => resync::run(session, args),
        Key::Diagnose(args) => diagnose::run(session, args),
    }
}
