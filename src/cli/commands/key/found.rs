//! `key found` brings lost keys into stock, or makes them what they were.

use super::deed::{Doing, emergency_ended, run as carry_out};
use crate::cli::args::KeyFound;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::key::State;
use crate::ops::Deed;

/// Runs the command.
///
/// # Errors
/// [`Failure`].
pub fn run(session: &mut Session<'_>, args: KeyFound) -> Result<Exit, Failure> {
    let doing = match args.reason.as_ref().filter(|_| args.restore) {
        Some(reason) => Doing {
            deed: Deed::Restore { reason },
            schema: "key-found",
            one: "key-restored",
            many: "keys-restored",
            next: |key| (key.after == State::Assigned).then_some("key-restored-next").or_else(|| emergency_ended(key)),
        },
        None => Doing {
            deed: Deed::Find,
            schema: "key-found",
            one: "key-found-now",
            many: "keys-found",
            next: emergency_ended,
        },
    };
    carry_out(session, &args.keys, &doing)
}
