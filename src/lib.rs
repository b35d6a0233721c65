//! Administers a fleet of hardware OTP keys: imports seeds, hands over keys, checks passcodes.
//!
//! One binary: [`run`] is all of it, and everything it takes from outside comes in a [`Host`].
//!
//! | rooms | what they hold | may import |
//! |---|---|---|
//! | `clock`, `random`, `otp`, `key`, `user`, `establishment` | the trade: pure; time and random bytes come in as arguments | the trade |
//! | `host` | clock, randomness, terminal, files opened safely, who is calling | the trade |
//! | `cli` | the face: words, options, exit statuses, reports, a file per command | everything |
//!
//! `cli → ops → {store, vault, import} → trade`, and `host → trade`: nothing points back, and no edge imports another.
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss
    )
)]

mod cli;
mod clock;
mod establishment;
mod host;
mod key;
mod otp;
mod random;
mod user;

pub use cli::Exit;
pub use clock::{Clock, Seconds, UtcTime};
pub use host::{Caller, Environment, Host, Line, Terminal, TerminalError, Via};
pub use random::{NoRandomness, Random};

use std::ffi::OsString;

/// Runs one command line, its first word being the program's name, and tells how it ended.
///
/// It never panics and never leaves the process: a defect is caught, said without its payload, and gives [`Exit::Defect`].
pub fn run(args: impl IntoIterator<Item = OsString>, host: &mut Host) -> Exit {
    cli::run(args.into_iter().collect(), host)
}
