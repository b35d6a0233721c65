//! The real binary as a process: what it leaves of its secrets where somebody else looks, and what it does where the machine gives it
//! less than it needs; and a vault key that is changed while others work, and while it is killed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real machine"
)]

#[path = "hardened/credential.rs"]
mod credential;
#[path = "hardened/environment.rs"]
mod environment;
#[path = "hardened/limits.rs"]
mod limits;
#[path = "hardened/process.rs"]
mod process;
#[path = "hardened/rotation.rs"]
mod rotation;
mod support;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

fn has(program: &str) -> bool {
    ["/usr/bin", "/usr/sbin", "/bin"].iter().any(|place| Path::new(place).join(program).exists())
}
