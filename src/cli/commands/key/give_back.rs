//! `key return` takes keys back from their users, into the stock of their establishments.

use super::deed::{Doing, emergency_ended, run as carry_out};
use crate::cli::args::KeyReturn;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::ops::Deed;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyReturn) -> Result<Exit, Failure> {
    let doing = Doing {
        deed: Deed::Return { to: args.to.as_ref() },
        schema: "key-return",
        one: "key-returned",
        many: "keys-returned",
        next: emergency_ended,
    };
    carry_out(session, &args.keys, &doing)
}
