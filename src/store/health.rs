//! Looking at a database to find out what is wrong with it. Nothing is changed: no schema, no row, no page, no log.

use super::database::{APPLICATION_ID, connect_as, known_schema, read_envelope, read_number, require_contents};
use super::keys::{self, Secrets};
use super::schema::{self, Differences};
use super::{Error, View};
use crate::clock::UtcTime;
use crate::envelope::Envelope;
use crate::key::Key;
use crate::operator::Scope;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// More faults than anybody reads.
const MOST_FAULTS: u32 = 100;

/// How the file can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As every command does, beside other processes.
    Shared,
    /// On a disk that nobody can write: without locks and log, which could not be made.
    Frozen,
}

/// Rows of one table that refer to rows that do not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// Their table.
    pub table: String,
    /// The table in which nothing is found.
    pub parent: String,
    /// How many they are.
    pub rows: usize,
}

/// A database that is open to be looked at.
#[derive(Debug)]
pub struct Examination {
    connection: Connection,
    access: Access,
    is_closed_to_writers: bool,
}

impl Examination {
    /// Opens a database of any schema, and leaves beside it the files that were there.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Damaged`], [`Error::Foreign`], and what the disk says.
    pub fn begin(path: &Path, access: Access) -> Result<Self, Error> {
        require_contents(path)?;
        let has_log = beside(path, "-wal").exists();
        let (connection, is_closed_to_writers) = match access {
            Access::Frozen => (connect_frozen(path, has_log)?, false),
            // An unfinished journal would be rolled back by a connection that may write: that is a repair.
            Access::Shared if beside(path, "-journal").exists() => (connect_frozen(path, true)?, false),
            // One that may not write would leave an empty log behind. Without permission, SQLite opens only to read, and
            // says nothing.
            Access::Shared => {
                let connection = connect_as(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
                let is_closed = connection.is_readonly(MAIN_DB)?;
                (if is_closed { connect_frozen(path, has_log)? } else { connection }, is_closed)
            }
        };
        // A log that was there stays as it is; one that this connection makes goes with it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log)?;
        if read_number(&connection, "application_id")? != APPLICATION_ID {
            return Err(Error::Foreign);
        }
        Ok(Self { connection, access, is_closed_to_writers })
    }

    pub(super) fn begin_frozen(path: &Path) -> Result<Self, Error> {
        require_contents(path)?;
        let connection = connect_frozen(path, false)?;
        if read_number(&connection, "application_id")? != APPLICATION_ID {
            return Err(Error::Foreign);
        }
        Ok(Self { connection, access: Access::Frozen, is_closed_to_writers: false })
    }

    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Takes the writer's lock and gives it back; from then on this connection only reads.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process keeps it, [`Error::ReadOnly`] when this account may not write the file.
    pub fn try_lock(&self) -> Result<(), Error> {
        // It would be a lock of readers.
        if self.is_closed_to_writers {
            return Err(Error::ReadOnly);
        }
        let locked = self.connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK");
        self.connection.pragma_update(None, "query_only", true)?;
        Ok(locked?)
    }

    /// Tells the schema of the file, and the newest that this program knows.
    ///
    /// # Errors
    /// [`Error`].
    pub fn schema(&self) -> Result<(i64, i64), Error> {
        Ok((read_number(&self.connection, "user_version")?, known_schema()))
    }

    /// Tells in what the schema is not what its number says; only for the newest number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn differences(&self) -> Result<Differences, Error> {
        schema::compare(&self.connection)
    }

