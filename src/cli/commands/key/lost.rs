//! `key lost` stops keys that nobody finds.

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
        deed: Deed::Lose,
        schema: "key-lost",
        one: "key-lost-now",
        many: "keys-lost",
        next: |key| Some(if key.login.is_some() { "key-lost-next-of-user" } else { "key-lost-next" }),
    };
    carry_out(session, &args, &doing)
}
