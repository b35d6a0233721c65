//! Processes that are killed, disks that fail, clocks that jump, memory that ends, and many processes at once: whatever happens,
//! nothing that was acknowledged is lost, and nobody comes in who should not.
//!
//! | variable | what | default | before a release |
//! |---|---|---|---|
//! | `CLEOTP_KILLS` | kills at random instants, in all | 500 | 10000 |
//! | `CLEOTP_FAULTS` | faults of system calls that are drawn, in all, besides one of each kind per command | 60 | `all` |
//! | `CLEOTP_ROUNDS` | rounds in which 64 processes give one passcode at once | 8 | 10000 |
//! | `CLEOTP_JUMPS` | jumps of the clock | 150 | 2000 |
//! | `CLEOTP_MINUTES` | minutes of imports, checks and delegates together | 0.05 | 10 |
//! | `CLEOTP_DEEDS` | the commands that are killed and disturbed, by their names in `deeds.rs`, between commas | all | |
//! | `CLEOTP_SEED` | what is drawn at random | another one each time, and told | |
//! | `CLEOTP_TEST_PROGRAM` | the program that is tried | the one that Cargo has built | that of the release |
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real machine"
)]

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod chance;
mod clock;
mod deeds;
mod disk;
mod home;
mod killed_check;
mod kills;
mod left;
mod limits;
mod race;
mod recording;
mod sweep;
mod traffic;
