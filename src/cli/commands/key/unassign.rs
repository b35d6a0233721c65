//! `key unassign` undoes assignments: the keys go back to stock, where they lie.

use super::deed::{Doing, run as carry_out};
use crate::cli::args::KeyChoice;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::ops::Deed;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyChoice) -> Result<Exit, Failure> {
    let doing = Doing {
        deed: Deed::Unassign,
        schema: "key-unassign",
        one: "key-unassigned",
        many: "keys-unassigned",
        next: |_| None,
    };
    carry_out(session, &args, &doing)
}
