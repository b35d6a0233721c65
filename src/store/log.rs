//! SQLite's write-ahead log, as a file of which parts can go to the disk before a change asks for all of it.

use super::Store;
use std::fs::File;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often it goes there: so often that little is left to wait for in the end.
const FLUSH_EVERY: Duration = Duration::from_millis(40);

/// The write-ahead log of an open database.
#[derive(Debug)]
pub struct Log(File);

impl Store<'_> {
    /// Gives the log, once something was written.
    #[expect(clippy::disallowed_methods, reason = "SQLite made it, beside the database and as private")]
    pub fn log(&self) -> Option<Log> {
        // SQLite holds no lock on it that would be lost when it is closed here.
        File::open(format!("{}-wal", self.connection.path()?)).ok().map(Log)
    }
}

impl Log {
    /// Has what was written go to the disk, again and again until nobody holds the other end any more. That it did is nothing to
    /// rely upon: what must be on the disk is taken there by the change itself, which also hears of an error that is met here.
    pub fn keep_flushing(&self, until_over: &Receiver<()>) {
        while until_over.recv_timeout(FLUSH_EVERY) == Err(RecvTimeoutError::Timeout) {
            let _ = self.0.sync_data();
        }
    }
}
