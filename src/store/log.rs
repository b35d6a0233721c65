//! The write-ahead log, emptied into the database while one change after the other is written to it.

use super::database::connect;
use super::{Error, Store};
use rusqlite::Connection;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long it is left alone between two times: so short that little is left to wait for in the end.
const LEFT_ALONE: Duration = Duration::from_millis(5);
/// After how many pages in the log a change has the rest of them go into the database, if nobody else is about it: only then the
/// log begins anew, and what is written over costs less than what grows.
const MOST_PAGES: u32 = 2_000;
/// The same as SQLite has it from the beginning.
const FEW_PAGES: u32 = 1_000;

/// Another way into an open database, by which its log is emptied.
#[derive(Debug)]
pub struct Log(Connection);

impl Store<'_> {
    /// Leaves it to somebody else to [empty](Log::keep_emptying) the log, where there is a way: a change does only what is needed
    /// for it not to grow on and on.
    pub fn hand_over_log(&self) -> Option<Log> {
        let log = connect(Path::new(self.connection.path()?)).ok()?;
        self.set_pages_in_log(MOST_PAGES).ok()?;
        Some(Log(log))
    }

    /// Has the changes empty the log themselves again.
    ///
    /// # Errors
    /// [`Error`].
    pub fn take_log_back(&self) -> Result<(), Error> {
        self.set_pages_in_log(FEW_PAGES)
    }

    fn set_pages_in_log(&self, pages: u32) -> Result<(), Error> {
        Ok(self.connection.pragma_update(None, "wal_autocheckpoint", pages)?)
    }
}

impl Log {
    /// Empties the log as far as nobody reads there, again and again until nobody holds the other end any more. Nothing relies
    /// upon it: what must be on the disk is taken there by the change itself, which also hears of an error that is met here.
    pub fn keep_emptying(&self, until_over: &Receiver<()>) {
        while until_over.recv_timeout(LEFT_ALONE) == Err(RecvTimeoutError::Timeout) {
            let _ = self.0.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        }
    }
}
