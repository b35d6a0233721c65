//! The whole program in process, over a home of its own: what is typed goes in, and all that comes out is compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test may fail loudly, and lays its files itself"
)]

mod bad_clock;
mod bad_files;
mod bad_input;
mod bad_names;
mod bad_numbers;
mod bad_words;
mod batch;
mod campaign;
mod canaries;
mod check_batch;
mod delegate_guide;
mod diagnose;
mod doctor;
mod emergency;
mod encrypted_files;
mod establishments;
mod event_key;
mod guide;
mod guide_interactive;
mod import;
mod leavers;
mod life;
mod lists;
mod openpgp;
mod operators;
mod oracle;
mod pin_change;
mod replace;
mod report_drift;
mod reports;
mod roles;
mod slip;
mod spool;
mod support;
mod tables;
mod token_records;
