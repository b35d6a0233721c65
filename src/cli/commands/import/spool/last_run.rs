//! When a spool was last taken: a line in the home, for `doctor` to see whether cron comes. Nobody else needs it.

use crate::cli::home::Home;
use crate::clock::UtcTime;
use crate::host::files;
use std::path::Path;

/// A path and a number.
const LARGEST: u64 = 8 * 1024;

/// Notes that all of a spool was taken. What cannot be noted, as in a home that is missing, is nobody's fault but will be seen missing.
pub fn note(home: &Home, spool: &Path, now: UtcTime) {
    let line = format!("{} {}\n", now.epoch_seconds(), real(spool));
    let _ = files::note_private(&home.last_spool_run(), line.as_bytes());
}

/// Tells when a spool was last taken; nothing when it never was, or another one was since.
pub fn read(home: &Home, spool: &Path) -> Option<UtcTime> {
    let bytes = files::read_input(&home.last_spool_run(), LARGEST).ok()?;
    let (at, path) = std::str::from_utf8(&bytes).ok()?.trim_end_matches('\n').split_once(' ')?;
    (path == real(spool)).then(|| at.parse().ok().map(UtcTime::from_epoch)).flatten()
}

/// Writes the one name of a folder, on one line.
fn real(folder: &Path) -> String {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    real.display().to_string().replace('\n', "?")
}
