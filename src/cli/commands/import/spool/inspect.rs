//! What should not lie in a spool for long: for `doctor`.

use super::filing::{LARGEST_REPORT, Pending, REPORT, Shelf};
use super::last_run;
use super::rules::Rules;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::home::Home;
use crate::cli::times;
use crate::clock::{Seconds, UtcTime};
use crate::host::files::{Account, FileError, SpoolFolder};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// How long a refused file may wait for somebody to mend it, counted back.
const LONG: Seconds = Seconds::days(-7);

/// So long no run of cron stays away.
const ABSENT: Seconds = Seconds::days(2);

/// What was seen in a spool.
#[derive(Default)]
pub struct Inspected {
    /// What somebody should do something about.
    pub warnings: Vec<Failure>,
    /// What is good to know.
    pub notices: Vec<Failure>,
}

/// Looks at a spool of an account and its home.
///
/// # Errors
/// The [`Failure`] that keeps an import from beginning.
pub fn inspect(path: &Path, account: Account, home: &Home, now: UtcTime) -> Result<Inspected, Failure> {
    let spool = super::open(path, account, home)?;
    let rules = Rules::read(&spool)?;
    let Inspected { mut warnings, mut notices } = Inspected::default();
    let plain = files(&spool, Shelf::Done, |_, folder, name| is_in_clear(folder, name)).map_err(Failure::of_shelf)?;
    if let Some(first) = plain.first() {
        warnings.push(warning("spool-plain-kept", &spool, plain.len()).with("first", escape::path(first)));
    }
    let since = times::day(now.plus(LONG));
    let old = files(&spool, Shelf::Failed, |day, _, _| Ok(*day < *since)).map_err(Failure::of_shelf)?;
    if let Some(first) = old.first() {
        warnings.push(warning("spool-failed-old", &spool, old.len()).with("first", escape::path(first)));
    }
    let fresh = files(&spool, Shelf::Failed, |day, _, _| Ok(*day >= *since)).map_err(Failure::of_shelf)?;
    if let Some(first) = fresh.first() {
        notices.push(warning("spool-failed", &spool, fresh.len()).with("first", escape::path(first)));
    }
    let last = last_run::read(home, path);
    let waiting = waiting(&spool, &rules)?;
    if let Some(last) = last.filter(|last| now.since(*last) > ABSENT) {
        warnings.push(warning("spool-not-run", &spool, waiting.len()).with("since", last));
    } else if let Some(first) = waiting.first() {
        notices.push(warning("spool-waiting", &spool, waiting.len()).with("first", escape::path(Path::new(first))));
    }
    Ok(Inspected { warnings, notices })
}

/// Gives the names of the files that wait to be taken, however short they rest.
fn waiting(spool: &SpoolFolder, rules: &Rules) -> Result<Vec<OsString>, Failure> {
    let secrets = super::secrets(spool, rules)?;
    let mut waiting = Vec::new();
    for name in spool.names()?.into_iter().filter(|name| !super::is_left(name) && Pending::of(name).is_none()) {
        let seen = spool.see(&name)?;
        if seen.is_some_and(|seen| !seen.is_folder() && !secrets.iter().any(|secret| secret.is(&seen))) {
            waiting.push(name);
        }
    }
    Ok(waiting)
}

fn warning(id: &'static str, spool: &SpoolFolder, count: usize) -> Failure {
    Failure::new(Exit::Configuration, id).with("spool", escape::path(spool.path())).with("count", count)
}

/// Gives the files of a shelf that fit, by their paths below the spool, the oldest first; a report is none.
fn files(
    spool: &SpoolFolder,
    shelf: Shelf,
    fits: impl Fn(&OsStr, &SpoolFolder, &OsStr) -> Result<bool, FileError>,
) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    let Some(days) = spool.within(OsStr::new(shelf.name()))? else { return Ok(found) };
    for day in days.names()? {
        if !days.see(&day)?.is_some_and(|seen| seen.is_folder()) {
            continue;
        }
        let Some(folder) = days.within(&day)? else { continue };
        for name in folder.names()? {
            if !name.to_string_lossy().ends_with(REPORT) && fits(&day, &folder, &name)? {
                found.push([OsStr::new(shelf.name()), &day, &name].iter().collect());
            }
        }
    }
    Ok(found)
}

/// Tells whether the report of a file says that seeds of it are in clear.
fn is_in_clear(folder: &SpoolFolder, name: &OsStr) -> Result<bool, FileError> {
    let mut report = OsString::from(name);
    report.push(REPORT);
    let Some(bytes) = folder.read(&report, LARGEST_REPORT)? else { return Ok(false) };
    let report: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    let said = report.as_ref().and_then(|report| report.get("files")?.get(0)?.get("in_clear")?.as_bool());
    Ok(said.unwrap_or(false))
}
