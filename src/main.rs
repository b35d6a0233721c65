//! The `cleotp` binary: all of it is in the library.

use cleotp::Host;
use std::process::ExitCode;

fn main() -> ExitCode {
    cleotp::run(std::env::args_os(), &mut Host::system()).into()
}
