//! `key found` brings lost keys into stock, or makes them what they were.

use super::deed::{Doing, emergency_ended, run as carry_out};
use crate::cli::args::KeyFound;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::key::State;
use crate::ops::{Deed, Moved};

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
            next: next_of_found,
        },
    };
    carry_out(session, &args.keys, &doing)
}

fn next_of_found(key: &Moved) -> Option<&'static str> {
    Some(match (&key.login, key.emergency_ended) {
        (None, _) => "key-found-next",
        (Some(_), false) => "key-found-next-of-user",
        (Some(_), true) => "key-found-next-in-emergency",
    })
}
