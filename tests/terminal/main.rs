//! The interactive commands of the real binary on a real terminal, under a real shell, in both languages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real clock"
)]

mod batch;
mod countdown;
mod escapes;
mod guide;
mod progress;
mod screen;
mod signals;
#[path = "../support/mod.rs"]
mod support;
