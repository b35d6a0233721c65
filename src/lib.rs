//! Administers a fleet of hardware OTP keys: imports seeds, hands over keys, checks passcodes.
//!
//! One binary: [`run`] is all of it, and everything it takes from outside comes in a [`Host`].
//!
//! | rooms | what they hold | may import |
//! |---|---|---|
//! | `clock`, `random`, `otp`, `key`, `user`, `establishment`, `activation`, `pin`, `passcode`, `drift`, `throttle`, `operator`, `audit`, `batch`, `envelope`, `diagnosis`, `emergency`, `openpgp` | the trade: pure; time and random bytes come in as arguments | the trade |
//! | `vault` | the vault key, sealing, keyed hashes, PIN hashing | the trade |
//! | `store` | SQLite, and SQL only here | the trade |
//! | `import` | vendors' files into records and findings | the trade |
//! | `slip` | the handover slip: who, what and words into a PDF | the trade |
//! | `host` | clock, randomness, terminal, files opened safely, who is calling | the trade |
//! | `ops` | the procedures, one file each: they join store, vault, import and trade | the trade, `vault`, `store`, `import` |
//! | `cli` | the face: words, options, exit statuses, reports, a file per command | everything but the insides of `store` and `vault` |
//!
//! `cli → ops → {store, vault, import} → trade`, `cli → slip`, and `host → trade`: nothing points back, and no edge imports another.
//! `tests/architecture.rs` holds the sources against this table.
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss
    )
)]

mod activation;
mod audit;
mod batch;
mod cli;
mod clock;
mod diagnosis;
mod drift;
mod emergency;
mod envelope;
mod establishment;
mod host;
mod import;
mod key;
mod openpgp;
mod operator;
mod ops;
mod otp;
mod passcode;
mod pin;
mod random;
mod slip;
mod store;
mod throttle;
mod user;
mod vault;

pub use cli::Exit;
pub use clock::{Clock, Seconds, UtcTime};
pub use host::{
    Accounts, Caller, Disks, Environment, Filesystem, FilesystemKind, Host, Journal, Line, Mounted, NoAccounts,
    NoJournal, NotBecome, Terminal, TerminalError, Variables, Via, Wait,
};
pub use openpgp::{Envelope, NoProgram, Opened, Refusal, Setup, Unwrap};
pub use random::{NoRandomness, Random};

#[cfg(fuzzing)]
pub use import::fuzzing;

use std::ffi::OsString;

/// Runs one command line, its first word being the program's name, and tells how it ended.
///
/// It never panics: a defect is caught, said without its payload, and gives [`Exit::Defect`]. It leaves the process only
/// by the signal that came instead of an answer to a question, when all else is done.
pub fn run(args: impl IntoIterator<Item = OsString>, host: &mut Host) -> Exit {
    let exit = cli::run(args.into_iter().collect(), host);
    host.terminal.leave();
    exit
}
