//! `key retire` puts keys out of use for ever.

use super::deed::{Doing, emergency_ended, run as carry_out};
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
        deed: Deed::Retire,
        schema: "key-retire",
        one: "key-retired-now",
        many: "keys-retired",
        next: emergency_ended,
    };
    carry_out(session, &args, &doing)
}
