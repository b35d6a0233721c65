//! The database that a backup takes the place of.

use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::times;
use crate::host::files::{self, Draft, FileError, Held};
use crate::ops::{self, Candidate, Comparison, StoreError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long those are waited for who have the database open.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The database that is replaced, which nobody else has open.
pub struct Present {
    path: PathBuf,
    held: Option<Held>,
    /// What happened to it since the backup, if that can be told.
    pub comparison: Option<Comparison>,
    /// Its log lies in it.
    is_folded: bool,
}

impl Present {
    /// Takes it alone, and compares.
    ///
    /// # Errors
    /// A failure when somebody has it open, or its disk fails.
    pub fn take(session: &Session<'_>, backup: &Path, candidate: &Candidate) -> Result<Self, Failure> {
        let path = session.home.database();
        let Some(held) = hold_alone(session, &path)? else {
            return Ok(Self { path, held: None, comparison: None, is_folded: false });
        };
        // Of an empty file SQLite would throw the log away.
        if files::size_of(&path).is_some_and(|size| size == 0) {
            return Ok(Self { path, held: Some(held), comparison: None, is_folded: false });
        }
        let comparison = ops::compare_backup(backup, &path, candidate);
        let is_folded = match ops::fold(&path) {
            Ok(()) => true,
            Err(StoreError::Busy) => return Err(in_use(&path)),
            // It is damaged: its parts are kept as they are. Of a damaged beginning SQLite may say other things.
            Err(StoreError::Damaged) => false,
            Err(StoreError::Unexpected(_)) if comparison.is_none() => false,
            // What it has in its log is not to be lost by a disk that fails now.
            Err(error) => return Err(error.into()),
        };
        Ok(Self { path, held: Some(held), comparison, is_folded })
    }

    /// Keeps what is left of it under another name, which is given, and takes away what SQLite would take for a part of the new one.
    ///
    /// # Errors
    /// A failure when it cannot be kept.
    pub fn make_room(&self, session: &Session<'_>) -> Result<Option<PathBuf>, Failure> {
        let moment = times::for_machines(session.now()).replace([':', '-'], "");
        let name = (1_u32..).map(|number| match number {
            1 => format!(".before-restore-{moment}"),
            number => format!(".before-restore-{moment}-{number}"),
        });
        let is_free = |path: &PathBuf| path.symlink_metadata().is_err();
        let kept = name.map(|name| files::beside(&self.path, &name)).find(is_free).unwrap_or_default();
        let mut parts = Vec::new();
        if self.held.is_some() {
            parts.push("");
        }
        if !self.is_folded {
            parts.push("-wal");
        }
        let mut is_kept = false;
        for ending in parts {
            let part = files::beside(&self.path, ending);
            if part.symlink_metadata().is_ok() {
                keep(&part, &files::beside(&kept, ending))?;
                is_kept = true;
            }
        }
        files::remove_beside(&self.path);
        Ok(is_kept.then_some(kept))
    }
}

fn keep(path: &Path, to: &Path) -> Result<(), Failure> {
    let mut input = files::open_input(path, u64::MAX)?;
    let busy = || Failure::new(Exit::Busy, "restore-busy");
    let mut copy = Draft::begin(&files::beside(path, ".before-restore.part"))?.ok_or_else(busy)?;
    copy.fill(path, &mut input)?;
    Ok(copy.publish(to)?)
}

/// Waits a little until nobody has the database open; nothing when there is none.
fn hold_alone(session: &Session<'_>, path: &Path) -> Result<Option<Held>, Failure> {
    session.wait_for(
        LONGEST_WAIT,
        || in_use(path),
        || match files::hold_alone(path) {
            Ok(held) => Ok(held.map(Some)),
            Err(FileError::Missing { .. }) => Ok(Some(None)),
            Err(error) => Err(Failure::of_home_file(error)),
        },
    )
}

fn in_use(path: &Path) -> Failure {
    Failure::new(Exit::Busy, "database-in-use").with("path", escape::path(path)).with("quoted", escape::for_shell(path))
}
