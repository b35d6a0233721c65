//! Other programs as oracles: what they write comes in with the same seeds. A test whose program is missing says so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::disallowed_methods,
    dead_code,
    missing_docs,
    reason = "a test may fail loudly, lays its files itself, and uses only a part of the support"
)]

#[path = "../support/mod.rs"]
mod installed;
mod openpgp;
mod pam;
mod pskc;
mod radius;
mod slip;
#[path = "../cli/support.rs"]
mod support;
