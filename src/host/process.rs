//! The process itself: modes of new files, core dumps, and what a panic may say.

use rustix::fs::Mode;
use rustix::process::{DumpableBehavior, Resource, Rlimit, nice, set_dumpable_behavior, setrlimit, umask};
use signal_hook::consts::SIGXFSZ;
use std::panic::Location;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// How much nicer than others an import is: a tenth of their weight where the processor is short.
const LESS_URGENT: i32 = 10;

static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Makes new files private, forbids core dumps and tracing, and silences panics but for their place.
///
/// A kernel that refuses one of these is no reason to stop: they are a second line of defence.
pub fn harden() {
    umask(Mode::RWXG | Mode::RWXO);
    forbid_traces();
    // A file that may not grow is an error of the write, which is told, and not the end of the process.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    std::panic::set_hook(Box::new(|panic| {
        *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = panic.location().map(place);
    }));
}

/// Closes the process against dumps and traces; to be done again when it becomes another account.
pub(super) fn forbid_traces() {
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Lets other processes go first from now on (nice(2)); the kernel that refuses it does no harm.
pub(super) fn step_back() {
    let _ = nice(LESS_URGENT);
}

/// Gives where the last panic happened, as `src/file.rs:12`; its payload, which may hold anything, is never kept.
pub fn last_panic() -> Option<String> {
    LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Keeps the end of the path: for a library the beginning tells only where the binary was built.
fn place(location: &Location<'_>) -> String {
    let parts: Vec<_> = Path::new(location.file()).iter().map(|part| part.to_string_lossy()).collect();
    let from = parts.iter().rposition(|part| part == "src").unwrap_or(0).saturating_sub(1);
    format!("{}:{}", parts.get(from..).unwrap_or_default().join("/"), location.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_panic_names_the_source_file() {
        assert_eq!(place(Location::caller()).split(':').next(), Some("src/host/process.rs"));
    }
}
