//! Copies of a database that others are writing to: by SQLite's backup API, in one step within one reading, so that no writer makes it
//! begin again.

use super::audit::read_head;
use super::database::{connect_as, read_envelope, read_number, wait_for_writers};
use super::health::beside;
use super::{Database, Error, Store};
use crate::audit::Head;
use crate::clock::UtcTime;
use crate::envelope::VaultKeyId;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// All pages at once.
const ALL_PAGES: i32 = -1;

/// What a database holds, as far as it matters to who will need its copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// How many events.
    pub events: i64,
    /// The last of them.
    pub head: Head,
    /// When it was written.
    pub newest: Option<UtcTime>,
    /// The vault key without which the copy is of no use.
    pub vault_key: VaultKeyId,
}

impl Contents {
    pub(super) fn read(connection: &Connection) -> Result<Self, Error> {
        let head = read_head(connection)?;
        let (events, newest): (i64, Option<i64>) =
            connection.query_row("SELECT count(*), max(at) FROM audit", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self {
            events,
            head,
            newest: newest.map(UtcTime::from_epoch),
            vault_key: read_envelope(connection)?.vault_key,
        })
    }
}

impl Store<'_> {
    /// Copies the database into an empty private file, as it stands at one moment: one file without a log.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Damaged`] when the copy is not what was copied.
    pub fn copy_to(&self, path: &Path) -> Result<Contents, Error> {
        copy(&self.connection, path)
    }
}

/// Copies a database whose vault stays closed, as [`Store::copy_to`].
///
/// # Errors
/// As [`Store::copy_to`], and what opening it fails with.
pub fn copy_closed(database: &Path, path: &Path) -> Result<Contents, Error> {
    copy(&Database::open(database)?.into_connection(), path)
}

fn copy(connection: &Connection, path: &Path) -> Result<Contents, Error> {
    // What is told of the copy is read at its moment.
    let moment = connection.unchecked_transaction()?;
    let contents = Contents::read(connection)?;
    pour(connection, path)?;
    drop(moment);
    let copy = connect_as(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mode: String = copy.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
    let is_whole: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    let is_same = Contents::read(&copy)? == contents
        && ["application_id", "user_version"].into_iter().all(|name| {
            matches!((read_number(&copy, name), read_number(connection, name)), (Ok(one), Ok(other)) if one == other)
        });
    match mode.eq_ignore_ascii_case("delete") && is_whole == "ok" && is_same {
        true => Ok(contents),
        false => Err(Error::Damaged),
    }
}

fn pour(from: &Connection, path: &Path) -> Result<(), Error> {
    let mut copy = connect_as(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Nobody knows of it yet, and who made the file takes it to the disk.
    copy.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(from, &mut copy)?;
    let mut turn = 0;
    loop {
        match backup.step(ALL_PAGES)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ if wait_for_writers(turn) => turn = turn.saturating_add(1),
            _ => return Err(Error::Busy),
        }
    }
}

/// Writes the log of a database back and takes it away, which needs nobody else to have the database open.
///
/// # Errors
/// [`Error::Busy`] when somebody has; [`Error::Damaged`] and whatever else keeps it from being opened.
pub fn fold(path: &Path) -> Result<(), Error> {
    let connection = connect_as(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(Error::Busy);
    }
    connection.close().map_err(|(_, error)| error)?;
    // The last one who closes it takes the log away.
    if beside(path, "-wal").try_exists().unwrap_or(true) { Err(Error::Busy) } else { Ok(()) }
}
