//! `key ship` sends keys to an establishment, or back to the academy.

use super::deed::{Doing, run as carry_out};
use crate::cli::args::KeyShip;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::ops::Deed;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyShip) -> Result<Exit, Failure> {
    let doing = Doing {
        deed: Deed::Ship { to: args.to.as_ref() },
        schema: "key-ship",
        one: "key-shipped",
        many: "keys-shipped",
        next: |_| Some("key-shipped-next"),
    };
    carry_out(session, &args.keys, &doing)
}