    /// Tells whether anybody administers.
    ///
    /// # Errors
    /// [`Error`].
    pub fn has_admin(&self) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM operators WHERE role = 'admin' AND ended_at IS NULL)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Tells how changes are journalled: `wal` is ours. Of a frozen file it cannot be told.
    ///
    /// # Errors
    /// [`Error`].
    pub fn journal_mode(&self) -> Result<Option<String>, Error> {
        match self.access {
            Access::Shared if self.is_closed_to_writers => Ok(None),
            Access::Shared => Ok(self.connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?),
            Access::Frozen => Ok(None),
        }
    }

    /// Has SQLite check every page, index and rule; tells what it says, a line for each fault.
    ///
    /// # Errors
    /// [`Error::Damaged`] when not even that can be done.
    pub fn faults(&self) -> Result<Vec<String>, Error> {
        let mut faults = Vec::new();
        let read = self.connection.pragma(None, "integrity_check", MOST_FAULTS, |row| {
            // Some rows hold several lines, below the name of the database that they are about.
            faults.extend(row.get::<_, String>(0)?.lines().map(str::to_owned));
            Ok(())
        });
        faults.retain(|fault| fault != "ok" && !fault.starts_with("***"));
        match read {
            // What it said before it stumbled is more than that it stumbled.
            Err(error) if faults.is_empty() => Err(error.into()),
            _ => Ok(faults),
        }
    }

    /// Finds the rows that refer to rows that do not exist.
    ///
    /// # Errors
    /// [`Error`].
    pub fn dangling(&self) -> Result<Vec<Dangling>, Error> {
        let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
        self.connection.pragma_query(None, "foreign_key_check", |row| {
            let rows = found.entry((row.get(0)?, row.get(2)?)).or_default();
            *rows = rows.saturating_add(1);
            Ok(())
        })?;
        Ok(found.into_iter().map(|((table, parent), rows)| Dangling { table, parent, rows }).collect())
    }

    /// Counts the users who would be found by another login than the one that they are told by; with the first of these.
    ///
    /// # Errors
    /// [`Error`].
    pub fn logins_sought_by_others(&self) -> Result<Option<(i64, String)>, Error> {
        let sql = "SELECT count(*), min(login) FROM users WHERE removed_at IS NULL AND folded IS NOT lower(login)";
        let (count, first): (i64, Option<String>) =
            self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.map(|first| (count, first)))
    }

    /// Reads how the data key is kept.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Damaged`] when there is none.
    pub fn envelope(&self) -> Result<Envelope, Error> {
        read_envelope(&self.connection)
    }

    /// Tells when something was last written: an event or the acceptance of a code.
    ///
    /// # Errors
    /// [`Error`].
    pub fn newest(&self) -> Result<Option<UtcTime>, Error> {
        let newest: Option<i64> = self.connection.query_row(
            "SELECT max(at) FROM (SELECT max(at) AS at FROM audit UNION ALL SELECT max(last_accepted_at) FROM keys)",
            [],
            |row| row.get(0),
        )?;
        Ok(newest.map(UtcTime::from_epoch))
    }

    /// Gives every key to `take` with its secrets, as far as they are as they must be, or what no version of the program wrote.
    ///
    /// # Errors
    /// [`Error`].
    pub fn walk_keys(&self, mut take: impl FnMut(Result<(Key, Secrets), Error>)) -> Result<(), Error> {
        let mut statement = self.connection.prepare(&format!("{} ORDER BY keys.id", keys::SELECT_ALL))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            take(keys::read(row).and_then(|key| Ok((key, keys::read_secrets(row)?))));
        }
        Ok(())
    }

    /// Reads.
    pub const fn read(&self) -> View<'_> {
        View { connection: &self.connection, scope: &Scope::All }
    }
}

/// Opens to read; without a log also without locks, or one would be made.
fn connect_frozen(path: &Path, has_log: bool) -> Result<Connection, Error> {
    match has_log {
        true => connect_as(path, OpenFlags::SQLITE_OPEN_READ_ONLY),
        false => connect_as(&frozen(path), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI),
    }
}

/// Names what SQLite keeps beside a database.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Writes a path as the URI of a file that no process changes.
fn frozen(path: &Path) -> PathBuf {
    // With an empty authority, or a path that begins with two slashes would name one.
    let mut uri = if path.is_absolute() { "file://".to_owned() } else { "file:".to_owned() };
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            byte => {
                let _ = write!(uri, "%{byte:02x}");
            }
        }
    }
    uri.push_str("?immutable=1");
    OsString::from(uri).into()
}
