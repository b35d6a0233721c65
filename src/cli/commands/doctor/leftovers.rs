//! What commands that were cut off, and restores, have left in the home.

use super::finding::Finding;
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::home::Home;
use crate::clock::{Seconds, UtcTime};
use crate::host::Machine;

/// So long no command writes a file.
const WRITTEN_WITHIN: Seconds = Seconds::hours(1);
/// So long the database of before a restore may still be wanted.
const WANTED_FOR: Seconds = Seconds::days(7);

/// Looks for files that have no use any more; a database of before a restore holds the names of people.
pub fn look(home: &Home, now: UtcTime) -> Vec<Finding> {
    let folder = Machine::at(&home.folder);
    let names = folder.names("").into_iter();
    names
        .filter_map(|name| {
            let age = Seconds::new(now.since(folder.modified(&name)?).get().saturating_abs());
            let path = folder.path(&name);
            let failure = |id| {
                Failure::new(Exit::Configuration, id)
                    .with("path", escape::path(&path))
                    .with("quoted", escape::for_shell(&path))
            };
            let is_before_restore = name.contains(".before-restore");
            match name.as_str() {
                _ if is_before_restore && age > WANTED_FOR => Some(Finding::warning(failure("left-before-restore"))),
                _ if is_before_restore => Some(Finding::notice(failure("left-before-restore"))),
                name if name.ends_with(".part") && age > WRITTEN_WITHIN => {
                    Some(Finding::warning(failure("left-unfinished")))
                }
                _ => None,
            }
        })
        .collect()
}
