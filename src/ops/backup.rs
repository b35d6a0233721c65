//! Making a backup: a copy of the database as it stands at one moment, without the vault key.

use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome};
use crate::store::{self, Contents};
use std::path::Path;

impl Desk<'_> {
    /// Copies the database into an empty private file. That a backup was begun is an event of its own, the last one in it: whoever
    /// has it knows by whom it was made. One that fails is told of too.
    ///
    /// # Errors
    /// [`Error`].
    pub fn back_up(&mut self, path: &Path) -> Result<Contents, Error> {
        let now = self.now();
        let event = Event::new(Action::Backup, Outcome::Done);
        self.store.change(now, |_| Ok::<_, Error>(((), Events::one(event))))?;
        match self.store.copy_to(path) {
            Ok(contents) => Ok(contents),
            Err(error) => {
                // What it failed of is told in any case; the disk may be full.
                self.give_up_backup().unwrap_or_default();
                Err(error.into())
            }
        }
    }

    /// Writes down that the backup that was begun last was not written to its end: it counts for none.
    ///
    /// # Errors
    /// [`Error`].
    pub fn give_up_backup(&mut self) -> Result<(), Error> {
        let now = self.now();
        let event = Event::new(Action::Backup, Outcome::Refused).because("not-written");
        self.store.change(now, |_| Ok::<_, Error>(((), Events::one(event))))
    }
}

/// Copies a database whose vault key is not there: what is secret in it stays sealed. No event tells of it, which would have to be
/// chained by that key.
///
/// # Errors
/// [`store::Error`].
pub fn back_up_closed(database: &Path, path: &Path) -> Result<Contents, store::Error> {
    store::copy_closed(database, path)
}
