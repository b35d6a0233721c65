//! Making a backup: a copy of the database as it stands at one moment, without the vault key.

use super::{Desk, Error};
use crate::audit::{Action, Event, Events, Outcome};
use crate::store::{self, Contents};
use std::path::Path;

impl Desk<'_> {
    /// Copies the database into an empty private file. That a backup was begun is an event of its own, the last one in it: whoever
    /// has it knows by whom it was made.
    ///
    /// # Errors
    /// [`Error`].
    pub fn back_up(&mut self, path: &Path) -> Result<Contents, Error> {
        let now = self.now();
        let event = Event::new(Action::Backup, Outcome::Done);
        self.store.change(now, |_| Ok::<_, Error>(((), Events::one(event))))?;
        Ok(self.store.copy_to(path)?)
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
