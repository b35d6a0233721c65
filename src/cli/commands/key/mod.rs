//! The commands of `key`.

mod assign;
mod deed;
pub mod diagnose;
mod found;
mod give_back;
mod list;
mod lost;
mod receive;
mod replace;
mod resume;
mod resync;
mod retire;
pub mod row;
mod sheet;
mod ship;
mod show;
pub mod story;
mod suspend;
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
        Key::Replace(args) => replace::run(session, args),
        Key::Unassign(args) => unassign::run(session, args),
        Key::Return(args) => give_back::run(session, args),
        Key::Ship(args) => ship::run(session, args),
        Key::Receive(args) => receive::run(session, args),
        Key::Suspend(args) => suspend::run(session, args),
        Key::Resume(args) => resume::run(session, args),
        Key::Lost(args) => lost::run(session, args),
        Key::Found(args) => found::run(session, args),
        Key::Retire(args) => retire::run(session, args),
        Key::Unlock(args) => unlock::run(session, args),
        Key::Resync(args) => resync::run(session, args),
        Key::Diagnose(args) => diagnose::run(session, args),
    }
}
