//! The write-ahead log, emptied into the database while one change after the other is written to it.

use super::Store;
use super::database::connect;
use rusqlite::Connection;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long it is left alone between two times: so short that little is left to wait for in the end.
const LEFT_ALONE: Duration = Duration::from_millis(5);

/// Another way into an open database, by which its log is emptied.
#[derive(Debug)]
pub struct Log(Connection);

impl Store<'_> {
    /// Gives a way to empty the log; none, if the database cannot be opened once more. Without it a change empties the log
    /// whenever there are 1,000 pages in it, as the one of any process does.
    pub fn log(&self) -> Option<Log> {
        connect(Path::new(self.connection.path()?)).ok().map(Log)
    }
}

impl Log {
    /// Empties the log as far as nobody reads there, again and again until nobody holds the other end any more, or the disk fails.
    /// Nothing relies upon it: what must be on the disk is taken there, in the log, by the change itself, and what cannot go into
    /// the database stays in the log.
    pub fn keep_emptying(&self, until_over: &Receiver<()>) {
        let empty = || self.0.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        while until_over.recv_timeout(LEFT_ALONE) == Err(RecvTimeoutError::Timeout) && empty().is_ok() {}
    }
}
